"""Ties in layers: kin, work, neighbourhood, friends.

Each layer sets people in an order of what binds them, and ties those within reach in that order: neighbours in a ring give
the clustering of a small world, some far friends its short ways (Watts and Strogatz 1998). Reach differs between people, so
that degrees do. No step looks at a group's number, only at whether two are equal.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from glasstown import draws
from glasstown.people import luck
from glasstown.people.households import Homes
from glasstown.people.recipe import Recipe
from glasstown.world import ADULT_AGE, PENSION_AGE

FARTHEST = 12  # steps apart in an order at which people are still tied
FAMILY_STEPS = 3  # households apart within a family
SLACK = 16  # years by which the order of age in a circle of friends is blurred
GENERATION = 28  # years; families join people of like age and of whole generations apart
Pairs = list[tuple[Any, Any]]


def bind(recipe: Recipe, rows: Any, homes: Homes, key: tuple[int, int]) -> Any:
    """All ties: fills the tie columns of ``rows`` and returns the other ends (int32), layer by layer within a citizen."""
    count = len(rows)
    bits = max(int(count - 1).bit_length(), 1)
    if bits > 30:
        raise ValueError("founding numbers at most 2**30 people")
    layers = (kin(recipe, rows, homes, key), colleagues(recipe, rows, key), street(recipe, rows, homes, key), friends(recipe, rows, key))
    ties = once(layers, bits)
    low, layer, high = ties >> (bits + 2), ties & 3, ties >> 2 & (1 << bits) - 1
    ends = np.empty(2 * len(ties), np.int64)
    np.copyto(ends[: len(ties)], low << (bits + 2) | layer << bits | high)
    np.copyto(ends[len(ties) :], high << (bits + 2) | layer << bits | low)
    del ties, low, layer, high
    ends.sort()
    degree = np.bincount(ends >> bits, minlength=4 * count).reshape(count, 4)
    total = degree.sum(axis=1)
    if total.max(initial=0) > 255:
        raise ValueError(f"a citizen has {int(total.max())} ties; at most 255 are kept")
    rows["ties"], rows["first_tie"] = total, np.cumsum(total) - total
    rows["kin"], rows["colleagues"], rows["neighbours"] = degree[:, 0], degree[:, 1], degree[:, 2]
    return (ends & (1 << bits) - 1).astype(np.int32)


def once(layers: tuple[Pairs, ...], bits: int) -> Any:
    """All pairs as codes (low, high, layer), sorted; nobody is tied to herself, and a pair keeps its first layer."""
    codes = []
    for layer, pairs in enumerate(layers):
        for one, other in pairs:
            codes.append(np.minimum(one, other) << (bits + 2) | np.maximum(one, other) << 2 | layer)
            codes[-1] = codes[-1][one != other]
        pairs.clear()
    joined = np.concatenate([np.zeros(0, np.int64), *codes])
    joined.sort()
    keep = np.ones(len(joined), bool)
    keep[1:] = joined[1:] >> 2 != joined[:-1] >> 2
    return joined[keep]


def in_order(citizens: Any, cell: Any, word: Any) -> Any:
    """Citizens sorted by cell (below 2**16), shuffled within it; citizen numbers break what 16 bits of luck leave equal."""
    sorted_ = cell.astype(np.int64) << 47 | word >> 16 << 31 | citizens
    sorted_.sort()
    return sorted_ & (1 << 31) - 1


def apart(order: Any, block: Any, reach: Any, most: int) -> Iterator[tuple[int, Any]]:
    """For each distance up to ``most``, the places in ``order`` tied to the place so much further on.

    Two are tied within a block (``block``, by place) at a distance that both reach (``reach``, by place).
    """
    for step in range(1, min(most, len(order) - 1) + 1):
        yield step, np.flatnonzero((block[:-step] == block[step:]) & (np.minimum(reach[:-step], reach[step:]) >= step))


def reaches(word: Any, mean: float) -> Any:
    """How far each reaches: geometric, so that people in an endless order have ``mean`` ties on average.

    Two at distance s are tied if both reach s: mean = 2 * sum of P(reach >= s)**2.
    """
    share = (mean / (2 + mean)) ** 0.5
    steps, chance = [], 1.0
    for _ in range(FARTHEST):
        chance *= share
        steps.append(luck.FULL - luck.threshold(chance))
    return np.searchsorted(np.array(steps, np.int64), word, side="right")


def kin(recipe: Recipe, rows: Any, homes: Homes, key: tuple[int, int]) -> Pairs:
    """Everybody of a household; and the adults of the households of a family: of one group, many of them near."""
    citizens = np.arange(len(rows))
    pairs: Pairs = []
    for step in range(1, int(rows["household"].max())):
        one = np.flatnonzero(homes.home[:-step] == homes.home[step:])
        pairs.append((one, one + step))
    heads = citizens[homes.place == 0]
    words = luck.words(key, heads, luck.FAMILY)
    where = np.where(words[0] < luck.threshold(recipe.family.near), homes.district, 64)
    alike = where * 2 + rows["group"][heads]
    years = (rows["age"][heads].astype(np.int64) + draws.below(words[3], 4)) % GENERATION
    order = in_order(np.arange(len(heads)), alike * GENERATION + years, words[1])
    begins = words[2, order] < luck.threshold(2 / (2 + recipe.family.households))
    begins[1:] |= alike[order][1:] != alike[order][:-1]
    for step, place in apart(order, np.cumsum(begins), np.full(len(order), FAMILY_STEPS), FAMILY_STEPS):
        one, other = order[place], order[place + step]
        for first in range(4):
            for second in range(4):
                both = (first < homes.adults[one]) & (second < homes.adults[other])
                left, right = homes.first[one[both]] + first, homes.first[other[both]] + second
                lives = np.maximum(left, right) < len(rows)  # the last household may be cut short
                pairs.append((left[lives], right[lives]))
    return pairs


def colleagues(recipe: Recipe, rows: Any, key: tuple[int, int]) -> Pairs:
    """Firms of Zipf sizes, many filled from one district; ties with those next to one in the firm."""
    workers = np.flatnonzero((rows["wage"] > 0) & (rows["age"] >= ADULT_AGE) & (rows["age"] < PENSION_AGE))
    words = luck.words(key, workers, luck.FIRM)
    near = np.where(words[0] < luck.threshold(recipe.firms.near), rows["district"][workers], 64)
    order = in_order(np.arange(len(workers)), near, words[1])
    sizes = np.minimum(luck.FULL // (words[3] + 1), recipe.firms.largest)
    ends = np.cumsum(sizes)
    firm = np.searchsorted(ends, np.arange(len(workers)), side="right")
    reach = reaches(words[2], recipe.colleagues.ties)[order]
    return [(workers[order[place]], workers[order[place + step]]) for step, place in apart(order, firm, reach, FARTHEST)]


def street(recipe: Recipe, rows: Any, homes: Homes, key: tuple[int, int]) -> Pairs:
    """Neighbours along the street: first adults with first adults, second adults with second adults."""
    pairs: Pairs = []
    for which in (0, 1):
        order = np.flatnonzero((homes.place == which) & (rows["age"] >= ADULT_AGE))
        reach = reaches(luck.words(key, order, luck.STREET)[0], recipe.neighbours.ties)
        pairs += [(order[place], order[place + step]) for step, place in apart(order, rows["district"][order], reach, FARTHEST)]
    return pairs


def friends(recipe: Recipe, rows: Any, key: tuple[int, int]) -> Pairs:
    """Circles of a district: one's own group's or an open one, in the order of age; some friends are instead found far away."""
    adults = np.flatnonzero(rows["age"] >= ADULT_AGE)
    words = luck.words(key, adults, luck.FRIEND)
    circle = np.where(words[0] < luck.threshold(recipe.friends.own_group), rows["group"][adults].astype(np.int64), 2)
    years = (rows["age"][adults].astype(np.int64) + draws.below(words[2], SLACK)) >> 1
    here = rows["district"][adults].astype(np.int64) << 2 | circle
    order = in_order(np.arange(len(adults)), here << 6 | years, words[1])
    town = in_order(np.arange(len(adults)), circle << 6 | years, words[1])
    reach = reaches(words[3], recipe.friends.ties)[order]
    pairs: Pairs = []
    for step, place in apart(order, here[order], reach, FARTHEST):
        one, other = order[place], order[place + step]
        luck_far = luck.words(key, adults[one], luck.FAR, step)
        far = np.flatnonzero(luck_far[0] < luck.threshold(recipe.friends.far))
        other[far] = somebody_far(one[far], circle, town, luck_far[1, far])
        pairs.append((adults[one], adults[other]))
    return pairs


def somebody_far(one: Any, circle: Any, town: Any, word: Any) -> Any:
    """For each, somebody of her kind of circle anywhere in the town, near in age: within a sixteenth of all of them."""
    place = np.empty(len(town), np.int64)
    place[town] = np.arange(len(town))
    size = np.bincount(circle, minlength=3)
    first = (np.cumsum(size) - size)[circle[one]]
    last = size[circle[one]] - 1
    around = np.maximum(size[circle[one]] >> 4, 3)
    goal = np.abs(place[one] - first - around + draws.below(word, 2 * around + 1))
    goal = np.clip(np.where(goal > last, 2 * last - goal, goal), 0, last)
    return town[first + goal]
