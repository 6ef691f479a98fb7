"""Bounded confidence: people who listen only to those who think nearly as they do.

Deffuant, Neau, Amblard and Weisbuch (2000): two people drawn evenly meet; if their opinions in [0, 1] are less than eps apart, each moves
a share mu of the gap towards the other. With mu = .5 all agree if eps is above about .27 to .3; below, about 1 / (2 eps) clusters remain.
Hegselmann and Krause (2002): all at once, everybody moves to the mean of all opinions within eps of her own.
"""

from typing import Any

import numpy as np

from glasstown import reacting
from glasstown.draws import draw_many
from glasstown.modelling import Column, Model, Rule, below
from glasstown.modelling.compiling import wide
from glasstown.published.comparing import Form, Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import BITS

PARTNER, BEGINS = 0, 4  # purposes
STEPS = 30  # bits of the wide form
FORMS: dict[int, Form] = {STEPS: "wide", BITS: "day"}
PAIRS = {  # eps: mean number of clusters of 5 % or more, and share of runs with one; 50 runs of 1,000 people, 300 sweeps
    0.5: (1.00, 1.0), 0.4: (1.00, 1.0), 0.35: (1.00, 1.0), 0.3: (1.00, 1.0), 0.27: (1.70, 0.30), 0.25: (1.98, 0.02),
    0.2: (2.00, None), 0.15: (2.88, None), 0.1: (4.38, None), 0.05: (8.38, None),
}  # fmt: skip
NDLIB = {0.5: 1, 0.25: 2, 0.2: 2, 0.15: 3}  # eps: clusters in each of 4 runs of 500 people
MEANS = {0.2: 0.115, 0.21: 0.255, 0.22: 0.580, 0.25: 0.995}  # eps: share of 200 runs of 625 people that end in one cluster
MEAN_CLUSTERS = {0.15: 2.640, 0.1: 3.855, 0.05: 7.905, 0.01: 37.6}  # eps: mean number of clusters
LINES = {  # eps: steps until it rests, sizes and places of the clusters, of 101 people evenly spread
    0.15: (7, (36, 29, 36), (0.2294, 0.5, 0.7706)), 0.2: (40, (101,), (0.5,)), 0.1: (None, (24, 53, 24), (0.1512, 0.5, 0.8488)),
}  # fmt: skip
STEEPEST = (8.38 - 4.38) / 0.05  # clusters by eps in the table of pairs, at most


def towards_in(bits: int) -> Any:
    """The day's rule by which a value moves a share of the way to a goal, in so many bits."""
    return reacting.towards if bits == BITS else wide("reacting", bits).towards


def near(one, other, reach):
    """Whether two listen to one another."""
    return abs(one - other) < reach


def meeting(towards: Any) -> Any:
    """Two meet (Deffuant et al.), by this form of the day's rule."""

    def meets(person, step, world):
        opinion = world.now.opinion
        turn = world.now.turn
        turn[0] += 1
        other = below(world.luck, turn[0], step, PARTNER, world.size.people - 1)
        other += other >= person
        mine, hers = opinion[person], opinion[other]
        if near(mine, hers, world.case.reach):
            opinion[person] = towards(mine, hers, world.case.share)
            opinion[other] = towards(hers, mine, world.case.share)

    return meets


def rests(person, step, world):
    """Whether nobody moved in the last step: then nobody will."""
    if step > 1 and world.now.moved[0] == 0:
        world.now.resting[0] = 1
    world.now.moved[0] = 0


def mean_near(person, world):
    """The mean of all opinions within reach, her own included."""
    total, count = 0, 0
    own = world.before.opinion[person]
    for other in range(world.size.people):
        heard = near(own, world.before.opinion[other], world.case.reach)
        total += heard * world.before.opinion[other]
        count += heard
    return total // count


def averaging(towards: Any) -> Any:
    """Everybody moves to the mean of those near her (Hegselmann and Krause), by this form of the day's rule, all the way."""

    def averages(person, step, world):
        if world.now.resting[0]:
            return
        own = world.now.opinion[person]
        world.now.opinion[person] = towards(own, mean_near(person, world), world.case.share)
        world.now.moved[0] += world.now.opinion[person] != own

    return averages


def moves(step, world):
    """How many moved in this step."""
    return world.now.moved[0]


def drawn(people: int, bits: int) -> Any:
    """Opinions spread evenly at random."""
    return lambda luck: draw_many((luck.key_0, luck.key_1), np.arange(people), 0, BEGINS) >> (32 - bits)


def pairs(people: int, reach: float, bits: int = STEPS) -> Model:
    """Deffuant's model; a step is a sweep, as many meetings as there are people."""
    return Model(
        people,
        {"opinion": Column("i8", drawn(people, bits)), "turn": Column("i8", rows=1)},
        [Rule(meeting(towards_in(bits)), "random")],
        case={"reach": round(reach * 2**bits), "share": 1 << (bits - 1)},
    )


def means(start: Any, people: int, reach: float, bits: int = STEPS) -> Model:
    """Hegselmann's and Krause's model; opinions exactly ``reach`` apart are near, also where both were rounded."""
    return Model(
        people,
        {"opinion": Column("i8", start), "moved": Column("i8", rows=1), "resting": Column("u1", rows=1)},
        [Rule(rests, "once"), Rule(averaging(towards_in(bits)), "synchronous", reads=("opinion",))],
        case={"reach": round(reach * 2**bits) + 2, "share": 1 << bits},
        records={"moves": moves},
    )


def clusters(opinions: Any, gap: float) -> Any:
    """Sizes of the clusters, from the lowest opinion to the highest: neighbours more than ``gap`` apart are in two."""
    places = np.flatnonzero(np.diff(np.sort(opinions)) > gap) + 1
    return np.diff(np.concatenate([[0], places, [len(opinions)]]))


def deffuant(reach: float, people: int, seeds: int, bits: int = STEPS, sweeps: int = 300) -> list[Any]:
    """Sizes of the clusters that are left in each run."""
    model = pairs(people, reach, bits)
    ends = [model.run(sweeps, replicate=seed, every=sweeps).columns["opinion"] for seed in range(seeds)]
    return [clusters(opinions, reach / 2 * 2**bits) for opinions in ends]


def of_runs(what: str, target: float, values: Any, runs: int, tolerance: float = 0.0, form: Form = "wide") -> Quantity:
    """A mean over runs beside one over other ``runs``, which spread as ours do; a share of all or none spreads as one in all would."""
    found = np.asarray(values, float)
    spread = float(found.std(ddof=1))
    if set(found.tolist()) <= {0.0, 1.0}:
        chance = (target * runs + 1) / (runs + 2)
        spread = max(spread, (chance * (1 - chance)) ** 0.5)
    return Quantity(what, target, float(found.mean()), "own", spread / len(found) ** 0.5, spread / runs**0.5, tolerance, form=form)


def meetings(people: int = 1_000, seeds: int = 50, cases: Any = tuple(PAIRS)) -> Measured:
    """How many clusters are left where pairs meet, by reach; the published rule of thumb; and the same in the day's 12 bits."""
    shown: dict[str, list[Any]] = {"reach": [], "ours": [], "target": []}
    for reach in cases:
        number, one = PAIRS[reach]
        large = {bits: [int((sizes >= 0.05 * people).sum()) for sizes in deffuant(reach, people, seeds, bits)] for bits in FORMS}
        for bits, form in FORMS.items():  # an opinion is off by less than a step of 12 bits, so a reach by less than two
            tolerance = 0.005 + (2 * STEEPEST / 2**BITS if form == "day" else 0.0)  # the table has two digits
            yield of_runs(f"pairs: clusters at reach {reach:g}", number, large[bits], 50, tolerance, form)
        if one is not None:
            yield of_runs(f"pairs: share of runs with one cluster at reach {reach:g}", one, np.array(large[STEPS]) == 1, 50)
        ours = float(np.mean(large[STEPS]))
        if reach > 0.3:
            yield Quantity(f"pairs: consensus at reach {reach:g}, as published", 1, ours, "published")
        elif reach < 0.25:  # "about" is read as within a quarter
            about = 1 / (2 * reach)
            yield Quantity(f"pairs: about 1 / (2 eps) at {reach:g}", about, ours, "sign", between=(0.75 * about, 1.25 * about))
        for column, value in zip(shown.values(), (reach, ours, number)):
            column.append(value)
    yield Series("pairs", shown)


def same_sum(people: int = 200) -> Measured:
    """Two who meet move by the same, so that the sum of all opinions never changes, in any number of bits."""
    for bits, form in FORMS.items():
        begun, ended = (pairs(people, 0.3, bits).run(steps).columns["opinion"].sum() for steps in (0, 30))
        yield Quantity("pairs: change of the sum of opinions", 0, float(ended - begun), "exact", form=form)


SPLIT = "in one run of sixteen a second cluster holds on, which 4 reference runs would mostly not show; the others have 494 to 500"


def other_program(people: int = 500, seeds: int = 16) -> Measured:
    """The same as ndlib's AlgorithmicBias without bias, 500 people, 4 runs."""
    for reach, number in NDLIB.items():
        large = [int((sizes >= 0.05 * people).sum()) for sizes in deffuant(reach, people, seeds)]
        found = of_runs(f"pairs: share of runs with {number} at reach {reach:g}, 500 people", 1, np.array(large) == number, 4)
        yield Quantity(found.what, found.target, found.ours, "code", found.error, found.target_error)
    found_all = [int(sizes.max()) for sizes in deffuant(0.5, people, seeds)]
    yield Quantity("pairs: largest cluster at reach .5, 500 people", 500, float(np.mean(found_all)), "code")
    most = [int(sizes.max()) for sizes in deffuant(0.3, people, seeds)]
    yield Quantity("pairs: largest cluster at reach .3, 500 people", 494.5, float(np.mean(most)), "code", between=(492, 497), because=SPLIT)


def hegselmann(reach: float, seeds: int, people: int = 625, steps: int = 2_000) -> list[int]:
    """How many clusters are left in each run, at rest."""
    model = means(drawn(people, STEPS), people, reach)
    runs = [model.run(steps, replicate=seed, every=steps) for seed in range(seeds)]
    return [len(clusters(run.columns["opinion"], 0)) if run.columns["resting"][0] else people for run in runs]


def averages_of_many(seeds: int = 200, cases: Any = (*MEANS, *MEAN_CLUSTERS)) -> Measured:
    """All at once, from opinions drawn: how often all agree, and how many clusters are left."""
    shown: dict[str, list[Any]] = {"reach": [], "ours": [], "target": []}
    for reach in cases:
        found = np.array(hegselmann(reach, seeds))
        if reach in MEANS:
            yield of_runs(f"means: share of runs that agree at reach {reach:g}", MEANS[reach], found == 1, 200)
        else:
            digits = 0.05 if reach == 0.01 else 0.0005
            yield of_runs(f"means: clusters at reach {reach:g}", MEAN_CLUSTERS[reach], found, 200, digits)
        for column, value in zip(shown.values(), (reach, float(found.mean()), MEAN_CLUSTERS.get(reach))):
            column.append(value)
    yield Series("means", shown)


def spread_evenly(bits: int = STEPS) -> Any:
    """Opinions 0, .01, .. 1."""
    return np.round(np.arange(101) / 100 * 2**bits).astype(np.int64)


def line() -> Measured:
    """All at once, from 101 people evenly spread: nothing is drawn."""
    paths: dict[str, list[Any]] = {"reach": [], "step": [], "person": [], "opinion": []}
    for reach, (steps, sizes, places) in LINES.items():
        for bits, form in FORMS.items():
            model = means(spread_evenly(bits), 101, reach, bits)
            run = model.run(60)
            rested = int(np.flatnonzero(run.records["moves"])[-1])  # the last step in which anybody moved
            opinions = np.sort(run.columns["opinion"]) / 2**bits
            found = clusters(opinions, reach / 2)
            name = f"line, reach {reach:g}"
            if steps and form == "wide":  # in 12 bits it may rest earlier or creep by a rounding step
                yield Quantity(f"{name}: steps until rest", steps, rested, "own")
            yield Quantity(f"{name}: clusters", len(sizes), len(found), "own", form=form)
            bound = 5e-5 if form == "wide" else 5e-5 + (0.5 + rested) / 2**BITS  # a mean is cut by less than a step each time
            for number, (size, place) in enumerate(zip(sizes, places)):
                first = int(found[:number].sum())
                ours = found[number] if number < len(found) else 0
                yield Quantity(f"{name}: size of cluster {number + 1}", size, float(ours), "own", form=form)
                middle = float(opinions[first : first + ours].mean()) if ours else float("nan")
                yield Quantity(f"{name}: place of cluster {number + 1}", place, middle, "own", tolerance=bound, form=form)
        model = means(spread_evenly(), 101, reach)
        run = model.run(0)
        for step in range(44):
            run = model.run(1, after=run) if step else run
            for person, opinion in enumerate(run.columns["opinion"] / 2**STEPS):
                if person % 4 == 0:
                    for column, value in zip(paths.values(), (reach, step, person, round(float(opinion), 5))):
                        column.append(value)
    yield Series("line", paths)


MODEL = Published(
    "bounded_confidence",
    "Bounded confidence: clusters of opinion",
    (
        Paper("Deffuant, Neau, Amblard and Weisbuch 2000, Mixing beliefs among interacting agents, Adv. Complex Syst. 3:87", "secondary"),
        Paper(
            "Hegselmann and Krause 2002, Opinion dynamics and bounded confidence: models, analysis and simulation, JASSS 5(3):2", "abstract"
        ),
        Paper(
            "Lorenz 2007, Continuous opinion dynamics under bounded confidence, Int. J. Mod. Phys. C 18:1819, arXiv 0707.1762", "abstract"
        ),
        Paper("ndlib 5.1.1, AlgorithmicBias (its HKModel changes one person a step and is not used)", "code"),
    ),
    "People who listen only to those who think nearly as they do end in clusters that no longer hear one another; only if they listen far "
    "enough do all agree.",
    ("reacting.towards",),
    "The day's people hear all their ties, whatever these think; there is no reach beyond which they stop listening.",
    (
        Part("line", "smoke", line),
        Part("same_sum", "smoke", same_sum),
        Part("meetings", "standard", meetings),
        Part("other_program", "standard", other_program),
        Part("averages_of_many", "standard", averages_of_many),
    ),
)
