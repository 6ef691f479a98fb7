"""Policy files: the shipped ones load, wrong ones are told at their place, and nothing but FileProblems leaves."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown import catalogue, files, tables
from glasstown.policy import load, safeguards, template
from glasstown.policy.schema import PolicyFile

HEAD = 'schema_version = 1\nname = "mine"\ntitle = "Mine"\nfidelity = "scenario"\n'
GRADE = 'grade = "scenario"\nreason = "a test"\n'
SCORE = f"[score]\nbase = 1000\nlow = 0\nhigh = 1100\n{GRADE}"
VIEW = f'[[rule]]\ndeed = "holds_view"\nsensors = ["inference"]\n{GRADE}'
CLOSE = f'[[rule]]\ndeed = "close_to_marked"\nthrough = "kin"\n{GRADE}'
RULE = f'[[rule]]\ndeed = "hides_assets"\nsensors = ["enforcement"]\n{GRADE}'


VIEWS = f"[views]\nfrom = -0.5\n{GRADE}"
GUARD = f"[safeguards]\n{GRADE}"
CAMERA = f'[[watch]]\nsensor = "camera"\n{GRADE}'


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


def test_template_passes_check_as_it_stands() -> None:
    assert load.parse(template.text()).name == "my_policy"


@pytest.mark.parametrize("name", ["My Policy 2!", "2020", "", "ä", "x" * 99])
def test_template_makes_a_name_of_anything(name: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,47}", load.parse(template.text(name)).name)


def test_remarks_of_the_template_are_valid_too() -> None:
    text = re.sub(r"^# (?=\[|[a-z_]+ = )", "", template.text(), flags=re.MULTILINE)
    policy = load.parse(text)
    assert policy.watch and policy.list and policy.views and policy.context.aim_outcome == "harm"
    assert all(safeguards.has(policy, name) for name in safeguards.NAMES)


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
        (HEAD + SCORE + VIEW + "points = -5\n", 12, 8, "no [views] says which view is looked for", "add [views]"),
        (HEAD + f"[views]\nfrom = -0.5\n{GRADE}", 5, 2, "[views] means nothing without a rule about `holds_view`", ""),
        (HEAD + VIEW + 'list = "x"\n[[list]]\nname = "x"\n' + GRADE + f"[views]\nfrom = 0.0\n{GRADE}", 16, 8, "less than 0 (view)", ""),
        (
            HEAD + SCORE + VIEW.replace("inference", "camera") + "points = -5\n" + VIEWS,
            13,
            12,
            "`camera` sees deeds and infers no",
            "inference",
        ),
        (
            HEAD + SCORE + RULE.replace("enforcement", "inference") + "points = -5\n",
            13,
            12,
            "infers views and sees no deeds",
            "enforcement",
        ),
        (
            HEAD + SCORE + RULE.replace('sensors = ["enforcement"]\n', "") + "points = -5\n",
            11,
            3,
            "a rule about `hides_assets` needs `sensors`",
            "",
        ),
        (HEAD + SCORE + RULE + 'through = "kin"\npoints = -5\n', 16, 1, "`through` means nothing for `hides_assets`", ""),
        (HEAD + SCORE + CLOSE.replace('through = "kin"\n', "") + "points = -5\n", 11, 3, "needs `through`", '"kin" or "ties"'),
        (HEAD + SCORE + CLOSE + 'sensors = ["court"]\npoints = -5\n', 16, 1, "`sensors` means nothing for `close_to_marked`", ""),
        (
            HEAD + SCORE + CLOSE + "points = -5\n" + CLOSE.replace("kin", "ties") + "points = -5\n",
            19,
            11,
            'an earlier rule goes through "kin"',
            "",
        ),
        (HEAD + SCORE + CLOSE.replace("kin", "kim") + "points = -5\n", 13, 11, "must be one of `kin`, `ties`", "`kin`"),
        (HEAD + '[[watch]]\nsensor = "camera"\nthreshold = 2.0\n' + GRADE, 7, 1, "`threshold` means nothing here", "inference"),
        (HEAD + '[[watch]]\nsensor = "camera"\ndelay_days = 256\n' + GRADE, 7, 14, "between 0 and 255 (days)", ""),
        (HEAD + SCORE + f'[[score.band]]\nname = "A"\nfrom = 0\npriority = 4\n{GRADE}', 14, 12, "between 0 and 3", ""),
        (HEAD + GUARD + "human_review = 0.5\nreview_sensitivity = 1\nreview_specificity = 1\n", 8, 1, "no machine feeds this record", ""),
        (HEAD + CAMERA + GUARD + "human_review = 0.5\nreview_sensitivity = 1\n", 12, 1, "means nothing without `review_specificity`", ""),
        (HEAD + GUARD + "evidence_days = 9\n", 8, 1, "`evidence_days` means nothing without `evidence_claims`", ""),
        (HEAD + GUARD + "evidence_claims = 1\n", 8, 19, "between 2 and 100 (claims)", ""),
        (HEAD + GUARD + "reasons = true\n", 8, 1, "`reasons` means nothing without an appeal", "appeal_rate"),
        (HEAD + GUARD + "correct_everywhere = true\n", 8, 1, "`correct_everywhere` means nothing without an appeal", ""),
        (HEAD + GUARD + "consent = 1.5\n", 8, 11, "between 0 and 1 (share)", ""),
        (HEAD + GUARD + "range = [5, 6]\nsunset_days = 9\nconsent = 0.5\n", 8, 9, "outside its own range: `consent` is 0.5", ""),
        (HEAD + GUARD + "sunset = 9\n", 8, 1, "unknown key `sunset`", "`sunset_days`"),
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
    st.sampled_from(
        [
            "0",
            '"holds_view"',
            '"close_to_marked"',
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
