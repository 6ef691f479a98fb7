"""One day of one citizen, top to bottom; then the town's evening. This is the story, and it is the kernel.

    she acts -> she is watched -> it is written down -> doors close or open -> she is shown -> she reacts -> she may
    appeal -> we measure

Every name below is a rule in a chapter. Rules are small functions of integers and rows; ``record`` and ``shadow`` are
rows of one type, and the rules that write them never see ``mind``. Luck comes filled ahead for a chunk of citizens:
``luck[purpose, j]``, and ``could[j]``, one bit for each thing whose luck is good enough to be looked at.
"""

from glasstown import draws, gating
from glasstown.hours import acts, dealings, doors, home, morning, night, record, ties, watched
from glasstown.world import ADULT_AGE, PENSION_AGE


def citizen_day(i, j, day, luck, could, heard, sightings, town, tables, policy, meter):
    """Live citizen ``i``'s day; ``j`` is her place in the chunk. Writes her own rows only."""
    who = town.people[i]
    life = town.life[i]
    clock = town.clock[0]
    if who.age < ADULT_AGE:
        home.childhood(day, who, life, clock, meter)
        return
    mind = town.truth[i]
    before = life.state
    scored = clock.scored and morning.is_scored(i, day, clock, policy)
    heard = ties.without_cold_ones(i, day, who, mind, heard, town)
    morning.morning(i, day, who, mind, life, scored, town, tables, policy, meter)

    # acting and watching: truth becomes sightings, here and nowhere else
    seen = watched.letters(i, day, sightings, mind, scored, town, policy)
    seen, deviates = acts.deeds(i, j, day, luck, could[j], heard, sightings, seen, who, mind, life, scored, town, tables, policy, meter)
    seen = watched.alarms(i, j, day, luck, could[j], sightings, seen, who, town, tables, policy, scored)
    if scored:
        seen = watched.inferred(i, day, heard, sightings, seen, who, mind, life, town, policy, meter)

    # scoring: sightings become findings, entries, lists, in the record and in the shadow record
    sanctioned = 0
    for n in range(seen):
        sanctioned |= record.written_down(i, day, sightings[n], who, mind, life, scored, town, tables, policy, meter)

    # gating: what she asks for, what she is told, what she earns
    doors.performs(i, j, day, luck, could[j], who, life, scored, town, tables, policy, meter)
    doors.requests(i, j, day, luck, could[j], who, life, scored, town, tables, policy, meter)
    if who.wage > 0:
        if life.works and who.age < PENSION_AGE and luck[draws.LOSE_JOB, j] < tables.parameters[0].lose_job:
            life.works = 0
        gating.earn(life, who.wage, tables.parameters[0])

    # reacting: dealings with strangers, risk, fear, views, speech; once a week, ties go cold or warm again
    dealings.deals(i, j, day, luck, could[j], who, mind, scored, town, tables, policy, meter)
    said = home.reaction(i, day, who, mind, heard, scored, tables, policy)
    if day % 7 == 6:
        ties.week_passes(i, day, who, mind, heard, town, tables, meter)

    # the face she shows tomorrow, and what measuring notes
    home.goes_home(i, day, who, mind, life, before, said | deviates | sanctioned, town, tables, policy, meter)


def evening(day, left, town, tables, policy, meter):
    """What citizens left in their trays is settled, the next appeals are called, and queues move up."""
    night.evening(day, left, town, tables, policy, meter)


def pay_day(day, low, high, town, policy, meter):
    """Every 30th evening, each household closes its month."""
    night.pay_day(day, low, high, town, policy, meter)
