"""``glasstown backcast``: what was measured of real systems and held out, beside what the model counts."""

import json
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
)

Policies = Annotated[
    list[str] | None,
    typer.Argument(metavar="[POLICY …]", help="shipped policies or TOML files; left out: all that ship with measured numbers"),
]


def backcast(
    policies: Policies = None,
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
    """Example: glasstown backcast spc_defaulter_list --quick

    What was measured of real systems and set nothing in the model, beside what the model counts; and what was input or fitted.
    """
    from glasstown.study import backcast as study

    sizes = {"people": people, "days": days, "pairs": pairs, "seed": seed, "quick": quick}
    with lived(lambda: study.request_of(policies or (), society, **sizes), study.conduct, workers, threads, out, quiet) as found:
        if as_json:
            typer.echo(json.dumps(found))
        else:
            show(found)


def show(document: dict[str, Any]) -> None:
    """Print held-out numbers beside the model's, then what was input or fitted, then what the model does not count."""
    from rich import box
    from rich.table import Table

    from glasstown.report import backcast as said

    console = screen.console()
    title = "Held out: measured of the real system, and nothing was set to meet it"
    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("System", "What was measured", "Measured", "Model", "Measured lies"):
        made.add_column(head, justify="right" if head in ("Measured", "Model") else "left")
    for row in said.held_out(document):
        made.add_row(row["policy"].replace("_", " "), row["what"], said.measured(row), said.model(row), said.verdict(row))
    console.print(made)
    for row in said.held_out(document):
        if said.is_off(row) and row["apart"]:
            console.print(f"{row['policy'].replace('_', ' ')}, {row['what']}: {row['apart']}", highlight=False, markup=False)
    for heading, rows in (
        ("Input or fitted: no evidence that the model is right", said.used(document)),
        ("Held out, and not counted in the model", said.uncounted(document)),
    ):
        if rows:
            console.print(f"\n{heading}", style="bold")
        for row in rows:
            console.print(f"  {said.used_line(row)}", highlight=False, markup=False)
    if document["smoke_run"]:
        typer.echo("This is a smoke run: it shows that everything works and is too small to conclude anything.")
