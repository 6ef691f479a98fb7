"""A society shown: tables that hold every number asked for, and a picture that stands alone."""

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from rich.console import Console

from glasstown import draws
from glasstown.people import founding, portrait, recipe
from glasstown.report import society


@pytest.fixture(scope="module")
def town() -> tuple[recipe.Recipe, founding.Society]:
    asked = recipe.load("town")
    return asked, founding.found(asked, 3000, draws.key_of(1, 0))


def shown(asked: recipe.Recipe, made: founding.Society, picture: Path | None = None, width: int = 100) -> str:
    stream = io.StringIO()
    society.show(asked, made, Console(file=stream, width=width), picture)
    return stream.getvalue()


def test_everything_asked_for_is_said(town: tuple[recipe.Recipe, founding.Society]) -> None:
    text = shown(*town)
    for words in (
        "3,000 invented people",
        "Districts",
        "Mill Quarter",
        "hardship line",
        "clustering",
        "dissimilarity",
        "Gini",
        "held out",
        "cameras",
    ):
        assert words in text


def test_it_fits_a_narrow_terminal(town: tuple[recipe.Recipe, founding.Society]) -> None:
    assert max(len(line) for line in shown(*town, width=80).splitlines()) <= 80


@pytest.mark.parametrize("people", [1, 50, 300])
def test_small_towns_are_shown_and_drawn(tmp_path: Path, people: int) -> None:
    asked = recipe.load("town")
    text = shown(asked, founding.found(asked, people, draws.key_of(2, 0)), tmp_path / "town.svg")
    assert "nan" not in text and "None" not in text
    ET.parse(tmp_path / "town.svg")


def test_pictures_have_titles_units_and_a_text(town: tuple[recipe.Recipe, founding.Society], tmp_path: Path) -> None:
    shown(*town, tmp_path / "town.svg")
    shown(*town, tmp_path / "town.png")
    assert (tmp_path / "town.png").read_bytes()[:4] == b"\x89PNG"
    picture = (tmp_path / "town.svg").read_text(encoding="utf-8")
    for words in ("Age, years", "Members of the household", "currency units a month", "Cameras (mean: 1)", "Ties of an adult", "own group"):
        assert words in picture
    assert 'role="img"' in picture and "<desc" in picture and "<script" not in picture


def test_another_ending_is_refused(town: tuple[recipe.Recipe, founding.Society], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ends in .svg or .png"):
        society.draw(portrait.measure(town[1], town[0]), "Town", tmp_path / "town.jpg")


def test_names_are_text_and_never_markup(town: tuple[recipe.Recipe, founding.Society]) -> None:
    asked = town[0].model_copy(update={"title": "[red]Town[/red] [/]", "district": tuple(
        district.model_copy(update={"name": f"[bold]{place}[/]"}) for place, district in enumerate(town[0].district)
    )})  # fmt: skip
    text = shown(asked, town[1])
    assert "[red]Town[/red] [/]" in text and "[bold]0[/]" in text
