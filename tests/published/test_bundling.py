"""Bugs that the signs of bundling and guilt by association must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown import reacting
from glasstown.published import bundling
from glasstown.published.bundling import MODEL, TYPICAL, town

PARTS = {part.name: part for part in MODEL.parts}
pytestmark = pytest.mark.nightly  # beyond the fourteen targets: the smoke tier runs for every change (test_kept)
SMALL = {"signs": {"people": 2000, "replicates": 8}, "knock_outs": {"people": 300, "replicates": 2}, "pictured": {"points": 2}}


@pytest.mark.parametrize("part", PARTS)
def test_it_is_reproduced(part):
    assert not missed(PARTS[part], **SMALL[part])


def test_a_score_that_never_holds_politics_is_caught(monkeypatch):
    monkeypatch.setattr(bundling, "weight", lambda bundle: 0)
    assert len(missed(PARTS["signs"], people=300, replicates=3)) >= 4


def test_a_score_that_always_holds_politics_is_caught(monkeypatch):
    monkeypatch.setattr(bundling, "weight", lambda bundle: 1)
    assert missed(PARTS["knock_outs"], **SMALL["knock_outs"])


def test_guilt_by_association_that_costs_nothing_is_caught(monkeypatch):
    monkeypatch.setitem(bundling.FACTORS, "contact_cost", 0.0)
    assert len(missed(PARTS["signs"], people=300, replicates=3)) >= 4


@pytest.mark.nightly
def test_marks_that_part_nobody_are_caught(monkeypatch):
    monkeypatch.setattr(reacting, "turns", lambda is_cold, one, other, is_kin, costly, word, parameters: False)
    assert missed(PARTS["signs"], people=300, replicates=3)


def test_both_ends_of_a_tie_agree():
    run = town(TYPICAL, 1, 1, 200).run(20)
    first, ends = run.ties["known"]
    cold = {
        (person, int(ends[slot])): int(run.columns["cold"][slot])
        for person in range(200)
        for slot in range(first[person], first[person + 1])
    }
    assert 0 < sum(cold.values()) < len(cold)
    assert all(cold[other, one] == is_cold for (one, other), is_cold in cold.items())


def test_plain_and_compiled_rules_agree():
    model = town(TYPICAL, 1, 1, 40)
    plain, compiled = model.run(5, compiled=False), model.run(5)
    for name in ("value", "dissents", "acts", "cold", "lost", "expected"):
        assert np.array_equal(plain.columns[name], compiled.columns[name])
