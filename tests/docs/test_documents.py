"""Documents that stay true: every block of code is run, every generated part is current, every link leads somewhere.

A block whose command would take minutes says by what it is replaced, in a comment before it: <!-- run: COMMAND -->. The replacement must
begin with the very command of the block and may only add to it; setting up (what this test itself runs in) is left out. A block of Python
after <!-- then --> goes on from the one before it.
"""

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from glasstown.policy import load as policies
from glasstown.report import documents

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), ROOT / "bench" / "README.md", *(ROOT / "docs").rglob("*.md")])
NOT_RUN = {"CONTRIBUTING.md": 4}  # pages with blocks that cannot be run by a test, and how many
COMMENTS = re.compile(r"^<!-- (run|not run): (.*) -->$")
SETUP = re.compile(r"^\./setup( dev)? && ")
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


@dataclass
class Block:
    """One fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str
    instead: list[str] = field(default_factory=list)  # what is run in place of the lines that it begins with
    skipped: bool = False

    def commands(self) -> list[str]:
        """The lines of a bash block as a test runs them."""
        lines = []
        for written in self.text.splitlines():
            line = plain(written)
            longer = [text for text in self.instead if line and f"{text} ".startswith(f"{line} ")]
            lines.append(longer[0] if longer else line)
        return lines


def plain(line: str) -> str:
    """A command without the setting up, the folder of the environment, and the remark behind it."""
    return SETUP.sub("", re.sub(r"\s+#.*$", "", line)).removeprefix(".venv/bin/").strip()


def blocks(page: Path) -> list[Block]:
    """All fenced blocks of a page, each with the comments right before it."""
    found: list[Block] = []
    waiting: list[str] = []
    inside: Block | None = None
    skipped = False
    goes_on = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        comment = COMMENTS.match(line)
        if line.startswith("```") and inside is None:
            inside = Block(page, number, line[3:].strip(), found[-1].text if goes_on else "", waiting, skipped)
        elif line.startswith("```") and inside is not None:
            found.append(inside)
            inside, waiting, skipped, goes_on = None, [], False, False
        elif inside is not None:
            inside.text += line + "\n"
        elif line == "<!-- then -->":
            goes_on = True
        elif comment:
            waiting = [*waiting, comment[2]] if comment[1] == "run" else waiting
            skipped = skipped or comment[1] == "not run"
        elif line.strip():
            waiting, skipped = [], False
    assert inside is None, f"{page.name} ends within a block"
    return found


BLOCKS = [block for page in PAGES for block in blocks(page)]


def name(block: Block) -> str:
    return f"{block.page.relative_to(ROOT)}:{block.line}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the blocks are run, one after the other, as a reader would."""
    return tmp_path_factory.mktemp("reader")


def run(command: list[str], folder: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path, "NO_COLOR": "1"}, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


@pytest.mark.parametrize("block", [block for block in BLOCKS if not block.skipped], ids=name)
def test_a_block_runs(block: Block, folder: Path) -> None:
    if block.language == "bash":
        run(["bash", "-euo", "pipefail", "-c", "\n".join(block.commands())], folder)
    elif block.language == "python":
        script = folder / "example.py"
        script.write_text(block.text, encoding="utf-8")
        run([sys.executable, str(script)], folder)
    elif block.language == "toml":
        if "schema_version" in tomllib.loads(block.text):
            policies.parse(block.text)
    else:
        assert block.language == "text", "say in which language a block is: bash, python or toml; text is not run"


def test_a_replacement_begins_with_what_it_replaces() -> None:
    for block in BLOCKS:
        written = [plain(line) for line in block.text.splitlines()]
        for text in block.instead:
            assert any(line and f"{text} ".startswith(f"{line} ") for line in written), f"{name(block)}: {text}"


def test_a_model_of_your_own_takes_fewer_than_sixty_lines() -> None:
    last = [block for block in BLOCKS if block.page.name == "your_own_model.md"][-1]
    assert "evaluate(" in last.text and "ensemble(" in last.text
    assert len([line for line in last.text.splitlines() if line.strip()]) < 60


def test_hardly_anything_is_left_out() -> None:
    left_out: dict[str, int] = {}
    for block in BLOCKS:
        if block.skipped:
            left_out[block.page.name] = left_out.get(block.page.name, 0) + 1
    assert left_out == NOT_RUN


def test_the_readme_has_the_two_commands() -> None:
    """One line each: set up and assess, set up and test. `.ci/run` takes the second from here."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "./setup && .venv/bin/glasstown assess spc_defaulter_list" in lines
    assert lines.count("./setup dev && .venv/bin/pytest -n auto") == 1
    assert len(lines) <= 150


def test_generated_parts_are_current() -> None:
    made = [path.name for path, _ in documents.stale(ROOT / "docs")]
    assert not made, f"run: python -m glasstown.report.documents ({', '.join(made)})"


def test_every_generated_part_is_used_once() -> None:
    used = [found[2] for page in PAGES for found in documents.MARKED.finditer(page.read_text(encoding="utf-8"))]
    assert sorted(used) == sorted(documents.TABLES)


def test_a_stale_table_is_noticed_and_made_anew(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before.\n<!-- generated: outcomes -->\nwhat it said before\n<!-- end -->\nAfter.\n", encoding="utf-8")
    assert documents.main([str(tmp_path), "--check"]) == 1
    assert documents.main([str(tmp_path)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("Before.\n")
    assert text.endswith("After.\n")
    assert "`wrongly_sanctioned`" in text
    assert "what it said before" not in text
    assert documents.main([str(tmp_path), "--check"]) == 0


def anchors(page: Path) -> set[str]:
    """The headings of a page as places to link to."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for pair in LINK.findall(page.read_text(encoding="utf-8")):
        target = pair[0] or pair[1]
        if re.match(r"[a-z]+://", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_every_decision_is_listed_and_short() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    records = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        assert record.name in listed
        assert len(record.read_text(encoding="utf-8").splitlines()) <= 25, record.name
