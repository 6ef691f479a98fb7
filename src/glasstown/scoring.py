"""What is written down: points, bands and lists. Every function here is handed record rows only; truth is out of reach.

raw = base + live entries + folded; published = raw clamped to the policy's range; overrides set bands, not points. Where a household
is scored together, what the others of it have lost and earned is added before clamping.
posted + recovered = live + folded + expired + reversed + decayed + capped, always, per person (the books).
"""

from glasstown.world import ADULT_AGE, BITS, BY_TERM, FOREVER, NEVER, NOTHING, ONE

MOST_LIVE = 32_000  # points a file can hold in either direction; what goes beyond is capped
FULL = 24_000  # turnover at which a person's books are full: no single entry exceeds 8,000 points (the loader sees to it)


def scale(points, factor):
    """points * factor / ONE, rounded half away from zero, alike for gains and losses."""
    size = (abs(points) * factor + ONE // 2) >> BITS
    return size if points >= 0 else -size


def band_of(score, policy):
    """The band a score falls in: the highest whose floor it reaches; band 0 is the bottom; NOTHING without bands."""
    band = NOTHING
    for number in range(policy.score[0].bands):
        if number == 0 or score >= policy.bands[number].floor:
            band = number
    return band


def publish(file, day, policy):
    """Score and band from the live points; an override in force can only lower the band."""
    score = policy.score[0]
    if not score.scores:
        return
    file.score = min(max(score.base + file.live + file.pooled, score.low), score.high)
    band = band_of(file.score, policy)
    if file.override != NOTHING and day > file.override_until:
        file.override = NOTHING
    if file.override != NOTHING and band != NOTHING:
        band = min(band, file.override)
    file.band = band


def points_of(rule, word):
    """The rule's points; within a range, an official's discretion picks one evenly."""
    if rule.points == rule.points_to:
        return rule.points
    low = min(rule.points, rule.points_to)
    return low + ((word * (abs(rule.points_to - rule.points) + 1)) >> 32)


def standing(entries, first, slots, number, day, rule):
    """Points (without sign) of this rule's live entries, and whether one is recent enough to make this a repeat."""
    size = 0
    repeated = 0
    for slot in range(first, first + slots):
        if entries[slot].rule == number:
            size += abs(entries[slot].points)
            if day - entries[slot].day <= rule.repeat_days:
                repeated = 1
    return size, repeated


def slot_for(entries, first, slots, number):
    """The first free slot; else one with an entry of the same rule, which grows; else the one of the oldest entry, which is folded."""
    oldest = first
    same = -1
    for slot in range(first, first + slots):
        if entries[slot].rule == NOTHING:
            return slot
        if entries[slot].rule == number:
            same = slot
        if entries[slot].day < entries[oldest].day:
            oldest = slot
    return same if same >= 0 else oldest


def post(file, entries, first, number, word, day, policy):
    """Write an entry under rule ``number``. Returns (slot, points posted, points folded, points capped).

    Where a cap leaves nothing of it, no entry is written (slot -1); the books still say what was capped, and the rule's last entry counts
    one time more.
    """
    rule = policy.rules[number]
    slots = policy.score[0].slots
    points = points_of(rule, word)
    size, repeated = standing(entries, first, slots, number, day, rule)
    if repeated:
        points = scale(points, rule.repeat)
    if points < 0:
        file.clean_since = day
    room = max(min(rule.cap - size, MOST_LIVE - abs(file.live)), 0)
    kept = min(max(points, -room), room)
    if kept == 0:
        count_again(entries, first, slots, number)
        return -1, points, 0, points
    slot = slot_for(entries, first, slots, number)
    entry = entries[slot]
    folded = 0
    if entry.rule == number:
        entry.points = entry.points + kept
        entry.times = min(entry.times + 1, 255)
    else:
        folded = entry.points if entry.rule != NOTHING else 0
        entry.points = kept
        entry.times = 1
    entry.day = day
    entry.rule = number
    file.live = file.live + kept
    return slot, points, folded, points - kept


def count_again(entries, first, slots, number):
    """The rule was applied once more to somebody whom it can cost no further points."""
    for slot in range(first, first + slots):
        if entries[slot].rule == number:
            entries[slot].times = min(entries[slot].times + 1, 255)
            return


def times(entries, first, slots, number):
    """How often this rule was applied, of what its live entries stand for."""
    count = 0
    for slot in range(first, first + slots):
        count += entries[slot].times if entries[slot].rule == number else 0
    return count


def set_override(file, rule, day):
    """One event sets the band, for as long as the rule says."""
    if file.override == NOTHING or rule.override <= file.override:
        file.override = rule.override
        file.override_until = min(day + rule.override_days, FOREVER)


def enlist(listing, deed, rule, day, extra_days):
    """Put her on a list, or lengthen her stay. Returns 1 if she was not on it."""
    entered = day + rule.delay
    until = FOREVER if rule.term >= FOREVER else min(entered + rule.term + extra_days, FOREVER - 1)
    if listing.entered == NEVER:
        listing.entered = entered
        listing.until = until
        listing.cause = deed
        listing.ground = BY_TERM
        return 1
    if listing.ground == BY_TERM:
        listing.until = max(listing.until, until)
    return 0


def on_list(listing, day):
    """Whether she is on the list today."""
    return listing.entered != NEVER and listing.entered <= day and day < listing.until


def working_days_later(day, count):
    """The day ``count`` working days after this one (day 0 is a Monday; days 5 and 6 of a week are free)."""
    while count > 0:
        day += 1
        if day % 7 < 5:
            count -= 1
    return day


def set_exit(listing, day, ground):
    """A ground of exit has arisen: she is off the list from ``day`` on, unless she is off earlier."""
    if listing.entered != NEVER and day < listing.until:
        listing.until = day
        listing.ground = ground


def strike(listing):
    """Take her off the list."""
    listing.entered = NEVER
    listing.until = NEVER
    listing.cause = NOTHING
    listing.ground = BY_TERM


def clear(file, entry):
    """Free an entry's slot. Returns the points that were left in it."""
    points = entry.points
    file.live = file.live - points
    entry.points = 0
    entry.day = NEVER
    entry.rule = NOTHING
    entry.times = 0
    return points


def age(file, entries, first, day, policy):
    """Entries expire and decay on the days they fall due; what was folded expires evenly, a part every 30th day.

    Returns (points of entries expired, points decayed, folded points expired).
    """
    score = policy.score[0]
    expired = 0
    decayed = 0
    remainder = file.live
    for slot in range(first, first + score.slots):
        entry = entries[slot]
        if entry.rule != NOTHING:
            remainder -= entry.points
            days = day - entry.day
            if days >= score.expiry:
                expired += clear(file, entry)
            elif score.decay > 0 and days > 0 and days % score.decay_days == 0:
                lost = scale(entry.points, score.decay)
                if lost == 0 and entry.points != 0:
                    lost = 1 if entry.points > 0 else -1
                entry.points = entry.points - lost
                file.live = file.live - lost
                decayed += lost
                if entry.points == 0:
                    clear(file, entry)
    faded = 0
    if remainder != 0 and score.expiry < FOREVER and day % 30 == 0:
        faded = scale(remainder, min(30 * ONE // score.expiry, ONE))
        if faded == 0 and (day // 30) % (score.expiry // (30 * abs(remainder)) + 1) == 0:  # less than a point a month: now and then one
            faded = 1 if remainder > 0 else -1
        file.live = file.live - faded
    return expired, decayed, faded


def pool(people, files, life, first, day):
    """What the adults of a household have lost and earned counts for each of them from tomorrow on; so does the day of the last loss.

    ``files`` is the record or the shadow record, ``first`` the household's first member.
    """
    size = people[first].household
    total = 0
    since = NEVER
    for i in range(first, first + size):
        if people[i].age >= ADULT_AGE:
            total += files[i].live
            since = max(since, files[i].clean_since)
    for i in range(first, first + size):
        if people[i].age >= ADULT_AGE:
            others = min(max(total - files[i].live, -MOST_LIVE), MOST_LIVE)
            if files[i].pooled != others or files[i].clean_since != since:
                files[i].pooled = others
                files[i].clean_since = since
                life[i].due = min(life[i].due, day + 1)


def recovers(file, day, policy):
    """Points that so many days without a loss earn back, as far as the highest score lets them. They are kept with what was folded."""
    score = policy.score[0]
    if day - file.clean_since < score.clean_days:
        return 0
    earned = max(min(score.clean_points, score.high - score.base - file.live - file.pooled, MOST_LIVE - file.live), 0)
    file.clean_since = day
    file.live = file.live + earned
    return earned


def next_due(file, entries, first, listings, first_list, day, policy):
    """The next day on which something in this record falls due."""
    score = policy.score[0]
    due = FOREVER
    remainder = file.live
    for slot in range(first, first + score.slots):
        entry = entries[slot]
        if entry.rule != NOTHING:
            remainder -= entry.points
            due = min(due, entry.day + score.expiry)
            if score.decay > 0:
                due = min(due, day + score.decay_days - (day - entry.day) % score.decay_days)
    if remainder != 0 and score.expiry < FOREVER:
        due = min(due, day + 30 - day % 30)
    if file.override != NOTHING:
        due = min(due, file.override_until + 1)
    if score.clean_days < FOREVER:
        due = min(due, file.clean_since + score.clean_days)
    for place in range(first_list, first_list + score.lists):
        listing = listings[place]
        if listing.entered != NEVER:
            due = min(due, listing.entered if listing.entered > day else listing.until)
    return due


def is_sanctioned(file, listings, first_list, day, policy):
    """On a list, or in a band that closes a door or takes something."""
    if file.band != NOTHING and policy.bands[file.band].sanction:
        return 1
    for place in range(first_list, first_list + policy.score[0].lists):
        if on_list(listings[place], day):
            return 1
    return 0
