"""The formulas of outcomes: numerator and denominator of an arm, given its twin, for three groups."""

from collections.abc import Callable
from typing import Any

import numpy as np

from glasstown import measuring, world
from glasstown.study.view import BY_ORIGIN, WRONG, View, three

Formula = Callable[[View, View], tuple[Any, Any]]


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


def stock_of_flow(name: str) -> Formula:
    """The mean over the days of something that is counted anew each day, per adult."""
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


def origins(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The measures of entries and listings from these origins."""
    return (*(f"entries_{kind}" for kind in kinds), *(f"listings_{kind}" for kind in kinds))


def undeserved(arm: View, twin: View) -> tuple[Any, Any]:
    """Entries and listings that rest on nothing the person did, thought or was, of all."""
    return arm.flow(*origins(WRONG)), arm.flow(*origins(BY_ORIGIN))


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
    """Working days of staff: a tenth an entry or listing, half an appeal heard, a quarter an inquiry, a twentieth a claim looked at."""
    heard = 0.5 * arm.flow("hearings") + 0.25 * arm.flow("inquiries") + 0.05 * arm.flow("reviews")
    return 0.1 * arm.flow(*origins(BY_ORIGIN)) + heard, arm.adults * arm.years


def part(over: str, under: str) -> Formula:
    """One flow as a part of another."""
    return lambda arm, twin: (arm.flow(over), arm.flow(under))


def last(mask: str) -> Formula:
    """Adults of a mask of the final state, per adult."""
    return lambda arm, twin: (arm.count(getattr(arm, mask)), arm.adults)


def waiting(who: str) -> Formula:
    """Days in a queue per person served (Little's law: the mean stock over the flow)."""
    return lambda arm, twin: (arm.stock(f"waiting_{who}") * len(arm.arm.daily), arm.flow(f"served_{who}"))


def mean_trust(arm: View, twin: View) -> tuple[Any, Any]:
    """Trust in strangers on the last day, from -1 to 1."""
    return by_group(arm, arm.town.truth["trust"] / world.ONE), arm.adults


def by_group(arm: View, values: Any, mask: Any = None) -> Any:
    """Sum of a citizen's value over adults (or over a mask), by group."""
    mask = arm.adult if mask is None else mask
    return three(np.bincount(arm.town.people["group"][mask], weights=values[mask].astype(float), minlength=2))


Own = Callable[[View], Any]  # a value of each citizen


def same_people(mask: str, own: Own) -> Formula:
    """Of the people of a mask of this arm: a value of theirs, minus the same people's in the twin."""

    def formula(arm: View, twin: View) -> tuple[Any, Any]:
        some = getattr(arm, mask)
        return by_group(arm, own(arm) - own(twin), some), arm.count(some)

    return formula


def opinion(view: View) -> Any:
    """Private view of the order on the last day, -1 to 1."""
    return view.town.truth["opinion"].astype(float) / world.ONE


def fear(view: View) -> Any:
    """Fear on the last day, 0 to 1."""
    return view.town.truth["fear"].astype(float) / world.ONE


def dissent_days(view: View) -> Any:
    """Share of days on which she openly dissented."""
    return view.town.life["dissent_days"].astype(float) / len(view.arm.daily)


def daily_income(view: View) -> Any:
    """Her own income, cents a day."""
    return view.town.life["income"].astype(float) / len(view.arm.daily)


def ties_gone_cold(view: View) -> Any:
    """How many of her ties are cold on the last day."""
    return np.bitwise_count(view.town.truth["cold"]).astype(float)


def diversity_of_conduct(arm: View, twin: View) -> tuple[Any, Any]:
    """Chance that two adults of a group differ in whether they did a kind of deed at all, mean over the kinds that somebody did."""
    found = []
    for group in (None, 0, 1):
        mask = arm.adult if group is None else arm.adult & (arm.town.people["group"] == group)
        did = arm.town.truth["did"][mask]
        shares = np.array([(did >> kind & 1).mean() if len(did) else 0.0 for kind in range(32)])
        known = shares[shares > 0]
        found.append(float((2 * known * (1 - known)).mean()) if len(known) else 0.0)
    return np.array(found), np.ones(3)


def diversity_of_speech(arm: View, twin: View) -> tuple[Any, Any]:
    """Chance that two adults differ in what they say on a day (dissent, silence, praise): Simpson's index, from mean stocks."""
    shares = [arm.stock(name) / np.maximum(arm.adults, 1) for name in ("dissenting", "praising")]
    return 1 - (shares[0] ** 2 + shares[1] ** 2 + (1 - shares[0] - shares[1]) ** 2), np.ones(3)


def diversity_of_views(arm: View, twin: View) -> tuple[Any, Any]:
    """Standard deviation of private views on the last day, from 0 to 1."""
    views, group = arm.town.truth["opinion"].astype(float) / world.ONE, arm.town.people["group"]
    found = [views[arm.adult & keep] for keep in (group >= 0, group == 0, group == 1)]
    return np.array([float(each.std()) if len(each) else 0.0 for each in found]), np.ones(3)


# ---- the other eight claims ------------------------------------------------------------------------------------------


def per_one(mask: str, column: str) -> Formula:
    """Sum of a life column over the people of a mask, for each of them."""
    return lambda arm, twin: (arm.total(column, getattr(arm, mask)), arm.count(getattr(arm, mask)))


def displayed_kinds(arm: View, twin: View) -> tuple[Any, Any]:
    """Kinds of deeds that the policy puts on display which she did at least once, whether she was shown or not."""
    return by_group(arm, np.bitwise_count(arm.town.truth["did"] & np.uint32(arm.exposed))), arm.adults


FALSE_REPORTS = tuple(f"reports_{motive}" for motive in measuring.BY_MOTIVE)


def false_share(arm: View, twin: View) -> tuple[Any, Any]:
    """False reports, of what people reported of what they saw and of what they made up."""
    false = arm.flow(*FALSE_REPORTS)
    return false, false + arm.flow("reports_honest")


def stained_odds(arm: View, twin: View) -> tuple[Any, Any]:
    """How much more of what is falsely reported hits who is marked or on display than their share of adults (0: no more than others)."""
    expected = arm.flow(*FALSE_REPORTS) * np.minimum((arm.stock("marked") + arm.stock("shown")) / np.maximum(arm.adults, 1), 1.0)
    return arm.flow("reports_on_stained") - expected, expected


def charged(arm: View, twin: View) -> tuple[Any, Any]:
    """What rules charge and is paid, minus what is given back, per adult and year."""
    return arm.flow("charges_paid") - arm.flow("refunded"), arm.adults * arm.years


def sanctioned_of(mask: str) -> Formula:
    """Adults of a mask who were sanctioned at least once, of the mask."""
    return lambda arm, twin: (arm.count(getattr(arm, mask) & arm.ever(world.EVER_SANCTIONED)), arm.count(getattr(arm, mask)))


def exempt(arm: View, twin: View) -> tuple[Any, Any]:
    """Of the powerful whom the rules meant: who were never sanctioned, beyond what others whom the rules meant escape as well."""
    meant = arm.ever(world.EVER_SANCTIONED_IN_SHADOW)
    powerful, others = arm.count(arm.powerful & meant), arm.count(arm.ordinary & meant)
    escaped = arm.count(arm.ordinary & arm.missed) / np.maximum(others, 1)
    return arm.count(arm.powerful & arm.missed) - escaped * powerful, powerful


def children_apart(arm: View, twin: View) -> tuple[Any, Any]:
    """Days that children live without an adult of their household who is detained, per child and year."""
    return arm.flow("child_days_apart"), arm.count(arm.town.people["age"] < world.ADULT_AGE) * arm.years


ONE_WORLD = np.ones(3)  # an outcome of the town as a whole: the world itself is counted


def of_the_town(value: Callable[[View], float]) -> Formula:
    """A value of the town as a whole."""
    return lambda arm, twin: (value(arm) * ONE_WORLD, ONE_WORLD)


def of_a_rollout(value: Callable[[View], float]) -> Formula:
    """The same; nobody is counted where the policy holds everywhere from its first day."""
    return lambda arm, twin: (value(arm) * ONE_WORLD, ONE_WORLD if arm.is_rolled_out else 0 * ONE_WORLD)


def days_until_everywhere(arm: View, twin: View) -> tuple[Any, Any]:
    """Days until the last stage of the rollout, the whole horizon if it is never reached; nobody is counted without a rollout."""
    stages = arm.arm.daily[:, measuring.STAGE, 0]
    reached = np.flatnonzero(stages >= arm.stages)
    first = reached[0] if len(reached) else len(stages)
    return float(first) * ONE_WORLD, ONE_WORLD if arm.is_rolled_out and arm.is_scored else 0 * ONE_WORLD


def gain_of_officials(arm: View, twin: View) -> tuple[Any, Any]:
    """Cents a day that officials take from whom they demand it, for each of them."""
    days = len(arm.arm.daily)
    return arm.flow("extorted")[0] * ONE_WORLD, arm.count(arm.officials)[0] * days * ONE_WORLD
