"""Bugs that the quantities of rewiring must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown import modelling
from glasstown.modelling import uniform
from glasstown.published import rewiring
from glasstown.published.rewiring import EVEN, LEAVES, MODEL, WHO, dissimilarity

PARTS = {part.name: part for part in MODEL.parts}
pytestmark = pytest.mark.nightly  # beyond the fourteen targets: the smoke tier runs for every change (test_kept)
SMALL = {"levels": ((1.0, 200),), "laws": (EVEN,)}
redraw, part_from = rewiring.drawn_anew, rewiring.gives_up


def whatever_it_is(person, step, slot, unlike, world):
    """Ties are given up whatever they join."""
    return uniform(world.luck, person, step, LEAVES, slot) < 0.5 * world.case.aversion


def averse_twice(person, step, slot, world):
    """The new end, too, is chosen by aversion."""
    end = redraw(person, step, slot, world)
    if uniform(world.luck, person, step, WHO, slot + 64) < dissimilarity(person, end):
        return redraw(person, step, slot + 64, world)
    return end


def hates_the_like(person, step, slot, unlike, world):
    """The sign of the aversion is turned."""
    return part_from(person, step, slot, 1.0 - unlike, world)


def beside(ties, person, slot, end):
    """The tie beside the one that is given up is turned."""
    other = slot + 1 if slot + 1 < modelling.count_ties(ties, person) else 0
    ties.ends[ties.first[person] + other] = end


def of_somebody_else(ties, person, slot, end):
    """It is another person's tie that is turned."""
    ties.ends[ties.first[max(person - 1, 0)] + slot] = end


@pytest.mark.parametrize(
    ("name", "bug"),
    [
        ("gives_up", whatever_it_is),
        ("gives_up", hates_the_like),
        ("drawn_anew", averse_twice),
        ("rewire", beside),
        ("rewire", of_somebody_else),
    ],
)
def test_a_bug_is_caught(name, bug, monkeypatch):
    monkeypatch.setattr(rewiring, name, bug)
    assert missed(PARTS["long_run"], **SMALL)


def test_python_and_compiled_agree(monkeypatch):
    monkeypatch.setattr(rewiring, "ALIKE", 3)
    for model in (rewiring.society(1, 0.7), rewiring.society(0, by_day=0.02)):
        plain, compiled = model.run(3, compiled=False), model.run(3)
        assert np.array_equal(plain.ties["ties"].ends, compiled.ties["ties"].ends)
        assert np.allclose(plain.records["mean"], compiled.records["mean"], rtol=1e-15, atol=0)
