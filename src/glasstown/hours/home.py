"""She makes of it what she will, goes home, and measuring notes the day."""

from glasstown import measuring, reacting, shaming
from glasstown.world import (
    DISSENTS,
    EVER_LISTED,
    EVER_SANCTIONED,
    EVER_SANCTIONED_IN_SHADOW,
    EVER_SHOWN,
    EVER_WRONGLY_SHOWN,
    FROM_DEED,
    HAS_JUDGMENT,
    IN_BOTTOM_BAND,
    IN_HARDSHIP,
    IS_JOBLESS,
    IS_LISTED,
    IS_SANCTIONED,
    IS_SANCTIONED_IN_SHADOW,
    IS_SHOWN,
    LISTED,
    NEVER,
    PRAISES,
    SHOWN,
)

FROM_RECORDS = IS_LISTED | IS_SANCTIONED | IS_SANCTIONED_IN_SHADOW | HAS_JUDGMENT | IN_BOTTOM_BAND | IS_SHOWN


def childhood(day, who, life, clock, meter):
    """Children are not scored; measuring follows whether their household is in hardship."""
    after = IN_HARDSHIP if life.poor else 0
    if after != life.state:
        measuring.step(meter, measuring.CHILDREN_IN_HARDSHIP, who.group, life.state, after)
        life.state = after
    if life.poor and day >= clock.start:
        life.poor_days = life.poor_days + 1


def reaction(i, day, who, mind, heard, sanctioned, scored, town, tables, policy):
    """Risk, fear and view move; then she speaks or keeps silent. Returns the face bits of what she says."""
    parameters = tables.parameters[0]
    if heard >> reacting.SANCTION_SHIFT:
        reacting.hear_of_sanctions(mind, heard, parameters)
    if (i + day) % 30 == 0:
        reacting.month_passes(mind, parameters)
    climate = reacting.climate(heard, who.ties)
    mind.opinion = reacting.private_view(mind.anchor, climate, parameters)
    return reacting.speech(mind.opinion, who.boldness, mind.fear, climate, parameters)


def goes_home(i, day, who, mind, life, before, said, sanctioned, town, policy, meter):
    """Her face for tomorrow, the stocks she belongs to, and her own counts."""
    state = life.state & FROM_RECORDS
    if life.poor:
        state |= IN_HARDSHIP
    if who.wage > 0 and not life.works:
        state |= IS_JOBLESS
    face = said
    if state & IS_LISTED and shaming.on_public_list(town.listings, i * policy.score[0].lists, day, policy):
        face |= LISTED
    if state & IS_SHOWN:
        face |= SHOWN
    face |= sanctioned
    yesterday = town.face[(day + 1) & 1, i]
    town.face[day & 1, i] = face
    life.state = state
    measuring.step(meter, measuring.DISSENTING, who.group, yesterday & DISSENTS, face & DISSENTS)
    measuring.step(meter, measuring.PRAISING, who.group, yesterday & PRAISES, face & PRAISES)
    if state != before:
        measuring.changes(meter, who.group, before, state)
    if day >= town.clock[0].start and (state | face) & (IN_HARDSHIP | DISSENTS | FROM_RECORDS):
        own_counts(i, who, life, state, face, town, policy, meter)


def own_counts(i, who, life, state, face, town, policy, meter):
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
    if state & IS_SANCTIONED_IN_SHADOW:
        life.ever |= EVER_SANCTIONED_IN_SHADOW
    if state & IS_SHOWN:
        wrongly = 0
        for place in range(i * policy.score[0].lists, (i + 1) * policy.score[0].lists):
            wrongly |= town.listings[place].entered != NEVER and town.listing_origin[place] != FROM_DEED
        if wrongly and not life.ever & EVER_WRONGLY_SHOWN:
            measuring.count(meter, measuring.SHOWN_WRONGLY, who.group, 1)
            life.ever |= EVER_WRONGLY_SHOWN
        life.ever |= EVER_SHOWN
