"""The section of the report, and the page of the documents: what is met, what cannot be told, and never that a policy is lawful."""

import re

import pytest
import readings

from glasstown import catalogue
from glasstown.law import judging, models
from glasstown.policy import load
from glasstown.report import law as said


class Reading:
    """What the section reads of an assessment."""

    def __init__(self, name: str) -> None:
        self.policy = load.load(name)

    def deeds(self) -> catalogue.Deeds:
        return catalogue.load_deeds()

    def law(self) -> catalogue.Law:
        return catalogue.load_law()


@pytest.mark.parametrize("name", ["popular_image", "rongcheng_2014", "spc_defaulter_list", "none"])
def test_a_section_begins_with_what_it_is_not_and_has_a_table_a_body(name: str) -> None:
    found = said.section(Reading(name))  # type: ignore[arg-type]
    assert found.text[0] == judging.NOTICE and len(found.tables) == len(models.BODIES)
    for table in found.tables:
        assert table.folded and {len(row) for row in table.rows} == {len(table.head)}
    text = " ".join(
        [
            *found.text,
            *(line for _, lines in found.groups for line in lines),
            *(cell for table in found.tables for row in table.rows for cell in row),
        ]
    )
    assert not re.search(r"\b(un)?(fair|safe)\b(?!-)|is lawful|complies", text, re.IGNORECASE)
    headings = [heading for heading, _ in found.groups]
    assert ("Canada's questionnaire" in headings) == (name != "none")


def test_a_leading_clause_is_told_with_what_it_hangs_on() -> None:
    for name, ends in (
        ("popular_image", "since 2025-02-02): met."),
        ("health_code_misuse", "cannot be told; it hangs on: software infers something that counts."),
        ("reward_app_city", "for review."),
    ):
        found = dict(said.section(Reading(name)).groups)["European Union: AI Act"]  # type: ignore[arg-type]
        assert next(line for line in found if line.startswith("Social scoring")).endswith(ends), name


def test_words_are_said_once_and_what_is_not_met_says_why() -> None:
    seen: set[str] = set()
    rows = [row for _, judged in judging.judge(load.load("popular_image"), catalogue.load_deeds(), catalogue.load_law()) for row in judged]
    lines = [line for row in rows for line in said.why(row, seen)]
    assert sum("it is in use: met (" in line for line in lines) == 1 and any(line.startswith("- as above: ") for line in lines)
    nothing = readings.judged("", "gdpr", "other_purpose")
    assert said.why(nothing, set()) == ["- it evaluates or classifies people: not met (the policy has no rules in force)"]


def test_a_clause_says_from_when_it_applies() -> None:
    found = {clause.id: said.applies(clause) for clause in models.load("eu_ai_act").clause}
    assert found["social_scoring"] == "since 2025-02-02" and found["rights_assessment"] == "not yet, from 2027-12-02"


def test_the_page_lists_every_clause_question_fact_and_weight() -> None:
    page = said.clauses()
    for body in models.bodies():
        assert all(f"`{clause.id}`" in page for clause in body.clause) and all(source.address in page for source in body.source)
    assert "`aia`" in said.facts() and "`impact6`" in said.survey() and "`over_time`" in said.questions()
