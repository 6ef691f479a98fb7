"""Live a model: one run, many replicates on all cores, or a case as plain numbers in and out."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from glasstown.modelling import compiling, faults, model
from glasstown.modelling.luck import Luck, luck_of
from glasstown.modelling.shapes import Size, World, shape
from glasstown.modelling.ties import Ties


@dataclass(frozen=True)
class Run:
    """What came out of a run: the columns and ties as they stand after ``step`` steps, and what was recorded.

    ``records[name]`` holds a value for step 0 (after founding) and for every ``every``-th step; ``steps`` says for which.
    """

    step: int
    columns: dict[str, Any]
    records: dict[str, Any]
    steps: Any
    ties: dict[str, Ties]

    def last(self, name: str, steps: int = 1) -> float:
        """The last value of a record, or the mean of its last ``steps`` values."""
        return float(series_of(self.records, name)[-steps:].mean())

    def __repr__(self) -> str:
        last = ", ".join(f"{name} {values[-1]:.6g}" for name, values in self.records.items() if len(values))
        return f"Run(step {self.step}; columns {', '.join(self.columns)}; last records: {last or 'none'})"


@dataclass(frozen=True)
class Ensemble:
    """Many replicates: ``records[name]`` has a row a replicate and a column a recorded step; ``outcomes[name]`` a value a replicate."""

    records: dict[str, Any]
    steps: Any
    outcomes: dict[str, Any]

    def estimate(self, name: str, values: Callable[[Any], Any] = lambda series: series[:, -1]) -> tuple[float, float]:
        """Mean over replicates and its standard error, of the last value of a record or of what ``values`` makes of the array."""
        return mean_and_error(values(series_of(self.records, name)))

    def __repr__(self) -> str:
        last = ", ".join(f"{name} {values[:, -1].mean():.6g}" for name, values in self.records.items())
        count = len(next(iter(self.records.values()), ()))
        return f"Ensemble({count} replicates of {len(self.steps)} recorded steps; means of last records: {last or 'none'})"


def series_of(records: dict[str, Any], name: str) -> Any:
    """A record by name. Raises ValueError for a name that there is not."""
    if name not in records:
        raise ValueError(f"there is no record called {name!r}; there are {', '.join(records) or 'none'}")
    return records[name]


def mean_and_error(values: Any) -> tuple[float, float]:
    """Mean and standard error of independent values; the error of a single one is not known (infinite)."""
    found = np.asarray(values, float)
    return float(found.mean()), float(found.std(ddof=1) / sqrt(len(found))) if len(found) > 1 else float("inf")


def run(
    asked: "model.Model",
    steps: int,
    *,
    seed: int = 1,
    replicate: int = 0,
    case: Mapping[str, Any] | None = None,
    every: int = 1,
    compiled: bool = True,
    after: Run | None = None,
) -> Run:
    """Live ``steps`` steps of a model; ``after`` goes on from an earlier run of the same model, seed and replicate, to the same bytes.

    ``compiled=False`` runs the plain rules over Python numbers: slow, for the debugger, and equal to the byte.
    """
    if steps < 0 or every < 1:
        raise ValueError(f"steps must be at least 0 and every at least 1; {steps} and {every} were given")
    asked = asked.given(case) if case else asked
    first, last = (after.step if after else 0) + 1, (after.step if after else 0) + steps
    luck = luck_of(seed, replicate)
    world = founded(asked, luck, after)
    told = [step for step in range(first, last + 1) if step % every == 0]
    told = [0, *told] if first == 1 else told
    recorded = np.zeros((max(len(asked.records), 1), max(len(told), 1)))
    live(asked, (first, last, every, world, recorded), compiled)
    return Run(
        last,
        world.now._asdict() | {},
        {name: recorded[number, : len(told)] for number, name in enumerate(asked.records)},
        np.array(told, np.int64),
        world.ties._asdict() if asked.ties else {},
    )


def live(asked: "model.Model", arguments: tuple[Any, ...], is_compiled: bool) -> None:
    """Run the loop, compiled or plain, and say which rule cannot be compiled and why."""
    if not is_compiled:
        from glasstown.engine import reference

        asked.life(*[reference.plain(argument) for argument in arguments])
        return
    import numba

    try:
        asked.compiled.compile(tuple(numba.typeof(argument) for argument in arguments))
    except Exception as wrong:
        raise compiling.BadRule(faults.explained(asked, wrong)) from None
    asked.compiled(*arguments)


def founded(asked: "model.Model", luck: Luck, after: Run | None) -> World:
    """Everything a rule can reach, as it stands before the next step."""
    nothing = np.zeros(1)
    columns = {
        name: after.columns[name].copy() if after else array_of(name, column, asked.people, luck) for name, column in asked.columns.items()
    }
    sizes = {asked.people, *map(len, columns.values())}
    ties = {name: bound(name, after.ties[name] if after else ties, luck, sizes) for name, ties in asked.ties.items()}
    read = {name: columns[name].copy() for name in asked.read}
    return World(
        shape("Now", tuple(columns))(**columns) if columns else shape("Now", ())(nothing),
        shape("Before", tuple(read))(**read) if read else shape("Before", ())(nothing),
        shape("Ties", tuple(ties))(**ties) if ties else shape("Ties", ())(nothing),
        shape("Case", tuple(asked.case))(**asked.case) if asked.case else shape("Case", ())(0),
        luck,
        Size(asked.people, tuple(map(len, columns.values())) or (0,), tuple(column.width for column in asked.columns.values()) or (1,)),
        np.arange(asked.people),
    )


def array_of(name: str, column: "model.Column", people: int, luck: Luck) -> Any:
    """A column with its starting values."""
    rows = people if column.rows is None else column.rows
    try:
        made = np.zeros((rows, column.width) if column.width > 1 else rows, column.kind)
    except TypeError as wrong:
        raise ValueError(f"column {name}: {wrong}; a type is for example 'i1', 'i8', float or numpy.int32") from None
    start = column.start(luck) if callable(column.start) else column.start
    try:
        made[...] = start
    except ValueError:
        raise ValueError(f"column {name} has the shape {made.shape}; its start has {np.shape(start)}") from None
    return made


def bound(name: str, ties: Any, luck: Luck, sizes: set[int]) -> Ties:
    """The ties of a replicate, its own copy, so that rules can rewire them."""
    made = ties(luck) if callable(ties) else ties
    if not isinstance(made, Ties):
        raise ValueError(f"ties {name!r} must be Ties, or a function that makes them; see from_pairs, ring, grid, random_ties")
    if len(made.first) - 1 not in sizes:
        known = ", ".join(map(str, sorted(sizes)))
        raise ValueError(f"ties {name!r} join {len(made.first) - 1} things; this model has {known} (people, or the rows of a column)")
    return Ties(made.first, made.ends.copy())


def last_of(name: str) -> "model.Outcome":
    """The last value of a record, as an outcome."""
    return lambda found: found.last(name)


def ensemble(
    asked: "model.Model",
    steps: int,
    replicates: int,
    *,
    seed: int = 1,
    case: Mapping[str, Any] | None = None,
    every: int = 1,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Ensemble:
    """Live replicates 0 to ``replicates`` - 1, on all cores unless ``workers`` says otherwise; the result does not depend on how many.

    ``progress(done, of)`` is told after each.
    """
    asked = asked.given(case) if case else asked
    outcomes = asked.outcomes or {name: last_of(name) for name in asked.records}
    done = 0

    def one(replicate: int) -> tuple[Run, dict[str, float]]:
        found = run(asked, steps, seed=seed, replicate=replicate, every=every)
        return Run(found.step, {}, found.records, found.steps, {}), {name: float(make(found)) for name, make in outcomes.items()}

    lived = []
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        first = [one(0)] if replicates else []  # compiles before the others begin
        for each in [*first, *pool.map(one, range(1, replicates))]:
            lived.append(each)
            done += 1
            if progress:
                progress(done, replicates)
    runs = [found for found, _ in lived]
    return Ensemble(
        {name: np.array([found.records[name] for found in runs]) for name in asked.records},
        runs[0].steps if runs else np.zeros(0, np.int64),
        {name: np.array([values[name] for _, values in lived]) for name in outcomes},
    )


def evaluate(asked: "model.Model", case: Mapping[str, Any], steps: int, replicates: int, seed: int) -> dict[str, float]:
    """The outcomes of a case, means over replicates."""
    found = ensemble(asked, steps, replicates, seed=seed, case=case)
    return {name: float(values.mean()) for name, values in found.outcomes.items()}
