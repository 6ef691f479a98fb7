"""What is seen: the door from truth to record. A sensor looks, and may miss, or take her for somebody else."""

from glasstown.draws import COVERED, INFERRED, MISSED, MIXED_UP, RISK, draw
from glasstown.tables import BY_CAMERAS, BY_NEIGHBOURS, BY_NOTHING, HOLDS_VIEW, PRIVATE_CONTEXT
from glasstown.world import BITS, NEVER, NOTHING, ONE

UNSEEN, OVERLOOKED, SEEN, TAKEN_FOR_ANOTHER = 0, 1, 2, 3

# a sighting, packed: deed | sensor << 8 | origin << 16 | which records it reaches
TO_RECORD, TO_SHADOW, STEADY = 1 << 20, 1 << 21, 1 << 22


def sighting(deed, sensor, origin, reaches):
    """One sighting as an integer; origin is the truth about it, which only inquiries and measuring may read."""
    return deed | (sensor << 8) | (origin << 16) | reaches


def folded(packed):
    """A sighting in sixteen bits, for a letter: deed, sensor, origin and which records it reaches; never 0."""
    return (packed & 63) | ((packed >> 8) & 15) << 6 | ((packed >> 16) & 7) << 10 | ((packed >> 20) & 3) << 13


def opened(letter):
    """The sighting in a letter."""
    return sighting(letter & 63, (letter >> 6) & 15, (letter >> 10) & 7, ((letter >> 13) & 3) << 20)


def scale(sensor, who, cameras):
    """How much of this sensor is hers, 1 / ONE: it may grow with cameras, her neighbours (4 are usual) or her ties (12)."""
    if sensor.scale == BY_NOTHING:
        return ONE
    if sensor.scale == BY_CAMERAS:
        return cameras
    if sensor.scale == BY_NEIGHBOURS:
        return who.neighbours * (ONE // 4)
    return who.ties * (ONE // 12)


def coverage(sensor, context, grown):
    """Threshold of the chance that this sensor looks at a deed of this context, with a coverage grown by a factor (1 / ONE)."""
    if sensor.coverage[context] == 0:
        return 0
    return min((sensor.coverage[context] * grown) >> BITS, 0x100000000)


def look(clock, i, day, kind, number, sensor, context, group, grown):
    """What sensor ``number`` makes of deed ``kind``: UNSEEN, OVERLOOKED, SEEN or TAKEN_FOR_ANOTHER."""
    reach = coverage(sensor, context, grown)
    if reach == 0:
        return UNSEEN
    extra = kind * 16 + number
    if draw(clock.key_0, clock.key_1, i, day, COVERED, extra) >= reach:
        return UNSEEN
    if draw(clock.key_0, clock.key_1, i, day, MISSED, extra) < sensor.missed[group]:
        return OVERLOOKED
    if draw(clock.key_0, clock.key_1, i, day, MIXED_UP, extra) < sensor.mixed_up[group]:
        return TAKEN_FOR_ANOTHER
    return SEEN


def told(grown, dissent, parameters):
    """How much of a sensor that is other people is hers: those who openly dissent (``dissent``: their share) may refuse to tell."""
    return (grown * (ONE - ((parameters.refusal * dissent) >> BITS))) >> BITS


def hidden(grown, withdrawn, parameters):
    """How much of a sensor is left of who has withdrawn to what is not watched."""
    return (grown * (ONE - parameters.hides)) >> BITS if withdrawn else grown


def guess(clock, i, day, number, sensor, holds, group, grown):
    """What a classifier makes of her traces: UNSEEN (it does not read them), OVERLOOKED (it says no) or SEEN (it says yes).

    It errs at the sensitivity and the false positive rate of one point of its error curve (Green and Swets 1966).
    """
    if draw(clock.key_0, clock.key_1, i, day, COVERED, HOLDS_VIEW * 16 + number) >= coverage(sensor, PRIVATE_CONTEXT, grown):
        return UNSEEN
    word = draw(clock.key_0, clock.key_1, i, day, INFERRED, number)
    return SEEN if word < (sensor.sensitivity[group] if holds else sensor.false_positive[group]) else OVERLOOKED


def risk_score(clock, i, day, foretold, group, poor, score, quantiles):
    """What a risk model makes of her, 1 / 1024 of a standard deviation: the normal curve, shifted by what it knows and by what it assumes.

    Who did what it is meant to foretell (``foretold``) scores higher by the model's distance (d' of Green and Swets 1966). What it adds
    for a group, or for hardship, it adds whatever somebody did.
    """
    word = draw(clock.key_0, clock.key_1, i, day, RISK, 0)
    step = word >> 22
    part = (word >> 12) & 1023
    value = quantiles[step] + (((quantiles[step + 1] - quantiles[step]) * part) >> 10)
    if foretold:
        value += score.risk_distance[group]
    if poor:
        value += score.risk_poor
    return (value + score.risk_shift[group]) >> 2


def enough(file, claim, day, needed, within):
    """Whether the evidence for this claim suffices: ``needed`` claims of a kind ``within`` so many days.

    One suspicion is open at a time; a claim of another kind takes its place.
    """
    if file.suspected != claim or day - file.suspected_day >= within:
        file.suspected = claim
        file.suspicions = 1
        file.suspected_day = day
        return 0
    file.suspicions = file.suspicions + 1
    if file.suspicions < needed:
        return 0
    file.suspected = NOTHING
    file.suspicions = 0
    return 1


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
