"""What closes or opens: requests, refusals, work, fines and the month's income. Ordinary refusals happen in both towns."""

from glasstown.draws import DISCRETION_AT_GATE, LAW, PAID, REFUSED_BY_POLICY, REFUSED_ORDINARY, SENSORS_MAX, draw
from glasstown.tables import BUSINESS, CLASSES, CREDIT, GATES, HOUSING, SCHOOL, SERVICES, TRAVEL, WORK
from glasstown.world import ADULT_AGE, BITS, NOTHING, ONE, PENSION_AGE

GRANTED, REFUSED, BARRED, TURNED_AWAY = 0, 1, 2, 3
GATE_COUNT = len(GATES)
HALF = 1 << 31  # a door is closed to whom at least half of all requests are refused
MOST_MONEY = 2_000_000_000  # cents a life can add up to


def barred(file, entries, first, listings, first_list, number, day, stage, tables, policy):
    """Threshold with which the policy closes gate ``number`` to her: the harshest of her band and her lists.

    Where contexts are kept apart, only what was recorded in the gate's own context counts. No gate is closed before its stage.
    """
    score = policy.score[0]
    if score.gate_stage[number] > stage:
        return 0
    context = tables.gates[number].context
    threshold = 0
    band = band_within(file, entries, first, context, tables, policy) if score.separate else file.band
    if band != NOTHING:
        threshold = policy.bands[band].refuse[number]
    for place in range(score.lists):
        listing = listings[first_list + place]
        on_it = listing.entered <= day and day < listing.until
        if on_it and (not score.separate or (listing.cause != NOTHING and tables.deeds[listing.cause].context == context)):
            threshold = max(threshold, policy.lists[place].refuse[number])
    return threshold


def band_within(file, entries, first, context, tables, policy):
    """The band that her entries of one context alone would put her in; NOTHING without bands."""
    score = policy.score[0]
    if file.band == NOTHING:
        return NOTHING
    points = score.base
    for slot in range(first, first + score.slots):
        entry = entries[slot]
        if entry.rule != NOTHING and tables.deeds[policy.rules[entry.rule].deed].context == context:
            points += entry.points
    band = 0
    for place in range(1, score.bands):
        if min(max(points, score.low), score.high) >= policy.bands[place].floor:
            band = place
    return band


def doors_closed(file, entries, first, listings, first_list, day, stage, tables, policy):
    """How many of the gates are closed to her today."""
    closed = 0
    for number in range(GATE_COUNT):
        closed += barred(file, entries, first, listings, first_list, number, day, stage, tables, policy) >= HALF
    return closed


def answer(clock, i, day, number, gate, poor, threshold, marked, parameters):
    """GRANTED, REFUSED on ordinary grounds, BARRED by the policy alone, or TURNED_AWAY unasked by somebody who sees her mark."""
    ordinary = gate.refused_poor if poor else gate.refused
    if draw(clock.key_0, clock.key_1, i, day, REFUSED_ORDINARY, number) < ordinary:
        return REFUSED
    if threshold > 0 and draw(clock.key_0, clock.key_1, i, day, REFUSED_BY_POLICY, number) < threshold:
        return BARRED
    if marked and gate.discretion > 0:
        discretion = (gate.discretion * parameters.discretion) >> BITS
        if draw(clock.key_0, clock.key_1, i, day, DISCRETION_AT_GATE, number) < discretion:
            return TURNED_AWAY
    return GRANTED


def settle(life, number, gate, reply, counts):
    """What the answer means: work found, or a refusal counted (``counts``: the policy has begun) and paid for."""
    if reply == GRANTED:
        if number == WORK:
            life.works = 1
        return
    life.purse = life.purse - gate.cost
    if not counts:
        return
    if number == TRAVEL:
        life.refused_travel = min(life.refused_travel + 1, 255)
    elif number == WORK:
        life.refused_work = min(life.refused_work + 1, 255)
    elif number == CREDIT:
        life.refused_credit = min(life.refused_credit + 1, 255)
    elif number == SCHOOL:
        life.refused_school = min(life.refused_school + 1, 255)
    elif number == HOUSING:
        life.refused_housing = min(life.refused_housing + 1, 255)
    elif number == SERVICES:
        life.refused_services = min(life.refused_services + 1, 255)
    elif number == BUSINESS:
        life.refused_business = min(life.refused_business + 1, 255)


def queue_class(file, is_listed, policy):
    """Her class in a queue, 0 to CLASSES - 1: the higher is served first. Listed: the last; without bands: 1, like everybody."""
    if is_listed:
        return 0
    if file.band != NOTHING:
        return policy.bands[file.band].priority
    return 1


def moves_up(queues, number, places):
    """One day of the queue at gate ``number``: its places (1 / ONE) go to the highest class first, in the order of joining.

    Places that nobody waits for are gone, but for the part of one that is still in the making.
    """
    first = number * CLASSES
    queues[first].places = queues[first].places + places
    for step in range(CLASSES):
        row = queues[first + CLASSES - 1 - step]
        served = min(row.joined - row.served, queues[first].places >> BITS)
        row.served = row.served + served
        queues[first].places = queues[first].places - (served << BITS)
    queues[first].places = queues[first].places & ONE - 1


def earn(life, wage, parameters):
    """A day's wage, or the share of it that is paid while she is without work."""
    if life.works:
        life.purse = life.purse + wage
    else:
        life.purse = life.purse + ((wage * parameters.benefit) >> BITS)


def punish(clock, i, day, life, deed, number, age):
    """Ordinary law's answer to a deed laid at her door, in both towns: a fine, and perhaps the loss of her work."""
    life.purse = life.purse - deed.fine
    if life.works and age < PENSION_AGE and draw(clock.key_0, clock.key_1, i, day, LAW, number) < deed.job_loss:
        life.works = 0


def pays(clock, i, day, rule, row):
    """Whether she pays what rule number ``rule`` charged her on a day."""
    return draw(clock.key_0, clock.key_1, i, day, PAID, rule) < row.paid


def upkeep(people, first, policy):
    """Cents that the policy's sensors cost in a month of 30 days for the adults of a household, whatever they see."""
    adults = 0
    for i in range(first, first + people[first].household):
        adults += people[i].age >= ADULT_AGE
    cents = 0
    for number in range(SENSORS_MAX):
        if (policy.score[0].sensors >> number) & 1:
            cents += policy.sensors[number].cost_year
    return adults * cents * 30 // 365


def pay_day(people, life, record, first, line, days, starts, policy, scored):
    """Close the month for the household whose first member is ``first``; returns (income, perks) of its adults.

    Hardship: income below ``line`` per equivalent adult (OECD-modified scale: 1, 0.5 for further adults, 0.3 for children),
    for a month of ``days`` days.
    """
    size = people[first].household
    total = 0
    perks = 0
    weight = 5
    for i in range(first, first + size):
        if people[i].age < 18:
            weight += 3
        else:
            weight += 5
            if scored and record[i].band != NOTHING:
                perk = policy.bands[record[i].band].perk * days
                life[i].purse = life[i].purse + perk
                perks += perk
            total += life[i].purse
            if starts:
                life[i].income = min(max(life[i].income + life[i].purse, -MOST_MONEY), MOST_MONEY)
            life[i].purse = 0
    poor = 1 if total * 10 < line * weight else 0
    for i in range(first, first + size):
        life[i].poor = poor
    return total, perks
