"""What we learn: sees truth and record, changes neither. Counts go into a meter of integers by measure and group."""

from glasstown.world import (
    HAS_JUDGMENT,
    IN_BOTTOM_BAND,
    IN_HARDSHIP,
    IS_JOBLESS,
    IS_LISTED,
    IS_SANCTIONED,
    IS_SANCTIONED_IN_SHADOW,
    IS_SHOWN,
)

STOCKS = (
    "adults",
    "listed",
    "sanctioned",
    "sanctioned_in_shadow",
    "wrongly_sanctioned",
    "missed",
    "in_hardship",
    "children_in_hardship",
    "jobless",
    "with_judgment",
    "in_bottom_band",
    "shown",
    "dissenting",
    "praising",
)
FLOWS = (
    "harmful_deeds",
    "harm",
    "disapproved_deeds",
    "good_deeds",
    "private_deeds",
    "sightings",
    "entries_true",
    "entries_false_alarm",
    "entries_mix_up",
    "listings_true",
    "listings_false_alarm",
    "listings_mix_up",
    "left_by_term",
    "left_by_performance",
    "left_by_closure",
    "left_by_appeal",
    "judgments",
    "judgments_performed",
    "judgments_closed",
    "requests_travel",
    "requests_work",
    "requests_credit",
    "requests_school",
    "refused_travel",
    "refused_work",
    "refused_credit",
    "refused_school",
    "barred_travel",
    "barred_work",
    "barred_credit",
    "barred_school",
    "appeals",
    "hearings",
    "upheld",
    "fines",
    "income",
    "perks",
    "points",
    "folded",
    "shown_wrongly",
    "lost_sightings",
    "mix_ups",
)
MEASURES = STOCKS + FLOWS

(
    ADULTS,
    LISTED,
    SANCTIONED,
    SANCTIONED_IN_SHADOW,
    WRONGLY_SANCTIONED,
    MISSED,
    HARDSHIP,
    CHILDREN_IN_HARDSHIP,
    JOBLESS,
    WITH_JUDGMENT,
    BOTTOM_BAND,
    SHOWN,
    DISSENTING,
    PRAISING,
) = range(14)
(
    HARMFUL_DEEDS,
    HARM,
    DISAPPROVED_DEEDS,
    GOOD_DEEDS,
    PRIVATE_DEEDS,
    SIGHTINGS,
    ENTRIES_TRUE,
    ENTRIES_FALSE_ALARM,
    ENTRIES_MIX_UP,
    LISTINGS_TRUE,
    LISTINGS_FALSE_ALARM,
    LISTINGS_MIX_UP,
    LEFT_BY_TERM,
    LEFT_BY_PERFORMANCE,
    LEFT_BY_CLOSURE,
    LEFT_BY_APPEAL,
    JUDGMENTS,
    JUDGMENTS_PERFORMED,
    JUDGMENTS_CLOSED,
    REQUESTS,
    _1,
    _2,
    _3,
    REFUSALS,
    _4,
    _5,
    _6,
    BARRED,
    _7,
    _8,
    _9,
    APPEALS,
    HEARINGS,
    UPHELD,
    FINES,
    INCOME,
    PERKS,
    POINTS,
    FOLDED,
    SHOWN_WRONGLY,
    LOST_SIGHTINGS,
    MIX_UPS,
) = range(14, 56)

MONTHS = 64  # bins of 30 days for the time spent on a list
SPELLS = 56 * 2  # where the meter counts ended spells: SPELLS + group * MONTHS + months
METER = SPELLS + 2 * MONTHS


def count(meter, measure, group, amount):
    """Add to a measure of today."""
    meter[measure * 2 + group] += amount


def ended_spell(meter, group, days):
    """A spell on a list has ended after so many days."""
    meter[SPELLS + group * MONTHS + min(days // 30, MONTHS - 1)] += 1


def step(meter, measure, group, before, after):
    """A stock moves by +1 or -1."""
    if before != after:
        meter[measure * 2 + group] += 1 if after else -1


def changes(meter, group, before, after):
    """What today's change of her state does to the stocks."""
    step(meter, LISTED, group, before & IS_LISTED, after & IS_LISTED)
    step(meter, SANCTIONED, group, before & IS_SANCTIONED, after & IS_SANCTIONED)
    step(meter, SANCTIONED_IN_SHADOW, group, before & IS_SANCTIONED_IN_SHADOW, after & IS_SANCTIONED_IN_SHADOW)
    both = IS_SANCTIONED | IS_SANCTIONED_IN_SHADOW
    step(meter, WRONGLY_SANCTIONED, group, (before & both) == IS_SANCTIONED, (after & both) == IS_SANCTIONED)
    step(meter, MISSED, group, (before & both) == IS_SANCTIONED_IN_SHADOW, (after & both) == IS_SANCTIONED_IN_SHADOW)
    step(meter, HARDSHIP, group, before & IN_HARDSHIP, after & IN_HARDSHIP)
    step(meter, JOBLESS, group, before & IS_JOBLESS, after & IS_JOBLESS)
    step(meter, WITH_JUDGMENT, group, before & HAS_JUDGMENT, after & HAS_JUDGMENT)
    step(meter, BOTTOM_BAND, group, before & IN_BOTTOM_BAND, after & IN_BOTTOM_BAND)
    step(meter, SHOWN, group, before & IS_SHOWN, after & IS_SHOWN)
