"""What a page is made of: sections with sentences, figures and tables, and how an assessment is read for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from glasstown.report import figures, words
from glasstown.report.theme import as_svg

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table of texts; `words` is the number of leading columns that hold words, the others hold numbers."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    words: int = 1
    folded: bool = True  # under <details>; short tables that belong to the text stand open
    printed: bool = False  # on paper too, though folded


@dataclass(frozen=True)
class Figure:
    """A picture as SVG markup, the sentence under it, and its numbers as a table."""

    svg: str
    caption: str
    table: Table
    heading: str = ""  # where a section has several pictures


@dataclass(frozen=True)
class Headline:
    """One of the four sentences: what it is about, whether the simulation can tell, and the section with the figure."""

    lead: str
    sentence: str
    told: bool
    section: str


@dataclass(frozen=True)
class Life:
    """One person's life in sentences, in both towns."""

    title: str
    policy: list[str]
    twin: list[str]


@dataclass(frozen=True)
class Section:
    """One heading of the page with what stands under it; `groups` are headings of the next level with their sentences."""

    name: str
    heading: str
    text: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    groups: list[tuple[str, list[str]]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)


class Reading:
    """An assessment as the report reads it: outcomes by name and group, tables that may be missing."""

    def __init__(self, assessment: Any) -> None:
        self.assessment = assessment
        self.policy, self.request = assessment.policy, assessment.request
        self.all: list[words.Outcome] = list(assessment.outcomes)

    def outcome(self, name: str, group: str = "all") -> words.Outcome | None:
        """The outcome of a group, or None."""
        return next((outcome for outcome in self.all if outcome.name == name and outcome.group == group), None)

    def outcomes(self, names: Iterable[str], groups: Sequence[str] = ("all",)) -> list[words.Outcome]:
        """Those that exist, in the order asked for."""
        found = [self.outcome(name, group) for name in names for group in groups]
        return [outcome for outcome in found if outcome is not None]

    def deeds(self) -> Any:
        """The catalogue of deeds that was used, or the package's own."""
        from glasstown import catalogue

        return getattr(self.assessment, "deeds", None) or catalogue.load_deeds()

    def law(self) -> Any:
        """The ordinary law that was used, or the package's own."""
        from glasstown import catalogue

        return getattr(self.assessment, "law", None) or catalogue.load_law()

    def table(self, name: str) -> list[Row]:
        """The rows of a table, or none."""
        return list((self.assessment.tables or {}).get(name) or [])


def outcome_table(outcomes: Sequence[words.Outcome], caption: str) -> Table:
    """Outcomes with both widths, the twin's level, the placebo floor and the verdict; those that ever happened."""
    head = ["Outcome", "Group", "Verdict", "Difference", "Luck and what we do not know", "Luck alone", "Twin town", "Placebo floor"]
    rows = []
    for outcome in filter(words.happened, outcomes):
        places = words.outcome_places(outcome)
        rows.append(
            [
                f"{outcome.title}, {outcome.unit}{words.counted(outcome.counted)}",
                words.group_name(outcome.group),
                outcome.verdict.replace(" ", "\N{NO-BREAK SPACE}"),
                words.number(outcome.value, places, sign=True),
                span(outcome.low, outcome.high, places),
                span(outcome.luck_low, outcome.luck_high, places),
                words.number(outcome.twin, places),
                words.number(outcome.floor, max(places, words.decimals(outcome.floor))),
            ]
        )
    return Table(caption, head, rows, words=3, folded=False)


def pictured(outcomes: Sequence[words.Outcome], title: str, name: str, heading: str = "") -> tuple[list[Figure], list[str]]:
    """Paired differences as at most one figure, and sentences about what happened in no town, which is not drawn.

    One outcome by group stands on one scale, several outcomes each on its own.
    """
    drawn, said = [outcome for outcome in outcomes if words.differed(outcome)], words.nothing(outcomes)
    if not drawn:
        return [], said
    single = len({outcome.name for outcome in drawn}) == 1
    by_group = single and len(drawn) > 1
    told = [words.difference(outcome, "caption") for outcome in drawn if words.is_told(outcome)]
    silent = [words.group_name(outcome.group) if by_group else outcome.title for outcome in drawn if not words.is_told(outcome)]
    if single:
        told = [words.difference(drawn[0], "caption")]
    if silent and not (single and len(silent) == len(drawn)):
        told.append(words.say("caption_silent", names=", ".join(name.lower() for name in silent)))
    caption = " ".join([*told, *said, words.say("difference_caption")])
    chart = figures.by_group(drawn) if by_group else figures.differences(drawn)
    table = replace(outcome_table(drawn, title), folded=True)
    return [Figure(as_svg(chart, title, caption, name), caption, table, heading)], []


def span(low: float | None, high: float | None, places: int) -> str:
    """An interval in a table's cell."""
    return "none" if low is None or high is None else f"{words.number(low, places)} to {words.number(high, places)}"


def level_table(rows: Sequence[Row], caption: str, head: Sequence[str], columns: Sequence[str], text: int = 1) -> Table:
    """A table of the assessment's own rows: the first `text` columns as words, the others as numbers."""
    cells = [[str(row.get(column, "")) if place < text else cell(row.get(column)) for place, column in enumerate(columns)] for row in rows]
    return Table(caption, list(head), cells, words=text)


def differs(row: Row) -> bool:
    """Whether the interval of a row's paired difference leaves zero out."""
    low, high = row.get("low"), row.get("high")
    return low is not None and high is not None and not low <= 0 <= high


def cell(value: Any) -> str:
    """One number of a table with three figures that count; words stay words."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "none" if value is None else str(value)
    if isinstance(value, int):
        return words.number(value, 0)
    return words.number(value, min(words.decimals(value) + 1, 5) if abs(value) < 100 else 0)
