"""Who is shown: a public list, a band that others can see, a ring-back message. What it does is for the others to make of it."""

from glasstown.world import NOTHING


def shown(listings, first_list, day, policy):
    """Whether a message or screen shows her today: for ``show_days`` after her name entered a list."""
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
    factor = 4096
    for number in range(policy.score[0].lists):
        listing = listings[first_list + number]
        row = policy.lists[number]
        if listing.entered <= day and day < listing.until:
            factor += (row.pressure * parameters.list_pressure) >> 12
            left = row.show_days - (day - listing.entered)
            if row.show_days > 0 and left > 0:
                factor += parameters.shown_pressure * left // row.show_days
    return factor
