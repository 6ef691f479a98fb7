"""Bugs that the quantities of strategic dissent must catch."""

import numpy as np
from reproducing import missed

from glasstown.published import dissent
from glasstown.published.dissent import MODEL, STEPS

PARTS = {part.name: part for part in MODEL.parts}
TIMID = (("uniform", 0, 1, 1.0, 593),)


def test_timid_people_are_silenced_and_bold_ones_are_not():
    assert not missed(PARTS["how_often"], people=1000, seeds=6, cases=(*TIMID, ("uniform", 0, 8, 0.0, None)))


def test_comparing_with_the_best_cost_so_far_is_caught(monkeypatch):
    """The best cost ever met is lucky: hardly any change is kept any more."""
    monkeypatch.setattr(dissent, "compared_with", lambda world: world.now.best[0])
    assert missed(PARTS["how_often"], people=1000, seeds=6, cases=TIMID)


def test_being_seen_by_what_is_watched_alone_is_caught(monkeypatch):
    """Without the term (1 - v) a, who is loud is seen no more often than who whispers."""
    monkeypatch.setattr(dissent, "observed", lambda act, surveillance: surveillance)
    assert missed(PARTS["first_round"], replicates=2)


def test_plain_and_compiled_rules_agree():
    model = dissent.authority(30, 2.0, True)
    plain, compiled = model.run(20, compiled=False), model.run(20)
    for name in ("desired", "act", "numbers", "said", "fined"):
        assert np.array_equal(plain.columns[name], compiled.columns[name])
    assert (plain.columns["act"] <= plain.columns["desired"]).all() and plain.columns["desired"].max() <= 1 << STEPS
