"""Curves along a rate that nobody has measured: bins by hand, both widths in each, one verdict for all."""

import numpy as np
import pytest

from glasstown.study import curve
from glasstown.study.statistics import estimate

COUPLES = 24


def a_curve(effect, couples=COUPLES, floor=0.0, events=1000.0):
    """Couples that drew 0, 1, 2 … in mixed order, and what the effect is at each; the two pairs of a couple differ a little."""
    values = [float((7 * couple) % couples) for couple in range(couples)]
    pairs = [effect(value) + luck for value in values for luck in (-0.1, 0.1)]
    return curve.bins(values, pairs, floor, 1000, [events] * len(pairs))


def test_bins_hold_equally_many_couples_in_order_of_the_rate():
    found = a_curve(lambda rate: 2 * rate)
    assert len(found) == 5 and [row["couples"] for row in found] == [5, 5, 4, 5, 5]
    assert (found[0]["from"], found[0]["to"], found[0]["at"], found[0]["value"]) == pytest.approx((0, 4, 2, 4))
    assert found[-1]["value"] == pytest.approx(2 * 21)
    assert len(a_curve(lambda rate: rate, couples=60)) == 7


def test_a_bin_has_its_own_mean_and_luck():
    found = a_curve(lambda rate: rate, couples=60)
    assert [row["couples"] for row in found] == [9, 8, 9, 8, 9, 8, 9]
    middle = found[3]
    assert (middle["value"], middle["from"], middle["to"]) == pytest.approx((29.5, 26, 33))
    own = estimate([29.5 - 0.1, 29.5 + 0.1] * 8)
    assert (middle["luck_low"], middle["luck_high"]) == pytest.approx((own.luck_low, own.luck_high))


def test_couples_around_a_bin_lend_how_far_they_lie_from_their_own():
    """A step of 1,000 from one bin to the next, and 3 more or less by couple: every bin is as wide as that, and no wider."""
    values = [float(couple) for couple in range(60)]
    steps = [1000 * sum(couple >= cut for cut in (9, 17, 26, 34, 43, 51)) for couple in range(60)]
    pairs = [steps[couple] + (3 if couple % 2 else -3) + luck for couple in range(60) for luck in (-0.1, 0.1)]
    for row in curve.bins(values, pairs, 0.0, 1000, [99.0] * 120):
        assert 5 < row["high"] - row["low"] < 9 and row["low"] < row["value"] < row["high"]


def test_a_fresh_draw_lies_in_the_band():
    """Effects in proportion to the rate and to something else nobody knows: nine in ten fresh couples lie within, and none below zero."""
    draw, inside, below = np.random.default_rng(3), 0, 0
    for _ in range(120):
        values = list(draw.permutation(60) / 5.0)
        other, luck = draw.lognormal(0, 0.6, 60), draw.normal(0, 0.02, (60, 2))
        pairs = [max(rate * factor + one, 0.0) for rate, factor, both in zip(values, other, luck, strict=True) for one in both]
        found = curve.bins(values, pairs, 0.0, 1000, [99.0] * 120)
        for row in found[1:]:
            inside += row["low"] <= draw.uniform(row["from"], row["to"]) * draw.lognormal(0, 0.6) <= row["high"]
            below += row["low"] < 0
    assert below == 0 and inside >= 0.88 * 120 * 6


def test_fewer_couples_than_a_range_needs_are_taken_to_be_normal():
    values = [0.0, 7.0, 14.0, 21.0, 4.0, 5.0, 6.0, 9.0]
    one, other = curve.bins(values, [rate + luck for rate in values for luck in (-0.1, 0.1)], 0.0, 1000, [99.0] * 16)[:2]
    own = estimate([rate + luck for rate in (0.0, 4.0) for luck in (-0.1, 0.1)])
    assert (one["value"], one["low"], one["high"]) == pytest.approx((own.value, own.low, own.high)) and other["value"] == 5.5


def test_what_is_negative_in_no_pair_is_not_said_to_be_however_few_couples_there_are():
    values = [float(couple) for couple in range(10)]
    pairs = [value**3 + luck for value in values for luck in (0.0, 0.1)]
    assert min(row["low"] for row in curve.bins(values, pairs, 0.0, 1000, [99.0] * 20)) == 0.0
    assert min(row["low"] for row in curve.bins(values, [pair - 1 for pair in pairs], 0.0, 1000, [99.0] * 20)) < 0


def test_too_few_couples_make_no_curve():
    assert curve.bins([1.0], [1.0, 2.0], 0.0, 1000, [99.0, 99.0]) == []
    assert a_curve(lambda rate: rate, couples=3) == []
    assert len(a_curve(lambda rate: rate, couples=6)) == 3


def test_one_verdict_for_a_curve():
    assert curve.told(a_curve(lambda rate: 10 + rate)) == "more"
    assert curve.told(a_curve(lambda rate: -10 - rate)) == "less"
    assert curve.told(a_curve(lambda rate: 0.0)) == "cannot tell"
    assert curve.told(a_curve(lambda rate: 10 + rate, events=0.1)) == "cannot tell"
    assert curve.told(a_curve(lambda rate: max(rate - 20, 0.0), couples=60)) == "more in part"
    assert curve.told(a_curve(lambda rate: 30 * (rate - 29.5), couples=60)) == "turns"
    assert curve.told([]) == "cannot tell"
