"""Article 5(1)(c) of the AI Act: all conditions together, in three-valued logic; and a policy that only rewards."""

from itertools import product

import pytest
import readings
from hypothesis import given
from hypothesis import strategies as st

from glasstown.law import judging, models
from glasstown.law.logic import ORDER, Finding

CLAUSE = next(clause for clause in models.load("eu_ai_act").clause if clause.id == "social_scoring")
NAMES = (*CLAUSE.all, *CLAUSE.any, *CLAUSE.unless)
POSSIBLE = {"met": (True,), "not met": (False,), "cannot be told": (True, False)}
FACTS = "[law]\nartificial_intelligence = true\nspecific_purpose_in_law = false\n"


def test_the_conditions_are_those_of_the_article() -> None:
    assert NAMES == (
        "artificial_intelligence", "in_use", "evaluates_persons", "over_time", "behaviour_or_character", "unfavourable_treatment",
        "unrelated_context", "disproportionate", "specific_purpose_in_law",
    )  # fmt: skip
    assert CLAUSE.in_force == "2025-02-02" and CLAUSE.review == ("only_rewards",)


def test_every_combination_of_answers_comes_out_as_all_ways_of_knowing_agree() -> None:
    """All 19,683: prohibited if it is so whatever the unknown turn out to be, not met if it is never so."""
    for answers in product(ORDER, repeat=len(NAMES)):
        truths = set()
        for way in product(*(POSSIBLE[answer] for answer in answers)):
            truths.add(all(way[:6]) and (way[6] or way[7]) and not way[8])
        expected = "cannot be told" if len(truths) == 2 else "met" if True in truths else "not met"
        found = {name: Finding(answer) for name, answer in zip(NAMES, answers)} | {"only_rewards": Finding("not met")}
        assert judging.verdict(CLAUSE, found) == expected, answers


@given(st.lists(st.sampled_from(ORDER), min_size=len(NAMES), max_size=len(NAMES)))
def test_a_policy_that_only_rewards_is_for_review_unless_it_is_ruled_out(answers: list[str]) -> None:
    found = {name: Finding(answer) for name, answer in zip(NAMES, answers)}  # type: ignore[arg-type]
    plain = judging.verdict(CLAUSE, found | {"only_rewards": Finding("not met")})
    rewarding = judging.verdict(CLAUSE, found | {"only_rewards": Finding("met")})
    assert rewarding == ("not met" if plain == "not met" else "review")


def test_a_reward_only_policy_is_for_review_and_not_prohibited() -> None:
    rule = readings.RULE.replace("-40", "40").replace("unpaid_debt", "volunteering").replace("payments", "clerk")
    found = readings.judged(readings.SCORE + readings.PERKS + rule + FACTS, "eu_ai_act", "social_scoring")
    assert found.verdict == "review"
    assert "may count as unfavourable" in " ".join(word for row in found.tested for word in row.finding.words)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ("", "cannot be told"),
        (FACTS, "met"),
        (FACTS.replace("law = false", "law = true"), "not met"),
        (FACTS.replace("intelligence = true", "intelligence = false"), "not met"),
        ("[law]\nspecific_purpose_in_law = false\n", "cannot be told"),
    ],
)
def test_a_score_on_debts_that_closes_travel(facts: str, verdict: str) -> None:
    found = readings.judged(readings.SCORE + readings.BARRED + readings.RULE + facts, "eu_ai_act", "social_scoring")
    assert found.verdict == verdict
    tested = next(row for row in found.tested if row.name == "unrelated_context").finding
    assert tested.words == (
        '[[rule]] deed = "unpaid_debt", sensors = ["payments"] (finance) and [[score.band]] "low" refuses travel (traffic)',
    )


def test_a_table_of_points_may_fall_outside_and_an_inferring_sensor_brings_it_back() -> None:
    typed = readings.SCORE + readings.BARRED + readings.RULE.replace("payments", "clerk")
    assert readings.answer(typed, "artificial_intelligence") == "cannot be told"
    assert readings.answer(typed + "[law]\nartificial_intelligence = false\n", "artificial_intelligence") == "not met"
    seen = typed + readings.RULE.replace("unpaid_debt", "criticises_online").replace("payments", "platform")
    assert readings.answer(seen + "[law]\nartificial_intelligence = false\n", "artificial_intelligence") == "met"


def test_keeping_contexts_apart_leaves_the_question_of_proportion() -> None:
    apart = f"[safeguards]\nseparate_contexts = true\n{readings.GRADE}"
    text = readings.SCORE + readings.BARRED + readings.RULE + apart
    assert readings.answer(text, "unrelated_context") == "not met"
    assert readings.judged(text + FACTS, "eu_ai_act", "social_scoring").verdict == "cannot be told"
    tested = FACTS + 'proportionality_tested = "in proportion"\n'
    assert readings.judged(text + tested, "eu_ai_act", "social_scoring").verdict == "not met"


def test_no_policy_meets_nothing() -> None:
    for _, rows in judging.judge(*_none()):
        assert {row.verdict for row in rows} == {"not met"}


def _none():  # type: ignore[no-untyped-def]
    from glasstown import catalogue
    from glasstown.policy import load

    return load.load("none"), catalogue.load_deeds(), catalogue.load_law()
