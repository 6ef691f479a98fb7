"""Run the common day step in all peers, in turns, on the same graph; check what they record; print rates and ratios."""

import math
import statistics
import sys
from typing import Any

from bench import machine
from bench.common_step import workload
from bench.common_step.workload import CHECKS, PARAMETERS, Check

DAYS = 20
MESA_ROUNDS = {10**4: 7, 10**5: 3}  # elsewhere one: a round of Mesa's at 10^6 people takes minutes
OURS, FLOAT, PACKED, MESA = "glasstown", "C++ float", "C++ packed", "Mesa"


def disagreement(check: Check, recorded: dict[str, Any], own_luck: bool) -> str:
    """What differs from the published numbers by more than rounding (for a peer with its own luck: five standard errors)."""
    size = 1 / math.sqrt(check.people)
    score_error = 5 * size * (10 if check.parameters == "base" else 120) if own_luck else 0.0
    wrong = []
    for name, published, bound in (
        ("score", check.score, 5e-5 + score_error),
        ("listed_majority", check.listed[0], 1e-6 + (2.5 * size if own_luck and check.listed[0] else 0.0)),
        ("listed_minority", check.listed[1], 1e-6 + (6 * size if own_luck and check.listed[1] else 0.0)),
        ("expressed", check.expressed, 5.1e-5),
        ("variance", check.variance, 1.5e-6),
    ):
        if abs(recorded[name] - published) > bound:
            wrong.append(f"{name} {recorded[name]:.6f}, published {published}")
    return "; ".join(wrong)


def peers(people: int, name: str, thread_counts: list[int]) -> list[machine.Peer]:
    """Every peer that can be started here, ready for its first day."""
    p = PARAMETERS[name]
    first, neighbours = workload.saved_graph(people, machine.GRAPHS)
    found = []
    ours = [sys.executable, "-m", "bench.common_step.compiled", str(people), name]
    for threads in thread_counts:
        found.append(machine.Peer(OURS, threads, [*ours, str(threads), str(machine.GRAPHS)]))
    program = machine.cpp_program()
    chances = [str(value) for value in (p.seed, p.start, p.offence, p.detection, *p.mistake)]
    for kind in (FLOAT, PACKED) if program else ():
        for threads in thread_counts:
            found.append(machine.Peer(kind, threads, [str(program), kind.split()[1], str(first), str(neighbours), *chances]))
    python = machine.mesa_python()
    if python:
        command = [str(python), "-m", "bench.common_step.mesa_step", str(people), name, str(machine.GRAPHS)]
        found.append(machine.Peer(MESA, 1, command))
    return found


def spread(values: list[float], form: str = "{:.3g}") -> str:
    """Median and range."""
    middle, low, high = (form.format(value) for value in (statistics.median(values), min(values), max(values)))
    return f"{middle} ({low} to {high})" if len(values) > 1 else middle


def checked(thread_counts: list[int]) -> list[str]:
    """The stress case: every peer against the published numbers. Returns what disagrees."""
    wrong = []
    check = next(check for check in CHECKS if check.parameters == "stress")
    for peer in peers(check.people, "stress", thread_counts[:1]):
        difference = disagreement(check, peer.run(check.day), own_luck=peer.name == MESA)
        peer.close()
        wrong += [f"{peer.name}, {check.people:,} people, stress: {difference}"] if difference else []
    return wrong


def measure(people: int, thread_counts: list[int], rounds: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Rates of all peers at one size, taken in turns; and what disagrees with the published numbers."""
    taking_part = peers(people, "base", thread_counts)
    reports: dict[tuple[str, int], list[dict[str, Any]]] = {(peer.name, peer.threads): [] for peer in taking_part}
    for peer in taking_part:
        peer.run(1)
    mesa_rounds = min(rounds, MESA_ROUNDS.get(people, 1))
    for turn in range(rounds):
        for peer in taking_part:
            if peer.name != MESA or turn < mesa_rounds:
                machine.wait_for_quiet()
                reports[peer.name, peer.threads].append(peer.run(DAYS))
    wrong, rows = [], []
    check = next((check for check in CHECKS if check.people == people and check.parameters == "base"), None)
    for peer in taking_part:
        peer.close()
        runs = reports[peer.name, peer.threads]
        difference = disagreement(check, runs[-1], own_luck=peer.name == MESA) if check else ""
        wrong += [f"{peer.name}, {people:,} people: {difference}"] if difference else []
        rates = [people * DAYS / run["wall"] / 1e6 for run in runs]
        others = statistics.median(run["others"] for run in runs)
        rows.append({"peer": peer.name, "threads": peer.threads, "rates": rates, "bytes": runs[-1]["bytes"], "others": others})
    return rows, wrong


def against(rows: list[dict[str, Any]], row: dict[str, Any], name: str) -> str:
    """Ratio of the rates of ``row`` to those of a peer: round by round where both took part in all, else to its median."""
    threads = 1 if name == MESA else row["threads"]
    other = next((entry["rates"] for entry in rows if entry["peer"] == name and entry["threads"] == threads), None)
    if other is None or row["peer"] in (name, MESA):
        return "-"
    if len(other) != len(row["rates"]):
        other = [statistics.median(other)] * len(row["rates"])
    return spread([mine / theirs for mine, theirs in zip(row["rates"], other, strict=True)])


def report(sizes: list[int], thread_counts: list[int], rounds: int) -> tuple[list[dict[str, Any]], bool]:
    """Print the comparison; returns its rows, and whether every peer agrees with the published numbers."""
    print("The common day step: million citizen-days a second, median (lowest to highest); C++ and Mesa in the same run.")
    print("C++ float is a plain good program (structure of arrays); C++ packed has the engine's integers, 16-bit voices and flat tally.\n")
    columns = f"{'people':>10}  {'peer':<11} {'threads':>7}  {'rate':<24} {'x Mesa':<22} {'x C++ float':<22} "
    print(columns + f"{'x C++ packed':<22} {'bytes':>6} {'others':>6}")
    wrong, table = checked(thread_counts), []
    for people in sizes:
        rows, disagreements = measure(people, thread_counts, rounds)
        wrong += disagreements
        for row in rows:
            ratios = [against(rows, row, name) for name in (MESA, FLOAT, PACKED)]
            table.append({"people": people, **row})
            print(
                f"{people:>10,}  {row['peer']:<11} {row['threads']:>7}  {spread(row['rates']):<24} "
                f"{ratios[0]:<22} {ratios[1]:<22} {ratios[2]:<22} {row['bytes']:>6.0f} {row['others']:>6.2f}"
            )  # fmt: skip
        print(flush=True)
    print("checks:", "every peer agrees with the published numbers" if not wrong else "DISAGREE: " + " | ".join(wrong), "\n", flush=True)
    return table, not wrong
