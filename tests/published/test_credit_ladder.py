"""Bugs that the quantities of the credit ladder must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.published import credit_ladder
from glasstown.published.credit_ladder import EQUAL_OPPORTUNITY, MAX_REWARD, MODEL, ladder

PARTS = {part.name: part for part in MODEL.parts}


def drift(lent):
    """The rejected drift: they rise and fall as if they had been lent to."""
    return True


def one_level_off(level, case):
    """The profit threshold is off by one level."""
    return 2.0 * case.repay[min(level + 1, 6)] - 1.0


def one_level_off_upwards(level, case):
    """The same, the other way."""
    return 2.0 * case.repay[max(level - 1, 0)] - 1.0


def the_accepted_only(lent):
    """Recall is computed on the accepted only."""
    return lent


@pytest.mark.parametrize(
    ("part", "name", "bug"),
    [
        ("frozen_out", "moves", drift),
        ("frozen_out", "worth", one_level_off),
        ("equal_opportunity", "is_counted", the_accepted_only),
        pytest.param("max_reward", "moves", drift, marks=pytest.mark.nightly),
        pytest.param("max_reward", "worth", one_level_off, marks=pytest.mark.nightly),
        pytest.param("max_reward", "worth", one_level_off_upwards, marks=pytest.mark.nightly),
        pytest.param("max_reward", "is_counted", the_accepted_only, marks=pytest.mark.nightly),
    ],
)
def test_a_bug_is_caught(part, name, bug, monkeypatch):
    monkeypatch.setattr(credit_ladder, name, bug)
    sizes = {"people": 1000, "steps": 500} if part == "frozen_out" else {"seeds": 10}
    assert missed(PARTS[part], **sizes)


@pytest.mark.parametrize("kind", [MAX_REWARD, EQUAL_OPPORTUNITY])
def test_plain_rules_give_the_same_ladder(kind):
    model = ladder(kind)
    compiled, plain = (model.run(350, compiled=how).columns for how in (True, False))
    assert all(np.array_equal(compiled[name], plain[name]) for name in compiled)
