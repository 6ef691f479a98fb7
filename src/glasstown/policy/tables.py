"""A policy as tables of integers for the kernel: the same kernel runs every policy.

Chances become 32-bit thresholds (2**32 is 1.0) and factors 1 / ONE, computed with `decimal`, so that every machine gets the same.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import prod
from typing import Any

from glasstown import catalogue, tables
from glasstown.catalogue import Deeds, Law, Sensor, fixed, threshold, whole
from glasstown.policy.force import HARMLESS, NO_SAFEGUARDS, fed_by, in_force, shows
from glasstown.policy.schema import Listing, PolicyFile, Rule, Watch
from glasstown.world import FOREVER, MEDIAN_WAGE, NOTHING, ONE

WITHOUT_SCORE = 100  # points that count as the full severity where there is no score to lose
MONTH_OF_WAGES = 30 * MEDIAN_WAGE  # cents
CERTAIN = 2**32
THROUGH = (None, "kin", "ties")  # place: score.through
NOT_LOOKED_AT = ONE + 1  # a bar that no share reaches


def build(policy: PolicyFile, deeds: Deeds, law: Law, people: int, values: Mapping[str, float] | None = None) -> tables.Policy:
    """The tables of a policy in a town of ``people``: what glasstown.tables.Policy describes.

    Severity of a deed or claim is 1 for a list, an override or a detention (a part of 1, if only the third entry leads to it, say), else
    its charge in months of median wage, at most 1, or its harshest points relative to what separates the base from the lowest score;
    negative where it is only rewarded, relative to what separates the base from the next higher band. What a safeguard rules out is left
    out first. ``values`` are the uncertainties that scale errors, the reach of sensors that a policy adds, and compliance with refusals.
    """
    values = values or {}
    feeding = fed_by(policy, deeds)
    policy = in_force(policy, deeds)
    names = [sensor.name for sensor in law.sensor]
    rows = tables.nothing(_sensors(policy, law, feeding, values))
    severity = _severities(policy, deeds)
    _score(rows.score[0], policy, people)
    _protect(rows.score[0], policy)
    _aim(rows.score[0], policy, deeds, severity)
    _show(rows.score[0], policy)
    _report(rows.score[0], policy, _mask({sensor.name for sensor in law.sensor if sensor.reports} & feeding, names))
    _order_and_arrest(rows.score[0], policy)
    _grow(rows.score[0], policy)
    _foretell(rows.score[0], policy, deeds)
    rows.score["sensors"] = _mask(feeding, names)
    bands = [band.name for band in reversed(policy.score.band)] if policy.score else []
    return rows._replace(
        rules=_table(tables.RULE, [_rule(rule, deeds, names, bands, [row.name for row in policy.list]) for rule in policy.rule]),
        bands=_table(tables.BAND, _bands(policy, values)),
        lists=_table(tables.LIST, [_list(row, values) for row in policy.list]),
        severity=severity,
        watched=_watched(rows.sensors, rows.score[0]),
        heard=_heard(policy, deeds, names),
        exposed=_exposed(policy, deeds, rows.score[0]),
    )


def _score(row: Any, policy: PolicyFile, people: int) -> None:
    score, mending = policy.score, policy.mending
    row["lists"], row["rules"] = len(policy.list), len(policy.rule)
    row["steady_stock"] = policy.start.steady_stock and bool(policy.list)
    row["announced"] = policy.start.announced and bool(policy.rule or policy.watch)  # who does nothing has nothing to announce
    if score is not None:
        row["scores"], row["base"], row["low"], row["high"] = 1, score.base, score.low, score.high
        row["expiry"], row["slots"], row["bands"] = score.expiry_days or FOREVER, score.slots, len(score.band)
        row["decay"], row["decay_days"] = fixed(score.decay), score.decay_days
        row["clean_days"], row["clean_points"], row["pooled"] = score.clean_days or FOREVER, score.clean_points, score.pooled
    if mending is not None and policy.rule:
        row["notice"], row["appeals"] = mending.notice, mending.appeal_rate > 0
        row["appeal_rate"], row["appeal_days"] = threshold(mending.appeal_rate), mending.appeal_days
        row["sensitivity"], row["specificity"] = threshold(mending.sensitivity), threshold(mending.specificity)
        row["answers"], row["answer_clears"] = threshold(mending.answer_share if mending.notice else 0.0), threshold(mending.answer_clears)
        decisions = Decimal(repr(mending.appeal_capacity_per_100000)) * people / 100_000
        row["appeal_capacity"] = max(whole(decisions), 1 if decisions > 0 else 0)  # a town with an appeal decides at least one a day


def _protect(row: Any, policy: PolicyFile) -> None:
    """The safeguards that the kernel carries out."""
    guards = policy.safeguards
    if guards is None:
        return
    row["reasons"], row["corrects_all"], row["separate"] = guards.reasons, guards.correct_everywhere, guards.separate_contexts
    if guards.human_review is not None:
        row["review"] = threshold(guards.human_review)
        row["review_sensitivity"] = threshold(guards.review_sensitivity or 0.0)
        row["review_specificity"] = threshold(guards.review_specificity if guards.review_specificity is not None else 1.0)
    if guards.evidence_claims is not None:
        row["evidence"], row["evidence_days"] = guards.evidence_claims, guards.evidence_days
    if guards.consent is not None:
        row["consent"] = threshold(guards.consent)
    if guards.sunset_days is not None:
        row["sunset"] = guards.sunset_days
    if guards.audit is not None:
        row["audit"] = threshold(guards.audit)
    row["protects"], row["independent"] = guards.whistle_blowers, guards.independent_appeal


def _aim(row: Any, policy: PolicyFile, deeds: Deeds, severity: Any) -> None:
    """What the policy aims at: people close to somebody, a view, harmless speech, the way people deal."""
    row["through"] = max((THROUGH.index(rule.through) for rule in policy.rule), default=0)
    row["through_severity"] = _by_staying_close([rule for rule in policy.rule if rule.through], policy, severity[tables.CLOSE_TO_MARKED])
    if policy.views is not None and any(rule.deed == "holds_view" for rule in policy.rule):
        row["view_from"] = fixed(policy.views.floor)
    for deed in deeds.deed:
        hard = int(severity[deeds.number(deed.name)])
        if deed.context == "speech" and deed.kind in HARMLESS:
            row["speech"] = max(int(row["speech"]), hard)
        if deed.context == "finance":
            row["dealing"] = max(int(row["dealing"]), abs(hard))


def _show(row: Any, policy: PolicyFile) -> None:
    """How far screens and messages reach."""
    if shows(policy):
        row["display_reach"] = threshold(policy.display.reach if policy.display else 1.0)
        row["masked"] = policy.display.masked if policy.display else 0


def _report(row: Any, policy: PolicyFile, telling: int) -> None:
    """Reports by other people, if any of the sensors that feed the record (``telling``, as bits) are other people.

    Where a report alone does not count, or a false one costs something, who reports has to give a name.
    """
    if not telling:
        return
    guards = policy.safeguards or NO_SAFEGUARDS
    named = guards.corroborated_reports or guards.false_report_penalty_cents is not None
    row["reports"], row["corroborated"], row["penalty"] = telling, guards.corroborated_reports, guards.false_report_penalty_cents or 0
    if policy.reports is not None:
        row["anonymous"], row["reward"] = policy.reports.anonymous and not named, policy.reports.reward_cents
    if guards.corroborated_reports:
        row["evidence_days"] = guards.evidence_days
    if guards.report_inquiry is not None:
        row["inquiry"] = threshold(guards.report_inquiry)
        row["inquiry_sensitivity"] = threshold(guards.inquiry_sensitivity or 0.0)
        row["inquiry_specificity"] = threshold(guards.inquiry_specificity if guards.inquiry_specificity is not None else 1.0)


def _order_and_arrest(row: Any, policy: PolicyFile) -> None:
    """When, and whom, the policy lists by order; and for how long it keeps who is arrested in a march."""
    for rule in policy.rule:
        if rule.order_day is not None:
            row["order_day"], row["order_every"] = rule.order_day, rule.order_every_days or 0
            row["order_share"], row["order_whom"] = threshold(rule.order_share or 0.0), tables.WHOM.index(rule.order_whom)
    if policy.protest is not None:
        row["arrest_days"] = policy.protest.arrest_days


def _grow(row: Any, policy: PolicyFile) -> None:
    """Stages of the rollout."""
    rollout = policy.rollout
    if rollout is None or not policy.rule:
        return
    contexts: Mapping[Any, int] = rollout.contexts
    gates: Mapping[Any, int] = rollout.gates
    row["rollout"], row["rollout_every"] = tables.ROLLOUTS.index(rollout.by), rollout.every_days
    everywhere = [rollout.everywhere_stage] if rollout.pilot_districts is not None else []
    row["stages"] = max([*contexts.values(), *gates.values(), *everywhere], default=0)
    row["context_stage"][: len(tables.CONTEXTS)] = [contexts.get(context, 0) for context in tables.CONTEXTS]
    row["gate_stage"][: len(tables.GATES)] = [gates.get(gate, 0) for gate in tables.GATES]
    row["pilot"], row["everywhere"] = rollout.pilot_districts or tables.EVERYWHERE, rollout.everywhere_stage if everywhere else 0
    row["approval_bar"] = fixed(rollout.approval_bar or 0.0)
    row["scandal_bar"] = fixed(rollout.scandal_bar) if rollout.scandal_bar is not None else NOT_LOOKED_AT


def _foretell(row: Any, policy: PolicyFile, deeds: Deeds) -> None:
    """The risk model, if a rule rests on it."""
    risk = policy.risk
    if risk is None or not any(rule.deed == "high_risk" for rule in policy.rule):
        return
    row["risk_every"], row["risk_targets"] = risk.every_days, sum(1 << deeds.number(name) for name in risk.foretells)
    row["risk_distance"], row["risk_shift"] = [fixed(step) for step in risk.distance], [fixed(step) for step in risk.shift]
    row["risk_poor"], row["risk_ranked"] = fixed(risk.hardship_shift), risk.named_share is not None
    row["risk_share"], row["risk_from"] = threshold(risk.named_share or 0.0), fixed(risk.named_from or 0.0)


def _exposed(policy: PolicyFile, deeds: Deeds, score: Any) -> Any:
    """Which deeds and claims people know to be put on display, 1 / ONE: by a screen, or on a list whose names are shown."""
    import numpy as np

    shown = {row.name for row in policy.list if row.show_days}
    rows = np.zeros(tables.KINDS_MAX, np.int64)
    for rule in policy.rule:
        if score["announced"] and (rule.display_days or rule.list in shown):
            rows[deeds.number(rule.deed)] = ONE
    return rows


def _rule(rule: Rule, deeds: Deeds, sensors: Sequence[str], bands: Sequence[str], lists: Sequence[str]) -> dict[str, int]:
    mild, harsh = rule.points if isinstance(rule.points, tuple) else (rule.points or 0, rule.points or 0)
    return {
        "deed": deeds.number(rule.deed),
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
        "display": rule.display_days,
        "detain": rule.detain_days,
        "detain_after": rule.detain_after,
        "charge": rule.charge_cents,
        "paid": threshold(rule.paid_share),
    }


def _bands(policy: PolicyFile, values: Mapping[str, float]) -> list[dict[str, Any]]:
    """From the bottom up, as the kernel wants them."""
    bands = reversed(policy.score.band) if policy.score else ()
    return [
        {
            "floor": band.floor,
            "refuse": _gates(band.refuse, values),
            "perk": whole(Decimal(band.perk_cents_per_year) / 365),
            "sanction": band.sanction,
            "marked": band.marked,
            "priority": band.priority,
        }
        for band in bands
    ]


def _list(row: Listing, values: Mapping[str, float]) -> dict[str, Any]:
    return {
        "refuse": _gates(row.refuse, values),
        "public": row.public,
        "show_days": row.show_days,
        "leave_days": row.leave_working_days,
        "performance": row.performance,
        "pressure": fixed(row.pressure),
    }


def _heard(policy: PolicyFile, deeds: Deeds, sensors: Sequence[str]) -> Any:
    """The sensors whose word about each deed or claim counts, as bits."""
    import numpy as np

    rows = np.zeros(tables.KINDS_MAX, np.int64)
    for rule in policy.rule:
        rows[deeds.number(rule.deed)] |= _mask(rule.sensors, sensors)
    return rows


def _severities(policy: PolicyFile, deeds: Deeds) -> Any:
    import numpy as np

    rows = np.zeros(tables.KINDS_MAX, np.int64)
    for kind in deeds.kinds():
        rows[deeds.number(kind.name)] = _severity(policy, [rule for rule in policy.rule if rule.deed == kind.name])
    return rows


def _severity(policy: PolicyFile, rules: Sequence[Rule]) -> int:
    if any(rule.list is not None or rule.override_band is not None for rule in rules):
        return ONE
    detained = [ONE // rule.detain_after for rule in rules if rule.detain_days]
    charged = [min(rule.charge_cents * ONE // MONTH_OF_WAGES, ONE) for rule in rules]
    return max([*detained, *(cents for cents in charged if cents), _by_points(policy, rules)])


def _by_points(policy: PolicyFile, rules: Sequence[Rule]) -> int:
    room, points = _room(policy), [end for rule in rules for end in _ends(rule)]
    lost, gained = -min([0, *points]), max([0, *points])
    if lost == 0:
        return -min(whole(Decimal(gained) * ONE / _climb(policy, room)), ONE)
    return min(whole(Decimal(lost) * ONE / room), ONE)


def _by_staying_close(rules: Sequence[Rule], policy: PolicyFile, once: int) -> int:
    """What a year close to somebody sanctioned costs: it is held against her every month, up to a rule's cap."""
    lost = [min(-12 * point, rule.cap or -12 * point) for rule in rules for point in _ends(rule) if point < 0]
    return max([int(once), 0, *(min(whole(Decimal(points) * ONE / _room(policy)), ONE) for points in lost)])


def _ends(rule: Rule) -> tuple[int, ...]:
    """The points of a rule, or both ends of their range."""
    return () if rule.points is None else rule.points if isinstance(rule.points, tuple) else (rule.points,)


def _room(policy: PolicyFile) -> int:
    """Points between the base and the lowest score."""
    room = policy.score.base - policy.score.low if policy.score else 0
    return room if room > 0 else WITHOUT_SCORE


def _climb(policy: PolicyFile, room: int) -> int:
    """Points from the base to the next higher band, or to the highest score: what makes a gain worth something."""
    if policy.score is None:
        return room
    above = [band.floor for band in policy.score.band if band.floor > policy.score.base]
    climb = (min(above) if above else policy.score.high) - policy.score.base
    return climb if climb > 0 else room


def _sensors(policy: PolicyFile, law: Law, feeding: set[str], values: Mapping[str, float]) -> Any:
    """A copy of the shared sensors in which this policy's own numbers stand, as far as sensors reach and its limit lets them look."""
    watches = {watch.sensor: watch for watch in policy.watch}
    rows = catalogue.sensor_table([changed(sensor, watches.get(sensor.name)) for sensor in law.sensor], values)
    limit = (policy.safeguards or NO_SAFEGUARDS).coverage_limit
    most = threshold(limit) if limit is not None else CERTAIN
    for row, sensor in zip(rows, law.sensor, strict=False):
        if sensor.name in feeding and not sensor.ordinary:
            row["coverage"] = [min(_part(share, values.get("reach", 1.0)), most) for share in row["coverage"]]
    return rows


def changed(sensor: Sensor, watch: Watch | None) -> Sensor:
    """The sensor with what a policy's [[watch]] says otherwise."""
    if watch is None:
        return sensor
    shared = Sensor.model_fields.keys() & Watch.model_fields.keys() - catalogue.Evidence.model_fields.keys() - {"coverage", "sensor"}
    own: dict[str, Any] = {key: getattr(watch, key) for key in shared if getattr(watch, key) is not None}
    return sensor.model_copy(update={**own, "coverage": {**sensor.coverage, **(watch.coverage or {})}})


def _watched(sensors: Any, score: Any) -> Any:
    """Share of each context that the policy's sensors together look at, 1 / ONE."""
    import numpy as np

    rows = np.zeros(16, np.int64)
    looking = [row for number, row in enumerate(sensors) if int(score["sensors"]) >> number & 1]
    for context in range(len(tables.CONTEXTS)):
        unseen = prod(1 - Decimal(int(row["coverage"][context])) / CERTAIN for row in looking)
        rows[context] = fixed(1 - unseen)
    return rows


def _part(share: int, factor: float) -> int:
    """A threshold times a factor, at most certainty."""
    return min(whole(int(share) * Decimal(str(factor))), CERTAIN)


def _table(fields: Sequence[tuple[Any, ...]], rows: Sequence[Mapping[str, Any]]) -> Any:
    """A record array of at least one row: the kernel needs something to point at, and counts for itself."""
    import numpy as np

    made: Any = np.zeros(max(len(rows), 1), np.dtype([tuple(field) for field in fields]))
    for number, row in enumerate(rows):
        for key, value in row.items():
            made[key][number] = value
    return made


def _gates(refuse: Mapping[Any, float], values: Mapping[str, float]) -> list[int]:
    """Thresholds by gate: as many requests as are ordered to be refused, and as gatekeepers carry out."""
    carried = [_part(threshold(refuse.get(gate, 0.0)), values.get("compliance", 1.0)) for gate in tables.GATES]
    return carried + [0] * (8 - len(tables.GATES))


def _mask(names: Any, sensors: Sequence[str]) -> int:
    return sum(1 << sensors.index(name) for name in set(names))
