"""What we learn: sees truth and record, changes neither. Counts go into a meter of integers by measure and group."""

from glasstown.tables import GATES
from glasstown.world import (
    HAS_JUDGMENT,
    IN_BOTTOM_BAND,
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
)

STOCKS = (
    "adults", "listed", "sanctioned", "sanctioned_in_shadow", "wrongly_sanctioned", "missed", "in_hardship", "children_in_hardship",
    "jobless", "with_judgment", "in_bottom_band", "shown", "dissenting", "praising", "marked", "cold_ties", "waiting_favoured",
    "waiting_others", "pariahs", "detained", "scored", "withdrawn", "stage", "approving", "repealed", "scandal",
)  # fmt: skip
(
    ADULTS, LISTED, SANCTIONED, SANCTIONED_IN_SHADOW, WRONGLY_SANCTIONED, MISSED, HARDSHIP, CHILDREN_IN_HARDSHIP, JOBLESS, WITH_JUDGMENT,
    BOTTOM_BAND, SHOWN, DISSENTING, PRAISING, MARKED, COLD_TIES, WAITING_FAVOURED, WAITING_OTHERS,
    PARIAHS, DETAINED, SCORED, WITHDRAWN, STAGE, APPROVING, REPEALED, SCANDAL,
) = range(len(STOCKS))  # fmt: skip

BY_ORIGIN = ("true", "false_alarm", "mix_up", "view", "wrong_view", "tie", "report", "power")  # names of the origins in measures
BY_MOTIVE = ("grudge", "rivalry", "reward", "dread")  # names of the motives of false reports
FLOWS = (
    "harmful_deeds", "harm", "disapproved_deeds", "good_deeds", "hollow_deeds", "private_deeds", "deeds", "deeds_seen", "sightings",
    *(f"entries_{origin}" for origin in BY_ORIGIN),
    *(f"listings_{origin}" for origin in BY_ORIGIN),
    "left_by_term", "left_by_performance", "left_by_closure", "left_by_appeal", "left_by_power",
    "judgments", "judgments_performed", "judgments_closed",
    *(f"requests_{gate}" for gate in GATES),
    *(f"refused_{gate}" for gate in GATES),
    *(f"barred_{gate}" for gate in GATES),
    *(f"discretion_{gate}" for gate in GATES),
    "appeals", "hearings", "upheld", "fines", "income", "perks", "points", "folded", "shown_wrongly", "lost_sightings", "mix_ups",
    "views_looked_at", "reviews", "review_stopped", "doors_closed", "served_favoured", "served_others", "dealings", "dealings_kept",
    "dealings_marked", "dealings_marked_kept", "sensor_cost", "views", "critics", "silent_critics",
    "ties_lost", "ties_regained", "pariah_household_days", "displays", "displays_wrong", "display_days", "exposures",
    *(f"reports_{motive}" for motive in BY_MOTIVE), "reports_on_stained", "reports_counted", "reports_honest", "inquiries",
    "inquiry_stopped", "reports_exposed", "rewards_paid", "penalties", "demands", "payments", "extorted", "fabricated", "told_on",
    "vanished", "erased", "audit_found", "ordered", "detentions", "detentions_wrong", "detained_days", "child_days_apart",
    "marches", "marched", "arrests", "recovered", "charged", "charges_paid", "refunded", "answered", "answers_cleared", "risk_scored",
    "risk_named", "risk_named_wrong", "risk_true", "reports_mistaken",
)  # fmt: skip
(
    HARMFUL_DEEDS, HARM, DISAPPROVED_DEEDS, GOOD_DEEDS, HOLLOW_DEEDS, PRIVATE_DEEDS, DEEDS, DEEDS_SEEN, SIGHTINGS,
    ENTRIES, _, _, _, _, _, _, _, LISTINGS, _, _, _, _, _, _, _,
    LEFT_BY_TERM, LEFT_BY_PERFORMANCE, LEFT_BY_CLOSURE, LEFT_BY_APPEAL, LEFT_BY_POWER,
    JUDGMENTS, JUDGMENTS_PERFORMED, JUDGMENTS_CLOSED,
    REQUESTS, _, _, _, _, _, _, REFUSALS, _, _, _, _, _, _, BARRED, _, _, _, _, _, _, AT_DISCRETION, _, _, _, _, _, _,
    APPEALS, HEARINGS, UPHELD, FINES, INCOME, PERKS, POINTS, FOLDED, SHOWN_WRONGLY, LOST_SIGHTINGS, MIX_UPS,
    VIEWS_LOOKED_AT, REVIEWS, REVIEW_STOPPED, DOORS_CLOSED, SERVED_FAVOURED, SERVED_OTHERS, DEALINGS, DEALINGS_KEPT,
    DEALINGS_MARKED, DEALINGS_MARKED_KEPT, SENSOR_COST, VIEWS, CRITICS, SILENT_CRITICS,
    TIES_LOST, TIES_REGAINED, PARIAH_HOUSEHOLD_DAYS, DISPLAYS, DISPLAYS_WRONG, DISPLAY_DAYS, EXPOSURES,
    REPORTS, _, _, _, REPORTS_ON_STAINED, REPORTS_COUNTED, REPORTS_HONEST, INQUIRIES,
    INQUIRY_STOPPED, REPORTS_EXPOSED, REWARDS_PAID, PENALTIES, DEMANDS, PAYMENTS, EXTORTED, FABRICATED, TOLD_ON,
    VANISHED, ERASED, AUDIT_FOUND, ORDERED, DETENTIONS, DETENTIONS_WRONG, DETAINED_DAYS, CHILD_DAYS_APART,
    MARCHES, MARCHED, ARRESTS, RECOVERED, CHARGED, CHARGES_PAID, REFUNDED, ANSWERED, ANSWERS_CLEARED, RISK_SCORED, RISK_NAMED,
    RISK_NAMED_WRONG, RISK_TRUE, REPORTS_MISTAKEN,
) = range(len(STOCKS), len(STOCKS) + len(FLOWS))  # fmt: skip
MEASURES = STOCKS + FLOWS

MONTHS = 64  # bins of 30 days for the time spent on a list
SPELLS = 2 * len(MEASURES)  # where the meter counts ended spells: SPELLS + group * MONTHS + months
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
    step(meter, MARKED, group, before & IS_MARKED, after & IS_MARKED)
    step(meter, PARIAHS, group, before & IS_PARIAH, after & IS_PARIAH)
    step(meter, SCORED, group, before & IS_SCORED, after & IS_SCORED)
    step(meter, WITHDRAWN, group, before & IS_WITHDRAWN, after & IS_WITHDRAWN)
    step(meter, DETAINED, group, before & IS_DETAINED, after & IS_DETAINED)
