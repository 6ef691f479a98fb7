"""She lays something false at somebody's door; in the evening it is delivered, and who did so before learns what became of it."""

from glasstown import draws, measuring, reporting
from glasstown.tables import GOOD
from glasstown.world import (
    ADULT_AGE,
    AIMS,
    ANSWERS,
    COUNTED,
    DREAD,
    FINDS_CLAIM,
    FROM_REPORT,
    GRUDGE,
    NO_CITIZEN,
    NOTHING,
    RIVALRY,
    STAINED,
)

ATTEMPTS = 4  # at finding somebody whom the motive means


def reports(i, j, day, luck, possible, who, mind, life, town, tables, policy):
    """She reports somebody falsely, if she has a motive and her luck is such."""
    score = policy.score[0]
    if not score.reports or not (possible >> draws.REPORTS) & 1 or town.tray[i] & AIMS:
        return
    parameters = tables.parameters[0]
    grudge = reporting.grudge(mind.cold > 0, parameters)
    rivalry = reporting.rivalry(who.colleagues > 0 and life.works, parameters)
    reward = reporting.reward(life.poor, score, parameters)
    dread = reporting.dread(mind.fear, score, parameters)
    if luck[draws.REPORTS, j] >= reporting.chance(grudge + rivalry + reward + dread, score, parameters):
        return
    clock = town.clock[0]
    why = reporting.motive(draws.draw(clock.key_0, clock.key_1, i, day, draws.MOTIVE, 0), grudge, rivalry, reward, dread)
    other = whom(i, day, why, who, mind, town)
    kind = accusation(draws.draw(clock.key_0, clock.key_1, i, day, draws.MOTIVE, 1), score.reports, clock, tables, policy)
    if other != NO_CITIZEN and kind != NOTHING:
        town.desk[i].aims_at = other
        town.desk[i].says = kind
        town.desk[i].why = why
        town.tray[i] |= AIMS


def whom(i, day, why, who, mind, town):
    """Whom she means: for a grudge a tie gone cold, as a rival a colleague, for dread somebody stained; else an adult outside her kin."""
    clock = town.clock[0]
    if why == GRUDGE and mind.cold:
        return town.neighbours[who.first_tie + draws.lowest(mind.cold)]
    first = who.kin
    count = who.colleagues if why == RIVALRY else who.ties - who.kin
    if why == DREAD:
        for slot in range(who.ties):
            other = town.neighbours[who.first_tie + slot]
            if town.face[(day + 1) & 1, other] & STAINED and town.people[other].age >= ADULT_AGE:
                return other
    for attempt in range(ATTEMPTS):
        if count > 0:
            word = draws.draw(clock.key_0, clock.key_1, i, day, draws.MOTIVE, 2 + attempt)
            other = town.neighbours[who.first_tie + first + draws.below(word, count)]
            if town.people[other].age >= ADULT_AGE:
                return other
    return NO_CITIZEN


def accusation(word, sensors, clock, tables, policy):
    """A deed, each as likely, that costs somebody something when one of these sensors says so; NOTHING if there is none."""
    total = 0
    for kind in range(draws.DEEDS_MAX):
        total += is_accusation(kind, sensors, clock, tables, policy)
    place = draws.below(word, total)
    for kind in range(draws.DEEDS_MAX):
        place -= is_accusation(kind, sensors, clock, tables, policy)
        if place < 0:
            return kind
    return NOTHING


def is_accusation(kind, sensors, clock, tables, policy):
    """Whether it can be said of anybody, and costs something."""
    deed = tables.deeds[kind]
    in_force = policy.score[0].context_stage[deed.context] <= clock.stage
    heard = policy.heard[kind] & sensors
    return 1 if in_force and heard and deed.needs == 0 and deed.kind != GOOD and policy.severity[kind] > 0 else 0


def delivered(i, day, town, policy, meter):
    """In the evening, a false report arrives where it was meant to, unless something else was laid there tonight."""
    desk = town.desk[i]
    group = town.people[i].group
    other = desk.aims_at + 0
    kind = desk.says + 0
    measuring.count(meter, measuring.REPORTS + desk.why - GRUDGE, group, 1)
    if town.face[day & 1, other] & STAINED:
        measuring.count(meter, measuring.REPORTS_ON_STAINED, group, 1)
    lay(other, kind, draws.lowest(policy.heard[kind] & policy.score[0].reports), FROM_REPORT, i, town)


def lay(other, kind, number, origin, by, town):
    """Lay a claim at somebody's door for tomorrow; one a night."""
    if town.tray[other] & FINDS_CLAIM:
        return 0
    desk = town.desk[other]
    desk.claimed_deed = kind
    desk.claimed_sensor = number
    desk.claimed_origin = origin
    desk.claimed_by = by
    town.tray[other] |= FINDS_CLAIM
    return 1


def is_answered(i, town, policy, meter):
    """Who laid a false report at her door learns what became of it: a reward if it counted; the penalty if it was found out."""
    desk = town.desk[i]
    score = policy.score[0]
    by = desk.claimed_by + 0
    if by != NO_CITIZEN:
        group = town.people[by].group
        if desk.answer == COUNTED:
            town.life[by].purse = town.life[by].purse + score.reward
            measuring.count(meter, measuring.REWARDS_PAID, group, score.reward)
        else:
            town.life[by].purse = town.life[by].purse - score.penalty
            measuring.count(meter, measuring.REPORTS_EXPOSED, group, 1)
            measuring.count(meter, measuring.PENALTIES, group, score.penalty)
    desk.answer = 0
    desk.claimed_by = NO_CITIZEN
    town.tray[i] &= 255 ^ ANSWERS
