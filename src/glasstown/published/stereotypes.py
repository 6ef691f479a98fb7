"""Self-fulfilling stereotypes: two groups that are alike, and employers whose beliefs about them make themselves true.

A worker becomes qualified if the cost (distributed as G) is at most what that is worth to her. Employers see a signal t of density 2 t
from the qualified and 2 (1 - t) from others, and accept from the cutoff s = 1 - pi on, where pi is their belief about her group. Being
qualified raises the chance to be accepted by 2 s (1 - s), so beliefs that come true solve pi = G(2 pi (1 - pi)) (Coate and Loury 1993;
the logic is theirs, the densities, stakes of 1 and costs are ours). Beliefs move a share of the way to what is found each round, by the
day's ``reacting.towards``: a jump the whole way would overshoot, since the best response is steep at the upper equilibrium.
"""

from collections.abc import Callable
from itertools import product
from math import erf, sqrt
from typing import Any

import numpy as np

from glasstown import reacting
from glasstown.modelling import Column, Model, Rule, normal, uniform
from glasstown.modelling.compiling import wide
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series, root
from glasstown.world import BITS

COST, SIGNAL = 0, 4  # purposes
STEPS = 24  # bits of the wide form
RATE = 0.1  # share of the way that beliefs move a round
NORMAL, EVEN = 1, 0  # kinds of cost: normal (mean, spread); even on [0, most]
COSTS = {"normal (.35, .06)": (NORMAL, 0.35, 0.06), "normal (.40, .08)": (NORMAL, 0.40, 0.08), "even on [0, .8]": (EVEN, 0.8, 0.0)}


def cutoff(belief):
    """The least signal that employers accept: where the odds of being qualified reach one."""
    return 1.0 - belief


def incentive(cut):
    """What being qualified is worth: how much likelier it makes a signal of at least the cutoff, (1 - s^2) - (1 - s)^2."""
    return 2.0 * cut * (1.0 - cut)


def cost_of(luck, person, step, case):
    """What it costs this round's worker to become qualified."""
    if case.kind == NORMAL:
        return case.first + case.second * normal(luck, person, step, COST)
    return case.first * uniform(luck, person, step, COST)


def work(person, step, world):
    """A worker of this round, of group 0 or 1, becomes qualified if that pays, shows a signal, and is accepted or not."""
    now, luck = world.now, world.luck
    cut = cutoff(now.belief[person & 1] / world.case.one)
    now.qualified[person] = cost_of(luck, person, step, world.case) <= incentive(cut)
    root = sqrt(uniform(luck, person, step, SIGNAL))
    now.accepted[person] = (root if now.qualified[person] else 1.0 - root) >= cut


def counts(person, world):
    """Whether employers learn from her: from everybody, whether accepted or not."""
    return True


def learner(towards: Any) -> Any:
    """Employers move their belief about each group towards the share of its qualified, by this form of the day's rule."""

    def learn(person, step, world):
        for group in range(2):
            seen = 0
            qualified = 0
            for one in range(group, world.size.people, 2):
                if counts(one, world):
                    seen += 1
                    qualified += world.now.qualified[one]
            found = qualified * world.case.one // max(seen, 1)
            world.now.belief[group] = towards(world.now.belief[group], found, world.case.rate)

    return learn


def labour(costs: tuple[int, float, float], starts: tuple[float, float], people: int, bits: int = STEPS, seen: str = "belief") -> Model:
    """Two groups of ``people`` / 2 each, of which employers believe these shares to be qualified at first; ``seen``: what is recorded."""
    towards = wide("reacting", bits).towards if bits != BITS else reacting.towards
    one = 1 << bits
    kind, first, second = costs
    start = np.array([round(belief * one) for belief in starts])
    return Model(
        people,
        {"belief": Column(np.int64, start, rows=2), "qualified": Column("u1"), "accepted": Column("u1")},
        [Rule(work, "sequential"), Rule(learner(towards), "once")],
        case={"kind": kind, "first": first, "second": second, "one": one, "rate": round(RATE * one)},
        records={f"{what} {group}": recorded(group, what) for group in range(2) for what in seen.split()},
    )


def recorded(group: int, what: str) -> Callable[[Any, Any], Any]:
    """A record of a group: the belief about it, or which share of its qualified (passes) or unqualified (slips) is accepted."""

    def belief(step, world):
        return world.now.belief[group] / world.case.one

    def accepted(step, world):
        there = 0
        through = 0
        for one in range(group, world.size.people, 2):
            if world.now.qualified[one] == wanted:
                there += 1
                through += world.now.accepted[one]
        return through / max(there, 1)

    wanted = 1 if what == "passes" else 0
    return belief if what == "belief" else accepted


# ---- what is measured --------------------------------------------------------------------------------------------------


def response(belief: float, costs: tuple[int, float, float]) -> float:
    """The share that becomes qualified under a belief: G(2 pi (1 - pi))."""
    kind, first, second = costs
    worth = incentive(cutoff(belief))
    return 0.5 + 0.5 * erf((worth - first) / second / sqrt(2)) if kind == NORMAL else min(max(worth / first, 0.0), 1.0)


def equilibria(costs: tuple[int, float, float]) -> list[float]:
    """The beliefs above 0 that come true, in ascending order."""

    def away(belief: float) -> float:
        return response(belief, costs) - belief

    grid = [(number + 0.5) / 400 for number in range(400)]
    return [root(away, low, high) for low, high in zip(grid, grid[1:], strict=False) if away(low) * away(high) < 0]


def is_stable(belief: float, costs: tuple[int, float, float]) -> bool:
    """Whether beliefs nearby move towards it, in small steps: the response is above the belief before it and below it after."""
    return response(belief - 1e-6, costs) > belief - 1e-6 and response(belief + 1e-6, costs) < belief + 1e-6


EXACT = (  # costs, belief, stable
    ("even on [0, .8]", 0.6, True), ("normal (.35, .06)", 0.736659, True), ("normal (.35, .06)", 0.179884, False),
    ("normal (.40, .08)", 0.677639, True), ("normal (.40, .08)", 0.214210, False),
)  # fmt: skip


def fixed_points() -> Measured:
    """The beliefs that come true, to the six digits of the target, and whether they hold."""
    for name, target, stable in EXACT:
        found = equilibria(COSTS[name])
        ours = min(found, key=lambda belief: abs(belief - target), default=float("nan"))
        says = "stable" if stable else "unstable"
        yield Quantity(f"{says} belief, costs {name}", target, ours, "exact", tolerance=5e-7)
        yield Quantity(f"it is {says}, costs {name}", float(stable), float(is_stable(ours, COSTS[name])), "exact")
    for name in ("normal (.35, .06)", "normal (.40, .08)"):
        yield Quantity(f"lowest stable belief, costs {name}", 0.0, settled(0.0, COSTS[name]), "exact", tolerance=5e-5)
        beliefs = [number / 200 for number in range(201)]
        yield Series(f"response, {name}", {"belief": beliefs, "qualified": [response(belief, COSTS[name]) for belief in beliefs]})
    yield Series(
        "published", {"costs": [name for name, _, _ in EXACT], "belief": [at for _, at, _ in EXACT], "stable": [s for *_, s in EXACT]}
    )


def settled(belief: float, costs: tuple[int, float, float]) -> float:
    """Where a belief ends that moves a share of the way each round."""
    for _ in range(500):
        belief += RATE * (response(belief, costs) - belief)
    return belief


ROUNDS, LAST = 150, 60  # of a run; of which beliefs are averaged


def dead(bits: int, costs: str, belief: float) -> float:
    """How far rounding alone can hold a belief from where it would settle.

    ``towards`` leaves a gap of less than 1 / share units alone; the gap is (1 - slope) times the distance, and the share itself rounds.
    """
    slope = (response(belief + 1e-6, COSTS[costs]) - response(belief - 1e-6, COSTS[costs])) / 2e-6
    return (1 / RATE + 1) * 2.0**-bits / (1 - slope)


ENDS = (  # costs, where beliefs begin, where they end
    ("normal (.35, .06)", (0.10, 0.30), (0.0, 0.736659)), ("normal (.40, .08)", (0.10, 0.30), (0.0, 0.677639)),
    ("even on [0, .8]", (0.10, 0.30), (0.6, 0.6)),
)  # fmt: skip


def agents(people: int = 20_000, replicates: int = 6, ends: Any = ENDS, widths: tuple[int, ...] = (STEPS, BITS)) -> Measured:
    """Two identical groups, believed to be qualified at .10 and at .30, end apart; with even costs both end at .6."""
    for (costs, starts, targets), bits in product(ends, widths):
        lived = labour(COSTS[costs], starts, people, bits).ensemble(ROUNDS, replicates)
        paths: dict[str, list[float]] = {"round": list(range(ROUNDS + 1))}
        for group, (start, target) in enumerate(zip(starts, targets, strict=True)):
            ours, error = lived.estimate(f"belief {group}", last_rounds)
            bound = dead(bits, costs, target) if bits == BITS else 0.0
            digits = 5e-5 if target == 0.0 else 5e-7  # of the target
            name = f"belief in the end from {start:.2f}, costs {costs}"
            yield Quantity(name, target, ours, "exact", error, tolerance=bound + digits, form="day" if bits == BITS else "wide")
            paths[f"from {start:.2f}"] = [round(float(each), 4) for each in lived.records[f"belief {group}"].mean(0)]
        if bits == STEPS:
            yield Series(f"paths, {costs}", paths)


def acceptance(people: int = 20_000, replicates: int = 6) -> Measured:
    """Who is accepted where beliefs stay: 1 - s^2 of the qualified and (1 - s)^2 of the others, with s = 1 - pi."""
    lived = labour(COSTS["normal (.35, .06)"], (0.30, 0.30), people, STEPS, "passes slips").ensemble(ROUNDS, replicates)
    cut = 1 - 0.736659
    for what, who, target in (("passes", "qualified", 1 - cut**2), ("slips", "unqualified", (1 - cut) ** 2)):
        ours, error = lived.estimate(f"{what} 1", last_rounds)
        yield Quantity(f"accepted of the {who}, at the upper belief", target, ours, "exact", error, tolerance=1e-6)


def last_rounds(series: Any) -> Any:
    """Means over the last rounds."""
    return series[:, -LAST:].mean(1)


MODEL = Published(
    "stereotypes",
    "Self-fulfilling stereotypes",
    (
        Paper(
            "Coate and Loury 1993, Will affirmative-action policies eliminate negative stereotypes? American Economic Review 83:1220",
            "abstract",
        ),
    ),
    "Employers who believe a group to be less qualified ask it for better signals; becoming qualified pays less, so fewer are, and the "
    "belief is confirmed. Two identical groups end apart for ever.",
    ("reacting.towards",),
    "The day's doors read a score and not a belief about a group; nobody there decides whether to become qualified.",
    (Part("fixed_points", "smoke", fixed_points), Part("agents", "smoke", agents), Part("acceptance", "smoke", acceptance)),
)
