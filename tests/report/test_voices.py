"""Doors, and private views against public speech."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import example

from glasstown.report import doors, voices
from glasstown.report.parts import Reading


def test_two_lines_for_each_town_with_their_gap() -> None:
    section = voices.speech(Reading(example.watched()))
    figure = section.figures[0]
    ET.fromstring(figure.svg)
    for kind in ("critical in private", "openly dissenting"):
        assert f"{kind}, with the policy" in figure.svg and f"{kind}, twin town" in figure.svg
    last = {row["measure"]: row for row in example.watched().tables["series"] if row["day"] == 156 * 7}
    for arm in ("policy", "twin"):
        assert f"gap {last['critics'][arm] - last['dissenting'][arm]:.0f}" in figure.svg
    assert "stroke-dasharray" in figure.svg and len(figure.table.rows) == 13 and "90 %" in figure.caption
    assert {len(row) for row in figure.table.rows} == {len(figure.table.head)}


def test_silent_critics_in_a_sentence() -> None:
    case = example.watched()
    assert any("46 more are critical in private" in line and "there 153 are" in line for line in voices.speech(Reading(case)).text)
    fewer = [replace(outcome, verdict="less") if outcome.name == "silent_critics" else outcome for outcome in case.outcomes]
    assert any("fewer are critical" in line for line in voices.speech(Reading(replace(case, outcomes=fewer))).text)
    silent = [replace(outcome, verdict="cannot tell") if outcome.name == "silent_critics" else outcome for outcome in case.outcomes]
    assert any("cannot tell whether the policy changes how many are critical" in line
               for line in voices.speech(Reading(replace(case, outcomes=silent))).text)  # fmt: skip


def test_without_views_there_is_only_speech() -> None:
    section = voices.speech(Reading(example.assessment()))
    assert not any("critical" in figure.svg for figure in section.figures) and len(section.figures) == 2
    blank = [{**row, "low": None, "high": None} for row in example.watched().tables["series"]]
    for figure in voices.speech(Reading(example.watched(tables={"series": blank}))).figures:
        ET.fromstring(figure.svg)
        assert not re.search("NaN|null", figure.svg)


def test_a_door_that_nobody_was_refused_is_said_and_not_drawn() -> None:
    section = doors.doors(Reading(example.watched()))
    assert section.text[0] == "Nobody was refused in either town: private business."
    assert ">private business<" not in section.figures[0].svg and ">travel<" in section.figures[0].svg
    assert "Turned away at discretion" in section.figures[1].svg and "Isolated" not in section.figures[1].svg
    assert "Nothing of this happened in either town: isolated." in section.figures[1].caption


def test_two_towns_that_are_the_same_are_told_and_not_drawn() -> None:
    tables = example.watched().tables
    same = [{**row, "policy": row["twin"], "low": 0.0, "high": 0.0} for row in tables["doors"]]
    section = doors.doors(Reading(example.watched(tables={"doors": same}, outcomes=[])))
    assert not section.figures
    assert section.text[1].startswith("At these doors the same happened in both towns, in every pair: work, credit, school")
    weeks = [{**row, "policy": row["twin"], "low": 0.0, "high": 0.0} for row in tables["series"] if row["measure"] == "dissenting"]
    assert not voices.speech(Reading(example.watched(tables={"series": weeks}, outcomes=[]))).figures
