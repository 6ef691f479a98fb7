"""The common workload: parameters, canonical random numbers, first morning, graph and the numbers every peer must reach.

A yardstick, not a model of any place: none of its numbers estimates anything. The rules are told in ``step.py``.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: the step of SplitMix64
MULTIPLIER_A, MULTIPLIER_B = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
OFFENCE, DETECTION, MISTAKE = 1, 2, 3  # purposes on day 1 and later
GROUP, OPINION = 1, 2  # purposes on day 0
GRAPH_SEED = 777
REACH, REWIRED = 5, 0.1  # a ring: everybody knows five on each side, a tenth of these ties lead elsewhere


class Parameters(NamedTuple):
    """What can be varied: the seed, the first score, and the chances of a day."""

    seed: int
    start: int
    offence: float
    detection: float
    mistake: tuple[float, float]  # by group


class Check(NamedTuple):
    """Published results at the end of ``day``; None where none was published."""

    people: int
    parameters: str
    day: int
    score: float
    listed: tuple[float, float]  # share of each group
    expressed: float
    variance: float


PARAMETERS = {
    "base": Parameters(12345, 1000, 0.02, 0.3, (0.001, 0.004)),
    "stress": Parameters(12345, 650, 0.15, 0.3, (0.01, 0.04)),  # here the list fills
}
CHECKS = [
    Check(10**4, "base", 20, 1016.7829, (0.0, 0.0), 0.0809, 0.198694),
    Check(10**4, "stress", 60, 627.0754, (0.208530, 0.510725), 0.0106, 0.257557),
    Check(10**5, "base", 20, 1016.81096, (0.0, 0.0), 0.07867, 0.196911),
    Check(10**6, "base", 20, 1016.816644, (0.0, 0.0), 0.07972, 0.197189),
]


def threshold(chance: float) -> int:
    """An event of this chance happens if its 32-bit draw is below the threshold."""
    return int(chance * 2.0**32)


def mixed(word: Any) -> Any:
    """The finaliser of SplitMix64, modulo 2**64, for unsigned arrays or compiled unsigned numbers."""
    word = (word ^ (word >> np.uint64(30))) * MULTIPLIER_A
    word = (word ^ (word >> np.uint64(27))) * MULTIPLIER_B
    return word ^ (word >> np.uint64(31))


def key(seed: int, day: int, purpose: int) -> Any:
    """The generator's key for one purpose on one day."""
    with np.errstate(over="ignore"):
        return mixed(np.uint64(seed) + GOLDEN * np.uint64(64 * day + purpose + 1))


def draws(seed: int, day: int, purpose: int, citizens: Any) -> Any:
    """32-bit draws of these citizens, as uint64."""
    with np.errstate(over="ignore"):
        return mixed(key(seed, day, purpose) + GOLDEN * (citizens.astype(np.uint64) + np.uint64(1))) >> np.uint64(32)


def first_morning(people: int, seed: int) -> tuple[Any, Any]:
    """Group (0 or 1) and opinion (integer, 2**23 stands for 1) of everybody."""
    citizens = np.arange(people)
    group = (draws(seed, 0, GROUP, citizens) < threshold(0.2)).astype(np.uint8)
    opinion = (draws(seed, 0, OPINION, citizens) >> np.uint64(8)).astype(np.int64) - 2**23
    return group, opinion


def graph(people: int) -> tuple[Any, Any]:
    """Watts and Strogatz's graph as (first tie of each citizen, int64 [people + 1]; neighbours, int32), rows ascending."""
    citizens = np.arange(people, dtype=np.int64)
    ends = []
    for step in range(1, REACH + 1):
        other = (citizens + step) % people
        loose = np.flatnonzero(draws(GRAPH_SEED, 0, step, citizens) < threshold(REWIRED))
        attempt = 1
        while len(loose):
            other[loose] = (draws(GRAPH_SEED, attempt, step, loose) * np.uint64(people)) >> np.uint64(32)
            apart = np.abs(other[loose] - loose)
            loose = loose[np.minimum(apart, people - apart) <= REACH]  # neither herself nor a neighbour on the ring
            attempt += 1
        ends += [citizens * people + other, other * people + citizens]
    ties = np.concatenate(ends)
    ties.sort()
    first = np.zeros(people + 1, np.int64)
    np.cumsum(np.bincount(ties // people, minlength=people), out=first[1:])
    return first, (ties % people).astype(np.int32)


def saved_graph(people: int, folder: Path) -> tuple[Path, Path]:
    """The graph as two raw files, made when first asked for."""
    paths = folder / f"ring_{people}.first", folder / f"ring_{people}.neighbours"
    if not paths[1].exists():
        folder.mkdir(parents=True, exist_ok=True)
        for path, array in zip(paths, graph(people), strict=True):
            part = path.with_suffix(path.suffix + ".part")
            array.tofile(part)
            part.rename(path)
    return paths


def read_graph(people: int, folder: Path) -> tuple[Any, Any]:
    """``graph``, from the files."""
    first, neighbours = saved_graph(people, folder)
    return np.fromfile(first, np.int64), np.fromfile(neighbours, np.int32)
