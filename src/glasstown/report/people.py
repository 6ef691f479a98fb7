"""Who else pays: those whom the policy did not score, by what ties them to somebody sanctioned; and lives in sentences."""

from collections.abc import Sequence
from typing import Any

from glasstown.report import figures, words
from glasstown.report.parts import Figure, Life, Reading, Row, Section, Table, differs, level_table, span
from glasstown.report.theme import as_svg

RELATIONS = ("household", "kin", "colleagues", "neighbours", "friends")


def others(reading: Reading) -> Section:
    """The direct effect on who is scored, the spillover on the exempt few, and on those close to somebody sanctioned."""
    heading = "Who else pays?"
    rows, related = [row for row in reading.table("spillover") if row.get("direct") is not None], reading.table("who_else")
    related = [row for row in related if row.get("value") is not None]
    if not rows and not related:
        return Section("spillover", heading, text=[words.say("absent_spillover")])
    text, items, made = [], [], []
    if related:
        text.append(words.say("relations_text"))
        items = [_told(own) for own in _by_outcome(related).values()]
        absent = [words.relation_name(name) for name in RELATIONS if not any(row["relation"] == name for row in related)]
        if absent:
            text.append(words.say("relations_nobody", names=", ".join(absent)))
        own = [row for rows in _by_outcome(related).values() if not all(map(_is_zero, rows)) for row in rows]
        if own:
            made.append(_relations(own))
    drawn = [row for row in rows if _happened(row)]
    names = [row["outcome"][:1].lower() + row["outcome"][1:] for row in rows if not _happened(row)]
    if names:
        text.append(words.say("same_everywhere", names="; ".join(names)))
    if drawn:
        made.append(_spillover(drawn))
    return Section("spillover", heading, text=text, items=items, figures=made)


def _by_outcome(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each outcome, in the order of relations."""
    ordered = sorted(rows, key=lambda row: RELATIONS.index(row["relation"]))
    return {name: [row for row in ordered if row["outcome"] == name] for name in dict.fromkeys(row["outcome"] for row in rows)}


def _told(rows: Sequence[Row]) -> str:
    """One outcome in a sentence: through which relation how much, and where one cannot tell."""
    told = [
        words.say("relations_one", relation=words.relation_name(row["relation"]), value=_number(row), range=_interval(row))
        for row in rows if _is_told(row)
    ]  # fmt: skip
    for message, zero in (("relations_silent", False), ("relations_zero", True)):
        names = [words.relation_name(row["relation"]) for row in rows if not _is_told(row) and _is_zero(row) is zero]
        if names:
            told.append(words.say(message, names=", ".join(names)))
    return words.say("relations_told", title=rows[0]["title"], unit=words.unit_of_difference(rows[0]["unit"]), told="; ".join(told))


def _relations(rows: Sequence[Row]) -> Figure:
    """Dots by relation, side by side for each outcome, and their numbers."""
    heading, panels = "Of those with somebody sanctioned close to them", []
    for own in _by_outcome(rows).values():
        ends = ("value", "low", "high", "luck_low", "luck_high")
        plotted = [{**{end: row.get(end) for end in ends}, "label": _label(row), "told": _is_told(row)} for row in own]
        panels.append((own[0]["title"], words.unit_of_difference(own[0]["unit"]), plotted))
    caption = words.say("relations_caption")
    svg = as_svg(figures.multiples(panels, room=130), heading, caption, "relations")
    head = ["Somebody sanctioned among", "Outcome", "Verdict", "People in each town", "Difference", "Luck and what we do not know",
            "Luck alone", "Twin town"]  # fmt: skip
    cells = [
        [
            words.relation_name(row["relation"]),
            f"{row['title']}, {row['unit']}",
            row["verdict"].replace(" ", "\N{NO-BREAK SPACE}"),
            words.number(row["people"], 1),
            _number(row),
            span(row.get("low"), row.get("high"), _places(row)),
            span(row.get("luck_low"), row.get("luck_high"), _places(row)),
            words.number(row["twin"], 1),
        ]
        for own in _by_outcome(rows).values() for row in own
    ]  # fmt: skip
    return Figure(svg, caption, Table("By relation, with the number of people", head, cells, words=3), heading)


def _label(row: Row) -> str:
    """A relation with the number of people it is about."""
    return f"{words.relation_name(row['relation'])} ({words.number(row['people'], 0 if row['people'] >= 10 else 1)})"


def _is_told(row: Row) -> bool:
    return row.get("verdict") in ("more", "less")


def _is_zero(row: Row) -> bool:
    """Whether the same people had exactly the same in both towns, in every pair."""
    return not any((row["value"], row.get("low"), row.get("high"))) and row.get("low") is not None


def _places(row: Row) -> int:
    return words.decimals(row["value"], row.get("low"), row.get("high"))


def _number(row: Row) -> str:
    return words.number(row["value"], _places(row), sign=True)


def _interval(row: Row) -> str:
    return words.interval(row.get("low"), row.get("high"), row.get("luck_low"), row.get("luck_high"), _places(row))


def _happened(row: Row) -> bool:
    kinds = ("direct", "spillover")
    return any(row.get(name) for kind in kinds for name in (kind, f"{kind}_low", f"{kind}_high"))


def _spillover(rows: Sequence[Row]) -> Figure:
    """What being scored adds for the exempt few, and what reached them anyhow."""
    heading, plotted = "All who were left unscored", []
    for row in rows:
        for kind, label in (("direct", "direct: being scored"), ("spillover", "spillover: though exempt")):
            low, high, value = row.get(f"{kind}_low"), row.get(f"{kind}_high"), row.get(kind)
            told = differs({"low": low, "high": high}) and (kind == "direct" or row.get("verdict") != "cannot tell")
            places = words.decimals(value, low, high)
            text = "0, in every pair of towns" if not (value or low or high) else _text(value, low, high, places, told)
            plotted.append(
                {
                    "label": f"{row['outcome']}\n{label}", "value": value, "low": low, "high": high, "told": told, "text": text,
                    "unit": row.get("unit", ""),
                }
            )  # fmt: skip
    caption = words.say("spillover_caption")
    svg = as_svg(figures.stacked(plotted), heading, caption, "spillover")
    head = ["Outcome", "Unit", "Spillover: verdict", "Direct", "Low", "High", "Spillover", "Low", "High"]
    columns = ["outcome", "unit", "verdict", "direct", "direct_low", "direct_high", "spillover", "spillover_low", "spillover_high"]
    return Figure(svg, caption, level_table(rows, "Direct effect and spillover", head, columns, text=3), heading)


def _text(value: Any, low: Any, high: Any, places: int, told: bool) -> str:
    said = f"{words.number(value, places, sign=True)} {words.interval(low, high, places=places)}"
    return said if told else f"{said}\ncannot tell"


def lives(reading: Reading) -> Section | None:
    """Invented people's lives in sentences, in both towns; None where none was told."""
    rows = reading.table("lives")
    if not rows:
        return None
    nothing = [words.say("lives_nothing")]
    told = [
        Life(f"{row['title']} (citizen {row['citizen']})", list(row["policy"]) or nothing, list(row["twin"]) or nothing) for row in rows
    ]
    return Section("lives", "Three lives", text=[words.say("lives_text")], lives=told)
