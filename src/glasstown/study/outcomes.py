"""Every outcome: its formula, unit, grade and meaning. The first eight claims are measured here, the others in further.py.

A formula gives a numerator and a denominator for three groups. ``value`` of an outcome is the policy's level minus the twin's;
``twin`` its level.
"""

import numpy as np

from glasstown import world
from glasstown.study.formulas import (
    children,
    concentration,
    days,
    dissent_days,
    diversity_of_conduct,
    diversity_of_speech,
    diversity_of_views,
    ever,
    flow,
    last,
    mean_trust,
    opinion,
    origins,
    part,
    people,
    performed,
    same_people,
    silenced,
    staff,
    stock,
    stock_of_flow,
    undeserved,
    waiting,
)
from glasstown.study.further import FURTHER
from glasstown.study.spec import ADULTS, GROUPS, PERCENT, THOUSAND, YEARLY, Spec
from glasstown.study.view import BY_ORIGIN, View

__all__ = ["BY_GROUP", "GROUPS", "SPECS", "Spec", "View", "measure"]

DOORS = (
    ("travel", "Travel", "requests"),
    ("work", "Work", "applications"),
    ("credit", "Credit", "applications"),
    ("school", "School", "applications for children"),
    ("housing", "Housing", "applications"),
    ("services", "Public services", "requests"),
    ("business", "Private business", "requests"),
)


FIRST: tuple[Spec, ...] = (
    Spec(
        "sanctioned", "Sanctioned", ADULTS, ever(world.EVER_SANCTIONED), "adults on a list, or in a band that closes a door, at least once"
    ),
    Spec(
        "wrongly_sanctioned", "Wrongly sanctioned", ADULTS, people("wrongly"), "adults sanctioned in the record, never in the shadow record"
    ),
    Spec(
        "innocent_sanctioned",
        "Sanctioned, of those who did nothing wrong",
        "per 1,000 who did nothing",
        lambda arm, twin: (arm.count(arm.innocent & arm.ever(world.EVER_SANCTIONED)), arm.count(arm.innocent)),
        "adults sanctioned who did none of the deeds the policy punishes, of all adults who did none",
    ),
    Spec(
        "sanctioned_for_harmless",
        "Sanctioned for what hurts nobody",
        ADULTS,
        people("harmless"),
        "adults sanctioned in both records who did no harmful deed that the policy punishes",
    ),
    Spec(
        "missed",
        "Missed, of those whom the rules meant",
        ADULTS,
        people("missed"),
        "adults sanctioned in the shadow record, never in the record",
    ),
    Spec(
        "listed",
        "On a list on the last day",
        ADULTS,
        lambda arm, twin: (arm.last("listed"), arm.adults),
        "adults on a list on the last day",
    ),
    Spec("list_entries", "Entries on lists", YEARLY, flow(*(f"listings_{origin}" for origin in BY_ORIGIN)), "new listings"),
    Spec(
        "undeserved_entries",
        "Undeserved among entries",
        "% of entries",
        undeserved,
        "entries and listings from false alarms, mix-ups, views wrongly inferred, false reports and power, of all entries and listings",
        PERCENT,
    ),
    Spec("listed_days", "Days on a list", "days per adult and year", days("listed_days"), "days on a list", 1.0),
    Spec(
        "wrong_days",
        "Days wrongly sanctioned",
        "days per adult and year",
        days("wrong_days"),
        "days sanctioned in the record and not in the shadow record",
        1.0,
    ),
    *(
        Spec(f"left_by_{ground}", f"Left a list {title}", YEARLY, flow(f"left_by_{ground}"), words)
        for ground, title, words in (
            ("term", "when the term was over", "stays on a list that ended with their term"),
            ("performance", "by performing", "stays on a list that ended because the judgment was performed"),
            ("closure", "when the case was closed", "stays on a list that ended because the creditor settled or the court closed the case"),
            ("appeal", "on appeal", "stays on a list that ended because an error was found"),
        )
    ),
    Spec("shown", "Shown to the public", ADULTS, ever(world.EVER_SHOWN), "adults shown by a screen or message at least once"),
    Spec(
        "shown_wrongly",
        "Shown to the public, wrongly",
        ADULTS,
        ever(world.EVER_WRONGLY_SHOWN),
        "adults shown although no deed of theirs is behind it",
    ),
    *(
        Spec(f"refused_{gate}", f"{title} refused", YEARLY, flow(f"refused_{gate}"), f"{asked} refused on any ground")
        for gate, title, asked in DOORS
    ),
    *(
        Spec(
            f"barred_{gate}",
            f"{title} refused by the policy alone",
            YEARLY,
            flow(f"barred_{gate}"),
            f"{asked} refused because of a list or a band",
        )
        for gate, title, asked in DOORS
    ),
    Spec(
        "refused_at_discretion",
        "Turned away at discretion",
        YEARLY,
        flow(*(f"discretion_{gate}" for gate, _, _ in DOORS)),
        "requests refused by somebody who saw a mark, and whom no policy had asked to refuse",
    ),
    Spec(
        "doors_closed",
        "Doors closed",
        "door-days per adult and year",
        flow("doors_closed"),
        "of seven gates, those at which the policy refuses at least half of what she asks, summed over days",
        1.0,
    ),
    *(
        Spec(
            f"waiting_{who}",
            f"Waiting of {title}",
            "days per person served",
            waiting(who),
            f"days in the queues for scarce things, {title} (those with an advantage are served first)",
            1.0,
        )
        for who, title in (("favoured", "the favoured"), ("others", "the others"))
    ),
    Spec(
        "income",
        "Income",
        "cents a day and adult",
        lambda arm, twin: (arm.flow("income"), arm.adults * len(arm.arm.daily)),
        "wages, benefits and perks minus fines and costs (a median wage is 10,000 cents a day)",
        1.0,
    ),
    Spec(
        "in_hardship",
        "Adults in hardship",
        ADULTS,
        stock("in_hardship"),
        "adults whose household is below 60 % of the median income, mean over the horizon",
    ),
    Spec(
        "children_in_hardship",
        "Children in hardship",
        "per 1,000 children",
        children,
        "children whose household is in hardship, mean over the horizon",
    ),
    Spec(
        "jobless",
        "Adults without work who had it",
        ADULTS,
        stock("jobless"),
        "adults who lost work and have not found it, mean over the horizon",
    ),
    Spec("dissenting", "Voice dissent", ADULTS, stock("dissenting"), "adults who openly dissent on a day, mean over the horizon"),
    Spec("silenced", "Silenced", ADULTS, silenced, "adults who dissented at least once in the twin town and never in this one"),
    Spec("praising", "Voice praise", ADULTS, stock("praising"), "adults who openly praise on a day, mean over the horizon"),
    Spec("harm", "Harm done by deeds", "harm points per adult and year", flow("harm"), "sum of the harm points of deeds", 1.0),
    Spec("harmful_deeds", "Harmful deeds", YEARLY, flow("harmful_deeds"), "deeds that hurt somebody"),
    Spec(
        "disapproved_deeds",
        "Disapproved deeds that hurt nobody",
        YEARLY,
        flow("disapproved_deeds"),
        "deeds that are frowned upon and hurt nobody",
    ),
    Spec("private_deeds", "Private deeds", YEARLY, flow("private_deeds"), "deeds that are nobody's business"),
    Spec("good_deeds", "Good deeds", YEARLY, flow("good_deeds"), "good deeds"),
    Spec(
        "hollow_good_deeds",
        "Hollow good deeds",
        "% of good deeds",
        part("hollow_deeds", "good_deeds"),
        "good deeds that would not have been done without the reward",
        PERCENT,
    ),
    Spec(
        "intrinsic_good_deeds",
        "Good deeds for their own sake",
        YEARLY,
        lambda arm, twin: (arm.flow("good_deeds") - arm.flow("hollow_deeds"), arm.adults * arm.years),
        "good deeds that are not hollow",
    ),
    Spec(
        "dealings_kept",
        "Dealings kept by strangers",
        "% of dealings",
        part("dealings_kept", "dealings"),
        "dealings with a stranger who kept what was agreed",
        PERCENT,
    ),
    Spec("trust", "Trust in strangers", "-1 to 1", mean_trust, "trust in strangers on the last day", 1.0),
    Spec(
        "diversity_conduct",
        "Diversity of conduct",
        "0 to 0.5",
        diversity_of_conduct,
        "chance that two adults differ in whether they did a kind of deed at all, mean over kinds",
        1.0,
    ),
    Spec(
        "diversity_speech",
        "Diversity of speech",
        "0 to 1",
        diversity_of_speech,
        "chance that two adults differ in what they say on a day: dissent, silence, praise",
        1.0,
    ),
    Spec(
        "diversity_views",
        "Diversity of private views",
        "standard deviation, 0 to 1",
        diversity_of_views,
        "standard deviation of private views on the last day",
        1.0,
    ),
    Spec(
        "private_critics",
        "Privately critical",
        ADULTS,
        stock_of_flow("critics"),
        "adults whose private view of the order is a quarter of the way to the worst or worse, mean over the horizon",
    ),
    Spec(
        "silent_critics",
        "Privately critical and not saying so",
        ADULTS,
        stock_of_flow("silent_critics"),
        "privately critical adults who do not dissent that day, mean over the horizon",
    ),
    Spec(
        "life_observed",
        "Share of a life observed",
        "% of deeds",
        part("deeds_seen", "deeds"),
        "deeds of any kind that a sensor of the policy saw, of all deeds",
        PERCENT,
    ),
    Spec(
        "view_entries",
        "Entries for views",
        YEARLY,
        flow(*origins(("view", "wrong_view"))),
        "entries and listings for a view that a classifier inferred and nobody need have spoken",
    ),
    Spec(
        "view_entries_wrong",
        "Wrong among entries for views",
        "% of entries for views",
        lambda arm, twin: (arm.flow(*origins(("wrong_view",))), arm.flow(*origins(("view", "wrong_view")))),
        "entries and listings for a view that the person does not hold, of all for views",
        PERCENT,
    ),
    *(
        Spec(f"flagged_{how}", f"Said to hold the view, {how}", ADULTS, last(f"flagged_{how}"), words)
        for how, words in (
            ("rightly", "adults of whom a classifier said so, rightly each time"),
            ("wrongly", "adults of whom a classifier said so, wrongly at least once"),
        )
    ),
    *(
        Spec(f"{value}_after_{how}_flag", f"{title} of those {how}ly flagged", unit, same_people(f"flagged_{how}ly", own), words, scale)
        for value, title, unit, own, scale, words in (
            ("view", "Private view", "-1 to 1", opinion, 1.0, "private view on the last day, minus the same people's in the twin town"),
            (
                "speech",
                "Open dissent",
                "days per 1,000 days",
                dissent_days,
                THOUSAND,
                "days of dissent, minus the same people's in the twin town",
            ),
        )
        for how in ("right", "wrong")
    ),
    Spec(
        "sanctioned_for_others",
        "Entries for what somebody close did",
        YEARLY,
        flow(*origins(("tie",))),
        "entries and listings because somebody close was sanctioned",
    ),
    Spec(
        "cold_ties",
        "Ties gone cold",
        ADULTS,
        stock("cold_ties"),
        "ties that have gone cold, mean over the horizon (each counts at both ends)",
    ),
    Spec("isolated", "Isolated", ADULTS, last("isolated"), "adults with at most two live ties outside the household on the last day"),
    Spec(
        "sensor_cost",
        "Cost of sensors",
        "cents per adult and year",
        flow("sensor_cost"),
        "what sightings and the upkeep of the policy's sensors cost",
        1.0,
        "scenario",
    ),
    Spec(
        "judgments_performed",
        "Judgment debts paid",
        "% of judgments",
        performed,
        "judgments performed, of those open on the first day or made since",
        PERCENT,
    ),
    Spec("appeals", "Appeals filed", YEARLY, flow("appeals"), "appeals filed"),
    Spec("upheld", "Appeals won", YEARLY, flow("upheld"), "appeals that found an error"),
    Spec(
        "concentration", "Concentration of sanctions", "Gini, 0 to 1", concentration, "Gini coefficient of sanctioned days over adults", 1.0
    ),
    Spec(
        "staff_days",
        "Staff",
        "working days per 1,000 adults and year",
        staff,
        "0.1 days an entry, 0.5 an appeal heard, 0.25 an inquiry into a report, 0.05 a claim that is looked at",
        THOUSAND,
        "scenario",
    ),
)
SPECS = (*FIRST, *FURTHER)
BY_GROUP = (
    "sanctioned",
    "wrongly_sanctioned",
    "innocent_sanctioned",
    "missed",
    "listed",
    "refused_travel",
    "in_hardship",
    "dissenting",
    "silenced",
)


def measure(arm: View, twin: View) -> dict[str, tuple[list[float], list[float]]]:
    """Numerators (scaled) and denominators of every outcome, by group."""
    found = {}
    for spec in SPECS:
        over, under = spec.formula(arm, twin)
        found[spec.name] = ((np.asarray(over, float) * spec.scale).tolist(), np.asarray(under, float).tolist())
    return found
