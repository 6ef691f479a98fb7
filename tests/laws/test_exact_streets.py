"""Detention, protest and politics against laws that are known exactly: stocks, bounds, cascades, decisions."""

from math import exp, sqrt
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest

from glasstown import catalogue, detaining, draws, measuring, politics, protesting, reacting, tables, world
from glasstown.hours import streets
from glasstown.world import MARCHES, NEVER, ONE

KEY = draws.key_of(11, 4)
FULL = 2**32
CURVE = [int(value) for value in catalogue.curve_table()]


def near(count: float, of: float, share: float) -> None:
    """A binomial count lies within four standard errors of its share."""
    assert abs(count / of - share) <= 4 * sqrt(max(share * (1 - share), 1e-9) / of), (count / of, share)


# --- detention --------------------------------------------------------------------------------------------------------


# exercises: detaining.is_released, detaining.release (exact)
@pytest.mark.parametrize("days", [1, 15])
def test_a_detention_lasts_as_long_as_it_says_and_begins_tomorrow(days):
    life, mind = SimpleNamespace(away_until=NEVER), SimpleNamespace(fear=ONE - 10, anchor=-ONE + 5)
    assert detaining.begin(life, 100, days)
    assert [day for day in range(101, 130) if detaining.is_away(life, day)] == list(range(101, 101 + days))
    assert not detaining.begin(life, 101, days - 1)  # who is to be away anyhow is not taken twice
    assert [day for day in range(101, 130) if detaining.is_released(life, day)][0] == 101 + days
    detaining.release(life, mind, SimpleNamespace(detained_fear=400, detained_view=-300))
    assert (mind.fear, mind.anchor, life.away_until) == (ONE, -ONE, NEVER)


# --- protest ----------------------------------------------------------------------------------------------------------


def uncertain(**given):
    """Epstein's numbers: k = 2.3, T = 0.1."""
    known = {"protest_rule": protesting.WHOLE, "arrest_force": round(2.3 * ONE), "protest_bar": round(0.1 * ONE), "arrests": FULL}
    return SimpleNamespace(**{**known, **given})


# exercises: protesting.marches, protesting.aversion, reacting.grievance (published)
@pytest.mark.parametrize(("legitimacy", "share"), [(0.82, 0.4444), (0.89, 0.0909), (0.90, 0.0), (0.95, 0.0)])
def test_no_more_can_ever_march_than_grievance_allows(legitimacy, share):
    """With hardship even on 0..1 and no risk, the share who march is 1 - T / (1 - L), or none: the bound of Epstein's model."""
    people, out = 20_000, 0
    mind = SimpleNamespace(opinion=round((2 * legitimacy - 1) * ONE))
    for i in range(people):
        sanction = SimpleNamespace(grievance_sanction=(2 * i + 1) * ONE // (2 * people), outrage=0, grievance_hardship=0)
        grievance = reacting.grievance(mind, 0, 1, 0, sanction)
        out += bool(protesting.marches(grievance, 0, 0, 1, 1, CURVE, uncertain()))
    assert abs(out / people - share) < 0.006  # steps of 1 / 4096 of grievance


# exercises: protesting.risk (published)
def test_the_integer_rule_makes_risk_vanish_in_a_crowd():
    """P = 1 - exp(-k floor(C / A)): none once more march than there are police; without the rule it never vanishes."""
    for police, marching in ((6, 1), (6, 3), (6, 4), (6, 6), (6, 7), (6, 60)):
        for rule, ratio in ((protesting.WHOLE, police // marching), (protesting.EXACT, police / marching)):
            found = protesting.risk(police, marching, CURVE, uncertain(protest_rule=rule)) / ONE
            assert abs(found - (1 - exp(-2.3 * ratio))) < 0.015
    assert protesting.risk(6, 7, CURVE, uncertain()) == 0 < protesting.risk(6, 60, CURVE, uncertain(protest_rule=protesting.EXACT))


def street(boldness, grievances, rule, police=1):
    """A day of protest in one district: how many march when nobody changes her mind any more (or after ``protesting.ROUNDS``)."""
    people = len(boldness)
    district = SimpleNamespace(marching=0, aggrieved=people, police=police, adults=people)
    town = SimpleNamespace(
        people=[SimpleNamespace(district=0, boldness=value) for value in boldness],
        truth=[SimpleNamespace(grievance=value) for value in grievances],
        face=np.zeros((2, people), np.uint8),
        streets=[district],
    )
    shared = SimpleNamespace(curve=CURVE, parameters=[uncertain(protest_rule=rule)])
    for _ in range(protesting.ROUNDS):
        if not streets.minds_change(5, range(people), town, shared):
            break
    assert district.marching == (town.face[1] & MARCHES > 0).sum()
    return district.marching


def bold(share: float) -> int:
    """The boldness that gives this threshold to somebody whose grievance is full."""
    return 2 * (ONE - int(share * ONE))


# exercises: protesting.threshold (published)
def test_one_person_makes_the_difference_between_one_and_all():
    """Thresholds 0 to 99 of 100: all march. With the threshold 1 made 2: exactly one does (Granovetter 1978)."""
    thresholds = [number / 100 for number in range(100)]
    assert street([bold(share) for share in thresholds], [ONE] * 100, protesting.THRESHOLDS) == 100
    thresholds[1] = 0.02
    assert street([bold(share) for share in thresholds], [ONE] * 100, protesting.THRESHOLDS) == 1


@pytest.mark.parametrize(("deviation", "share"), [(5, 0.0), (10, 0.7696), (30, 99.3394), (50, 90.4852)])
def test_normal_thresholds_have_a_critical_spread(deviation, share):
    """Normal thresholds of mean 25 %: below a deviation of 12.2 hardly anybody marches, above it nearly all (Granovetter 1978, fig. 2)."""
    people = 10_000
    normal = NormalDist(0.25, deviation / 100)
    thresholds = [normal.inv_cdf((i + 0.5) / people) for i in range(people)]
    own = [min(max(value, 0.0), 2.0) for value in thresholds]
    found = street(
        [max(bold(value), 0) if value <= 1 else 0 for value in own], [ONE if value <= 1 else 0 for value in own], protesting.THRESHOLDS
    )
    assert abs(100 * found / people - share) < 0.5


def test_people_decide_one_after_the_other_and_count_themselves():
    """Of two alike who fear the police only alone, the second sees the first march: a rule that moved all at once would differ."""
    alone = protesting.marches(round(0.3 * ONE), 0, 1, 1, 2, CURVE, uncertain())
    together = protesting.marches(round(0.3 * ONE), 0, 1, 2, 2, CURVE, uncertain())
    assert not alone and together
    fearless = 40 * ONE
    assert street([fearless, 0, 0], [round(0.3 * ONE)] * 3, protesting.WHOLE) == 3
    assert street([0, 0, 0], [round(0.3 * ONE)] * 3, protesting.WHOLE) == 0


# exercises: protesting.arrested (exact)
def test_each_of_the_police_arrests_one_at_most():
    """Of A who march, C x p are arrested in the mean, and all where there are police enough."""
    known = uncertain(arrests=FULL // 4)
    near(protesting.arrested(8, 20, known) / FULL * 1e6, 1e6, 0.1)
    assert protesting.arrested(50, 10, uncertain()) == FULL


# --- politics ---------------------------------------------------------------------------------------------------------


# exercises: politics.next_stage (exact)
def test_a_policy_grows_by_schedule_or_as_it_is_approved_of():
    schedule = SimpleNamespace(rollout=tables.BY_SCHEDULE, stages=2)
    assert [politics.next_stage(stage, 0, ONE, schedule) for stage in range(3)] == [1, 2, 2]
    by_politics = SimpleNamespace(rollout=tables.BY_POLITICS, stages=2, approval_bar=2000, scandal_bar=500)
    for approving, scandal, steps in ((2000, 499, [1, 2, 2]), (1999, 499, [0, 1, 2]), (ONE, 500, [0, 0, 1]), (0, ONE, [0, 0, 1])):
        assert [politics.next_stage(stage, approving, scandal, by_politics) for stage in range(3)] == steps
    assert politics.next_stage(1, ONE, 0, SimpleNamespace(rollout=0, stages=5)) == 1


# exercises: politics.scandal, politics.approves (exact)
def test_a_scandal_settles_where_as_much_is_forgotten_as_is_added():
    """s' = s (1 - f) + w / n: it settles at w / (n f), and fades by f a month once nobody is wronged."""
    known = SimpleNamespace(scandal_fading=ONE // 4, notoriety=ONE // 100)
    now = 0
    for _ in range(60):
        now = politics.scandal(now, 1, 1000, known)
    assert abs(now / ONE - 0.4) < 0.01
    assert abs(politics.scandal(now, 0, 1000, known) / now - 0.75) < 0.01
    assert politics.scandal(0, 900, 1000, known) == ONE
    for view, fear, yes in ((0, 0, True), (-100, 99, False), (-100, 100, True), (500, 0, True)):
        assert politics.approves(SimpleNamespace(opinion=view, fear=fear)) == yes


# exercises: politics.concedes (exact)
def test_a_policy_is_given_up_once_enough_march():
    known = SimpleNamespace(concedes=ONE // 32)
    assert [bool(politics.concedes(marching, 320, known)) for marching in (0, 9, 10, 11)] == [False, False, True, True]
    assert not politics.concedes(0, 320, SimpleNamespace(concedes=0))  # nobody marching ends nothing


def test_measures_of_the_town_are_counted_once():
    assert len(measuring.MEASURES) == len(set(measuring.MEASURES)) and measuring.METER > measuring.SPELLS
    assert world.NO_CITIZEN < 0
