"""Canada's questionnaire: names, weights and arithmetic of the published tool, and ranges that contain every way of answering.

The weights can be compared with the published survey: set GLASSTOWN_AIA_SURVEY to a copy of src/survey-enfr.json of
github.com/canada-ca/aia-eia-js (version 1.0.1). Without it their digest is compared; `digest` below computes it from that file too.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import readings
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.law import canada, canada_reading
from glasstown.policy.declared import Declared, Question, published_answers

SURVEY = os.environ.get("GLASSTOWN_AIA_SURVEY", "")
DIGEST = "0271ccd3f436b7837da1ce57bf8f48ad8a537aacf5b43db6d921e097fc284996"
Row = tuple[str, str, int]


def ours() -> list[Row]:
    """Every question, answer and weight of our file, those of the implementation phase with their own names."""
    rows = [(row.id, answer, row.weight(answer)) for row in canada.survey().questions() for answer in row.answers]
    design, implementation = canada.COPIED
    copied = [(name.replace(design, implementation), answer, weight) for name, answer, weight in rows if design in name]
    return sorted([*rows, *copied])


def published(path: Path) -> list[Row]:
    """The same from the published survey: all questions that it scores."""
    return sorted(row for page in json.loads(path.read_text(encoding="utf-8"))["pages"] for row in _scored(page, page["name"]))


def _scored(element: dict[str, Any], panel: str) -> Iterator[Row]:
    for below in element.get("elements", []):
        yield from _scored(below, element["name"])
    if element.get("type") in ("radiogroup", "checkbox", "dropdown"):
        marks = [name[-3:] for name in (element["name"], panel) if name[-3:] in ("-RS", "-MS", "-NS")]
        if marks and marks[0] != "-NS":
            for choice in element["choices"]:
                _, hyphen, number = choice["value"].rpartition("-")
                yield element["name"], choice["value"], int(number) if hyphen else 0


def digest(rows: list[Row]) -> str:
    """SHA-256 of the sorted list of (question, answer, weight)."""
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def test_names_and_weights_have_the_digest_of_the_published_survey() -> None:
    assert digest(ours()) == DIGEST


@pytest.mark.skipif(not SURVEY, reason="no copy of the published survey is named in GLASSTOWN_AIA_SURVEY")
def test_names_and_weights_are_those_of_the_published_survey() -> None:
    found = published(Path(SURVEY))
    assert found == ours() and digest(found) == DIGEST


def test_the_maxima_section_by_section() -> None:
    found = {section.title: sum(row.most() for row in section.question) for section in canada.survey().section}
    assert found == {
        "reasons for automation": 5, "risk profile": 15, "authority": 2, "system": 17, "algorithm": 15, "decision": 8, "impact": 52,
        "data": 53, "consultation": 10, "data quality": 14, "procedure": 44, "privacy": 9,
    }  # fmt: skip
    assert canada.maximum("risk") == 167 and canada.maximum("mitigation") == 154


def test_a_policy_file_can_answer_exactly_these_questions() -> None:
    assert set(get_args(Question)) == {row.id for row in canada.survey().questions()} == set(published_answers())


@pytest.mark.parametrize(("score", "level"), [(0, 1), (41, 1), (42, 2), (83, 2), (84, 3), (125, 3), (126, 4), (167, 4)])
def test_levels_change_at_a_quarter_a_half_and_three_quarters(score: int, level: int) -> None:
    assert canada.level(score) == level


@pytest.mark.parametrize(
    ("raw", "mitigation", "total"),
    [(100, 61, 100), (100, 62, 85), (10, 62, 9), (30, 77, 26), (50, 77, 43), (167, 77, 142), (0, 77, 0), (42, 62, 36)],
)
def test_enough_mitigation_takes_fifteen_percent_and_halves_go_up(raw: int, mitigation: int, total: int) -> None:
    assert canada.total(raw, mitigation) == total


def test_the_tools_rounding_is_exact_for_every_score() -> None:
    assert all(canada.total(raw, 77) == (17 * raw + 10) // 20 for raw in range(168))


def full(pick: int) -> dict[str, tuple[str, ...]]:
    """Every question answered with its first (0) or last (-1) answer."""
    return {row.id: (list(row.answers)[pick],) for row in canada.survey().questions()}


def test_sums_worked_by_hand() -> None:
    """Everything answered with the first answer, and then changed in three places."""
    first = canada.assess(full(0))
    # reasons 0+2+0+2, profile 3+3+1+0+3+1, authority 2, system 0+0+0+0+0+0+0+0+0+1, algorithm 1+3+0+0+0+3+0+2+0, decision 1, impact
    # 4+4+2+2+2+1+1+1+1+1+1+1+3+0+1+0+1+1, data 2+0+2+0+0+0+2+0+0+1+2+4+4+1+1+2
    assert first.raw == canada.Range(4 + 11 + 2 + 1 + 9 + 1 + 27 + 21, 76)
    # consultation 2+2+3+3, data quality 3+1+1+1+2+1+2+1+2, procedure 44 less the four further protections, privacy 9
    assert first.mitigation == canada.Range(10 + 14 + 40 + 9, 73)
    assert first.score == canada.Range(65, 65) and first.level == canada.Range(2, 2) and not first.open  # 0.85 x 76 = 64.6
    worse = canada.assess(full(0) | {"impact6": ("item4-4",), "decisionSector1": ("item1-1", "item2-1"), "fairnessDesign13": ("item2-0",)})
    assert worse.raw == canada.Range(80, 80) and worse.mitigation == canada.Range(71, 71) and worse.score.low == 68


def test_nothing_answered_leaves_all_levels_open() -> None:
    found = canada.assess({})
    assert (found.raw, found.mitigation) == (canada.Range(14, 167), canada.Range(0, 77))
    assert found.level == canada.Range(1, 4) and found.score == canada.Range(12, 167)
    assert sum(points for _, points in found.open) == (167 - 14) + 77


def test_what_is_not_asked_does_not_count() -> None:
    hidden = full(0) | {"aboutDataSource1": ("item2-0",)}
    assert canada.assess(hidden).raw.low == canada.assess(full(0)).raw.low - 2 - (0 + 2 + 0 + 0)


def chosen(row: canada.Question) -> st.SearchStrategy[tuple[str, ...]]:
    """Any way of answering a question."""
    names = list(row.answers)
    return st.lists(st.sampled_from(names), unique=True).map(tuple) if row.many else st.sampled_from(names).map(lambda name: (name,))


complete = st.fixed_dictionaries({row.id: chosen(row) for row in canada.survey().questions()})


@settings(max_examples=60, deadline=None)
@given(complete, st.sets(st.sampled_from([row.id for row in canada.survey().questions()])))
def test_the_range_contains_every_completion(answers: dict[str, tuple[str, ...]], left_out: set[str]) -> None:
    known = {name: answer for name, answer in answers.items() if name not in left_out}
    point, wide = canada.assess(answers), canada.assess(known)
    for name in ("raw", "mitigation", "score", "level"):
        at, within = getattr(point, name), getattr(wide, name)
        assert at.low == at.high and within.low <= at.low <= within.high, name
    assert sum(points for _, points in wide.open) == (wide.raw.high - wide.raw.low) + (wide.mitigation.high - wide.mitigation.low)


@settings(max_examples=60, deadline=None)
@given(complete, st.data())
def test_adding_a_risk_never_lowers_the_raw_score(answers: dict[str, tuple[str, ...]], data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(canada.survey().questions("risk")))
    held = sum(map(row.weight, answers[row.id]))
    more = tuple(row.answers) if row.many else (max(row.answers, key=lambda name: (row.weight(name), name in answers[row.id])),)
    assert sum(map(row.weight, more)) >= held
    assert canada.assess(answers | {row.id: more}).raw.low >= canada.assess(answers).raw.low


@settings(max_examples=30, deadline=None)
@given(complete)
def test_both_ends_of_the_range_are_reached(answers: dict[str, tuple[str, ...]]) -> None:
    """The extremes are answers, not bounds that nobody could give."""
    known = {name: answers[name] for name in list(answers)[::2]}
    wide = canada.assess(known)
    for way, end in ((min, "low"), (max, "high")):
        given_ = dict(known)
        for name, _ in wide.open:
            row = next(one for one in canada.survey().questions() if one.id == name)
            options = [()] if row.many and way is min else [tuple(row.answers)] if row.many else [(answer,) for answer in row.answers]
            given_[name] = way(options, key=lambda option, name=name: getattr(canada._span(by_name(name), {**known, name: option}), end))
        reached = canada.assess(given_)
        assert getattr(reached.raw, end) == getattr(wide.raw, end) and getattr(reached.mitigation, end) == getattr(wide.mitigation, end)


def by_name(name: str) -> canada.Question:
    return next(row for row in canada.survey().questions() if row.id == name)


# ---- what a policy file answers ---------------------------------------------------------------------------------------------


def test_the_popular_image_answers_what_its_tables_settle() -> None:
    found = canada_reading.read(readings.shipped("popular_image"))
    assert found.given["impact30"] == ("item1-4",) and found.given["aboutDataSourceType2"] == ("item1-2", "item2-4")
    assert found.given["fairnessDesign10"] == ("item2-0",) and found.result.level == canada.Range(1, 4)


def test_what_is_declared_goes_before_what_would_follow() -> None:
    text = readings.SCORE + readings.BARRED + readings.RULE
    assert canada_reading.read(readings.reading(text)).given["impact30"] == ("item1-4",)
    declared = canada_reading.read(readings.reading(text + '[law.aia]\nimpact30 = "item2-2"\ndecisionSector1 = ["item1-1", "item2-1"]\n'))
    assert declared.given["impact30"] == ("item2-2",) and declared.given["decisionSector1"] == ("item1-1", "item2-1")
    assert "impact30" not in [row[0] for row in declared.derived]


def test_full_answers_settle_the_duties_of_a_level() -> None:
    aia = "\n".join(f'{name} = "{answer[0]}"' for name, answer in full(0).items())
    text = readings.SCORE + readings.BARRED + readings.RULE + f'[law]\noperator = "public"\n[law.aia]\n{aia}\n'
    verdicts = {
        clause: readings.judged(text, "canada_directive", clause).verdict for clause in ("reasons", "person_decides", "highest_level")
    }
    assert verdicts == {"reasons": "met", "person_decides": "not met", "highest_level": "not met"}


@pytest.mark.parametrize(
    ("aia", "says"),
    [
        ({"impact6": "item9-9"}, "impact6 has no answer item9-9; it has item1-1"),
        ({"impact6": ["item1-1", "item2-2"]}, "impact6 takes one answer; 2 were given"),
        ({"decisionSector1": ["item1-1", "item1-1"]}, "an answer twice"),
        ({"impact99": "item1-1"}, "impact99"),
    ],
)
def test_a_wrong_answer_is_refused_with_the_right_ones(aia: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Declared.model_validate({"aia": aia})
