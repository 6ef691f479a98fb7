"""The morning: the policy's first day, entries and stays that fall due, an appeal whose turn has come."""

from glasstown import measuring, mending, scoring, watching
from glasstown.hours import standing
from glasstown.world import BY_APPEAL, EVER_UPHELD, FOREVER, FROM_DEED, HAS_TICKET, NEVER, NOTHING


def morning(i, day, who, mind, life, scored, town, tables, policy, meter):
    """The policy's first day; entries and lists that fall due; an appeal whose turn has come."""
    clock = town.clock[0]
    score = policy.score[0]
    if day == clock.start and town.shadow[i].finding_deed != NOTHING:
        mind.did |= 1 << town.shadow[i].finding_deed  # conduct before the policy began is still hers
    if scored and day == clock.start:
        scoring.publish(town.record[i], day, policy)
        scoring.publish(town.shadow[i], day, policy)
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
    standing.standing(i, day, life, town, policy)


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
        scoring.publish(town.record[i], day, policy)
        standing.standing(i, day, life, town, policy)
        life.due = day + 1
    mending.close_appeal(desk)
    town.tray[i] &= 255 ^ HAS_TICKET


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
