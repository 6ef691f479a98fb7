"""Bundles: what can be added together, in whatever order it is named, and what rests on what."""

from itertools import permutations

import pytest

from glasstown import catalogue
from glasstown.policy import bundles, load, safeguards
from glasstown.policy.schema import PolicyFile

DEEDS, LAW = catalogue.load_deeds(), catalogue.load_law()
HEAD = 'schema_version = 1\nname = "mine"\ntitle = "Mine"\nfidelity = "scenario"\n'
GRADE = 'grade = "scenario"\nreason = "a test"\n'
SCORED = f'[score]\nbase = 10\nlow = 0\nhigh = 20\n{GRADE}[[rule]]\ndeed = "theft"\nsensors = ["police"]\npoints = -5\n{GRADE}'
ON_APPEAL = {"reasons", "correct_everywhere", "independent_appeal"}  # mean something only where there is an appeal


def policy(text: str = SCORED) -> PolicyFile:
    return load.parse(HEAD + text)


def held(found: PolicyFile) -> set[str]:
    return {name for name in safeguards.NAMES if safeguards.has(found, name)}


def test_a_bundle_adds_its_parts_and_nothing_else() -> None:
    own = load.load("popular_image")
    bundle = ("human_review", "evidence", "sunset")
    made = {found.model_dump_json() for order in permutations(bundle) if (found := bundles.together(own, order, DEEDS, LAW))}
    assert len(made) == 1  # whatever the order
    found = bundles.together(own, bundle, DEEDS, LAW)
    assert found is not None and held(found) == held(own) | set(bundle)
    assert bundles.together(own, ("evidence",), DEEDS, LAW) == safeguards.variants(own)["+evidence"]


def test_what_means_nothing_alone_joins_what_it_rests_on() -> None:
    own = policy()
    assert not {"appeal", *ON_APPEAL} & set(bundles.alone(own, DEEDS, LAW))
    assert {"appeal", *ON_APPEAL} <= set(bundles.addable(own, DEEDS, LAW))
    assert bundles.resting(own, DEEDS, LAW) == [("notice", "appeal")]
    assert bundles.together(own, ("appeal",), DEEDS, LAW) is None
    assert bundles.together(own, ("appeal", "evidence"), DEEDS, LAW) is None
    for order in permutations(("reasons", "appeal", "notice")):
        found = bundles.together(own, order, DEEDS, LAW)
        assert found is not None and held(found) == {"notice", "appeal", "reasons"}


def test_where_people_are_told_pairs_rest_on_the_appeal() -> None:
    own = policy(f"{SCORED}[mending]\nnotice = true\n{GRADE}")
    assert {frozenset(pair) - {"appeal"} for pair in bundles.resting(own, DEEDS, LAW)} == {frozenset({name}) for name in ON_APPEAL}


def test_what_a_policy_has_is_not_added_again() -> None:
    own = load.load("popular_image")
    assert not held(own) & set(bundles.addable(own, DEEDS, LAW))
    assert bundles.together(own, ("appeal", "evidence"), DEEDS, LAW) is None


@pytest.mark.parametrize("preset", ["none", "popular_image", "rongcheng_2014", "spc_defaulter_list"])
def test_singles_are_those_of_the_variants(preset: str) -> None:
    own = load.load(preset)
    assert [f"+{name}" for name in bundles.alone(own, DEEDS, LAW)] == [name for name in safeguards.variants(own) if name[0] == "+"]


def test_a_bundle_has_one_name() -> None:
    assert bundles.ordered(("sunset", "notice", "sunset", "evidence")) == ("notice", "evidence", "sunset")
    assert bundles.place(("notice", "evidence")) < bundles.place(("notice", "sunset")) < bundles.place(("evidence", "sunset"))
