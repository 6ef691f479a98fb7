"""Orders of update: who acts when, within one step. Each makes a stage, a function of (step, world), from a rule.

A synchronous rule reads how things stood when the stage began (``world.before``); in the others each acts on what those before her
left. What is drawn has an address, so that an order is the same in Python and compiled, whatever is recorded and wherever a run resumes.
"""

import types
from collections.abc import Callable, Sequence
from typing import Any

from glasstown import draws
from glasstown.modelling.luck import PICK, SHUFFLE, Luck
from glasstown.modelling.shapes import World

Stage = Callable[[Any, Any], None]
ORDERS = {
    "founding": "once for everybody, before the first step",
    "synchronous": "everybody at once, on what stood when the stage began",
    "sequential": "one after the other, by number",
    "shuffled": "one after the other, in an order drawn anew each step",
    "random": "as many picks as there are people, each of anybody: some act twice, with luck of their own each time, some not at all",
    "once": "once a step, for the society as a whole (person 0)",
}


def everybody(rule: Any) -> Stage:
    """One after the other, by number."""

    def stage(step, world):
        for person in range(world.size.people):
            rule(person, step, world)

    return stage


def shuffled(rule: Any, number: int) -> Stage:
    """One after the other, in an order drawn anew (Fisher and Yates 1938; Durstenfeld 1964); ``number`` tells stages apart."""

    def stage(step, world):
        order = world.order
        for person in range(world.size.people - 1, 0, -1):
            other = (draws.draw(world.luck.key_0, world.luck.key_1, person, step, SHUFFLE, number) * (person + 1)) >> 32
            held = order[person]
            order[person] = order[other]
            order[other] = held
        for place in range(world.size.people):
            rule(order[place], step, world)
        for place in range(world.size.people):  # so that the next shuffle starts from the same place, wherever a run resumes
            order[place] = place

    return stage


def of_pick(world, turn):
    """The world with luck of a pick's own, so that who is picked twice in a step does not draw the same twice."""
    luck = Luck((world.luck.key_0 + turn + 1) & draws.MASK, world.luck.key_1)
    return World(world.now, world.before, world.ties, world.case, luck, world.size, world.order)


def random(rule: Any, number: int) -> Stage:
    """As many picks as there are people, each even and independent."""

    def stage(step, world):
        people = world.size.people
        for turn in range(people):
            who = (draws.draw(world.luck.key_0, world.luck.key_1, turn, step, PICK, number) * people) >> 32
            rule(who, step, of_pick(world, turn))

    return stage


def once(rule: Any) -> Stage:
    """For the society as a whole."""

    def stage(step, world):
        rule(0, step, world)

    return stage


def copy(column: int, place: int, is_wide: bool) -> Stage:
    """Keep how a column stands now, for those who act at once."""
    if is_wide:

        def stage(step, world):
            now, before = world.now[column], world.before[place]
            for row in range(world.size.people):
                for item in range(world.size.widths[column]):
                    before[row, item] = now[row, item]
    else:

        def stage(step, world):
            now, before = world.now[column], world.before[place]
            for row in range(world.size.rows[column]):
                before[row] = now[row]

    return stage


def chain(stages: Sequence[Stage]) -> Stage:
    """One stage after the other."""
    if not stages:
        return lambda step, world: None
    if len(stages) == 1:
        return stages[0]
    first, then = stages[0], chain(stages[1:])

    def stage(step, world):
        first(step, world)
        then(step, world)

    return stage


def recorder(number: int, record: Any) -> Any:
    """Write record ``number`` of a step into its place."""

    def stage(place, step, world, recorded):
        recorded[number, place] = record(step, world)

    return stage


def all_records(recorders: Sequence[Any]) -> Any:
    """One record after the other."""
    if not recorders:
        return lambda place, step, world, recorded: None
    first, then = recorders[0], all_records(recorders[1:])

    def stage(place, step, world, recorded):
        first(place, step, world, recorded)
        then(place, step, world, recorded)

    return stage


def founding(step, world):
    """A place for the stage that founds (``life`` puts it here)."""


def a_step(step, world):
    """A place for the stages of a step."""


def records(place, step, world, recorded):
    """A place for all records."""


def loop(first, last, every, world, recorded):
    """The loop of a run: found (before step 1), then steps ``first`` to ``last``, recording every so many steps."""
    if first == 1:
        founding(0, world)
        records(0, 0, world, recorded)
    place = 1 if first == 1 else 0
    for step in range(first, last + 1):
        a_step(step, world)
        if step % every == 0:
            records(place, step, world, recorded)
            place += 1


def life(of_founding: Stage, of_a_step: Stage, of_records: Any) -> types.FunctionType:
    """The loop with the stages of a model in their places: as globals, since what a closure holds cannot be kept compiled on disk."""
    places = {"founding": of_founding, "a_step": of_a_step, "records": of_records}
    made = types.FunctionType(loop.__code__, {**globals(), **places}, "loop")
    made.__module__ = loop.__module__
    return made
