"""The words of explain: sensors, doors and parts of life as a reader calls them, and who says what a rule rests on."""

from collections.abc import Sequence

from glasstown.policy.known import or_
from glasstown.policy.schema import Rule

GATES = {
    "travel": "a journey",
    "work": "a job",
    "credit": "a loan",
    "school": "a school place",
    "housing": "a home",
    "services": "a service",
    "business": "a private business",
}
SENSORS = {
    "police": "the police",
    "court": "a court",
    "enforcement": "an enforcement court",
    "clerk": "an agency's clerk",
    "camera": "a camera",
    "face_recognition": "face recognition",
    "payments": "payment records",
    "platform": "platforms that read along",
    "travel_gate": "gates and tickets that ask for a name",
    "neighbours": "neighbours",
    "grid_clerk": "a grid clerk",
    "informers": "secret informers",
    "inference": "software that infers views",
    "data_match": "software that compares files",
    "customers": "customers who rate",
}
CONTEXTS = {
    "traffic": "on the roads",
    "finance": "in money matters",
    "courts": "under court orders",
    "utilities": "with bills and supplies",
    "family": "in the family",
    "work": "at work",
    "public": "in public places",
    "speech": "in speech",
    "community": "in the community",
    "private": "in private",
    "benefits": "in claims for benefits",
    "housing": "at home",
}
THROUGH = {"kin": "if it is kin or household", "ties": "if it is kin, a colleague, a neighbour or a friend"}
WHOM = {"anybody": "all adults", "dissenters": "those who openly dissent that day"}


def sensor(name: str) -> str:
    """A sensor in plain words."""
    return SENSORS.get(name, name.replace("_", " "))


def context(name: str) -> str:
    """Where something happens, in plain words."""
    return CONTEXTS.get(name, name.replace("_", " "))


def who(rules: Sequence[Rule], titles: dict[str, str]) -> str:
    """Those whom rules mean: "Who does this, or that"."""
    return f"Who {or_([titles.get(rule.deed, rule.deed) for rule in rules])}"


def by(rule: Rule) -> str:
    """On whose word a rule is applied."""
    if rule.through is not None:
        return THROUGH[rule.through]
    if not rule.sensors:
        return "as the model says"
    return f"if reported by {or_([sensor(name) for name in rule.sensors])}"
