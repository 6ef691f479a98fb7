"""Policy files: the shipped ones load, wrong ones are told at their place, and nothing but FileProblems leaves."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown import files
from glasstown.policy import load, template
from glasstown.policy.schema import PolicyFile

HEAD = 'schema_version = 1\nname = "mine"\ntitle = "Mine"\nfidelity = "scenario"\n'
GRADE = 'grade = "scenario"\nreason = "a test"\n'
SCORE = f"[score]\nbase = 1000\nlow = 0\nhigh = 1100\n{GRADE}"
RULE = f'[[rule]]\ndeed = "hides_assets"\nsensors = ["enforcement"]\n{GRADE}'


def problems(text: str) -> list[files.Problem]:
    with pytest.raises(files.FileProblems) as caught:
        load.parse(text)
    return caught.value.problems


@pytest.mark.parametrize("name", ["none", "spc_defaulter_list", "rongcheng_2014"])
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


def test_template_passes_check_as_it_stands() -> None:
    assert load.parse(template.text()).name == "my_policy"


@pytest.mark.parametrize("name", ["My Policy 2!", "2020", "", "ä", "x" * 99])
def test_template_makes_a_name_of_anything(name: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,47}", load.parse(template.text(name)).name)


def test_remarks_of_the_template_are_valid_too() -> None:
    text = re.sub(r"^# (?=\[\[|[a-z_]+ = )", "", template.text(), flags=re.MULTILINE)
    policy = load.parse(text)
    assert policy.watch and policy.list and policy.context.aim_outcome == "harm"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "help_"),
    [
        (HEAD + RULE.replace("hides_assets", "hides_aset") + "points = -5\n" + SCORE, 6, 8, 'no deed "hides_aset"', "`hides_assets`"),
        (HEAD + RULE.replace('"enforcement"', '"enforcment"') + "points = -5\n" + SCORE, 7, 12, 'no sensor "enforcment"', "`enforcement`"),
        (HEAD + RULE.replace('"enforcement"', '"camera"') + "points = -5\n" + SCORE, 7, 12, "never looks at `courts`", "enforcement"),
        (HEAD + RULE.replace('t"]', 't", "enforcement"]') + "points = -5\n" + SCORE, 7, 27, "the sensor `enforcement` is named twice", ""),
        (HEAD + RULE, 5, 3, "leads to nothing", "points, an override_band or a list"),
        (HEAD + RULE + "points = 0\n" + SCORE, 10, 10, "points of 0 change nothing", ""),
        (HEAD + RULE + "points = [-50, -5]\n" + SCORE, 10, 10, "the mildest end comes first: [-5, -50]", ""),
        (HEAD + RULE + "points = [-5, 5]\n" + SCORE, 10, 10, "must not cross 0", ""),
        (HEAD + RULE + "points = -9000\n" + SCORE, 10, 10, "between -8,000 and 8,000 (points)", ""),
        (HEAD + RULE + "points = -5000\nrepeat = 2.0\nrepeat_days = 5\n" + SCORE, 11, 10, "more than 8,000 points", ""),
        (HEAD + RULE + "points = -5\nrepeat = 2.0\n" + SCORE, 11, 10, "`repeat` needs `repeat_days`", ""),
        (HEAD + RULE + "points = -5\n", 10, 1, "the policy has no [score]", ""),
        (HEAD + RULE + "points = -5\nterm_days = 5\n" + SCORE, 11, 1, "`term_days` means nothing without `list`", ""),
        (HEAD + RULE + 'override_band = "D"\n' + SCORE, 10, 17, 'no band "D"', "known here: nothing"),
        (HEAD + RULE + 'list = "black"\n', 10, 8, 'no list "black"', ""),
        (HEAD + f'[[list]]\nname = "black"\n{GRADE}', 6, 8, "no rule puts anybody on the list `black`", ""),
        (HEAD + SCORE.replace("base = 1000", "base = 2000"), 6, 8, "between the lowest and the highest score, 0 and 1,100; 2,000", ""),
        (HEAD + SCORE.replace("low = 0", "low = 1100"), 7, 7, "must be below the highest score", ""),
        (HEAD + SCORE + f'[[score.band]]\nname = "A"\nfrom = 10\n{GRADE}', 13, 8, "must begin at the lowest score, 0", ""),
        (
            HEAD + SCORE + f'[[score.band]]\nname = "A"\nfrom = 0\n{GRADE}[[score.band]]\nname = "B"\nfrom = 0\n{GRADE}',
            18,
            8,
            "from the highest down: must be below 0",
            "highest band first",
        ),
        (HEAD + SCORE + f'[[score.band]]\nname = "A"\nfrom = 0\nrefuse.travle = 1\n{GRADE}', 14, 1, "unknown key `travle`", "`travel`"),
        (HEAD + SCORE.replace('"scenario"', '"documented"'), 9, 9, "a documented number needs its `source`", ""),
        (HEAD + SCORE.replace('"scenario"', '"estimated"'), 9, 9, "grade estimated needs a `range`", ""),
        (HEAD + SCORE.replace('reason = "a test"\n', ""), 9, 9, "grade scenario needs a `reason`", ""),
        (HEAD + SCORE + 'source = "F999"\n', 11, 10, 'no source "F999"', "[[source]]"),
        (HEAD + SCORE + "range = [5, 1]\n", 11, 9, "the lowest value comes first: [1, 5]", ""),
        (HEAD + SCORE + "range = [5, 6]\n", 11, 9, "outside its own range: `base` is 1000", ""),
        (HEAD + SCORE + f'[[score.exception]]\nkey = "hihg"\n{GRADE}', 12, 7, "this table has no number `hihg`", "`high`"),
        (HEAD + '[[watch]]\nsensor = "camera"\ncoverage = { trafic = 0.5 }\n' + GRADE, 7, 14, "unknown key `trafic`", "`traffic`"),
        (HEAD + '[[watch]]\nsensor = "camera"\nmissed = [0.5]\n' + GRADE, 7, 10, "a list [...] of 2 items", ""),
        (HEAD.replace("= 1", "= 2"), 1, 18, "must be `1`; 2 was given", ""),
        (HEAD.replace('"mine"', '"../../x"'), 2, 8, "a name of small letters", ""),
    ],
)
def test_error_at_its_place(text: str, line: int, column: int, message: str, help_: str) -> None:
    (found,) = problems(text)
    assert (found.line, found.column) == (line, column), found
    assert message in found.message
    assert help_ in found.help


def test_schema_and_meaning_are_told_at_once() -> None:
    found = problems(HEAD + RULE.replace("hides_assets", "hides_aset") + "pionts = -5\n" + SCORE.replace("low = 0", 'low = "0"'))
    assert [problem.message.split(";")[0] for problem in found] == [
        "this rule leads to nothing",
        'there is no deed "hides_aset"',
        "unknown key `pionts`",
        "must be a whole number between -32,000 and 32,000 (points)",
    ]


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
        keys |= node["properties"].keys()
    assert {name for name, node in schema["properties"].items() if node.get("type") == "array"} == {"watch", "rule", "list", "source"}
    banned = "person|people|citizen|subject|member|record|file|path|load|import|include|url|database|csv|photo|face|birth|phone|identity"
    words = re.compile(rf"(^|_)({banned})s?(_|$)")
    assert not [key for key in keys if words.search(key)]
    for key in ("person", "people", "records", "include", "members", "names"):
        assert any("unknown key" in problem.message for problem in problems(HEAD + f'{key} = ["Anybody"]\n'))


KEYS = sorted({key for node in PolicyFile.model_json_schema()["$defs"].values() for key in node["properties"]})
ANYTHING: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(["0", "-5", "1.5", "true", '"hides_assets"', '"A"', '"enforcement"', "1e9", "[]", "{}", '"estimated"']),
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
