"""What a policy file may say: every key with its meaning, unit and bounds. The schema is closed: an unknown key is an error.

A policy speaks of kinds of conduct, of doors and of days. Nothing in it can name, hold or point to a person or a record of one.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA_VERSION = 1
MOST_POINTS = 8_000  # of one entry, repeats included; the books of a person hold no larger one
LONGEST = 32_766  # days, about ninety years

Grade = Literal["documented", "estimated", "scenario"]
Role = Literal["input", "fitted", "held out"]
Context = Literal["traffic", "finance", "courts", "utilities", "family", "work", "public", "speech", "community", "private"]
Gate = Literal["travel", "work", "credit", "school"]

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


def days(low: int, high: int, description: str, default: Any = ...) -> Any:
    """A field counted in days."""
    return Field(default, ge=low, le=high, description=description, json_schema_extra={"unit": "days"})


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


class Source(Closed):
    """A page or book that was opened, for numbers of this file."""

    id: SourceId = Field(description="name that `source =` refers to")
    title: Annotated[str, StringConstraints(min_length=1, max_length=300)] = Field(description="title, author or publisher, year")
    address: Annotated[str, StringConstraints(max_length=600)] = Field(default="", description="where it was found")
    opened: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(
        description="day it was opened", json_schema_extra={"form": 'a day in quotes, such as "2026-11-24"'}
    )
    note: Words = Field(default="", description="what it says")


class Purpose(Closed):
    """What the policy says about itself; what is left blank, the report says is missing."""

    purpose: Words = Field(default="", description="what it is for, in its operator's words")
    legal_basis: Words = Field(default="", description="the law it rests on")
    stated_aim: Words = Field(default="", description="what it promises to achieve")
    aim_outcome: Name | None = Field(default=None, description="the outcome that measures the stated aim, see docs/outcomes.md")
    period: Words = Field(default="", description="when it was or would be in force")
    operator: Words = Field(default="", description="who runs it")


class Start(Closed):
    """How the policy begins."""

    steady_stock: bool = Field(default=False, description="true: its lists begin as if they had existed for years")
    announced: bool = Field(default=True, description="true: people are told on the first day")


class Watch(Evidence):
    """A sensor that feeds this policy's record, and where it differs from ordinary law's."""

    sensor: Name = Field(description="a sensor of ordinary_law.toml")
    coverage: dict[Context, Share] | None = Field(
        default=None, description="share of deeds it looks at, by context; left out: as under ordinary law"
    )
    missed: tuple[Share, Share] | None = Field(default=None, description="share it misses [majority, minority]")
    mixed_up: tuple[Share, Share] | None = Field(default=None, description="share it takes for somebody else [majority, minority]")
    false_alarms_per_year: tuple[Rate, Rate] | None = Field(default=None, description="false alarms [majority, minority]")


class Band(Evidence):
    """A range of scores with consequences; bands are listed from the highest down."""

    name: Label = Field(description="name of the band")
    floor: int = Field(alias="from", ge=-32_000, le=32_000, description="lowest score of the band", json_schema_extra={"unit": "points"})
    sanction: bool = Field(default=False, description="true: being in it closes a door or takes something away")
    perk_cents_per_year: int = Field(
        default=0, ge=0, le=100_000_000, description="what being in it is worth", json_schema_extra={"unit": "cents per year"}
    )
    refuse: dict[Gate, Share] = Field(default={}, description="share of requests refused because of this band, by gate")


class Score(Evidence):
    """Points: where everybody begins, between which bounds, and how entries end."""

    base: int = Field(ge=-32_000, le=32_000, description="score everybody begins with", json_schema_extra={"unit": "points"})
    low: int = Field(ge=-32_000, le=32_000, description="lowest score", json_schema_extra={"unit": "points"})
    high: int = Field(ge=-32_000, le=32_000, description="highest score", json_schema_extra={"unit": "points"})
    expiry_days: int | None = days(1, LONGEST, "days an entry counts; left out: for ever", None)
    decay: Share = Field(default=0.0, description="share of an entry's points that decays every decay_days")
    decay_days: int = days(1, LONGEST, "days from one decay to the next", 30)
    slots: int = Field(default=4, ge=1, le=8, description="entries a file keeps apart; the oldest is folded into a sum when they are full")
    band: tuple[Band, ...] = Field(default=(), max_length=16, description="bands, from the highest down")


Points = Annotated[int, Field(ge=-MOST_POINTS, le=MOST_POINTS, json_schema_extra={"unit": "points"})]


class Rule(Evidence):
    """What one kind of deed leads to, when a sensor reports it."""

    deed: Name = Field(description="a deed of deeds.toml")
    sensors: tuple[Name, ...] = Field(min_length=1, max_length=8, description="sensors whose word counts")
    points: Points | tuple[Points, Points] | None = Field(
        default=None, description="points gained (or lost, if negative); two numbers leave [mildest, harshest] to an official's discretion"
    )
    repeat: float | None = Field(default=None, gt=0, le=16, description="factor on the points of a repeat within repeat_days")
    repeat_days: int | None = days(1, LONGEST, "how long an earlier entry makes a deed a repeat", None)
    override_band: Label | None = Field(default=None, description="band set by this deed whatever the points")
    override_days: int | None = days(1, LONGEST, "how long the override lasts; left out: for ever", None)
    cap: int | None = Field(
        default=None,
        ge=1,
        le=32_000,
        description="most points, without sign, that this rule can have in force",
        json_schema_extra={"unit": "points"},
    )
    list: Name | None = Field(default=None, description="list this deed puts a person on")
    delay_days: int = days(0, 3650, "days from the report to the entry on the list", 0)
    term_days: int | None = days(1, LONGEST, "days on the list; left out: until there is a ground of exit", None)
    serious_share: Share = Field(default=0.0, description="share of listings whose term is extended as serious")
    serious_days: int = days(0, LONGEST, "days by which a serious listing is extended", 0)


class Listing(Evidence):
    """A list: who can see it, which doors it closes, and how one gets off."""

    name: Name = Field(description="name of the list")
    public: bool = Field(default=False, description="true: everybody can see who is on it")
    show_days: int = days(0, LONGEST, "days a screen or ring-back message shows a person after entry; 0: none", 0)
    leave_working_days: int = Field(
        default=0, ge=0, le=1000, description="from a ground of exit to the deletion", json_schema_extra={"unit": "working days"}
    )
    performance: bool = Field(default=False, description="true: performing the judgment is a ground of exit")
    pressure: float = Field(
        default=0.0,
        ge=0,
        le=8,
        description="how much the list is claimed to raise the daily chance of performing a judgment; 1 doubles it, 0 is no effect",
    )
    refuse: dict[Gate, Share] = Field(default={}, description="share of requests refused because of this list, by gate")


class Mending(Evidence):
    """Notice and appeal."""

    notice: bool = Field(description="true: entries are made known to their subject; nobody appeals against what she does not know")
    appeal_rate: Share = Field(default=0.0, description="share of known entries that are appealed against")
    appeal_days: int = days(0, 3650, "days from an appeal to its decision, at least", 0)
    appeal_capacity_per_100000: float = Field(
        default=0.0, ge=0, le=100_000, description="appeals decided", json_schema_extra={"unit": "per 100,000 people and working day"}
    )
    sensitivity: Share = Field(default=0.0, description="share of undeserved entries that an appeal finds to be so")
    specificity: Share = Field(default=1.0, description="share of deserved entries that an appeal upholds")


class PolicyFile(Closed):
    """A scoring policy: what is watched, what costs or earns points, what a low score or a list closes, how one gets off."""

    schema_version: Literal[1] = Field(description="version of this file format")
    name: Name = Field(description="short name, used for folders and tables")
    title: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(description="what a reader calls it")
    fidelity: Literal["documented", "estimated", "scenario", "image"] = Field(
        description="documented or estimated: a system that exists or existed; scenario: a proposal; image: the popular picture"
    )
    summary: Words = Field(default="", description="what it does, in two or three sentences")
    context: Purpose = Field(default=Purpose(), description="what the policy says about itself")
    start: Start = Field(default=Start(), description="how it begins")
    watch: tuple[Watch, ...] = Field(default=(), max_length=8, description="sensors that feed the record")
    score: Score | None = Field(default=None, description="points and bands; left out: there is no score")
    rule: tuple[Rule, ...] = Field(default=(), max_length=254, description="what each kind of deed leads to")
    list: tuple[Listing, ...] = Field(default=(), max_length=8, description="lists of persons")
    mending: Mending | None = Field(default=None, description="notice and appeal; left out: there is neither")
    source: tuple[Source, ...] = Field(default=(), max_length=100, description="sources of this file beside the package's own")
