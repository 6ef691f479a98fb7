"""What commands may be asked, and how each turns what goes wrong into one clear message and an exit status.

Exit status 0 done, 1 our bug, 2 bad input, 130 interrupted.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from glasstown.app import screen

BUG, BAD_INPUT, INTERRUPTED = 1, 2, 130

PolicyName = Annotated[str, typer.Argument(metavar="POLICY", help="name of a shipped policy (see presets), or a TOML file")]
Society = Annotated[str, typer.Option(help="name of a shipped society, or a TOML file")]
People = Annotated[int | None, typer.Option(help="people in each town")]
Days = Annotated[int | None, typer.Option(help="days lived after the burn-in")]
Seed = Annotated[int, typer.Option(help="another seed is other luck and another town")]
Threads = Annotated[int | None, typer.Option(min=1, max=1024, help="threads of each worker")]
Out = Annotated[Path, typer.Option(help="folder in which the run's folder is made")]
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON document instead of a table")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="errors only on stderr")]
Quick = Annotated[bool, typer.Option("--quick", help="a first look: small, short, and unsure")]

Workers = Annotated[int | None, typer.Option(min=1, max=1024, help="processes that live pairs at a time; left out: all cores")]
Pairs = Annotated[int | None, typer.Option(help="pairs of towns: more tell smaller differences")]


class BadInput(Exception):
    """Something the user can put right; its text says what and how."""


@contextmanager
def plainly(again: Callable[[], str] | None = None) -> Iterator[None]:
    """Turn what goes wrong into one clear message and an exit status. ``again`` says how to go on after Ctrl-C."""
    from glasstown.files import FileProblems

    try:
        yield
    except FileProblems as problems:
        screen.talk(problems.render(color=screen.colorful()))
        raise typer.Exit(BAD_INPUT) from None
    except BadInput as wrong:
        screen.error(str(wrong))
        raise typer.Exit(BAD_INPUT) from None
    except KeyboardInterrupt:
        screen.talk(f"\nInterrupted. {again() if again else ''}".rstrip())
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # whoever read our stdout has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except (typer.Exit, typer.Abort):
        raise
    except Exception:
        import traceback

        traceback.print_exc()
        screen.error("this is a bug in glasstown; please report it with the lines above")
        raise typer.Exit(BUG) from None


@contextmanager
def studying(out: Path) -> Iterator[None]:
    """The same for a study that writes into ``out``: what is out of range, does not fit, or cannot be written."""
    from glasstown.study.estimate import TooLarge

    try:
        yield
    except TooLarge as wrong:
        raise BadInput(str(wrong)) from None
    except (NotADirectoryError, FileExistsError, PermissionError) as wrong:
        raise BadInput(f"cannot write to {out}: {wrong.strerror}; name another folder with --out") from None


@contextmanager
def lived(
    ask: Callable[[], Any], conduct: Callable[..., Any], workers: int | None, threads: int | None, out: Path, quiet: bool
) -> Iterator[Any]:
    """Ask for a study and live it with progress; once it is there, what was found is handed out, and what goes wrong is told plainly."""
    progress = screen.Progress(quiet)
    with plainly(progress.kept):
        try:
            asked = ask()
        except ValueError as wrong:
            raise BadInput(str(wrong)) from None
        try:
            with studying(out):
                found = conduct(asked, workers, threads or 1, out, progress, None if quiet else screen.talk)
        finally:
            progress.close()
        yield found
