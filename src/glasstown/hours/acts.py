"""She acts and is watched: truth becomes sightings, here and nowhere else."""

from glasstown import acting, draws, measuring, reacting, watching
from glasstown.hours import standing
from glasstown.tables import GOOD, HARMFUL, PRIVATE
from glasstown.world import FINDS_CLAIM, FOREVER, FROM_DEED, FROM_FALSE_ALARM, FROM_MIX_UP, LEAVES_SIGHTING, NEVER, NOTHING

SIGHTINGS = 64  # sightings one person can have in a day


def deeds(i, j, day, luck, possible, sightings, who, mind, life, scored, town, tables, policy, meter):
    """Act: each kind of deed whose luck is good enough, with what the sensors make of it. Returns the number of sightings."""
    clock = town.clock[0]
    flipped = clock.flip_citizen == i and clock.flip_day == day
    bits = possible & draws.DEED_BITS
    if flipped:
        bits |= 1 << clock.flip_deed
    seen = 0
    while bits:
        kind = draws.lowest(bits)
        bits &= bits - 1
        deed = tables.deeds[kind]
        happens = 0
        judged = town.record[i].judgment_day != NEVER if deed.needs == 1 else 0
        if acting.meets(deed.needs, judged, life.works, deed.needs == 3 and standing.has_school_child(i, who, town)):
            severity = policy.severity[kind] if scored and policy.score[0].announced else 0
            happens = luck[kind, j] < acting.chance(deed, who.propensity, life.poor, mind.risk, severity, tables.parameters[0])
        if flipped and kind == clock.flip_deed:
            happens = not happens
        if happens:
            done(kind, deed, day, who, mind, life, clock, meter)
            seen = observed(i, day, kind, deed, sightings, seen, who, mind, scored, town, tables, policy, meter)
    return seen


def done(kind, deed, day, who, mind, life, clock, meter):
    """What is true now, and what it does to others."""
    if deed.kind == HARMFUL:
        measuring.count(meter, measuring.HARMFUL_DEEDS, who.group, 1)
        measuring.count(meter, measuring.HARM, who.group, deed.harm)
    elif deed.kind == GOOD:
        measuring.count(meter, measuring.GOOD_DEEDS, who.group, 1)
    elif deed.kind == PRIVATE:
        measuring.count(meter, measuring.PRIVATE_DEEDS, who.group, 1)
    else:
        measuring.count(meter, measuring.DISAPPROVED_DEEDS, who.group, 1)
    if day >= clock.start:
        mind.did |= 1 << kind
        life.harm = min(life.harm + deed.harm, FOREVER)


def observed(i, day, kind, deed, sightings, seen, who, mind, scored, town, tables, policy, meter):
    """Every sensor at work looks at the deed. Returns the number of sightings."""
    clock = town.clock[0]
    answered = 0
    cameras = town.districts[who.district].cameras
    for number in range(draws.SENSORS_MAX):
        sensor = policy.sensors[number] if scored else tables.sensors[number]
        feeds = scored and (policy.score[0].sensors >> number) & 1
        if feeds or sensor.ordinary:
            result = watching.look(clock, i, day, kind, number, sensor, deed.context, who.group, cameras)
            if result != watching.UNSEEN and seen < SIGHTINGS:
                lawful = sensor.ordinary and (deed.fine > 0 or deed.opens_judgment or deed.is_finding)
                matters = lawful or (feeds and policy.severity[kind] != 0)
                reaches = watching.TO_SHADOW
                if result == watching.SEEN:
                    reaches |= watching.TO_RECORD
                    answered |= matters
                elif result == watching.TAKEN_FOR_ANOTHER and matters:
                    reaches |= hand_over(i, kind, number, town)
                sightings[seen] = watching.sighting(kind, number, FROM_DEED, reaches)
                seen += 1
    if not answered and deed.kind != GOOD:
        reacting.unpunished(mind, tables.parameters[0])
    return seen


def hand_over(i, kind, number, town):
    """Leave the sighting for the evening, which lays it at somebody else's door; one a day, a second stays with her."""
    desk = town.desk[i]
    if town.tray[i] & LEAVES_SIGHTING:
        return watching.TO_RECORD
    desk.lost_deed = kind
    desk.lost_sensor = number
    town.tray[i] |= LEAVES_SIGHTING
    return 0


def alarms(i, j, day, luck, possible, sightings, seen, who, town, tables, policy, scored):
    """False alarms: a sensor claims a deed that never happened."""
    bits = (possible >> draws.FALSE_ALARM) & 255
    while bits:
        number = draws.lowest(bits)
        bits &= bits - 1
        sensor = policy.sensors[number] if scored else tables.sensors[number]
        feeds = scored and (policy.score[0].sensors >> number) & 1
        if (feeds or sensor.ordinary) and luck[draws.FALSE_ALARM + number, j] < sensor.false_alarm[who.group] and seen < SIGHTINGS:
            kind = claimed(i, day, number, sensor, who, town, tables)
            needs = tables.deeds[kind].needs if kind != NOTHING else 0
            if kind != NOTHING and (needs != 1 or town.record[i].judgment_day != NEVER):
                sightings[seen] = watching.sighting(kind, number, FROM_FALSE_ALARM, watching.TO_RECORD)
                seen += 1
    return seen


def claimed(i, day, number, sensor, who, town, tables):
    """The deed a false alarm claims: one of those the sensor looks for here, evenly; NOTHING if there is none."""
    clock = town.clock[0]
    cameras = town.districts[who.district].cameras
    kinds = 0
    for kind in range(draws.DEEDS_MAX):
        deed = tables.deeds[kind]
        kinds += deed.rate > 0 and deed.kind != GOOD and watching.alarm_covers(sensor, deed.context, cameras)
    if kinds == 0:
        return NOTHING
    place = draws.below(draws.draw(clock.key_0, clock.key_1, i, day, draws.CLAIMED, number), kinds)
    for kind in range(draws.DEEDS_MAX):
        deed = tables.deeds[kind]
        if deed.rate > 0 and deed.kind != GOOD and watching.alarm_covers(sensor, deed.context, cameras):
            if place == 0:
                return kind
            place -= 1
    return NOTHING


def letters(i, day, sightings, seen, mind, scored, town, policy):
    """A sighting of somebody else laid at her door last night; on the policy's first day, what the court had found before."""
    desk = town.desk[i]
    if town.tray[i] & FINDS_CLAIM and seen < SIGHTINGS:
        sightings[seen] = watching.sighting(desk.claimed_deed, desk.claimed_sensor, FROM_MIX_UP, watching.TO_RECORD)
        seen += 1
        desk.claimed_deed = NOTHING
        desk.claimed_sensor = NOTHING
        town.tray[i] &= 255 ^ FINDS_CLAIM
    if scored and day == town.clock[0].start and policy.score[0].steady_stock and seen < SIGHTINGS - 1:
        if town.record[i].finding_deed != NOTHING:
            reaches = watching.TO_RECORD | watching.STEADY
            sightings[seen] = watching.sighting(town.record[i].finding_deed, 7, mind.finding_origin, reaches)
            seen += 1
        if town.shadow[i].finding_deed != NOTHING:
            reaches = watching.TO_SHADOW | watching.STEADY
            sightings[seen] = watching.sighting(town.shadow[i].finding_deed, 7, FROM_DEED, reaches)
            seen += 1
    return seen
