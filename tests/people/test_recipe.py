"""Recipes: what is wrong is told at its place, all at once; shares of districts give the segregation asked."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import made, mirror, recipes

from glasstown import files
from glasstown.people import recipe
from glasstown.people.households import district_shares

TOWN = recipe.find("town").read_text(encoding="utf-8")


def problems(tmp_path: Path, *changes: tuple[str, str]) -> list[files.Problem]:
    text = TOWN
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(files.FileProblems) as caught:
        recipe.load(file)
    return caught.value.problems


def test_the_shipped_town_is_a_town_of_its_own() -> None:
    town = recipe.load("town")
    assert town == recipe.load() == recipe.load(recipe.find("town"))
    assert {kind.adults + kind.children for kind in town.household} == set(range(1, 8))
    held_out = [fact for fact in town.fact if fact.role == "held out"]
    assert held_out and all(fact.source for fact in town.fact)


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("share = 0.22\n", "share = 1.2\n", "minority.share", "more than 0 and less than 1; 1.2 was given"),
        ("dissimilarity = 0.35", "dissimilarity = 0.95", "segregation.dissimilarity", "no more dissimilar than 0."),
        ("mixed = 0.09", "mixt = 0.09", "couples.mixt", "unknown key `mixt`"),
        ("from_age = [18, 25, 55]", "from_age = [20, 25, 55]", "employment.from_age", "begin with 18"),
        ("from_age = [18, 25, 55]", "from_age = [18, 25]", "employment.majority", "one share for each of the 2 ages"),
        ("oldest = [20, 64]", "oldest = [64, 20]", "household 1, oldest", "the lower age comes first"),
        ("adults = 2\nchildren = 5\nshare = 0.001", "adults = 2\nchildren = 5\nshare = 0.1", "household 1, share", "add up to 1.099"),
        ('name = "Old Town"\nshare = 0.14', 'name = "Old Town"\nshare = 0.2', "district 1, share", "all districts add up to 1.06"),
        ('source = "ons_mixed_couples"\n', "", "couples.grade", "a documented number names its source"),
        ("range = [0.1, 0.6]\n", "", "segregation.grade", "an estimated number gives a reason and a range"),
        ("own_group = 0.55", 'own_group = "most"', "friends.own_group", 'between 0 and 1; "most" was given'),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    found = problems(tmp_path, (old, new))
    told = next(problem for problem in found if message in problem.message)
    assert told.key == key and told.line > 1 and told.column > 0


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, ("mixed = 0.09", "mixed = 9"), ("near = 0.3", "near = -1"), ("from_age = [18,", "from_age = [19,"))
    assert {problem.key for problem in found} == {"couples.mixed", "firms.near", "employment.from_age"}


def test_records_of_persons_are_no_recipe(tmp_path: Path) -> None:
    found = problems(tmp_path, ("schema_version = 1", "schema_version = 1\n[[person]]\nage = 40\n"))
    assert any("unknown key `person`" in problem.message for problem in found)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_nothing_but_file_problems_ever_leaves(tmp_path_factory: Any, content: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "any.toml"
    file.write_bytes(content)
    with pytest.raises(files.FileProblems):
        recipe.load(file)


@pytest.mark.parametrize("table", ["minority = 3", "employment = []", "household = 3", "district = [1, 2]", "household = [[]]"])
def test_tables_of_another_kind_are_told(tmp_path: Path, table: str) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(f"schema_version = 1\n{table}\n", encoding="utf-8")
    with pytest.raises(files.FileProblems):
        recipe.load(file)


weights = st.lists(st.tuples(st.floats(0.01, 1), st.floats(-20, 20)), min_size=2, max_size=12)


@given(weights, st.floats(0.01, 0.99), st.floats(0, 1))
def test_shares_of_districts_give_the_index_asked(rows: list[tuple[float, float]], share: float, part: float) -> None:
    sizes, pulls = [size for size, _ in rows], [pull for _, pull in rows]
    most = recipe.most_dissimilar(share, sizes, pulls)
    shares = recipe.minority_shares(share, part * most, sizes, pulls)
    whole = sum(sizes)
    index = sum(size * abs(found / share - (1 - found) / (1 - share)) for size, found in zip(sizes, shares, strict=True)) / (2 * whole)
    assert sum(size * found for size, found in zip(sizes, shares, strict=True)) / whole == pytest.approx(share)
    assert index == pytest.approx(part * most, abs=1e-6)
    assert all(-1e-6 <= found <= 1 + 1e-6 for found in shares)


def test_one_district_cannot_be_segregated() -> None:
    assert recipe.most_dissimilar(0.3, [1.0], [2.0]) == 0
    assert recipe.minority_shares(0.3, 0.0, [1.0], [2.0]) == [0.3]


@given(recipes())
def test_the_mirror_of_a_recipe_mirrors_its_districts(asked: recipe.Recipe) -> None:
    for one, other in zip(district_shares(asked), district_shares(mirror(asked)), strict=True):
        assert one + other == pytest.approx(1, abs=1e-9)


def test_a_recipe_cannot_be_changed() -> None:
    asked = made()
    with pytest.raises(ValueError, match="frozen"):
        asked.minority.share = 0.5  # type: ignore[misc]
