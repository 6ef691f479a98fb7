"""One day of one citizen, top to bottom; then the town's evening. This is the story, and it is the kernel.

    she acts -> she is watched -> it is written down -> doors close or open -> she is shown -> she reacts -> she may
    appeal -> we measure

Every name below is a rule in a chapter. Rules are small functions of integers and rows; ``record`` and ``shadow`` are
rows of one type, and the rules that write them never see ``mind``. Luck comes filled ahead for a chunk of citizens:
``luck[purpose, j]``, and ``could[j]``, one bit for each thing whose luck is good enough to be looked at.
"""

from glasstown import acting, draws, gating, measuring, mending, reacting, scoring, shaming, watching
from glasstown.tables import GATES, GOOD, HARMFUL, PRIVATE, WORK
from glasstown.world import (
    ADULT_AGE, BY_APPEAL, BY_CLOSURE, BY_PERFORMANCE, DISSENTS, EVER_APPEALED, EVER_JUDGED, EVER_LISTED, EVER_SANCTIONED,
    EVER_SANCTIONED_IN_SHADOW, EVER_SHOWN, EVER_UPHELD, EVER_WRONGLY_SHOWN, FINDS_CLAIM, FOREVER, FROM_DEED, FROM_MIX_UP,
    HAS_JUDGMENT, HAS_TICKET, IN_BOTTOM_BAND, IN_HARDSHIP, IS_JOBLESS, IS_LISTED, IS_SANCTIONED, IS_SANCTIONED_IN_SHADOW, IS_SHOWN,
    LEAVES_APPEAL, LEAVES_SIGHTING, LISTED, NEVER, NOTHING, PRAISES, SANCTIONED_TODAY, SHOWN,
)  # fmt: skip

FROM_RECORDS = IS_LISTED | IS_SANCTIONED | IS_SANCTIONED_IN_SHADOW | HAS_JUDGMENT | IN_BOTTOM_BAND | IS_SHOWN
SIGHTINGS = 64  # sightings one person can have in a day


def citizen_day(i, j, day, luck, could, heard, sightings, town, tables, policy, meter):
    """Live citizen ``i``'s day; ``j`` is her place in the chunk. Writes her own rows only."""
    who = town.people[i]
    life = town.life[i]
    clock = town.clock[0]
    if who.age < ADULT_AGE:
        childhood(day, who, life, clock, meter)
        return
    mind = town.truth[i]
    before = life.state
    scored = clock.scored and not (clock.exempt > 0 and draws.draw(clock.key_0, clock.key_1, i, 0, draws.EXEMPT, 0) < clock.exempt)
    morning(i, day, who, mind, life, scored, town, tables, policy, meter)

    # acting and watching: truth becomes sightings, here and nowhere else
    seen = deeds(i, j, day, luck, could[j], sightings, who, mind, life, scored, town, tables, policy, meter)
    seen = alarms(i, j, day, luck, could[j], sightings, seen, who, town, tables, policy, scored)
    seen = letters(i, day, sightings, seen, mind, scored, town, policy)

    # scoring: sightings become findings, entries, lists, in the record and in the shadow record
    sanctioned = 0
    for n in range(seen):
        sanctioned |= written_down(i, day, sightings[n], who, mind, life, scored, town, tables, policy, meter)

    # gating: what she asks for, what she is told, what she earns
    performs(i, j, day, luck, could[j], who, life, scored, town, tables, policy, meter)
    requests(i, j, day, luck, could[j], who, life, scored, town, tables, policy, meter)
    if who.wage > 0:
        if life.works and luck[draws.LOSE_JOB, j] < tables.parameters[0].lose_job:
            life.works = 0
        gating.earn(life, who.wage, tables.parameters[0])

    # reacting: risk, fear, views, speech
    said = reaction(i, day, who, mind, heard, sanctioned, scored, town, tables, policy)

    # the face she shows tomorrow, and what measuring notes
    goes_home(i, day, who, mind, life, before, said, sanctioned, town, policy, meter)


def childhood(day, who, life, clock, meter):
    """Children are not scored; measuring follows whether their household is in hardship."""
    after = IN_HARDSHIP if life.poor else 0
    if after != life.state:
        measuring.step(meter, measuring.CHILDREN_IN_HARDSHIP, who.group, life.state, after)
        life.state = after
    if life.poor and day >= clock.start:
        life.poor_days = life.poor_days + 1


def morning(i, day, who, mind, life, scored, town, tables, policy, meter):
    """The policy's first day; entries and lists that fall due; an appeal whose turn has come."""
    clock = town.clock[0]
    score = policy.score[0]
    if scored and day == clock.start:
        scoring.publish(town.record[i], day, policy)
        scoring.publish(town.shadow[i], day, policy)
        if score.announced:
            reacting.told(mind, tables.parameters[0])
        life.due = day
    if scored and day >= life.due:
        fall_due(i, day, who, life, town, policy, meter)
    if town.tray[i] & HAS_TICKET and mending.is_heard(town.desk[i], clock, day, score):
        hearing(i, day, who, mind, life, town, policy, meter)


def fall_due(i, day, who, life, town, policy, meter):
    """Entries expire or decay, stays on lists begin and end, in both records."""
    score = policy.score[0]
    first = i * score.slots
    first_list = i * score.lists
    due = FOREVER
    for shadowed in range(2):
        file = town.shadow[i] if shadowed else town.record[i]
        entries = town.shadow_entries if shadowed else town.entries
        listings = town.shadow_listings if shadowed else town.listings
        if score.slots > 0:
            expired, decayed = scoring.age(file, entries, first, day, policy)
            if not shadowed:
                town.books[i].expired = town.books[i].expired + expired
                town.books[i].decayed = town.books[i].decayed + decayed
        for place in range(first_list, first_list + score.lists):
            listing = listings[place]
            if listing.entered != NEVER and day >= listing.until:
                if not shadowed and listing.until > listing.entered:
                    measuring.count(meter, measuring.LEFT_BY_TERM + listing.ground, who.group, 1)
                    if listing.entered >= town.clock[0].start:
                        measuring.ended_spell(meter, who.group, day - listing.entered)
                scoring.strike(listing)
        scoring.publish(file, day, policy)
        due = min(due, scoring.next_due(file, entries, first, listings, first_list, day, policy))
    life.due = due
    standing(i, day, life, town, policy)


def standing(i, day, life, town, policy):
    """Refresh the bits of her state that follow from the two records."""
    file = town.record[i]
    first_list = i * policy.score[0].lists
    bits = life.state & ~FROM_RECORDS
    if file.judgment_day != NEVER:
        bits |= HAS_JUDGMENT
    if file.band == 0:
        bits |= IN_BOTTOM_BAND
    if scoring.is_sanctioned(file, town.listings, first_list, day, policy):
        bits |= IS_SANCTIONED
    if scoring.is_sanctioned(town.shadow[i], town.shadow_listings, first_list, day, policy):
        bits |= IS_SANCTIONED_IN_SHADOW
    for place in range(first_list, first_list + policy.score[0].lists):
        if scoring.on_list(town.listings[place], day):
            bits |= IS_LISTED
    if shaming.shown(town.listings, first_list, day, policy):
        bits |= IS_SHOWN
    life.state = bits


def hearing(i, day, who, mind, life, town, policy, meter):
    """Her appeal is decided; if the error is found, everything the claim led to is taken back."""
    desk = town.desk[i]
    score = policy.score[0]
    deed = desk.appealed
    measuring.count(meter, measuring.HEARINGS, who.group, 1)
    origin = FROM_DEED
    first_list = i * score.lists
    for place in range(first_list, first_list + score.lists):
        if town.listings[place].cause == deed and town.listings[place].entered != NEVER:
            origin = town.listing_origin[place]
    for slot in range(i * score.slots, (i + 1) * score.slots):
        entry = town.entries[slot]
        if entry.rule != NOTHING and policy.rules[entry.rule].deed == deed and town.entry_origin[slot] != FROM_DEED:
            origin = town.entry_origin[slot]
    if mending.finds_error(town.clock[0], i, origin, deed, desk.appeal_day, score):
        measuring.count(meter, measuring.UPHELD, who.group, 1)
        life.ever |= EVER_UPHELD
        correction(i, day, mind, deed, town, policy)
        life.due = day + 1
    mending.close_appeal(desk)
    town.tray[i] &= ~HAS_TICKET & 255


def correction(i, day, mind, deed, town, policy):
    """Take back one entry and every listing that rest on a claim found wrong, and the court's finding."""
    score = policy.score[0]
    file = town.record[i]
    first_list = i * score.lists
    for place in range(first_list, first_list + score.lists):
        listing = town.listings[place]
        if listing.entered != NEVER and listing.cause == deed:
            scoring.set_exit(listing, scoring.working_days_later(day, policy.lists[place - first_list].leave_days), BY_APPEAL)
    taken = 0
    for slot in range(i * score.slots, (i + 1) * score.slots):
        entry = town.entries[slot]
        if not taken and entry.rule != NOTHING and policy.rules[entry.rule].deed == deed:
            town.books[i].reversed = town.books[i].reversed + scoring.clear(file, entry)
            taken = 1
    if file.override != NOTHING:
        for number in range(score.rules):
            if policy.rules[number].deed == deed and policy.rules[number].override == file.override:
                file.override_until = day
    if file.judgment_deed == deed or (file.finding_deed == deed and file.judgment_day == file.finding_day):
        watching.end_judgment(file)
        mind.judgment_origin = 0
        mind.finding_origin = 0
    elif file.finding_deed == deed:
        file.finding_deed = NOTHING
        file.finding_day = NEVER
        mind.finding_origin = 0


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
        if acting.meets(deed.needs, judged, life.works, deed.needs == 3 and has_school_child(i, who, town)):
            severity = policy.severity[kind] if scored and policy.score[0].announced else 0
            happens = luck[kind, j] < acting.chance(deed, who.propensity, life.poor, mind.risk, severity, tables.parameters[0])
        if flipped and kind == clock.flip_deed:
            happens = not happens
        if happens:
            done(kind, deed, day, who, mind, life, clock, meter)
            seen = observed(i, day, kind, deed, sightings, seen, who, mind, scored, town, tables, policy, meter)
    return seen


def has_school_child(i, who, town):
    """Whether she speaks for a household with a child of school age (only its first member asks)."""
    if who.place != 0:
        return 0
    for member in range(i + 1, i + who.household):
        if town.people[member].age >= 6 and town.people[member].age < ADULT_AGE:
            return 1
    return 0


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
    clock = town.clock[0]
    while bits:
        number = draws.lowest(bits)
        bits &= bits - 1
        sensor = policy.sensors[number] if scored else tables.sensors[number]
        feeds = scored and (policy.score[0].sensors >> number) & 1
        if (feeds or sensor.ordinary) and luck[draws.FALSE_ALARM + number, j] < sensor.false_alarm[who.group] and seen < SIGHTINGS:
            kind = claimed(i, day, number, sensor, who, town, tables)
            needs = tables.deeds[kind].needs if kind != NOTHING else 0
            if kind != NOTHING and (needs != 1 or town.record[i].judgment_day != NEVER):
                sightings[seen] = watching.sighting(kind, number, watching.FROM_FALSE_ALARM, watching.TO_RECORD)
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
        town.tray[i] &= ~FINDS_CLAIM & 255
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


def written_down(i, day, sighting, who, mind, life, scored, town, tables, policy, meter):
    """One sighting enters the record, the shadow record, or both. Returns 1 if it is a sanction in the record."""
    kind = sighting & 255
    number = (sighting >> 8) & 255
    origin = (sighting >> 16) & 15
    steady = sighting & watching.STEADY
    sensor = policy.sensors[number] if scored else tables.sensors[number]
    deed = tables.deeds[kind]
    if deed.is_finding and origin == FROM_DEED and mind.judgment_origin > FROM_DEED:
        origin = mind.judgment_origin + 0
    sanctioned = 0
    for shadowed in range(2):
        if sighting & (watching.TO_SHADOW if shadowed else watching.TO_RECORD):
            file = town.shadow[i] if shadowed else town.record[i]
            if not steady:
                if not shadowed:
                    measuring.count(meter, measuring.SIGHTINGS, who.group, 1)
                if sensor.ordinary:
                    sanctioned |= ordinary_law(i, day, kind, origin, deed, file, shadowed, who, mind, life, town, meter)
            if scored and (not deed.is_finding or file.judgment_day != NEVER):
                for rule in range(policy.score[0].rules):
                    row = policy.rules[rule]
                    if row.deed == kind and (steady or (row.sensors >> number) & 1):
                        sanctioned |= apply_rule(i, day, rule, row, origin, steady, shadowed, file, who, mind, life, town, tables, policy, meter)
    if sanctioned:
        reacting.punished(mind, tables.parameters[0])
    standing(i, day, life, town, policy)
    return sanctioned


def ordinary_law(i, day, kind, origin, deed, file, shadowed, who, mind, life, town, meter):
    """Police and courts, alike in both towns: fines, judgments, findings. Returns 1 if she was punished."""
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
        gating.punish(town.clock[0], i, day, life, deed, kind)
        return 1
    return 0


def apply_rule(i, day, rule, row, origin, steady, shadowed, file, who, mind, life, town, tables, policy, meter):
    """Points, an override, a list: what one rule makes of one sighting. Returns 1 if it is a sanction in the record."""
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
                measuring.count(meter, measuring.LISTINGS_TRUE + origin - FROM_DEED, who.group, 1)
            bad = 1
    scoring.publish(file, day, policy)
    life.due = day + 1
    if shadowed or not bad:
        return 0
    if origin != FROM_DEED:
        reacting.wronged(mind, tables.parameters[0])
    if mending.appeals(clock, i, day, row.deed, score) and mending.file_appeal(town.desk[i], row.deed, day):
        measuring.count(meter, measuring.APPEALS, who.group, 1)
        town.tray[i] |= LEAVES_APPEAL
        life.ever |= EVER_APPEALED
    return 0 if steady else 1


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
    town.entry_origin[slot] = origin
    books.turnover = books.turnover + abs(posted)
    books.posted = books.posted + posted
    books.folded = books.folded + folded
    books.capped = books.capped + capped
    measuring.count(meter, measuring.ENTRIES_TRUE + origin - FROM_DEED, who.group, 1)
    measuring.count(meter, measuring.POINTS, who.group, posted)
    measuring.count(meter, measuring.FOLDED, who.group, folded)
    return 1 if posted < 0 else 0


def performs(i, j, day, luck, possible, who, life, scored, town, tables, policy, meter):
    """She pays what the court ordered, or the creditor settles: the ground on which lists must let her go."""
    if not (possible >> draws.PAY) & 3 or not life.state & HAS_JUDGMENT:
        return
    parameters = tables.parameters[0]
    file = town.record[i]
    first_list = i * policy.score[0].lists
    chance = parameters.pay
    if life.poor:
        chance = (chance * parameters.pay_poor) >> 12
    if file.finding_deed != NOTHING:
        chance = (chance * parameters.pay_refusing) >> 12
    if scored:
        chance = (chance * shaming.pressure(town.listings, first_list, day, policy, parameters)) >> 12
    ground = 0
    if luck[draws.PAY, j] < chance:
        ground = BY_PERFORMANCE
        measuring.count(meter, measuring.JUDGMENTS_PERFORMED, who.group, 1)
    elif luck[draws.CLOSE, j] < parameters.close:
        ground = BY_CLOSURE
        measuring.count(meter, measuring.JUDGMENTS_CLOSED, who.group, 1)
    if ground:
        watching.end_judgment(file)
        watching.end_judgment(town.shadow[i])
        if scored:
            for number in range(policy.score[0].lists):
                row = policy.lists[number]
                if row.performance:
                    off = scoring.working_days_later(day, row.leave_days)
                    scoring.set_exit(town.listings[first_list + number], off, ground)
                    scoring.set_exit(town.shadow_listings[first_list + number], off, ground)
            life.due = min(life.due, day + 1)
        standing(i, day, life, town, policy)


def requests(i, j, day, luck, possible, who, life, scored, town, tables, policy, meter):
    """She asks for travel, work, credit, a school place; ordinary grounds and the policy may refuse."""
    bits = (possible >> draws.REQUEST) & 255
    clock = town.clock[0]
    while bits:
        number = draws.lowest(bits)
        bits &= bits - 1
        gate = tables.gates[number]
        wants = luck[draws.REQUEST + number, j] < gate.rate
        if number == WORK:
            wants = wants and who.wage > 0 and not life.works
        elif gate.needs == 3:
            wants = wants and has_school_child(i, who, town)
        if wants:
            threshold = 0
            if scored:
                threshold = gating.barred(town.record[i], town.listings, i * policy.score[0].lists, number, day, policy)
            reply = gating.answer(clock, i, day, number, gate, life.poor, threshold)
            gating.settle(life, number, gate, reply, day >= clock.start)
            measuring.count(meter, measuring.REQUESTS + number, who.group, 1)
            if reply != gating.GRANTED:
                measuring.count(meter, measuring.REFUSALS + number, who.group, 1)
            if reply == gating.BARRED:
                measuring.count(meter, measuring.BARRED + number, who.group, 1)


def reaction(i, day, who, mind, heard, sanctioned, scored, town, tables, policy):
    """Risk, fear and view move; then she speaks or keeps silent. Returns the face bits of what she says."""
    parameters = tables.parameters[0]
    if reacting.count(heard, reacting.SANCTION_SHIFT):
        reacting.hear_of_sanctions(mind, heard, parameters)
    if (i + day) % 30 == 0:
        reacting.month_passes(mind, parameters)
    climate = reacting.climate(heard, who.ties)
    mind.opinion = reacting.private_view(mind.anchor, climate, parameters)
    return reacting.speech(mind.opinion, who.boldness, mind.fear, climate, parameters)


def goes_home(i, day, who, mind, life, before, said, sanctioned, town, policy, meter):
    """Her face for tomorrow, the stocks she belongs to, and her own counts."""
    state = life.state & FROM_RECORDS
    if life.poor:
        state |= IN_HARDSHIP
    if who.wage > 0 and not life.works:
        state |= IS_JOBLESS
    face = said
    if state & IS_LISTED and shaming.on_public_list(town.listings, i * policy.score[0].lists, day, policy):
        face |= LISTED
    if state & IS_SHOWN:
        face |= SHOWN
    if sanctioned:
        face |= SANCTIONED_TODAY
    yesterday = town.face[(day + 1) & 1, i]
    town.face[day & 1, i] = face
    life.state = state
    measuring.step(meter, measuring.DISSENTING, who.group, yesterday & DISSENTS, face & DISSENTS)
    measuring.step(meter, measuring.PRAISING, who.group, yesterday & PRAISES, face & PRAISES)
    if state != before:
        measuring.changes(meter, who.group, before, state)
    if day >= town.clock[0].start and (state | face) & (IN_HARDSHIP | DISSENTS | FROM_RECORDS):
        own_counts(i, who, life, state, face, town, policy, meter)


def own_counts(i, who, life, state, face, town, policy, meter):
    """Her own days since the policy began, and what has happened to her at least once."""
    if face & DISSENTS:
        life.dissent_days = life.dissent_days + 1
    if state & IN_HARDSHIP:
        life.poor_days = life.poor_days + 1
    if state & IS_LISTED:
        life.listed_days = life.listed_days + 1
        life.ever |= EVER_LISTED
    if state & IS_SANCTIONED:
        life.sanctioned_days = life.sanctioned_days + 1
        life.ever |= EVER_SANCTIONED
        if not state & IS_SANCTIONED_IN_SHADOW:
            life.wrong_days = life.wrong_days + 1
    if state & IS_SANCTIONED_IN_SHADOW:
        life.ever |= EVER_SANCTIONED_IN_SHADOW
    if state & IS_SHOWN:
        wrongly = 0
        for place in range(i * policy.score[0].lists, (i + 1) * policy.score[0].lists):
            wrongly |= town.listings[place].entered != NEVER and town.listing_origin[place] != FROM_DEED
        if wrongly and not life.ever & EVER_WRONGLY_SHOWN:
            measuring.count(meter, measuring.SHOWN_WRONGLY, who.group, 1)
            life.ever |= EVER_WRONGLY_SHOWN
        life.ever |= EVER_SHOWN


# --- the evening: what belongs to the town as a whole ---------------------------------------------------------------


def evening(day, left, town, policy, meter):
    """Settle what citizens left in their trays (``left``: their numbers, in order), and call the next appeals."""
    clock = town.clock[0]
    for n in range(len(left)):
        i = left[n]
        if town.tray[i] & LEAVES_SIGHTING:
            mix_up(i, day, town, meter)
        if town.tray[i] & LEAVES_APPEAL:
            clock.tickets = clock.tickets + 1
            town.desk[i].ticket = clock.tickets
            town.tray[i] = (town.tray[i] & ~LEAVES_APPEAL) | HAS_TICKET
    if day % 7 < 5:
        clock.served = min(clock.tickets, clock.served + policy.score[0].appeal_capacity)


def mix_up(i, day, town, meter):
    """Lay a lost sighting at the door of another adult of the same district and group; if there is none, it is lost."""
    clock = town.clock[0]
    desk = town.desk[i]
    district = town.districts[town.people[i].district]
    town.tray[i] &= ~LEAVES_SIGHTING & 255
    for attempt in range(256):
        word = draws.draw(clock.key_0, clock.key_1, i, day, draws.RECIPIENT, attempt)
        other = district.first + draws.below(word, district.count)
        who = town.people[other]
        if other != i and who.age >= ADULT_AGE and who.group == town.people[i].group and not town.tray[other] & FINDS_CLAIM:
            town.desk[other].claimed_deed = desk.lost_deed
            town.desk[other].claimed_sensor = desk.lost_sensor
            town.tray[other] |= FINDS_CLAIM
            measuring.count(meter, measuring.LOST_SIGHTINGS, town.people[i].group, 1)
            measuring.count(meter, measuring.MIX_UPS, who.group, 1)
            break
    desk.lost_deed = NOTHING
    desk.lost_sensor = NOTHING


def pay_day(day, low, high, town, policy, meter):
    """Every 30th evening: each household from ``low`` to ``high`` closes its month."""
    clock = town.clock[0]
    i = low
    while i < high:
        income, perks = gating.pay_day(town.people, town.life, town.record, i, clock.hardship_line, 30, day >= clock.start, policy, clock.scored)
        measuring.count(meter, measuring.INCOME, town.people[i].group, income)
        measuring.count(meter, measuring.PERKS, town.people[i].group, perks)
        i += town.people[i].household
