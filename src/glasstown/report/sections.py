"""The sections of the report, in order. Each reads the assessment and says what it found, or that it found nothing."""

import dataclasses

from glasstown.report import figures, icons, words
from glasstown.report.parts import Figure, Headline, Reading, Row, Section, Table, level_table, outcome_table, span
from glasstown.report.theme import as_svg

WRONGLY, SPEECH, HARM = "wrongly_sanctioned", "dissenting", "harm"
INNOCENT = "innocent_sanctioned"
BURDENS = ("income", "jobless", "in_hardship", "children_in_hardship", "shown", "shown_wrongly")
ON_A_LIST = ("list_entries", "listed", "listed_days", "wrong_days")
HELD_BACK = ("dissenting", "silenced", "praising", "disapproved_deeds", "private_deeds")
ACHIEVED = ("harm", "harmful_deeds", "good_deeds")
BURDENED = "Income, work, children, exposure"
GROUPS = ("all", "majority", "minority")


def headlines(reading: Reading) -> list[Headline]:
    """Four plain sentences with numbers and intervals: who is wronged, which group more, speech, the stated aim."""
    wrong, speech = reading.outcome(WRONGLY), reading.outcome(SPEECH)
    row = next((row for row in reading.table("group") if row.get("outcome") == WRONGLY), None)
    wronged = words.wrongly(wrong, reading.request["days"]) if wrong else words.say("absent_wrong")
    spoken = words.difference(speech, _form(speech)) if speech else words.say("absent_speech")
    aim, sentence = aim_sentence(reading)
    return [
        Headline(words.say("lead_wrong"), wronged, words.is_told(wrong), "innocent"),
        Headline(words.say("lead_ratio"), words.ratio(row), words.is_clear(row), "groups"),
        Headline(words.say("lead_speech"), spoken, words.is_told(speech), "speech"),
        Headline(words.say("lead_aim"), sentence, words.is_told(aim), "achieved"),
    ]


def aim_sentence(reading: Reading) -> tuple[words.Outcome | None, str]:
    """The stated aim against ordinary enforcement; harm done by deeds where the file states none that is measured."""
    context = reading.policy.context
    aim = reading.outcome(context.aim_outcome) if context.aim_outcome else None
    if aim is not None:
        return aim, words.say("aim", sentence=words.difference(aim))
    harm = reading.outcome(HARM)
    sentence = words.difference(harm) if harm else words.say("absent")
    return harm, words.say("aim_unmeasured" if context.stated_aim else "aim_blank", sentence=sentence)


def _form(outcome: words.Outcome) -> str:
    """Speech as a natural frequency where its unit is one."""
    return "speech" if outcome.unit.startswith("per 1,000 adults") and "year" not in outcome.unit else "difference"


def alerts(reading: Reading) -> list[str]:
    """What a reader must know before she uses the numbers."""
    request, found = reading.request, []
    if request.get("quick"):
        found.append(words.say("alert_quick"))
    if (request.get("pairs") or 0) < 4:
        found.append(words.say("alert_pairs", pairs=request.get("pairs")))
    silent = sum(outcome.verdict == "cannot tell" for outcome in reading.all)
    if silent:
        found.append(words.say("alert_silent", silent=silent, total=len(reading.all)))
    if reading.policy.fidelity in ("scenario", "image") and reading.policy.rule:
        found.append(words.say("alert_" + reading.policy.fidelity))
    return found


def policy(reading: Reading) -> Section:
    """The policy in words, and what its file leaves blank."""
    from glasstown.policy import explain

    context = reading.policy.context
    said = [
        [label, getattr(context, name) or words.say("blank")]
        for label, name in (
            ("Purpose", "purpose"), ("Legal basis", "legal_basis"), ("Stated aim", "stated_aim"), ("Period", "period"),
            ("Run by", "operator"),
        )
    ]  # fmt: skip
    outcome = reading.outcome(context.aim_outcome) if context.aim_outcome else None
    named = outcome.title if outcome else (context.aim_outcome or words.say("blank"))
    said.append(["Outcome that measures the aim", named])
    table = Table("What the policy file says about itself", ["Question", "Answer"], said, words=2, folded=False)
    groups = [group for group in explain.sections(reading.policy, reading.deeds()) if group[0] != "What it is"]
    return Section("policy", "The policy in words", text=[reading.policy.summary.strip()], groups=groups, tables=[table])


def town(reading: Reading) -> Figure | None:
    """In a town of 1,000, what happens to whom."""
    rows = reading.table("fate")
    if not rows:
        return None
    svg = icons.town(rows, words.say("town_heading"))
    days = words.years(reading.request["days"])
    table = level_table(
        rows, "The same in numbers, of 1,000 adults", ["What happens", "Of 1,000", "Low", "High"], ["title", "per_1000", "low", "high"]
    )
    return Figure(svg, words.say("town_caption", days=days), table)


def groups(reading: Reading) -> Section:
    """Who is hit more: relative risks against the reference group, on a log axis."""
    heading = "Who is hit more?"
    rows = [row for row in reading.table("group") if row.get("ratio")]
    if not rows:
        return Section("groups", heading, text=[words.say("absent_groups")])
    group, reference = rows[0]["group"], rows[0]["reference"]
    plotted = [{**row, "label": row["title"], "value": row["ratio"], "told": words.is_clear(row), "text": _ratio_text(row)} for row in rows]
    for row in plotted:
        row.pop("group")
    axis = f"{group} compared with {reference}: how many times as often"
    wrong = next((row for row in rows if row.get("outcome") == WRONGLY), None)
    intervals = words.say("short_intervals" if any(row.get("luck_low") is not None for row in rows) else "wide_intervals")
    caption = f"{words.ratio(wrong)} {words.say('ratio_caption', reference=reference)} {intervals}"
    svg = as_svg(figures.forest(plotted, axis, log=True, at=1.0), heading, caption, "groups")
    table = level_table(
        rows, "Relative risks", ["What", "Group", "Reference", "Verdict", "Ratio", "Low", "High", "Luck alone, low", "Luck alone, high"],
        ["title", "group", "reference", "verdict", "ratio", "low", "high", "luck_low", "luck_high"], text=4,
    )  # fmt: skip
    return Section("groups", heading, figures=[Figure(svg, caption, table)])


def innocent(reading: Reading) -> Section:
    """Of those who did nothing wrong, how many were sanctioned; and who was missed."""
    heading = "Of those who did nothing wrong, how many were sanctioned?"
    found, made = reading.outcomes([INNOCENT], GROUPS), []
    for name, outcomes in (("innocent", found), ("missed", reading.outcomes(["missed"], GROUPS))):
        if outcomes:
            made.append(difference_figure(outcomes, outcomes[0].title, name, heading=outcomes[0].title))
    return Section("innocent", heading, text=[] if found else [words.say("absent")], figures=made)


def origins(reading: Reading) -> Section:
    """Where entries come from, and how many are deserved."""
    heading = "Where do entries come from, and how many are deserved?"
    rows = [row for row in reading.table("origins") if row.get("share") is not None]
    if not rows:
        return Section("origins", heading, text=[words.say("absent_entries")])
    true = next((row for row in rows if row["origin"] == "true deed"), rows[0])
    value = words.number(100 * true["share"], 1)
    told = words.interval(_percent(true.get("low")), _percent(true.get("high")), places=1)
    caption = words.say("origins_caption", value=value, range=told)
    svg = as_svg(figures.origins(rows), heading, caption, "origins")
    head = ["Origin", "Entries per 1,000 adults and year", "Share", "Low", "High"]
    table = level_table(rows, "Entries by origin", head, ["origin", "per_1000_years", "share", "low", "high"])
    return Section("origins", heading, figures=[Figure(svg, caption, table)])


def way_back(reading: Reading) -> Section:
    """Time on the list, and the way back."""
    heading = "How long are people listed, and is there a way back?"
    rows = reading.table("still_listed")
    if not rows:
        return Section("way-back", heading, text=[words.say("absent_list")])
    everybody = [row for row in rows if row["group"] == "all"] or [row for row in rows if row["group"] == rows[0]["group"]]
    later = [row for row in everybody if row["months"] in (12, 24, 36)] or everybody[-1:]
    after = "; ".join(words.say("way_back_after", months=row["months"], value=_natural(row)) for row in later)
    caption = words.say("way_back_caption", after=after)
    shown = [row for row in rows if row["group"] != "all"] or rows
    svg = as_svg(figures.still_listed(shown), heading, caption, "way-back")
    head = ["Group", "Months since entry", "Share still listed", "Low", "High"]
    table = level_table(rows, "Share still on the list, in steps of 30 days", head, ["group", "months", "share", "low", "high"])
    made = [Figure(svg, caption, table)]
    found = reading.outcomes(ON_A_LIST)
    if found:
        made.append(difference_figure(found, "Entries and time on lists", "listed", heading="Entries and time on lists"))
    return Section("way-back", heading, figures=made)


def doors(reading: Reading) -> Section:
    """Doors closed, and what follows for income, work and children."""
    heading, made = "Which doors close?", []
    rows = reading.table("doors")
    if rows:
        changes = "; ".join(words.say("door" if _differs(row) else "door_none", **_door(row)) for row in rows)
        caption = words.say("doors_caption", changes=changes)
        svg = as_svg(figures.doors(rows), heading, caption, "doors")
        head = ["Gate", "With the policy", "Twin town", "Difference, low", "Difference, high"]
        table = level_table(rows, "Refusals per 1,000 adults and year", head, ["gate", "policy", "twin", "low", "high"])
        made.append(Figure(svg, caption, table))
    burdens = reading.outcomes(BURDENS)
    if burdens:
        made.append(difference_figure(burdens, BURDENED, "burdens", heading=BURDENED))
    return Section("doors", heading, text=[] if made else [words.say("absent")], figures=made)


def speech(reading: Reading) -> Section:
    """Speech foregone."""
    heading = "What do people stop saying and doing?"
    outcome, rows = reading.outcome(SPEECH), [row for row in reading.table("series") if row.get("measure") == SPEECH]
    if outcome is None and not rows:
        return Section("speech", heading, text=[words.say("absent")])
    text = [words.difference(outcome, _form(outcome))] if outcome else []
    held = reading.outcomes(HELD_BACK)
    made = [difference_figure(held, heading, "held-back", heading="What is held back" if rows else "")] if held else []
    if not rows:
        return Section("speech", heading, text=text, figures=made)
    caption = words.say("speech_caption")
    unit = outcome.unit if outcome else "adults"
    svg = as_svg(figures.series(rows, f"Difference, {unit}"), heading, caption, "speech")
    quarterly = [{**row, "difference": row["policy"] - row["twin"]} for place, row in enumerate(rows) if place % 13 == 0]
    head, columns = (
        ["Day", "With the policy", "Twin town", "Difference", "Low", "High"],
        ["day", "policy", "twin", "difference", "low", "high"],
    )
    table = level_table(quarterly, f"Who voice dissent, {unit}, every thirteenth week", head, columns)
    return Section("speech", heading, text=text, figures=[Figure(svg, caption, table), *made])


def achieved(reading: Reading) -> Section:
    """The stated aim and harm done by deeds, against ordinary enforcement in the twin."""
    heading = "Does it achieve what it is for?"
    names = [reading.policy.context.aim_outcome] if reading.policy.context.aim_outcome else []
    found = reading.outcomes(dict.fromkeys([*names, *ACHIEVED]))
    text = [words.say("achieved_text"), aim_sentence(reading)[1]]
    made = [difference_figure(found, heading, "achieved")] if found else []
    return Section("achieved", heading, text=text, figures=made)


def spillover(reading: Reading) -> Section:
    """The direct effect on who is scored, and the spillover on the exempt few."""
    heading = "Who else is affected?"
    rows = [row for row in reading.table("spillover") if row.get("direct") is not None]
    if not rows:
        return Section("spillover", heading, text=[words.say("absent_spillover")])
    plotted: list[Row] = []
    for row in rows:
        for kind, label in (("direct", "direct: being scored"), ("spillover", "spillover: though exempt")):
            told = row.get("verdict") != "cannot tell" if kind == "spillover" else True
            low, high = (row.get(f"{kind}_{end}") for end in ("low", "high"))
            value = row.get(kind)
            places = words.decimals(value, low, high)
            told = told and low is not None and high is not None and not low <= 0 <= high
            text = f"{words.number(value, places, sign=True)} {words.interval(low, high, places=places)}" + (
                "" if told else "\ncannot tell"
            )
            plotted.append(
                {
                    "label": f"{row['outcome']}\n{label}",
                    "value": value,
                    "low": low,
                    "high": high,
                    "told": told,
                    "text": text,
                    "unit": row.get("unit", ""),
                }
            )
    caption = words.say("spillover_caption")
    svg = as_svg(figures.stacked(plotted), heading, caption, "spillover")
    head = ["Outcome", "Unit", "Spillover: verdict", "Direct", "Low", "High", "Spillover", "Low", "High"]
    columns = ["outcome", "unit", "verdict", "direct", "direct_low", "direct_high", "spillover", "spillover_low", "spillover_high"]
    table = level_table(rows, "Direct effect and spillover", head, columns, text=3)
    return Section("spillover", heading, figures=[Figure(svg, caption, table)])


def documented(reading: Reading) -> Section:
    """Simulated against documented stock and flows."""
    heading = "Does the simulated list look like the real one?"
    rows = reading.table("documented")
    if not rows:
        return Section("documented", heading, text=[words.say("absent_documented")])
    plotted = []
    for row in rows:
        if row.get("documented") and row.get("simulated"):
            ends = {end: row[end] / row["documented"] if row.get(end) else None for end in ("low", "high")}
            places = words.decimals(row["simulated"], row["documented"], row.get("low"), row.get("high"))
            told = f"{words.number(row['simulated'], places)} {words.interval(row.get('low'), row.get('high'), places=places)}"
            text = f"{told}\ndocumented {words.number(row['documented'], places)}; {row['role']}"
            label = f"{row['quantity']}\n{row.get('unit', '')}"
            plotted.append(
                {"label": label, "value": row["simulated"] / row["documented"], **ends, "text": text, "told": row["role"] == "held out"}
            )
    head = ["Quantity", "Role", "Source", "Unit", "Simulated", "Low", "High", "Documented"]
    columns = ["quantity", "role", "source", "unit", "simulated", "low", "high", "documented"]
    table = level_table(rows, "Simulated and documented", head, columns, text=4)
    if not plotted:  # nothing simulated, or nothing documented: no multiple to draw
        return Section("documented", heading, tables=[dataclasses.replace(table, folded=False)])
    caption = words.say("documented_caption")
    chart = figures.forest(plotted, "Simulated, as a multiple of what is documented", log=True, at=1.0, band=False)
    return Section("documented", heading, figures=[Figure(as_svg(chart, heading, caption, "documented"), caption, table)])


def every_outcome(reading: Reading) -> Section:
    """All outcomes in one table."""
    return Section("outcomes", "Every outcome", tables=[outcome_table(reading.all, "Every paired difference of this assessment")])


def difference_figure(outcomes: list[words.Outcome], title: str, name: str, heading: str = "") -> Figure:
    """Paired differences as a figure: one outcome by group on one scale, several outcomes each on its own."""
    by_group = len({outcome.name for outcome in outcomes}) == 1
    told = [words.difference(outcome, "caption") for outcome in outcomes if words.is_told(outcome)]
    silent = [words.group_name(outcome.group) if by_group else outcome.title for outcome in outcomes if not words.is_told(outcome)]
    if by_group:
        told = [words.difference(outcomes[0], "caption")]
        chart = figures.by_group(outcomes)
    else:
        chart = figures.differences(outcomes)
    said = (
        [words.say("caption_silent", names=", ".join(name.lower() for name in silent))]
        if silent and not (by_group and len(silent) == len(outcomes))
        else []
    )
    caption = " ".join([*told, *said, words.say("difference_caption")])
    return Figure(as_svg(chart, title, caption, name), caption, dataclasses.replace(outcome_table(outcomes, title), folded=True), heading)


def _ratio_text(row: Row) -> str:
    places = min(words.decimals(row["ratio"], row.get("low"), row.get("high")), 2)
    return f"{words.number(row['ratio'], places)} {words.interval(row.get('low'), row.get('high'), places=places)}" + (
        "" if words.is_clear(row) else "\ncannot tell"
    )


def _differs(row: Row) -> bool:
    """Whether the interval of a row's paired difference leaves zero out."""
    low, high = row.get("low"), row.get("high")
    return low is not None and high is not None and not low <= 0 <= high


def _door(row: Row) -> dict[str, str]:
    places = min(words.decimals(float(row["policy"]), float(row["twin"])), 2)
    return {"gate": row["gate"], "policy": words.number(row["policy"], places), "twin": words.number(row["twin"], places)}


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _natural(row: Row) -> str:
    low, high = _percent(row.get("low")), _percent(row.get("high"))
    return f"{words.number(100 * row['share'], 0)} of 100 ({span(low, high, 0)})"
