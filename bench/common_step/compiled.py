"""The common day step in glasstown's engine idiom: ``step.py`` compiled with the engine's options, on threads by ranges."""

import types
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bench.common_step import step, workload
from bench.common_step.workload import DETECTION, MISTAKE, OFFENCE, Parameters


@cache
def kernels() -> types.ModuleType:
    """``step.py`` executed once more, every function compiled as the engine compiles rules and sweeps."""
    import numba

    from glasstown.engine.compiler import RULE_OPTIONS, SWEEP_OPTIONS

    rule: dict[str, Any] = RULE_OPTIONS
    sweep: dict[str, Any] = {**SWEEP_OPTIONS, "cache": False}
    module = types.ModuleType("bench.common_step._compiled_step")
    source = Path(str(step.__file__))
    exec(compile(source.read_text(), str(source), "exec"), module.__dict__)
    module.__dict__["mixed"] = numba.njit(**rule)(workload.mixed)
    for name, value in list(module.__dict__.items()):
        if isinstance(value, types.FunctionType) and value.__module__ == module.__name__:
            module.__dict__[name] = numba.njit(**(sweep if name == "sweep" else rule))(value)
    return module


class Society:
    """A town of the common workload, lived with the given sweep on some threads."""

    def __init__(self, people: int, parameters: Parameters, ties: tuple[Any, Any], threads: int, sweep: Callable[..., None]) -> None:
        first, neighbours = ties
        self.people, self.parameters, self.sweep = people, parameters, sweep
        chances = [parameters.offence, parameters.detection, *parameters.mistake]
        self.town = step.Town(
            citizens=np.zeros(people, step.CITIZEN),
            neighbours=neighbours,
            voices=np.zeros((2, people), np.uint16),
            shares=np.array([0, *(2**32 // (20 * count) for count in range(1, 256))], np.int64),
            chances=np.array([workload.threshold(chance) for chance in chances], np.int64),
        )
        self.town.citizens["first_tie"], self.town.citizens["ties"] = first[:-1], np.diff(first)
        self.group, self.opinion = workload.first_morning(people, parameters.seed)
        cuts = [people * part // threads for part in range(threads + 1)]
        self.ranges = list(pairwise(cuts))
        chunk = step.CHUNK
        self.scratch = [
            (np.zeros((3, chunk), np.uint32), np.zeros(chunk, np.int64), np.zeros(255 * step.BLOCK + 1, np.int64), np.zeros(64, np.int64))
            for _ in self.ranges
        ]
        self.pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self.reset()

    def reset(self) -> None:
        """Back to the first morning."""
        citizens = self.town.citizens
        citizens["opinion"], citizens["flags"], citizens["score"], citizens["wealth"] = self.opinion, self.group, self.parameters.start, 0
        voices = np.maximum((self.opinion >> 8) + 32768, 1)
        self.town.voices[0] = np.where(np.abs(self.opinion) > step.ONE // 2, voices, 0)

    def live(self, day: int) -> dict[str, float]:
        """One day; returns what it records."""
        keys = np.array([workload.key(self.parameters.seed, day, purpose) for purpose in (OFFENCE, DETECTION, MISTAKE)])

        def part(number: int) -> None:
            luck, heard, run, meter = self.scratch[number]
            meter[:] = 0
            self.sweep(day, *self.ranges[number], keys, luck, heard, run, self.town, meter)

        if self.pool is None:
            part(0)
        else:
            list(self.pool.map(part, range(len(self.ranges))))
        return self.recorded([sum(int(scratch[3][place]) for scratch in self.scratch) for place in range(6)])

    def recorded(self, sums: list[int]) -> dict[str, float]:
        """Means and shares from the day's sums."""
        minority = int(self.group.sum())
        mean = sums[step.OPINIONS] / self.people / step.ONE
        return {
            "score": sums[step.SCORES] / self.people,
            "listed_majority": sums[step.LISTED_MAJORITY] / (self.people - minority),
            "listed_minority": sums[step.LISTED_MINORITY] / minority,
            "expressed": sums[step.SPEAKERS] / self.people,
            "variance": sums[step.SQUARES] / self.people / 2**31 - mean * mean,
        }

    def bytes_per_citizen(self) -> float:
        """State and ties."""
        size: int = sum(getattr(self.town, name).nbytes for name in ("citizens", "neighbours", "voices"))
        return size / self.people


def main() -> None:
    """Answer each line "days" on standard input with one JSON line; arguments: people, parameters, threads, folder of graphs."""
    import json
    import sys
    import time

    people, name, threads, folder = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    society = Society(people, workload.PARAMETERS[name], workload.read_graph(people, folder), threads, kernels().sweep)
    society.live(1)  # compiles
    for line in sys.stdin:
        society.reset()
        recorded: dict[str, float] = {}
        wall, cpu = time.perf_counter(), time.process_time()
        for day in range(1, int(line) + 1):
            recorded = society.live(day)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(json.dumps({"wall": wall, "cpu": cpu, "bytes": society.bytes_per_citizen(), **recorded}), flush=True)


if __name__ == "__main__":
    main()
