"""Bugs that the quantities of base rates must catch."""

import pytest
from reproducing import missed

from glasstown import draws, watching
from glasstown.published import base_rates
from glasstown.published.base_rates import KIND, MODEL, SENSOR
from glasstown.world import ONE

PARTS = {part.name: part for part in MODEL.parts}


def sees_the_truth(person, step, world):
    """Ground truth leaks into the sensor: no false alarms."""
    sensor = world.case.sensor[0]
    guilty = world.now.guilty[person]
    world.now.hits[person] += guilty and watching.look(world.luck, person, step, KIND, SENSOR, sensor, 0, 0, ONE) == watching.SEEN


def errs_always_alike(person, step, world):
    """Errors of one person are one error: the luck of the first screen counts in all."""
    sensor = world.case.sensor[0]
    if world.now.guilty[person]:
        hit = watching.look(world.luck, person, 1, KIND, SENSOR, sensor, 0, 0, ONE) == watching.SEEN
    else:
        hit = draws.draw(world.luck.key_0, world.luck.key_1, person, 1, draws.FALSE_ALARM + SENSOR, 0) < sensor.false_alarm[0]
    world.now.hits[person] += hit


def counts_twice(person, step, world):
    """A hit is counted once for the event and once for the person."""
    base_rates_screen(person, step, world)
    base_rates_screen(person, step, world)


base_rates_screen = base_rates.screen


@pytest.mark.parametrize(
    ("part", "bug"), [("one_screen", sees_the_truth), ("many_screens", errs_always_alike), ("many_screens", counts_twice)]
)
def test_a_bug_is_caught(part, bug, monkeypatch):
    monkeypatch.setattr(base_rates, "screen", bug)
    assert missed(PARTS[part])


def test_swapped_error_rates_are_caught(monkeypatch):
    right = base_rates.sensor
    monkeypatch.setattr(base_rates, "sensor", lambda sensitivity, specificity: right(specificity, sensitivity))
    assert missed(PARTS["one_screen"])
