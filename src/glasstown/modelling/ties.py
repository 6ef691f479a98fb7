"""Ties of any kind: who is tied to whom, as index arrays, given in code or generated.

The ties of ``person`` are the slots ``first[person]`` to ``first[person + 1] - 1``; ``ends`` holds the other end of each. They may join
people, cells of a grid, or whatever has a number.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable
from math import hypot
from typing import Any

import numpy as np

from glasstown import draws
from glasstown.modelling.luck import UNIT, Luck, below, luck_of

Ties = namedtuple("Ties", ["first", "ends"])
WHERE, WHOM = 1 << 19, (1 << 19) + 4  # purposes of generated ties
Measure = Callable[[int, int], float]
MEASURES: dict[str, Measure] = {  # how far apart two cells are
    "euclidean": lambda across, down: hypot(across, down),
    "moore": lambda across, down: max(abs(across), abs(down)),
    "von_neumann": lambda across, down: abs(across) + abs(down),
}


def count_ties(ties: Ties, person: int) -> int:
    """How many ties a person has."""
    return ties.first[person + 1] - ties.first[person]


def tie(ties: Ties, person: int, slot: int) -> int:
    """The other end of the person's tie number ``slot`` (0 to ``count_ties`` - 1)."""
    return ties.ends[ties.first[person] + slot]


def rewire(ties: Ties, person: int, slot: int, end: int) -> None:
    """Turn the person's tie number ``slot`` to somebody else: she writes her own end only, so ties that are rewired have a direction."""
    ties.ends[ties.first[person] + slot] = end


def from_pairs(people: int, one: Any, other: Any, directed: bool = False) -> Ties:
    """Ties from two arrays of indices, 0 to ``people`` - 1; each pair is seen from both ends unless ``directed``.

    Raises ValueError where an index is nobody's or the arrays differ in length.
    """
    one, other = np.asarray(one, np.int64).ravel(), np.asarray(other, np.int64).ravel()
    if len(one) != len(other):
        raise ValueError(f"ties need two arrays of one length; {len(one)} and {len(other)} were given")
    if len(one) and not (min(one.min(), other.min()) >= 0 and max(one.max(), other.max()) < people):
        raise ValueError(f"ties name people from 0 to {people - 1}; found {min(one.min(), other.min())} to {max(one.max(), other.max())}")
    starts = one if directed else np.concatenate([one, other])
    ends = other if directed else np.concatenate([other, one])
    order = np.lexsort((ends, starts))
    first = np.zeros(people + 1, np.int64)
    np.cumsum(np.bincount(starts, minlength=people), out=first[1:])
    return Ties(first, ends[order].astype(np.int32))


def no_ties(people: int) -> Ties:
    """Nobody is tied to anybody."""
    return from_pairs(people, (), ())


def complete(people: int) -> Ties:
    """Everybody is tied to everybody else."""
    one, other = np.triu_indices(people, 1)
    return from_pairs(people, one, other)


def ring(people: int, reach: int = 1) -> Ties:
    """People in a ring, each tied to the ``reach`` next ones on both sides."""
    if not 0 < 2 * reach < people:
        raise ValueError(f"a ring of {people} people allows a reach from 1 to {(people - 1) // 2}; {reach} was given")
    person = np.arange(people)
    steps = [(person, (person + step) % people) for step in range(1, reach + 1)]
    return from_pairs(people, np.concatenate([one for one, _ in steps]), np.concatenate([other for _, other in steps]))


def random_ties(people: int, mean: float, luck: Luck | int) -> Ties:
    """Each pair is tied with the same chance, ``mean`` ties a person on average (Gilbert 1959; Erdos and Renyi 1959)."""
    luck = luck_of(luck, 0) if isinstance(luck, int) else luck
    chance = mean / max(people - 1, 1)
    if not 0 <= chance <= 1:
        raise ValueError(f"people can have 0 to {people - 1} ties on average; {mean} was given")
    return from_pairs(people, *_gaps(people, chance, luck)) if chance else no_ties(people)


def _gaps(people: int, chance: float, luck: Luck) -> tuple[Any, Any]:
    """Pairs that are tied, found by the gaps between them in the list of all pairs (Batagelj and Brandes, Phys. Rev. E 71, 2005)."""
    pairs = people * (people - 1) // 2
    if chance == 1.0:
        return tuple(np.triu_indices(people, 1))  # type: ignore[return-value]
    places, last, drawn = [np.zeros(0, np.int64)], -1, 0
    block = int(pairs * chance + 4 * (pairs * chance) ** 0.5) + 16
    while last < pairs:
        even = (draws.draw_many(luck, np.arange(drawn, drawn + block), 0, WHERE) + 0.5) * UNIT
        steps = 1 + np.floor(np.log(even) / np.log1p(-chance)).astype(np.int64)
        places.append(last + np.cumsum(steps))
        last, drawn = int(places[-1][-1]), drawn + block
    found = np.concatenate(places)
    found = found[found < pairs]
    high = np.floor((1 + np.sqrt(1 + 8 * found.astype(float))) / 2).astype(np.int64)
    high -= high * (high - 1) // 2 > found
    high += (high + 1) * high // 2 <= found
    return found - high * (high - 1) // 2, high


def small_world(people: int, reach: int, chance: float, luck: Luck | int) -> Ties:
    """A ring in which each tie is turned to somebody else with this chance (Watts and Strogatz, Nature 393, 1998)."""
    luck = luck_of(luck, 0) if isinstance(luck, int) else luck
    kept = {(person, (person + step) % people) for step in range(1, reach + 1) for person in range(people)}
    tied = {(min(pair), max(pair)) for pair in kept}
    if len(tied) != people * reach:
        raise ValueError(f"a ring of {people} people allows a reach from 1 to {(people - 1) // 2}; {reach} was given")
    for step in range(1, reach + 1):
        turned = (draws.draw_many(luck, np.arange(people), step, WHERE) + 0.5) * UNIT < chance
        for person in map(int, np.flatnonzero(turned)):
            other = (person + step) % people
            for attempt in range(100):
                end = below(luck, person, step, WHOM, people, attempt)
                new = (min(person, end), max(person, end))
                if end != person and new not in tied:
                    tied.remove((min(person, other), max(person, other)))
                    tied.add(new)
                    break
    pairs = np.array(sorted(tied), np.int64)
    return from_pairs(people, pairs[:, 0], pairs[:, 1])


def grid(rows: int, columns: int, radius: float, measure: str = "moore", own: bool = False, torus: bool = True) -> Ties:
    """Cells of a grid, each tied to those within ``radius``; cell (r, c) has the number r * columns + c.

    ``measure``: "euclidean", "moore" (the larger of the two distances) or "von_neumann" (their sum). ``own``: the cell itself as well.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is one of {', '.join(MEASURES)}; {measure!r} was given")
    far = int(radius)
    if torus and 2 * far >= min(rows, columns):
        raise ValueError(f"on a torus of {rows} by {columns} cells the radius must be below {min(rows, columns) / 2}; {radius} was given")
    near = [
        (down, across)
        for down in range(-far, far + 1)
        for across in range(-far, far + 1)
        if MEASURES[measure](across, down) <= radius and (own or (down, across) != (0, 0))
    ]
    starts, ends = zip(*_joined(rows, columns, near, torus), strict=True)
    return from_pairs(rows * columns, np.concatenate(starts), np.concatenate(ends), directed=True)


def _joined(rows: int, columns: int, near: list[tuple[int, int]], torus: bool) -> Iterable[tuple[Any, Any]]:
    """For each step on the grid, the cells it leads from and to."""
    row, column = np.divmod(np.arange(rows * columns), columns)
    for down, across in near:
        to_row, to_column = row + down, column + across
        if torus:
            yield np.arange(rows * columns), to_row % rows * columns + to_column % columns
        else:
            inside = (to_row >= 0) & (to_row < rows) & (to_column >= 0) & (to_column < columns)
            yield np.flatnonzero(inside), to_row[inside] * columns + to_column[inside]
