"""Where a mechanism has a measured anchor, its default lands inside the anchor's range (secondary research, section by section)."""

from functools import cache

import numpy as np
import pytest
import worlds

from glasstown import catalogue, draws, measuring, tables
from glasstown.engine import run
from glasstown.policy import load, safeguards
from glasstown.policy.tables import build

PEOPLE = 20_000
PLACE = {name: number for number, name in enumerate(measuring.MEASURES)}


@cache
def case(**uncertain: float) -> run.Case:
    """The popular image at central values, a year, in a town large enough to count in."""
    deeds, law, uncertainties = catalogue.load_deeds(), catalogue.load_law(), catalogue.load_uncertainties()
    values = {**catalogue.central(uncertainties), **uncertain}
    rules = catalogue.build_tables(deeds, law, values, PEOPLE)
    policy = build(load.load("popular_image"), deeds, law, PEOPLE, values)
    for column, value in worlds.EVERYWHERE.items():  # what it does once it is in force, not how it grows
        policy.score[column] = value
    return run.Case(worlds.society(PEOPLE), rules, policy, 60, 365, draws.key_of(7, 0))


def without_rules(known: run.Case) -> run.Case:
    """The same watching, announced and without any rule: what being watched does by itself."""
    policy = tables.Policy(*[array.copy() for array in known.policy])
    policy.score["rules"] = policy.score["bands"] = policy.score["scores"] = policy.score["speech"] = policy.score["dealing"] = 0
    policy.severity[:], policy.watched[:] = 0, np.where(np.arange(16) < len(tables.CONTEXTS), 4096, 0)
    return run.Case(known.society, known.rules, policy, known.start, known.days, known.key)


@pytest.fixture(scope="module")
def image():
    return {arm: world_.daily.sum(axis=(0, 2)) for arm, world_ in run.run_arms(case(), ("policy", "twin"), threads=2).items()}


@pytest.fixture(scope="module")
def watched():
    return {
        arm: world_.daily.sum(axis=(0, 2)) for arm, world_ in run.run_arms(without_rules(case()), ("policy", "twin"), threads=2).items()
    }


# exercises: acting.chance, reacting.speech (measured)
@pytest.mark.parametrize("measure", ["dissenting", "private_deeds"])
def test_being_watched_holds_back_a_fifth_or_so(watched, measure):
    """Topic avoidance -0.20, from -0.05 to -0.30: Penney 2016 (penney_2016); `hush` is fitted to it, `watched` an input."""
    change = watched["policy"][PLACE[measure]] / watched["twin"][PLACE[measure]] - 1
    assert -0.30 <= change <= -0.05


# exercises: reacting.speech, reacting.private_view (measured)
def test_what_is_thought_and_not_said(image):
    """Concealed opposition, 0.14 to 0.40 of people: list experiments (Robinson and Tannenberg 2019; Carter, Carter and Schick 2024)."""
    assert 0.14 <= image["policy"][PLACE["silent_critics"]] / image["policy"][PLACE["adults"]] <= 0.40


# exercises: gating.answer (measured)
def test_the_callback_penalty_of_a_mark():
    """Employers who see a mark: from 4 of 34 callbacks lost (an arrest) to half (a conviction): Pager 2003, Uggen et al. 2014."""
    law = catalogue.load_law()
    work = next(gate for gate in law.gate if gate.name == "work")
    assert 4 / 34 <= work.discretion <= 0.5


# exercises: watching.look, watching.coverage (measured)
def test_the_precision_of_live_alerts():
    """Of what face recognition claims, 0.07 to 0.95 is right (South Wales 2017 to later systems): sightings of the day's own sensor."""
    known = case()
    number = [sensor.name for sensor in catalogue.load_law().sensor].index("face_recognition")
    sensor, deeds = known.policy.sensors[number], known.rules.deeds
    looked = sum(float(deed["rate"]) * float(sensor["coverage"][deed["context"]]) / 2**32 for deed in deeds)
    seen = looked * (1 - sensor["missed"][0] / 2**32)
    right = seen * (1 - sensor["mixed_up"][0] / 2**32)
    assert 0.07 <= right / (seen + float(sensor["false_alarm"][0])) <= 0.95


# exercises: watching.look (measured)
def test_errors_in_files_of_agencies():
    """A fifth of files hold an error (0.05 to 0.26): the clerk's mistakes over the years that an entry counts (FTC 2013)."""
    sensor = next(sensor for sensor in catalogue.load_law().sensor if sensor.name == "clerk")
    deeds = catalogue.load_deeds().deed
    mixed = sum(deed.rate_per_year * sensor.coverage.get(deed.context, 0.0) for deed in deeds if deed.kind != "good") * sensor.mixed_up[0]
    yearly = sensor.false_alarms_per_year[0] + mixed
    assert 0.05 <= 1 - np.exp(-5 * yearly) <= 0.26


# exercises: mending.appeals, mending.finds_error (measured)
def test_appeals_are_rare_and_often_won_when_heard():
    """About one decision in ten is appealed against (0.01 to 0.2), and 0.4 to 0.9 of hearings find the error: UK disability benefit."""
    typical = safeguards.ADDED["appeal"]
    assert 0.01 <= typical["appeal_rate"] <= 0.2
    assert 0.4 <= typical["sensitivity"] <= 0.9


# exercises: watching.scale (measured)
def test_informers_are_a_hundredth_of_the_people():
    """0 to 0.02 of the population, 0.011 in East Germany in 1989: with 15 ties, one in six has an informer among them."""
    sensor = next(sensor for sensor in catalogue.load_law().sensor if sensor.name == "informers")
    assert sensor.scale == "ties"
    assert 0 < max(sensor.coverage.values()) <= 1 - (1 - 0.02) ** 15


# exercises: reporting.chance, reporting.motive (measured)
@pytest.mark.parametrize(("anonymous", "low", "high"), [(0, 0.01, 0.1), (1, 0.1, 0.45)])
def test_reports_that_are_false_on_purpose(anonymous, low, high):
    """4 % of reports to child welfare whose author was known, a quarter of anonymous ones (F80); no reward, no report in a name of fear."""
    known = case()
    policy = tables.Policy(*[array.copy() for array in known.policy])
    policy.score["anonymous"], policy.score["reward"] = anonymous, 0
    flows = run.run_arms(run.Case(known.society, known.rules, policy, known.start, known.days, known.key), ("policy",), threads=2)["policy"]
    sums = flows.daily.sum(axis=(0, 2))
    false = sum(sums[PLACE[f"reports_{motive}"]] for motive in measuring.BY_MOTIVE)
    assert low <= false / (false + sums[PLACE["reports_honest"]]) <= high
