"""Paired differences with two widths: luck alone, and luck with what we do not know.

Pairs come two by two: both of a couple share one draw of the uncertainties and differ in luck. One-way random effects
(Searle, Casella and McCulloch 1992, chapter 3) split the variance of the differences: within couples it is luck, between
couples luck and the uncertainties. The luck interval shrinks with more pairs; the wide one does not, beyond what is not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

LEVEL = 0.90  # two-sided coverage of every interval
FEWEST_PAIRS = 4
MANY = 19  # couples from which the wide interval needs no shape: (19 + 1 - 2) / (19 + 1) is LEVEL
FEWEST_ADULTS = 100
FEWEST_EVENTS = 10


@dataclass(frozen=True)
class Estimate:
    """A mean difference and its two intervals (None where there are too few pairs).

    ``counted``: of how many pairs it is, where there was nobody to count in the others; None if it is of all.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    luck_low: float | None = None
    luck_high: float | None = None
    counted: int | None = None


def estimate(differences: Sequence[float]) -> Estimate:
    """Mean and intervals of paired differences, in the order of their pairs (pair 2u and 2u + 1 share draw u).

    A couple in which there was nobody to count in either pair, or in one, is left out.
    """
    known = [value for value in differences if isfinite(value)]
    if not known:
        return Estimate(None)
    counted = None if len(known) == len(differences) else len(known)
    if counted is not None:
        couples = [differences[place : place + 2] for place in range(0, len(differences) - 1, 2)]
        whole = [value for couple in couples if all(map(isfinite, couple)) for value in couple]
        if len(whole) < FEWEST_PAIRS:
            return Estimate(sum(known) / counted, counted=counted)
        known, counted = whole, len(whole)
    mean = sum(known) / len(known)
    if len(known) < FEWEST_PAIRS:
        return Estimate(mean)
    couples = [known[place : place + 2] for place in range(0, len(known) - 1, 2)]
    means = [sum(couple) / 2 for couple in couples]
    centre = sum(means) / len(means)
    within = sum((value - own) ** 2 for couple, own in zip(couples, means, strict=True) for value in couple) / len(couples)
    between = 2 * sum((own - centre) ** 2 for own in means) / (len(means) - 1)
    luck = quantile(len(couples)) * sqrt(within / len(known))
    low, high = unknown_range(means, centre, within, between, len(known))
    return Estimate(mean, min(low, mean - luck), max(high, mean + luck), mean - luck, mean + luck, counted)


def unknown_range(means: Sequence[float], centre: float, within: float, between: float, pairs: int) -> tuple[float, float]:
    """Where the effect under a fresh draw of the uncertainties lies, at LEVEL.

    With at least MANY couples it is free of a shape: the couples' means, drawn together by the part of their spread that is
    luck, span a fresh one with probability (n + 1 - 2 k) / (n + 1) when the k outermost on either side are left out. With
    fewer, the means are taken to be normal. Either is widened by the standard error of the mean.
    """
    unknown, error = max((between - within) / 2, 0.0), quantile(len(means) - 1) * sqrt(max(between, within) / pairs)
    if len(means) < MANY:
        wide = quantile(len(means) - 1) * sqrt(unknown + max(between, within) / pairs)
        return centre - wide, centre + wide
    outer = int((1 - LEVEL) / 2 * (len(means) + 1) + 1e-9)  # 0.05 * 20 is 1, not a little less
    shrink = sqrt(2 * unknown / between) if between > 0 else 0.0
    ordered = sorted(centre + (own - centre) * shrink for own in means)
    low, high = ordered[outer - 1], ordered[-outer]
    return centre - sqrt((centre - low) ** 2 + luck_part(error, shrink)), centre + sqrt((high - centre) ** 2 + luck_part(error, shrink))


def luck_part(error: float, shrink: float) -> float:
    """Squared half-width that luck adds to the range: its share of the standard error of the mean."""
    return error**2 * (1 - shrink**2)


def quantile(freedom: int) -> float:
    """The t quantile of a two-sided interval at LEVEL."""
    from scipy.stats import t

    return float(t.ppf(0.5 + LEVEL / 2, freedom))


def floor_of(differences: Sequence[float]) -> float | None:
    """The placebo floor: the 95th percentile of the absolute differences that one stranger's flipped act makes."""
    known = sorted(abs(value) for value in differences if isfinite(value))
    if not known:
        return None
    place = 0.95 * (len(known) - 1)
    below = int(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)


def verdict(found: Estimate, floor: float | None, adults: float, events: float) -> str:
    """ "more", "less", or "cannot tell": below the floor, an interval that includes zero, or a group too small."""
    if found.value is None or found.low is None or found.high is None:
        return "cannot tell"
    if adults < FEWEST_ADULTS or events < FEWEST_EVENTS or abs(found.value) <= (floor or 0.0):
        return "cannot tell"
    if found.low <= 0 <= found.high:
        return "cannot tell"
    return "more" if found.value > 0 else "less"


def ratio(over: Sequence[float], under: Sequence[float], couples: bool) -> tuple[float, float, float] | None:
    """Ratio of two totals with a jackknife interval on the log scale, leaving out pairs (or couples of pairs) in turn."""
    from math import exp, log

    step = 2 if couples else 1
    total, base = sum(over), sum(under)
    blocks = [(sum(over[k : k + step]), sum(under[k : k + step])) for k in range(0, len(over), step)]
    if total <= 0 or base <= 0 or len(blocks) < 2 or any(total - a <= 0 or base - b <= 0 for a, b in blocks):
        return None
    logs = [log((total - a) / (base - b)) for a, b in blocks]
    mean = sum(logs) / len(logs)
    error = sqrt((len(logs) - 1) / len(logs) * sum((value - mean) ** 2 for value in logs))
    wide = quantile(len(blocks) - 1) * error
    return total / base, total / base * exp(-wide), total / base * exp(wide)
