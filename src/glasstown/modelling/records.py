"""What a model writes down of a column."""

from typing import Any


def mean(column: Any) -> float:
    """The mean of a column of one value a row: of flags, the share that is set."""
    total = 0.0
    for row in range(len(column)):
        total += column[row]
    return total / len(column)
