"""The inspection game (Tsebelis 1989): the fine changes how often is inspected, and leaves how often is violated as it was.

A citizen gains g by a violation and pays F if inspected; an inspector pays k to inspect and is rewarded with R for a violation found. In
the mixed equilibrium each makes the other indifferent: violations v = k / R, inspections i = g / F.

Under fictitious play each best responds to how often the other has acted so far. With X = t (v_t - v) and Y = t (i_t - i), the height H,
the sum of (1 - i) X or -i X and of v Y or -(1 - v) Y (by sign), changes only by the overshoot when X or Y changes sign: by 2 at most in a
cycle of H / D steps, D = v (1 - v) i (1 - i). So H <= 2 sqrt(D t) + 4, and that bounds how far v_t and i_t can be from v and i.

In finite populations that imitate, noise carries one of the two to fixation, and the fine does matter (Ishikawa and Fontanari 2025).
"""

from math import sqrt
from typing import Any

import numpy as np

from glasstown import reacting
from glasstown.modelling import Column, Model, Rule, fermi, uniform
from glasstown.modelling.compiling import wide
from glasstown.published.comparing import Form, Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import BITS

START, CITIZENS, INSPECTORS = 0, 4, 8  # purposes
GAIN, COST, REWARD = 1.0, 0.5, 2.0
OWN = ((2.0, 0.2504, 0.5015), (5.0, 0.2492, 0.2014), (10.0, 0.2485, 0.0998), (50.0, 0.2455, 0.0199))  # fine, violations, inspections
FINE = 24  # bits of the wide form


def violates(inspections, case):
    """Whether a violation pays, at this belief about inspections."""
    return case.gain > case.fine * inspections


def inspects(violations, case):
    """Whether an inspection pays, at this belief about violations."""
    return case.reward * violations > case.cost


# ---- fictitious play -------------------------------------------------------------------------------------------------------


def believe(pair, step, world):
    """First beliefs, as strong as one step of experience."""
    world.now.violations[pair] = uniform(world.luck, pair, 0, START, 0)
    world.now.inspections[pair] = uniform(world.luck, pair, 0, START, 1)


def play(pair, step, world):
    """Both act on how often the other has acted so far."""
    now, case = world.now, world.case
    violated = violates(now.inspections[pair] / step, case)
    inspected = inspects(now.violations[pair] / step, case)
    now.violations[pair] += violated
    now.inspections[pair] += inspected


def numbers(fine: float) -> dict[str, Any]:
    """The numbers of the case."""
    return {"gain": GAIN, "fine": fine, "cost": COST, "reward": REWARD}


def played(fine: float, pairs: int, steps: int) -> tuple[Any, Any]:
    """Frequencies of violations and inspections after so many steps, from various first beliefs."""
    columns = {"violations": Column(), "inspections": Column()}
    run = Model(pairs, columns, [Rule(believe, "founding"), Rule(play, "sequential")], case=numbers(fine)).run(steps)
    return run.columns["violations"] / (steps + 1), run.columns["inspections"] / (steps + 1)


def reach(height: float, low: float) -> float:
    """How far a frequency can be from its equilibrium where H is at most so high and one side of it slopes like ``low``."""
    return height / min(low, 1 - low)


def fictitious_play(pairs: int = 20, steps: int = 200_000) -> Measured:
    """The furthest of many pairs from the equilibrium, at four fines; and our own earlier numbers, one pair each."""
    v, shown = COST / REWARD, []
    for fine, own_violations, own_inspections in OWN:
        i = GAIN / fine
        height = (2 * sqrt(v * (1 - v) * i * (1 - i) * steps) + 4) / steps
        violations, inspections = played(fine, pairs, steps)
        for what, target, found, own, bound in (
            ("violations", v, violations, own_violations, reach(height, i)),
            ("inspections", i, inspections, own_inspections, reach(height, v)),
        ):
            furthest = found[np.argmax(abs(found - target))]
            yield Quantity(f"{what} at fine {fine:g}, furthest of {pairs} pairs", target, float(furthest), "exact", tolerance=bound)
            # both lie within the bound, each at its own place of the cycle
            yield Quantity(f"{what} at fine {fine:g}, as measured before", own, float(found.mean()), "own", tolerance=2 * bound)
        shown.append((fine, float(violations.mean()), float(inspections.mean())))
    names = ("fine", "violations", "inspections")
    yield Series("fictitious play", {name: [row[place] for row in shown] for place, name in enumerate(names)})


# ---- the same with the day's perceived risk ------------------------------------------------------------------------------------


def learning(towards: Any, bits: int) -> Any:
    """A pair whose beliefs move towards what the other has just done, by the day's rule in so many bits."""
    one = 1 << bits

    def learn(pair, step, world):
        now, case = world.now, world.case
        violated = violates(now.risk[pair] / one, case)
        inspected = inspects(now.crime[pair] / one, case)
        now.risk[pair] = towards(now.risk[pair], one if inspected else 0, case.share)
        now.crime[pair] = towards(now.crime[pair], one if violated else 0, case.share)
        if step > case.burn:
            now.violations[pair] += violated
            now.inspections[pair] += inspected

    return learn


def perceived_risk(steps: int = 4_000_000) -> Measured:
    """Beliefs that forget, by the day's rule for perceived risk: the same equilibrium on average, wide and in 12 bits.

    With forgetting at rate f, H falls by f H a step, so H <= u + sqrt(u^2 + 2 D f), where rounding towards no change holds back a unit a
    step at most: u is a unit / f, and beliefs lag behind what is done by u.
    """
    v = COST / REWARD
    cases: tuple[tuple[Form, int, int, float], ...] = (("wide", FINE, 14, 2.0), ("wide", FINE, 14, 5.0), ("day", BITS, 6, 2.0))
    for form, bits, rate, fine in cases:
        i, forgetting, unit = GAIN / fine, 2.0**-rate, 2.0**-bits
        rule = reacting.towards if form == "day" else wide("reacting", FINE).towards
        counts = {name: Column("i8") for name in ("violations", "inspections")}
        columns = {"risk": Column("i8", 1 << bits - 1), "crime": Column("i8", 1 << bits - 1), **counts}
        case = {**numbers(fine), "share": (1 << bits) >> rate, "burn": steps // 2}
        run = Model(1, columns, [Rule(learning(rule, bits), "sequential")], case=case).run(steps)
        rest = unit / forgetting
        height = rest + sqrt(rest**2 + 2 * v * (1 - v) * i * (1 - i) * forgetting)
        lag = rest + 2 / (forgetting * steps)  # and what the first and last beliefs make of the mean
        for what, target, slope in (("violations", v, i), ("inspections", i, v)):
            ours = float(run.columns[what][0]) / (steps - steps // 2)
            bound = reach(height, slope) + lag
            yield Quantity(f"{what} at fine {fine:g}, beliefs that forget", target, ours, "exact", tolerance=bound, form=form)


# ---- finite populations that imitate -----------------------------------------------------------------------------------------


def imitate(place, step, world):
    """One citizen and one inspector compare themselves with another of their kind."""
    now, case = world.now, world.case
    crime, watch = now.crime[place], now.watch[place]
    pay_crime = case.gain - case.fine * watch / case.inspectors
    pay_watch = case.reward * crime / case.citizens - case.cost
    now.crime[place] += turned(place, step, world, CITIZENS, crime, case.citizens, pay_crime)
    now.watch[place] += turned(place, step, world, INSPECTORS, watch, case.inspectors, pay_watch)


def turned(place, step, world, purpose, doing, people, pay):
    """1 if somebody takes up what ``doing`` of ``people`` do for this pay (the others get 0), -1 if somebody gives it up, else 0."""
    if doing == 0 or doing == people:
        return 0
    does = uniform(world.luck, place, step, purpose) * people < doing
    other_does = uniform(world.luck, place, step, purpose + 1) * (people - 1) < doing - does
    if does == other_does:
        return 0
    own, other = (pay, 0.0) if does else (0.0, pay)
    if uniform(world.luck, place, step, purpose + 2) < fermi(own, other, world.case.strength):
        return -1 if does else 1
    return 0


def populations(fine: float, citizens: int, inspectors: int, crime: int, strength: float, places: int, steps: int) -> Any:
    """How many commit crimes and how many inspect, after so many comparisons, in many places."""
    columns = {"crime": Column("i8", crime), "watch": Column("i8", inspectors // 2)}
    case = {**numbers(fine), "citizens": citizens, "inspectors": inspectors, "strength": strength}
    run = Model(places, columns, [Rule(imitate, "sequential")], case=case).run(steps)
    return run.columns["crime"], run.columns["watch"]


def finite_populations(places: int = 400) -> Measured:
    """The contrast: light and heavy fines both end crime more often than those between; where inspectors are rare, what is rare wins."""
    fixed = {}
    for fine in (1.5, 5.0, 50.0):
        crime, _ = populations(fine, 100, 100, 50, 1.0, places, 40_000)
        fixed[fine] = float((crime == 100).mean())
    for fine, what in ((1.5, "light (1.5)"), (50.0, "heavy (50)")):
        error = sqrt((fixed[5.0] * (1 - fixed[5.0]) + fixed[fine] * (1 - fixed[fine])) / places)
        clearly = fixed[5.0] - fixed[fine] > 4 * error
        yield Quantity(f"crime takes over less often at a {what} fine than at 5 (1: yes)", 1, float(clearly), "published")
    for crime, target, what in ((100, 1, "below"), (500, 0, "above")):
        found, _ = populations(2.0, 1000, 10, crime, 10.0, places // 2, 20_000)
        ours = float((found == 1000).mean())
        yield Quantity(f"crime takes over with few inspectors, starting {what} k / R", target, ours, "published")
    for crime in (0.1, 0.5):  # one of a constant advantage d fixes with chance (1 - e^-5d) / (1 - e^-10d) from 5 of 10
        citizens, advantage = 10**7, REWARD * crime - COST
        _, watch = populations(2.0, citizens, 10, round(crime * citizens), 1.0, 10 * places, 2000)
        target = 1 / (1 + np.exp(-5 * advantage))
        error = sqrt(target * (1 - target) / (10 * places))
        ours = float((watch == 10).mean())
        yield Quantity(f"few inspectors all inspect in the end, crime {crime:g} at first", float(target), ours, "exact", error)


MODEL = Published(
    "inspection",
    "The inspection game",
    (
        Paper("Tsebelis 1989, The abuse of probability in political analysis, American Political Science Review 83:77", "abstract"),
        Paper("Rauhut 2009, Higher punishment, less control?, Rationality and Society 21:359", "abstract"),
        Paper("Ishikawa and Fontanari 2025, Finite population dynamics resolve the central paradox of the inspection game, "
              "arXiv 2510.24905", "abstract"),
    ),
    "Who violates and who inspects depend on each other: in the mixed equilibrium a higher fine makes inspections rarer and leaves "
    "violations as they were. Noise in finite populations ends that stalemate, and there the fine matters.",
    ("reacting.towards",),
    "The day's people offend at a rate that perceived risk lowers, its policies fix what is watched; here both best respond or imitate.",
    (
        Part("fictitious_play", "smoke", fictitious_play),
        Part("perceived_risk", "smoke", perceived_risk),
        Part("finite_populations", "smoke", finite_populations),
    ),
)  # fmt: skip
