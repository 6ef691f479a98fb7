"""What a study will take, said before it starts; and a refusal, before anything is allocated, of what cannot fit."""

from dataclasses import dataclass
from math import sqrt

from glasstown.study.case import Request, citizen_days

RATE = 6e6  # citizen-days a second and core, measured on shared server cores with a margin; only for the announcement
SETTING_UP = 10.0  # seconds to load the kernels, start the workers and draw the report
NEXT_STEP = 4.0  # seconds to start the workers for the next step of a search
TIES = 12.0  # ties a citizen, about
FOUNDING = 400  # bytes a citizen while a society is being made
ARMS_HELD = 5  # the burned-in world and the final states of four arms
DISK_PAIR, DISK_DAY, DISK_CITIZEN, DISK_BUNDLE = 12_000, 200, 40, 1_500  # bytes


class TooLarge(Exception):
    """A study that does not fit in this machine's memory."""


@dataclass(frozen=True)
class Estimate:
    """Citizen-days, seconds, bytes of memory and disk, and the smallest difference that can be told."""

    citizen_days: int
    seconds: float
    memory: int
    disk: int
    smallest: float  # per 1,000 adults


def estimate(request: Request, workers: int, threads: int, arms: int = 4) -> Estimate:
    """What this request takes with so many workers and threads each."""
    from glasstown.engine.found import bytes_per_citizen
    from glasstown.study import bundles

    slots = request.policy.score.slots if request.policy.score else 0
    state = bytes_per_citizen(slots, len(request.policy.list), TIES)
    memory = int(request.people * max(state * ARMS_HELD, FOUNDING + state) * workers) + 300_000_000 * (workers + 1)
    days, steps = citizen_days(request, arms), bundles.steps(request)
    disk = request.pairs * (DISK_PAIR + 2 * request.days * DISK_DAY) + min(request.people, 100_000) * DISK_CITIZEN + 1_000_000
    disk += sum(count * pairs for count, pairs in steps) * DISK_BUNDLE
    seconds = SETTING_UP + NEXT_STEP * len(steps) + days / (RATE * max(workers, 1) * max(threads, 1))
    return Estimate(days, seconds, memory, disk, smallest_difference(request))


def smallest_difference(request: Request) -> float:
    """The rarest lot that can be told: a paired difference of ten events, or 1.65 standard errors of a Poisson count.

    Per 1,000 adults over the whole horizon, for an outcome that is zero in the twin town (three quarters are adults).
    """
    adults = 0.75 * request.people * request.pairs
    return 1000 * max(10 / adults, 1.65 * sqrt(10) / adults)


def available_memory() -> int:
    """Bytes of memory that are free for use now."""
    import psutil

    return int(psutil.virtual_memory().available)


def refuse_if_too_large(request: Request, workers: int, threads: int, arms: int = 4) -> Estimate:
    """The estimate; raises TooLarge with the size needed and the size there is."""
    needed = estimate(request, workers, threads, arms)
    free = available_memory()
    if needed.memory > free:
        raise TooLarge(
            f"{request.people:,} people with {workers} worker{'s' if workers > 1 else ''} need about {size(needed.memory)} of memory; "
            f"{size(free)} are free. Ask for fewer people or fewer workers."
        )
    return needed


def size(count: float) -> str:
    """Bytes for people."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:,.0f} {unit}" if unit == "bytes" or count >= 100 else f"{count:.1f} {unit}"
        count /= 1000
    return ""


def duration(seconds: float) -> str:
    """Seconds for people."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
