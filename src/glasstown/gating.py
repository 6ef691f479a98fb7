"""What closes or opens: requests, refusals, work, fines and the month's income. Ordinary refusals happen in both towns."""

from glasstown.draws import LAW, REFUSED_BY_POLICY, REFUSED_ORDINARY, draw
from glasstown.tables import CREDIT, SCHOOL, TRAVEL, WORK
from glasstown.world import NOTHING, PENSION_AGE

GRANTED, REFUSED, BARRED = 0, 1, 2
MOST_MONEY = 2_000_000_000  # cents a life can add up to


def barred(file, listings, first_list, gate, day, policy):
    """Threshold with which the policy closes this gate to her: the harshest of her band and her lists."""
    threshold = 0
    if file.band != NOTHING:
        threshold = policy.bands[file.band].refuse[gate]
    for number in range(policy.score[0].lists):
        listing = listings[first_list + number]
        if listing.entered <= day and day < listing.until:
            threshold = max(threshold, policy.lists[number].refuse[gate])
    return threshold


def answer(clock, i, day, number, gate, poor, threshold):
    """GRANTED, REFUSED on ordinary grounds, or BARRED by the policy alone."""
    ordinary = gate.refused_poor if poor else gate.refused
    if draw(clock.key_0, clock.key_1, i, day, REFUSED_ORDINARY, number) < ordinary:
        return REFUSED
    if threshold > 0 and draw(clock.key_0, clock.key_1, i, day, REFUSED_BY_POLICY, number) < threshold:
        return BARRED
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


def earn(life, wage, parameters):
    """A day's wage, or the share of it that is paid while she is without work."""
    if life.works:
        life.purse = life.purse + wage
    else:
        life.purse = life.purse + ((wage * parameters.benefit) >> 12)


def punish(clock, i, day, life, deed, number, age):
    """Ordinary law's answer to a deed laid at her door, in both towns: a fine, and perhaps the loss of her work."""
    life.purse = life.purse - deed.fine
    if life.works and age < PENSION_AGE and draw(clock.key_0, clock.key_1, i, day, LAW, number) < deed.job_loss:
        life.works = 0


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
