"""Bugs that the quantities of the leading eight must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.published import leading_eight
from glasstown.published.leading_eight import ERROR, MODEL, PEOPLE, STRATEGIES, assessed, public_model, taken_for

PARTS = {part.name: part for part in MODEL.parts}
SMALL = {"events": 20_000, "seeds": 16, "known": False}


def thinks_well_of_herself(image, person):
    """Self-image not kept."""
    return 1


def begins_where_the_last_one_ended(observer, donor, recipient, act, sees, errs, world):
    """Observers one after the other, each from the opinion that the one before her has just formed."""
    if observer in (donor, recipient) or sees < world.case.watched:
        image = world.now.image
        seen = taken_for(act, errs, world.case)
        image[observer, donor] = assessed(world.case.alpha, image[max(observer - 1, 0), donor], image[observer, recipient], seen)


def sees_all(observer, donor, recipient, act, sees, errs, world):
    """Everybody sees everything."""
    image = world.now.image
    seen = taken_for(act, errs, world.case)
    image[observer, donor] = assessed(world.case.alpha, image[observer, donor], image[observer, recipient], seen)


def judged_by_the_donor(rule, donor, recipient, act):
    """Donor and recipient swapped in the table."""
    return (rule >> (4 * recipient + 2 * donor + act)) & 1


def test_private_opinions_are_reproduced():
    assert not missed(PARTS["alone"], events=30_000, strategies=("L2", "L6", "L8"))


@pytest.mark.parametrize("strategy", ["L2", "L5", "L6", "L8"])
def test_a_shared_image_is_caught(strategy, monkeypatch):
    monkeypatch.setattr(leading_eight, "private_model", lambda rule: public_model(rule, PEOPLE, 0.0, ERROR))
    assert len(missed(PARTS["alone"], **SMALL, strategies=(strategy,))) >= 3


@pytest.mark.parametrize(
    ("name", "bug", "strategy"),
    [
        ("own_image", thinks_well_of_herself, "L2"),
        ("consider", begins_where_the_last_one_ended, "L5"),
        ("consider", sees_all, "L2"),
        ("assessed", judged_by_the_donor, "L4"),
    ],
)
def test_a_bug_is_caught(name, bug, strategy, monkeypatch):
    monkeypatch.setattr(leading_eight, name, bug)
    assert missed(PARTS["alone"], **SMALL, strategies=(strategy,))


def test_python_and_compiled_agree():
    model = leading_eight.private_model(STRATEGIES["L2"], people=7)
    plain, compiled = model.run(40, compiled=False), model.run(40)
    assert all(np.array_equal(plain.columns[name], compiled.columns[name]) for name in model.columns)
