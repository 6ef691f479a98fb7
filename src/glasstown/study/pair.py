"""One pair of worlds: live its arms, and reduce them to the numbers an assessment needs."""

import hashlib
from collections.abc import Callable
from typing import Any

from glasstown import draws, measuring, tables, world
from glasstown.engine import run
from glasstown.study import others
from glasstown.study.case import Request
from glasstown.study.outcomes import measure
from glasstown.study.view import BY_ORIGIN, View, three

WEEK = 7
WEEKLY = ("dissenting", "critics", "silent_critics")  # daily measures that are told week by week
LEFT_BY = tuple(name for name in measuring.FLOWS if name.startswith("left_by_"))  # term, performance, closure, and the others
GIVEN_UP = -1  # the stage of a policy that was given up
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
    views = {arm: View(worlds[arm], deeds, punished, policy=case.policy) for arm in worlds}
    twin, policy = views["twin"], views["policy"]
    return {
        "pair": pair,
        "digest": digest_of(worlds),
        "outcomes": {arm: measure(view, twin) for arm, view in views.items() if arm != "exempt"},
        "adults": policy.adults.tolist(),
        "fate": fate(policy),
        "origins": [float(policy.flow(f"entries_{name}", f"listings_{name}")[0]) for name in BY_ORIGIN],
        "left": [float(policy.flow(name)[0]) for name in LEFT_BY],
        "listed_mean": policy.stock("listed").tolist(),
        "listed_start": three(worlds["policy"].daily[min(30, case.days - 1), measuring.LISTED]).tolist(),
        "entries": policy.flow(*(f"listings_{name}" for name in BY_ORIGIN)).tolist(),
        "barred": {gate: float(policy.flow(f"barred_{gate}")[0]) for gate in tables.GATES},
        "spells": worlds["policy"].spells.tolist(),
        "years": policy.years,
        "weekly": {name: {arm: weekly(worlds[arm], name) for arm in ("policy", "twin")} for name in WEEKLY},
        "stages": stages(policy),
        "spillover": others.spillover(case, worlds) if "exempt" in worlds else {},
        "relations": others.by_relation(case, worlds) if "exempt" in worlds else {},
    }


def measured(case: Any, arm: Any, twin: Any) -> dict[str, Any]:
    """Every outcome of one arm that lived this case, given its twin."""
    deeds, punished = case.rules.deeds, punished_bits(case.policy)
    return measure(*(View(each, deeds, punished, policy=case.policy) for each in (arm, twin)))


def digest_of(worlds: dict[str, Any]) -> str:
    """The digest of a pair: of the final states of its arms."""
    return hashlib.sha256("".join(worlds[arm].digest for arm in sorted(worlds)).encode()).hexdigest()


def punished_bits(policy: Any) -> int:
    """The deeds that some rule of the policy punishes, or that its risk model is meant to foretell, one bit each."""
    return sum(1 << kind for kind in range(draws.DEEDS_MAX) if policy.severity[kind] > 0) | int(policy.score["risk_targets"][0])


def fate(view: View) -> list[float]:
    """How many adults: never sanctioned, rightly, for what hurts nobody, wrongly, missed (in the order of FATES)."""
    sanctioned = view.ever(world.EVER_SANCTIONED)
    counts = [view.harmless, view.wrongly, view.missed]
    harmless, wrongly, missed = (float(mask.sum()) for mask in counts)
    deserved = float(sanctioned.sum()) - harmless - wrongly
    return [float(view.adult.sum()) - deserved - harmless - wrongly - missed, deserved, harmless, wrongly, missed]


def weekly(arm: Any, name: str = "dissenting") -> list[float]:
    """A daily measure of people per 1,000 adults, weekly means (the last, partial week is left out)."""
    adults = arm.daily[0, measuring.ADULTS].sum()
    days = arm.daily[:, measuring.MEASURES.index(name)].sum(axis=1) / adults * 1000
    weeks = len(days) // WEEK
    return [float(value) for value in days[: weeks * WEEK].reshape(weeks, WEEK).mean(axis=1)]


def stages(view: View) -> list[int]:
    """The stage of the rollout at the end of each week, GIVEN_UP where the policy was; empty if it holds everywhere from its first day."""
    if not view.is_rolled_out:
        return []
    daily = view.arm.daily[WEEK - 1 :: WEEK, :, 0]
    return [GIVEN_UP if row[measuring.REPEALED] else int(row[measuring.STAGE]) for row in daily]
