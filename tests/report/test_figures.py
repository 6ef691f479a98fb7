"""The pictures: valid without intervals, readable in grey, one wide picture for a README."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import example
import pytest

from glasstown.report import figures, icons, theme


def lightness(colour: str) -> float:
    """Luma of a colour, 0 black to 1 white."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_hues_differ_in_grey() -> None:
    pairs = [
        (theme.BLUE, theme.ORANGE),
        (theme.PALE, theme.VERMILLION),
        (theme.INK, theme.BLUE),
        (theme.BLUE, "#ffffff"),
        (theme.QUIET, theme.PALE),
    ]
    assert all(abs(lightness(one) - lightness(other)) > 0.2 for one, other in pairs)
    assert len(set(theme.GROUP_SHAPES)) == len(theme.GROUP_SHAPES) and theme.GROUP_DASHES[1] != theme.GROUP_DASHES[2]


def test_outcome_plot_by_group() -> None:
    spec = figures.outcome_plot(example.assessment(), "wrongly_sanctioned").to_dict()
    texts = str(spec)
    assert all(group in texts for group in ("everybody", "majority", "minority"))
    assert "90 % intervals" in texts and "placebo floor" in texts


def test_an_unknown_outcome_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="wrongly_sanctioned"):
        figures.outcome_plot(example.assessment(), "nothing")


def test_overview_is_one_valid_picture() -> None:
    svg = figures.overview(example.assessment())
    ET.fromstring(svg)
    assert svg.count("<svg") == 3 and 'role="img"' in svg.split(">", 1)[0]
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids)) and "11.8 of 1,000" in svg


def test_pictures_without_intervals() -> None:
    silent: dict[str, Any] = {"low": None, "high": None, "luck_low": None, "luck_high": None, "floor": None, "verdict": "cannot tell"}
    outcomes = [replace(outcome, **silent) for outcome in example.outcomes()]
    for chart in (figures.differences(outcomes[9:12]), figures.by_group(outcomes[:3])):
        svg = theme.as_svg(chart, "title", "description", "name")
        ET.fromstring(svg)
        assert "too few pairs" in svg and "null" not in svg and "NaN" not in svg


def test_text_in_a_picture_keeps_its_numbers() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1.23456"><text x="2.34567">0.002345</text></svg>'
    lean = theme.readable(svg, "a < b", 'say "no"', "n")
    assert ">0.002345<" in lean and 'width="1.23"' in lean and "a &lt; b" in lean


def test_a_ratio_whose_interval_reaches_zero_runs_to_the_edge() -> None:
    row = {
        "label": "a very long name that does not fit into the room that there is",
        "value": 2.0,
        "low": -1.0,
        "high": 400.0,
        "text": "",
        "told": False,
    }
    svg = theme.as_svg(figures.forest([row], "times", log=True, at=1.0), "title", "description", "name")
    ET.fromstring(svg)
    assert "NaN" not in svg and "Infinity" not in svg and "\u2026" not in svg


def test_a_whole_town_is_the_most_there_can_be() -> None:
    assert "to 1,000)" in icons.fate_text({"class": "never", "per_1000": 988.0, "low": 973.0, "high": 1004.0})
