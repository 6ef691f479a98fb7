"""What people make of it: perceived risk, fear, private views, and what they say aloud.

Perceived risk moves up with own and known sanctions and down with unpunished experience (Anwar and Loughran 2011,
Criminology 49). Views follow what ties express around an anchor (Friedkin and Johnsen 1990). Speech is a threshold over
fear and climate (Granovetter 1978; Gaisbauer, Olbrich and Banisch 2020), joined in one rule. Every coefficient is an
uncertainty whose range says where it may be zero.
"""

from glasstown.world import DISSENTS, ONE, PRAISES

DISSENT_SHIFT, PRAISE_SHIFT, SANCTION_SHIFT, FINE_SHIFT = 0, 8, 32, 40  # where heard counts each bit of the faces


def count(heard, shift):
    """How many ties show the face bit whose counter starts at ``shift``."""
    return (heard >> shift) & 255


def towards(value, goal, share):
    """value moved a share (1 / ONE) of the way to the goal, towards zero change."""
    gap = goal - value
    size = (abs(gap) * share) >> 12
    return value + (size if gap >= 0 else -size)


def punished(mind, by_policy, parameters):
    """Her own punishment: she sees the risk nearer to certainty; a policy's sanction also makes her fear visible acts."""
    mind.risk = towards(mind.risk, ONE, parameters.risk_own)
    if by_policy:
        mind.fear = min(mind.fear + parameters.fear_own, ONE)


def unpunished(mind, parameters):
    """A deed without consequence: the risk looks smaller."""
    mind.risk = towards(mind.risk, 0, parameters.risk_unpunished)


def hear_of_sanctions(mind, heard, parameters):
    """Fines and sanctions of ties, learned the day after."""
    for _ in range(count(heard, FINE_SHIFT)):
        mind.risk = towards(mind.risk, ONE, parameters.risk_tie)
    for _ in range(count(heard, SANCTION_SHIFT)):
        mind.risk = towards(mind.risk, ONE, parameters.risk_tie)
        mind.fear = min(mind.fear + parameters.fear_tie, ONE)


def month_passes(mind, parameters):
    """Risk drifts back to what ordinary law taught; fear fades."""
    mind.risk = towards(mind.risk, parameters.risk_ordinary, parameters.risk_fading)
    mind.fear = towards(mind.fear, 0, parameters.fear_fading)


def climate(heard, ties):
    """What her ties say, from -1 (all dissent) to 1 (all praise), 1 / ONE."""
    if ties == 0:
        return 0
    return (count(heard, PRAISE_SHIFT) - count(heard, DISSENT_SHIFT)) * ONE // ties


def wronged(mind, parameters):
    """An undeserved sanction costs the order some of her regard (procedural justice: Tyler 1990)."""
    mind.anchor = max(mind.anchor - parameters.legitimacy, -ONE)


def private_view(anchor, climate_now, parameters):
    """Private view: her anchor, drawn towards what her ties express."""
    return min(max(anchor + ((parameters.influence * climate_now) >> 12), -ONE), ONE)


def speech(opinion, boldness, fear, climate_now, parameters):
    """DISSENTS, PRAISES or 0 (silence): she speaks when her push passes the bar; fear holds back dissent only."""
    if opinion < 0:
        push = ((-opinion * boldness) >> 12) - ((parameters.climate * climate_now) >> 12) - ((parameters.chill * fear) >> 12)
        return DISSENTS if push > parameters.speak_bar else 0
    push = ((opinion * boldness) >> 12) + ((parameters.climate * climate_now) >> 12)
    return PRAISES if push > parameters.speak_bar else 0
