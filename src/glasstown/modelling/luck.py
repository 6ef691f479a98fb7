"""Draws for rules: each is a pure function of an address (who, step, what for, which one), in Python and compiled alike.

``purpose`` is any number of yours from 0 to 2**20 - 1; two draws of one person in one step need two purposes or two ``extra``.
"""

from collections import namedtuple
from math import cos, exp, floor, log, pi, sqrt

from glasstown import draws

Luck = namedtuple("Luck", ["key_0", "key_1"])
UNIT = 1.0 / 4294967296.0
SHUFFLE, PICK = 1 << 20, (1 << 20) + 4  # purposes of the orders themselves
MORE = 1 << 24  # extras of one draw that needs several words


def luck_of(seed: int, replicate: int) -> Luck:
    """The luck of a replicate of a study."""
    return Luck(*draws.key_of(seed, replicate))


def word(luck: Luck, who: int, step: int, purpose: int, extra: int = 0) -> int:
    """An even 32-bit integer, 0 to 2**32 - 1 (Philox4x32-10: Salmon et al., SC11, 2011)."""
    return draws.draw(luck.key_0, luck.key_1, who, step, purpose, extra)


def uniform(luck: Luck, who: int, step: int, purpose: int, extra: int = 0) -> float:
    """An even number in (0, 1): the middles of 2**32 equal steps."""
    return (draws.draw(luck.key_0, luck.key_1, who, step, purpose, extra) + 0.5) * UNIT


def below(luck: Luck, who: int, step: int, purpose: int, count: int, extra: int = 0) -> int:
    """An even integer, 0 to ``count`` - 1."""
    return (draws.draw(luck.key_0, luck.key_1, who, step, purpose, extra) * count) >> 32


def normal(luck: Luck, who: int, step: int, purpose: int, extra: int = 0) -> float:
    """A standard normal number (Box and Muller, Annals of Mathematical Statistics 29, 1958)."""
    a, b, _, _ = draws.philox(who, step, purpose, extra, luck.key_0, luck.key_1 ^ 1)
    return sqrt(-2.0 * log((a + 0.5) * UNIT)) * cos(2.0 * pi * (b + 0.5) * UNIT)


def exponential(luck: Luck, who: int, step: int, purpose: int, mean: float, extra: int = 0) -> float:
    """An exponential number of this mean."""
    return -mean * log(uniform(luck, who, step, purpose, extra))


def pareto(luck: Luck, who: int, step: int, purpose: int, least: float, exponent: float, extra: int = 0) -> float:
    """A number of at least ``least`` whose chance to exceed x is (least / x)**exponent."""
    return least * uniform(luck, who, step, purpose, extra) ** (-1.0 / exponent)


def poisson(luck: Luck, who: int, step: int, purpose: int, mean: float, extra: int = 0) -> int:
    """A Poisson number of this mean (at most about 500), by inversion."""
    share = uniform(luck, who, step, purpose, extra)
    term = exp(-mean)
    number = 0
    while share >= term and term > 0.0:
        share -= term
        number += 1
        term *= mean / number
    return number


def binomial(luck: Luck, who: int, step: int, purpose: int, trials: int, chance: float, extra: int = 0) -> int:
    """How many of ``trials`` succeed, each with this chance: by the gaps between successes, so its time is that of the successes."""
    if chance <= 0.0:
        return 0
    if chance >= 1.0:
        return trials
    gap = 1.0 / log(1.0 - chance)
    number = 0
    place = floor(log(uniform(luck, who, step, purpose, extra)) * gap)
    while place < trials:
        number += 1
        place += 1 + floor(log(uniform(luck, who, step, purpose, extra + MORE * number)) * gap)
    return number
