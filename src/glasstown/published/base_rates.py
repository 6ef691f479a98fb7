"""Base rates: what a sensor that errs is worth when few are guilty, by the day's own sensor.

precision = p s / (p s + (1 - p)(1 - c)), with prevalence p, sensitivity s and specificity c (Bayes). With equal precision and equal misses,
groups of unequal prevalence have unequal false alarms: FPR = p / (1 - p) (1 - PPV) / PPV (1 - FNR) (Chouldechova 2017, equation 2.6).
"""

from math import comb
from typing import Any

import numpy as np

from glasstown import draws, tables, watching
from glasstown.modelling import Column, Model, Rule, Run, uniform
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, share
from glasstown.world import ONE

GUILTY = 0  # purpose: is she guilty?
KIND, SENSOR = 3, 0  # of the deed looked for, and of the sensor
FULL = 2**32
PEOPLE = 2_000_000
CASES = ((0.01, 0.95, 0.95), (0.001, 0.99, 0.99), (0.05, 0.80, 0.90), (1e-4, 0.99, 0.999))  # p, s, c


def found(person, step, world):
    """Who is guilty, once and for all."""
    world.now.guilty[person] = uniform(world.luck, person, 0, GUILTY) < world.case.prevalence


def screen(person, step, world):
    """The sensor looks at her once: at a deed of the guilty, or raises a false alarm about the innocent."""
    sensor = world.case.sensor[0]
    if world.now.guilty[person]:
        hit = watching.look(world.luck, person, step, KIND, SENSOR, sensor, 0, 0, ONE) == watching.SEEN
    else:
        hit = draws.draw(world.luck.key_0, world.luck.key_1, person, step, draws.FALSE_ALARM + SENSOR, 0) < sensor.false_alarm[0]
    world.now.hits[person] += hit


def sensor(sensitivity: float, specificity: float) -> Any:
    """The day's sensor with these rates, as 32-bit thresholds."""
    made = np.zeros(1, tables.row_type(tables.SENSOR))
    made["coverage"], made["missed"], made["false_alarm"] = FULL, round((1 - sensitivity) * FULL), round((1 - specificity) * FULL)
    return made


def screened(prevalence: float, sensitivity: float, specificity: float, screens: int = 1, people: int = PEOPLE, seed: int = 1) -> Run:
    """People screened so many times."""
    model = Model(
        people,
        {"guilty": Column("u1"), "hits": Column("u1")},
        [Rule(found, "founding"), Rule(screen, "sequential")],
        case={"prevalence": prevalence, "sensor": sensor(sensitivity, specificity)},
    )
    return model.run(screens, seed=seed)


def table(run: Run, flag: int = 1) -> Any:
    """Counts by [guilty, flagged]: flagged with at least ``flag`` hits."""
    guilty, flagged = run.columns["guilty"].astype(int), (run.columns["hits"] >= flag).astype(int)
    return np.bincount(2 * guilty + flagged, minlength=4).reshape(2, 2)


def precision(p: float, s: float, c: float) -> float:
    """Share of the flagged who are guilty."""
    return p * s / (p * s + (1 - p) * (1 - c))


def one_screen() -> Measured:
    """The four standard cases, and the same from the day's thresholds."""
    for p, s, c in CASES:
        counts = table(screened(p, s, c))
        name = f"p={p:g}, s={s:g}, c={c:g}"
        flagged = p * s + (1 - p) * (1 - c)
        yield share(f"precision, {name}", precision(p, s, c), counts[1, 1], counts[:, 1].sum())
        yield share(f"negative predictive value, {name}", (1 - p) * c / (1 - flagged), counts[0, 0], counts[:, 0].sum())
        yield share(f"flagged, {name}", flagged, counts[:, 1].sum(), counts.sum())
        wrongly = share("", (1 - p) * (1 - c), counts[0, 1], counts.sum())
        yield Quantity(f"false accusations per 100,000, {name}", 1e5 * wrongly.target, 1e5 * wrongly.ours, "exact", 1e5 * wrongly.error)
        row = sensor(s, c)
        in_thresholds = precision(p, 1 - int(row["missed"][0, 0]) / FULL, 1 - int(row["false_alarm"][0, 0]) / FULL)
        bound = 0.5 / FULL * (p + (1 - p)) / flagged * 2  # each rate is off by half a threshold at most
        yield Quantity(f"precision, {name}", precision(p, s, c), in_thresholds, "exact", tolerance=bound, form="day")


def many_screens() -> Measured:
    """Flagged on any or on all of k screens, strikes, and the ratchet."""
    p, s, c = CASES[0]
    for screens in (2, 3, 12):
        run = screened(p, s, c, screens)
        counts = table(run)
        yield share(
            f"precision, flagged on any of {screens}", precision(p, 1 - (1 - s) ** screens, c**screens), counts[1, 1], counts[:, 1].sum()
        )
        if screens == 12:
            yield share("innocent flagged on any of 12", 1 - c**12, counts[0, 1], counts[0].sum())
        else:
            counts = table(run, screens)
            every = precision(p, s**screens, 1 - (1 - c) ** screens)
            yield share(f"precision, flagged on all of {screens}", every, counts[1, 1], counts[:, 1].sum())
    run = screened(0.5, 0.30, 0.95, 12)
    for strikes in (1, 2, 3):
        counts = table(run, strikes)
        for row, who, rate in ((0, "innocent", 0.05), (1, "guilty", 0.30)):
            target = 1 - sum(comb(12, k) * rate**k * (1 - rate) ** (12 - k) for k in range(strikes))
            yield share(f"{who} with {strikes} strikes or more of 12", target, counts[row, 1], counts[row].sum())
    counts = table(screened(0.0, 0.9, 0.999, 120, people=300_000))
    yield share("innocent ever listed in 120 months at 0.1 % a month", 1 - 0.999**120, counts[0, 1], counts[0].sum())


def unequal_errors() -> Measured:
    """Two groups with equal precision (.6) and equal misses (.35) have unequal false alarms; the identity holds on any counts."""
    for p, rate in ((0.5, 13 / 30), (0.3, 13 / 70)):
        counts = table(screened(p, 0.65, 1 - rate))
        yield share(f"false positive rate at p={p:g}, PPV=.6, FNR=.35", rate, counts[0, 1], counts[0].sum())
        prevalence, found_precision = counts[1].sum() / counts.sum(), counts[1, 1] / counts[:, 1].sum()
        missed, false = counts[1, 0] / counts[1].sum(), counts[0, 1] / counts[0].sum()
        identity = prevalence / (1 - prevalence) * (1 - found_precision) / found_precision * (1 - missed)
        yield Quantity(f"the identity on the counts at p={p:g}", float(false), float(identity), "exact", tolerance=1e-12)


def reports() -> Measured:
    """Reports of likelihood ratio 9 at prior .01: the posterior after 1, 2, 3; and how often a majority is right."""
    for number, target in ((1, 0.083333333333), (2, 0.45), (3, 0.880434782609)):
        counts = table(screened(0.01, 0.9, 0.9, number), number)
        yield share(f"posterior after {number} reports that agree", target, counts[1, 1], counts[:, 1].sum())
    for number, accuracy in ((3, 0.6), (5, 0.6), (11, 0.6), (3, 0.8)):
        counts = table(screened(0.5, accuracy, accuracy, number, people=1_000_000), number // 2 + 1)
        target = sum(comb(number, k) * accuracy**k * (1 - accuracy) ** (number - k) for k in range(number // 2 + 1, number + 1))
        yield share(f"majority of {number} of accuracy {accuracy:g} right", target, counts[0, 0] + counts[1, 1], counts.sum())


MODEL = Published(
    "base_rates",
    "Base rates and false accusations",
    (
        Paper("Bayes' theorem for screening tests (a closed form)", "secondary"),
        Paper("Chouldechova 2017, Big Data 5:153, arXiv 1703.00056, equation 2.6", "paper"),
    ),
    "A sensor that errs looks at many people of whom few are guilty: most of those it flags may be innocent, and groups of unequal "
    "prevalence cannot have equal errors of every kind.",
    ("watching.look", "watching.coverage"),
    "The day's sensors look at deeds and raise false alarms day by day; here each person is screened a fixed number of times.",
    (
        Part("one_screen", "smoke", one_screen),
        Part("many_screens", "smoke", many_screens),
        Part("unequal_errors", "smoke", unequal_errors),
        Part("reports", "smoke", reports),
    ),
)
