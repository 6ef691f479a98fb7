"""A made-up town of six adults and two children, with the shape of an engine's world: for formulas that can be done by hand."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from glasstown import draws, measuring, tables, world
from glasstown.engine import found

DAYS = 73  # a fifth of a year
HARMFUL_DEED, HARMLESS_DEED = 0, 1
PUNISHED = 1 << HARMFUL_DEED | 1 << HARMLESS_DEED


@dataclass
class People:
    """Stands for people.founding.Society."""

    people: Any
    neighbours: Any
    districts: Any
    hardship_line: int = 100


@dataclass
class World:
    """Stands for engine.run.World."""

    daily: Any
    spells: Any
    town: Any
    digest: str = "00"


def deeds() -> Any:
    """Two deeds: one that hurts, one that does not."""
    rows = np.zeros(draws.DEEDS_MAX, tables.row_type(tables.DEED))
    rows["kind"][HARMLESS_DEED] = tables.DISAPPROVED
    return rows


def arm(**measures: Any) -> World:
    """A world in which nothing happened, but for the measures given (every day the same, by group)."""
    rows = np.zeros(8, world.row_type(world.PEOPLE))
    rows["age"] = [30, 30, 30, 30, 30, 30, 9, 9]
    rows["group"] = [0, 0, 0, 0, 1, 1, 0, 1]
    society = People(rows, np.zeros(0, np.int32), np.zeros(1, world.row_type(world.DISTRICT)))
    town = found.lay_out(society, 1, 1, (1, 2), 0)
    daily = np.zeros((DAYS, len(measuring.MEASURES), 2), np.int64)
    daily[:, measuring.ADULTS] = [4, 2]
    for name, values in measures.items():
        daily[:, measuring.MEASURES.index(name)] = values
    return World(daily, np.zeros((2, 2, measuring.MONTHS), np.int64), town)
