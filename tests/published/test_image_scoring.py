"""Bugs that the quantities of image scoring must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown import scoring
from glasstown.modelling import below
from glasstown.published import image_scoring
from glasstown.published.image_scoring import MODEL, PARENT

PARTS = {part.name: part for part in MODEL.parts}
pytestmark = pytest.mark.nightly  # beyond the fourteen targets: the smoke tier runs for every change (test_kept)


def forgives(file, step, case, points):
    """Not helping costs no score."""
    file.live += max(points, 0)
    scoring.publish(file, step, case)
    file.live = file.score


def out_of_range(file, step, case, points):
    """The score is clamped where it is read, and goes on outside its range where it is kept."""
    file.live += points
    scoring.publish(file, step, case)


def more_than(strategy, score):
    """Helps if the score is above k."""
    return score > strategy


def anybodys_child(person, step, world):
    """No selection."""
    world.now.strategy[person] = world.before.strategy[below(world.luck, person, step, PARENT, world.size.people)]


def test_generations_are_reproduced():
    assert not missed(PARTS["without_mutation"], replicates=60, cases=(125, 500))


@pytest.mark.parametrize(("name", "bug"), [("moved", forgives), ("moved", out_of_range), ("helps", more_than)])
def test_a_bug_is_caught(name, bug, monkeypatch):
    monkeypatch.setattr(image_scoring, name, bug)
    assert missed(PARTS["rule_of_thumb"])


@pytest.mark.parametrize(("name", "bug", "each", "replicates"), [("child", anybodys_child, 500, 50), ("FLOOR", 0.0, 125, 400)])
def test_a_bug_of_generations_is_caught(name, bug, each, replicates, monkeypatch):
    monkeypatch.setattr(image_scoring, name, bug)
    assert missed(PARTS["without_mutation"], replicates=replicates, cases=(each,))


def test_python_and_compiled_agree():
    model = image_scoring.society(30, mutation=0.1)
    plain, compiled = model.run(4, compiled=False), model.run(4)
    assert all(np.array_equal(plain.columns[name], compiled.columns[name]) for name in model.columns)
