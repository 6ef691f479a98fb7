"""What is installed: pins with hashes that agree with what is asked for, one version everywhere, no names of registries."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import glasstown
from glasstown.study.case import MODEL_VERSION

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
USE, WORK = "requirements.txt", "requirements-dev.txt"
PIN = re.compile(r"^([a-zA-Z0-9_.-]+)==(\S+)(?: ; [^\\]*)? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def pins(name: str) -> dict[str, set[str]]:
    """Package -> versions (more than one where Pythons or systems differ)."""
    found: dict[str, set[str]] = {}
    for package, version, _ in PIN.findall((ROOT / name).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


@pytest.mark.parametrize("name", [USE, WORK])
def test_every_line_is_a_pin_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert PIN.sub("", text) == ""
    assert "://" not in text


@pytest.mark.parametrize(("name", "groups"), [(USE, ["build"]), (WORK, ["build", "dev"])])
def test_what_is_asked_for_is_pinned_within_its_bounds(name: str, groups: list[str]) -> None:
    asked = [*PROJECT["project"]["dependencies"], *(row for group in groups for row in PROJECT["dependency-groups"][group])]
    pinned = pins(name)
    for row in map(Requirement, asked):
        versions = pinned.get(canonicalize_name(row.name), set())
        assert versions, f"{row.name} is not pinned"
        assert all(row.specifier.contains(version) for version in versions), row.name


def test_both_files_pin_the_same_versions() -> None:
    use, work = pins(USE), pins(WORK)
    assert {package: work.get(package) for package in use} == use


def test_one_version_everywhere() -> None:
    cited = re.findall(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert {PROJECT["project"]["version"], glasstown.__version__, MODEL_VERSION, *cited} == {glasstown.__version__}


def test_the_package_holds_its_data() -> None:
    """Policies, populations, messages and templates are found from the installed package."""
    package = Path(str(glasstown.__file__)).parent
    for pattern in ("policies/*.toml", "populations/*.toml", "laws/*.toml", "report/messages.toml", "report/templates/*"):
        assert list(package.glob(pattern)), pattern
