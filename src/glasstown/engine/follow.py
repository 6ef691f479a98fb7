"""Follow citizens through a case that is lived again: what happened to them, day by day, equal to the byte.

The world runs with its compiled kernels. Everybody writes only her own row from yesterday's faces, so the day of one citizen can be
lived a second time, by the plain rules with ears (trace.py), on a copy of her rows taken before the day. What the copy then holds must
be what the compiled sweep wrote; otherwise ``Unlike`` is raised. Nothing was recorded when the case was first lived.
"""

import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from glasstown import measuring, tables, world
from glasstown.engine import evenings, reference, run, trace
from glasstown.world import Town

FOLLOWED = ("policy", "twin")  # arms in which somebody can be followed
WHOLE = (*run.SHARED, "clock", "queues", "streets")  # what belongs to the town as a whole
LEDGER_ROOMS = ("entries", "listings", "books")  # a change in these makes a row of the ledger
TOLD_ROOMS = ("record", "life", "truth", "desk")  # whose columns tell how she stands
NOBODY = -1  # in place of a citizen, of whoever is followed for the ledger
FAR = world.ONE // 4  # how far a private view moves before it is told again
NEAR = world.ONE // 16  # how far it must be on the other side of zero
SPEECH = world.DISSENTS | world.PRAISES


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a citizen in one arm, ``day`` days after the policy's first; ``details`` are the kernel's numbers."""

    day: int
    citizen: int
    arm: str
    what: str
    details: dict[str, int]


class Unlike(AssertionError):
    """A traced day and the compiled day wrote different bytes."""


class Part:
    """One column array, or one room, of which a citizen may see and write her own rows only."""

    def __init__(self, name: str, array: Any, count: int) -> None:
        self.name, self.stride = name, len(array) // count
        self.rows = array[: self.stride].copy()
        self.first = 0
        self.row: Any = None
        self.cells: Any = None
        if array.dtype.names:
            self.row = type(f"Own{name}", (reference.row_class(self.rows),), {"__slots__": (), "room": name})
        else:
            self.cells = memoryview(self.rows)

    def take(self, array: Any, citizen: int) -> None:
        """Copy her rows."""
        self.first = citizen * self.stride
        self.rows[:] = array[self.first : self.first + self.stride]

    def place(self, index: int) -> int:
        """Where a row lies in the copy; a rule that reaches for somebody else's row is stopped."""
        if not 0 <= index - self.first < self.stride:
            raise IndexError(f"row {index} of {self.name} belongs to somebody else")
        return index - self.first

    def __getitem__(self, index: int) -> Any:
        return self.row(self.place(index)) if self.cells is None else self.cells[self.place(index)]

    def __setitem__(self, index: int, value: int) -> None:
        self.cells[self.place(index)] = int(value)


class Faces:
    """Yesterday's faces of all, and her own of both days."""

    def __init__(self, array: Any) -> None:
        self.own = np.zeros(2, array.dtype)
        self.all = [memoryview(row) for row in array]
        self.citizen, self.today = 0, 0

    def __getitem__(self, place: tuple[int, int]) -> int:
        parity, other = place
        if other == self.citizen:
            return int(self.own[parity])
        if parity == self.today:
            raise IndexError("others' faces of today are not known before the evening")
        return self.all[parity][other]

    def __setitem__(self, place: tuple[int, int], value: int) -> None:
        parity, other = place
        if other != self.citizen or parity != self.today:
            raise IndexError("a face is shown by its owner, today")
        self.own[parity] = int(value)


class Copy:
    """The rows of one citizen at a time, as the plain rules see a town."""

    def __init__(self, town: Town) -> None:
        self.count = len(town.people)
        arrays = town._asdict()
        self.parts = {name: Part(name, array, self.count) for name, array in arrays.items() if name not in (*WHOLE, "face")}
        self.faces = Faces(town.face)
        shared = {name: reference.plain(arrays[name]) for name in arrays if name in WHOLE}
        self.view = types.SimpleNamespace(**shared, **self.parts, face=self.faces, citizen=0)

    def take(self, town: Town, citizen: int, day: int) -> None:
        """Copy the rows of ``citizen`` as they are before ``day``."""
        for name, part in self.parts.items():
            part.take(getattr(town, name), citizen)
        self.faces.citizen, self.faces.today = citizen, day & 1
        self.faces.own[:] = town.face[:, citizen]
        self.view.citizen = citizen

    def differing(self, town: Town) -> list[str]:
        """Columns in which the copy is not what the town now holds."""
        found = []
        for name, part in self.parts.items():
            theirs = getattr(town, name)[part.first : part.first + part.stride]
            if part.rows.tolist() != theirs.tolist():
                columns = [column for column in part.rows.dtype.names or () if not np.array_equal(part.rows[column], theirs[column])]
                found += [f"{name}.{column}" for column in columns] or [name]
        return found + (["face"] if self.faces.own.tolist() != town.face[:, self.faces.citizen].tolist() else [])

    def columns(self) -> dict[str, int]:
        """Her own numbers, by column."""
        found: dict[str, int] = {}
        for name in TOLD_ROOMS:
            rows = self.parts[name].rows
            found |= {column: int(rows[column][0]) for column in rows.dtype.names}
        return found

    def on_lists(self, day: int) -> list[bool]:
        """On which lists she would be on a day, as they stand."""
        rows = self.parts["listings"].rows
        return [bool(row["entered"] != world.NEVER and row["entered"] <= day < row["until"]) for row in rows]


class Follower:
    """Kernels that live like those they are made from, and follow some citizens meanwhile.

    ``citizens`` are followed every day of the policy and of the twin arm; for a ledger (``citizens`` is None) everybody is whose
    entries, lists or books change, on that day and in the policy arm.
    """

    def __init__(self, case: run.Case, arms: Iterable[str], citizens: Iterable[int] | None, kernels: Any = None) -> None:
        self.case, self.waiting, self.arm = case, list(arms), ""
        self.chosen = None if citizens is None else sorted(set(citizens))
        self.kernels = kernels or run.compiled_kernels()
        self.rules, self.notes = trace.traced()
        self.copies: dict[int, Copy] = {}
        self.seen: dict[int, tuple[Any, Any]] = {}
        self.last: dict[int, dict[str, int]] = {}
        self.laid: dict[int, dict[str, int]] = {}
        self.meter = reference.plain(np.zeros(measuring.METER, np.int64))
        self.events: list[Event] = []
        own = {name: getattr(self.kernels.sweeps, name) for name in dir(self.kernels.sweeps) if not name.startswith("__")}
        self.sweeps = types.SimpleNamespace(**own | {"sweep": self.sweep, "evening_sweep": self.evening})

    def sweep(self, day: int, low: int, high: int, *arguments: Any) -> None:
        """A day of the whole town, and once more of those who are followed."""
        town = next(argument for argument in arguments if isinstance(argument, Town))
        if day == self.case.start:
            self.begin_arm(town)
        follows = day >= self.case.start and self.arm in (FOLLOWED if self.chosen is not None else FOLLOWED[:1])
        before = run.fork(town) if follows and self.chosen is None else None
        for citizen in self.chosen or () if follows else ():
            self.copies[citizen].take(town, citizen, day)
        self.kernels.sweeps.sweep(day, low, high, *arguments)
        if before is not None:
            for citizen in changed(before, town):
                self.copies[NOBODY].take(before, citizen, day)
                self.again(self.copies[NOBODY], day, town, arguments)
        elif follows:
            for citizen in self.chosen or ():
                self.again(self.copies[citizen], day, town, arguments)

    def evening(self, day: int, left: Any, crowd: Any, town: Town, rules: Any, policy: Any, meter: Any) -> None:
        """The town's evening, and what it brings to those who are followed."""
        follows = self.chosen and day >= self.case.start and self.arm in FOLLOWED
        evening = evenings.Evening(day, left, town, self.plain(rules), self.plain(policy), self.chosen or []) if follows else None
        self.kernels.sweeps.evening_sweep(day, left, crowd, town, rules, policy, meter)
        if evening is not None:
            since = day - self.case.start
            self.events += [Event(since, citizen, self.arm, what, details) for citizen, what, details in evening.brought()]
            self.laid |= dict(evening.laid())

    def begin_arm(self, town: Town) -> None:
        """The next arm's first day: views of its town and its tables."""
        self.arm = self.waiting.pop(0)
        self.copies = {citizen: Copy(town) for citizen in ((NOBODY,) if self.chosen is None else self.chosen)}
        self.seen, self.last, self.laid = {}, {}, {}

    def again(self, copy: Copy, day: int, town: Town, arguments: Any) -> None:
        """Live a citizen's day once more, on the copy, and note what happens; the copy must end as the town did."""
        citizen = copy.view.citizen
        views = [copy.view if argument is town else self.plain(argument) for argument in arguments[:-1]]
        policy = next(view for view in views if isinstance(view, tables.Policy))
        self.notes.begin(copy.view, policy)
        known = copy.columns() if self.chosen is not None else {}
        if known:
            self.opening(copy, day, known)
        self.rules.sweeps.sweep(day, citizen, citizen + 1, *views, self.meter)
        wrong = copy.differing(town)
        if wrong:
            raise Unlike(f"day {day} of citizen {citizen} in the arm {self.arm}: {', '.join(wrong)}")
        if known:
            self.closing(copy, day, known)
        since = day - self.case.start
        self.events += [Event(since, citizen, self.arm, what, details) for what, details in self.notes.taken]

    def plain(self, argument: Any) -> Any:
        """Integer views of a table or of scratch memory, made once."""
        if id(argument) not in self.seen:
            self.seen[id(argument)] = (argument, reference.plain(argument))
        return self.seen[id(argument)][1]

    def opening(self, copy: Copy, day: int, now: dict[str, int]) -> None:
        """How the policy's first day finds her, and what the evening before has brought."""
        citizen = copy.view.citizen
        if day == self.case.start:
            aloud = int(copy.faces.own[(day + 1) & 1]) & SPEECH
            self.notes.note("begins", **now, aloud=aloud)
            self.last[citizen] = now | {"told": now["opinion"], "aloud": aloud, "gone": day}
        elif now["poor"] != self.last[citizen]["poor"]:
            self.notes.note("hardship", poor=now["poor"])
        if now["away_until"] != world.NEVER and day >= now["away_until"]:
            self.notes.note("released", days=day - self.last[citizen]["gone"])
        if citizen in self.laid and day >= now["away_until"]:  # who is detained finds it when she comes home
            self.notes.note("laid", **self.laid.pop(citizen))

    def closing(self, copy: Copy, day: int, before: dict[str, int]) -> None:
        """What the day has changed about her, and how a half-year ends."""
        note, now, citizen = self.notes.note, copy.columns(), copy.view.citizen
        for number, (was, is_on) in enumerate(zip(copy.on_lists(day - 1), copy.on_lists(day), strict=True)):
            if is_on and (not was or day == self.case.start):
                note("on_list", list=number)
        for what, column in (("work", "works"), ("band", "band"), ("state", "state"), ("ties", "cold"), ("queue", "place")):
            if column in now and now[column] != before[column]:
                note(what, before=before[column], after=now[column], score=now["score"])
        last, face = self.last[citizen], int(copy.faces.own[day & 1])
        is_away = face & world.AWAY > 0
        gone = day if is_away and not before["state"] & world.IS_DETAINED else last["gone"]
        says = last["aloud"] if is_away else face & SPEECH  # in detention nobody speaks, and it says nothing of her
        if last["aloud"] != says:
            note("speech", before=last["aloud"], after=says, opinion=now["opinion"], fear=now["fear"])
        told = last["told"]
        if abs(now["opinion"] - told) >= FAR or ((told < 0) != (now["opinion"] < 0) and abs(now["opinion"]) >= NEAR):
            note("thought", before=told, after=now["opinion"], fear=now["fear"], says=says)
            told = now["opinion"]
        self.last[citizen] = now | {"told": told, "aloud": says, "gone": gone}
        if day - self.case.start + 1 in half_years(self.case.days):
            note("half", **now)


def half_years(days: int) -> list[int]:
    """After how many days each half-year ends; the last may be shorter."""
    ends = [365 * number // 2 for number in range(1, 2 * days // 365 + 1)]
    return ends if ends and ends[-1] == days else [*ends, days]


def changed(before: Town, now: Town) -> list[int]:
    """Whose entries, lists or books the day has changed, in the record."""
    count = len(now.people)
    found = np.zeros(count, bool)
    for name in LEDGER_ROOMS:
        one, other = getattr(before, name), getattr(now, name)
        if len(other) >= count:
            for column in other.dtype.names:
                found |= (one[column] != other[column]).reshape(count, -1).any(axis=1)
    return [int(citizen) for citizen in np.flatnonzero(found)]


def follow(
    case: run.Case,
    citizens: Iterable[int] | None,
    arms: Iterable[str] = run.ARMS,
    kernels: Any = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[dict[str, run.World], list[Event]]:
    """Live the case and follow these citizens (None: all, for a ledger). Returns the arms as run.run_arms does, and the events.

    Raises ``Unlike`` if what a citizen lived is not, to the byte, what was lived without following her.
    """
    arms = tuple(arms)
    follower = Follower(case, arms, citizens, kernels)
    worlds = run.run_arms(case, arms, kernels=follower, progress=progress)
    return worlds, follower.events
