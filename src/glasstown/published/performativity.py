"""Performative prediction: a forecast that changes what it forecasts, by the biased coin.

Each person shows a feature X = +-1 (even) and has an outcome Y of P(Y = 1) = 1/2 + mu X + eps theta X under a deployed forecast
f = 1/2 + theta X, judged by its squared loss. Retrained on what it brought about, theta moves to mu + eps theta: its error shrinks by the
factor eps a round, to the stable mu / (1 - eps). What is best once the reaction counts is another number: the performative risk
1/4 - 2 mu theta + (1 - 2 eps) theta^2 is least at the optimal mu / (1 - 2 eps) (Perdomo, Zrnic, Mendler-Duenner and Hardt 2020).
"""

from math import sqrt
from typing import Any

import numpy as np

from glasstown.modelling import Column, Model, Rule, uniform
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series

FEATURE, OUTCOME = 0, 1  # purposes
MU = 0.1
START = 1.0  # the first forecast
CASES = ((0.2, 0.125, 1 / 6), (0.4, 1 / 6, 0.5))  # eps, stable, optimal


def found(person, step, world):
    """Her feature, once and for all."""
    world.now.feature[person] = 1 if uniform(world.luck, person, 0, FEATURE) < 0.5 else -1


def chance(feature, theta, case):
    """How likely her outcome is 1 under a forecast."""
    return 0.5 + case.mu * feature + case.eps * theta * feature


def reacted_to(world):
    """The forecast that people react to: the one in force."""
    return world.now.theta[0]


def react(person, step, world):
    """Her outcome of this round; in ``same`` luck it differs between rounds only where the forecast does."""
    now = world.now
    word = uniform(world.luck, person, 0 if world.case.same else step, OUTCOME)
    now.outcome[person] = word < chance(now.feature[person], reacted_to(world), world.case)


def retrain(person, step, world):
    """The forecast of least squared loss on what was seen: since X^2 = 1, the mean of X (Y - 1/2)."""
    total = 0.0
    for one in range(world.size.people):
        total += world.now.feature[one] * (world.now.outcome[one] - 0.5)
    world.now.theta[0] = total / world.size.people


def try_out(person, step, world):
    """A forecast is put in force: one of evenly spaced ones, from 0 on."""
    world.now.theta[0] = (step - 1) * world.case.spacing


def theta(step, world):
    """The forecast in force."""
    return world.now.theta[0]


def loss(step, world):
    """Mean squared loss of the forecast in force, on what people do under it."""
    total = 0.0
    for one in range(world.size.people):
        miss = world.now.outcome[one] - world.now.theta[0] * world.now.feature[one] - 0.5
        total += miss * miss
    return total / world.size.people


def coins(eps: float, people: int, rules: list[Rule], records: Any, spacing: float = 0.0) -> Model:
    """People under a forecast that starts at 1; ``spacing``: forecasts are tried out in the same luck instead of retrained."""
    return Model(
        people,
        {"feature": Column("i1"), "outcome": Column("u1"), "theta": Column(float, START, rows=1)},
        [Rule(found, "founding"), *rules],
        case={"mu": MU, "eps": eps, "spacing": spacing, "same": int(spacing > 0)},
        records=records,
    )


def retrained(eps: float, people: int) -> Model:
    """A forecast that is retrained each round."""
    return coins(eps, people, [Rule(react, "sequential"), Rule(retrain, "once")], {"theta": theta})


def tried(eps: float, people: int, spacing: float) -> Model:
    """Forecasts tried out one after the other, each with the loss that it then has."""
    return coins(eps, people, [Rule(try_out, "once"), Rule(react, "sequential")], {"theta": theta, "loss": loss}, spacing)


# ---- what is measured --------------------------------------------------------------------------------------------------

SETTLED = 12  # rounds after which eps**rounds is below 2e-5


def retraining(people: int = 400_000, rounds: int = 60) -> Measured:
    """Where retraining ends, and by which factor its error shrinks in the first rounds."""
    for eps, stable, _ in CASES:
        series = retrained(eps, people).run(rounds).records["theta"]
        held = [stable + eps**number * (START - stable) for number in range(9)]
        each = [sqrt(max(0.25 - value**2, 0.0) / people) for value in held]  # a retraining's own standard error
        for number in (1, 2):
            before = series[number - 1] - stable
            ratio = float((series[number] - stable) / before)
            yield Quantity(
                f"error after round {number} over the one before, eps={eps:g}",
                eps, ratio, "exact", each[number] / abs(before), tolerance=1e-12,
            )  # fmt: skip
            error = sqrt(sum((eps ** (number - k) * each[k]) ** 2 for k in range(1, number + 1)))
            yield Quantity(f"theta after round {number}, eps={eps:g}", held[number], float(series[number]), "exact", error, tolerance=1e-12)
        late = series[SETTLED:]
        error = each[-1] / (1 - eps) / sqrt(len(late))  # of the mean of an autoregression
        left = eps**SETTLED / (1 - eps) / len(late) + 5e-7  # what is left of the start; six digits of the target
        yield Quantity(f"stable theta, eps={eps:g}", stable, float(late.mean()), "exact", error, tolerance=left)
        shown = [float(value) for value in series[:9]]
        yield Series(f"retraining, eps={eps:g}", {"round": list(range(9)), "theta": shown, "exact": held, "stable": [stable] * 9})


def risk(at: float, eps: float) -> float:
    """The performative risk."""
    return 0.25 - 2 * MU * at + (1 - 2 * eps) * at * at


def optimum(people: int = 100_000, replicates: int = 8, points: int = 21) -> Measured:
    """The forecast of least loss once people have reacted to it, and what the stable one loses by comparison."""
    for eps, stable, optimal in CASES:
        tries = tried(eps, people, 1 / (points - 1)).ensemble(points, replicates)
        places = tries.records["theta"][0, 1:]
        fits = [np.polyfit(places, series[1:], 2) for series in tries.records["loss"]]  # the risk is a parabola
        ours, error = mean_and_error([-fit[1] / (2 * fit[0]) for fit in fits])
        yield Quantity(f"optimal theta, eps={eps:g}", optimal, ours, "exact", error, tolerance=5e-7)
        for name, at in (("stable", stable), ("optimal", optimal)):
            ours, error = mean_and_error([np.polyval(fit, at) for fit in fits])
            yield Quantity(f"loss of the {name} forecast, eps={eps:g}", risk(at, eps), ours, "exact", error)
        means = [round(float(value), 5) for value in tries.records["loss"][:, 1:].mean(0)]
        marks = {"stable": [stable] * points, "optimal": [optimal] * points}
        yield Series(f"risk, eps={eps:g}", {"theta": [round(float(at), 4) for at in places], "loss": means, **marks})


MODEL = Published(
    "performativity",
    "Forecasts that change what they forecast",
    (Paper("Perdomo, Zrnic, Mendler-Duenner and Hardt 2020, Performative prediction, ICML, arXiv 2002.06673, example 2.2", "paper"),),
    "People react to the forecast about them. Retraining settles where the forecast is right about what it brings about, which is "
    "not where its loss is least.",
    (),
    "The day has no forecast that is retrained; its policies are written by people. Only luck, updates and records are ours here.",
    (Part("retraining", "smoke", retraining), Part("optimum", "smoke", optimum)),
    ("Where eps = .4 and mu = .1, the paper's condition eps < 1/2 - mu holds with equality only: the edge of what it treats.",),
)
