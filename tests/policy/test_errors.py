"""What is wrong in a policy file is told at its place, with a remedy, and all at once."""

import pytest
from fragments import CAMERA, CLOSE, GRADE, GROWS, GUARD, HEAD, MODEL, NAMED, ORDER, PAYS, RULE, SCORE, TELLS, VIEW, VIEWS

from glasstown import files
from glasstown.policy import load


def problems(text: str) -> list[files.Problem]:
    with pytest.raises(files.FileProblems) as caught:
        load.parse(text)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "help_"),
    [
        (HEAD + RULE.replace("hides_assets", "hides_aset") + "points = -5\n" + SCORE, 6, 8, 'no deed "hides_aset"', "`hides_assets`"),
        (HEAD + RULE.replace('"enforcement"', '"enforcment"') + "points = -5\n" + SCORE, 7, 12, 'no sensor "enforcment"', "`enforcement`"),
        (HEAD + RULE.replace('"enforcement"', '"camera"') + "points = -5\n" + SCORE, 7, 12, "never looks at `courts`", "enforcement"),
        (HEAD + RULE.replace('t"]', 't", "enforcement"]') + "points = -5\n" + SCORE, 7, 27, "the sensor `enforcement` is named twice", ""),
        (HEAD + RULE, 5, 3, "leads to nothing", "points, an override_band or a list"),
        (HEAD + RULE + "points = -5\npaid_share = 0.5\n" + SCORE, 11, 1, "`paid_share` means nothing without `charge_cents`", ""),
        (HEAD + RULE + "points = -5\ncharge_cents = -5\n" + SCORE, 11, 16, "between 0 and", ""),
        (HEAD + "[context]\nyears = [2022, 2019]\n", 6, 9, "the first year comes first: [2019, 2022]", ""),
        (HEAD + '[context]\nknown = "as said [audit_2021]"\n', 6, 9, 'there is no source "audit_2021"', "[[source]]"),
        (HEAD + NAMED, 6, 8, "no [risk] says what the model does", "add [risk]"),
        (HEAD + RULE + "points = -5\n" + SCORE + MODEL, 17, 2, "[risk] means nothing without a rule about `high_risk`", ""),
        (HEAD + NAMED + MODEL.replace("named_share = 0.1\n", ""), 10, 2, "by `named_share` or by `named_from`", "highest share"),
        (HEAD + NAMED + MODEL + "named_from = 1.0\n", 10, 2, "by `named_share` or by `named_from`", "highest share"),
        (HEAD + NAMED + MODEL + 'foretells = ["thefts"]\n', 16, 14, 'no deed "thefts"', "`theft`"),
        (HEAD + NAMED + MODEL + 'foretells = ["by_order"]\n', 16, 14, 'no deed "by_order"', ""),
        (HEAD + NAMED + MODEL + f"[mending]\nnotice = true\nanswer_share = 0.5\n{GRADE}", 18, 1, "without `answer_clears`", ""),
        (HEAD + NAMED + MODEL + f"[mending]\nnotice = false\nanswer_share = 0.5\nanswer_clears = 1\n{GRADE}", 18, 1, "not told of", ""),
        (
            HEAD + RULE + "points = -5\n" + SCORE + f"[mending]\nnotice = true\nanswer_share = 0.5\nanswer_clears = 1\n{GRADE}",
            19,
            1,
            "no machine feeds this record",
            "",
        ),
        (HEAD + RULE + "points = -5\n" + SCORE + "clean_days = 5\n", 17, 1, "`clean_days` means nothing without `clean_points`", ""),
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
        (HEAD + RULE + "display_days = 0\n", 5, 3, "leads to nothing", "display_days or detain_days"),
        (HEAD + RULE + "detain_days = 4000\n", 10, 15, "between 0 and 3,650 (days)", ""),
        (HEAD + RULE + "display_days = 1\ndetain_after = 2\n", 11, 1, "`detain_after` means nothing without `detain_days`", ""),
        (HEAD + RULE + "detain_days = 5\ndetain_after = 101\n", 11, 16, "between 1 and 100 (times)", ""),
        (HEAD + RULE + "detain_days = 5\ndetain_after = 2\n", 11, 16, "counted by the points that this rule costs", "a [score]"),
        (HEAD + SCORE + RULE + "detain_days = 5\ndetain_after = 5\n", 17, 16, "and it costs none", "give the rule `points` below 0"),
        (HEAD + SCORE + RULE + "points = 5\ndetain_days = 5\ndetain_after = 5\n", 18, 16, "and it costs none", "below 0"),
        (HEAD + SCORE + RULE + "points = -5\norder_day = 5\n", 17, 1, "`order_day` means nothing for `hides_assets`", "only by_order"),
        (HEAD + SCORE + RULE + "points = -5\norder_whom = 'anybody'\n", 17, 1, "`order_whom` means nothing for", "only by_order"),
        (HEAD + SCORE + ORDER.replace("order_day = 50\n", "") + "points = -5\n", 11, 3, "a rule about `by_order` needs `order_day`", "day"),
        (HEAD + SCORE + ORDER.replace("order_share = 0.5\n", "") + "points = -5\n", 11, 3, "needs `order_share`", "share"),
        (HEAD + SCORE + ORDER.replace("= 50", "= 0") + "points = -5\n", 13, 13, "between 1 and 32,766 (days)", ""),
        (HEAD + SCORE + ORDER + 'sensors = ["court"]\npoints = -5\n', 17, 1, "`sensors` means nothing for `by_order`", "it is ordered"),
        (HEAD + SCORE + ORDER + 'through = "kin"\npoints = -5\n', 17, 1, "`through` means nothing for `by_order`", ""),
        (HEAD + SCORE + ORDER + "points = -5\n" + ORDER + "points = -5\n", 19, 8, "there is an earlier rule about `by_order`", "keep one"),
        (HEAD + SCORE + ORDER + "points = -5\n" + GUARD + "sunset_days = 50\n", 13, 13, "ends by itself after 50 days", "earlier day"),
        (HEAD + SCORE + ORDER + "points = -5\norder_whom = 'dissent'\n", 18, 14, "must be one of `anybody`, `dissenters`", "`dissenters`"),
        (HEAD + SCORE + RULE + f"points = -5\n[display]\nreach = 0.5\n{GRADE}", 17, 2, "no rule has display_days and no list has", ""),
        (HEAD + SCORE + RULE + "points = -5\n" + PAYS, 17, 2, "[reports] means nothing", "neighbours, informers"),
        (HEAD + f"[protest]\narrest_days = 5\n{GRADE}", 5, 2, "[protest] means nothing without rules", ""),
        (HEAD + GROWS + 'by = "schedule"\npilot_districts = 2\n', 5, 2, "[rollout] means nothing without rules", ""),
        (
            HEAD + SCORE + RULE + "points = -5\n" + GROWS + 'by = "schedule"\n',
            17,
            2,
            "says of nothing that it comes later",
            "pilot_districts",
        ),
        (HEAD + SCORE + RULE + "points = -5\n" + GROWS + "pilot_districts = 2\n", 17, 2, "`by` is missing", "`schedule`, `politics`"),
        (
            HEAD + SCORE + RULE + "points = -5\n" + GROWS + 'by = "schedule"\npilot_districts = 2\nscandal_bar = 0.5\n',
            23,
            1,
            "`scandal_bar` means nothing by schedule",
            "politics",
        ),
        (
            HEAD + SCORE + RULE + "points = -5\n" + GROWS + 'by = "politics"\npilot_districts = 2\n',
            21,
            6,
            "growing by politics needs `approval_bar`",
            "",
        ),
        (
            HEAD + SCORE + RULE + "points = -5\n" + GROWS + 'by = "schedule"\ncontexts = { courts = 1 }\neverywhere_stage = 2\n',
            23,
            1,
            "`everywhere_stage` means nothing without `pilot_districts`",
            "",
        ),
        (
            HEAD + SCORE + RULE + "points = -5\n" + GROWS + 'by = "schedule"\npilot_districts = 2\ncontexts = { speech = 1 }\n',
            23,
            14,
            "no rule is about `speech`: it cannot come later",
            "courts",
        ),
        (
            HEAD + SCORE + RULE + "points = -5\n" + GROWS + 'by = "schedule"\npilot_districts = 2\ngates = { travel = 1 }\n',
            23,
            11,
            "no band or list closes the gate `travel`",
            "none",
        ),
        (
            HEAD + SCORE + RULE + "points = -5\n" + GROWS + 'by = "schedule"\ncontexts = { courts = 16 }\n',
            22,
            23,
            "between 0 and 15 (stage)",
            "",
        ),
        (HEAD + GUARD + "corroborated_reports = true\n", 8, 1, "people do not tell on one another", "neighbours"),
        (
            HEAD + GUARD + "report_inquiry = 0.5\ninquiry_sensitivity = 1\ninquiry_specificity = 1\n",
            8,
            1,
            "`report_inquiry` means nothing",
            "informers",
        ),
        (
            HEAD + SCORE + TELLS + "points = -5\n" + GUARD + "report_inquiry = 1\ninquiry_sensitivity = 1\n",
            20,
            1,
            "`report_inquiry` means nothing without `inquiry_specificity`",
            "",
        ),
        (HEAD + GUARD + "false_report_penalty_cents = 5\n", 8, 1, "means nothing without `report_inquiry`", ""),
        (HEAD + GUARD + "independent_appeal = true\n", 8, 1, "`independent_appeal` means nothing without an appeal", ""),
        (HEAD + GUARD + "detention_limit_days = 5\n", 8, 1, "nobody is detained under this policy", ""),
        (HEAD + RULE + "detain_days = 5\n" + GUARD + "detention_limit_days = 0\n", 14, 24, "between 1 and 3,650 (days)", ""),
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


SHIPPED = [name for name in load.presets() if name != "none"]
WRONG = {  # lines of a rule that is put into a file: the place of the wrong one, and what is said of it
    "unknown key": (("display_day = 5", 'grade = "scenario"', 'reason = "a test"'), 0, "unknown key `display_day`"),
    "unit": (("display_days = 0.5", 'grade = "scenario"', 'reason = "a test"'), 0, "whole number between 0 and 32,766 (days)"),
    "range": (("display_days = 99_999", 'grade = "scenario"', 'reason = "a test"'), 0, "between 0 and 32,766 (days)"),
    "name": (("display_days = 5", 'override_band = "no such"', 'grade = "scenario"', 'reason = "a test"'), 1, 'no band "no such"'),
    "source": (("display_days = 5", 'grade = "documented"'), 1, "needs its `source`"),
}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_wrong_value_in_a_shipped_file_is_told_with_file_and_line(name: str, what: str) -> None:
    text = (load.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    lines, below, message = WRONG[what]
    table = "\n".join(("[[rule]]", 'deed = "jaywalking"', 'sensors = ["police"]', *lines, "", ""))
    place = text.index("\n[[rule]]\n") + 1
    line = text[:place].count("\n") + 4 + below
    with pytest.raises(files.FileProblems) as caught:
        load.parse(text[:place] + table + text[place:], f"{name}.toml")
    told = [problem for problem in caught.value.problems if problem.line == line]
    assert told and message in "".join(f"{problem.message} {problem.help}" for problem in told)
    assert f"{name}.toml:{line}:" in caught.value.render()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_source_taken_away_from_a_shipped_file_is_told_where_it_is_cited(name: str) -> None:
    """The first number that cites a source of the file itself."""
    text = (load.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    own = [row.id for row in load.load(name).source]
    for source in own:
        cited = f'source = "{source}"'
        if cited in text:
            line = text[: text.index(cited)].count("\n") + 1
            with pytest.raises(files.FileProblems) as caught:
                load.parse(text.replace(f'id = "{source}"', 'id = "elsewhere_only"'), f"{name}.toml")
            assert any(problem.line == line and source in problem.message for problem in caught.value.problems)
            return
