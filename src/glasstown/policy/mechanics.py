"""The fifteen mechanics of which documented systems are made, and which of them a policy file uses.

They are read off the file, so a policy cannot claim one that is not at work in it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from glasstown.policy.schema import PolicyFile


def refusals(policy: PolicyFile) -> Sequence[Mapping[Any, float]]:
    """What each list and each band refuses, by gate."""
    bands = policy.score.band if policy.score is not None else ()
    return [*(row.refuse for row in policy.list), *(band.refuse for band in bands)]


def ledger(policy: PolicyFile) -> bool:
    """Points from a base, in bands."""
    return policy.score is not None and len(policy.score.band) > 1 and any(rule.points for rule in policy.rule)


def override(policy: PolicyFile) -> bool:
    """One event sets the band."""
    return any(rule.override_band for rule in policy.rule)


def repeats(policy: PolicyFile) -> bool:
    """A repeat counts more, points are earned back, a cap holds, or entries run out."""
    score = policy.score
    timed = score is not None and bool(score.clean_days or score.expiry_days or score.decay)
    return timed or any(rule.repeat or rule.cap for rule in policy.rule)


def legal_list(policy: PolicyFile) -> bool:
    """A list that is entered by a test of conduct and left by performance or after a term."""
    entered = {row.name: [rule for rule in policy.rule if rule.list == row.name and rule.sensors] for row in policy.list}
    return any(entered[row.name] and (row.performance or any(rule.term_days for rule in entered[row.name])) for row in policy.list)


def joint(policy: PolicyFile) -> bool:
    """One list or band closes several doors."""
    return any(sum(share > 0 for share in refuse.values()) > 1 for refuse in refusals(policy))


def rewards_only(policy: PolicyFile) -> bool:
    """Advantages, and nothing that is closed or taken; whoever takes part agreed to."""
    bands = policy.score.band if policy.score is not None else ()
    closes = any(any(refuse.values()) for refuse in refusals(policy)) or any(band.sanction for band in bands)
    takes = any(rule.charge_cents or rule.detain_days or rule.display_days or rule.list for rule in policy.rule)
    consent = policy.safeguards is not None and policy.safeguards.consent is not None
    return any(band.perk_cents_per_year for band in bands) and not closes and not takes and consent


def private_score(policy: PolicyFile) -> bool:
    """A private body's score of conduct, used at doors by others."""
    private = policy.law is not None and policy.law.operator == "private"
    return private and policy.score is not None and any(any(band.refuse.values()) or band.perk_cents_per_year for band in policy.score.band)


def ranked(policy: PolicyFile) -> bool:
    """A model ranks people, and the highest are looked into."""
    return policy.risk is not None and policy.risk.named_share is not None


def from_a_score(policy: PolicyFile) -> bool:
    """A model scores people, and something must follow above a cut."""
    return policy.risk is not None and policy.risk.named_from is not None


def matched(policy: PolicyFile) -> bool:
    """Files are compared, and a difference stands unless its subject disproves it."""
    return any("data_match" in rule.sensors for rule in policy.rule)


def displayed(policy: PolicyFile) -> bool:
    """Software recognises somebody, and a screen shows her."""
    return any(rule.display_days and {"face_recognition", "camera"} & set(rule.sensors) for rule in policy.rule)


def tips(policy: PolicyFile) -> bool:
    """What people report of one another is looked into."""
    return any({"neighbours", "informers"} & set(rule.sensors) for rule in policy.rule)


def spills_over(policy: PolicyFile) -> bool:
    """A household or a family answers for its members."""
    return (policy.score is not None and policy.score.pooled) or any(rule.through for rule in policy.rule)


def ordered(policy: PolicyFile) -> bool:
    """An official uses it for a reason outside the rules."""
    return any(rule.deed == "by_order" for rule in policy.rule)


def rated(policy: PolicyFile) -> bool:
    """People rate whom they deal with, and a low mean costs the work."""
    return any("customers" in rule.sensors for rule in policy.rule)


MECHANICS: dict[str, tuple[str, Callable[[PolicyFile], bool]]] = {
    "m1": ("points from a base, in bands", ledger),
    "m2": ("one event sets the band", override),
    "m3": ("repeats count more, points come back, caps, entries that run out", repeats),
    "m4": ("a list with a legal test of entry, left by performance or after a term", legal_list),
    "m5": ("one list or band closes several doors", joint),
    "m6": ("rewards only, for who takes part", rewards_only),
    "m7": ("a private score of conduct, used by others", private_score),
    "m8": ("a model ranks people, and the highest are looked into", ranked),
    "m9": ("a model scores people, and above a cut something follows", from_a_score),
    "m10": ("files are compared, and a difference stands unless disproved", matched),
    "m11": ("software recognises faces, and a screen shows them", displayed),
    "m12": ("people report one another", tips),
    "m13": ("a household or family answers for its members", spills_over),
    "m14": ("officials use it for a reason outside the rules", ordered),
    "m15": ("people rate whom they deal with", rated),
}


def of(policy: PolicyFile) -> list[str]:
    """The numbers of the mechanics that are at work in a policy."""
    return [number for number, (_, works) in MECHANICS.items() if works(policy)]


def title(number: str) -> str:
    """A mechanic in plain words."""
    return MECHANICS[number][0]
