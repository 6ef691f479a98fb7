"""What the report says: one catalogue of messages (messages.toml), and how numbers, intervals and verdicts are put into words.

A number never stands alone: it comes with its unit, its interval, and what the interval counts. A verdict is about a
difference between two towns; nothing here judges a policy.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import floor, log10
from typing import Any, Protocol


@cache
def catalogue() -> dict[str, Any]:
    """The message catalogue: messages by name, sentences about limits, names of groups."""
    return tomllib.loads(files("glasstown.report").joinpath("messages.toml").read_text(encoding="utf-8"))


def say(message: str, **values: Any) -> str:
    """A message of the catalogue with its values filled in."""
    return str(catalogue()["messages"][message]).format(**values)


def told(message: str, **values: Any) -> str:
    """A message about a life with its values filled in."""
    return str(catalogue()["life"][message]).format(**values)


def limits() -> list[str]:
    """What a simulation cannot know, one sentence each."""
    return list(catalogue()["limits"]["sentences"])


def group_name(group: str) -> str:
    """A group as a reader calls it."""
    return str(catalogue()["groups"].get(group, group))


def gate_name(gate: str) -> str:
    """A gate as a reader calls it."""
    return str(catalogue()["gates"].get(gate, gate))


def relation_name(relation: str) -> str:
    """What ties somebody to who was sanctioned, as a reader calls it."""
    return str(catalogue()["relations"].get(relation, relation))


def rate_name(name: str) -> str:
    """A rate that nobody has measured, as what a curve runs along."""
    return str(catalogue()["rates"].get(name, name.replace("_", " ")))


class Outcome(Protocol):
    """One paired difference, as the study hands it over."""

    name: str
    title: str
    group: str
    value: float | None
    low: float | None
    high: float | None
    luck_low: float | None
    luck_high: float | None
    twin: float | None
    floor: float | None
    verdict: str
    unit: str
    grade: str
    counted: int | None


def decimals(*numbers: float | None) -> int:
    """How many decimals tell these numbers apart: enough for two figures of their spread, or of the largest if there is one only."""
    known = [number for number in numbers if number is not None]
    spread = max(known, default=0.0) - min(known, default=0.0) if len(known) > 1 else 0.0
    scale = spread / 8 if spread > 0 else max((abs(number) for number in known), default=0.0) / 10
    places = 0 if scale <= 0 else min(max(-floor(log10(scale)), 0), 4)
    lost = any(number and not round(number, places) for number in known)  # an end that is not zero must not read as zero
    return min(places + lost, 4)


def number(value: float | None, places: int | None = None, sign: bool = False) -> str:
    """A number for reading: thousands apart, a true minus sign, `places` decimals; "unknown" if there is none."""
    if value is None:
        return "unknown"
    text = f"{value:{'+' if sign else ''},.{decimals(value) if places is None else places}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.lstrip("+-")
    return text.replace("-", "\N{MINUS SIGN}")


def interval(low: float | None, high: float | None, luck_low: float | None = None, luck_high: float | None = None, places: int = 1) -> str:
    """Both widths in brackets, or that there is none."""
    if low is None or high is None:
        return say("no_interval")
    wide = {"low": number(low, places), "high": number(high, places)}
    if luck_low is None or luck_high is None:
        return say("range_wide", **wide)
    return say("range", **wide, luck_low=number(luck_low, places), luck_high=number(luck_high, places))


def counted(pairs: int | None) -> str:
    """Of how many pairs of towns a difference is, where there was nobody to count in the others; empty if it is of all."""
    return "" if pairs is None else f", {say('counted', pairs=pairs)}"


def outcome_places(outcome: Outcome) -> int:
    """Decimals for all numbers of one outcome: one more where the ends of luck alone would read alike."""
    places, low, high = decimals(outcome.value, outcome.low, outcome.high), outcome.luck_low, outcome.luck_high
    alike = low is not None and high is not None and low != high and round(low, places) == round(high, places)
    return min(places + alike, 4)


def happened(outcome: Outcome) -> bool:
    """Whether an outcome was ever other than zero, in any town and pair."""
    return any((outcome.value, outcome.low, outcome.high, outcome.luck_low, outcome.luck_high, outcome.twin))


def is_same(outcome: Outcome) -> bool:
    """Whether there was no difference in any pair of towns."""
    return outcome.low is not None and outcome.value is not None and not any((outcome.value, outcome.low, outcome.high))


def differed(outcome: Outcome) -> bool:
    """Whether there is a difference to draw or to judge."""
    return happened(outcome) and not is_same(outcome)


def nothing(outcomes: Sequence[Outcome]) -> list[str]:
    """Of outcomes without a difference: a sentence each on what did not happen, what was the same, and what could not be counted."""
    found = []
    for message, some in (
        ("nothing_happened", [outcome for outcome in outcomes if not happened(outcome) and outcome.value is not None]),
        ("same_everywhere", [outcome for outcome in outcomes if happened(outcome) and is_same(outcome)]),
        ("nothing_counted", [outcome for outcome in outcomes if not happened(outcome) and outcome.value is None]),
    ):
        names = list(dict.fromkeys(_named(outcome, outcomes) for outcome in some))
        if names:
            found.append(say(message, names="; ".join(names)))
    return found


def _named(outcome: Outcome, among: Sequence[Outcome]) -> str:
    """A title in the middle of a sentence; with its group where only some groups are meant."""
    title = outcome.title[:1].lower() + outcome.title[1:]
    partly = any(differed(other) for other in among if other.name == outcome.name)
    return f"{title} ({group_name(outcome.group)})" if partly and outcome.group != "all" else title


def reason(outcome: Outcome) -> str:
    """Why this model cannot tell."""
    if outcome.value is None or outcome.low is None or outcome.high is None:
        return say("reason_pairs")
    if outcome.low <= 0 <= outcome.high:
        return say("reason_zero")
    if outcome.floor is not None and abs(outcome.value) <= outcome.floor:
        return say("reason_floor", floor=number(outcome.floor))
    return say("reason_few")


def difference(outcome: Outcome, message: str = "difference") -> str:
    """One outcome as a sentence: how much more or less than in the twin town, or that this model cannot tell.

    `message` is one of the catalogue that also has a form ending in `_none`: difference, caption, speech, silent.
    """
    places = outcome_places(outcome)
    filled = {
        "title": outcome.title,
        "value": number(outcome.value, places, sign=True),
        "size": number(abs(outcome.value), places) if outcome.value is not None else "unknown",
        "direction": "fewer" if message in ("speech", "silent") and outcome.verdict == "less" else outcome.verdict,
        "unit": unit_of_difference(outcome.unit),
        "twin": number(outcome.twin, places) + (" %" if outcome.unit.startswith("%") else ""),
        "range": interval(outcome.low, outcome.high, outcome.luck_low, outcome.luck_high, places) + counted(outcome.counted),
        "reason": reason(outcome),
    }
    if is_same(outcome):
        level = outcome.unit.removeprefix("% ") if outcome.unit.startswith("%") else filled["unit"]
        twin = number(outcome.twin) + (" %" if outcome.unit.startswith("%") else "")
        return say("same", title=outcome.title, twin=twin, unit=level)
    return say(message if is_told(outcome) else f"{message}_none", **filled)


def is_told(outcome: Outcome | None) -> bool:
    """Whether the simulation can tell the direction of a difference."""
    return outcome is not None and outcome.verdict in ("more", "less")


def unit_of_difference(unit: str) -> str:
    """The unit of a difference: of shares in per cent it is percentage points; a range of values is a scale."""
    if re.match(r"-?\d[\d.]* to \d", unit):
        return say("scale", ends=unit.replace("-", "\N{MINUS SIGN}"))
    return say("percent", of=unit[1:]) if unit.startswith("%") else unit


def wrongly(outcome: Outcome, days: int) -> str:
    """How many adults are sanctioned wrongly at some time within so many days, as a natural frequency."""
    if is_same(outcome) and not outcome.twin:
        return say("wrong_never", days=years(days))
    places = outcome_places(outcome)
    told = interval(outcome.low, outcome.high, outcome.luck_low, outcome.luck_high, places)
    message = "wrong" if outcome.verdict == "more" else "wrong_none"
    return say(message, value=number(outcome.value, places), days=years(days), range=told, reason=reason(outcome))


def on_growth(policy: Any) -> list[str]:
    """What a reader must know of a policy that grows by politics: that it does not always."""
    return [say("alert_grows")] if policy.rollout is not None and policy.rollout.by == "politics" else []


def more_of_thousand(outcome: Outcome, mark: bool) -> str:
    """How many more of 1,000 than in the twin town; ``mark``: and whether this model cannot tell."""
    places, title = outcome_places(outcome), outcome.title[:1].lower() + outcome.title[1:]
    told = f"{number(outcome.value, places)} {interval(outcome.low, outcome.high, places=places)}"
    return f"{title} {told}" if is_told(outcome) or not mark else say("pressed_none", title=title, told=told)


def ratio(row: dict[str, Any] | None) -> str:
    """How many times as often one group is wrongly sanctioned."""
    if row is None or row.get("ratio") is None:
        return say("ratio_absent")
    places = min(decimals(row["ratio"], row.get("low"), row.get("high")), 2)
    told = interval(row.get("low"), row.get("high"), row.get("luck_low"), row.get("luck_high"), places)
    filled = {"group": row["group"], "reference": row["reference"], "ratio": number(row["ratio"], places), "range": told}
    return say("ratio" if is_clear(row) else "ratio_none", **filled)


def is_clear(row: dict[str, Any] | None) -> bool:
    """Whether a ratio differs from 1: its interval leaves 1 out, and nothing else speaks against it."""
    if row is None or row.get("low") is None or row.get("high") is None or row.get("verdict") == "cannot tell":
        return False
    return not row["low"] <= 1 <= row["high"]


def years(days: int) -> str:
    """A number of days in words: "3 years", "400 days"."""
    whole, rest = divmod(days, 365)
    return f"{whole} year{'' if whole == 1 else 's'}" if whole and not rest else f"{days:,} days"
