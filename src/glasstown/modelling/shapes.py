"""The types of what rules are handed. Those that depend on a model are made by ``shape`` as models ask for them, and found again here."""

from collections import namedtuple
from functools import cache
from typing import Any

World = namedtuple("World", ["now", "before", "ties", "case", "luck", "size", "order"])
Size = namedtuple("Size", ["people", "rows", "widths"])


@cache
def shape(name: str, fields: tuple[str, ...]) -> Any:
    """The type of a named tuple with these fields; the same fields give the same type, in every process."""
    made = namedtuple(f"{name}_{'_'.join(fields)}", fields or ("nothing",))  # type: ignore[misc]
    made.__module__, made.__qualname__ = __name__, made.__name__
    globals()[made.__name__] = made
    return made
