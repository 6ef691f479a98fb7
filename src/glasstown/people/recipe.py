"""A recipe of a society: aggregate shares only, from which invented people are made. Nothing here can hold a person.

What differs between the groups is a pair of numbers, majority first, so that swapping the pairs swaps the groups.
"""

from importlib.resources import files as package_files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Share = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(gt=0, le=5)]
Mean = Annotated[float, Field(ge=0, le=12)]
Spread = Annotated[float, Field(ge=0, le=2)]
View = Annotated[float, Field(ge=-1, le=1)]
Age = Annotated[int, Field(ge=18, le=99)]
Words = Annotated[str, StringConstraints(max_length=2000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]


class Evidence(BaseModel):
    """Where the numbers of a table come from."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
    source: str | None = Field(default=None, description="id in sources.toml, of a source that was opened")
    grade: Literal["documented", "estimated", "scenario"] = Field(description="documented, estimated or scenario")
    role: Literal["input", "fitted", "held out"] = Field(default="input", description="input, fitted or held out")
    reason: Words = Field(default="", description="why these numbers")
    range: tuple[float, float] | None = Field(default=None, description="lowest and highest plausible value of the first number")


class Minority(Evidence):
    """The smaller group (or not: a share above one half is allowed)."""

    share: Annotated[float, Field(gt=0, lt=1)] = Field(description="share of households of the minority")


class Segregation(Evidence):
    """How unevenly the groups live."""

    dissimilarity: Share = Field(description="index of dissimilarity between districts: share of a group who would have to move")


class Couples(Evidence):
    """Couples across groups."""

    mixed: Share = Field(description="share of couples with partners of both groups; as many as the districts allow, if fewer")


class Likeness(Evidence):
    """How alike members of a household are."""

    views: Share = Field(description="correlation of their views of the order")
    wages: Share = Field(description="correlation of their log wages")


class Employment(Evidence):
    """Who has work."""

    from_age: tuple[Age, ...] = Field(min_length=1, max_length=8, description="ages from which the shares hold, rising from 18")
    majority: tuple[Share, ...] = Field(min_length=1, max_length=8, description="share of the majority with work, by age")
    minority: tuple[Share, ...] = Field(min_length=1, max_length=8, description="share of the minority with work, by age")


class Wages(Evidence):
    """What work pays; the median is world.MEDIAN_WAGE a day."""

    spread: Spread = Field(description="standard deviation of log wages within a group and district")
    groups: tuple[Factor, Factor] = Field(description="wages of the majority and the minority, relative")


class Pensions(Evidence):
    """Income from 65 on."""

    share: Share = Field(description="pension relative to the wage one would have")


class Officials(Evidence):
    """Who has power over records."""

    share: tuple[Share, Share] = Field(description="share of officials among people with work, majority and minority")


class Firms(Evidence):
    """Firms: as many of size s or more as 1 / s (Zipf)."""

    largest: int = Field(ge=1, le=100_000, description="most people in a firm")
    near: Share = Field(description="share of workers who seek work among those of their own district")


class Family(Evidence):
    """Kin outside the household, of one's own group."""

    households: Annotated[float, Field(ge=0, le=6)] = Field(description="mean number of other households of the family")
    near: Share = Field(description="share of families who live in one district")


class Colleagues(Evidence):
    """Ties at work."""

    ties: Mean = Field(description="mean ties of a worker in a firm without limit; small firms have fewer")


class Neighbours(Evidence):
    """Ties along the street."""

    ties: Mean = Field(description="mean ties of an adult with neighbours")


class Friends(Evidence):
    """Friends: alike in age, most of one's own district and group."""

    ties: Mean = Field(description="mean ties of an adult with friends")
    own_group: Share = Field(description="share of adults who seek friends in their own group only")
    far: Share = Field(description="share of friends found anywhere in the town")


class Propensity(Evidence):
    """How rates of offending differ between people; the same for both groups."""

    spread: Spread = Field(description="standard deviation of the log rate of offending; the mean rate is kept")


class Boldness(Evidence):
    """Readiness to speak against the climate."""

    differs: bool = Field(description="true: exponential with mean 1; false: all alike")


class Views(Evidence):
    """The view of the order people start with, from -1 (against) to 1 (for)."""

    mean: tuple[View, View] = Field(description="mean view of the majority and the minority")
    spread: Spread = Field(description="standard deviation, before views are clipped to -1 and 1")


class Household(Evidence):
    """A kind of household."""

    adults: int = Field(ge=1, le=4, description="adults; the second is the first's partner, further ones are grown children")
    children: int = Field(ge=0, le=6, description="children under 18")
    share: Share = Field(description="share of all households")
    oldest: tuple[Age, Age] = Field(description="youngest and oldest age of its first adult")
    couple: bool = Field(default=True, description="false: the second adult is a grown child, not a partner")


class District(Evidence):
    """A district: how many live there, who, how rich, how watched."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60)] = Field(description="what it is called")
    share: Share = Field(description="share of households")
    minority: Annotated[float, Field(ge=-20, le=20)] = Field(description="pull on the minority; only differences between districts count")
    wealth: Factor = Field(description="wages relative to other districts")
    cameras: Annotated[float, Field(ge=0, le=8)] = Field(description="camera coverage relative to other districts")


Measure = Literal[
    "under_15", "over_65", "median_age", "mean_household", "households_of_1", "households_of_2", "households_of_3", "households_of_4",
    "households_of_5", "employed_20_to_64", "hardship", "majority_friends_alike",
]  # fmt: skip


class Fact(Evidence):
    """Something known about real societies, with which the society is compared. Nothing is made from it."""

    measure: Measure = Field(description="what of the portrait it is compared with")
    value: float = Field(description="what is known: a share, years, or members")


class Recipe(BaseModel):
    """A whole society."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
    schema_version: Literal[1] = Field(description="version of this file format")
    name: Name = Field(description="short name")
    title: Words = Field(description="what a reader calls it")
    minority: Minority
    segregation: Segregation
    couples: Couples
    likeness: Likeness
    employment: Employment
    wages: Wages
    pensions: Pensions
    officials: Officials
    firms: Firms
    family: Family
    colleagues: Colleagues
    neighbours: Neighbours
    friends: Friends
    propensity: Propensity
    boldness: Boldness
    views: Views
    household: tuple[Household, ...] = Field(min_length=1, max_length=60)
    district: tuple[District, ...] = Field(min_length=1, max_length=64)
    fact: tuple[Fact, ...] = Field(default=(), max_length=60)


def minority_shares(share: float, dissimilarity: float, sizes: list[float], pulls: list[float]) -> list[float]:
    """Minority share of each district, so that the index of dissimilarity (Duncan and Duncan 1955) is as asked.

    The shares spread around the town's in proportion to the districts' pulls; the index grows in step with the spread.
    Shares beyond 0 and 1 mean that it cannot be reached.
    """
    whole = sum(sizes)
    mean = sum(size * pull for size, pull in zip(sizes, pulls)) / whole
    spread = sum(size * abs(pull - mean) for size, pull in zip(sizes, pulls)) / whole
    step = 2 * dissimilarity * share * (1 - share) / spread if spread > 1e-9 else 0.0
    return [share + step * (pull - mean) for pull in pulls]


def most_dissimilar(share: float, sizes: list[float], pulls: list[float]) -> float:
    """The highest index of dissimilarity these districts can have."""
    unit = [found - share for found in minority_shares(share, 1.0, sizes, pulls)]
    limits = [share / -gap if gap < 0 else (1 - share) / gap for gap in unit if gap]
    return min([1.0, *limits]) if limits else 0.0


def load(path_or_name: str | Path = "town") -> Recipe:
    """A recipe from a file, or by the name of one in the package. Raises files.FileProblems with all errors."""
    from glasstown import files

    document = files.open_document(find(path_or_name), "society")
    recipe = document.validate(Recipe)
    for path, message, help_ in faults(document):
        document.problem(path, message, help_)
    document.finish()
    assert recipe is not None
    return recipe


def find(path_or_name: str | Path) -> Path:
    """The file of a recipe: a path, or the name of a recipe of the package."""
    own = Path(str(package_files("glasstown") / "populations" / f"{path_or_name}.toml"))
    return own if own.exists() and not Path(path_or_name).exists() else Path(path_or_name)


Fault = tuple[tuple[str | int, ...], str, str]


def faults(document: Any) -> list[Fault]:
    """What is wrong with numbers that are each within their bounds: (key path, message, help)."""
    found: list[Fault] = []
    for table in ("household", "district"):
        sizes = [_number(row, "share") for _, row in document.tables(table)]
        if sizes and None not in sizes and abs(sum(size or 0 for size in sizes) - 1) > 0.001:
            found.append(((table, 0, "share"), f"the shares of all {table}s add up to {sum(size or 0 for size in sizes):.4g}", "make it 1"))
    for path, row in document.tables("household"):
        ages = row.get("oldest")
        if isinstance(ages, list) and len(ages) == 2 and all(isinstance(age, int) for age in ages) and ages[0] > ages[1]:
            found.append(((*path, "oldest"), "the lower age comes first", "for instance [25, 45]"))
        if _whole(row, "adults") + _whole(row, "children") > 10:
            found.append(((*path, "children"), "a household has at most 10 members", "fewer adults or children"))
    for path, message, help_ in (*_employment_faults(document.value(("employment",))), *_evidence_faults(document.data)):
        found.append((path, message, help_))
    return found + _segregation_faults(document)


def _number(row: Any, key: str) -> float | None:
    value = row.get(key) if isinstance(row, dict) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(row: dict[str, Any], key: str) -> int:
    return int(_number(row, key) or 0)


def _employment_faults(table: Any) -> list[Fault]:
    if not isinstance(table, dict) or not isinstance(table.get("from_age"), list):
        return []
    ages = table["from_age"]
    found: list[Fault] = []
    if all(isinstance(age, int) for age in ages) and (ages[:1] != [18] or ages != sorted(set(ages))):
        found.append((("employment", "from_age"), "ages must rise and begin with 18", "for instance [18, 25, 55]"))
    for group in ("majority", "minority"):
        if isinstance(table.get(group), list) and len(table[group]) != len(ages):
            found.append((("employment", group), f"one share for each of the {len(ages)} ages is needed", "as many as in from_age"))
    return found


def _evidence_faults(data: dict[str, Any]) -> list[Fault]:
    """Documented needs a source; estimated needs a reason and a range."""
    tables: list[tuple[tuple[str | int, ...], Any]] = []
    for name, table in data.items():
        tables += [((name, number), row) for number, row in enumerate(table)] if isinstance(table, list) else [((name,), table)]
    found: list[Fault] = []
    for path, row in tables:
        grade = row.get("grade") if isinstance(row, dict) else None
        if grade == "documented" and not row.get("source"):
            found.append(((*path, "grade"), "a documented number names its source", "add source = ..., or make it estimated"))
        if grade == "estimated" and not (row.get("reason") and row.get("range")):
            found.append(((*path, "grade"), "an estimated number gives a reason and a range", 'add reason = "..." and range = [low, high]'))
    return found


def _segregation_faults(document: Any) -> list[Fault]:
    share = _number(document.value(("minority",)), "share")
    wanted = _number(document.value(("segregation",)), "dissimilarity")
    rows = [row for _, row in document.tables("district")]
    sizes, pulls = [_number(row, "share") for row in rows], [_number(row, "minority") for row in rows]
    if share is None or wanted is None or not rows or None in sizes or None in pulls or not 0 < share < 1 or sum(map(_plain, sizes)) <= 0:
        return []
    most = most_dissimilar(share, [_plain(size) for size in sizes], [_plain(pull) for pull in pulls])
    if wanted <= most + 1e-9:
        return []
    message = f"these districts can be no more dissimilar than {most:.3f}; {wanted:g} was asked"
    return [(("segregation", "dissimilarity"), message, "lower it, or change the districts' shares and pulls")]


def _plain(number: float | None) -> float:
    return number or 0.0
