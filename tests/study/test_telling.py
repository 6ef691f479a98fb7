"""Kinds of telling lives, each in two small towns whose last day is written by hand."""

import numpy as np
import pytest
import worlds

from glasstown import world
from glasstown.engine import found
from glasstown.engine.run import World
from glasstown.study import telling
from glasstown.tables import CLOSE_TO_MARKED, HOLDS_VIEW

CASE = worlds.case()
ADULTS = np.flatnonzero(CASE.society.people["age"] >= world.ADULT_AGE)
SHE, OTHER = (int(adult) for adult in ADULTS[5:7])


@pytest.fixture
def pair():
    """Two towns in which nothing has happened to anybody."""
    towns = [found.lay_out(CASE.society, 3, 1, CASE.key, CASE.start) for _ in range(2)]
    return {arm: World(None, None, town, "") for arm, town in zip(("policy", "twin"), towns, strict=True)}


def test_nobody_is_found_where_nothing_has_happened(pair):
    for kind in telling.KINDS:
        assert telling.find(pair, CASE, kind).citizen is None or kind == "typical"


@pytest.mark.parametrize(
    ("kind", "bit", "column"),
    [
        ("pariah", 0, "pariah_days"),
        ("shown_wrongly", world.EVER_WRONGLY_SHOWN, "pariah_days"),
        ("denounced", world.EVER_DENOUNCED, "wrong_days"),
        ("listed_by_order", world.EVER_ORDERED, "sanctioned_days"),
        ("detained", world.EVER_DETAINED, "away_days"),
        ("marched", world.EVER_MARCHED, "dissent_days"),
        ("arrested", world.EVER_ARRESTED, "away_days"),
        ("spared", world.EVER_SPARED, "harm"),
    ],
)
def test_the_clearest_is_found_among_those_to_whom_it_happened(pair, kind, bit, column):
    life = pair["policy"].town.life
    life["ever"][[SHE, OTHER]] |= bit
    life[column][[SHE, OTHER]] = 40, 30
    row = telling.find(pair, CASE, kind)
    assert (row.citizen, row.like_her, row.of) == (SHE, 2, len(ADULTS))
    life[column][OTHER] = 50
    assert telling.find(pair, CASE, kind).citizen == OTHER
    if bit and kind != "detained":
        life["ever"][OTHER] = 0
        assert telling.find(pair, CASE, kind).citizen == SHE


def test_who_was_extorted_lost_most_against_the_other_town(pair):
    here, there = pair["policy"].town.life, pair["twin"].town.life
    here["ever"][[SHE, OTHER]] |= world.EVER_EXTORTED
    here["income"], there["income"] = 1000, 1000
    assert telling.find(pair, CASE, "extorted").like_her == 2
    there["income"][OTHER] = 1500
    assert telling.find(pair, CASE, "extorted").citizen == OTHER


def test_of_the_powerful_first_those_who_would_be_sanctioned(pair):
    life = pair["policy"].town.life
    life["ever"][[SHE, OTHER]] |= world.EVER_SPARED
    life["harm"][SHE] = 400
    life["ever"][OTHER] |= world.EVER_SANCTIONED_IN_SHADOW
    assert telling.find(pair, CASE, "spared").citizen == OTHER
    life["ever"][OTHER] |= world.EVER_SANCTIONED
    assert telling.find(pair, CASE, "spared").citizen == SHE


def test_wrongly_detained_did_nothing_that_is_detained_for(pair):
    town = pair["policy"].town
    case = worlds.with_policy(CASE)
    case.policy.rules["detain"] = 0
    case.policy.rules["detain"][0] = 15
    deed = int(case.policy.rules["deed"][0])
    town.life["away_days"][SHE] = 15
    assert telling.find(pair, case, "detained_wrongly").citizen == SHE
    town.truth["did"][SHE] = 1 << deed
    assert telling.find(pair, case, "detained_wrongly").citizen is None
    town.truth["did"][SHE] = 1 << (deed + 1)
    assert telling.find(pair, case, "detained_wrongly").citizen == SHE
    town.life["ever"][SHE] |= world.EVER_ARRESTED
    assert telling.find(pair, case, "detained_wrongly").citizen is None
    assert telling.find(pair, case, "detained").citizen == SHE


def test_views_and_ties_may_be_what_the_policy_detains_for(pair):
    case = worlds.with_policy(CASE)
    pair["policy"].town.life["away_days"][SHE] = 15
    for claim, bit, finds in ((HOLDS_VIEW, 0, SHE), (HOLDS_VIEW, world.EVER_FLAGGED_RIGHTLY, None), (CLOSE_TO_MARKED, 0, None)):
        case.policy.rules["detain"] = (case.policy.rules["deed"] == claim) * 15
        pair["policy"].town.life["ever"][SHE] = bit
        assert telling.find(pair, case, "detained_wrongly").citizen == finds


def test_a_child_misses_every_adult_of_the_household(pair):
    people = CASE.society.people
    child = int(np.flatnonzero((people["age"] < world.ADULT_AGE) & (people["household"] >= 3))[0])
    head = child - int(people["place"][child])
    pair["policy"].town.life["away_days"][head : head + 2] = 15, 20
    row = telling.find(pair, CASE, "child_of_detained")
    assert row.amount == 35 and row.whose == "children" and people["age"][row.citizen] < world.ADULT_AGE
    assert head <= row.citizen < head + people["household"][head]


def test_who_withdraws_is_the_most_aggrieved(pair):
    town = pair["policy"].town
    town.life["withdrawn"][[SHE, OTHER]] = 1
    town.truth["grievance"][OTHER] = 900
    town.truth["grievance"][int(ADULTS[0])] = 4000
    assert telling.find(pair, CASE, "withdrawn").citizen == OTHER
