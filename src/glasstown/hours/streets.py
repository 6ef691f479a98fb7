"""Once a week those who are aggrieved make up their minds, one after the other, until nobody changes it; some are arrested."""

from glasstown import detaining, draws, measuring, politics, protesting, reacting
from glasstown.world import EVER_ARRESTED, EVER_DETAINED, EVER_MARCHED, MARCHES, PENSION_AGE


def protest(day, crowd, town, tables, policy, meter):
    """A day of protest; ``crowd``: the aggrieved, in the order of their numbers."""
    clock = town.clock[0]
    parameters = tables.parameters[0]
    for number in range(len(town.streets)):
        town.streets[number].marching = 0
        town.streets[number].aggrieved = 0
    for n in range(len(crowd)):
        town.streets[town.people[crowd[n]].district].aggrieved = town.streets[town.people[crowd[n]].district].aggrieved + 1
    for _ in range(protesting.ROUNDS):
        if not minds_change(day, crowd, town, tables):
            break
    clock.marching = 0
    for n in range(len(crowd)):
        if town.face[day & 1, crowd[n]] & MARCHES:
            clock.marching = clock.marching + 1
            marched(crowd[n], day, town, parameters, policy, meter)
    adults = 0
    for number in range(len(town.streets)):
        adults += town.streets[number].adults
    if clock.marching > 0:
        measuring.count(meter, measuring.MARCHED, 0, 1)
    if not clock.repealed and politics.concedes(clock.marching, adults, parameters):
        clock.repealed = 1
        measuring.count(meter, measuring.REPEALED, 0, 1)


def minds_change(day, crowd, town, tables):
    """One round: each of the aggrieved looks at those of the district who march. Returns how many changed their minds."""
    changed = 0
    for n in range(len(crowd)):
        i = crowd[n]
        who = town.people[i]
        street = town.streets[who.district]
        is_out = 1 if town.face[day & 1, i] & MARCHES else 0
        with_her = street.marching + 1 - is_out
        goes = protesting.marches(
            town.truth[i].grievance + 0, who.boldness, street.police, with_her, street.aggrieved, tables.curve, tables.parameters[0]
        )
        if bool(goes) != bool(is_out):
            changed += 1
            town.face[day & 1, i] ^= MARCHES
            street.marching = with_her if goes else with_her - 1
    return changed


def marched(i, day, town, parameters, policy, meter):
    """One who marches, and may be arrested."""
    clock = town.clock[0]
    who = town.people[i]
    life = town.life[i]
    street = town.streets[who.district]
    life.ever |= EVER_MARCHED
    measuring.count(meter, measuring.MARCHES, who.group, 1)
    word = draws.draw(clock.key_0, clock.key_1, i, day, draws.ARREST, 0)
    if word < protesting.arrested(street.police, street.marching, parameters):
        measuring.count(meter, measuring.ARRESTS, who.group, 1)
        life.ever |= EVER_ARRESTED
        reacting.punished(town.truth[i], policy.score[0].arrest_days > 0, parameters)
        if policy.score[0].arrest_days > 0:
            measuring.count(meter, measuring.DETENTIONS, who.group, detaining.begin(life, day, policy.score[0].arrest_days))
            life.ever |= EVER_DETAINED
            if who.age < PENSION_AGE:
                life.works = 0
