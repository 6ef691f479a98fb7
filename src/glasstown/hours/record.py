"""Sightings are written down: ordinary law in both towns, the policy in one, the shadow record beside it."""

from glasstown import detaining, draws, gating, measuring, mending, power, reacting, scoring, shaming, watching
from glasstown.hours import away, standing
from glasstown.tables import BY_ORDER, CLOSE_TO_MARKED, GOOD, HIGH_RISK
from glasstown.world import (
    ANSWERS,
    COUNTED,
    EVER_APPEALED,
    EVER_DENOUNCED,
    EVER_JUDGED,
    EVER_SPARED,
    EXPOSED,
    FINED_TODAY,
    FOREVER,
    FROM_DEED,
    FROM_MIX_UP,
    FROM_REPORT,
    FROM_TIE,
    IS_SANCTIONED,
    LEAVES_APPEAL,
    NEVER,
    NOTHING,
    ONE,
    ORDINARY,
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
    if score.context_stage[tables.deeds[kind].context] > town.clock[0].stage:
        return 0
    felt = 0
    waits = not steady
    for rule in range(score.rules):
        row = policy.rules[rule]
        if row.deed == kind and (steady or kind >= CLOSE_TO_MARKED or (row.sensors >> number) & 1):
            if waits:
                waits = 0
                if not shadowed:
                    measuring.count(meter, measuring.SENSOR_COST, who.group, policy.sensors[number].cost_sighting)
                    if cleared(i, day, kind, number, origin, who, town, policy, meter):
                        return 0
                    if stopped(i, day, kind, number, origin, who, town, policy, meter):
                        return 0
                    if looked_into(i, day, kind, number, origin, who, town, policy, meter):
                        return 0
                    if vanishes(i, day, kind, who, life, town, tables, policy, meter):
                        return 0
                if not enough(file, kind, day, number, tables, policy):
                    return 0
            hard = apply_rule(i, day, rule, row, origin, steady, shadowed, file, who, mind, life, town, tables, policy, meter)
            felt = max(felt, hard)
    if felt and origin == FROM_REPORT:
        life.ever |= EVER_DENOUNCED
        measuring.count(meter, measuring.REPORTS_COUNTED, who.group, 1)
        if score.reward:
            town.desk[i].answer = COUNTED
            town.tray[i] |= ANSWERS
    return felt


def enough(file, kind, day, number, tables, policy):
    """Whether the evidence suffices: as many claims as the policy asks for, and two where people's word must be borne out by another's."""
    score = policy.score[0]
    needed = score.evidence
    if score.corroborated and (score.reports >> number) & 1:
        needed = max(needed, 2)
    return (
        needed <= 1 or kind == BY_ORDER or tables.deeds[kind].kind == GOOD or watching.enough(file, kind, day, needed, score.evidence_days)
    )


def looked_into(i, day, kind, number, origin, who, town, policy, meter):
    """Whether an inquiry stops what somebody reported; who reported falsely is then known, unless reports are anonymous."""
    score = policy.score[0]
    if not (score.reports >> number) & 1:
        return 0
    measuring.count(meter, measuring.SENSOR_COST, who.group, score.reward)
    if score.inquiry == 0:
        return 0
    found = mending.inquires(town.clock[0], i, day, kind, origin, score)
    measuring.count(meter, measuring.INQUIRIES, who.group, 1 if found != mending.NOT_LOOKED_AT else 0)
    measuring.count(meter, measuring.INQUIRY_STOPPED, who.group, 1 if found == mending.STOPPED else 0)
    if found == mending.STOPPED and origin == FROM_REPORT and (score.corroborated or not score.anonymous):
        town.desk[i].answer = EXPOSED
        town.tray[i] |= ANSWERS
    return found == mending.STOPPED


def vanishes(i, day, kind, who, life, town, tables, policy, meter):
    """Whether a claim that would cost somebody powerful vanishes before it counts."""
    if who.status == ORDINARY or policy.severity[kind] <= 0:
        return 0
    if not power.vanishes(town.clock[0], i, day, kind, policy.score[0], tables.parameters[0]):
        return 0
    life.ever |= EVER_SPARED
    measuring.count(meter, measuring.VANISHED, who.group, 1)
    return 1


def stopped(i, day, kind, number, origin, who, town, policy, meter):
    """Whether a person who looks at a machine's claim stops it."""
    score = policy.score[0]
    if score.review == 0 or not by_machine(kind, number, policy):
        return 0
    found = mending.check(town.clock[0], i, day, kind, number, origin, score)
    measuring.count(meter, measuring.REVIEWS, who.group, 1 if found != mending.NOT_LOOKED_AT else 0)
    measuring.count(meter, measuring.REVIEW_STOPPED, who.group, 1 if found == mending.STOPPED else 0)
    return found == mending.STOPPED


def by_machine(kind, number, policy):
    """Whether software makes this claim."""
    return kind == HIGH_RISK or policy.sensors[number].machine


def cleared(i, day, kind, number, origin, who, town, policy, meter):
    """Whether her own answer disproves a machine's claim before it counts."""
    if policy.score[0].answers == 0 or not by_machine(kind, number, policy):
        return 0
    found = mending.answers(town.clock[0], i, day, kind, origin, policy.score[0])
    measuring.count(meter, measuring.ANSWERED, who.group, 1 if found != mending.NOT_LOOKED_AT else 0)
    measuring.count(meter, measuring.ANSWERS_CLEARED, who.group, 1 if found == mending.STOPPED else 0)
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
    if not shadowed and not steady:
        bad |= taken_further(i, day, rule, row, origin, who, life, town, policy, meter)
    scoring.publish(file, day, policy)
    life.due = day + 1
    if shadowed or not bad:
        return 0
    felt = ONE if detaining.is_away(life, day + 1) else max(policy.severity[row.deed], 1)
    if not life.state & IS_SANCTIONED and scoring.is_sanctioned(file, town.listings, first_list, day, policy):
        felt = ONE
    if (WRONG >> origin) & 1 or origin == FROM_TIE:
        reacting.wronged(mind, felt, tables.parameters[0])
    if mending.appeals(clock, i, day, row.deed, score) and mending.file_appeal(town.desk[i], row.deed, origin, day):
        measuring.count(meter, measuring.APPEALS, who.group, 1)
        town.tray[i] |= LEAVES_APPEAL
        life.ever |= EVER_APPEALED
    return 0 if steady else felt


def taken_further(i, day, rule, row, origin, who, life, town, policy, meter):
    """A rule may charge her, put her on a screen, or have her detained. Returns 1 if it does."""
    score = policy.score[0]
    bad = 0
    if row.charge > 0:
        measuring.count(meter, measuring.CHARGED, who.group, row.charge)
        if gating.pays(town.clock[0], i, day, rule, row):
            life.purse = life.purse - row.charge
            measuring.count(meter, measuring.CHARGES_PAID, who.group, row.charge)
        bad = 1
    if row.display > 0:
        town.desk[i].shown_origin = origin
        if shaming.display(town.desk[i], day, row.display):
            measuring.count(meter, measuring.DISPLAYS, who.group, 1)
            measuring.count(meter, measuring.DISPLAYS_WRONG, who.group, (WRONG >> origin) & 1)
        bad = 1
    if row.detain > 0 and (row.detain_after <= 1 or scoring.times(town.entries, i * score.slots, score.slots, rule) >= row.detain_after):
        away.taken(i, day, row.detain, origin, who, life, meter)
        bad = 1
    return bad


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
