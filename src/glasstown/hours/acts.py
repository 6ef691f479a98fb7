"""She acts and is watched: truth becomes sightings, here and in watched.py, nowhere else."""

from glasstown import acting, draws, measuring, reacting, shaming, watching
from glasstown.hours import standing
from glasstown.tables import DISAPPROVED, GOOD, HARMFUL, PRIVATE
from glasstown.world import DEVIATES, DISSENTS, FOREVER, FROM_DEED, LEAVES_SIGHTING, NEVER, ONE

SIGHTINGS = 64  # sightings one person can have in a day


def deeds(i, j, day, luck, possible, heard, sightings, seen, who, mind, life, scored, town, tables, policy, meter):
    """Act: each kind of deed whose luck is good enough, with what the sensors make of it.

    Returns the number of sightings, and DEVIATES if others could see her do something disapproved.
    """
    clock = town.clock[0]
    told = scored and policy.score[0].announced
    flipped = clock.flip_citizen == i and clock.flip_day == day
    bits = possible & draws.DEED_BITS
    if flipped:
        bits |= 1 << clock.flip_deed
    deviates = 0
    while bits:
        kind = draws.lowest(bits)
        bits &= bits - 1
        deed = tables.deeds[kind]
        happens = 0
        in_force = told and policy.score[0].context_stage[deed.context] <= clock.stage
        severity = policy.severity[kind] if in_force else 0
        judged = town.record[i].judgment_day != NEVER if deed.needs == 1 else 0
        speaks = town.face[(day + 1) & 1, i] & DISSENTS
        if acting.meets(deed.needs, judged, life.works, deed.needs == 3 and standing.has_school_child(i, who, town), speaks):
            watched = policy.watched[deed.context] if in_force else 0
            parameters = tables.parameters[0]
            norm = others(deed, mind, heard, who, tables)
            shame = 0
            if in_force and policy.exposed[kind]:
                shame = shaming.deters(policy.exposed[kind], day - clock.start, parameters)
            happens = luck[kind, j] < acting.chance(deed, who.propensity, life.poor, mind.risk, severity, watched, norm, shame, parameters)
        if flipped and kind == clock.flip_deed:
            happens = not happens
        if happens:
            done(kind, deed, day, who, mind, life, clock, meter)
            if severity < 0 and deed.kind == GOOD and luck[kind, j] >= acting.own_accord(deed, severity, life.poor, tables.parameters[0]):
                measuring.count(meter, measuring.HOLLOW_DEEDS, who.group, 1)
            if deed.kind == DISAPPROVED:
                deviates = DEVIATES
            seen = observed(i, day, kind, deed, heard, sightings, seen, who, mind, life, scored, town, tables, policy, meter)
    return seen, deviates


def others(deed, mind, heard, who, tables):
    """How what others do and say, or what became of them, changes the rate of this deed today, 1 / ONE."""
    if deed.kind == HARMFUL and heard & reacting.AWAYS:
        return acting.company(reacting.count(heard, reacting.AWAY_SHIFT), tables.parameters[0])
    if deed.kind != DISAPPROVED:
        return ONE
    live = reacting.live_ties(who, mind)
    deviance = reacting.share(heard, reacting.DEVIANCE_SHIFT, live)
    return acting.norms(deviance, reacting.climate(heard, live), tables.parameters[0])


def done(kind, deed, day, who, mind, life, clock, meter):
    """What is true now, and what it does to others."""
    measuring.count(meter, measuring.DEEDS, who.group, 1)
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
        mind.lately |= 1 << kind
        life.harm = min(life.harm + deed.harm, FOREVER)


def observed(i, day, kind, deed, heard, sightings, seen, who, mind, life, scored, town, tables, policy, meter):
    """Every sensor at work looks at the deed; it is written down once, whoever sees it. Returns the number of sightings."""
    clock = town.clock[0]
    answered = 0
    known = 0
    fresh = watching.TO_RECORD | watching.TO_SHADOW  # the records in which the policy has no word of this deed yet
    cameras = town.districts[who.district].cameras
    looks = scored and policy.score[0].context_stage[deed.context] <= clock.stage
    for number in range(draws.SENSORS_MAX):
        sensor = policy.sensors[number] if scored else tables.sensors[number]
        feeds = looks and (policy.score[0].sensors >> number) & 1
        if (feeds or sensor.ordinary) and sensor.coverage[deed.context] > 0 and not sensor.infers:
            grown = reach(sensor, who, mind, life, heard, cameras, tables)
            result = watching.look(clock, i, day, kind, number, sensor, deed.context, who.group, grown)
            if result != watching.UNSEEN and seen < SIGHTINGS - 1:
                lawful = sensor.ordinary and (deed.fine > 0 or deed.opens_judgment or deed.is_finding)
                matters = lawful or (feeds and policy.severity[kind] != 0)
                reaches = watching.TO_SHADOW
                if result == watching.SEEN:
                    reaches |= watching.TO_RECORD
                    answered |= matters
                    if sensor.reports and matters and deed.kind != GOOD:
                        measuring.count(meter, measuring.REPORTS_HONEST, who.group, 1)
                elif result == watching.TAKEN_FOR_ANOTHER and matters:
                    reaches |= hand_over(i, kind, number, town)
                known |= feeds and result != watching.OVERLOOKED
                if feeds and (policy.heard[kind] >> number) & 1:
                    if not sensor.ordinary:  # what police and courts see is also ordinary law's
                        reaches &= fresh
                    fresh &= (watching.TO_RECORD | watching.TO_SHADOW) ^ reaches
                if reaches:
                    seen = arrives(i, watching.sighting(kind, number, FROM_DEED, reaches), sensor, sightings, seen, town)
    if known:
        measuring.count(meter, measuring.DEEDS_SEEN, who.group, 1)
    if not answered and deed.kind != GOOD:
        reacting.unpunished(mind, tables.parameters[0])
    return seen


def reach(sensor, who, mind, life, heard, cameras, tables):
    """How much of a sensor is hers, 1 / ONE: what grows with where and among whom she lives, who refuses to tell, what she left."""
    parameters = tables.parameters[0]
    grown = watching.scale(sensor, who, cameras)
    if sensor.reports:
        dissent = reacting.share(heard, reacting.DISSENT_SHIFT, reacting.live_ties(who, mind))
        grown = watching.told(grown, dissent, parameters)
    return grown if sensor.ordinary else watching.hidden(grown, life.withdrawn, parameters)


def arrives(i, sighting, sensor, sightings, seen, town):
    """A sighting arrives today, or is on its way for the sensor's delay. One letter at a time: an earlier one then arrives at once."""
    if sensor.delay == 0 or sensor.ordinary:
        sightings[seen] = sighting
        return seen + 1
    desk = town.desk[i]
    if desk.letter:
        sightings[seen] = watching.opened(desk.letter)
        seen += 1
    desk.letter = watching.folded(sighting)
    desk.letter_days = sensor.delay
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
