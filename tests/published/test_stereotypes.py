"""Bugs that the quantities of self-fulfilling stereotypes must catch."""

import numpy as np
from reproducing import missed

from glasstown.published import stereotypes
from glasstown.published.stereotypes import COSTS, ENDS, MODEL, STEPS

PARTS = {part.name: part for part in MODEL.parts}
SMALL = {"people": 4000, "replicates": 3, "ends": ENDS[:1], "widths": (STEPS,)}


def test_it_is_reproduced():
    assert not missed(PARTS["fixed_points"])
    assert not missed(PARTS["agents"], **SMALL)


def test_believing_what_the_accepted_show_is_caught(monkeypatch):
    """Who was turned away is never learned of: the accepted are better, and no stereotype confirms itself at the right place."""
    monkeypatch.setattr(stereotypes, "counts", lambda person, world: world.now.accepted[person])
    assert missed(PARTS["agents"], **SMALL)


def test_a_cutoff_that_ignores_the_belief_is_caught(monkeypatch):
    monkeypatch.setattr(stereotypes, "cutoff", lambda belief: 0.5)
    assert missed(PARTS["fixed_points"])


def test_an_incentive_without_those_who_slip_through_is_caught(monkeypatch):
    """The chance to be accepted instead of how much it rises."""
    monkeypatch.setattr(stereotypes, "incentive", lambda cut: 1.0 - cut * cut)
    assert missed(PARTS["fixed_points"])


def test_plain_and_compiled_rules_agree():
    model = stereotypes.labour(COSTS["normal (.35, .06)"], (0.1, 0.3), 40)
    plain, compiled = model.run(6, compiled=False), model.run(6)
    for name in ("belief", "qualified", "accepted"):
        assert np.array_equal(plain.columns[name], compiled.columns[name])
