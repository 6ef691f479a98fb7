"""One life as a page to hand out: two columns, a half-year a row, self-contained, without a script, printable on A4."""

from pathlib import Path
from typing import Any

from glasstown.report import words
from glasstown.report.biography import Biography, Life

NOTES = ("counted", "deserved_means", "two_towns")


def render(told: Biography, request: Any, run: str, pair: int) -> str:
    """The page of a life as HTML text. Everything that comes from a file is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("glasstown.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    here, there = told.lives
    return environment.get_template("citizen.html.jinja").render(
        title=words.told("title"),
        kicker=words.told("kicker"),
        invented=words.told("invented"),
        policy=request.policy.title,
        told=told,
        rows=[
            (mine.heading(), [(mine, only(here, there)), (other, only(there, here))])
            for mine, other in zip(here.halves, there.halves, strict=True)
        ],
        only_here=words.told("only_here"),
        heads=(words.told("policy"), words.told("twin")),
        total=words.told("total"),
        notes=[words.told(note) for note in NOTES],
        made=words.told("made", run=run, pair=pair, citizen=told.citizen, people=f"{request.people:,}", seed=request.seed),
    )


def only(life: Life, other: Life) -> set[tuple[int, str]]:
    """Entries (day, text) of a life that are not in the other."""
    mine, theirs = ({(entry.day, entry.text) for half in one.halves for entry in half.entries} for one in (life, other))
    return mine - theirs


def write(told: Biography, request: Any, run: str, pair: int, path: Path) -> Path:
    """Write the page as UTF-8 to ``path``; the folder must exist."""
    path.write_text(render(told, request, run, pair), encoding="utf-8")
    return path
