"""The real day: a whole simulated year under a policy at several sizes, bytes a citizen, and where the nanoseconds go.

Chapters are timed by peeling: from an aged town, the same three days are lived with the whole day, then without measuring,
then also without reacting, and so on upstream. What a step saves is that chapter's time, so the parts add up to the whole.
A row is paid for by the chapter that is peeled last among those that touch it.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterable
from typing import Any

from bench import machine

BURN_IN = 60  # days, not timed
PEEL_DAYS = 3
LONG_RUN = 10**6  # above this many people a run is shortened
SHORT_DAYS = 30


def nothing(*arguments: Any) -> None:
    """A rule that is left out."""


def zero(*arguments: Any) -> int:
    """A rule that is left out and would have returned a number."""
    return 0


def unseen(i: Any, day: Any, kind: Any, deed: Any, heard: Any, sightings: Any, seen: int, *rest: Any) -> int:
    """A deed that no sensor looks at."""
    return seen


def no_alarms(i: Any, j: Any, day: Any, luck: Any, possible: Any, sightings: Any, seen: int, *rest: Any) -> int:
    """No sensor raises a false alarm."""
    return seen


def no_letters(*arguments: Any) -> int:
    """Nothing arrives by letter or is laid at her door."""
    return 0


def nothing_inferred(i: Any, day: Any, heard: Any, sightings: Any, seen: int, *rest: Any) -> int:
    """No classifier guesses at anything."""
    return seen


def no_deeds(i: Any, j: Any, day: Any, luck: Any, possible: Any, heard: Any, sightings: Any, seen: int, *rest: Any) -> tuple[int, int]:
    """Nobody does anything."""
    return seen, 0


def as_heard(i: Any, day: Any, who: Any, mind: Any, heard: int, town: Any) -> int:
    """No tie has gone cold."""
    return heard


COUNTS = {("measuring", name): nothing for name in ("count", "ended_spell", "step", "changes")}

# chapter: the functions that are left out when it is peeled off, downstream first
PEELS: list[tuple[str, dict[tuple[str, str], Any]]] = [
    ("measuring", COUNTS | {("hours.home", "own_counts"): nothing}),
    (
        "reacting",
        {
            ("hours.home", "reaction"): zero,
            ("hours.dealings", "deals"): nothing,
            ("hours.ties", "week_passes"): nothing,
            ("hours.ties", "without_cold_ones"): as_heard,
        },
    ),
    ("politics", {("hours.streets", "protest"): nothing, ("hours.council", "meets"): nothing}),
    ("shaming", {("hours.home", "goes_home"): nothing}),
    ("mending", {("hours.morning", "hearing"): nothing, ("hours.doors", "performs"): nothing}),
    ("gating", {("hours.doors", "requests"): nothing, ("gating", "earn"): nothing}),
    ("scoring", {("hours.record", "written_down"): zero, ("hours.morning", "morning"): nothing}),
    ("watching", {("hours.acts", "observed"): unseen, ("hours.watched", "alarms"): no_alarms, ("hours.watched", "letters"): no_letters,
                  ("hours.watched", "inferred"): nothing_inferred}),
    ("power", {("hours.denounces", "reports"): nothing, ("hours.officials", "demands"): nothing, ("hours.officials", "month"): nothing}),
    ("acting", {("hours.acts", "deeds"): no_deeds}),
    ("ties", {("engine.sweeps", "tally"): nothing}),
    ("luck", {("engine.sweeps", "fill"): nothing}),
]  # fmt: skip
REST = "rest"  # the loop, children, pay days, the evening


def peeled(number: int) -> Any:
    """The compiled kernels without the first ``number`` chapters of PEELS."""
    import numba

    from glasstown.engine import compiler

    left_out: dict[tuple[str, str], Any] = {}
    for _, functions in PEELS[:number]:
        left_out |= functions
    found = set()

    def wrap(name: str, function: Any) -> Any:
        place = (name, function.__name__)
        found.add(place)
        options: dict[str, Any] = (
            {**compiler.SWEEP_OPTIONS, "cache": False} if function.__name__ in compiler.SWEEPS else compiler.RULE_OPTIONS
        )
        return numba.njit(**options)(left_out.get(place, function))

    kernels = compiler.load(f"glasstown._peeled_{number}", wrap)
    if not set(left_out) <= found:
        raise LookupError(f"no such rules any more: {sorted(set(left_out) - found)}; change PEELS in {__file__}")
    return kernels


def case_of(people: int, policy_name: str, days: int) -> tuple[Any, float]:
    """The case that is measured, and the seconds its town took to make."""
    from glasstown import catalogue, draws
    from glasstown.engine.run import Case
    from glasstown.people import founding, recipe
    from glasstown.policy import load, tables
    from glasstown.world import ONE

    key = draws.key_of(1, 0)
    deeds, law = catalogue.load_deeds(), catalogue.load_law()
    rules = catalogue.build_tables(deeds, law, catalogue.central(catalogue.load_uncertainties()), people)
    policy = tables.build(load.load(policy_name), deeds, law, people)
    for column in ("rollout", "context_stage", "gate_stage", "everywhere"):  # all of it from the first day, everywhere, and for good:
        policy.score[column] = 0  # the whole year is paid for
    rules.parameters["concedes"] = 2 * ONE
    start = time.perf_counter()
    society = founding.found(recipe.load("town"), people, key)
    return Case(society, rules, policy, BURN_IN, days, key), time.perf_counter() - start


def lived(runner: Any, town: Any, policy: Any, days: Iterable[int]) -> tuple[list[float], float]:
    """Seconds of each day, and processor seconds of all."""
    walls = []
    cpu = time.process_time()
    for day in days:
        start = time.perf_counter()
        runner.live(town, policy, day)
        walls.append(time.perf_counter() - start)
    return walls, time.process_time() - cpu


def town_bytes(town: Any) -> int:
    """Bytes of every column and of the ties."""
    return sum(array.nbytes for array in town)


def year(case: Any, kernels: Any, thread_counts: list[int]) -> tuple[list[dict[str, Any]], Any]:
    """The case's days under the policy with each number of threads; and the town in the middle of it."""
    import numpy as np

    from glasstown import tables
    from glasstown.engine import run

    people = len(case.society.people)
    no_policy = tables.nothing(case.rules.sensors)
    runner = run.Runner(case, kernels, max(thread_counts))
    town = run.found_world(case, runner)
    run.live_days(runner, town, no_policy, range(case.start), None)
    nobody = np.zeros(0, np.int64)
    kernels.sweeps.evening_sweep(0, nobody, nobody, town, case.rules, no_policy, runner.meters[-1])  # compiles; nobody left anything
    runner.close()
    rows, middle, aged = [], case.start + case.days // 2, None
    for threads in thread_counts:
        runner = run.Runner(case, kernels, threads)
        fresh, policy = run.arm_of(case, town, "policy")
        machine.wait_for_quiet()
        before = machine.busy_seconds()
        walls, cpu = lived(runner, fresh, policy, range(case.start, middle))
        if aged is None:
            aged = run.fork(fresh)
        more, more_cpu = lived(runner, fresh, policy, range(middle, case.start + case.days))
        walls, cpu = walls + more, cpu + more_cpu
        runner.close()
        month = min(30, len(walls))
        rows.append(
            {
                "people": people,
                "threads": threads,
                "days": len(walls),
                "rate": people * len(walls) / sum(walls) / 1e6,
                "best_day": people / min(walls) / 1e6,
                "first_month": people * month / sum(walls[:month]) / 1e6,
                "last_month": people * month / sum(walls[-month:]) / 1e6,
                "cpu_ns": cpu / people / len(walls) * 1e9,
                "others": max(0.0, machine.busy_seconds() - before - cpu) / sum(walls),
                "bytes": town_bytes(fresh) / people,
            }
        )
    return rows, aged


def chapters(case: Any, aged: Any, variants: list[Any], rounds: int) -> dict[str, float]:
    """Processor nanoseconds a citizen-day of every chapter, one thread, from the aged town; medians of some rounds."""
    from glasstown.engine import run

    people, first = len(case.society.people), case.start + case.days // 2
    totals: list[list[float]] = [[] for _ in variants]
    for turn in range(rounds + 1):
        for number, kernels in enumerate(variants):
            runner = run.Runner(case, kernels, 1)
            town = run.fork(aged)
            _, cpu = lived(runner, town, case.policy, range(first, first + PEEL_DAYS))
            if turn:  # the first round compiles
                totals[number].append(cpu / people / PEEL_DAYS * 1e9)
    whole = [statistics.median(values) for values in totals]
    parts = {name: whole[number] - whole[number + 1] for number, (name, _) in enumerate(PEELS)}
    return {"whole": whole[0], **parts, REST: whole[-1]}


def report(sizes: list[int], thread_counts: list[int], days: int, policy_name: str) -> dict[str, list[dict[str, Any]]]:
    """Print the real day's rates, memory and chapters; returns the rows."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    from glasstown.engine.run import compiled_kernels

    print(f"The real day under {policy_name}: million citizen-days a second over {days} days ({SHORT_DAYS} above {LONG_RUN:,} people),")
    print("after a burn-in; processor nanoseconds a citizen-day; bytes a citizen and world, ties included.\n")
    print(
        f"{'people':>10} {'threads':>7} {'days':>5} {'rate':>7} {'first month':>12} {'last month':>11} {'best day':>9} "
        f"{'cpu ns':>7} {'bytes':>6} {'town made in':>13} {'others':>7}"
    )
    kernels = compiled_kernels()
    variants: list[Any] = []
    table, split = [], []
    for people in sizes:
        case, seconds = case_of(people, policy_name, days if people <= LONG_RUN else min(days, SHORT_DAYS))
        rows, aged = year(case, kernels, thread_counts)
        for row in rows:
            row["founding_seconds"] = seconds
            table.append(row)
            print(
                f"{people:>10,} {row['threads']:>7} {row['days']:>5} {row['rate']:>7.1f} {row['first_month']:>12.1f} "
                f"{row['last_month']:>11.1f} {row['best_day']:>9.1f} {row['cpu_ns']:>7.1f} {row['bytes']:>6.0f} "
                f"{seconds:>11.1f} s {row['others']:>7.2f}",
                flush=True,
            )  # fmt: skip
        if not variants:
            print("  (compiling the day without its chapters, one after another)", file=sys.stderr, flush=True)
            variants = [peeled(number) for number in range(len(PEELS) + 1)]
        split.append({"people": people, **chapters(case, aged, variants, 5 if people <= LONG_RUN else 2)})
        del case, aged
    names = ["whole", *(name for name, _ in reversed(PEELS)), REST]
    print("\nNanoseconds of one processor a citizen-day, by chapter, in the middle of the run:\n")
    print(f"{'people':>10} " + " ".join(f"{name:>9}" for name in names))
    for row in split:
        print(f"{row['people']:>10,} " + " ".join(f"{row[name]:>9.1f}" for name in names))
    print(flush=True)
    return {"days": table, "chapters": split}
