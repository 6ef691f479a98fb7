"""Stocks and queues: the detained, and appeals that wait or are lost; the half of ``ledgers`` whose laws are those of queues.

* The detained as M/G/infinity: the stock is Poisson(rate x mean sentence), whatever the law of sentences (Takacs 1962).
* Appeals before c reviewers, M/M/c: P(wait) = C by Erlang's second formula, mean wait C / (c - a), P(wait > t) = C exp(-(c - a) t);
  where nobody can wait, Erlang's first formula, B.
"""

from math import ceil, exp, factorial, floor, log
from typing import Any

import numpy as np

from glasstown import detaining, mending, tables, world
from glasstown.modelling import Column, Model, Rule, exponential, pareto, poisson, uniform
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Quantity
from glasstown.world import NEVER

EVENT, SIZE, WHEN, WHICH = 4, 8, 16, 20  # purposes
PLACES, CELLS = 512, 128  # desks of an office, cells of a town: never too few


def about(what: str, target: float, values: Any, tolerance: float = 0.0, form: Any = "wide") -> Quantity:
    """The mean of independent values, with its standard error."""
    mean, error = mean_and_error(values)
    return Quantity(what, target, mean, "exact", error, tolerance=tolerance, form=form)


def ratio(what: str, target: float, tops: Any, bottoms: Any) -> Quantity:
    """A ratio of two sums over independent rows, with its standard error."""
    found = tops.sum() / bottoms.sum()
    return Quantity(what, target, float(found), "exact", mean_and_error(tops - found * bottoms)[1] / float(bottoms.mean()))


# ---- detention -------------------------------------------------------------------------------------------------------------

FIXED, EXPONENTIAL, HEAVY = 0, 1, 2
ARRIVALS, SENTENCE, TAIL = 3.0, 14.0, 2.5
SENTENCES = (("fixed", FIXED), ("exponential", EXPONENTIAL), ("heavy-tailed", HEAVY))


def sentence(town, step, number, world):
    """Whole days, 14 on average: always so many, with an exponential tail, or with one of a power (exponent 2.5)."""
    if world.case.law == FIXED:
        return 14
    if world.case.law == EXPONENTIAL:  # rounded up, so that its law is geometric
        return ceil(exponential(world.luck, town, step, SIZE, -1.0 / log(1.0 - 1.0 / SENTENCE), number))
    days = pareto(world.luck, town, step, SIZE, SENTENCE * (TAIL - 1.0) / TAIL, TAIL, number)
    return min(floor(days + uniform(world.luck, town, step, WHICH, number)), 30_000)  # rounded by luck, so that its mean stays


def seize(town, step, world):
    """In the morning the detained are counted now and then; by evening a Poisson number has been taken, each to a free cell."""
    now, first = world.now, town * CELLS
    if step > world.case.burn and step % 25 == 0:
        away = 0
        for cell in range(first, first + CELLS):
            away += detaining.is_away(now.life[cell], step)
        now.stock[town] += away
        now.square[town] += (away - ARRIVALS * SENTENCE) ** 2
        now.full[town] += away >= 55
        now.days[town] += 1
    for number in range(poisson(world.luck, town, step, EVENT, ARRIVALS)):
        while detaining.is_away(now.life[first + now.cell[town]], step):
            now.cell[town] = (now.cell[town] + 1) % CELLS
        detaining.begin(now.life[first + now.cell[town]], step, sentence(town, step, number, world))


def detention(towns: int = 1000, steps: int = 1900, burn: int = 1500) -> Measured:
    """Three a step, sentences of mean 14 of three laws: Poisson(42) are away. What longer sentences would add is below .01 of a person."""
    sums = {name: Column() for name in ("stock", "square", "full", "days")}
    columns = {**sums, "cell": Column("i4"), "life": Column(world.row_type(world.LIFE), rows=towns * CELLS)}
    mean = ARRIVALS * SENTENCE
    tail = 1 - sum(exp(k * log(mean) - mean) / factorial(k) for k in range(55))
    for name, law in SENTENCES:
        run = Model(towns, columns, [Rule(seize, "sequential")], case={"law": law, "burn": burn}).run(steps, replicate=law)
        days = run.columns["days"]
        yield about(f"mean stock of the detained, {name} sentences", mean, run.columns["stock"] / days)
        yield about(f"variance of the stock, {name} sentences", mean, run.columns["square"] / days)
        yield about(f"share of steps with 55 or more, {name} sentences", tail, run.columns["full"] / days)  # .030883


# ---- appeals ---------------------------------------------------------------------------------------------------------------


def happens(office, step, world):
    """One event of an office: an appeal arrives, or a reviewer who was busy is done. Steps are events, not short times: no bias of those.

    Events come at the rate of arrivals + reviewers; what would have finished a hearing that nobody holds passes (uniformisation).
    """
    now, case = world.now, world.case
    rate = case.arrivals + case.reviewers
    now.hour[office] += exponential(world.luck, office, step, WHEN, 1.0 / rate)
    which = uniform(world.luck, office, step, WHICH) * rate - case.arrivals
    if which < 0.0:
        clock = now.clock[office]
        place = office * PLACES + clock.tickets % PLACES
        mending.file_appeal(now.desk[place], 1, 1, step)
        clock.tickets = clock.tickets + 1
        now.desk[place].ticket = clock.tickets
        now.filed[place] = now.hour[office]
    elif which < now.busy[office]:
        now.busy[office] -= 1
    while now.busy[office] < case.reviewers and now.clock[office].served < now.clock[office].tickets:
        hear(office, next_called(office, world), step, world)


def next_called(office, world):
    """Whose turn it is: the next ticket in the order in which they were handed out."""
    clock = world.now.clock[office]
    clock.served = clock.served + 1
    return office * PLACES + (clock.served - 1) % PLACES


def hear(office, place, step, world):
    """A reviewer takes an appeal off the desk; how long it waited is added up."""
    now = world.now
    if mending.is_heard(now.desk[place], now.clock[office], step, world.case.score[0]):
        mending.close_appeal(now.desk[place])
        now.busy[office] += 1
        if step > world.case.burn:
            waited = now.hour[office] - now.filed[place]
            now.sums[office, 0] += 1.0
            now.sums[office, 1] += waited > 0.0
            now.sums[office, 2] += waited
            now.sums[office, 3] += waited > 2.0


def erlang_b(reviewers: int, load: float) -> float:
    """Share of arrivals that find everybody busy where nobody waits."""
    lost = 1.0
    for number in range(1, reviewers + 1):
        lost = load * lost / (number + load * lost)
    return lost


def office(offices: int, reviewers: int, arrivals: float, burn: int) -> Model:
    """Offices with so many reviewers (of rate 1) and appeals at this rate."""
    desk = np.zeros(1, world.row_type(world.DESK))
    desk["appeal_day"] = NEVER
    rows = {"desk": Column(desk.dtype, desk[0], rows=offices * PLACES), "filed": Column(rows=offices * PLACES)}
    columns = {**rows, "clock": Column(world.row_type(world.CLOCK)), "hour": Column(), "busy": Column("i4"), "sums": Column(width=4)}
    score = tables.nothing(np.zeros(8, tables.row_type(tables.SENSOR))).score
    case = {"reviewers": reviewers, "arrivals": float(arrivals), "burn": burn, "score": score}
    return Model(offices, columns, [Rule(happens, "sequential")], case=case)


QUEUES = ((1, 0.8), (5, 4.0), (10, 9.0), (20, 18.0))


def appeals(offices: int = 400, events: int = 32_000, queues: Any = QUEUES) -> Measured:
    """Chance to wait, mean wait and chance to wait for more than 2 before c reviewers."""
    for replicate, (reviewers, load) in enumerate(queues):
        run = office(offices, reviewers, load, 4000).run(events, replicate=replicate)
        heard, waited, wait, long = run.columns["sums"].T
        lost = erlang_b(reviewers, load)
        must = lost / (1 - load / reviewers * (1 - lost))  # Erlang C
        name = f"c={reviewers}, load {load:g}"
        yield ratio(f"chance to wait, {name}", must, waited, heard)
        yield ratio(f"mean wait, {name}", must / (reviewers - load), wait, heard)
        yield ratio(f"chance to wait more than 2, {name}", must * exp(-2 * (reviewers - load)), long, heard)


def without_a_queue(office, step, world):
    """An office where nobody waits: an appeal goes to the first free desk, or is lost."""
    now, case = world.now, world.case
    which = uniform(world.luck, office, step, WHICH) * (case.arrivals + case.reviewers) - case.arrivals
    first = office * PLACES
    if which < 0.0:
        taken = 0
        for place in range(first, first + case.reviewers):
            taken = mending.file_appeal(now.desk[place], 1, 1, step)
            if taken:
                break
        if step > case.burn:
            now.sums[office, 0] += 1.0
            now.sums[office, 1] += taken == 0
    else:
        mending.close_appeal(now.desk[first + floor(which)])  # a desk that is free stays free


def losses(offices: int = 100, events: int = 22_000) -> Measured:
    """Share of appeals that are lost where nobody waits."""
    for replicate, (reviewers, load) in enumerate(((5, 4.0), (10, 9.0))):
        model = office(offices, reviewers, load, 2000)
        run = Model(offices, model.columns, [Rule(without_a_queue, "sequential")], case=model.case).run(events, replicate=replicate)
        arrived, lost = run.columns["sums"].T[:2]
        yield ratio(f"share lost, c={reviewers}, load {load:g}", erlang_b(reviewers, load), lost, arrived)
