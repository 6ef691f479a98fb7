"""Curves as tables of integers, made once: the same bytes on every machine.

Exponentials and logarithms come from decimal arithmetic, which rounds correctly everywhere; normal quantiles are rounded to
1 / ONE, far coarser than what two mathematics libraries differ by.
"""

from decimal import Decimal, localcontext
from functools import cache
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

from glasstown.world import BITS, ONE

STEPS = 4096  # quantiles of a table; a 32-bit word picks one by its upper 12 bits
WIDEST = 8  # standard deviations beyond which a normal value is clipped
LEVEL = 1 << 20  # 1.0 of a level


@cache
def _normal() -> Any:
    upper = [round(NormalDist().inv_cdf((step + 0.5) / STEPS) * ONE) for step in range(STEPS // 2, STEPS)]
    return np.array([-value for value in reversed(upper)] + upper, np.int64)


@cache
def _exponential() -> Any:
    with localcontext() as context:
        context.prec = 16
        return np.array([round(-((Decimal(2 * step + 1) / (2 * STEPS)).ln()) * ONE) for step in reversed(range(STEPS))], np.int64)


@cache
def _growth(spread: float) -> Any:
    with localcontext() as context:
        context.prec = 16
        step = Decimal(repr(spread)) / 64
        return np.array([round((step * place).exp() * LEVEL) for place in range(-64 * WIDEST, 64 * WIDEST + 2)], np.int64)


def normal(word: Any) -> Any:
    """Standard normal values, 1 / ONE, from 32-bit words."""
    return _normal()[word >> 20]


def exponential(word: Any) -> Any:
    """Exponential values of mean 1, 1 / ONE, from 32-bit words."""
    return _exponential()[word >> 20]


def log_normal(value: Any, spread: float) -> Any:
    """exp(spread * value), 1 / LEVEL, for normal values in 1 / ONE; between the table's entries by straight lines."""
    table = _growth(spread)
    place = np.clip(value, -WIDEST * ONE, WIDEST * ONE) + WIDEST * ONE
    low, part = table[place >> 6], place & 63
    return low + ((table[(place >> 6) + 1] - low) * part >> 6)


def blend(shared: Any, own: Any, likeness: float) -> Any:
    """Normal values of which two with the same ``shared`` part correlate by ``likeness`` (0 to 1)."""
    return (shared * round(sqrt(likeness) * ONE) + own * round(sqrt(1 - likeness) * ONE)) >> BITS
