"""People on the cells of a grid: who stands where, what is near, and a free cell to move to.

Columns with a row a cell hold what stands there; ``near`` is the ties of ``grid``, by which a cell sees others and is seen by them.
Who stands on a cell is a pile: ``top[cell]`` came last, ``under[person]`` stands below her, -1 is nobody.
"""

from typing import Any

from glasstown import draws
from glasstown.modelling.luck import Luck, below
from glasstown.modelling.ties import Ties

TRIES = 16  # words drawn at random, four at a time, before the free cells are counted
APART = 2  # keeps the words of these draws apart from those of others with the same address


def stand(top: Any, under: Any, cell: int, person: int) -> None:
    """She comes to stand on a cell."""
    under[person] = top[cell]
    top[cell] = person


def leave(top: Any, under: Any, cell: int, person: int) -> None:
    """She leaves the cell on which she stands."""
    if top[cell] == person:
        top[cell] = under[person]
        return
    above = top[cell]
    while under[above] != person:
        above = under[above]
    under[above] = under[person]


def add_near(near: Ties, cell: int, counts: Any, change: int) -> None:
    """Change what every cell counts that sees this one: so a count of what is near costs nothing to read."""
    for slot in range(near.first[cell], near.first[cell + 1]):
        counts[near.ends[slot]] += change


def free_cell(luck: Luck, who: int, step: int, purpose: int, near: Ties, cell: int, taken: Any) -> int:
    """One of the cells near this one of which ``taken`` is 0, evenly; -1 if there is none.

    It tries cells at random, and counts the free ones only where few are.
    """
    first = near.first[cell]
    count = near.first[cell + 1] - first
    for turn in range(TRIES):
        for word in draws.philox(who, step, purpose, turn, luck.key_0, luck.key_1 ^ APART):
            found: int = near.ends[first + ((word * count) >> 32)]
            if taken[found] == 0:
                return found
    free = 0
    for slot in range(first, first + count):
        free += taken[near.ends[slot]] == 0
    if free == 0:
        return -1
    left = below(luck, who, step, purpose, free, TRIES)
    for slot in range(first, first + count):
        found = near.ends[slot]
        if taken[found] == 0:
            if left == 0:
                return found
            left -= 1
    return -1
