"""A recipe of a society: aggregate shares only, from which invented people are made. Nothing here can hold a person."""

from importlib.resources import files as package_files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Share = Annotated[float, Field(ge=0, le=1)]
Words = Annotated[str, StringConstraints(max_length=2000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]


class Evidence(BaseModel):
    """Where the numbers of a table come from."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str | None = Field(default=None, description="id in sources.toml, of a source that was opened")
    grade: Literal["documented", "estimated", "scenario"] = Field(description="documented, estimated or scenario")
    role: Literal["input", "fitted", "held out"] = Field(default="input", description="input, fitted or held out")
    reason: Words = Field(default="", description="why these numbers")
    range: tuple[float, float] | None = Field(default=None, description="lowest and highest plausible value of the first number")


class Household(Evidence):
    """A kind of household."""

    adults: int = Field(ge=1, le=4, description="adults")
    children: int = Field(ge=0, le=5, description="children under 18")
    share: Share = Field(description="share of all households")
    oldest: tuple[int, int] = Field(description="youngest and oldest age of its first adult")


class District(Evidence):
    """A district: how many live there, who, how rich, how watched."""

    name: Words = Field(description="what it is called")
    share: Share = Field(description="share of households")
    minority: Annotated[float, Field(ge=0, le=20)] = Field(description="weight of the minority, 1 is its share in the town")
    wealth: Annotated[float, Field(gt=0, le=5)] = Field(description="wages relative to the town")
    cameras: Annotated[float, Field(ge=0, le=8)] = Field(description="camera coverage relative to the town")


class Groups(Evidence):
    """The two groups."""

    minority_share: Annotated[float, Field(gt=0, lt=1)] = Field(description="share of households of the minority")
    mixed: Share = Field(description="share of couples of both groups")
    wage_ratio: Annotated[float, Field(gt=0, le=2)] = Field(description="wages of the minority relative to the majority")


class Work(Evidence):
    """Work and income."""

    employed: Share = Field(description="share of adults under 65 with a wage")
    wage_spread: Annotated[float, Field(gt=0, le=2)] = Field(description="standard deviation of log wages")
    pension: Share = Field(description="pension relative to the wage one would have")
    officials: Share = Field(description="officials among adults with a wage")
    firm_sizes: tuple[int, ...] = Field(min_length=1, max_length=32, description="firm sizes, each as frequent as the others among firms")


class Traits(Evidence):
    """What differs between people from the start."""

    propensity_spread: Annotated[float, Field(ge=0, le=2)] = Field(description="standard deviation of the log rate of offending")
    leaning_mean: Annotated[float, Field(ge=-1, le=1)] = Field(description="mean view of the order, -1 against, 1 for")
    leaning_spread: Annotated[float, Field(ge=0, le=2)] = Field(description="its standard deviation before clipping")
    bold: bool = Field(default=True, description="boldness differs (exponential, mean 1); false: all alike")


class Ties(Evidence):
    """Ties by layer; each reach links people to so many on either side in an ordering of that layer."""

    kin: int = Field(ge=0, le=4, description="reach among households that are kin")
    work: int = Field(ge=0, le=6, description="reach within the firm")
    neighbourhood: int = Field(ge=0, le=6, description="reach along the street, in households")
    friends: int = Field(ge=0, le=6, description="reach among people alike in district, group and age")
    far: Share = Field(description="share of friends found anywhere in the town")
    same_group: Share = Field(description="share of those far friends sought in one's own group")


class Recipe(BaseModel):
    """A whole society."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    schema_version: Literal[1] = Field(description="version of this file format")
    name: Name = Field(description="short name")
    title: Words = Field(description="what a reader calls it")
    groups: Groups
    work: Work
    traits: Traits
    ties: Ties
    household: tuple[Household, ...] = Field(min_length=1, max_length=40)
    district: tuple[District, ...] = Field(min_length=1, max_length=64)


def load(path_or_name: str | Path = "town") -> Recipe:
    """A recipe from a file, or by the name of one in the package. Raises files.FileProblems."""
    from glasstown import files

    document = files.open_document(find(path_or_name), "society")
    for table in ("household", "district"):
        given = [row.get("share") for _, row in document.tables(table)]
        shares = [share for share in given if isinstance(share, int | float)]
        if shares and len(shares) == len(given) and abs(sum(shares) - 1) > 0.001:
            message = f"the shares of all {table}s must add up to 1; they add up to {sum(shares):.3f}"
            document.problem((table, 0, "share"), message, "change them")
    for path, row in document.tables("household"):
        ages = row.get("oldest")
        if isinstance(ages, list) and len(ages) == 2 and all(isinstance(age, int) for age in ages) and not 18 <= ages[0] <= ages[1] <= 99:
            document.problem((*path, "oldest"), "must be two ages between 18 and 99, the lower one first", "for instance [25, 45]")
    recipe = document.validate(Recipe)
    document.finish()
    assert recipe is not None
    return recipe


def find(path_or_name: str | Path) -> Path:
    """The file of a recipe: a path, or the name of a recipe of the package."""
    own = Path(str(package_files("glasstown") / "populations" / f"{path_or_name}.toml"))
    return own if own.exists() and not Path(path_or_name).exists() else Path(path_or_name)
