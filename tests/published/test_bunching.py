"""Bugs that the quantities of strategic bunching must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.published import bunching
from glasstown.published.bunching import MODEL

PARTS = {part.name: part for part in MODEL.parts}
SMALL = {"people": 50_000}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_it_is_reproduced(part):
    assert not missed(part, people=200_000)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_people_below_reach_who_also_move_are_caught(part, monkeypatch):
    monkeypatch.setattr(bunching, "moves", lambda lacks, reach: lacks > 0)
    assert missed(part, **SMALL)


def test_people_who_never_move_are_caught(monkeypatch):
    monkeypatch.setattr(bunching, "moves", lambda lacks, reach: False)
    assert missed(PARTS["bunched"], **SMALL)


def test_the_qualified_who_pay_nothing_are_caught(monkeypatch):
    """Only who is not truly qualified pays: the social cost vanishes."""
    monkeypatch.setattr(bunching, "moves", lambda lacks, reach: lacks > reach)
    assert missed(PARTS["raised"], **SMALL)


def test_plain_and_compiled_rules_agree():
    model = bunching.applicants(1.0, people=500)
    plain, compiled = model.run(1, compiled=False), model.run(1)
    for name in ("score", "shown", "paid", "accepted"):
        assert np.array_equal(plain.columns[name], compiled.columns[name])
