"""Deeds, ordinary law and uncertainties: read from their files, checked, and turned into the tables the kernel reads.

Chances become 32-bit thresholds and factors 1 / ONE, computed with ``decimal``: every machine gets the same integers.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cache
from importlib.resources import files as package_files
from math import floor
from pathlib import Path
from statistics import NormalDist
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from glasstown import draws, files, tables
from glasstown.world import ONE

Model = TypeVar("Model", bound=BaseModel)
Grade = Literal["documented", "estimated", "scenario"]
Role = Literal["input", "fitted", "held out"]
Context = Literal[
    "traffic", "finance", "courts", "utilities", "family", "work", "public", "speech", "community", "private", "benefits", "housing",
]  # fmt: skip
Needs = Literal["nothing", "judgment", "work", "children", "dissent"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Words = Annotated[str, StringConstraints(max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1)]
Rate = Annotated[float, Field(ge=0, le=365)]
Factor = Annotated[float, Field(ge=0, le=16)]
Cents = Annotated[int, Field(ge=0, le=100_000_000)]
Delay = Annotated[int, Field(ge=0, le=255)]
Distance = Annotated[float, Field(ge=0, le=8)]
Cut = Annotated[float, Field(ge=-8, le=8)]
RATES = ("pay", "close", "dealings", "malice", "extortion")  # uncertainties that are rates a year; lose_job is a chance a year
CHANCES = (  # chances, a week, a month or each time; all others are factors, or the numbers of rules
    "shun", "rewarm", "keep", "image_error", "fabricates", "tells", "tells_protected", "immunity", "erased", "arrests", "turnout", "leaves",
)  # fmt: skip
CHOICES = ("speech_rule", "protest_rule")  # numbers of rules between which nobody can decide
SHARED_ERRORS = (  # applied when tables are built, of both towns or of the policy
    "error_factor", "deed_factor", "group_error_ratio", "reach", "machine_error", "compliance",
)  # fmt: skip
EXACT = 9  # decimals to which a normal curve is rounded: every machine's curve agrees in these
MOST = 2**32 - 1


class Evidence(BaseModel):
    """Where a number comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str | None = Field(default=None, description="id in sources.toml, of a source that was opened")
    grade: Grade = Field(description="documented, estimated or scenario")
    role: Role = Field(default="input", description="input, fitted or held out")
    reason: Words = Field(default="", description="why this number")
    range: tuple[float, float] | None = Field(default=None, description="lowest and highest plausible value of the first number")


class Deed(Evidence):
    """A kind of deed."""

    name: Name = Field(description="unique name")
    title: Words = Field(description="what she does, in plain words")
    context: Context = Field(description="where it happens")
    kind: Literal["harmful", "disapproved", "good", "private"] = Field(description="whether it hurts anybody")
    rate_per_year: Rate = Field(description="times a year, per adult who meets `needs`")
    needs: Needs = Field(default="nothing", description="who can do it; dissent: who speaks openly against the order that day")
    trait: bool = Field(default=False, description="true: scales with her propensity")
    hardship: Factor = Field(default=1.0, description="factor on the rate in hardship")
    deterrence: Annotated[float, Field(ge=0, le=4)] = Field(default=0.0, description="fall of the rate per unit of perceived risk")
    harm: Annotated[int, Field(ge=0, le=1000)] = Field(default=0, description="harm points; 1 is a nuisance")
    fine_cents: Cents = Field(default=0, description="fine when ordinary law catches it")
    job_loss: Share = Field(default=0.0, description="chance that the catch costs her the job")
    opens_judgment: bool = Field(default=False, description="true: a sighting is a court judgment")
    is_finding: bool = Field(default=False, description="true: a sighting is a court's finding under a judgment")


class Claim(BaseModel):
    """What can be written down of somebody without any deed of hers; it holds no numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Literal["holds_view", "close_to_marked", "by_order", "high_risk"] = Field(description="which claim")
    title: Words = Field(description="what is said of her, in plain words")
    context: Context = Field(description="where it belongs")


class Deeds(BaseModel):
    """The catalogue of deeds and claims; a deed's place is its number, claims are numbered after the deeds."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    deed: tuple[Deed, ...] = Field(min_length=1, max_length=draws.DEEDS_MAX)
    claim: tuple[Claim, ...] = Field(default=(), max_length=len(tables.CLAIMS))

    def number(self, name: str) -> int:
        """The number of the deed or claim of this name."""
        if name in tables.CLAIMS:
            return tables.HOLDS_VIEW + tables.CLAIMS.index(name)
        return [deed.name for deed in self.deed].index(name)

    def kinds(self) -> tuple[Deed | Claim, ...]:
        """All that a rule can be about: deeds, then claims."""
        return (*self.deed, *self.claim)


class Sensor(Evidence):
    """Something or somebody that sees deeds, or infers views."""

    name: Name
    title: Words
    coverage: dict[Context, Share] = Field(description="share of deeds it looks at, by context; of a sensor that infers: of people")
    scale: Literal["nothing", "cameras", "neighbours", "ties"] = Field(
        default="nothing", description="coverage grows with the district's cameras, with her neighbours or with her ties; mean 1"
    )
    missed: tuple[Share, Share] = Field(description="share it misses [majority, minority]")
    mixed_up: tuple[Share, Share] = Field(description="share it takes for somebody else [majority, minority]")
    false_alarms_per_year: tuple[Rate, Rate] = Field(description="false alarms per covered person-year [majority, minority]")
    ordinary: bool = Field(default=False, description="true: serves police and courts in both towns")
    delay_days: Delay = Field(default=0, description="days from a sighting to its arrival in a policy's record")
    machine: bool = Field(default=False, description="true: software says what was seen")
    reports: bool = Field(default=False, description="true: it is people who tell on one another")
    infers: bool = Field(default=False, description="true: once a month it guesses people's views from what they leave behind")
    dprime: tuple[Distance, Distance] = Field(
        default=(0.0, 0.0), description="how far apart it sees those who hold a view and those who do not, in standard deviations"
    )
    threshold: Cut = Field(default=0.0, description="from where on it says so, in standard deviations above those who do not")
    items_per_year: Annotated[float, Field(ge=0, le=100_000)] = Field(
        default=0.0,
        description="harmless items, such as posts, that it classifies per adult; misses and false alarms follow from its curve",
    )
    cost_cents_per_sighting: Cents = Field(default=0, description="what a sighting costs the operator")
    cost_cents_per_year: Cents = Field(default=0, description="what it costs the operator a year and adult, whatever it sees")


class Gate(Evidence):
    """A door at which people ask."""

    name: Literal["travel", "work", "credit", "school", "housing", "services", "business"]
    context: Context = Field(description="what this door belongs to")
    requests_per_year: Rate
    needs: Needs = "nothing"
    refused: Share = Field(description="refused on ordinary grounds")
    refused_poor: Share = Field(description="the same in hardship")
    refusal_cost_cents: Cents = Field(default=0, description="what a refusal costs her")
    discretion: Share = Field(default=0.0, description="turned away unasked, by who stands behind the door and sees her marked")
    places_per_100000_and_day: Annotated[float, Field(ge=0, le=100_000)] = Field(
        default=0.0, description="places given out a day per 100,000 people, the rest wait; 0: nobody waits"
    )


class Law(BaseModel):
    """Ordinary law and ordinary doors, alike in both towns."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sensor: tuple[Sensor, ...] = Field(min_length=1, max_length=draws.SENSORS_MAX)
    gate: tuple[Gate, ...] = Field(min_length=len(tables.GATES), max_length=len(tables.GATES))


class Parameter(Evidence):
    """One uncertainty: its central value and the range from which each pair of worlds draws."""

    value: float
    low: float
    high: float
    unit: Words
    meaning: Words


class Uncertainties(BaseModel):
    """What nobody knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    parameter: dict[str, Parameter]


def shipped(name: str) -> Path:
    """The path of a data file of the package."""
    return Path(str(package_files("glasstown") / "populations" / name))


def finished(document: files.Document, model: type[Model]) -> Model:
    """The document as ``model``; raises files.FileProblems with all that is wrong."""
    made = document.validate(model)
    document.finish()
    assert made is not None
    return made


def load_deeds(path: str | Path | None = None) -> Deeds:
    """The catalogue of deeds. Raises files.FileProblems."""
    document = files.open_document(path or shipped("deeds.toml"), "catalogue of deeds")
    names: list[Any] = []
    for number, row in enumerate(document.data.get("deed", [])):
        if isinstance(row, dict) and row.get("name") in names:
            document.problem(("deed", number, "name"), f'there are two deeds called "{row["name"]}"', "give each deed its own name")
        if isinstance(row, dict):
            names.append(row.get("name"))
    claims = [row.get("name") for row in document.data.get("claim", []) if isinstance(row, dict)]
    for number, name in enumerate(claims):
        if name in claims[:number] or name in names:
            document.problem(
                ("claim", number, "name"), f'there are two kinds called "{name}"', "give each claim once, and no deed its name"
            )
    return finished(document, Deeds)


def load_law(path: str | Path | None = None) -> Law:
    """Sensors and gates of ordinary law. Raises files.FileProblems."""
    document = files.open_document(path or shipped("ordinary_law.toml"), "file of ordinary law")
    gates = [row.get("name") for row in document.data.get("gate", []) if isinstance(row, dict)]
    if len(gates) == len(tables.GATES) and gates != list(tables.GATES):
        document.problem(("gate",), "the gates must come in the order " + ", ".join(tables.GATES), "reorder the [[gate]] tables")
    return finished(document, Law)


def load_uncertainties(path: str | Path | None = None) -> Uncertainties:
    """The uncertainties, one for every field of tables.PARAMETER. Raises files.FileProblems."""
    document = files.open_document(path or shipped("uncertainties.toml"), "file of uncertainties")
    known = [field[0] for field in tables.PARAMETER] + list(SHARED_ERRORS)
    given = document.data.get("parameter", {})
    for name, row in given.items():
        if name not in known:
            document.problem(("parameter", name), f'there is no parameter "{name}"', files.suggestion(name, known))
        elif isinstance(row, dict) and not row.get("low", 0) <= row.get("value", 0) <= row.get("high", 0):
            document.problem(("parameter", name, "value"), "the value must lie between low and high", "widen the range or move the value")
    for name in known:
        if name not in given:
            document.problem(("parameter",), f'the parameter "{name}" is missing', f"add [parameter.{name}]")
    return finished(document, Uncertainties)


def central(uncertainties: Uncertainties) -> dict[str, float]:
    """Every uncertainty at its central value."""
    return {name: row.value for name, row in uncertainties.parameter.items()}


def draws_of(uncertainties: Uncertainties, key: tuple[int, int], number: int, total: int) -> dict[str, float]:
    """Draw ``number`` of ``total`` of all uncertainties: a Latin hypercube, each range cut into ``total`` equal slices.

    Half the slices lie below the central value and half above it, so that the median of the draws is the central value.
    """
    values = {}
    for place, (name, row) in enumerate(uncertainties.parameter.items()):
        words = [draws.draw(*key, other, 0, draws.STUDY, place) for other in range(total)]
        rank = sorted(range(total), key=lambda other: (words[other], other)).index(number)
        share = (2 * rank + 1) / (2 * total)
        if share < 0.5:
            values[name] = row.low + (row.value - row.low) * 2 * share
        else:
            values[name] = row.value + (row.high - row.value) * (2 * share - 1)
    return values


def threshold(share: float | Decimal) -> int:
    """A chance in 0..1 as a threshold in 0..2**32."""
    return min(whole(Decimal(str(share)) * 2**32), 2**32)


def daily(rate: float | Decimal) -> int:
    """A rate a year as the threshold of its chance on one day: 1 - exp(-rate / 365)."""
    with localcontext() as context:
        context.prec = 40
        return whole((1 - (-Decimal(str(rate)) / 365).exp()) * 2**32)


def fixed(factor: float | Decimal) -> int:
    """A factor in 1 / ONE."""
    return whole(Decimal(str(factor)) * ONE)


def whole(value: Decimal) -> int:
    """Rounded half to even."""
    return int(value.to_integral_value(ROUND_HALF_EVEN))


def build_tables(deeds: Deeds, law: Law, values: Mapping[str, float], people: int | None = None) -> tables.Tables:
    """What both arms share: deeds, sensors, gates and parameters as record arrays, and a curve, in a town of ``people`` (else 100,000)."""
    sensors, gates = sensor_table(law.sensor, values), gate_table(law, people or 100_000)
    return tables.Tables(deed_table(deeds, values), sensors, gates, parameter_table(values), curve_table(), quantile_table())


def deed_table(deeds: Deeds, values: Mapping[str, float]) -> Any:
    """Deeds and claims as tables.KINDS_MAX rows of tables.DEED."""
    import numpy as np

    rows = np.zeros(tables.KINDS_MAX, tables.row_type(tables.DEED))
    for row, deed in zip(rows, deeds.deed, strict=False):
        rate = daily(deed.rate_per_year * values.get("deed_factor", 1.0))
        row["context"], row["kind"] = tables.CONTEXTS.index(deed.context), tables.KINDS.index(deed.kind)
        row["rate"], row["cap"] = rate, min(16 * rate, MOST)
        row["needs"], row["trait"], row["hardship"] = tables.NEEDS.index(deed.needs), deed.trait, fixed(deed.hardship)
        row["deterrence"], row["harm"], row["fine"] = fixed(deed.deterrence), deed.harm, deed.fine_cents
        row["job_loss"] = threshold(deed.job_loss)
        row["opens_judgment"], row["is_finding"] = deed.opens_judgment, deed.is_finding
    for claim in deeds.claim:
        row = rows[deeds.number(claim.name)]
        row["context"] = tables.CONTEXTS.index(claim.context)
        row["kind"] = tables.PRIVATE if claim.name == "holds_view" else tables.DISAPPROVED
    return rows


def errors(pair: Sequence[float], values: Mapping[str, float]) -> list[float]:
    """An error [majority, minority], scaled by what nobody knows about errors."""
    factor = values.get("error_factor", 1.0)
    return [pair[0] * factor, pair[1] * factor * values.get("group_error_ratio", 1.0)]


def above(cut: float) -> float:
    """Share of a standard normal curve above ``cut``."""
    return round(1 - NormalDist().cdf(cut), EXACT)


def sensor_table(sensors: Sequence[Sensor], values: Mapping[str, float]) -> Any:
    """Sensors as sixteen rows of tables.SENSOR.

    What a classifier claims follows the binormal curve (Green and Swets 1966): of those who hold the view (of posts that are what it
    looks for) it names the share above threshold - d', of the others the share above the threshold.
    """
    import numpy as np

    rows = np.zeros(draws.SENSORS_MAX, tables.row_type(tables.SENSOR))
    for row, sensor in zip(rows, sensors, strict=False):
        machine = values.get("machine_error", 1.0)
        for context, share in sensor.coverage.items():
            row["coverage"][tables.CONTEXTS.index(context)] = threshold(share)
        row["scale"], row["ordinary"], row["machine"] = tables.SCALES.index(sensor.scale), sensor.ordinary, sensor.machine
        found = [above(sensor.threshold - distance) for distance in sensor.dprime]
        classifies = sensor.items_per_year > 0
        row["missed"] = [threshold(1 - share if classifies else missed) for share, missed in zip(found, sensor.missed)]
        row["mixed_up"] = [threshold(min(share, 1.0)) for share in errors(sensor.mixed_up, values)]
        named = sensor.items_per_year * above(sensor.threshold)
        alarms = errors((named, named) if classifies else sensor.false_alarms_per_year, values)
        row["false_alarm"] = [daily(rate * machine if sensor.machine else rate) for rate in alarms]
        row["delay"], row["infers"], row["reports"] = sensor.delay_days, sensor.infers, sensor.reports
        row["cost_sighting"], row["cost_year"] = sensor.cost_cents_per_sighting, sensor.cost_cents_per_year
        if sensor.infers:
            row["sensitivity"] = [threshold(share) for share in found]
            wrong = errors((above(sensor.threshold), above(sensor.threshold)), {**values, "error_factor": machine})
            row["false_positive"] = [threshold(min(share, 1.0)) for share in wrong]
    return rows


def gate_table(law: Law, people: int) -> Any:
    """Gates as eight rows of tables.GATE, in a town of ``people``."""
    import numpy as np

    rows = np.zeros(draws.GATES_MAX, tables.row_type(tables.GATE))
    for row, gate in zip(rows, law.gate, strict=False):
        row["rate"], row["needs"] = daily(gate.requests_per_year), tables.NEEDS.index(gate.needs)
        row["refused"], row["refused_poor"] = threshold(gate.refused), threshold(gate.refused_poor)
        row["cost"], row["context"] = gate.refusal_cost_cents, tables.CONTEXTS.index(gate.context)
        row["discretion"] = threshold(gate.discretion)
        places = fixed(Decimal(str(gate.places_per_100000_and_day)) * people / 100_000)
        row["places"] = max(places, 1) if gate.places_per_100000_and_day else 0  # a queue that is meant to be one stays one
    return rows


def parameter_table(values: Mapping[str, float]) -> Any:
    """The uncertainties as the one row of tables.PARAMETER."""
    import numpy as np

    row = np.zeros(1, tables.row_type(tables.PARAMETER))
    for name, *_ in tables.PARAMETER:
        value = values[name]
        if name in RATES:
            row[name] = daily(value)
        elif name in CHANCES:
            row[name] = threshold(value)
        elif name == "lose_job":
            row[name] = chance_a_day(value)
        elif name in CHOICES:
            row[name] = floor(value + 0.5)
        else:
            row[name] = fixed(value)
    return row


def curve_table() -> Any:
    """1 - exp(-x) in 1 / ONE, for x from 0 to 8 in steps of 1 / 128."""
    import numpy as np

    return np.array(_curve(), np.int64)


def quantile_table() -> Any:
    """The quantiles of a standard normal curve in 1 / ONE, in tables.QUANTILES steps; the ends are those of half a step."""
    import numpy as np

    return np.array(_quantiles(), np.int64)


@cache
def _quantiles() -> tuple[int, ...]:
    steps = tables.QUANTILES
    shares = [min(max(step, 0.5), steps - 0.5) / steps for step in range(steps + 1)]
    return tuple(fixed(round(NormalDist().inv_cdf(share), EXACT)) for share in shares)


@cache
def _curve() -> tuple[int, ...]:
    with localcontext() as context:
        context.prec = 40
        return tuple(whole(ONE * (1 - (Decimal(-step) / 128).exp())) for step in range(tables.CURVE))


def chance_a_day(chance: float) -> int:
    """A chance a year as the threshold of the chance on one day: 1 - (1 - p)^(1/365)."""
    with localcontext() as context:
        context.prec = 40
        return whole((1 - (1 - Decimal(str(chance))) ** (Decimal(1) / 365)) * 2**32)
