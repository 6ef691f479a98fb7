"""An assessment made up by hand, to look at the report: every number in it is invented and no simulation was run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import glasstown
from glasstown.files import read
from glasstown.policy.schema import PolicyFile

POLICIES = Path(glasstown.__file__).parent / "policies"


@dataclass(frozen=True)
class Outcome:
    name: str
    title: str
    group: str
    value: float | None
    low: float | None
    high: float | None
    luck_low: float | None
    luck_high: float | None
    twin: float | None
    floor: float | None
    verdict: str
    unit: str
    grade: str = "estimated"
    note: str = ""
    counted: int | None = None


@dataclass(frozen=True)
class Assessment:
    request: dict[str, Any]
    policy: PolicyFile
    outcomes: list[Outcome]
    tables: dict[str, list[dict[str, Any]]]
    manifest: dict[str, Any]
    digest: str


Row = dict[str, Any]
ADULTS, YEARLY = "per 1,000 adults", "per 1,000 adults and year"
INNOCENT = ("innocent_sanctioned", "Sanctioned, of those who did nothing wrong", "per 1,000 who did nothing")
WRONGLY, MISSED = ("wrongly_sanctioned", "Wrongly sanctioned", ADULTS), ("missed", "Missed, of those whom the rules meant", ADULTS)
# (name, title, unit), group, value, both widths, luck alone, twin, placebo floor, verdict
INVENTED: list[tuple[Any, ...]] = [
    (WRONGLY, "all", 0.92, (0.31, 1.62), (0.74, 1.1), 0.0, 0.02, "more"),
    (WRONGLY, "majority", 0.78, (0.25, 1.41), (0.6, 0.96), 0.0, 0.03, "more"),
    (WRONGLY, "minority", 1.71, (0.42, 3.2), (1.1, 2.3), 0.0, 0.06, "more"),
    (INNOCENT, "all", 0.61, (0.2, 1.1), (0.5, 0.72), 0.0, 0.02, "more"),
    (INNOCENT, "majority", 0.5, (0.14, 0.9), (0.4, 0.6), 0.0, 0.03, "more"),
    (INNOCENT, "minority", 1.2, (-0.1, 2.6), (0.7, 1.7), 0.0, 0.06, "cannot tell"),
    (MISSED, "all", 2.1, (0.9, 3.4), (1.9, 2.3), 0.0, 0.03, "more"),
    (MISSED, "majority", 2.2, (0.9, 3.5), (1.9, 2.5), 0.0, 0.03, "more"),
    (MISSED, "minority", 1.8, (0.4, 3.3), (1.2, 2.4), 0.0, 0.06, "more"),
    (("list_entries", "Entries on lists", YEARLY), "all", 2.31, (1.62, 3.2), (2.18, 2.44), 0.0, 0.02, "more"),
    (("listed", "On a list on the last day", ADULTS), "all", 6.9, (4.8, 9.3), (6.6, 7.2), 0.0, 0.1, "more"),
    (("listed_days", "Days on a list", "days per adult and year"), "all", 2.5, (1.7, 3.4), (2.4, 2.6), 0.0, 0.02, "more"),
    (("wrong_days", "Days wrongly sanctioned", "days per adult and year"), "all", 0.31, (0.1, 0.56), (0.26, 0.36), 0.0, 0.01, "more"),
    (("shown", "Shown to the public", ADULTS), "all", 6.8, (4.7, 9.1), (6.5, 7.1), 0.0, 0.1, "more"),
    (("in_hardship", "Adults in hardship", ADULTS), "all", 0.41, (-0.22, 1.1), (0.12, 0.7), 163.2, 0.3, "cannot tell"),
    (
        ("children_in_hardship", "Children in hardship", "per 1,000 children"),
        "all",
        0.66,
        (-0.4, 1.8),
        (0.2, 1.1),
        208.0,
        0.5,
        "cannot tell",
    ),
    (("jobless", "Adults without work who had it", ADULTS), "all", 0.83, (0.24, 1.44), (0.6, 1.06), 57.9, 0.2, "more"),
    (("income", "Income", "cents a day and adult"), "all", -4.1, (-9.6, -0.7), (-5.2, -3.0), 8714.0, 0.5, "less"),
    (("dissenting", "Voice dissent", ADULTS), "all", -1.12, (-4.3, 1.9), (-1.5, -0.74), 74.1, 0.4, "cannot tell"),
    (("silenced", "Silenced", ADULTS), "all", 1.9, (-0.4, 4.9), (1.5, 2.3), 0.0, 0.6, "cannot tell"),
    (("praising", "Voice praise", ADULTS), "all", 0.4, (-1.9, 2.6), (0.0, 0.8), 120.4, 0.4, "cannot tell"),
    (
        ("disapproved_deeds", "Disapproved deeds that hurt nobody", YEARLY),
        "all",
        -12.0,
        (-31.0, 4.0),
        (-15.0, -9.0),
        4100.0,
        3.0,
        "cannot tell",
    ),
    (("judgments_performed", "Judgment debts paid", "% of judgments"), "all", 0.71, (-0.25, 1.72), (0.45, 0.97), 24.4, 0.1, "cannot tell"),
    (("harm", "Harm done by deeds", "harm points per adult and year"), "all", -0.4, (-2.2, 1.3), (-0.9, 0.1), 91.3, 0.6, "cannot tell"),
    (("harmful_deeds", "Harmful deeds", YEARLY), "all", -3.9, (-8.8, -0.3), (-5.0, -2.8), 812.0, 1.1, "less"),
    (
        ("staff_days", "Staff", "working days per 1,000 adults and year"),
        "all",
        31.0,
        (22.0, 44.0),
        (30.0, 32.0),
        0.0,
        0.2,
        "more",
    ),
    (("good_deeds", "Good deeds", YEARLY), "all", 0.3, (-2.0, 2.7), (-0.6, 1.2), 2204.0, 1.4, "cannot tell"),
]
CRITICS, NEVER = ("silent_critics", "Privately critical and not saying so", ADULTS), (0.0, 0.0)
WATCHED: list[tuple[Any, ...]] = [  # as INVENTED, of a policy that watches and infers; the last two never happened or nobody was counted
    (("life_observed", "Share of a life observed", "% of deeds"), "all", 18.0, (12.2, 22.1), (17.9, 18.1), 0.0, 0.0, "more"),
    (
        ("sensor_cost", "Cost of sensors", "cents per adult and year"),
        "all",
        10037.0,
        (9738.0, 10478.0),
        (10027.0, 10047.0),
        0.0,
        0.0,
        "more",
    ),
    (("view_entries", "Entries for views", YEARLY), "all", 61.0, (31.0, 117.0), (58.0, 64.0), 0.0, 0.0, "more"),
    (
        ("view_entries_wrong", "Wrong among entries for views", "% of entries for views"),
        "all",
        19.4,
        (7.9, 39.0),
        (18.1, 20.7),
        0.0,
        None,
        "more",
    ),
    (
        ("view_after_wrong_flag", "Private view of those wrongly flagged", "-1 to 1"),
        "all",
        -0.28,
        (-0.7, 0.1),
        (-0.3, -0.25),
        0.0,
        None,
        "cannot tell",
    ),
    (("undeserved_entries", "Undeserved among entries", "% of entries"), "all", 14.8, (7.1, 24.0), (13.0, 16.6), 0.0, None, "more"),
    (("refused_at_discretion", "Turned away at discretion", YEARLY), "all", 12.3, (0.2, 43.0), (11.2, 13.4), 0.0, 0.0, "more"),
    (("cold_ties", "Ties gone cold", ADULTS), "all", 126.0, (6.0, 415.0), (117.0, 135.0), 0.0, 0.0, "more"),
    (("dealings_kept", "Dealings kept by strangers", "% of dealings"), "all", -0.9, (-2.6, 0.4), (-0.9, -0.8), 77.3, 0.0, "cannot tell"),
    (("trust", "Trust in strangers", "-1 to 1"), "all", -0.009, (-0.054, -0.001), (-0.0087, -0.0085), 0.26, 0.0, "less"),
    (("diversity_speech", "Diversity of speech", "0 to 1"), "all", -0.01, (-0.08, 0.08), (-0.015, -0.007), 0.35, 0.0, "cannot tell"),
    (CRITICS, "all", 46.0, (2.7, 120.0), (44.0, 49.0), 153.0, 0.0, "more"),
    (("isolated", "Isolated", ADULTS), "all", 0.0, NEVER, NEVER, 0.0, 0.0, "cannot tell"),
    (
        ("waiting_favoured", "Waiting of the favoured", "days per person served"),
        "all",
        None,
        (None, None),
        (None, None),
        0.0,
        None,
        "cannot tell",
    ),
]


def outcomes(invented: list[tuple[Any, ...]] = INVENTED) -> list[Outcome]:
    """The invented outcomes."""
    return [
        Outcome(name, title, group, value, *wide, *luck, twin, floor, verdict, unit)
        for (name, title, unit), group, value, wide, luck, twin, floor, verdict in invented
    ]


def rows(columns: str, *values: tuple[Any, ...]) -> list[Row]:
    """Rows of a table from the names of its columns and the values of each row."""
    return [dict(zip(columns.split(), row, strict=True)) for row in values]


def still_listed() -> list[Row]:
    """Invented time on the list: a fixed term of two years, and some who leave earlier or later."""
    found = []
    for group, keep in (("all", 0.967), ("majority", 0.966), ("minority", 0.975)):
        for month in range(37):
            share = keep**month * (0.75 if month >= 24 else 1.0)
            found.append({"group": group, "months": month, "share": share, "low": max(share - 0.05, 0.0), "high": min(share + 0.04, 1.0)})
    return found


def weekly() -> list[Row]:
    """Invented weeks of dissent."""
    found = []
    for week in range(157):
        twin = 74.1 + 0.4 * (week % 5 - 2)
        rise = min(week / 40, 1.0)
        found.append((7 * week, twin - rise * (1.12 + 0.1 * (week % 3 - 1)), twin, -4.3 * rise, 1.9 * rise))
    return [{"measure": "dissenting", **row} for row in rows("day policy twin low high", *found)]


def tables() -> dict[str, list[Row]]:
    """The invented tables."""
    groups = rows(
        "outcome title ratio low high luck_low luck_high verdict",
        ("wrongly_sanctioned", "Wrongly sanctioned", 2.19, 1.12, 4.1, None, None, "more"),
        ("sanctioned", "Sanctioned at all", 1.38, 1.11, 1.71, None, None, "more"),
        ("barred_travel", "Refused a journey by the policy", 1.3, 0.91, 1.85, None, None, "cannot tell"),
    )
    return {
        "fate": rows(
            "class title per_1000 low high",
            ("never", "never sanctioned", 980.9, 978.0, 984.2),
            ("deserved", "sanctioned for what they did", 11.8, 9.3, 14.1),
            ("harmless", "sanctioned for something that harms nobody", 0.0, 0.0, 0.0),
            ("wrongly", "sanctioned wrongly", 2.6, 1.1, 4.4),
            ("missed", "did it, and were missed", 4.7, 2.6, 6.9),
        ),
        "group": [{"group": "minority", "reference": "majority", **row} for row in groups],
        "origins": rows(
            "origin per_1000_years share low high",
            ("true deed", 2.01, 0.87, 0.78, 0.94),
            ("false alarm", 0.25, 0.108, 0.05, 0.19),
            ("mix-up", 0.05, 0.022, 0.01, 0.04),
        ),
        "still_listed": still_listed(),
        "series": weekly(),
        "doors": rows(
            "gate policy twin low high",
            ("travel", 41.0, 0.0, 35.3, 46.4),
            ("work", 61.3, 58.2, 0.4, 6.1),
            ("credit", 139.0, 131.4, 2.1, 13.0),
            ("school", 3.3, 2.9, -0.1, 0.9),
        ),
        "documented": rows(
            "quantity unit simulated low high documented source role",
            ("Entries on the list", "per 1,000 adults and year", 2.31, 1.62, 3.2, 2.2, "people_2025", "fitted"),
            ("Exits, of those listed", "per 100 listed and year", 34.1, 27.0, 41.5, 33.0, "people_2025", "fitted"),
            ("Adults on the list", "per 1,000 adults", 6.9, 4.8, 9.3, 7.7, "ft_2023", "held out"),
            ("Performed after listing", "per 100 ever listed", 28.0, 17.0, 41.0, 25.0, "china_daily_2018", "held out"),
        ),
        "spillover": rows(
            "outcome unit direct direct_low direct_high spillover spillover_low spillover_high verdict",
            ("Judgment debts paid", "% of judgments", 0.69, -0.2, 1.6, 0.02, -0.4, 0.5, "cannot tell"),
            ("Voice dissent", ADULTS, -0.6, -2.2, 0.9, -0.5, -2.4, 1.3, "cannot tell"),
        ),
        "parameters": rows(
            "name meaning value low high unit source grade role reason",
            ("chill", "how much fear holds back speech", 0.2, 0.0, 0.4, "share", "", "estimated", "input", "invented for this example"),
            ("pay", "chance that an open judgment is performed", 0.18, 0.1, 0.3, "per year", "", "estimated", "fitted", "invented as well"),
            ("certainty", "how strongly perceived risk deters", 0.5, 0.0, 1.0, "factor", "nagin_2013", "documented", "input", ""),
        ),
    }


ORIGINS = rows(
    "origin per_1000_years share low high",
    ("true deed", 598.0, 0.72, 0.6, 0.83),
    ("false alarm", 66.0, 0.08, 0.03, 0.17),
    ("mix-up", 8.0, 0.01, 0.0, 0.02),
    ("view rightly inferred", 49.0, 0.06, 0.03, 0.09),
    ("view wrongly inferred", 30.0, 0.038, 0.01, 0.07),
    ("somebody close", 61.0, 0.072, 0.02, 0.12),
    ("false report", 10.0, 0.012, 0.0, 0.04),
    ("abuse of power", 6.0, 0.008, 0.0, 0.05),
)


def views() -> list[Row]:
    """Invented weeks of private criticism, and of the critics who keep silent."""
    found = []
    for week in range(157):
        rise = min(week / 80, 1.0)
        for measure, twin, more in (("critics", 215.0, 47.0), ("silent_critics", 153.0, 46.0)):
            row = {"day": 7 * week, "policy": twin + more * rise, "twin": twin, "low": -20.0 * rise, "high": 120.0 * rise}
            found.append({"measure": measure, **row})
    return found


def who_else() -> list[Row]:
    """Invented differences of those whom the policy did not score; nobody had a friend who was sanctioned."""
    found = []
    outcomes = (
        ("income", "Income", "cents a day and adult", 8336.0, (-41.0, 12.0, 30.0)),
        ("in_hardship", "Adults in hardship", ADULTS, 190.0, (3.1, 1.2, 1.4)),
        ("dissenting", "Voice dissent", ADULTS, 60.0, (-14.0, 9.0, 12.0)),
    )  # fmt: skip
    people_in = (("household", 7.4), ("kin", 12.0), ("colleagues", 10.7), ("neighbours", 18.6))
    for place, (relation, people) in enumerate(people_in):
        for outcome, title, unit, twin, (most, luck, wide) in outcomes:
            value = most / (place + 1) ** 2
            told = "cannot tell" if abs(value) <= wide else "more" if value > 0 else "less"
            ends = {"low": value - wide, "high": value + wide, "luck_low": value - luck, "luck_high": value + luck}
            row = {"relation": relation, "outcome": outcome, "title": title, "unit": unit, "people": people, "value": value}
            found.append({**row, **ends, "twin": twin, "verdict": told})
    same = dict.fromkeys(("value", "low", "high", "luck_low", "luck_high"), 0.0)
    return [{**row, **same} if row["relation"] == "colleagues" and row["outcome"] == "in_hardship" else row for row in found]


LIVES: list[Row] = [
    {
        "kind": "wrongly_listed", "title": "Listed by a mix-up", "citizen": 123,
        "policy": ["On day 41 a court puts her on the list in place of somebody with her name.",
                   "On day 60 a railway refuses her a journey.", "On day 131 an appeal finds the error."],
        "twin": ["Nobody refuses her a journey."],
    },
    {
        "kind": "silenced", "title": "Stops speaking", "citizen": 77, "policy": ["From day 12 she no longer says what she thinks."],
        "twin": ["She speaks openly on 31 days.", "On day 200 she finds work."],
    },
    {
        "kind": "kin", "title": "Pays for her brother", "citizen": 8,
        "policy": ["On day 90 she loses 10 points because of her brother."], "twin": [],
    },
]  # fmt: skip


def watched(**changes: Any) -> Assessment:
    """An invented assessment of a policy that watches everybody, with every table there is."""
    shown = {**tables(), "origins": ORIGINS, "series": [*weekly(), *views()], "who_else": who_else(), "lives": LIVES}
    shown["doors"] = [*shown["doors"], {"gate": "business", "policy": 0.0, "twin": 0.0, "low": 0.0, "high": 0.0}]
    return assessment("popular_image", **{"tables": shown, "outcomes": outcomes([*INVENTED, *WATCHED]), **changes})


SAFEGUARDS = (  # variant, title, and an invented change of what each outcome is: wronged, aim, speech, staff
    ("+reasons", "reasons are given with an entry", -0.02, 0.0, 0.1, 0.4),
    ("-appeal", "there is an appeal", 0.31, 0.02, -0.2, -9.0),
    ("+expiry", "entries expire", -0.2, -0.3, 0.4, 0.0),
    ("+correct_everywhere", "a correction reaches everything that took the claim over", -0.05, 0.0, 0.0, 0.1),
    ("+human_review", "a person checks what machines claim", -0.44, -0.01, 0.1, 41.0),
    ("+evidence", "one claim alone is not enough", -0.71, -0.4, 0.3, -12.0),
    ("+separate_contexts", "no consequence outside the context of the data", -0.1, -0.2, 0.2, 0.0),
    ("all", "all safeguards together", -0.9, -0.6, 1.1, 55.0),
    ("none", "no safeguard at all", 0.35, 0.02, -0.3, -9.5),
)


def safeguards() -> list[Row]:
    """Invented changes that safeguards make."""
    outcomes = (
        ("wrongly_sanctioned", ADULTS, 0.92, 0.05), ("judgments_performed", "% of judgments", 25.1, 0.1), ("dissenting", ADULTS, 73.0, 0.4),
        ("staff_days", "working days per 1,000 adults and year", 31.0, 0.2),
    )  # fmt: skip
    found = []
    for variant, title, *values in SAFEGUARDS:
        for (outcome, unit, policy, floor), value in zip(outcomes, values, strict=True):
            luck, wide = 0.1 * abs(value) + floor / 2, 0.4 * abs(value) + floor
            told = "cannot tell" if abs(value) <= wide else "more" if value > 0 else "less"
            ends = {"low": value - wide, "high": value + wide, "luck_low": value - luck, "luck_high": value + luck}
            row = {"variant": variant, "title": title, "outcome": outcome, "value": value, **ends, "verdict": told, "unit": unit}
            found.append({**row, "policy": policy, "floor": floor})
    return found


BUNDLES = (  # parts, and an invented change of each outcome; then what of the first is beyond the sum of the parts, and its half-width
    (("+human_review", "+evidence"), (-0.8, -6.0, -0.4), 0.35, 0.1),
    (("+expiry", "+evidence"), (-0.78, -8.0, -0.7), 0.13, 0.2),
    (("+human_review", "+evidence", "+expiry"), (-0.88, -9.5, -0.7), -0.4, 0.3),
)


def bundles(shown: bool = True) -> dict[str, list[Row]]:
    """Invented bundles of safeguards, as a search would find them; or one that finds none."""
    titles = {variant: title for variant, title, *_ in SAFEGUARDS}
    outcomes = (("wrongly_sanctioned", ADULTS, 0.92), ("sanctioned", ADULTS, 12.1), ("judgments_performed", "% of judgments", 25.1))
    told, looked_at = [], []
    for parts, values, beyond, half in BUNDLES:
        named = {"variant": "".join(parts), "title": "; ".join(titles[part] for part in parts), "parts": len(parts)}
        looked_at.append({**named, "wrongly_sanctioned": values[0] - 0.1, "wrong_days": values[0] / 10, "shown": shown})
        for (outcome, unit, policy), value in zip(outcomes, values, strict=True):
            wide = 0.9 if outcome == "judgments_performed" else abs(value) / 2
            ends = {"low": value - wide, "high": value + wide, "luck_low": value - wide / 3, "luck_high": value + wide / 3}
            further = {"low": beyond - half, "high": beyond + half, "luck_low": beyond - half / 2, "luck_high": beyond + half / 2}
            row = {
                **named,
                "outcome": outcome,
                "unit": unit,
                "value": value,
                **ends,
                "policy": policy,
                "floor": 0.05,
                "seemed": value - 0.1,
            }
            verdicts = {"verdict": verdict(value, wide), "beyond_verdict": verdict(beyond, half)}
            told.append(
                {**row, **verdicts, "beyond": beyond, "beyond_floor": 0.15, **{f"beyond_{end}": more for end, more in further.items()}}
            )
    counts = "parts possible lived repairing shown pairs_choosing pairs_telling"
    searched = rows(counts, (2, 45, 15, 9, 2 * shown, 6, 6), (3, 120, 11, 4, 1 * shown, 6, 6))
    return {"bundles": told if shown else [], "bundles_searched": searched, "bundles_looked_at": looked_at}


def verdict(value: float, half: float) -> str:
    """What can be told of a difference with so wide an interval."""
    return "cannot tell" if abs(value) <= half else "more" if value > 0 else "less"


def assessment(policy: str = "spc_defaulter_list", **changes: Any) -> Assessment:
    """An invented assessment of a shipped policy; `changes` replace whole fields."""
    file = read(POLICIES / f"{policy}.toml", PolicyFile, "policy")
    request = {
        "policy": policy, "policy_digest": "0f" * 32, "society": "town", "people": 20_000, "days": 1095, "burn_in": 365, "pairs": 12,
        "seed": 1, "quick": False, "model_version": "0.1.0", "rng_stream": "philox4x32-10/v1",
    }  # fmt: skip
    manifest = {"versions": {"python": "3.11.7", "numpy": "2.4.6", "numba": "0.68.1"}}
    fields: dict[str, Any] = {
        "request": request, "policy": file, "outcomes": outcomes(), "tables": tables(), "manifest": manifest, "digest": "ab" * 32,
    }  # fmt: skip
    return Assessment(**{**fields, **changes})
