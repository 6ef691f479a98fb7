"""How far the popular image lies from the record, systems that exist or existed: every shipped policy in the same towns.

Policies are compared where each holds everywhere from its first day and no march ends it, as claims are: towns that an image which
grows never reached would be taken for towns that it spared.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from math import isfinite, nan
from statistics import median
from typing import Any

from glasstown.study import claims, compare, findings, kept, store
from glasstown.study.compare import Comparison, Row
from glasstown.study.outcomes import SPECS, Spec
from glasstown.study.statistics import floor_of

IMAGE, RECORD = "image", ("documented", "estimated")  # the fidelity of the image, and of systems that exist or existed
FIDELITY = (IMAGE, *RECORD, "scenario")  # the order in which policies stand
SHOWN = ("value", "low", "high", "luck_low", "luck_high", "floor", "verdict", "counted")


def request_of(society: Any = "town", **sizes: Any) -> Comparison:
    """Every shipped policy that does anything, the image first, in force from the first day. Raises FileProblems and ValueError."""
    from glasstown.policy import load

    policies = [policy for policy in map(load.load, load.presets()) if policy.rule or policy.watch]
    policies.sort(key=lambda policy: FIDELITY.index(policy.fidelity))  # in one fidelity they keep the order of their names
    known: list[str] = [policy.fidelity for policy in policies]
    if known.count(IMAGE) != 1 or not set(RECORD) & {*known}:
        raise ValueError("the gap needs one policy of fidelity image and a real system among those that ship (see glasstown presets)")
    asked = compare.request_of(policies, society, **sizes)
    in_force = tuple(claims.in_force(request).policy for request in asked.requests())
    return Comparison(replace(claims.in_force(asked.base), policy=in_force[0]), in_force)


def found(asked: Comparison, columns: Sequence[Sequence[Row]]) -> Row:
    """What was found, as one document: a row an outcome in which anything happened under any policy."""
    left_out = findings.along(asked.base)
    specs = [spec for spec in SPECS if spec.name not in left_out]
    rows = [row for spec in specs if (row := distance(asked, columns, spec)) is not None]
    return {
        "policies": described(asked),
        "rows": rows,
        "told_as_curves": [spec.title for spec in SPECS if spec.name in left_out],
        "smoke_run": asked.base.quick,
        "command": compare.command(asked, "gap"),
        "digest": sha256("".join(pair["digest"] for pairs in columns for pair in pairs).encode()).hexdigest(),
        "request": asked.describe(),
        "versions": store.versions(),
    }


conduct = partial(kept.conduct, "gap", found)  # lives what is asked, or finds it, and publishes it


def described(asked: Comparison) -> list[Row]:
    """The policies: what each is called, how it is known, and how many of its numbers are known how well."""
    from glasstown.policy import explain

    rows = []
    for label, policy in zip(asked.labels, asked.policies, strict=True):
        grades = [row.grade for row in explain.numbers(policy)]
        counted = {grade: grades.count(grade) for grade in claims.GRADES}
        rows.append({"label": label, "title": policy.title, "fidelity": policy.fidelity, "numbers": counted})
    return rows


def distance(asked: Comparison, columns: Sequence[Sequence[Row]], spec: Spec) -> Row | None:
    """One outcome: every policy's difference from the twin, and the image minus the nearest and the median system of the record."""
    outcomes = [findings.outcome(pairs, spec, 0) for pairs in columns]
    if not any((one.value, one.low, one.high, one.twin) != (0, 0, 0, 0) and one.value is not None for one in outcomes):
        return None
    systems = [place for place, policy in enumerate(asked.policies) if policy.fidelity in RECORD]
    verdicts = [outcomes[place].verdict for place in systems]
    return {
        "outcome": spec.name, "title": spec.title, "unit": spec.unit, "grade": spec.grade, "twin": outcomes[0].twin,
        "policies": {label: {name: getattr(one, name) for name in SHOWN} for label, one in zip(asked.labels, outcomes, strict=True)},
        "record": {verdict: verdicts.count(verdict) for verdict in ("more", "less", "cannot tell")},
        "nearest": nearest(asked, columns, outcomes, systems, spec),
        "median": from_median(columns, systems, spec),
    }  # fmt: skip


def nearest(
    asked: Comparison, columns: Sequence[Sequence[Row]], outcomes: Sequence[findings.Outcome], systems: Sequence[int], spec: Spec
) -> Row | None:
    """The system of the record whose difference is nearest to the image's, and the image minus it in the same towns."""
    image = outcomes[0].value
    known = [(abs(value - image), place) for place in systems if image is not None and (value := outcomes[place].value) is not None]
    if not known:
        return None
    place = min(known)[1]
    return {"policy": asked.labels[place], **compare.difference(columns[0], columns[place], spec)}


def from_median(columns: Sequence[Sequence[Row]], systems: Sequence[int], spec: Spec) -> Row | None:
    """The median of the recorded systems' differences from the twin, taken in every pair of towns, and the image minus it."""
    by_system = zip(*(findings.differences(columns[place], spec.name) for place in systems), strict=True)
    middle = [median(known) if (known := [value for value in values if isfinite(value)]) else nan for values in by_system]
    finite = [value for value in middle if isfinite(value)]
    if not finite:
        return None
    apart = [own - value for own, value in zip(findings.differences(columns[0], spec.name), middle, strict=True)]
    some = [columns[0], *(columns[place] for place in systems)]
    floors = [floor_of(findings.differences(pairs, spec.name, arm="placebo")) for pairs in some]
    events = sum(pair["outcomes"]["policy"][spec.name][0][0] for pairs in some for pair in pairs) / spec.scale
    told = compare.told(apart, spec, floors, min(pair["adults"][0] for pair in columns[0]), abs(events))
    return {"level": sum(finite) / len(finite), **told}
