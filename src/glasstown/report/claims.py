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
    """What was found: a difference, a curve from end to end, or the share of worlds in which it comes to that."""
    if "curve" in row:
        return over(row["curve"])
    return tips(row["tips"]) if "tips" in row else difference(row)


def difference(row: Row) -> str:
    """A difference with both widths, with decimals enough to tell the ends of the narrow one apart."""
    if row.get("value") is None:
        return words.say("claims_nothing") if "value" in row else ""
    places = max(words.decimals(row["value"], row["low"], row["high"]), min(words.decimals(row["luck_low"], row["luck_high"]), 3))
    told = words.interval(row["low"], row["high"], row["luck_low"], row["luck_high"], places)
    return f"{words.number(row['value'], places, sign=True)} {told}{words.counted(row.get('counted'))}"


def level_in_twin(row: Row) -> str:
    """The level in the twin town; nothing for what is a difference between the same people in both."""
    return "" if row.get("twin") is None else words.number(row["twin"])


def over(curve: Row) -> str:
    """A curve from end to end of the rate on which it hangs: no single number."""
    bins = curve["bins"]
    if not bins:
        return words.say("claims_no_curve", rate=words.rate_name(curve["along"]))
    ends = {"first": one_width(bins[0]), "last": one_width(bins[-1])}
    return words.say("claims_curve", low=plain(curve["low"]), high=plain(curve["high"]), rate=words.rate_name(curve["along"]), **ends)


def one_width(one: Row) -> str:
    """A bin of a curve with the wide interval: luck and what else nobody knows."""
    if one["value"] is None:
        return words.say("claims_nothing")
    places = words.decimals(one["value"], one["low"], one["high"])
    return f"{words.number(one['value'], places, sign=True)} {words.interval(one['low'], one['high'], places=places)}"


def tips(found: Row) -> str:
    """In how many worlds it comes to that, with an exact interval, how often luck alone decides, and the placebo floor."""
    shares = {name: words.number(100 * found[name], 0) for name in ("share", "low", "high")}
    told = words.say("claims_tips", tipped=found["tipped"], worlds=found["worlds"], **shares)
    split = words.say("claims_split", split=found["split"], couples=found["couples"])
    return f"{told}; {split}; {words.say('claims_floor', floor=plain(found['floor'] or 0.0))}"


def plain(value: float) -> str:
    """A number of a range, with two figures that count."""
    return words.number(value, 0 if value == int(value) else words.decimals(value))


def left(row: Row) -> str:
    """What is left when the claim's own coefficients are zero."""
    found = row["left"]
    if found is None:
        return words.say("claims_no_knock_out")
    if "tips" in found:
        known = found["tips"]
        ends = {name: words.number(100 * known[name], 0) for name in ("low", "high")}
        return words.say("claims_left_tips", what=found["what"], tipped=known["tipped"], worlds=known["worlds"], **ends)
    return words.say("claims_left", what=found["what"], effect=difference(found))


def small(row: Row) -> tuple[list[str], list[list[str]]] | None:
    """The small table under a claim: the curve bin by bin, or how the worlds are spread. None for a claim that has neither."""
    if row.get("curve", {}).get("bins"):
        curve = row["curve"]
        cells = [[f"{plain(one['from'])} to {plain(one['to'])}", one_width(one), one["verdict"]] for one in curve["bins"]]
        return [words.rate_name(curve["along"]).capitalize(), "Effect", "Verdict"], cells
    if "worlds" in row:
        worlds = row["worlds"]
        cells = [[level(one), str(one["worlds"])] for one in worlds["bins"]]
        return [f"{worlds['title']}, {worlds['unit']}", "Worlds"], cells
    return None


def level(one: Row) -> str:
    """A bin of a distribution over worlds."""
    if one["from"] == one["to"]:
        return plain(one["from"])
    return words.say("claims_above", **{"from": plain(one["from"]), "to": plain(one["to"])})


def turns(row: Row) -> list[str]:
    """Which uncertainties move the effect most, and where in their ranges it reverses or vanishes; one text each."""
    if row["finding"] == "not measured":
        return []
    return [_turn(mover) for mover in row["moved_by"]] or [words.say("claims_unmoved")]


def _turn(mover: Row) -> str:
    name, rank = mover["name"], words.number(mover["rank"], 2, sign=True)
    if not mover["where"]:
        return words.say("claims_nowhere", name=name, rank=rank)
    thirds = [words.say("claims_third", **{**third, "from": plain(third["from"]), "to": plain(third["to"])}) for third in mover["where"]]
    return words.say("claims_turn", name=name, rank=rank, thirds=", ".join(thirds))


def sentences(row: Row) -> list[str]:
    """A claim as lines of text, for narrow terminals."""
    lines = [f"{row['number']}. {words.say('claims_by_' + row['by'])}: {row['claim']}", f"{row['finding']} ({row['grade']})", measured(row)]
    if is_measured(row):
        zero = ", ".join(row["zero"]) or "-"
        head, cells = small(row) or ([], [])
        lines += [effect(row), *([f"{', '.join(head)}:"] if head else []), *(f"  {': '.join(cell)}" for cell in cells)]
        lines += [words.say("claims_zeroed", zero=zero, left=left(row)), *turns(row)]
    return lines


def is_measured(row: Row) -> bool:
    """Whether an outcome measures the claim."""
    return "title" in row


# ---- docs/claims.md --------------------------------------------------------------------------------------------------


def table() -> str:
    """All claims: what measures them, the effect, what its knock-out leaves, where it turns."""
    from glasstown.report.documents import markdown

    head = [
        "No.",
        "Said by",
        "Claim",
        "Measured by",
        "Twin town",
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
            [row["number"], row["by"], row["claim"], measured(row), level_in_twin(row), effect(row), f"**{row['finding']}**",
             ", ".join(f"`{name}`" for name in row["zero"]), left(row) if is_measured(row) else "", "; ".join(turns(row)), row["grade"]]
            for row in kept()["claims"]
        ),
    )  # fmt: skip


def beside() -> str:
    """What else was measured beside each claim, and what the claim's knock-out leaves of it."""
    from glasstown.report.documents import markdown

    rows = [
        [row["number"], f"`{other['outcome']}`", other["title"], words.unit_of_difference(other["unit"]), level_in_twin(other),
         effect(other),
         other["verdict"],
         left(other) if "left" in other else ""]
        for row in kept()["claims"]
        for other in row["beside"]
    ]  # fmt: skip
    return markdown(["Claim", "Outcome", "What it is called", "Unit", "Twin town", "Effect", "Verdict", "With the claim's knock-out"], rows)


def curves() -> str:
    """Curve by curve, what hangs on a rate that nobody has measured; nothing if the kept study has none."""
    return "\n".join(_titled(row, one) for row in kept()["claims"] for one in _curved(row))


def spreads() -> str:
    """How the worlds are spread, claim by claim; nothing if the kept study tells of none."""
    return "\n".join(_titled(row, row, row["worlds"]) for row in kept()["claims"] if "worlds" in row)


def _curved(row: Row) -> list[Row]:
    """What of a claim is told as a curve: its own outcome, and those beside it."""
    return [one for one in (row, *row["beside"]) if one.get("curve", {}).get("bins")]


def _titled(row: Row, one: Row, named: Row | None = None) -> str:
    from glasstown.report.documents import markdown

    head, cells = small(one) or ([], [])
    title, unit = (named or one)["title"], (named or one)["unit"]
    return f"{words.say('claims_titled', number=row['number'], title=title, unit=unit)}\n\n{markdown(head, cells)}"


def pictures() -> dict[str, str]:
    """The curves and the spread of worlds of the kept study as pictures, by file name."""
    from glasstown.report import curves as drawn
    from glasstown.report.theme import as_svg

    made = {}
    for row in kept()["claims"]:
        name, curved = f"claim-{row['number']}", _curved(row)
        if curved or "worlds" in row:
            chart = drawn.along_a_rate(curved) if curved else drawn.spread(row["worlds"])
            made[f"{name}.svg"] = as_svg(chart, row["claim"], effect(row), name)
    return made


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
