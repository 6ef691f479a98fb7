"""``glasstown published``: published models run by our own parts, and how near their numbers we come."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from glasstown.app import screen
from glasstown.app.asking import AsJson, BadInput, Out, Quiet, plainly, studying


class Tier(StrEnum):
    """How much is measured."""

    smoke = "smoke"
    standard = "standard"
    long = "long"


Name = Annotated[str | None, typer.Argument(metavar="[NAME]", help="one model in full; left out: a line for each model")]
UpTo = Annotated[
    Tier | None,
    typer.Option("--tier", help="smoke: half a minute; standard: minutes; long: all. Left out: smoke for all models, all of a named one"),
]
Everything = Annotated[bool, typer.Option("--all", help="every quantity of every model, not a line for each model")]
CAPTION = (
    "Reproduced: within four standard errors of ours and the target's together, and the tolerance. z: distance in standard errors. "
    "Day's own numbers: the rule as the day computes it, within a derived bound on rounding. Known as: how the target is known. "
)


def published(
    name: Name = None,
    tier: UpTo = None,
    every: Everything = False,
    out: Out = Path("runs"),
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Example: glasstown published base_rates

    Published models, run by our own rules, ties and draws: each published or exact number, ours with its interval, and the verdict.
    """
    progress = Parts(quiet, "Measuring published models")
    with plainly(progress.kept):
        from glasstown.study import reproduce

        try:
            chosen = reproduce.wanted(name, tier.value if tier else None)
        except ValueError as wrong:
            raise BadInput(str(wrong)) from None
        try:
            with studying(out):
                found = reproduce.conduct(chosen, out, progress)
        finally:
            progress.close()
        if as_json:
            typer.echo(json.dumps(found))
            return
        show(found, name, every)
        if not quiet:
            screen.talk(f"What was measured is kept in {reproduce.folder_of(out)}")


class Parts(screen.Progress):
    """Progress of parts of models."""

    def kept(self) -> str:
        """What is said after Ctrl-C."""
        return super().kept().replace(" pairs ", " parts ")


def show(document: dict[str, Any], name: str | None, every: bool) -> None:
    """Print a table a model, or a line a model, and how many numbers were reproduced."""
    from glasstown.published.comparing import HELD
    from glasstown.report import published as said

    console = screen.console()
    if name or every:
        for model in document["models"]:
            console.print(table(model, console.width))
            for remark in [*model["remarks"], *(f"Differs: {reason}" for reason in said.because(model))]:
                console.print(f"  {remark}", highlight=False)
            console.print()
        known = "; ".join(f"{word}: {says}" for word, says in HELD.items())
        console.print(f"{CAPTION}{known}.", style="dim", highlight=False)
    else:
        console.print(overview(document["models"]))
    console.print(said.summary(document), style="bold", highlight=False)
    left = dict.fromkeys(f"{model['name']} ({row['tier']})" for model in document["models"] for row in model["left"])
    if left:
        screen.talk(f"Not measured here: {', '.join(left)}. All of it: glasstown published {name or ''} --tier long".replace("  ", " "))


def table(model: dict[str, Any], width: int) -> Any:
    """The quantities of a model as a rich table; on a narrow terminal without what only reviewers need."""
    from rich import box
    from rich.table import Table

    from glasstown.report import published as said

    papers = "\n".join(f"{paper['cite']} ({said.OPENED[paper['opened']]})" for paper in model["papers"])
    made = Table(title=f"{model['title']}\n{papers}", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    places = range(len(said.HEAD)) if width >= screen.WIDTH else (0, 2, 3, 6)
    for place in places:
        right, whole = 2 <= place <= 4, place in (1, 4, 6)
        made.add_column(said.HEAD[place], justify="right" if right else "left", no_wrap=whole)
    for part in model["parts"]:
        for row in part["quantities"]:
            cells = said.cells(row)
            made.add_row(*[cells[place] for place in places], style="" if row["verdict"] == "reproduced" else "bold red")
    return made


def overview(models: list[dict[str, Any]]) -> Any:
    """A line a model: how many of its quantities were reproduced."""
    from rich import box
    from rich.table import Table

    from glasstown.report import published as said

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("Name", "Model", "Quantities", *(verdict.capitalize() for verdict in said.VERDICTS)):
        made.add_column(head, justify="left" if head in ("Name", "Model") else "right")
    for model in models:
        found = [row["verdict"] for part in model["parts"] for row in part["quantities"]]
        made.add_row(model["name"], model["title"], str(len(found)), *(str(found.count(verdict)) for verdict in said.VERDICTS))
    return made
