"""Found a society from a recipe: households by district, people with their traits, work, and ties in layers.

All luck is addressed (draws.py); what decides is integer, and curves are tables of quantiles rounded to 1 / ONE, so the
same recipe, size and key give the same bytes on every machine. Citizens are numbered household by household, district by
district: who is near has a near number.
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from glasstown import draws, world
from glasstown.people.recipe import Recipe
from glasstown.people.ties import bind
from glasstown.world import ADULT_AGE, MEDIAN_WAGE, ONE, PENSION_AGE

# blocks of four founding purposes (see draws.FOUNDING); append-only
HOUSEHOLD, PERSON, TRAITS, WORK = draws.FOUNDING, draws.FOUNDING + 4, draws.FOUNDING + 8, draws.FOUNDING + 12
STEPS = 4096  # entries of a table of quantiles
FULL = 2**32


@dataclass(frozen=True)
class Society:
    """Who lives here: rows of world.PEOPLE, the other ends of their ties, rows of world.DISTRICT, and the hardship line.

    ``hardship_line`` is in cents a month of equivalised household income: 60 % of the median household's.
    """

    people: Any
    neighbours: Any
    districts: Any
    hardship_line: int


def found(recipe: Recipe, people: int, key: tuple[int, int]) -> Society:
    """An invented society of exactly ``people`` citizens."""
    kinds, district = households(recipe, people, key)
    rows, home = members(recipe, people, kinds, district, key)
    give_traits(recipe, rows, key)
    give_work(recipe, rows, key)
    neighbours = bind(recipe, rows, home, key)
    return Society(rows, neighbours, district_rows(recipe, rows), hardship_line(rows))


def four(key: tuple[int, int], count: int, purpose: int) -> tuple[Any, ...]:
    """The four words of one block, for citizens (or households) 0 .. count - 1, as int64."""
    numbers = np.arange(count, dtype=np.uint64)
    zero = np.zeros_like(numbers)
    words = draws.philox(numbers, zero, zero + np.uint64(purpose >> 2), zero, np.uint64(key[0]), np.uint64(key[1]))
    return tuple(word.astype(np.int64) for word in words)


def steps(shares: list[float]) -> Any:
    """Cumulative thresholds of shares, for searchsorted."""
    total, run, cuts = sum(shares), 0.0, []
    for share in shares:
        run += share
        cuts.append(int(run / total * FULL))
    cuts[-1] = FULL
    return np.array(cuts, np.int64)


def households(recipe: Recipe, people: int, key: tuple[int, int]) -> tuple[Any, Any]:
    """Kind and district of each household, in district order, enough to hold everybody."""
    sizes = np.array([kind.adults + kind.children for kind in recipe.household], np.int64)
    shares = [kind.share for kind in recipe.household]
    mean = sum(share * size for share, size in zip(shares, sizes, strict=True)) / sum(shares)
    count = int(people / mean * 1.05) + 40
    kinds = np.searchsorted(steps(shares), four(key, count, HOUSEHOLD)[0], side="right")
    count = int(np.searchsorted(np.cumsum(sizes[kinds]), people)) + 1
    cuts = steps([district.share for district in recipe.district])
    district = np.searchsorted(cuts, (np.arange(count) * FULL) // count, side="right")
    return kinds[:count], district


def members(recipe: Recipe, people: int, kinds: Any, district: Any, key: tuple[int, int]) -> tuple[Any, Any]:
    """The people of the households: place, age, group, district. Returns (rows, household of each)."""
    adults = np.array([kind.adults for kind in recipe.household], np.int64)[kinds]
    sizes = adults + np.array([kind.children for kind in recipe.household], np.int64)[kinds]
    home = np.repeat(np.arange(len(kinds)), sizes)[:people]
    first = np.cumsum(sizes) - sizes
    rows = np.zeros(people, world.row_type(world.PEOPLE))
    place = np.arange(people) - first[home]
    rows["place"] = place
    rows["household"] = np.bincount(home, minlength=len(kinds))[home]
    rows["district"] = district[home]
    ages, groups = ages_of(recipe, kinds, adults, home, place, key), groups_of(recipe, district, home, place, adults, key)
    rows["age"], rows["group"] = ages, groups
    return rows, home


def ages_of(recipe: Recipe, kinds: Any, adults: Any, home: Any, place: Any, key: tuple[int, int]) -> Any:
    """Ages: the first adult within the kind's bounds, the second near, further adults a generation apart, then children."""
    low = np.array([kind.oldest[0] for kind in recipe.household], np.int64)[kinds]
    high = np.array([kind.oldest[1] for kind in recipe.household], np.int64)[kinds]
    oldest = low + draws.below(four(key, len(kinds), HOUSEHOLD)[1], high - low + 1)
    words = four(key, len(home), PERSON)
    partner = np.maximum(oldest[home] - 6 + draws.below(words[0], 11), ADULT_AGE)
    grown = np.maximum(np.minimum(oldest[home] - 22 - draws.below(words[0], 12), 40), ADULT_AGE)
    youngest = np.minimum(np.maximum(oldest[home] - 42, 0), 17)
    oldest_child = np.maximum(np.minimum(oldest[home] - 20, 17), youngest)
    child = youngest + draws.below(words[0], oldest_child - youngest + 1)
    age = np.where(place == 0, oldest[home], np.where(place == 1, partner, grown))
    return np.where(place >= adults[home], child, age)


def groups_of(recipe: Recipe, district: Any, home: Any, place: Any, adults: Any, key: tuple[int, int]) -> Any:
    """Group by household, more likely the minority where its weight is high; some couples are mixed."""
    weights = [row.minority for row in recipe.district]
    mean = sum(row.share * row.minority for row in recipe.district)
    chances = [min(recipe.groups.minority_share * weight / mean, 1.0) if mean > 0 else 0.0 for weight in weights]
    cuts = np.array([int(chance * FULL) for chance in chances], np.int64)
    words = four(key, len(district), HOUSEHOLD)
    group = (words[2] < cuts[district]).astype(np.int64)
    other = (place == 1) & (adults[home] >= 2) & (words[3] < int(recipe.groups.mixed * FULL))[home]
    return np.where(other, 1 - group[home], group[home])


def quantiles(function: Any) -> Any:
    """A table of STEPS quantiles of a law, in 1 / ONE, rounded; ``function`` maps a share in (0, 1) to a value."""
    return np.array([round(function((step + 0.5) / STEPS) * ONE) for step in range(STEPS)], np.int64)


def pick(table: Any, words: Any) -> Any:
    """The quantile each 32-bit word stands for."""
    return table[words >> 20]


def give_traits(recipe: Recipe, rows: Any, key: tuple[int, int]) -> None:
    """Propensity (log-normal, mean 1), boldness (exponential, mean 1), view of the order (normal, clipped)."""
    from math import exp, log

    traits, normal = recipe.traits, NormalDist()
    words = four(key, len(rows), TRAITS)
    spread = traits.propensity_spread
    rates = quantiles(lambda share: exp(spread * normal.inv_cdf(share) - spread * spread / 2))
    rows["propensity"] = np.minimum(pick(rates, words[0]), 32767)
    boldness = pick(quantiles(lambda share: -log(1 - share)), words[1])
    rows["boldness"] = np.minimum(boldness, 32767) if traits.bold else ONE
    lean = quantiles(lambda share: traits.leaning_mean + traits.leaning_spread * normal.inv_cdf(share))
    rows["leaning"] = np.clip(pick(lean, words[2]), -ONE, ONE)


def give_work(recipe: Recipe, rows: Any, key: tuple[int, int]) -> None:
    """Wages (log-normal around MEDIAN_WAGE, by district and group), pensions, officials and their kin."""
    from math import exp

    work, normal = recipe.work, NormalDist()
    words = four(key, len(rows), WORK)
    level = pick(quantiles(lambda share: exp(work.wage_spread * normal.inv_cdf(share))), words[0])
    wealth = np.array([round(row.wealth * ONE) for row in recipe.district], np.int64)[rows["district"]]
    ratio = np.where(rows["group"] == 1, round(recipe.groups.wage_ratio * ONE), ONE)
    wage = ((MEDIAN_WAGE * level // ONE) * wealth // ONE) * ratio // ONE
    adult, old = rows["age"] >= ADULT_AGE, rows["age"] >= PENSION_AGE
    employed = adult & ~old & (words[1] < int(work.employed * FULL))
    earners = wage[employed]
    if len(earners):
        wage = wage * MEDIAN_WAGE // max(int(np.median(earners)), 1)
    wage = np.where(old, wage * round(work.pension * ONE) // ONE, wage)
    rows["wage"] = np.minimum(np.where(employed | old, wage, 0), 10_000_000)
    official = employed & (words[2] < int(work.officials * FULL))
    heads = np.arange(len(rows)) - rows["place"]
    near = np.bincount(heads[official], minlength=len(rows))[heads] > 0
    rows["status"] = np.where(official, world.OFFICIAL, np.where(near, world.KIN_OF_OFFICIAL, world.ORDINARY))


def district_rows(recipe: Recipe, rows: Any) -> Any:
    """First citizen, count and cameras of each district; cameras are scaled so that the mean resident has 1."""
    count = np.bincount(rows["district"], minlength=len(recipe.district))
    made = np.zeros(len(recipe.district), world.row_type(world.DISTRICT))
    made["count"], made["first"] = count, np.cumsum(count) - count
    cameras = np.array([round(row.cameras * ONE) for row in recipe.district], np.int64)
    mean = max(int((cameras * count).sum()) // max(int(count.sum()), 1), 1)
    made["cameras"] = np.minimum(cameras * ONE // mean, 8 * ONE)
    return made


def equivalised(rows: Any) -> Any:
    """Monthly income per equivalent adult of each household (OECD-modified scale), cents."""
    heads = np.arange(len(rows)) - rows["place"]
    adult = rows["age"] >= ADULT_AGE
    income = np.bincount(heads, weights=rows["wage"].astype(float), minlength=len(rows)).astype(np.int64) * 30
    weight = 5 + np.bincount(heads, weights=np.where(adult, 5.0, 3.0), minlength=len(rows)).astype(np.int64)
    is_head = rows["place"] == 0
    return income[is_head] * 10 // weight[is_head]


def hardship_line(rows: Any) -> int:
    """60 % of the median household's equivalised monthly income."""
    return int(np.median(equivalised(rows))) * 6 // 10
