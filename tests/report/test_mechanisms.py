"""Sections on the other eight claims: there only where there is something to tell, curves for what nobody measured, worlds not means."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import coupled
import example
import pytest

from glasstown.report import html, mechanisms
from glasstown.report.parts import Reading
from glasstown.study.further import FURTHER
from glasstown.study.outcomes import SPECS


def section(name, assessment):
    """One section of an assessment, or None."""
    return next((made for make in mechanisms.SECTIONS if (made := make(Reading(assessment))) is not None and made.name == name), None)


def test_a_policy_that_has_none_of_it_says_nothing_of_it() -> None:
    page = html.render(example.assessment())
    for part in mechanisms.PARTS:
        assert section(part.name, example.assessment()) is None and f'id="{part.name}"' not in page


def test_a_mechanism_without_any_effect_is_said_plainly() -> None:
    """The popular image has displays, detention and protest in its file; here nothing came of them."""
    found = section("resistance", example.watched())
    assert found is not None and not found.figures
    assert section("pariahs", example.watched()) is None and section("power", example.watched()) is None


def test_every_outcome_stands_in_one_section_or_is_a_curve() -> None:
    told = [name for part in mechanisms.PARTS for name in (*part.outcomes, part.tips, part.spread) if name]
    assert len(told) == len(set(told)) and set(told) <= {spec.name for spec in SPECS}
    curves = {spec.name for spec in FURTHER if spec.along}
    assert {spec.name for spec in FURTHER} - set(told) - curves == {"stage"}  # the picture of stages tells it world by world


def test_all_sections_have_pictures_with_words_and_numbers() -> None:
    page = html.render(coupled.assessment())
    for part in mechanisms.PARTS:
        found = section(part.name, coupled.assessment())
        assert found is not None and f'<a href="#{part.name}">' in page
        for figure in found.figures:
            ET.fromstring(figure.svg)
            assert not re.search("NaN|null|\u2026", figure.svg) and "90 %" in figure.caption
            assert figure.table.rows and {len(row) for row in figure.table.rows} == {len(figure.table.head)}


def test_power_is_told_as_curves_only() -> None:
    found = section("power", coupled.assessment())
    assert [figure.heading for figure in found.figures] == [
        "Demands an official and year", "Chance that a claim about the powerful vanishes",
    ]  # fmt: skip
    first = found.figures[0]
    assert "Extorted (cents per adult and year) from +41 (\N{MINUS SIGN}61 to 152) to +4,100 (2,780 to 6,240)" in first.caption
    assert len(first.table.rows) == 3 * 7 and ">Demands an official and year<" in first.svg
    assert "Extorted" not in html.render(coupled.assessment(tables={}))


@pytest.mark.parametrize(("name", "told"), [("rollout", "In 86 of 120 worlds"), ("resistance", "In 21 of 120 worlds")])
def test_worlds_that_tip_are_counted(name, told) -> None:
    text = " ".join(section(name, coupled.assessment()).text)
    assert told in text and "exact interval of 90 %" in text and "In 7 of 60 couples of worlds luck alone decides it" in text
    assert "placebo floor is 0 %" in text


def test_stages_and_heaps() -> None:
    stages, spread, _ = section("rollout", coupled.assessment()).figures
    assert all(f">{name}<" in stages.svg for name in ("stage 0", "stage 3", "given up"))
    assert stages.table.head == ["Day", "given up", "stage 0", "stage 1", "stage 2", "stage 3"] and len(stages.table.rows) == 6
    assert stages.table.rows[-1] == ["1,092", "18", "0", "30", "12", "40"]
    assert [row[-1] for row in spread.table.rows] == ["21", "9", "4", "86"] and ">86<" in spread.svg
    still = [{**row, "from": 0.0, "to": 0.0} for row in coupled.worlds()[:1]]
    assert len(section("rollout", coupled.assessment(tables={"worlds": still, "tips": coupled.tips()})).figures) == 1  # nothing spread


def test_page_one_says_who_is_shown_denounced_and_detained() -> None:
    case = example.watched()
    one = replace(next(each for each in case.outcomes if each.group == "all"), name="denounced", title="Denounced", counted=None)
    told = replace(one, value=9.0, low=2.0, high=20.0, verdict="more")
    silent = replace(told, low=-2.0, verdict="cannot tell")
    for outcome, words, known in ((told, "denounced 9.0 (2.0 to 20.0)", True), (silent, "denounced 9.0 (−2.0 to 20.0).", False)):
        (found,) = mechanisms.in_short(Reading(replace(case, outcomes=[outcome])))
        assert (found.section, found.told) == ("reports", known) and words in found.sentence
    assert mechanisms.in_short(Reading(example.assessment())) == []
