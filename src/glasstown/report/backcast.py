"""Backcasts in words: what was measured and held out beside what the model counts, and what was used to set it."""

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from glasstown.report import words

Row = dict[str, Any]
KEPT = "backcast.json"  # what `glasstown backcast --json` printed
HELD_OUT = "held out"
LIES = {
    "inside": "inside the model's interval", "above": "above it", "below": "below it", "nobody to count": "nobody to count in the model",
    "too few towns": "cannot tell: too few towns",
}  # fmt: skip


def kept() -> Row | None:
    """The study that is kept with the package; None if there is none yet."""
    path = files("glasstown.report").joinpath(KEPT)
    found: Row | None = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return found


def of_policy(document: Row | None, policy: str) -> list[Row]:
    """The lines of one policy."""
    return [] if document is None else [row for row in document["lines"] if row["policy"] == policy]


def held_out(document: Row) -> list[Row]:
    """The lines that count as evidence."""
    return [row for row in document["lines"] if row["role"] == HELD_OUT]


def used(document: Row) -> list[Row]:
    """What was input or fitted."""
    return [row for row in document["uncounted"] if row["role"] != HELD_OUT]


def uncounted(document: Row) -> list[Row]:
    """What was measured and held out, and the model does not count."""
    return [row for row in document["uncounted"] if row["role"] == HELD_OUT and row["quantity"] is None]


def number(value: float) -> str:
    """A number as it was written down."""
    return f"{value:,.10g}".replace("-", "\N{MINUS SIGN}")


def measured(row: Row) -> str:
    """The measured number with its unit."""
    return f"{number(row['measured'])} {row['unit']}"


def model(row: Row) -> str:
    """What the model counts, with its interval and unit."""
    if row["model"] is None:
        return "none"
    places = words.decimals(row["model"], row["low"], row["high"])
    told = words.number(row["model"], places)
    span = f" {words.interval(row['low'], row['high'], places=places)}" if row["low"] is not None else ""
    return f"{told}{span} {row['model_unit']}"


def verdict(row: Row) -> str:
    """Where the measured number lies, and how far off where it is outside."""
    told = LIES[row["verdict"]]
    return f"{told}: {off(row)}" if is_off(row) else told


def is_off(row: Row) -> bool:
    """Whether the measured number lies outside the model's interval."""
    return row["verdict"] in ("above", "below")


def off(row: Row) -> str:
    """How far the measured number is from the model's mean, as a factor where both are above zero, else as a difference."""
    own, real = row["model"], row["measured"]
    if own > 0 and real > 0:
        return f"{words.number(real / own, 2)} times the model's"
    return f"{words.number(real - own, 1, sign=True)}"


def used_line(row: Row) -> str:
    """One number that was used, or that is not counted."""
    source = f", source {row['source']}" if row["source"] else ""
    reason = f": {row['reason']}" if row["reason"] else ""
    return f"{row['policy'].replace('_', ' ')}, {row['what']}: {number(row['value'])} {row['unit']} ({row['role']}{source}){reason}"


def table(rows: Iterable[Row], alone: bool = False) -> str:
    """Held-out numbers as a table of a page; ``alone``: of one system, which is not named again."""
    from glasstown.report.documents import markdown

    head = ["System", "What was measured", "Measured", "Model (90 % interval)", "Measured lies", "Best reason if apart", "Source"]
    cells = [
        [f"`{row['policy']}`", row["what"], measured(row), model(row), verdict(row), row["apart"] if is_off(row) else "", _from(row)]
        for row in rows
    ]
    return markdown(head[alone:], [row[alone:] for row in cells])


def used_table(rows: Iterable[Row], alone: bool = False) -> str:
    """Numbers that were input or fitted, or that the model does not count."""
    from glasstown.report.documents import markdown

    head = ["System", "What was measured", "Measured", "Role", "How it was used", "Source"]
    cells = [
        [f"`{row['policy']}`", row["what"], f"{number(row['value'])} {row['unit']}", row["role"], row["reason"], _from(row)] for row in rows
    ]
    return markdown(head[alone:], [row[alone:] for row in cells])


def _from(row: Row) -> str:
    return f"`{row['source']}` ({row['grade']})" if row["source"] else row["grade"]


def quantities() -> str:
    """What the model counts that a measured number can be compared with."""
    from glasstown.report.documents import markdown
    from glasstown.study.quantities import QUANTITIES

    return markdown(["Quantity", "What is counted", "Unit"], ([f"`{name}`", row.title, row.unit] for name, row in QUANTITIES.items()))
