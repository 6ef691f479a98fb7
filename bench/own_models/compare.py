"""Models written with the toolkit (``glasstown.modelling``) against the same models written by hand as one Numba loop.

Both are compiled before they are timed, run on one thread, take turns, and wait for a quiet machine. The hand-written loops
(one file each, here) use NumPy's generator; the toolkit's luck has an address, which costs more a draw and buys that the same run comes
out the same whatever is recorded, resumed or drawn beside it.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from bench import machine

EVENTS = 200_000  # of the leading eight
STEPS = 1000  # of civil violence


def leading_eight() -> tuple[Callable[[int], float], Callable[[int], float], float]:
    """Self-cooperation of L1 with 50 people: ours, the peer's, and how near they must be."""
    import numpy as np

    from bench.own_models import leading_eight as peer
    from glasstown.published import leading_eight as ours

    model = ours.private_model(ours.STRATEGIES["L1"])
    alpha, beta = (np.array([int(bit) for bit in table], np.uint8) for table in ours.STRATEGIES["L1"])

    def toolkit(seed: int) -> float:
        run = model.run(EVENTS, seed=seed, every=EVENTS // 10)
        return float((run.records["cooperated"][-1] - run.records["cooperated"][1]) / (0.9 * EVENTS))

    def by_hand(seed: int) -> float:
        tables = alpha.reshape(2, 2, 2), beta.reshape(2, 2)
        return float(peer.leading_eight(*tables, ours.PEOPLE, ours.WATCHED, ours.ERROR, EVENTS * 9 // 10, EVENTS // 10, seed))

    return toolkit, by_hand, 0.01


def civil_violence() -> tuple[Callable[[int], float], Callable[[int], float], float]:
    """Mean active of NetLogo's semantics with 1,120 citizens and 64 police; by hand with the same counts of who is in sight."""
    return _civil_violence("civil_violence")


def civil_violence_scanning() -> tuple[Callable[[int], float], Callable[[int], float], float]:
    """The same, by hand as it is usually written: looking through all 149 cells in sight."""
    return _civil_violence("civil_violence_scanning")


def _civil_violence(by: str) -> tuple[Callable[[int], float], Callable[[int], float], float]:
    from bench.own_models import civil_violence as peer
    from glasstown.published import civil_violence as ours

    model, near, loop = ours.rebellion(), peer.neighbourhoods(), getattr(peer, by)

    def toolkit(seed: int) -> float:
        return float(model.run(STEPS, seed=seed).records["active"].mean())

    def by_hand(seed: int) -> float:
        return float(loop(near, ours.CITIZENS, ours.POLICE, 0.82, ours.BAR, ours.FORCE, 30, STEPS, seed).mean())

    return toolkit, by_hand, 12.0  # the mean of a run varies by some 5 from seed to seed


def turns(ours: Callable[[int], float], peer: Callable[[int], float], rounds: int) -> dict[str, Any]:
    """Both in turn: seconds of each, ratios of each turn, and the results' means."""
    ours(0), peer(0)
    seconds: dict[str, list[float]] = {"toolkit": [], "by hand": []}
    results: dict[str, list[float]] = {"toolkit": [], "by hand": []}
    for seed in range(1, rounds + 1):
        for name, contender in (("toolkit", ours), ("by hand", peer)):
            machine.wait_for_quiet()
            begin = time.perf_counter()
            results[name].append(contender(seed))
            seconds[name].append(time.perf_counter() - begin)
    ratios = sorted(one / other for one, other in zip(seconds["toolkit"], seconds["by hand"], strict=True))
    return {
        "toolkit_seconds": statistics.median(seconds["toolkit"]), "by_hand_seconds": statistics.median(seconds["by hand"]),
        "ratio": statistics.median(ratios), "ratio_from": ratios[0], "ratio_to": ratios[-1],
        "toolkit": statistics.mean(results["toolkit"]), "by_hand": statistics.mean(results["by hand"]),
    }  # fmt: skip


def report(rounds: int = 7) -> tuple[dict[str, Any], bool]:
    """Print and return the ratios; whether both ways of writing a model give the same results."""
    found, agree = {}, True
    print(f"{'model':16} {'toolkit s':>10} {'by hand s':>10} {'ratio':>6} {'from':>6} {'to':>6}   results")
    for name, made in CONTENDERS.items():
        ours, peer, near = made()
        row = found[name] = turns(ours, peer, rounds)
        agree &= abs(row["toolkit"] - row["by_hand"]) <= near
        print(
            f"{name:16} {row['toolkit_seconds']:10.3f} {row['by_hand_seconds']:10.3f} {row['ratio']:6.2f} {row['ratio_from']:6.2f}"
            f" {row['ratio_to']:6.2f}   {row['toolkit']:.4g} and {row['by_hand']:.4g}"
        )
    return found, agree


CONTENDERS = {
    "leading eight": leading_eight,
    "civil violence": civil_violence,
    "scanning": civil_violence_scanning,
}
