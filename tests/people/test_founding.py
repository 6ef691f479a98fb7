"""Founding: any recipe, any size; what lives together fits together; shares come out as asked; swapped groups mirror the town."""

import hashlib
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from recipes import made, mirror, recipes

from glasstown import draws, world
from glasstown.people import households, luck, portrait, recipe, traits
from glasstown.people.founding import Society, equivalised, found, memory

KEY = draws.key_of(11, 4)


@cache
def town(people: int = 30_000) -> Society:
    return found(recipe.load("town"), people, KEY)


def digest(society: Society) -> str:
    rows = [table[name] for table in (society.people, society.districts) for name in sorted(table.dtype.names)]
    arrays = [*rows, society.neighbours]
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays) + str(society.hardship_line).encode()).hexdigest()


def check(society: Society, asked: recipe.Recipe, people: int) -> None:
    """What holds in every society."""
    rows, count = society.people, len(society.people)
    assert count == people
    for column in world.PEOPLE:
        values = rows[column.name].astype(np.int64)
        assert column.low <= values.min() and values.max() <= column.high, column.name
    for column in world.DISTRICT:
        values = society.districts[column.name]
        assert column.low <= values.min() and values.max() <= column.high, column.name
    check_households(rows, asked)
    assert (np.diff(rows["district"].astype(int)) >= 0).all()
    assert (society.districts["count"] == np.bincount(rows["district"], minlength=len(asked.district))).all()
    assert (society.districts["first"] == np.cumsum(society.districts["count"]) - society.districts["count"]).all()
    child = rows["age"] < world.ADULT_AGE
    assert not rows["wage"][child].any() and not rows["status"][child & (rows["status"] == world.OFFICIAL)].any()
    assert (rows["ties"][child] == rows["kin"][child]).all()
    check_ties(rows, society.neighbours)


def check_households(rows: Any, asked: recipe.Recipe) -> None:
    heads = np.flatnonzero(rows["place"] == 0)
    sizes = np.diff([*heads, len(rows)])
    assert heads[0] == 0 and (rows["household"] == np.repeat(sizes, sizes)).all()
    assert (rows["place"] == np.arange(len(rows)) - np.repeat(heads, sizes)).all()
    assert (rows["age"][heads] >= world.ADULT_AGE).all()
    assert (np.repeat(rows["district"][heads], sizes) == rows["district"]).all()
    child = (rows["age"] < world.ADULT_AGE).astype(int)
    assert not ((np.diff(child) == -1) & (rows["place"][1:] > 0)).any(), "adults come before children"
    known = {kind.adults + kind.children for kind in asked.household}
    assert set(sizes[:-1].tolist()) <= known


def check_ties(rows: Any, neighbours: Any) -> None:
    count = len(rows)
    assert neighbours.dtype == np.int32 and len(neighbours) == rows["ties"].astype(int).sum()
    assert (rows["first_tie"] == np.cumsum(rows["ties"].astype(np.int64)) - rows["ties"]).all()
    if not len(neighbours):
        return
    assert neighbours.min() >= 0 and neighbours.max() < count
    own = np.repeat(np.arange(count), rows["ties"])
    layer = np.concatenate([np.repeat(np.arange(4), row) for row in layer_counts(rows)])
    assert not (own == neighbours).any()
    there, back = (own * count + neighbours) * 4 + layer, (neighbours.astype(np.int64) * count + own) * 4 + layer
    assert len(np.unique(there >> 2)) == len(there), "nobody is tied twice"
    assert (np.sort(there) == np.sort(back)).all(), "a tie is the same from both ends"
    same_layer = (own[1:] == own[:-1]) & (layer[1:] == layer[:-1])
    assert (np.diff(neighbours)[same_layer] > 0).all()


def layer_counts(rows: Any) -> Any:
    friends = rows["ties"] - rows["kin"] - rows["colleagues"] - rows["neighbours"]
    return np.stack([rows["kin"], rows["colleagues"], rows["neighbours"], friends], axis=1)


@settings(max_examples=60, deadline=None)
@given(recipes(), st.integers(50, 900) | st.integers(1, 60))
@example(made(), 1)
@example(made(), 2)
@example(made(), 3000)
def test_any_recipe_at_any_size(asked: recipe.Recipe, people: int) -> None:
    check(found(asked, people, KEY), asked, people)


@pytest.mark.parametrize("people", [50, 51, 777, 30_000])
def test_the_town(people: int) -> None:
    check(town(people), recipe.load("town"), people)


def test_the_same_bytes_everywhere() -> None:
    """A change of this digest changes every society: it needs a new name for the stream of luck, or an entry in the change log."""
    assert digest(found(made(), 2000, draws.key_of(1, 0))) == GOLDEN


def test_another_key_another_town() -> None:
    one, other = (found(made(), 500, draws.key_of(1, replicate)) for replicate in (0, 1))
    assert digest(one) != digest(other)


@settings(max_examples=25, deadline=None)
@given(recipes(), st.integers(50, 600))
@example(made(), 2000)
def test_swapped_groups_mirror_the_town(asked: recipe.Recipe, people: int) -> None:
    """Nothing knows which group is which: labels and values swapped give the same town, byte for byte, with the labels swapped."""
    asked = asked.model_copy(
        update={"minority": asked.minority.model_copy(update={"share": round(asked.minority.share * 64 + 0.01) / 64 or 1 / 64})}
    )
    if asked.minority.share in (0.5, 1.0) or not feasible(asked):
        return
    one, other = found(asked, people, KEY), found(mirror(asked), people, KEY)
    rows = other.people.copy()
    rows["group"] = 1 - rows["group"]
    swapped = Society(rows, other.neighbours, other.districts, other.hardship_line)
    if near_a_threshold(asked, mirror(asked)):
        return
    assert digest(swapped) == digest(one)


def test_the_mirror_shows_a_town_that_knows_its_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    def knowing(asked: recipe.Recipe, word: Any, district: Any) -> Any:
        cuts = np.array([luck.threshold(share) for share in households.district_shares(asked)])
        return (word < cuts[district]).astype(np.int64)

    monkeypatch.setattr(households, "drawn_group", knowing)
    one, other = found(made(), 500, KEY), found(mirror(made()), 500, KEY)
    assert not (one.people["group"] == 1 - other.people["group"]).all()


def feasible(asked: recipe.Recipe) -> bool:
    return all(0 <= share <= 1 for share in households.district_shares(asked))


def near_a_threshold(asked: recipe.Recipe, mirrored: recipe.Recipe) -> bool:
    """Whether rounding 1 - share moves a 32-bit threshold."""
    pairs = zip(households.district_shares(asked), households.district_shares(mirrored), strict=True)
    return any({luck.threshold(one), luck.threshold(1 - one)} != {luck.threshold(other), luck.threshold(1 - other)} for one, other in pairs)


@pytest.mark.parametrize("asked", [0.0, 0.2, 0.5])
def test_segregation_is_as_asked(asked: float) -> None:
    society = found(made(segregation={"dissimilarity": asked}, couples={"mixed": 0.3}), 60_000, KEY)
    assert portrait.dissimilarity(society.people, 3) == pytest.approx(asked, abs=0.02)
    assert society.people["group"].mean() == pytest.approx(0.3, abs=0.01)


def test_mixed_couples_are_as_many_as_asked() -> None:
    rows = found(made(), 60_000, KEY).people
    second = np.flatnonzero((rows["place"] == 1) & (rows["age"] >= 18) & (rows["household"] > 2))  # the recipe's couples have children
    assert (rows["group"][second] != rows["group"][second - 1]).mean() == pytest.approx(0.1, abs=0.01)


def test_work_is_as_asked() -> None:
    asked, rows = made(), found(made(), 60_000, KEY).people
    working = (rows["wage"] > 0) & (rows["age"] < 65)
    for group, shares in enumerate((asked.employment.majority, asked.employment.minority)):
        for low, high, share in ((18, 30, shares[0]), (30, 65, shares[1])):
            of = (rows["age"] >= low) & (rows["age"] < high) & (rows["group"] == group)
            assert working[of].mean() == pytest.approx(share, abs=0.02)
        officials = rows["status"][working & (rows["group"] == group)] == world.OFFICIAL
        assert officials.mean() == pytest.approx(asked.officials.share[group], abs=0.005)
    assert np.median(rows["wage"][working]) == pytest.approx(world.MEDIAN_WAGE, rel=0.001)
    assert not rows["status"][~working & (rows["status"] == world.OFFICIAL)].any()


def test_groups_differ_only_where_the_recipe_says_so() -> None:
    alike = made(wages={"groups": [1.0, 1.0], "spread": 0.5}, views={"mean": [0, 0], "spread": 0.4}, segregation={"dissimilarity": 0})
    rows = found(alike, 60_000, KEY).people
    for column in ("propensity", "boldness", "leaning", "age"):
        one, other = (rows[column][rows["group"] == group].astype(float) for group in (0, 1))
        assert abs(one.mean() - other.mean()) < 5 * (one.var() / len(one) + other.var() / len(other)) ** 0.5, column


def test_traits_have_the_moments_asked() -> None:
    rows = town().people
    assert rows["propensity"].mean() / world.ONE == pytest.approx(1, abs=0.03)
    assert rows["boldness"].mean() / world.ONE == pytest.approx(1, abs=0.03)
    assert np.log(np.maximum(rows["propensity"], 1) / world.ONE).std() == pytest.approx(0.8, abs=0.03)
    second = np.flatnonzero((rows["place"] == 1) & (rows["age"] >= 18))
    assert np.corrcoef(rows["leaning"][second], rows["leaning"][second - 1])[0, 1] == pytest.approx(0.5, abs=0.05)


def test_families_are_plausible() -> None:
    rows = town().people
    child = np.flatnonzero(rows["age"] < 18)
    head = child - rows["place"][child]
    assert (rows["age"][head].astype(int) - rows["age"][child] >= 15).all()
    eldest = np.maximum.reduceat(np.where(rows["age"] >= 18, rows["age"], 0), np.flatnonzero(rows["place"] == 0))
    assert len(eldest) > 0
    two = np.flatnonzero((rows["place"] == 1) & (rows["age"] >= 18) & (rows["household"] == 2))
    apart = np.abs(rows["age"][two].astype(int) - rows["age"][two - 1])
    assert np.median(apart) <= 5


def test_kin_of_officials_are_their_kin() -> None:
    society = town()
    rows = society.people
    related = set()
    for official in np.flatnonzero(rows["status"] == world.OFFICIAL):
        first = int(rows["first_tie"][official])
        related.update(society.neighbours[first : first + int(rows["kin"][official])].tolist())
    marked = set(np.flatnonzero(rows["status"] == world.KIN_OF_OFFICIAL).tolist())
    assert marked == {citizen for citizen in related if rows["status"][citizen] != world.OFFICIAL}
    assert (rows["status"][rows["age"] >= 18] == world.OFFICIAL).mean() == pytest.approx(0.015, abs=0.003)


def test_income_is_shared_in_the_household() -> None:
    rows = np.zeros(4, world.row_type(world.PEOPLE))
    rows["place"], rows["household"], rows["age"], rows["wage"] = [0, 1, 2, 0], [3, 3, 3, 1], [40, 41, 5, 70], [10_000, 8_000, 0, 6_000]
    assert equivalised(rows).tolist() == [18_000 * 30 * 10 // 18, 6_000 * 30]


def test_cameras_are_relative_to_the_mean_resident() -> None:
    society = town()
    rows, districts = society.people, society.districts
    assert districts["cameras"][rows["district"]].mean() / world.ONE == pytest.approx(1, abs=0.001)
    assert districts["cameras"].max() > 3 * districts["cameras"].min() > 0


def test_a_town_that_cannot_have_pensioners_or_workers() -> None:
    asked = made(employment={"from_age": [18], "majority": [0.0], "minority": [0.0]})
    rows = found(asked, 300, KEY).people
    assert not rows["wage"][rows["age"] < 65].any()
    assert traits.has_work(asked, rows, np.zeros(300, np.int64)).sum() == 0


def test_memory_is_known_beforehand() -> None:
    society = town()
    assert memory(recipe.load("town")) > (society.people.nbytes + society.neighbours.nbytes) / len(society.people)


@pytest.mark.nightly
def test_a_million_people() -> None:
    society = found(recipe.load("town"), 1_000_000, KEY)
    assert 12 <= society.people["ties"].mean() <= 13.5


GOLDEN = "263c37ab4db3749b6e9e0e45898271efb1cf46be0e316bb53301a4edd2d3b3c2"
