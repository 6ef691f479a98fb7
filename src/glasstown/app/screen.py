"""What a person sees in the terminal: progress on stderr, results on stdout. Nothing here decides anything."""

import sys
import time
from typing import Any

MAIN = (  # outcomes of the table, where they exist; the policy's stated aim comes on top
    "sanctioned", "wrongly_sanctioned", "innocent_sanctioned", "sanctioned_for_harmless", "missed", "undeserved_entries", "listed",
    "life_observed", "view_entries_wrong", "shown_wrongly", "denounced", "detained_harmless", "marched",
    "refused_travel", "refused_work", "refused_credit", "refused_school", "refused_at_discretion", "income", "in_hardship",
    "children_in_hardship", "dissenting", "private_critics", "silent_critics",
    "silenced", "harm", "good_deeds", "dealings_kept", "staff_days",
)  # fmt: skip
BY_GROUP = ("wrongly_sanctioned", "innocent_sanctioned")
WIDTH = 120  # of tables that do not go to a terminal, and least for all columns
CAPTION = "Intervals of 90 %. Cannot tell: zero lies within, too few people or events, or no more than a stranger's one act makes."

BOUGHT = "90 % intervals: luck and what we do not know. Luck alone, and more outcomes: in the report."


def talk(line: str) -> None:
    """Say a line to who is watching."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def error(text: str) -> None:
    """Say what is wrong, in colour on a terminal that takes it."""
    red, plain = ("\033[1;31m", "\033[0m") if colorful() else ("", "")
    talk(f"{red}error{plain}: {text}")


def colorful() -> bool:
    """Whether stderr is a terminal that wants colour."""
    import os

    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Progress:
    """Progress of pairs: a bar with the time left on a terminal, else a line for each tenth."""

    def __init__(self, quiet: bool = False, title: str = "Living pairs of towns") -> None:
        self.quiet, self.title, self.done, self.asked = quiet, title, 0.0, 0
        self.bar: Any = None
        self.task: Any = None
        self.tenth, self.start, self.first = 0, 0.0, 0.0

    def __call__(self, done: float, asked: int) -> None:
        """``done`` of ``asked`` pairs are finished."""
        begins = self.asked == 0
        self.done, self.asked = done, asked
        if begins:
            self.start, self.first = time.monotonic(), done
        if self.quiet:
            return
        if sys.stderr.isatty():
            self.draw()
        elif int(10 * done / asked) > self.tenth and done < asked:
            self.tenth = int(10 * done / asked)
            talk(f"{10 * self.tenth} % done{self.left()}")

    def kept(self) -> str:
        """What is said after Ctrl-C."""
        kept = f"{int(self.done)} of {self.asked} pairs are kept" if self.asked else "What was kept before is still there"
        return f"{kept}; the same command goes on from there."

    def left(self) -> str:
        """The time left, once something has been finished."""
        from glasstown.study.estimate import duration

        lived = self.done - self.first
        if lived <= 0:
            return ""
        return f", about {duration((time.monotonic() - self.start) / lived * (self.asked - self.done))} left"

    def draw(self) -> None:
        """Draw the bar."""
        if self.bar is None:
            from rich import progress
            from rich.console import Console

            columns = ("{task.description}", progress.BarColumn(), progress.TaskProgressColumn(), progress.TimeRemainingColumn())
            self.bar = progress.Progress(*columns, console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(self.title, total=self.asked, completed=self.done)
        self.bar.update(self.task, completed=self.done)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self.bar is not None:
            self.bar.stop()


def main_outcomes(assessment: Any) -> list[Any]:
    """The outcomes of the table: the stated aim first, then the main ones, some by group; what was zero in both towns is left out."""
    from glasstown.report import words

    aim = assessment.policy.context.aim_outcome
    names = list(dict.fromkeys(([aim] if aim else []) + list(MAIN)))
    found = {(outcome.name, outcome.group): outcome for outcome in assessment.outcomes}
    wanted = [(name, group) for name in names for group in ("all", *(("majority", "minority") if name in BY_GROUP else ()))]
    kept = {"wrongly_sanctioned", aim}
    return [found[key] for key in wanted if key in found and (key[0] in kept or words.happened(found[key]))]


def table(assessment: Any, width: int) -> Any:
    """The main outcomes with both widths and the verdict, as a rich table for a terminal of so many columns."""
    from rich import box
    from rich.table import Table

    from glasstown.report import words

    request = assessment.request
    pairs = "1 pair" if request["pairs"] == 1 else f"{request['pairs']} pairs"
    size = f"{request['people']:,} people, {words.years(request['days'])}, {pairs} of towns"
    title = f"{assessment.policy.title}: difference to the same town without it ({size})"
    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, caption=CAPTION, caption_justify="left", pad_edge=False)
    narrow = width < WIDTH
    made.add_column("Outcome", ratio=1)
    for head in ("Difference", *(("Luck and the unknown",) if narrow else ("Luck alone", "Luck and what we do not know", "Twin"))):
        made.add_column(head, justify="right", no_wrap=not narrow)
    made.add_column("Verdict", no_wrap=True)
    for outcome in main_outcomes(assessment):
        places = words.outcome_places(outcome)
        luck, wide = ends(outcome.luck_low, outcome.luck_high, places), ends(outcome.low, outcome.high, places)
        numbers = (f"{wide}\nluck alone {luck}" if wide else "",) if narrow else (luck, wide, words.number(outcome.twin, places))
        name = outcome.title if outcome.group == "all" else f"  {outcome.group}"
        name += f", {outcome.unit}" if outcome.group == "all" else ""
        value = words.number(outcome.value, places, sign=True)
        made.add_row(name, value, *numbers, outcome.verdict, style="" if outcome.verdict != "cannot tell" else "dim")
    return made


def remark(assessment: Any, console: Any) -> None:
    """What a reader must know of a policy that grows, or does not."""
    from glasstown.report import words

    for line in words.on_growth(assessment.policy):
        console.print(line, highlight=False, markup=False)


def safeguards(assessment: Any, width: int) -> Any:
    """What each safeguard changes: a row a variant, a column an outcome, in each cell the difference and its wide interval."""
    from glasstown.report import safeguards as report

    title = "What each safeguard buys: difference to the policy as it is"
    shown = [(name, "", lambda row: row) for name in report.columns(assessment.policy.context.aim_outcome)]
    return compared(assessment, "safeguards", (title, "Safeguard (+ added, \N{MINUS SIGN} taken away)"), shown, report.label, width)


def bundles(assessment: Any, width: int) -> Any:
    """What two or three safeguards repair together, and how much of it is beyond what they repair alone."""
    from glasstown.report import bundles as report

    title = "What safeguards repair together: difference to the policy as it is"
    names = report.columns(assessment.policy.context.aim_outcome)
    shown = [(name, "", lambda row: row) for name in names]
    shown.insert(1, (names[0], "beyond the sum of its parts", report.beyond))
    return compared(assessment, "bundles", (title, "Bundle"), shown, report.label, width)


def searched(assessment: Any, console: Any) -> None:
    """Print what a search of bundles found, if there was one, and how it was searched for."""
    if not assessment.tables.get("bundles_searched"):
        return
    from glasstown.report.bundles import in_short

    if assessment.tables["bundles"]:
        console.print(bundles(assessment, console.width))
    console.print(in_short(assessment.tables["bundles_searched"]), highlight=False, style="dim")


def compared(assessment: Any, table: str, heads: tuple[str, str], shown: list[Any], label: Any, width: int) -> Any:
    """A row a variant, a column for each of ``shown`` (outcome, head if not the outcome's own, how a row is read for it)."""
    from rich import box
    from rich.table import Table

    from glasstown.report import words

    rows = assessment.tables[table]
    made = Table(title=heads[0], title_justify="left", box=box.SIMPLE_HEAD, caption=BOUGHT, caption_justify="left", pad_edge=False)
    made.add_column(heads[1], ratio=1)
    named = {name: name.replace("_", " ").capitalize() for name, _, _ in shown}
    named |= {outcome.name: outcome.title for outcome in assessment.outcomes}
    shown = [column for column in shown if any(row["outcome"] == column[0] for row in rows)]
    for name, head, _ in shown:
        unit = next(words.unit_of_difference(row["unit"]) for row in rows if row["outcome"] == name)
        made.add_column(f"{head or named[name]}, {unit}", justify="right", max_width=14 if width < WIDTH else 20)
    for variant in dict.fromkeys(row["variant"] for row in rows):
        own = {row["outcome"]: row for row in rows if row["variant"] == variant}
        made.add_row(label(own[shown[0][0]]), *(difference(read(own[name])) for name, _, read in shown))
    return made


def difference(row: dict[str, Any]) -> str:
    """A difference in a cell, or that one cannot tell, over its wide interval."""
    from glasstown.report import words
    from glasstown.report.safeguards import is_told

    places = words.decimals(row["value"], row["low"], row["high"])
    value = words.number(row["value"], places, sign=True) if is_told(row) else "cannot tell"
    return f"{value}\n{ends(row['low'], row['high'], places)}".rstrip()


def ends(low: float | None, high: float | None, places: int) -> str:
    """An interval in a cell."""
    from glasstown.report import words

    return "" if low is None or high is None else f"{words.number(low, places)} to {words.number(high, places)}"


def console() -> Any:
    """stdout for tables; where it is not a terminal as wide as COLUMNS says, or else wide."""
    import os

    from rich.console import Console

    found = Console()
    return found if found.is_terminal or os.environ.get("COLUMNS", "").isdigit() else Console(width=WIDTH)
