"""The folder of a run: written under a temporary name, published by one rename, then never changed.

Finished pairs are kept one file each beside it until then, so that an interrupted request goes on where it stopped.
"""

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

FORMAT = 1


def run_folder(out: Path, name: str, identity: str) -> Path:
    """Where the run of this request is published."""
    return out / f"{name}-{identity}"


def partial_folder(out: Path, identity: str) -> Path:
    """Where the finished pairs of an unfinished request are kept."""
    return out / f".unfinished-{identity}"


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside the goal, flush to disk, rename: the file is whole or absent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with open(beside, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def keep_pair(folder: Path, pair: int, summary: dict[str, Any]) -> None:
    """Keep a finished pair, with a checksum."""
    body = json.dumps({"format": FORMAT, "summary": summary}).encode()
    write_atomically(folder / f"pair-{pair:05d}.json", hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def kept_pair(folder: Path, pair: int) -> dict[str, Any] | None:
    """A pair kept before; None if there is none, or it is damaged (it is then lived again)."""
    path = folder / f"pair-{pair:05d}.json"
    if not path.exists():
        return None
    checksum, _, body = path.read_bytes().partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        return None
    kept = json.loads(body)
    return kept["summary"] if kept.get("format") == FORMAT else None


def publish(folder: Path, fill: Callable[[Path], None]) -> Path:
    """Fill a temporary folder and rename it to ``folder``; if that exists already, it stands."""
    if (folder / "manifest.json").exists():
        return folder
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    fill(beside)
    try:
        os.replace(beside, folder)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        if not (folder / "manifest.json").exists():
            raise
    return folder


def versions() -> dict[str, str]:
    """Versions that made a run; no user, host or path."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version()}
    for package in ("glasstown", "numpy", "numba", "llvmlite", "scipy", "polars", "distributed"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()}
