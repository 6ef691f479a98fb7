"""What the model counts that was also counted of real systems: each a share or a rate of the town under the policy, not a difference."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from glasstown import world
from glasstown.study.formulas import origins
from glasstown.study.view import BY_ORIGIN, WRONG, View

Counted = tuple[float, float]  # numerator and denominator
ENTERED = tuple(f"listings_{origin}" for origin in BY_ORIGIN)
POSTED = tuple(f"entries_{origin}" for origin in BY_ORIGIN)
LEFT = ("left_by_term", "left_by_performance", "left_by_closure", "left_by_appeal", "left_by_power")
PEOPLE_SAY = ("reports_grudge", "reports_rivalry", "reports_reward", "reports_dread")
ALL, MAJORITY, MINORITY = 0, 1, 2  # places of the groups


@dataclass(frozen=True)
class Quantity:
    """A quantity: (numerator, denominator) of the town under the policy, times ``scale``."""

    title: str
    unit: str
    formula: Callable[[View], Counted]
    scale: float = 100.0
    signed: bool = False  # it can lie below 0


def share(over: tuple[str, ...], under: tuple[str, ...], group: int = ALL) -> Callable[[View], Counted]:
    """Some flows as a part of others."""
    return lambda arm: (float(arm.flow(*over)[group]), float(arm.flow(*under)[group]))


def a_year(*names: str) -> Callable[[View], Counted]:
    """A flow, per adult and year."""
    return lambda arm: (float(arm.flow(*names)[ALL]), float(arm.adults[ALL] * arm.years))


def on_the_last_day(stock: str) -> Callable[[View], Counted]:
    """A stock on the last day, per adult."""
    return lambda arm: (float(arm.last(stock)[ALL]), float(arm.adults[ALL]))


def exits(arm: View) -> Counted:
    """Exits a year, of those on a list on a mean day."""
    return float(arm.flow(*LEFT)[ALL]), float(arm.stock("listed")[ALL] * arm.years)


def performed(arm: View) -> Counted:
    """Stays that ended by performance, of those that were on a list on the first day or entered since."""
    ended = float(arm.flow(*LEFT)[ALL])
    return float(arm.flow("left_by_performance")[ALL]), float(arm.last("listed")[ALL]) + ended


def named_among_the_rest(group: int) -> Callable[[View], Counted]:
    """Those named of those who did not do what is foretold (false positives)."""
    return lambda arm: (
        float(arm.flow("risk_named_wrong")[group]),
        float(arm.flow("risk_scored")[group] - arm.flow("risk_true")[group]),
    )


def not_named(group: int) -> Callable[[View], Counted]:
    """Those not named of those who did it (false negatives)."""

    def formula(arm: View) -> Counted:
        true = float(arm.flow("risk_true")[group])
        return true - float(arm.flow("risk_named")[group] - arm.flow("risk_named_wrong")[group]), true

    return formula


def named_ratio(arm: View) -> Counted:
    """How often the minority is named, over how often the majority is."""
    named, scored = arm.flow("risk_named"), arm.flow("risk_scored")
    return float(named[MINORITY] * scored[MAJORITY]), float(named[MAJORITY] * scored[MINORITY])


def listed_ratio(arm: View) -> Counted:
    """How often the minority is put on a list, over how often the majority is."""
    entered, adults = arm.flow(*ENTERED), arm.adults
    return float(entered[MINORITY] * adults[MAJORITY]), float(entered[MAJORITY] * adults[MINORITY])


def gap(*names: str) -> Callable[[View], Counted]:
    """A share of those scored in the minority, minus the same in the majority."""

    def formula(arm: View) -> Counted:
        found, scored = arm.flow(*names), arm.flow("risk_scored")
        parts = [float(found[group]) / float(scored[group]) if scored[group] else 0.0 for group in (MAJORITY, MINORITY)]
        return parts[1] - parts[0], 1.0 if scored[MAJORITY] and scored[MINORITY] else 0.0

    return formula


def classed_rightly(arm: View) -> Counted:
    """Named and did it, or neither, of those scored."""
    scored, true, named, wrong = (float(arm.flow(name)[ALL]) for name in ("risk_scored", "risk_true", "risk_named", "risk_named_wrong"))
    return scored - wrong - (true - (named - wrong)), scored


def unfounded(arm: View) -> Counted:
    """Reports by people that no deed stands behind: made up, or about nothing that happened, of all that they report."""
    wrong = arm.flow(*PEOPLE_SAY)[ALL] + arm.flow("reports_mistaken")[ALL]
    return float(wrong), float(wrong + arm.flow("reports_honest")[ALL])


def ever_sanctioned(arm: View) -> Counted:
    """Adults who were sanctioned at least once."""
    return float(arm.count(arm.ever(world.EVER_SANCTIONED))[ALL]), float(arm.adults[ALL])


def counted(arm: View) -> Counted:
    """Reports that an inquiry lets pass, of those that it looks into."""
    looked_into = float(arm.flow("inquiries")[ALL])
    return looked_into - float(arm.flow("inquiry_stopped")[ALL]), looked_into


PERMILLE = "per 1,000 adults"
QUANTITIES: dict[str, Quantity] = {
    "stock_on_list": Quantity("on a list on the last day", PERMILLE, on_the_last_day("listed"), 1000.0),
    "entries_a_year": Quantity("entries on lists", "per 1,000 adults and year", a_year(*ENTERED), 1000.0),
    "exits_of_stock": Quantity("exits from lists", "a year, per person on a list", exits, 1.0),
    "performed_share": Quantity("listings that ended because the judgment was performed", "% of listings", performed),
    "barred_journeys": Quantity("journeys that the policy refuses", "per listing", share(("barred_travel",), ENTERED), 1.0),
    "points_entries_a_year": Quantity("entries of points", "per 1,000 adults and year", a_year(*POSTED), 1000.0),
    "displays_a_year": Quantity("displays on a screen", "per 1,000 adults and year", a_year("displays"), 1000.0),
    "entries_wrong": Quantity("entries and listings that no deed stands behind", "%", share(origins(WRONG), origins(BY_ORIGIN))),
    "named_wrong": Quantity("wrong among those a model names", "%", share(("risk_named_wrong",), ("risk_named",))),
    "named_share": Quantity("named in a round", "% of those scored", share(("risk_named",), ("risk_scored",))),
    "false_positives_majority": Quantity("false positives, majority", "% of those who did not do it", named_among_the_rest(MAJORITY)),
    "false_positives_minority": Quantity("false positives, minority", "% of those who did not do it", named_among_the_rest(MINORITY)),
    "false_negatives_majority": Quantity("false negatives, majority", "% of those who did it", not_named(MAJORITY)),
    "false_negatives_minority": Quantity("false negatives, minority", "% of those who did it", not_named(MINORITY)),
    "named_minority_ratio": Quantity("named in the minority over the majority", "times", named_ratio, 1.0),
    "named_gap": Quantity("named, minority minus majority", "percentage points of those scored", gap("risk_named"), 100.0, True),
    "listed_gap": Quantity(
        "listed after a review, minority minus majority", "percentage points of those scored", gap(*ENTERED), 100.0, True
    ),
    "listed_minority_ratio": Quantity("put on a list in the minority over the majority", "times", listed_ratio, 1.0),
    "classed_rightly": Quantity("named and did it, or neither", "% of those scored", classed_rightly),
    "base_rate_majority": Quantity(
        "did what is foretold, majority", "% of those scored", share(("risk_true",), ("risk_scored",), MAJORITY)
    ),
    "base_rate_minority": Quantity(
        "did what is foretold, minority", "% of those scored", share(("risk_true",), ("risk_scored",), MINORITY)
    ),
    "stopped_by_review": Quantity("machines' claims that a person stops", "% of those looked at", share(("review_stopped",), ("reviews",))),
    "appeals_upheld": Quantity("appeals that change something", "% of those decided", share(("upheld",), ("hearings",))),
    "appealed": Quantity("entries appealed against", "%", share(("appeals",), origins(BY_ORIGIN))),
    "charges_paid": Quantity("charges that are paid", "% of what is charged", share(("charges_paid",), ("charged",))),
    "reports_unfounded": Quantity("reports that no deed stands behind", "% of what people report", unfounded),
    "reports_counted": Quantity("reports that an inquiry lets pass", "% of those looked into", counted),
    "displays_wrong": Quantity("wrong among those put on display", "%", share(("displays_wrong",), ("displays",))),
    "sanctioned": Quantity("sanctioned on the last day", PERMILLE, on_the_last_day("sanctioned"), 1000.0),
    "ever_sanctioned": Quantity("sanctioned at least once", PERMILLE, ever_sanctioned, 1000.0),
    "scored": Quantity("scored on the last day", "% of adults", on_the_last_day("scored")),
}


def count(arm: View) -> dict[str, Counted]:
    """Every quantity of one town: numerator and denominator."""
    return {name: quantity.formula(arm) for name, quantity in QUANTITIES.items()}


def value(name: str, counted: Any) -> float | None:
    """A quantity from its numerator and denominator; None where there was nobody to count."""
    over, under = counted
    return QUANTITIES[name].scale * over / under if under > 0 else None
