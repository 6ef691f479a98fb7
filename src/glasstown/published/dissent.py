"""Strategic dissent: people choose how far to speak out, and an authority adapts how it watches and punishes.

A person with desired dissent d and boldness b chooses a in [0, d] under tolerance t, surveillance v and severity s:
U(a) = -b (d - a) - [a > t] (v + (1 - v) a) s {1, or (a - t)} (uniform, or proportional punishment). Her optimum is the day's own rule of
speech (``reacting.dissent``). The authority climbs a hill at random on its three abstract numbers, and nothing else: each round it redraws
one of them nearby, and takes that back if its cost (dissent + punishment) rose (Daymude, Axelrod and Forrest 2025, arXiv 2509.03731).
"""

from dataclasses import replace
from itertools import product
from math import exp, log
from typing import Any

import numpy as np

from glasstown import reacting
from glasstown.modelling import Column, Model, Rule, Run, below, uniform
from glasstown.modelling.compiling import wide
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series, root
from glasstown.world import BITS

DESIRED, BOLDNESS, OBSERVED, WHICH, WHERE = 0, 1, 4, 8, 9  # purposes
TOLERANCE, SEVERITY, SURVEILLANCE = 0, 1, 2  # places in the authority's numbers
STEPS, EXACT = 24, 40  # bits of the wide forms: compiled, and in Python's own integers
WINDOW, MEAN = 0.05, 0.25  # of a redraw; of desired dissent
START = (0.25, 0.1, 0.1)  # t, s, v
MEMORY = 500  # rounds over which dissent counts as suppressed


def truncated_scale(mean: float) -> float:
    """The scale of an exponential that is cut at 1 and has this mean (below .5)."""
    return root(lambda scale: scale - 1 / (exp(1 / scale) - 1) - mean, 0.01, 100.0)


def found(person, step, world):
    """What she would say if nobody minded, and how bold she is."""
    case, luck = world.case, world.luck
    even = uniform(luck, person, 0, DESIRED)
    world.now.desired[person] = int(-case.scale * log(1.0 - even * (1.0 - exp(-1.0 / case.scale))) * (1 << STEPS))
    world.now.bold[person] = int(-case.boldness * log(uniform(luck, person, 0, BOLDNESS)) * (1 << STEPS))


def redraw(person, step, world):
    """The authority redraws one of its numbers nearby, and remembers all three."""
    numbers, kept = world.now.numbers, world.now.kept
    for place in range(3):
        kept[place] = numbers[place]
    place = below(world.luck, 0, step, WHICH, 3)
    numbers[place] = nearby(numbers[place], place, uniform(world.luck, 0, step, WHERE))


def nearby(number, place, even):
    """Evenly within a window around a number, cut where the number must end: t and v at 1, and none below 0."""
    least, most = (1, 1 << (STEPS + 6)) if place == SEVERITY else (0, 1 << STEPS)
    low = max(number - int(WINDOW * (1 << STEPS)), least)
    high = min(number + int(WINDOW * (1 << STEPS)), most)
    return low + int(even * (high - low))


def speaks(rule: Any) -> Any:
    """A person's round under a rule of speech: she speaks as far as pays, and may be seen and punished."""

    def speak(person, step, world):
        t, s, v = world.now.numbers[0], world.now.numbers[1], world.now.numbers[2]
        act = rule(world.now.desired[person], world.now.bold[person], v, s, t, world.case.proportional)
        world.now.act[person] = act
        world.now.fine[person] = 0
        if act > t and uniform(world.luck, person, step, OBSERVED) * (1 << STEPS) < observed(act, v):
            world.now.fine[person] = (s * (act - t)) >> STEPS if world.case.proportional else s

    return speak


def observed(act, surveillance):
    """Chance to be seen: what is watched, and of what is not the louder the more."""
    return surveillance + ((((1 << STEPS) - surveillance) * act) >> STEPS)


def judge(person, step, world):
    """The authority counts what dissent and punishing cost it, and takes its change back if that rose since the last round."""
    said = 0
    fined = 0
    for one in range(world.size.people):
        said += world.now.act[one]
        fined += world.now.fine[one]
    world.now.said[0], world.now.fined[0] = said, fined
    cost = said + fined
    if step > 1 and cost > compared_with(world):
        for place in range(3):
            world.now.numbers[place] = world.now.kept[place]
    world.now.best[0] = min(world.now.best[0], cost)
    world.now.cost[0] = cost


def compared_with(world):
    """The cost that a new one is compared with: the last round's."""
    return world.now.cost[0]


def said(step, world):
    """Sum of all that was said."""
    return world.now.said[0] / (1 << STEPS)


def fined(step, world):
    """Sum of all punishment."""
    return world.now.fined[0] / (1 << STEPS)


def authority(people: int, boldness: float, proportional: bool, rule: Any = None) -> Model:
    """So many people of this mean boldness under an adaptive authority; step 1 is round 0, under its first numbers."""
    columns = {
        "desired": Column(np.int64), "bold": Column(np.int64), "act": Column(np.int64), "fine": Column(np.int64),
        "numbers": Column(np.int64, np.array([round(number * (1 << STEPS)) for number in START]), rows=3), "kept": Column(np.int64, rows=3),
        **{name: Column(np.int64, rows=1) for name in ("said", "fined", "cost")}, "best": Column(np.int64, 1 << 62, rows=1),
    }  # fmt: skip
    speak = speaks(rule or wide("reacting", STEPS).dissent)
    rules = [Rule(found, "founding"), Rule(after_the_first(redraw), "once"), Rule(speak, "sequential"), Rule(judge, "once")]
    case = {"scale": truncated_scale(MEAN), "boldness": float(boldness), "proportional": int(proportional)}
    return Model(people, columns, rules, case=case, records={"said": said, "fined": fined})


def after_the_first(rule: Any) -> Any:
    """A rule that rests in step 1."""

    def rests(person, step, world):
        if step > 1:
            rule(person, step, world)

    return rests


def first_suppressed(run: Run) -> int | None:
    """The first round at which the mean of the last 500 rounds is below a quarter of what people would say, or None."""
    series = run.records["said"][1:]
    means = np.convolve(series, np.ones(MEMORY) / MEMORY, "valid")
    below_it = np.flatnonzero(means < 0.25 * run.columns["desired"].sum() / (1 << STEPS))
    return int(below_it[0]) + MEMORY if len(below_it) else None


# ---- what is measured --------------------------------------------------------------------------------------------------

CURVES = (("uniform", 0, 0.6, 0.7115384615384616), ("proportional", 1, 1.0, 0.625))  # name, flag, severity, where it turns


def turn(rule: Any, bits: int, flag: int, severity: float) -> float:
    """Where the optimum turns at b=1, v=.2, t=.25: the least d above t that is said in full, or the most that is ever said."""
    one = 1 << bits
    v, s, t = (round(number * one) for number in (0.2, severity, 0.25))
    if flag:
        return float(rule(one, one, v, s, t, flag) / one)
    low, high = t, one
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if rule(middle, one, v, s, t, flag) == middle else (middle, high)
    return high / one


def rounding(flag: int, severity: float, unit: float) -> float:
    """How far the turn can move: each of v, s, t and (1 - v) s is off by a unit at most, and the turn is a whole number of units."""

    def where(v: float, s: float, t: float, room: float) -> float:
        room += (1 - v) * s
        return (t + (1 - v * s) / room) / 2 if flag else (t + v * s) / (1 - room)

    exact = where(0.2, severity, 0.25, 0.0)
    corners = product(*[(-unit / 2, unit / 2)] * 3, (-unit, 0.0))
    return max(abs(where(0.2 + v, severity + s, 0.25 + t, room) - exact) for v, s, t, room in corners) + 2 * unit


def closed_forms() -> Measured:
    """Where self-censorship ends or caps (the settings of figures 1 and 2), the optimum against brute force, and silence by force."""
    for name, flag, severity, target in CURVES:
        exact = wide("reacting", EXACT).dissent
        yield Quantity(f"turn under {name} punishment", target, turn(exact, EXACT, flag, severity), "exact", tolerance=1e-6)
        bound = rounding(flag, severity, 2.0**-BITS)
        ours = turn(reacting.dissent, BITS, flag, severity)
        yield Quantity(f"turn under {name} punishment", target, ours, "exact", tolerance=bound, form="day")
        desired = [number / 100 for number in range(101)]
        numbers = [round(number * (1 << EXACT)) for number in (0.2, severity, 0.25)]
        acts = [exact(round(d * (1 << EXACT)), 1 << EXACT, *numbers, flag) / (1 << EXACT) for d in desired]
        yield Series(name, {"desired": desired, "said": acts})
    yield Quantity("choices that another would beat, of 6,000 drawn", 0, beaten(wide("reacting", EXACT).dissent, EXACT), "exact")
    run = authority(5000, 2.0, False).run(0)
    most = int(run.columns["bold"].max())
    rule = wide("reacting", EXACT).dissent
    people = zip(run.columns["desired"], run.columns["bold"], strict=True)
    total = sum(rule(int(d) << 16, int(b) << 16, 1 << EXACT, most << 16, 0, 0) for d, b in people)
    yield Quantity("said at t=0, v=1, s=max b", 0, float(total), "exact")


def beaten(rule: Any, bits: int, cases: int = 6000) -> int:
    """In how many drawn cases one of 400 other choices has a higher utility than the rule's, by more than rounding."""
    generator, one, worse = np.random.default_rng(3), 1 << bits, 0
    for case in range(cases):
        d, v, t = generator.random(3)
        b, s = generator.exponential(1, 2) + 1e-3
        flag = case % 2
        numbers = [round(number * one) for number in (d, b, v, s, t)]
        act = rule(*numbers, flag) / one
        d, b, v, s, t = (number / one for number in numbers)
        worse += utility(np.append(np.linspace(0, d, 400), min(t, d)), d, b, v, s, t, flag).max() > utility(act, d, b, v, s, t, flag) + 1e-9
    return worse


def utility(a: Any, d: float, b: float, v: float, s: float, t: float, flag: int) -> Any:
    """What a person gets who says ``a``: the paper's utility."""
    a = np.asarray(a, float)
    return -b * (d - a) - np.where(a > t, (v + (1 - v) * a) * s * (a - t if flag else 1), 0)


PUBLISHED = (  # punishment, flag, B, dissent and punishment of round 0, first suppressed round, mean dissent of the last 500
    ("uniform", 0, 2, 24058.6, 1688.8, 1136, 1694.5), ("uniform", 0, 8, 24728.3, 1921.7, None, 24958.6),
    ("proportional", 1, 1, 24439.4, 532.9, 791, 1672.6), ("proportional", 1, 3, 24793.4, 559.2, None, 24964.6),
)  # fmt: skip
SEED = 7


def first_round(people: int = 100_000, replicates: int = 20) -> Measured:
    """What is said and punished in round 0, under the authority's first numbers."""
    for name, flag, boldness, dissent, punishment, _, _ in PUBLISHED:
        found = authority(people, boldness, bool(flag)).ensemble(1, replicates, seed=SEED)
        for what, record, target in (("dissent", "said", dissent), ("punishment", "fined", punishment)):
            mean, error = found.estimate(record)
            scale, one_run = 100_000 / people, error * replicates**0.5  # the published number is one run, off by the luck of one
            yield Quantity(
                f"{what} in round 0, {name}, B={boldness}", target, mean * scale, "code", error * scale, one_run * scale, 0.005 * target
            )


def published_runs(people: int = 100_000, rounds: int = 5000, seeds: int = 10) -> Measured:
    """The four runs of the paper, ten times under luck of ours: whether and when dissent ends up suppressed, and what is left of it.

    The published number is one run; it is taken to be off by the luck of one, as ours are.
    """
    for name, flag, boldness, _, _, suppressed, last in PUBLISHED:
        case, scale = f"{name}, B={boldness}", 100_000 / people
        outcomes = {"when": lambda run: first_suppressed(run) or np.nan, "left": lambda run: run.last("said", MEMORY)}
        runs = replace(authority(people, boldness, bool(flag)), outcomes=outcomes).ensemble(rounds, seeds, seed=SEED)
        when = runs.outcomes["when"]
        yield Quantity(f"share of runs suppressed, {case}", float(bool(suppressed)), float(np.isfinite(when).mean()), "code")
        if suppressed:
            mean, error = mean_and_error(np.nan_to_num(when, nan=rounds))
            yield Quantity(f"first suppressed round, {case}", suppressed, mean, "code", error, error * seeds**0.5)
        mean, error = mean_and_error(runs.outcomes["left"] * scale)
        yield Quantity(f"dissent of the last 500 rounds, {case}", last, mean, "code", error, error * seeds**0.5)
        said, shown = runs.records["said"][0, 1:], slice(0, rounds, max(rounds // 200, 1))
        yield Series(case, {"round": list(range(rounds))[shown], "said": [round(value * scale, 1) for value in said[shown]]})


SHARES = (  # punishment, flag, B, share of runs suppressed, median of the round
    ("uniform", 0, 1, 1.0, 593), ("uniform", 0, 2, 1.0, 1992), ("uniform", 0, 4, 0.0, None), ("uniform", 0, 6, 0.0, None),
    ("uniform", 0, 8, 0.0, None), ("proportional", 1, 0.5, 1.0, 586), ("proportional", 1, 1, 0.90, 1072), ("proportional", 1, 2, 0.0, None),
    ("proportional", 1, 3, 0.0, None), ("proportional", 1, 4, 0.0, None),
)  # fmt: skip


def how_often(people: int = 5000, rounds: int = 5000, seeds: int = 20, cases: Any = SHARES) -> Measured:
    """How often dissent is suppressed by mean boldness, over 20 populations and authorities."""
    for name, flag, boldness, share, median in cases:
        model = authority(people, boldness, bool(flag))
        found = [first_suppressed(model.run(rounds, seed=SEED, replicate=replicate)) for replicate in range(seeds)]
        when = [each for each in found if each is not None]
        case = f"{name}, B={boldness:g}"
        yield Quantity(f"share of runs suppressed, {case}", share, len(when) / seeds, "code", tolerance=0.15)
        if median and when:
            error = 1.2533 * float(np.std(when, ddof=1)) / len(when) ** 0.5  # of a median
            yield Quantity(f"median round of suppression, {case}", median, float(np.median(when)), "code", error, tolerance=0.35 * median)


MODEL = Published(
    "dissent",
    "Strategic dissent and self-censorship",
    (Paper("Daymude, Axelrod and Forrest 2025, Strategic dissent and self-censorship, arXiv 2509.03731; PNAS", "code"),),
    "People choose how far to speak out under surveillance; an authority adapts its tolerance, severity and surveillance to what "
    "dissent and punishing cost it. Against timid people it ends in silence, against bold ones in tolerance.",
    ("reacting.dissent",),
    "The adaptive authority: policies of the day are written by people and never adapt. Here it moves three abstract numbers, and it "
    "cannot read a policy.",
    (
        Part("closed_forms", "smoke", closed_forms),
        Part("first_round", "smoke", first_round),
        Part("published_runs", "standard", published_runs),
        Part("how_often", "standard", how_often),
    ),
    (
        "Tolerances were stated before the model was written: half a percent for round 0, .15 for shares of runs, 35 % for medians of 20.",
        "Cases of one punishment share their populations and the authority's luck, so that their numbers are not independent.",
    ),
)
