"""Coupled worlds: what a town does as a whole tips one way or the other, so it is told as a distribution over worlds, not as a mean.

Two worlds of a couple share one draw of what nobody knows and differ in luck, so the exact (Clopper and Pearson) interval of the share
of worlds that tip counts as many worlds as they are worth: n / (1 + r), where r is how much more alike the two of a couple are than any
two (Korn and Graubard 1998, Survey Methodology 24: 193).
"""

from collections.abc import Sequence
from math import ceil, isfinite
from typing import Any

from glasstown.study.statistics import LEVEL

Row = dict[str, Any]
MOST_BINS = 8


def share(tipped: Sequence[bool]) -> Row:
    """How many worlds tip, in the order of their pairs: ``worlds``, ``tipped``, ``share`` with ``low`` and ``high``, couples ``split``.

    ``split`` counts couples of which one world tips and the other does not: there luck alone decides.
    """
    worlds, count = len(tipped), sum(tipped)
    couples = [(tipped[place], tipped[place + 1]) for place in range(0, worlds - 1, 2)]
    low, high = exact(count, worlds, 1 + alike(couples) if couples else 1.0)
    found = {"worlds": worlds, "tipped": count, "share": count / worlds if worlds else None, "low": low, "high": high}
    return {**found, "couples": len(couples), "split": sum(one != other for one, other in couples)}


def told(tipped: int, worlds: int) -> str:
    """The finding about what a whole town does or does not: in how many worlds it comes to that, whoever claims it."""
    return "in no world" if tipped == 0 else "in every world" if tipped == worlds else "in some worlds"


def alike(couples: Sequence[tuple[bool, bool]]) -> float:
    """Intraclass correlation of couples, from 0 to 1, by analysis of variance; 1 where all worlds are the same and none can be told."""
    count = len(couples)
    means = [(one + other) / 2 for one, other in couples]
    centre = sum(means) / count
    within = sum((one - other) ** 2 / 2 for one, other in couples) / count
    between = 2 * sum((own - centre) ** 2 for own in means) / max(count - 1, 1)
    return min(max((between - within) / (between + within), 0.0), 1.0) if between + within > 0 else 1.0


def exact(count: int, worlds: int, design: float = 1.0) -> tuple[float | None, float | None]:
    """The two-sided exact interval of a share at LEVEL, of worlds that are worth ``worlds`` / ``design`` independent ones."""
    from scipy.stats import beta

    if worlds == 0:
        return None, None
    worth = worlds / design
    hits, tail = count / design, (1 - LEVEL) / 2
    low = float(beta.ppf(tail, hits, worth - hits + 1)) if count else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, worth - hits)) if count < worlds else 1.0
    return low, high


def bins(levels: Sequence[float]) -> list[Row]:
    """How many worlds lie where: a bin for each level if these are few whole numbers; else those at zero apart, the others in equal steps.

    A bin holds what lies above ``from``, up to and including ``to``; where both are the same, what lies there.
    """
    known = [level for level in levels if isfinite(level)]
    distinct = sorted(set(known))
    if len(distinct) <= MOST_BINS and all(level == int(level) for level in distinct):
        return [{"from": level, "to": level, "worlds": known.count(level)} for level in distinct]
    moved = [level for level in known if level != 0]
    start, steps = min(0.0, *moved), MOST_BINS - 1
    step = (max(0.0, *moved) - start) / steps
    places = [min(max(ceil((level - start) / step - 1e-9) - 1, 0), steps - 1) for level in moved]
    found = [{"from": start + place * step, "to": start + (place + 1) * step, "worlds": places.count(place)} for place in range(steps)]
    return [{"from": 0.0, "to": 0.0, "worlds": known.count(0.0)}, *found] if 0.0 in distinct else found
