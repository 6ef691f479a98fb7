"""Runaway feedback: patrols go where crime was found before, and find it where they go.

An urn holds the crimes found so far in region A and in region B. Each day the patrol goes to A with chance A / (A + B). What it finds is
Poisson with the means of its row of ((a, b), (c, d)): the first row after a visit to A, the second after one to B. Then each count loses
Binomial(count, decay), and keeps at least 1. The correction lets a visit count with chance (1 - p of the region visited) / max(1 - p of A,
1 - p of B), so that what is expected teaches nothing. Without decay, and without noise, the share x of A ends at a root of
(c + d - a - b) x^2 + (a - 2 c - d) x + c = 0, of which diag(a, d) has only 0 and 1 (Ensign, Friedler, Neville, Scheidegger and
Venkatasubramanian 2018). Each "person" of this model is an urn: a thousand cities run at once.
"""

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np

from glasstown.modelling import Column, Model, Rule, binomial, poisson, uniform
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series

GOES, COUNTS, FINDS, FORGETS = 0, 1, 4, 8  # purposes; one more for region B
Matrix = tuple[tuple[float, float], tuple[float, float]]


def counted(share, in_a):
    """Chance that a visit counts under the correction: the likelier it was, the less."""
    return (1.0 - share if in_a else share) / max(1.0 - share, share)


def finds(case, in_a, region):
    """Mean number of crimes that a visit to A (or B) finds in a region, 0 for A and 1 for B."""
    if in_a:
        return case.b if region else case.a
    return case.d if region else case.c


def found(luck, urn, step, case, in_a, region):
    """Crimes found in a region today: Poisson, or exactly the mean."""
    mean = finds(case, in_a, region)
    return poisson(luck, urn, step, FINDS + region, mean) if case.noise else int(mean)


def patrol(urn, step, world):
    """A day of one city: a patrol goes out, what it finds is added, and some of what is known grows old."""
    now, case, luck = world.now, world.case, world.luck
    share = now.a[urn] / (now.a[urn] + now.b[urn])
    in_a = uniform(luck, urn, step, GOES) < share
    if not case.correction or uniform(luck, urn, step, COUNTS) < counted(share, in_a):
        now.a[urn] += found(luck, urn, step, case, in_a, 0)
        now.b[urn] += found(luck, urn, step, case, in_a, 1)
    now.a[urn] = max(now.a[urn] - binomial(luck, urn, step, FORGETS, now.a[urn], case.decay), 1)
    now.b[urn] = max(now.b[urn] - binomial(luck, urn, step, FORGETS + 1, now.b[urn], case.decay), 1)


def expect(urn, step, world):
    """The same day without noise: as much of each visit as is likely, to what both regions hold."""
    now, case = world.now, world.case
    share = now.a[urn] / (now.a[urn] + now.b[urn])
    goes = share * (counted(share, True) if case.correction else 1.0)
    other = (1.0 - share) * (counted(share, False) if case.correction else 1.0)
    now.a[urn] += goes * finds(case, True, 0) + other * finds(case, False, 0)
    now.b[urn] += goes * finds(case, True, 1) + other * finds(case, False, 1)


def cities(matrix: Matrix, start: tuple[float, float], urns: int = 1, rule: Any = patrol, kind: Any = np.int64, **options: float) -> Model:
    """So many urns of one start; ``options``: decay, correction (0 or 1), noise (0 or 1)."""
    (a, b), (c, d) = matrix
    case = {"a": a, "b": b, "c": c, "d": d, "decay": 0.0, "correction": 0, "noise": 1, **options}
    return Model(urns, {"a": Column(kind, start[0]), "b": Column(kind, start[1])}, [Rule(rule, "sequential")], case=case)


def shares(model: Model, days: int, every: int = 0) -> tuple[Any, list[Any]]:
    """Share of A in every urn after so many days, and what it was every so many days."""
    run, told = None, []
    for _ in range(days // (every or days)):
        run = model.run(every or days, after=run)
        told.append(run.columns["a"] / (run.columns["a"] + run.columns["b"]))
    return told[-1], told


# ---- what is measured --------------------------------------------------------------------------------------------------


def jackknife(values: Any, statistic: Callable[[Any], Any], blocks: int = 20) -> tuple[float, float]:
    """A statistic of independent values, and its standard error from leaving out a block of them at a time."""
    left = [statistic(np.delete(values, slice(block, None, blocks))) for block in range(blocks)]
    return float(statistic(values)), float(np.std(left) * sqrt(blocks - 1))


CLOSE = 0.003  # tolerance of the stochastic targets, besides four standard errors
DECAY, TOP, SECOND, RANDOM = 0.01, 3.68511, 2.816466, 2.35592  # decay a day; mean crimes a day in three places of Oakland
Ends = tuple[float, float, float, float, float]
OAKLAND: dict[str, tuple[float, tuple[int, int], int, Ends]] = {  # d, start, correction; mean, its error, sd, 5 %, 95 %
    "top two": (SECOND, (609, 379), 0, (0.9331, 0.0018, 0.058, 0.823, 0.997)),
    "top two, corrected": (SECOND, (609, 379), 1, (0.5707, 0.0015, 0.049, 0.493, 0.653)),
    "top and random": (RANDOM, (609, 7), 0, (0.9942, 0.0002, 0.008, 0.982, 0.997)),
    "top and random, corrected": (RANDOM, (609, 7), 1, (0.6140, 0.0016, 0.052, 0.528, 0.701)),
}
EQUAL = ((0, 0.4908, 0.283), (1, 0.5025, 0.051))  # correction, mean, sd of 400 urns


def oakland(urns: int = 1000, days: int = 1000, every: int = 20) -> Measured:
    """A thousand days in a thousand Oaklands: where the patrols end, with the correction and without."""
    for name, (rate, start, correction, (mean, error, *others)) in OAKLAND.items():
        model = cities(((TOP, 0.0), (0.0, rate)), start, urns, decay=DECAY, correction=correction)
        end, told = shares(model, days, every)
        ours, own = mean_and_error(end)
        yield Quantity(f"mean share of A, {name}", mean, ours, "code", own, error, CLOSE)
        for what, target, (value, own) in zip(("sd", "5 %", "95 %"), others, spread(end), strict=True):
            yield Quantity(f"{what} of the share of A, {name}", target, value, "code", own, own, CLOSE)  # theirs are as many urns
        yield Series(name, {
            "day": [every * (number + 1) for number in range(len(told))], "mean": [round(float(each.mean()), 4) for each in told],
            **{f"{part}": [round(float(np.quantile(each, part / 100)), 4) for each in told] for part in (5, 25, 75, 95)},
        })  # fmt: skip
        yield Series(f"published, {name}", {"mean": [mean], "true": [TOP / (TOP + rate)]})
    for name, rate, target in (("top two", SECOND, 0.566803), ("top and random", RANDOM, 0.610014)):
        yield Quantity(f"true share of A, {name}", target, TOP / (TOP + rate), "exact", tolerance=5e-7)


def spread(end: Any) -> list[tuple[float, float]]:
    """Standard deviation, 5 % and 95 % points of the shares, each with its error."""
    points = [lambda values, part=part: np.quantile(values, part) for part in (0.05, 0.95)]
    return [jackknife(end, statistic) for statistic in (lambda values: values.std(ddof=1), *points)]


def equal_rates(urns: int = 400, days: int = 1000) -> Measured:
    """Two regions that are alike: without the correction patrols end anywhere, with it near a half."""
    for correction, mean, sd in EQUAL:
        end, _ = shares(cities(((3.0, 0.0), (0.0, 3.0)), (10, 10), urns, decay=DECAY, correction=correction), days)
        name = "equal rates, corrected" if correction else "equal rates"
        ours, own = mean_and_error(end)
        yield Quantity(f"mean share of A, {name}", mean, ours, "code", own, sd / sqrt(400), CLOSE)
        yield Quantity(f"mean share of A by symmetry, {name}", 0.5, ours, "exact", own, tolerance=CLOSE)
        ours, own = jackknife(end, lambda values: values.std(ddof=1))
        yield Quantity(f"sd of the share of A, {name}", sd, ours, "code", own, own, CLOSE)


def standard(urns: int = 4000, draws: int = 2000) -> Measured:
    """One crime a visit, where the patrol went: Polya's urn, whose share is Beta distributed in the end."""
    code = {(1, 1): (0.5025, 0.2906), (5, 1): (0.8302, 0.1448)}
    for (a, b), measured in code.items():
        end, _ = shares(cities(((1.0, 0.0), (0.0, 1.0)), (a, b), urns, noise=0), draws)
        exact = a / (a + b), sqrt(a * b / (a + b) ** 2 / (a + b + 1))
        estimates = mean_and_error(end), jackknife(end, lambda values: values.std(ddof=1))
        for what, target, theirs, (ours, own) in zip(("mean", "sd"), exact, measured, estimates, strict=True):
            name = f"{what} of the share of A, identity matrix from ({a}, {b})"
            yield Quantity(name, target, ours, "exact", own, tolerance=CLOSE)
            yield Quantity(f"{name}, published code", theirs, ours, "code", own, own * sqrt(urns / 1000), CLOSE)  # its usual 1000 urns


def unequal(draws: int = 2000, target: float = 0.9419, urns: int = 1000) -> Measured:
    """Two crimes a visit in A, one in B: the share of A tends to 1, slowly."""
    end, _ = shares(cities(((2.0, 0.0), (0.0, 1.0)), (1, 1), urns, noise=0), draws)
    exact, sd = recursion(draws)
    ours, own = mean_and_error(end)
    yield Quantity(f"mean share of A, diag(2, 1) from (1, 1), {draws} draws", exact, ours, "exact", own, tolerance=CLOSE)
    yield Quantity(f"the same, published code, {draws} draws", target, ours, "code", own, sd / sqrt(1000), CLOSE)
    yield Quantity(f"the same by exact recursion, {draws} draws", target, exact, "code", 0.0, sd / sqrt(1000), CLOSE)


def recursion(draws: int) -> tuple[float, float]:
    """Exact mean and spread of the share of A for diag(2, 1) from (1, 1): the chance of each number of visits to A, draw by draw."""
    chance = np.array([1.0])
    for draw in range(draws):
        visits = np.arange(draw + 1)
        share = (1 + 2 * visits) / (2 + visits + draw)
        chance = np.append(chance * (1 - share), 0.0) + np.append(0.0, chance * share)
    visits = np.arange(draws + 1)
    share = (1 + 2 * visits) / (2 + visits + draws)
    mean = float(chance @ share)
    return mean, sqrt(float(chance @ share**2) - mean**2)


def longer() -> Measured:
    """The same after 20,000 draws."""
    yield from unequal(20_000, 0.9707)


def root(matrix: Matrix) -> float:
    """The root to which shares are drawn, of those in [0, 1]: where the drift of the share falls."""
    (a, b), (c, d) = matrix
    polynomial = np.trim_zeros(np.array([c + d - a - b, a - 2 * c - d, c]), "f")
    roots = [float(each.real) for each in np.roots(polynomial) if abs(each.imag) < 1e-12 and -1e-12 <= each.real <= 1 + 1e-12]
    return min(roots, key=lambda each: float(np.polyval(np.polyder(np.poly1d(polynomial)), each)))


MIXED: dict[str, Matrix] = {  # found by patrols where they go, and reported from both regions whoever goes where
    "diag(3, 2)": ((3.0, 0.0), (0.0, 2.0)),
    "half reported": ((3.0, 1.0), (1.5, 2.0)),
    "all reported": ((3.0, 2.0), (3.0, 2.0)),
    "more to B": ((2.0, 1.0), (0.5, 4.0)),
}


def limit(urns: int = 1000, days: int = 2000) -> Measured:
    """Where the share ends without noise, and in noisy urns; with the correction, at the true share."""
    for name, matrix in MIXED.items():
        target = root(matrix)
        end, _ = shares(cities(matrix, (1.0, 1.0), rule=expect, kind=float), 1_000_000)
        (a, b), (c, d) = matrix
        # the share closes in as total ** (drift / growth): from the derivative of the drift at the root, over what is found a day
        slope = (2 * (c + d - a - b) * target + a - 2 * c - d) / (target * (a + b) + (1 - target) * (c + d))
        yield Quantity(f"share of A without noise, {name}", target, float(end[0]), "exact", tolerance=2 * (2e6) ** max(slope, -1.0))
        if name != "diag(3, 2)":
            end, _ = shares(cities(matrix, (1000, 1000), urns), days)
            last = float(shares(cities(matrix, (1000.0, 1000.0), rule=expect, kind=float), days)[0][0])
            ours, own = mean_and_error(end)
            yield Quantity(f"mean share of A in noisy urns after {days} days, {name}", last, ours, "exact", own, tolerance=CLOSE)
    yield Quantity("root in [0, 1], diagonal case", 1.0, root(MIXED["diag(3, 2)"]), "exact", tolerance=1e-12)
    end, _ = shares(cities(MIXED["diag(3, 2)"], (1.0, 9.0), rule=expect, kind=float, correction=1), 1_000_000)
    yield Quantity("share of A without noise, diag(3, 2) corrected: the true share", 0.6, float(end[0]), "exact", tolerance=1e-5)


MODEL = Published(
    "runaway_policing",
    "Runaway feedback in predictive policing",
    (
        Paper(
            "Ensign, Friedler, Neville, Scheidegger and Venkatasubramanian 2018, Runaway feedback loops in predictive policing, "
            "Proceedings of Machine Learning Research 81:160, arXiv 1706.09847",
            "code",
        ),
    ),
    "Patrols are sent where crime was found before. Found crime follows patrols, so that one region draws them nearly all, whatever the "
    "true rates; counting only what was not expected brings the patrols back to the true share.",
    (),
    "The day's sensors cover contexts with fixed reach: what they find does not send them anywhere.",
    (
        Part("standard", "smoke", standard),
        Part("unequal", "smoke", unequal),
        Part("limit", "smoke", limit),
        Part("equal_rates", "smoke", equal_rates),
        Part("oakland", "smoke", oakland),
        Part("longer", "smoke", longer),
    ),
    ("The .003 was stated beforehand.",),
)
