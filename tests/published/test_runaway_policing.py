"""Bugs that the quantities of runaway policing must catch."""

import numpy as np
import pytest
from reproducing import missed

from glasstown.published import runaway_policing
from glasstown.published.runaway_policing import MODEL, SECOND, TOP, cities

PARTS = {part.name: part for part in MODEL.parts}


def finds_the_true_rate(case, in_a, region):
    """Feedback is read from the true rate of each region, whoever went where."""
    return case.d if region else case.a


def wrong_region(share, in_a):
    """The correction keeps what was expected and drops what was not."""
    return (share if in_a else 1.0 - share) / max(1.0 - share, share)


def never_counts_less(share, in_a):
    """The correction does nothing."""
    return 1.0


@pytest.mark.parametrize(
    ("part", "name", "bug"),
    [
        ("oakland", "finds", finds_the_true_rate),
        ("standard", "finds", finds_the_true_rate),
        ("equal_rates", "counted", wrong_region),
        ("equal_rates", "counted", never_counts_less),
    ],
)
def test_a_bug_is_caught(part, name, bug, monkeypatch):
    monkeypatch.setattr(runaway_policing, name, bug)
    sizes = {"oakland": {"urns": 300}, "standard": {"urns": 300}}.get(part, {})
    assert missed(PARTS[part], **sizes)


def test_an_urn_that_forgets_nothing_is_caught(monkeypatch):
    monkeypatch.setattr(runaway_policing, "DECAY", 0.0)
    assert missed(PARTS["oakland"], urns=300)


def test_plain_rules_give_the_same_urns():
    model = cities(((TOP, 0.0), (0.5, SECOND)), (30, 20), 5, decay=0.01, correction=1)
    compiled, plain = (model.run(40, compiled=how).columns for how in (True, False))
    assert all(np.array_equal(compiled[name], plain[name]) for name in compiled)
