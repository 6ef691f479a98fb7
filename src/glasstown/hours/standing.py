"""What follows from the two records, and from the household, about somebody today."""

from glasstown import scoring, shaming
from glasstown.world import (
    ADULT_AGE,
    HAS_JUDGMENT,
    IN_BOTTOM_BAND,
    IS_LISTED,
    IS_MARKED,
    IS_SANCTIONED,
    IS_SANCTIONED_IN_SHADOW,
    IS_SHOWN,
    NEVER,
)

FROM_RECORDS = IS_LISTED | IS_SANCTIONED | IS_SANCTIONED_IN_SHADOW | HAS_JUDGMENT | IN_BOTTOM_BAND | IS_SHOWN | IS_MARKED


def standing(i, day, life, town, policy):
    """Refresh the bits of her state that follow from the two records."""
    file = town.record[i]
    first_list = i * policy.score[0].lists
    bits = life.state & (8191 ^ FROM_RECORDS)
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
    if shaming.shown(town.listings, first_list, town.desk[i], day, policy):
        bits |= IS_SHOWN
    if shaming.marked(file, town.listings, first_list, day, policy):
        bits |= IS_MARKED
    life.state = bits


def has_school_child(i, who, town):
    """Whether she speaks for a household with a child of school age (only its first member asks)."""
    if who.place != 0:
        return 0
    for member in range(i + 1, i + who.household):
        if town.people[member].age >= 6 and town.people[member].age < ADULT_AGE:
            return 1
    return 0
