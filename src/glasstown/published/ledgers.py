"""Ledgers, lists, detention and appeals: processes whose laws are known exactly, run on the day's own rules.

* Decaying score s' = r s + e, e ~ N(0, sd): variance sd^2 / (1 - r^2), autocorrelation r^k, half-life ln .5 / ln r; the mean time T until
  it first falls below a threshold solves T(x) = 1 + integral over y above the threshold of p(y | x) T(y).
* Penalty points D' = r D + J Bernoulli(q): mean q J / (1 - r), variance q (1 - q) J^2 / (1 - r^2). In continuous time, with Exp jumps of
  mean J at rate a and decay b: Gamma(a / b, J).
* A blacklist as a Markov chain: its stationary law, times to absorption, eigenvalues.
* Strikes at rate q, turnover m, exclusion at three: P(k strikes) = (1 - g) g^k with g = q (1 - m) / (m + q (1 - m)), P(excluded) = g^3.

The detained and appeals are in ``stocks``.
"""

from math import ceil, exp, floor, log, pi, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

from glasstown import scoring, tables, world
from glasstown.modelling import Column, Model, Rule, exponential, normal, poisson, uniform
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity
from glasstown.published.stocks import about, appeals, detention, losses, ratio
from glasstown.world import NEVER, NOTHING, ONE

NOISE, EVENT, SIZE, LEAVES = 0, 4, 8, 12  # purposes
POINT = 100  # the day's points for one point of a ledger, so that its rounding is small
SLOTS = 40  # live entries of a person


def spread(what: str, target: float, values: Any, tolerance: float = 0.0, form: Any = "wide") -> Quantity:
    """The variance of independent values, with its standard error."""
    return about(what, target, (values - values.mean()) ** 2, tolerance, form)


def scores(**columns: Any) -> tables.Policy:
    """A policy of one rule and two bands; ``rule`` and ``floors`` set their numbers, anything else is a column of the score table."""
    policy = tables.nothing(np.zeros(8, tables.row_type(tables.SENSOR)))._replace(bands=np.zeros(2, tables.row_type(tables.BAND)))
    policy.bands["floor"] = columns.pop("floors", 0)
    rule = {"cap": 32767, "repeat": ONE, "override": NOTHING, "list": NOTHING, **columns.pop("rule", {})}
    for name, value in rule.items():
        policy.rules[name] = value
    for name, value in {"scores": 1, "low": -32000, "high": 32000, "slots": SLOTS, "rules": 1, "bands": 2, **columns}.items():
        policy.score[name] = value
    return policy


def files() -> dict[str, Column]:
    """Empty records in good standing: a file a person, free slots for entries, nobody on the list."""
    file, entry, listing = (np.zeros(1, world.row_type(room)) for room in (world.RECORD, world.ENTRY, world.LISTING))
    file["override"], file["band"], entry["rule"] = NOTHING, 1, NOTHING
    entry["day"] = listing["entered"] = listing["until"] = NEVER
    return {"file": Column(file.dtype, file[0]), "entry": Column(entry.dtype, entry[0]), "listing": Column(listing.dtype, listing[0])}


# ---- a score that decays, with noise -------------------------------------------------------------------------------------


def settled(before, posted, keep):
    """A ledger after a step: what was there decays, then what happened is posted."""
    return keep * before + posted


def drift(person, step, world):
    """Her score decays and is disturbed; the day publishes it in whole points."""
    now, case = world.now, world.case
    now.score[person] = settled(now.score[person], case.deviation * normal(world.luck, person, step, NOISE), case.keep)
    now.file[person].live = floor(POINT * now.score[person] + 0.5)
    scoring.publish(now.file[person], step, case.policy)


def falls(person, step, world):
    """Her score drifts until it first falls below the threshold."""
    now, case = world.now, world.case
    if now.first[person] == 0:
        now.score[person] = settled(now.score[person], case.deviation * normal(world.luck, person, step, NOISE), case.keep)
        if now.score[person] < case.threshold:
            now.first[person] = step


def decaying_score(people: int = 100_000) -> Measured:
    """Stationary spread, autocorrelation, half-life and the lower tail at r=.9, sd=2."""
    keep, deviation = 0.9, 2.0
    stationary = deviation / sqrt(1 - keep**2)
    floor_ = -1.5 * stationary
    policy = scores(floors=[0, ceil(POINT * floor_)])
    columns = {"score": Column(), "file": files()["file"]}
    model = Model(people, columns, [Rule(drift, "sequential")], case={"keep": keep, "deviation": deviation, "policy": policy})
    early = model.run(100)  # .9 ** 100 of the start is left
    scored = early.columns["score"]
    yield about("mean score", 0.0, scored)
    square = spread("", stationary**2, scored)
    yield Quantity("stationary deviation", stationary, sqrt(square.ours), "exact", square.error / (2 * stationary))
    tail = NormalDist().cdf(-1.5)
    yield about("share below the mean by 1.5 deviations", tail, scored < floor_)
    rounding = NormalDist().pdf(1.5) / stationary / POINT  # the floor and the score are whole points: off by one at most
    yield about("share below the mean by 1.5 deviations", tail, early.columns["file"]["band"] == 0, rounding, "day")
    for lag in (1, 2, 5, 10):
        found = float(np.corrcoef(scored, model.run(lag, after=early).columns["score"])[0, 1])
        error = (1 - keep ** (2 * lag)) / sqrt(people)
        yield Quantity(f"autocorrelation at lag {lag}", keep**lag, found, "exact", error)
        if lag == 1:
            half = log(0.5) / log(keep)
            yield Quantity("half-life", half, log(0.5) / log(found), "exact", half * error / (keep * -log(keep)))


def mean_passage(keep: float, deviation: float, threshold: float, nodes: int = 400) -> float:
    """Mean first passage from 0 below the threshold, by Gauss-Legendre quadrature of its integral equation."""
    top = 9 * deviation / sqrt(1 - keep**2)
    places, weights = np.polynomial.legendre.leggauss(nodes)
    y, weights = threshold + (places + 1) / 2 * (top - threshold), weights * (top - threshold) / 2
    starts = np.append(y, 0.0)
    chance = np.exp(-(((y - keep * starts[:, None]) / deviation) ** 2) / 2) / (deviation * sqrt(2 * pi)) * weights
    times = np.linalg.solve(np.eye(nodes) - chance[:-1], np.ones(nodes))
    return float(1 + chance[-1] @ times)


def first_passage(people: int = 50_000) -> Measured:
    """Mean time from 0 until the score first falls below a threshold; the targets are a converged integral equation."""
    for keep, deviation, threshold, target in ((0.95, 1.0, -5.0, 133.5133), (0.9, 2.0, -8.0, 100.9941)):
        name = f"mean first passage, r={keep:g}, sd={deviation:g}, threshold {threshold:g}"
        yield Quantity(f"{name}, by quadrature", target, mean_passage(keep, deviation, threshold), "exact", tolerance=5e-5)
        case = {"keep": keep, "deviation": deviation, "threshold": threshold}
        run = Model(people, {"score": Column(), "first": Column("i4")}, [Rule(falls, "sequential")], case=case).run(3000)
        yield about(name, target, run.columns["first"], 0.01 * target)
        yield Quantity(f"still above after 3000 steps, {name}", 0, float((run.columns["first"] == 0).sum()), "exact")


# ---- penalty points --------------------------------------------------------------------------------------------------------


def penalty(person, step, world):
    """Her points decay, and with some chance she is given more."""
    case = world.case
    posted = case.points * (uniform(world.luck, person, step, EVENT) < case.chance)
    world.now.points[person] = settled(world.now.points[person], posted, case.keep)


def booked(person, step, world):
    """The same in the day's books: entries age, and with the same luck one is posted."""
    now, case = world.now, world.case
    scoring.age(now.file[person], now.entry, person * SLOTS, step, case.policy)
    if uniform(world.luck, person, step, EVENT) < case.chance:
        scoring.post(now.file[person], now.entry, person * SLOTS, 0, 0, step, case.policy)


def books(people: int, steps: int, chance: float, points: float, **columns: Any) -> Any:
    """Points in the day's books after so many steps."""
    kept = files()
    columns_ = {"file": kept["file"], "entry": Column(kept["entry"].kind, kept["entry"].start, rows=people * SLOTS)}
    policy = scores(rule={"points": round(points * POINT), "points_to": round(points * POINT)}, **columns)
    run = Model(people, columns_, [Rule(booked, "sequential")], case={"chance": chance, "policy": policy}).run(steps)
    return run.columns["file"]["live"] / POINT


def penalty_points(people: int = 40_000, booked_people: int = 4000) -> Measured:
    """Mean and variance of points that decay, in floats and in the day's books; and of entries that expire."""
    for keep, chance, points in ((0.9, 0.05, 10.0), (0.95, 0.02, 20.0)):
        name, steps = f"r={keep:g}, q={chance:g}, J={points:g}", round(12 / (1 - keep))
        case = {"keep": keep, "chance": chance, "points": points}
        found = Model(people, {"points": Column()}, [Rule(penalty, "sequential")], case=case).run(steps).columns["points"]
        mean, variance = chance * points / (1 - keep), chance * (1 - chance) * points**2 / (1 - keep**2)
        yield about(f"mean points, {name}", mean, found)
        yield spread(f"variance of points, {name}", variance, found)
        # an entry is rounded by half a point at most a day, and by one once it is small: off by .5 / (1 - r) at any time, while it lives
        lives = log(points * POINT) / -log(keep) + 0.5 / (1 - keep)
        rounding = chance * lives * 0.5 / (1 - keep) / POINT
        share = abs(round((1 - keep) * ONE) / ONE - (1 - keep)) / (1 - keep)  # what the table's decay differs by
        live = books(booked_people, steps, chance, points, decay=round((1 - keep) * ONE), decay_days=1)
        yield about(f"mean points, {name}", mean, live, rounding + share * mean, "day")
        wide_by = 2 * rounding * sqrt(variance) + rounding**2 + 2 * share * variance
        yield spread(f"variance of points, {name}", variance, live, wide_by, "day")
    live = books(booked_people, 60, 0.05, 10.0, expiry=20)
    yield about("mean points, expiry after 20 steps, q=.05, J=10", 0.05 * 10 * 20, live, form="day")
    yield spread("variance of points, expiry after 20 steps, q=.05, J=10", 0.05 * 0.95 * 20 * 100, live, form="day")


def shot(person, step, world):
    """A short time of shot noise: what there was decays, and what came in the middle of it does for half of it."""
    case, luck = world.case, world.luck
    came = 0.0
    for number in range(poisson(luck, person, step, EVENT, case.rate * case.time)):
        came += exponential(luck, person, step, SIZE, case.points, number)
    world.now.points[person] = settled(world.now.points[person], came * exp(-case.decay * case.time / 2), exp(-case.decay * case.time))


def shot_noise(people: int = 40_000) -> Measured:
    """Jumps of mean 5 at rate .1, decay .05: Gamma(2, 5). Steps of .2; jumps in mid-step leave a bias below 1 in 10^5."""
    case = {"rate": 0.1, "decay": 0.05, "points": 5.0, "time": 0.2}
    found = Model(people, {"points": Column(start=10.0)}, [Rule(shot, "sequential")], case=case).run(600).columns["points"]
    yield about("mean of shot noise", 10.0, found)
    yield spread("variance of shot noise", 50.0, found)
    yield about("share above 20", (1 + 20 / 5) * exp(-20 / 5), found > 20)


# ---- the blacklist ---------------------------------------------------------------------------------------------------------

GOOD, WARNED, BLACK = 0, 1, 2
CHAIN = np.array([[0.97, 0.03, 0.0], [0.20, 0.70, 0.10], [0.02, 0.0, 0.98]])


def where(person, day, world):
    """Where the record has her: on the list, in the lowest band by a warning, or in good standing."""
    if scoring.on_list(world.now.listing[person], day):
        return BLACK
    return WARNED if world.now.file[person].band == 0 else GOOD


def moves(person, step, world):
    """A step of the chain, made by the day's ways onto a list, off it, and in and out of a warning."""
    now, policy = world.now, world.case.policy
    file, listing = now.file[person], now.listing[person]
    was, luck = where(person, step, world), uniform(world.luck, person, step, EVENT)
    if was == GOOD and luck < world.case.chain[GOOD, WARNED]:
        scoring.set_override(file, policy.rules[0], step)
    elif was == WARNED and luck < world.case.chain[WARNED, BLACK]:
        scoring.enlist(listing, 0, policy.rules[0], step, 0)
        file.override_until = step - 1
    elif was == WARNED and luck >= 1.0 - world.case.chain[WARNED, GOOD]:
        file.override_until = step - 1
    elif was == BLACK and luck < world.case.chain[BLACK, GOOD]:
        scoring.set_exit(listing, step, 0)
        scoring.strike(listing)
    scoring.publish(file, step, policy)
    becomes = where(person, step, world)
    if becomes == BLACK and now.first[person] == 0:
        now.first[person] = step
    if becomes == WARNED and now.warned[person] == 0:
        now.warned[person] = step
    if step > world.case.burn:
        now.moved[person, 3 * was + becomes] += 1


def chain_model(people: int, burn: int) -> Model:
    """People in good standing, moved along the chain."""
    rule = {"override": 0, "override_days": 30_000, "term": 32767}
    case = {"policy": scores(rule=rule, floors=[0, 500], base=1000), "chain": CHAIN, "burn": burn}
    kept = files()
    columns = {"file": kept["file"], "listing": kept["listing"], "first": Column("i4"), "warned": Column("i4")}
    return Model(people, {**columns, "moved": Column("i4", width=9)}, [Rule(moves, "sequential")], case=case)


def blacklist(people: int = 10_000, steps: int = 2500) -> Measured:
    """Shares, times to the list, spells and eigenvalues of the chain Good, Warned, Black."""
    run = chain_model(people, 600).run(steps)
    moved = run.columns["moved"].reshape(people, 3, 3).astype(float)
    days = moved.sum(axis=(1, 2))
    for state, name, share in ((GOOD, "good", 0.625), (WARNED, "warned", 0.0625), (BLACK, "black", 0.3125)):
        yield about(f"share {name}", share, moved[:, :, state].sum(axis=1) / days)
    first, warned = run.columns["first"].astype(float), run.columns["warned"].astype(float)
    yield Quantity("never listed", 0, float((first == 0).sum()), "exact")
    yield about("mean time from good to black", 110.0, first)
    moments = np.linalg.solve(np.eye(2) - CHAIN[:2, :2], np.ones(2))  # mean times from good and from warned
    squares = np.linalg.solve(np.eye(2) - CHAIN[:2, :2], 2 * moments - 1)
    yield spread("variance of that time", float(squares[0] - moments[0] ** 2), first)  # 11323.33
    yield about("mean time from warned to black", float(moments[1]), first - warned)  # 76.6667; nobody is listed unwarned
    yield about("listed within 60 steps, from good", 1 - float(np.linalg.matrix_power(CHAIN[:2, :2], 60)[0].sum()), first <= 60)  # .413979
    yield ratio("mean spell on the list", 50.0, moved[:, BLACK, :].sum(axis=1), moved[:, BLACK, GOOD])
    batches = moved.reshape(20, people // 20, 3, 3).sum(axis=1)
    values = np.array([np.sort(np.linalg.eigvals(batch / batch.sum(axis=1, keepdims=True)).real)[::-1] for batch in batches])
    for place, eigenvalue in ((1, 0.97), (2, 0.68)):
        yield about(f"eigenvalue {place + 1} of the moves made", eigenvalue, values[:, place])
    yield Quantity("eigenvalue 1 of the moves made", 1.0, float(values[:, 0].mean()), "exact", tolerance=1e-9)


# ---- strikes with turnover -------------------------------------------------------------------------------------------------

OUT = 3  # strikes that exclude


def strikes_fall(person, step, world):
    """Some leave and are replaced by somebody with a clean record; of those who stay and are not excluded, some get a strike."""
    now, policy, first = world.now, world.case.policy, person * SLOTS
    file = now.file[person]
    if uniform(world.luck, person, step, LEAVES) < world.case.leaving:
        now.left[person] += 1
        now.left_excluded[person] += file.band == 0
        for slot in range(first, first + SLOTS):
            scoring.clear(file, now.entry[slot])
    elif file.band != 0 and uniform(world.luck, person, step, EVENT) < world.case.striking:
        scoring.post(file, now.entry, first, 0, 0, step, policy)
    scoring.publish(file, step, policy)
    now.strikes[person] = scoring.times(now.entry, first, SLOTS, 0)


def strikes_with_turnover(people: int = 10_000, steps: int = 800) -> Measured:
    """The law of strikes where they are never forgotten but people come and go, and the share that is excluded."""
    for striking, leaving in ((0.04, 0.02), (0.01, 0.02)):
        kept = files()
        entries = Column(kept["entry"].kind, kept["entry"].start, rows=people * SLOTS)
        counts = {name: Column("i4") for name in ("left", "left_excluded", "strikes")}
        policy = scores(rule={"points": -1, "points_to": -1}, base=OUT, floors=[0, 1], slots=OUT)
        case = {"policy": policy, "striking": striking, "leaving": leaving}
        model = Model(people, {"file": kept["file"], "entry": entries, **counts}, [Rule(strikes_fall, "sequential")], case=case)
        run = model.run(steps)
        more = striking * (1 - leaving) / (leaving + striking * (1 - leaving))
        name = f"q={striking:g}, m={leaving:g}"
        for number in range(OUT):
            yield about(f"share with {number} strikes, {name}", (1 - more) * more**number, run.columns["strikes"] == number)
        yield about(f"share excluded, {name}", more**OUT, run.columns["file"]["band"] == 0)
        later = model.run(steps, after=run).columns
        left, excluded = (later[each] - run.columns[each] for each in ("left", "left_excluded"))
        yield ratio(f"share of those who leave who were excluded, {name}", more**OUT, excluded, left)


MODEL = Published(
    "ledgers",
    "Ledgers, lists, detention and appeals",
    (
        Paper("Uhlenbeck and Ornstein 1930, Phys. Rev. 36:823", "abstract"),
        Paper("Rice 1944, Bell System Tech. J. 23:282 (shot noise)", "nothing"),
        Paper("Kemeny and Snell 1960, Finite Markov Chains (absorbing chains)", "secondary"),
        Paper("Takacs 1962, Introduction to the Theory of Queues (infinitely many servers)", "nothing"),
        Paper("Erlang 1917, Elektroteknikeren 13:5 (formulas B and C)", "secondary"),
    ),
    "Scores decay, entries are posted, people enter and leave lists and cells, appeals wait: simple processes whose means, variances, "
    "waiting times and stationary laws are known exactly.",
    (
        "scoring.publish", "scoring.band_of", "scoring.post", "scoring.age", "scoring.scale", "scoring.clear", "scoring.times",
        "scoring.set_override", "scoring.enlist", "scoring.on_list", "scoring.set_exit", "scoring.strike",
        "detaining.begin", "detaining.is_away", "mending.file_appeal", "mending.is_heard", "mending.close_appeal",
    ),
    "Normal noise in a score, and reviewers who work at their own pace: the day decides a fixed number of appeals each working day.",
    (
        Part("decaying_score", "smoke", decaying_score),
        Part("first_passage", "standard", first_passage),
        Part("penalty_points", "smoke", penalty_points),
        Part("shot_noise", "smoke", shot_noise),
        Part("blacklist", "smoke", blacklist),
        Part("detention", "smoke", detention),
        Part("appeals", "standard", appeals),
        Part("losses", "smoke", losses),
        Part("strikes_with_turnover", "smoke", strikes_with_turnover),
    ),
)  # fmt: skip
