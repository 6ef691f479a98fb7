"""The commands that tell lives: ``citizen``, one invented person in both towns; ``ledger``, what was written down of everybody."""

import json
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from glasstown.app import screen
from glasstown.app.asking import BadInput

if TYPE_CHECKING:
    from glasstown.report.biography import Biography
    from glasstown.study.replay import Replayed, Run
    from glasstown.study.telling import Telling

PATIENCE = 3.0  # seconds before progress is shown
ALL = "list"

RunName = Annotated[str, typer.Argument(metavar="RUN", help="folder of a run, or how its name in runs begins")]
Pair = Annotated[int, typer.Option(help="which pair of towns of the run")]
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON document instead")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="errors only on stderr")]


class FindAlone(typer.core.TyperCommand):
    """A command whose ``--find`` may stand alone: then it asks for all kinds."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As the command line says, with the word that is left out."""
        for place in range(len(args) - 1, -1, -1):
            if args[place] == "--find" and (place + 1 == len(args) or args[place + 1].startswith("-")):
                args = [*args[: place + 1], ALL, *args[place + 1 :]]
        return super().parse_args(ctx, args)


def citizen(
    run: RunName,
    id: Annotated[int | None, typer.Argument(metavar="ID", help="number of an invented citizen, from 0")] = None,
    find: Annotated[str | None, typer.Option(metavar="[KIND]", help="pick a telling life; list, or alone: all kinds")] = None,
    pair: Pair = 0,
    html: Annotated[bool, typer.Option("--html", help="write a page to print, the two lives side by side")] = False,
    out: Annotated[Path | None, typer.Option(help="where the page goes; left out: citizen-ID.html in this folder")] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Example: glasstown citizen spc --find wrongly_listed --html

    One invented person's life as sentences, and beside it the same person's life in the town without the policy. The run is lived
    again, exactly as it was. Kinds to find: typical, wrongly_listed, silenced, deterred, gamed, child_of_listed, pariah, shown_wrongly,
    denounced, extorted, spared, listed_by_order, detained, detained_wrongly, child_of_detained, marched, arrested, withdrawn.
    """
    from glasstown.report import biography

    if (id is None) == (find is None):
        raise BadInput("give the number of a citizen, or --find with a kind of life; --find alone lists the kinds")
    opened = opened_run(run, pair)
    if id is not None and not 0 <= id < opened.request.people:
        raise BadInput(f"there are citizens 0 to {opened.request.people - 1:,} in this run; {id:,} was given")
    if find == ALL:
        show_kinds(opened, pair, as_json, quiet)
        return
    telling = None
    if find is not None:
        telling = found(opened, pair, kind_of(find), Waiting(quiet, opened))
        if telling.citizen is None:
            raise BadInput(f"{biography.found_line(telling)}; try another kind, another --pair or a larger run")
    told = life(opened, pair, telling.citizen if telling and telling.citizen is not None else id or 0, telling, quiet)
    if html:
        write_page(opened, pair, told, out, as_json)
    elif as_json:
        typer.echo(json.dumps({"run": opened.folder.name, "pair": pair, **told.document()}))
    else:
        show(told, opened, pair)


def ledger(
    run: RunName,
    pair: Pair = 0,
    out: Annotated[Path | None, typer.Option(help="where the table goes; left out: RUN-ledger.parquet in this folder")] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Example: glasstown ledger spc --out ledger.parquet

    Everything that was written down of the invented citizens of a pair of towns under the policy: points, lists, and what became of
    them, with what is true of each. A Parquet table sorted by citizen. The run is lived again, exactly as it was.
    """
    from glasstown.report import ledger as books

    opened = opened_run(run, pair)
    path = out or Path(f"{opened.folder.name}-ledger{f'-pair-{pair}' if pair else ''}.parquet")
    frame = books.frame(opened.request, again(opened, pair, None, Waiting(quiet, opened)))
    try:
        frame.write_parquet(path, compression="zstd")
    except OSError as wrong:
        raise BadInput(f"cannot write {path}: {wrong.strerror or wrong}; name another file with --out") from None
    counts = dict(frame.group_by("kind").len().sort("kind").iter_rows())
    if as_json:
        typer.echo(json.dumps({"run": opened.folder.name, "pair": pair, "ledger": str(path), "rows": counts}))
        return
    typer.echo(str(path))
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    if not quiet:
        screen.talk(f"{len(frame):,} rows of {frame['citizen'].n_unique():,} citizens: {kinds or 'nothing was written down'}")


# ---- living again ----------------------------------------------------------------------------------------------------


def opened_run(name: str, pair: int) -> "Run":
    """The run of this name, with this pair in it."""
    from glasstown.study import replay

    try:
        opened = replay.open_run(replay.folder_of(name))
    except replay.CannotReplay as wrong:
        raise BadInput(str(wrong)) from None
    if not 0 <= pair < opened.request.pairs:
        last = opened.request.pairs - 1
        raise BadInput(f"--pair must be between 0 and {last:,}; {pair:,} was given" if last else "this run has one pair: --pair 0")
    return opened


class Waiting:
    """Progress of living a pair again, shown when it takes longer than a few seconds."""

    def __init__(self, quiet: bool, run: "Run") -> None:
        from glasstown.study.case import citizen_days

        self.bar, self.start, self.lived = screen.Progress(quiet, "Living a pair of towns again"), time.monotonic(), 0
        self.whole = citizen_days(replace(run.request, pairs=1))

    def __call__(self, count: int) -> None:
        """So many more citizen-days are lived."""
        self.lived += count
        if time.monotonic() - self.start > PATIENCE:
            self.bar(min(self.lived / self.whole, 1.0), 1)


def again(run: "Run", pair: int, citizens: Iterable[int] | None, waiting: Waiting) -> "Replayed":
    """The pair lived again, following these citizens."""
    from glasstown.engine import compiler
    from glasstown.study import estimate, replay

    try:
        estimate.refuse_if_too_large(run.request, 1, 1)
        if not compiler.is_cached() and not waiting.bar.quiet:
            screen.talk("compiling once")
        return run.again(pair, citizens, waiting)
    except (replay.CannotReplay, estimate.TooLarge) as wrong:
        raise BadInput(str(wrong)) from None
    finally:
        waiting.bar.close()


def life(run: "Run", pair: int, number: int, telling: "Telling | None", quiet: bool) -> "Biography":
    """The life of a citizen, told."""
    from glasstown.report import biography

    people = run.request.case(pair).society.people
    lived = again(run, pair, biography.followed(people, number), Waiting(quiet, run))
    return biography.tell(run.request, lived.case, lived.events, number, telling)


# ---- finding ---------------------------------------------------------------------------------------------------------


def kind_of(word: str) -> str:
    """The kind of life that was asked for."""
    from glasstown.files import suggestion
    from glasstown.study import telling

    if word not in telling.KINDS:
        raise BadInput(
            f"--find knows no “{word}”; {suggestion(word, list(telling.KINDS)).rstrip('?.')}; there are {', '.join(telling.KINDS)}"
        )
    return word


def found(run: "Run", pair: int, kind: str, waiting: Waiting, lived: "Replayed | None" = None) -> "Telling":
    """The clearest life of a kind in a pair of towns."""
    from glasstown.study import telling

    lived = lived or again(run, pair, (), waiting)
    candidates = telling.candidates(lived.worlds, lived.case, kind) if kind in telling.COUNTED else []
    if candidates:
        return telling.choose(lived.worlds, lived.case, kind, again(run, pair, candidates, waiting).events)
    return telling.find(lived.worlds, lived.case, kind)


def show_kinds(run: "Run", pair: int, as_json: bool, quiet: bool) -> None:
    """Every kind of life with the citizen it finds."""
    from glasstown.report import biography
    from glasstown.study import telling

    waiting = Waiting(quiet, run)
    lived = again(run, pair, (), waiting)
    rows = [found(run, pair, kind, Waiting(quiet, run), lived) for kind in telling.KINDS]
    if as_json:
        named = {row.kind: {"citizen": row.citizen, "like_her": row.like_her, "of": row.of, "amount": row.amount} for row in rows}
        typer.echo(json.dumps({"run": run.folder.name, "pair": pair, "found": named}))
        return
    width = max(map(len, telling.KINDS))
    for row in rows:
        who = "nobody" if row.citizen is None else str(row.citizen)
        typer.echo(f"{row.kind:{width}}  {who:>9}  {biography.found_line(row)}")
    first = next((row for row in rows if row.citizen is not None), None)
    if first is not None:
        screen.talk(f"next: glasstown citizen {run.folder} {first.citizen}")


# ---- showing ---------------------------------------------------------------------------------------------------------


def show(told: "Biography", run: "Run", pair: int) -> None:
    """The life in the terminal, both towns side by side."""
    from rich import box
    from rich.table import Table

    from glasstown.report import words

    console = screen.console()
    for sentence in told.about:
        console.print(sentence, highlight=False, markup=False)
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=True)
    for lived in told.lives:
        made.add_column(lived.heading, ratio=1)
    for here, there in zip(*(lived.halves for lived in told.lives), strict=True):
        made.add_row(paragraphs(told, here), paragraphs(told, there))
    console.print(made)
    totals = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=words.told("total"), title_justify="left")
    for place, head in enumerate(("", words.told("policy"), words.told("twin"))):
        totals.add_column(head, justify="right" if place else "left")
    for row in told.totals:
        totals.add_row(*row)
    console.print(totals)
    for note in ("counted", "invented"):
        console.print(words.told(note), highlight=False, markup=False, style="dim")
    screen.talk(f"next: glasstown citizen {run.folder} {told.citizen}{f' --pair {pair}' if pair else ''} --html")


def paragraphs(told: "Biography", half: Any) -> Any:
    """A half-year as text."""
    from rich.text import Text

    made = Text(half.heading() + "\n", style="bold")
    for entry in half.entries:
        made.append(f"{told.date(entry.day)}: ", style="not bold underline")
        made.append(f"{entry.text} ", style="not bold")
        made.append(f"{entry.verdict()}\n", style="not bold italic")
    for line in half.summary:
        made.append(f"{line} ", style="not bold dim")
    return made


def write_page(run: "Run", pair: int, told: "Biography", out: Path | None, as_json: bool) -> None:
    """The life as a page to print."""
    from glasstown.report import handout

    path = out or Path(f"citizen-{told.citizen}.html")
    try:
        handout.write(told, run.request, run.folder.name, pair, path)
    except OSError as wrong:
        raise BadInput(f"cannot write {path}: {wrong.strerror or wrong}; name another file with --out") from None
    typer.echo(json.dumps({"run": run.folder.name, "pair": pair, "citizen": told.citizen, "page": str(path)}) if as_json else str(path))
