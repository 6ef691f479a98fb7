"""Outcomes of the other eight claims: shamed, left, denounced, extorted, exempt, detained, and a policy that grows or is given up."""

from glasstown import world
from glasstown.study.formulas import (
    FALSE_REPORTS,
    charged,
    children_apart,
    daily_income,
    days_until_everywhere,
    displayed_kinds,
    dissent_days,
    ever,
    exempt,
    false_share,
    fear,
    flow,
    gain_of_officials,
    of_a_rollout,
    of_the_town,
    opinion,
    origins,
    part,
    people,
    per_one,
    same_people,
    sanctioned_of,
    stained_odds,
    stock,
    ties_gone_cold,
)
from glasstown.study.spec import ADULTS, CENTS_YEARLY, PERCENT, THOUSAND, YEARLY, Spec

TWIN = "minus the same people's in the twin town"
BY_MOTIVE = (
    ("grudge", "out of a grudge"),
    ("rivalry", "out of rivalry at work"),
    ("reward", "for the reward"),
    ("dread", "out of fear of being drawn in"),
)


def yearly(name: str, title: str, words: str, grade: str = "estimated", along: str = "") -> Spec:
    """Something that is counted, per 1,000 adults and year, by the measure of its own name."""
    return Spec(name, title, YEARLY, flow(name), words, THOUSAND, grade, along)


def cents(name: str, title: str, words: str, grade: str = "estimated", along: str = "") -> Spec:
    """Money that is counted, per adult and year, by the measure of its own name."""
    return Spec(name, title, CENTS_YEARLY, flow(name), words, 1.0, grade, along)


def income_of(mask: str, name: str, title: str, words: str) -> Spec:
    """Income of the people of a mask, compared with their own in the twin town."""
    return Spec(name, title, "cents a day and adult", same_people(mask, daily_income), f"{words}, {TWIN}", 1.0)


PARIAHS = (
    Spec(
        "pariahs", "Pariahs", ADULTS, stock("pariahs"),
        "adults who lost ties and have had at most two live ones outside the household for 90 days, mean over the horizon",
    ),
    Spec("ever_pariah", "Pariahs at some time", ADULTS, people("pariahs"), "adults who were pariahs at least once"),
    Spec(
        "pariah_days", "Days as a pariah", "days per pariah", per_one("pariahs", "pariah_days"),
        "days as a pariah, of those who ever were one", 1.0,
    ),
    yearly("ties_lost", "Ties lost", "ties that went cold (each counts at both ends)"),
    yearly("ties_regained", "Ties regained", "ties that warmed again (each counts at both ends)"),
    Spec(
        "pariah_household_days", "Days beside a pariah", "days per 1,000 adults and year", flow("pariah_household_days"),
        "days that somebody spends in the household of a pariah, children among them",
    ),
    income_of(
        "with_pariah", "income_with_pariah", "Income in a pariah's household", "income of adults who live with a pariah, or are one"
    ),
)  # fmt: skip

DISPLAY = (
    yearly("displays", "Put on a screen", "times that a screen begins to show somebody"),
    Spec(
        "displays_wrong", "Wrong among displays", "% of displays", part("displays_wrong", "displays"),
        "displays on screens that rest on nothing the person did, thought or was, of all", PERCENT,
    ),
    Spec(
        "display_days", "Days on show", "days per 1,000 adults and year", flow("display_days"),
        "days on which a screen or a message shows somebody",
    ),
    yearly("exposures", "Seen on show by somebody close", "ties that come across somebody on show, counted each day"),
    Spec(
        "ties_of_shown", "Ties lost by who was shown", "ties per person shown", same_people("shown", ties_gone_cold),
        f"cold ties on the last day of adults who were shown at least once, {TWIN}", 1.0,
    ),
    income_of("shown", "income_of_shown", "Income of who was shown", "income of adults who were shown at least once"),
    Spec(
        "displayed_deeds", "Do what is put on display", "kinds of deeds per 1,000 adults", displayed_kinds,
        "kinds of deeds that an announced policy puts on display, done at least once, sum over adults",
    ),
)  # fmt: skip

REPORTS = (
    Spec("false_reports", "False reports", YEARLY, flow(*FALSE_REPORTS), "reports of what nobody did, made on purpose"),
    *(
        Spec(f"reports_{motive}", f"False reports {title}", YEARLY, flow(f"reports_{motive}"), f"false reports made {title}")
        for motive, title in BY_MOTIVE
    ),
    Spec(
        "false_share", "False on purpose among reports", "% of reports", false_share,
        "reports that were false on purpose, of these and of those by people who saw what they reported", PERCENT,
    ),
    Spec("denounced", "Denounced", ADULTS, ever(world.EVER_DENOUNCED), "adults of whom a false report counted at least once"),
    Spec(
        "stained_odds", "How much more often false reports hit the marked", "times beyond their share", stained_odds,
        "false reports about who is marked or on show, of all, over their share of adults, minus 1 (0: no more often than others)", 1.0,
    ),
    Spec(
        "entries_from_reports", "Entries from false reports", YEARLY, flow(*origins(("report",))),
        "entries and listings that rest on a false report",
    ),
    yearly("reports_exposed", "False reports found out", "false reports that an inquiry stopped and whose author is known"),
    cents("rewards_paid", "Rewards for false reports", "rewards paid for false reports that counted"),
    cents("penalties", "Penalties for false reports", "paid by who was found to have reported falsely"),
)  # fmt: skip

EXTORTION, IMMUNITY, ERASED, MISUSE = "extortion", "immunity", "erased", "misuse"
POWER = (
    yearly("demands", "Demands for money by officials", "demands by officials of somebody in their district", "scenario", EXTORTION),
    yearly("payments", "Demands that were paid", "demands that were paid", "scenario", EXTORTION),
    cents("extorted", "Extorted", "cents paid to officials who demanded them", "scenario", EXTORTION),
    Spec(
        "extorted_adults", "Paid an official at least once", ADULTS, ever(world.EVER_EXTORTED),
        "adults who paid an official who demanded it, at least once", THOUSAND, "scenario", EXTORTION,
    ),
    yearly("fabricated", "Held against who refused", "claims laid at the door of who refused to pay", "scenario", EXTORTION),
    yearly("told_on", "Officials told on", "officials of whom somebody who refused told, and who stopped", "scenario", EXTORTION),
    Spec(
        "officials_gain", "Gain of officials", "cents a day and official", gain_of_officials,
        "what officials take from whom they demand it", 1.0, "scenario", EXTORTION,
    ),
    Spec(
        "sanctioned_powerful", "Sanctioned, of officials and their kin", "per 1,000 of them", sanctioned_of("powerful"),
        "officials and their kin who were sanctioned at least once, of all of them", THOUSAND, "scenario", IMMUNITY,
    ),
    Spec(
        "sanctioned_ordinary", "Sanctioned, of everybody else", "per 1,000 of them", sanctioned_of("ordinary"),
        "adults who are neither officials nor their kin and were sanctioned at least once, of all of these",
    ),
    Spec(
        "exempt", "Exempt for being powerful", "per 1,000 of them whom the rules meant", exempt,
        "officials and their kin sanctioned in the shadow record, never in the record, of all sanctioned in it, minus the same of others",
        THOUSAND, "scenario", IMMUNITY,
    ),
    Spec(
        "spared", "Spared", ADULTS, ever(world.EVER_SPARED),
        "adults of whom a claim vanished or an entry was erased because they are powerful, at least once", THOUSAND, "scenario", IMMUNITY,
    ),
    yearly("vanished", "Claims that vanished", "claims about officials and kin that vanished before they counted", "scenario", IMMUNITY),
    yearly("erased", "Entries erased", "entries and listings of officials and their kin that were erased", "scenario", ERASED),
    Spec(
        "ordered", "Listed by order", ADULTS, ever(world.EVER_ORDERED),
        "adults against whom an order outside the rules was carried out at least once", THOUSAND, "scenario", MISUSE,
    ),
    yearly("audit_found", "Found by audits", "entries and listings by order or from extortion that an audit found", "scenario", MISUSE),
)  # fmt: skip

DETENTION = (
    yearly("detentions", "Detentions", "detentions that began"),
    Spec(
        "detentions_wrong", "Wrong among detentions", "% of detentions", part("detentions_wrong", "detentions"),
        "detentions that rest on nothing the person did, thought or was, of all", PERCENT,
    ),
    Spec(
        "detained_days", "Days in detention", "days per 1,000 adults and year", flow("detained_days"), "days that adults spent in detention"
    ),
    Spec("ever_detained", "Detained at some time", ADULTS, people("detained"), "adults who were detained at least once"),
    Spec(
        "detained_harmless", "Detained, and hurt nobody", ADULTS, people("detained_harmless"),
        "adults who were detained and did nothing that hurts somebody of what the policy detains people for",
    ),
    Spec(
        "child_days_apart", "Children without a parent", "days per 1,000 children and year", children_apart,
        "days that children spend while an adult of their household is detained (twice if two are)",
    ),
    *(
        Spec(f"{name}_after_detention", f"{title} after a detention", unit, same_people("detained", own), f"{words}, {TWIN}", scale)
        for name, title, unit, own, words, scale in (
            ("view", "Private view", "-1 to 1", opinion, "private view on the last day of who was detained", 1.0),
            ("fear", "Fear", "0 to 1", fear, "fear on the last day of who was detained", 1.0),
            ("speech", "Open dissent", "days per 1,000 days", dissent_days, "days of dissent of who was detained", THOUSAND),
        )
    ),
    income_of("with_detained", "income_with_detained", "Income in the household of a detained person",
              "income of adults who live with somebody who was detained, or were"),
)  # fmt: skip

WORLDS = "% of worlds"
ROLLOUT = (
    Spec(
        "rolled_out", "Rolled out to the end", WORLDS, of_a_rollout(lambda arm: float(arm.is_everywhere)),
        "worlds in which the policy holds on the last day and has reached the last stage of its rollout", PERCENT,
    ),
    Spec("stage", "Stage on the last day", "stages", of_a_rollout(lambda arm: float(arm.stage)), "stage of the rollout then", 1.0),
    Spec(
        "grown", "Parts of life taken in", "contexts and doors", of_a_rollout(lambda arm: float(arm.grown)),
        "contexts in which conduct is judged and doors that can be closed, on the last day minus on the first", 1.0,
    ),
    Spec(
        "days_until_everywhere", "Days until the last stage", "days", days_until_everywhere,
        "days until the rollout has reached its last stage, the whole horizon where it never does", 1.0,
    ),
    Spec(
        "scored", "Scored on the last day", ADULTS, lambda arm, twin: (arm.last("scored"), arm.adults),
        "adults for whom the policy holds on the last day",
    ),
    Spec(
        "approving", "Say that they approve", "% of adults", of_the_town(lambda arm: arm.last("approving")[0] / world.ONE),
        "adults who said that they approve of the order when they were last asked, out of fear or not", PERCENT,
    ),
    Spec(
        "scandal", "Scandal", "% of a full one", of_the_town(lambda arm: arm.stock("scandal")[0] / world.ONE),
        "what is publicly held against the policy, mean over the horizon", PERCENT,
    ),
)  # fmt: skip

MACHINES = (
    yearly("risk_named", "Named by a risk model", "times that a risk model names somebody"),
    yearly("risk_named_wrong", "Named wrongly by a risk model", "times that it names somebody who did not do what it foretells"),
    Spec(
        "named_wrong_share", "Wrong among those a risk model names", "% of those named", part("risk_named_wrong", "risk_named"),
        "people named who did not do what is foretold, of all who are named", PERCENT,
    ),
    yearly("answers_cleared", "Claims disproved by an answer", "machines' claims that the person's own answer disproves before they count"),
    Spec(
        "charges", "Charged by the policy", CENTS_YEARLY, charged, "what rules charge and is paid, minus what is given back", 1.0,
    ),
)  # fmt: skip

RESISTANCE = (
    Spec(
        "repealed", "Given up", WORLDS, of_the_town(lambda arm: float(arm.is_repealed)),
        "worlds in which so many marched that the policy was given up", PERCENT,
    ),
    Spec("marched", "Marched at some time", ADULTS, ever(world.EVER_MARCHED), "adults who marched at least once"),
    yearly("marches", "Marching", "adults who march, counted anew each day of protest"),
    Spec(
        "days_of_protest", "Days of protest", "days a year", of_the_town(lambda arm: arm.flow("marched")[0] / arm.years),
        "days on which anybody marches", 1.0,
    ),
    yearly("arrests", "Arrests at marches", "arrests of who marched"),
    Spec(
        "withdrawn", "Keep to what is not watched", ADULTS, stock("withdrawn"),
        "adults who withdrew from what the policy watches, mean over the horizon",
    ),
)  # fmt: skip

SECTIONS: dict[str, tuple[Spec, ...]] = {
    "pariahs": PARIAHS, "display": DISPLAY, "reports": REPORTS, "power": POWER, "detention": DETENTION, "rollout": ROLLOUT,
    "resistance": RESISTANCE, "machines": MACHINES,
}  # fmt: skip
FURTHER = tuple(spec for specs in SECTIONS.values() for spec in specs)
