"""The twenty safeguards a policy can have: which it has, and the same policy with each of them added or taken away.

A variant differs from the policy in this one thing. Strengths of what is added are typical ones, listed with their reasons in
``ADDED``; a safeguard that a policy already has stays as strong as the policy says.
"""

from typing import TYPE_CHECKING, Any

from glasstown.policy.force import fed_by, harmless, shows
from glasstown.policy.schema import Band, Mending, PolicyFile, Safeguards

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds, Law

TITLES = {
    "notice": "people are told what is recorded about them",
    "reasons": "reasons are given with an entry",
    "appeal": "there is an appeal",
    "expiry": "entries, listings and set bands end by themselves",
    "correct_everywhere": "a correction reaches everything that took the claim over",
    "human_review": "a person checks what machines claim",
    "evidence": "one claim alone is not enough",
    "separate_contexts": "no consequence outside the context of the data",
    "no_spillover": "nobody answers for somebody close",
    "coverage_limit": "sensors may look at a limited share only",
    "consent": "only who agrees is scored",
    "data_minimum": "what harms nobody is not recorded",
    "sunset": "the policy ends by itself",
    "corroborated_reports": "what somebody reports is named, and one word alone is not enough",
    "report_penalty": "reports are looked into, and a false one costs who made it",
    "audit": "what officials do is looked into",
    "whistle_blowers": "who tells on an official is protected",
    "independent_appeal": "appeals are decided by somebody independent",
    "no_display": "nobody is put on display",
    "detention_limit": "no detention lasts longer than a set limit",
}
NAMES = tuple(TITLES)
_WHY: dict[str, Any] = {"grade": "scenario", "reason": "a safeguard of typical strength, added for comparison"}

# Appeals: about one decision in ten is appealed against and seven in ten hearings are won in the United Kingdom's disability
# benefit, as reported in secondary research. The others are scenarios: nobody knows what is typical. A penalty presupposes an
# inquiry, and that who reports is known.
ADDED: dict[str, dict[str, Any]] = {
    "notice": {"notice": True},
    "reasons": {"reasons": True},
    "appeal": {"appeal_rate": 0.1, "appeal_days": 30, "appeal_capacity_per_100000": 5.0, "sensitivity": 0.7, "specificity": 0.9},
    "expiry": {"expiry_days": 365, "term_days": 365, "override_days": 365},  # of the score, and of rules that list or set a band
    "correct_everywhere": {"correct_everywhere": True},
    "human_review": {"human_review": 1.0, "review_sensitivity": 0.7, "review_specificity": 0.95},
    "evidence": {"evidence_claims": 2, "evidence_days": 365},
    "separate_contexts": {"separate_contexts": True},
    "no_spillover": {"no_spillover": True},
    "coverage_limit": {"coverage_limit": 0.2},
    "consent": {"consent": 0.6},
    "data_minimum": {"data_minimum": True},
    "sunset": {"sunset_days": 365},
    "corroborated_reports": {"corroborated_reports": True},
    "report_penalty": {
        "false_report_penalty_cents": 50_000, "report_inquiry": 1.0, "inquiry_sensitivity": 0.7, "inquiry_specificity": 0.95,
    },
    "audit": {"audit": 0.5},
    "whistle_blowers": {"whistle_blowers": True},
    "independent_appeal": {"independent_appeal": True},
    "no_display": {"no_display": True},
    "detention_limit": {"detention_limit_days": 30},
}  # fmt: skip
_HOLDS = {"notice": "mending", "appeal": "mending"}  # the table a safeguard stands in; expiry is in several, the others: [safeguards]


def has(policy: PolicyFile, name: str) -> bool:
    """Whether the policy has the safeguard of this name."""
    if name == "expiry":
        return bool(policy.rule) and all(days is not None for days in _ends(policy))
    table = getattr(policy, _HOLDS.get(name, "safeguards"))
    value = None if table is None else getattr(table, next(iter(ADDED[name])))
    return value is not None and value is not False and (name != "appeal" or value > 0)


def variants(policy: PolicyFile, deeds: "Deeds | None" = None, law: "Law | None" = None) -> dict[str, PolicyFile]:
    """The policy with each safeguard changed: "+name" where it lacks one that can mean something, "-name" where it has it.

    "all" has every safeguard that can mean something, "none" has none. ``deeds`` and ``law`` are the catalogues of the policy's
    names; left out, the package's own.
    """
    from glasstown import catalogue

    deeds, law = deeds or catalogue.load_deeds(), law or catalogue.load_law()
    found: dict[str, PolicyFile] = {}
    every, bare = policy, policy
    for name in NAMES:
        if has(policy, name):
            found[f"-{name}"] = without(policy, name)
        elif applies(policy, name, deeds, law):
            found[f"+{name}"] = given(policy, name)
    for name in sorted(NAMES, key=("notice", "appeal").__contains__, reverse=True):  # what others rest on comes first
        if not has(every, name) and applies(every, name, deeds, law):
            every = given(every, name)
        if has(bare, name):
            bare = without(bare, name)
    return {**found, "all": every, "none": bare}


def applies(policy: PolicyFile, name: str, deeds: "Deeds", law: "Law") -> bool:
    """Whether the safeguard can mean anything for this policy."""
    if name in ("reasons", "correct_everywhere", "independent_appeal"):
        return has(policy, "appeal") and has(policy, "notice")
    if name == "appeal":
        return bool(policy.rule) and has(policy, "notice")  # nobody appeals against what she does not know
    if name == "human_review":
        own = {watch.sensor: watch.machine for watch in policy.watch if watch.machine is not None}
        feeding = fed_by(policy, deeds)
        return any(own.get(sensor.name, sensor.machine) for sensor in law.sensor if sensor.name in feeding)
    if name == "coverage_limit":
        feeding = fed_by(policy, deeds)
        return any(sensor.name in feeding and not sensor.ordinary for sensor in law.sensor)
    if name == "no_spillover":
        return any(rule.deed == "close_to_marked" for rule in policy.rule)
    if name == "data_minimum":
        return any(harmless(rule, deeds) for rule in policy.rule)
    if name in ("corroborated_reports", "report_penalty"):
        feeding = fed_by(policy, deeds)
        return any(sensor.name in feeding and sensor.reports for sensor in law.sensor)
    if name == "no_display":
        return shows(policy) or any(row.public for row in policy.list) or any(band.marked for band in _bands(policy))
    if name == "detention_limit":
        return _longest_detention(policy) > int(ADDED[name]["detention_limit_days"])
    return bool(policy.rule)


def given(policy: PolicyFile, name: str) -> PolicyFile:
    """The policy with this safeguard in its typical strength, or in its own where the policy has a part of it."""
    if name == "expiry":
        return _ending(policy, ADDED[name])
    own = getattr(policy, _HOLDS.get(name, "safeguards"))
    parts = {key for key in ADDED[name] if own is not None and key in own.model_fields_set and getattr(own, key)}
    return _changed(policy, name, {key: value for key, value in ADDED[name].items() if key not in parts})


def without(policy: PolicyFile, name: str) -> PolicyFile:
    """The policy without this safeguard."""
    if name == "expiry":
        return _ending(policy, {})
    fields = type(getattr(policy, _HOLDS.get(name, "safeguards"))).model_fields
    return _changed(policy, name, {key: False if fields[key].is_required() else fields[key].default for key in ADDED[name]})


def _changed(policy: PolicyFile, name: str, numbers: dict[str, Any]) -> PolicyFile:
    place = _HOLDS.get(name, "safeguards")
    table = getattr(policy, place)
    if table is None:
        table = Mending(notice=False, **_WHY) if place == "mending" else Safeguards(**_WHY)
    return policy.model_copy(update={place: table.model_copy(update=numbers)})


def _bands(policy: PolicyFile) -> tuple[Band, ...]:
    return policy.score.band if policy.score is not None else ()


def _longest_detention(policy: PolicyFile) -> int:
    arrest = policy.protest.arrest_days if policy.protest is not None else 0
    return max([arrest, *(rule.detain_days for rule in policy.rule)])


def _ends(policy: PolicyFile) -> list[int | None]:
    """After how many days each thing that a policy does to somebody ends; None: never by itself."""
    ends = [rule.term_days for rule in policy.rule if rule.list] + [rule.override_days for rule in policy.rule if rule.override_band]
    return [*ends, policy.score.expiry_days] if policy.score is not None else ends


def _ending(policy: PolicyFile, days: dict[str, int]) -> PolicyFile:
    """The policy in which all that has no end gets one; without ``days``, in which nothing has an end."""

    def ends(table: Any, key: str) -> dict[str, int | None]:
        return {key: (getattr(table, key) or days[key]) if days else None}

    rules = []
    for rule in policy.rule:
        term = ends(rule, "term_days") if rule.list else {}
        rules.append(rule.model_copy(update={**term, **(ends(rule, "override_days") if rule.override_band else {})}))
    score = policy.score.model_copy(update=ends(policy.score, "expiry_days")) if policy.score is not None else None
    return policy.model_copy(update={"rule": tuple(rules), "score": score})
