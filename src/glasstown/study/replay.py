"""Live a pair of a published run again, from its manifest alone, and follow people in it: equal to the byte, or not at all."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.study.case import MODEL_VERSION, Request

if TYPE_CHECKING:
    from glasstown.engine.follow import Event
    from glasstown.engine.run import Case, World

SCHEMA_VERSION = 1
NO_TOWN = ("claims-", "compare-", "gap-")  # folders of studies that keep no town to follow
PARTS = 5  # the first fields of a request are files, kept whole in the manifest; the others are sizes


class CannotReplay(Exception):
    """A run that cannot be lived again here; the text says why and what helps."""


@dataclass(frozen=True)
class Replayed:
    """A pair lived again: its case, its worlds by arm, and what happened to those who were followed."""

    case: "Case"
    worlds: "dict[str, World]"
    events: "list[Event]"


@dataclass(frozen=True)
class Run:
    """A published run: its folder, what was asked, and its manifest."""

    folder: Path
    request: Request
    manifest: dict[str, Any]

    def again(self, pair: int, citizens: Iterable[int] | None, progress: Callable[[int], None] | None = None) -> Replayed:
        """Live a pair with all its arms, following ``citizens`` (None: whoever is written about). Raises CannotReplay."""
        from glasstown.engine import follow
        from glasstown.study.pair import digest_of

        case = self.request.case(pair)
        worlds, events = follow.follow(case, citizens, progress=progress)
        if digest_of(worlds) != self.manifest["pairs"][pair]:
            raise CannotReplay(
                f"pair {pair} lived again is not the pair of {self.folder.name}: other source has made it, of the same model version "
                f"({MODEL_VERSION}). {remedy(self.manifest)}"
            )
        return Replayed(case, worlds, events)


def folder_of(name: str, runs: Path = Path("runs")) -> Path:
    """The folder of a run: a path, or the beginning of its name in the folder of runs. Raises CannotReplay."""
    path = Path(name)
    path = path.parent if path.is_file() else path
    if (path / "manifest.json").is_file():
        return path
    if path.is_dir():
        raise CannotReplay(f"{path} holds no manifest.json, so it is not the folder of a run; glasstown assess makes one")
    kept = (folder for folder in runs.glob("*") if (folder / "manifest.json").is_file())
    there = sorted(folder for folder in kept if not folder.name.startswith((".", *NO_TOWN)))
    found = [folder for folder in there if folder.name.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise CannotReplay(f"{len(found)} runs begin with “{name}”: {listed(found)}; give more letters, or the folder")
    known = f"there are {listed(there)}" if there else "there is none; glasstown assess makes one"
    raise CannotReplay(f"there is no folder {name}, and no run in {runs} begins so; {known}")


def listed(folders: list[Path]) -> str:
    """The names of some folders."""
    return ", ".join(folder.name for folder in folders[:8]) + (f" and {len(folders) - 8} more" if len(folders) > 8 else "")


def open_run(folder: Path) -> Run:
    """Read a run's manifest and make its request again, exactly. Raises CannotReplay."""
    from glasstown import draws

    if folder.name.startswith(NO_TOWN):
        study = folder.name.partition("-")[0]
        raise CannotReplay(f"{folder} is what {study} found and keeps no town to follow; give the folder of a run that assess or run made")
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        asked = manifest["request"]
        made_by = (manifest["schema_version"], asked["model_version"], asked["rng_stream"])
        count = len(manifest["pairs"])
    except (OSError, ValueError, KeyError, TypeError):
        raise CannotReplay(f"{folder / 'manifest.json'} cannot be read; take it from a copy, or ask for the run again") from None
    if made_by != (SCHEMA_VERSION, MODEL_VERSION, draws.RNG_STREAM):
        raise CannotReplay(
            f"this is model version {MODEL_VERSION}, and {folder.name} was made by model version {made_by[1]} (luck {made_by[2]}). "
            + remedy(manifest)
        )
    request = request_in(manifest, folder)
    if request is None or request.describe() != asked or count != request.pairs:
        raise CannotReplay(f"the manifest of {folder.name} does not hold what it was made from, or it was changed. {remedy(manifest)}")
    return Run(folder, request, manifest)


def request_in(manifest: dict[str, Any], folder: Path) -> Request | None:
    """The request that a manifest holds; None if its parts are not what this version knows."""
    from pydantic import ValidationError

    from glasstown import catalogue
    from glasstown.people.recipe import Recipe
    from glasstown.policy.schema import PolicyFile

    asked = manifest["request"]
    try:
        return Request(
            PolicyFile.model_validate(manifest["policy"]),
            Recipe.model_validate(manifest["society"]),
            catalogue.Deeds.model_validate(manifest["deeds"]),
            catalogue.Law.model_validate(manifest["law"]),
            catalogue.Uncertainties.model_validate(manifest["uncertainties"]),
            **{field.name: asked[field.name] for field in fields(Request)[PARTS:] if field.name in asked},
        )
    except (ValidationError, KeyError):
        return None


def remedy(manifest: dict[str, Any]) -> str:
    """Which version made a run, and how to ask for it anew."""
    versions = manifest.get("versions", {})
    made = ", ".join(f"{name} {versions[name]}" for name in ("glasstown", "numba", "numpy") if name in versions)
    again = manifest.get("command", "glasstown assess POLICY")
    return f"It was made with {made}. Use the version that made it, or ask anew with this one: {again}"
