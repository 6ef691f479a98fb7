"""The page: offline, without a script, readable without eyes, escaped, and plain about what it cannot tell."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import example
import pytest

from glasstown.report import html, sections, words

VOID = {"meta", "br", "hr", "img", "link", "input"}
FETCHING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "xlink:href")


class Page(HTMLParser):
    """The tags of a page with their attributes; notes what is closed in the wrong order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def text_of(page: str) -> str:
    """What a reader sees: without style, pictures and tags."""
    page = re.sub(r"<(style|svg)\b.*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture(scope="module")
def page() -> str:
    return html.render(example.assessment())


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    parsed = Page(page)
    assert not parsed.wrong and not parsed.open
    names = {tag for tag, _ in parsed.tags}
    assert not names & {"script", "link", "iframe", "object", "embed", "img", "image", "base", "form", "video", "audio", "foreignobject"}
    for tag, attributes in parsed.tags:
        assert not [name for name in attributes if name in FETCHING or name.startswith("on")], tag
        assert attributes.get("href", "#").startswith("#"), attributes
    assert "@import" not in page and not re.search(r"url\((?!#)", page)
    assert "default-src 'none'" in page
    assert len(page.encode()) < 600_000


def test_every_picture_has_words_and_numbers(page: str) -> None:
    pictures = re.findall(r"<figure>.*?</figure>", page, flags=re.S)
    assert len(pictures) >= 10 and len(pictures) == page.count("<svg")
    for picture in pictures:
        opening = re.search(r'<svg[^>]*role="img"[^>]*aria-labelledby="(\S+) (\S+)"', picture)
        assert opening is not None
        title, description = (re.search(rf'id="{name}">([^<]+)<', picture) for name in opening.groups())
        assert title and description and len(description.group(1)) > 40
        assert "<details" in picture and "<table" in picture and "<figcaption>" in picture
        assert re.search(r"90 % interval", picture), picture[-400:]


def test_ids_are_unique_and_links_lead_somewhere(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for name in re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)|aria-labelledby="([^"]+)"', page):
        assert set("".join(name).split()) <= set(ids), name


def test_headings_language_and_paper(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False))
    assert '<html lang="en">' in page and "size: A4" in page and re.search(r"figure,[^}]*break-inside: avoid", page)


def test_words_that_would_be_a_judgement_of_the_policy(page: str) -> None:
    said = text_of(page).lower() + " ".join([*words.catalogue()["messages"].values(), *words.limits(), words.say("intervals")]).lower()
    assert not re.findall(r"\b(fair|unfair|fairness|safe|unsafe|pass|passed|passes|acceptable|compliant|approved)\b", said)


def test_four_sentences_with_numbers_and_intervals() -> None:
    lines = sections.headlines(sections.Reading(example.assessment()))
    assert [line.section for line in lines] == ["innocent", "groups", "speech", "achieved"]
    assert all(re.search(r"\([^)]*\d[^)]* to [^)]*; luck alone [^)]* to [^)]*\)", lines[place].sentence) for place in (0, 2, 3))
    assert re.search(r"\(1\.1 to 4\.1\)", lines[1].sentence)
    assert [line.told for line in lines] == [True, True, False, False]
    assert "0.9" in lines[0].sentence and "in 3 years" in lines[0].sentence and "2.2 times" in lines[1].sentence


def test_cannot_tell_is_said_in_words_and_marked(page: str) -> None:
    found = page[page.index('id="found"') : page.index('id="town"')]
    assert found.count('class="unknown">cannot tell') == 2
    assert found.count("cannot tell whether") == 2 and "the interval includes zero" in found
    assert "That is not the same as no effect" in text_of(page)


def test_a_title_that_would_be_markup_is_shown_as_text() -> None:
    evil = '<script>alert(1)</script><img src=x onerror="y"> & "quotes" \'single\''
    case = example.assessment()
    policy = case.policy.model_copy(
        update={"title": evil, "summary": evil, "context": case.policy.context.model_copy(update={"purpose": evil})}
    )
    tables = example.tables()
    tables["fate"][1]["title"] = evil
    tables["doors"][0]["gate"] = evil
    outcomes = [replace(outcome, title=evil, unit=evil) if outcome.name in ("harm", "missed") else outcome for outcome in case.outcomes]
    page = html.render(replace(case, policy=policy, tables=tables, outcomes=outcomes, manifest={"command": evil}))
    parsed = Page(page)
    assert not parsed.wrong
    assert not {tag for tag, _ in parsed.tags} & {"script", "img"}
    assert not [name for _, attributes in parsed.tags for name in attributes if name.startswith("on")]
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("policy", ["none", "spc_defaulter_list"])
def test_a_page_without_pairs_tables_or_aim(policy: str) -> None:
    """One pair: no intervals; a policy that does nothing: no tables. Every section still says what it has."""
    blank = {"low": None, "high": None, "luck_low": None, "luck_high": None, "floor": None, "verdict": "cannot tell"}
    outcomes = [replace(outcome, **blank) for outcome in example.outcomes()]
    case = example.assessment(policy, outcomes=outcomes, tables={})
    case.request.update(pairs=1, quick=True)
    page = html.render(case)
    text = text_of(page)
    assert not re.search(r"\b(nan|None|null|inf)\b", text)
    assert "too few pairs of towns" in text and "Pairs of towns that were run: 1." in text
    for absent in ("absent_groups", "absent_entries", "absent_list", "absent_spillover", "absent_documented"):
        assert words.say(absent) in text
    assert "quick run" in text


def test_what_the_file_leaves_blank_is_said() -> None:
    text = text_of(html.render(example.assessment("none", tables={})))
    assert text.count("left blank in the file") >= 3
    assert "Harm done by deeds stands in for it" in text


def test_a_stock_that_was_empty_is_listed_without_a_picture() -> None:
    tables = {"documented": [{**row, "simulated": 0.0, "low": None, "high": None} for row in example.tables()["documented"]]}
    page = html.render(example.assessment(tables=tables))
    part = page[page.index('id="documented"') : page.index('id="rests-on"')]
    assert "<svg" not in part and "Adults on the list" in part


def test_no_outcomes_at_all() -> None:
    assert "does not measure" in text_of(html.render(example.assessment("none", outcomes=[], tables={})))


def test_write(tmp_path: Path) -> None:
    path = html.write(example.assessment("none", tables={}), tmp_path / "report.html")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_same_assessment_gives_the_same_bytes(page: str) -> None:
    assert html.render(example.assessment()) == page
