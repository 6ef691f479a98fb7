"""Threshold cascades (Granovetter 1978; Kuran 1989): who joins once enough others have, by the day's own rule of protest.

With F(r) the share whose threshold is at most r, the number who march goes from none to the least r = F(r). Thresholds 0, 1, ..., 99 of 100
people: all march; with the threshold 1 made 2, one does. Normal thresholds of mean 25 % and deviation sigma: the equilibrium jumps where
r = F(r) and 1 = F'(r) meet, at sigma = 12.2221 %.

Kuran's thresholds come from private preferences x (0 for the order, 1 against it) and the weight w of reputation. Where a share S opposes
the order in public, opposing it is worth (1 - w) x + w S and keeping to it (1 - w)(1 - x) + w (1 - S): she joins from
S = 1/2 - (1 - w)(2 x - 1) / (2 w) on.
"""

from math import erfc, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

from glasstown import protesting, tables
from glasstown.modelling import Column, Model, Rule, Run, normal
from glasstown.modelling.compiling import wide
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Form, Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import BITS

WHO = 0  # purpose: her threshold
FINE = 24  # bits of the wide form
MEAN = 25.0  # per cent
EQUILIBRIA = (
    (5, 0.0), (10, 0.7696), (11, 1.7130), (12, 4.0211), (12.1, 4.5529), (12.2, 5.4792),
    (13.5, 100.0), (20, 99.9911), (30, 99.3394), (50, 90.4852), (100, 65.8574),
)  # fmt: skip  # deviation and equilibrium, per cent
CRITICAL = 12.2221
NEAR = 0.3  # closer to the critical deviation than this, a finite crowd says nothing


# ---- the crowd as a share: r <- 100 F(r) -----------------------------------------------------------------------------------


def joins(society, step, world):
    """So many march next as have a threshold that those who march now reach, per cent."""
    now = world.now
    now.marching[society] = 50.0 * erfc((now.mean[society] - now.marching[society]) / (now.deviation[society] * sqrt(2.0)))


def equilibria(deviations: Any, means: Any = MEAN, steps: int = 3000) -> Any:
    """Where societies with normal thresholds end up from nobody, per cent."""
    deviations = np.asarray(deviations, float)
    columns = {"marching": Column(), "mean": Column(start=means), "deviation": Column(start=deviations)}
    return Model(len(deviations), columns, [Rule(joins, "sequential")]).run(steps).columns["marching"]


def critical(low: float = 10.0, high: float = 15.0) -> tuple[float, float]:
    """The deviation at which the equilibrium jumps, by narrowing an interval of it tenfold; and the equilibrium just below."""
    while high - low > 2e-5:
        deviations = np.linspace(low, high, 11)
        found = equilibria(deviations, steps=60_000)
        place = int(np.argmax(found > 50))
        low, high, below = deviations[place - 1], deviations[place], found[place - 1]
    return float(low + high) / 2, float(below)


# ---- people, by the day's rule ---------------------------------------------------------------------------------------------


def deciding(marches: Any) -> Any:
    """A person's decision by a rule of protest: she looks at how many others march now."""

    def decides(person, step, world):
        now, case = world.now, world.case
        others = now.marching[0] - now.out[person]
        goes = marches(case.grievance, now.boldness[person], 0, others + 1, world.size.people, case.curve, case.parameters[0])
        now.out[person] = goes
        now.marching[0] = others + (1 if goes else 0)

    return decides


def marching(step, world):
    """How many march."""
    return world.now.marching[0]


def crowd(thresholds: Any, form: Form, order: str = "sequential") -> Model:
    """People with these thresholds (shares), by the rule in the day's 12 bits or in 24."""
    bits = BITS if form == "day" else FINE
    marches = protesting.marches if form == "day" else wide("protesting", FINE).marches
    parameters = np.zeros(1, tables.row_type(tables.PARAMETER))
    parameters["protest_rule"] = protesting.THRESHOLDS
    # threshold = 1 - boldness x grievance / 2, with full grievance. Rounded down, so that who waits for a number of others waits for
    # no more; above 1 somebody waits for ever.
    boldness = 2 * ((1 << bits) - np.floor(np.clip(thresholds, 0.0, 1.0) * (1 << bits)).astype(np.int64))
    columns = {"boldness": Column("i8", boldness), "out": Column("u1"), "marching": Column("i8", rows=1)}
    case = {"grievance": 1 << bits, "curve": np.zeros(tables.CURVE, np.int64), "parameters": parameters}
    return Model(len(boldness), columns, [Rule(deciding(marches), order)], case=case, records={"marching": marching})


def settled(model: Model) -> int:
    """How many march once a round has changed nobody's mind."""
    run: Run | None = None
    for _ in range(100):
        run = model.run(20, after=run)
        if run.records["marching"][-2] == run.records["marching"][-1]:
            return int(run.columns["marching"][0])
    raise RuntimeError("minds are still changing")


def quantiles(deviation: float, people: int) -> list[float]:
    """Normal thresholds spread evenly over their law, as shares."""
    law = NormalDist(MEAN / 100, deviation / 100)
    return [law.inv_cdf((number + 0.5) / people) for number in range(people)]


def private(thresholds: Any, weight: float) -> Any:
    """Private preferences that lead to these thresholds at this weight of reputation."""
    return 0.5 + weight * (0.5 - np.asarray(thresholds)) / (1 - weight)


def reputation(preferences: Any, weight: float) -> Any:
    """Thresholds from private preferences and the weight of reputation (Kuran)."""
    return 0.5 - (1 - weight) * (2 * np.asarray(preferences) - 1) / (2 * weight)


# ---- what is measured ------------------------------------------------------------------------------------------------------


def one_person_matters(people: int = 100) -> Measured:
    """Thresholds 0 to 99: all march; 1 made 2: one does. In any order, and from private preferences as well."""
    each = np.arange(people) / people
    other = each.copy()
    other[1] = 2 / people
    forms: tuple[Form, Form] = ("wide", "day")
    for form in forms:
        for order in ("sequential", "shuffled"):
            yield Quantity(f"of 100 with thresholds 0 to 99, {order}", people, settled(crowd(each, form, order)), "published", form=form)
            yield Quantity(f"the same with 1 made 2, {order}", 1, settled(crowd(other, form, order)), "published", form=form)
        for name, thresholds, target in (("as they are", each, people), ("with one person's changed", other, 1)):
            ours = settled(crowd(reputation(private(thresholds, 0.5), 0.5), form, "shuffled"))
            yield Quantity(f"who oppose in public, private preferences {name}", target, ours, "exact", form=form)


def normal_thresholds() -> Measured:
    """Equilibria of the map, where they jump, and the curve of figure 2."""
    deviations = [float(deviation) for deviation, _ in EQUILIBRIA]
    for (deviation, target), ours in zip(EQUILIBRIA, equilibria(deviations), strict=True):
        yield Quantity(f"equilibrium at sigma {deviation:g}, per cent", target, float(ours), "exact", tolerance=5e-5)
    where, below = critical()
    yield Quantity("critical sigma", CRITICAL, where, "exact", tolerance=6e-5)
    yield Quantity("critical sigma as printed", 12.2, where, "published", tolerance=0.05)
    yield Quantity("equilibrium before the jump, about 6", 6, below, "published", between=(5.5, 6.5))
    yield Quantity("equilibrium after the jump, nearly 100", 100, float(equilibria([12.3])[0]), "published", between=(99.0, 100.0))
    shown = [0.5, *np.arange(1, 12.21, 0.2).tolist(), where - 1e-3, where + 1e-3, *np.arange(12.4, 100.1, 0.6).tolist()]
    yield Series("equilibria", {"sigma": shown, "marching": [round(float(each), 4) for each in equilibria(shown, steps=20_000)]})
    yield Series("published", {"sigma": deviations, "marching": [target for _, target in EQUILIBRIA]})


def rounding(deviation: float, people: int, bits: int) -> float:
    """How far a crowd's equilibrium can lie from the map's: each threshold is off by one unit at most, and people are whole."""
    shift = 100 * (2.0**-bits + 1 / people)
    low, exact, high = equilibria([deviation] * 3, [MEAN + shift, MEAN, MEAN - shift], 20_000)
    return float(max(high - exact, exact - low) + 100 / people)


def crowds(people: int = 100_000) -> Measured:
    """The same with people, thresholds spread evenly over their law, in both forms."""
    forms: tuple[tuple[Form, int], ...] = (("wide", FINE), ("day", BITS))
    shown: list[tuple[float, float]] = []
    for deviation, target in EQUILIBRIA:
        if abs(deviation - CRITICAL) < NEAR:
            continue
        thresholds = quantiles(deviation, people)
        for form, bits in forms:
            ours = 100 * settled(crowd(thresholds, form)) / people
            bound = rounding(deviation, people, bits)
            yield Quantity(f"{people:,} people at sigma {deviation:g}, per cent", target, ours, "exact", tolerance=bound, form=form)
        shown.append((deviation, ours))
    yield Series("crowds", {"sigma": [deviation for deviation, _ in shown], "marching": [ours for _, ours in shown]})


def draws_a_threshold(person, step, world):
    """Her threshold, once and for all, as a share."""
    world.now.threshold[person] = (MEAN + world.case.deviation * normal(world.luck, person, 0, WHO)) / 100.0


def drawn_crowds(people: int = 100_000, replicates: int = 10, weight: float = 0.6) -> Measured:
    """Drawn thresholds on both sides of the critical deviation, within half a per cent; the same out of private preferences."""
    for deviation, target in ((11.0, 1.7130), (13.5, 100.0)):
        founded = Model(people, {"threshold": Column()}, [Rule(draws_a_threshold, "founding")], case={"deviation": deviation})
        drawn = [founded.run(0, replicate=replicate).columns["threshold"] for replicate in range(replicates)]
        falsified = [reputation(private(each, weight), weight) for each in drawn]
        cases: tuple[tuple[str, Any, Form], ...] = (
            ("drawn thresholds", drawn, "wide"),
            ("drawn thresholds", drawn, "day"),
            (f"private preferences to match (weight of reputation {weight:g})", falsified, "wide"),
        )
        for what, thresholds, form in cases:
            mean, error = mean_and_error([100 * settled(crowd(each, form)) / people for each in thresholds])
            yield Quantity(f"{what}, sigma {deviation:g}, per cent", target, mean, "exact", error, tolerance=0.5, form=form)


MODEL = Published(
    "cascades",
    "Threshold cascades",
    (
        Paper("Granovetter 1978, Threshold models of collective behavior, American Journal of Sociology 83:1420, figure 2", "secondary"),
        Paper("Kuran 1989, Sparks and prairie fires, Public Choice 61:41; Kuran 1991, Now out of never, World Politics 44:7", "abstract"),
    ),
    "Each joins once enough others have. Two crowds that differ in one person can end up with all or with one, and the number who march "
    "jumps as thresholds spread: from outside nobody can foresee it.",
    ("protesting.marches", "protesting.threshold"),
    "Everybody sees everybody here; the day's people see their own district, and their thresholds follow from boldness and grievance.",
    (
        Part("one_person_matters", "smoke", one_person_matters),
        Part("normal_thresholds", "smoke", normal_thresholds),
        Part("crowds", "smoke", crowds),
        Part("drawn_crowds", "smoke", drawn_crowds),
    ),
)
