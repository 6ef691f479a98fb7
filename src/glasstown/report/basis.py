"""What the result rests on, what a simulation cannot know, and how to make the same bytes again."""

from typing import Any

from glasstown.report import words
from glasstown.report.parts import Reading, Row, Section, Table

POLICY, PARAMETERS, DEEDS, LAW = "policy", "what nobody knows: drawn anew from its range", "how often people do what", "ordinary law"
GRADES, ROLES = ("documented", "estimated", "scenario"), ("input", "fitted", "held out")


def rests_on(reading: Reading) -> Section:
    """Each number's grade and role, counted."""
    text = [words.say("rests_text"), words.say("rests_held_out")]
    return Section("rests-on", "What does the result rest on?", text=text, tables=[_counts(_numbers(reading), reading)])


def every_number(reading: Reading) -> Section:
    """The parameter table: every number with its range, grade, role and source."""
    rows = _numbers(reading)
    return Section(
        "numbers", "Every number it rests on", text=[words.say("numbers_text")], tables=[*_listed(rows), _sources(rows, reading)]
    )


def _numbers(reading: Reading) -> list[Row]:
    """The numbers of the policy, the parameters, the deeds and ordinary law, as rows of one kind."""
    from glasstown import catalogue
    from glasstown.policy import explain

    rows: list[Row] = [
        {"part": POLICY, "name": f"{number.table}: {number.key}", "value": number.value, "unit": number.unit, **_known(number)}
        for number in explain.numbers(reading.policy)
    ]
    listed = reading.table("parameters")
    if not listed:
        shipped = catalogue.load_uncertainties().parameter
        listed = [{"name": name, **row.model_dump()} for name, row in shipped.items()]
    for row in listed:
        name = row.get("meaning") or row["name"]
        rows.append({**row, "part": PARAMETERS, "name": name, "range": (row["low"], row["high"]), "reason": row.get("reason") or ""})
    for deed in reading.deeds().deed:
        rows.append({"part": DEEDS, "name": deed.title, "value": deed.rate_per_year, "unit": "a year, if she can", **_known(deed)})
    law = reading.law()
    for sensor in law.sensor:
        coverage = "; ".join(f"{context} {_plain(float(share))}" for context, share in sensor.coverage.items())
        rows.append({"part": LAW, "name": sensor.title, "value": coverage, "unit": "share that is seen", **_known(sensor)})
    for gate in law.gate:
        rows.append({"part": LAW, "name": f"requests: {gate.name}", "value": gate.requests_per_year, "unit": "a year", **_known(gate)})
    return rows


def _known(number: Any) -> Row:
    """What is known about a number: grade, role, source, reason and range."""
    known = {name: getattr(number, name) or "" for name in ("grade", "role", "source", "reason")}
    return {**known, "range": tuple(number.range or ())}


def limits() -> Section:
    """What a simulation cannot know."""
    return Section("limits", "What a simulation cannot know", items=words.limits())


def reproduce(reading: Reading) -> Section:
    """The command, digests and versions that give the same bytes."""
    request, manifest = reading.request, reading.assessment.manifest or {}
    rows = [["Digest of the final states (SHA-256)", str(reading.assessment.digest)]]
    for key, label in (
        ("policy_digest", "Digest of the policy file"), ("society", "Society"), ("people", "People in each town"),
        ("days", "Days after burn-in"),
        ("burn_in", "Days of burn-in"), ("pairs", "Pairs of towns"), ("seed", "Seed"), ("model_version", "Version of the model"),
        ("rng_stream", "Version of the luck"),
    ):  # fmt: skip
        if request.get(key) is not None:
            rows.append([label, _plain(request[key])])
    versions = manifest.get("versions")
    if isinstance(versions, dict):
        rows.append(["Software", ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))])
    return Section(
        "reproduce", "How to make the same numbers again", text=[words.say("reproduce_text")], code=[command(reading)],
        tables=[Table("What was run", ["What", "Value"], rows, words=2, folded=False)],
    )  # fmt: skip


def command(reading: Reading) -> str:
    """The command line that asks for the same again; the manifest's own if it keeps one."""
    request, manifest = reading.request, reading.assessment.manifest or {}
    if isinstance(manifest.get("command"), str):
        return str(manifest["command"])
    flags = " ".join(f"--{key} {request[key]}" for key in ("society", "people", "days", "pairs", "seed") if request.get(key) is not None)
    return f"glasstown assess {request.get('policy', reading.policy.name)} {flags}" + (" --quick" if request.get("quick") else "")


def _counts(rows: list[Row], reading: Reading) -> Table:
    """How many numbers of each grade and role each part has."""
    counted = []
    for part in dict.fromkeys(row["part"] for row in rows):
        of_part = [row for row in rows if row["part"] == part]
        kinds = [sum(row["grade"] == grade for row in of_part) for grade in GRADES] + [
            sum(row["role"] == role for row in of_part) for role in ROLES
        ]
        counted.append([part.capitalize(), *(words.number(count, 0) for count in kinds)])
    checked = reading.table("documented")
    if checked:
        roles = [sum(row["role"] == role for row in checked) for role in ROLES]
        counted.append(["Facts the simulation is compared with", *("" for _ in GRADES), *(words.number(count, 0) for count in roles)])
    return Table(
        "How many numbers, by grade and by role", ["Where", *(name.capitalize() for name in (*GRADES, *ROLES))], counted, folded=False
    )


def _listed(rows: list[Row]) -> list[Table]:
    """Every number with its range, grade, role and source."""
    head = ["Number", "Unit", "Grade", "Role", "Source or reason", "Value", "Range"]
    tables = []
    for part in dict.fromkeys(row["part"] for row in rows):
        listed = [
            [
                _words(row["name"]), row.get("unit") or "", row["grade"], row["role"],
                " · ".join(filter(None, [row.get("source") or "", row["reason"]])),
                _plain(row["value"]), " to ".join(_plain(end) for end in row["range"]),
            ]
            for row in rows if row["part"] == part
        ]  # fmt: skip
        tables.append(Table(part.capitalize(), head, listed, words=5, printed=part == PARAMETERS))
    return tables


def _sources(rows: list[Row], reading: Reading) -> Table:
    """The sources that these numbers cite, with the day each was opened."""
    from glasstown import sources

    known: dict[str, Any] = {**sources.load(), **{source.id: source for source in reading.policy.source}}
    cited = sorted({row["source"] for row in [*rows, *reading.table("documented")] if row.get("source") in known})
    listed = [[name, known[name].title, known[name].address, known[name].opened] for name in cited]
    return Table("Sources that were opened", ["Source", "Title", "Address", "Opened"], listed, words=4, printed=True)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _plain(value: Any) -> str:
    """A value as it stands: numbers with thousands apart, ranges in words."""
    if isinstance(value, (tuple, list)):
        return " to ".join(_plain(part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return words.number(value, 0)
    return f"{value:g}".replace("-", "\N{MINUS SIGN}") if isinstance(value, float) else str(value)
