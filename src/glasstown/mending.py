"""What can be undone: appeals wait in one queue with a capacity, and are decided by an inquiry that can err.

The inquiry is the second door from truth to record: it is told whether the entry rests on a deed, and misreads it at the
policy's stated rates. A success writes the correction the same day.
"""

from glasstown.draws import ANSWERED, APPEAL, AUDITED, CHECKED, INQUIRY, REVIEW, draw
from glasstown.world import BITS, FROM_POWER, NEVER, NOTHING, WRONG

NOT_LOOKED_AT, PASSED, STOPPED = 0, 1, 2


def appeals(clock, i, day, claimed, score):
    """Whether she appeals against this claim: it must be known to her, and worth the trouble."""
    return score.appeals and score.notice and draw(clock.key_0, clock.key_1, i, day, APPEAL, claimed) < score.appeal_rate


def file_appeal(desk, claimed, origin, day):
    """Put an appeal on the desk for the evening's post; one at a time. ``origin`` is the truth that the inquiry will be about.

    Returns 1 if it was taken.
    """
    if desk.appeal_day != NEVER:
        return 0
    desk.appeal_day = day
    desk.appealed = claimed
    desk.appealed_origin = origin
    desk.ticket = 0
    return 1


def is_heard(desk, clock, day, score):
    """Whether her turn has come: her ticket was called, and the stated days have passed."""
    return desk.ticket > 0 and desk.ticket <= clock.served and day >= desk.appeal_day + score.appeal_days


def finds_error(clock, i, origin, claimed, appeal_day, score, parameters):
    """The reviewer's finding: an undeserved entry is found out with the sensitivity, a deserved one by error.

    Where reasons were given, an appeal can speak to them, and finds more; so does one that is independent (internal review changes
    15 to 21 % of decisions, tribunals 65 to 75 %: source F101). What power did, the operator's own review may overlook.
    """
    word = draw(clock.key_0, clock.key_1, i, appeal_day, REVIEW, claimed)
    if (WRONG >> origin) & 1:
        sensitivity = score.sensitivity
        if score.reasons:
            sensitivity += (((1 << 32) - sensitivity) * parameters.reasons_help) >> BITS
        if score.independent:
            sensitivity += (((1 << 32) - sensitivity) * parameters.independence) >> BITS
        elif origin == FROM_POWER:
            sensitivity -= (sensitivity * parameters.capture) >> BITS
        return word < sensitivity
    return word >= score.specificity


def check(clock, i, day, claimed, number, origin, score):
    """A machine's claim before it counts: NOT_LOOKED_AT, or what a person makes of it, PASSED or STOPPED."""
    extra = (claimed * 16 + number) * 2
    if draw(clock.key_0, clock.key_1, i, day, CHECKED, extra) >= score.review:
        return NOT_LOOKED_AT
    word = draw(clock.key_0, clock.key_1, i, day, CHECKED, extra + 1)
    if (WRONG >> origin) & 1:
        return STOPPED if word < score.review_sensitivity else PASSED
    return PASSED if word < score.review_specificity else STOPPED


def answers(clock, i, day, claimed, origin, score):
    """Her word before a machine's claim counts: NOT_LOOKED_AT if she gives none, else PASSED or STOPPED. It clears no deserved claim.

    Where the burden of proof is hers, a claim that is not answered stands.
    """
    if draw(clock.key_0, clock.key_1, i, day, ANSWERED, claimed * 2) >= score.answers:
        return NOT_LOOKED_AT
    cleared = (WRONG >> origin) & 1 and draw(clock.key_0, clock.key_1, i, day, ANSWERED, claimed * 2 + 1) < score.answer_clears
    return STOPPED if cleared else PASSED


def inquires(clock, i, day, claimed, origin, score):
    """What somebody reported, before it counts: NOT_LOOKED_AT, or what an inquiry makes of it, PASSED or STOPPED."""
    if draw(clock.key_0, clock.key_1, i, day, INQUIRY, claimed * 2) >= score.inquiry:
        return NOT_LOOKED_AT
    word = draw(clock.key_0, clock.key_1, i, day, INQUIRY, claimed * 2 + 1)
    if (WRONG >> origin) & 1:
        return STOPPED if word < score.inquiry_sensitivity else PASSED
    return PASSED if word < score.inquiry_specificity else STOPPED


def audits(clock, i, day, place, origin, score):
    """Whether this month's audit finds that power made this entry (``place``: slot, or 8 + list)."""
    return origin == FROM_POWER and draw(clock.key_0, clock.key_1, i, day, AUDITED, place) < score.audit


def close_appeal(desk):
    """The appeal is decided."""
    desk.appeal_day = NEVER
    desk.appealed = NOTHING
    desk.ticket = 0
