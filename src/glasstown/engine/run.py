"""Run a case: found its world, let it burn in under ordinary law, fork it into arms, and live every arm day by day."""

import hashlib
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from glasstown import draws, measuring, tables, world
from glasstown.engine import found
from glasstown.world import Town

ARMS = ("policy", "twin", "placebo", "exempt")
SHARED = ("people", "neighbours", "districts")  # never written after founding
EXEMPT_SHARE = 0.1
NOBODY = np.zeros(0, np.int64)  # no crowd
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Case:
    """What one pair of worlds is made of: the same case gives the same bytes.

    ``society`` is people.founding.Society, ``rules`` the shared tables.Tables, ``policy`` the tables.Policy; ``start`` is
    the burn-in's length in days, ``days`` the horizon after it; ``key`` the generator's key (draws.key_of).
    """

    society: Any
    rules: tables.Tables
    policy: tables.Policy
    start: int
    days: int
    key: tuple[int, int]


@dataclass
class World:
    """One arm after its last day.

    ``daily``: int64 [days, measures, groups], see measuring.MEASURES; ``spells``: int64 [groups, 2, months], lengths of
    stays on a list that began under the policy, ended and still on; ``town``: the final state; ``digest``: SHA-256 of it.
    """

    daily: Any
    spells: Any
    town: Town
    digest: str


def luck_caps(case: Case) -> Any:
    """For each daily purpose, the threshold no chance can pass in any arm: luck above it is not looked at."""
    caps = np.zeros(draws.DAILY, np.int64)
    caps[draws.DEED : draws.DEED + 32] = case.rules.deeds["cap"][: draws.DEEDS_MAX]
    caps[draws.REQUEST : draws.REQUEST + 8] = case.rules.gates["rate"]
    for sensors in (case.rules.sensors, case.policy.sensors):
        for first, purpose in ((0, draws.FALSE_ALARM), (8, draws.MORE_ALARMS)):
            alarms = caps[purpose : purpose + 8]
            np.maximum(alarms, sensors["false_alarm"][first : first + 8].max(axis=1), out=alarms)
    parameters = case.rules.parameters[0]
    caps[draws.LOSE_JOB], caps[draws.DEAL] = parameters["lose_job"], parameters["dealings"]
    if case.policy.score["reports"][0]:
        caps[draws.REPORTS] = min(16 * int(parameters["malice"]), 2**32 - 1)
    if case.policy.score["rules"][0]:
        caps[draws.DEMANDS] = parameters["extortion"]
    caps[draws.PAY] = caps[draws.CLOSE] = min(64 * max(int(parameters["pay"]), int(parameters["close"])), 2**32 - 1)
    return caps


def spread_table() -> Any:
    """For each face, its bits as counters of eight bits; that somebody marches (the eighth) is not counted."""
    return np.array([sum(((face >> bit) & 1) << (8 * bit) for bit in range(7)) for face in range(256)], np.int64)


def scratch(chunk: int, run: int) -> tuple[Any, ...]:
    """What one thread needs: luck by purpose, what it allows, faces heard, a running sum, the day's sightings."""
    return (
        np.zeros((draws.DAILY, chunk), np.uint32),
        np.zeros(chunk, np.int64),
        np.zeros(chunk, np.int64),
        np.zeros(run, np.int64),
        np.zeros(64, np.int64),
    )


def household_ranges(people: Any, parts: int) -> list[tuple[int, int]]:
    """Cut the citizens into ranges that never split a household."""
    count = len(people)
    cuts = [0]
    for part in range(1, parts):
        cut = count * part // parts
        while cut < count and people["place"][cut] != 0:
            cut += 1
        cuts.append(max(cut, cuts[-1]))
    return list(zip(cuts, [*cuts[1:], count], strict=True))


class Runner:
    """Lives a town day by day with the kernels it is given (compiled, or the plain reference), on some threads."""

    def __init__(self, case: Case, kernels: Any, threads: int = 1) -> None:
        self.case, self.kernels = case, kernels
        self.caps, self.spread = luck_caps(case), spread_table()
        self.ranges = household_ranges(case.society.people, threads)
        self.scratch = [scratch(kernels.sweeps.CHUNK, kernels.sweeps.RUN) for _ in self.ranges]
        self.meters = np.zeros((len(self.ranges) + 1, measuring.METER), np.int64)
        self.pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def each(self, work: Callable[[int], None]) -> None:
        """Do ``work(part)`` for every range, on all threads."""
        if self.pool is None:
            for part in range(len(self.ranges)):
                work(part)
        else:
            list(self.pool.map(work, range(len(self.ranges))))

    def live(self, town: Town, policy: tables.Policy, day: int) -> Any:
        """One day and its evening; returns the day's meter."""
        sweeps, rules = self.kernels.sweeps, self.case.rules
        self.meters[:] = 0

        def sweep(part: int) -> None:
            low, high = self.ranges[part]
            sweeps.sweep(day, low, high, *self.scratch[part], self.caps, self.spread, town, rules, policy, self.meters[part])

        def at_home(part: int) -> None:
            low, high = self.ranges[part]
            sweeps.home_sweep(day, low, high, town, policy, self.meters[part])

        self.each(sweep)
        left = np.flatnonzero(town.tray & world.FOR_THE_EVENING)
        sweeps.evening_sweep(day, left, self.crowd(town, day), town, rules, policy, self.meters[-1])
        if day % 30 == 29 or policy.score["pooled"][0]:
            self.each(at_home)
        return self.meters.sum(axis=0)

    def crowd(self, town: Town, day: int) -> Any:
        """The aggrieved who are free and ready to march, on a day of protest (nobody on other days)."""
        if day % 7 != 5 or not town.clock["scored"][0]:
            return NOBODY
        parameters = self.case.rules.parameters[0]
        aggrieved = np.flatnonzero((town.truth["grievance"] > parameters["protest_bar"]) & (town.life["state"] & world.IS_DETAINED == 0))
        return aggrieved[draws.draw_many(self.case.key, aggrieved, day, draws.TURNOUT) < parameters["turnout"]]

    def settle(self, town: Town) -> None:
        """The month before the first day: who is in hardship when the world begins."""
        nothing = tables.nothing(self.case.rules.sensors)
        self.each(lambda part: self.kernels.sweeps.home_sweep(-1, *self.ranges[part], town, nothing, self.meters[part]))

    def close(self) -> None:
        """Let the threads go."""
        if self.pool is not None:
            self.pool.shutdown()


def fork(town: Town) -> Town:
    """A copy of the state that can go its own way; people, ties and districts are shared."""
    return Town(**{name: (array if name in SHARED else array.copy()) for name, array in town._asdict().items()})


def arm_of(case: Case, town: Town, arm: str) -> tuple[Town, tables.Policy]:
    """The town as it enters this arm, and the policy it lives under."""
    town = fork(town)
    clock = town.clock[0]
    if arm in ("policy", "exempt"):
        clock["scored"] = 1
        clock["exempt"] = int(EXEMPT_SHARE * 2**32) if arm == "exempt" else 0
        return town, case.policy
    if arm == "placebo":
        adults = np.flatnonzero(town.people["age"] >= world.ADULT_AGE)
        words = [draws.draw(*case.key, 0, 0, draws.PLACEBO, extra) for extra in range(3)]
        kinds = np.flatnonzero((case.rules.deeds["rate"] > 0) & (case.rules.deeds["needs"] == 0))
        clock["flip_citizen"] = adults[draws.below(words[0], len(adults))]
        clock["flip_deed"] = kinds[draws.below(words[1], len(kinds))]
        clock["flip_day"] = case.start + draws.below(words[2], min(30, case.days))
    return town, tables.nothing(case.rules.sensors)


def still_on(town: Town, policy: tables.Policy, last: int) -> Any:
    """Lengths, in months by group, of the stays on a list that began under the policy and have not ended."""
    spells = np.zeros((world.GROUPS, measuring.MONTHS), np.int64)
    lists = int(policy.score["lists"][0])
    if lists:
        entered = town.listings["entered"].astype(np.int64)
        on = np.flatnonzero((entered >= int(town.clock["start"][0])) & (entered <= last))
        months = np.minimum((last - entered[on]) // 30, measuring.MONTHS - 1)
        np.add.at(spells, (town.people["group"][on // lists], months), 1)
    return spells


def state_digest(town: Town) -> str:
    """SHA-256 over every column of the final state."""
    digest = hashlib.sha256()
    for name, array in town._asdict().items():
        for column in array.dtype.names or (None,):  # by column: what lies between columns is nobody's
            values = array if column is None else array[column]
            digest.update(f"{name}.{column}".encode() + np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()


def opening(town: Town) -> Any:
    """The stocks with which a world begins, as the meter of the evening before (only open judgments are not zero)."""
    meter = np.zeros((1, measuring.METER), np.int64)
    judged = town.life["state"] & world.HAS_JUDGMENT > 0
    place = 2 * measuring.WITH_JUDGMENT
    meter[0, place : place + 2] = np.bincount(town.people["group"][judged], minlength=world.GROUPS)
    return meter


def found_world(case: Case, runner: Runner) -> Town:
    """The world on its first morning."""
    score = case.policy.score[0]
    town = found.lay_out(case.society, int(score["slots"]), int(score["lists"]), case.key, case.start)
    found.settle_in(town, case.rules, case.key)
    runner.settle(town)
    found.open_judgments(town, case.rules, case.key)
    return town


def live_days(runner: Runner, town: Town, policy: tables.Policy, days: Iterable[int], progress: Progress | None) -> Any:
    """Live these days; returns the meters, one row a day."""
    meters = []
    for day in days:
        meters.append(runner.live(town, policy, day))
        if progress is not None:
            progress(len(town.people))
    return np.array(meters, np.int64).reshape(len(meters), measuring.METER)


def series(before: Any, meters: Any, people: Any) -> Any:
    """Measures by day and group: stocks accumulate their changes, ``adults`` is constant."""
    shape = (len(measuring.MEASURES), world.GROUPS)
    daily = meters[:, : measuring.SPELLS].reshape(-1, *shape).copy()
    stocks = len(measuring.STOCKS)
    past = before[:, : measuring.SPELLS].sum(axis=0).reshape(shape)
    daily[:, :stocks] = past[:stocks] + np.cumsum(daily[:, :stocks], axis=0)
    adults = people["age"] >= world.ADULT_AGE
    daily[:, measuring.ADULTS] = np.bincount(people["group"][adults], minlength=world.GROUPS)
    return daily


def run_arms(
    case: Case, arms: Iterable[str] = ARMS, threads: int = 1, kernels: Any = None, progress: Progress | None = None
) -> dict[str, World]:
    """Live the case in every arm asked for. The arms share the burn-in; ``progress`` is told of citizen-days as they pass."""
    runner = Runner(case, kernels or compiled_kernels(), threads)
    town = found_world(case, runner)
    nothing = tables.nothing(case.rules.sensors)
    burned = np.concatenate([opening(town), live_days(runner, town, nothing, range(case.start), progress)])
    worlds = {}
    for arm in arms:
        fresh, policy = arm_of(case, town, arm)
        meters = live_days(runner, fresh, policy, range(case.start, case.start + case.days), progress)
        ended = meters[:, measuring.SPELLS :].sum(axis=0).reshape(world.GROUPS, measuring.MONTHS)
        spells = np.stack([ended, still_on(fresh, policy, case.start + case.days - 1)], axis=1)
        worlds[arm] = World(series(burned, meters, fresh.people), spells, fresh, state_digest(fresh))
    runner.close()
    return worlds


def compiled_kernels() -> Any:
    """The compiled kernels (imports Numba)."""
    from glasstown.engine.compiler import compiled

    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return compiled()
