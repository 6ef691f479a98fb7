"""Curves as tables: against SciPy, and the same integers on every machine."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from glasstown import draws
from glasstown.people import curves, luck
from glasstown.world import ONE

WORDS = luck.words(draws.key_of(2, 3), np.arange(100_000), luck.TRAITS)


def test_normal_values() -> None:
    values = curves.normal(WORDS[0]) / ONE
    assert abs(values.mean()) < 0.02 and values.std() == pytest.approx(1, abs=0.02)
    word = np.array([2**31, 2**31 - 1, int(0.975 * 2**32)])
    assert curves.normal(word) / ONE == pytest.approx([0, 0, 1.96], abs=0.01)


def test_exponential_values() -> None:
    values = curves.exponential(WORDS[1]) / ONE
    assert values.mean() == pytest.approx(1, abs=0.02) and values.std() == pytest.approx(1, abs=0.03)
    assert stats.kstest(values, "expon").statistic < 0.01


@pytest.mark.parametrize("spread", [0.0, 0.3, 0.8, 1.5])
def test_log_normal_values(spread: float) -> None:
    value = np.arange(-6 * ONE, 6 * ONE, 37)
    assert curves.log_normal(value, spread) / curves.LEVEL == pytest.approx(np.exp(spread * value / ONE), rel=1e-3, abs=1e-5)
    beyond = curves.log_normal(np.array([-100 * ONE, 100 * ONE]), spread) / curves.LEVEL
    assert beyond == pytest.approx([np.exp(-8 * spread), np.exp(8 * spread)], rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("likeness", [0.0, 0.25, 0.7, 1.0])
def test_blended_values_correlate_as_asked(likeness: float) -> None:
    shared, one, other = (curves.normal(word) for word in WORDS[:3])
    pair = curves.blend(shared, one, likeness), curves.blend(shared, other, likeness)
    assert np.corrcoef(*pair)[0, 1] == pytest.approx(likeness, abs=0.02)
    assert pair[0].std() / ONE == pytest.approx(1, abs=0.02)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_curves_rise_with_the_word(one: int, other: int) -> None:
    low, high = np.array([min(one, other)]), np.array([max(one, other)])
    assert curves.normal(low) <= curves.normal(high) and curves.exponential(low) <= curves.exponential(high)


def test_the_same_integers_everywhere() -> None:
    tables = (curves._normal(), curves._exponential(), curves._growth(0.8), curves._growth(0.5))
    assert hashlib.sha256(b"".join(table.tobytes() for table in tables)).hexdigest() == GOLDEN


GOLDEN = "baf737ba29f28c60ba42a99e92a34c5b7fb35237628427cc7fca067951ee029d"
