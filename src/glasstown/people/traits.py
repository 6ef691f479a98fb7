"""What differs between people from the start: traits, work and income, and who holds office."""

from typing import Any

import numpy as np

from glasstown import world
from glasstown.people import curves, luck
from glasstown.people.households import Homes
from glasstown.people.recipe import Recipe
from glasstown.world import ADULT_AGE, BITS, MEDIAN_WAGE, ONE, PENSION_AGE

LARGEST = 32767  # of an int16


def give_traits(recipe: Recipe, rows: Any, homes: Homes, key: tuple[int, int]) -> None:
    """Propensity (log-normal, mean 1), boldness (exponential, mean 1), view of the order (normal, alike within a household)."""
    citizens = np.arange(len(rows))
    words = luck.words(key, citizens, luck.TRAITS)
    spread = recipe.propensity.spread
    level = curves.log_normal(curves.normal(words[0]) - round(spread * ONE / 2), spread)  # minus half the variance: the mean is 1
    rows["propensity"] = np.minimum(level >> 8, LARGEST)
    rows["boldness"] = np.minimum(curves.exponential(words[1]), LARGEST) if recipe.boldness.differs else ONE
    shared = curves.normal(luck.words(key, np.arange(len(homes.kind)), luck.HOME)[2])[homes.home]
    own = curves.normal(luck.words(key, citizens, luck.PERSON)[2])
    mean = np.array([round(value * ONE) for value in recipe.views.mean], np.int64)[rows["group"]]
    view = mean + (curves.blend(shared, own, recipe.likeness.views) * round(recipe.views.spread * ONE) >> BITS)
    rows["leaning"] = np.clip(view, -ONE, ONE)


def give_work(recipe: Recipe, rows: Any, homes: Homes, key: tuple[int, int]) -> None:
    """Wages (log-normal around MEDIAN_WAGE, by district and group), pensions, and who is an official."""
    words = luck.words(key, np.arange(len(rows)), luck.PERSON)
    shared = curves.normal(luck.words(key, np.arange(len(homes.kind)), luck.HOUSEHOLD)[3])[homes.home]
    level = curves.log_normal(curves.blend(shared, curves.normal(words[1]), recipe.likeness.wages), recipe.wages.spread)
    wealth = np.array([round(row.wealth * ONE) for row in recipe.district], np.int64)[rows["district"]]
    ratio = np.array([round(value * ONE) for value in recipe.wages.groups], np.int64)[rows["group"]]
    wage = ((MEDIAN_WAGE * level // curves.LEVEL) * wealth // ONE) * ratio // ONE
    old, works = rows["age"] >= PENSION_AGE, has_work(recipe, rows, words[3])
    if works.any():
        wage = wage * MEDIAN_WAGE // max(int(np.median(wage[works])), 1)
    pension = wage * round(recipe.pensions.share * ONE) // ONE
    rows["wage"] = np.clip(np.where(old, pension, np.where(works, np.maximum(wage, 1), 0)), 0, 10_000_000)
    share = np.array([luck.threshold(value) for value in recipe.officials.share], np.int64)[rows["group"]]
    office = luck.words(key, np.arange(len(rows)), luck.TRAITS)[2] < share
    rows["status"] = np.where(works & office, world.OFFICIAL, world.ORDINARY)


def has_work(recipe: Recipe, rows: Any, word: Any) -> Any:
    """Who of working age has work, by age and group."""
    table = recipe.employment
    chances = np.array([[luck.threshold(share) for share in shares] for shares in (table.majority, table.minority)], np.int64)
    step = np.searchsorted(np.array(table.from_age), rows["age"], side="right") - 1
    return (rows["age"] >= ADULT_AGE) & (rows["age"] < PENSION_AGE) & (word < chances[rows["group"], np.maximum(step, 0)])


def mark_kin_of_officials(rows: Any, neighbours: Any) -> None:
    """Whoever has a tie of kinship with an official, and is none herself."""
    officials = np.flatnonzero(rows["status"] == world.OFFICIAL)
    kin = rows["kin"][officials].astype(np.int64)
    within = np.arange(int(kin.sum())) - np.repeat(np.cumsum(kin) - kin, kin)
    related = neighbours[np.repeat(rows["first_tie"][officials].astype(np.int64), kin) + within]
    rows["status"][related[rows["status"][related] == world.ORDINARY]] = world.KIN_OF_OFFICIAL
