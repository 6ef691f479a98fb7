"""Households by district, and their members: ages and groups."""

from typing import Any, NamedTuple

import numpy as np

from glasstown import draws
from glasstown.people import luck
from glasstown.people.recipe import Recipe, minority_shares
from glasstown.world import ADULT_AGE

YOUNGEST_PARENT, OLDEST_PARENT = 19, 43  # years between a parent and her children, estimated
GENERATION = (20, 36)  # years between a parent and a grown child who lives at home, estimated


class Homes(NamedTuple):
    """Households, in the order of the town; one value each, and ``home``, one value a citizen."""

    kind: Any  # number in the recipe
    adults: Any  # how many
    first: Any  # number of its first citizen
    district: Any
    group: Any  # of its first adult
    home: Any  # [citizens] number of the household
    place: Any  # [citizens] place in it; adults come first


def settle(recipe: Recipe, people: int, key: tuple[int, int]) -> Homes:
    """Enough households for ``people``, district by district; the last one may be cut short, from its children on."""
    adults = np.array([kind.adults for kind in recipe.household], np.int64)
    sizes = adults + np.array([kind.children for kind in recipe.household], np.int64)
    shares = [kind.share for kind in recipe.household]
    mean = sum(share * int(size) for share, size in zip(shares, sizes)) / sum(shares)
    enough = min(people, int(people / mean + 40 * people**0.5) + 50)  # a household has somebody; nine deviations
    words = luck.words(key, np.arange(enough), luck.HOUSEHOLD)
    kind = luck.pick(luck.shares(shares), words[0])
    ends = np.cumsum(sizes[kind])
    count = int(np.searchsorted(ends, people)) + 1
    kind, first = kind[:count], ends[:count] - sizes[kind[:count]]
    weights = [district.share for district in recipe.district]
    district = luck.pick(luck.shares(weights), (np.arange(count) * luck.FULL) // count)
    group = drawn_group(recipe, words[2, :count], district)
    home = np.repeat(np.arange(count), sizes[kind])[:people]
    return Homes(kind, adults[kind], first, district, group, home, np.arange(people) - first[home])


def drawn_group(recipe: Recipe, word: Any, district: Any) -> Any:
    """A group drawn from the district's shares. The rarer group is what is drawn, so that swapped labels swap the town."""
    shares = district_shares(recipe)
    rare = 1 if recipe.minority.share <= 0.5 else 0
    cuts = np.array([luck.threshold(share if rare else 1 - share) for share in shares], np.int64)
    return np.where(word < cuts[district], rare, 1 - rare)


def district_shares(recipe: Recipe) -> list[float]:
    """Share of the minority by district."""
    sizes, pulls = [row.share for row in recipe.district], [row.minority for row in recipe.district]
    return minority_shares(recipe.minority.share, recipe.segregation.dissimilarity, sizes, pulls)


def groups(recipe: Recipe, homes: Homes, key: tuple[int, int]) -> Any:
    """Group of each citizen: the household's; some partners come from the whole district, which leaves its shares as they are."""
    sizes = [row.share for row in recipe.district]
    strangers = sum(size * 2 * share * (1 - share) for size, share in zip(sizes, district_shares(recipe))) / sum(sizes)
    redrawn = luck.threshold(recipe.couples.mixed / strangers if strangers > 0 else 0.0)
    words = luck.words(key, np.arange(len(homes.kind)), luck.HOME)
    couple = (homes.adults >= 2) & np.array([kind.couple for kind in recipe.household])[homes.kind]
    partner = np.where(couple & (words[0] < redrawn), drawn_group(recipe, words[1], homes.district), homes.group)
    return np.where(homes.place == 1, partner[homes.home], homes.group[homes.home])


def ages(recipe: Recipe, homes: Homes, key: tuple[int, int]) -> Any:
    """Age of each citizen: partners are near in age, grown and young children a generation apart from a parent."""
    low = np.array([kind.oldest[0] for kind in recipe.household], np.int64)[homes.kind]
    high = np.array([kind.oldest[1] for kind in recipe.household], np.int64)[homes.kind]
    word = luck.words(key, np.arange(len(homes.kind)), luck.HOUSEHOLD)[1]
    oldest = (low + draws.below(word, high - low + 1))[homes.home]
    word = luck.words(key, np.arange(len(homes.home)), luck.PERSON)[0]
    couple = np.array([kind.couple for kind in recipe.household])[homes.kind][homes.home]
    adults, place = homes.adults[homes.home], homes.place
    partner = np.maximum(oldest - 6 + draws.below(word, 11), ADULT_AGE)
    grown = np.maximum(oldest - GENERATION[0] - draws.below(word, GENERATION[1] - GENERATION[0]), ADULT_AGE)
    age = np.where(place == 0, oldest, np.where((place == 1) & couple, partner, grown))
    parent = parents_age(homes, oldest, couple, age)
    youngest = np.clip(parent - OLDEST_PARENT, 0, ADULT_AGE - 1)
    spread = np.maximum(np.minimum(parent - YOUNGEST_PARENT, ADULT_AGE - 1) - youngest, 0) + 1
    return np.where(place >= adults, youngest + draws.below(word, spread), age)


def parents_age(homes: Homes, oldest: Any, couple: Any, age: Any) -> Any:
    """Whose children live here: the first adult's, or a grown child's where the first adult is too old to have them."""
    third = homes.first[homes.home] + np.where(couple, 2, 1)  # the first grown child
    lives = (np.where(couple, 2, 1) < homes.adults[homes.home]) & (third < len(age))
    grandparent = lives & (oldest > OLDEST_PARENT + 5)
    return np.where(grandparent, age[np.minimum(third, len(age) - 1)], oldest)
