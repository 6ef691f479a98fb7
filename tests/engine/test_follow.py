"""Following people changes nothing, misses nothing, and tells the truth to the byte."""

from collections import Counter

import numpy as np
import pytest
import worlds

from glasstown import measuring, world
from glasstown.engine import ears, evenings, follow, reference, run, trace

SOME = range(60)
INQUIRED = {"inquiry": 2**30, "inquiry_sensitivity": 2**31, "inquiry_specificity": 2**32 - 2**28, "penalty": 5000, "anonymous": 0}
PLACE = {name: number for number, name in enumerate(measuring.MEASURES)}


@pytest.fixture(scope="module")
def known():
    return worlds.with_policy(worlds.case(), sensitivity=2**31, specificity=2**31)


@pytest.fixture(scope="module")
def lived(known):
    return run.run_arms(known)


@pytest.fixture(scope="module")
def everybody(known):
    """Everybody followed: the world's daily measures, and the events of its policy arm."""
    worlds_, events = follow.follow(known, range(len(known.society.people)), ("policy",))
    return worlds_["policy"], events


@pytest.fixture(scope="module")
def rough():
    """Everybody followed where people demand, report, inquire, audit, shun and march: the policy arm, and its events."""
    case = worlds.own(worlds.with_policy(worlds.case(days=40), **INQUIRED, audit=2**28))
    for name, value in {"extortion": 2**29, "malice": 2**28, "tells": 2**30, "turnout": 2**31, "protest_bar": 20}.items():
        case.rules.parameters[name] = value
    found, events = follow.follow(case, range(len(case.society.people)), ("policy",))
    return found["policy"], events


def digests(found):
    return {arm: found[arm].digest for arm in found}


def test_following_changes_nothing_and_is_equal_to_the_byte(known, lived):
    """Every traced day is compared with the compiled one, column by column: a difference would raise."""
    found, events = follow.follow(known, SOME)
    assert digests(found) == digests(lived)
    assert all(np.array_equal(found[arm].daily, lived[arm].daily) for arm in lived)
    for arm in follow.FOLLOWED:
        assert len({event.day for event in events if event.arm == arm}) > known.days // 2
        assert {event.citizen for event in events if event.arm == arm} == set(SOME)
    assert {event.arm for event in events} == set(follow.FOLLOWED)


@pytest.mark.parametrize("policy", ["guarded", "popular_image", "spc_defaulter_list"])
def test_the_law_holds_under_other_policies(policy):
    """No day of forty people differs, in either town, with every safeguard and under shipped policies."""
    case = worlds.case(policy)
    found, events = follow.follow(case, range(40), follow.FOLLOWED)
    assert digests(found) == digests(run.run_arms(case, follow.FOLLOWED)) and len(events) > 1000


def test_whom_one_follows_changes_no_life(known):
    _, all_of_them = follow.follow(known, (3, 17, 40), ("policy", "twin"))
    _, one = follow.follow(known, (17,), ("twin", "policy"))
    key = lambda event: (event.arm, event.day)  # noqa: E731
    assert sorted(one, key=key) == sorted((event for event in all_of_them if event.citizen == 17), key=key)


def test_the_reference_can_be_followed_as_well(known):
    found, events = follow.follow(known, (5, 6), ("policy",), reference.kernels())
    again, same = follow.follow(known, (5, 6), ("policy",))
    assert digests(found) == digests(again) and events == same


def test_a_rule_that_differs_is_noticed(known, monkeypatch):
    kernels, _ = trace.traced()
    plain = kernels.gating.earn

    def generous(life, wage, parameters):
        plain(life, wage, parameters)
        life.purse = life.purse + 1

    monkeypatch.setattr(kernels.gating, "earn", generous)
    adult = int(np.flatnonzero(known.society.people["wage"] > 0)[0])
    with pytest.raises(follow.Unlike, match=rf"citizen {adult} .*life\.purse"):
        follow.follow(known, (adult,), ("policy",))


def test_nobody_reaches_for_the_rows_of_others(known):
    town = run.found_world(known, run.Runner(known, run.compiled_kernels()))
    copy = follow.Copy(town)
    copy.take(town, 7, 12)
    assert copy.view.record[7].score == 0 and copy.view.people[8].age == town.people["age"][8]
    with pytest.raises(IndexError, match="belongs to somebody else"):
        _ = copy.view.record[8]
    with pytest.raises(IndexError, match="belongs to somebody else"):
        copy.view.tray[6] = 1
    assert copy.view.face[1, 8] == town.face[1, 8]
    for write in ((0, 8), (1, 7)):
        with pytest.raises(IndexError):
            copy.view.face[write] = 1
    with pytest.raises(IndexError):
        _ = copy.view.face[0, 8]


def test_a_rule_that_is_gone_is_noticed(monkeypatch):
    monkeypatch.setitem(trace.EARS, "acts.undone", ears.done)
    trace.traced.cache_clear()
    with pytest.raises(LookupError, match=r"acts\.undone"):
        trace.traced()
    monkeypatch.undo()
    trace.traced.cache_clear()


def test_what_is_told_of_everybody_sums_to_what_is_measured(everybody):
    arm, events = everybody
    total = {name: int(arm.daily[:, place].sum()) for name, place in PLACE.items()}
    told = Counter(event.what for event in events)
    kinds = ("harmful_deeds", "disapproved_deeds", "good_deeds", "private_deeds")
    assert told["deed"] == sum(total[name] for name in kinds) > 1000
    assert told["asked"] == sum(count for name, count in total.items() if name.startswith("requests_")) > 100
    assert sum(1 for event in events if event.what == "asked" and event.details["reply"]) == sum(
        count for name, count in total.items() if name.startswith("refused_")
    )
    for what, name in (("appealed", "appeals"), ("heard", "hearings"), ("paid", "judgments_performed"), ("settled", "judgments_closed")):
        assert told[what] == total[name] > 0, what
    assert told["judgment"] == total["judgments"]
    assert sum(event.details["upheld"] for event in events if event.what == "heard") == total["upheld"]
    assert sum(event.details["cents"] for event in events if event.what == "fined") == total["fines"]
    assert sum(1 for event in events if event.what == "claim" and not event.details["steady"]) == total["sightings"]
    assert sum(event.details["points"] for event in events if event.what == "posted") == total["points"]
    assert sum(event.details["points"] for event in events if event.what == "recovered") == total["recovered"] > 0
    assert told["cleared"] == total["answers_cleared"] > 0
    charged = [event.details for event in events if event.what == "charged"]
    assert sum(row["cents"] for row in charged) == total["charged"] > sum(row["cents"] for row in charged if row["paid"])
    assert sum(row["cents"] for row in charged if row["paid"]) == total["charges_paid"] > 0
    assert sum(event.details["cents"] for event in events if event.what == "refunded") == total["refunded"]
    folded = [event.details for event in events if event.what == "folded"]
    assert sum(row["points"] for row in folded if row["rule"] != world.NOTHING) == total["folded"]
    for place, origin in enumerate(world.ORIGINS[1:4], 1):
        posted = [event.details for event in events if event.what == "posted" and event.details["origin"] == place]
        assert (
            sum(row["slot"] != ears.NO_SLOT for row in posted)
            == total[("entries_true", "entries_false_alarm", "entries_mix_up")[place - 1]]
        ), origin


def told_and_measured(rough):
    """The events by what they are, and what the days have measured in all."""
    arm, events = rough
    told = {}
    for event in events:
        told.setdefault(event.what, []).append(event)
    return told, {name: int(arm.daily[:, place].sum()) for name, place in PLACE.items()}


def test_displays_and_detentions_sum_to_what_is_measured(rough):
    told, total = told_and_measured(rough)
    displays, detained = ([event.details for event in told[what]] for what in ("display", "detained"))
    assert sum(row["new"] for row in displays) == total["displays"] > 100
    assert sum(row["origin"] in world.WRONG_ORIGINS for row in displays if row["new"]) == total["displays_wrong"] > 0
    assert sum(row["origin"] in world.WRONG_ORIGINS for row in detained if row["new"]) == total["detentions_wrong"] > 0
    assert sum(row["new"] for row in detained) <= total["detentions"] <= sum(row["new"] for row in detained) + len(told["arrested"])
    assert len(told["noticed"]) == total["display_days"]
    back = [event.details["days"] for event in told["released"]]
    assert min(back) > 0 and sum(back) <= total["detained_days"]
    assert sum(event.details["after"] & world.IS_DETAINED > 0 for event in told["state"]) >= len(back)


def test_reports_and_demands_sum_to_what_is_measured(rough):
    told, total = told_and_measured(rough)
    reports = [event.details for event in told["reports"]]
    for why, name in enumerate(measuring.BY_MOTIVE, world.GRUDGE):
        assert sum(row["why"] == why for row in reports) == total[f"reports_{name}"], name
    answers = [event.details for event in told["answered"]]
    assert sum(row["answer"] == world.EXPOSED for row in answers) == total["reports_exposed"] > 0
    assert sum(row["cents"] for row in answers if row["answer"] == world.COUNTED) == total["rewards_paid"] > 0
    assert sum(row["cents"] for row in answers if row["answer"] == world.EXPOSED) == total["penalties"]
    assert len(told["inquired"]) == total["inquiry_stopped"] > 0
    demands = [event.details for event in told["demanded"]]
    assert demands == [event.details for event in told["demands"]] and len(demands) == total["demands"] > 3
    of = Counter(row["outcome"] for row in demands)
    assert (of[evenings.PAID], of[evenings.TOLD_ON]) == (total["payments"], total["told_on"])
    assert sum(row["cents"] for row in demands if row["outcome"] == evenings.PAID) == total["extorted"] > 0


def test_what_is_laid_at_a_door_is_claimed_the_next_morning(rough):
    told, _ = told_and_measured(rough)
    claims = {(event.citizen, event.day, event.details["deed"], event.details["origin"]) for event in told["claim"]}
    aimed = {(event.details["other"], event.day, event.citizen, event.details["why"]) for event in told["reports"]}
    assert len(told["laid"]) > 50
    for event in told["laid"]:
        row = event.details
        assert (event.citizen, event.day, row["deed"], row["origin"]) in claims
        waited = [day for who, day, by, why in aimed if (who, by, why) == (event.citizen, row["by"], row["why"]) and day < event.day]
        assert row["why"] == world.DEMAND or waited


def test_what_power_takes_back_and_marches_sum_to_what_is_measured(rough):
    arm, _ = rough
    told, total = told_and_measured(rough)
    grounds = Counter(event.details["ground"] for what in ("reversed", "exit") for event in told[what])
    assert grounds[ears.BY_AUDIT] == total["audit_found"] > 0
    assert grounds[world.BY_POWER] == total["erased"]
    assert len(told["vanished"]) == total["vanished"] > 0
    assert len(told["marches"]) == total["marches"] > 0
    assert len(told["arrested"]) == total["arrests"] > 0
    stages = {(event.day, event.details["after"]) for event in told["stage"]}
    assert len(stages) == int(arm.daily[-1, PLACE["stage"]].sum()) == 2


def test_a_policy_that_is_marched_away_lets_go_of_everybody(known):
    """It is given up on the evening of a march; the next morning nobody is scored, and no list holds anybody."""
    case = worlds.own(known)
    for name, value in {"turnout": 2**31, "protest_bar": 20, "concedes": 1}.items():
        case.rules.parameters[name] = value
    found, events = follow.follow(case, range(len(case.society.people)), ("policy",))
    (evening,) = {event.day for event in events if event.what == "repealed"}
    assert {event.citizen for event in events if event.what == "repealed"} == set(range(len(case.society.people)))
    states = [event for event in events if event.what == "state"]
    let_go = {event.day for event in states if event.details["before"] & ~event.details["after"] & world.IS_SCORED}
    assert let_go == {evening + 1}
    assert not (found["policy"].town.life["state"] & (world.IS_SCORED | world.IS_LISTED)).any()
    ends = {event.details["ground"] for event in events if event.what == "left" and event.day == evening + 1}
    assert ends == {ears.BY_END}


def test_the_end_of_a_policy_is_a_ground_of_its_own(known):
    case = worlds.with_policy(known, sunset=20)
    _, events = follow.follow(case, range(len(case.society.people)), ("policy",))
    left = [event for event in events if event.what == "left"]
    assert {event.details["ground"] for event in left if event.day == 20} == {ears.BY_END}
    assert ears.BY_END not in {event.details["ground"] for event in left if event.day < 20}


def test_the_ledger_follows_whoever_is_written_about(known, everybody):
    """For the ledger people are followed on days on which something changes; nothing that is written down is missed."""
    written = ("posted", "recovered", "capped", "folded", "expired", "decayed", "reversed", "listed", "left")
    found, events = follow.follow(known, None)
    assert {event.arm for event in events} == {"policy"}
    key = lambda event: (event.citizen, event.day)  # noqa: E731
    mine, theirs = (sorted((event for event in some if event.what in written), key=key) for some in (events, everybody[1]))
    assert mine == theirs and len(mine) > 500
    assert {event.what for event in mine} >= set(written) - {"reversed"}
    assert found["policy"].digest == everybody[0].digest


def test_half_years_end_with_the_years():
    assert follow.half_years(1095) == [182, 365, 547, 730, 912, 1095]
    assert follow.half_years(30) == [30]
    assert follow.half_years(400) == [182, 365, 400]
