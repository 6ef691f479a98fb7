"""Dealings with strangers: kept or broken. It happens to her, so she looks at the stranger; the stranger looks at her mark."""

from glasstown import draws, measuring, reacting
from glasstown.world import ADULT_AGE, STAINED

ATTEMPTS = 8  # at finding an adult stranger


def deals(i, j, day, luck, possible, who, mind, scored, town, tables, policy, meter):
    """She deals with a stranger, who keeps the deal or breaks it; her trust in strangers moves."""
    parameters = tables.parameters[0]
    if not (possible >> draws.DEAL) & 1 or luck[draws.DEAL, j] >= parameters.dealings:
        return
    clock = town.clock[0]
    other = stranger(i, day, who, town)
    if other < 0:
        return
    marked = town.face[(day + 1) & 1, i] & STAINED
    luck_of_image = draws.draw(clock.key_0, clock.key_1, other, 0, draws.OPINION, i)
    disliked = reacting.privately_disliked(who.propensity, luck_of_image, parameters)
    at_stake = policy.score[0].dealing if scored and policy.score[0].announced else 0
    chance = reacting.keeps(town.people[other].propensity, marked, disliked, at_stake, parameters)
    kept = draws.draw(clock.key_0, clock.key_1, i, day, draws.STRANGER, ATTEMPTS) < chance
    reacting.dealt(mind, kept, parameters)
    measuring.count(meter, measuring.DEALINGS, who.group, 1)
    measuring.count(meter, measuring.DEALINGS_KEPT, who.group, kept)
    if marked:
        measuring.count(meter, measuring.DEALINGS_MARKED, who.group, 1)
        measuring.count(meter, measuring.DEALINGS_MARKED_KEPT, who.group, kept)


def stranger(i, day, who, town):
    """Some other adult of the town; -1 if none is found."""
    clock = town.clock[0]
    for attempt in range(ATTEMPTS):
        word = draws.draw(clock.key_0, clock.key_1, i, day, draws.STRANGER, attempt)
        other = draws.below(word, len(town.people))
        if other != i and town.people[other].age >= ADULT_AGE:
            return other
    return -1
