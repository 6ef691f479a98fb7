"""She makes of it what she will, goes home, and measuring notes the day."""

from glasstown import draws, gating, measuring, reacting, shaming
from glasstown.hours.standing import FROM_RECORDS
from glasstown.tables import SPEECH_CONTEXT
from glasstown.world import (
    AWAY,
    CRITICAL,
    DISSENTS,
    EVER_LISTED,
    EVER_PARIAH,
    EVER_SANCTIONED,
    EVER_SANCTIONED_IN_SHADOW,
    EVER_SHOWN,
    EVER_WRONGLY_SHOWN,
    FOREVER,
    IN_HARDSHIP,
    IS_DETAINED,
    IS_JOBLESS,
    IS_LISTED,
    IS_MARKED,
    IS_PARIAH,
    IS_SANCTIONED,
    IS_SANCTIONED_IN_SHADOW,
    IS_SCORED,
    IS_SHOWN,
    IS_WITHDRAWN,
    NEVER,
    PARIAH_DAYS,
    PRAISES,
    STAINED,
    WRONG,
)


def childhood(day, who, life, clock, meter):
    """Children are not scored; measuring follows whether their household is in hardship."""
    after = IN_HARDSHIP if life.poor else 0
    if after != life.state:
        measuring.step(meter, measuring.CHILDREN_IN_HARDSHIP, who.group, life.state, after)
        life.state = after
    if life.poor and day >= clock.start:
        life.poor_days = life.poor_days + 1


def reaction(i, day, who, mind, life, heard, scored, clock, tables, policy):
    """Risk, fear, view and grievance move; then she speaks or keeps silent. Returns the face bits of what she says."""
    parameters = tables.parameters[0]
    if heard >> reacting.SANCTION_SHIFT & 0xFFFF:
        reacting.hear_of_sanctions(mind, heard, parameters)
    if (i + day) % 30 == 0:
        reacting.month_passes(mind, parameters)
    climate = reacting.climate(heard, reacting.live_ties(who, mind))
    mind.opinion = reacting.private_view(mind.anchor, climate, parameters)
    if day % 7 == 5 and clock.scored:
        mind.grievance = 0
        if not clock.repealed:
            mind.grievance = reacting.grievance(mind, life.poor, (life.state & IS_SANCTIONED) > 0, clock.scandal, parameters)
    if (i + day) % 30 == 15 and not life.withdrawn and scored:
        life.withdrawn = reacting.withdraws(mind, draws.draw(clock.key_0, clock.key_1, i, day, draws.LEAVES, 0), parameters)
    told = scored and policy.score[0].announced and policy.score[0].context_stage[SPEECH_CONTEXT] <= clock.stage
    watched = policy.watched[SPEECH_CONTEXT] if told else 0
    severity = policy.score[0].speech if told else 0
    return reacting.speech(mind.opinion, who.boldness, mind.fear, climate, watched, severity, parameters)


def goes_home(i, day, who, mind, life, before, seen, scored, town, tables, policy, meter):
    """Her face for tomorrow (``seen``: what she said and did for all to see), the stocks she belongs to, and her own counts."""
    state = life.state & FROM_RECORDS
    if scored:
        state |= IS_SCORED
    else:
        life.withdrawn = 0
    if life.withdrawn:
        state |= IS_WITHDRAWN
    if seen & AWAY:
        state |= IS_DETAINED
    if life.alone_since != NEVER and day - life.alone_since >= PARIAH_DAYS:
        state |= IS_PARIAH
    if life.poor:
        state |= IN_HARDSHIP
    if who.wage > 0 and not life.works:
        state |= IS_JOBLESS
    face = seen
    if state & IS_MARKED:
        face |= STAINED
    if state & IS_SHOWN and shaming.come_across(town.clock[0], i, day, policy.score[0], tables.parameters[0]):
        face |= STAINED
        measuring.count(meter, measuring.EXPOSURES, who.group, reacting.live_ties(who, mind))
    yesterday = town.face[(day + 1) & 1, i]
    town.face[day & 1, i] = face
    life.state = state
    measuring.step(meter, measuring.DISSENTING, who.group, yesterday & DISSENTS, face & DISSENTS)
    measuring.step(meter, measuring.PRAISING, who.group, yesterday & PRAISES, face & PRAISES)
    measuring.count(meter, measuring.VIEWS, who.group, mind.opinion)
    if mind.opinion <= CRITICAL:
        measuring.count(meter, measuring.CRITICS, who.group, 1)
        if not face & DISSENTS:
            measuring.count(meter, measuring.SILENT_CRITICS, who.group, 1)
    if state != before:
        measuring.changes(meter, who.group, before, state)
    if day >= town.clock[0].start and (state | face) & (IN_HARDSHIP | DISSENTS | FROM_RECORDS | IS_PARIAH):
        own_counts(i, day, who, life, state, face, town, tables, policy, meter)


def own_counts(i, day, who, life, state, face, town, tables, policy, meter):
    """Her own days since the policy began, and what has happened to her at least once."""
    if face & DISSENTS:
        life.dissent_days = life.dissent_days + 1
    if state & IN_HARDSHIP:
        life.poor_days = life.poor_days + 1
    if state & IS_LISTED:
        life.listed_days = life.listed_days + 1
        life.ever |= EVER_LISTED
    if state & IS_SANCTIONED:
        life.sanctioned_days = life.sanctioned_days + 1
        life.ever |= EVER_SANCTIONED
        if not state & IS_SANCTIONED_IN_SHADOW:
            life.wrong_days = life.wrong_days + 1
        first, first_list, stage = i * policy.score[0].slots, i * policy.score[0].lists, town.clock[0].stage
        closed = gating.doors_closed(town.record[i], town.entries, first, town.listings, first_list, day, stage, tables, policy)
        measuring.count(meter, measuring.DOORS_CLOSED, who.group, closed)
    if state & IS_SANCTIONED_IN_SHADOW:
        life.ever |= EVER_SANCTIONED_IN_SHADOW
    if state & IS_PARIAH:
        life.pariah_days = min(life.pariah_days + 1, FOREVER)
        life.ever |= EVER_PARIAH
        measuring.count(meter, measuring.PARIAH_HOUSEHOLD_DAYS, who.group, who.household - 1)
    if state & IS_SHOWN:
        measuring.count(meter, measuring.DISPLAY_DAYS, who.group, 1)
        wrongly = day < town.desk[i].shown_until and (WRONG >> town.desk[i].shown_origin) & 1
        for place in range(i * policy.score[0].lists, (i + 1) * policy.score[0].lists):
            wrongly |= town.listings[place].entered != NEVER and (WRONG >> town.listing_origin[place]) & 1
        if wrongly and not life.ever & EVER_WRONGLY_SHOWN:
            measuring.count(meter, measuring.SHOWN_WRONGLY, who.group, 1)
            life.ever |= EVER_WRONGLY_SHOWN
        life.ever |= EVER_SHOWN
