"""Worlds that tip: exact intervals against known ones, what couples are worth, and heaps that no mean describes."""

import numpy as np
import pytest

from glasstown.study import tipping


def test_the_exact_interval_of_independent_worlds():
    """Clopper and Pearson at 90 %: none of 10 is at most 1 - 0.05 ** (1 / 10); of 20, 7 lie between the roots of the two binomial tails."""
    assert tipping.exact(0, 10) == pytest.approx((0.0, 1 - 0.05**0.1))
    assert tipping.exact(10, 10) == pytest.approx((0.05**0.1, 1.0))
    low, high = tipping.exact(7, 20)
    tail = np.array([binomial(20, count, low) for count in range(7, 21)]).sum()
    head = np.array([binomial(20, count, high) for count in range(8)]).sum()
    assert (tail, head) == pytest.approx((0.05, 0.05), abs=1e-9)
    assert tipping.exact(0, 0) == (None, None)


def binomial(worlds, count, chance):
    from math import comb

    return comb(worlds, count) * chance**count * (1 - chance) ** (worlds - count)


def test_twins_in_luck_are_worth_one_world():
    same = tipping.share([True, True, False, False] * 10)
    apart = tipping.share([True, False] * 20)
    assert same["share"] == apart["share"] == 0.5 and (same["split"], apart["split"]) == (0, 20)
    assert (same["low"], same["high"]) == pytest.approx(tipping.exact(10, 20), abs=1e-9)
    assert (apart["low"], apart["high"]) == pytest.approx(tipping.exact(20, 40))
    assert tipping.share([False] * 40)["high"] == pytest.approx(1 - 0.05 ** (1 / 20))  # nothing tells that they are independent


def test_the_interval_covers():
    """Of many studies of 30 couples that share a chance to tip, at least nine in ten cover the true share."""
    draw, inside = np.random.default_rng(1), 0
    for _ in range(400):
        chance = np.repeat(draw.choice([0.1, 0.9], 30), 2)
        found = tipping.share([bool(one) for one in draw.random(60) < chance])
        inside += found["low"] <= 0.5 <= found["high"]
    assert inside >= 0.88 * 400


def test_few_whole_numbers_are_told_one_by_one():
    assert tipping.bins([3.0, -2.0, 3.0, 3.0, float("nan")]) == [
        {"from": -2.0, "to": -2.0, "worlds": 1}, {"from": 3.0, "to": 3.0, "worlds": 3},
    ]  # fmt: skip
    assert tipping.bins([]) == [] and tipping.bins([float("nan")]) == []


def test_worlds_where_nothing_happened_stand_apart():
    found = tipping.bins([0.0] * 5 + [0.5 + place for place in range(14)] + [7.0])
    assert found[0] == {"from": 0.0, "to": 0.0, "worlds": 5}
    assert [row["worlds"] for row in found[1:]] == [2, 2, 2, 3, 2, 2, 2] and sum(row["worlds"] for row in found) == 20
    assert found[1]["from"] == 0.0 and found[-1]["to"] == pytest.approx(13.5)
    mixed = tipping.bins([-1.5, 2.5, 0.3])
    assert mixed[0]["from"] == -1.5 and sum(row["worlds"] for row in mixed) == 3
