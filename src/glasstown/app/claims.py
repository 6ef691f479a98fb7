"""``glasstown claims``: what critics and proponents claim of social scoring, measured by one rule."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from glasstown.app import screen
from glasstown.app.asking import AsJson, BadInput, Days, Out, Pairs, People, Quiet, Seed, Society, Threads, Workers, plainly, studying

MOST = 16  # claims there are
Number = Annotated[int | None, typer.Argument(metavar="N", min=1, max=MOST, help="number of one claim; left out: all sixteen")]
UnderPolicy = Annotated[str | None, typer.Option(help="policy under which to measure; left out: the one the claims are about")]
Smoke = Annotated[bool, typer.Option("--quick", help="a smoke run: too small to conclude anything")]
CAPTION = (
    "Policy minus twin town; 90 % intervals. Holds or reversed: the wide interval leaves zero out in the claimed direction or the other. "
    "Knock-out: the named coefficients at zero. Rank: correlation with the effect over couples of pairs. What hangs on a rate that nobody "
    "has measured is a curve over that rate, and holds in part if some bins cannot tell. What a whole town does is a share of worlds."
)
SILENT = ("cannot tell", "not measured")  # findings that say nothing either way
SMOKE = "This is a smoke run: it shows that everything works and is too small to conclude anything."


def claims(
    claim: Number = None,
    policy: UnderPolicy = None,
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
    quick: Smoke = False,
) -> None:
    """Example: glasstown claims 4

    What critics and proponents claim of social scoring: the effect with both widths, what is left without its own cause, where it turns.
    """
    progress = screen.Progress(quiet)
    with plainly(progress.kept):
        from glasstown.study import claims as study

        try:
            request = study.request_of(policy or study.POLICY, society, people=people, days=days, pairs=pairs, seed=seed, quick=quick)
        except ValueError as wrong:
            raise BadInput(str(wrong)) from None
        numbers = [claim] if claim else [each.number for each in study.CLAIMS]
        if quick and not quiet:
            screen.talk(SMOKE)
        try:
            with studying(out):
                found = study.conduct(request, numbers, workers, threads or 1, out, progress, None if quiet else screen.talk)
        finally:
            progress.close()
        if as_json:
            typer.echo(json.dumps(found.document()))
            return
        show(found.document())


def show(document: dict[str, Any]) -> None:
    """Print the table, and under it curves and worlds; on a narrow terminal the same in lines."""
    from glasstown.report import claims as said
    from glasstown.report import words

    console = screen.console()
    if console.width >= screen.WIDTH:
        console.print(table(document))
        for row in document["claims"]:
            if (made := small(row)) is not None:
                told = row.get("worlds", row)
                named = {"number": row["number"], "title": told["title"], "unit": words.unit_of_difference(told["unit"])}
                console.print(words.say("claims_titled", **named), style="bold", highlight=False)
                console.print(made, "")
    else:
        for row in document["claims"]:
            first, *rest = said.sentences(row)
            console.print(first, style="bold", highlight=False)
            for line in rest:
                console.print(f"   {line}", highlight=False)
        console.print(CAPTION, highlight=False)
    if document["smoke_run"]:
        typer.echo(SMOKE)


def table(document: dict[str, Any]) -> Any:
    """All claims as a rich table."""
    from rich import box
    from rich.table import Table

    from glasstown.report import claims as said
    from glasstown.report import words

    request = document["request"]
    size = f"{request['people']:,} people, {words.years(request['days'])}, {request['pairs']} pairs of towns"
    title = f"{document['title']}: what is claimed, and what is measured ({size})"
    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, caption=CAPTION, caption_justify="left", pad_edge=False, leading=1)
    for head, share in (("Claim", 22), ("Measured by, and effect", 32), ("Knock-out", 26), ("Where it turns", 30)):
        made.add_column(head, ratio=share)
    made.add_column("Finding, grade", no_wrap=True)
    for row in document["claims"]:
        claim = f"{row['number']}. {row['claim']}\n({words.say('claims_by_' + row['by'])})"
        shown = [claim, said.measured(row), "", "", f"{row['finding']}\n{row['grade']}"]
        if said.is_measured(row):
            shown[1] += f"\n{said.effect(row)}"
            shown[2:4] = [f"{', '.join(row['zero'])}\n{said.left(row)}", "\n".join(said.turns(row))]
        made.add_row(*shown, style="dim" if row["finding"] in SILENT else "")
    return made


def small(row: dict[str, Any]) -> Any:
    """Under the table: a curve bin by bin, or how the worlds are spread; None for a claim that has neither."""
    from rich.table import Table

    from glasstown.report import claims as said

    found = said.small(row)
    if found is None:
        return None
    head, cells = found
    made = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="italic")
    for name in head:
        made.add_column(name)
    for cell in cells:
        made.add_row(*cell)
    return made
