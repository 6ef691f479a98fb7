"""Sightings without a deed of hers today: false alarms, views inferred, somebody close, and what arrives by letter."""

from glasstown import draws, measuring, reacting, watching
from glasstown.hours import acts
from glasstown.tables import BY_ORDER, CLOSE_TO_MARKED, DISSENTERS, GOOD, HOLDS_VIEW, NEEDS_JUDGMENT, NEEDS_WORK
from glasstown.world import (
    AWAY,
    BITS,
    DISSENTS,
    EVER_FLAGGED_RIGHTLY,
    EVER_FLAGGED_WRONGLY,
    EVER_ORDERED,
    FINDS_CLAIM,
    FROM_DEED,
    FROM_FALSE_ALARM,
    FROM_POWER,
    FROM_TIE,
    FROM_VIEW,
    FROM_WRONG_VIEW,
    NEVER,
    NOTHING,
    STAINED,
)

NOBODY = 15  # the sensor of claims that no sensor makes


def alarms(i, j, day, luck, possible, sightings, seen, who, life, town, tables, policy, scored, meter):
    """False alarms: a sensor claims a deed that never happened."""
    bits = ((possible >> draws.FALSE_ALARM) & 255) | ((possible >> draws.MORE_ALARMS) & 255) << 8
    while bits:
        number = draws.lowest(bits)
        bits &= bits - 1
        purpose = draws.FALSE_ALARM + number if number < 8 else draws.MORE_ALARMS + number - 8
        sensor = policy.sensors[number] if scored else tables.sensors[number]
        feeds = scored and (policy.score[0].sensors >> number) & 1
        alarm = sensor.false_alarm[who.group]
        if not sensor.ordinary:
            alarm = watching.hidden(alarm, life.withdrawn, tables.parameters[0])
        if (feeds or sensor.ordinary) and luck[purpose, j] < alarm and seen < acts.SIGHTINGS - 1:
            kind = claimed(i, day, number, sensor, who, town, tables)
            needs = tables.deeds[kind].needs if kind != NOTHING else 0
            fits = (needs != NEEDS_JUDGMENT or town.record[i].judgment_day != NEVER) and (needs != NEEDS_WORK or life.works)
            if kind != NOTHING and fits:
                claim = watching.sighting(kind, number, FROM_FALSE_ALARM, watching.TO_RECORD)
                if sensor.reports:
                    measuring.count(meter, measuring.REPORTS_MISTAKEN, who.group, 1)
                seen = acts.arrives(i, claim, sensor, sightings, seen, town)
    return seen


def claimed(i, day, number, sensor, who, town, tables):
    """The deed a false alarm claims: one of those the sensor looks for here, as often as it sees each; NOTHING if there is none."""
    clock = town.clock[0]
    grown = watching.scale(sensor, who, town.districts[who.district].cameras)
    total = 0
    for kind in range(draws.DEEDS_MAX):
        total += weight(tables.deeds[kind], sensor, grown)
    if total == 0:
        return NOTHING
    place = draws.below(draws.draw(clock.key_0, clock.key_1, i, day, draws.CLAIMED, number), total)
    for kind in range(draws.DEEDS_MAX):
        place -= weight(tables.deeds[kind], sensor, grown)
        if place < 0:
            return kind
    return NOTHING


def weight(deed, sensor, grown):
    """How often a sensor sees a deed of this kind, in a unit of its own; at least 1 of what it looks for, 0 of the rest."""
    if deed.rate == 0 or deed.kind == GOOD:
        return 0
    reach = watching.coverage(sensor, deed.context, grown)
    if reach == 0:
        return 0
    return max((deed.rate >> 8) * (reach >> 16) >> 12, 1)


def inferred(i, day, heard, sightings, seen, who, mind, life, town, tables, policy, meter):
    """Once a month the policy takes stock of what she thinks, and of whom she is close to; and on some days people are listed by order."""
    if (i + day) % 30 == 15:
        seen = views(i, day, sightings, seen, who, mind, life, town, tables, policy, meter)
        if policy.score[0].through and heard & (reacting.STAINS | reacting.AWAYS):
            seen = association(i, day, sightings, seen, who, mind, town, policy)
    return ordered(i, day, sightings, seen, who, life, town, tables, policy, meter)


def ordered(i, day, sightings, seen, who, life, town, tables, policy, meter):
    """On the day of an order, those whom it means are claimed to be listed, for a reason outside the rules."""
    score = policy.score[0]
    clock = town.clock[0]
    since = day - clock.start - score.order_day
    if score.context_stage[tables.deeds[BY_ORDER].context] > clock.stage:
        return seen
    if since < 0 or (since > 0 and (score.order_every == 0 or since % score.order_every > 0)) or seen >= acts.SIGHTINGS - 1:
        return seen
    if score.order_whom == DISSENTERS and not town.face[(day + 1) & 1, i] & DISSENTS:
        return seen
    share = (score.order_share * tables.parameters[0].misuse) >> BITS
    if draws.draw(clock.key_0, clock.key_1, i, day, draws.ORDERED, 0) >= share:
        return seen
    life.ever |= EVER_ORDERED
    measuring.count(meter, measuring.ORDERED, who.group, 1)
    sightings[seen] = watching.sighting(BY_ORDER, NOBODY, FROM_POWER, watching.TO_RECORD)
    return seen + 1


def views(i, day, sightings, seen, who, mind, life, town, tables, policy, meter):
    """Once a month every classifier of the policy guesses what she thinks; the guess is a claim like any other."""
    clock = town.clock[0]
    score = policy.score[0]
    holds = mind.opinion <= score.view_from
    for number in range(draws.SENSORS_MAX):
        sensor = policy.sensors[number]
        if sensor.infers and (score.sensors >> number) & 1 and seen < acts.SIGHTINGS - 1:
            grown = watching.scale(sensor, who, town.districts[who.district].cameras)
            grown = watching.hidden(grown, life.withdrawn, tables.parameters[0])
            result = watching.guess(clock, i, day, number, sensor, holds, who.group, grown)
            if result != watching.UNSEEN:
                measuring.count(meter, measuring.VIEWS_LOOKED_AT, who.group, 1)
                reaches = (watching.TO_RECORD if result == watching.SEEN else 0) | (watching.TO_SHADOW if holds else 0)
                if result == watching.SEEN:
                    life.ever |= EVER_FLAGGED_RIGHTLY if holds else EVER_FLAGGED_WRONGLY
                if reaches:
                    claim = watching.sighting(HOLDS_VIEW, number, FROM_VIEW if holds else FROM_WRONG_VIEW, reaches)
                    seen = acts.arrives(i, claim, sensor, sightings, seen, town)
    return seen


def association(i, day, sightings, seen, who, mind, town, policy):
    """Somebody close is stained or detained, and the policy holds that against her: a claim in both records. A cold tie does not count."""
    close = who.kin if policy.score[0].through == 1 else who.ties
    for slot in range(close):
        is_cold = slot < 32 and (mind.cold >> slot) & 1
        face = town.face[(day + 1) & 1, town.neighbours[who.first_tie + slot]]
        if not is_cold and face & (STAINED | AWAY) and seen < acts.SIGHTINGS - 1:
            sightings[seen] = watching.sighting(CLOSE_TO_MARKED, NOBODY, FROM_TIE, watching.TO_RECORD | watching.TO_SHADOW)
            return seen + 1
    return seen


def letters(i, day, sightings, mind, begins, town, policy):
    """What arrives today: a delayed sighting, what was laid at her door, and on her first day what the court had found before."""
    desk = town.desk[i]
    seen = 0
    if desk.letter:
        desk.letter_days = desk.letter_days - 1
        if desk.letter_days == 0:
            sightings[seen] = watching.opened(desk.letter)
            seen += 1
            desk.letter = 0
    if town.tray[i] & FINDS_CLAIM:
        reaches = watching.TO_RECORD | (watching.TO_SHADOW if desk.claimed_origin == FROM_DEED else 0)
        sightings[seen] = watching.sighting(desk.claimed_deed, desk.claimed_sensor, desk.claimed_origin, reaches)
        seen += 1
        desk.claimed_deed = NOTHING
        desk.claimed_sensor = NOTHING
        town.tray[i] &= 255 ^ FINDS_CLAIM
    if begins and policy.score[0].steady_stock:
        if town.record[i].finding_deed != NOTHING:
            reaches = watching.TO_RECORD | watching.STEADY
            sightings[seen] = watching.sighting(town.record[i].finding_deed, NOBODY, mind.finding_origin, reaches)
            seen += 1
        if town.shadow[i].finding_deed != NOTHING:
            reaches = watching.TO_SHADOW | watching.STEADY
            sightings[seen] = watching.sighting(town.shadow[i].finding_deed, NOBODY, FROM_DEED, reaches)
            seen += 1
    return seen
