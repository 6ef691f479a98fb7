"""What a society turned out to be: ages, households, ties, likeness, segregation, income, cameras. Aggregates only."""

from collections.abc import Callable
from typing import Any

import numpy as np

from glasstown.people.founding import Society, equivalised
from glasstown.people.recipe import Recipe
from glasstown.world import ADULT_AGE, LAYERS, OFFICIAL, ONE, PENSION_AGE

GROUPS = ("majority", "minority")
SAMPLE = 2000  # adults whose clustering is looked at
SOURCES = 4  # adults from whom all distances are measured


def measure(society: Society, recipe: Recipe) -> dict[str, Any]:
    """A portrait in plain numbers (JSON): shares are 0 to 1, ages in years, money in cents a month; None where nobody is counted."""
    rows = society.people
    portrait: dict[str, Any] = {"people": len(rows), "adults": int((rows["age"] >= ADULT_AGE).sum())}
    parts: tuple[Callable[[Society, Recipe], dict[str, Any]], ...] = (of_ages, of_households, of_income, of_districts, of_ties, of_likeness)
    for part in parts:
        portrait.update(part(society, recipe))
    portrait["facts"] = [
        {"measure": fact.measure, "here": portrait["measures"].get(fact.measure), "known": fact.value, "role": fact.role, "source": fact.source}
        for fact in recipe.fact
    ] if "measures" in portrait else []
    return portrait
