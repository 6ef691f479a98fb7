"""A model of one's own: columns, ties, rules in their orders, records, and the numbers of a case."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from glasstown.modelling import orders
from glasstown.modelling.luck import Luck
from glasstown.modelling.ties import Ties

if TYPE_CHECKING:
    from glasstown.modelling.running import Ensemble, Run

Outcome = Callable[["Run"], float]


@dataclass(frozen=True)
class Column:
    """What each person (or each of ``rows`` things) has: a NumPy type, the value it starts with, how many values a row holds.

    ``rows=1`` is something that the society has as a whole; ``rows=1600`` could be the cells of a grid; ``width=people`` gives each her
    own view of everybody. ``start``: a number, an array, or a function of the replicate's luck that gives one. The type may be a row
    type of ``glasstown.world``, so that the day's own rules can work on it.
    """

    kind: Any = float
    start: Any = 0
    rows: int | None = None
    width: int = 1


@dataclass(frozen=True)
class Rule:
    """A rule in an order of update. ``reads``: the columns of others that a synchronous rule looks up in ``world.before``."""

    rule: Callable[[Any, Any, Any], Any]
    order: str = "synchronous"
    reads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """A model: how many people, what they have, who is tied to whom, what they do in what order, what is written down.

    ``ties``: by name, or a function of the replicate's luck that makes them. ``records``: functions of (step, world) that give a number.
    ``case``: the numbers that rules read as ``world.case.NAME``. ``outcomes``: what ``evaluate`` returns, functions of a finished Run;
    left out, the last value of each record.
    """

    people: int
    columns: Mapping[str, Column]
    rules: Sequence[Rule]
    ties: Mapping[str, Ties | Callable[[Luck], Ties]] = field(default_factory=dict)
    case: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, Callable[[Any, Any], Any]] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.people < 1:
            raise ValueError(f"a model needs at least one person; people={self.people} was given")
        for name, record in self.records.items():
            if len(inspect.signature(record).parameters) != 2:
                raise ValueError(f"record {name} must take two parameters (step, world)")
        for name, value in self.case.items():
            if not isinstance(value, int | float | np.generic | np.ndarray | tuple):
                raise ValueError(f"case: {name} must be a number, an array or a tuple of them; {value!r} was given")
        for rule in self.rules:
            name = getattr(rule.rule, "__name__", repr(rule.rule))
            if rule.order not in orders.ORDERS:
                raise ValueError(f"rule {name}: order is one of {', '.join(orders.ORDERS)}; {rule.order!r} was given")
            if len(inspect.signature(rule.rule).parameters) != 3:
                raise ValueError(f"rule {name} must take three parameters (person, step, world)")
            for column in rule.reads:
                if column not in self.columns:
                    raise ValueError(f"rule {name} reads {column!r}, which is no column; there are {', '.join(self.columns)}")
            if rule.reads and rule.order != "synchronous":
                raise ValueError(f"rule {name}: only synchronous rules name what they read; in order {rule.order!r} read world.now")

    def __str__(self) -> str:
        """The loop as a table: what happens in a step, in which order."""
        rows = [(each.rule.__name__, each.order, orders.ORDERS[each.order]) for each in self.rules]
        wide = max([4, *(len(name) for name, _, _ in rows)])
        lines = [f"{'Rule':{wide}}  {'Order':11}  Who acts when"]
        lines += [f"{name:{wide}}  {order:11}  {says}" for name, order, says in rows]
        known = {"Columns": self.columns, "Ties": self.ties, "Case": self.case, "Records": self.records}
        held = [f"{kind}: {', '.join(names)}" for kind, names in known.items() if names]
        return "\n".join([*lines, f"{self.people} people. " + ". ".join(held)])

    def given(self, case: Mapping[str, Any]) -> "Model":
        """The same model with other numbers. Raises ValueError for a number that it does not have."""
        unknown = [name for name in case if name not in self.case]
        if unknown:
            raise ValueError(f"this model has no number called {unknown[0]!r}; it has {', '.join(self.case) or 'none'}")
        return replace(self, case={**self.case, **case})

    @cached_property
    def life(self) -> Any:
        """The plain function that lives this model (see ``orders.life``)."""
        founding = [orders.everybody(each.rule) for each in self.rules if each.order == "founding"]
        stages = [stage for number, each in enumerate(self.rules) for stage in self._stages(number, each)]
        recorders = [orders.recorder(number, record) for number, record in enumerate(self.records.values())]
        return orders.life(orders.chain(founding), orders.chain(stages), orders.all_records(recorders))

    @cached_property
    def compiled(self) -> Any:
        """The same, compiled with all rules and records (at the first run of these rules on this machine)."""
        from glasstown.modelling import compiling

        return compiling.compiled(self.life)

    @property
    def read(self) -> tuple[str, ...]:
        """The columns of which ``world.before`` holds a copy."""
        return tuple(name for name in self.columns if any(name in rule.reads for rule in self.rules))

    def _stages(self, number: int, each: Rule) -> list[orders.Stage]:
        """The stages of a rule that acts in every step."""
        if each.order == "synchronous":
            names = list(self.columns)
            copies = [orders.copy(names.index(name), self.read.index(name), self.columns[name].width > 1) for name in each.reads]
            return [*copies, orders.everybody(each.rule)]
        if each.order == "sequential":
            return [orders.everybody(each.rule)]
        if each.order == "shuffled":
            return [orders.shuffled(each.rule, number)]
        if each.order == "random":
            return [orders.random(each.rule, number)]
        return [orders.once(each.rule)] if each.order == "once" else []

    def run(self, steps: int, **options: Any) -> "Run":
        """Live so many steps. Options, with their defaults: seed=1, replicate=0, case=None (numbers to change), every=1 (steps between
        records), compiled=True, after=None (an earlier run to go on from). Raises ValueError; BadRule where a rule cannot be compiled.
        """
        from glasstown.modelling import running

        return running.run(self, steps, **options)

    def ensemble(self, steps: int, replicates: int, **options: Any) -> "Ensemble":
        """Live many replicates on all cores. Options, with their defaults: seed=1, case=None, every=1, workers=None (all cores),
        progress=None (told ``progress(done, of)`` after each).
        """
        from glasstown.modelling import running

        return running.ensemble(self, steps, replicates, **options)

    def evaluate(self, case: Mapping[str, Any], steps: int, replicates: int = 1, seed: int = 1) -> dict[str, float]:
        """The outcomes of a case, means over replicates: plain numbers in and out, for SALib, EMA workbench or Optuna."""
        from glasstown.modelling import running

        return running.evaluate(self, case, steps, replicates, seed)
