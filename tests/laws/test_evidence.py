"""Every number has a source that was opened, or a reason and a range; a grade; and one role. Nothing else is cited."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown import sources
from glasstown.policy import load
from glasstown.study import outcomes

PACKAGE = Path(str(glasstown.__file__)).parent
FILES = sorted(path for folder in ("policies", "populations") for path in (PACKAGE / folder).glob("*.toml") if path.name != "sources.toml")


def graded(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of a file that has a grade."""
    if isinstance(part, dict):
        if "grade" in part:
            yield path, part
        for key, below in part.items():
            yield from graded(below, f"{path}.{key}")
    elif isinstance(part, list):
        for number, below in enumerate(part):
            yield from graded(below, f"{path}[{number}]")


def tables() -> Iterator[Any]:
    for file in FILES:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        own = {row["id"] for row in read.get("source", [])}
        for path, table in graded(read):
            yield pytest.param(table, own, id=f"{file.stem}{path}")


@pytest.mark.parametrize(("table", "own"), list(tables()))
def test_a_number_says_how_it_is_known(table: dict[str, Any], own: set[str]) -> None:
    assert table["grade"] in ("documented", "estimated", "scenario")
    assert table.get("role", "input") in ("input", "fitted", "held out")
    if table["grade"] == "documented":
        assert table.get("source"), "documented by which source?"
    else:
        assert table.get("reason"), "why this number?"
    if table["grade"] == "estimated":
        low, high = table.get("range") or (table["low"], table["high"])
        assert low <= high
    if table.get("source"):
        assert table["source"] in sources.load() or table["source"] in own, "a source that is not in the register was not opened"


@pytest.mark.parametrize("name", load.presets())
def test_a_stated_aim_is_measured_by_an_outcome_that_exists(name: str) -> None:
    aim = load.load(name).context.aim_outcome
    assert aim is None or aim in {spec.name for spec in outcomes.SPECS}


def test_every_source_says_when_it_was_opened_and_where() -> None:
    for name, source in sources.load().items():
        assert source.title, name
        assert len(source.opened) == 10, name
        assert source.address.startswith("http"), name
