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


Name = Annotated[str | None, typer.Argument(metavar="[NAME]", help="one model, all of its tiers; left out: the smoke tier of all")]
UpTo = Annotated[Tier | None, typer.Option("--tier", help="smoke: seconds; standard: minutes; long: more")]
CAPTION = (
    "Target: published or exact. Reproduced: within four standard errors of ours and the target's together, and the stated tolerance. "
    "z: distance in standard errors. Day's own numbers: the rule as the day computes it, within a derived bound on rounding."
)


def published(name: Name = None, tier: UpTo = None, out: Out = Path("runs"), as_json: AsJson = False, quiet: Quiet = False) -> None:
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
        show(found, name)


class Parts(screen.Progress):
    """Progress of parts of models."""

    def kept(self) -> str:
        """What is said after Ctrl-C."""
        return super().kept().replace(" pairs ", " parts ")


def show(document: dict[str, Any], name: str | None) -> None:
    """Print a table a model, and how many of its numbers were reproduced."""
    from glasstown.report import published as said

    console = screen.console()
    for model in document["models"]:
        console.print(table(model, console.width))
        for reason in said.because(model):
            console.print(f"  Differs because, {reason}", highlight=False)
    console.print(CAPTION, style="dim", highlight=False)
    console.print(said.summary(document), style="bold", highlight=False)
    left = [f"{model['name']} ({row['tier']})" for model in document["models"] for row in model["left"]]
    if left:
        more = f"glasstown published {name} --tier long" if name else "glasstown published --tier long"
        screen.talk(f"Not measured here: {', '.join(dict.fromkeys(left))}. All of it: {more}")


def table(model: dict[str, Any], width: int) -> Any:
    """The quantities of a model as a rich table."""
    from rich import box
    from rich.table import Table

    from glasstown.report import published as said

    title = f"{model['title']}: {model['papers'][0]['cite']}"
    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(said.HEAD):
        made.add_column(
            head, justify="right" if 2 <= place <= 4 else "left", overflow="fold", no_wrap=place in (1, 4) and width >= screen.WIDTH
        )
    for part in model["parts"]:
        for row in part["quantities"]:
            made.add_row(*said.cells(row), style="" if row["verdict"] == "reproduced" else "bold red")
    return made
