"""``glasstown law``: what bodies of law ask of a policy, clause by clause; information, and no legal advice."""

import json
from typing import Any

import typer

from glasstown.app import screen
from glasstown.app.asking import AsJson, PolicyName, plainly

STYLES = {"met": "bold", "review": "bold", "not met": "dim"}


def law(policy: PolicyName, as_json: AsJson = False) -> None:
    """Example: glasstown law popular_image

    What the EU's AI Act and data protection regulation, the European Convention on Human Rights, Canada's directive, HUDERIA and China's
    guiding opinions ask of a policy: each clause with its conditions, the words of the file that were tested, sources and caveats.
    """
    with plainly():
        from glasstown import catalogue
        from glasstown.law import judging
        from glasstown.policy import load

        found, deeds, sensors = load.load(policy), catalogue.load_deeds(), catalogue.load_law()
        if as_json:
            typer.echo(json.dumps(judging.document(found, deeds, sensors)))
            return
        show(found, judging.judge(found, deeds, sensors), judging.answered(found, deeds, sensors))


def show(policy: Any, judged: list[tuple[Any, list[Any]]], answered: Any) -> None:
    """Print a table a body of law, its sources, and Canada's questionnaire; what it is not, before and after."""
    from glasstown.law import judging
    from glasstown.report import law as said

    console = screen.console()
    console.print(judging.NOTICE, style="bold", highlight=False)
    console.print(f"\n{policy.title}", highlight=False, markup=False)
    console.print(overview(judged))
    for body, rows in judged:
        console.print()
        console.print(table(body, rows))
        for source in body.source:
            console.print(
                f"  {source.id}: {source.title}, opened {source.opened}", style="dim", highlight=False, markup=False, soft_wrap=False
            )
        if body.name == "canada_directive" and answered is not None:
            console.print()
            for sentence in said.questionnaire(answered):
                console.print(sentence, highlight=False, markup=False)
    console.print("\nAddresses of the sources: docs/law.md, or --json.", style="dim", highlight=False)
    console.print(judging.NOTICE, style="bold", highlight=False)


def overview(judged: list[tuple[Any, list[Any]]]) -> Any:
    """A line a body of law: how many of its clauses came out how."""
    from rich import box
    from rich.table import Table

    from glasstown.law.judging import VERDICTS
    from glasstown.report import law as said

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    made.add_column("Body of law", ratio=1)
    for verdict in VERDICTS:
        made.add_column(said.UNITS[verdict].capitalize(), justify="right", no_wrap=True)
    for body, rows in judged:
        made.add_row(f"{body.place}: {body.short}", *(str(sum(row.verdict == verdict for row in rows)) for verdict in VERDICTS))
    return made


def table(body: Any, rows: list[Any]) -> Any:
    """The clauses of a body of law; the words that a condition was tested on are said once."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    from glasstown.report import law as said

    title = f"{body.place}: {body.title}\n{said.KINDS[body.kind]}, read as of {body.as_of}; {said.counted(rows)}"
    made = Table(title=escape(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, leading=1, expand=True,
                 caption=escape(" ".join(body.caveats)), caption_justify="left")  # fmt: skip
    made.add_column("Clause", ratio=26)
    made.add_column("Verdict", no_wrap=True, width=14)
    made.add_column("What was tested, and in which words of the file", ratio=56)
    seen: set[str] = set()
    for row in rows:
        named = f"{row.clause.title}\n{row.clause.article}, {said.applies(row.clause)}"
        rest = [f"Caveat: {row.clause.caveat}"] if row.verdict != "not met" else []
        lines = [*said.why(row, seen), *rest, f"Sources: {', '.join(row.clause.source)}"]
        made.add_row(escape(named), row.verdict, escape("\n".join(lines)), style=STYLES.get(row.verdict, ""))
    return made
