"""What a policy file may say: every key with its meaning, unit and bounds. The schema is closed: an unknown key is an error.

A policy speaks of kinds of conduct, of doors and of days. Nothing in it can name, hold or point to a person or a record of one.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from glasstown.catalogue import Context
from glasstown.policy.about import Measured, Purpose, Source
from glasstown.policy.declared import Declared
from glasstown.policy.terms import (
    LONGEST,
    MOST_POINTS,
    MOST_SLOTS,
    MOST_TIMES,
    Closed,
    Distance,
    Evidence,
    Gate,
    Label,
    Name,
    Rate,
    Share,
    Shift,
    Stage,
    Words,
    days,
    share,
)


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
    clean_days: int | None = days(1, LONGEST, "days without losing points that earn some back; left out: nothing is earned back", None)
    clean_points: int = Field(
        default=0,
        ge=0,
        le=MOST_POINTS,
        description="points earned back after clean_days, as far as the highest score lets them",
        json_schema_extra={"unit": "points"},
    )
    pooled: bool = Field(default=False, description="true: what one adult of a household loses or earns counts for all of its adults")
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
    charge_cents: int = Field(
        default=0, ge=0, le=100_000_000, description="what it costs her at once; given back if an appeal finds the error",
        json_schema_extra={"unit": "cents"},
    )  # fmt: skip
    paid_share: Share = Field(default=1.0, description="share of those charged who pay")
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
    answer_share: Share = Field(
        default=0.0, description="share of machines' claims that people answer before they count; what is not answered stands"
    )
    answer_clears: Share = Field(default=0.0, description="share of undeserved claims that an answer disproves")


class Risk(Evidence):
    """A model that says who is at risk of something; a rule about high_risk says what follows for those whom it names."""

    foretells: tuple[Name, ...] = Field(
        default=(), max_length=32, description="deeds that it is meant to foretell; it is right about who did one since the last round"
    )
    every_days: int = days(7, LONGEST, "days from one round of scores to the next; the first comes so many days after the start")
    distance: tuple[Distance, Distance] = Field(
        description="how far who did it scores above who did not [majority, minority]", json_schema_extra={"unit": "standard deviations"}
    )
    shift: tuple[Shift, Shift] = Field(
        default=(0.0, 0.0),
        description="how far a group scores higher whatever its members did [majority, minority]",
        json_schema_extra={"unit": "standard deviations"},
    )
    hardship_shift: Shift = Field(
        default=0.0,
        description="how far who is in hardship scores higher whatever she did",
        json_schema_extra={"unit": "standard deviations"},
    )
    named_share: float | None = share("the highest share of scores is named; give this or named_from")
    named_from: Shift | None = Field(
        default=None,
        description="whoever scores at least this is named; 0 is the mean of those who did not do it",
        json_schema_extra={"unit": "standard deviations"},
    )


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
    risk: Risk | None = Field(default=None, description="the model that rules about high_risk rest on")
    views: Views | None = Field(default=None, description="the view that rules about holds_view look for")
    display: Display | None = Field(default=None, description="how far screens and messages reach; left out: everybody sees them")
    reports: Reports | None = Field(default=None, description="reports by other people; left out: who told is known, and nothing is paid")
    rollout: Rollout | None = Field(default=None, description="how the policy grows; left out: all of it holds everywhere at once")
    protest: Protest | None = Field(default=None, description="what is done with who marches; left out: who is arrested is let go")
    safeguards: Safeguards | None = Field(default=None, description="what protects those who are scored; left out: nothing more")
    law: Declared | None = Field(default=None, description="facts about its place in the law; what is left out cannot be told")
    measured: tuple[Measured, ...] = Field(default=(), max_length=40, description="what was measured of the real system")
    source: tuple[Source, ...] = Field(default=(), max_length=100, description="sources of this file beside the package's own")
