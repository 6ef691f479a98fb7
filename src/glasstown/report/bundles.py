"""What two or three safeguards repair together: the section of the report, and the columns of the table in the terminal.

Whether a bundle does more than its parts is told of what was searched for, the wrongly sanctioned; what it leaves of the policy
(how many are sanctioned at all) and of the stated aim stands beside it.
"""

from collections.abc import Sequence

from glasstown.report import figures, words
from glasstown.report.parts import Figure, Reading, Row, Section, Table, span
from glasstown.report.safeguards import HARM, WRONGED, is_told, said
from glasstown.report.theme import as_svg
from glasstown.study.statistics import MANY

HEADING = "What safeguards repair together"
SANCTIONED = "sanctioned"
BEYOND = "beyond"  # prefix of what goes beyond the sum of the parts
ROOM = 214  # pixels for the names of bundles


def found(reading: Reading) -> Section | None:
    """The bundles that were chosen, told from towns they were not chosen by; None where none were searched."""
    searched = reading.table("bundles_searched")
    if not searched:
        return None
    rows, text = reading.table("bundles"), spoken(searched)
    looked_at = _looked_at(reading)
    if not rows:
        return Section("bundles", HEADING, text=text, tables=[looked_at])
    panels = [panel for panel in _panels(reading, rows) if panel[2]]
    caption = words.say("bundles_caption")
    svg = as_svg(figures.multiples(panels, room=ROOM), HEADING, caption, "bundles")
    figure = Figure(svg, caption, _table(reading, rows))
    told = [_told(reading, of_one(rows, name)) for name in names(rows)]
    return Section("bundles", HEADING, text=text, items=told, figures=[figure], tables=[looked_at])


def in_short(searched: Sequence[Row]) -> str:
    """How was searched, in a line or two for a terminal."""
    return " ".join([words.say("bundles_short", **counts(searched)), *nothing(searched)])


def spoken(searched: Sequence[Row]) -> list[str]:
    """How was searched, in sentences: how many bundles, chosen by which pairs and told from which, and if none repaired more."""
    text = [words.say("bundles_text", **counts(searched)), *nothing(searched)]
    if len(text) == 1 and searched[0]["pairs_telling"] < 2 * MANY:
        text.append(words.say("bundles_shape", pairs=4 * MANY))
    return text


def counts(searched: Sequence[Row]) -> dict[str, str]:
    """How many bundles of each size were lived and could have been, and in how many pairs."""
    found = {name: searched[0][name] for name in ("pairs_choosing", "pairs_telling")}
    for row in searched:
        found |= {f"{('two', 'three')[row['parts'] - 2]}_{key}": row[key] for key in ("lived", "possible")}
    return {name: words.number(value, 0) for name, value in found.items()}


def nothing(searched: Sequence[Row]) -> list[str]:
    """That no bundle repaired more than what is within it, if none did."""
    return [] if any(row["shown"] for row in searched) else [words.say("bundles_none")]


def columns(aim: str | None) -> list[str]:
    """The outcomes side by side: who is wronged, who is sanctioned at all, the stated aim (harm where none is measured)."""
    return list(dict.fromkeys([WRONGED, SANCTIONED, aim or HARM]))


def names(rows: Sequence[Row]) -> list[str]:
    """The bundles in their order."""
    return list(dict.fromkeys(row["variant"] for row in rows))


def of_one(rows: Sequence[Row], name: str) -> dict[str, Row]:
    """A bundle's rows by outcome."""
    return {row["outcome"]: row for row in rows if row["variant"] == name}


def label(row: Row) -> str:
    """A bundle as a reader calls it: a line a part."""
    return "\n".join(f"+ {part}" for part in row["title"].split("; "))


def sentence(row: Row) -> str:
    """A bundle as a sentence begins with it."""
    return str(row["title"][:1].upper() + row["title"][1:])


def beyond(row: Row) -> Row:
    """What a bundle changes beyond the sum of its parts, as a row like that of its change."""
    ends = {name: row[f"{BEYOND}_{name}"] for name in ("low", "high", "luck_low", "luck_high", "floor", "verdict")}
    return {**row, "value": row[BEYOND], **ends}


def turned(row: Row) -> Row:
    """A row with its sign turned: so much less is so much more repaired."""
    value, low, high = (None if row[name] is None else -row[name] for name in ("value", "low", "high"))
    return {**row, "value": value, "low": high, "high": low}


def _panels(reading: Reading, rows: Sequence[Row]) -> list[tuple[str, str, list[Row]]]:
    """Title, unit and rows of each panel; what goes beyond the sum of the parts stands beside what it is a part of."""
    panels = []
    for name in columns(reading.policy.context.aim_outcome):
        own = [row for row in rows if row["outcome"] == name]
        unit = words.unit_of_difference(own[0]["unit"]) if own else ""
        panels.append((_title(reading, name), unit, [_plotted(row) for row in own]))
        if name == WRONGED:
            panels.append((words.say("bundles_beyond"), unit, [_plotted(beyond(row)) for row in own]))
    return panels


def _plotted(row: Row) -> Row:
    ends = {name: row[name] for name in ("value", "low", "high", "luck_low", "luck_high", "floor")}
    return {"label": label(row), "told": is_told(row), **ends}


def _title(reading: Reading, name: str) -> str:
    outcome = reading.outcome(name)
    return outcome.title if outcome else name.replace("_", " ").capitalize()


def _told(reading: Reading, rows: dict[str, Row]) -> str:
    """One bundle in a sentence: what it repairs, what that is beyond its parts, what it leaves of the policy and of its aim."""
    wronged = rows[WRONGED]
    more = beyond(wronged)
    repaired = turned(more) if more["verdict"] == "less" else more
    together = words.say(f"bundles_{more['verdict'].replace(' ', '_')}", **said(repaired, sign=False))
    others = [
        words.say("bundles_other", title=_title(reading, name), change=_change(rows[name]))
        for name in columns(reading.policy.context.aim_outcome)
        if name != WRONGED and name in rows
    ]
    return words.say(
        "bundles_one",
        bundle=sentence(wronged),
        change=_change(wronged),
        policy=words.number(wronged["policy"]),
        seemed=words.number(wronged["seemed"], words.decimals(wronged["value"], wronged["low"], wronged["high"]), sign=True),
        together=together,
        others="; ".join(others),
    )


def _change(row: Row) -> str:
    """A change with its unit and interval, or that one cannot tell."""
    if not is_told(row):
        return words.say("bundles_silent", unit=words.unit_of_difference(row["unit"]), **said(row))
    return words.say("bundles_change", unit=words.unit_of_difference(row["unit"]), **said(row))


def _table(reading: Reading, rows: Sequence[Row]) -> Table:
    """Every chosen bundle in every outcome, with both widths, what it seemed, and what goes beyond the sum of its parts."""
    head = ["Bundle", "Outcome", "Verdict", "Difference", "Luck and what we do not know", "Luck alone", "Seemed", "Beyond its parts"]
    cells = []
    for row in rows:
        places, more = words.decimals(row["value"], row["low"], row["high"]), beyond(row)
        further = words.decimals(more["value"], more["low"], more["high"])
        cells.append(
            [
                sentence(row),
                f"{_title(reading, row['outcome'])}, {row['unit']}",
                row["verdict"],
                words.number(row["value"], places, sign=True),
                span(row["low"], row["high"], places),
                span(row["luck_low"], row["luck_high"], places),
                words.number(row["seemed"], places, sign=True),
                f"{words.number(more['value'], further, sign=True)} ({span(more['low'], more['high'], further)}), {more['verdict']}",
            ]
        )
    return Table(words.say("bundles_table"), head, cells, words=3)


def _looked_at(reading: Reading) -> Table:
    """All that was lived in the half by which bundles are chosen, best first: without intervals, for they are picked over."""
    rows = sorted(reading.table("bundles_looked_at"), key=lambda row: (row["wrongly_sanctioned"], row["wrong_days"]))
    head = ["Bundle", "Reported", _title(reading, "wrongly_sanctioned"), _title(reading, "wrong_days")]
    cells = [
        [
            sentence(row),
            "yes" if row["shown"] else "no",
            words.number(row["wrongly_sanctioned"], 2, sign=True),
            words.number(row["wrong_days"], 3, sign=True),
        ]
        for row in rows
    ]
    return Table(words.say("bundles_looked_at"), head, cells, words=2)
