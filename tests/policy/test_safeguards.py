"""Twenty safeguards: each can be added and taken away alone, and only where it can mean anything."""

import pytest

from glasstown import catalogue
from glasstown.policy import load, safeguards
from glasstown.policy.schema import PolicyFile

NAMES = [
    "notice", "reasons", "appeal", "expiry", "correct_everywhere", "human_review", "evidence", "separate_contexts", "no_spillover",
    "coverage_limit", "consent", "data_minimum", "sunset", "corroborated_reports", "report_penalty", "audit", "whistle_blowers",
    "independent_appeal", "no_display", "detention_limit",
]  # fmt: skip
PRESETS = ["none", "popular_image", "rongcheng_2014", "spc_defaulter_list"]
HEAD = 'schema_version = 1\nname = "mine"\ntitle = "Mine"\nfidelity = "scenario"\n'
GRADE = 'grade = "scenario"\nreason = "a test"\n'
RULE = f'[[rule]]\ndeed = "theft"\nsensors = ["police"]\npoints = -5\n{GRADE}'
SCORE = f"[score]\nbase = 10\nlow = 0\nhigh = 20\n{GRADE}"


def held(policy: PolicyFile) -> set[str]:
    return {name for name in NAMES if safeguards.has(policy, name)}


def test_names_and_words() -> None:
    assert list(safeguards.TITLES) == list(safeguards.NAMES) == NAMES
    assert all("_" not in title and not title.endswith(".") for title in safeguards.TITLES.values())


@pytest.mark.parametrize("preset", PRESETS)
def test_a_variant_differs_in_one_safeguard(preset: str) -> None:
    policy = load.load(preset)
    before = policy.model_dump()
    made = safeguards.variants(policy)
    assert list(made)[-2:] == ["all", "none"]
    for name, variant in made.items():
        if name.startswith("+"):
            assert held(variant) == held(policy) | {name[1:]}, name
        elif name.startswith("-"):
            assert held(variant) == held(policy) - {name[1:]}, name
    assert held(made["none"]) == set()
    assert held(made["all"]) >= held(policy) | {name[1:] for name in made if name.startswith("+")}
    assert policy.model_dump() == before


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_added_and_taken_away_again_leaves_the_policy_as_it_was(preset: str) -> None:
    policy = load.load(preset)
    for name, variant in safeguards.variants(policy).items():
        if name.startswith("+") and name != "+expiry":  # an end of some things is not told from that of others
            back = safeguards.without(variant, name[1:])
            assert back.model_dump(exclude={"safeguards"}) == policy.model_dump(exclude={"safeguards"}), name
            assert held(back) == held(policy)


def test_the_image_can_have_each() -> None:
    changes = {name.lstrip("+-") for name in safeguards.variants(load.load("popular_image"))}
    assert changes == {*NAMES, "all", "none"}
    assert held(safeguards.variants(load.load("popular_image"))["all"]) == set(NAMES)


APPEALS, MACHINES = {"reasons", "appeal", "correct_everywhere", "independent_appeal"}, {"human_review", "coverage_limit"}
TOLD, SHOWN = {"corroborated_reports", "report_penalty"}, {"no_display", "detention_limit"}
OPEN_FILE = f"[mending]\nnotice = true\n{GRADE}"
MARCH = f"[protest]\narrest_days = 60\n{GRADE}"
BAND = f'[[score.band]]\nname = "A"\nfrom = 0\nmarked = true\n{GRADE}'
CAMERA = f'[[watch]]\nsensor = "camera"\nmachine = false\n{GRADE}'


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", set(NAMES)),  # a policy that does nothing
        (SCORE + RULE, {*APPEALS, *MACHINES, *TOLD, *SHOWN, "no_spillover", "data_minimum"}),
        (SCORE + RULE + OPEN_FILE, {*APPEALS, *MACHINES, *TOLD, *SHOWN, "no_spillover", "data_minimum"} - {"appeal"}),
        (SCORE + RULE.replace("police", "camera").replace("theft", "jaywalking"), {*APPEALS, *TOLD, *SHOWN, "no_spillover"}),
        (SCORE + RULE + CAMERA, {*APPEALS, *TOLD, *SHOWN, "human_review", "no_spillover", "data_minimum"}),
        (SCORE + RULE.replace("police", "neighbours"), {*APPEALS, *SHOWN, "human_review", "no_spillover", "data_minimum"}),
        (SCORE + RULE + "display_days = 1\n", {*APPEALS, *MACHINES, *TOLD, "detention_limit", "no_spillover", "data_minimum"}),
        (SCORE + RULE + "detain_days = 31\n", {*APPEALS, *MACHINES, *TOLD, "no_display", "no_spillover", "data_minimum"}),
        (SCORE + RULE + "detain_days = 30\n", {*APPEALS, *MACHINES, *TOLD, *SHOWN, "no_spillover", "data_minimum"}),
        (SCORE + RULE + MARCH, {*APPEALS, *MACHINES, *TOLD, "no_display", "no_spillover", "data_minimum"}),
        (SCORE + BAND + RULE, {*APPEALS, *MACHINES, *TOLD, "detention_limit", "no_spillover", "data_minimum"}),
    ],
)
def test_what_can_mean_nothing_is_left_out(text: str, missing: set[str]) -> None:
    policy = load.parse(HEAD + text)
    made = safeguards.variants(policy)
    assert {name for name in NAMES if f"+{name}" not in made and f"-{name}" not in made} == missing


def test_strengths_are_typical_and_do_not_weaken_what_is_there() -> None:
    policy = load.load("popular_image")
    strong = safeguards.variants(policy)["all"]
    assert strong.mending == policy.mending and strong.score == policy.score  # it has notice, appeal and expiry
    guards = strong.safeguards
    assert guards is not None and (guards.human_review, guards.review_sensitivity, guards.review_specificity) == (1.0, 0.7, 0.95)
    assert (guards.evidence_claims, guards.evidence_days, guards.coverage_limit) == (2, 365, 0.2)
    assert (guards.consent, guards.sunset_days) == (0.6, 365)
    mending = safeguards.given(load.parse(HEAD + SCORE + RULE + f"[mending]\nnotice = true\n{GRADE}"), "appeal").mending
    assert mending is not None and (mending.appeal_rate, mending.appeal_days, mending.appeal_capacity_per_100000) == (0.1, 30, 5.0)
    assert (mending.sensitivity, mending.specificity) == (0.7, 0.9)


def test_a_penalty_presupposes_an_inquiry_and_keeps_the_policys_own() -> None:
    policy = load.load("popular_image")
    guards = safeguards.variants(policy)["+report_penalty"].safeguards
    assert guards is not None and (guards.false_report_penalty_cents, guards.report_inquiry) == (50_000, 1.0)
    assert (guards.inquiry_sensitivity, guards.inquiry_specificity) == (0.7, 0.95)
    inquiry = f"[safeguards]\nreport_inquiry = 0.25\ninquiry_sensitivity = 0.5\ninquiry_specificity = 0.75\n{GRADE}"
    own = load.parse(HEAD + SCORE + RULE.replace("police", "neighbours") + inquiry)
    assert not safeguards.has(own, "report_penalty")
    guards = safeguards.given(own, "report_penalty").safeguards
    assert guards is not None and (guards.false_report_penalty_cents, guards.report_inquiry, guards.inquiry_sensitivity) == (
        50_000,
        0.25,
        0.5,
    )


def test_expiry_is_an_end_of_everything() -> None:
    policy = load.load("spc_defaulter_list")
    assert not safeguards.has(policy, "expiry")  # one of its six tests lists without a term
    ended = safeguards.variants(policy)["+expiry"]
    assert sorted(rule.term_days or 0 for rule in ended.rule) == [365, 730, 730, 730, 730, 730]
    assert all(rule.term_days is None for rule in safeguards.without(ended, "expiry").rule)


def test_own_catalogues_may_be_used() -> None:
    deeds, law = catalogue.load_deeds(), catalogue.load_law()
    policy = load.load("rongcheng_2014")
    assert list(safeguards.variants(policy, deeds, law)) == list(safeguards.variants(policy))
