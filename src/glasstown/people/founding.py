"""Found a society from a recipe: households by district, people with their traits and work, and ties in layers.

All luck is addressed (luck.py), what decides is an integer, and curves are tables (curves.py): the same recipe, size and
key give the same bytes on every machine. Citizens are numbered household by household, district by district, so that who
lives near has a near number.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from glasstown import world
from glasstown.people.households import Homes, ages, groups, settle
from glasstown.people.recipe import Recipe
from glasstown.people.ties import bind
from glasstown.people.traits import give_traits, give_work, mark_kin_of_officials
from glasstown.world import ADULT_AGE, ONE

MONTH = 30  # days of income in a month


@dataclass(frozen=True)
class Society:
    """Who lives here: rows of world.PEOPLE, the other ends of their ties (int32), rows of world.DISTRICT, the hardship line.

    A citizen's ties stand together, kin first, then colleagues, neighbours, friends. ``hardship_line`` is in cents a month
    of equivalised household income: 60 % of the median over people.
    """

    people: Any
    neighbours: Any
    districts: Any
    hardship_line: int


def found(recipe: Recipe, people: int, key: tuple[int, int]) -> Society:
    """An invented society of exactly ``people`` citizens, 1 to 2**30; ``key`` is draws.key_of(seed, replicate).

    Raises ValueError beyond 2**30 people, and if somebody would have more than 255 ties.
    """
    homes = settle(recipe, people, key)
    rows = members(recipe, homes, key)
    give_traits(recipe, rows, homes, key)
    give_work(recipe, rows, homes, key)
    neighbours = bind(recipe, rows, homes, key)
    mark_kin_of_officials(rows, neighbours)
    return Society(rows, neighbours, district_rows(recipe, rows), hardship_line(rows))


def members(recipe: Recipe, homes: Homes, key: tuple[int, int]) -> Any:
    """A row for everybody, with household, district, age and group."""
    rows = np.zeros(len(homes.home), world.row_type(world.PEOPLE))
    rows["place"], rows["district"] = homes.place, homes.district[homes.home]
    rows["household"] = np.bincount(homes.home)[homes.home]
    rows["age"], rows["group"] = ages(recipe, homes, key), groups(recipe, homes, key)
    return rows


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
    """Monthly income of each household per equivalent adult, cents (OECD-modified scale: first adult 1, others .5, children .3)."""
    is_head = rows["place"] == 0
    home = np.cumsum(is_head) - 1
    income = np.bincount(home, weights=rows["wage"]).astype(np.int64) * MONTH  # exact: sums stay below 2**53
    weight = 5 + np.bincount(home, weights=np.where(rows["age"] >= ADULT_AGE, 5, 3)).astype(np.int64)
    return income * 10 // weight


def hardship_line(rows: Any) -> int:
    """60 % of the median equivalised household income over all people, cents a month."""
    each = np.repeat(equivalised(rows), rows["household"][rows["place"] == 0])
    return int(np.median(each)) * 6 // 10


def memory(recipe: Recipe) -> float:
    """Bytes a citizen that founding takes at its peak, the society itself included (about 75): measured at 10^6, with room."""
    mean = recipe.colleagues.ties * 0.4 + recipe.neighbours.ties * 0.75 + recipe.friends.ties * 0.8 + recipe.family.households * 2 + 1.5
    return 230 + 20 * mean
