"""A file as it was parsed, before the schema has had its say: what may be of any type is read with care."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from glasstown.files import Document, given, suggestion
from glasstown.places import KeyPath

if TYPE_CHECKING:
    from glasstown.catalogue import Sensor

Deeds = Mapping[str, str]  # name of each deed or claim -> its context
Sensors = Mapping[str, "Sensor"]  # name of each sensor -> what ordinary_law.toml says of it


def is_number(value: Any) -> bool:
    """Whether it is a number, and not true or false."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def pair(value: Any) -> tuple[float, float] | None:
    """Two numbers in brackets."""
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 and all(map(is_number, value)) else None


def text(value: Any) -> str:
    """A text, or nothing."""
    return value if isinstance(value, str) else ""


def whole(value: Any) -> int | None:
    """A whole number, or nothing."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def above_zero(value: Any) -> bool:
    """Whether it is a number above 0."""
    return is_number(value) and value > 0


def those(names: Iterable[str]) -> str:
    """A list of names."""
    return ", ".join(names) or "none"


def rules(document: Document) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Where each rule stands, and the rule."""
    return document.tables("rule")


def feeding(document: Document) -> set[str]:
    """The names of the sensors that feed the record, as the file has them: those of rules and of [[watch]] tables."""
    lists = [rule.get("sensors") for _, rule in rules(document)]
    named = {text(sensor) for sensors in lists if isinstance(sensors, list) for sensor in sensors}
    return named | {text(row.get("sensor")) for _, row in document.tables("watch")}


def known(document: Document, path: KeyPath, name: str, names: Sequence[str], what: str, else_help: str = "") -> bool:
    """Whether a name is among the known ones; if not, it is noted with the nearest."""
    if name in names:
        return True
    hint = suggestion(name, names)
    document.problem(path, f"there is no {what} {given(name)}", f"{hint}; or {else_help}" if else_help else hint)
    return False


def names(document: Document, table: str, within: KeyPath = (), key: str = "name") -> list[tuple[KeyPath, str]]:
    """Where each row of a table has its name, and the name."""
    return [((*path, key), row[key]) for path, row in document.tables(table, within) if isinstance(row.get(key), str)]


def unique(document: Document, found: Sequence[tuple[KeyPath, str]], what: str) -> None:
    """Note every name that was there before."""
    seen: set[str] = set()
    for path, name in found:
        if name in seen:
            document.problem(path, f"there are two {what}s {given(name)}", "names must differ")
        seen.add(name)


def number_keys(table: dict[str, Any], within: str = "") -> Iterator[str]:
    """The keys of a table that hold numbers, as an exception would name them."""
    for key, value in table.items():
        if key in ("range", "exception", "band"):
            continue
        if isinstance(value, dict):
            yield from number_keys(value, f"{within}{key}.")
        elif is_number(value) or (isinstance(value, list) and value and all(map(is_number, value))):
            yield within + key
