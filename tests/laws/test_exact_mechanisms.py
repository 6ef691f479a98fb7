"""Each mechanism run on the day's own rules against an exact or a published result: sensors, classifiers, reviewers, queues,
dealings, rewards, speech, ties. The mutation that a check must catch stands beside it."""

from math import comb, sqrt
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st

from glasstown import acting, catalogue, draws, gating, measuring, mending, reacting, tables, watching, world
from glasstown.engine import reference, run
from glasstown.world import ONE, row_type

KEY = draws.key_of(22, 1)
FULL = 2**32
PLACE = {name: number for number, name in enumerate(measuring.MEASURES)}
CLOCK = SimpleNamespace(key_0=KEY[0], key_1=KEY[1], start=0, exempt=0)


def near(count: float, of: float, share: float) -> None:
    """A binomial count lies within four standard errors of its share."""
    assert abs(count / of - share) <= 4 * sqrt(max(share * (1 - share), 1e-9) / of), (count / of, share)


def rows(fields, count=1):
    return reference.plain(np.zeros(count, tables.row_type(fields)))


def parameters(**given):
    """The uncertainties at their central values, but for those given in 1 / ONE (or as thresholds)."""
    known = worlds.rules().parameters[0]
    return SimpleNamespace(**{**{name: int(known[name]) for name in known.dtype.names}, **given})


# --- 1: watched -------------------------------------------------------------------------------------------------------


# exercises: watching.look, watching.coverage (exact)
def test_the_share_of_a_life_observed_is_that_of_independent_sensors():
    """Sensors that look independently see 1 - product(1 - coverage) of all deeds: measured by the day against the closed form."""
    known = worlds.own(worlds.with_policy(worlds.case(people=200, start=2, days=40), **worlds.EVERYWHERE, reports=0))
    shares = {4: 0.3, 6: 0.2, 9: 0.5}
    for sensors in (known.policy.sensors, known.rules.sensors):
        sensors["coverage"], sensors["missed"], sensors["mixed_up"], sensors["scale"], sensors["delay"] = 0, 0, 0, 0, 0
        sensors["reports"] = 0
        for number, share in shares.items():
            sensors["coverage"][number] = int(share * FULL)
    known.rules.parameters["leaves"] = 0  # who withdraws is seen less
    lived = run.run_arms(known, ("policy",))["policy"].daily.sum(axis=(0, 2))
    near(lived[PLACE["deeds_seen"]], lived[PLACE["deeds"]], 1 - np.prod([1 - share for share in shares.values()]))


# exercises: watching.folded, watching.opened, watching.sighting (exact)
def test_a_letter_arrives_once_and_on_its_day():
    """Sightings of a sensor with a delay arrive as many days later, one letter at a time; none is lost and none doubled."""
    from glasstown.hours import acts, watched

    sensor = SimpleNamespace(delay=3, ordinary=0)
    desk = SimpleNamespace(letter=0, letter_days=0)
    town = SimpleNamespace(desk=[desk], tray=[0], clock=[SimpleNamespace(start=-1)])
    score = SimpleNamespace(score=[SimpleNamespace(steady_stock=0)])
    sent, arrived = [], []
    for day in range(400):
        inbox = [0] * acts.SIGHTINGS
        seen = watched.letters(0, day, inbox, None, 1, town, score)
        on_time = seen
        if draws.draw(*KEY, 3, day, draws.DEED, 0) < FULL // 5:
            claim = watching.sighting(day % 40, day % 16, 1 + day % 6, watching.TO_RECORD)
            sent.append((day, claim))
            seen = acts.arrives(0, claim, sensor, inbox, seen, town)
        arrived += [(day, inbox[n], n < on_time) for n in range(seen)]
    assert [claim for _, claim in sent[: len(arrived)]] == [claim for _, claim, _ in arrived]
    assert len(sent) - len(arrived) <= 1
    for (left, _), (came, _, on_time) in zip(sent, arrived, strict=False):
        assert came - left == 3 if on_time else came - left < 3
    assert any(not on_time for *_, on_time in arrived)


# --- 2 and 7: judged by machines, views inferred ----------------------------------------------------------------------


@pytest.mark.parametrize(("distance", "threshold"), [(1.0, 0.5), (2.0, 1.5), (0.5, 1.0)])
def test_an_error_curve_is_binormal(distance, threshold):
    """Sensitivity and false positives lie on the binormal curve, whose area is Phi(d' / sqrt 2) (Green and Swets 1966)."""
    law = catalogue.load_law()
    number = [sensor.name for sensor in law.sensor].index("inference")
    changed = law.sensor[number].model_copy(update={"dprime": (distance, distance), "threshold": threshold})
    sensor = catalogue.sensor_table([changed], {})[0]
    normal = NormalDist()
    assert sensor["sensitivity"][0] / FULL == pytest.approx(1 - normal.cdf(threshold - distance), abs=1e-8)
    assert sensor["false_positive"][0] / FULL == pytest.approx(1 - normal.cdf(threshold), abs=1e-8)


# exercises: watching.guess (exact)
@pytest.mark.parametrize(("prevalence", "sensitivity", "false_positive"), [(0.05, 0.8, 0.1), (0.01, 0.95, 0.05), (0.3, 0.6, 0.2)])
def test_views_inferred_follow_bayes(prevalence, sensitivity, false_positive):
    """Of those said to hold a view, the share who do is ps / (ps + (1 - p) f); as for every screen, not the sensitivity."""
    sensor = SimpleNamespace(coverage=[FULL] * 16, sensitivity=[int(sensitivity * FULL)], false_positive=[int(false_positive * FULL)])
    right = wrong = 0
    people = 60_000
    for i in range(people):
        holds = draws.draw(*KEY, i, 0, draws.DEED, 1) < prevalence * FULL
        said = watching.guess(CLOCK, i, 30, 12, sensor, holds, 0, ONE) == watching.SEEN
        right, wrong = right + (said and holds), wrong + (said and not holds)
    flagged = prevalence * sensitivity + (1 - prevalence) * false_positive
    near(right + wrong, people, flagged)
    near(right, right + wrong, prevalence * sensitivity / flagged)


# exercises: mending.check (exact)
def test_a_reviewer_is_a_second_screen():
    """A claim counts if the machine and the person both say so: precision rises as for two independent screens."""
    score = SimpleNamespace(review=FULL, review_sensitivity=int(0.7 * FULL), review_specificity=int(0.95 * FULL))
    passed = dict.fromkeys((world.FROM_DEED, world.FROM_FALSE_ALARM), 0)
    claims = 40_000
    for i in range(claims):
        for origin in passed:
            passed[origin] += mending.check(CLOCK, i, 7, 3, 4, origin, score) == mending.PASSED
    near(passed[world.FROM_DEED], claims, 0.95)
    near(passed[world.FROM_FALSE_ALARM], claims, 0.3)


# exercises: watching.enough (exact)
@pytest.mark.parametrize("needed", [2, 3])
def test_evidence_is_a_rule_of_strikes(needed):
    """Of people claimed on each of 12 days with probability q, those with k claims or more are acted on: a binomial tail."""
    people, chance, acted = 30_000, 0.05, 0
    for i in range(people):
        file = SimpleNamespace(suspected=world.NOTHING, suspicions=0, suspected_day=world.NEVER)
        hits = sum(
            watching.enough(file, 5, day, needed, 400) for day in range(12) if draws.draw(*KEY, i, day, draws.DEED, 2) < chance * FULL
        )
        acted += hits > 0
    near(acted, people, 1 - sum(comb(12, k) * chance**k * (1 - chance) ** (12 - k) for k in range(needed)))


# --- 3: queues --------------------------------------------------------------------------------------------------------


# exercises: gating.moves_up (published)
@given(st.lists(st.lists(st.integers(0, tables.CLASSES - 1), max_size=6), max_size=40), st.integers(1, 4 * ONE))
def test_who_goes_first_lengthens_no_queue_and_shortens_none(days, places):
    """Conservation (Kleinrock 1965): whatever the classes, as many wait each evening as in one queue in the order of arrival."""

    def waiting(classes: bool):
        queues = rows_of_queue()
        lengths = []
        for arrivals in days:
            for kind in arrivals:
                row = queues[tables.HOUSING * tables.CLASSES + (kind if classes else 1)]
                row.joined = row.joined + 1
            gating.moves_up(queues, tables.HOUSING, places)
            lengths.append([queues[tables.HOUSING * tables.CLASSES + kind].joined - queues[tables.HOUSING * tables.CLASSES + kind].served
                            for kind in range(tables.CLASSES)])  # fmt: skip
        return lengths

    apart, together = waiting(True), waiting(False)
    assert [sum(lengths) for lengths in apart] == [sum(lengths) for lengths in together]
    for lengths, arrivals in zip(apart, days, strict=True):
        for kind in range(1, tables.CLASSES):  # whoever waits has nobody below her served while she does
            assert lengths[kind] >= 0
            if lengths[kind] > 0 and kind in arrivals:
                assert all(lengths[below] >= arrivals.count(below) for below in range(kind))


def rows_of_queue():
    return reference.plain(np.zeros(8 * tables.CLASSES, row_type(world.QUEUE)))


# exercises: gating.moves_up (exact)
def test_a_queue_waits_as_its_exact_recursion_says():
    """The day's own queue for homes: every evening's length is max(L + joined - whole places, 0), places adding up in 4096ths."""
    known = worlds.case("none", people=300, start=0, days=60)
    shared = known.rules._replace(gates=known.rules.gates.copy())
    shared.gates["places"][tables.HOUSING] = 3000
    known = run.Case(known.society, shared, known.policy, 0, 60, known.key)
    runner = run.Runner(known, worlds.kernels())
    town = run.found_world(known, runner)
    length = credit = joined = 0
    for day in range(60):
        runner.live(town, known.policy, day)
        queues = town.queues[tables.HOUSING * tables.CLASSES : (tables.HOUSING + 1) * tables.CLASSES]
        came = int(queues["joined"].sum()) - joined
        joined += came
        credit += 3000
        served = min(length + came, credit >> 12)
        length, credit = length + came - served, credit - (served << 12) & 4095
        assert int((queues["joined"] - queues["served"]).sum()) == length
        waits = (town.desk["place"] > 0) & (town.desk["number"] > town.queues["served"][np.maximum(town.desk["place"].astype(int) - 1, 0)])
        assert waits.sum() == length
    assert joined > 20 and length > 0


# --- 4: dealings, rewards ---------------------------------------------------------------------------------------------


# exercises: reacting.keeps, reacting.privately_disliked (exact)
@pytest.mark.parametrize(
    ("bad", "error", "private", "marked", "image"), [(0.3, 0.1, 0.4, 0.2, 0.5), (0.5, 0.05, 1.0, 0.0, 0.0), (0.2, 0.3, 0.2, 1, 0.3)]
)
def test_dealings_are_kept_as_private_and_public_images_say(bad, error, private, marked, image):
    """Image scoring and private noisy reputations, no trait: kept = keep (1 - image m) - keep private (b (1 - e) + (1 - b) e)."""
    known = parameters(
        keep=int(0.9 * FULL), keep_spread=0, image=int(image * ONE), private_image=int(private * ONE), image_error=int(error * FULL)
    )
    people, kept = 40_000, 0
    for i in range(people):
        propensity = 2 * ONE if draws.draw(*KEY, i, 0, draws.DEED, 3) < bad * FULL else ONE // 2
        is_marked = draws.draw(*KEY, i, 0, draws.DEED, 4) < marked * FULL
        disliked = reacting.privately_disliked(propensity, draws.draw(*KEY, i + 1, 0, draws.OPINION, i), known)
        chance = reacting.keeps(ONE, is_marked, disliked, 0, known)
        kept += draws.draw(*KEY, i, 1, draws.STRANGER, 8) < chance
    disliked = bad * (1 - error) + (1 - bad) * error
    share = sum(
        p * q * 0.9 * max(1 - image * m - private * d, 0)
        for m, p in ((0, 1 - marked), (1, marked)) for d, q in ((0, 1 - disliked), (1, disliked))
    )  # fmt: skip
    near(kept, people, share)


# exercises: acting.own_accord, acting.chance (exact)
def test_hollow_deeds_are_those_that_no_reward_would_not_have_seen():
    """With the same luck: deeds with the reward = deeds without it + hollow ones, exactly, where nothing is crowded out."""
    known = worlds.case("rongcheng_2014", people=300, start=2, days=40, busy=40)
    known.policy.severity[known.rules.deeds["kind"] == tables.GOOD] = -ONE
    worlds_by_reward = {}
    for reward in (0, 3000):
        changed = known.rules.parameters.copy()
        changed["reward"], changed["crowding"] = reward, 0
        case = run.Case(known.society, known.rules._replace(parameters=changed), known.policy, known.start, known.days, known.key)
        worlds_by_reward[reward] = run.run_arms(case, ("policy",))["policy"].daily.sum(axis=(0, 2))
    without, rewarded = worlds_by_reward[0], worlds_by_reward[3000]
    assert rewarded[PLACE["good_deeds"]] == without[PLACE["good_deeds"]] + rewarded[PLACE["hollow_deeds"]]
    assert rewarded[PLACE["hollow_deeds"]] > 50 and without[PLACE["hollow_deeds"]] == 0


# exercises: acting.calm, acting.own_accord (published)
@given(st.integers(0, ONE), st.integers(0, ONE), st.integers(0, ONE))
def test_crowding_out_can_outweigh_the_reward(reward, crowding, severity):
    """Rewarded deeds rise by reward - crowding and intrinsic ones fall by crowding (Benabou and Tirole 2006, their two terms)."""
    deed = SimpleNamespace(kind=tables.GOOD, deterrence=0, hardship=ONE, trait=0, rate=2**30)
    known = parameters(reward=reward, crowding=crowding)
    factor = acting.calm(deed, 0, -severity, known)
    assert abs(factor - max(ONE + (reward - crowding) * severity / ONE, ONE / 16)) <= 1
    own = acting.own_accord(deed, -severity, 0, known)
    assert own <= 2**30 and abs(own / 2**30 - max(1 - crowding * severity / ONE**2, 1 / 16)) < 1e-3


# --- 5: norms ---------------------------------------------------------------------------------------------------------


# exercises: acting.norms (exact)
def test_descriptive_norms_multiply_a_small_change():
    """Mean field: deviance d = r (1 + k (d - u)) settles at r (1 - k u) / (1 - k r), so a lowered rate is lowered once more."""
    base, usual, strength = 0.2, 0.2, 0.8
    known = parameters(descriptive=int(strength * ONE), injunctive=0, usual_deviance=int(usual * ONE))
    for rate in (0.2, 0.15, 0.1):
        level = base
        for _ in range(200):
            level = rate * acting.norms(int(level * ONE), 0, known) / ONE
        assert level == pytest.approx(rate * (1 - strength * usual) / (1 - strength * rate), abs=2e-3)


# --- 6: speech --------------------------------------------------------------------------------------------------------


# exercises: reacting.dissent (exact)
@given(st.floats(0, 1), st.floats(0.05, 4), st.floats(0, 1), st.floats(0, 3), st.floats(0, 1), st.booleans())
def test_nobody_could_do_better_by_speaking_otherwise(desired, boldness, surveillance, severity, tolerance, proportional):
    """The choice is within rounding of the best of a thousand others under the utility of the paper."""

    def utility(act):
        over = act > tolerance
        punished = (surveillance + (1 - surveillance) * act) * severity * ((act - tolerance) if proportional else 1)
        return -boldness * (desired - act) - (punished if over else 0)

    numbers = [round(value * ONE) for value in (desired, boldness, surveillance, severity, tolerance)]
    d, b, v, s, t = numbers
    desired, boldness, surveillance, severity, tolerance = (value / ONE for value in numbers)
    act = reacting.dissent(d, b, v, s, t, proportional) / ONE
    assert 0 <= act <= desired
    best = max(utility(desired * step / 1000) for step in range(1001))
    best = max(best, utility(min(tolerance, desired)))
    assert utility(act) >= best - (severity + boldness + 1) * 4 / ONE


# --- 8: discretion and ties -------------------------------------------------------------------------------------------


# exercises: reacting.turns (exact)
def test_ties_are_a_chain_of_two_states():
    """A tie with somebody marked is cold after n weeks with 1 - (1 - p)^n; unmarked again it warms; kin and the marked hold longer."""
    known = parameters(shun=int(0.1 * FULL), rewarm=int(0.2 * FULL), shun_kin=ONE // 4, solidarity=ONE // 2, contact_cost=2 * ONE)
    ties, weeks = 20_000, 8
    for kin, both, costly, chance in ((0, 0, 0, 0.1), (1, 0, 0, 0.025), (0, 1, 0, 0.05), (0, 0, ONE // 2, 0.2)):
        cold = 0
        for i in range(ties):
            state = 0
            for week in range(weeks):
                word = draws.draw(*KEY, i, week * 7, draws.COLD, i + 1)
                state ^= bool(reacting.turns(state, 4, 4 if both else 0, kin, costly, word, known))
            cold += state
        near(cold, ties, 1 - (1 - chance) ** weeks)
    warm = sum(bool(reacting.turns(1, 0, 0, 0, 0, draws.draw(*KEY, i, 3, draws.COLD, i), known)) for i in range(ties))
    near(warm, ties, 0.2)


# exercises: reacting.turns, reacting.unheard (law)
def test_both_ends_of_a_tie_agree():
    """A tie is cold at one end if and only if it is at the other, every week of a busy world; cold ties are not heard."""
    known = worlds.own(worlds.case(people=200, start=3, days=60))
    known.rules.parameters["shun"] = FULL // 3
    runner = run.Runner(known, worlds.kernels())
    town, policy = run.arm_of(known, run.found_world(known, runner), "policy")
    first, ties = town.people["first_tie"].astype(int), town.people["ties"].astype(int)
    ever = 0
    for day in range(known.start, known.start + 60):
        runner.live(town, policy, day)
        cold = {
            (i, int(town.neighbours[first[i] + slot])) for i in np.flatnonzero(town.truth["cold"]) for slot in range(ties[i])
            if town.truth["cold"][i] >> slot & 1
        }  # fmt: skip
        assert cold == {(other, i) for i, other in cold}
        ever += len(cold)
    assert ever > 100


# exercises: gating.answer (exact)
@pytest.mark.parametrize("factor", [0, 0.5, 2])
def test_discretion_is_added_to_ordinary_refusals_only_where_a_mark_shows(factor):
    """Of marked people whom nobody refused otherwise, the gate's share times the factor is turned away; of the unmarked, nobody."""
    gate = SimpleNamespace(refused=int(0.2 * FULL), refused_poor=0, discretion=int(0.3 * FULL))
    known = parameters(discretion=int(factor * ONE))
    requests, away = 30_000, {0: 0, 4: 0}
    for i in range(requests):
        for marked in away:
            away[marked] += gating.answer(CLOCK, i, 5, 1, gate, 0, 0, marked, known) == gating.TURNED_AWAY
    assert away[0] == 0
    near(away[4], requests, 0.8 * 0.3 * factor)


# --- one deed, one claim ----------------------------------------------------------------------------------------------


def test_a_deed_that_several_sensors_see_is_written_down_once():
    """With every sensor looking at everything, a deed makes one entry at most: entries of true deeds never pass the deeds themselves."""
    known = worlds.own(worlds.case(people=150, start=2, days=30))
    for sensors in (known.policy.sensors, known.rules.sensors):
        sensors["coverage"][:, :10], sensors["missed"], sensors["mixed_up"], sensors["infers"] = FULL, 0, 0, 0
        sensors["false_alarm"], sensors["delay"], sensors["scale"] = 0, 0, 0
    known.policy.rules["cap"], known.policy.score["steady_stock"] = 32767, 0
    lived = run.run_arms(known, ("policy",))["policy"].daily.sum(axis=(0, 2))
    written = sum(lived[PLACE[name]] for name in ("entries_true", "listings_true"))
    assert 100 < written <= lived[PLACE["deeds"]]
