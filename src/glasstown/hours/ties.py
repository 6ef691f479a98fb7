"""Ties go cold and warm again. What both ends must agree on is one draw for the pair over yesterday's two faces."""

from glasstown import draws, measuring, reacting
from glasstown.world import ADULT_AGE, STAINED


def without_cold_ones(i, day, who, mind, heard, town):
    """What she hears from her ties, those left out that have gone cold."""
    cold = mind.cold
    while cold:
        slot = draws.lowest(cold)
        cold &= cold - 1
        heard = reacting.unheard(heard, town.face[(day + 1) & 1, town.neighbours[who.first_tie + slot]])
    return heard


def week_passes(i, day, who, mind, heard, town, tables, meter):
    """Once a week she and each of her ties see where they stand, if either is stained or the tie is cold."""
    stained = town.face[(day + 1) & 1, i] & STAINED
    if not (stained or mind.cold or heard & reacting.STAINS):
        return
    if who.ties > 32:  # a cold tie is one of 32 bits; who has more ties keeps all of them
        return
    parameters = tables.parameters[0]
    clock = town.clock[0]
    for slot in range(who.ties):
        other = town.neighbours[who.first_tie + slot]
        is_cold = (mind.cold >> slot) & 1
        theirs = town.face[(day + 1) & 1, other] & STAINED
        if (is_cold or stained or theirs) and town.people[other].ties <= 32 and town.people[other].age >= ADULT_AGE:
            word = draws.draw(clock.key_0, clock.key_1, min(i, other), day, draws.COLD, max(i, other))
            changed = reacting.turns(is_cold, stained, theirs, slot < who.kin, word, parameters)
            if changed:
                mind.cold = mind.cold ^ (1 << slot)
                measuring.count(meter, measuring.COLD_TIES, who.group, -1 if is_cold else 1)
