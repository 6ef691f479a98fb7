"""What the numbers of a life are called: deeds, sensors, doors, bands, lists, money, days, views, and where a claim came from."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from glasstown import tables
from glasstown.policy import plain
from glasstown.report import words
from glasstown.world import (
    FROM_DEED,
    FROM_FALSE_ALARM,
    FROM_MIX_UP,
    FROM_POWER,
    FROM_REPORT,
    FROM_TIE,
    FROM_VIEW,
    FROM_WRONG_VIEW,
    MEDIAN_WAGE,
    NOTHING,
    ONE,
    WRONG_ORIGINS,
)

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TIES = (("kin", "kin"), ("colleagues", "at work"), ("neighbours", "in the neighbourhood"))
FULL = 2**32
HARMLESS = (tables.DISAPPROVED, tables.PRIVATE)


class Names:
    """The names in one run: of what its files hold, by the kernel's numbers."""

    def __init__(self, request: Any, case: Any) -> None:
        self.request, self.case = request, case
        self.policy, self.deeds = request.policy, request.deeds
        rows: list[Any] = list(self.deeds.deed)
        self.titles = {number: row.title for number, row in enumerate(rows)}
        self.keys = {number: row.name for number, row in enumerate(rows)}
        for row in getattr(self.deeds, "claim", ()):  # what can be written down without a deed
            number = self.deeds.number(row.name)
            self.titles[number], self.keys[number] = row.title, row.name

    def deed(self, number: int) -> str:
        """What she does, as "breaks a contract"."""
        return str(self.titles.get(number, "does something else"))

    def key(self, number: int) -> str:
        """A deed's name in the files."""
        return str(self.keys.get(number, ""))

    def kind(self, number: int) -> int:
        """Harmful, disapproved, good or private."""
        return int(self.case.rules.deeds["kind"][number])

    def harm(self, number: int) -> int:
        """Harm points of a deed."""
        return int(self.case.rules.deeds["harm"][number])

    def sensor_key(self, number: int) -> str:
        """A sensor's name in the files; nothing where none reported."""
        sensors = self.request.law.sensor
        return str(sensors[number].name) if number < len(sensors) else ""

    def sensor(self, number: int) -> str:
        """Who reported, as "a camera"."""
        key = self.sensor_key(number)
        return plain.SENSORS.get(key) or key.replace("_", " ") or "the record"

    def sensors(self, numbers: Iterable[int]) -> str:
        """Several of them."""
        return both(list(dict.fromkeys(self.sensor(number) for number in numbers)))

    def gate(self, number: int) -> str:
        """What is asked for at a door."""
        key = tables.GATES[number]
        return plain.GATES.get(key, key)

    def band(self, number: int) -> str:
        """A band's name; bands are numbered upwards and listed downwards."""
        bands = list(reversed(self.policy.score.band)) if self.policy.score else []
        return str(bands[number].name) if number < len(bands) else ""

    def list(self, number: int) -> str:
        """A list's name."""
        return str(self.policy.list[number].name).replace("_", " ")

    def doors(self, refuse: Any) -> str:
        """What is refused, as a sentence, from the thresholds of a band or a list."""
        groups: dict[int, list[str]] = {}
        for number in range(len(tables.GATES)):
            groups.setdefault(int(refuse[number]), []).append(self.gate(number))
        parts = []
        for share, gates in sorted(groups.items(), reverse=True):
            if share > 0:
                how_many = "every request" if share >= FULL else f"{100 * share / FULL:.3g} % of requests"
                parts.append(f"{how_many} for {both(gates, 'or')}")
        return words.told("closed", doors="; ".join(parts)) if parts else words.told("nothing_closed")

    def step(self, lower: int, upper: int) -> str:
        """What belongs to the stages after ``lower``, up to ``upper``: contexts with rules, doors that are closed, and all districts."""
        policy, score = self.case.policy, self.case.policy.score[0]

        def inside(stage: Any) -> bool:
            return bool(lower < stage <= upper)

        ruled = {int(self.case.rules.deeds["context"][row["deed"]]) for row in policy.rules if row["deed"] < len(self.case.rules.deeds)}
        closed = (policy.bands["refuse"].sum(axis=0) + policy.lists["refuse"].sum(axis=0)) > 0
        looks = [plain.context(name) for at, name in enumerate(tables.CONTEXTS) if at in ruled and inside(score["context_stage"][at])]
        doors = [self.gate(number) for number in range(len(tables.GATES)) if closed[number] and inside(score["gate_stage"][number])]
        parts = [words.told("step_districts")] if inside(score["everywhere"]) else []
        parts += [words.told("step_contexts", contexts=both(looks, "or"))] if looks else []
        parts += [words.told("step_doors", doors=both(doors, "or"))] if doors else []
        return "; ".join(parts)

    def band_opens(self, number: int) -> str:
        """What a band closes and what it is worth."""
        row = self.case.policy.bands[number]
        closes, perk = self.doors(row["refuse"]), int(row["perk"]) * 365
        if perk:
            worth = words.told("perk", wages=wages(perk))
            return worth if not row["refuse"].any() else f"{closes} {worth}"
        return closes


def deserved(origin: int) -> bool | None:
    """Whether a claim rests on what somebody really did or thinks; None where no claim is behind it."""
    return None if origin == 0 else origin not in (*WRONG_ORIGINS, FROM_TIE)


def why(names: Names, origin: int, deed: int, sensor: int, laid: dict[str, int] | None = None) -> str:
    """Why a claim is deserved, or why it is not; ``laid`` says who laid it at her door, and for what motive, where that is known."""
    by = names.sensor(sensor) if sensor != NOTHING else "the court"
    if origin == FROM_DEED:
        return words.told("why_harmless" if names.kind(deed) in HARMLESS else "why_did")
    if origin == FROM_REPORT and laid:
        return words.told("why_report", by=laid["by"], motive=words.told(f"motive_{laid['why']}"))
    if origin == FROM_POWER:
        return words.told("why_order" if deed == tables.BY_ORDER else "why_demand")
    reasons = {
        FROM_FALSE_ALARM: "why_alarm",
        FROM_MIX_UP: "why_mix_up",
        FROM_VIEW: "why_held",
        FROM_WRONG_VIEW: "why_wrong_view",
        FROM_TIE: "why_tie",
        FROM_REPORT: "why_made_up",
    }
    return words.told(reasons[origin], by=by)


def both(parts: list[str], link: str = "and") -> str:
    """Several things in a row."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" {link} {parts[-1]}" if parts else ""


def together(sentences: list[str]) -> list[str]:
    """Sentences, each once, with how often it holds."""
    counts = Counter(sentences)
    often = {1: "", 2: ", twice"}
    return [f"{text.removesuffix('.')}{often.get(count, f', {count} times')}." for text, count in counts.items()]


def wages(cents: int) -> str:
    """Money in days of the median wage."""
    days = cents / MEDIAN_WAGE
    text = words.number(days, 0) if abs(days) >= 10 else f"{days:.2g}".replace("-", "\N{MINUS SIGN}")
    return f"{text} day{'' if text == '1' else 's'} of the median wage"


def points(value: int) -> str:
    """Points with their sign."""
    return f"{words.number(value, 0, sign=True)} point{'' if abs(value) == 1 else 's'}"


def share(value: int) -> str:
    """A view or a fear, from 1 / ONE."""
    return words.number(value / ONE, 2)


def days(count: int) -> str:
    """A number of days."""
    return f"{count:,} day{'' if count == 1 else 's'}"


def times(counts: Counter[str]) -> str:
    """Things and how often: "crosses against the light 11 times, volunteers for others once"."""
    often = {1: "once", 2: "twice"}
    most_first = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return both([f"{title} {often.get(count, f'{count} times')}" for title, count in most_first])
