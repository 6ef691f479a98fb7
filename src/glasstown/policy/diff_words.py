"""The words in which two policies are told apart: what a number is called, and how a value is said."""

import re
from typing import Any

from glasstown.policy.known import and_, percent, time_of, wages
from glasstown.policy.plain import GATES, SENSORS, THROUGH, WHOM, context, sensor

BOTH = "[majority, minority]"
SHORT = {  # what a key is called where its description would be long
    "name": "short name", "title": "title", "summary": "what it does", "points": "points", "refuse": "requests refused",
    "order_whom": "who is meant", "through": "whose sanction counts", "by": "how it grows", "fidelity": "fidelity",
    "coverage": "share of deeds looked at", "sensors": "whose word counts", "contexts": "stage from which it counts",
    "gates": "stage from which requests can be refused", "detain_after": "entries of hers before it detains",
    "pressure": "claimed rise of the daily chance of performing", "aim_outcome": "outcome that measures the aim",
    "priority": "class in queues", "grade": "grade", "role": "role", "source": "source", "reason": "reason", "range": "range",
}  # fmt: skip
BEFORE = re.compile(r"^(true|for [a-z_ ]+|by [a-z]+|of a [^:]+|[A-Z]\w+): ")
AFTER = re.compile(r"; | \(or |, so that |, see | \[majority")
LEFT_OUT = re.compile(r"left out: ([^;]+)")
SHARES = ("missed", "mixed_up", "refuse", "coverage")  # shares whose unit stands at the items


def called(model: Any, name: str) -> str:
    """What a key of a table is called."""
    field = type(model).model_fields[name]
    if name in SHORT:
        return SHORT[name]
    text = BEFORE.sub("", field.description or name.replace("_", " "))
    return AFTER.split(text)[0]


def part_of(name: str, key: str) -> str:
    """One key of a table of shares or stages: a door, or a part of life."""
    where = f"for {GATES[key]}" if key in GATES and name in ("refuse", "gates") else context(key)
    return where.replace("_", " ")


def value_of(model: Any, name: str, value: Any) -> str:
    """A value as a reader is told it."""
    field = type(model).model_fields[name]
    if value is None:
        found = LEFT_OUT.search(field.description or "")
        return found[1].strip() if found else "left out"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return text_of(name, value)
    if isinstance(value, tuple):
        return several(model, name, value)
    extra = field.json_schema_extra
    unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
    return number("share" if name in SHARES else unit, value)


def text_of(name: str, value: str) -> str:
    """A word or a text."""
    known = {**WHOM, **THROUGH, **SENSORS}
    if name in ("order_whom", "through", "sensor"):
        return known.get(value, value)
    if name in ("fidelity", "grade", "role", "by", "source", "aim_outcome"):
        return value
    return f"“{' '.join(value.split()).removesuffix('.')}”" if value else "nothing"


def several(model: Any, name: str, values: tuple[Any, ...]) -> str:
    """Several values: the two groups, an official's discretion, a range, or names."""
    if not values:
        return "none"
    if all(isinstance(value, str) for value in values):
        return and_([sensor(value) if name == "sensors" else value.replace("_", " ") for value in values])
    told = [number("year", value) if name == "years" else value_of(model, name, value) for value in values]
    if name == "years" and len(told) == 1:
        return f"{told[0]} to today"
    if BOTH in (type(model).model_fields[name].description or ""):
        return f"{told[0]} (majority) and {told[-1]} (minority)"
    return f"{told[0]} to {told[-1]}"


def number(unit: str, value: float) -> str:
    """A number with its unit, where its name does not say it."""
    if unit == "share":
        return percent(value)
    if unit == "days":
        return time_of(int(value))
    if unit.startswith("cents"):
        return wages(value)
    if unit == "year":
        return str(int(value))
    return f"{value:,g}".replace("-", "\N{MINUS SIGN}") + (" working days" if unit == "working days" else "")


def from_to(model: Any, name: str, old: Any, new: Any) -> str:
    """ "from this to that"; where both would read alike, as they stand in the file."""
    before, after = value_of(model, name, old), value_of(model, name, new)
    return f"from {before} to {after}" if before != after else f"from {old!r} to {new!r}"
