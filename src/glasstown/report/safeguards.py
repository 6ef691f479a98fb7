"""What each safeguard buys, and what it costs: the section of the report, for who asked for it."""

from collections.abc import Sequence

from glasstown.report import figures, words
from glasstown.report.parts import Figure, Reading, Row, Section, Table, span
from glasstown.report.theme import as_svg
from glasstown.study.bundles import FEWEST

HEADING = "What each safeguard buys"
WRONGED, SPEECH, WORK, HARM = "wrongly_sanctioned", "dissenting", "staff_days", "harm"


def bought(reading: Reading) -> Section | None:
    """The policy with each safeguard added or taken away; None where nobody asked."""
    rows = reading.table("safeguards")
    if not rows:
        return None
    panels = [(name, [row for row in rows if row["outcome"] == name]) for name in columns(reading.policy.context.aim_outcome)]
    panels = [(name, own) for name, own in panels if own]
    plotted = [(_title(reading, name), words.unit_of_difference(own[0]["unit"]), [_plotted(row) for row in own]) for name, own in panels]
    caption = words.say("safeguards_caption")
    svg = as_svg(figures.multiples(plotted), HEADING, caption, "safeguards")
    figure = Figure(svg, caption, _table(reading, rows))
    told = [_told(reading, name, own) for name, own in panels]
    text = [words.say("safeguards_text")]
    if reading.request["pairs"] < FEWEST:
        text.append(words.say("safeguards_few", pairs=FEWEST))
    return Section("safeguards", HEADING, text=text, items=told, figures=[figure])


def columns(aim: str | None) -> list[str]:
    """The outcomes side by side: who is wronged, the stated aim (harm where none is measured), speech, work."""
    return list(dict.fromkeys([WRONGED, aim or HARM, SPEECH, WORK]))


def label(row: Row) -> str:
    """A variant as a reader calls it: + what is added, a minus and what is taken away."""
    sign = {"+": "+ ", "-": "\N{MINUS SIGN} "}.get(row["variant"][0], "")
    return f"{sign}{row['title']}"


def is_told(row: Row) -> bool:
    """Whether the simulation can tell the direction of this difference."""
    return row["verdict"] in ("more", "less")


def _plotted(row: Row) -> Row:
    ends = {name: row[name] for name in ("value", "low", "high", "luck_low", "luck_high", "floor")}
    return {"label": label(row), "told": is_told(row), **ends}


def _title(reading: Reading, name: str) -> str:
    outcome = reading.outcome(name)
    return outcome.title if outcome else name.replace("_", " ").capitalize()


def _told(reading: Reading, name: str, rows: Sequence[Row]) -> str:
    """One outcome in a sentence: what changes it and by how much, and of how many one cannot tell."""
    told = [words.say("safeguards_one", label=label(row), **said(row)) for row in rows if is_told(row)]
    silent = len(rows) - len(told)
    if silent:
        told.append(words.say("safeguards_silent", count=silent, total=len(rows)))
    unit = words.unit_of_difference(rows[0]["unit"])
    level = words.number(rows[0]["policy"])
    return words.say("safeguards_told", title=_title(reading, name), unit=unit, policy=level, told="; ".join(told)) + "."


def said(row: Row, sign: bool = True) -> dict[str, str]:
    """A difference and its wide interval in words."""
    places = words.decimals(row["value"], row["low"], row["high"])
    return {"value": words.number(row["value"], places, sign=sign), "range": words.interval(row["low"], row["high"], places=places)}


def _table(reading: Reading, rows: Sequence[Row]) -> Table:
    """Every variant in every outcome, with both widths."""
    head = ["Safeguard", "Outcome", "Verdict", "Difference", "Luck and what we do not know", "Luck alone", "The policy", "Placebo floor"]
    cells = []
    for row in rows:
        places = words.decimals(row["value"], row["low"], row["high"])
        cells.append(
            [
                label(row),
                f"{_title(reading, row['outcome'])}, {row['unit']}",
                row["verdict"],
                words.number(row["value"], places, sign=True),
                span(row["low"], row["high"], places),
                span(row["luck_low"], row["luck_high"], places),
                words.number(row["policy"]),
                words.number(row["floor"], max(places, words.decimals(row["floor"]))),
            ]
        )
    return Table("Every safeguard and outcome, compared with the policy as it is", head, cells, words=3)
