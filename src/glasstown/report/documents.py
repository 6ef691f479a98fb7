"""Documents that stay true: the tables in docs/ are made from the files and the code they speak of.

A table stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``; everything outside the marks is written by hand.

    python -m glasstown.report.documents            rewrites the tables in docs/
    python -m glasstown.report.documents --check    only says which documents are stale (status 1 if any)
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

MARKED = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
KNOWN = ("source", "grade", "role", "reason", "range", "exception")  # what is known about a number, not a number
KNOWLEDGE = ("Grade", "Role", "Source or reason")  # heads of what known() gives
GROUPED = re.compile(r"\d(?=(\d{3})+$)")

Row = Sequence[Any]


def markdown(head: Row, rows: Iterable[Row]) -> str:
    """A table; columns of numbers are set flush right."""
    listed = [[cell(value) for value in row] for row in rows]
    right = [bool(listed) and all(re.fullmatch(r"-?[\d.,]*", row[place]) for row in listed) for place in range(len(head))]
    lines = [head, ["--:" if number else "---" for number in right], *listed]
    return "\n".join("| " + " | ".join(str(value) for value in line) + " |" for line in lines) + "\n"


def cell(value: Any) -> str:
    """A value as it stands in a table."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return cell(int(value)) if value == int(value) else f"{value:.6g}"
    if isinstance(value, int):
        sign, digits = ("-" if value < 0 else ""), str(abs(value))
        return sign + (GROUPED.sub(r"\g<0>,", digits) if abs(value) >= 10_000 else digits)
    if isinstance(value, dict):
        return "; ".join(f"{name} {cell(item)}" for name, item in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(cell(item) for item in value)
    return " ".join(str(value).split()).replace("|", "\\|")


def span(ends: Sequence[float] | None) -> str:
    """A range, from the lower end to the upper."""
    return f"{cell(ends[0])} to {cell(ends[-1])}" if ends else ""


def known(row: Any) -> list[str]:
    """Grade, role, and the source or the reason."""
    return [row.grade, row.role, " · ".join(filter(None, [row.source or "", row.reason]))]


def numbers(row: BaseModel, leave: Iterable[str] = ()) -> Iterator[tuple[str, str, Any]]:
    """(key, meaning, value) of every number of a table."""
    for key, field in type(row).model_fields.items():
        if key not in (*KNOWN, *leave):
            yield key, field.description or "", getattr(row, key)


# ---- docs/model.md ---------------------------------------------------------------------------------------------------


def parameters() -> str:
    """The uncertainties: what each pair of worlds draws from a range."""
    from glasstown import catalogue

    rows = catalogue.load_uncertainties().parameter.items()
    return markdown(
        ["Parameter", "Meaning", "Unit", "Value", "Range", *KNOWLEDGE],
        ([f"`{name}`", row.meaning, row.unit, row.value, span((row.low, row.high)), *known(row)] for name, row in rows),
    )


def deeds() -> str:
    """The catalogue of deeds."""
    from glasstown import catalogue

    return markdown(
        ["Deed", "What she does", "Context", "Kind", "A year", "Range", "Needs", "Trait", "Hardship", "Deterrence", "Harm", "Fine",
         "Job loss", *KNOWLEDGE],
        (
            [f"`{row.name}`", row.title, row.context, row.kind, row.rate_per_year, span(row.range), row.needs, row.trait, row.hardship,
             row.deterrence, row.harm, row.fine_cents, row.job_loss, *known(row)]
            for row in catalogue.load_deeds().deed
        ),
    )  # fmt: skip


def sensors() -> str:
    """Who sees what, how often, and how often wrongly."""
    from glasstown import catalogue

    return markdown(
        ["Sensor", "What it is", "Coverage", "Grows with", "Misses", "Mixes up", "False alarms a year", "In both", "Delay", "Machine",
         "d' and threshold", "Cents a sighting", "Cents a year and adult", "Range", *KNOWLEDGE],
        (
            [f"`{row.name}`", row.title, row.coverage, row.scale, row.missed, row.mixed_up, row.false_alarms_per_year, row.ordinary,
             row.delay_days, row.machine, (*row.dprime, row.threshold) if row.infers else "", row.cost_cents_per_sighting,
             row.cost_cents_per_year, span(row.range), *known(row)]
            for row in catalogue.load_law().sensor
        ),
    )  # fmt: skip


def gates() -> str:
    """Doors at which people ask, and ordinary refusals."""
    from glasstown import catalogue

    return markdown(
        ["Gate", "Belongs to", "Requests a year", "Range", "Who asks", "Refused", "Refused in hardship", "Cost of a refusal",
         "Turned away when marked", "Places a day per 100,000", *KNOWLEDGE],
        (
            [f"`{row.name}`", row.context, row.requests_per_year, span(row.range), row.needs, row.refused, row.refused_poor,
             row.refusal_cost_cents, row.discretion, row.places_per_100000_and_day or "", *known(row)]
            for row in catalogue.load_law().gate
        ),
    )  # fmt: skip


def society() -> str:
    """The numbers of the shipped town's tables; a table's range is that of its first number."""
    from glasstown.people import recipe

    rows: list[Row] = []
    for table, part in recipe.load():
        if isinstance(part, BaseModel):
            for place, (key, meaning, value) in enumerate(numbers(part)):
                first = place == 0
                grade, role, source = known(part)
                span_ = span(part.range) if first else ""  # type: ignore[attr-defined]
                rows.append([f"`{table}.{key}`", meaning, value, span_, grade, role, source if first else "as above"])
    return markdown(["Number", "Meaning", "Value", "Range", *KNOWLEDGE], rows)


def households() -> str:
    """The kinds of households of the shipped town."""
    from glasstown.people import recipe

    return markdown(
        ["Adults", "Children", "First adult", "A couple", "Share", "Range", *KNOWLEDGE],
        (
            [
                row.adults,
                row.children,
                f"{span(row.oldest)} years",
                row.couple if row.adults > 1 else "",
                row.share,
                span(row.range),
                *known(row),
            ]
            for row in recipe.load().household
        ),
    )


def districts() -> str:
    """The districts of the shipped town."""
    from glasstown.people import recipe

    return markdown(
        ["District", "Share of households", "Range", "Pull on the minority", "Wages", "Cameras", *KNOWLEDGE],
        ([row.name, row.share, span(row.range), row.minority, row.wealth, row.cameras, *known(row)] for row in recipe.load().district),
    )


def facts() -> str:
    """What is known about real societies, with which the shipped town is compared."""
    from glasstown.people import recipe

    return markdown(
        ["Fact", "Value", "Range", *KNOWLEDGE],
        ([f"`{row.measure}`", row.value, span(row.range), *known(row)] for row in recipe.load().fact),
    )


def columns() -> str:
    """Every column of the state, room by room."""
    from glasstown import world

    tables = {**world.ROOMS, "districts": world.DISTRICT, "clock": world.CLOCK}
    shown = {name: listed for name, listed in tables.items() if not name.startswith("shadow")}
    return markdown(
        ["Table", "Column", "Room", "Owner", "Unit", "Lowest", "Highest", "Meaning"],
        (
            [f"`{table}`", f"`{column.name}`", column.room, column.owner, column.unit, column.low, column.high, column.meaning]
            for table, listed in shown.items()
            for column in listed
        ),
    )


def luck() -> str:
    """The registries of purposes, with the question each draw answers."""
    from glasstown import draws
    from glasstown.people import luck as founding

    asked: dict[str, str] = {}
    for module in (draws, founding):
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        asked |= dict(re.findall(r"^([A-Z_]+) = (?:draws\.FOUNDING(?: \+ )?)?\d*  # (.*)$", source, re.MULTILINE))
    numbered = [*draws.REGISTRY.items(), *((f"FOUNDING: {name}", number) for name, number in founding.REGISTRY.items())]
    rows = sorted((number, f"`{name}`", asked.get(name.removeprefix("FOUNDING: "), "")) for name, number in numbered)
    return markdown(["Number", "Purpose", "What it decides"], rows)


def sources() -> str:
    """Every source that was opened."""
    from glasstown import sources as register

    return markdown(
        ["Id", "Source", "Opened", "What it says"],
        (
            [f"`{name}`", f"[{row.title}]({row.address})" if row.address else row.title, row.opened, row.note]
            for name, row in register.load().items()
        ),
    )


# ---- docs/outcomes.md ------------------------------------------------------------------------------------------------


def outcomes() -> str:
    """Every outcome with its formula."""
    from glasstown.study import outcomes as study

    return markdown(
        ["Outcome", "What it is called", "Unit", "Formula", "Told by group", "As a curve over", "Grade"],
        (
            [f"`{row.name}`", row.title, row.unit, row.words, row.name in study.BY_GROUP, f"`{row.along}`" if row.along else "", row.grade]
            for row in study.SPECS
        ),
    )


def measures() -> str:
    """What is counted every day."""
    from glasstown import measuring

    named = [f"`{name}`" for name in measuring.STOCKS], [f"`{name}`" for name in measuring.FLOWS]
    return f"Stocks, counted at the end of a day: {', '.join(named[0])}.\n\nFlows of a day: {', '.join(named[1])}.\n"


# ---- docs/policy-files.md --------------------------------------------------------------------------------------------


def policy_keys() -> str:
    """Every key of a policy file, table by table."""
    from glasstown.policy.schema import PolicyFile

    rows: list[Row] = []
    for path, model in policy_tables("", PolicyFile):
        for key, field in model.model_fields.items():
            if inner(field.annotation) is None and key not in KNOWN:
                extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
                required = "yes" if field.is_required() else ""
                rows.append(
                    [f"`{path}`" if path else "", f"`{field.alias or key}`", required, extra.get("unit", ""), field.description or ""]
                )
    return markdown(["Table", "Key", "Required", "Unit", "Meaning"], rows)


def policy_tables(path: str, model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """The tables of a file, with their headers: [name] once, [[name]] as often as wanted."""
    yield f"[[{path[1:]}]]" if path.startswith("*") else f"[{path}]" if path else "", model
    for key, field in model.model_fields.items():
        below = inner(field.annotation)
        if below is not None and key != "exception":
            many = any(get_origin(part) is tuple for part in (field.annotation, *get_args(field.annotation)))
            name = f"{path.removeprefix('*')}.{key}" if path else key
            yield from policy_tables(f"*{name}" if many else name, below)


def inner(annotation: Any) -> type[BaseModel] | None:
    """The table that a field holds, if it holds one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := inner(part)) is not None), None)


def presets() -> str:
    """The shipped policies."""
    from glasstown.policy import load

    rows = []
    for name in load.presets():
        policy = load.load(name)
        rows.append([f"`{name}`", policy.title, policy.fidelity, " ".join(policy.summary.split())])
    return markdown(["Name", "Title", "Fidelity", "What it does"], rows)


def safeguards() -> str:
    """The safeguards a policy can have, with the strength in which a comparison adds them."""
    from glasstown.policy import safeguards as known_

    return markdown(
        ["Safeguard", "What it means", "Added for comparison with"],
        ([f"`{name}`", title, known_.ADDED[name]] for name, title in known_.TITLES.items()),
    )


# ---- what other modules make ------------------------------------------------------------------------------------------


def by(module: str, part: str = "table") -> Callable[[], str]:
    """A part that a module of the report makes from what is kept with the package, or from the code."""

    def made() -> str:
        from importlib import import_module

        return str(getattr(import_module(f"glasstown.report.{module}"), part)())

    return made


TABLES: dict[str, Callable[[], str]] = {
    "columns": columns, "luck": luck, "parameters": parameters, "deeds": deeds, "sensors": sensors, "gates": gates,
    "society": society, "households": households, "districts": districts, "facts": facts,
    "sources": sources, "outcomes": outcomes, "measures": measures,
    "policy keys": policy_keys, "presets": presets, "safeguards": safeguards,
    "rules": by("coverage"), "rules counted": by("coverage", "counts"),
    "claims story": by("story", "told"), "claims": by("claims"), "claims beside": by("claims", "beside"),
    "claims made": by("claims", "made"), "claims curves": by("claims", "curves"), "claims worlds": by("claims", "spreads"),
    "gap": by("gap"), "gap alone": by("gap", "alone"), "gap policies": by("gap", "compared"), "gap others": by("gap", "others"),
    "gap made": by("gap", "made"),
    "systems": by("systems", "index"), "mechanics": by("systems", "mechanics_told"), "backcasts": by("systems", "held_out"),
    "backcasts used": by("systems", "used"), "backcasts uncounted": by("systems", "uncounted"), "backcasts made": by("systems", "made"),
    "quantities": by("backcast", "quantities"),
    "law clauses": by("law", "clauses"), "law survey": by("law", "survey"), "law questions": by("law", "questions"),
    "law facts": by("law", "facts"),
    "published": by("published", "sections"), "published counted": by("published", "counts"), "published held": by("published", "held"),
}  # fmt: skip


def renewed(text: str) -> str:
    """A document with its generated parts made anew. Raises KeyError for a part nobody knows how to make."""
    return MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}", text)


def stale(folder: Path) -> Iterator[tuple[Path, str]]:
    """The documents whose generated parts no longer agree with the code, each with what it should say."""
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if renewed(text) != text:
            yield path, renewed(text)
    if (folder / "systems").is_dir():
        yield from stale_pages(folder / "systems")


def stale_pages(folder: Path) -> Iterator[tuple[Path, str]]:
    """The pages of single policies that disagree with their files, each with what it should say; one without a policy is empty."""
    from glasstown.report import systems

    pages = systems.pages()
    for name, text in pages.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield path, text
    for path in folder.glob("*.md"):
        if path.name not in pages and path.name != "README.md":
            yield path, ""


def draw(folder: Path) -> None:
    """Draw the pictures of what is kept anew; they are not checked, since fonts differ from machine to machine."""
    from glasstown.report import claims, gap, published, story

    for name, svg in (claims.pictures() | story.pictures() | published.pictures() | gap.pictures()).items():
        (folder / name).write_text(svg, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite, or with --check only name, the stale documents."""
    parser = argparse.ArgumentParser(description="Make the generated parts of the documents anew.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs"))
    parser.add_argument("--check", action="store_true", help="change nothing; status 1 if a document is stale")
    asked = parser.parse_args(arguments)
    found = list(stale(asked.folder))
    for path, text in found:
        sys.stdout.write(f"{path} is stale\n" if asked.check else f"{path} was rewritten\n")
        if not asked.check:
            path.write_text(text, encoding="utf-8")
    if not asked.check and (asked.folder / "pictures").is_dir():
        draw(asked.folder / "pictures")
    return 1 if asked.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
