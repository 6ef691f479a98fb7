"""Three answers: met, not met, cannot be told; and how they are joined (Kleene's logic).

"Cannot be told" stays so until what is known settles the whole: one condition that is not met settles a conjunction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Answer = Literal["not met", "cannot be told", "met"]
ORDER: tuple[Answer, ...] = ("not met", "cannot be told", "met")


@dataclass(frozen=True)
class Finding:
    """The answer to one question, and the words of the policy that were tested."""

    answer: Answer
    words: tuple[str, ...] = ()


def every(answers: Iterable[Answer]) -> Answer:
    """All of them; of none at all: met."""
    return min(answers, key=ORDER.index, default="met")


def some(answers: Iterable[Answer]) -> Answer:
    """At least one of them; of none at all: not met."""
    return max(answers, key=ORDER.index, default="not met")


def opposite(answer: Answer) -> Answer:
    """Met for not met, and the other way round."""
    return ORDER[2 - ORDER.index(answer)]


def conjunction(all_of: Iterable[Answer], any_of: Iterable[Answer], unless: Iterable[Answer]) -> Answer:
    """A clause: all of the first, at least one of the second if there are any, and none of the third."""
    alternatives = list(any_of)
    return every([*all_of, *([some(alternatives)] if alternatives else []), *(opposite(answer) for answer in unless)])


def said(value: bool | None) -> Answer:
    """A declared fact; what is left out cannot be told."""
    return "cannot be told" if value is None else "met" if value else "not met"
