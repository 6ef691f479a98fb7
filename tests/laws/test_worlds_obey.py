"""Laws of whole worlds, and for each a mutation that it catches.

A law is a function of kernels: it holds for the plain rules, and must fail when one rule is replaced by a plausible bug.
Worlds are small and uncompiled; bits/ shows that the compiled kernels do the same. Nightly, the mutations are compiled too.
"""

import inspect
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import worlds

import glasstown
from glasstown import draws, gating, measuring, mending, reacting, scoring, shaming, tables, watching, world
from glasstown.engine import run
from glasstown.hours import acts, dealings, doors, home, morning, night, record, standing, ties, watched

PLACE = {name: number for number, name in enumerate(measuring.MEASURES)}


def town_of(known, arm="policy"):
    return worlds.lived(known, (arm,))[arm].town


# --- laws -----------------------------------------------------------------------------------------------------------


def equal_before_different_after():
    """Until the policy begins both towns are the same; afterwards they part."""
    known = worlds.case(people=120, start=10, days=1)
    runner = run.Runner(known, worlds.kernels())
    town = run.found_world(known, runner)
    waiting = run.fork(town)  # the policy's tables are there, but the policy is not in force
    run.live_days(runner, town, tables.nothing(known.rules.sensors), range(known.start), None)
    run.live_days(runner, waiting, known.policy, range(known.start), None)
    assert worlds.differing(town, waiting) == []
    worlds_apart = {arm: run.arm_of(known, town, arm) for arm in ("policy", "twin")}
    assert worlds.differing(worlds_apart["policy"][0], worlds_apart["twin"][0]) == []
    for day in range(known.start, known.start + 12):
        for fresh, policy in worlds_apart.values():
            runner.live(fresh, policy, day)
    assert "record.score" in worlds.differing(worlds_apart["policy"][0], worlds_apart["twin"][0])
    assert not town.record["score"].any() and (town.record["band"] == world.NOTHING).all()


def none_leaves_no_trace():
    """Policy ``none`` is the twin, to the byte; so A against A differs by exactly zero."""
    lived = worlds.lived(worlds.case("none", people=120, start=5, days=20))
    assert worlds.differing(lived["policy"].town, lived["twin"].town) == []
    assert np.array_equal(lived["policy"].daily, lived["twin"].daily)


def unannounced_sensors_without_consequences_change_only_the_record():
    """Watching alone, untold and without rules, changes nothing that anybody lives."""
    silent = {"rules": 0, "announced": 0, "appeals": 0, "bands": 0, "scores": 0, "reports": 0, "order_day": 32767, "rollout": 0,
              "risk_every": 32767, "clean_days": 32767, "pooled": 0, "slots": 0}  # fmt: skip
    known = worlds.with_policy(worlds.case(people=120, start=5, days=20), **silent)
    known.policy.severity[:] = 0
    lived = worlds.lived(known)
    kept = ("record", "shadow", "desk.letter", "life.ever", "life.state")  # a letter on its way, and what measuring notes
    assert [name for name in worlds.differing(lived["policy"].town, lived["twin"].town) if not name.startswith(kept)] == []
    lived_same = [PLACE[name] for name in ("sightings", "deeds_seen", "views_looked_at", "sensor_cost", "scored", "reports_mistaken")]
    daily = {arm: np.delete(lived[arm].daily, lived_same, axis=1) for arm in lived}
    assert np.array_equal(daily["policy"], daily["twin"])
    assert lived["policy"].daily[:, lived_same[0]].sum() > lived["twin"].daily[:, lived_same[0]].sum()


# exercises: scoring.post, scoring.publish, scoring.clear, scoring.age (law)
def points_add_up():
    """posted + recovered = live + expired + reversed + decayed + capped for everybody, every day (live holds what was folded)."""
    known = worlds.with_policy(worlds.case(people=150, start=3, days=40), appeal_rate=2**32, sensitivity=2**32, specificity=2**31)
    runner = run.Runner(known, worlds.kernels())
    town, policy = run.arm_of(known, run.found_world(known, runner), "policy")
    posted, told_others = 0, 0
    for day in range(known.start, known.start + known.days):
        runner.live(town, policy, day)
        books, slots = town.books, int(policy.score["slots"][0])
        entries = town.entries["points"].reshape(-1, slots).astype(int).sum(axis=1)
        gone = sum(books[name].astype(int) for name in ("expired", "reversed", "decayed", "capped", "folded"))
        assert np.array_equal((books["posted"].astype(int) + books["recovered"]), entries + gone)
        assert np.array_equal(town.record["live"].astype(int), entries + books["folded"])
        adult = town.life["state"] & world.IS_SCORED > 0
        raw = int(policy.score["base"][0]) + town.record["live"].astype(int) + told_others
        score = np.clip(raw, policy.score["low"][0], policy.score["high"][0])
        assert np.array_equal(town.record["score"][adult], score[adult])
        heads = np.arange(len(books)) - town.people["place"]
        of_all = np.bincount(heads, weights=town.record["live"], minlength=len(books))[heads].astype(int)
        grown = town.people["age"] >= world.ADULT_AGE
        told_others = town.record["pooled"].astype(int)  # from tomorrow on
        assert np.array_equal(told_others[grown], (of_all - town.record["live"])[grown])
        posted += np.abs(books["posted"]).sum()
    assert posted and town.books["expired"].any() and town.books["decayed"].any() and town.books["reversed"].any()


def mix_ups_are_lost_sightings():
    """Every sighting laid at somebody's door was lost by somebody else of the same group, one for one."""
    known = worlds.with_policy(worlds.case(people=150, start=3, days=25), arrest_days=0)
    known.policy.sensors["mixed_up"], known.policy.rules["detain"] = 2**31, 0  # who is away finds it when she comes home
    runner = run.Runner(known, worlds.kernels())
    town, policy = run.arm_of(known, run.found_world(known, runner), "policy")
    handed_over = 0
    for day in range(known.start, known.start + known.days):
        meter = runner.live(town, policy, day)
        lost, found = (meter[2 * PLACE[name] : 2 * PLACE[name] + 2] for name in ("lost_sightings", "mix_ups"))
        assert np.array_equal(lost, found)
        assert (
            (town.tray & world.FINDS_CLAIM > 0) & (town.desk["claimed_origin"] == world.FROM_MIX_UP)
        ).sum() == found.sum()  # each finds a door of its own
        handed_over += found.sum()
    assert handed_over > 10


# exercises: gating.barred (law)
def one_person_barred_changes_nobody_unconnected():
    """With mix-ups and queues off and no ties, a policy that reaches one person only leaves everybody else's life as it was."""
    known = worlds.case(people=120, start=3, days=25)
    known.policy.sensors["mixed_up"], known.policy.score["risk_ranked"] = 0, 0  # a rank connects everybody
    shared = known.rules._replace(sensors=known.rules.sensors.copy(), gates=known.rules.gates.copy())
    shared.sensors["mixed_up"], shared.gates["places"] = 0, 0
    people = known.society.people.copy()
    people["ties"] = people["kin"] = people["colleagues"] = people["neighbours"] = 0
    alone = np.flatnonzero((people["household"] == 1) & (people["age"] >= world.ADULT_AGE))
    known = replace(known, rules=shared, society=replace(known.society, people=people))
    lived = worlds.lived(known, ("policy", "exempt"))
    luck = draws.draw_many(known.key, np.arange(len(people)), 0, draws.EXEMPT)
    exempt = luck < int(run.EXEMPT_SHARE * 2**32)
    heads = np.arange(len(people)) - people["place"]
    touched = np.bincount(heads, weights=exempt, minlength=len(people))[heads] > 0  # a household shares its income
    for room in ("truth", "record", "life", "books", "desk"):
        one, other = (getattr(lived[arm].town, room) for arm in ("policy", "exempt"))
        for column in one.dtype.names:
            if column not in ("ticket",):
                assert np.array_equal(one[column][~touched], other[column][~touched]), f"{room}.{column}"
    assert exempt.any() and len(alone) and worlds.differing(lived["policy"].town, lived["exempt"].town)


# exercises: watching.look (law)
def relabelled_groups_relabel_results():
    """Swap the two groups in the people and in the sensors: every measure swaps its columns, no life changes."""
    known = worlds.case(people=150, start=3, days=25)
    people = known.society.people.copy()
    people["group"] = 1 - people["group"]

    def swapped(sensors):
        sensors = sensors.copy()
        for name in ("missed", "mixed_up", "false_alarm", "sensitivity", "false_positive"):
            sensors[name] = sensors[name][:, ::-1].copy()
        return sensors

    mirror = replace(
        known,
        society=replace(known.society, people=people),
        rules=known.rules._replace(sensors=swapped(known.rules.sensors)),
        policy=known.policy._replace(sensors=swapped(known.policy.sensors)),
    )
    one, other = (worlds.lived(each, ("policy",))["policy"] for each in (known, mirror))
    town_s = [PLACE[name] for name in ("stage", "approving", "repealed", "scandal", "marched")]  # belongs to no group
    assert np.array_equal(np.delete(one.daily, town_s, axis=1), np.delete(other.daily, town_s, axis=1)[:, :, ::-1])
    assert set(worlds.differing(one.town, other.town)) == {"people.group"}


def scoring_is_blind_to_truth():
    """The same sightings with other truths leave the same record: the world's truths are permuted, its sightings kept."""
    known = worlds.case(people=80, start=2, days=6)
    kernels = worlds.kernels()
    runner = run.Runner(known, kernels)
    founded, policy = run.arm_of(known, run.found_world(known, runner), "policy")
    records = []
    for shift in (0, 17):
        town = run.fork(founded)
        for column in ("anchor", "opinion", "risk", "fear", "did"):
            town.truth[column] = np.roll(town.truth[column], shift)
        view = worlds.reference.plain(town)
        shared, rules = worlds.reference.plain(known.rules), worlds.reference.plain(policy)
        meter = worlds.reference.plain(np.zeros(measuring.METER, np.int64))
        for i in np.flatnonzero(town.people["age"] >= world.ADULT_AGE)[:40]:
            i = int(i)
            for kind in range(0, 30, 3):
                sensor = draws.lowest(int(policy.heard[kind]) or 1)
                claim = watching.sighting(kind, sensor, 1, watching.TO_RECORD)
                record.written_down(i, 2, claim, view.people[i], view.truth[i], view.life[i], 1, view, shared, rules, meter)
        records.append(town)
    one, other = records
    assert not np.array_equal(one.truth["risk"], other.truth["risk"]) or not np.array_equal(one.truth["anchor"], other.truth["anchor"])
    for room in ("record", "entries", "listings", "books"):
        for column in getattr(one, room).dtype.names:
            assert np.array_equal(getattr(one, room)[column], getattr(other, room)[column]), f"{room}.{column}"
    assert one.books["posted"].any()


def stocks_are_what_is_so():
    """The daily stocks equal a count of the final state."""
    lived = worlds.lived(worlds.case(people=150, start=4, days=30), ("policy",))["policy"]
    town, last = lived.town, lived.daily[-1].sum(axis=1)
    adult = town.people["age"] >= world.ADULT_AGE
    state = town.life["state"]
    for name, bit in (
        ("listed", world.IS_LISTED), ("sanctioned", world.IS_SANCTIONED), ("sanctioned_in_shadow", world.IS_SANCTIONED_IN_SHADOW),
        ("in_hardship", world.IN_HARDSHIP), ("jobless", world.IS_JOBLESS), ("with_judgment", world.HAS_JUDGMENT),
        ("in_bottom_band", world.IN_BOTTOM_BAND), ("shown", world.IS_SHOWN),
    ):  # fmt: skip
        assert last[PLACE[name]] == (adult & (state & bit > 0)).sum(), name
    assert last[PLACE["with_judgment"]] == (adult & (town.record["judgment_day"] != world.NEVER)).sum()
    wrongly = (state & world.IS_SANCTIONED > 0) & (state & world.IS_SANCTIONED_IN_SHADOW == 0)
    assert last[PLACE["wrongly_sanctioned"]] == (adult & wrongly).sum()
    face = town.face[33 & 1]
    assert last[PLACE["dissenting"]] == (face & world.DISSENTS > 0).sum() and last[PLACE["praising"]] == (face & world.PRAISES > 0).sum()
    assert last[PLACE["with_judgment"]] > 0 and last[PLACE["dissenting"]] > 0 and last[PLACE["listed"]] > 0


# exercises: scoring.working_days_later, scoring.set_exit (law)
def lists_are_left_within_three_working_days():
    """Who performs is off the list at most three working days later, and stays at most two weekend days longer."""
    known = worlds.case("spc_defaulter_list", people=300, start=3, days=1)
    runner = run.Runner(known, worlds.kernels())
    town, policy = run.arm_of(known, run.found_world(known, runner), "policy")
    seen = 0
    owed = town.record["judgment_day"] != world.NEVER
    since = {}
    for day in range(known.start, known.start + 90):
        runner.live(town, policy, day)
        owes = town.record["judgment_day"] != world.NEVER
        listed = town.life["state"] & world.IS_LISTED > 0
        for i in np.flatnonzero(owed & ~owes & listed):
            since[i] = day
        for i in [i for i in since if owes[i]]:
            del since[i]
        for i, paid in list(since.items()):
            working = sum(other % 7 < 5 for other in range(paid + 1, day + 1))
            assert working <= 3 or not listed[i]
            if not listed[i]:
                seen += 1
                del since[i]
        owed = owes
    assert seen >= 3


# exercises: mending.is_heard (law)
def appeals_are_heard_in_the_order_they_were_filed():
    """Tickets are called in order, never more a working day than the capacity, none before its days have passed."""
    known = worlds.with_policy(worlds.case(people=150, start=2, days=1), appeal_capacity=2, appeal_days=3, appeal_rate=2**32)
    runner = run.Runner(known, worlds.kernels())
    town, policy = run.arm_of(known, run.found_world(known, runner), "policy")
    heard, waiting = [], {}
    for day in range(known.start, known.start + 40):
        before = {int(i): (int(row["ticket"]), int(row["appeal_day"])) for i, row in enumerate(town.desk) if row["ticket"]}
        served = int(town.clock["served"][0])
        runner.live(town, policy, day)
        after = {int(i): int(row["ticket"]) for i, row in enumerate(town.desk) if row["ticket"]}
        for i, (ticket, filed) in before.items():
            if after.get(i) != ticket:
                assert day >= filed + 3 and ticket <= served
                heard.append(ticket)
        called = int(town.clock["served"][0]) - served
        assert called <= (2 if day % 7 < 5 else 0)
        waiting[day] = len(after)
    assert len(heard) > 20 and max(waiting.values()) > 5
    assert all(later >= earlier - 12 for earlier, later in zip(heard, heard[1:], strict=False))


# exercises: reacting.punished (law)
def columns_stay_in_range():
    """Every column keeps to the range that world.py states (a value that does not fit its type raises in the reference)."""
    town = town_of(worlds.case(people=150, start=4, days=40))
    for room, columns in world.ROOMS.items():
        for column in columns:
            values = getattr(town, room)[column.name]
            assert values.min() >= column.low and values.max() <= column.high, f"{room}.{column.name}"


LAWS = [
    equal_before_different_after, none_leaves_no_trace, unannounced_sensors_without_consequences_change_only_the_record, points_add_up,
    mix_ups_are_lost_sightings, one_person_barred_changes_nobody_unconnected, relabelled_groups_relabel_results, scoring_is_blind_to_truth,
    stocks_are_what_is_so, lists_are_left_within_three_working_days, appeals_are_heard_in_the_order_they_were_filed, columns_stay_in_range,
]  # fmt: skip


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law(law):
    law()


# --- mutations ------------------------------------------------------------------------------------------------------


def edited(function, old: str, new: str):
    """The function compiled again from its source with one text replaced, in its own module's namespace."""
    source = inspect.getsource(function)
    assert source.count(old) >= 1, f"{function.__name__} no longer holds: {old}"
    namespace = dict(function.__globals__)
    exec(compile(source.replace(old, new), function.__code__.co_filename, "exec"), namespace)
    return namespace[function.__name__]


MUTATIONS = [
    (equal_before_different_after, record, "written_down", "if scored and (not", "if (not"),
    (
        none_leaves_no_trace, home, "reaction",
        "if heard >> reacting.SANCTION_SHIFT & 0xFFFF:", "if clock.scored: mind.risk = mind.risk + 1\n    if 0:",
    ),
    (
        unannounced_sensors_without_consequences_change_only_the_record, acts, "observed",
        "lawful or (feeds and policy.severity[kind] != 0)", "lawful or feeds",
    ),
    (points_add_up, scoring, "clear", "file.live = file.live - points", "file.live = file.live - points + 1"),
    (points_add_up, scoring, "post", "return slot, points, folded, points - kept", "return slot, points, folded, 0"),
    (points_add_up, scoring, "publish", "score.base + file.live", "score.base + file.live + 1"),
    (mix_ups_are_lost_sightings, night, "mix_up", "and not town.tray[other] & FINDS_CLAIM", ""),
    (mix_ups_are_lost_sightings, night, "mix_up", "who.group == town.people[i].group", "True"),
    (one_person_barred_changes_nobody_unconnected, draws, "draw", "philox(citizen, day", "philox(citizen >> 1, day"),
    (relabelled_groups_relabel_results, watching, "look", "sensor.missed[group]", "sensor.missed[0]"),
    (
        scoring_is_blind_to_truth, record, "points",
        "    word = draws.draw(", "    file.live = file.live + (town.truth[i].anchor & 1)\n    word = draws.draw(",
    ),
    (stocks_are_what_is_so, measuring, "step", "1 if after else -1", "1"),
    (stocks_are_what_is_so, home, "goes_home", "if state != before:", "if state > before:"),
    (lists_are_left_within_three_working_days, scoring, "working_days_later", "while count > 0:", "count += 2\n    while count > 0:"),
    (lists_are_left_within_three_working_days, scoring, "set_exit", "listing.until = day", "listing.until = day + 9"),
    (appeals_are_heard_in_the_order_they_were_filed, mending, "is_heard", "desk.ticket <= clock.served", "desk.ticket <= clock.served + 5"),
    (appeals_are_heard_in_the_order_they_were_filed, night, "evening", "clock.served + policy.score[0].appeal_capacity", "clock.tickets"),
    (
        columns_stay_in_range, reacting, "punished",
        "min(mind.fear + ((parameters.fear_own * felt) >> BITS), ONE)", "mind.fear + 5 * parameters.fear_own",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("law", "module", "name", "old", "new"), MUTATIONS, ids=[f"{law.__name__}-{name}" for law, _, name, _, _ in MUTATIONS]
)
def test_law_catches_the_mutation(monkeypatch, law, module, name, old, new):
    mutant = edited(getattr(module, name), old, new)
    for place in (
        module,
        draws,
        gating,
        measuring,
        mending,
        reacting,
        scoring,
        shaming,
        watching,
        acts,
        doors,
        home,
        morning,
        night,
        record,
        standing,
        ties,
        watched,
        dealings,
    ):
        if getattr(place, name, None) is getattr(module, name) and place is not module:
            monkeypatch.setattr(place, name, mutant)
    monkeypatch.setattr(module, name, mutant)
    with pytest.raises((AssertionError, OverflowError, ValueError)):
        law()


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("law", "module", "name", "old", "new"), MUTATIONS, ids=[f"{law.__name__}-{name}" for law, _, name, _, _ in MUTATIONS]
)
def test_law_catches_the_compiled_mutation(tmp_path, law, module, name, old, new):
    """The same bug in a copy of the package, compiled: the law fails there as well."""
    if law is scoring_is_blind_to_truth:
        pytest.skip("this law calls the plain rules by hand, whatever the kernels")
    package = Path(glasstown.__file__).parent
    shutil.copytree(package, tmp_path / "glasstown", ignore=shutil.ignore_patterns("__pycache__"))
    edited_file = tmp_path / Path(module.__file__).relative_to(package.parent)
    source = inspect.getsource(getattr(module, name))
    edited_file.write_text(edited_file.read_text().replace(source, source.replace(old, new)))
    tests = Path(__file__).parent
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(tests.parent), str(tests)]),
        "GLASSTOWN_LAWS": "compiled",
        "GLASSTOWN_CACHE": str(tmp_path / "cache"),
    }
    probe = f"import test_worlds_obey as laws; laws.{law.__name__}()"
    done = subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "AssertionError" in done.stderr, done.stderr[-1000:]
