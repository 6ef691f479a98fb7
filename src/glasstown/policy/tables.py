"""A policy as tables of integers for the kernel: the same kernel runs every policy.

Chances become 32-bit thresholds (2**32 is 1.0) and factors 1 / ONE, computed with `decimal`, so that every machine gets the same.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from glasstown import catalogue, tables
from glasstown.catalogue import Deeds, Law, daily, fixed, threshold, whole
from glasstown.policy.schema import Listing, PolicyFile, Rule, Watch
from glasstown.world import FOREVER, NOTHING, ONE

MOST_DEEDS = 32
WITHOUT_SCORE = 100  # points that count as the full severity where there is no score to lose


def build(policy: PolicyFile, deeds: Deeds, law: Law, people: int, values: Mapping[str, float] | None = None) -> tables.Policy:
    """The tables of a policy in a town of ``people``: what glasstown.tables.Policy describes.

    Severity of a deed is 1 for a list or an override, else its harshest points relative to what separates the base from the
    lowest score; negative where a deed is only rewarded. ``values`` are the uncertainties that scale errors.
    """
    import numpy as np

    names = [deed.name for deed in deeds.deed]
    sensors = [sensor.name for sensor in law.sensor]
    rows = tables.nothing(_sensors(policy.watch, catalogue.sensor_rows(law, values), sensors, values or {}))
    bands = [band.name for band in reversed(policy.score.band)] if policy.score else []
    lists = [row.name for row in policy.list]
    _score(rows.score, policy, sensors, people)
    rules = _table(tables.RULE, [_rule(rule, names, sensors, bands, lists) for rule in policy.rule])
    severity = np.zeros(MOST_DEEDS, np.int64)
    for number, name in enumerate(names):
        severity[number] = _severity(policy, [rule for rule in policy.rule if rule.deed == name])
    return rows._replace(
        rules=rules,
        bands=_table(tables.BAND, _bands(policy)),
        lists=_table(tables.LIST, [_list(row) for row in policy.list]),
        severity=severity,
    )


def _score(row: Any, policy: PolicyFile, sensors: Sequence[str], people: int) -> None:
    score, mending = policy.score, policy.mending
    named = {name for rule in policy.rule for name in rule.sensors} | {watch.sensor for watch in policy.watch}
    row["lists"], row["rules"], row["sensors"] = len(policy.list), len(policy.rule), _mask(named, sensors)
    row["steady_stock"] = policy.start.steady_stock and bool(policy.list)
    row["announced"] = policy.start.announced and bool(policy.rule or policy.watch)  # who does nothing has nothing to announce
    if score is not None:
        row["scores"], row["base"], row["low"], row["high"] = 1, score.base, score.low, score.high
        row["expiry"], row["slots"], row["bands"] = score.expiry_days or FOREVER, score.slots, len(score.band)
        row["decay"], row["decay_days"] = fixed(score.decay), score.decay_days
    if mending is not None and policy.rule:
        row["notice"], row["appeals"] = mending.notice, mending.appeal_rate > 0
        row["appeal_rate"], row["appeal_days"] = threshold(mending.appeal_rate), mending.appeal_days
        row["sensitivity"], row["specificity"] = threshold(mending.sensitivity), threshold(mending.specificity)
        decisions = Decimal(repr(mending.appeal_capacity_per_100000)) * people / 100_000
        row["appeal_capacity"] = max(whole(decisions), 1 if decisions > 0 else 0)  # a town with an appeal decides at least one a day


def _rule(rule: Rule, deeds: Sequence[str], sensors: Sequence[str], bands: Sequence[str], lists: Sequence[str]) -> dict[str, int]:
    mild, harsh = rule.points if isinstance(rule.points, tuple) else (rule.points or 0, rule.points or 0)
    return {
        "deed": deeds.index(rule.deed),
        "sensors": _mask(rule.sensors, sensors),
        "points": mild,
        "points_to": harsh,
        "repeat": fixed(rule.repeat if rule.repeat is not None else 1.0),
        "repeat_days": rule.repeat_days or 0,
        "override": bands.index(rule.override_band) if rule.override_band is not None else NOTHING,
        "override_days": rule.override_days or FOREVER,
        "list": lists.index(rule.list) if rule.list is not None else NOTHING,
        "delay": rule.delay_days,
        "term": rule.term_days or FOREVER,
        "serious": threshold(rule.serious_share),
        "serious_days": rule.serious_days,
        "cap": rule.cap or FOREVER,
    }


def _bands(policy: PolicyFile) -> list[dict[str, Any]]:
    """From the bottom up, as the kernel wants them."""
    bands = reversed(policy.score.band) if policy.score else ()
    return [
        {
            "floor": band.floor,
            "refuse": _gates(band.refuse),
            "perk": whole(Decimal(band.perk_cents_per_year) / 365),
            "sanction": band.sanction,
        }
        for band in bands
    ]


def _list(row: Listing) -> dict[str, Any]:
    return {
        "refuse": _gates(row.refuse),
        "public": row.public,
        "show_days": row.show_days,
        "leave_days": row.leave_working_days,
        "performance": row.performance,
        "pressure": fixed(row.pressure),
    }


def _severity(policy: PolicyFile, rules: Sequence[Rule]) -> int:
    if any(rule.list is not None or rule.override_band is not None for rule in rules):
        return ONE
    room = policy.score.base - policy.score.low if policy.score else 0
    room = room if room > 0 else WITHOUT_SCORE
    points = [
        end for rule in rules if rule.points is not None for end in (rule.points if isinstance(rule.points, tuple) else (rule.points,))
    ]
    lost, gained = -min([0, *points]), max([0, *points])
    size = lost if lost > 0 else gained
    return min(whole(Decimal(size) * ONE / room), ONE) * (1 if lost > 0 else -1)


def _sensors(watches: Sequence[Watch], rows: Any, names: Sequence[str], values: Mapping[str, float]) -> Any:
    """A copy of the shared sensors in which this policy's own coverage and errors stand."""
    rows = rows.copy()
    for watch in watches:
        row = rows[names.index(watch.sensor)]
        for context, share in (watch.coverage or {}).items():
            row["coverage"][tables.CONTEXTS.index(context)] = threshold(share)
        if watch.missed is not None:
            row["missed"] = [threshold(share) for share in watch.missed]
        if watch.mixed_up is not None:
            row["mixed_up"] = [threshold(min(share, 1.0)) for share in catalogue.errors(watch.mixed_up, values)]
        if watch.false_alarms_per_year is not None:
            row["false_alarm"] = [daily(rate) for rate in catalogue.errors(watch.false_alarms_per_year, values)]
    return rows


def _table(fields: Sequence[tuple[Any, ...]], rows: Sequence[Mapping[str, Any]]) -> Any:
    """A record array of at least one row: the kernel needs something to point at, and counts for itself."""
    import numpy as np

    made: Any = np.zeros(max(len(rows), 1), np.dtype([tuple(field) for field in fields]))
    for number, row in enumerate(rows):
        for key, value in row.items():
            made[key][number] = value
    return made


def _gates(refuse: Mapping[Any, float]) -> list[int]:
    return [threshold(refuse.get(gate, 0.0)) for gate in tables.GATES] + [0] * (8 - len(tables.GATES))


def _mask(names: Any, sensors: Sequence[str]) -> int:
    return sum(1 << sensors.index(name) for name in set(names))
