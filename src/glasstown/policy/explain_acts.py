"""What a policy does beyond points, bands and lists, in plain sentences: reports, displays, detention, orders, growth, marches."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from glasstown.policy.force import fed_by, shows
from glasstown.policy.known import and_, known, or_, percent, time_of, wages
from glasstown.policy.plain import GATES, WHOM, by, context, sensor, who
from glasstown.policy.schema import PolicyFile, Rollout, Rule

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds, Law


def telling(policy: PolicyFile, deeds: "Deeds", law: "Law") -> Iterator[str]:
    """Who tells on whom."""
    people = [row.name for row in law.sensor if row.reports and row.name in fed_by(policy, deeds)]
    if not people:
        return
    yield f"People tell on one another: {and_([sensor(name) for name in people])} report what they say they saw or heard."
    reports = policy.reports
    yield "Nobody learns who told." if reports is not None and reports.anonymous else "Who told is known."
    if reports is not None and reports.reward_cents:
        yield f"A report that counts earns who made it {wages(reports.reward_cents)}{known(reports, 'reward_cents')}."
    else:
        yield "There is no reward for it."


def showing(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    """Who is put on display."""
    for rules in _alike(policy, "display_days"):
        days = f"{time_of(rules[0].display_days)}{known(rules[0], 'display_days')}"
        yield f"{who(rules, titles)} is shown on a screen for {days}, {by(rules[0])}."
    if policy.display is None or not shows(policy):
        return
    reach = f"{percent(policy.display.reach)} of days{known(policy.display, 'reach')}"
    yield f"Those around a person come across such a picture or message on {reach}."
    if policy.display.masked:
        yield "Name and picture are partly hidden, so that a person may not be recognised."


def charging(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    """What rules charge, and how many pay."""
    for rule in policy.rule:
        if rule.charge_cents:
            paid = "" if rule.paid_share == 1 else f"; {percent(rule.paid_share)}{known(rule, 'paid_share')} of those charged pay"
            yield f"{who([rule], titles)} is charged {wages(rule.charge_cents)}{known(rule, 'charge_cents')}, {by(rule)}{paid}."
    if any(rule.charge_cents for rule in policy.rule):
        yield "What was charged for a claim that an appeal finds wrong is given back."


def foretelling(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    """What the risk model foretells, of whom, and how well."""
    risk = policy.risk
    if risk is None:
        return
    told = f"who {or_([titles.get(name, name) for name in risk.foretells])}" if risk.foretells else "nothing that anybody does"
    often = f"Every {time_of(risk.every_days)}{known(risk, 'every_days')}".replace("Every 1 ", "Every ")
    yield f"{often} a model gives everybody a risk score. It is meant to foretell {told}."
    if not risk.foretells:
        yield "So nobody whom it names has done anything that the town knows of."
    low, high = (f"{distance:g}" for distance in risk.distance)
    apart = f"{low} (majority) and {high} (minority) standard deviations{known(risk, 'distance')}"
    if risk.foretells:
        yield f"Who did so since the last round scores higher than the rest by {apart}."
    if any(risk.shift):
        low, high = (f"{shift:+g}" for shift in risk.shift)
        apart = f"by {low} (majority) and {high} (minority) standard deviations{known(risk, 'shift')}"
        yield f"It moves the scores of a group {apart}, whatever its members did."
    if risk.hardship_shift:
        yield f"Whatever she did, hardship moves a score by {risk.hardship_shift:+g} standard deviations{known(risk, 'hardship_shift')}."
    if risk.named_share is not None:
        yield f"The {percent(risk.named_share)} with the highest scores are named{known(risk, 'named_share')}."
    else:
        yield f"Whoever scores at least {risk.named_from:g} standard deviations is named{known(risk, 'named_from')}."


def detaining(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    """Who is taken away, and for how long."""
    for rules in _alike(policy, "detain_days"):
        after, rule = "", rules[0]
        if rule.detain_after > 1:
            after = f", once {rule.detain_after}{known(rule, 'detain_after')} such entries count against her at a time, this one among them"
        days = f"{time_of(rule.detain_days)}{known(rule, 'detain_days')}"
        yield f"{who(rules, titles)} is detained for {days}, {by(rule)}{after}."
    if any(rule.detain_days for rule in policy.rule):
        yield "Who is detained is away from home, earns nothing and can lose her work."


def ordering(policy: PolicyFile) -> Iterator[str]:
    """What officials order, for a reason that is not in the rules."""
    for rule in policy.rule:
        if rule.order_day is None:
            continue
        again = f", and again every {time_of(rule.order_every_days)}{known(rule, 'order_every_days')}" if rule.order_every_days else ""
        when = f"{time_of(rule.order_day)} after the start{known(rule, 'order_day')}{again.replace('every 1 ', 'every ')}"
        whom = f"{percent(rule.order_share or 0)}{known(rule, 'order_share')} of {WHOM[rule.order_whom]}"
        yield f"For a reason outside the rules, {when}, officials order that {whom} {and_(list(_ordered(rule)))}."
        yield "No deed of theirs is needed for it."


def _ordered(rule: Rule) -> Iterator[str]:
    """What is done to those who are meant by an order."""
    if rule.list is not None:
        term = f" for {time_of(rule.term_days)}{known(rule, 'term_days')}" if rule.term_days else ""
        yield f"are put on the list “{rule.list.replace('_', ' ')}”{term}"
    if rule.points is not None:
        ends = rule.points if isinstance(rule.points, tuple) else (rule.points,)
        many = " to ".join(f"{abs(end):,}" for end in ends)
        yield f"{'lose' if ends[0] < 0 else 'gain'} {many} points{known(rule, 'points')}"
    if rule.override_band is not None:
        yield f"are put in band {rule.override_band}"
    if rule.display_days:
        yield f"are shown on a screen for {time_of(rule.display_days)}{known(rule, 'display_days')}"
    if rule.detain_days:
        yield f"are detained for {time_of(rule.detain_days)}{known(rule, 'detain_days')}"


def growing(policy: PolicyFile, deeds: "Deeds") -> Iterator[str]:
    """How it grows."""
    rollout = policy.rollout
    if rollout is None:
        return
    about = {rule.deed for rule in policy.rule}
    first = dict.fromkeys(kind.context for kind in deeds.kinds() if kind.name in about and not rollout.contexts.get(kind.context))
    count = rollout.pilot_districts
    where = f" in the first {count} district{'' if count == 1 else 's'} of the town{known(rollout, 'pilot_districts')}" if count else ""
    begins = [*_added([*first], _closing(policy, rollout))]
    yield f"It begins{where}: {'; '.join(begins)}." if begins else f"It begins{where}, and at first nothing follows from it."
    everywhere = {rollout.everywhere_stage} if count is not None else set()
    for stage in sorted({*rollout.contexts.values(), *rollout.gates.values(), *everywhere} - {0}):
        parts = [f"it holds in the whole town{known(rollout, 'everywhere_stage')}"] if stage in everywhere else []
        later = [name for name, from_ in rollout.contexts.items() if from_ == stage]
        parts += _added(later, [name for name, from_ in rollout.gates.items() if from_ == stage])
        yield f"From stage {stage} on, {'; '.join(parts)}."
    yield _growth(rollout)


def _closing(policy: PolicyFile, rollout: Rollout) -> list[str]:
    """The doors that the policy closes from the first day."""
    rows: Sequence[Any] = (*policy.list, *(policy.score.band if policy.score else ()))
    later = {str(gate) for gate, stage in rollout.gates.items() if stage}
    return [gate for gate in GATES if gate not in later and any(row.refuse.get(gate) for row in rows)]


def _added(contexts: Sequence[str], gates: Sequence[str]) -> list[str]:
    """What counts, and what can be refused."""
    counts = [f"what people do {or_([context(name) for name in contexts])} counts"] if contexts else []
    return counts + ([f"requests for {or_([GATES[gate] for gate in gates])} can be refused"] if gates else [])


def _growth(rollout: Rollout) -> str:
    often = f"Every {time_of(rollout.every_days)}{known(rollout, 'every_days')}".replace("Every 1 ", "Every ")
    if rollout.by == "schedule":
        return f"{often} it goes a stage further, whatever people think of it."
    further = f"at least {percent(rollout.approval_bar or 0)}{known(rollout, 'approval_bar')} of adults say, when asked, that they approve"
    if rollout.scandal_bar is None:
        return f"{often} it goes a stage further if {further}."
    bar = f"{percent(rollout.scandal_bar)}{known(rollout, 'scandal_bar')}"
    scandal = "the scandal over those who were visibly wronged"
    return f"{often} it goes a stage further if {further}, and a stage back if {scandal} has reached {bar} of a full one."


def marching(policy: PolicyFile) -> Iterator[str]:
    """What is done with people who march against it."""
    protest = policy.protest
    if protest is None:
        return
    if protest.arrest_days:
        days = f"{time_of(protest.arrest_days)}{known(protest, 'arrest_days')}"
        yield f"Who marches against the policy and is arrested is detained for {days}."
    else:
        yield "Who marches against the policy and is arrested is let go."


def _alike(policy: PolicyFile, key: str) -> Iterator[list[Rule]]:
    """Rules that lead to as many days of something on the same word, joined; orders are told apart."""
    groups: dict[tuple[Any, ...], list[Rule]] = {}
    for rule in policy.rule:
        if getattr(rule, key) and rule.order_day is None:
            groups.setdefault((by(rule), getattr(rule, key), rule.detain_after, known(rule, key)), []).append(rule)
    yield from groups.values()
