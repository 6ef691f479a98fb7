"""Bugs that the quantities of performative prediction must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.published import performativity
from glasstown.published.performativity import MODEL

PARTS = {part.name: part for part in MODEL.parts}
SMALL = {"retraining": {"people": 40_000, "rounds": 30}, "optimum": {"people": 10_000, "replicates": 6}}


@pytest.mark.parametrize("part", PARTS)
def test_it_is_reproduced(part):
    assert not missed(PARTS[part], **SMALL[part])


@pytest.mark.parametrize("part", PARTS)
def test_a_loss_on_the_old_distribution_is_caught(part, monkeypatch):
    """What people do under the first forecast is taken for what they do under every other."""
    monkeypatch.setattr(performativity, "reacted_to", lambda world: performativity.START)
    assert missed(PARTS[part], **SMALL[part])


@pytest.mark.nightly
def test_a_reaction_that_forgets_the_feature_is_caught(monkeypatch):
    """The forecast raises everybody's chance alike."""
    monkeypatch.setattr(performativity, "chance", lambda feature, theta, case: 0.5 + case.mu * feature + case.eps * theta)
    assert missed(PARTS["retraining"], **SMALL["retraining"])


def test_plain_and_compiled_rules_agree():
    for model in (performativity.retrained(0.4, 300), performativity.tried(0.4, 300, 0.25)):
        plain, compiled = model.run(4, compiled=False), model.run(4)
        for name in ("feature", "outcome", "theta"):
            assert np.array_equal(plain.columns[name], compiled.columns[name])
