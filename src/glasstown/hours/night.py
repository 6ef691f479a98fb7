"""The evening: what belongs to the town as a whole, settled by integers and fixed rules."""

from glasstown import draws, gating, measuring, scoring
from glasstown.hours import council, denounces, officials, risk, streets
from glasstown.tables import CLASSES
from glasstown.world import (
    ADULT_AGE,
    AIMS,
    ANSWERS,
    DEMAND,
    FINDS_CLAIM,
    FROM_MIX_UP,
    HAS_TICKET,
    JOINS_QUEUE,
    LEAVES_APPEAL,
    LEAVES_SIGHTING,
    NO_CITIZEN,
    NOTHING,
)


def evening(day, left, crowd, town, tables, policy, meter):
    """Settle what citizens left in their trays (``left``: their numbers, in order), call the next appeals, let the queues move up.

    Then the aggrieved (``crowd``) make up their minds whether to march, and the town decides how to go on with the policy.
    """
    clock = town.clock[0]
    for n in range(len(left)):  # before anything new is laid at anybody's door
        if town.tray[left[n]] & ANSWERS:
            denounces.is_answered(left[n], town, policy, meter)
    for n in range(len(left)):
        i = left[n]
        if town.tray[i] & AIMS:
            aims(i, day, town, tables, policy, meter)
        if town.tray[i] & LEAVES_SIGHTING:
            mix_up(i, day, town, meter)
        if town.tray[i] & LEAVES_APPEAL:
            clock.tickets = clock.tickets + 1
            town.desk[i].ticket = clock.tickets
            town.tray[i] = (town.tray[i] & (255 ^ LEAVES_APPEAL)) | HAS_TICKET
        if town.tray[i] & JOINS_QUEUE:
            joins(i, town, meter)
    if day % 7 < 5:
        clock.served = min(clock.tickets, clock.served + policy.score[0].appeal_capacity)
    for number in range(gating.GATE_COUNT):
        if tables.gates[number].places > 0:
            gating.moves_up(town.queues, number, tables.gates[number].places)
    if clock.scored and day % 7 == 5:
        streets.protest(day, crowd, town, tables, policy, meter)
    if clock.scored:
        risk.cuts(day, town, policy)
    council.meets(day, town, tables, policy, meter)


def aims(i, day, town, tables, policy, meter):
    """What she lays at somebody's door tonight: a demand, or a false report."""
    desk = town.desk[i]
    if desk.why == DEMAND:
        officials.demanded(i, day, town, tables, policy, meter)
    else:
        denounces.delivered(i, day, town, policy, meter)
    desk.aims_at = NO_CITIZEN
    desk.says = NOTHING
    desk.why = 0
    town.tray[i] &= 255 ^ AIMS


def joins(i, town, meter):
    """She takes a number in the queue of her class."""
    desk = town.desk[i]
    row = town.queues[desk.place - 1]
    row.joined = row.joined + 1
    desk.number = row.joined
    town.tray[i] &= 255 ^ JOINS_QUEUE
    favoured = (desk.place - 1) % CLASSES > 1
    measuring.count(meter, measuring.WAITING_FAVOURED if favoured else measuring.WAITING_OTHERS, town.people[i].group, 1)


def mix_up(i, day, town, meter):
    """Lay a lost sighting at the door of another adult of the same district and group; if there is none, it is lost."""
    clock = town.clock[0]
    desk = town.desk[i]
    district = town.districts[town.people[i].district]
    town.tray[i] &= 255 ^ LEAVES_SIGHTING
    for attempt in range(256):
        word = draws.draw(clock.key_0, clock.key_1, i, day, draws.RECIPIENT, attempt)
        other = district.first + draws.below(word, district.count)
        who = town.people[other]
        if other != i and who.age >= ADULT_AGE and who.group == town.people[i].group and not town.tray[other] & FINDS_CLAIM:
            denounces.lay(other, desk.lost_deed, desk.lost_sensor, FROM_MIX_UP, NO_CITIZEN, town)
            measuring.count(meter, measuring.LOST_SIGHTINGS, town.people[i].group, 1)
            measuring.count(meter, measuring.MIX_UPS, who.group, 1)
            break
    desk.lost_deed = NOTHING
    desk.lost_sensor = NOTHING


def households(day, low, high, town, policy, meter):
    """Every household from ``low`` to ``high`` shares its points, where the policy scores it as one; every 30th evening it is paid."""
    if town.clock[0].scored and policy.score[0].pooled:
        i = low
        while i < high:
            scoring.pool(town.people, town.record, town.life, i, day)
            scoring.pool(town.people, town.shadow, town.life, i, day)
            i += town.people[i].household
    if day % 30 == 29:
        pay_day(day, low, high, town, policy, meter)


def pay_day(day, low, high, town, policy, meter):
    """Each household closes its month."""
    clock = town.clock[0]
    i = low
    while i < high:
        income, perks = gating.pay_day(
            town.people, town.life, town.record, i, clock.hardship_line, 30, day >= clock.start, policy, clock.scored
        )
        measuring.count(meter, measuring.INCOME, town.people[i].group, income)
        measuring.count(meter, measuring.PERKS, town.people[i].group, perks)
        if clock.scored and day >= clock.start:
            measuring.count(meter, measuring.SENSOR_COST, town.people[i].group, gating.upkeep(town.people, i, policy))
        i += town.people[i].household
