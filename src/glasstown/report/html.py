"""The report as one page: self-contained, without a script, readable without a network, printable on A4."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from glasstown.report import basis, bundles, doors, entries, law, mechanisms, people, safeguards, sections, voices, words
from glasstown.report.parts import Reading, Section


def render(assessment: Any) -> str:
    """The page of an assessment as HTML text. Everything that comes from a file is escaped."""
    reading = Reading(assessment)
    request, title = reading.request, reading.policy.title
    return page(
        title=words.say("title", policy=title),
        policy=title,
        kicker=words.say("kicker"),
        asked=words.say("asked", policy=title, society=society(request.get("society"))),
        facts=facts(request),
        headlines=[*sections.headlines(reading), *mechanisms.in_short(reading)],
        intervals=words.say("intervals"),
        alerts=sections.alerts(reading),
        town_heading=words.say("town_heading"),
        town=sections.town(reading),
        lives_policy=words.say("lives_policy"),
        lives_twin=words.say("lives_twin"),
        town_absent=words.say("absent"),
        sections=[found for part in PARTS if (found := part(reading)) is not None],
    )


def page(**values: Any) -> str:
    """The template with these values in it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("glasstown.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # pictures are our own markup, with every text in them escaped
    return environment.get_template("report.html.jinja").render(**values, synthetic=words.say("synthetic"), svg=Markup)


def write(assessment: Any, path: str | Path) -> Path:
    """Write the page as UTF-8 to `path`; the folder must exist. Returns the path."""
    path = Path(path)
    path.write_text(render(assessment), encoding="utf-8")
    return path


PARTS: tuple[Callable[[Reading], Section | None], ...] = (
    sections.policy,
    sections.groups,
    sections.innocent,
    entries.seen,
    entries.origins,
    sections.way_back,
    doors.doors,
    voices.speech,
    *mechanisms.SECTIONS,
    sections.achieved,
    safeguards.bought,
    bundles.found,
    people.others,
    people.lives,
    sections.documented,
    law.section,
    basis.rests_on,
    lambda reading: basis.limits(),
    basis.reproduce,
    sections.every_outcome,
    basis.every_number,
)


def society(name: Any) -> str:
    """What a society is called in a sentence."""
    return "an invented town" if name in (None, "town") else f"the invented society “{name}”"


def facts(request: dict[str, Any]) -> list[tuple[str, str]]:
    """The size of what was run, for the head of the page."""
    return [
        ("People in each town", words.number(request.get("people"), 0)),
        (
            "Time",
            f"{words.years(request['days'])}, after {words.years(request['burn_in'])} under ordinary law"
            if request.get("burn_in")
            else words.years(request["days"]),
        ),
        ("Pairs of towns", words.number(request.get("pairs"), 0)),
        ("Seed", str(request.get("seed"))),
        ("Model", str(request.get("model_version"))),
    ]
