"""Ties: as many as asked, clustered, alike, a small world; and the steps that make them."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import made

from glasstown import draws
from glasstown.people import luck, portrait, recipe, ties
from glasstown.people.founding import found

KEY = draws.key_of(5, 2)


@cache
def seen() -> Any:
    asked = recipe.load("town")
    return portrait.measure(found(asked, 30_000, KEY), asked)


def layer(name: str) -> Any:
    return next(row for row in seen()["ties"]["layers"] if row["layer"] == name)


def likeness(name: str) -> Any:
    return next(row for row in seen()["likeness"] if row["layer"] == name)


@pytest.mark.parametrize(("name", "low", "high"), [("kin", 3.8, 5), ("neighbourhood", 3.2, 4.5), ("friends", 3.8, 5), ("all", 14, 16)])
def test_adults_have_as_many_ties_as_people_do(name: str, low: float, high: float) -> None:
    assert low <= layer(name)["mean"] <= high


def test_everybody_together_has_twelve_or_thirteen() -> None:
    assert 12 <= seen()["ties"]["mean"] <= 13.5


def test_degrees_differ() -> None:
    assert layer("all")["deviation"] > 5 and layer("all")["none"] < 0.01 and layer("friends")["none"] < 0.15


def test_friends_of_friends_are_friends_and_nobody_is_far() -> None:
    assert layer("all")["clustering"] > 0.15 and 0.15 < layer("friends")["clustering"] < 0.4
    assert seen()["ties"]["steps"] < 6


def test_friends_are_alike_in_group_and_age() -> None:
    friends, street, work = likeness("friends"), likeness("neighbourhood"), likeness("work")
    assert friends["majority"] == pytest.approx(0.9, abs=0.03)
    assert friends["minority"] > street["minority"] + 0.2 > friends["minority_at_random"] + 0.2
    assert abs(work["minority"] - work["minority_at_random"]) < 0.06
    assert friends["years"] < friends["years_at_random"] / 3


def test_without_preference_friends_are_as_mixed_as_the_town() -> None:
    asked = made(friends={"ties": 4, "own_group": 0, "far": 0.2}, segregation={"dissimilarity": 0})
    like = portrait.measure(found(asked, 20_000, KEY), asked)["likeness"][3]
    assert like["minority"] == pytest.approx(like["minority_at_random"], abs=0.02)


@pytest.mark.parametrize("mean", [0.5, 2, 4, 6])
def test_reach_gives_the_mean_asked(mean: float) -> None:
    reach = ties.reaches(luck.words(KEY, np.arange(200_000), luck.STREET)[0], mean)
    block = np.zeros(len(reach), int)
    pairs = sum(len(place) for _, place in ties.apart(np.arange(len(reach)), block, reach, ties.FARTHEST))
    assert 2 * pairs / len(reach) == pytest.approx(mean, rel=0.04)


def test_no_reach_no_ties() -> None:
    assert not ties.reaches(luck.words(KEY, np.arange(1000), luck.STREET)[0], 0.0).any()


@given(st.lists(st.integers(0, 2**16 - 1), min_size=1, max_size=80))
def test_in_order_is_a_shuffle_within_cells(cells: list[int]) -> None:
    citizens, cell = np.arange(len(cells)), np.array(cells)
    order = ties.in_order(citizens, cell, luck.words(KEY, citizens, luck.FRIEND)[1])
    assert sorted(order.tolist()) == citizens.tolist() and (np.diff(cell[order]) >= 0).all()


def test_far_friends_stay_in_their_circle() -> None:
    circle = np.array([0] * 5 + [1] * 3 + [2] * 40 + [1] * 2)
    town = np.argsort(circle, kind="stable")
    one = np.repeat(np.arange(50), 20)
    other = ties.somebody_far(one, circle, town, luck.words(KEY, np.arange(len(one)), luck.FAR)[1])
    assert (circle[other] == circle[one]).all() and len(np.unique(other)) > 40


def test_firms_are_heavy_tailed() -> None:
    sizes = np.minimum(luck.FULL // (luck.words(KEY, np.arange(100_000), luck.FIRM)[3] + 1), 10_000)
    for size in (2, 10, 100, 1000):
        assert (sizes >= size).mean() == pytest.approx(1 / size, rel=0.25), "Axtell 2001"


def test_family_is_kin_and_of_one_group() -> None:
    asked = made(couples={"mixed": 0}, household=[{"adults": 1, "children": 0, "share": 1, "oldest": [20, 80]}])
    like = portrait.measure(found(asked, 5000, KEY), asked)
    assert like["likeness"][0]["majority"] == like["likeness"][0]["minority"] == 1
    assert like["ties"]["layers"][0]["mean"] == pytest.approx(1.75, abs=0.15)
