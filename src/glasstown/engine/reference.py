"""The reference execution: the plain rules, uncompiled, over integer views of the same columns.

Every read gives a Python integer, and a value that does not fit its column is refused (OverflowError or ValueError):
reference and range check in one. It is a few thousand times slower than the compiled sweep and must agree with it byte
for byte.
"""

import types
from typing import Any

import numpy as np


class Rows:
    """A record array whose items are rows with integer attributes, like the rows compiled rules are handed."""

    def __init__(self, array: Any) -> None:
        self.row = row_class(array)
        self.count = len(array)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, i: int) -> Any:
        if not 0 <= i < self.count:
            raise IndexError(f"row {i} of {self.count}")
        return self.row(i)


def row_class(array: Any) -> type:
    """A class of rows of this array: one property a column, reading and writing plain integers."""

    def column(name: str) -> property:
        values = array[name]
        if values.ndim > 1:
            return property(lambda row: memoryview(values[row.i]))

        def write(row: Any, value: int) -> None:
            values[row.i] = int(value)

        return property(lambda row: int(values[row.i]), write)

    def begin(row: Any, i: int) -> None:
        row.i = i

    return type("Row", (), {"__slots__": ("i",), "__init__": begin, **{name: column(name) for name in array.dtype.names}})


class Grid:
    """A two-dimensional array read by [row, column] or by row."""

    def __init__(self, array: Any) -> None:
        self.rows = [memoryview(row) for row in array]
        self.kind: type = float if array.dtype.kind == "f" else int

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, tuple):
            return self.rows[place[0]][place[1]]
        return self.rows[place]

    def __setitem__(self, place: tuple[int, int], value: float) -> None:
        self.rows[place[0]][place[1]] = self.kind(value)


def plain(value: Any) -> Any:
    """Views of an array as Python numbers, or of every array in a tuple."""
    if isinstance(value, np.ndarray):
        if value.dtype.names:
            return Rows(value)
        return Grid(value) if value.ndim == 2 else memoryview(value)  # type: ignore[arg-type]
    if isinstance(value, tuple):
        items = [plain(item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return value


def kernels() -> types.SimpleNamespace:
    """The plain kernels, with the same call signatures as the compiled ones."""
    from glasstown.engine import sweeps

    def viewed(function: Any) -> Any:
        return lambda *arguments: function(*[plain(argument) for argument in arguments])

    return types.SimpleNamespace(
        sweeps=types.SimpleNamespace(
            CHUNK=sweeps.CHUNK,
            RUN=sweeps.RUN,
            sweep=viewed(sweeps.sweep),
            evening_sweep=viewed(sweeps.evening_sweep),
            home_sweep=viewed(sweeps.home_sweep),
        )
    )
