"""The page in a browser: nothing is wider than the page, nothing is clipped on A4."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import example
import pytest

from glasstown.report import html, sections, words
from glasstown.report.parts import Reading
from glasstown.study.outcomes import SPECS

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    f"--{flag}"
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync", "disable-dev-shm-usage",
    )
]  # fmt: skip


READER = shutil.which("pdftotext")


def printed(page: Path, folder: Path) -> Path:
    """The page as a PDF."""
    target = folder / "report.pdf"
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [str(BROWSER), *QUIET, profile, "--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


@pytest.mark.skipif(BROWSER is None, reason="the browser chromium is not installed")
def test_prints_on_a4(tmp_path: Path) -> None:
    content = printed(html.write(example.assessment(), tmp_path / "report.html"), tmp_path).read_bytes()
    assert content.startswith(b"%PDF") and 4 <= content.count(b"/Type /Page\n") <= 20
    assert b"/MediaBox [0 0 594.95996 841.91998]" in content or b"/MediaBox [0 0 595" in content


PRESSED = [(spec.name, spec.title) for spec in SPECS if spec.name in ("shown_wrongly", "denounced", "detained_harmless")]


@pytest.mark.skipif(BROWSER is None or READER is None, reason="chromium or pdftotext is not installed")
def test_a_reader_with_five_minutes_reads_page_one(tmp_path: Path) -> None:
    """Nothing can be told, and every alert is there: the longest page one there is, and still one page."""
    silent: dict[str, Any] = {**dict.fromkeys(("low", "high", "luck_low", "luck_high")), "verdict": "cannot tell"}
    case = example.watched(outcomes=[replace(outcome, **silent) for outcome in example.watched().outcomes])
    pressed = [replace(case.outcomes[0], name=name, title=title, value=180.0, unit="per 1,000 adults") for name, title in PRESSED]
    case = replace(case, outcomes=[*case.outcomes, *(replace(one, low=-52.0, high=411.0) for one in pressed)])
    case.request.update(quick=True, pairs=3)
    target = printed(html.write(case, tmp_path / "report.html"), tmp_path)
    done = subprocess.run([str(READER), "-f", "1", "-l", "1", str(target), "-"], check=True, capture_output=True, text=True)
    page = " ".join(done.stdout.split())
    assert case.policy.title in page and words.say("town_heading") in page and "never sanctioned" in page
    assert all(words.say(f"lead_{lead}") in page for lead in ("wrong", "ratio", "speech", "aim", "pressed"))
    for alert in sections.alerts(Reading(case)):
        assert alert in page, alert
    assert "The policy in words" not in page
