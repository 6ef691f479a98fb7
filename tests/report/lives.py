"""A busy town and its files, for lives that hold many events."""

from functools import cache
from types import SimpleNamespace
from typing import Any

import worlds

from glasstown import catalogue, world
from glasstown.engine import follow
from glasstown.people import recipe
from glasstown.policy import load


@cache
def request() -> Any:
    """The files of the policy ``everything`` of tests/worlds.py: municipal points, and a list of defaulters beside them."""
    points, listing = load.load("rongcheng_2014"), load.load("spc_defaulter_list")
    policy = points.model_copy(update={"rule": (*points.rule, *listing.rule), "list": listing.list, "title": "Everything & more"})
    files = {"deeds": catalogue.load_deeds(), "law": catalogue.load_law(), "recipe": recipe.load("town")}
    return SimpleNamespace(policy=policy, people=200, seed=7, **files)


@cache
def lived(days: int = 60) -> Any:
    """A busy pair of towns, everybody followed in both: (case, worlds, events)."""
    known = worlds.own(worlds.with_policy(worlds.case(start=12, days=days), sensitivity=2**31, specificity=2**31))
    known.rules.parameters["hush"] = world.ONE  # who is watched falls silent, so that there is somebody to tell of
    found, events = follow.follow(known, range(len(known.society.people)), ("policy", "twin"))
    return known, found, events
