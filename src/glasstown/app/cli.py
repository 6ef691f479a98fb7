"""The command line. Results go to stdout, talk to stderr; exit status 0 done, 1 our bug, 2 bad input, 130 interrupted.

Nothing heavy is imported before a command needs it: ``glasstown --help`` answers at once.
"""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from glasstown.app import backcast, claims, compare, law, lives, published, screen
from glasstown.app.asking import (
    AsJson,
    BadInput,
    Days,
    Out,
    Pairs,
    People,
    PolicyName,
    Quick,
    Quiet,
    Seed,
    Society,
    Threads,
    Workers,
    plainly,
    studying,
)

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Example: glasstown assess spc_defaulter_list --quick\n\n"
    "A wind tunnel for social scoring: what a scoring policy does to an invented town, against the same town without it. "
    "All people in it are invented.",
)


@app.command(short_help="Put a policy through the tunnel, and get a report.")
def assess(
    policy: PolicyName,
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
    safeguards: Annotated[
        bool, typer.Option("--safeguards", help="also what safeguards buy, alone and together: many minutes more")
    ] = False,
) -> None:
    """Example: glasstown assess spc_defaulter_list --quick

    Put a policy through the tunnel: many pairs of towns, with and without it, and a report with intervals.
    """
    sizes = {"people": people, "days": days, "pairs": pairs, "seed": seed, "quick": quick, "safeguards": safeguards}
    conduct(policy, society, sizes, workers, threads or 1, out, as_json, quiet)


@app.command(short_help="One pair of towns: fast, and without intervals.")
def run(
    policy: PolicyName,
    society: Society = "town",
    people: People = None,
    days: Days = None,
    seed: Seed = 1,
    threads: Threads = None,
    out: Out = Path("runs"),
    as_json: AsJson = False,
    quiet: Quiet = False,
    quick: Quick = False,
) -> None:
    """Example: glasstown run spc_defaulter_list --people 100000

    One pair of towns, at the central values of everything uncertain: fast, and without intervals.
    """
    sizes = {"people": people, "days": days, "pairs": 1, "seed": seed, "quick": quick}
    conduct(policy, society, sizes, 1, threads or os.cpu_count() or 1, out, as_json, quiet)


def conduct(
    policy: str, society: str, sizes: dict[str, Any], workers: int | None, threads: int, out: Path, as_json: bool, quiet: bool
) -> None:
    """Live what is asked, and show what was found."""
    progress = screen.Progress(quiet)
    with plainly(progress.kept):
        from glasstown.study import assess as study

        try:
            request = study.request_of(policy, society, **sizes)
        except ValueError as wrong:
            raise BadInput(str(wrong)) from None
        try:
            with studying(out):
                found = study.conduct(request, workers, threads, out, progress, None if quiet else screen.talk)
        finally:
            progress.close()
        assert found.folder is not None
        if as_json:
            paths = {"report": str(found.folder / "report.html"), "manifest": str(found.folder / "manifest.json")}
            typer.echo(json.dumps(found.document() | paths))
            return
        console = screen.console()
        console.print(screen.table(found, console.width))
        if found.tables.get("safeguards"):
            console.print(screen.safeguards(found, console.width))
        screen.searched(found, console)
        screen.remark(found, console)
        typer.echo(f"Report: {found.folder / 'report.html'}   next: {following(policy, society, sizes)}")


def following(policy: str, society: str, sizes: dict[str, Any]) -> str:
    """The command that a user may want next."""
    town = f" --society {society}" if society != "town" else ""
    if sizes["quick"] or sizes["pairs"] == 1:
        return f"glasstown assess {policy}{town}"
    return f"glasstown explain {policy}" if sizes["safeguards"] else f"glasstown assess {policy}{town} --safeguards"


app.command("claims", short_help="What critics and proponents claim, measured.")(claims.claims)
app.command("published", short_help="Published models, reproduced by our own parts.")(published.published)
app.command("law", short_help="What bodies of law ask of a policy, clause by clause.")(law.law)
app.command("compare", short_help="Several policies in the same towns.")(compare.compare)
app.command("diff", short_help="How two policies differ, in plain sentences.")(compare.diff)
app.command("backcast", short_help="Measured numbers that were held out, beside the model's.")(backcast.backcast)
app.command("gap", short_help="How far the popular image is from the record.")(compare.gap)


@app.command(short_help="Check a society and look at it.")
def society(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="name of a shipped society, or a TOML file")] = "town",
    people: Annotated[int, typer.Option(min=50, max=10_000_000, help="people to make")] = 10_000,
    seed: Seed = 1,
    out: Annotated[Path | None, typer.Option(help="where the picture goes, .svg or .png; left out: NAME.svg in this folder")] = None,
    as_json: AsJson = False,
) -> None:
    """Example: glasstown society town --people 20000

    Check a society's file, make its people, and say what came out: ages, ties, segregation, incomes, and one picture.
    """
    with plainly():
        from glasstown.people import recipe

        found = recipe.load(file)
        picture = out or Path(f"{found.name}.svg")
        if picture.suffix not in (".svg", ".png"):
            raise BadInput(f"--out must end in .svg or .png; {picture} was given")
        try:
            portrait = show_society(found, people, seed, picture, as_json)
        except OSError as wrong:
            raise BadInput(f"cannot write {picture}: {wrong.strerror}; name another file with --out") from None
        if as_json:
            typer.echo(json.dumps({"society": found.name, "seed": seed, "picture": str(picture), **portrait}))
        else:
            screen.talk(f"next: glasstown assess spc_defaulter_list --society {file} --quick")


def show_society(found: Any, people: int, seed: int, picture: Path, as_json: bool) -> dict[str, Any]:
    """Make the people, draw them, and print their tables unless JSON is wanted."""
    from glasstown import draws
    from glasstown.people import founding, portrait
    from glasstown.report import society as shown

    made = founding.found(found, people, draws.key_of(seed, 0))
    if not as_json:
        return shown.show(found, made, screen.console(), picture)
    measured = portrait.measure(made, found)
    shown.draw(measured, found.title, picture)
    return measured


@app.command(short_help="The shipped policies.")
def presets(as_json: AsJson = False) -> None:
    """Example: glasstown presets

    The shipped policies. With --json also the place, years, fidelity, mechanics and sources of each.
    """
    with plainly():
        from glasstown.policy import load

        found = load.presets()
        if as_json:
            typer.echo(json.dumps([load.described(load.load(name)) for name in found]))
            return
        width = max(map(len, found))
        for name, title in found.items():
            typer.echo(f"{name:{width}}  {title}")


@app.command(short_help="Say everything that is wrong with a policy file.")
def check(file: PolicyName, as_json: AsJson = False) -> None:
    """Example: glasstown check my_policy.toml

    Say everything that is wrong with a policy file, with line and column; exit status 2 if anything is.
    """
    with plainly():
        from glasstown.policy import load
        from glasstown.study import assess

        policy = load.load(file)
        try:
            assess.refuse_misfits(policy)
        except ValueError as wrong:
            raise BadInput(str(wrong)) from None
        if as_json:
            typer.echo(json.dumps({"policy": policy.name, "digest": load.digest(policy), "problems": []}))
            return
        typer.echo(f"{file}: nothing is wrong with it")
        screen.talk(f"next: glasstown explain {file}")


@app.command(short_help="A policy in plain sentences.")
def explain(policy: PolicyName, as_json: AsJson = False) -> None:
    """Example: glasstown explain spc_defaulter_list

    The policy in plain sentences.
    """
    with plainly():
        from glasstown import catalogue
        from glasstown.policy import explain as words
        from glasstown.policy import load

        found = load.load(policy)
        sections = words.sections(found, catalogue.load_deeds())
        if as_json:
            typer.echo(json.dumps({"policy": found.name, "title": found.title, "sections": dict(sections)}))
            return
        typer.echo(found.title)
        for heading, sentences in sections:
            typer.echo(f"\n{heading}")
            for sentence in sentences:
                typer.echo(wrapped(sentence))


def wrapped(sentence: str) -> str:
    """A sentence as an item of a list, within the terminal's width."""
    import shutil
    import textwrap

    return textwrap.fill(sentence, min(shutil.get_terminal_size((100, 24)).columns, 110), initial_indent="  - ", subsequent_indent="    ")


@app.command(short_help="A commented policy file to start from.")
def init(file: Annotated[Path, typer.Argument(metavar="[FILE]", help="the file to write")] = Path("my_policy.toml")) -> None:
    """Example: glasstown init my_policy.toml

    Write a commented policy file to start from. A file that is there already is left alone.
    """
    with plainly():
        from glasstown.policy import template

        try:
            with open(file, "x", encoding="utf-8") as stream:
                stream.write(template.text(file.stem))
        except FileExistsError:
            raise BadInput(f"{file} is there already; name another file") from None
        except OSError as wrong:
            raise BadInput(f"cannot write {file}: {wrong.strerror}") from None
        typer.echo(file)
        screen.talk(f"next: glasstown check {file}")


@app.command(short_help="The JSON Schema of policy files.")
def schema() -> None:
    """Example: glasstown schema > policy.schema.json

    The JSON Schema of policy files, for editors that check while one types.
    """
    with plainly():
        from glasstown.policy import editor

        typer.echo(editor.json_schema_text(), nl=False)


app.command(cls=lives.FindAlone, short_help="One invented person's life, in both towns.")(plainly()(lives.citizen))
app.command(short_help="All that was written down, as a table.")(plainly()(lives.ledger))


def main() -> None:
    """Entry point of the command ``glasstown``."""
    app(prog_name="glasstown")


if __name__ == "__main__":
    main()
