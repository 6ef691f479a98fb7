"""The page of a comparison: outcomes side by side, and the policies' differences from one another."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from glasstown.report import basis, figures, html, words
from glasstown.report.parts import Figure, Headline, Reading, Row, Section, Table, outcome_table, span
from glasstown.report.theme import as_svg

WRONGLY, SPEECH, HARM = "wrongly_sanctioned", "dissenting", "harm"
SHOWN = (  # outcomes that are drawn where any policy makes a difference in them; stated aims come first
    WRONGLY, "sanctioned", "innocent_sanctioned", "sanctioned_for_harmless", "missed", "listed", "life_observed", "refused_travel",
    "refused_work", "refused_credit", "in_hardship", "income", SPEECH, "silent_critics", HARM, "good_deeds", "dealings_kept", "denounced",
    "detained_harmless", "shown_wrongly", "staff_days",
)  # fmt: skip
MOST, ACROSS = 12, 3  # panels, and how many beside one another
NAMED = 3  # policies that stand in the title of a page
SPOKEN = 6  # policies that are named one by one in a sentence; of more, the two ends


def render(compared: Any) -> str:
    """The page as HTML text. Everything that comes from a file is escaped."""
    readings, request = [Reading(column) for column in compared.columns], compared.request
    names = titles(compared)
    listed = "; ".join(names)
    head = words.say("compare_title", policies=listed if len(names) <= NAMED else words.say("compare_count", count=len(names)))
    return html.page(
        title=head,
        policy=head,
        kicker=words.say("compare_kicker"),
        asked=words.say("compare_asked", society=html.society(request.get("society")), policies=listed),
        facts=html.facts(request),
        headlines=headlines(readings, names),
        intervals=words.say("intervals"),
        alerts=alerts(compared, readings, names),
        town_heading="",
        sections=[policies(compared, names), side_by_side(readings, names), between(compared, names), every(readings, names),
                  basis.limits(), reproduce(compared)],
    )  # fmt: skip


def write(compared: Any, path: Path) -> Path:
    """Write the page as UTF-8."""
    path.write_text(render(compared), encoding="utf-8")
    return path


def titles(compared: Any) -> list[str]:
    """What a reader calls each policy: its title, with its label where two share one."""
    found = [str(column.policy.title) for column in compared.columns]
    return [title if found.count(title) == 1 else f"{title} ({label})" for title, label in zip(found, compared.labels, strict=True)]


def headlines(readings: Sequence[Reading], names: Sequence[str]) -> list[Headline]:
    """Who is wronged, speech, harm: each policy with its interval."""
    leads = ((words.say("lead_wrong"), WRONGLY), (words.say("lead_speech"), SPEECH), ("Harm done by deeds", HARM))
    found = []
    for lead, name in leads:
        outcomes = [reading.outcome(name) for reading in readings]
        if all(outcomes):
            known = any(words.is_told(outcome) for outcome in outcomes)
            found.append(Headline(lead, sentence(cast(Any, outcomes), names), known, "compared"))
    return found


def sentence(outcomes: Sequence[words.Outcome], names: Sequence[str]) -> str:
    """One outcome over all policies: each of them, or of many the two ends."""
    unit, told = words.unit_of_difference(outcomes[0].unit), [one(outcome, name) for outcome, name in zip(outcomes, names, strict=True)]
    if len(told) <= SPOKEN:
        return words.say("compare_found", unit=unit, told="; ".join(told))
    order = sorted((outcome.value, place) for place, outcome in enumerate(outcomes) if outcome.value is not None)
    silent = sum(not words.is_told(outcome) for outcome in outcomes)
    least, most = (told[order[end][1]] if order else words.say("cannot_tell") for end in (0, -1))
    return words.say("compare_many", unit=unit, least=least, most=most, silent=silent, total=len(told))


def one(outcome: words.Outcome, name: str) -> str:
    """One policy's difference in a sentence."""
    if outcome.value is None:
        return words.say("compare_nobody", policy=name)
    places = words.outcome_places(outcome)
    told = {"value": words.number(outcome.value, places, sign=True), "range": words.interval(outcome.low, outcome.high, places=places)}
    silent = not words.is_told(outcome) and not words.is_same(outcome)
    return words.say("compare_silent" if silent else "compare_one", policy=name, **told)


def alerts(compared: Any, readings: Sequence[Reading], names: Sequence[str]) -> list[str]:
    """What a reader must know before she uses the numbers."""
    request, found = compared.request, []
    if request.get("quick"):
        found.append(words.say("alert_quick"))
    if request["pairs"] < 4:
        found.append(words.say("alert_pairs", pairs=request["pairs"]))
    verdicts = [outcome.verdict for reading in readings for outcome in reading.all if words.differed(outcome)]
    if silent := verdicts.count("cannot tell"):
        found.append(words.say("alert_silent", silent=silent, total=len(verdicts)))
    if compared.curved:
        found.append(words.say("compare_curves", names="; ".join(title.lower() for title in compared.curved)))
    named = list(zip(names, (reading.policy for reading in readings), strict=True))
    for message, some in (
        ("compare_fidelity", [name for name, policy in named if policy.fidelity in ("scenario", "image") and policy.rule]),
        ("compare_grows", [name for name, policy in named if words.on_growth(policy)]),
    ):
        if some:
            found.append(words.say(message, names="; ".join(dict.fromkeys(some))))
    return found


def policies(compared: Any, names: Sequence[str]) -> Section:
    """What is compared, how far the numbers of each file are known, and where to read how the files differ."""
    from glasstown.policy import explain

    rows = []
    for name, label, column in zip(names, compared.labels, compared.columns, strict=True):
        grades = [row.grade for row in explain.numbers(column.policy)]
        counts = [words.number(grades.count(grade), 0) for grade in basis.GRADES]
        rows.append([name, label, column.policy.fidelity, *counts])
    head = ["Policy", "Called", "Fidelity", *(f"Numbers {grade}" for grade in basis.GRADES)]
    differ = f"glasstown diff {compared.columns[0].policy.name} {compared.columns[1].policy.name}"
    table = Table("How far the numbers in the files are known", head, rows, words=3, folded=False)
    told = [(name, [" ".join(column.policy.summary.split())]) for name, column in zip(names, compared.columns, strict=True)]
    return Section("policies", "What is compared", text=[words.say("compare_diff")], code=[differ], groups=told, tables=[table])


def side_by_side(readings: Sequence[Reading], names: Sequence[str]) -> Section:
    """Small multiples: a panel an outcome, a row a policy."""
    heading = "Outcome by outcome"
    panels = []
    for name in drawn(readings):
        outcomes = [cast(Any, reading.outcome(name)) for reading in readings]
        rows = [figures.row_of(outcome, policy) for outcome, policy in zip(outcomes, names, strict=True)]
        panels.append((outcomes[0].title, words.unit_of_difference(outcomes[0].unit), rows))
    if not panels:
        return Section("compared", heading, text=[words.say("absent")])
    caption = words.say("compare_caption")
    found = [cast(Any, reading.outcome(name)) for name in drawn(readings) for reading in readings]
    svg = as_svg(panelled(panels), heading, caption, "compared")
    return Section("compared", heading, text=[words.say("compare_text")], figures=[Figure(svg, caption, table(found, names))])


def drawn(readings: Sequence[Reading]) -> list[str]:
    """The outcomes that are drawn: stated aims first, then those in which any policy makes a difference; all policies have a value."""
    aims = [reading.policy.context.aim_outcome for reading in readings if reading.policy.context.aim_outcome]
    found = []
    for name in dict.fromkeys([WRONGLY, *aims, *SHOWN]):
        outcomes = [reading.outcome(name) for reading in readings]
        known = [outcome for outcome in outcomes if outcome is not None and outcome.value is not None]
        if len(known) == len(outcomes) and any(words.differed(outcome) for outcome in known):
            found.append(name)
    return found[:MOST]


def panelled(panels: Sequence[tuple[str, str, Sequence[Row]]], room: int = 190) -> Any:
    """Small multiples in several rows of panels."""
    import altair as alt

    rows = [_filled(panels[place : place + ACROSS]) for place in range(0, len(panels), ACROSS)]
    tall = 30 if len(panels[0][2]) > SPOKEN else 36
    return alt.vconcat(*(figures.multiples(row, room=room, row_height=tall) for row in rows), spacing=16)


def _filled(row: Sequence[tuple[str, str, Sequence[Row]]]) -> list[tuple[str, str, Sequence[Row]]]:
    """A row of panels without those of one group's shape, so that each policy has the same mark."""
    return [(title, unit, [{key: value for key, value in one.items() if key != "group"} for one in rows]) for title, unit, rows in row]


def table(outcomes: Sequence[Any], names: Sequence[str]) -> Table:
    """Outcomes of all policies, those of one outcome together."""
    head = ["Outcome", "Policy", "Verdict", "Difference", "Luck and what we do not know", "Luck alone", "Twin town", "Placebo floor"]
    rows = []
    for place, outcome in enumerate(outcomes):
        title, name, twin = f"{outcome.title}, {outcome.unit}", names[place % len(names)], words.number(outcome.twin)
        rows.append(cells(title, name, vars(outcome), twin))
    return Table("The same in numbers", head, rows, words=3)


def cells(title: str, name: str, row: Row, *more: str) -> list[str]:
    """A difference in a table: the outcome, the policy, the verdict, both widths; the placebo floor comes last."""
    places = words.decimals(row["value"], row["low"], row["high"])
    floor = words.number(row["floor"], max(places, words.decimals(row["floor"])))
    return [
        f"{title}{words.counted(row['counted'])}",
        name,
        row["verdict"].replace(" ", "\N{NO-BREAK SPACE}"),
        words.number(row["value"], places, sign=True),
        span(row["low"], row["high"], places),
        span(row["luck_low"], row["luck_high"], places),
        *more,
        floor,
    ]


def between(compared: Any, names: Sequence[str]) -> Section:
    """The policies' differences from one another: a panel an outcome, a row a couple."""
    heading, called = "One policy minus another", dict(zip(compared.labels, names, strict=True))
    rows = [{**row, "label": minus(row["policy"], row["minus"]), "told": row["verdict"] != "cannot tell"} for row in compared.between]
    couples = list(dict.fromkeys(row["label"] for row in rows))
    text = [words.say("compare_between_text")]
    if len(couples) < len(names) * (len(names) - 1) / 2:
        text.append(words.say("compare_between_first"))
    text += same(compared, called)
    wanted = list(dict.fromkeys([*drawn([Reading(column) for column in compared.columns]), *SHOWN]))
    own = [[row for row in rows if row["outcome"] == name] for name in wanted]
    panels = [(some[0]["title"], words.unit_of_difference(some[0]["unit"]), some) for some in own if some and clear(some)][:MOST]
    whole = Table(
        "Every difference between policies",
        ["Outcome", "Policies", "Verdict", "Difference", "Luck and what we do not know", "Luck alone", "Placebo floor"],
        [cells(f"{row['title']}, {row['unit']}", row["label"].replace("\n", " "), row) for row in rows if row["value"]],
        words=3,
    )
    if not panels:
        return Section("between", heading, text=text, tables=[whole] if whole.rows else [])
    caption = words.say("compare_between_caption")
    return Section("between", heading, text=text, figures=[Figure(as_svg(panelled(panels), heading, caption, "between"), caption, whole)])


def minus(one: str, other: str) -> str:
    """A couple of policies as a reader calls it: by their short names, since titles are long."""
    return words.say("compare_minus", one=one.replace("_", " "), other=other.replace("_", " "))


def clear(rows: Sequence[Row]) -> bool:
    """Whether all couples have a value in an outcome, and any is not zero."""
    return all(row["value"] is not None for row in rows) and any((row["value"], row["low"], row["high"]) != (0, 0, 0) for row in rows)


def same(compared: Any, called: dict[str, str]) -> list[str]:
    """The couples that do not differ in anything."""
    found: dict[tuple[str, str], bool] = {}
    for row in compared.between:
        couple = row["policy"], row["minus"]
        found[couple] = found.get(couple, True) and not any((row["value"], row["low"], row["high"]))
    return [words.say("compare_same", one=called[one], other=called[other]) for (one, other), alike in found.items() if alike]


def every(readings: Sequence[Reading], names: Sequence[str]) -> Section:
    """All outcomes of each policy, a table each."""
    tables = [
        Table(name, made.head, made.rows, words=made.words)
        for reading, name in zip(readings, names, strict=True)
        if (made := outcome_table(reading.all, name))
    ]
    return Section("outcomes", "Every outcome of each policy", tables=tables)


def reproduce(compared: Any) -> Section:
    """The command, digest and versions that give the same bytes."""
    asked = SimpleNamespace(request=compared.request, assessment=compared)
    return basis.reproduce(cast(Any, asked))  # it reads what was asked and the manifest, and those of a comparison are alike
