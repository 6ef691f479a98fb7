"""Displays, false reports, demands, vanished entries, audits and pariahs against laws that are known exactly."""

from math import sqrt
from types import SimpleNamespace

import numpy as np
import pytest
import worlds

from glasstown import draws, measuring, mending, power, reporting, shaming, tables, watching, world
from glasstown.engine import reference, run
from glasstown.hours import denounces, officials
from glasstown.world import NEVER, NO_CITIZEN, NOTHING, ONE, row_type

KEY = draws.key_of(12, 4)
FULL = 2**32
CLOCK = SimpleNamespace(key_0=KEY[0], key_1=KEY[1], stage=0)
PLACE = {name: number for number, name in enumerate(measuring.MEASURES)}


def near(count: float, of: float, share: float) -> None:
    """A binomial count lies within four standard errors of its share."""
    assert abs(count / of - share) <= 4 * sqrt(max(share * (1 - share), 1e-9) / of), (count / of, share)


def parameters(**given):
    """The uncertainties at their central values, but for those given in 1 / ONE (or as thresholds)."""
    known = worlds.rules().parameters[0]
    return SimpleNamespace(**{**{name: int(known[name]) for name in known.dtype.names}, **given})


# --- 10: displays -----------------------------------------------------------------------------------------------------


# exercises: shaming.display (exact)
def test_a_display_lasts_as_long_as_it_says():
    desk = SimpleNamespace(shown_until=NEVER)
    assert shaming.display(desk, 10, 7) == 1 and desk.shown_until == 17
    assert shaming.display(desk, 12, 2) == 0 and desk.shown_until == 17
    policy = SimpleNamespace(score=[SimpleNamespace(lists=0)])
    assert [day for day in range(10, 30) if shaming.shown(None, 0, desk, day, policy)] == list(range(10, 17))


# exercises: shaming.come_across (exact)
@pytest.mark.parametrize(("masked", "share"), [(0, 0.4), (1, 0.1)])
def test_a_display_is_come_across_as_often_as_it_reaches_people(masked, share):
    score = SimpleNamespace(display_reach=int(0.4 * FULL), masked=masked)
    days = 30_000
    seen = sum(bool(shaming.come_across(CLOCK, i, i % 365, score, parameters(seen_through=ONE // 4))) for i in range(days))
    near(seen, days, share)


# exercises: shaming.deters (exact)
def test_shame_deters_less_and_less():
    """shame / (1 + fading x months): half after a month where fading is 1; nothing where nothing is shown or shame is zero."""
    known = parameters(shame=ONE // 2, shame_fading=ONE)
    assert [shaming.deters(ONE, day, known) * 16 // ONE for day in (0, 30, 90)] == [8, 4, 2]
    assert shaming.deters(0, 0, known) == shaming.deters(ONE, 0, parameters(shame=0)) == 0


# --- 11: reports ------------------------------------------------------------------------------------------------------


# exercises: reporting.motive (exact)
def test_motives_share_reports_by_their_weights():
    weights, reports = (370, 200, 330, 100), 40_000
    found = [reporting.motive(draws.draw(*KEY, i, 3, draws.MOTIVE, 0), *weights) for i in range(reports)]
    for number, weight in zip((world.GRUDGE, world.RIVALRY, world.REWARD, world.DREAD), weights, strict=True):
        near(found.count(number), reports, weight / 1000)


# exercises: reporting.chance, reporting.grudge, reporting.rivalry, reporting.reward, reporting.dread (exact)
def test_false_reports_need_a_motive_and_answer_to_anonymity_and_penalties():
    known = parameters(malice=1_000_000, anonymity=6 * ONE, penalty_deters=ONE // 2)
    named = SimpleNamespace(anonymous=0, corroborated=0, penalty=0, inquiry=0)
    chance = reporting.chance(ONE, named, known)
    assert chance == 1_000_000 and reporting.chance(0, named, known) == 0
    assert reporting.chance(ONE, SimpleNamespace(**{**vars(named), "anonymous": 1}), known) == 6 * chance
    assert reporting.chance(ONE, SimpleNamespace(**{**vars(named), "anonymous": 1, "corroborated": 1}), known) == chance
    watched = SimpleNamespace(**{**vars(named), "penalty": 100, "inquiry": FULL // 2})
    assert reporting.chance(ONE, watched, known) == chance * 3 // 4  # half of them are looked into, which deters half of the half
    pays = SimpleNamespace(reward=2 * world.MEDIAN_WAGE, through=0)
    motives = parameters(report_grudge=100, report_rivalry=50, report_reward=10, report_dread=ONE)
    assert [reporting.grudge(cold, motives) for cold in (0, 1)] == [100, 200]
    assert [reporting.rivalry(works, motives) for works in (0, 1)] == [0, 50]
    assert [reporting.reward(poor, pays, motives) for poor in (0, 1)] == [20, 40]
    assert reporting.dread(2000, pays, motives) == 0 < reporting.dread(2000, SimpleNamespace(through=1), motives)


# exercises: mending.inquires (exact)
def test_an_inquiry_stops_as_many_as_its_rates_say():
    score, reports = (
        SimpleNamespace(inquiry=int(0.5 * FULL), inquiry_sensitivity=int(0.6 * FULL), inquiry_specificity=int(0.9 * FULL)),
        30_000,
    )
    for origin, share in ((world.FROM_REPORT, 0.3), (world.FROM_FALSE_ALARM, 0.3), (world.FROM_DEED, 0.05)):
        found = [mending.inquires(CLOCK, i, 9, 3, origin, score) for i in range(reports)]
        near(found.count(mending.STOPPED), reports, share)
        near(found.count(mending.NOT_LOOKED_AT), reports, 0.5)


def test_every_false_report_is_delivered_or_lost_and_every_penalty_paid():
    """What a busy world counts as reported is at most what was laid at doors; rewards and penalties leave or reach purses to the cent."""
    known = worlds.with_policy(
        worlds.case(people=200, start=3, days=40), penalty=700, inquiry=FULL // 2, inquiry_sensitivity=FULL, anonymous=0
    )
    known.policy.score["inquiry_specificity"] = FULL
    daily = run.run_arms(known, ("policy",), kernels=worlds.kernels())["policy"].daily.sum(axis=(0, 2))
    made = sum(daily[PLACE[f"reports_{motive}"]] for motive in measuring.BY_MOTIVE)
    assert made >= daily[PLACE["reports_exposed"]] > 0 and daily[PLACE["reports_counted"]] > 0
    assert daily[PLACE["penalties"]] == 700 * daily[PLACE["reports_exposed"]]
    assert daily[PLACE["rewards_paid"]] % 3000 == 0 < daily[PLACE["rewards_paid"]]


# --- 12 and 13: power -------------------------------------------------------------------------------------------------


# exercises: power.vanishes, power.erases, power.unaudited (exact)
@pytest.mark.parametrize("audit", [0.0, 0.5, 1.0])
def test_an_audit_keeps_power_from_its_ways(audit):
    score, claims = SimpleNamespace(audit=int(audit * FULL)), 30_000
    known = parameters(immunity=int(0.4 * FULL), erased=int(0.2 * FULL))
    near(sum(bool(power.vanishes(CLOCK, i, 5, 3, score, known)) for i in range(claims)), claims, 0.4 * (1 - audit))
    near(sum(bool(power.erases(CLOCK, i, 5, 3, score, known)) for i in range(claims)), claims, 0.2 * (1 - audit))


# exercises: mending.audits (exact)
def test_an_audit_finds_what_power_did_month_by_month():
    """Of entries that power made, 1 - (1 - a)^n are found in n months; of others none."""
    score, entries, months = SimpleNamespace(audit=int(0.2 * FULL)), 10_000, 4
    found = sum(any(mending.audits(CLOCK, i, 30 * month, 0, world.FROM_POWER, score) for month in range(months)) for i in range(entries))
    near(found, entries, 1 - 0.8**months)
    assert not any(mending.audits(CLOCK, i, 30, 0, world.FROM_REPORT, score) for i in range(1000))


# exercises: power.pays, power.price (exact)
def test_who_has_more_to_fear_pays_more_often():
    known = parameters(yields=ONE // 2, price=ONE // 4)
    assert [power.pays(threat, fear, known) * 8 // FULL for threat, fear in ((0, 0), (ONE // 2, 0), (ONE // 4, ONE // 4), (ONE, ONE))] == [
        0,
        2,
        2,
        4,
    ]
    assert power.price(10_000, known) == 75_000


def two_people(**given):
    """An official and somebody else of one district, of whom she demands money tonight."""
    people = np.zeros(2, row_type(world.PEOPLE))
    people["age"], people["wage"], people["household"], people["status"][0] = 40, 10_000, 1, world.OFFICIAL
    rooms = {name: np.zeros(2, row_type(columns)) for name, columns in world.ROOMS.items()} | {"people": people}
    rooms["life"]["state"] = world.IS_SCORED
    rooms["desk"]["aims_at"], rooms["desk"]["says"], rooms["desk"]["why"], rooms["desk"]["claimed_by"] = (
        (1, NO_CITIZEN),
        NOTHING,
        (world.DEMAND, 0),
        -1,
    )
    other = {name: np.zeros(1, np.uint8) for name in world.Town._fields if name not in rooms}
    other |= {"tray": np.array([world.AIMS, 0], np.uint8), "clock": np.zeros(1, row_type(world.CLOCK)), "face": np.zeros((2, 2), np.uint8)}
    town = world.Town(**rooms, **other)
    policy = worlds.policy("everything")
    policy.score["context_stage"] = 0
    known = worlds.rules()._replace(parameters=worlds.rules().parameters.copy())
    for name, value in given.items():
        known.parameters[name] = value
    meter = np.zeros(measuring.METER, np.int64)
    for day in range(1, 200):
        officials.demanded(0, day, *(reference.plain(value) for value in (town, known, policy, meter)))
        if given.get("once"):
            break
    return town, {name: int(meter[2 * number] + meter[2 * number + 1]) for name, number in PLACE.items()}


def test_what_one_pays_the_other_gains():
    """Money only changes hands: the victim's purse loses what the official's gains; nobody pays where nobody yields."""
    price = power.price(10_000, parameters())
    town, made = two_people(yields=ONE)
    assert made["demands"] == 199 > made["payments"] > 0
    assert made["extorted"] == town.life["purse"][0] == -town.life["purse"][1] == made["payments"] * price > 0
    assert town.life["ever"][1] & world.EVER_EXTORTED and not town.life["ever"][0] & world.EVER_EXTORTED
    town, made = two_people(yields=0, tells=0, fabricates=FULL)
    assert made["payments"] == made["extorted"] == 0 == town.life["purse"].any()
    assert made["fabricated"] == 1 and town.tray[1] & world.FINDS_CLAIM  # one thing a night is laid at a door; nobody took it up here
    assert town.desk["claimed_origin"][1] == world.FROM_POWER
    town, made = two_people(yields=0, tells=FULL)
    assert made["told_on"] == made["demands"] and town.life["ever"][0] & world.EVER_CAUGHT


def test_secrets_are_known_as_often_as_they_are_watched():
    """An official knows of a harmless deed with the share of its context that the policy looks at; what is real has a deed behind it."""
    policy, shared = worlds.policy("everything"), worlds.rules()
    policy.score["context_stage"] = 0
    kind = next(
        kind for kind in range(draws.DEEDS_MAX)
        if shared.deeds["kind"][kind] == tables.DISAPPROVED and policy.severity[kind] > 0 and policy.heard[kind]
    )  # fmt: skip
    policy.watched[:] = ONE // 4
    mind, plain = SimpleNamespace(did=1 << kind), [reference.plain(value) for value in (shared, policy)]
    known = sum(officials.a_secret(i, 3, mind, CLOCK, *plain) == kind for i in range(20_000))
    near(known, 20_000, 0.25)
    assert officials.a_secret(1, 3, SimpleNamespace(did=0), CLOCK, *plain) == NOTHING


def test_an_accusation_is_one_that_costs_something_each_as_likely():
    policy, shared = reference.plain(worlds.policy("everything")), reference.plain(worlds.rules())
    open_to = [
        kind for kind in range(draws.DEEDS_MAX) if denounces.is_accusation(kind, 2**16 - 1, SimpleNamespace(stage=2), shared, policy)
    ]
    found = [
        denounces.accusation(draws.draw(*KEY, i, 1, draws.MOTIVE, 1), 2**16 - 1, SimpleNamespace(stage=2), shared, policy)
        for i in range(20_000)
    ]
    assert set(found) == set(open_to)
    for kind in open_to:
        near(found.count(kind), 20_000, 1 / len(open_to))
    assert denounces.accusation(5, 0, SimpleNamespace(stage=2), shared, policy) == NOTHING


# exercises: watching.told, watching.hidden (exact)
def test_who_refuses_to_tell_and_who_withdrew_take_their_share_of_a_sensor():
    known = parameters(refusal=ONE // 2, hides=ONE * 3 // 4)
    assert watching.told(ONE, ONE // 2, known) == ONE * 3 // 4 and watching.told(ONE, 0, known) == ONE
    assert watching.hidden(ONE, 1, known) == ONE // 4 and watching.hidden(ONE, 0, known) == ONE


# --- 9: pariahs -------------------------------------------------------------------------------------------------------


def test_a_pariah_has_lost_nearly_all_ties_for_three_months():
    """At the end of every week who is counted as alone has at most two live adult ties outside her household, and lost one."""
    known = worlds.own(worlds.case(people=200, start=3, days=150))
    known.rules.parameters["shun"], known.rules.parameters["rewarm"] = FULL // 2, FULL // 50
    runner = run.Runner(known, run.compiled_kernels())
    town, policy = run.arm_of(known, run.found_world(known, runner), "policy")
    first, count, adult = town.people["first_tie"].astype(int), town.people["ties"].astype(int), town.people["age"] >= world.ADULT_AGE
    head = np.arange(len(adult)) - town.people["place"]
    pariahs = 0
    for day in range(known.start, known.start + 150):
        runner.live(town, policy, day)
        if day % 7 != 6:
            continue
        for i in np.flatnonzero(adult & (count <= 32)):
            others = town.neighbours[first[i] : first[i] + count[i]]
            cold = town.truth["cold"][i] >> np.arange(count[i]) & 1
            left = int((adult[others] & (head[others] != head[i]) & (cold == 0)).sum())
            assert (town.life["alone_since"][i] != NEVER) == bool(cold.any() and left <= world.PARIAH_TIES)
        is_pariah = (town.life["state"] & world.IS_PARIAH > 0) & adult
        assert (day - town.life["alone_since"][is_pariah].astype(int) >= world.PARIAH_DAYS).all()
        pariahs += int(is_pariah.sum())
    assert pariahs > 10
