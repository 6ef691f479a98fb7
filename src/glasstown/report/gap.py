"""How far the popular image is from the record, in words and in a picture: for the terminal, and for docs/gap.md.

The documents are made from the study that is kept beside this file; without one they say so.
"""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from glasstown.report import words
from glasstown.report.theme import BLUE, INK, ORANGE, PALE, QUIET, VERMILLION, WIDTH, data

Row = dict[str, Any]
KEPT = "gap.json"  # what `glasstown gap --json` printed
PICTURE, TITLE = "gap.svg", "The popular image and the record, outcome by outcome"
HEAD = ("Outcome", "Image", "Nearest on record", "Image minus nearest", "Median of the record", "Image minus median", "Systems on record")
MAIN = (  # outcomes of the first table and of the terminal
    "life_observed", "sanctioned", "wrongly_sanctioned", "innocent_sanctioned", "sanctioned_for_harmless", "missed", "undeserved_entries",
    "view_entries_wrong", "shown_wrongly", "denounced", "detained_harmless", "doors_closed", "refused_travel", "refused_work",
    "refused_credit", "in_hardship", "children_in_hardship", "income", "dissenting", "silent_critics", "silenced", "isolated", "harm",
    "good_deeds", "dealings_kept", "judgments_performed", "staff_days",
)  # fmt: skip
DRAWN = (
    "life_observed", "wrongly_sanctioned", "sanctioned_for_harmless", "shown_wrongly", "doors_closed", "in_hardship", "dissenting", "harm",
    "dealings_kept",
)  # fmt: skip
ACROSS, ROOM, ROW, LINE = 3, 176, 19, 23  # panels beside one another, pixels for names and for a policy, letters in a head
MARKS = {"image": "diamond", "documented": "circle", "estimated": "square", "scenario": "triangle-up"}
HUES = {"image": VERMILLION, "documented": BLUE, "estimated": PALE, "scenario": ORANGE}


def kept() -> Row | None:
    """The study that is kept with the package; None if there is none yet."""
    path = files("glasstown.report").joinpath(KEPT)
    found: Row | None = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return found


def image(document: Row) -> str:
    """What the image is called in the rows of a study."""
    return str(document["policies"][0]["label"])


def systems(document: Row) -> list[str]:
    """The systems of a study that exist or existed."""
    return [row["label"] for row in document["policies"] if row["fidelity"] in ("documented", "estimated")]


def systems_counted(document: Row) -> str:
    """How many systems are on record."""
    count = len(systems(document))
    return words.say("gap_systems", count=count, plural="" if count == 1 else "s")


def main(document: Row) -> list[Row]:
    """The rows of the main table, in its order."""
    by_name = {row["outcome"]: row for row in document["rows"]}
    return [by_name[name] for name in MAIN if name in by_name]


def cells(row: Row) -> list[str]:
    """One outcome in a table: the image, the nearest and the median system of the record, and the image minus each."""
    own = next(iter(row["policies"].values()))
    near, middle, counts = row["nearest"], row["median"], row["record"]
    nearest = ""
    if near is not None:
        value = row["policies"][near["policy"]]
        nearest = words.say("gap_nearest", policy=near_name(row), value=difference(value))
    told = words.say("gap_directions", more=counts["more"], less=counts["less"], silent=counts["cannot tell"])
    return [
        f"{row['title']}, {words.unit_of_difference(row['unit'])}",
        difference(own),
        nearest,
        "" if near is None else difference(near),
        "" if middle is None else words.number(middle["level"], sign=True),
        "" if middle is None else difference(middle),
        told,
    ]


def near_name(row: Row) -> str:
    """What the nearest system is called; where several lie equally near, that they are several."""
    own, *others = row["policies"].values()
    same = [one for one in others if one["value"] == row["policies"][row["nearest"]["policy"]]["value"]]
    return str(row["nearest"]["policy"]) if len(same) == 1 else words.say("gap_several")


def difference(row: Row) -> str:
    """A difference with its wide interval, or that one cannot tell."""
    if row["value"] is None:
        return words.say("claims_nothing")
    if (row["value"], row["low"], row["high"]) == (0, 0, 0):
        return "0"
    places = words.decimals(row["value"], row["low"], row["high"])
    told = f"{words.number(row['value'], places, sign=True)} {words.interval(row['low'], row['high'], places=places)}"
    return told if row["verdict"] != "cannot tell" else f"{words.say('cannot_tell')}, {told}"


# ---- docs/gap.md -----------------------------------------------------------------------------------------------------


def table() -> str:
    """The main outcomes."""
    document = kept()
    return words.say("gap_absent") if document is None else _table(main(document))


def others() -> str:
    """All other outcomes in which anything happened."""
    document = kept()
    return words.say("gap_absent") if document is None else _table([row for row in document["rows"] if row["outcome"] not in MAIN])


def _table(rows: Sequence[Row]) -> str:
    from glasstown.report.documents import markdown

    return markdown(HEAD, [cells(row) for row in rows])


def compared() -> str:
    """The policies, how each is known, and how far its numbers are."""
    from glasstown.report.documents import markdown

    document = kept()
    if document is None:
        return words.say("gap_absent")
    grades = ("documented", "estimated", "scenario")
    return markdown(
        ["Policy", "What it is called", "Fidelity", *(f"Numbers {grade}" for grade in grades)],
        (
            [f"`{row['label']}`", row["title"], row["fidelity"], *(row["numbers"][grade] for grade in grades)]
            for row in document["policies"]
        ),
    )


def alone() -> str:
    """In how many outcomes the image lies beyond every system of the record, with the picture; and what is left out."""
    document = kept()
    if document is None:
        return words.say("gap_absent")
    out = [row for row in document["rows"] if is_beyond(document, row)]
    told = sum(row["nearest"]["verdict"] != "cannot tell" for row in out)
    text = words.say("gap_alone", beyond=len(out), total=len(document["rows"]), told=told)
    if document["told_as_curves"]:
        text += " " + words.say("gap_curves", names="; ".join(title.lower() for title in document["told_as_curves"]))
    caption = words.say("gap_picture")
    return f"{text}\n\n![{TITLE}](pictures/{PICTURE})\n\n{caption}\n"


def is_beyond(document: Row, row: Row) -> bool:
    """Whether the image's difference lies outside those of all systems of the record, farther from zero."""
    own = row["policies"][image(document)]["value"]
    known = [value for label in systems(document) if (value := row["policies"][label]["value"]) is not None]
    return own is not None and bool(known) and (own > max(0.0, *known) or own < min(0.0, *known))


def made() -> str:
    """With which command and version the study was made."""
    document = kept()
    if document is None:
        return words.say("gap_absent")
    request, smoke = document["request"], f" {words.say('claims_smoke')}" if document["smoke_run"] else ""
    return (
        f"{request['people']:,} people in each town, {request['pairs']} pairs of towns, {words.years(request['days'])} after "
        f"{words.years(request['burn_in'])} under ordinary law.{smoke}\n\nMade by `{document['command']}` with version "
        f"{document['versions'].get('glasstown', request['model_version'])} of glasstown (model {request['model_version']}, luck "
        f"{request['rng_stream']}); digest of the final states `{document['digest'][:16]}`.\n"
    )


def pictures() -> dict[str, str]:
    """The picture of the kept study, by file name; none without one."""
    from glasstown.report.theme import as_svg

    document = kept()
    if document is None:
        return {}
    return {PICTURE: as_svg(drawn(document), TITLE, words.say("gap_picture"), "gap")}


# ---- the picture -----------------------------------------------------------------------------------------------------


def drawn(document: Row) -> Any:
    """A panel an outcome, a row a policy: the image first, and its value as a line through the panel."""
    import altair as alt

    by_name = {row["outcome"]: row for row in document["rows"]}
    chosen = [by_name[name] for name in DRAWN if name in by_name]
    lines = [across(document, chosen[place : place + ACROSS]) for place in range(0, len(chosen), ACROSS)]
    return alt.vconcat(*lines, spacing=14)


def across(document: Row, some: Sequence[Row]) -> Any:
    """Panels beside one another, with heads that begin on one line."""
    from textwrap import wrap

    import altair as alt

    heads = [(wrap(row["title"], LINE), wrap(words.unit_of_difference(row["unit"]), LINE)) for row in some]
    lines = max(len(title) + len(unit) for title, unit in heads)
    titles = [
        alt.Title(title, subtitle=unit + [""] * (lines - len(title) - len(unit)), fontSize=12, subtitleFontSize=11, subtitleColor=QUIET,
                  anchor="start", frame="group")
        for title, unit in heads
    ]  # fmt: skip
    return alt.hconcat(*(panel(document, row, not place).properties(title=titles[place]) for place, row in enumerate(some)), spacing=16)


def panel(document: Row, row: Row, first: bool) -> Any:
    """One outcome. Policies without a value keep their row."""
    import altair as alt

    from glasstown.report.figures import label_axis

    order = [policy["label"].replace("_", " ") for policy in document["policies"]]
    points = [
        {"label": label, "fidelity": policy["fidelity"], "told": own["verdict"] != "cannot tell", **own}
        for label, policy in zip(order, document["policies"], strict=True)
        if (own := row["policies"][policy["label"]])["value"] is not None
    ]
    x = alt.X("value:Q", title="", scale=alt.Scale(nice=False, zero=True, padding=8), axis=alt.Axis(tickCount=3, labelOverlap="greedy"))
    axis = label_axis(ROOM) if first else None
    y = alt.Y("label:N", sort=order, title=None, axis=axis, scale=alt.Scale(domain=order))
    layers = [alt.Chart(data([{"at": 0}])).mark_rule(color=INK, strokeWidth=1.2).encode(x=alt.X("at:Q", title=""))]
    own = [{"at": point["value"]} for point in points if point["fidelity"] == "image"]
    if own:
        line = alt.Chart(data(own)).mark_rule(color=VERMILLION, strokeWidth=1.2, strokeDash=[4, 3])
        layers.append(line.encode(x=alt.X("at:Q", title="")))
    ends = [point for point in points if point["low"] is not None]
    layers.append(alt.Chart(data(ends)).mark_rule(color=INK, strokeWidth=1).encode(x=alt.X("low:Q", title=""), x2="high:Q", y=y))
    for fidelity, mark in MARKS.items():
        for told in (True, False):
            some = [point for point in points if point["fidelity"] == fidelity and point["told"] is told]
            if some:
                dots = alt.Chart(data(some)).mark_point(
                    shape=mark,
                    size=80 if fidelity == "image" else 44,
                    opacity=1,
                    fill=HUES[fidelity] if told else "white",
                    stroke=INK,
                    strokeWidth=1.2,
                )
                layers.append(dots.encode(x=x, y=y))
    return alt.layer(*layers).properties(width=(WIDTH - ROOM) // ACROSS - 14, height=ROW * len(order))
