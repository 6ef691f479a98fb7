"""Bugs that the quantities of bounded confidence must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.modelling import below
from glasstown.published import bounded_confidence
from glasstown.published.bounded_confidence import MODEL, PARTNER, near, pairs

PARTS = {part.name: part for part in MODEL.parts}


def one_moves(towards):
    """Of two who meet only one moves."""

    def meets(person, step, world):
        opinion = world.now.opinion
        other = below(world.luck, person, step, PARTNER, world.size.people)
        if near(opinion[person], opinion[other], world.case.reach):
            opinion[person] = towards(opinion[person], opinion[other], world.case.share)

    return meets


def one_a_step(towards):
    """The assignment outside the loop: only one person's opinion changes in a step."""

    def averages(person, step, world):
        if person == step % world.size.people:
            own = world.now.opinion[person]
            world.now.opinion[person] = towards(own, bounded_confidence.mean_near(person, world), world.case.share)
        world.now.moved[0] += 1

    return averages


def mean_of_now(person, world):
    """Others are read as they stand after those before her moved."""
    total, count = 0, 0
    own = world.now.opinion[person]
    for other in range(world.size.people):
        heard = near(own, world.now.opinion[other], world.case.reach)
        total += heard * world.now.opinion[other]
        count += heard
    return total // count


def one_sided(one, other, reach):
    """The sign of the difference is forgotten: everybody below is near."""
    return other - one < reach


def test_clusters_are_reproduced():
    assert not missed(PARTS["meetings"], people=500, seeds=8, cases=(0.5, 0.2))
    assert not missed(PARTS["averages_of_many"], seeds=20, cases=(0.25, 0.1))


@pytest.mark.parametrize(("name", "bug"), [("averaging", one_a_step), ("mean_near", mean_of_now), ("near", one_sided)])
def test_a_bug_of_means_is_caught(name, bug, monkeypatch):
    monkeypatch.setattr(bounded_confidence, name, bug)
    assert missed(PARTS["line"])


def test_one_who_moves_alone_is_caught(monkeypatch):
    monkeypatch.setattr(bounded_confidence, "meeting", one_moves)
    assert missed(PARTS["same_sum"])


def test_a_half_reach_is_caught(monkeypatch):
    monkeypatch.setattr(bounded_confidence, "near", lambda one, other, reach: 2 * abs(one - other) < reach)
    assert missed(PARTS["meetings"], people=500, seeds=8, cases=(0.5, 0.2))


def test_python_and_compiled_agree():
    model = pairs(20, 0.3)
    plain, compiled = model.run(5, compiled=False), model.run(5)
    assert all(np.array_equal(plain.columns[name], compiled.columns[name]) for name in model.columns)
