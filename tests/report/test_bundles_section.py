"""The section on bundles: there only where they were searched, plain about how they were chosen and about what it cannot tell."""

import re
import xml.etree.ElementTree as ET
from io import StringIO

import example
import pytest
from rich.console import Console

from glasstown.app import screen
from glasstown.report import bundles, html, safeguards
from glasstown.report.parts import Reading


@pytest.fixture(scope="module")
def assessment():
    return example.assessment(tables={**example.tables(), "safeguards": example.safeguards(), **example.bundles()})


def test_nobody_searched_and_nothing_is_said() -> None:
    assert bundles.found(Reading(example.assessment())) is None
    assert 'id="bundles"' not in html.render(example.assessment())


def test_the_section_has_a_picture_tables_and_a_sentence_a_bundle(assessment) -> None:
    section = bundles.found(Reading(assessment))
    assert section is not None and len(section.items) == 3
    review = section.items[0]
    assert review.startswith(
        "A person checks what machines claim; one claim alone is not enough. Wrongly sanctioned: −0.8 per 1,000 adults"
    )
    assert "(−1.2 to −0.4), of 0.92 under the policy as it is (−0.9 where it was chosen)" in review
    assert "Sanctioned: −6.0 per 1,000 adults" in review and "Judgment debts paid: cannot tell" in review
    table = section.figures[0].table
    assert len(table.rows) == 9 and {len(row) for row in table.rows} == {len(table.head)}
    assert table.rows[0][-1] == "+0.35 (0.25 to 0.45), more"
    assert [row[1] for row in section.tables[0].rows] == ["yes"] * 3
    page = html.render(assessment)
    assert page.index('id="safeguards"') < page.index('id="bundles"') < page.index('id="spillover"')


def test_more_or_less_than_the_sum_is_said_in_the_direction_of_repair(assessment) -> None:
    overlap, unknown, help_one_another = bundles.found(Reading(assessment)).items
    assert "0.35 (0.25 to 0.45) less than its parts alone add up to" in overlap
    assert "whether that is more or less than its parts alone add up to, this model cannot tell" in unknown
    assert "0.40 (0.10 to 0.70) more than its parts alone add up to" in help_one_another


def test_how_was_searched_is_told(assessment) -> None:
    text = " ".join(bundles.found(Reading(assessment)).text)
    for said in (
        "15 of 45 twos",
        "11 of 120 threes",
        "chosen by 6 pairs",
        "from the 6 others",
        "fewest wrongly sanctioned",
        "from 76 pairs on",
    ):
        assert said in text
    many = [{**row, "pairs_telling": 38} for row in example.bundles()["bundles_searched"]]
    assert len(bundles.spoken(many)) == 1  # no shape is taken for granted


def test_where_no_bundle_repairs_more_than_its_parts_that_is_said() -> None:
    reading = Reading(example.assessment(tables=example.bundles(shown=False)))
    section = bundles.found(reading)
    assert section is not None and not section.figures and not section.items
    assert section.text[-1].startswith("No bundle repaired more") and len(section.tables[0].rows) == 3


def test_too_few_pairs_are_said_beside_the_safeguards() -> None:
    few = example.assessment(tables={"safeguards": example.safeguards()})
    few.request["pairs"] = 4
    assert "from 8 pairs of towns on" in " ".join(safeguards.bought(Reading(few)).text)
    few.request["pairs"] = 12
    assert "pairs of towns on" not in " ".join(safeguards.bought(Reading(few)).text)


def test_the_picture_names_each_bundle_once(assessment) -> None:
    page = html.render(assessment)
    picture = re.search(r'<section id="bundles".*?(<svg.*?</svg>)', page, re.DOTALL)
    assert picture is not None
    ET.fromstring(picture[1])
    assert "NaN" not in picture[1] and "null" not in picture[1] and "…<" not in picture[1]
    assert picture[1].count("a person checks what machines") == 2  # in two of three bundles


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_shows_them(assessment, width: int) -> None:
    console = Console(width=width, record=True, file=StringIO())
    screen.searched(assessment, console)
    text = " ".join(console.export_text().split())
    assert "beyond the" in text and "15 of 45 twos" in text and "−0.8" in text and "+0.35" in text
    screen.searched(example.assessment(), console)
    assert not console.export_text().strip()
