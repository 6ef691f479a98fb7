"""What every table of a policy file is made of: names, shares, days, and where a number comes from."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from glasstown.catalogue import Grade, Role

SCHEMA_VERSION = 1
MOST_POINTS = 8_000  # of one entry, repeats included; the books of a person hold no larger one
MOST_SLOTS = 8  # entries that a file can keep apart
MOST_TIMES = 100  # that a rule can ask for before it detains
LONGEST = 32_766  # days, about ninety years

Gate = Literal["travel", "work", "credit", "school", "housing", "services", "business"]

_FORM = {"form": "a name of small letters, digits and underscores, at most 48, that begins with a letter"}
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$"), Field(json_schema_extra=_FORM)]
SourceId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,47}$"), Field(json_schema_extra={"form": "the id of a source, such as F5"})
]
Label = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_+ -]{0,47}$"),
    Field(json_schema_extra={"form": "a short name that begins with a letter, at most 48 letters, digits, spaces, _ + or -"}),
]
Words = Annotated[str, StringConstraints(max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1, json_schema_extra={"unit": "share"})]
Rate = Annotated[float, Field(ge=0, le=365, json_schema_extra={"unit": "per covered person and year"})]
Stage = Annotated[int, Field(ge=0, le=15, json_schema_extra={"unit": "stage"})]
Shift = Annotated[float, Field(ge=-8, le=8, json_schema_extra={"unit": "standard deviations"})]
Distance = Annotated[float, Field(ge=0, le=8, json_schema_extra={"unit": "standard deviations"})]


def days(low: int, high: int, description: str, default: Any = ...) -> Any:
    """A field counted in days."""
    return Field(default, ge=low, le=high, description=description, json_schema_extra={"unit": "days"})


def share(description: str) -> Any:
    """A share that may be left out."""
    return Field(default=None, ge=0, le=1, description=description, json_schema_extra={"unit": "share"})


class Closed(BaseModel):
    """Unknown keys are refused, and what was read never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)


class Graded(Closed):
    """Where a number comes from."""

    source: SourceId | None = Field(
        default=None, description="id of the source, from the package's list of sources or a [[source]] of this file"
    )
    grade: Grade = Field(description="documented: a source that was opened says so; estimated: reason and range; scenario: nobody knows")
    role: Role = Field(
        default="input", description="input: set from outside; fitted: chosen to match a fact; held out: kept for checking the model"
    )
    reason: Words = Field(default="", description="why this number, in a sentence; required unless documented")
    range: tuple[float, float] | None = Field(default=None, description="lowest and highest value that is plausible; required if estimated")


class Exception_(Graded):
    """One number of a table whose grade differs from the table's own."""

    key: str = Field(max_length=60, description='the number\'s key in the table, for instance "show_days" or "refuse.credit"')


class Evidence(Graded):
    """The grade of a table's numbers; `range` is that of its first number, the others go into [[...exception]]."""

    exception: tuple[Exception_, ...] = Field(default=(), max_length=40, description="numbers of this table with a grade of their own")
