"""Bodies of law as files: one dated file each, with its clauses, the conditions they ask, and the sources that were opened."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from glasstown import catalogue, files
from glasstown.policy.terms import Closed, Name, SourceId, Words

FOLDER = Path(__file__).parent.parent / "laws"
LABEL = "file of a body of law"
BODIES = ("eu_ai_act", "gdpr", "human_rights_convention", "canada_directive", "huderia", "china_social_credit")

Names = Annotated[tuple[Name, ...], Field(max_length=16)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), Field(json_schema_extra={"form": 'a day such as "2025-02-02"'})]
InForce = Annotated[
    str,
    StringConstraints(pattern=r"^(not yet: |since |)\d{4}(-\d{2}-\d{2})?$"),
    Field(json_schema_extra={"form": 'a day such as "2025-02-02", or "not yet: " and a day'}),
]


class Source(Closed):
    """A page that was opened."""

    id: SourceId
    title: Words
    address: Words
    opened: Day
    note: Words = Field(description="what it says, and what of it was seen")


class Clause(Closed):
    """A clause as conditions: all of the first kind, at least one of the second, none of the third."""

    id: Name
    article: Words = Field(description="where it stands")
    title: Words = Field(description="what it is about")
    in_force: InForce = Field(description='from when it applies, or "not yet: " and the day')
    says: Words = Field(description="what it says, in our words")
    consequence: Words = Field(description="what follows if it is met")
    source: Annotated[tuple[str, ...], Field(min_length=1, max_length=8)] = Field(description="ids of this file's sources")
    caveat: Words = Field(description="what the test cannot see")
    leading: bool = Field(default=False, description="true: the report tells it whatever came out")
    all: Names = Field(default=(), description="conditions that must all be met")
    any: Names = Field(default=(), description="conditions of which one must be met")
    unless: Names = Field(default=(), description="conditions of which none may be met")
    review: Names = Field(default=(), description="conditions under which the words of the law do not settle it")
    asks: Names = Field(default=(), description="what it asks for where it applies, tested as well")


class Body(Closed):
    """A body of law, guidance or a tool, as of a day."""

    name: Name
    title: Words
    short: Words = Field(description="what a reader calls it")
    place: Words
    kind: Literal["binding", "guidance", "tool"]
    as_of: Day
    caveats: Annotated[tuple[Words, ...], Field(min_length=1, max_length=12)]
    source: Annotated[tuple[Source, ...], Field(min_length=1, max_length=40)]
    clause: Annotated[tuple[Clause, ...], Field(min_length=1, max_length=60)]


def load(path_or_name: str | Path) -> Body:
    """A body of law from its file: a shipped one by name. Raises files.FileProblems with all that is wrong."""
    from glasstown.law.asking import registry

    path = FOLDER / f"{path_or_name}.toml" if str(path_or_name) in BODIES else Path(path_or_name)
    document = files.open_document(path, LABEL)
    sources = [row.get("id") for _, row in document.tables("source")]
    seen: set[object] = set()
    for at, clause in document.tables("clause"):
        for key, known, what in (*((key, list(registry()), "question") for key in ("all", "any", "unless", "review", "asks")),
                                 ("source", [str(name) for name in sources], "source")):  # fmt: skip
            for place, name in enumerate(clause.get(key, []) if isinstance(clause.get(key), list) else []):
                if name not in known:
                    document.problem((*at, key, place), f'there is no {what} "{name}"', files.suggestion(str(name), known))
        if clause.get("id") in seen:
            document.problem((*at, "id"), f'there are two clauses "{clause["id"]}"', "give each clause its own id")
        seen.add(clause.get("id"))
    return catalogue.finished(document, Body)


@cache
def bodies() -> tuple[Body, ...]:
    """All shipped bodies of law."""
    return tuple(load(name) for name in BODIES)
