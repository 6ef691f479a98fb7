"""The page of a life: self-contained, without a script, escaped, both towns side by side, printable on A4."""

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import lives
import pytest

from glasstown import world
from glasstown.report import biography, handout
from glasstown.report.stories import Entry

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def told():
    case, found, events = lives.lived()
    wrongly = int(found["policy"].town.life["wrong_days"].argmax())
    assert case.society.people["age"][wrongly] >= world.ADULT_AGE
    return biography.tell(lives.request(), case, [event for event in events if event.citizen == wrongly], wrongly)


@pytest.fixture(scope="module")
def page(told):
    return handout.render(told, lives.request(), "everything-0123", 0)


class Tags(HTMLParser):
    """The tags of a page, and whether they close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_it_stands_alone(page):
    tags = Tags()
    tags.feed(page)
    assert not tags.open
    names = {tag for tag, _ in tags.seen}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "a"}
    assert "default-src 'none'" in page and "http" not in page.replace("http-equiv", "")
    assert not re.search(r"url\(|@import|\son\w+=", page)


def test_both_towns_stand_side_by_side(told, page):
    for half in told.lives[0].halves:
        assert half.heading() in page
    assert page.count('<tr class="head">') == len(told.lives[0].halves)
    assert page.index("With the policy: ") < page.index("Without it: ")
    assert "Not deserved:" in page and "invented" in page and "everything-0123" in page


def test_what_differs_is_marked(told):
    here, there = told.lives
    apart = handout.only(here, there)
    same = {(entry.day, entry.text) for half in there.halves for entry in half.entries}
    assert apart and not apart & same


def test_everything_from_files_is_escaped(told):
    half = replace(told.lives[0].halves[0], entries=[Entry(3, "She <b>shouts</b> & leaves.", False, "<i>no</i>")])
    life = replace(told.lives[0], halves=[half], heading="Everything & more <script>")
    other = replace(told.lives[1], halves=told.lives[1].halves[:1])
    page = handout.render(replace(told, lives=(life, other), about=["<u>who</u>"]), lives.request(), "a<b", 0)
    for raw in ("<b>", "<i>", "<u>", "<script", "a<b"):
        assert raw not in page
    assert "Everything &amp; more &lt;script&gt;" in page and "&lt;b&gt;shouts" in page


@pytest.mark.skipif(BROWSER is None, reason="the browser chromium is not installed")
def test_prints_on_a4(page, tmp_path):
    source, target = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_text(page, encoding="utf-8")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [str(BROWSER), *quiet, profile, "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    content = target.read_bytes()
    assert content.startswith(b"%PDF") and 1 <= content.count(b"/Type /Page\n") <= 6
