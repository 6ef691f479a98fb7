"""How a policy grows, is taken back or is given up: by schedule, or by approval and scandal; and what a march can end.

Stated approval overstates support: of those who do not approve, the fearful say that they do (list experiments: source F88). Approval
falls as errors and abuse become known (sources F52, F92); codes have been withdrawn within days (section 9a of the evidence).
"""

from glasstown.tables import BY_POLITICS, BY_SCHEDULE
from glasstown.world import BITS, ONE


def approves(mind):
    """Whether she says that she approves when asked: her view, unless fear speaks for her."""
    return mind.opinion + mind.fear >= 0


def scandal(before, wronged, adults, parameters):
    """What is publicly held against the policy, 1 / ONE: part of it is forgotten in a month, those visibly wronged today are added."""
    fresh = wronged * ONE // max(adults, 1) * ONE // max(parameters.notoriety, 1)
    return min(before - ((before * parameters.scandal_fading) >> BITS) + fresh, ONE)


def next_stage(stage, approving, scandal_now, score):
    """The stage of the rollout after a decision."""
    if score.rollout == BY_SCHEDULE:
        return min(stage + 1, score.stages)
    if score.rollout != BY_POLITICS:
        return stage
    if scandal_now >= score.scandal_bar:
        return max(stage - 1, 0)
    return min(stage + 1, score.stages) if approving >= score.approval_bar else stage


def concedes(marching, adults, parameters):
    """Whether so many march that the policy is given up."""
    return marching > 0 and marching * ONE >= parameters.concedes * adults
