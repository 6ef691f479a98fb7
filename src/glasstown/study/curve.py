"""What hangs on a rate that nobody has measured is told as a curve along that rate, never as one number.

Every couple of pairs drew its own value of the rate. Couples are put in order of it and cut into bins of equally many, and each bin
has its mean, with its own interval for luck. The few couples of a bin could span the wide interval only if its shape were known. So the
MANY couples that drew the nearest rates lend how far each lies from the mean of its own bin; and what was negative (or positive) in no
pair at all is not said to be so, however few couples there are.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from math import inf, isfinite, sqrt
from typing import Any

from glasstown.study.statistics import FEWEST_PAIRS, MANY, Estimate, estimate, verdict

Row = dict[str, Any]
FEWEST, MOST, COUPLES = 5, 7, 8  # bins, if each holds at least two couples; couples a bin from which there are more than the fewest
IN_PART = {"more": "more in part", "less": "less in part"}


def bins(values: Sequence[float], differences: Sequence[float], floor: float | None, adults: float, events: Sequence[float]) -> list[Row]:
    """The bins of a curve: drawn values of the rate by couple, differences and events by pair, in their order. Too few couples: none.

    A bin has ``from`` and ``to`` (the lowest and highest rate drawn), ``at`` (the mean), ``couples``, both widths and a verdict.
    """
    couples = len(differences) // 2
    count = min(MOST, max(FEWEST, couples // COUPLES), couples * 2 // FEWEST_PAIRS)
    if count < 2:
        return []
    order = sorted(range(couples), key=lambda couple: (values[couple], couple))
    cuts = [round(part * couples / count) for part in range(count + 1)]
    spans = list(zip(cuts, cuts[1:], strict=False))
    apart = from_their_bins([order[first:end] for first, end in spans], differences)
    found = []
    for first, end in spans:
        drawn = [values[couple] for couple in order[first:end]]
        own = estimate(pairs_of(order[first:end], differences))
        if couples >= MANY and apart is not None:
            own = widened(own, [apart[couple] for couple in sorted(around(order, first, end))])
        own = within_what_was_seen(own, differences, couples >= MANY)
        row = {"from": drawn[0], "to": drawn[-1], "at": sum(drawn) / len(drawn), "couples": len(drawn), **asdict(own)}
        row["verdict"] = verdict(own, floor, adults, abs(sum(pairs_of(order[first:end], events))))
        found.append(row)
    return found


def pairs_of(couples: Sequence[int], values: Sequence[float]) -> list[float]:
    """The values of the pairs of these couples, couple by couple."""
    return [values[2 * couple + one] for couple in sorted(couples) for one in (0, 1)]


def from_their_bins(parts: Sequence[Sequence[int]], differences: Sequence[float]) -> dict[int, tuple[float, float]] | None:
    """How far the two pairs of each couple lie from the mean of their bin, which they helped to make; None where nobody was counted."""
    found = {}
    for couples in parts:
        own = pairs_of(couples, differences)
        if not all(map(isfinite, own)):
            return None
        mean, wider = sum(own) / len(own), sqrt(len(couples) / (len(couples) - 1))
        for couple in couples:
            one, other = (differences[2 * couple + place] for place in (0, 1))
            moved = (wider - 1) * ((one + other) / 2 - mean)
            found[couple] = (one - mean + moved, other - mean + moved)
    return found


def around(order: Sequence[int], first: int, end: int) -> Sequence[int]:
    """The MANY couples around a bin in the order of the rate, as evenly on both sides as there are."""
    low = min(max(first - (MANY - (end - first)) // 2, 0), len(order) - MANY)
    return order[low : low + max(MANY, end - first)]


def widened(own: Estimate, apart: Sequence[tuple[float, float]]) -> Estimate:
    """A bin's mean with its own luck, and the wide interval that couples around it lend."""
    near = estimate([own.value + one for couple in apart for one in couple]) if own.value is not None else own
    if near.low is None or near.high is None or own.luck_low is None or own.luck_high is None:
        return own
    return replace(own, low=min(near.low, own.luck_low), high=max(near.high, own.luck_high))


def within_what_was_seen(own: Estimate, differences: Sequence[float], many: bool) -> Estimate:
    """A wide interval that ends at zero if no pair of the study lies beyond; of many couples, where the pairs farthest from zero do."""
    if own.low is None or own.high is None:
        return own
    known = [value for value in differences if isfinite(value)]
    least = 0.0 if min(known) >= 0 else min(known) if many else -inf
    most = 0.0 if max(known) <= 0 else max(known) if many else inf
    return replace(own, low=max(own.low, least), high=min(own.high, most))


def told(curve: Sequence[Row]) -> str:
    """One verdict for a whole curve: that of all its bins; "more in part" if some cannot tell; "turns" where both occur."""
    verdicts = {row["verdict"] for row in curve}
    known = verdicts - {"cannot tell"}
    if len(known) != 1:
        return "turns" if known else "cannot tell"
    one: str = known.pop()
    return one if verdicts == {one} else IN_PART[one]
