"""The register of sources: a page or book that was opened, under the id by which numbers refer to it."""

from functools import cache
from importlib.resources import files as package_files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel


class Source(BaseModel):
    """One source: title, address, the day it was opened, and what it says."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    address: str = ""
    opened: str
    note: str = ""


class Register(RootModel[dict[str, Source]]):
    """All sources by id."""


@cache
def load() -> dict[str, Source]:
    """The package's register, id -> source."""
    from glasstown import files

    return files.read(Path(str(package_files("glasstown") / "populations" / "sources.toml")), Register, "sources").root
