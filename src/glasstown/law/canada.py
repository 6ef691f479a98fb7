"""Canada's Algorithmic Impact Assessment: the published questionnaire, and the tool's own arithmetic.

Questions that nobody answered leave a range: the lowest and the highest score of all ways of answering them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import floor
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from glasstown import catalogue, files
from glasstown.policy.terms import Closed

Given = Mapping[str, tuple[str, ...]]  # question -> answers chosen
ENOUGH, KEPT = 0.8, 0.15  # share of a phase's mitigation that lowers the score, and by which share it does
CUTS = (0.25, 0.5, 0.75)  # of the maximum: up to the first cut is level I
NUMERALS = ("I", "II", "III", "IV")
COPIED = "Design", "Implementation"  # a question of one phase and its copy in the other


class Shown(Closed):
    """When a question is asked at all: after one of these answers to another."""

    question: str
    answers: Annotated[tuple[str, ...], Field(max_length=20)]


class Question(Closed):
    """One question; the weight of an answer is the number after its name's last hyphen."""

    id: str
    text: str
    many: bool = False
    phase: Literal["design", "implementation"] | None = None
    answers: dict[str, str]
    shown_if: Shown | None = None

    def weight(self, answer: str) -> int:
        """What an answer counts."""
        _, hyphen, number = answer.rpartition("-")
        return int(number) if hyphen else 0

    def most(self) -> int:
        """The largest sum of weights that can be reached."""
        weights = [self.weight(answer) for answer in self.answers]
        return sum(weights) if self.many else max(weights)

    def least(self) -> int:
        """The smallest sum: of several answers none need be given."""
        return 0 if self.many else min(map(self.weight, self.answers))


class Section(Closed):
    """Questions about one thing; they count for the raw score or for mitigation."""

    title: str
    score: Literal["risk", "mitigation"]
    question: Annotated[tuple[Question, ...], Field(max_length=100)]


class Survey(Closed):
    """The questionnaire."""

    title: str
    version: str
    as_of: str
    address: str
    section: Annotated[tuple[Section, ...], Field(max_length=20)]

    def questions(self, score: str = "") -> list[Question]:
        """All questions, or those that count for one score."""
        return [row for section in self.section if score in ("", section.score) for row in section.question]


@dataclass(frozen=True)
class Range:
    """The lowest and the highest that the answers allow."""

    low: int
    high: int


@dataclass(frozen=True)
class Result:
    """Raw risk, mitigation, score and level, each from lowest to highest, and the open questions that still move them."""

    raw: Range
    mitigation: Range
    score: Range
    level: Range
    open: tuple[tuple[str, int], ...]  # question -> by how many points it moves its score, the heaviest first


@cache
def survey() -> Survey:
    """The questionnaire as published."""
    path = Path(str(files.__file__)).parent / "laws" / "canada_aia.toml"
    return catalogue.finished(files.open_document(path, "questionnaire"), Survey)


def maximum(score: str) -> int:
    """The most there is. Mitigation counts both phases, as the tool does, and so do the questions of one phase about risk."""
    copies = 2 if score == "mitigation" else 1
    return copies * sum(question.most() for question in survey().questions(score))


def rounded(value: float) -> int:
    """Halves go up, as the tool rounds."""
    return floor(value + 0.5)


def total(raw: int, mitigation: int) -> int:
    """The score: the raw one, less 15 % where mitigation reaches 80 % of what one phase can reach."""
    enough = mitigation >= ENOUGH * (maximum("mitigation") / 2)
    return rounded((1 - KEPT) * raw) if enough else raw


def level(score: int) -> int:
    """The impact level, 1 to 4."""
    return 1 + sum(score > cut * maximum("risk") for cut in CUTS)


def assess(given: Given) -> Result:
    """What the answers come to; questions without one may be answered in any way."""
    raw, mitigation = (_sum(score, given) for score in ("risk", "mitigation"))
    score = Range(total(raw.low, mitigation.high), total(raw.high, mitigation.low))
    return Result(raw, mitigation, score, Range(level(score.low), level(score.high)), _open(given))


def _sum(score: str, given: Given) -> Range:
    """A sum over all questions, each with those that are asked because of it."""
    asked = [question for question in survey().questions(score) if question.shown_if is None]
    spans = [_span(question, given) for question in asked]
    return Range(sum(span.low for span in spans), sum(span.high for span in spans))


def _span(question: Question, given: Given) -> Range:
    """What a question and those that hang on it can come to."""
    below = [row for row in survey().questions() if row.shown_if is not None and row.shown_if.question == question.id]
    if question.id in given:
        weight = sum(map(question.weight, given[question.id]))
        spans = [_span(row, given) for row in below if row.shown_if is not None and set(given[question.id]) & set(row.shown_if.answers)]
        return Range(weight + sum(span.low for span in spans), weight + sum(span.high for span in spans))
    if question.many or not below:
        return Range(question.least(), question.most())
    ways = [_span(question, {**given, question.id: (answer,)}) for answer in question.answers]
    return Range(min(way.low for way in ways), max(way.high for way in ways))


def _open(given: Given) -> tuple[tuple[str, int], ...]:
    """Questions without an answer that can still move a score, with what hangs on them; the heaviest first."""
    found = []
    for question in survey().questions():
        shown = question.shown_if
        if question.id in given or (shown and not set(given.get(shown.question, ())) & set(shown.answers)):
            continue
        span = _span(question, given)
        if span.high > span.low:
            found.append((question.id, span.high - span.low))
    return tuple(sorted(found, key=lambda row: -row[1]))
