"""Sightings are written down: ordinary law in both towns, the policy in one, the shadow record beside it."""

from glasstown import draws, gating, measuring, mending, reacting, scoring, watching
from glasstown.hours import standing
from glasstown.tables import CLOSE_TO_MARKED, GOOD
from glasstown.world import (
    EVER_APPEALED,
    EVER_JUDGED,
    FINED_TODAY,
    FOREVER,
    FROM_DEED,
    FROM_MIX_UP,
    FROM_TIE,
    IS_SANCTIONED,
    LEAVES_APPEAL,
    NEVER,
    NOTHING,
    ONE,
    SANCTIONED_TODAY,
    WRONG,
)


def written_down(i, day, sighting, who, mind, life, scored, town, tables, policy, meter):
    """One sighting enters the record, the shadow record, or both. Returns the face bits FINED_TODAY, SANCTIONED_TODAY."""
    kind = sighting & 255
    number = (sighting >> 8) & 255
    origin = (sighting >> 16) & 15
    steady = sighting & watching.STEADY
    sensor = policy.sensors[number] if scored else tables.sensors[number]
    deed = tables.deeds[kind]
    if deed.is_finding and origin == FROM_DEED and mind.judgment_origin > FROM_DEED:
        origin = mind.judgment_origin + 0
    fined = 0
    felt = 0
    for shadowed in range(2):
        if sighting & (watching.TO_SHADOW if shadowed else watching.TO_RECORD):
            file = town.shadow[i] if shadowed else town.record[i]
            if not steady:
                if not shadowed:
                    measuring.count(meter, measuring.SIGHTINGS, who.group, 1)
                if sensor.ordinary:
                    fined |= ordinary_law(i, day, kind, origin, deed, file, shadowed, who, mind, life, town, meter)
            if scored and (not deed.is_finding or file.judgment_day != NEVER):
                hard = judged(i, day, kind, number, origin, steady, shadowed, file, who, mind, life, town, tables, policy, meter)
                felt = max(felt, hard)
    if fined or felt:
        reacting.punished(mind, felt, tables.parameters[0])
    standing.standing(i, day, life, town, policy)
    return fined | (SANCTIONED_TODAY if felt == ONE else 0)


def judged(i, day, kind, number, origin, steady, shadowed, file, who, mind, life, town, tables, policy, meter):
    """A claim before the policy's rules: applied once the evidence and a reviewer let it. Returns how hard it hits her, 1 / ONE."""
    score = policy.score[0]
    felt = 0
    waits = not steady
    for rule in range(score.rules):
        row = policy.rules[rule]
        if row.deed == kind and (steady or kind == CLOSE_TO_MARKED or (row.sensors >> number) & 1):
            if waits:
                waits = 0
                if not shadowed:
                    measuring.count(meter, measuring.SENSOR_COST, who.group, policy.sensors[number].cost_sighting)
                    if stopped(i, day, kind, number, origin, who, town, policy, meter):
                        return 0
                if score.evidence > 1 and tables.deeds[kind].kind != GOOD and not watching.enough(file, kind, day, score):
                    return 0
            hard = apply_rule(i, day, rule, row, origin, steady, shadowed, file, who, mind, life, town, tables, policy, meter)
            felt = max(felt, hard)
    return felt


def stopped(i, day, kind, number, origin, who, town, policy, meter):
    """Whether a person who looks at a machine's claim stops it."""
    score = policy.score[0]
    if not policy.sensors[number].machine or score.review == 0:
        return 0
    found = mending.check(town.clock[0], i, day, kind, number, origin, score)
    measuring.count(meter, measuring.REVIEWS, who.group, 1 if found != mending.NOT_LOOKED_AT else 0)
    measuring.count(meter, measuring.REVIEW_STOPPED, who.group, 1 if found == mending.STOPPED else 0)
    return found == mending.STOPPED


def ordinary_law(i, day, kind, origin, deed, file, shadowed, who, mind, life, town, meter):
    """Police and courts, alike in both towns: fines, judgments, findings. Returns FINED_TODAY if she was fined."""
    opened = 0
    if deed.opens_judgment:
        opened = watching.open_judgment(file, kind, day)
    elif deed.is_finding and (file.judgment_day != NEVER or origin == FROM_MIX_UP):
        opened = watching.note_finding(file, kind, day)
        if not shadowed:
            mind.finding_origin = origin
    if shadowed:
        return 0
    if opened:
        mind.judgment_origin = origin
        measuring.count(meter, measuring.JUDGMENTS, who.group, 1)
        if day >= town.clock[0].start:
            life.ever |= EVER_JUDGED
    if deed.fine > 0:
        measuring.count(meter, measuring.FINES, who.group, deed.fine)
        gating.punish(town.clock[0], i, day, life, deed, kind, who.age)
        return FINED_TODAY
    return 0


def apply_rule(i, day, rule, row, origin, steady, shadowed, file, who, mind, life, town, tables, policy, meter):
    """Points, an override, a list: what one rule makes of one sighting.

    Returns how hard it hits her, 1 / ONE: ONE if she comes under a sanction by it, else the policy's severity for the deed; 0 if nothing
    is lost.
    """
    clock = town.clock[0]
    score = policy.score[0]
    first_list = i * score.lists
    bad = 0
    if score.slots > 0 and row.points != 0 and not steady:
        bad |= points(i, day, rule, row, origin, shadowed, file, who, town, policy, meter)
    if row.override != NOTHING and not steady:
        scoring.set_override(file, row, day)
        bad = 1
    if row.list != NOTHING:
        kind = row.deed
        since = file.finding_day if steady else day
        extra = row.serious_days if draws.draw(clock.key_0, clock.key_1, i, day, draws.SERIOUS, kind) < row.serious else 0
        place = first_list + row.list
        if steady and row.term < FOREVER and since + row.delay + row.term + extra <= day:
            return 0
        if shadowed:
            scoring.enlist(town.shadow_listings[place], kind, row, since, extra)
        elif scoring.enlist(town.listings[place], kind, row, since, extra):
            town.listing_origin[place] = origin
            if not steady:
                measuring.count(meter, measuring.LISTINGS + origin - FROM_DEED, who.group, 1)
            bad = 1
    scoring.publish(file, day, policy)
    life.due = day + 1
    if shadowed or not bad:
        return 0
    felt = max(policy.severity[row.deed], 1)
    if not life.state & IS_SANCTIONED and scoring.is_sanctioned(file, town.listings, first_list, day, policy):
        felt = ONE
    if (WRONG >> origin) & 1 or origin == FROM_TIE:
        reacting.wronged(mind, felt, tables.parameters[0])
    if mending.appeals(clock, i, day, row.deed, score) and mending.file_appeal(town.desk[i], row.deed, day):
        measuring.count(meter, measuring.APPEALS, who.group, 1)
        town.tray[i] |= LEAVES_APPEAL
        life.ever |= EVER_APPEALED
    return 0 if steady else felt


def points(i, day, rule, row, origin, shadowed, file, who, town, policy, meter):
    """Post an entry and keep the books. Returns 1 if it costs points in the record."""
    clock = town.clock[0]
    books = town.books[i]
    word = draws.draw(clock.key_0, clock.key_1, i, day, draws.DISCRETION, rule)
    if shadowed:
        scoring.post(file, town.shadow_entries, i * policy.score[0].slots, rule, word, day, policy)
        return 0
    if books.turnover > scoring.FULL:
        return 0
    slot, posted, folded, capped = scoring.post(file, town.entries, i * policy.score[0].slots, rule, word, day, policy)
    books.turnover = books.turnover + abs(posted)
    books.posted = books.posted + posted
    books.folded = books.folded + folded
    books.capped = books.capped + capped
    measuring.count(meter, measuring.POINTS, who.group, posted)
    measuring.count(meter, measuring.FOLDED, who.group, folded)
    if slot < 0:
        return 0
    town.entry_origin[slot] = origin
    measuring.count(meter, measuring.ENTRIES + origin - FROM_DEED, who.group, 1)
    return 1 if posted < 0 else 0
