"""Pariahs, displays, reports, power, detention, machines, rollout, resistance: sections, where the policy has it or anything came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from glasstown.report import claims, curves, words
from glasstown.report.parts import Figure, Headline, Reading, Row, Section, Table, pictured, span
from glasstown.report.theme import as_svg


@dataclass(frozen=True)
class Part:
    """A section: the outcomes it tells, and whether a policy file has the mechanism."""

    name: str
    heading: str
    outcomes: tuple[str, ...]
    is_in: Callable[[Any], bool] = lambda policy: False
    curves: bool = False  # it tells what hangs on rates that nobody has measured
    tips: str = ""  # the outcome of a whole world that is told as the share of worlds that tip
    spread: str = ""  # the outcome whose distribution over worlds is told
    always: bool = False  # its outcomes are counted under every policy, so only the policy says whether it belongs here


def _any_rule(*keys: str) -> Callable[[Any], bool]:
    return lambda policy: any(getattr(rule, key, 0) for rule in policy.rule for key in keys)


def _has(table: str) -> Callable[[Any], bool]:
    return lambda policy: getattr(policy, table, None) is not None


PARTS = (
    Part(
        "pariahs", "Who is left alone?",
        ("pariahs", "ever_pariah", "pariah_days", "ties_lost", "ties_regained", "pariah_household_days", "income_with_pariah"),
    ),
    Part(
        "display", "What does it mean to be put on show?",
        ("displays", "displays_wrong", "display_days", "exposures", "ties_of_shown", "income_of_shown", "displayed_deeds"),
        _any_rule("display_days"),
    ),
    Part(
        "reports", "Who denounces whom, and why?",
        ("false_reports", "false_share", "reports_grudge", "reports_rivalry", "reports_reward", "reports_dread", "denounced",
         "stained_odds", "entries_from_reports", "reports_exposed", "rewards_paid", "penalties"),
        _has("reports"),
    ),
    Part(
        "power", "What do those with power make of it?", ("sanctioned_ordinary",), curves=True,
    ),
    Part(
        "detention", "Who is detained, and what is left behind?",
        ("detentions", "detentions_wrong", "detained_days", "ever_detained", "detained_harmless", "child_days_apart",
         "view_after_detention", "fear_after_detention", "speech_after_detention", "income_with_detained"),
        _any_rule("detain_days"),
    ),
    Part(
        "machines", "Whom do machines name, and what is charged?",
        ("risk_named", "risk_named_wrong", "named_wrong_share", "answers_cleared", "charges"),
        lambda policy: policy.risk is not None or _any_rule("charge_cents")(policy),
    ),
    Part(
        "rollout", "Does it grow?", ("days_until_everywhere", "scored", "approving", "scandal"), _has("rollout"),
        tips="rolled_out", spread="grown", always=True,
    ),
    Part(
        "resistance", "Do people put up with it?", ("marches", "days_of_protest", "arrests", "withdrawn"), _has("protest"),
        tips="repealed", spread="marched",
    ),
)  # fmt: skip


IN_SHORT = (  # what page one tells of what is done to people, where the policy says that it is done
    ("display", "shown_wrongly", _any_rule("display_days")),
    ("reports", "denounced", _has("reports")),
    ("detention", "detained_harmless", _any_rule("detain_days")),
)


def in_short(reading: Reading) -> list[Headline]:
    """A further sentence on page one: how many are shown wrongly, denounced, and detained without having hurt anybody."""
    asked = [(where, reading.outcome(name)) for where, name, belongs in IN_SHORT if belongs(reading.policy)]
    found = [(where, outcome) for where, outcome in asked if outcome is not None and words.happened(outcome)]
    if not found:
        return []
    known = any(words.is_told(outcome) for _, outcome in found)
    said = "; ".join(words.more_of_thousand(outcome, known) for _, outcome in found)
    return [Headline(words.say("lead_pressed"), words.say("pressed", outcomes=said), known, found[0][0])]


def section(part: Part) -> Callable[[Reading], Section | None]:
    """What builds this section; None where the policy has no such thing and nothing of it happened."""

    def built(reading: Reading) -> Section | None:
        outcomes = reading.outcomes(part.outcomes)
        curved = _curves(reading) if part.curves else []
        tipped = [row for row in reading.table("tips") if row["outcome"] == part.tips]
        if not (_happened(part, outcomes, curved, tipped) or part.is_in(reading.policy)):
            return None
        drawn, said = pictured(outcomes, part.heading, part.name, heading=words.say("differences_heading"))
        text = [words.say(f"{part.name}_text"), *(_tip(row) for row in tipped), *said]
        figures = [*_power(part, curved), *_stages(reading, part), *_spread(reading, part), *drawn]
        return Section(part.name, part.heading, text=text, figures=figures)

    return built


def _happened(part: Part, outcomes: Sequence[words.Outcome], curved: Sequence[Row], tipped: Sequence[Row]) -> bool:
    """Whether anything of this part was ever other than zero."""
    if part.always:
        return bool(tipped)
    if part.curves:
        return any(one["value"] or one["low"] or one["high"] for row in curved for one in row["curve"]["bins"])
    return any(map(words.happened, outcomes)) or any(row["tipped"] for row in tipped)


def _curves(reading: Reading) -> list[Row]:
    """The curves of the assessment, put together again from their bins; those in which anything happened."""
    found: dict[str, Row] = {}
    for row in reading.table("curves"):
        rate = {"along": row["along"], "low": row["rate_low"], "high": row["rate_high"], "bins": []}
        known = found.setdefault(row["outcome"], {"title": row["title"], "unit": row["unit"], "curve": rate})
        known["curve"]["bins"].append(row)
    return [row for row in found.values() if any(one["value"] or one["low"] or one["high"] for one in row["curve"]["bins"])]


def _power(part: Part, curved: Sequence[Row]) -> list[Figure]:
    """A figure for each rate along which curves run."""
    made = []
    for rate in dict.fromkeys(row["curve"]["along"] for row in curved):
        own = [row for row in curved if row["curve"]["along"] == rate]
        heading = words.rate_name(rate).capitalize()
        ends = "; ".join(words.say("curves_ends", title=row["title"], **_ends(row)) for row in own)
        caption = words.say("curves_caption", ends=ends)
        cells = [
            [row["title"], row["unit"], one["verdict"], f"{claims.plain(one['from'])} to {claims.plain(one['to'])}", *_numbers(one)]
            for row in own for one in row["curve"]["bins"]
        ]  # fmt: skip
        head = ["Outcome", "Unit", "Verdict", "Rate drawn", "Difference", "Luck and what we do not know", "Luck alone"]
        svg = as_svg(curves.along_a_rate(own), heading, caption, f"{part.name}-{rate}")
        made.append(Figure(svg, caption, Table(f"{heading}, bin by bin", head, cells, words=4), heading))
    return made


def _numbers(one: Row) -> list[str]:
    places = words.decimals(one["value"], one["low"], one["high"])
    ranges = [span(one[low], one[high], places) for low, high in (("low", "high"), ("luck_low", "luck_high"))]
    return [words.number(one["value"], places, sign=True), *ranges]


def _ends(row: Row) -> dict[str, str]:
    """A curve from end to end, with its unit."""
    bins = row["curve"]["bins"]
    return {"first": claims.one_width(bins[0]), "last": claims.one_width(bins[-1]), "unit": words.unit_of_difference(row["unit"])}


def _tip(row: Row) -> str:
    """In how many worlds it comes to that."""
    shares = {name: words.number(100 * row[name], 0) for name in ("share", "low", "high")}
    counted = {name: row[name] for name in ("tipped", "worlds", "split", "couples")}
    return words.say(f"tips_{row['outcome']}", **shares, **counted, floor=words.number(row["floor"], 0))


def _stages(reading: Reading, part: Part) -> list[Figure]:
    """Of all worlds, how many are in which stage."""
    rows = reading.table("stages") if part.name == "rollout" else []
    if not rows:
        return []
    heading, caption = words.say("stages_heading"), words.say("stages_caption")
    named = {row["stage"]: words.say("stage_given_up") if row["stage"] < 0 else words.say("stage", stage=row["stage"]) for row in rows}
    days = [day for place, day in enumerate(dict.fromkeys(row["day"] for row in rows)) if place % 26 == 25]
    share = {(row["day"], row["stage"]): row["share"] for row in rows}
    cells = [[words.number(day, 0), *(words.number(100 * share[day, stage], 0) for stage in named)] for day in days]
    table = Table("Of 100 worlds, how many are in which stage, every half year", ["Day", *named.values()], cells)
    return [Figure(as_svg(curves.stages(rows), heading, caption, "stages"), caption, table, heading)]


def _spread(reading: Reading, part: Part) -> list[Figure]:
    """How the worlds are spread."""
    bins = [row for row in reading.table("worlds") if row["outcome"] == part.spread]
    if not bins or all(one["to"] == 0 for one in bins):
        return []
    worlds = {"title": bins[0]["title"], "unit": bins[0]["unit"], "bins": bins}
    heading, caption = words.say("spread_heading", title=worlds["title"].lower()), words.say("spread_caption")
    cells = [[words.number(one["from"]), words.number(one["to"]), words.number(one["worlds"], 0)] for one in bins]
    table = Table(f"{worlds['title']}, {worlds['unit']}: worlds", ["Above", "Up to", "Worlds"], cells, words=0)
    return [Figure(as_svg(curves.spread(worlds), heading, caption, f"spread-{part.name}"), caption, table, heading)]


SECTIONS = tuple(section(part) for part in PARTS)
