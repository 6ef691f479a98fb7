"""Live many pairs on all cores: a process for each worker, results kept as they come, nothing lost on Ctrl-C."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from glasstown.study import pair as pairs
from glasstown.study import store
from glasstown.study.case import Request, citizen_days

Progress = Callable[[float, int], None]  # pairs done (one that is being lived counts in part), pairs asked


def ensemble(request: Request, folder: Path, workers: int, threads: int, progress: Progress) -> list[dict[str, Any]]:
    """The summaries of all pairs, in order. Those kept in ``folder`` are read, the others lived and kept there."""
    found = {number: store.kept_pair(folder, number) for number in range(request.pairs)}
    missing = [number for number, kept in found.items() if kept is None or not (folder / f"daily-{number:05d}.npz").exists()]
    done = request.pairs - len(missing)
    progress(done, request.pairs)

    def partly(part: float) -> None:
        progress(done + part, request.pairs)

    lived = with_processes if workers > 1 and len(missing) > 1 else in_process
    for number in lived(request, folder, missing, min(workers, max(len(missing), 1)), threads, partly):
        done += 1
        progress(done, request.pairs)
        found[number] = store.kept_pair(folder, number)
    return [found[number] or {} for number in range(request.pairs)]


def live_and_keep(request: Request, number: int, folder: Path, threads: int, passed: Callable[[int], None] | None = None) -> int:
    """Live one pair and keep its summary and daily measures; safe to do twice, the bytes are the same."""
    import io

    import numpy as np

    summary, worlds = pairs.live(request, number, threads, progress=passed)
    content = io.BytesIO()
    daily = {arm: worlds[arm].daily for arm in ("policy", "twin")}
    if number == 0:
        daily |= citizens(worlds)
    np.savez_compressed(content, **daily)
    store.write_atomically(folder / f"daily-{number:05d}.npz", content.getvalue())
    store.keep_pair(folder, number, summary)
    return number


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


def in_process(request: Request, folder: Path, numbers: list[int], workers: int, threads: int, partly: Callable[[float], None]) -> Any:
    """One pair after the other."""
    whole = citizen_days(replace(request, pairs=1))
    for number in numbers:
        yield live_and_keep(request, number, folder, threads, in_hundredths(whole, partly))


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


def with_processes(request: Request, folder: Path, numbers: list[int], workers: int, threads: int, partly: Callable[[float], None]) -> Any:
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
        asked = client.scatter(request, broadcast=True, hash=False)
        futures = [client.submit(live_and_keep, asked, number, folder, threads, key=f"pair-{number}", retries=2) for number in numbers]
        for future in as_completed(futures):
            yield future.result()


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
