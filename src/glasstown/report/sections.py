"""The sections of the report, in order. Each reads the assessment and says what it found, or that it found nothing."""

import dataclasses

from glasstown.report import figures, icons, words
from glasstown.report.parts import Figure, Headline, Reading, Row, Section, Table, level_table, outcome_table, pictured, span
from glasstown.report.theme import as_svg

WRONGLY, SPEECH, HARM = "wrongly_sanctioned", "dissenting", "harm"
INNOCENT = "innocent_sanctioned"
ON_A_LIST = ("list_entries", "listed", "listed_days", "wrong_days")
BETTER = ("harm", "harmful_deeds", "good_deeds", "intrinsic_good_deeds", "hollow_good_deeds", "dealings_kept", "trust")
GROUPS = ("all", "majority", "minority")


def headlines(reading: Reading) -> list[Headline]:
    """Four plain sentences with numbers and intervals: who is wronged, which group more, speech, the stated aim."""
    wrong, speech = reading.outcome(WRONGLY), reading.outcome(SPEECH)
    row = next((row for row in reading.table("group") if row.get("outcome") == WRONGLY), None)
    wronged = words.wrongly(wrong, reading.request["days"]) if wrong else words.say("absent_wrong")
    spoken = words.difference(speech, speech_form(speech)) if speech else words.say("absent_speech")
    aim, sentence = aim_sentence(reading)
    return [
        Headline(words.say("lead_wrong"), wronged, _is_known(wrong), "innocent"),
        Headline(words.say("lead_ratio"), words.ratio(row), words.is_clear(row), "groups"),
        Headline(words.say("lead_speech"), spoken, _is_known(speech), "speech"),
        Headline(words.say("lead_aim"), sentence, _is_known(aim), "achieved"),
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


def _is_known(outcome: words.Outcome | None) -> bool:
    """Whether the direction can be told, or there was no difference in any pair."""
    return outcome is not None and (words.is_told(outcome) or words.is_same(outcome))


def speech_form(outcome: words.Outcome) -> str:
    """Speech as a natural frequency where its unit is one."""
    return "speech" if outcome.unit.startswith("per 1,000 adults") and "year" not in outcome.unit else "difference"


def alerts(reading: Reading) -> list[str]:
    """What a reader must know before she uses the numbers."""
    request, found = reading.request, []
    if request.get("quick"):
        found.append(words.say("alert_quick"))
    if (request.get("pairs") or 0) < 4:
        found.append(words.say("alert_pairs", pairs=request.get("pairs")))
    verdicts = [outcome.verdict for outcome in reading.all if words.differed(outcome)]
    silent = verdicts.count("cannot tell")
    if silent:
        found.append(words.say("alert_silent", silent=silent, total=len(verdicts)))
    if reading.policy.fidelity in ("scenario", "image") and reading.policy.rule:
        found.append(words.say("alert_" + reading.policy.fidelity))
    return found + words.on_growth(reading.policy)


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
    found = reading.outcomes([INNOCENT], GROUPS)
    text, made = [] if found else [words.say("absent")], list[Figure]()
    for name, outcomes in (("innocent", found), ("missed", reading.outcomes(["missed"], GROUPS))):
        if outcomes:
            drawn, said = pictured(outcomes, outcomes[0].title, name, heading=outcomes[0].title)
            made, text = [*made, *drawn], [*text, *said]
    return Section("innocent", heading, text=text, figures=made)


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
    drawn, said = pictured(reading.outcomes(ON_A_LIST), "Entries and time on lists", "listed", heading="Entries and time on lists")
    return Section("way-back", heading, text=said, figures=[Figure(svg, caption, table), *drawn])


def achieved(reading: Reading) -> Section:
    """The stated aim, and what people do and how they deal with one another, against ordinary enforcement in the twin."""
    heading, better = "Does it achieve what it is for?", "Does it make people better?"
    aim = reading.policy.context.aim_outcome
    aims, said = pictured(reading.outcomes([aim] if aim and aim not in BETTER else []), heading, "achieved", heading="The stated aim")
    drawn, more = pictured(reading.outcomes(BETTER), better, "better", heading=better)
    text = [words.say("achieved_text"), aim_sentence(reading)[1], *said, *more]
    return Section("achieved", heading, text=text, figures=[*aims, *drawn])


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
    table = outcome_table(reading.all, "Every paired difference of this assessment")
    return Section("outcomes", "Every outcome", text=words.nothing(reading.all), tables=[table])


def _ratio_text(row: Row) -> str:
    places = min(words.decimals(row["ratio"], row.get("low"), row.get("high")), 2)
    return f"{words.number(row['ratio'], places)} {words.interval(row.get('low'), row.get('high'), places=places)}" + (
        "" if words.is_clear(row) else "\ncannot tell"
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _natural(row: Row) -> str:
    low, high = _percent(row.get("low")), _percent(row.get("high"))
    return f"{words.number(100 * row['share'], 0)} of 100 ({span(low, high, 0)})"
