"""Published models in words: the table of the command, and the page docs/published.md from the measurement that is kept."""

import json
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from glasstown.published.comparing import ERRORS, HELD, TIERS

Row = dict[str, Any]
KEPT = Path(__file__).with_name("published.json")
HEAD = ("Quantity", "Known as", "Target", "Ours (95 % interval)", "z", "Tolerance", "Verdict")
OPENED = {
    "paper": "read", "abstract": "its abstract was read", "code": "its published code was read",
    "secondary": "not opened itself: as others tell it",
    "nothing": "not opened by us: cited from general knowledge",
}  # fmt: skip
VERDICTS = ("reproduced", "differs because", "not")
NORMAL = 1.96  # standard errors of a 95 % interval


def number(value: float | None) -> str:
    """A number with as many digits as tell something."""
    if value is None:
        return "none"
    if value == 0 or 1e-4 <= abs(value) < 1e6:
        text = f"{value:.6g}"
        return text if len(text) <= 9 else f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{value:.3g}"


def digits(value: float, error: float) -> str:
    """A number with the digits that its error leaves."""
    from math import floor, log10

    if error <= 0 or value is None:
        return number(value)
    places = max(0, 1 - floor(log10(error)))
    return f"{value:.{min(places, 8)}f}"


def target(row: Row) -> str:
    """The published or exact value, or the stated range."""
    if row["between"]:
        low, high = row["between"]
        if low is None or high is None:
            return f"below {number(high)}" if low is None else f"above {number(low)}"
        return f"{number(low)} to {number(high)}"
    return number(row["target"])


def ours(row: Row) -> str:
    """Our value, with its interval where it is drawn."""
    error = row["error"]
    if not error:
        return number(row["ours"])
    value = row["ours"]
    return f"{digits(value, error)} ({digits(value - NORMAL * error, error)} to {digits(value + NORMAL * error, error)})"


def tolerance(row: Row) -> str:
    """What is allowed: standard errors, a stated distance, a bound on rounding, or the stated range."""
    if row["between"]:
        return "in the range"
    parts = [f"{ERRORS:g} SE"] if row["z"] is not None else []
    if row["tolerance"]:
        parts.append(number(float(f"{row['tolerance']:.2g}")) + (" (rounding)" if row["form"] == "day" else ""))
    return " + ".join(parts) or "exact"


def z(row: Row) -> str:
    """The distance in standard errors."""
    return "" if row["z"] is None else f"{row['z']:+.1f}"


def cells(row: Row) -> list[str]:
    """A quantity as a row of the table."""
    name = f"{row['what']} (day's own numbers)" if row["form"] == "day" else row["what"]
    return [name, row["held"], target(row), ours(row), z(row), tolerance(row), row["verdict"]]


def because(model: Row) -> list[str]:
    """Why what differs differs, each reason once, with the numbers it is about."""
    found: dict[str, list[str]] = {}
    for part in model["parts"]:
        for row in part["quantities"]:
            if row["verdict"] == "differs because":
                found.setdefault(row["because"], []).append(cells(row)[0])
    return [f"{'; '.join(names)}: {reason}" for reason, names in found.items()]


def summary(document: Row) -> str:
    """How many quantities were reproduced, in a sentence."""
    said = (
        f"{document['quantities']} quantities: {document['reproduced']} reproduced, {document['differs_because']} differ for a reason given"
    )
    return f"{said}, {document['not']} not."


# ---- docs/published.md -------------------------------------------------------------------------------------------------


@cache
def kept() -> Row:
    """The measurement of all tiers that is kept with the package."""
    found: Row = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def seconds(tier: str) -> float:
    """How long the parts of a tier took when the kept measurement was made."""
    return float(sum(part["seconds"] for model in kept()["models"] for part in model["parts"] if part["tier"] == tier))


def counts() -> str:
    """The verdicts by model, and how the targets are known."""
    from glasstown.report.documents import markdown

    rows = []
    for model in kept()["models"]:
        found = [row for part in model["parts"] for row in part["quantities"]]
        tiers = [tier for tier in TIERS if any(part["tier"] == tier for part in model["parts"])]
        rows.append([
            f"[{model['title']}](#{anchor(model['title'])})", f"`{model['name']}`", ", ".join(tiers), len(found),
            *(sum(row["verdict"] == verdict for row in found) for verdict in VERDICTS),
            *(sum(row["held"] == held for row in found) for held in HELD),
        ])  # fmt: skip
    totals = [sum(row[place] for row in rows) for place in range(3, 7 + len(HELD))]
    head = ["Model", "Name", "Tiers", "Quantities", "Reproduced", "Differ because", "Not", *(name.capitalize() for name in HELD)]
    return markdown(head, [*rows, ["All", "", "", *totals]])


def anchor(title: str) -> str:
    """A heading as a place to link to."""
    return "".join(letter for letter in title.lower() if letter.isalnum() or letter in "- _").replace(" ", "-")


def sections() -> str:
    """Every model: what it says, where, which rules run it, its quantities, its picture."""
    return "\n".join(section(model) for model in kept()["models"])


def section(model: Row) -> str:
    """One model of the page."""
    from glasstown.report.documents import markdown

    exercised = ", ".join(f"`{name}`" for name in model["exercises"]) or "none of the day's rules: only luck, ties, orders and records"
    lines = [f"## {model['title']}", "", model["says"], ""]
    lines += [f"* Published: {paper['cite']} ({OPENED[paper['opened']]})" for paper in model["papers"]]
    lines += [f"* The day's rules that run it: {exercised}", f"* Beyond the day: {model['leaves']}"]
    lines += [f"* {remark}" for remark in model["remarks"]]
    lines += [f"* Differs: {reason}" for reason in because(model)]
    lines += [f"* Not reproduced: {row['what']}{explained(row)}" for row in failed(model)]
    if model["name"] in drawn():
        lines += ["", f"![{module(model['name']).DESCRIPTION}](pictures/published-{model['name']}.svg)"]
    rows = [cells(row) for part in model["parts"] for row in part["quantities"]]
    return "\n".join([*lines, "", markdown(HEAD, rows)])


def failed(model: Row) -> list[Row]:
    """What is not reproduced."""
    return [row for part in model["parts"] for row in part["quantities"] if row["verdict"] == "not"]


def explained(row: Row) -> str:
    """The explanation of a number, where there is one."""
    return f" ({row['because']})" if row["because"] else " (no explanation is known)"


def held() -> str:
    """What the words of the column "Known as" mean."""
    return "\n".join(f"* **{name}**: {says}" for name, says in HELD.items()) + "\n"


# ---- pictures ----------------------------------------------------------------------------------------------------------


@cache
def drawn() -> tuple[str, ...]:
    """The models that have a picture."""
    return tuple(path.stem for path in sorted((Path(__file__).parent / "pictured").glob("*.py")) if path.stem != "__init__")


def module(name: str) -> Any:
    """The module that draws a model."""
    return import_module(f"glasstown.report.pictured.{name}")


def series(model: Row) -> dict[str, dict[str, list[Any]]]:
    """All series of a model, by name."""
    return {name: columns for part in model["parts"] for name, columns in part["series"].items()}


def pictures(models: Sequence[Row] | None = None) -> dict[str, str]:
    """The pictures of the kept measurement, by file name."""
    from glasstown.report.theme import as_svg

    made = {}
    for model in kept()["models"] if models is None else models:
        if model["name"] in drawn():
            drawing, name = module(model["name"]), f"published-{model['name']}"
            made[f"{name}.svg"] = as_svg(drawing.draw(series(model)), drawing.TITLE, drawing.DESCRIPTION, name)
    return made
