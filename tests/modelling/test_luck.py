"""Draws for rules follow their laws, and ties are what they say."""

from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown import modelling
from glasstown.modelling import Column, Model, Rule, luck, ties
from glasstown.modelling.compiling import compiled, fingerprint, wide

LUCK = luck.luck_of(3, 1)
MANY = 8_000


def near(values, mean, variance):
    """The mean and variance of independent draws lie within four standard errors (of a variance: as of a law with light tails)."""
    values = np.asarray(values, float)
    assert abs(values.mean() - mean) < 4 * sqrt(variance / len(values))
    assert abs(values.var() / variance - 1) < 4 * sqrt(max(np.mean((values - mean) ** 4) / variance**2 - 1, 1) / len(values))


def test_draws_follow_their_laws():
    draws = {
        "uniform": ([luck.uniform(LUCK, i, 0, 0) for i in range(MANY)], 0.5, 1 / 12),
        "below": ([luck.below(LUCK, i, 0, 0, 6) for i in range(MANY)], 2.5, 35 / 12),
        "normal": ([luck.normal(LUCK, i, 0, 0) for i in range(MANY)], 0.0, 1.0),
        "exponential": ([luck.exponential(LUCK, i, 0, 0, 3.0) for i in range(MANY)], 3.0, 9.0),
        "poisson": ([luck.poisson(LUCK, i, 0, 0, 2.5) for i in range(MANY)], 2.5, 2.5),
        "binomial": ([luck.binomial(LUCK, i, 0, 0, 40, 0.1) for i in range(MANY)], 4.0, 3.6),
        "many": ([luck.binomial(LUCK, i, 0, 0, 40, 0.9) for i in range(MANY)], 36.0, 3.6),
        "pareto": ([luck.pareto(LUCK, i, 0, 0, 1.0, 6.0) for i in range(MANY)], 1.2, 1.2**2 / 24),
    }
    for values, mean, variance in draws.values():
        near(values, mean, variance)
    assert luck.binomial(LUCK, 0, 0, 0, 9, 0.0) == 0 and luck.binomial(LUCK, 0, 0, 0, 9, 1.0) == 9
    none = np.mean([number == 0 for number in draws["poisson"][0]])
    assert abs(none - exp(-2.5)) < 4 * sqrt(exp(-2.5) / MANY)


def test_two_addresses_are_two_draws():
    words = {luck.word(LUCK, *address) for address in ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0, 1))}
    assert len(words) == 5 and luck.luck_of(3, 1) == LUCK != luck.luck_of(3, 2)


def test_all_draws_are_the_same_compiled():
    """What rules use most, plain and compiled, to the byte."""

    def draw_all(person, step, world):
        row = world.now.drawn
        row[person, 0] = modelling.uniform(world.luck, person, step, 0)
        row[person, 1] = modelling.normal(world.luck, person, step, 1)
        row[person, 2] = modelling.exponential(world.luck, person, step, 2, 2.0)
        row[person, 3] = modelling.poisson(world.luck, person, step, 3, 4.0)
        row[person, 4] = modelling.binomial(world.luck, person, step, 4, 100, 0.03)
        row[person, 5] = modelling.mutate(world.luck, person, step, 5, 5, 6, 0.3)
        row[person, 6] = modelling.pick_by_weight(world.luck, person, step, 6, world.now.weights)
        row[person, 7] = modelling.fermi(row[person, 0], row[person, 1], 0.7)

    asked = Model(60, {"drawn": Column(width=8), "weights": Column(start=np.arange(5.0), rows=5)}, [Rule(draw_all, "sequential")])
    plain, fast = asked.run(3, compiled=False).columns["drawn"], asked.run(3).columns["drawn"]
    assert np.array_equal(plain, fast)
    picked = np.bincount(fast[:, 6].astype(int), minlength=5)
    assert picked[0] == 0 and picked.sum() == 60


def test_constants_that_ask_for_one_bit_are_compiled_right():
    """A product past 2**63 would let the compiler forget the highest bit of a word: a coin would fall otherwise than in Python."""

    def toss(person, step, world):
        drawn = world.now.drawn
        drawn[person, 0] = modelling.below(world.luck, person, step, 0, 2)
        drawn[person, 1] = modelling.word(world.luck, person, step, 0) < 2147483648
        drawn[person, 2] = modelling.uniform(world.luck, person, step, 0) < 0.5
        drawn[person, 3] = modelling.word(world.luck, person, step, 3) >> 31

    asked = Model(400, {"drawn": Column("i1", width=4)}, [Rule(toss, "sequential")])
    plain = asked.run(1, compiled=False).columns["drawn"]
    assert np.array_equal(plain, asked.run(1).columns["drawn"])
    assert np.array_equal(plain[:, 0], 1 - plain[:, 1]) and np.array_equal(plain[:, 1], plain[:, 2])


def test_selection_and_mutation_follow_their_chances():
    weights = np.array([1.0, 0.0, 3.0])
    picked = np.bincount([modelling.pick_by_weight(LUCK, i, 0, 0, weights) for i in range(MANY)], minlength=3) / MANY
    assert picked[1] == 0 and abs(picked[2] - 0.75) < 4 * sqrt(0.1875 / MANY)
    assert {modelling.pick_by_weight(LUCK, i, 0, 0, np.zeros(3)) for i in range(100)} == {0, 1, 2}
    flipped = np.mean([modelling.mutate(LUCK, i, 0, 0, 0, 4, 0.25).bit_count() for i in range(MANY)])
    assert abs(flipped - 1) < 4 * sqrt(0.75 / MANY)
    assert modelling.fermi(1.0, 1.0, 5.0) == 0.5 and modelling.fermi(0.0, 9e9, 1.0) == pytest.approx(1)


# ---- ties --------------------------------------------------------------------------------------------------------------


def pairs_of(found):
    """Ties as a set of (one, other)."""
    return {(one, int(found.ends[slot])) for one in range(len(found.first) - 1) for slot in range(found.first[one], found.first[one + 1])}


@pytest.mark.parametrize(
    "made", [ties.complete(7), ties.ring(9, 2), ties.random_ties(60, 4.0, 5), ties.small_world(30, 2, 0.3, 5), ties.grid(5, 6, 1)]
)
def test_ties_are_seen_from_both_ends_and_nobody_is_her_own(made):
    found = pairs_of(made)
    assert len(found) == len(made.ends) == made.first[-1]
    assert all((other, one) in found and one != other for one, other in found)


def test_generated_ties_have_the_numbers_they_promise():
    assert len(ties.complete(7).ends) == 42 and len(ties.ring(9, 2).ends) == 36 and len(ties.no_ties(4).ends) == 0
    assert len(ties.small_world(30, 2, 0.3, 5).ends) == 120
    mean = len(ties.random_ties(2000, 6.0, 5).ends) / 2000
    assert abs(mean - 6) < 4 * sqrt(2 * 6 / 2000)
    assert [ties.count_ties(ties.grid(40, 40, 7, measure), 0) for measure in ("euclidean", "moore", "von_neumann")] == [148, 224, 112]
    assert ties.count_ties(ties.grid(40, 40, 7, "euclidean", own=True), 5) == 149
    assert ties.count_ties(ties.grid(4, 4, 1, torus=False), 0) == 3


@given(st.integers(2, 12).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2), max_size=20))))
def test_given_pairs_come_back(asked):
    people, pairs = asked
    found = ties.from_pairs(people, [one for one, _ in pairs], [other for _, other in pairs], directed=True)
    back = [(one, ties.tie(found, one, slot)) for one in range(people) for slot in range(ties.count_ties(found, one))]
    assert sorted(back) == sorted(pairs)


def test_rewiring_turns_one_end():
    found = ties.ring(5, 1)
    ties.rewire(found, 2, 0, 4)
    assert ties.tie(found, 2, 0) == 4 and ties.tie(found, 1, 1) == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: ties.from_pairs(3, [0], [3]), "from 0 to 2"),
        (lambda: ties.from_pairs(3, [0, 1], [2]), "one length"),
        (lambda: ties.ring(4, 2), "a reach from 1 to 1"),
        (lambda: ties.small_world(4, 2, 0.1, 1), "a reach from 1 to 1"),
        (lambda: ties.random_ties(4, 9, 1), "0 to 3 ties"),
        (lambda: ties.grid(6, 6, 1, "taxi"), "measure is one of"),
        (lambda: ties.grid(6, 6, 3), "radius must be below 3"),
    ],
)
def test_ties_that_cannot_be_are_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        wrong()


# ---- compiling ---------------------------------------------------------------------------------------------------------


def helper(value):
    return value + 1


def calls_helper(value):
    return helper(value) * 2


def test_a_fingerprint_changes_with_what_a_rule_calls(monkeypatch):
    before = fingerprint(calls_helper)
    assert before == fingerprint(calls_helper) and compiled(calls_helper)(3) == calls_helper(3) == 8
    monkeypatch.setitem(calls_helper.__globals__, "helper", lambda value: value + 2)
    assert fingerprint(calls_helper) != before and compiled(calls_helper)(3) == 10


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1))
def test_a_rule_in_wide_numbers_is_the_rule_in_real_numbers(value, goal, share):
    bits = 44
    one = 1 << bits
    moved = wide("reacting", bits).towards(round(value * one), round(goal * one), round(share * one)) / one
    assert moved == pytest.approx(value + share * (goal - value), abs=1e-11)
    day = wide("reacting", 12).towards(round(value * 4096), round(goal * 4096), round(share * 4096))
    from glasstown import reacting

    assert day == reacting.towards(round(value * 4096), round(goal * 4096), round(share * 4096))
