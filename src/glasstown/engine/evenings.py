"""What an evening brings to those who are followed: reports, demands, their answers, marches, and what the town decides.

The evening belongs to the town as a whole and is lived once, by the compiled kernels. What it does to somebody is read off what stood on
the desks before and what stands there afterwards; a demand and an arrest, which leave no trace of their own, are decided once more, by the
same plain rules.
"""

import types
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from glasstown import draws, measuring, power, protesting, world
from glasstown.engine import reference
from glasstown.hours import officials
from glasstown.world import DEMAND, FROM_REPORT, NO_CITIZEN, Town

PAID, TOLD_ON, HELD_AGAINST, FORGOTTEN = range(4)  # what comes of a demand
TOUCHED = ("truth", "life", "desk", "tray")  # rooms that a demand writes to
Brought = tuple[int, str, dict[str, int]]  # to whom, what, in numbers


class Aim(NamedTuple):
    """What somebody lays at another's door tonight."""

    by: int
    other: int
    says: int
    why: int


class Evening:
    """An evening, looked at before it and after it; ``rules`` and ``policy`` are integer views of the tables."""

    def __init__(self, day: int, left: Any, town: Town, rules: Any, policy: Any, chosen: list[int]) -> None:
        self.day, self.town, self.rules, self.policy, self.chosen = day, town, rules, policy, chosen
        followed = set(chosen)
        self.aims = [aim for aim in aims(town, left) if aim.by in followed or aim.other in followed]
        self.demands = [found for aim in self.aims if aim.why == DEMAND for found in self.demanded(aim)]
        self.answers = [answer for answer in answers(town, left) if answer[0] in followed]
        self.works = {citizen: int(town.life["works"][citizen]) for citizen in chosen}
        self.stage, self.repealed = int(town.clock["stage"][0]), int(town.clock["repealed"][0])

    def demanded(self, aim: Aim) -> Iterator[dict[str, int]]:
        """What comes of a demand: the plain rule on copies of the rooms that it writes to. Nothing where it could not be made."""
        town, rooms = self.town, {name: getattr(self.town, name) for name in (*TOUCHED, "people", "clock")}
        copies = {name: reference.plain(array.copy() if name in TOUCHED else array) for name, array in rooms.items()}
        view = types.SimpleNamespace(**copies)
        meter = np.zeros(measuring.METER, np.int64)
        clock = view.clock[0]
        secret = officials.a_secret(aim.by, self.day, view.truth[aim.other], clock, self.rules, self.policy)
        officials.demanded(aim.by, self.day, view, self.rules, self.policy, reference.plain(meter))
        if not of(meter, measuring.DEMANDS):
            return
        outcome = FORGOTTEN
        for measure, what in ((measuring.PAYMENTS, PAID), (measuring.TOLD_ON, TOLD_ON), (measuring.FABRICATED, HELD_AGAINST)):
            outcome = what if of(meter, measure) else outcome
        cents = power.price(int(town.people["wage"][aim.other]), self.rules.parameters[0])
        yield {"by": aim.by, "other": aim.other, "secret": secret, "cents": cents, "outcome": outcome}

    def brought(self) -> Iterator[Brought]:
        """What it has brought, once it is over, in the order of the evening."""
        for by, other, answer in self.answers:
            score = self.policy.score[0]
            yield by, "answered", {"other": other, "answer": answer, "cents": score.reward if answer == world.COUNTED else score.penalty}
        for demand in self.demands:
            if demand["other"] in self.works:
                yield demand["other"], "demanded", demand
            if demand["by"] in self.works:
                yield demand["by"], "demands", demand
        for aim in self.aims:
            if aim.why != DEMAND and aim.by in self.works:
                yield aim.by, "reports", {"other": aim.other, "deed": aim.says, "why": aim.why}
        yield from self.marched()
        clock = self.town.clock[0]
        for citizen in self.chosen:
            if clock["repealed"] != self.repealed:
                yield citizen, "repealed", {"marching": int(clock["marching"])}
            if clock["stage"] != self.stage:
                yield citizen, "stage", {"before": self.stage, "after": int(clock["stage"])}

    def marched(self) -> Iterator[Brought]:
        """Who of them marches, and is arrested."""
        town, days = self.town, self.policy.score[0].arrest_days
        for citizen in self.chosen:
            if town.face[self.day & 1, citizen] & world.MARCHES:
                street, key = town.streets[town.people["district"][citizen]], town.clock[0]
                yield citizen, "marches", {"marching": int(street["marching"]), "aggrieved": int(street["aggrieved"])}
                word = draws.draw(int(key["key_0"]), int(key["key_1"]), citizen, self.day, draws.ARREST, 0)
                if word < protesting.arrested(int(street["police"]), int(street["marching"]), self.rules.parameters[0]):
                    lost = self.works[citizen] and not town.life["works"][citizen]
                    yield citizen, "arrested", {"days": days, "lost_work": int(lost)}

    def laid(self) -> Iterator[tuple[int, dict[str, int]]]:
        """What those who are followed will find at their doors tomorrow, that somebody has laid there on purpose."""
        for aim in self.aims:
            if aim.other in self.works and self.town.tray[aim.other] & world.FINDS_CLAIM:
                desk = self.town.desk[aim.other]
                origin, by = int(desk["claimed_origin"]), int(desk["claimed_by"])
                reported = aim.why != DEMAND and origin == FROM_REPORT and by == aim.by
                held = aim.why == DEMAND and by == NO_CITIZEN and self.is_held_against(aim)
                if reported or held:
                    yield aim.other, {"by": aim.by, "why": aim.why, "deed": int(desk["claimed_deed"]), "origin": origin}

    def is_held_against(self, aim: Aim) -> bool:
        """Whether it is this demand that was refused and is held against her."""
        return any(row["by"] == aim.by and row["outcome"] == HELD_AGAINST for row in self.demands)


def of(meter: Any, measure: int) -> int:
    """What a meter holds of a measure, of both groups."""
    return int(meter[2 * measure] + meter[2 * measure + 1])


def aims(town: Town, left: Any) -> list[Aim]:
    """What is laid at people's doors tonight, and why."""
    desk, who = town.desk, left[town.tray[left] & world.AIMS > 0]
    return [Aim(int(i), *(int(desk[column][i]) for column in ("aims_at", "says", "why"))) for i in who]


def answers(town: Town, left: Any) -> list[tuple[int, int, int]]:
    """Whose false reports get an answer tonight: (who reported, of whom, which answer)."""
    desk, who = town.desk, left[town.tray[left] & world.ANSWERS > 0]
    found = [(int(desk["claimed_by"][i]), int(i), int(desk["answer"][i])) for i in who]
    return [row for row in found if row[0] != NO_CITIZEN]
