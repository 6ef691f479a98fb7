"""Measure published models: part by part, each kept as it is finished, so that the same command goes on after Ctrl-C."""

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from glasstown import published
from glasstown.published.comparing import TIERS, Part, Published, Quantity, Series
from glasstown.study import store

FORMAT = 1
Row = dict[str, Any]
Told = Callable[[float, int], None]  # parts done, of how many
Wanted = list[tuple[Published, list[Part]]]


def wanted(name: str | None = None, tier: str | None = None) -> Wanted:
    """The models asked for, each with its parts up to this tier; without a tier, all of one named model and the smoke tier of all.

    Raises ValueError for a name that there is not.
    """
    models = [published.load(each) for each in ([name] if name else published.NAMES)]
    reach = TIERS.index(tier or ("long" if name else "smoke"))
    chosen = [(model, [part for part in model.parts if TIERS.index(part.tier) <= reach]) for model in models]
    return [(model, parts) for model, parts in chosen if parts]


def measure(part: Part) -> Row:
    """One part: its quantities and the series of its pictures, as plain data, and how many seconds it took."""
    begin = time.monotonic()
    quantities: list[Row] = []
    series: dict[str, dict[str, list[Any]]] = {}
    for found in part.measure():
        if isinstance(found, Series):
            series[found.name] = {name: [plain(value) for value in values] for name, values in found.columns.items()}
        else:
            assert isinstance(found, Quantity)
            quantities.append({key: plain(value) for key, value in found.row().items()})
    return {"name": part.name, "tier": part.tier, "seconds": round(time.monotonic() - begin, 1), "quantities": quantities, "series": series}


def plain(value: Any) -> Any:
    """A number as JSON has it: NumPy's own become Python's; an infinite or undefined one becomes none."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and (value != value or value in (float("inf"), -float("inf"))) else value


def folder_of(out: Path) -> Path:
    """Where this version keeps what it measured."""
    from glasstown.engine.compiler import source_hash

    return out / f"published-{source_hash()[:16]}"


def conduct(chosen: Wanted, out: Path, progress: Told) -> Row:
    """Measure what is wanted, and return everything as one document. What this version measured before is read from ``out``."""
    folder = folder_of(out)
    folder.mkdir(parents=True, exist_ok=True)
    asked, done = sum(len(parts) for _, parts in chosen), 0
    progress(0, asked)
    models = []
    for model, parts in chosen:
        measured = []
        for part in parts:
            measured.append(
                kept(folder / f"{model.name}.{part.name}.json") or keep(folder / f"{model.name}.{part.name}.json", measure(part))
            )
            done += 1
            progress(done, asked)
        models.append(described(model, measured))
    return {"schema_version": FORMAT, "versions": store.versions(), "models": models, **counted(models)}


def described(model: Published, parts: Sequence[Row]) -> Row:
    """A model with what was measured of it."""
    return {
        "name": model.name, "title": model.title, "papers": [{"cite": paper.cite, "opened": paper.opened} for paper in model.papers],
        "says": model.says, "exercises": list(model.exercises), "leaves": model.leaves,
        "remarks": list(model.remarks), "parts": list(parts),
        "left": [{"name": part.name, "tier": part.tier} for part in model.parts if part.name not in {row["name"] for row in parts}],
    }  # fmt: skip


def counted(models: Sequence[Row]) -> dict[str, int]:
    """How many quantities there are, and how many of each verdict."""
    verdicts = [row["verdict"] for model in models for part in model["parts"] for row in part["quantities"]]
    return {"quantities": len(verdicts), **{key.replace(" ", "_"): verdicts.count(key) for key in ("reproduced", "differs because", "not")}}


def keep(path: Path, row: Row) -> Row:
    """Keep a measured part, with a checksum."""
    body = json.dumps(row).encode()
    store.write_atomically(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    return row


def kept(path: Path) -> Row | None:
    """A part measured before by this version; None if there is none, or it is damaged (it is then measured again)."""
    if not path.exists():
        return None
    checksum, _, body = path.read_bytes().partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        return None
    found: Row = json.loads(body)
    return found
