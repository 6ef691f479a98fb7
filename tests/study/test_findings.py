"""Tables of the report: stays on a list, the floor, and what equal towns give."""

import math

import pytest

from glasstown.study import findings
from glasstown.study.outcomes import SPECS, View, measure
from tests.study.fake import PUNISHED, arm, deeds

MONTHS = 64


def spells(ended, still):
    """One group's stays, ended and still on, by length in months."""
    rows = [[dict(lengths).get(month, 0) for month in range(MONTHS)] for lengths in (ended, still)]
    return {"spells": [rows, [[0] * MONTHS, [0] * MONTHS]], "years": 1.0}


def test_stays_by_hand():
    # of 10, 2 leave in the first month; of 8, 4 are lost from sight in the second (half count) and 3 leave
    curve = findings.kaplan_meier([spells({0: 2, 1: 3}, {1: 4, 5: 1})], 0, 4)
    assert curve == pytest.approx([1.0, 0.8, 0.8 * (1 - 3 / 6), 0.4, 0.4])
    assert findings.kaplan_meier([spells({}, {})], None, 4) is None


def test_without_anybody_lost_from_sight_it_is_the_share():
    curve = findings.kaplan_meier([spells({0: 1, 1: 1, 2: 2}, {})], None, 5)
    assert curve == pytest.approx([1, 0.75, 0.5, 0, 0, 0])


def summary(policy, twin, placebo):
    """A summary of three made-up arms, outcomes only."""
    views = {name: View(one, deeds(), PUNISHED) for name, one in (("policy", policy), ("twin", twin), ("placebo", placebo))}
    return {"outcomes": {name: measure(view, views["twin"]) for name, view in views.items()}, "adults": [600, 400, 200]}


def test_equal_towns_give_zero_and_no_verdict():
    one = arm(listed=[1, 1], income=[3, 4], refused_work=[1, 0])
    for outcome in findings.outcomes([summary(one, one, one)] * 8):
        assert outcome.value in (0.0, None)
        assert outcome.verdict == "cannot tell"


def test_what_a_stranger_makes_is_the_floor():
    policy, twin, placebo = arm(refused_work=[9, 9]), arm(refused_work=[6, 6]), arm(refused_work=[10, 10])
    spec = next(spec for spec in SPECS if spec.name == "refused_work")
    found = findings.outcome([summary(policy, twin, placebo)] * 8, spec, 0)
    assert found.value == pytest.approx(6 / 6 * 365 * 1000)
    assert found.twin == pytest.approx(12 / 6 * 365 * 1000)
    assert found.floor == pytest.approx(8 / 6 * 365 * 1000)
    assert found.verdict == "cannot tell"
    assert findings.outcome([summary(policy, twin, twin)] * 8, spec, 0).verdict == "more"


def test_a_group_too_small_gets_no_verdict():
    policy, twin = arm(refused_work=[9, 9]), arm()
    rows = [{**summary(policy, twin, twin), "adults": [600, 501, 99]} for _ in range(8)]
    spec = next(spec for spec in SPECS if spec.name == "refused_work")
    assert [findings.outcome(rows, spec, group).verdict for group in range(3)] == ["more", "more", "cannot tell"]


def test_level_of_nobody_is_not_a_number():
    assert math.isnan(findings.level({"outcomes": {"twin": {"x": ([1.0], [0.0])}}}, "twin", "x", 0))


def study(count, outcome, levels, policy="popular_image"):
    """A request of so many pairs, and made-up pairs in which the policy's arm has these levels of an outcome."""
    from glasstown.study import assess

    one, rows = summary(arm(), arm(), arm()), []
    for level in levels:
        rows.append({**one, "outcomes": {**one["outcomes"], "policy": {**one["outcomes"]["policy"], outcome: ([level] * 3, [1.0] * 3)}}})
    return assess.request_of(policy, people=60, days=31, pairs=count, quick=True), rows


def test_what_hangs_on_an_unmeasured_rate_is_left_out_of_the_outcomes():
    request, rows = study(40, "extorted", [3000.0] * 40)
    left_out = findings.along(request)
    assert left_out["extorted"] == "extortion" and left_out["spared"] == "immunity" and "false_reports" not in left_out
    names = {outcome.name for outcome in findings.outcomes(rows, left_out)}
    assert not names & set(left_out) and "false_reports" in names
    assert findings.along(study(1, "extorted", [1.0])[0]) == {}  # one pair lives at the central, stated rate


def test_curves_are_rows_of_bins():
    request, rows = study(40, "extorted", [3000.0] * 40)
    found = [row for row in findings.curves(request, rows) if row["outcome"] == "extorted"]
    assert len(found) == 5 and {row["value"] for row in found} == {3000.0} and {row["along"] for row in found} == {"extortion"}
    assert found[0]["to"] < found[-1]["from"] <= found[-1]["rate_high"] == 12


def test_worlds_and_tips():
    _, rows = study(4, "repealed", [100.0, 0.0, 0.0, 0.0])
    (found,) = findings.tips(rows)  # without a rollout there is no end of it to reach
    assert (found["outcome"], found["tipped"], found["worlds"], found["split"], found["floor"]) == ("repealed", 1, 4, 1, 0.0)
    spread = [row for row in findings.worlds(rows) if row["outcome"] == "marched"]
    assert [(row["from"], row["worlds"]) for row in spread] == [(0.0, 4)]


def test_stages_by_week_are_shares_of_worlds():
    rows = findings.stages([{"stages": [0, 1, 2]}, {"stages": [0, 1, -1]}])
    share = {(row["day"], row["stage"]): row["share"] for row in rows}
    assert share[7, 0] == 1 and share[21, 2] == share[21, -1] == 0.5 and share[21, 0] == 0
    assert all(abs(sum(share[day, stage] for stage in (-1, 0, 1, 2)) - 1) < 1e-9 for day in (7, 14, 21))
    assert findings.stages([{"stages": []}]) == []
