"""The portrait: known graphs and known incomes give the known numbers."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recipes import made, recipes

from glasstown import draws, world
from glasstown.people import portrait, recipe
from glasstown.people.founding import Society, found


def society_of(edges: list[tuple[int, int]], count: int, **columns: Any) -> Society:
    """Single adults whose friends are as given."""
    rows = np.zeros(count, world.row_type(world.PEOPLE))
    rows["household"], rows["age"] = 1, 40
    for name, values in columns.items():
        rows[name] = values
    ends = [sorted({b for a, b in edges if a == who} | {a for a, b in edges if b == who}) for who in range(count)]
    rows["ties"] = [len(ties) for ties in ends]
    rows["first_tie"] = np.cumsum(rows["ties"].astype(int)) - rows["ties"]
    neighbours = np.array([other for ties in ends for other in ties], np.int32)
    districts = np.zeros(1, world.row_type(world.DISTRICT))
    districts["count"], districts["cameras"] = count, world.ONE
    return Society(rows, neighbours, districts, 1000)


@pytest.mark.parametrize(
    ("edges", "count", "expected"),
    [
        ([(0, 1), (1, 2), (0, 2)], 3, 1.0),
        ([(0, 1), (1, 2)], 3, 0.0),
        ([(0, 1), (1, 2), (0, 2), (2, 3)], 4, (1 + 1 + 1 / 3) / 3),
        ([(who, (who + step) % 20) for who in range(20) for step in (1, 2)], 20, 0.5),  # Watts and Strogatz: 3(k-2) / 4(k-1), k = 4
        ([(0, 1)], 2, None),
        ([], 2, None),
    ],
)
def test_clustering_of_known_graphs(edges: list[tuple[int, int]], count: int, expected: float | None) -> None:
    assert portrait.clustering(society_of(edges, count), "friends") == (None if expected is None else pytest.approx(expected))


def test_distance_on_known_graphs() -> None:
    ring = society_of([(who, (who + 1) % 10) for who in range(10)], 10)
    assert portrait.distance(ring) == pytest.approx((2 * (1 + 2 + 3 + 4) + 5) / 9)
    assert portrait.distance(society_of([], 3)) is None


@pytest.mark.parametrize(("incomes", "expected"), [([1, 1, 1], 0), ([0, 0, 0, 1], 0.75), ([1, 3], 0.25), ([0, 0], None), ([], None)])
def test_gini(incomes: list[int], expected: float | None) -> None:
    assert portrait.gini(np.array(incomes)) == (None if expected is None else pytest.approx(expected))


def test_dissimilarity() -> None:
    rows = np.zeros(8, world.row_type(world.PEOPLE))
    rows["group"], rows["district"] = [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1, 1]
    assert portrait.dissimilarity(rows, 2) == pytest.approx(0.5)
    rows["group"] = 0
    assert portrait.dissimilarity(rows, 2) is None


def test_likeness_of_a_known_graph() -> None:
    made_ = society_of([(0, 1), (1, 2), (2, 3)], 4, group=[0, 0, 1, 1], age=[20, 30, 50, 80])
    friends = portrait.of_likeness(made_)[3]
    assert friends["majority"] == friends["minority"] == pytest.approx(2 / 3)
    assert friends["years"] == pytest.approx(20) and friends["years_at_random"] == pytest.approx(2 * (10 + 30 + 60 + 20 + 50 + 30) / 16)


@settings(max_examples=25, deadline=None)
@given(recipes(), st.integers(1, 400))
def test_any_society_can_be_portrayed(asked: recipe.Recipe, people: int) -> None:
    seen = portrait.measure(found(asked, people, draws.key_of(0, 0)), asked)
    assert json.loads(json.dumps(seen, allow_nan=False)) == seen
    assert seen["people"] == people == sum(bar["people"] for bar in seen["ages"]["bars"])
    for bars in (seen["households"]["sizes"], seen["income"]["bars"]):
        assert sum(bar["share"] for bar in bars) == pytest.approx(1)


def test_the_town_is_near_what_is_held_out() -> None:
    """Wide bounds: the town is invented, but it should not be a strange place."""
    asked = recipe.load("town")
    for fact in portrait.measure(found(asked, 50_000, draws.key_of(1, 0)), asked)["facts"]:
        assert fact["here"] == pytest.approx(fact["known"], rel=0.35), fact["measure"]


def test_measuring_changes_nothing() -> None:
    asked = made()
    one = found(asked, 800, draws.key_of(0, 0))
    before = one.people.tobytes(), one.neighbours.tobytes(), one.districts.tobytes()
    assert portrait.measure(one, asked) == portrait.measure(one, asked)
    assert before == (one.people.tobytes(), one.neighbours.tobytes(), one.districts.tobytes())
