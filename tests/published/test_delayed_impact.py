"""Bugs that the quantities of delayed impact must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.published import delayed_impact
from glasstown.published.delayed_impact import INVENTED, MODEL, people

PARTS = {part.name: part for part in MODEL.parts}


def drift(lent):
    """The rejected drift."""
    return True


def one_score_off(one, gain=1.0, loss=4.0):
    """The profit threshold is off by one score."""
    right = gain * one.repay - loss * (1 - one.repay)
    return np.append(right[1:], right[-1])


def the_accepted_only(one, equal):
    """Shares of repayers are taken of those who would be accepted anyway."""
    return np.where(one.repay >= 0.8, one.shares * one.repay, 1e-9) if equal else one.shares


def from_below(rate, shares):
    """Those of the lowest scores are accepted first."""
    below = np.cumsum(shares) - shares
    return np.clip((rate - below) / shares, 0.0, 1.0)


@pytest.mark.parametrize(
    ("part", "name", "bug"),
    [
        ("agents", "moves", drift),
        ("published_solver", "worth", one_score_off),
        ("published_solver", "weights_of", the_accepted_only),
        ("shape", "selected", from_below),
    ],
)
def test_a_bug_is_caught(part, name, bug, monkeypatch):
    monkeypatch.setattr(delayed_impact, name, bug)
    assert missed(PARTS[part], **({"count": 10_000} if part == "agents" else {}))


def test_a_bank_that_ignores_its_risk_is_caught(monkeypatch):
    right = delayed_impact.max_utility
    monkeypatch.setattr(delayed_impact, "max_utility", lambda groups, gain=1.0, loss=4.0: right(groups, gain, loss / 4))
    assert missed(PARTS["properties"], populations=40)


def test_plain_rules_give_the_same_people():
    model = people(INVENTED[0], 0.4, 500)
    compiled, plain = (model.run(1, compiled=how).columns["record"] for how in (True, False))
    assert np.array_equal(compiled, plain)
