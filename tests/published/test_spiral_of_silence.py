"""Bugs that the quantities of the spiral of silence must catch."""

import numpy as np
import pytest
from reproducing import measured, missed

from glasstown import reacting
from glasstown.published import spiral_of_silence
from glasstown.published.spiral_of_silence import FELL, FLOATS, MODEL, ONLY, WIDE, camps, people
from glasstown.world import BITS

PARTS = {part.name: part for part in MODEL.parts}
BOTH_SPEAK = (0.8, 0.8, 10, 0.1)


def few(row):
    """The agents of one row, fewer and shorter than in the table."""
    return {"replicates": 2, "camp": 500, "steps": 1000, "rows": (row,)}


def unexplained(part, **options):
    """What is not reproduced, and not known to differ."""
    return [quantity.what for quantity in measured(part, **options) if quantity.verdict == "not"]


def test_the_states_are_reproduced_and_one_is_a_saddle():
    found = measured(PARTS["mean_field"])
    assert [quantity.because for quantity in found if quantity.verdict != "reproduced"] == [FELL]


@pytest.mark.parametrize("row", [ONLY[0], BOTH_SPEAK])
def test_agents_end_where_the_mean_does(row):
    assert not missed(PARTS["agents"], **few(row))


@pytest.mark.nightly
@pytest.mark.parametrize("part", ["agents", "much_later"])
def test_nothing_else_differs(part):
    assert not unexplained(PARTS[part])


MEAN_BUGS = {
    "contacts outside for those inside": lambda inside, own, other, cost: (1.0 - inside) * own - inside * other - cost,
    "a cost that is paid to her": lambda inside, own, other, cost: inside * own - (1.0 - inside) * other + cost,
    "the other camp does not disagree": lambda inside, own, other, cost: inside * own + (1.0 - inside) * other - cost,
}


@pytest.mark.parametrize("bug", MEAN_BUGS)
def test_a_bug_in_the_mean_is_caught(bug, monkeypatch):
    monkeypatch.setattr(spiral_of_silence, "feedback", MEAN_BUGS[bug])
    monkeypatch.setattr(spiral_of_silence, "FORMS", spiral_of_silence.FORMS[:1])
    assert unexplained(PARTS["mean_field"])


AGENT_BUGS = {
    "silence is taken for disagreement": ("reward", lambda says, inside: 1.0 if says and inside else -1.0),
    "those who are silent learn as well": ("listens", lambda says: says + 1),
}


@pytest.mark.parametrize("bug", AGENT_BUGS)
def test_a_bug_in_the_agents_is_caught(bug, monkeypatch):
    monkeypatch.setattr(spiral_of_silence, *AGENT_BUGS[bug])
    assert unexplained(PARTS["agents"], **few(BOTH_SPEAK))


def test_a_day_that_moves_all_the_way_is_caught(monkeypatch):
    """The day's rule that takes the goal for the move: agents believe their last answer."""
    monkeypatch.setattr(reacting, "towards", lambda value, goal, share: goal)
    found = [quantity for quantity in measured(PARTS["agents"], **few(BOTH_SPEAK)) if quantity.verdict == "not"]
    assert found and all(quantity.form == "day" for quantity in found)


def test_plain_and_compiled_rules_agree():
    for bits in (FLOATS, BITS, WIDE):
        models = camps(BOTH_SPEAK, [(0.3, -0.2), (0.1, 0.1)], bits), people(BOTH_SPEAK, (0.0, 0.0), camp=20, bits=bits)
        for model in models:
            plain, compiled = model.run(25, compiled=False), model.run(25)
            assert np.allclose(plain.columns["value"], compiled.columns["value"], rtol=0, atol=1e-12 if bits == FLOATS else 0)
