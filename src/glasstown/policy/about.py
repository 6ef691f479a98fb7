"""What a policy file says about the system itself: purpose, place, background, sources, and what was measured of it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from glasstown.catalogue import Role
from glasstown.policy.terms import Closed, Graded, Name, SourceId, Words

Year = Annotated[int, Field(ge=1900, le=2100, json_schema_extra={"unit": "year"})]
Quantity = Literal[  # what the model counts: glasstown.study.quantities says how
    "stock_on_list", "entries_a_year", "exits_of_stock", "performed_share", "barred_journeys", "points_entries_a_year", "displays_a_year",
    "entries_wrong", "named_wrong", "named_share", "false_positives_majority", "false_positives_minority", "false_negatives_majority",
    "false_negatives_minority", "named_minority_ratio", "named_gap", "listed_gap", "listed_minority_ratio", "classed_rightly",
    "base_rate_majority", "base_rate_minority", "stopped_by_review", "appeals_upheld", "appealed", "charges_paid", "reports_unfounded",
    "reports_counted", "displays_wrong", "sanctioned", "ever_sanctioned", "scored",
]  # fmt: skip


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
    place: Words = Field(default="", description="where: city, country; of an invented system: nowhere")
    years: tuple[Year] | tuple[Year, Year] | None = Field(
        default=None, description="first and last year it was in force; [2014] alone: it still is"
    )
    background: Words = Field(default="", description="what it is and how it came about and ended, in a paragraph")
    known: Words = Field(default="", description="what is known of it, and from where")
    unknown: Words = Field(default="", description="what nobody has found out, and what this file therefore invents")
    disputed: Words = Field(default="", description="what is disputed, and between whom")


class Measured(Graded):
    """Something that was measured of the real system. `glasstown backcast` compares what has the role held out with the model."""

    name: Name = Field(description="short name")
    role: Role = Field(  # never silently: it decides what counts as evidence
        description="input: a number of this file is set from it; fitted: one was chosen to meet it; held out: neither"
    )
    what: Words = Field(description="what was counted, of what, where and when")
    value: float = Field(description="what was found")
    unit: Words = Field(description="its unit")
    quantity: Quantity | None = Field(
        default=None, description="what the model counts that can be compared with it, see docs/systems; left out: nothing can"
    )
    apart: Words = Field(default="", description="the best reason why the model may lie apart from it")
