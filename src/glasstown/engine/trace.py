"""The plain rules once more, with ears (ears.py): rules that make a life are wrapped, and each notes what it did, in numbers."""

import types
from functools import cache
from typing import Any

from glasstown.engine.compiler import load
from glasstown.engine.ears import EARS, Details, Ear
from glasstown.world import NOTHING


class Notes:
    """What the day of one citizen has brought so far: (what, numbers), in order, and the claim that is in hand."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Details]] = []
        self.town: Any = None
        self.policy: Any = None
        self.begin(None, None)

    def begin(self, town: Any, policy: Any) -> None:
        """A new day, over this view of the town."""
        self.taken = []
        self.town, self.policy = town, policy
        self.sensor, self.origin = NOTHING, 0
        self.ground = 0  # on which what is written down is taken back
        self.ends = False

    def note(self, what: str, **details: int) -> None:
        """Keep an event."""
        self.taken.append((what, {name: int(value) for name, value in details.items()}))

    def claim(self, rule: int) -> Details:
        """What stands behind an entry under this rule that is being made."""
        return {"rule": rule, "deed": self.deed_of(rule), "sensor": self.sensor, "origin": self.origin}

    def entry(self, row: Any, origin: int) -> Details:
        """What stands behind an entry that was made before; ``row`` is (rule, points, day)."""
        return {"rule": row[0], "deed": self.deed_of(row[0]), "origin": origin}

    def deed_of(self, rule: int) -> int:
        """The deed or claim that a rule is about."""
        return int(self.policy.rules[rule].deed)

    def score(self, file: Any) -> int:
        """The score that follows from the points in a file now."""
        score = self.policy.score[0]
        return int(min(max(score.base + file.live + file.pooled, score.low), score.high))


@cache
def traced() -> tuple[types.SimpleNamespace, Notes]:
    """The plain kernels with ears, and where they take their notes."""
    notes = Notes()
    found: set[str] = set()

    def wrap(module: str, function: Any) -> Any:
        name = f"{module.rpartition('.')[2]}.{function.__name__}"
        ear = EARS.get(name)
        if ear is None:
            return function
        found.add(name)
        return with_ear(function, ear, notes)

    kernels = load("glasstown._traced", wrap)
    missing = sorted(set(EARS) - found)
    if missing:
        raise LookupError(f"rules that a life is told from are gone or renamed: {', '.join(missing)}")
    return kernels, notes


def with_ear(function: Any, ear: Ear, notes: Notes) -> Any:
    """The rule, heard."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount]

    def heard(*arguments: Any) -> Any:
        listening = ear(notes, types.SimpleNamespace(**dict(zip(names, arguments, strict=True))))
        next(listening)
        result = function(*arguments)
        try:
            listening.send(result)
        except StopIteration:
            return result
        raise AssertionError(f"the ear of {function.__name__} asks twice")

    return heard
