"""One pair of worlds: live its arms, and reduce them to the numbers an assessment needs."""

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np

from glasstown import draws, measuring, world
from glasstown.engine import run
from glasstown.study.case import Request
from glasstown.study.outcomes import View, measure, three

WEEK = 7
SPILLOVER = (  # people's own columns that can be told for the exempt: name, title, unit, column, scale
    ("income", "Income", "cents a day and adult", "income", 1.0),
    ("in_hardship", "Adults in hardship", "per 1,000 adults", "poor_days", 1000.0),
    ("dissenting", "Voice dissent", "per 1,000 adults", "dissent_days", 1000.0),
    ("refused_travel", "Travel refused", "per 1,000 adults and year", "refused_travel", 365_000.0),
    ("refused_credit", "Credit refused", "per 1,000 adults and year", "refused_credit", 365_000.0),
)
FATES = (
    ("never", "never sanctioned"),
    ("deserved", "sanctioned for what hurt somebody"),
    ("harmless", "sanctioned for what hurt nobody"),
    ("wrongly", "wrongly sanctioned"),
    ("missed", "missed by error, though the rules meant them"),
)


def live(
    request: Request, pair: int, threads: int = 1, arms: tuple[str, ...] = run.ARMS, progress: Callable[[int], None] | None = None
) -> tuple[Any, Any]:
    """Live a pair. Returns (its summary as plain data, its worlds by arm)."""
    case = request.case(pair)
    worlds = run.run_arms(case, arms, threads, progress=progress)
    return summary(case, worlds, pair), worlds


def summary(case: Any, worlds: dict[str, Any], pair: int) -> dict[str, Any]:
    """A pair as plain numbers: outcomes by arm, fates, origins, stays, weekly dissent, spillover, and a digest."""
    deeds, punished = case.rules.deeds, punished_bits(case.policy)
    views = {arm: View(worlds[arm], deeds, punished) for arm in worlds}
    twin, policy = views["twin"], views["policy"]
    digest = hashlib.sha256("".join(worlds[arm].digest for arm in sorted(worlds)).encode()).hexdigest()
    return {
        "pair": pair,
        "digest": digest,
        "outcomes": {arm: measure(view, twin) for arm, view in views.items() if arm != "exempt"},
        "adults": policy.adults.tolist(),
        "fate": fate(policy),
        "origins": [float(policy.flow(f"entries_{name}", f"listings_{name}")[0]) for name in ("true", "false_alarm", "mix_up")],
        "left": [float(policy.flow(f"left_by_{ground}")[0]) for ground in ("term", "performance", "closure", "appeal")],
        "listed_mean": policy.stock("listed").tolist(),
        "listed_start": three(worlds["policy"].daily[min(30, case.days - 1), measuring.LISTED]).tolist(),
        "entries": policy.flow("listings_true", "listings_false_alarm", "listings_mix_up").tolist(),
        "barred": {gate: float(policy.flow(f"barred_{gate}")[0]) for gate in ("travel", "work", "credit", "school")},
        "spells": worlds["policy"].spells.tolist(),
        "years": policy.years,
        "weekly": {arm: weekly(worlds[arm]) for arm in ("policy", "twin")},
        "spillover": spillover(case, worlds) if "exempt" in worlds else {},
    }


def punished_bits(policy: Any) -> int:
    """The deeds that some rule of the policy punishes, one bit each."""
    return sum(1 << kind for kind in range(draws.DEEDS_MAX) if policy.severity[kind] > 0)


def fate(view: View) -> list[float]:
    """How many adults: never sanctioned, rightly, for what hurts nobody, wrongly, missed (in the order of FATES)."""
    sanctioned = view.ever(world.EVER_SANCTIONED)
    counts = [view.harmless, view.wrongly, view.missed]
    harmless, wrongly, missed = (float(mask.sum()) for mask in counts)
    deserved = float(sanctioned.sum()) - harmless - wrongly
    return [float(view.adult.sum()) - deserved - harmless - wrongly - missed, deserved, harmless, wrongly, missed]


def weekly(arm: Any) -> list[float]:
    """Open dissent per 1,000 adults, weekly means (the last, partial week is left out)."""
    adults = arm.daily[0, measuring.ADULTS].sum()
    days = arm.daily[:, measuring.DISSENTING].sum(axis=1) / adults * 1000
    weeks = len(days) // WEEK
    return [float(value) for value in days[: weeks * WEEK].reshape(weeks, WEEK).mean(axis=1)]


def spillover(case: Any, worlds: dict[str, Any]) -> dict[str, list[float]]:
    """Of the few exempt in one arm: their levels in the policy, the exempt and the twin arm."""
    people = case.society.people
    luck = draws.draw_many(case.key, np.arange(len(people)), 0, draws.EXEMPT)
    few = (people["age"] >= world.ADULT_AGE) & (luck < int(run.EXEMPT_SHARE * 2**32))
    found = {}
    for name, _, _, column, scale in SPILLOVER:
        levels = [float(worlds[arm].town.life[column][few].mean()) if few.any() else float("nan") for arm in ("policy", "exempt", "twin")]
        found[name] = [level * scale / case.days for level in levels]
    return found
