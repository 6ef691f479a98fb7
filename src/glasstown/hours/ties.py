"""Ties go cold and warm again. What both ends must agree on is one draw for the pair over yesterday's two faces."""

from glasstown import draws, measuring, reacting
from glasstown.world import ADULT_AGE, NEVER, PARIAH_TIES, STAINED


def without_cold_ones(i, day, who, mind, heard, town):
    """What she hears from her ties, those left out that have gone cold."""
    cold = mind.cold
    while cold:
        slot = draws.lowest(cold)
        cold &= cold - 1
        heard = reacting.unheard(heard, town.face[(day + 1) & 1, town.neighbours[who.first_tie + slot]])
    return heard


def week_passes(i, day, who, mind, life, heard, town, tables, policy, meter):
    """Once a week she and each of her ties see where they stand, if either is stained or the tie is cold; and she whether she is alone."""
    stained = town.face[(day + 1) & 1, i] & STAINED
    if not (stained or mind.cold or heard & reacting.STAINS):
        life.alone_since = NEVER
        return
    if who.ties > 32:  # a cold tie is one of 32 bits; who has more ties keeps all of them
        return
    parameters = tables.parameters[0]
    clock = town.clock[0]
    left = 0
    for slot in range(who.ties):
        other = town.neighbours[who.first_tie + slot]
        is_cold = (mind.cold >> slot) & 1
        theirs = town.face[(day + 1) & 1, other] & STAINED
        if (is_cold or stained or theirs) and town.people[other].ties <= 32 and town.people[other].age >= ADULT_AGE:
            word = draws.draw(clock.key_0, clock.key_1, min(i, other), day, draws.COLD, max(i, other))
            is_kin = slot < who.kin
            changed = reacting.turns(is_cold, stained, theirs, is_kin, costs(is_kin, clock, policy), word, parameters)
            if changed:
                mind.cold = mind.cold ^ (1 << slot)
                measuring.count(meter, measuring.COLD_TIES, who.group, -1 if is_cold else 1)
                measuring.count(meter, measuring.TIES_REGAINED if is_cold else measuring.TIES_LOST, who.group, 1)
        at_home = other >= i - who.place and other < i - who.place + who.household
        left += not at_home and town.people[other].age >= ADULT_AGE and not (mind.cold >> slot) & 1
    if mind.cold == 0 or left > PARIAH_TIES:
        life.alone_since = NEVER
    elif life.alone_since == NEVER:
        life.alone_since = day


def costs(is_kin, clock, policy):
    """How hard an announced policy punishes being close to somebody marked through a tie, 1 / ONE: of kin, or of any."""
    score = policy.score[0]
    if not clock.scored or not score.announced or score.through == 0 or (score.through == 1 and not is_kin):
        return 0
    return score.through_severity
