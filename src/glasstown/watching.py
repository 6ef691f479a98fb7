"""What is seen: the door from truth to record. A sensor looks, and may miss, or take her for somebody else."""

from glasstown.draws import COVERED, MISSED, MIXED_UP, draw
from glasstown.world import NEVER, NOTHING

UNSEEN, OVERLOOKED, SEEN, TAKEN_FOR_ANOTHER = 0, 1, 2, 3

# a sighting, packed: deed | sensor << 8 | origin << 16 | which records it reaches
TO_RECORD, TO_SHADOW, STEADY = 1 << 20, 1 << 21, 1 << 22


def sighting(deed, sensor, origin, reaches):
    """One sighting as an integer; origin is the truth about it, which only inquiries and measuring may read."""
    return deed | (sensor << 8) | (origin << 16) | reaches


def coverage(sensor, context, cameras):
    """Threshold of the chance that this sensor looks at a deed of this context in a district with these cameras."""
    if sensor.by_district:
        return min((sensor.coverage[context] * cameras) >> 12, 0xFFFFFFFF)
    return sensor.coverage[context]


def look(clock, i, day, kind, number, sensor, context, group, cameras):
    """What sensor ``number`` makes of deed ``kind``: UNSEEN, OVERLOOKED, SEEN or TAKEN_FOR_ANOTHER."""
    reach = coverage(sensor, context, cameras)
    if reach == 0:
        return UNSEEN
    extra = kind * 8 + number
    if draw(clock.key_0, clock.key_1, i, day, COVERED, extra) >= reach:
        return UNSEEN
    if draw(clock.key_0, clock.key_1, i, day, MISSED, extra) < sensor.missed[group]:
        return OVERLOOKED
    if draw(clock.key_0, clock.key_1, i, day, MIXED_UP, extra) < sensor.mixed_up[group]:
        return TAKEN_FOR_ANOTHER
    return SEEN


def alarm_covers(sensor, context, cameras):
    """Whether a false alarm of this sensor can claim a deed of this context here."""
    return coverage(sensor, context, cameras) > 0


def open_judgment(file, deed, day):
    """A court writes a judgment into the record; returns 1 if there was none."""
    if file.judgment_day != NEVER:
        return 0
    file.judgment_day = day
    file.judgment_deed = deed
    file.finding_deed = NOTHING
    file.finding_day = NEVER
    return 1


def note_finding(file, deed, day):
    """The court notes conduct under the judgment (under a new one, where the finding is about a mistaken person)."""
    new = open_judgment(file, deed, day)
    file.finding_deed = deed
    file.finding_day = day
    return new


def end_judgment(file):
    """The judgment is performed, settled or set aside."""
    file.judgment_day = NEVER
    file.judgment_deed = NOTHING
    file.finding_deed = NOTHING
    file.finding_day = NEVER
