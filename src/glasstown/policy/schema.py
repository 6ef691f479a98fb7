"""What a policy file may say: every key with its meaning, unit and bounds. The schema is closed: an unknown key is an error.

A policy speaks of kinds of conduct, of doors and of days. Nothing in it can name, hold or point to a person or a record of one.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA_VERSION = 1
MOST_POINTS = 8_000  # of one entry, repeats included; the books of a person hold no larger one
MOST_SLOTS = 8  # entries that a file can keep apart
MOST_TIMES = 100  # that a rule can ask for before it detains
LONGEST = 32_766  # days, about ninety years

Grade = Literal["documented", "estimated", "scenario"]
Role = Literal["input", "fitted", "held out"]
Context = Literal["traffic", "finance", "courts", "utilities", "family", "work", "public", "speech", "community", "private"]
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
    """A sensor that feeds this policy's record, and where it differs from what ordinary_law.toml says."""

    sensor: Name = Field(description="a sensor of ordinary_law.toml")
    coverage: dict[Context, Share] | None = Field(
        default=None, description="share of deeds it looks at, by context; left out: as under ordinary law"
    )
    missed: tuple[Share, Share] | None = Field(default=None, description="share it misses [majority, minority]")
    mixed_up: tuple[Share, Share] | None = Field(default=None, description="share it takes for somebody else [majority, minority]")
    false_alarms_per_year: tuple[Rate, Rate] | None = Field(default=None, description="false alarms [majority, minority]")
    delay_days: int | None = days(0, 255, "days from a sighting to its arrival in the record", None)
    machine: bool | None = Field(
        default=None, description="true: software says what was seen, and nobody checks unless human_review says so"
    )
    dprime: tuple[Distance, Distance] | None = Field(
        default=None,
        description="of a classifier (of views, of posts): how far it tells what it looks for from the rest [majority, minority]",
    )
    threshold: float | None = Field(
        default=None,
        ge=-8,
        le=8,
        description="of a classifier: from where on it says so; of what it does not look for it names the share above",
        json_schema_extra={"unit": "standard deviations"},
    )
    cost_cents_per_sighting: int | None = Field(
        default=None, ge=0, le=100_000_000, description="what a sighting costs the operator", json_schema_extra={"unit": "cents"}
    )
    cost_cents_per_year: int | None = Field(
        default=None,
        ge=0,
        le=100_000_000,
        description="what the sensor costs the operator a year and adult",
        json_schema_extra={"unit": "cents"},
    )


class Band(Evidence):
    """A range of scores with consequences; bands are listed from the highest down."""

    name: Label = Field(description="name of the band")
    floor: int = Field(alias="from", ge=-32_000, le=32_000, description="lowest score of the band", json_schema_extra={"unit": "points"})
    sanction: bool = Field(default=False, description="true: being in it closes a door or takes something away")
    perk_cents_per_year: int = Field(
        default=0, ge=0, le=100_000_000, description="what being in it is worth", json_schema_extra={"unit": "cents per year"}
    )
    marked: bool = Field(default=False, description="true: others can see that somebody is in it")
    priority: int = Field(default=1, ge=0, le=3, description="class in queues; the highest is served first, who is listed has 0")
    refuse: dict[Gate, Share] = Field(default={}, description="share of requests refused because of this band, by gate")


class Score(Evidence):
    """Points: where everybody begins, between which bounds, and how entries end."""

    base: int = Field(ge=-32_000, le=32_000, description="score everybody begins with", json_schema_extra={"unit": "points"})
    low: int = Field(ge=-32_000, le=32_000, description="lowest score", json_schema_extra={"unit": "points"})
    high: int = Field(ge=-32_000, le=32_000, description="highest score", json_schema_extra={"unit": "points"})
    expiry_days: int | None = days(1, LONGEST, "days an entry counts; left out: for ever", None)
    decay: Share = Field(default=0.0, description="share of an entry's points that decays every decay_days")
    decay_days: int = days(1, LONGEST, "days from one decay to the next", 30)
    slots: int = Field(
        default=4, ge=1, le=MOST_SLOTS, description="entries a file keeps apart; the oldest is folded into a sum when they are full"
    )
    band: tuple[Band, ...] = Field(default=(), max_length=16, description="bands, from the highest down")


Points = Annotated[int, Field(ge=-MOST_POINTS, le=MOST_POINTS, json_schema_extra={"unit": "points"})]


class Rule(Evidence):
    """What one kind of deed or claim leads to, when a sensor reports it."""

    deed: Name = Field(description="a deed or claim of deeds.toml")
    sensors: tuple[Name, ...] = Field(
        default=(), max_length=16, description="sensors whose word counts; required of all but close_to_marked and by_order"
    )
    through: Literal["kin", "ties"] | None = Field(
        default=None, description="for close_to_marked: whose sanction counts, that of kin and household, or of all ties"
    )
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
    display_days: int = days(0, LONGEST, "days a screen shows a person for it; 0: none", 0)
    detain_days: int = days(0, 3650, "days of detention it leads to; 0: none", 0)
    detain_after: int = Field(
        default=1,
        ge=1,
        le=MOST_TIMES,
        description="how many times this rule must have cost points that are still in force, this time included",
        json_schema_extra={"unit": "times"},
    )
    order_day: int | None = days(1, LONGEST, "for by_order: day after the start on which people are listed", None)
    order_every_days: int | None = days(1, LONGEST, "for by_order: and again every so many days; left out: once", None)
    order_share: float | None = share("for by_order: share of those who are meant")
    order_whom: Literal["anybody", "dissenters"] = Field(
        default="anybody", description="for by_order: who is meant, anybody or those who openly dissent on that day"
    )


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


class Views(Evidence):
    """The view that is looked for; views of the order go from -1, against it, to 1, for it."""

    floor: float = Field(
        alias="from",
        ge=-1,
        lt=0,
        description="who stands at or below it holds the view that is looked for",
        json_schema_extra={"unit": "view"},
    )


class Display(Evidence):
    """How far it reaches when a screen or a message shows somebody."""

    reach: Share = Field(default=1.0, description="share of days on which those around a person come across it")
    masked: bool = Field(default=False, description="true: name and picture are partly hidden, so that she may not be recognised")


class Reports(Evidence):
    """People who tell on one another; left out, who told is known and there is no reward."""

    anonymous: bool = Field(default=False, description="true: nobody learns who told")
    reward_cents: int = Field(
        default=0, ge=0, le=100_000_000, description="what a report that counts earns who made it", json_schema_extra={"unit": "cents"}
    )


class Rollout(Evidence):
    """How the policy grows, stage by stage; what is not named here holds from the first day."""

    by: Literal["schedule", "politics"] = Field(
        description="schedule: a stage further each time; politics: only while enough approve, and back after a scandal"
    )
    every_days: int = days(30, 3650, "days from one decision about the stage to the next")
    pilot_districts: int | None = Field(
        default=None,
        ge=1,
        le=63,
        description="it begins in so many districts, the first of the town; left out: in all",
        json_schema_extra={"unit": "districts"},
    )
    everywhere_stage: int = Field(
        default=1, ge=1, le=15, description="stage from which it holds in all districts", json_schema_extra={"unit": "stage"}
    )
    contexts: dict[Context, Stage] = Field(
        default={}, description="stage from which the rules about a context apply", json_schema_extra={"unit": "stage"}
    )
    gates: dict[Gate, Stage] = Field(
        default={}, description="stage from which the policy closes a gate", json_schema_extra={"unit": "stage"}
    )
    approval_bar: float | None = share("by politics: share of adults who must say that they approve before it grows")
    scandal_bar: float | None = share("by politics: scandal at which it is taken back by a stage; left out: none does that")


class Protest(Evidence):
    """What the policy does with people who march."""

    arrest_days: int = days(0, 3650, "days of detention for who is arrested in a march; 0: she is let go")


class Safeguards(Evidence):
    """What protects those who are scored, beside [mending] and score.expiry_days; what is left out, the policy lacks."""

    reasons: bool = Field(default=False, description="true: reasons are given with an entry, so that an appeal can speak to them")
    human_review: float | None = share("share of machines' claims that a person looks at before they count")
    review_sensitivity: float | None = share("share of undeserved claims that she stops")
    review_specificity: float | None = share("share of deserved claims that she lets pass")
    evidence_claims: int | None = Field(
        default=None, ge=2, le=100, description="claims of one kind that are needed before one counts", json_schema_extra={"unit": "claims"}
    )
    evidence_days: int = days(1, LONGEST, "days within which they must come", 365)
    separate_contexts: bool = Field(default=False, description="true: no consequence outside the context of the data")
    no_spillover: bool = Field(default=False, description="true: rules about people close to somebody marked do not apply")
    coverage_limit: float | None = share("most that any sensor which the policy adds may look at, in any context")
    consent: float | None = share("share of adults who agree to be scored; the others are left alone")
    data_minimum: bool = Field(
        default=False, description="true: rules about what harms nobody do not apply, and sensors that no other rule needs are off"
    )
    sunset_days: int | None = days(1, LONGEST, "days after which the policy ends; left out: never", None)
    correct_everywhere: bool = Field(
        default=False, description="true: a won appeal clears all entries and lists that took the claim over; false: the first one"
    )
    corroborated_reports: bool = Field(
        default=False,
        description="true: who reports is named, and one report alone does not count; a second must come within evidence_days",
    )
    report_inquiry: float | None = share("share of reports that are looked into before they count")
    inquiry_sensitivity: float | None = share("share of undeserved reports that the inquiry stops")
    inquiry_specificity: float | None = share("share of deserved reports that it lets pass")
    false_report_penalty_cents: int | None = Field(
        default=None,
        ge=1,
        le=100_000_000,
        description="what a report found false costs who made it; who reports is then named",
        json_schema_extra={"unit": "cents"},
    )
    audit: float | None = share("share of what officials do that is looked into, and of what they did wrongly that each month finds")
    whistle_blowers: bool = Field(default=False, description="true: who tells on an official is protected")
    independent_appeal: bool = Field(default=False, description="true: appeals are decided by somebody who does not belong to the operator")
    no_display: bool = Field(
        default=False, description="true: no screen or message shows anybody, lists are not public and bands are not marked"
    )
    detention_limit_days: int | None = days(1, 3650, "no detention lasts longer; left out: as long as the rules say", None)


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
    watch: tuple[Watch, ...] = Field(default=(), max_length=16, description="sensors that feed the record")
    score: Score | None = Field(default=None, description="points and bands; left out: there is no score")
    rule: tuple[Rule, ...] = Field(default=(), max_length=254, description="what each kind of deed leads to")
    list: tuple[Listing, ...] = Field(default=(), max_length=8, description="lists of persons")
    mending: Mending | None = Field(default=None, description="notice and appeal; left out: there is neither")
    views: Views | None = Field(default=None, description="the view that rules about holds_view look for")
    display: Display | None = Field(default=None, description="how far screens and messages reach; left out: everybody sees them")
    reports: Reports | None = Field(default=None, description="reports by other people; left out: who told is known, and nothing is paid")
    rollout: Rollout | None = Field(default=None, description="how the policy grows; left out: all of it holds everywhere at once")
    protest: Protest | None = Field(default=None, description="what is done with who marches; left out: who is arrested is let go")
    safeguards: Safeguards | None = Field(default=None, description="what protects those who are scored; left out: nothing more")
    source: tuple[Source, ...] = Field(default=(), max_length=100, description="sources of this file beside the package's own")
