"""Who else pays: what reaches the few whom a policy leaves unscored, all of them and those close to somebody sanctioned."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from glasstown import draws, world
from glasstown.engine import run
from glasstown.study.statistics import estimate, verdict

Row = dict[str, Any]
OUTCOMES = (  # people's own columns that can be told for the exempt: name, title, unit, column, scale
    ("income", "Income", "cents a day and adult", "income", 1.0),
    ("in_hardship", "Adults in hardship", "per 1,000 adults", "poor_days", 1000.0),
    ("dissenting", "Voice dissent", "per 1,000 adults", "dissent_days", 1000.0),
    ("refused_travel", "Travel refused", "per 1,000 adults and year", "refused_travel", 365_000.0),
    ("refused_credit", "Credit refused", "per 1,000 adults and year", "refused_credit", 365_000.0),
)
RELATIONS = ("household", "kin", "colleagues", "neighbours", "friends")


def few(case: Any) -> Any:
    """Mask of the adults who are left unscored in the exempt arm."""
    people = case.society.people
    luck = draws.draw_many(case.key, np.arange(len(people)), 0, draws.EXEMPT)
    return (people["age"] >= world.ADULT_AGE) & (luck < int(run.EXEMPT_SHARE * 2**32))


def spillover(case: Any, worlds: dict[str, Any]) -> dict[str, list[float]]:
    """Of the exempt few: their levels in the policy, the exempt and the twin arm, by outcome."""
    mask = few(case)
    found = {}
    for name, _, _, column, scale in OUTCOMES:
        levels = [float(worlds[arm].town.life[column][mask].mean()) if mask.any() else float("nan") for arm in ("policy", "exempt", "twin")]
        found[name] = [level * scale / case.days for level in levels]
    return found


def close_to(town: Any, sanctioned: Any) -> dict[str, Any]:
    """Masks of people who have somebody sanctioned in their household, and among their ties of each layer (kin: outside it)."""
    people = town.people
    count = len(people)
    heads = np.arange(count) - people["place"]
    in_household = np.bincount(heads, weights=sanctioned, minlength=count)[heads] - sanctioned
    found = {"household": in_household > 0}
    whose = np.repeat(np.arange(count), people["ties"])
    within = np.arange(len(whose)) - np.repeat(people["first_tie"].astype(np.int64), people["ties"])
    ends = np.cumsum([people[name].astype(np.int64) for name in ("kin", "colleagues", "neighbours")], axis=0)
    layer = (within >= ends[0][whose]).astype(int) + (within >= ends[1][whose]) + (within >= ends[2][whose])
    hit = sanctioned[town.neighbours] & (heads[town.neighbours] != heads[whose])
    for number, name in enumerate(RELATIONS[1:]):
        found[name] = np.bincount(whose[hit & (layer == number)], minlength=count) > 0
    return found


def by_relation(case: Any, worlds: dict[str, Any]) -> dict[str, Row]:
    """Of the exempt few who are close to somebody sanctioned, by relation: how many, and their levels in the exempt and the twin arm."""
    mask = few(case)
    sanctioned = worlds["exempt"].town.life["ever"] & world.EVER_SANCTIONED > 0
    found = {}
    for relation, close in close_to(worlds["exempt"].town, sanctioned).items():
        some = mask & close
        levels = {}
        for name, _, _, column, scale in OUTCOMES[:3]:
            levels[name] = [
                float(worlds[arm].town.life[column][some].mean()) * scale / case.days if some.any() else float("nan")
                for arm in ("exempt", "twin")
            ]
        found[relation] = {"people": int(some.sum()), "levels": levels}
    return found


def spillovers(summaries: Sequence[Row]) -> list[Row]:
    """Of the few left unscored in one arm: what scoring them adds (direct), and what reached them anyhow (spillover)."""
    rows = []
    for name, title, unit, _, _ in OUTCOMES:
        levels = [summary["spillover"][name] for summary in summaries if name in summary["spillover"]]
        if not levels:
            continue
        direct, reached = estimate([a - b for a, b, _ in levels]), estimate([b - c for _, b, c in levels])
        told = verdict(reached, 0.0, float("inf"), float("inf"))
        ends = {f"direct_{end}": getattr(direct, end) for end in ("low", "high")}
        ends |= {f"spillover_{end}": getattr(reached, end) for end in ("low", "high")}
        rows.append({"outcome": title, "unit": unit, "direct": direct.value, "spillover": reached.value, **ends, "verdict": told})
    return rows


def who_else(summaries: Sequence[Row]) -> list[Row]:
    """What reaches the unscored who are close to somebody sanctioned: exempt arm minus twin, the same people, by relation."""
    rows = []
    for relation in RELATIONS:
        known = [summary["relations"][relation] for summary in summaries if summary.get("relations")]
        for name, title, unit, _, _ in OUTCOMES[:3]:
            levels = [row["levels"][name] for row in known if row["people"]]
            if not levels:
                continue
            found = estimate([exempt - twin for exempt, twin in levels])
            rows.append(
                {
                    "relation": relation, "outcome": name, "title": title, "unit": unit,
                    "people": sum(row["people"] for row in known) / len(known),
                    **{end: getattr(found, end) for end in ("value", "low", "high", "luck_low", "luck_high")},
                    "twin": sum(twin for _, twin in levels) / len(levels),
                    "verdict": verdict(found, 0.0, float("inf"), sum(row["people"] for row in known)),
                }
            )  # fmt: skip
    return rows
