"""Bugs that the quantities of threshold cascades must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown import protesting
from glasstown.published import cascades
from glasstown.published.cascades import MODEL

PARTS = {part.name: part for part in MODEL.parts}


@pytest.mark.parametrize(("part", "size"), [("one_person_matters", {}), ("normal_thresholds", {}), ("crowds", {"people": 10_000})])
def test_it_is_reproduced(part, size):
    assert not missed(PARTS[part], **size)


def test_drawn_crowds_are_reproduced():
    assert not missed(PARTS["drawn_crowds"], people=50_000, replicates=3)


def test_a_strict_inequality_is_caught(monkeypatch):
    """She who waits for nobody waits for ever: nobody begins."""
    monkeypatch.setattr(
        protesting,
        "marches",
        lambda grievance, boldness, police, marching, aggrieved, curve, parameters: (
            (marching - 1) * 4096 > protesting.threshold(grievance, boldness) * aggrieved
        ),
    )
    assert missed(PARTS["one_person_matters"])


def test_counting_oneself_among_the_others_is_caught(monkeypatch):
    """With the threshold 1 made 2, the first who marches and the one who decides would be two."""
    right = protesting.marches

    def herself_too(grievance, boldness, police, marching, aggrieved, curve, parameters):
        return right(grievance, boldness, police, marching + 1, aggrieved, curve, parameters)

    monkeypatch.setattr(protesting, "marches", herself_too)
    assert missed(PARTS["one_person_matters"])


def test_a_weight_of_reputation_that_is_dropped_is_caught(monkeypatch):
    """Thresholds that are private preferences turned round, whatever the weight."""
    monkeypatch.setattr(cascades, "reputation", lambda preferences, weight: 1 - np.asarray(preferences))
    assert missed(PARTS["drawn_crowds"], people=20_000, replicates=2)


def test_plain_and_compiled_rules_agree():
    thresholds = cascades.quantiles(30.0, 60)
    for form in ("wide", "day"):
        model = cascades.crowd(thresholds, form, "shuffled")
        plain, compiled = model.run(8, compiled=False), model.run(8)
        assert np.array_equal(plain.columns["out"], compiled.columns["out"])
        assert plain.columns["out"].sum() == plain.columns["marching"][0] > 0
