"""What can be put right under a policy, and what protects people from it, in plain sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from glasstown.policy import safeguards
from glasstown.policy.known import known, percent, time_of, wages
from glasstown.policy.schema import Mending, PolicyFile, Safeguards

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds, Law


def mending(policy: PolicyFile) -> Iterator[str]:
    """Notice and appeal."""
    if not (policy.rule or policy.watch):
        return
    if policy.mending is None:
        yield "Nobody is told what is recorded about her, and there is no appeal."
        return
    yield from _appeals(policy.mending)


def _appeals(mending: Mending) -> Iterator[str]:
    yield "Entries are made known to the person concerned." if mending.notice else "Entries are not made known to the person concerned."
    if mending.answer_share:
        answered = f"{percent(mending.answer_share)} of what machines claim is answered before it counts{known(mending, 'answer_share')}"
        cleared = f"an answer disproves {percent(mending.answer_clears)} of what is undeserved{known(mending, 'answer_clears')}"
        yield f"{answered}, and the rest stands; {cleared}."
    if not mending.appeal_rate:
        yield "There is no appeal."
    elif not mending.notice:
        yield "There is an appeal, but nobody can use it who does not know what is recorded."
    else:
        asked = f"{percent(mending.appeal_rate)} of entries are appealed against{known(mending, 'appeal_rate')}"
        lasts = f"a decision takes {time_of(mending.appeal_days)} at least{known(mending, 'appeal_days')}"
        capacity = mending.appeal_capacity_per_100000
        room = f"at most {capacity:g} {'is' if capacity == 1 else 'are'} decided a working day for every 100,000 people"
        yield f"{asked}; {lasts}; {room}{known(mending, 'appeal_capacity_per_100000')}."
        found = f"{percent(mending.sensitivity)} of undeserved entries to be so{known(mending, 'sensitivity')}"
        yield f"An appeal finds {found}, and upholds {percent(mending.specificity)} of deserved ones{known(mending, 'specificity')}."


def protecting(policy: PolicyFile, deeds: "Deeds", law: "Law") -> Iterator[str]:
    """The safeguards in full, then which the policy has and which it lacks; those that could mean nothing here are not counted."""
    if not (policy.rule or policy.watch):
        return
    if policy.safeguards is not None:
        yield from _evidence(policy.safeguards)
        yield from _limits(policy.safeguards)
        yield from _reports(policy.safeguards)
        yield from _power(policy.safeguards)
    has = [title for name, title in safeguards.TITLES.items() if safeguards.has(policy, name)]
    lacks = [
        title
        for name, title in safeguards.TITLES.items()
        if not safeguards.has(policy, name) and safeguards.applies(policy, name, deeds, law)
    ]
    count = f"Of {len(safeguards.NAMES)} safeguards it has {len(has)}"
    yield f"{count}: {'; '.join(has)}." if has else f"{count}."
    if lacks:
        yield f"It could have these, and does not: {'; '.join(lacks)}."


def _evidence(guards: Safeguards) -> Iterator[str]:
    """What must be given or checked before something counts."""
    if guards.reasons:
        yield "Reasons are given with an entry."
    if guards.human_review is not None:
        checked = f"A person checks {percent(guards.human_review)} of what machines claim{known(guards, 'human_review')}"
        stops = f"stops {percent(guards.review_sensitivity or 0)} of undeserved claims{known(guards, 'review_sensitivity')}"
        passes = percent(guards.review_specificity if guards.review_specificity is not None else 1)
        yield f"{checked}; she {stops} and lets {passes} of deserved ones pass{known(guards, 'review_specificity')}."
    if guards.evidence_claims is not None:
        within = f"within {time_of(guards.evidence_days)}{known(guards, 'evidence_days')}"
        yield f"{guards.evidence_claims} claims of one kind{known(guards, 'evidence_claims')} must come {within} before one counts."


def _limits(guards: Safeguards) -> Iterator[str]:
    """How far the policy may go."""
    if guards.separate_contexts:
        yield "What is known from one part of life closes no door in another."
    if guards.no_spillover:
        yield "Nobody answers for somebody close: rules about people close to somebody marked do not apply."
    if guards.coverage_limit is not None:
        yield f"No sensor that it adds may look at more than {percent(guards.coverage_limit)}{known(guards, 'coverage_limit')}."
    if guards.consent is not None:
        yield f"Only who agrees is scored: {percent(guards.consent)} of adults do{known(guards, 'consent')}."
    if guards.data_minimum:
        yield "What harms nobody is not recorded: rules about such deeds and views do not apply."
    if guards.sunset_days is not None:
        yield f"The policy ends by itself after {time_of(guards.sunset_days)}{known(guards, 'sunset_days')}."
    if guards.no_display:
        yield "Nobody is put on display: no screen or message shows anybody, lists are not public, and bands cannot be seen by others."
    if guards.detention_limit_days is not None:
        yield f"No detention lasts longer than {time_of(guards.detention_limit_days)}{known(guards, 'detention_limit_days')}."
    if guards.correct_everywhere:
        yield "A won appeal clears all entries and lists that took the claim over."


def _reports(guards: Safeguards) -> Iterator[str]:
    """What keeps people from telling what is false of one another."""
    if guards.corroborated_reports:
        within = f"within {time_of(guards.evidence_days)}{known(guards, 'evidence_days')}"
        yield f"Who reports somebody has to give a name, and a report counts only if a second one of its kind comes {within}."
    if guards.report_inquiry is not None:
        looked = f"{percent(guards.report_inquiry)} of reports are looked into before they count{known(guards, 'report_inquiry')}"
        stops = f"{percent(guards.inquiry_sensitivity or 0)} of undeserved ones{known(guards, 'inquiry_sensitivity')}"
        passes = percent(guards.inquiry_specificity if guards.inquiry_specificity is not None else 1)
        yield f"{looked}; the inquiry stops {stops} and lets {passes} of deserved ones pass{known(guards, 'inquiry_specificity')}."
    if guards.false_report_penalty_cents is not None:
        cost = f"{wages(guards.false_report_penalty_cents)}{known(guards, 'false_report_penalty_cents')}"
        yield f"A report that is found false costs who made it {cost}; who reports has to give a name."


def _power(guards: Safeguards) -> Iterator[str]:
    """What keeps officials from abusing what they can do."""
    if guards.audit is not None:
        looked = f"{percent(guards.audit)} of what officials do is looked into{known(guards, 'audit')}"
        yield f"{looked}, and each month as large a share of the entries that they had no right to make is found and taken back."
    if guards.whistle_blowers:
        yield "Who tells on an official is protected."
    if guards.independent_appeal:
        yield "Appeals are decided by somebody who does not belong to the operator."
