"""What was found of each claim, in words: for the terminal, and for docs/claims.md from the study that is kept beside this file."""

import json
from importlib.resources import files
from typing import Any

from glasstown.report import words

Row = dict[str, Any]
KEPT = "claims.json"  # what `glasstown claims --json` printed; the documents are made from it


def kept() -> Row:
    """The study that is kept with the package."""
    found: Row = json.loads(files("glasstown.report").joinpath(KEPT).read_text(encoding="utf-8"))
    return found


def measured(row: Row) -> str:
    """What measures a claim, and in which direction it would have to go."""
    if "title" not in row:
        return words.say("claims_unmeasured", outcome=row["outcome"])
    return words.say("claims_measured", title=row["title"], unit=words.unit_of_difference(row["unit"]), direction=row["direction"])


def effect(row: Row) -> str:
    """A difference with both widths, with decimals enough to tell the ends of the narrow one apart."""
    if row.get("value") is None:
        return words.say("claims_nothing") if "value" in row else ""
    places = max(words.decimals(row["value"], row["low"], row["high"]), min(words.decimals(row["luck_low"], row["luck_high"]), 3))
    told = words.interval(row["low"], row["high"], row["luck_low"], row["luck_high"], places)
    return f"{words.number(row['value'], places, sign=True)} {told}"


def left(row: Row) -> str:
    """What is left when the claim's own coefficients are zero."""
    if row["left"] is None:
        return words.say("claims_no_knock_out")
    return words.say("claims_left", what=row["left"]["what"], effect=effect(row["left"]))


def turns(row: Row) -> list[str]:
    """Which uncertainties move the effect most, and where in their ranges it reverses or vanishes; one text each."""
    if row["finding"] == "not measured":
        return []
    return [_turn(mover) for mover in row["moved_by"]] or [words.say("claims_unmoved")]


def _turn(mover: Row) -> str:
    name, rank = mover["name"], words.number(mover["rank"], 2, sign=True)
    if not mover["where"]:
        return words.say("claims_nowhere", name=name, rank=rank)
    thirds = [
        words.say("claims_third", **{**third, "from": f"{third['from']:.2g}", "to": f"{third['to']:.2g}"}) for third in mover["where"]
    ]
    return words.say("claims_turn", name=name, rank=rank, thirds=", ".join(thirds))


def sentences(row: Row) -> list[str]:
    """A claim as lines of text, for narrow terminals."""
    lines = [f"{row['number']}. {words.say('claims_by_' + row['by'])}: {row['claim']}", f"{row['finding']} ({row['grade']})", measured(row)]
    if "value" in row:
        zero = ", ".join(row["zero"]) or "-"
        lines += [effect(row), words.say("claims_zeroed", zero=zero, left=left(row)), *turns(row)]
    return lines


# ---- docs/claims.md --------------------------------------------------------------------------------------------------


def table() -> str:
    """The eight claims: what measures them, the effect, what its knock-out leaves, where it turns."""
    from glasstown.report.documents import markdown

    head = [
        "No.",
        "Said by",
        "Claim",
        "Measured by",
        "Effect",
        "Finding",
        "Knock-out: these at zero",
        "What is left",
        "Where it turns",
        "Grade",
    ]
    return markdown(
        head,
        (
            [row["number"], row["by"], row["claim"], measured(row), effect(row), f"**{row['finding']}**",
             ", ".join(f"`{name}`" for name in row["zero"]), "" if "value" not in row else left(row), "; ".join(turns(row)), row["grade"]]
            for row in kept()["claims"]
        ),
    )  # fmt: skip


def beside() -> str:
    """What else was measured beside each claim."""
    from glasstown.report.documents import markdown

    rows = [
        [row["number"], f"`{other['outcome']}`", other["title"], words.unit_of_difference(other["unit"]), effect(other), other["verdict"]]
        for row in kept()["claims"]
        for other in row["beside"]
    ]
    return markdown(["Claim", "Outcome", "What it is called", "Unit", "Effect", "Verdict"], rows)


def made() -> str:
    """With which command, policy and version the study was made."""
    study = kept()
    request = study["request"]
    smoke = f" {words.say('claims_smoke')}" if study["smoke_run"] else ""
    return (
        f"Policy: {study['title']} (`{study['policy']}`). {request['people']:,} people in each town, {request['pairs']} pairs of towns, "
        f"{words.years(request['days'])} after {words.years(request['burn_in'])} under ordinary law.{smoke}\n\n"
        f"Made by `{study['command']}` with version {study['versions'].get('glasstown', request['model_version'])} of glasstown "
        f"(model {request['model_version']}, luck {request['rng_stream']}); digest of the final states `{study['digest'][:16]}`.\n"
    )
