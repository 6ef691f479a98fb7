"""A day in detention, and the day of coming home."""

from glasstown import detaining, measuring, reacting
from glasstown.hours import home, ties
from glasstown.world import ADULT_AGE, AWAY, EVER_DETAINED, FOREVER, PENSION_AGE, WRONG


def taken(i, day, days, origin, who, life, meter):
    """She is to be detained, on a claim that rests on something or not."""
    if detaining.begin(life, day, days):
        measuring.count(meter, measuring.DETENTIONS, who.group, 1)
        measuring.count(meter, measuring.DETENTIONS_WRONG, who.group, (WRONG >> origin) & 1)
    life.ever |= EVER_DETAINED
    if who.age < PENSION_AGE:
        life.works = 0


def away(i, day, who, mind, life, before, heard, scored, town, tables, policy, meter):
    """Nothing is earned, asked for or said; those at home are without her, ties go cold, the record goes on."""
    measuring.count(meter, measuring.DETAINED_DAYS, who.group, 1)
    life.away_days = min(life.away_days + 1, FOREVER)
    for member in range(i - who.place, i - who.place + who.household):
        if town.people[member].age < ADULT_AGE:
            measuring.count(meter, measuring.CHILD_DAYS_APART, who.group, 1)
    if (i + day) % 30 == 0:
        reacting.month_passes(mind, tables.parameters[0])
    if day % 7 == 6:
        ties.week_passes(i, day, who, mind, life, heard, town, tables, policy, meter)
    home.goes_home(i, day, who, mind, life, before, AWAY, scored, town, tables, policy, meter)
