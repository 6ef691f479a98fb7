"""Live many pairs on all cores: a process for each worker, results kept as they come, nothing lost on Ctrl-C."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from glasstown.engine.run import ARMS
from glasstown.study import pair as pairs
from glasstown.study import store
from glasstown.study.case import Request, citizen_days

Progress = Callable[[float, int], None]  # pairs done (one that is being lived counts in part), pairs asked


@dataclass(frozen=True)
class Part:
    """One request of an ensemble: its pairs are lived in these arms, and kept in this folder.

    With ``bundles``, they are lived under the policy with each of these bundles of safeguards instead; with ``policies``, under each of
    these policies. ``numbers``: only these pairs.
    """

    request: Request
    folder: Path
    arms: tuple[str, ...] = ARMS
    bundles: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] | None = None
    policies: tuple[Any, ...] = ()

    def pairs(self) -> Sequence[int]:
        """The numbers of its pairs."""
        return range(self.request.pairs) if self.numbers is None else self.numbers

    def kept(self, number: int) -> dict[str, Any] | None:
        """The summary of a pair that was lived before, or None. With all arms, its daily measures must be there as well."""
        is_whole = self.arms != ARMS or self.bundles or self.policies or (self.folder / f"daily-{number:05d}.npz").exists()
        return store.kept_pair(self.folder, number) if is_whole else None

    def size(self) -> int:
        """Citizen-days of one pair."""
        if self.bundles:
            from glasstown.study import bundles

            return self.request.people * bundles.pair_days(self.request, len(self.bundles))
        if self.policies:
            from glasstown.study import compare

            return compare.pair_days(self.request, len(self.policies))
        return citizen_days(replace(self.request, pairs=1), len(self.arms))


Pair = tuple[int, int]  # the place of its part among the parts, its number


def ensemble(request: Request, folder: Path, workers: int, threads: int, progress: Progress) -> list[dict[str, Any]]:
    """The summaries of all pairs of one request, in order."""
    return ensembles([Part(request, folder)], workers, threads, progress)[0]


def ensembles(parts: Sequence[Part], workers: int, threads: int, progress: Progress) -> list[list[dict[str, Any]]]:
    """For each part, the summaries of all its pairs, in order. Those kept in its folder are read, the others lived and kept there."""
    found = {(place, number): part.kept(number) for place, part in enumerate(parts) for number in part.pairs()}
    missing = [pair for pair, kept in found.items() if kept is None]
    done = len(found) - len(missing)
    progress(done, len(found))

    def partly(share: float) -> None:
        progress(done + share, len(found))

    lived = with_processes if workers > 1 and len(missing) > 1 else in_process
    for place, number in lived(parts, missing, min(workers, max(len(missing), 1)), threads, partly):
        done += 1
        progress(done, len(found))
        found[place, number] = store.kept_pair(parts[place].folder, number)
    return [[found[place, number] or {} for number in part.pairs()] for place, part in enumerate(parts)]


def live_and_keep(part: Part, number: int, threads: int, passed: Callable[[int], None] | None = None) -> int:
    """Live one pair and keep its summary, with its daily measures if all arms live; safe to do twice, the bytes are the same."""
    request = part.request
    if part.bundles:
        from glasstown.study import bundles

        store.keep_pair(part.folder, number, bundles.live(request, number, part.bundles, threads, passed))
        return number
    if part.policies:
        from glasstown.study import compare

        store.keep_pair(part.folder, number, compare.live(request, number, part.policies, threads, passed))
        return number
    summary, worlds = pairs.live(request, number, threads, arms=part.arms, progress=passed)
    if part.arms == ARMS:
        keep_days(part.folder, number, worlds)
    if request.safeguards:
        from glasstown.study import safeguards

        twin = worlds["twin"]
        worlds.clear()  # the other towns need no more memory
        variants, summary["safeguards"] = safeguards.live(request, number, twin, threads, passed)
        summary["outcomes"] |= variants
    store.keep_pair(part.folder, number, summary)
    return number


def keep_days(folder: Path, number: int, worlds: dict[str, Any]) -> None:
    """Keep a pair's daily measures in both towns; of the first pair, what became of each citizen as well."""
    import io

    import numpy as np

    content = io.BytesIO()
    daily = {arm: worlds[arm].daily for arm in ("policy", "twin")}
    if number == 0:
        daily |= citizens(worlds)
    np.savez_compressed(content, **daily)
    store.write_atomically(folder / f"daily-{number:05d}.npz", content.getvalue())


def citizens(worlds: dict[str, Any]) -> dict[str, Any]:
    """The people of a pair, and what became of each in both towns (at most 100,000 of them)."""
    town = worlds["policy"].town
    chosen = slice(0, 100_000)
    found = {f"person_{name}": town.people[name][chosen] for name in ("age", "group", "district", "status", "household", "wage")}
    for arm in ("policy", "twin"):
        for name in worlds[arm].town.life.dtype.names:
            if name not in ("due", "purse", "state"):
                found[f"{arm}_{name}"] = worlds[arm].town.life[name][chosen]
    return found


def in_process(parts: Sequence[Part], missing: list[Pair], workers: int, threads: int, partly: Callable[[float], None]) -> Any:
    """One pair after the other."""
    for place, number in missing:
        part = parts[place]
        live_and_keep(part, number, threads, in_hundredths(part.size(), partly))
        yield place, number


def in_hundredths(whole: int, partly: Callable[[float], None]) -> Callable[[int], None]:
    """Adds up what is lived of a pair and tells its share, at most a hundred times."""
    lived = told = 0

    def passed(count: int) -> None:
        nonlocal lived, told
        lived += count
        if 100 * lived // whole > told:
            told = 100 * lived // whole
            partly(min(lived / whole, 0.99))  # it is whole when it is kept

    return passed


def with_processes(parts: Sequence[Part], missing: list[Pair], workers: int, threads: int, partly: Callable[[float], None]) -> Any:
    """A Dask cluster on this machine: one process a worker, no dashboard, loopback only."""
    import logging

    import dask
    from distributed import Client, LocalCluster, as_completed

    dask.config.set(
        {
            "distributed.worker.memory.target": False,
            "distributed.worker.memory.spill": False,
            "distributed.worker.memory.pause": False,
            "distributed.worker.memory.terminate": False,
            "distributed.admin.large-graph-warning-threshold": "1GiB",
            "distributed.scheduler.http.routes": [],
            "distributed.worker.http.routes": [],
        }
    )
    with ExitStack() as stack:
        stack.enter_context(without_the_script())
        with without_interrupts():
            cluster = LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", silence_logs=logging.CRITICAL,
                dashboard_address="127.0.0.1:0", scheduler_kwargs={"dashboard": False},
            )  # fmt: skip
        stack.callback(cluster.close, timeout=5)
        client = Client(cluster)
        stack.callback(client.close, timeout=2)
        asked = [client.scatter(part, broadcast=True, hash=False) for part in parts]
        futures = {
            client.submit(live_and_keep, asked[place], number, threads, key=f"pair-{place}-{number}", retries=2): (place, number)
            for place, number in missing
        }
        for future in as_completed(list(futures)):
            future.result()
            yield futures[future]


@contextmanager
def without_the_script() -> Iterator[None]:
    """Processes that start meanwhile do not run the caller's script again, guarded by ``__main__`` or not."""
    import sys

    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {name: main.__dict__[name] for name in ("__file__", "__spec__") if name in main.__dict__}
    main.__dict__.pop("__file__", None)
    main.__dict__["__spec__"] = None
    try:
        yield
    finally:
        main.__dict__.update(hidden)


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Processes that start meanwhile never see Ctrl-C, which a terminal sends to all: the first process ends them in order."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
