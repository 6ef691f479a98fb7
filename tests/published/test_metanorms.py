"""Bugs that the quantities of norms and metanorms must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.modelling import no_ties, ring
from glasstown.published import metanorms
from glasstown.published.metanorms import LONG, MODEL

PARTS = {part.name: part for part in MODEL.parts}
SHORT = {"runs": 6, "generations": 4000, "cases": LONG[1:2]}


@pytest.mark.parametrize(("part", "size"), [("payoffs", {"generations": 200}), ("horizon", {"runs": 150}), ("in_the_long_run", SHORT)])
def test_it_is_reproduced(part, size):
    assert not missed(PARTS[part], **size)


def test_a_chance_to_see_that_each_draws_anew_is_caught(monkeypatch):
    """Offences that few see are those that are made: whoever sees must see with that chance."""
    right = metanorms.notices
    monkeypatch.setattr(metanorms, "notices", lambda person, other, which, seen, step, world: right(person, other, which, 0.5, step, world))
    assert missed(PARTS["payoffs"], generations=100)


@pytest.mark.nightly
def test_watching_whoever_let_an_offence_pass_by_the_offender_as_well_is_caught(monkeypatch):
    right = metanorms.is_watched
    monkeypatch.setattr(metanorms, "is_watched", lambda person, other, which, seen, step, world: right(-1, other, which, seen, step, world))
    assert all("metanorms" in each for each in missed(PARTS["payoffs"], generations=100))
    assert missed(PARTS["payoffs"], generations=100)


@pytest.mark.nightly
def test_two_offspring_for_all_where_nobody_stands_out_is_caught(monkeypatch):
    """Half of twice as many, drawn by luck: a norm that is never tested drifts away."""
    monkeypatch.setattr(
        metanorms, "offspring", lambda payoff, mean, deviation: 2 if payoff >= mean + deviation else int(payoff > mean - deviation)
    )
    assert missed(PARTS["in_the_long_run"], **SHORT)


def test_payoffs_that_are_handed_down_are_caught(monkeypatch):
    """A generation that does not start with nothing."""
    monkeypatch.setattr(metanorms, "forget", lambda person, step, world: None)
    assert missed(PARTS["payoffs"], generations=20)


def test_who_sees_and_punishes_are_ones_ties():
    """Without ties nobody is hurt and the boldest thrive; the payoff of one offence among neighbours is theirs alone."""
    alone = metanorms.society(True, ties=no_ties(20)).run(300)
    assert alone.records["boldness"][-100:].mean() > 0.9
    near = metanorms.society(False, ties=ring(20)).run(0)
    assert len(near.ties["neighbours"].ends) == 40


def test_plain_and_compiled_rules_agree():
    model = metanorms.society(True, people=8)
    plain, compiled = model.run(12, compiled=False), model.run(12)
    for name in ("bold", "vengeful", "payoff"):
        assert np.array_equal(plain.columns[name], compiled.columns[name])
