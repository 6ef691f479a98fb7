"""Every outcome: its formula, unit, grade and meaning. A formula gives a numerator and a denominator for three groups.

The groups are all, majority, minority. ``value`` of an outcome is the policy's level minus the twin's; ``twin`` its level.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from glasstown import measuring, tables, world

GROUPS = ("all", "majority", "minority")
THOUSAND, PERCENT = 1000.0, 100.0
ADULTS, YEARLY = "per 1,000 adults", "per 1,000 adults and year"


def three(by_group: Any) -> Any:
    """[majority, minority] as [all, majority, minority]."""
    values = np.asarray(by_group, float)
    return np.array([values.sum(), values[0], values[1]])


class View:
    """One arm as outcomes see it: daily measures and people, by group."""

    def __init__(self, arm: Any, deeds: Any, punished: Any, some: Any = None) -> None:
        self.arm, self.town, self.deeds, self.punished = arm, arm.town, deeds, punished
        self.some = some  # only these citizens (a mask), for the exempt arm; None: everybody

    @cached_property
    def adult(self) -> Any:
        """Mask of the adults."""
        grown = self.town.people["age"] >= world.ADULT_AGE
        return grown if self.some is None else grown & self.some

    @cached_property
    def years(self) -> float:
        """Length of the horizon in years."""
        return len(self.arm.daily) / 365

    @cached_property
    def adults(self) -> Any:
        """Adults by group."""
        return self.count(self.adult)

    def count(self, mask: Any) -> Any:
        """How many of a mask, by group."""
        return three(np.bincount(self.town.people["group"][mask], minlength=2))

    def total(self, column: str, mask: Any | None = None) -> Any:
        """Sum of a life column over adults, by group."""
        mask = self.adult if mask is None else mask
        weights = self.town.life[column][mask].astype(float)
        return three(np.bincount(self.town.people["group"][mask], weights=weights, minlength=2))

    def flow(self, *names: str) -> Any:
        """Sum of measures over the horizon, by group."""
        places = [measuring.MEASURES.index(name) for name in names]
        return three(self.arm.daily[:, places].sum(axis=(0, 1)))

    def stock(self, name: str) -> Any:
        """Mean of a stock over the horizon, by group."""
        return three(self.arm.daily[:, measuring.MEASURES.index(name)].mean(axis=0))

    def last(self, name: str) -> Any:
        """A stock on the last day, by group."""
        return three(self.arm.daily[-1, measuring.MEASURES.index(name)])

    def ever(self, bit: int) -> Any:
        """Mask of adults to whom this has happened."""
        return self.adult & (self.town.life["ever"] & bit > 0)

    @cached_property
    def wrongly(self) -> Any:
        """Sanctioned in the record and never in the shadow record."""
        return self.ever(world.EVER_SANCTIONED) & ~self.ever(world.EVER_SANCTIONED_IN_SHADOW)

    @cached_property
    def innocent(self) -> Any:
        """Adults who did none of the deeds the policy punishes."""
        return self.adult & (self.town.truth["did"] & self.punished == 0)

    @cached_property
    def harmless(self) -> Any:
        """Sanctioned as the rules mean it, for deeds that hurt nobody."""
        harmful = sum(1 << k for k, deed in enumerate(self.deeds) if deed["kind"] == tables.HARMFUL) & int(self.punished)
        right = self.ever(world.EVER_SANCTIONED) & self.ever(world.EVER_SANCTIONED_IN_SHADOW)
        return right & (self.town.truth["did"] & harmful == 0)

    @cached_property
    def missed(self) -> Any:
        """Sanctioned in the shadow record and never in the record."""
        return self.ever(world.EVER_SANCTIONED_IN_SHADOW) & ~self.ever(world.EVER_SANCTIONED)


Formula = Callable[[View, View], tuple[Any, Any]]


@dataclass(frozen=True)
class Spec:
    """An outcome: (numerator, denominator) of an arm given its twin, times ``scale``."""

    name: str
    title: str
    unit: str
    formula: Formula
    words: str  # the formula in words
    scale: float = THOUSAND
    grade: str = "estimated"


def people(mask: str) -> Formula:
    """Adults of a mask, per adult."""
    return lambda arm, twin: (arm.count(getattr(arm, mask)), arm.adults)


def ever(bit: int) -> Formula:
    """Adults to whom something has happened, per adult."""
    return lambda arm, twin: (arm.count(arm.ever(bit)), arm.adults)


def flow(*names: str) -> Formula:
    """A flow, per adult and year."""
    return lambda arm, twin: (arm.flow(*names), arm.adults * arm.years)


def stock(name: str) -> Formula:
    """The mean of a stock, per adult."""
    return lambda arm, twin: (arm.stock(name), arm.adults)


def days(column: str) -> Formula:
    """Days of adults' lives, per adult and year."""
    return lambda arm, twin: (arm.total(column), arm.adults * arm.years)


def silenced(arm: View, twin: View) -> tuple[Any, Any]:
    """Adults who spoke dissent in the twin town and never in this one."""
    quiet = arm.adult & (twin.town.life["dissent_days"] > 0) & (arm.town.life["dissent_days"] == 0)
    return arm.count(quiet), arm.adults


PERFORMING = ("with_judgment", "judgments", "judgments_performed", "judgments_closed")


def performed(arm: View, twin: View) -> tuple[Any, Any]:
    """Judgments performed, of those open on the first day or made since."""
    today = {name: three(arm.arm.daily[0, measuring.MEASURES.index(name)]) for name in PERFORMING}
    first = today["with_judgment"] - today["judgments"] + today["judgments_performed"] + today["judgments_closed"]
    return arm.flow("judgments_performed"), first + arm.flow("judgments")


def children(arm: View, twin: View) -> tuple[Any, Any]:
    """Children in hardship, mean over the horizon, of all children."""
    return arm.stock("children_in_hardship"), arm.count(arm.town.people["age"] < world.ADULT_AGE)


def undeserved(arm: View, twin: View) -> tuple[Any, Any]:
    """Entries and listings that rest on no deed of the person, of all."""
    wrong = arm.flow("entries_false_alarm", "entries_mix_up", "listings_false_alarm", "listings_mix_up")
    return wrong, wrong + arm.flow("entries_true", "listings_true")


def concentration(arm: View, twin: View) -> tuple[Any, Any]:
    """Gini coefficient of sanctioned days over adults."""
    found = []
    for group in (None, 0, 1):
        mask = arm.adult if group is None else arm.adult & (arm.town.people["group"] == group)
        sorted_days = np.sort(arm.town.life["sanctioned_days"][mask].astype(float))
        count, total = len(sorted_days), sorted_days.sum()
        ranks = np.arange(1, count + 1)
        found.append((2 * (ranks * sorted_days).sum() / (count * total) - (count + 1) / count) if total > 0 else 0.0)
    return np.array(found), np.ones(3)


def staff(arm: View, twin: View) -> tuple[Any, Any]:
    """Working days of staff: a tenth an entry or listing, half an appeal heard."""
    names = ("entries_true", "entries_false_alarm", "entries_mix_up", "listings_true", "listings_false_alarm", "listings_mix_up")
    return 0.1 * arm.flow(*names) + 0.5 * arm.flow("hearings"), arm.adults * arm.years


SPECS: tuple[Spec, ...] = (
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
    Spec("list_entries", "Entries on lists", YEARLY, flow("listings_true", "listings_false_alarm", "listings_mix_up"), "new listings"),
    Spec(
        "undeserved_entries",
        "Undeserved among entries",
        "% of entries",
        undeserved,
        "entries and listings from false alarms and mix-ups, of all entries and listings",
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
    Spec("refused_travel", "Travel refused", YEARLY, flow("refused_travel"), "requests refused on any ground"),
    Spec("refused_work", "Work refused", YEARLY, flow("refused_work"), "applications refused on any ground"),
    Spec("refused_credit", "Credit refused", YEARLY, flow("refused_credit"), "applications refused on any ground"),
    Spec("refused_school", "School refused to children", YEARLY, flow("refused_school"), "applications for children refused on any ground"),
    *(
        Spec(
            f"barred_{gate}", f"{title} by the policy alone", YEARLY, flow(f"barred_{gate}"), f"{asked} refused because of a list or a band"
        )
        for gate, title, asked in (
            ("travel", "Travel refused", "requests"),
            ("work", "Work refused", "applications"),
            ("credit", "Credit refused", "applications"),
            ("school", "School refused to children", "applications for children"),
        )
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
        "0.1 days an entry, 0.5 an appeal heard",
        THOUSAND,
        "scenario",
    ),
)
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
