"""One day of one citizen, top to bottom; then the town's evening. This is the story, and it is the kernel.

    she acts -> she is watched, told on, squeezed -> it is written down -> doors close or open -> she is shown, or taken away ->
    she reacts -> she may appeal, withdraw, march -> we measure

Every name below is a rule in a chapter. Rules are small functions of integers and rows; ``record`` and ``shadow`` are
rows of one type, and the rules that write them never see ``mind``. Luck comes filled ahead for a chunk of citizens:
``luck[purpose, j]``, and ``could[j]``, one bit for each thing whose luck is good enough to be looked at.
"""

from glasstown import detaining, draws, gating
from glasstown.hours import acts, away, dealings, denounces, doors, home, morning, night, officials, record, risk, ties, watched
from glasstown.world import ADULT_AGE, IS_SCORED, PENSION_AGE


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
    scored = clock.scored and morning.is_scored(i, day, who, clock, policy)
    heard = ties.without_cold_ones(i, day, who, mind, heard, town)
    morning.morning(i, day, who, mind, life, scored, town, tables, policy, meter)
    if scored:
        risk.scores(i, day, who, mind, life, town, tables, policy, meter)
    if detaining.is_away(life, day):
        away.away(i, day, who, mind, life, before, heard, scored, town, tables, policy, meter)
        return

    # acting and watching: truth becomes sightings, here and nowhere else
    seen = watched.letters(i, day, sightings, mind, scored and not before & IS_SCORED, town, policy)
    seen, deviates = acts.deeds(i, j, day, luck, could[j], heard, sightings, seen, who, mind, life, scored, town, tables, policy, meter)
    seen = watched.alarms(i, j, day, luck, could[j], sightings, seen, who, life, town, tables, policy, scored, meter)
    if scored:
        seen = risk.named(i, day, sightings, seen, who, life, town, policy, meter)
        seen = watched.inferred(i, day, heard, sightings, seen, who, mind, life, town, tables, policy, meter)
        denounces.reports(i, j, day, luck, could[j], who, mind, life, town, tables, policy)
        officials.demands(i, j, day, luck, could[j], who, life, town, tables, policy)

    # scoring: sightings become findings, entries, lists, in the record and in the shadow record
    sanctioned = 0
    for n in range(seen):
        sanctioned |= record.written_down(i, day, sightings[n], who, mind, life, scored, town, tables, policy, meter)
    if scored:
        officials.month(i, day, who, life, town, tables, policy, meter)

    # gating: what she asks for, what she is told, what she earns
    doors.performs(i, j, day, luck, could[j], who, life, scored, town, tables, policy, meter)
    doors.requests(i, j, day, luck, could[j], who, life, scored, town, tables, policy, meter)
    if who.wage > 0:
        if life.works and who.age < PENSION_AGE and luck[draws.LOSE_JOB, j] < tables.parameters[0].lose_job:
            life.works = 0
        gating.earn(life, who.wage, tables.parameters[0])

    # reacting: dealings with strangers, risk, fear, views, speech; once a week, ties go cold or warm again
    dealings.deals(i, j, day, luck, could[j], who, mind, scored, town, tables, policy, meter)
    said = home.reaction(i, day, who, mind, life, heard, scored, clock, tables, policy)
    if day % 7 == 6:
        ties.week_passes(i, day, who, mind, life, heard, town, tables, policy, meter)

    # the face she shows tomorrow, and what measuring notes
    home.goes_home(i, day, who, mind, life, before, said | deviates | sanctioned, scored, town, tables, policy, meter)


def evening(day, left, crowd, town, tables, policy, meter):
    """What citizens left in their trays is settled, appeals are called, queues move up; the aggrieved march, and the town decides."""
    night.evening(day, left, crowd, town, tables, policy, meter)


def households(day, low, high, town, policy, meter):
    """In the evening a household shares its points, where the policy scores it as one; every 30th evening it closes its month."""
    night.households(day, low, high, town, policy, meter)
