"""Points with expiry and the queue of appeals, run on the day's own rules against their exact laws (see also published/ledgers.py)."""

from math import exp, factorial, sqrt

import numpy as np
import pytest

from glasstown import draws, measuring, mending, scoring, tables, world
from glasstown.engine import reference
from glasstown.engine.compiler import compiled
from glasstown.hours import night
from glasstown.world import NEVER, NOTHING, ONE, row_type

KEY = draws.key_of(21, 1)
SCALE = 100  # points stand for hundredths, so that rounding is small


def scores(**columns: int) -> tables.Policy:
    """A policy with one rule of 10 * SCALE points and these columns of its score table."""
    policy = tables.nothing(np.zeros(8, tables.row_type(tables.SENSOR)))
    for name, value in {"scores": 1, "low": -32000, "high": 32000, "slots": 120, "rules": 1, **columns}.items():
        policy.score[name] = value
    policy.rules["points"] = policy.rules["points_to"] = -10 * SCALE
    policy.rules["cap"], policy.rules["repeat"], policy.rules["override"], policy.rules["list"] = 32767, ONE, NOTHING, NOTHING
    return policy


@pytest.fixture(scope="module")
def ledgers():
    """Means and variances of live points of people who earn an entry with chance q a day, over days after a burn-in."""
    import numba

    kernels = compiled()
    post, age, draw = kernels.scoring.post, kernels.scoring.age, kernels.draws.draw

    @numba.njit(_nrt=False)
    def sweep(files, entries, policy, key_0, key_1, below, people, burn, days, sums):
        slots = policy.score[0].slots
        for i in range(people):
            for day in range(1, burn + days + 1):
                age(files[i], entries, i * slots, day, policy)
                if draw(key_0, key_1, i, day, 0, 0) < below:
                    post(files[i], entries, i * slots, 0, 0, day, policy)
                if day > burn:
                    live = -files[i].live
                    sums[0] += live
                    sums[1] += live * live

    def run(policy, chance, people, burn, days):
        slots = int(policy.score["slots"][0])
        files, entries = np.zeros(people, row_type(world.RECORD)), np.zeros(people * slots, row_type(world.ENTRY))
        files["override"] = entries["rule"] = NOTHING
        entries["day"] = NEVER
        sums = np.zeros(2, np.int64)
        sweep(files, entries, policy, *KEY, int(chance * 2**32), people, burn, days, sums)
        mean = sums[0] / (people * days)
        return mean / SCALE, (sums[1] / (people * days) - mean * mean) / SCALE**2

    return run


# exercises: scoring.post, scoring.age, scoring.slot_for, scoring.clear (exact)
def test_points_with_expiry(ledgers):
    """Entries that live T days: a binomial of T days, mean q J T and variance q (1 - q) T J^2, without any rounding."""
    policy = scores(expiry=20)
    found, spread = ledgers(policy, 0.05, 400, 100, 2000)
    mean, variance, effective = 0.05 * 10 * 20, 0.05 * 0.95 * 20 * 100, 400 * 2000 / 20
    assert abs(found - mean) <= 4 * sqrt(variance / effective)
    assert abs(spread - variance) <= 4 * variance * sqrt(2 / effective) * 2


def test_an_expiry_off_by_a_day_is_caught(ledgers):
    """The mutation: entries that live a day longer than the policy says."""
    found, _ = ledgers(scores(expiry=21), 0.05, 400, 100, 2000)
    assert abs(found - 10) > 4 * sqrt(95 / (400 * 2000 / 20))


def queue_against_its_law(capacity: int, evening) -> float:
    """Mean length of a queue of Poisson appeals, minus its exact law, in units of what four standard errors allow."""
    policy = scores(appeals=1, notice=1, appeal_capacity=capacity)
    people = 4000
    town = reference.plain(empty_town(people))
    view, meter = reference.plain(policy), reference.plain(np.zeros(measuring.METER, np.int64))
    gates = np.zeros(draws.GATES_MAX, tables.row_type(tables.GATE))  # no queue at any gate
    parameters = reference.plain(np.zeros(1, tables.row_type(tables.PARAMETER)))
    shared = tables.Tables(None, None, reference.plain(gates), parameters, None, None)
    free, total, days = 0, 0.0, 7 * 1500
    for day in range(days):
        arrivals = poisson(draws.draw(*KEY, 5, day, 2, 0), 2.0)
        left = [(free + number) % people for number in range(arrivals)]
        free += arrivals
        for i in left:
            mending.close_appeal(town.desk[i])
            assert mending.file_appeal(town.desk[i], 1, 1, day)
            town.tray[i] = world.LEAVES_APPEAL
        evening(day, left, [], town, shared, view, meter)
        total += town.clock[0].tickets - town.clock[0].served
        assert [town.desk[i].ticket for i in left] == list(range(free - arrivals + 1, free + 1))  # in the order they were filed
    exact, spread, memory = stationary_queue(2.0, capacity)
    return (total / days - exact) / (4 * spread * sqrt(memory / days))


# exercises: mending.file_appeal, mending.close_appeal (exact)
@pytest.mark.parametrize("capacity", [3, 5])
def test_the_queue_of_appeals(capacity):
    """Poisson arrivals of 2 a day, every day; so many decisions a working day: a weekly Lindley recursion, solved exactly."""
    assert abs(queue_against_its_law(capacity, night.evening)) <= 1


def test_decisions_at_weekends_are_caught():
    """The mutation: a court that works every day."""
    assert abs(queue_against_its_law(3, lambda day, *rest: night.evening(0, *rest))) > 1


def stationary_queue(rate: float, capacity: int) -> tuple[float, float, float]:
    """Mean length over a week of X' = max(X + A - c, 0) on working days and X + A on the others; its deviation and memory in days."""
    size = 400
    arrivals = [exp(-rate) * rate**k / factorial(k) for k in range(40)]
    law = np.zeros(size)
    law[0] = 1.0
    for _ in range(400):
        means, squares = [], []
        for day in range(7):
            law = np.convolve(law, arrivals)[:size]
            if day < 5:
                law = np.concatenate([[law[: capacity + 1].sum()], law[capacity + 1 :], np.zeros(capacity)])
            means.append(float(law @ np.arange(size)))
            squares.append(float(law @ np.arange(size) ** 2))
    mean = sum(means) / 7
    slack = 5 * capacity / 7 - rate
    return mean, sqrt(sum(squares) / 7 - mean**2), 4 * (rate + slack) / slack**2  # heavy-traffic relaxation time, doubled


def poisson(word: int, rate: float) -> int:
    """A Poisson number from a 32-bit word, by inversion."""
    share, number, term = word / 2**32, 0, exp(-rate)
    while share >= term:
        share -= term
        number += 1
        term *= rate / number
    return number


def empty_town(people: int) -> world.Town:
    """A town with desks, trays and a clock, and nobody's life in it."""
    rooms = {name: np.zeros(1, row_type(columns)) for name, columns in world.ROOMS.items()}
    rooms["people"], rooms["desk"] = np.zeros(people, row_type(world.PEOPLE)), np.zeros(people, row_type(world.DESK))
    rooms["desk"]["appeal_day"] = NEVER
    other = {name: np.zeros(1, np.uint8) for name in world.Town._fields if name not in rooms}
    other |= {"tray": np.zeros(people, np.uint8), "clock": np.zeros(1, row_type(world.CLOCK)), "face": np.zeros((2, 1), np.uint8)}
    other["districts"] = np.zeros(1, row_type(world.DISTRICT))
    return world.Town(**rooms, **other)


# exercises: scoring.times, scoring.post, scoring.clear (exact)
@pytest.mark.parametrize("slots", [1, 2, 3, 8])
def test_a_rule_counts_how_often_it_was_applied(slots):
    """Whether its entries stand apart or are joined, each time counts once; what is folded or expired counts no more."""
    policy = scores(slots=slots, rules=2, expiry=1000)
    known = reference.plain(policy._replace(rules=np.concatenate([policy.rules, policy.rules])))
    files, rows = np.zeros(1, row_type(world.RECORD)), np.zeros(slots, row_type(world.ENTRY))
    files["override"] = rows["rule"] = NOTHING
    rows["day"] = NEVER
    file, entries = reference.plain(files)[0], reference.plain(rows)
    for day in range(1, 12):
        scoring.post(file, entries, 0, 0, 0, day, known)
        assert scoring.times(entries, 0, slots, 0) == day and scoring.times(entries, 0, slots, 1) == 0
    scoring.post(file, entries, 0, 1, 0, 12, known)
    assert scoring.times(entries, 0, slots, 1) == 1
    assert scoring.times(entries, 0, slots, 0) == 11 - (1 if slots > 1 else 11)  # the oldest entry made room for it
    known.rules[1].cap = 1  # it can cost her nothing further, and is applied all the same
    scoring.post(file, entries, 0, 1, 0, 13, known)
    assert scoring.times(entries, 0, slots, 1) == 2
    scoring.age(file, entries, 0, 1013, known)
    assert scoring.times(entries, 0, slots, 0) == scoring.times(entries, 0, slots, 1) == 0
