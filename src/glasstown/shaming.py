"""Who is shown: a public list, a band that others can see, a ring-back message, a screen; and how being put on display deters.

What it does to standing is for the others to make of it (reacting). As a deterrent it fades: where tax debtors were published, the
announcement moved payments and publication soon did not (source F99); one police force claimed that screens cut jaywalking to a
tenth, and reporters elsewhere saw no effect (sources F40, F41).
"""

from glasstown.draws import NOTICED, draw
from glasstown.world import BITS, NOTHING, ONE


def display(desk, day, days):
    """A screen shows her from today on. Returns 1 if none did."""
    fresh = day >= desk.shown_until
    desk.shown_until = max(desk.shown_until, day + days)
    return 1 if fresh else 0


def come_across(clock, i, day, score, parameters):
    """Whether those around her come across her picture today; who she is may be masked, and seen through."""
    reach = score.display_reach
    if score.masked:
        reach = (reach * parameters.seen_through) >> BITS
    return draw(clock.key_0, clock.key_1, i, day, NOTICED, 0) < reach


def deters(exposed, since, parameters):
    """By how much a deed falls that is put on display (``exposed``), so many days after the start, 1 / ONE; it fades hyperbolically."""
    shame = parameters.shame * ONE // (ONE + parameters.shame_fading * max(since, 0) // 30)
    return (shame * exposed) >> BITS


def shown(listings, first_list, desk, day, policy):
    """Whether a message or a screen shows her today: for ``show_days`` after her name entered a list, or as long as a rule says."""
    if day < desk.shown_until:
        return 1
    for number in range(policy.score[0].lists):
        listing = listings[first_list + number]
        days = policy.lists[number].show_days
        if days > 0 and listing.entered <= day and day < listing.until and day < listing.entered + days:
            return 1
    return 0


def marked(file, listings, first_list, day, policy):
    """Whether others can see that she is in a low band, or look her up on a list today."""
    if file.band != NOTHING and policy.bands[file.band].marked:
        return 1
    for number in range(policy.score[0].lists):
        listing = listings[first_list + number]
        if policy.lists[number].public and listing.entered <= day and day < listing.until:
            return 1
    return 0


def pressure(listings, first_list, day, policy, parameters):
    """Factor on the daily chance of performing a judgment, 1 / ONE: the list's doors, and being shown (it fades, F99)."""
    factor = ONE
    for number in range(policy.score[0].lists):
        listing = listings[first_list + number]
        row = policy.lists[number]
        if listing.entered <= day and day < listing.until:
            factor += (row.pressure * parameters.list_pressure) >> BITS
            left = row.show_days - (day - listing.entered)
            if row.show_days > 0 and left > 0:
                factor += parameters.shown_pressure * left // row.show_days
    return factor
