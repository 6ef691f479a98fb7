"""Ties that are turned away from the unlike: however weak the aversion, in the end they join the same (Henry, Pralat and Zhang 2011).

Each tie of dissimilarity d is given up with chance a d and turned to somebody drawn by a law that gives the new dissimilarity the
chances f(d). What stays longest is met most: in the long run pi(d) is in proportion to f(d) / d, whatever the level of aversion a is; the
level only says how soon. If ties are given up with chance s (1 + c d), pi(d) is in proportion to f(d) / (1 + c d), whatever s.

Here identities lie evenly on a ring, so that everybody's f is the same: the dissimilarity of k places apart is k / (half the ring).
"""

from typing import Any

import numpy as np

from glasstown import reacting
from glasstown.draws import draw_many
from glasstown.modelling import Column, Model, Rule, Ties, below, count_ties, from_pairs, rewire, tie, uniform, word
from glasstown.modelling.luck import Luck
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series, share
from glasstown.world import BITS, ONE

LEAVES, FIRST, SECOND, WHO, BEGINS = 0, 1, 2, 3, 8  # purposes; all slots have an extra of their own
PLACES = 41  # on the ring: identities 0 .. 40, up to FAR apart
FAR = PLACES // 2
ALIKE = 100  # people of each identity
EACH = 5  # ties of each person
EVEN, NEARBY = 0, 1  # laws of redraw: anybody of another identity; the nearer of two such, in places
LAWS = {EVEN: "anybody else", NEARBY: "the nearer of two"}
FULL = 2**32
COST = 32  # what dissimilarity adds to the day's chance that a tie turns: 1 + 32 d


def apart(one, other):
    """How many places two identities lie apart on the ring."""
    around = abs(one - other) % PLACES
    return min(around, PLACES - around)


def dissimilarity(one, other):
    """From 0 (the same) to 1 (opposite)."""
    return apart(one, other) / FAR


def gives_up(person, step, slot, unlike, world):
    """Whether she gives up a tie."""
    return uniform(world.luck, person, step, LEAVES, slot) < world.case.aversion * unlike


def gives_up_by_day(person, step, slot, unlike, world):
    """The same by the day's rule for ties to the marked, which an announced policy makes costly: as costly as she is unlike."""
    costly = int(unlike * ONE + 0.5)
    return reacting.turns(0, 1, 0, 0, costly, word(world.luck, person, step, LEAVES, slot), world.case)


def drawn_anew(person, step, slot, world):
    """Somebody of another identity, by the law of redraw; which of those of that identity is drawn evenly."""
    places = 1 + below(world.luck, person, step, FIRST, PLACES - 1, slot)
    if world.case.law == NEARBY:
        other = 1 + below(world.luck, person, step, SECOND, PLACES - 1, slot)
        places = other if apart(other, 0) < apart(places, 0) else places
    return (person + places + PLACES * below(world.luck, person, step, WHO, ALIKE, slot)) % world.size.people


def turning(leaves: Any) -> Any:
    """Everybody looks at each of her ties once a step, and turns those that she gives up."""

    def turn(person, step, world):
        ties = world.ties.ties
        for slot in range(count_ties(ties, person)):
            if leaves(person, step, slot, dissimilarity(person, tie(ties, person, slot)), world):
                rewire(ties, person, slot, drawn_anew(person, step, slot, world))

    return turn


def mean_dissimilarity(step, world):
    """Mean over all ties."""
    total, count = 0.0, 0
    for person in range(world.size.people):
        for slot in range(count_ties(world.ties.ties, person)):
            total += dissimilarity(person, tie(world.ties.ties, person, slot))
            count += 1
    return total / count


def begun(luck: Luck) -> Ties:
    """Everybody begins with ties to anybody of another identity."""
    people = PLACES * ALIKE
    starts = np.repeat(np.arange(people), EACH)
    places = 1 + (draw_many(luck, np.arange(people * EACH), 0, BEGINS) * (PLACES - 1) >> 32)
    return from_pairs(people, starts, (starts + places) % people, directed=True)


def society(law: int, aversion: float = 0.0, by_day: float | None = None) -> Model:
    """People with ties; aversion is the chance to give up the most unlike, or ``by_day`` is the day's chance to shun, 1 + c d times."""
    turn = turning(gives_up if by_day is None else gives_up_by_day)
    days = {"shun": round((by_day or 0) * FULL), "shun_kin": ONE, "solidarity": 0, "contact_cost": COST * ONE, "rewarm": 0}
    return Model(
        PLACES * ALIKE,
        {"nothing": Column("u1")},
        [Rule(turn, "sequential")],
        ties={"ties": begun},
        case={"law": law, "aversion": aversion, **days},
        records={"mean": mean_dissimilarity},
    )


def law_of(law: int) -> Any:
    """The chances f of 1 .. FAR places after a redraw."""
    if law == EVEN:
        return np.full(FAR, 1 / FAR)
    above = np.arange(FAR, 0, -1) / FAR  # chance that a draw is at least so many places
    return above**2 - np.append(above[1:], 0) ** 2


def in_the_long_run(law: int, slope: float | None = None) -> Any:
    """pi for 1 .. FAR places: f / d, or f / (1 + slope d)."""
    unlike = np.arange(1, FAR + 1) / FAR
    weights = law_of(law) / (unlike if slope is None else 1 + slope * unlike)
    return weights / weights.sum()


def counted(model: Model, steps: int, seed: int = 1) -> Any:
    """How many ties join people 1 .. FAR places apart at the end."""
    found = model.run(steps, seed=seed, every=steps).ties["ties"]
    owners = np.repeat(np.arange(model.people), np.diff(found.first))
    around = np.abs(owners - found.ends) % PLACES
    return np.bincount(np.minimum(around, PLACES - around), minlength=FAR + 1)[1:]


def chain() -> Measured:
    """The law without luck: the chain of one tie, its matrix solved, has f / d as its stationary law at every level."""
    for law, named in LAWS.items():
        f, unlike = law_of(law), np.arange(1, FAR + 1) / FAR
        for aversion in (0.05, 1.0):
            matrix = np.diag(1 - aversion * unlike) + aversion * unlike[:, None] * f
            system = np.vstack([matrix.T - np.eye(FAR), np.ones(FAR)])
            solved = np.linalg.lstsq(system, np.append(np.zeros(FAR), 1.0), rcond=None)[0]
            away = float(np.abs(solved - in_the_long_run(law)).max())
            yield Quantity(f"chain of one tie, {named}, aversion {aversion:g}: away from f / d", 0, away, "exact", tolerance=1e-12)


def compared(name: str, pi: Any, counts: Any, rounding: float = 0.0, form: Any = "wide") -> Measured:
    """Shares of ties at some distances, the mean, and chi square over all; ``rounding``: by what part of itself a share may be off."""
    total, unlike = int(counts.sum()), np.arange(1, FAR + 1) / FAR
    for places in (1, 2, FAR // 2, FAR):
        of = share(f"{name}: ties {places} apart", float(pi[places - 1]), int(counts[places - 1]), total)
        yield Quantity(of.what, of.target, of.ours, "exact", of.error, tolerance=rounding * of.target, form=form)
    mean = float(pi @ unlike)
    error = float((pi @ (unlike - mean) ** 2 / total) ** 0.5)
    ours = float(counts @ unlike / total)
    yield Quantity(f"{name}: mean dissimilarity", mean, ours, "exact", error, tolerance=rounding * mean, form=form)
    chi = float(((counts - total * pi) ** 2 / (total * pi)).sum())
    most = total * rounding**2 + 2 * rounding * (total * chi) ** 0.5  # what rounding adds to a distance in shares
    yield Quantity(f"{name}: chi square, {FAR - 1} degrees", FAR - 1, chi, "exact", (2 * (FAR - 1)) ** 0.5, tolerance=most, form=form)


def long_run(levels: Any = ((0.2, 1500), (1.0, 400)), laws: Any = tuple(LAWS)) -> Measured:
    """Where ties are in the long run: in proportion to f / d at every level of aversion."""
    shown: dict[str, list[Any]] = {"law": [], "aversion": [], "dissimilarity": [], "ours": [], "target": []}
    for law in laws:
        pi = in_the_long_run(law)
        for aversion, steps in levels:
            counts = counted(society(law, aversion), steps)
            yield from compared(f"{LAWS[law]}, aversion {aversion:g}", pi, counts)
            for places in range(1, FAR + 1):
                row = (LAWS[law], aversion, places / FAR, float(counts[places - 1] / counts.sum()), float(pi[places - 1]))
                for column, value in zip(shown.values(), row):
                    column.append(value)
    yield Series("long_run", shown)


def approach(levels: Any = ((0.02, 8_000), (0.1, 1_600), (0.5, 320))) -> Measured:
    """How ties come to join the like, at three levels: to the same mean, sooner or later."""
    shown: dict[str, list[Any]] = {"aversion": [], "step": [], "mean": [], "target": []}
    pi, unlike = in_the_long_run(EVEN), np.arange(1, FAR + 1) / FAR
    target = float(pi @ unlike)
    for aversion, steps in levels:
        model = society(EVEN, aversion)
        run = model.run(steps, every=steps // 320)  # as many records at each level
        error = float((pi @ (unlike - target) ** 2 / (model.people * EACH)) ** 0.5)
        yield Quantity(f"mean dissimilarity at step {steps}, aversion {aversion:g}", target, run.last("mean"), "exact", error)
        for step, mean in zip(run.steps.tolist(), run.records["mean"].tolist()):
            for column, value in zip(shown.values(), (aversion, step, round(mean, 5), target)):
                column.append(value)
    yield Series("approach", shown)


def by_the_day(levels: Any = ((0.004, 1500), (0.02, 400)), laws: Any = (EVEN,)) -> Measured:
    """The same where the day's rule says which ties turn: in proportion to f / (1 + c d) at every level of shunning."""
    # costly is off by half a step and the product cut by one, of 1 + c d > 1 + c / FAR; the threshold by one of 2**32
    rounding = (COST * 0.5 + 1) / 2**BITS / (1 + COST / FAR)
    for law in laws:
        for shun, steps in levels:
            counts = counted(society(law, by_day=shun), steps)
            yield from compared(f"{LAWS[law]}, shunning {shun:g}", in_the_long_run(law, COST), counts, 2 * rounding, "day")


MODEL = Published(
    "rewiring",
    "Ties turned away from the unlike",
    (
        Paper(
            "Henry, Pralat and Zhang 2011, Emergence of segregation in evolving social networks, PNAS 108:8605",
            "abstract",
        ),
    ),
    "Where ties between the unlike are given up a little sooner, people end among their like; how strong the aversion is says how "
    "soon, and not how far.",
    ("reacting.turns",),
    "The day's ties turn cold and warm again, between the same two people; nobody is turned to anybody else. Here the owner keeps "
    "her end, where the paper keeps either: on a ring both see the same law.",
    (
        Part("chain", "smoke", chain),
        Part("long_run", "smoke", long_run),
        Part("by_the_day", "smoke", by_the_day),
        Part("approach", "standard", approach),
    ),
)
