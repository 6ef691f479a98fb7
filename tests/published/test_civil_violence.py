"""Bugs that the quantities of civil violence must catch."""

from dataclasses import replace

import numpy as np
import pytest
from reproducing import missed

from glasstown import protesting
from glasstown.modelling import Column, Rule
from glasstown.modelling.cells import add_near
from glasstown.published import civil_violence
from glasstown.published.civil_violence import MODEL, NETLOGO, SIDE, TABLE, WHYNOT, rebellion
from glasstown.world import NEVER

PARTS = {part.name: part for part in MODEL.parts}
SMOKE = [part for part in MODEL.parts if part.tier == "smoke"]
SMALL = {"seeds": 8, "steps": 1000, "cases": TABLE[:1]}


@pytest.mark.parametrize("part", SMOKE, ids=lambda part: part.name)
def test_it_is_reproduced(part):
    assert not missed(part)


def test_a_short_table_is_reproduced():
    assert not missed(PARTS["outbursts"], **SMALL)


def test_counting_whoever_is_arrested_as_active_is_caught(monkeypatch):
    """In jail she is still counted by those around, and is seen as active."""
    monkeypatch.setattr(civil_violence, "told", lambda run, told=civil_violence.told: told(with_the_jailed(run)))
    assert missed(PARTS["outbursts"], **SMALL)


def with_the_jailed(run):
    """A run in which those in jail are recorded as active."""
    run.records["active"] = run.records["active"] + run.records["jailed"]
    return run


@pytest.mark.nightly
def test_those_in_jail_who_still_march_are_caught(monkeypatch):
    """Whoever is arrested stays active, so that a crowd never ends."""

    def stays(person, active, world):
        now = world.now
        if active > now.active[person]:
            add_near(world.ties.near, now.cell[person], now.actives, 1)
            now.active[person] = active
            now.ever[person] |= active

    monkeypatch.setattr(civil_violence, "turns", stays)
    assert missed(PARTS["outbursts"], **SMALL)


@pytest.mark.nightly
def test_not_counting_oneself_is_caught(monkeypatch):
    """Whoever thinks of marching counts the others only."""
    monkeypatch.setattr(
        civil_violence,
        "marching_with",
        lambda person, world: max(world.now.actives[world.now.cell[person]] - world.now.active[person], 1),
    )
    assert missed(PARTS["outbursts"], **SMALL)


@pytest.mark.nightly
def test_deciding_at_once_is_caught(monkeypatch):
    """All decide on what stood before the step: the crowd comes all at once, and so does its arrest."""
    right = civil_violence.rebellion

    def at_once(*arguments, **options):
        model = right(*arguments, **options)
        columns = {**model.columns, "stood": Column("i8", rows=SIDE * SIDE)}
        rules = [*model.rules[:-1], Rule(remember, "once"), model.rules[-1]]
        return replace(model, columns=columns, rules=rules)

    def remember(person, step, world):
        for cell in range(SIDE * SIDE):
            world.now.stood[cell] = world.now.actives[cell]

    monkeypatch.setattr(civil_violence, "rebellion", at_once)
    monkeypatch.setattr(
        civil_violence,
        "marching_with",
        lambda person, world: max(1 + world.now.stood[world.now.cell[person]] - world.now.active[person], 1),
    )
    assert missed(PARTS["outbursts"], **SMALL)


def test_an_aversion_that_is_not_cut_by_boldness_is_caught(monkeypatch):
    """The day's rule with boldness in the place of aversion."""
    monkeypatch.setattr(protesting, "aversion", lambda boldness: boldness)
    assert missed(PARTS["by_day"])


def test_plain_and_compiled_rules_agree_and_nobody_is_lost():
    for variant in (NETLOGO, WHYNOT):
        model = rebellion(variant, citizens=300, police=12, legitimacy=0.6)
        plain, compiled = model.run(4, compiled=False), model.run(4)
        for name, column in compiled.columns.items():
            assert np.array_equal(plain.columns[name], column), name
        assert compiled.records["jailed"][-1] > 0
    run = rebellion().run(300)
    cell, away = run.columns["cell"], run.columns["life"]["away_until"] != NEVER
    assert np.array_equal(np.bincount(cell[~away], minlength=1600), run.columns["taken"])
