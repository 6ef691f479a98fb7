"""The section on safeguards: there only for who asked, every variant and outcome, plain about what it cannot tell."""

import re
import xml.etree.ElementTree as ET

import example
import pytest

from glasstown.report import figures, html, safeguards, theme
from glasstown.report.parts import Reading


@pytest.fixture(scope="module")
def assessment():
    return example.assessment(tables={**example.tables(), "safeguards": example.safeguards()})


def test_nobody_asked_and_nothing_is_said() -> None:
    assert safeguards.bought(Reading(example.assessment())) is None
    assert 'id="safeguards"' not in html.render(example.assessment())


def test_the_section_has_a_picture_a_table_and_sentences(assessment) -> None:
    section = safeguards.bought(Reading(assessment))
    assert section is not None and len(section.items) == 4  # who is wronged, the stated aim, speech, work
    assert "Judgment debts paid" in section.items[1] and "cannot tell for 5 of 9" in section.items[1]
    assert "\N{MINUS SIGN} there is an appeal: +0.31 (0.14 to 0.48)" in section.items[0]
    table = section.figures[0].table
    assert len(table.rows) == len(example.safeguards())
    assert {len(row) for row in table.rows} == {len(table.head)}
    page = html.render(assessment)
    assert page.index('id="achieved"') < page.index('id="safeguards"') < page.index('id="spillover"')
    assert '<a href="#safeguards">' in page


def test_without_a_measured_aim_harm_stands_in() -> None:
    assert safeguards.columns(None) == ["wrongly_sanctioned", "harm", "dissenting", "staff_days"]
    assert safeguards.columns("dissenting") == ["wrongly_sanctioned", "dissenting", "staff_days"]


def test_small_multiples_share_their_rows(assessment) -> None:
    rows = [{"label": name, "value": 1.0, "low": None, "high": None, "luck_low": None, "luck_high": None, "told": False} for name in "ab"]
    svg = theme.as_svg(figures.multiples([("One", "unit", rows), ("Two", "unit", rows)]), "title", "description", "name")
    ET.fromstring(svg)
    assert "NaN" not in svg and "null" not in svg and "\u2026" not in svg
    page = html.render(assessment)
    picture = re.search(r'<section id="safeguards".*?</svg>', page, re.DOTALL)
    assert picture is not None
    for title in ("there is an appeal", "all safeguards together"):
        assert picture.group().count(f">{title}<") + picture.group().count(f" {title}<") == 1  # named once, not once a column


def test_too_few_pairs_is_no_difference() -> None:
    silent = {"low": None, "high": None, "luck_low": None, "luck_high": None, "verdict": "cannot tell"}
    rows = [{**row, **silent} for row in example.safeguards()]
    section = safeguards.bought(Reading(example.assessment(tables={"safeguards": rows})))
    assert section is not None and all("cannot tell for 9 of 9" in line for line in section.items)
