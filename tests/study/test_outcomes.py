"""Every outcome's formula, by hand, in a made-up town."""

import numpy as np
import pytest

from glasstown import measuring, world
from glasstown.study import outcomes, pair
from glasstown.study.outcomes import SPECS, View, measure
from tests.study.fake import HARMFUL_DEED, HARMLESS_DEED, PUNISHED, arm, deeds

RIGHT = world.EVER_SANCTIONED | world.EVER_SANCTIONED_IN_SHADOW


def levels(policy, twin=None):
    """{outcome: [all, majority, minority]} of one arm."""
    views = [View(one, deeds(), PUNISHED) for one in (policy, twin or arm())]
    found = measure(*views)
    return {name: [a / b if b else None for a, b in zip(*found[name], strict=True)] for name in found}


def eventful():
    """Citizen 0 rightly sanctioned for harm, 1 for what hurts nobody, 4 wrongly, 5 missed."""
    policy = arm(listed=[2, 1], listings_true=[1, 0], listings_mix_up=[0, 1], income=[400, 100])
    policy.town.truth["did"] = [1 << HARMFUL_DEED, 1 << HARMLESS_DEED, 0, 0, 0, 1 << HARMFUL_DEED, 0, 0]
    policy.town.life["ever"] = [RIGHT, RIGHT, 0, 0, world.EVER_SANCTIONED, world.EVER_SANCTIONED_IN_SHADOW, 0, 0]
    policy.town.life["sanctioned_days"] = [73, 73, 0, 0, 73, 0, 0, 0]
    return policy


def test_who_is_sanctioned_and_how():
    found = levels(eventful())
    assert found["sanctioned"] == pytest.approx([500, 500, 500])
    assert found["wrongly_sanctioned"] == pytest.approx([1000 / 6, 0, 500])
    assert found["sanctioned_for_harmless"] == pytest.approx([1000 / 6, 250, 0])
    assert found["missed"] == pytest.approx([1000 / 6, 0, 500])
    assert found["innocent_sanctioned"] == pytest.approx([1000 / 3, 0, 1000])  # citizens 2, 3, 4 did nothing wrong


def test_stocks_and_flows():
    found = levels(eventful())
    assert found["listed"] == pytest.approx([500, 500, 500])
    assert found["list_entries"] == pytest.approx([1000 * 2 * 365 / 6, 1000 * 365 / 4, 1000 * 365 / 2])
    assert found["undeserved_entries"] == pytest.approx([50, 0, 100])
    assert found["income"] == pytest.approx([500 / 6, 100, 50])


def test_fates_are_everybody_once():
    counts = pair.fate(View(eventful(), deeds(), PUNISHED))
    assert counts == [2, 1, 1, 1, 1]  # never, deserved, harmless, wrongly, missed
    assert len(pair.FATES) == len(counts)


def test_silenced_are_those_who_spoke_in_the_other_town():
    policy, twin = arm(), arm()
    twin.town.life["dissent_days"] = [3, 0, 1, 0, 2, 0, 5, 0]
    policy.town.life["dissent_days"] = [1, 4, 0, 0, 0, 0, 0, 0]
    assert levels(policy, twin)["silenced"] == pytest.approx([2000 / 6, 250, 500])
    assert levels(twin, twin)["silenced"] == [0, 0, 0]


def test_concentration_is_zero_for_equals_and_near_one_for_one():
    policy = arm()
    policy.town.life["sanctioned_days"][:6] = 5
    assert levels(policy)["concentration"] == pytest.approx([0, 0, 0])
    policy.town.life["sanctioned_days"] = [9, 0, 0, 0, 0, 0, 0, 0]
    assert levels(policy)["concentration"][:2] == pytest.approx([5 / 6, 3 / 4])


def test_children_count_as_children_only():
    policy = arm(children_in_hardship=[1, 0])
    policy.town.life["ever"][6] = RIGHT
    found = levels(policy)
    assert found["children_in_hardship"] == pytest.approx([500, 1000, 0])
    assert found["sanctioned"] == [0, 0, 0]


def test_equal_towns_differ_in_nothing():
    one = eventful()
    found = measure(View(one, deeds(), PUNISHED), View(one, deeds(), PUNISHED))
    assert all(np.isfinite(over).all() and np.isfinite(under).all() for over, under in found.values())


def test_the_few_can_be_told_apart():
    few = np.array([True, True, False, False, False, False, True, False])
    assert View(eventful(), deeds(), PUNISHED, few).adults.tolist() == [2, 2, 0]


def test_every_outcome_says_what_it_is():
    names = [spec.name for spec in SPECS]
    assert len(names) == len(set(names))
    assert set(outcomes.BY_GROUP) <= set(names)
    for spec in SPECS:
        assert spec.title and spec.unit and spec.words
        assert spec.grade in ("documented", "estimated", "scenario")
        assert not {"fair", "safe"} & set(f"{spec.title} {spec.words}".lower().split())


def test_weekly_means():
    world_ = arm()
    world_.daily[:, measuring.DISSENTING, 0] = np.arange(len(world_.daily))
    assert pair.weekly(world_)[:2] == pytest.approx([3 / 6 * 1000, 10 / 6 * 1000])


def test_what_a_model_foretells_counts_as_what_the_policy_is_about() -> None:
    """Who was rightly named for a harmful deed is not sanctioned for what hurts nobody."""
    from glasstown import catalogue
    from glasstown.policy import load
    from glasstown.policy.tables import build
    from glasstown.study import pair

    deeds = catalogue.load_deeds()
    policy = load.load("compas")
    bits = pair.punished_bits(build(policy, deeds, catalogue.load_law(), 100))
    assert policy.risk is not None
    assert bits == sum(1 << deeds.number(name) for name in policy.risk.foretells)
