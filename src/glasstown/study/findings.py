"""From the summaries of all pairs to outcomes with intervals, and to the tables of the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from glasstown.study import curve, tipping
from glasstown.study.case import Request
from glasstown.study.others import spillovers, who_else
from glasstown.study.outcomes import BY_GROUP, GROUPS, SPECS, Spec
from glasstown.study.pair import FATES, GIVEN_UP, WEEK, WEEKLY
from glasstown.study.statistics import estimate, floor_of, ratio, verdict
from glasstown.tables import GATES
from glasstown.world import ORIGINS

Row = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A paired difference: ``value`` with both widths, the ``twin``'s level, the placebo ``floor`` and the ``verdict``."""

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
    note: str
    counted: int | None = None  # of how many pairs it is, if there was nobody to count in the others


def level(summary: Row, arm: str, name: str, group: int) -> float:
    """An outcome's level in one arm of one pair; not a number where nobody could be counted."""
    over, under = summary["outcomes"][arm][name]
    return over[group] / under[group] if under[group] else float("nan")


def differences(summaries: Sequence[Row], name: str, group: int = 0, arm: str = "policy") -> list[float]:
    """An outcome of an arm minus the twin's, pair by pair; where the twin has no level, the arm's own."""
    levels = [(level(summary, arm, name, group), level(summary, "twin", name, group)) for summary in summaries]
    return [own - (twin if twin == twin else 0.0) for own, twin in levels]


def events(summaries: Sequence[Row], spec: Spec, group: int = 0) -> list[float]:
    """What was counted of an outcome in both towns, pair by pair."""
    return [sum(summary["outcomes"][arm][spec.name][0][group] for arm in ("policy", "twin")) / spec.scale for summary in summaries]


def outcomes(summaries: Sequence[Row], left_out: Iterable[str] = ()) -> list[Outcome]:
    """Every outcome, for all and, where it matters, by group; but for those ``left_out``."""
    specs = [spec for spec in SPECS if spec.name not in set(left_out)]
    return [outcome(summaries, spec, group) for spec in specs for group in range(3) if group == 0 or spec.name in BY_GROUP]


def along(request: Request) -> dict[str, str]:
    """The outcomes that are told as a curve, with the uncertainty along which: those that hang on a rate that this study draws."""
    known = request.uncertainties.parameter
    varied = {name for name, row in known.items() if row.low < row.high} if request.pairs > 1 else set()
    return {spec.name: spec.along for spec in SPECS if spec.along in varied}


def outcome(summaries: Sequence[Row], spec: Spec, group: int) -> Outcome:
    """One outcome of one group. Where the twin has no level (no entries there), the policy's own level is told."""
    twins = [level(summary, "twin", spec.name, group) for summary in summaries]
    base = [0.0 if value != value else value for value in twins]
    found, floor = estimate(differences(summaries, spec.name, group)), floor_of(differences(summaries, spec.name, group, "placebo"))
    adults = min(summary["adults"][group] for summary in summaries)
    enough = float("inf") if spec.name == "concentration" else abs(sum(events(summaries, spec, group)))
    return Outcome(
        spec.name,
        spec.title,
        GROUPS[group],
        found.value,
        found.low,
        found.high,
        found.luck_low,
        found.luck_high,
        sum(base) / len(base),
        floor,
        verdict(found, floor, adults, enough),
        spec.unit,
        spec.grade,
        spec.words,
        found.counted,
    )


def tables(request: Request, summaries: Sequence[Row]) -> dict[str, list[Row]]:
    """The tables of the report, each a list of rows."""
    return {
        "fate": fates(summaries),
        "origins": origins(summaries),
        "still_listed": still_listed(summaries),
        "series": series(summaries),
        "doors": doors(summaries),
        "documented": documented(request, summaries),
        "spillover": spillovers(summaries),
        "who_else": who_else(summaries),
        "group": ratios(summaries),
        "curves": curves(request, summaries),
        "worlds": worlds(summaries),
        "tips": tips(summaries),
        "stages": stages(summaries),
        "parameters": [{"name": name, **row.model_dump()} for name, row in request.uncertainties.parameter.items()],
    }


# ---- curves along an unmeasured rate, and worlds that tip ------------------------------------------------------------

TIPS = ("rolled_out", "repealed")  # outcomes of a whole world that are so or not
SPREAD = ("grown", "scored", "marched")  # outcomes told as a distribution over worlds


def curve_of(drawn: Sequence[Mapping[str, float]], summaries: Sequence[Row], spec: Spec) -> list[Row]:
    """The bins of an outcome's curve along the rate on which it hangs (``drawn``: by couple); none with too few couples."""
    values = [couple[spec.along] for couple in drawn]
    floor = floor_of(differences(summaries, spec.name, arm="placebo"))
    adults = min(summary["adults"][0] for summary in summaries)
    return curve.bins(values, differences(summaries, spec.name), floor, adults, events(summaries, spec))


def curves(request: Request, summaries: Sequence[Row]) -> list[Row]:
    """Every curve, a row a bin."""
    told, rows = along(request), list[Row]()
    drawn = request.drawn() if told else []
    for spec in SPECS:
        if spec.name in told:
            rate = request.uncertainties.parameter[spec.along]
            known: Row = {"outcome": spec.name, "title": spec.title, "unit": spec.unit, "along": spec.along}
            known |= {"rate_unit": rate.unit, "rate_low": rate.low, "rate_high": rate.high}
            rows += [{**known, **row} for row in curve_of(drawn, summaries, spec)]
    return rows


def tip(summaries: Sequence[Row], spec: Spec) -> Row:
    """In how many worlds it comes to that under the policy, and the placebo floor of it."""
    found = tipping.share([level(summary, "policy", spec.name, 0) > 0 for summary in summaries])
    floor = floor_of(differences(summaries, spec.name, arm="placebo"))
    return {"outcome": spec.name, "title": spec.title, **found, "floor": floor}


def tips(summaries: Sequence[Row]) -> list[Row]:
    """Of each thing that a whole world does or does not, in how many it comes to that; only what can happen under the policy."""
    return [tip(summaries, spec) for spec in SPECS if spec.name in TIPS and not isnan(level(summaries[0], "policy", spec.name, 0))]


def worlds(summaries: Sequence[Row]) -> list[Row]:
    """How many worlds lie where, in what is told as a distribution: levels under the policy."""
    rows = []
    for spec in SPECS:
        if spec.name in SPREAD:
            known = {"outcome": spec.name, "title": spec.title, "unit": spec.unit}
            rows += [{**known, **row} for row in tipping.bins([level(summary, "policy", spec.name, 0) for summary in summaries])]
    return rows


def stages(summaries: Sequence[Row]) -> list[Row]:
    """Week by week, the share of worlds in each stage of the rollout; a policy that was given up is in stage -1."""
    weeks = [summary["stages"] for summary in summaries]
    if not weeks[0]:
        return []
    found = sorted({stage for each in weeks for stage in each} | {0, GIVEN_UP})
    return [
        {"day": (week + 1) * WEEK, "stage": stage, "share": sum(each[week] == stage for each in weeks) / len(weeks)}
        for week in range(len(weeks[0]))
        for stage in found
    ]


def fates(summaries: Sequence[Row]) -> list[Row]:
    """Of 1,000 adults, what happens to whom."""
    if not any(sum(summary["fate"][1:]) for summary in summaries):
        return []
    rows = []
    for place, (name, title) in enumerate(FATES):
        found = estimate([1000 * summary["fate"][place] / sum(summary["fate"]) for summary in summaries])
        low = None if found.low is None else max(found.low, 0.0)
        rows.append({"class": name, "title": title, "per_1000": found.value, "low": low, "high": found.high})
    return rows


def origins(summaries: Sequence[Row]) -> list[Row]:
    """Where entries come from: points and listings by origin."""
    rows = []
    for place, origin in enumerate(ORIGINS[1:]):
        rates = [1000 * s["origins"][place] / (s["adults"][0] * s["years"]) for s in summaries]
        shares = [s["origins"][place] / sum(s["origins"]) if sum(s["origins"]) else float("nan") for s in summaries]
        found = estimate(shares)
        ends = {end: None if value is None else min(max(value, 0.0), 1.0) for end, value in (("low", found.low), ("high", found.high))}
        rows.append({"origin": origin, "per_1000_years": sum(rates) / len(rates), "share": found.value, **ends})
    return rows if any(sum(summary["origins"]) for summary in summaries) else []


def still_listed(summaries: Sequence[Row]) -> list[Row]:
    """Kaplan and Meier's estimate of staying on the list, by group and months since entry, for stays begun under the policy."""
    rows: list[Row] = []
    horizon = int(summaries[0]["years"] * 365 / 30)
    for group, who in ((None, "all"), (0, "majority"), (1, "minority")):
        curves = [curve for s in _blocks(summaries) if (curve := kaplan_meier(s, group, horizon)) is not None]
        pooled = kaplan_meier(summaries, group, horizon)
        if pooled is None:
            continue
        for month in range(horizon + 1):
            found = estimate([curve[month] for curve in curves]) if len(curves) >= 4 else estimate([])
            ends = {end: None if value is None else min(max(value, 0.0), 1.0) for end, value in (("low", found.low), ("high", found.high))}
            rows.append({"group": who, "months": month, "share": pooled[month], **ends})
    return rows


def _blocks(summaries: Sequence[Row]) -> list[Sequence[Row]]:
    """Single pairs hold too few stays for a curve each: pairs are pooled into eight blocks."""
    size = max(len(summaries) // 8, 1)
    return [summaries[place : place + size] for place in range(0, len(summaries) - size + 1, size)]


def kaplan_meier(summaries: Sequence[Row], group: int | None, horizon: int) -> list[float] | None:
    """Share still listed after 0, 1, 2 … months; None without a stay."""
    groups = (0, 1) if group is None else (group,)
    ended = [sum(s["spells"][g][0][month] for s in summaries for g in groups) for month in range(64)]
    still = [sum(s["spells"][g][1][month] for s in summaries for g in groups) for month in range(64)]
    at_risk, share, curve = float(sum(ended) + sum(still)), 1.0, [1.0]
    if at_risk == 0:
        return None
    for month in range(min(horizon, 64)):
        exposed = at_risk - still[month] / 2  # who is censored within the month counts half (actuarial)
        share *= 1 - ended[month] / exposed if exposed > 0 else 1.0
        at_risk -= ended[month] + still[month]
        curve.append(max(share, 0.0))
    return curve + [curve[-1]] * (horizon + 1 - len(curve))


def series(summaries: Sequence[Row]) -> list[Row]:
    """Open dissent, private criticism and silent criticism by week: both towns, and the interval of the difference."""
    rows = []
    for name in WEEKLY:
        weeks = [summary["weekly"][name] for summary in summaries]
        for week in range(len(weeks[0]["policy"])):
            found = estimate([each["policy"][week] - each["twin"][week] for each in weeks])
            means = {arm: sum(each[arm][week] for each in weeks) / len(weeks) for arm in ("policy", "twin")}
            rows.append({"measure": name, "day": week * WEEK, **means, "low": found.low, "high": found.high})
    return rows


def doors(summaries: Sequence[Row]) -> list[Row]:
    """Refusals by gate: both towns, and the interval of the difference."""
    rows = []
    for gate in GATES:
        name = f"refused_{gate}"
        found = estimate([level(s, "policy", name, 0) - level(s, "twin", name, 0) for s in summaries])
        means = {arm: sum(level(s, arm, name, 0) for s in summaries) / len(summaries) for arm in ("policy", "twin")}
        rows.append({"gate": gate, **means, "low": found.low, "high": found.high})
    return rows


def documented(request: Request, summaries: Sequence[Row]) -> list[Row]:
    """The list of judgment defaulters as simulated and as documented (only where that list is in the policy)."""
    if request.policy.name != "spc_defaulter_list" or not any(summary["listed_mean"][0] for summary in summaries):
        return []
    adults = [summary["adults"][0] for summary in summaries]
    quantities: list[tuple[str, str, list[float], float, str, str]] = [
        (
            "Entries on the list",
            "per 1,000 adults and year",
            [1000 * s["entries"][0] / (n * s["years"]) for s, n in zip(summaries, adults, strict=True)],
            2.2,
            "F26",
            "fitted",
        ),
        (
            "Exits from the list",
            "per year and person listed",
            [sum(s["left"]) / (s["listed_mean"][0] * s["years"] or float("nan")) for s in summaries],
            0.33,
            "F26",
            "fitted",
        ),
        (
            "People on the list",
            "per 1,000 adults",
            [1000 * s["listed_mean"][0] / n for s, n in zip(summaries, adults, strict=True)],
            7.8,
            "F24",
            "fitted",  # nobody aimed at it alone, but it was in sight each time the court's coverage was set
        ),
        (
            "Performed while listed",
            "share of those entered",
            [s["left"][1] / max(s["entries"][0], 1.0) for s in summaries],
            0.27,
            "F23g",
            "fitted",
        ),
    ]
    rows = []
    for quantity, unit, values, fact, source, role in quantities:
        found = estimate(values)
        rows.append(
            {
                "quantity": quantity,
                "unit": unit,
                "simulated": found.value,
                "low": found.low,
                "high": found.high,
                "documented": fact,
                "source": source,
                "role": role,
            }
        )
    return rows


def ratios(summaries: Sequence[Row]) -> list[Row]:
    """How many times as often the minority is hit, compared with the majority."""
    rows = []
    titles = {spec.name: spec.title for spec in SPECS}
    for name in ("sanctioned", "wrongly_sanctioned", "innocent_sanctioned", "missed"):
        levels = [[level(summary, "policy", name, group) for summary in summaries] for group in (2, 1)]
        if any(value != value for values in levels for value in values):
            continue
        luck, wide = ratio(levels[0], levels[1], couples=False), ratio(levels[0], levels[1], couples=True)
        if luck is None or wide is None:
            continue
        low, high = min(wide[1], luck[1]), max(wide[2], luck[2])
        told = "cannot tell" if low <= 1 <= high or len(summaries) < 4 else "more" if wide[0] > 1 else "less"
        rows.append(
            {
                "outcome": name,
                "title": titles[name],
                "group": "minority",
                "reference": "majority",
                "ratio": wide[0],
                "low": low,
                "high": high,
                "luck_low": luck[1],
                "luck_high": luck[2],
                "verdict": told,
            }
        )
    return rows
