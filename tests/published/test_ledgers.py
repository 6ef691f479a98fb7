"""Bugs that the quantities of ledgers, lists, detention and appeals must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown import detaining, scoring
from glasstown.modelling import Model, Rule
from glasstown.published import ledgers, stocks
from glasstown.published.ledgers import MODEL
from glasstown.published.stocks import PLACES
from glasstown.world import NEVER

PARTS = {part.name: part for part in MODEL.parts}
SMALL = {  # sizes that keep every change quick
    "decaying_score": {"people": 20_000},
    "penalty_points": {"people": 10_000, "booked_people": 1000},
    "blacklist": {"people": 1000},
}


@pytest.mark.parametrize("part", ["decaying_score", "penalty_points", "blacklist"])
def test_it_is_reproduced(part):
    assert not missed(PARTS[part], **SMALL[part])


def test_queues_are_reproduced():
    assert not missed(PARTS["appeals"], offices=60, events=16_000, queues=((1, 0.8), (5, 4.0)))


def test_decay_after_what_happened_is_caught(monkeypatch):
    """What was posted today decays today."""
    monkeypatch.setattr(ledgers, "settled", lambda before, posted, keep: keep * (before + posted))
    for part in ("decaying_score", "penalty_points"):
        assert any("day" not in each for each in missed(PARTS[part], **SMALL[part]))


@pytest.mark.nightly
def test_ageing_twice_a_day_is_caught(monkeypatch):
    right = scoring.age

    def twice(file, entries, first, day, policy):
        right(file, entries, first, day, policy)
        right(file, entries, first, day, policy)

    monkeypatch.setattr(scoring, "age", twice)
    assert missed(PARTS["penalty_points"], **SMALL["penalty_points"])


right_begin = detaining.begin


def a_day_longer(life, day, days):
    """Off by one."""
    return right_begin(life, day, days + 1)


def half_as_long(life, day, days):
    """A sentence that is counted down in two places lasts half as long."""
    return right_begin(life, day, days // 2)


@pytest.mark.parametrize("bug", [a_day_longer, pytest.param(half_as_long, marks=pytest.mark.nightly)])
def test_a_wrong_sentence_is_caught(bug, monkeypatch):
    monkeypatch.setattr(detaining, "begin", bug)
    assert missed(PARTS["detention"], towns=40, steps=800, burn=400)


def the_last_first(office, world):
    """A queue served last in, first out: who came last is called next."""
    clock, desk = world.now.clock[office], world.now.desk
    clock.served = clock.served + 1
    for back in range(1, PLACES):
        place = office * PLACES + (clock.tickets - back) % PLACES
        if desk[place].appeal_day != NEVER:
            desk[place].ticket = clock.served
            return place
    return office * PLACES + (clock.served - 1) % PLACES


def test_a_queue_served_from_its_end_is_caught(monkeypatch):
    """Nobody waits less often, or less on average; but some wait much longer."""
    monkeypatch.setattr(stocks, "next_called", the_last_first)
    found = missed(PARTS["appeals"], offices=60, events=16_000, queues=((1, 0.8),))
    assert [each.partition(",")[0] for each in found] == ["chance to wait more than 2"]


@pytest.mark.nightly
def test_a_record_that_outlives_its_owner_is_caught(monkeypatch):
    monkeypatch.setattr(scoring, "clear", lambda file, entry: 0)
    assert missed(PARTS["strikes_with_turnover"], people=300, steps=300)


def test_plain_and_compiled_rules_agree():
    chain = ledgers.chain_model(8, 5)
    queue = stocks.office(2, 2, 1.5, 0)
    loss = Model(2, queue.columns, [Rule(stocks.without_a_queue, "sequential")], case=queue.case)
    for model, names in ((chain, ("moved", "first")), (queue, ("hour", "busy", "sums")), (loss, ("sums",))):
        plain, compiled = model.run(80, compiled=False), model.run(80)
        for name in names:
            assert np.array_equal(plain.columns[name], compiled.columns[name])
