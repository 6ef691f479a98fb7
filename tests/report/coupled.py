"""An invented assessment of a policy that shames, detains, grows and is resisted: what is told as curves and over worlds."""

from typing import Any

import example

ADULTS, YEARLY = example.ADULTS, example.YEARLY
NEVER = (0.0, 0.0)
FURTHER: list[tuple[Any, ...]] = [  # as example.INVENTED; of the last two nothing happened
    (("pariahs", "Pariahs", ADULTS), "all", 21.0, (1.0, 88.0), (19.0, 23.0), 0.0, 0.0, "more"),
    (("ties_lost", "Ties lost", YEARLY), "all", 812.0, (60.0, 1900.0), (790.0, 834.0), 0.0, 0.0, "more"),
    (("pariah_days", "Days as a pariah", "days per pariah"), "all", 402.0, (210.0, 590.0), (391.0, 413.0), 0.0, None, "more"),
    (("displays", "Put on a screen", YEARLY), "all", 55.0, (31.0, 96.0), (53.0, 57.0), 0.0, 0.0, "more"),
    (("ties_of_shown", "Ties lost by who was shown", "ties per person shown"), "all", 1.4, (0.1, 3.9), (1.3, 1.5), 0.0, None, "more"),
    (("displayed_deeds", "Do what is put on display", "kinds of deeds per 1,000 adults"), "all", -61.0, (-190.0, 12.0), (-66.0, -56.0),
     1410.0, 2.0, "cannot tell"),
    (("false_reports", "False reports", YEARLY), "all", 9.1, (0.2, 31.0), (8.4, 9.8), 0.0, 0.0, "more"),
    (("false_share", "False on purpose among reports", "% of reports"), "all", 3.9, (0.1, 12.0), (3.5, 4.3), 0.0, None, "more"),
    (("detained_days", "Days in detention", "days per 1,000 adults and year"), "all", 940.0, (410.0, 1990.0), (870.0, 1010.0), 0.0, 0.0,
     "more"),
    (("view_after_detention", "Private view after a detention", "-1 to 1"), "all", -0.02, (-0.3, 0.28), (-0.04, 0.0), 0.0, None,
     "cannot tell"),
    (("approving", "Say that they approve", "% of adults"), "all", 71.0, (55.0, 88.0), (70.0, 72.0), 0.0, 0.0, "more"),
    (("scored", "Scored on the last day", ADULTS), "all", 702.0, (210.0, 1000.0), (690.0, 714.0), 0.0, 0.0, "more"),
    (("marches", "Marching", YEARLY), "all", 140.0, (0.0, 900.0), (90.0, 190.0), 0.0, 0.0, "cannot tell"),
    (("withdrawn", "Keep to what is not watched", ADULTS), "all", 31.0, (2.0, 90.0), (29.0, 33.0), 0.0, 0.0, "more"),
    (("reports_reward", "False reports for the reward", YEARLY), "all", 0.0, NEVER, NEVER, 0.0, 0.0, "cannot tell"),
    (("arrests", "Arrests at marches", YEARLY), "all", 0.0, NEVER, NEVER, 0.0, 0.0, "cannot tell"),
]  # fmt: skip
RATES = {
    "extortion": ("rate a year and official", 12.0, (0.1, 0.4, 0.7, 1.0, 3.0, 6.5, 10.0)),
    "immunity": ("chance", 1.0, (0.05, 0.15, 0.25, 0.35, 0.5, 0.7, 0.9)),
}


def bins(rate: str, slope: float, wide: float) -> list[dict[str, Any]]:
    """An invented curve that rises from nothing."""
    found = []
    for at in RATES[rate][2]:
        value = slope * at
        row = {"from": 0.9 * at, "to": 1.1 * at, "at": at, "couples": 8, "value": value, "low": value - wide - 0.3 * value}
        row |= {"high": value + wide + 0.5 * value, "luck_low": 0.9 * value, "luck_high": 1.1 * value}
        found.append({**row, "verdict": "more" if row["low"] > 0 else "cannot tell"})
    return found


def curves() -> list[dict[str, Any]]:
    """Invented curves, a row a bin."""
    rows = []
    for outcome, title, unit, rate, slope, wide in (
        ("extorted", "Extorted", "cents per adult and year", "extortion", 410.0, 90.0),
        ("extorted_adults", "Paid an official at least once", ADULTS, "extortion", 3.2, 1.0),
        ("officials_gain", "Gain of officials", "cents a day and official", "extortion", 160.0, 120.0),
        ("exempt", "Exempt for being powerful", "per 1,000 of them whom the rules meant", "immunity", 210.0, 30.0),
        ("spared", "Spared", ADULTS, "immunity", 28.0, 1.0),
    ):
        unit_of_rate, high, _ = RATES[rate]
        known = {"outcome": outcome, "title": title, "unit": unit, "along": rate, "rate_unit": unit_of_rate, "rate_low": 0.0}
        rows += [{**known, "rate_high": high, **row} for row in bins(rate, slope, wide)]
    return rows


def worlds() -> list[dict[str, Any]]:
    """Invented worlds in two heaps, and some that march."""
    grown = {"outcome": "grown", "title": "Parts of life taken in", "unit": "contexts and doors"}
    marched = {"outcome": "marched", "title": "Marched at some time", "unit": ADULTS}
    found = [{**grown, "from": level, "to": level, "worlds": count} for level, count in ((-3.0, 21), (0.0, 9), (5.0, 4), (11.0, 86))]
    found.append({**marched, "from": 0.0, "to": 0.0, "worlds": 71})
    return found + [
        {**marched, "from": 60.0 * place, "to": 60.0 * (place + 1), "worlds": count} for place, count in enumerate((22, 4, 1, 0, 3, 8, 11))
    ]


def stages() -> list[dict[str, Any]]:
    """Invented weeks of a rollout in three stages."""
    rows = []
    for week in range(156):
        up = min(week / 120, 1.0)
        shares = {-1: 0.18 * up, 0: 1 - up, 1: 0.3 * up, 2: 0.12 * up, 3: 0.4 * up}
        rows += [{"day": 7 * (week + 1), "stage": stage, "share": share} for stage, share in shares.items()]
    return rows


def tips() -> list[dict[str, Any]]:
    """Invented shares of worlds."""
    found = []
    for outcome, title, tipped in (("rolled_out", "Rolled out to the end", 86), ("repealed", "Given up", 21)):
        share = {"worlds": 120, "tipped": tipped, "share": tipped / 120, "low": tipped / 120 - 0.08, "high": tipped / 120 + 0.09}
        found.append({"outcome": outcome, "title": title, **share, "couples": 60, "split": 7, "floor": 0.0})
    return found


def assessment(**changes: Any) -> example.Assessment:
    """An invented assessment with every table there is."""
    made = example.watched()
    tables = {**made.tables, "curves": curves(), "worlds": worlds(), "stages": stages(), "tips": tips()}
    outcomes = [*made.outcomes, *example.outcomes(FURTHER)]
    return example.watched(**{"tables": tables, "outcomes": outcomes, **changes})
