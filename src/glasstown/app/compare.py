"""``glasstown compare``, ``diff`` and ``gap``: several policies in the same towns, how their files differ, how far the image is off."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from glasstown.app import screen
from glasstown.app.asking import (
    AsJson,
    Days,
    Out,
    Pairs,
    People,
    Quick,
    Quiet,
    Seed,
    Society,
    Threads,
    Workers,
    lived,
    plainly,
)

Policies = Annotated[list[str], typer.Argument(metavar="POLICY POLICY …", help="names of shipped policies (see presets), or TOML files")]
Two = Annotated[tuple[str, str], typer.Argument(metavar="POLICY POLICY", help="names of shipped policies (see presets), or TOML files")]
NAMES, CELL, LEAST = 34, 18, 15  # columns of a terminal: for what an outcome is called, for a policy, and least for a policy
CAPTION = "Differences from the same town without any of them; under each, its 90 % interval (luck and what we do not know)."
GAP = "90 % intervals. Nearest: the system on record whose difference is nearest to the image's. Median: of all systems on record."
SIGNS = {"added": "+", "removed": "\N{MINUS SIGN}", "changed": "~"}


def compare(
    policies: Policies,
    society: Society = "town",
    people: People = None,
    days: Days = None,
    pairs: Pairs = None,
    seed: Seed = 1,
    threads: Threads = None,
    workers: Workers = None,
    out: Out = Path("runs"),
    as_json: AsJson = False,
    quiet: Quiet = False,
    quick: Quick = False,
) -> None:
    """Example: glasstown compare spc_defaulter_list rongcheng_2014 --quick

    Several policies in the same towns with the same luck: each against the same town without it, and against one another.
    """
    from glasstown.study import compare as study

    sizes = {"people": people, "days": days, "pairs": pairs, "seed": seed, "quick": quick}
    with lived(lambda: study.request_of(policies, society, **sizes), study.conduct, workers, threads, out, quiet) as found:
        assert found.folder is not None
        if as_json:
            paths = {"report": str(found.folder / "report.html"), "manifest": str(found.folder / "manifest.json")}
            typer.echo(json.dumps(found.document() | paths))
        else:
            show(found)
            typer.echo(f"Report: {found.folder / 'report.html'}   next: glasstown diff {policies[0]} {policies[1]}")


def show(found: Any) -> None:
    """Print the table; where there are more policies than fit, its columns go on below."""
    from glasstown.report import words

    console = screen.console()
    heads = [label.replace("_", " ") for label in found.labels]
    columns = [{(row.name, row.group): row for row in column.outcomes} for column in found.columns]
    if len(heads) == 2:
        between = {(row["outcome"], "all"): row for row in found.between}
        heads, columns = [*heads, "first minus second"], [*columns, between]
    fitting = max((min(console.width, 160) - NAMES) // CELL, 1)
    for place in range(0, len(heads), fitting):
        console.print(table(found, heads[place : place + fitting], columns[place : place + fitting]))
    console.print(f"{CAPTION} {screen.CAPTION.partition('.')[2].strip()}", style="dim", highlight=False)
    if len(found.labels) > 2:
        console.print("The policies' differences from one another are in the report.", highlight=False)
    for label, column in zip(found.labels, found.columns, strict=True):
        for line in words.on_growth(column.policy):
            console.print(f"{label}: {line}", highlight=False, markup=False)


def table(found: Any, heads: Sequence[str], columns: Sequence[dict[Any, Any]]) -> Any:
    """Outcomes in rows, policies in columns, as a rich table."""
    from rich import box
    from rich.table import Table

    from glasstown.report import words

    request = found.request
    size = f"{request['people']:,} people, {words.years(request['days'])}, {request['pairs']} pairs of towns"
    made = Table(title=f"Policies compared ({size})", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    made.add_column("Outcome", min_width=NAMES - 4)
    for head in heads:
        made.add_column(head, justify="right", min_width=LEAST)
    for outcome in rows(found):
        cells = [cell(column.get((outcome.name, outcome.group))) for column in columns]
        name = f"{outcome.title}, {words.unit_of_difference(outcome.unit)}" if outcome.group == "all" else f"  {outcome.group}"
        made.add_row(name, *cells)
    return made


def rows(found: Any) -> list[Any]:
    """The outcomes of the table: those that any policy's own table has, in its order."""
    chosen: dict[tuple[str, str], Any] = {}
    for column in found.columns:
        chosen |= {(row.name, row.group): row for row in screen.main_outcomes(column) if (row.name, row.group) not in chosen}
    order = {name: place for place, name in enumerate(screen.MAIN)}
    return sorted(chosen.values(), key=lambda row: order.get(row.name, -1))  # stated aims come first, groups after everybody


def cell(row: Any) -> str:
    """A difference over its interval, or that one cannot tell."""
    if row is None:
        return ""
    known = row if isinstance(row, dict) else {name: getattr(row, name) for name in ("value", "low", "high", "verdict")}
    if known["value"] is None:
        return "nobody to count"
    if (known["value"], known["low"], known["high"]) == (0, 0, 0):
        return "0"
    return screen.difference(known)


# ---- diff ------------------------------------------------------------------------------------------------------------


def diff(policies: Two, as_json: AsJson = False) -> None:
    """Example: glasstown diff spc_defaulter_list rongcheng_2014

    How two policies differ, in plain sentences: what only the first has, what only the second has, and what is changed between them.
    """
    with plainly():
        from glasstown import catalogue
        from glasstown.policy import diff as study
        from glasstown.policy import load

        before, after = map(load.load, policies)
        found = study.sections(before, after, catalogue.load_deeds())
        if as_json:
            told = {heading: [{"kind": change.kind, "text": change.text} for change in group] for heading, group in found}
            typer.echo(json.dumps({"policies": [before.name, after.name], "same": not found, "sections": told}))
            return
        if not found:
            typer.echo(f"{policies[0]} and {policies[1]} say the same.")
            return
        typer.echo(f"From {before.title} to {after.title}")
        typer.echo(
            f"{SIGNS['removed']} only the first   {SIGNS['added']} only the second   {SIGNS['changed']} changed from first to second"
        )
        for heading, group in found:
            typer.echo(f"\n{heading}")
            for change in group:
                typer.echo(wrapped(f"{SIGNS[change.kind]} {change.text}"))


def wrapped(sentence: str) -> str:
    """A sentence as an item of a list, within the terminal's width."""
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    return textwrap.fill(sentence, width, initial_indent="  ", subsequent_indent="    ")


# ---- gap -------------------------------------------------------------------------------------------------------------


def gap(
    society: Society = "town",
    people: People = None,
    days: Days = None,
    pairs: Pairs = None,
    seed: Seed = 1,
    threads: Threads = None,
    workers: Workers = None,
    out: Out = Path("runs"),
    as_json: AsJson = False,
    quiet: Quiet = False,
    quick: Quick = False,
) -> None:
    """Example: glasstown gap --quick

    How far the popular image lies from the record: every shipped policy in the same towns, in force from the first day.
    """
    from glasstown.study import gap as study

    sizes = {"people": people, "days": days, "pairs": pairs, "seed": seed, "quick": quick}
    with lived(lambda: study.request_of(society, **sizes), study.conduct, workers, threads, out, quiet) as found:
        if as_json:
            typer.echo(json.dumps(found))
        else:
            show_gap(found)


def show_gap(document: dict[str, Any]) -> None:
    """Print the main outcomes: the image, the nearest and the median system of the record, and how far the image is from each."""
    from rich import box
    from rich.table import Table

    from glasstown.report import gap as said

    console = screen.console()
    title = f"The popular image and {said.systems_counted(document)}: differences from the same town without any of them"
    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, caption=GAP, caption_justify="left", pad_edge=False)
    made.add_column("Outcome", min_width=24)
    for head in said.HEAD[1:-1]:
        made.add_column(head, justify="right")
    for row in said.main(document):
        made.add_row(*gap_cells(row))
    console.print(made)
    if document["smoke_run"]:
        typer.echo("This is a smoke run: it shows that everything works and is too small to conclude anything.")


def gap_cells(row: dict[str, Any]) -> list[str]:
    """One outcome: the image, the nearest system of the record by name, the image minus it, the median, the image minus that."""
    from glasstown.report import gap as said
    from glasstown.report import words

    near, middle, image = row["nearest"], row["median"], next(iter(row["policies"].values()))
    nearest = "" if near is None else f"{said.near_name(row)}\n{cell(row['policies'][near['policy']])}"
    level = "" if middle is None else words.number(middle["level"], sign=True)
    name = f"{row['title']}, {words.unit_of_difference(row['unit'])}"
    return [name, cell(image), nearest, "" if near is None else cell(near), level, "" if middle is None else cell(middle)]
