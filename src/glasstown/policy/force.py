"""A policy as it is applied: without what its safeguards rule out.

The file says what the policy would do; a safeguard of the same file can take part of it back. What is ruled out is not applied, and
deters nobody.
"""

from typing import TYPE_CHECKING

from glasstown.policy.schema import PolicyFile, Rule, Safeguards

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds

NO_SAFEGUARDS = Safeguards(grade="scenario")
HARMLESS = ("disapproved", "private")  # kinds of deeds that hurt nobody and are no good deeds


def in_force(policy: PolicyFile, deeds: "Deeds") -> PolicyFile:
    """The policy without the rules, displays and days of detention that its safeguards rule out."""
    guards = policy.safeguards or NO_SAFEGUARDS
    made = policy.model_copy(update={"rule": rules_in_force(policy, deeds)})
    if guards.no_display:
        made = made.model_copy(update=_undisplayed(policy))
    if policy.protest is not None:
        days = _limited(policy.protest.arrest_days, guards)
        made = made.model_copy(update={"protest": policy.protest.model_copy(update={"arrest_days": days})})
    return made


def rules_in_force(policy: PolicyFile, deeds: "Deeds") -> tuple[Rule, ...]:
    """The rules that no safeguard of the policy rules out, with what is left of them."""
    kept, guards = policy.rule, policy.safeguards or NO_SAFEGUARDS
    if guards.no_spillover:
        kept = tuple(rule for rule in kept if rule.deed != "close_to_marked")
    if guards.data_minimum:
        kept = tuple(rule for rule in kept if not harmless(rule, deeds))
    return tuple(left for rule in kept if leads_somewhere(left := _left_of(rule, guards)))


def leads_somewhere(rule: Rule) -> bool:
    """Whether a rule leads to anything."""
    return bool(rule.points or rule.override_band or rule.list or rule.display_days or rule.detain_days or rule.charge_cents)


def harmless(rule: Rule, deeds: "Deeds") -> bool:
    """Whether a rule is about what hurts nobody: a deed that is only frowned upon, a private one, or a view."""
    return rule.deed == "holds_view" or any(deed.name == rule.deed and deed.kind in HARMLESS for deed in deeds.deed)


def shows(policy: PolicyFile) -> bool:
    """Whether a screen or a message shows anybody under this policy."""
    return any(rule.display_days for rule in policy.rule) or any(row.show_days for row in policy.list)


def fed_by(policy: PolicyFile, deeds: "Deeds") -> set[str]:
    """The names of the sensors that feed the record: those of rules and of [[watch]] tables.

    Under data_minimum a sensor that only rules about harmless things would need is off.
    """
    needed = {name for rule in rules_in_force(policy, deeds) for name in rule.sensors}
    idle = {name for rule in policy.rule for name in rule.sensors} - needed if (policy.safeguards or NO_SAFEGUARDS).data_minimum else set()
    return (needed | {watch.sensor for watch in policy.watch}) - idle


def _left_of(rule: Rule, guards: Safeguards) -> Rule:
    """A rule with the days of display and of detention that safeguards leave."""
    days = {"display_days": 0 if guards.no_display else rule.display_days, "detain_days": _limited(rule.detain_days, guards)}
    return rule if all(getattr(rule, key) == value for key, value in days.items()) else rule.model_copy(update=days)


def _limited(days: int, guards: Safeguards) -> int:
    return days if guards.detention_limit_days is None else min(days, guards.detention_limit_days)


def _undisplayed(policy: PolicyFile) -> dict[str, object]:
    """No list is public or shown, and no band is marked."""
    lists = tuple(row.model_copy(update={"public": False, "show_days": 0}) for row in policy.list)
    if policy.score is None:
        return {"list": lists}
    bands = tuple(band.model_copy(update={"marked": False}) for band in policy.score.band)
    return {"list": lists, "score": policy.score.model_copy(update={"band": bands})}
