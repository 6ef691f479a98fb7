"""Bugs that the sign of garbling must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.published import garbling
from glasstown.published.garbling import MODEL, offices

PARTS = {part.name: part for part in MODEL.parts}
pytestmark = pytest.mark.nightly  # beyond the fourteen targets: the smoke tier runs for every change (test_kept)
SMALL = {"peak": {"people": 2000, "replicates": 4, "points": 11}, "shape": {"people": 10_000, "replicates": 4}}


@pytest.mark.parametrize("part", PARTS)
def test_it_is_reproduced(part):
    assert not missed(PARTS[part], **SMALL[part])


def test_monitors_who_do_not_fear_are_caught(monkeypatch):
    """Reports then rise all the way to full responsiveness."""
    monkeypatch.setattr(garbling, "feared", lambda threatened, case: 0.0)
    wrong = missed(PARTS["peak"], **SMALL["peak"])
    assert any(each.startswith("responsiveness at which most is reported") for each in wrong)


def test_an_authority_that_never_acts_unasked_is_caught(monkeypatch):
    """Threats are then free at any responsiveness, and nobody reports."""
    monkeypatch.setattr(garbling, "unasked", lambda case: 0.0)
    assert missed(PARTS["peak"], **SMALL["peak"])


def test_threats_that_cost_nothing_are_caught(monkeypatch):
    monkeypatch.setitem(garbling.WORLDS, "retaliation", (garbling.HARM, 0.0))
    assert missed(PARTS["peak"], **SMALL["peak"])


def test_plain_and_compiled_rules_agree():
    model = offices(0.5, 200)
    plain, compiled = model.run(4, compiled=False), model.run(4)
    for name in ("effort", "at_stake", "seen", "threatened", "reported", "retaliated"):
        assert np.array_equal(plain.columns[name], compiled.columns[name])
