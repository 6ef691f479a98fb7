"""What people make of it: perceived risk, fear, trust, ties, private views, and what they say aloud.

Perceived risk moves up with own and known sanctions and down with unpunished experience (Anwar and Loughran 2011,
Criminology 49). Views follow what ties express around an anchor (Friedkin and Johnsen 1990). Speech is a threshold over
fear and climate (Granovetter 1978; Gaisbauer, Olbrich and Banisch 2020), or the optimum of a utility (Daymude, Axelrod and
Forrest 2025). Strangers deal by image scoring (Nowak and Sigmund 1998) and by private, noisy reputations (Hilbe et al. 2018).
Every coefficient is an uncertainty whose range says where it may be zero.
"""

from glasstown.world import BITS, DISSENTS, ONE, PRAISES

# where heard counts each bit of the faces
DISSENT_SHIFT, PRAISE_SHIFT, AWAY_SHIFT, SANCTION_SHIFT, FINE_SHIFT, DEVIANCE_SHIFT = 0, 8, 24, 32, 40, 48
STAINS = 0xFF << 16  # the counter of ties who are stained
AWAYS = 0xFF << 24  # and of those who are detained
JOINED, UNIFORM, PROPORTIONAL = 0, 1, 2  # rules of speech


def count(heard, shift):
    """How many ties show the face bit whose counter starts at ``shift``."""
    return (heard >> shift) & 255


def towards(value, goal, share):
    """value moved a share (1 / ONE) of the way to the goal, towards zero change."""
    gap = goal - value
    size = (abs(gap) * share) >> BITS
    return value + (size if gap >= 0 else -size)


def punished(mind, felt, parameters):
    """Her own punishment: she sees the risk nearer to certainty; what a policy does also makes her fear visible acts.

    ``felt`` is how hard the policy hits her, 1 / ONE (0: a fine of ordinary law): fear is risk x severity felt.
    """
    mind.risk = towards(mind.risk, ONE, parameters.risk_own)
    mind.fear = min(mind.fear + ((parameters.fear_own * felt) >> BITS), ONE)


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


def unheard(heard, face):
    """What is heard without one tie's face."""
    shift = 0
    while face:
        heard -= (face & 1) << shift
        face >>= 1
        shift += 8
    return heard


def live_ties(who, mind):
    """How many of her ties have not gone cold."""
    live = who.ties
    cold = mind.cold
    while cold:
        cold &= cold - 1
        live -= 1
    return live


def share(heard, shift, live):
    """Share of her live ties whose faces show the bit whose counter starts at ``shift``, 1 / ONE."""
    return count(heard, shift) * ONE // live if live > 0 else 0


def climate(heard, live):
    """What her live ties say, from -1 (all dissent) to 1 (all praise), 1 / ONE."""
    if live == 0:
        return 0
    return (count(heard, PRAISE_SHIFT) - count(heard, DISSENT_SHIFT)) * ONE // live


def wronged(mind, felt, parameters):
    """What hits her undeservedly costs the order some of her regard, as hard as it hits (procedural justice: Tyler 1990)."""
    mind.anchor = max(mind.anchor - ((parameters.legitimacy * felt) >> BITS), -ONE)


def private_view(anchor, climate_now, parameters):
    """Private view: her anchor, drawn towards what her ties express."""
    return min(max(anchor + ((parameters.influence * climate_now) >> BITS), -ONE), ONE)


def speech(opinion, boldness, fear, climate_now, watched, severity, parameters):
    """DISSENTS, PRAISES or 0 (silence): she speaks when her push passes the bar.

    Fear, and knowing that speech is ``watched`` (share, 1 / ONE), hold back dissent only. Under the rules of utility she dissents
    as far as ``severity`` (1 / ONE) lets her want to, and speaks if what is left passes the bar.
    """
    if opinion < 0:
        if parameters.speech_rule == JOINED:
            held_back = ((parameters.chill * fear) >> BITS) + ((parameters.hush * watched) >> BITS)
            push = ((-opinion * boldness) >> BITS) - ((parameters.climate * climate_now) >> BITS) - held_back
        else:
            act = dissent(-opinion, boldness, watched, severity, 0, parameters.speech_rule == PROPORTIONAL)
            push = (act * boldness) >> BITS
        return DISSENTS if push > parameters.speak_bar else 0
    push = ((opinion * boldness) >> BITS) + ((parameters.climate * climate_now) >> BITS)
    return PRAISES if push > parameters.speak_bar else 0


def dissent(desired, boldness, surveillance, severity, tolerance, proportional):
    """How far she dissents, at most as far as desired (all 1 / ONE): the optimum of a utility under surveillance.

    U(a) = -b (d - a) - [a > t] (v + (1 - v) a) s {1 or (a - t)}: Daymude, Axelrod and Forrest 2025 (arXiv 2509.03731).
    """
    if desired <= tolerance:
        return desired
    room = ((ONE - surveillance) * severity) >> BITS  # (1 - v) s
    if not proportional:
        worth = boldness > room and desired * (boldness - room) > boldness * tolerance + surveillance * severity
        return desired if worth else tolerance
    if room == 0:
        return desired if boldness >= severity else tolerance
    most = (tolerance + ((boldness - ((surveillance * severity) >> BITS)) << BITS) // room) // 2
    return min(max(most, tolerance), desired)


def turns(is_cold, one_stained, other_stained, is_kin, costly, word, parameters):
    """Whether a tie turns cold, or warm again, this week; alike at both ends (what it is handed is the same but for the order).

    ``costly``: how hard an announced policy punishes being close to somebody marked through such a tie, 1 / ONE (guilt by association
    destroys ties: Tirole 2021).
    """
    if one_stained or other_stained:
        chance = parameters.shun
        if is_kin:
            chance = (chance * parameters.shun_kin) >> BITS
        if one_stained and other_stained:  # those who are marked stand by one another
            chance = (chance * (ONE - parameters.solidarity)) >> BITS
        if costly:
            chance = (chance * (ONE + ((parameters.contact_cost * costly) >> BITS))) >> BITS
        return not is_cold and word < chance
    return is_cold and word < parameters.rewarm


def grievance(mind, poor, sanctioned, scandal, parameters):
    """What she has against the policy, 1 / ONE: hardship x (1 - legitimacy) (Epstein 2002); legitimacy is her view, from 0 to 1.

    The hardship is what the policy does to her and what is publicly held against it; who is poor feels it more.
    """
    hardship = parameters.grievance_sanction * sanctioned + ((parameters.outrage * scandal) >> BITS)
    if poor:
        hardship = (hardship * (ONE + parameters.grievance_hardship)) >> BITS
    return (min(hardship, ONE) * ((ONE - mind.opinion) >> 1)) >> BITS


def withdraws(mind, word, parameters):
    """Whether she withdraws this month to what is not watched: some who are aggrieved do."""
    return mind.grievance > parameters.protest_bar and word < parameters.leaves


def privately_disliked(propensity, word, parameters):
    """Whether a stranger privately thinks badly of her: of somebody worse than the mean, or by mistake of somebody better."""
    return (propensity > ONE) != (word < parameters.image_error)


def keeps(propensity, marked, disliked, at_stake, parameters):
    """Threshold of the chance that a stranger of this propensity keeps a deal with her.

    ``at_stake``: how hard a policy in force rewards or punishes how people deal, 1 / ONE. What is done for the score may crowd
    out what was done for its own sake.
    """
    factor = ONE - ((parameters.keep_spread * (min(propensity, 4 * ONE) - ONE)) >> BITS)
    factor += ((parameters.stake - parameters.crowding) * at_stake) >> BITS
    if marked:
        factor -= parameters.image
    if disliked:
        factor -= parameters.private_image
    return min((parameters.keep * min(max(factor, 0), 4 * ONE)) >> BITS, 0x100000000)


def dealt(mind, kept, parameters):
    """Trust in strangers moves towards full with a deal kept, towards none with one broken."""
    mind.trust = towards(mind.trust, ONE if kept else -ONE, parameters.trust_moves)
