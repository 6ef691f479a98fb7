"""The script that sets up a bare machine: what it refuses, and that a second run has nothing to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the script and what it reads, and no environment."""
    for name in ("setup", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(folder / "setup"), *arguments], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def test_an_unknown_word_is_refused(copy: Path) -> None:
    done = run(copy, "everything")
    assert done.returncode == 2
    assert "usage: ./setup [dev]" in done.stderr


def test_a_missing_python_is_named(copy: Path) -> None:
    done = run(copy, PYTHON="no-such-python")
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
    assert "no-such-python" in done.stderr


@pytest.mark.parametrize(
    ("wanted", "installed"), [([], "requirements.txt"), (["dev"], "requirements-dev.txt"), ([], "requirements-dev.txt")]
)
def test_a_second_run_has_nothing_to_do(copy: Path, wanted: list[str], installed: str) -> None:
    (copy / ".venv" / "bin").mkdir(parents=True)
    (copy / ".venv" / "bin" / "python").symlink_to(sys.executable)
    content = (copy / installed).read_text() + (copy / "pyproject.toml").read_text()
    (copy / ".venv" / f"installed-{installed}").write_text(content)
    done = run(copy, *wanted, PYTHON=sys.executable)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert os.listdir(copy / ".venv" / "bin") == ["python"]
