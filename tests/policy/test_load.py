"""Policy files: the shipped ones load, wrong ones are told at their place, and nothing but FileProblems leaves."""

import re
from typing import Any

import pytest
from fragments import CLOSE, GRADE, GROWS, GUARD, HEAD, ORDER, RULE, SCORE, TELLS, VIEW
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown import catalogue, files, tables
from glasstown.policy import load, safeguards, template
from glasstown.policy.schema import PolicyFile


def problems(text: str) -> list[files.Problem]:
    with pytest.raises(files.FileProblems) as caught:
        load.parse(text)
    return caught.value.problems


@pytest.mark.parametrize("name", ["none", "popular_image", "spc_defaulter_list", "rongcheng_2014"])
def test_presets_load_under_their_own_name(name: str) -> None:
    assert load.load(name).name == name
    assert load.presets()[name] == load.load(name).title


def test_none_holds_nothing() -> None:
    policy = load.load("none")
    assert not policy.rule and not policy.list and not policy.watch and policy.score is None and policy.mending is None


def test_defaulter_list_has_its_six_tests_and_terms() -> None:
    policy = load.load("spc_defaulter_list")
    terms = {rule.deed: rule.term_days for rule in policy.rule}
    assert len(terms) == 6
    assert terms.pop("able_but_refuses") is None
    assert set(terms.values()) == {730}
    (row,) = policy.list
    assert row.leave_working_days == 3 and row.public and row.performance and row.show_days > 0
    assert row.refuse["travel"] > 0 and row.refuse["school"] > 0
    assert policy.mending is not None and policy.mending.appeal_days == 15


def test_rongcheng_has_its_bands_and_points() -> None:
    policy = load.load("rongcheng_2014")
    assert policy.score is not None and policy.score.base == 1000
    assert [band.floor for band in policy.score.band] == [1050, 1030, 960, 850, 600, 0]
    points = {rule.points for rule in policy.rule}
    assert {-20, -50, -10, -30, -40, -60, -100, -5, 30, 5, (-5, -50)} <= points
    assert [rule.override_band for rule in policy.rule if rule.override_band] == ["C"]
    closing = [band for band in policy.score.band if band.refuse]
    assert closing and all(band.grade == "scenario" or all(row.grade == "scenario" for row in band.exception) for band in closing)


def test_the_popular_image_is_complete_and_says_what_it_is() -> None:
    policy, deeds, law = load.load("popular_image"), catalogue.load_deeds(), catalogue.load_law()
    assert policy.fidelity == "image" and "not a documented system" in policy.summary
    assert {rule.deed for rule in policy.rule} == {kind.name for kind in deeds.kinds()}  # everything is judged
    assert {name for rule in policy.rule for name in rule.sensors} == {sensor.name for sensor in law.sensor}  # everything is watched
    assert policy.score is not None and len(policy.score.band) == 5 and policy.score.slots == 3 and len(policy.list) == 1
    assert set(policy.score.band[-1].refuse) == set(policy.list[0].refuse) == set(tables.GATES)  # every door can close
    assert policy.display is not None and not policy.display.masked and any(rule.display_days for rule in policy.rule)
    assert policy.reports is not None and policy.reports.anonymous and policy.reports.reward_cents > 0
    assert any(rule.detain_days and rule.detain_after > 1 for rule in policy.rule) and policy.protest is not None
    assert policy.rollout is not None and policy.rollout.by == "politics" and policy.rollout.pilot_districts == 2
    (order,) = [rule for rule in policy.rule if rule.order_day is not None]
    assert (order.deed, order.order_whom, order.list) == ("by_order", "dissenters", "blacklist")
    assert policy.score.band[0].priority == 3 and policy.score.band[-1].marked and policy.list[0].public
    assert [name for name in safeguards.NAMES if safeguards.has(policy, name)] == ["notice", "appeal", "expiry"]


def test_every_new_key_is_read() -> None:
    sensor = "delay_days = 3\nmachine = true\ndprime = [1.5, 1.0]\nthreshold = 2.0\ncost_cents_per_sighting = 7\ncost_cents_per_year = 9\n"
    guards = "reasons = true\nhuman_review = 0.5\nreview_sensitivity = 0.7\nreview_specificity = 0.9\nevidence_claims = 2\n"
    more = "separate_contexts = true\nno_spillover = true\ncoverage_limit = 0.2\nconsent = 0.6\ndata_minimum = true\nsunset_days = 9\n"
    text = (
        HEAD
        + SCORE
        + f'[[score.band]]\nname = "A"\nfrom = 0\nmarked = true\npriority = 3\nrefuse = {{ housing = 0.5, business = 1 }}\n{GRADE}'
    )
    text += VIEW + "points = -5\n" + CLOSE + "points = -5\n" + f'[[watch]]\nsensor = "inference"\n{sensor}{GRADE}'
    text += f"[views]\nfrom = -0.5\n{GRADE}[mending]\nnotice = true\nappeal_rate = 0.1\n{GRADE}"
    policy = load.parse(text + f"[safeguards]\n{guards}{more}correct_everywhere = true\n{GRADE}")
    (watch,), (band,) = policy.watch, policy.score.band  # type: ignore[union-attr]
    assert (watch.delay_days, watch.machine, watch.dprime, watch.threshold) == (3, True, (1.5, 1.0), 2.0)
    assert (watch.cost_cents_per_sighting, watch.cost_cents_per_year) == (7, 9)
    assert band.marked and band.priority == 3 and band.refuse == {"housing": 0.5, "business": 1.0}
    assert policy.rule[1].through == "kin" and policy.views is not None and policy.views.floor == -0.5
    found = policy.safeguards
    assert found is not None and found.reasons and found.no_spillover and found.data_minimum and found.correct_everywhere
    assert (found.human_review, found.review_sensitivity, found.review_specificity) == (0.5, 0.7, 0.9)
    assert (found.evidence_claims, found.evidence_days, found.separate_contexts) == (2, 365, True)
    assert (found.coverage_limit, found.consent, found.sunset_days) == (0.2, 0.6, 9)


def test_the_keys_of_display_reports_growth_and_protest_are_read() -> None:
    text = HEAD + SCORE + f'[[score.band]]\nname = "A"\nfrom = 0\nrefuse = {{ travel = 1 }}\n{GRADE}'
    text += TELLS + "points = -5\ndisplay_days = 7\ndetain_days = 30\ndetain_after = 3\n"
    text += ORDER + 'points = -5\norder_every_days = 9\norder_whom = "dissenters"\n'
    text += f"[display]\nreach = 0.25\nmasked = true\n{GRADE}[reports]\nanonymous = true\nreward_cents = 100\n{GRADE}"
    text += GROWS + 'by = "politics"\npilot_districts = 3\neverywhere_stage = 2\napproval_bar = 0.5\nscandal_bar = 0.25\n'
    text += f"contexts = {{ speech = 1 }}\ngates = {{ travel = 4 }}\n[protest]\narrest_days = 9\n{GRADE}"
    policy = load.parse(text)
    told, order = policy.rule
    assert (told.display_days, told.detain_days, told.detain_after) == (7, 30, 3)
    assert (order.order_day, order.order_every_days, order.order_share, order.order_whom) == (50, 9, 0.5, "dissenters")
    display, reports, rollout, protest = policy.display, policy.reports, policy.rollout, policy.protest
    assert display is not None and (display.reach, display.masked) == (0.25, True)
    assert reports is not None and (reports.anonymous, reports.reward_cents) == (True, 100)
    assert rollout is not None and protest is not None and protest.arrest_days == 9
    assert (rollout.by, rollout.every_days, rollout.pilot_districts, rollout.everywhere_stage) == ("politics", 90, 3, 2)
    assert (rollout.approval_bar, rollout.scandal_bar, rollout.contexts, rollout.gates) == (0.5, 0.25, {"speech": 1}, {"travel": 4})


def test_what_is_left_out_of_display_reports_growth_and_protest_is_nothing() -> None:
    policy = load.parse(HEAD + SCORE + TELLS + "points = -5\n")
    assert policy.display is None and policy.reports is None and policy.rollout is None and policy.protest is None
    (rule,) = policy.rule
    assert (rule.display_days, rule.detain_days, rule.detain_after, rule.order_day, rule.order_whom) == (0, 0, 1, None, "anybody")


def test_the_new_safeguards_are_read() -> None:
    guards = "corroborated_reports = true\nevidence_days = 30\nreport_inquiry = 0.5\ninquiry_sensitivity = 0.75\ninquiry_specificity = 1\n"
    guards += "false_report_penalty_cents = 9\naudit = 0.25\nwhistle_blowers = true\nindependent_appeal = true\nno_display = true\n"
    appeal = f"[mending]\nnotice = true\nappeal_rate = 0.1\n{GRADE}"
    text = HEAD + SCORE + TELLS + "points = -5\ndetain_days = 30\n" + appeal + GUARD + guards + "detention_limit_days = 10\n"
    found = load.parse(text).safeguards
    assert found is not None and found.corroborated_reports and found.whistle_blowers and found.independent_appeal and found.no_display
    assert (found.report_inquiry, found.inquiry_sensitivity, found.inquiry_specificity) == (0.5, 0.75, 1.0)
    assert (found.false_report_penalty_cents, found.audit, found.detention_limit_days, found.evidence_days) == (9, 0.25, 10, 30)


def test_template_passes_check_as_it_stands() -> None:
    assert load.parse(template.text()).name == "my_policy"


@pytest.mark.parametrize("name", ["My Policy 2!", "2020", "", "ä", "x" * 99])
def test_template_makes_a_name_of_anything(name: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,47}", load.parse(template.text(name)).name)


def test_remarks_of_the_template_are_valid_too() -> None:
    text = re.sub(r"^# (?=\[|[a-z_]+ = )", "", template.text(), flags=re.MULTILINE)
    policy = load.parse(text)
    assert policy.watch and policy.list and policy.views and policy.context.aim_outcome == "harm"
    assert policy.display and policy.reports and policy.rollout and policy.protest
    assert policy.risk and policy.law and policy.measured and policy.source and policy.context.years == (2024,)
    given = {key for table in (policy.display, policy.reports, policy.rollout, policy.protest) for key in table.model_fields_set}
    assert given >= {"reach", "masked", "anonymous", "reward_cents", "approval_bar", "scandal_bar", "contexts", "gates", "arrest_days"}
    assert all(safeguards.has(policy, name) for name in safeguards.NAMES)


def test_own_sources_can_be_cited() -> None:
    text = (
        HEAD + SCORE.replace("scenario", "documented") + 'source = "B1"\n[[source]]\nid = "B1"\ntitle = "A book"\nopened = "2026-11-24"\n'
    )
    assert load.parse(text).source[0].id == "B1"


def test_own_coverage_lets_a_sensor_see() -> None:
    text = HEAD + SCORE + RULE.replace('"enforcement"', '"camera"') + "points = -5\n"
    watch = f'[[watch]]\nsensor = "camera"\ncoverage = {{ courts = 0.5 }}\n{GRADE}'
    assert load.parse(text + watch).watch[0].coverage == {"courts": 0.5}


def test_unknown_name_suggests_a_preset() -> None:
    with pytest.raises(files.FileProblems, match="did you mean `spc_defaulter_list`"):
        load.load("spc_defaulter")


def test_digest_is_of_the_content() -> None:
    text = HEAD + SCORE
    assert load.digest(load.parse(text)) == load.digest(load.parse("# remark\n" + text.replace(" = ", "=")))
    assert load.digest(load.parse(text)) != load.digest(load.parse(text.replace("1000", "999")))
    assert re.fullmatch("[0-9a-f]{64}", load.digest(load.load("none")))


def test_no_key_can_hold_records_of_persons() -> None:
    """Closed everywhere; no table that one could fill with people; no key that names, finds or loads anybody."""
    schema = PolicyFile.model_json_schema()
    keys: set[str] = set()
    for node in [schema, *schema["$defs"].values()]:
        assert node.get("additionalProperties") is False, node["title"]
        if node["title"] != "Declared":  # what a lawyer asks of the system as a whole, answered by yes, no or a word of a closed list
            keys |= node["properties"].keys()
    assert {name for name, node in schema["properties"].items() if node.get("type") == "array"} == {
        "watch", "rule", "list", "measured", "source",
    }  # fmt: skip
    banned = "person|people|citizen|subject|member|record|file|path|load|import|include|url|database|csv|photo|face|birth|phone|identity"
    words = re.compile(rf"(^|_)({banned})s?(_|$)")
    assert not [key for key in keys if words.search(key)]
    for key in ("person", "people", "records", "include", "members", "names"):
        assert any("unknown key" in problem.message for problem in problems(HEAD + f'{key} = ["Anybody"]\n'))


KEYS = sorted({key for node in PolicyFile.model_json_schema()["$defs"].values() for key in node["properties"]})
ANYTHING: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(
        [
            "0",
            '"holds_view"',
            '"close_to_marked"',
            '"by_order"',
            '"neighbours"',
            '"politics"',
            '"inference"',
            "-5",
            "1.5",
            "true",
            '"hides_assets"',
            '"A"',
            '"enforcement"',
            "1e9",
            "[]",
            "{}",
            '"estimated"',
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=3).map(
            lambda items: "{ " + ", ".join(f"{key} = {value}" for key, value in items.items()) + " }"
        ),
    ),
    max_leaves=5,
)
TABLES = [
    "[[rule]]",
    "[[list]]",
    "[[watch]]",
    "[score]",
    "[[score.band]]",
    "[mending]",
    "[views]",
    "[safeguards]",
    "[display]",
    "[reports]",
    "[rollout]",
    "[rollout.contexts]",
    "[rollout.gates]",
    "[protest]",
    "[[rule.exception]]",
    "[[source]]",
    "[context]",
    "[start]",
]
LINES = st.one_of(st.sampled_from(TABLES), st.tuples(st.sampled_from(KEYS), ANYTHING).map(lambda pair: f"{pair[0]} = {pair[1]}"))


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=15), st.sampled_from(["", HEAD, HEAD + SCORE + RULE]))
def test_fuzz_only_file_problems_leave(lines: list[str], head: str) -> None:
    try:
        policy: Any = load.parse(head + "\n".join(lines))
    except files.FileProblems as error:
        assert error.problems and "error" in error.render(color=True)
    else:
        assert isinstance(policy, PolicyFile)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_fuzz_one_change_of_a_good_file(data: st.DataObject) -> None:
    text = template.text()
    at = data.draw(st.integers(0, len(text)))
    gone = data.draw(st.integers(0, 20))
    new = data.draw(st.text(max_size=5))
    try:
        load.parse(text[:at] + new + text[at + gone :])
    except files.FileProblems as error:
        assert all(1 <= problem.line <= text.count("\n") + new.count("\n") + 1 for problem in error.problems)
