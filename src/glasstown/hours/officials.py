"""What officials do with their power: demands for money, entries that vanish or are erased; and what the audit finds."""

from glasstown import draws, measuring, mending, power, reacting, scoring
from glasstown.hours import denounces, standing
from glasstown.tables import DISAPPROVED, PRIVATE
from glasstown.world import (
    ADULT_AGE,
    AIMS,
    BY_APPEAL,
    BY_POWER,
    DEMAND,
    EVER_CAUGHT,
    EVER_EXTORTED,
    EVER_SPARED,
    FROM_DEED,
    FROM_POWER,
    IS_SCORED,
    NEVER,
    NO_CITIZEN,
    NOTHING,
    OFFICIAL,
    ORDINARY,
)

ATTEMPTS = 8  # at finding an adult of the district
PAYS, TELLS, HELD_AGAINST, KNOWS = 0, 1, 2, 3  # what a draw is for


def demands(i, j, day, luck, possible, who, life, town, tables, policy):
    """An official demands money of somebody in the district."""
    if who.status != OFFICIAL or not (possible >> draws.DEMANDS) & 1 or life.ever & EVER_CAUGHT or town.tray[i] & AIMS:
        return
    if luck[draws.DEMANDS, j] >= power.unaudited(tables.parameters[0].extortion, policy.score[0]):
        return
    clock = town.clock[0]
    district = town.districts[who.district]
    for attempt in range(ATTEMPTS):
        other = district.first + draws.below(draws.draw(clock.key_0, clock.key_1, i, day, draws.DEMANDED, attempt), district.count)
        at_home = other >= i - who.place and other < i - who.place + who.household
        if not at_home and town.people[other].age >= ADULT_AGE:
            town.desk[i].aims_at = other
            town.desk[i].why = DEMAND
            town.tray[i] |= AIMS
            return


def demanded(i, day, town, tables, policy, meter):
    """In the evening, the demand is paid; or refused, and then told, held against the one who refused, or forgotten."""
    clock = town.clock[0]
    parameters = tables.parameters[0]
    other = town.desk[i].aims_at + 0
    life, mind = town.life[other], town.truth[other]
    price = power.price(town.people[other].wage, parameters)
    group = town.people[other].group
    secret = a_secret(i, day, mind, clock, tables, policy)
    kind = secret
    if secret == NOTHING:
        word = draws.draw(clock.key_0, clock.key_1, i, day, draws.MOTIVE, 1)
        kind = denounces.accusation(word, policy.score[0].sensors, clock, tables, policy)
    if price == 0 or kind == NOTHING or not life.state & IS_SCORED:
        return
    measuring.count(meter, measuring.DEMANDS, group, 1)
    if draws.draw(clock.key_0, clock.key_1, i, day, draws.YIELDS, PAYS) < power.pays(policy.severity[kind], mind.fear, parameters):
        life.purse = life.purse - price
        town.life[i].purse = town.life[i].purse + price
        life.ever |= EVER_EXTORTED
        reacting.wronged(mind, policy.severity[kind], parameters)
        measuring.count(meter, measuring.PAYMENTS, group, 1)
        measuring.count(meter, measuring.EXTORTED, group, price)
        return
    tells = parameters.tells_protected if policy.score[0].protects else parameters.tells
    if draws.draw(clock.key_0, clock.key_1, i, day, draws.YIELDS, TELLS) < tells:
        town.life[i].ever |= EVER_CAUGHT
        measuring.count(meter, measuring.TOLD_ON, group, 1)
    elif draws.draw(clock.key_0, clock.key_1, i, day, draws.YIELDS, HELD_AGAINST) < parameters.fabricates:
        origin = FROM_POWER if secret == NOTHING else FROM_DEED
        number = draws.lowest(policy.heard[kind] & policy.score[0].sensors)
        measuring.count(meter, measuring.FABRICATED, group, denounces.lay(other, kind, number, origin, NO_CITIZEN, town))


def a_secret(i, day, mind, clock, tables, policy):
    """Something harmless that she did since the policy began, that it punishes and the official knows of; NOTHING if there is nothing.

    Official ``i`` knows of it as likely as the policy's sensors look at what belongs to its context.
    """
    for kind in range(draws.DEEDS_MAX):
        deed = tables.deeds[kind]
        harmless = deed.kind == DISAPPROVED or deed.kind == PRIVATE
        in_force = policy.score[0].context_stage[deed.context] <= clock.stage
        if (mind.did >> kind) & 1 and harmless and in_force and policy.severity[kind] > 0 and policy.heard[kind]:
            word = draws.draw(clock.key_0, clock.key_1, i, day, draws.YIELDS, KNOWS + kind)
            if word < policy.watched[deed.context] << power.UNIT:
                return kind
    return NOTHING


def month(i, day, who, life, town, tables, policy, meter):
    """Once a month entries about the powerful are erased, and the audit looks for what power has done."""
    score = policy.score[0]
    if (i + day) % 30 != 15 or (who.status == ORDINARY and score.audit == 0):
        return
    clock = town.clock[0]
    parameters = tables.parameters[0]
    file = town.record[i]
    changed = 0
    for n in range(score.slots):
        entry = town.entries[i * score.slots + n]
        if entry.rule != NOTHING and entry.points < 0:
            found = mending.audits(clock, i, day, n, town.entry_origin[i * score.slots + n], score)
            if found or (who.status != ORDINARY and power.erases(clock, i, day, n, score, parameters)):
                town.books[i].reversed = town.books[i].reversed + scoring.clear(file, entry)
                note(found, life, who, meter)
                changed = 1
    for n in range(score.lists):
        listing = town.listings[i * score.lists + n]
        if listing.entered != NEVER and day < listing.until:
            found = mending.audits(clock, i, day, 8 + n, town.listing_origin[i * score.lists + n], score)
            if found or (who.status != ORDINARY and power.erases(clock, i, day, 8 + n, score, parameters)):
                scoring.set_exit(listing, max(day, listing.entered + 0), BY_APPEAL if found else BY_POWER)
                note(found, life, who, meter)
                changed = 1
    if changed:
        scoring.publish(file, day, policy)
        standing.standing(i, day, life, town, policy)
        life.due = day + 1


def note(found, life, who, meter):
    """What was taken back this month, and on whose account."""
    if not found:
        life.ever |= EVER_SPARED
    measuring.count(meter, measuring.AUDIT_FOUND if found else measuring.ERASED, who.group, 1)
