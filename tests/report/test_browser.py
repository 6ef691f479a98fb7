"""The page in a browser: nothing is wider than the page, nothing is clipped on A4."""

import shutil
import subprocess
from pathlib import Path

import example
import pytest

from glasstown.report import html

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    f"--{flag}"
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync", "disable-dev-shm-usage",
    )
]  # fmt: skip


@pytest.mark.skipif(BROWSER is None, reason="the browser chromium is not installed")
def test_prints_on_a4(tmp_path: Path) -> None:
    page = html.write(example.assessment(), tmp_path / "report.html")
    target = tmp_path / "report.pdf"
    command = [
        str(BROWSER),
        *QUIET,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={target}",
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    content = target.read_bytes()
    assert content.startswith(b"%PDF") and 4 <= content.count(b"/Type /Page\n") <= 20
    assert b"/MediaBox [0 0 594.95996 841.91998]" in content or b"/MediaBox [0 0 595" in content
