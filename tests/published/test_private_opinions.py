"""Bugs that the quantities of private and expressed opinions must catch."""

from dataclasses import replace

import numpy as np
import pytest
from reproducing import missed

from glasstown import reacting
from glasstown.modelling import Rule
from glasstown.published import private_opinions
from glasstown.published.private_opinions import FRANK, LISTENS, MODEL, SCALE, START, WEIGHTS, group
from glasstown.world import BITS

PARTS = {part.name: part for part in MODEL.parts}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_it_is_reproduced(part):
    assert not missed(part)


def test_hearing_what_others_think_is_caught(monkeypatch):
    """Private opinions leak: others are heard as they think, not as they speak."""
    monkeypatch.setattr(private_opinions, "listened_to", lambda other, said, world: world.now.private[other])
    assert missed(PARTS["discreet_group"])


def test_saying_what_one_thought_before_listening_is_caught(monkeypatch):
    """The limits are the same; the way there is not."""

    right = private_opinions.group

    def keep(person, step, world):
        world.now.kept[person] = world.now.private[person]

    def late(*arguments, **options):
        model = right(*arguments, **options)
        columns = {**model.columns, "kept": model.columns["start"]}
        return replace(model, columns=columns, rules=[Rule(keep, "sequential"), *model.rules])

    monkeypatch.setattr(private_opinions, "group", late)
    monkeypatch.setattr(private_opinions, "thought", lambda person, world: world.now.kept[person])
    found = missed(PARTS["discreet_group"])
    assert any("furthest from the equations" in each for each in found) and not any("limits" in each for each in found)


def test_a_move_to_the_goal_by_the_share_that_is_left_is_caught(monkeypatch):
    """The day's rule with the share of staying in the place of the share of moving."""
    right = reacting.towards
    monkeypatch.setattr(reacting, "towards", lambda value, goal, share: right(goal, value, share))
    assert any("12 bits" in each for each in missed(PARTS["frank_group"]))


def test_plain_and_compiled_rules_agree():
    for bits in (0, BITS):
        model = group(WEIGHTS, LISTENS, FRANK, START / SCALE, bits)
        plain, compiled = model.run(30, compiled=False), model.run(30)
        for name in ("private", "expressed"):
            assert np.array_equal(plain.columns[name], compiled.columns[name])
