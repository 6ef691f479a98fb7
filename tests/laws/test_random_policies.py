"""Hypothesis makes policies and societies; whatever they are, worlds stay whole: columns in range, points that add up, a twin alone."""

import numpy as np
import pytest
import worlds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people.recipes import recipes

from glasstown import draws, measuring, tables, world
from glasstown.engine import run
from glasstown.people import founding

CHANCE = st.sampled_from([0, 1, 2**16, 2**24, 2**30, 2**31, 2**32])
SIZED = ("entries", "shadow_entries", "entry_origin", "listings", "shadow_listings", "listing_origin")  # by the policy
DAYS = st.sampled_from([1, 2, 5, 13, 30, 400, 32767])


@st.composite
def policies(draw):
    """Any table of rules, bands and lists that the loader could make."""
    slots, bands, lists = draw(st.integers(0, 8)), draw(st.integers(0, 6)), draw(st.integers(0, 3))
    policy = tables.nothing(worlds.rules().sensors.copy())
    rules = [draw(rule(slots, bands, lists)) for _ in range(draw(st.integers(1, 12)))]
    policy = policy._replace(
        rules=np.array(rules, tables.row_type(tables.RULE)),
        bands=np.zeros(max(bands, 1), tables.row_type(tables.BAND)),
        lists=np.zeros(max(lists, 1), tables.row_type(tables.LIST)),
        severity=np.array([draw(st.integers(-world.ONE, world.ONE)) for _ in range(tables.KINDS_MAX)], np.int64),
        watched=np.array([draw(st.integers(0, world.ONE)) for _ in range(16)], np.int64),
    )
    sensors(draw, policy.sensors)
    worlds.hear(policy)
    policy.bands["floor"] = sorted(draw(st.lists(st.integers(-3000, 3000), min_size=max(bands, 1), max_size=max(bands, 1))))
    for place in range(bands):
        policy.bands["sanction"][place], policy.bands["perk"][place] = draw(st.integers(0, 1)), draw(st.integers(0, 5000))
        policy.bands["refuse"][place][:7] = [draw(CHANCE) for _ in range(7)]
        policy.bands["marked"][place], policy.bands["priority"][place] = draw(st.integers(0, 1)), draw(st.integers(0, 3))
    for place in range(lists):
        for name, values in (("public", st.integers(0, 1)), ("show_days", st.integers(0, 90)), ("leave_days", st.integers(0, 9)),
                             ("performance", st.integers(0, 1)), ("pressure", st.integers(0, 8 * world.ONE))):  # fmt: skip
            policy.lists[name][place] = draw(values)
        policy.lists["refuse"][place][:7] = [draw(CHANCE) for _ in range(7)]
    low, high = sorted(draw(st.tuples(st.integers(-32000, 32000), st.integers(-32000, 32000))))
    for name, value in {
        "scores": int(slots > 0), "base": draw(st.integers(low, high)), "low": low, "high": high, "expiry": draw(DAYS),
        "decay": draw(st.integers(0, world.ONE)), "decay_days": draw(st.sampled_from([1, 3, 30])), "slots": slots, "lists": lists,
        "bands": bands, "rules": len(rules), "steady_stock": draw(st.integers(0, 1)), "announced": draw(st.integers(0, 1)),
        "sensors": draw(st.integers(0, 2**16 - 1)), "notice": 1, "appeals": draw(st.integers(0, 1)), "appeal_rate": draw(CHANCE),
        "appeal_days": draw(st.integers(0, 20)), "appeal_capacity": draw(st.integers(0, 5)), "sensitivity": draw(CHANCE),
        "specificity": draw(CHANCE), "reasons": draw(st.integers(0, 1)), "corrects_all": draw(st.integers(0, 1)), "review": draw(CHANCE),
        "review_sensitivity": draw(CHANCE), "review_specificity": draw(CHANCE), "evidence": draw(st.integers(1, 4)),
        "evidence_days": draw(DAYS), "separate": draw(st.integers(0, 1)), "consent": draw(CHANCE), "sunset": draw(DAYS),
        "through": draw(st.integers(0, 2)), "speech": draw(st.integers(0, world.ONE)), "dealing": draw(st.integers(0, world.ONE)),
        "view_from": draw(st.integers(-world.ONE, -1)), "display_reach": draw(CHANCE), "reports": draw(st.integers(0, 2**16 - 1)),
        "anonymous": draw(st.integers(0, 1)), "reward": draw(st.integers(0, 5000)), "corroborated": draw(st.integers(0, 1)),
        "inquiry": draw(CHANCE), "inquiry_sensitivity": draw(CHANCE), "inquiry_specificity": draw(CHANCE), "audit": draw(CHANCE),
        "penalty": draw(st.integers(0, 5000)), "rollout": draw(st.integers(0, 2)), "rollout_every": draw(st.integers(1, 9)),
        "stages": draw(st.integers(0, 3)), "pilot": draw(st.sampled_from([2, 64])), "everywhere": draw(st.integers(0, 2)),
        "approval_bar": draw(st.integers(0, world.ONE)), "scandal_bar": draw(st.integers(0, world.ONE)),
        "arrest_days": draw(st.integers(0, 5)), "answers": draw(CHANCE), "answer_clears": draw(CHANCE),
        "clean_days": draw(DAYS), "clean_points": draw(st.integers(0, 8000)), "pooled": draw(st.integers(0, 1)),
        "risk_every": draw(DAYS), "risk_targets": draw(st.sampled_from([0, 2**32 - 1])),
        "risk_distance": draw(st.integers(0, 8 * world.ONE)), "risk_shift": draw(st.integers(-8 * world.ONE, 8 * world.ONE)),
        "risk_poor": draw(st.integers(-8 * world.ONE, 8 * world.ONE)), "risk_ranked": draw(st.integers(0, 1)),
        "risk_share": draw(CHANCE), "risk_from": draw(st.integers(-8 * world.ONE, 8 * world.ONE)),
    }.items():  # fmt: skip
        policy.score[name] = value
    return policy


def sensors(draw, rows):
    """Delays, machines and classifiers among the sensors."""
    for place in range(len(rows)):
        if draw(st.booleans()):
            rows["delay"][place], rows["machine"][place] = draw(st.sampled_from([0, 1, 3, 40, 255])), draw(st.integers(0, 1))
            rows["infers"][place], rows["cost_sighting"][place] = draw(st.integers(0, 1)), draw(st.integers(0, 1000))
            rows["sensitivity"][place], rows["false_positive"][place] = draw(CHANCE), draw(CHANCE)
            rows["coverage"][place][: draw(st.integers(0, 10))] = draw(CHANCE)


@st.composite
def rule(draw, slots, bands, lists):
    """One rule, in the order of tables.RULE."""
    points = draw(st.integers(-1000, 1000)) if slots else 0
    harsher = draw(st.integers(-1000, 1000)) if slots and draw(st.booleans()) else points
    override = draw(st.integers(0, bands - 1)) if bands and draw(st.booleans()) else world.NOTHING
    listed = draw(st.integers(0, lists - 1)) if lists and draw(st.booleans()) else world.NOTHING
    heard = (draw(st.integers(0, 35)), draw(st.integers(0, 2**16 - 1)), points, harsher)
    repeats = (draw(st.integers(0, 8 * world.ONE)), draw(DAYS), override, draw(DAYS))
    stay = (listed, draw(st.integers(0, 20)), draw(DAYS), draw(CHANCE), draw(st.integers(0, 400)))
    rough = (draw(st.sampled_from([0, 0, 5])), draw(st.sampled_from([0, 0, 4])), draw(st.integers(1, 3)))  # display, detention
    return (*heard, *repeats, *stay, draw(st.sampled_from([1, 100, 32767])), *rough, draw(st.sampled_from([0, 0, 90_000])), draw(CHANCE))


@st.composite
def worlds_of(draw):
    """A busy case: any policy, any society of 200 people, uncertainties anywhere."""
    key = draws.key_of(7, draw(st.integers(0, 50)))
    society = founding.found(draw(recipes()), 200, key) if draw(st.booleans()) else worlds.society()
    shared = worlds.own(worlds.case("none", busy=draw(st.sampled_from([1, 20])))).rules
    for name in ("descriptive", "injunctive", "watched", "crowding", "discretion", "shun_kin", "solidarity", "image", "private_image"):
        shared.parameters[name] = draw(st.sampled_from([0, 1000, world.ONE, 2 * world.ONE if name in ("discretion", "descriptive") else 0]))
    for name in ("shun", "rewarm", "dealings", "keep", "image_error"):
        shared.parameters[name] = draw(CHANCE)
    shared.parameters["speech_rule"] = draw(st.integers(0, 2))
    shared.gates["places"] = draw(st.sampled_from([0, 1, 500, 40_000]))
    return run.Case(society, shared, draw(policies()), draw(st.sampled_from([0, 7])), 60, key)


def whole(known: run.Case) -> None:
    """Live a world under its policy and without, and look at everything."""
    nothing = tables.nothing(known.rules.sensors)
    lived = run.run_arms(known, ("policy", "twin"), threads=2)
    alone = run.run_arms(run.Case(known.society, known.rules, nothing, known.start, known.days, known.key), ("twin",))["twin"]
    assert np.array_equal(alone.daily, lived["twin"].daily)  # the twin does not know of the policy
    sized = {name: getattr(alone.town, name) for name in SIZED}
    assert worlds.differing(alone.town._replace(**sized), lived["twin"].town._replace(**sized)) == []
    town = lived["policy"].town
    for room, columns in {**world.ROOMS, "queues": world.QUEUE}.items():
        for column in columns:
            values = getattr(town, room)[column.name]
            assert values.min() >= column.low and values.max() <= column.high, f"{room}.{column.name}"
    books, slots = town.books, int(known.policy.score["slots"][0])
    entries = town.entries["points"][: len(books) * slots].reshape(-1, max(slots, 1)).astype(int).sum(axis=1) if slots else 0
    gone = sum(books[name].astype(int) for name in ("expired", "reversed", "decayed", "capped", "folded"))
    assert np.array_equal(books["posted"].astype(int) + books["recovered"], entries + gone)
    stocks = lived["policy"].daily[:, : len(measuring.STOCKS)]
    assert stocks.min() >= 0
    shares = ("approving", "scandal")  # in 1 / ONE, of the town
    assert max(stocks[:, measuring.STOCKS.index(name)].max() for name in shares) <= world.ONE
    people = [name for name in measuring.STOCKS if name not in ("cold_ties", *shares)]
    assert max(stocks[:, measuring.STOCKS.index(name)].sum(axis=1).max() for name in people) <= len(town.people)
    assert (np.bitwise_count(town.truth["cold"]).sum()) == stocks[-1, measuring.COLD_TIES].sum()
    waiting = (town.queues["joined"] - town.queues["served"]).sum()
    assert waiting <= stocks[-1, [measuring.WAITING_FAVOURED, measuring.WAITING_OTHERS]].sum()  # some hear tomorrow


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(worlds_of())
def test_worlds_stay_whole_under_any_policy(known):
    whole(known)


@pytest.mark.nightly
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds_of())
def test_worlds_stay_whole_under_many_policies(known):
    whole(known)
