"""The luck of founding: purposes 128 to 191 of draws.py, taken in blocks of four words. Append-only.

A block costs one run of the generator, so what is drawn for the same people is drawn together.
"""

from typing import Any

import numpy as np

from glasstown import draws

# by household (its number)
HOUSEHOLD = draws.FOUNDING  # kind; age of its first adult; group; what its members share in their wages
HOME = draws.FOUNDING + 4  # does a partner come from anywhere in the district, and of which group; shared view; unused
# by citizen
PERSON = draws.FOUNDING + 8  # age; own part of the wage; own part of the view; does she work?
TRAITS = draws.FOUNDING + 12  # propensity; boldness; is she an official?; unused
FAMILY = draws.FOUNDING + 16  # (first adults) does her family live near; her place among families; does a family begin; slack of age
FIRM = draws.FOUNDING + 20  # does she work near home; her place among workers; how many colleagues she keeps; size of firm number i
STREET = draws.FOUNDING + 24  # how many neighbours she keeps; the rest unused
FRIEND = draws.FOUNDING + 28  # which circle she seeks; her place in it; slack of age; how many friends she keeps
FAR = draws.FOUNDING + 32  # (extra: steps apart) does this friend live far away; which one; the rest unused

REGISTRY = {
    "HOUSEHOLD": HOUSEHOLD, "HOME": HOME, "PERSON": PERSON, "TRAITS": TRAITS, "FAMILY": FAMILY, "FIRM": FIRM, "STREET": STREET,
    "FRIEND": FRIEND, "FAR": FAR,
}  # fmt: skip

FULL = 2**32
AT_ONCE = 1 << 15  # numbers a run of the generator, so that its arrays stay in the cache


def words(key: tuple[int, int], numbers: Any, block: int, extra: int = 0) -> Any:
    """Four 32-bit words (rows, int64) for each number (columns); the same as draws.draw of purposes block .. block + 3."""
    numbers = np.asarray(numbers)
    found = np.empty((4, len(numbers)), np.int64)
    for first in range(0, len(numbers), AT_ONCE):
        counter = numbers[first : first + AT_ONCE].astype(np.uint64)
        zero = np.zeros_like(counter)
        purpose, more = zero + np.uint64(block >> 2), zero + np.uint64(extra)
        for row, word in zip(found, draws.philox(counter, zero, purpose, more, np.uint64(key[0]), np.uint64(key[1]))):
            row[first : first + AT_ONCE] = word
    return found


def threshold(chance: float) -> int:
    """The 32-bit threshold of a chance; chances beyond 0 and 1 are clipped."""
    return int(min(max(chance, 0.0), 1.0) * FULL)


def shares(weights: Any) -> Any:
    """Cumulative 32-bit thresholds of weights, for np.searchsorted(..., side="right")."""
    total, run, steps = sum(weights), 0.0, []
    for weight in weights:
        run += weight
        steps.append(int(run / total * FULL))
    steps[-1] = FULL
    return np.array(steps, np.int64)


def pick(steps: Any, word: Any) -> Any:
    """Which of the shares each 32-bit word falls on."""
    return np.searchsorted(steps, word, side="right")
