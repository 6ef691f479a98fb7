"""Entries by origin, and what is seen and guessed."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import example
from test_figures import lightness

from glasstown.report import entries, html, words
from glasstown.report.parts import Reading
from glasstown.world import ORIGINS, WRONG_ORIGINS


def test_every_origin_rests_on_something() -> None:
    for number, origin in enumerate(ORIGINS[1:], 1):
        assert (entries.rests_on(origin) == "nothing she did or thinks") is (number in WRONG_ORIGINS), origin


def test_colours_differ_in_grey() -> None:
    grey = sorted(lightness(colour) for _, colour, _ in entries.RESTS.values())
    assert all(above - below > 0.15 for below, above in pairwise(grey)) and grey[-1] < 0.9


def test_eight_origins_in_the_picture_the_legend_the_table_and_the_caption() -> None:
    (figure,) = entries.origins(Reading(example.watched())).figures
    ET.fromstring(figure.svg)
    for origin in ORIGINS[1:]:
        assert f">{origin}<" in figure.svg and any(row[0] == origin for row in figure.table.rows)
    assert all(f">{kind}<" in figure.svg for kind in entries.RESTS) and "\u2026" not in figure.svg
    for said in ("72.0 rest on a true deed", "6.0 on a view that she holds", "14.8 on nothing that she did or thinks (7.1 to 24.0)",
                 "7.2 on a mark of somebody close"):  # fmt: skip
        assert said in figure.caption, figure.caption


def test_the_interval_of_a_sum_is_said_only_where_one_is_known() -> None:
    silent = [outcome for outcome in example.watched().outcomes if outcome.name != "undeserved_entries"]
    (figure,) = entries.origins(Reading(example.watched(outcomes=silent))).figures
    assert "14.8 on nothing that she did or thinks;" in figure.caption


def test_what_no_entry_came_from_is_said_and_not_drawn() -> None:
    rows = [{**row, "share": 0.0, "low": 0.0, "high": 0.0} if row["origin"] == "mix-up" else row for row in example.ORIGINS]
    section = entries.origins(Reading(example.watched(tables={"origins": rows})))
    assert section.text == ["No entry came from: mix-up."] and ">mix-up<" not in section.figures[0].svg
    assert "none on a view" not in section.figures[0].caption
    blank = [{**row, "low": None, "high": None} for row in example.ORIGINS]
    ET.fromstring(entries.origins(Reading(example.watched(tables={"origins": blank}))).figures[0].svg)


def test_what_is_seen_and_guessed() -> None:
    section = entries.seen(Reading(example.watched()))
    assert section is not None and len(section.figures) == 2
    assert "Share of a life observed" in section.figures[0].svg and "Private view of those wrongly" in section.figures[1].svg
    assert "on a scale from \N{MINUS SIGN}1 to 1" in section.figures[1].svg
    page = html.render(example.watched())
    assert page.index('id="innocent"') < page.index('id="seen"') < page.index('id="origins"')


def test_a_policy_that_watches_nobody() -> None:
    assert entries.seen(Reading(example.assessment())) is None
    idle = [replace(outcome, value=0.0, low=0.0, high=0.0, luck_low=0.0, luck_high=0.0, twin=0.0) for outcome in example.watched().outcomes]
    section = entries.seen(Reading(example.watched(outcomes=idle)))
    assert section is not None and not section.figures
    assert "Nothing of this happened in either town: share of a life observed; cost of sensors" in " ".join(section.text)


def test_zero_in_both_towns_is_a_sentence_and_no_picture() -> None:
    found = words.nothing(example.watched().outcomes)
    assert found == [
        "Nothing of this happened in either town: isolated.",
        "There was nobody, or nothing, to count for this: waiting of the favoured.",
    ]
    text = html.render(example.watched())
    assert text.count(found[0]) >= 2 and ">Isolated<" not in text  # in the section and before the table of every outcome
