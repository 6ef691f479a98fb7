"""Ties in layers: kin, work, neighbourhood, friends. Each layer orders people by what binds them and ties those in reach.

Reach along an ordering gives the clustering of a small world (Watts and Strogatz 1998); far friends shorten it.
"""

from typing import Any

import numpy as np

from glasstown import draws
from glasstown.people.recipe import Recipe
from glasstown.world import ADULT_AGE

KIN, FIRM, FRIEND, FAR = draws.FOUNDING + 16, draws.FOUNDING + 20, draws.FOUNDING + 24, draws.FOUNDING + 28


def bind(recipe: Recipe, rows: Any, home: Any, key: tuple[int, int]) -> Any:
    """All ties: fills the tie columns of ``rows`` and returns the other ends (int32), layer by layer within a citizen."""
    layers = (
        kin(recipe, rows, home, key),
        colleagues(recipe, rows, key),
        neighbours(recipe, rows, home),
        friends(recipe, rows, key),
    )
    count = len(rows)
    pairs = np.concatenate(list(layers))
    layer = np.repeat(np.arange(4), [len(pair) for pair in layers])
    low, high = np.minimum(pairs[:, 0], pairs[:, 1]), np.maximum(pairs[:, 0], pairs[:, 1])
    code = (low * count + high) * 4 + layer
    code.sort()
    own = code >> 2
    keep = np.ones(len(code), bool)
    keep[1:] = own[1:] != own[:-1]  # a pair keeps its first layer
    keep &= (own // count) != (own % count)
    low, high, layer = own[keep] // count, own[keep] % count, code[keep] & 3
    ends = np.concatenate([(low * 4 + layer) * count + high, (high * 4 + layer) * count + low])
    ends.sort()
    whose = ends // count
    degree = np.bincount(whose, minlength=4 * count).reshape(count, 4)
    total = degree.sum(axis=1)
    rows["ties"], rows["first_tie"] = total, np.cumsum(total) - total
    rows["kin"], rows["colleagues"], rows["neighbours"] = degree[:, 0], degree[:, 1], degree[:, 2]
    return (ends % count).astype(np.int32)


def along(order: Any, reach: int, same: Any = None) -> Any:
    """Pairs of people at most ``reach`` apart in an ordering; with ``same``, only within equal values of it."""
    found = [np.zeros((0, 2), np.int64)]
    for step in range(1, reach + 1):
        one, other = order[:-step], order[step:]
        pair = np.stack([one, other], axis=1)
        found.append(pair if same is None else pair[same[one] == same[other]])
    return np.concatenate(found)


def words(key: tuple[int, int], numbers: Any, purpose: int) -> Any:
    """One word for each number."""
    return draws.draw_many(key, numbers, 0, purpose)


def kin(recipe: Recipe, rows: Any, home: Any, key: tuple[int, int]) -> Any:
    """Everybody of a household, and the adults of households that are kin: near, and of one group."""
    citizens = np.arange(len(rows))
    pairs = [np.zeros((0, 2), np.int64)]
    for step in range(1, int(rows["household"].max(initial=1))):
        early = citizens[: len(rows) - step]
        pairs.append(np.stack([early, early + step], axis=1)[home[early] == home[early + step]])
    heads = citizens[rows["place"] == 0]
    shuffled = heads[
        np.argsort((rows["group"][heads].astype(np.int64) << 60) | ((home[heads] >> 6) << 32) | words(key, heads, KIN), kind="stable")
    ]
    related = along(shuffled, recipe.ties.kin, rows["group"])
    for one, other in ((0, 0), (0, 1), (1, 0), (1, 1)):
        left, right = related[:, 0] + one, related[:, 1] + other
        lives = (one < rows["household"][related[:, 0]]) & (other < rows["household"][related[:, 1]])
        left, right = left[lives], right[lives]
        grown = (rows["age"][left] >= ADULT_AGE) & (rows["age"][right] >= ADULT_AGE)
        pairs.append(np.stack([left[grown], right[grown]], axis=1))
    return np.concatenate(pairs)


def colleagues(recipe: Recipe, rows: Any, key: tuple[int, int]) -> Any:
    """Firms of unequal size, filled from all districts; ties to those next to one in the firm."""
    citizens = np.arange(len(rows))
    workers = citizens[(rows["wage"] > 0) & (rows["age"] < 65)]
    order = workers[np.argsort((rows["district"][workers].astype(np.int64) // 3 << 32) | words(key, workers, FIRM), kind="stable")]
    sizes = np.array(recipe.work.firm_sizes, np.int64)
    drawn = sizes[draws.below(words(key, np.arange(len(order) + 1), FIRM + 1), len(sizes))]
    firm_of_place = np.repeat(np.arange(len(drawn)), drawn)[: len(order)]
    firm = np.zeros(len(rows), np.int64)
    firm[order] = firm_of_place
    return along(order, recipe.ties.work, firm)


def neighbours(recipe: Recipe, rows: Any, home: Any) -> Any:
    """The first adults of households along the street, and each other adult with the household next door."""
    heads = np.flatnonzero(rows["place"] == 0)
    pairs = along(heads, recipe.ties.neighbourhood, rows["district"])
    seconds = heads[(rows["household"][heads] > 1)] + 1
    seconds = seconds[rows["age"][seconds] >= ADULT_AGE]
    return np.concatenate([pairs, along(seconds, recipe.ties.neighbourhood, rows["district"])])


def friends(recipe: Recipe, rows: Any, key: tuple[int, int]) -> Any:
    """People alike in district, group and age, within reach; some are replaced by somebody far."""
    adults = np.flatnonzero(rows["age"] >= ADULT_AGE)
    if len(adults) < 2:
        return np.zeros((0, 2), np.int64)
    alike = (rows["district"][adults].astype(np.int64) << 40) | (rows["group"][adults].astype(np.int64) << 39)
    alike |= (rows["age"][adults].astype(np.int64) // 8 << 33) | words(key, adults, FRIEND)
    order = adults[np.argsort(alike, kind="stable")]
    pairs = along(order, recipe.ties.friends)
    numbers = np.arange(len(pairs))
    goes_far = words(key, numbers, FAR) < int(recipe.ties.far * 2**32)
    any_adult = adults[draws.below(words(key, numbers, FAR + 1), len(adults))]
    by_group = adults[np.argsort(rows["group"][adults], kind="stable")]
    minority = int((rows["group"][adults] == 1).sum())
    of_group = rows["group"][pairs[:, 0]] == 1
    size = np.where(of_group, minority, len(adults) - minority)
    own = by_group[np.where(of_group, len(adults) - minority, 0) + draws.below(words(key, numbers, FAR + 2), np.maximum(size, 1))]
    stays = words(key, numbers, FAR + 3) < int(recipe.ties.same_group * 2**32)
    pairs[goes_far, 1] = np.where(stays, own, any_adult)[goes_far]
    return pairs
