"""Backcasts: what was measured of real systems and held out, against what the model counts in towns under their policy files.

A measured number has one role. Input: a number of the file is set from it. Fitted: a number was chosen so that the model meets it. Held
out: nothing was set to meet it, and only such a number counts as evidence that the model is right (or is not).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.study import assess, compare, kept, quantities, store
from glasstown.study.compare import Comparison, Row
from glasstown.study.statistics import Estimate, estimate

if TYPE_CHECKING:
    from glasstown.policy.about import Measured
    from glasstown.policy.schema import PolicyFile

HELD_OUT = "held out"
INSIDE, ABOVE, BELOW, UNCOUNTED, CANNOT_TELL = "inside", "above", "below", "nobody to count", "too few towns"


@dataclass(frozen=True)
class Line:
    """One measured number beside the model's, whose interval ``low`` to ``high`` (90 %) holds luck and what nobody knows.

    ``verdict`` says where the measured number lies of that interval: inside, above or below it.
    """

    policy: str
    name: str
    what: str
    role: str
    grade: str
    source: str
    unit: str
    measured: float
    quantity: str
    counts: str  # what the model counts
    model_unit: str
    model: float | None
    low: float | None
    high: float | None
    towns: int
    verdict: str
    apart: str


def with_measured(policies: Sequence["PolicyFile"]) -> list["PolicyFile"]:
    """The policies of which something was measured that the model counts as well."""
    return [policy for policy in policies if any(row.quantity for row in policy.measured)]


def request_of(policies: Sequence[Any] = (), society: Any = "town", **sizes: Any) -> Comparison:
    """The policies named, or all shipped ones with something measured. Raises files.FileProblems and ValueError."""
    from glasstown.policy import load

    asked = [load.load(one) if isinstance(one, str | Path) else one for one in policies or load.presets()]
    known = with_measured(asked)
    if not known:
        named = ", ".join(policy.name for policy in asked)
        raise ValueError(f"nothing was measured of {named} that the model counts: give the file a [[measured]] table with a `quantity`")
    for policy in known:
        refuse_mixed(policy)
    requests = [assess.request_of(policy, society, **sizes) for policy in known]
    return Comparison(requests[0], tuple(known))


def refuse_mixed(policy: "PolicyFile") -> None:
    """Raise ValueError if a measured number has another unit than its quantity, or one quantity is held out and used as well."""
    used = {row.quantity for row in policy.measured if row.role != HELD_OUT}
    for row in policy.measured:
        if row.quantity is not None and ("%" in row.unit) != ("%" in quantities.QUANTITIES[row.quantity].unit):
            theirs = quantities.QUANTITIES[row.quantity].unit
            raise ValueError(f"[[measured]] {row.name}: `{row.quantity}` is counted in {theirs}, and the unit given is {row.unit}")
        if row.quantity is not None and row.role == HELD_OUT and row.quantity in used:
            raise ValueError(f"[[measured]] {row.name}: `{row.quantity}` is input or fitted in another row, so it is not held out")


def found(asked: Comparison, columns: Sequence[Sequence[Row]]) -> Row:
    """One document: a line for each measured number that the model counts, and for each policy what else was measured of it."""
    lines = [
        asdict(line(label, row, [pair["counted"][row.quantity] for pair in pairs]))
        for label, policy, pairs in zip(asked.labels, asked.policies, columns, strict=True)
        for row in policy.measured
        if row.quantity is not None
    ]
    return {
        "lines": lines,
        "uncounted": [told(label, row) for label, one in zip(asked.labels, asked.policies, strict=True) for row in one.measured],
        "policies": [{"label": label, "title": one.title} for label, one in zip(asked.labels, asked.policies, strict=True)],
        "smoke_run": asked.base.quick,
        "command": compare.command(asked, "backcast"),
        "digest": sha256("".join(pair["digest"] for pairs in columns for pair in pairs).encode()).hexdigest(),
        "request": asked.describe(),
        "versions": store.versions(),
    }


conduct = partial(kept.conduct, "backcast", found)  # lives what is asked, or finds it, and publishes it


def told(label: str, row: "Measured") -> Row:
    """A measured number as the file has it."""
    known = {name: getattr(row, name) for name in ("name", "what", "value", "unit", "role", "grade", "source", "reason", "quantity")}
    return {"policy": label, **known}


def line(label: str, row: "Measured", counted: Sequence[Any]) -> Line:
    """One measured number beside what the model counts in all towns."""
    assert row.quantity is not None
    quantity = quantities.QUANTITIES[row.quantity]
    values = [quantities.value(row.quantity, one) for one in counted]
    known = [value for value in values if value is not None]
    mean = estimate([float("nan") if value is None else value for value in values])
    return Line(
        label, row.name, row.what, row.role, row.grade, row.source or "", row.unit, row.value, row.quantity, quantity.title, quantity.unit,
        mean.value, *possible(mean, quantity), len(known), where(row.value, mean), row.apart,
    )  # fmt: skip


def possible(mean: Estimate, quantity: quantities.Quantity) -> tuple[float | None, float | None]:
    """The interval, as far as there can be such values: no share below 0 or above 100, nothing that is counted below 0."""
    if mean.low is None or mean.high is None or quantity.signed:
        return mean.low, mean.high
    most = 100.0 if quantity.unit.startswith("%") else float("inf")
    return min(max(mean.low, 0.0), most), min(max(mean.high, 0.0), most)


def where(measured: float, model: Estimate) -> str:
    """Where a measured number lies of the model's interval."""
    if model.value is None:
        return UNCOUNTED
    if model.low is None or model.high is None:
        return CANNOT_TELL
    return ABOVE if measured > model.high else BELOW if measured < model.low else INSIDE
