"""Bugs that the quantities of the inspection game must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.modelling import Column, Model, Rule
from glasstown.published import inspection
from glasstown.published.inspection import MODEL

PARTS = {part.name: part for part in MODEL.parts}


@pytest.mark.parametrize(
    ("part", "size"), [("fictitious_play", {"pairs": 3}), ("perceived_risk", {"steps": 1_000_000}), ("finite_populations", {})]
)
def test_it_is_reproduced(part, size):
    assert not missed(PARTS[part], **size)


def test_an_inspector_who_is_paid_the_fine_as_well_is_caught(monkeypatch):
    """Then violations would depend on the fine."""
    monkeypatch.setattr(inspection, "inspects", lambda violations, case: (case.reward + case.fine) * violations > case.cost)
    assert any(each.startswith("violations") for each in missed(PARTS["fictitious_play"], pairs=2, steps=50_000))


def test_a_fine_that_is_paid_on_top_of_the_gain_is_caught(monkeypatch):
    """One who is caught would lose the gain, and the fine."""
    monkeypatch.setattr(inspection, "violates", lambda inspections, case: case.gain * (1 - inspections) > case.fine * inspections)
    assert any(each.startswith("inspections") for each in missed(PARTS["fictitious_play"], pairs=2, steps=50_000))


def test_answering_the_last_move_alone_is_caught(monkeypatch):
    """Best responses to what the other did last go round and round, half of the time here and half there."""

    def forgetful(pair, step, world):
        world.now.violations[pair] += step % 4 < 2
        world.now.inspections[pair] += step % 4 == 1 or step % 4 == 2

    monkeypatch.setattr(inspection, "play", forgetful)
    assert missed(PARTS["fictitious_play"], pairs=2, steps=10_000)


@pytest.mark.nightly
def test_imitation_of_whoever_is_met_is_caught(monkeypatch):
    """Without a look at payoffs the fine is nothing."""
    monkeypatch.setattr(inspection, "fermi", lambda own, other, strength: 0.5)
    assert missed(PARTS["finite_populations"], places=100)


def test_plain_and_compiled_rules_agree():
    columns = {name: Column() for name in ("violations", "inspections")}
    play = Model(3, columns, [Rule(inspection.believe, "founding"), Rule(inspection.play, "sequential")], case=inspection.numbers(5.0))
    plain, compiled = play.run(100, compiled=False), play.run(100)
    for name in columns:
        assert np.array_equal(plain.columns[name], compiled.columns[name])
