"""Questions of the law: what the policy's own tables settle, with the words tested; what is left out cannot be told."""

import pytest
import readings
from readings import BARRED, GRADE, PERKS, RULE, SCORE

from glasstown.law import asking
from glasstown.policy.declared import Declared

LISTED = f'[[rule]]\ndeed = "hides_assets"\nsensors = ["enforcement"]\nlist = "debtors"\nterm_days = 730\n{GRADE}'
LIST = f'[[list]]\nname = "debtors"\npublic = true\nrefuse = {{ travel = 1.0, credit = 0.9 }}\n{GRADE}'
APPEALS = f"[mending]\nnotice = true\nappeal_rate = 0.1\nappeal_capacity_per_100000 = 1.0\nsensitivity = 0.5\n{GRADE}"


def guard(line: str) -> str:
    return f"[safeguards]\n{line}\n{GRADE}"


SCORED, ON_LIST = SCORE + BARRED + RULE, LISTED + LIST


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("", "in_use", "not met"),
        (SCORED, "evaluates_persons", "met"),
        (SCORED, "over_time", "met"),
        (SCORE + "expiry_days = 1\n" + BARRED + RULE, "over_time", "not met"),
        (ON_LIST, "over_time", "met"),
        (SCORE + PERKS + RULE, "unfavourable_treatment", "cannot be told"),
        (SCORE + PERKS + RULE, "only_rewards", "met"),
        (SCORED, "only_rewards", "not met"),
        (SCORE + RULE, "unfavourable_treatment", "cannot be told"),
        (SCORE + RULE, "unrelated_context", "cannot be told"),
        ("", "unfavourable_treatment", "not met"),
        (ON_LIST, "unrelated_context", "met"),
        (SCORED, "disproportionate", "cannot be told"),
        (SCORED + '[law]\nproportionality_tested = "out of proportion"\n', "disproportionate", "met"),
        (SCORED, "solely_automated", "met"),
        (SCORED + guard("human_review = 1.0\nreview_sensitivity = 0.5\nreview_specificity = 0.9"), "solely_automated", "not met"),
        (SCORED + guard("human_review = 0.4\nreview_sensitivity = 0.5\nreview_specificity = 0.9"), "solely_automated", "met"),
        (SCORED + "[law]\nhuman_decides = true\n", "solely_automated", "not met"),
        (ON_LIST, "solely_automated", "cannot be told"),
        (ON_LIST + "[law]\nhuman_decides = false\n", "solely_automated", "met"),
        (ON_LIST, "significant_effect", "met"),
        (SCORE + PERKS + RULE, "significant_effect", "cannot be told"),
        (ON_LIST, "others_draw_on_it", "met"),
        (SCORED, "others_draw_on_it", "not met"),
        (SCORED, "consent", "not met"),
        (SCORED + guard("consent = 0.6"), "consent", "met"),
        (SCORED, "appeal_possible", "not met"),
        (SCORED + APPEALS, "appeal_possible", "met"),
        (SCORED + APPEALS.replace("0.5", "0.0"), "appeal_possible", "not met"),
        (SCORED, "reasons_given", "not met"),
        (SCORED + APPEALS + guard("reasons = true"), "reasons_given", "met"),
        (SCORED + "[start]\nannounced = false\n", "told_beforehand", "not met"),
        (SCORED, "told_beforehand", "cannot be told"),
        (SCORED, "kept_without_limit", "met"),
        (SCORE + "expiry_days = 365\n" + BARRED + RULE, "kept_without_limit", "not met"),
        (ON_LIST, "kept_without_limit", "not met"),
        (ON_LIST.replace("term_days = 730\n", ""), "kept_without_limit", "met"),
        (ON_LIST, "made_public", "met"),
        (ON_LIST + guard("no_display = true"), "made_public", "not met"),
        (ON_LIST, "without_legal_finding", "not met"),
        (SCORED, "without_legal_finding", "met"),
        (SCORED.replace('"payments"', '"clerk"'), "without_legal_finding", "cannot be told"),
        (SCORED, "public_operator", "cannot be told"),
        (SCORED + '[law]\noperator = "public"\n', "public_operator", "met"),
        (SCORED + '[law]\noperator = "public service"\n', "public_operator", "not met"),
        (SCORED + '[law]\noperator = "public service"\n', "public_or_public_service", "met"),
        (ON_LIST, "area_credit", "cannot be told"),
        (SCORED.replace("travel", "credit"), "area_credit", "met"),
        (SCORED.replace("travel", "work"), "area_employment", "met"),
        (SCORED, "area_insurance", "cannot be told"),
        (SCORED + '[law]\nareas = ["insurance"]\n', "area_insurance", "met"),
        (SCORED + "[law]\nareas = []\n", "area_insurance", "not met"),
        (SCORED + "[law]\nareas = []\n", "annex_iii", "not met"),
        (SCORED + '[law]\nareas = ["infrastructure"]\n', "annex_iii", "not met"),
        (SCORED, "scraped_faces", "not met"),
        (SCORED.replace('"payments"', '"camera"').replace("unpaid_debt", "traffic_violation"), "scraped_faces", "cannot be told"),
        (SCORED, "special_data", "cannot be told"),
        (SCORED + '[law]\nsensitive_traits = ["health"]\n', "special_data", "met"),
        (SCORED + "[law]\nsensitive_traits = []\n", "special_data", "not met"),
        (SCORED.replace("unpaid_debt", "criticises_online").replace("payments", "platform"), "records_opinions", "met"),
        (SCORED.replace("unpaid_debt", "theft").replace("payments", "police"), "offences", "met"),
        (SCORED, "offences", "cannot be told"),
        (SCORED.replace('"payments"', '"camera"').replace("unpaid_debt", "traffic_violation"), "public_monitoring", "met"),
        (SCORED + "[law]\nmethod_published = true\n", "method_secret", "not met"),
        (SCORED + guard("sunset_days = 700"), "reassessed", "met"),
        (SCORED, "outside_catalogue", "cannot be told"),
        (SCORED + "[law]\nwithin_national_catalogue = false\n", "outside_catalogue", "met"),
        (ON_LIST, "listed_for_other", "not met"),
        (ON_LIST.replace("hides_assets", "petitions").replace("enforcement", "grid_clerk"), "listed_for_other", "met"),
        (ON_LIST.replace("hides_assets", "theft").replace("enforcement", "police"), "listed_for_other", "cannot be told"),
        (SCORED, "reaches_everybody", "met"),
        (SCORED + guard("consent = 0.6"), "reaches_everybody", "not met"),
        (SCORED, "recorded_wrongly", "met"),
        (SCORED, "software_takes_part", "met"),
        (ON_LIST, "software_takes_part", "cannot be told"),
    ],
)  # fmt: skip
def test_an_answer(text: str, question: str, answer: str) -> None:
    assert readings.answer(text, question) == answer


@pytest.mark.parametrize("name", ["popular_image", "rongcheng_2014", "spc_defaulter_list", "none"])
def test_every_question_answers_every_shipped_policy_in_its_own_words(name: str) -> None:
    reading = readings.shipped(name)
    for row in asking.registry().values():
        found = row.test(reading)
        assert found.words and all(word and len(word) < 600 for word in found.words), row.name


def test_what_is_left_out_of_the_table_of_facts_is_never_a_no() -> None:
    """Of a policy with rules and without [law], nothing declared comes out as not met for being left out."""
    reading = readings.reading(SCORED)
    for row in asking.registry().values():
        found = row.test(reading)
        if any("is left out" in word for word in found.words):
            assert found.answer == "cannot be told", row.name


def test_every_fact_is_read_by_a_question() -> None:
    """A fact that nobody asks for would be filled in for nothing."""
    facts = {
        "operator": '"public"', "areas": '["credit"]', "proportionality_tested": '"in proportion"', "sensitive_traits": '["health"]',
    }  # fmt: skip
    faces = SCORED.replace('"payments"', '"camera"').replace("unpaid_debt", "traffic_violation")
    for name in Declared.model_fields:
        if name == "aia":
            continue
        plain, told = readings.reading(faces), readings.reading(faces + f"[law]\n{name} = {facts.get(name, 'true')}\n")
        changed = [row.name for row in asking.registry().values() if row.test(plain) != row.test(told)]
        assert changed or name == "artificial_intelligence", name


def test_the_words_are_those_of_the_file() -> None:
    found = asking.registry()["others_draw_on_it"].test(readings.reading(ON_LIST))
    assert found.words == ('[[list]] "debtors" refuses credit',)
