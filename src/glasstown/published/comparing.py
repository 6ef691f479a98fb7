"""What a published model is compared by: quantities with a target, ours, an error and a tolerance; never only pass or fail."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from math import hypot, inf, isfinite
from typing import Any, Literal

TIERS = ("smoke", "standard", "long")
Tier = Literal["smoke", "standard", "long"]
Held = Literal["exact", "published", "code", "own", "sign"]
HELD: dict[str, str] = {  # how the target is known
    "exact": "closed form, linear algebra or an exact recursion",
    "published": "printed in the paper",
    "code": "measured by running the authors' or a published code",
    "own": "measured by an earlier, independent implementation of ours: two of our programs agree, which is no more than that",
    "sign": "a sign, a shape or a wide range that is claimed; its limits are ours",
}
Form = Literal["wide", "day"]
ERRORS = 4.0  # standard errors within which a stochastic quantity must lie


@dataclass(frozen=True)
class Paper:
    """Where a model was published; ``opened`` says what of it we have read.

    "paper", "abstract", "code", "secondary" (a text that tells its statement) or "nothing"."""

    cite: str
    opened: str


@dataclass(frozen=True)
class Quantity:
    """One number of a published model, and ours.

    Reproduced if |ours - target| <= 4 sqrt(error^2 + target_error^2) + tolerance, or, where the target is a stated range, if ours lies in
    it. ``form``: "wide" (64-bit floats, or the day's rule in wide fixed point) or "day" (the day's own 12 bits or 32-bit thresholds,
    whose tolerance is a derived bound on rounding). ``because`` explains a difference that we know of.
    """

    what: str
    target: float
    ours: float
    held: Held
    error: float = 0.0
    target_error: float = 0.0
    tolerance: float = 0.0
    between: tuple[float, float] | None = None
    form: Form = "wide"
    because: str = ""

    @property
    def away(self) -> float:
        """How far ours lies from the target, or from the nearer end of a stated range (0 inside)."""
        if self.between is None:
            return self.ours - self.target
        return self.ours - min(max(self.ours, self.between[0]), self.between[1])

    @property
    def z(self) -> float | None:
        """The distance in standard errors; None where nothing is drawn, only one run was made, or the target is a range."""
        error = hypot(self.error, self.target_error) if self.between is None else 0.0
        return self.away / error if error > 0 and isfinite(error) else None

    @property
    def verdict(self) -> str:
        """*reproduced*, *differs because* or *not*; a number that is none (an empty count) is not."""
        error = 0.0 if self.between is not None else hypot(self.error, self.target_error)
        if abs(self.away) <= ERRORS * error + self.tolerance and error < inf:
            return "reproduced"
        return "differs because" if self.because else "not"

    def row(self) -> dict[str, Any]:
        """As plain data."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**own, "z": self.z, "verdict": self.verdict}


@dataclass(frozen=True)
class Series:
    """Numbers for a picture: columns of one length, by name."""

    name: str
    columns: Mapping[str, list[Any]]


Measured = Iterator[Quantity | Series]


@dataclass(frozen=True)
class Part:
    """Some quantities of a model that are measured together. ``measure`` yields them, and the series of its pictures."""

    name: str
    tier: Tier
    measure: Callable[..., Measured]


@dataclass(frozen=True)
class Published:
    """A published model: what it says, where, which of the day's rules run it here, what of it the day does not have."""

    name: str
    title: str
    papers: tuple[Paper, ...]
    says: str
    exercises: tuple[str, ...]
    leaves: str
    parts: tuple[Part, ...]
    remarks: tuple[str, ...] = ()  # where tolerances come from, and what a reader should know before quoting a number


def share(what: str, target: float, count: float, of: float, held: Held = "exact", tolerance: float = 0.0) -> Quantity:
    """A share of independent cases, with its binomial error under the target."""
    error = (target * (1 - target) / of) ** 0.5 if of else inf
    return Quantity(what, target, count / of if of else float("nan"), held, error, tolerance=tolerance)


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function changes its sign between two ends, by halving (an optimiser is not among what this package may use)."""
    rises = function(high) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if (function(middle) > 0) == rises else (middle, high)
    return (low + high) / 2
