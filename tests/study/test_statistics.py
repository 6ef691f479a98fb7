"""Two widths of an interval: worked by hand, nested, exactly zero for equals, and right as often as they say."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.study import statistics
from glasstown.study.statistics import Estimate, estimate, floor_of, ratio, verdict

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


def test_worked_by_hand():
    # couples (1, 3), (5, 7), (3, 5): means 2, 6, 4; within 2; between 2 * (4 + 4 + 0) / 2 = 8
    found = estimate([1.0, 3.0, 5.0, 7.0, 3.0, 5.0])
    luck = 2.353363 * math.sqrt(2 / 6)  # t at 95 % with 3 degrees of freedom
    wide = 2.919986 * math.sqrt((8 - 2) / 2 + 8 / 6)  # with 2
    assert found.value == 4
    assert (found.luck_low, found.luck_high) == pytest.approx((4 - luck, 4 + luck), abs=1e-5)
    assert (found.low, found.high) == pytest.approx((4 - wide, 4 + wide), abs=1e-5)


@given(st.lists(NUMBERS, min_size=4, max_size=15))
def test_the_wide_interval_holds_the_narrow_one_and_the_mean(differences):
    found = estimate(differences)
    assert found.low <= found.luck_low <= found.value <= found.luck_high <= found.high


@given(st.lists(NUMBERS, min_size=4, max_size=12), st.floats(0.1, 10), NUMBERS)
def test_other_units_give_the_same_interval_in_other_units(differences, factor, shift):
    first, second = estimate(differences), estimate([factor * value + shift for value in differences])
    scale = 1e-9 * (1 + abs(shift) + factor * max(map(abs, differences)))
    assert second.low == pytest.approx(factor * first.low + shift, rel=1e-6, abs=1e3 * scale)
    assert second.luck_high == pytest.approx(factor * first.luck_high + shift, rel=1e-6, abs=1e3 * scale)


def test_equal_worlds_have_no_width():
    assert estimate([0.0] * 8) == Estimate(0.0, 0.0, 0.0, 0.0, 0.0)
    assert verdict(estimate([0.0] * 8), 0.0, 1e6, 1e6) == "cannot tell"


@pytest.mark.parametrize("pairs", [1, 2, 3])
def test_too_few_pairs_have_no_interval(pairs):
    found = estimate([2.0] * pairs)
    assert found == Estimate(2.0)
    assert verdict(found, 0.0, 1e6, 1e6) == "cannot tell"


def test_couples_in_which_there_was_nobody_to_count_are_left_out():
    nobody = float("nan")
    found, whole = estimate([1.0, 2.0, nobody, 9.0, 3.0, 5.0, nobody, nobody]), estimate([1.0, 2.0, 3.0, 5.0])
    assert (found.value, found.low, found.luck_high) == (whole.value, whole.low, whole.luck_high)
    assert (found.counted, whole.counted) == (4, None)
    assert estimate([1.0, nobody, 3.0, 4.0, 4.0]) == Estimate(3.0, counted=4)  # one whole couple: too few for an interval
    assert estimate([nobody] * 4).value is None
    assert estimate([]).value is None


@pytest.mark.parametrize(
    ("found", "floor", "adults", "events", "told"),
    [
        (Estimate(2.0, 1.0, 3.0, 1.5, 2.5), 0.5, 1000, 100, "more"),
        (Estimate(-2.0, -3.0, -1.0, -2.5, -1.5), 0.5, 1000, 100, "less"),
        (Estimate(2.0, -0.1, 4.0, 1.5, 2.5), 0.5, 1000, 100, "cannot tell"),
        (Estimate(2.0, 1.0, 3.0, 1.5, 2.5), 2.0, 1000, 100, "cannot tell"),
        (Estimate(2.0, 1.0, 3.0, 1.5, 2.5), 0.5, 99, 100, "cannot tell"),
        (Estimate(2.0, 1.0, 3.0, 1.5, 2.5), 0.5, 1000, 9, "cannot tell"),
        (Estimate(2.0, 1.0, 3.0, 1.5, 2.5), None, 1000, 100, "more"),
        (Estimate(None), 0.5, 1000, 100, "cannot tell"),
    ],
)
def test_verdict(found, floor, adults, events, told):
    assert verdict(found, floor, adults, events) == told


def test_floor_is_the_95th_percentile_of_sizes():
    assert floor_of([-3.0, 1.0, 2.0]) == pytest.approx(np.quantile([1, 2, 3], 0.95))
    assert floor_of([0.0] * 5) == 0.0
    assert floor_of([float("nan")]) is None


def test_ratio_of_totals():
    found = ratio([2.0, 4.0, 3.0, 3.0], [1.0, 2.0, 1.5, 1.5], couples=True)
    assert found == pytest.approx((2.0, 2.0, 2.0))
    assert ratio([1.0, 2.0], [0.0, 0.0], couples=False) is None
    assert ratio([1.0, 0.0], [1.0, 1.0], couples=False) is None  # one pair holds everything: no interval


@pytest.mark.parametrize("pairs", [24, 38, 40, 78])
@pytest.mark.parametrize("spread", [0.0, 1.0, 3.0])
def test_intervals_are_right_as_often_as_they_say(spread, pairs):
    """Of 90 % intervals: the narrow one covers the mean at these draws, the wide one the effect at a draw not seen."""
    generator, worlds = np.random.default_rng(1), 1500
    luck = wide = 0
    for _ in range(worlds):
        draw = generator.normal(0, spread, pairs // 2)
        found = estimate((np.repeat(draw, 2) + generator.normal(0, 1, pairs)).tolist())
        luck += found.luck_low <= draw.mean() <= found.luck_high
        wide += found.low <= generator.normal(0, spread) <= found.high
    assert luck / worlds == pytest.approx(statistics.LEVEL, abs=0.03)
    assert 0.84 < wide / worlds <= 1.0


@given(st.lists(st.floats(1.0, 100.0), min_size=statistics.MANY, max_size=30), st.floats(0.0, 0.1))
def test_with_many_couples_what_is_never_negative_has_no_negative_range(draws, luck):
    found = estimate([value + sign * luck for value in draws for sign in (-1, 1)])
    assert found.low > -1e-9
