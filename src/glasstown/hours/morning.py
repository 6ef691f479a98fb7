"""The morning: the policy's first day, entries and stays that fall due, an appeal whose turn has come."""

from glasstown import detaining, draws, gating, measuring, mending, scoring, watching
from glasstown.hours import standing
from glasstown.tables import CLASSES
from glasstown.world import BY_APPEAL, EVER_UPHELD, FOREVER, HAS_TICKET, IS_SCORED, NEVER, NOTHING, WAITS, WRONG


def is_scored(i, day, who, clock, policy):
    """Whether the policy that is in force holds for her today: it has reached her, she is not exempt, she agreed, and it has not ended."""
    score = policy.score[0]
    if not (score.rules or score.sensors) or clock.repealed or (who.district >= score.pilot and clock.stage < score.everywhere):
        return 0
    if clock.exempt > 0 and draws.draw(clock.key_0, clock.key_1, i, 0, draws.EXEMPT, 0) < clock.exempt:
        return 0
    if score.consent <= draws.MASK and draws.draw(clock.key_0, clock.key_1, i, 0, draws.CONSENT, 0) >= score.consent:
        return 0
    return day < clock.start + score.sunset


def morning(i, day, who, mind, life, scored, town, tables, policy, meter):
    """The policy's first day and its last; entries and lists that fall due; an appeal or a queue whose turn has come."""
    clock = town.clock[0]
    score = policy.score[0]
    if day == clock.start and town.shadow[i].finding_deed != NOTHING:
        mind.did |= 1 << town.shadow[i].finding_deed  # conduct before the policy began is still hers
    began = life.state & IS_SCORED
    if scored and not began:
        town.record[i].clean_since = day
        town.shadow[i].clean_since = day
        scoring.publish(town.record[i], day, policy)
        scoring.publish(town.shadow[i], day, policy)
        life.due = day
    if began and not scored:
        the_end(i, day, life, town, policy)
    if scored and day >= life.due:
        fall_due(i, day, who, life, town, policy, meter)
    if town.tray[i] & HAS_TICKET and mending.is_heard(town.desk[i], clock, day, score):
        hearing(i, day, who, mind, life, town, tables, policy, meter)
    if detaining.is_released(life, day):
        detaining.release(life, mind, tables.parameters[0])
    if town.tray[i] & WAITS:
        queue(i, who, town, meter)


def queue(i, who, town, meter):
    """Her turn in a queue has come."""
    desk = town.desk[i]
    row = town.queues[desk.place - 1]
    if desk.number <= row.served:
        favoured = (desk.place - 1) % CLASSES > 1
        measuring.count(meter, measuring.WAITING_FAVOURED if favoured else measuring.WAITING_OTHERS, who.group, -1)
        measuring.count(meter, measuring.SERVED_FAVOURED if favoured else measuring.SERVED_OTHERS, who.group, 1)
        desk.place = 0
        desk.number = 0
        town.tray[i] &= 255 ^ WAITS


def the_end(i, day, life, town, policy):
    """The policy ends: bands and lists are void, appeals too; what was posted stays in the books and has no effect."""
    first_list = i * policy.score[0].lists
    for shadowed in range(2):
        file = town.shadow[i] if shadowed else town.record[i]
        listings = town.shadow_listings if shadowed else town.listings
        file.band = NOTHING
        file.override = NOTHING
        for place in range(first_list, first_list + policy.score[0].lists):
            scoring.strike(listings[place])
    mending.close_appeal(town.desk[i])
    town.tray[i] &= 255 ^ HAS_TICKET
    town.desk[i].shown_until = NEVER
    standing.standing(i, day, life, town, policy)


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
            expired, decayed, faded = scoring.age(file, entries, first, day, policy)
            if not shadowed:
                town.books[i].folded = town.books[i].folded - faded
                town.books[i].expired = town.books[i].expired + expired + faded
                town.books[i].decayed = town.books[i].decayed + decayed
            if score.clean_days < FOREVER and (who.place == 0 or not score.pooled) and town.books[i].turnover <= scoring.FULL:
                earned = scoring.recovers(file, day, policy)
                if not shadowed and earned:
                    town.books[i].turnover = town.books[i].turnover + earned
                    town.books[i].recovered = town.books[i].recovered + earned
                    town.books[i].folded = town.books[i].folded + earned
                    measuring.count(meter, measuring.RECOVERED, who.group, earned)
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
    shown_until = town.desk[i].shown_until
    life.due = min(due, shown_until) if shown_until > day else due
    standing.standing(i, day, life, town, policy)


def hearing(i, day, who, mind, life, town, tables, policy, meter):
    """Her appeal is decided; if the error is found, everything the claim led to is taken back."""
    desk = town.desk[i]
    score = policy.score[0]
    deed = desk.appealed
    measuring.count(meter, measuring.HEARINGS, who.group, 1)
    origin = desk.appealed_origin + 0
    first_list = i * score.lists
    for place in range(first_list, first_list + score.lists):
        if town.listings[place].cause == deed and town.listings[place].entered != NEVER:
            origin = town.listing_origin[place]
    for slot in range(i * score.slots, (i + 1) * score.slots):
        entry = town.entries[slot]
        if entry.rule != NOTHING and policy.rules[entry.rule].deed == deed and (WRONG >> town.entry_origin[slot]) & 1:
            origin = town.entry_origin[slot]
    if mending.finds_error(town.clock[0], i, origin, deed, desk.appeal_day, score, tables.parameters[0]):
        measuring.count(meter, measuring.UPHELD, who.group, 1)
        life.ever |= EVER_UPHELD
        correction(i, day, mind, deed, town, policy)
        refund(i, deed, who, life, town, policy, meter)
        scoring.publish(town.record[i], day, policy)
        standing.standing(i, day, life, town, policy)
        life.due = day + 1
    mending.close_appeal(desk)
    town.tray[i] &= 255 ^ HAS_TICKET


def refund(i, deed, who, life, town, policy, meter):
    """What she paid for a claim found wrong is given back."""
    clock = town.clock[0]
    for number in range(policy.score[0].rules):
        row = policy.rules[number]
        if row.deed == deed and row.charge > 0 and gating.pays(clock, i, town.desk[i].appeal_day, number, row):
            life.purse = life.purse + row.charge
            measuring.count(meter, measuring.REFUNDED, who.group, row.charge)


def correction(i, day, mind, deed, town, policy):
    """Take back what rests on a claim found wrong, and the court's finding: one entry, else one listing; or all that took it over."""
    score = policy.score[0]
    file = town.record[i]
    first_list = i * score.lists
    taken = 0
    for slot in range(i * score.slots, (i + 1) * score.slots):
        entry = town.entries[slot]
        if (not taken or score.corrects_all) and entry.rule != NOTHING and policy.rules[entry.rule].deed == deed:
            town.books[i].reversed = town.books[i].reversed + scoring.clear(file, entry)
            taken = 1
    for place in range(first_list, first_list + score.lists):
        listing = town.listings[place]
        if (not taken or score.corrects_all) and listing.entered != NEVER and listing.cause == deed:
            scoring.set_exit(listing, scoring.working_days_later(day, policy.lists[place - first_list].leave_days), BY_APPEAL)
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
