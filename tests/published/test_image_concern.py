"""Bugs that the quantities of image concern must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.published import image_concern
from glasstown.published.image_concern import EXPONENTIAL, MODEL

PARTS = {part.name: part for part in MODEL.parts}
SMALL = {"closed_forms": {}, "agents": {"people": 10_000}, "curves": {"people": 2000, "replicates": 4}}


@pytest.mark.parametrize("part", PARTS)
def test_it_is_reproduced(part):
    assert not missed(PARTS[part], **SMALL[part])


@pytest.mark.parametrize("part", ["closed_forms", "agents"])
def test_an_image_from_who_takes_part_only_is_caught(part, monkeypatch):
    """Who stays away is never thought of: taking part is compared with nothing."""
    monkeypatch.setattr(image_concern, "told", lambda with_it, without: with_it)
    assert missed(PARTS[part], **SMALL[part])


@pytest.mark.parametrize("part", ["closed_forms", pytest.param("agents", marks=pytest.mark.nightly)])
def test_an_image_that_does_not_depend_on_who_acts_is_caught(part, monkeypatch):
    """Right for even values only."""
    monkeypatch.setattr(image_concern, "told", lambda with_it, without: 0.5)
    assert missed(PARTS[part], **SMALL[part])


def test_images_that_never_settle_are_caught():
    """After a single look people still act as if taking part told nothing."""
    assert missed(PARTS["agents"], people=10_000, rounds=1)


def test_plain_and_compiled_rules_agree():
    model = image_concern.town(EXPONENTIAL, 2.0, 0.5, 200)
    plain, compiled = model.run(5, compiled=False), model.run(5)
    for name in ("value", "part", "stake"):
        assert np.array_equal(plain.columns[name], compiled.columns[name])
