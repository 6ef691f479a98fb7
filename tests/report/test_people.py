"""Who else pays, by relation; three lives."""

import re
import xml.etree.ElementTree as ET

import example

from glasstown.report import html, people
from glasstown.report.parts import Reading


def test_dots_by_relation_with_the_number_of_people() -> None:
    section = people.others(Reading(example.watched()))
    figure = section.figures[0]
    ET.fromstring(figure.svg)
    for label in ("household (7.4)", "kin elsewhere (12)", "neighbours (19)"):
        assert figure.svg.count(f">{label}<") == 1, label
    assert all(title in figure.svg for title in ("Income", "Adults in hardship", "Voice dissent"))
    assert len(figure.table.rows) == 12 and figure.table.rows[0][3] == "7.4" and "Hollow" in figure.caption
    assert 'fill="white"' in figure.svg  # hollow: cannot tell


def test_it_is_said_that_the_policy_did_not_score_them() -> None:
    section = people.others(Reading(example.watched()))
    assert section.text[0].startswith("The policy did not score these people.")
    assert "Nobody left unscored had somebody sanctioned in this relation: friends." in section.text
    assert section.items[0].startswith("Income, cents a day and adult: household \N{MINUS SIGN}41 (")
    assert "cannot tell for kin elsewhere, neighbours; no difference in any pair of towns for colleagues." in section.items[1]


def test_without_intervals_nothing_can_be_told() -> None:
    rows = [{**row, "low": None, "high": None, "luck_low": None, "luck_high": None, "verdict": "cannot tell"} for row in example.who_else()]
    section = people.others(Reading(example.watched(tables={"who_else": rows})))
    assert all("cannot tell for household" in line for line in section.items)
    assert not re.search("NaN|null", section.figures[0].svg)


def test_what_reached_nobody_is_a_sentence() -> None:
    ends = dict.fromkeys(("direct", "direct_low", "direct_high", "spillover", "spillover_low", "spillover_high"), 0.0)
    rows = [{**row, **ends} if row["outcome"] == "Voice dissent" else row for row in example.tables()["spillover"]]
    section = people.others(Reading(example.assessment(tables={"spillover": rows})))
    assert section.text == ["The same in both towns, in every pair: voice dissent."] and "Voice dissent" not in section.figures[0].svg


def test_three_lives_stand_side_by_side() -> None:
    section = people.lives(Reading(example.watched()))
    assert section is not None and len(section.lives) == 3
    page = html.render(example.watched())
    part = page[page.index('<section id="lives"') : page.index('<section id="documented"')]
    assert part.count('class="life"') == 3 and part.count("In the twin town") == 3
    assert (
        "Listed by a mix-up (citizen 123)" in part
        and "On day 131 an appeal finds the error." in part
        and "Nothing that would be told." in part
    )
    assert 'href="#lives"' in page


def test_no_lives_no_section() -> None:
    assert people.lives(Reading(example.assessment())) is None and 'id="lives"' not in html.render(example.assessment())


def test_a_sentence_that_would_be_markup_is_shown_as_text() -> None:
    rows = [{**example.LIVES[0], "title": "<b>x</b>", "policy": ["<script>y</script>"]}]
    page = html.render(example.watched(tables={"lives": rows}))
    assert "<script" not in page and "<b>" not in page and "&lt;script&gt;" in page
