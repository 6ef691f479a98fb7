"""Outcomes of the other eight claims, by hand, in a made-up town: 0 to 3 majority adults, 4 and 5 minority adults, 6 and 7 children."""

import numpy as np
import pytest

from glasstown import measuring, tables, world
from glasstown.study import pair
from glasstown.study.further import FURTHER, SECTIONS
from glasstown.study.outcomes import SPECS, View, measure
from tests.study.fake import DAYS, HARMFUL_DEED, HARMLESS_DEED, PUNISHED, arm, deeds

NOBODY = tables.nothing(np.zeros(16, tables.row_type(tables.SENSOR)))
HOUSEHOLDS = ([0, 1], [2], [3, 6], [4, 5, 7])  # who lives with whom


def town(**measures):
    """An arm whose people live in households, 0 an official and 1 her kin."""
    made = arm(**measures)
    for members in HOUSEHOLDS:
        for place, member in enumerate(members):
            made.town.people["place"][member], made.town.people["household"][member] = place, len(members)
    made.town.people["status"][:2] = [world.OFFICIAL, world.KIN_OF_OFFICIAL]
    return made


def together(*members):
    """A town in which households are made of neighbouring numbers, as the engine's are."""
    made = arm()
    place = 0
    for count in members:
        made.town.people["place"][place : place + count] = range(count)
        made.town.people["household"][place : place + count] = count
        place += count
    return made


def levels(policy, twin=None, rules=None):
    """{outcome: [all, majority, minority]} of one arm."""
    views = [View(one, deeds(), PUNISHED, policy=rules) for one in (policy, twin or town())]
    found = measure(*views)
    return {name: [a / b if b else None for a, b in zip(*found[name], strict=True)] for name in found}


def growing(stages=2):
    """A policy that judges two contexts and closes two doors: one of each from the first day, the others later."""
    rules = np.zeros(2, tables.row_type(tables.RULE))
    rules["deed"] = [HARMFUL_DEED, HARMLESS_DEED]
    rules["detain"] = [5, 5]
    lists = np.zeros(1, tables.row_type(tables.LIST))
    lists["refuse"][0, :2] = 2**32
    score = NOBODY.score.copy()
    score["rules"], score["lists"], score["rollout"], score["stages"] = 2, 1, tables.BY_SCHEDULE, stages
    score["context_stage"][0, 3], score["gate_stage"][0, 1] = 1, 2
    exposed = np.zeros(tables.KINDS_MAX, np.int64)
    exposed[HARMLESS_DEED] = world.ONE
    return NOBODY._replace(score=score, rules=rules, lists=lists, exposed=exposed)


def in_two_contexts():
    """The two deeds, each in a context of its own."""
    found = deeds()
    found["context"][HARMLESS_DEED] = 3
    return found


def test_all_are_joined_and_have_a_section():
    assert SPECS[-len(FURTHER) :] == FURTHER
    assert set(SECTIONS) == {"pariahs", "display", "reports", "power", "detention", "rollout", "resistance", "machines"}
    swept = {spec.along for spec in SPECS if spec.along}
    assert swept == {"extortion", "immunity", "erased", "misuse"}
    assert all(spec.grade == "scenario" for spec in SPECS if spec.along)


def test_pariahs_and_their_households():
    policy, twin = together(2, 1, 1, 2, 2), together(2, 1, 1, 2, 2)
    policy.daily[:] = town(pariahs=[1, 0], ties_lost=[3, 1], pariah_household_days=[1, 0]).daily
    policy.town.life["ever"][1] = world.EVER_PARIAH
    policy.town.life["pariah_days"][1] = 40
    policy.town.life["income"][:2] = [730, 1460]
    twin.town.life["income"][:3] = [1460, 1460, 9999]
    found = levels(policy, twin)
    assert found["pariahs"][0] == pytest.approx(1000 / 6) and found["ever_pariah"][1] == pytest.approx(250)
    assert found["pariah_days"] == [40, 40, None]
    assert found["ties_lost"][0] == pytest.approx(1000 * 4 * 365 / 6)
    assert found["pariah_household_days"][1] == pytest.approx(1000 * 365 / 4)
    assert found["income_with_pariah"][0] == pytest.approx(-10 / 2)  # she earned 10 cents a day less beside a pariah who lost nothing


def test_those_who_are_shown_and_what_is_put_on_display():
    policy = town(displays=[2, 0], displays_wrong=[1, 0])
    policy.town.life["ever"][[0, 1]] = world.EVER_SHOWN
    policy.town.truth["cold"][[0, 1, 2]] = [0b111, 0b1, 0b11]
    policy.town.truth["did"][[0, 4]] = [1 << HARMFUL_DEED, PUNISHED]
    found = levels(policy, rules=growing())
    assert found["displays_wrong"][0] == 50
    assert found["ties_of_shown"] == [2, 2, None]
    assert found["displayed_deeds"] == pytest.approx([1000 / 6, 0, 500])  # only the harmless deed is put on display
    assert levels(policy)["displayed_deeds"] == [0, 0, 0]


def test_reports_by_motive_and_whom_they_hit():
    false = {"reports_grudge": [2, 0], "reports_reward": [1, 1]}
    policy = town(**false, reports_honest=[8, 4], reports_on_stained=[2, 0], marked=[1, 0], shown=[0, 1], entries_report=[1, 0])
    found = levels(policy)
    assert found["false_reports"][0] == pytest.approx(1000 * 4 * 365 / 6)
    assert found["reports_reward"] == pytest.approx([1000 * 2 * 365 / 6, 1000 * 365 / 4, 1000 * 365 / 2])
    assert found["false_share"][0] == 25
    assert found["stained_odds"][0] == pytest.approx((2 / 4) / (2 / 6) - 1)
    assert found["entries_from_reports"][0] == pytest.approx(1000 * 365 / 6)
    assert found["undeserved_entries"][0] == 100


def test_power_is_told_by_status():
    policy, twin = town(extorted=[600, 0]), town()
    policy.town.life["ever"][[1, 2, 3, 4]] = world.EVER_SANCTIONED
    policy.town.life["ever"][0] = world.EVER_SPARED
    policy.town.life["ever"] |= world.EVER_SANCTIONED_IN_SHADOW  # the rules meant everybody
    found = levels(policy, twin)
    assert found["extorted"][0] == pytest.approx(600 * 365 / 6)
    assert found["officials_gain"] == [600, 600, 600]  # of the one official there is, in a day
    assert found["sanctioned_powerful"][0] == 500 and found["sanctioned_ordinary"][0] == 750
    assert found["exempt"][0] == pytest.approx(1000 / 2 - 1000 / 4)  # one of two powerful escaped, and one of four others
    assert found["spared"][0] == pytest.approx(1000 / 6)


def test_detention_and_what_it_leaves():
    policy, twin = town(detentions=[2, 0], detentions_wrong=[1, 0], child_days_apart=[1, 0]), town()
    policy.town.life["ever"][[0, 1]] = world.EVER_DETAINED
    policy.town.truth["did"][0] = 1 << HARMFUL_DEED
    policy.town.truth["opinion"][:2] = [-1024, 1024]
    twin.town.truth["opinion"][:2] = [1024, 1024]
    policy.town.truth["fear"][0] = 4096
    found = levels(policy, twin, growing())
    assert found["detentions_wrong"][0] == 50 and found["ever_detained"][0] == pytest.approx(2000 / 6)
    assert found["detained_harmless"][0] == pytest.approx(1000 / 6)
    assert found["child_days_apart"][0] == pytest.approx(1000 * 365 / 2)
    assert found["view_after_detention"][0] == pytest.approx(-0.25) and found["fear_after_detention"][0] == pytest.approx(0.5)


@pytest.mark.parametrize(("stage", "parts"), [(0, 2), (1, 3), (2, 4)])
def test_parts_of_life_at_each_stage(stage, parts):
    policy = town()
    policy.town.clock["scored"] = 1
    assert View(policy, in_two_contexts(), PUNISHED, policy=growing()).parts_of_life(stage) == parts
    assert View(town(), in_two_contexts(), PUNISHED, policy=growing()).parts_of_life(stage) == 0  # the twin


def rolled_out(days_to, repealed=False):
    """A scored town that reaches stage 1 and 2 on these days, and may give the policy up on its last."""
    made = town()
    made.town.clock["scored"] = 1
    stages = made.daily[:, place_of("stage"), 0]
    for day in days_to:
        stages[day:] += 1
    made.daily[-1, place_of("repealed"), 0] = repealed
    return made


def place_of(name):
    """Where a measure stands."""
    return measuring.MEASURES.index(name)


def test_a_rollout_is_a_thing_of_the_whole_world():
    def found(policy, rules):
        both = [View(one, in_two_contexts(), PUNISHED, policy=rules) for one in (policy, town())]
        return {name: over[0] / under[0] if under[0] else None for name, (over, under) in measure(*both).items()}

    done, half, gone = rolled_out([10, 30]), rolled_out([10]), rolled_out([10, 30], repealed=True)
    assert [found(each, growing())["rolled_out"] for each in (done, half, gone)] == [100, 0, 0]
    assert [found(each, growing())["grown"] for each in (done, half, gone)] == [2, 1, -2]
    assert [found(each, growing())["days_until_everywhere"] for each in (done, half)] == [30, DAYS]
    assert [found(each, growing())["repealed"] for each in (done, gone)] == [0, 100]
    assert found(town(), growing())["rolled_out"] == 0 and found(town(), growing())["days_until_everywhere"] is None
    assert found(done, NOBODY)["rolled_out"] is None  # holds everywhere from its first day: nothing to roll out
    assert pair.stages(View(gone, deeds(), PUNISHED, policy=growing())) == [0, 1, 1, 1, 2, 2, 2, 2, 2, 2]  # at the end of each whole week
    assert pair.stages(View(done, deeds(), PUNISHED, policy=NOBODY)) == []


def test_stocks_of_the_town_are_not_counted_by_adult():
    found = levels(town(approving=[2048, 0], scandal=[1024, 0], marches=[3, 0], marched=[1, 0]))
    assert found["approving"][0] == 50 and found["scandal"][0] == 25
    assert found["marches"][0] == pytest.approx(1000 * 3 * 365 / 6) and found["days_of_protest"][0] == pytest.approx(365)
