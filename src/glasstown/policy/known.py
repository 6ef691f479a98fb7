"""Every number of a policy and how far it is known, and the small words in which explain says numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from glasstown.policy.schema import PolicyFile, Watch
from glasstown.policy.terms import Evidence, Graded
from glasstown.world import MEDIAN_WAGE


@dataclass(frozen=True)
class Number:
    """One number of a policy and what is known about it: `range` is (lowest, highest), () where none is given."""

    table: str
    key: str
    value: float | tuple[float, ...]
    unit: str
    grade: str
    role: str
    source: str
    reason: str
    range: tuple[float, ...]


def numbers(policy: PolicyFile) -> list[Number]:
    """Every number of a policy with its grade, role, source, reason and range: the rows of a parameter table."""
    rows = []
    for name, table in graded(policy):
        exceptions = {row.key: row for row in table.exception}
        for key, value, unit in given(table):
            row: Graded = exceptions.get(key, table)
            limits = row.range if row.range is not None and (row is not table or key == main_number(table)) else ()
            rows.append(Number(name, key, value, unit, row.grade, row.role, row.source or "", row.reason, tuple(limits)))
    return rows


def cited(policy: PolicyFile) -> set[str]:
    """The ids of the sources that a policy's numbers, and what was measured, rest on."""
    return {row.source for row in numbers(policy) if row.source} | {row.source for row in policy.measured if row.source}


def main_number(table: Evidence) -> str:
    """The key that a table's own `range` speaks of."""
    keys = [key for key, _, _ in given(table)]
    return keys[0] if keys else ""


def known(table: Evidence, *keys: str) -> str:
    """The grade in brackets, of the numbers with these keys (or of the table)."""
    exceptions: dict[str, Graded] = {row.key: row for row in table.exception}
    units = {key: unit for key, _, unit in given(table)}
    grades = []
    for key in keys or (main_number(table),):
        row = exceptions.get(key, table)
        grades.append(_grade(row, units.get(key, ""), row is not table or key == main_number(table)))
    return f" ({'; '.join(dict.fromkeys(grades))})"


def _grade(row: Graded, unit: str, with_range: bool) -> str:
    if row.grade == "estimated" and with_range and row.range is not None and row.range[0] < row.range[1]:
        low, high = row.range
        if unit == "points" and high <= 0:
            low, high = -high, -low  # a loss is told without its sign
        if unit == "share":
            return f"estimated, {percent(low)} to {percent(high)}"
        if unit == "cents per year":
            return f"estimated, up to {wages(high)}"
        if unit == "cents":
            return f"estimated, {wages(low).partition(' ')[0]} to {wages(high)}"
        return f"estimated, {low:,.10g} to {high:,.10g}{' ' + unit if unit in ('days', 'points') else ''}"
    return f"documented, {row.source}" if row.grade == "documented" else row.grade


def graded(policy: PolicyFile) -> Iterator[tuple[str, Evidence]]:
    """Every table that says how far its numbers are known, with its name."""
    for watch in policy.watch:
        yield f"watch {watch.sensor}", watch
    if policy.score is not None:
        yield "score", policy.score
        for band in policy.score.band:
            yield f"band {band.name}", band
    for rule in policy.rule:
        yield f"rule {rule.deed}", rule
    for row in policy.list:
        yield f"list {row.name}", row
    for name in ("mending", "risk", "views", "display", "reports", "rollout", "protest", "safeguards"):
        table: Evidence | None = getattr(policy, name)
        if table is not None:
            yield name, table


def given(table: Evidence) -> Iterator[tuple[str, float | tuple[float, ...], str]]:
    """(key, value, unit) of the numbers that a file gives; what was left out is not a number of the file."""
    for name, field in type(table).model_fields.items():
        if name in Graded.model_fields or name == "exception" or name not in table.model_fields_set:
            continue
        value: Any = getattr(table, name)
        extra = field.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        key = field.alias or name
        if isinstance(value, dict):
            for part, share in value.items():
                yield f"{key}.{part}", share, unit or "share"
        elif isinstance(value, tuple) and value and all(isinstance(item, (int, float)) for item in value):
            yield key, value, unit or ("points" if key == "points" else "share" if isinstance(table, Watch) and key != "dprime" else "")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield key, value, unit or ("points" if key == "points" else "")


def wages(cents: float) -> str:
    """Cents as days of the median wage."""
    days = cents / MEDIAN_WAGE
    return f"{days:,.0f} days of the median wage" if days >= 10 else f"{days:.2g} day{'' if days == 1 else 's'} of the median wage"


def percent(share: float) -> str:
    """A share in hundredths."""
    return f"{100 * share:.3g} %"


def time_of(days: int | None) -> str:
    """Days as years, months or days."""
    if days is None:
        return "ever"
    for size, word in ((365, "year"), (30, "month")):
        if days >= size and days % size == 0:
            count = days // size
            return f"{count} {word}{'' if count == 1 else 's'}"
    return f"{days:,} day{'' if days == 1 else 's'}"


def and_(parts: Sequence[str]) -> str:
    """One, two and three."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def or_(parts: Sequence[str]) -> str:
    """One, two or three."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " or " + parts[-1]


def stop(text: str) -> str:
    """A text that ends as a sentence does."""
    text = text.strip()
    return text if not text or text[-1] in ".!?" else text + "."
