"""Hypothesis makes policies; whatever they say, worlds stay whole: columns in range, points that add up, a twin left alone."""

import numpy as np
import pytest
import worlds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glasstown import tables, world
from glasstown.engine import run

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
        severity=np.array([draw(st.integers(-world.ONE, world.ONE)) for _ in range(32)], np.int64),
    )
    policy.bands["floor"] = sorted(draw(st.lists(st.integers(-3000, 3000), min_size=max(bands, 1), max_size=max(bands, 1))))
    for place in range(bands):
        policy.bands["sanction"][place], policy.bands["perk"][place] = draw(st.integers(0, 1)), draw(st.integers(0, 5000))
        policy.bands["refuse"][place][:4] = [draw(CHANCE) for _ in range(4)]
    for place in range(lists):
        for name, values in (("public", st.integers(0, 1)), ("show_days", st.integers(0, 90)), ("leave_days", st.integers(0, 9)),
                             ("performance", st.integers(0, 1)), ("pressure", st.integers(0, 8 * world.ONE))):  # fmt: skip
            policy.lists[name][place] = draw(values)
        policy.lists["refuse"][place][:4] = [draw(CHANCE) for _ in range(4)]
    low, high = sorted(draw(st.tuples(st.integers(-32000, 32000), st.integers(-32000, 32000))))
    for name, value in {
        "scores": int(slots > 0), "base": draw(st.integers(low, high)), "low": low, "high": high, "expiry": draw(DAYS),
        "decay": draw(st.integers(0, world.ONE)), "decay_days": draw(st.sampled_from([1, 3, 30])), "slots": slots, "lists": lists,
        "bands": bands, "rules": len(rules), "steady_stock": draw(st.integers(0, 1)), "announced": draw(st.integers(0, 1)),
        "sensors": draw(st.integers(0, 255)), "notice": 1, "appeals": draw(st.integers(0, 1)), "appeal_rate": draw(CHANCE),
        "appeal_days": draw(st.integers(0, 20)), "appeal_capacity": draw(st.integers(0, 5)), "sensitivity": draw(CHANCE),
        "specificity": draw(CHANCE),
    }.items():  # fmt: skip
        policy.score[name] = value
    return policy


@st.composite
def rule(draw, slots, bands, lists):
    """One rule, in the order of tables.RULE."""
    points = draw(st.integers(-1000, 1000)) if slots else 0
    harsher = draw(st.integers(-1000, 1000)) if slots and draw(st.booleans()) else points
    override = draw(st.integers(0, bands - 1)) if bands and draw(st.booleans()) else world.NOTHING
    listed = draw(st.integers(0, lists - 1)) if lists and draw(st.booleans()) else world.NOTHING
    heard = (draw(st.integers(0, 31)), draw(st.integers(0, 255)), points, harsher)
    repeats = (draw(st.integers(0, 8 * world.ONE)), draw(DAYS), override, draw(DAYS))
    stay = (listed, draw(st.integers(0, 20)), draw(DAYS), draw(CHANCE), draw(st.integers(0, 400)))
    return (*heard, *repeats, *stay, draw(st.sampled_from([1, 100, 32767])))


def whole(policy, replicate: int) -> None:
    """Live a busy world under the policy and look at everything."""
    base = worlds.case("none", people=120, start=3, days=40, replicate=replicate)
    known = run.Case(base.society, base.rules, policy, base.start, base.days, base.key)
    lived = run.run_arms(known, ("policy", "twin"), threads=2)
    alone = run.run_arms(base, ("twin",))["twin"]
    assert np.array_equal(alone.daily, lived["twin"].daily)  # the twin does not know of the policy
    sized = {name: getattr(alone.town, name) for name in SIZED}
    assert worlds.differing(alone.town._replace(**sized), lived["twin"].town._replace(**sized)) == []
    town = lived["policy"].town
    for room, columns in world.ROOMS.items():
        for column in columns:
            values = getattr(town, room)[column.name]
            assert values.min() >= column.low and values.max() <= column.high, f"{room}.{column.name}"
    books, slots = town.books, int(policy.score["slots"][0])
    entries = town.entries["points"][: len(books) * slots].reshape(-1, max(slots, 1)).astype(int).sum(axis=1) if slots else 0
    gone = sum(books[name].astype(int) for name in ("expired", "reversed", "decayed", "capped", "folded"))
    assert np.array_equal(books["posted"].astype(int), entries + gone)
    daily = lived["policy"].daily
    assert daily[:, :14].min() >= 0 and (daily[:, 1:14] <= daily[:, :1].sum(axis=2, keepdims=True) * 3).all()


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(policies(), st.integers(0, 3))
def test_worlds_stay_whole_under_any_policy(policy, replicate):
    whole(policy, replicate)


@pytest.mark.nightly
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies(), st.integers(0, 50))
def test_worlds_stay_whole_under_many_policies(policy, replicate):
    whole(policy, replicate)
