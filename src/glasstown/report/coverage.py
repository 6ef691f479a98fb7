"""What stands behind each rule of the chapters: the check that exercises it, and the measured anchor of what it reads.

A test says which rules it exercises, in a remark before it or in it, and how it knows the right answer:

    # exercises: scoring.post, scoring.age (exact)

A published model says the same in its ``exercises``.

*exact*: a closed form or an exact recursion; *published*: a result from the literature; *law*: something that must hold in every
world, with a bug that it is known to catch; *measured*: that a default lands inside a range that was measured.

What a rule reads (a coefficient, a deed's or a sensor's number, a lever of a policy) is found in its source, and looked up in the
files: what cites a source that was opened is its anchor.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
TESTS = PACKAGE.parents[1] / "tests"
CHAPTERS = (
    "acting", "watching", "scoring", "gating", "shaming", "reacting", "mending", "reporting", "power",
    "detaining", "protesting", "politics",
)  # fmt: skip
KINDS = ("exact", "published", "law", "measured")
MARK = re.compile(r"^\s*# exercises: ([a-z_., ]+) \(([a-z]+)\)$")
NOTHING_YET = "nothing yet"
ROWS = {  # what a row is called where a rule is handed it, or where it is taken from the tables: the kind of thing it is
    "parameters": "uncertainty", "deed": "deed", "deeds": "deed", "sensor": "sensor", "sensors": "sensor", "gate": "gate", "gates": "gate",
    "score": "policy", "rule": "policy", "rules": "policy", "bands": "policy", "lists": "policy", "row": "policy",
}  # fmt: skip
KEYS = {  # what a number of a kernel's table is called in the files, where the two differ
    "rate": ("rate_per_year", "requests_per_year"), "fine": ("fine_cents",), "cost": ("refusal_cost_cents",),
    "places": ("places_per_100000_and_day",), "false_alarm": ("false_alarms_per_year",), "sensitivity": ("sensitivity", "dprime"),
    "false_positive": ("threshold",), "cost_year": ("cost_cents_per_year",), "expiry": ("expiry_days",), "term": ("term_days",),
    "delay": ("delay_days",), "points_to": ("points",), "serious": ("serious_share",), "leave_days": ("leave_working_days",),
    "perk": ("perk_cents_per_year",), "floor": ("from",), "review": ("human_review",), "evidence": ("evidence_claims",),
}  # fmt: skip

CITED = {  # the numbers of a row that the row's source is about
    "deed": ("rate_per_year",), "gate": ("discretion",),
    "sensor": ("coverage", "missed", "mixed_up", "false_alarms_per_year", "dprime", "threshold"),
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A rule of a chapter: its full name, what it decides, and its source."""

    name: str
    says: str
    tree: ast.FunctionDef


@dataclass(frozen=True)
class Check:
    """A test that exercises a rule: how it knows the right answer, what it is called, where it stands, and what it says."""

    kind: str
    test: str
    file: str
    says: str


@cache
def rules() -> dict[str, Rule]:
    """The rules of the chapters by name, such as "watching.look", in the order of the day."""
    found = {}
    for chapter in CHAPTERS:
        for path in sorted((PACKAGE / chapter).glob("*.py")) or [PACKAGE / f"{chapter}.py"]:
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    says = (ast.get_docstring(node) or "").split("\n")[0]
                    found[f"{chapter}.{node.name}"] = Rule(f"{chapter}.{node.name}", says, node)
    return found


# ---- checks ----------------------------------------------------------------------------------------------------------


def checks(tests: Path = TESTS) -> dict[str, list[Check]]:
    """The checks of each rule, from the remarks in the tests. Raises ValueError for a remark that names no rule, kind or test."""
    found: dict[str, list[Check]] = {}
    for path in sorted(tests.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "# exercises: " not in text:
            continue
        tests_here = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        for number, line in enumerate(text.splitlines(), 1):
            if "# exercises: " in line and (mark := MARK.match(line)) is not None:
                check = _check(mark[2], path.relative_to(tests), number, tests_here)
                for name in mark[1].split(", "):
                    if name not in rules() or mark[2] not in KINDS:
                        raise ValueError(f"{path.name}:{number}: there is no rule {name}, or no kind of check {mark[2]}")
                    found.setdefault(name, []).append(check)
    return found


def _check(kind: str, path: Path, line: int, tests: list[ast.FunctionDef]) -> Check:
    """The test that a remark in this line belongs to: the one it stands in, else the next."""
    inside = [node for node in tests if node.lineno <= line <= (node.end_lineno or 0)]
    after = sorted((node for node in tests if node.lineno > line), key=lambda node: node.lineno)
    if not inside and not after:
        raise ValueError(f"{path.name}:{line}: no test follows")
    node = inside[-1] if inside else after[0]
    says = (ast.get_docstring(node) or node.name.removeprefix("test_").replace("_", " ")).split("\n")[0]
    return Check(kind, node.name, path.as_posix(), says)


def reproduced() -> dict[str, list[Check]]:
    """The published models that run each rule, and how many of their numbers were reproduced (from the measurement that is kept)."""
    from glasstown.report import published

    found: dict[str, list[Check]] = {}
    for model in published.kept()["models"]:
        rows = [row for part in model["parts"] for row in part["quantities"]]
        kind = "exact" if all(row["held"] == "exact" for row in rows) else "published"
        met = sum(row["verdict"] == "reproduced" for row in rows)
        says = f"{model['title']}: {met} of {len(rows)} numbers reproduced"
        for rule in model["exercises"]:
            found.setdefault(rule, []).append(Check(kind, model["name"], f"published/{model['name']}.py", says))
    return found


def known() -> dict[str, list[Check]]:
    """All checks of each rule: in the tests, and in the published models."""
    found = checks()
    for rule, more in reproduced().items():
        found.setdefault(rule, []).extend(more)
    return found


# ---- anchors ---------------------------------------------------------------------------------------------------------


def read_by(rule: Rule) -> list[tuple[str, str]]:
    """(kind of thing, number) of everything a rule reads from the tables: ("uncertainty", "chill")."""
    found: dict[tuple[str, str], None] = {}
    for node in ast.walk(rule.tree):
        if isinstance(node, ast.Attribute):
            kind = _kind(node.value)
            if kind is not None and node.attr not in ROWS:
                found[kind, node.attr] = None
    return list(found)


def _kind(node: ast.expr) -> str | None:
    """What a row is: `parameters`, or `policy.lists[number]` by the name of its table."""
    if isinstance(node, ast.Subscript):
        node = node.value
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return ROWS.get(name)


@cache
def sourced() -> dict[tuple[str, str], list[str]]:
    """What cites a source that was opened: (kind of thing, number) -> where it stands, with its source and grade."""
    from glasstown import catalogue

    found: dict[tuple[str, str], list[str]] = {}
    for name, drawn in catalogue.load_uncertainties().parameter.items():
        if drawn.source:
            note(found, "uncertainty", name, f"{drawn.value:g} in {drawn.low:g} to {drawn.high:g}", drawn.source, drawn.grade)
    law = catalogue.load_law()
    for kind, rows in (("deed", catalogue.load_deeds().deed), ("sensor", law.sensor), ("gate", law.gate)):
        for row in rows:
            for key in CITED[kind] if row.source else ():
                note(found, kind, key, row.name, row.source, row.grade)
    for policy, number in in_policies():
        if number.source and number.grade == "documented":
            note(found, "policy", number.key.partition(".")[0], policy, number.source, number.grade)
    return found


def in_policies() -> Iterator[tuple[str, Any]]:
    """Every number of the shipped policies, with the policy's name."""
    from glasstown.policy import known, load

    for name in load.presets():
        for number in known.numbers(load.load(name)):
            yield name, number


def note(found: dict[tuple[str, str], list[str]], kind: str, key: str, where: str, source: str | None, grade: str) -> None:
    """Add one place to what is known of a number, once."""
    text = f"{where} ({source}, {grade})"
    if text not in found.setdefault((kind, key), []):
        found[kind, key].append(text)


def anchors(rule: Rule) -> list[str]:
    """The measured anchors of what a rule reads, one text a number."""
    texts = []
    for kind, name in read_by(rule):
        places = [place for key in KEYS.get(name, (name,)) for place in sourced().get((kind, key), [])]
        if places:
            texts.append(f"`{name}`: {', '.join(places)}")
    return texts


# ---- docs/evidence.md ------------------------------------------------------------------------------------------------


def table() -> str:
    """Every rule with the check that exercises it and the anchor of what it reads."""
    from glasstown.report.documents import markdown

    stands, rows = known(), []
    for name, rule in rules().items():
        exercised = [f"*{check.kind}*: {check.says} ({check.file})" for check in stands.get(name, []) if check.kind != "measured"]
        measured = [f"{check.says} ({check.file})" for check in stands.get(name, []) if check.kind == "measured"] + anchors(rule)
        rows.append([f"`{name}`", rule.says, "; ".join(exercised) or NOTHING_YET, "; ".join(measured) or NOTHING_YET])
    return markdown(["Rule", "What it decides", "Exact or published check", "Measured anchor"], rows)


def counts() -> str:
    """How many rules of each chapter have a check, and how many an anchor."""
    from glasstown.report.documents import markdown

    stands, rows = known(), []
    for chapter in CHAPTERS:
        own = [rule for rule in rules().values() if rule.name.startswith(f"{chapter}.")]
        kinds = [{check.kind for check in stands.get(rule.name, [])} for rule in own]
        anchored = [bool(anchors(rule)) or "measured" in have for rule, have in zip(own, kinds, strict=True)]
        counted = [sum(kind in have for have in kinds) for kind in KINDS[:3]]
        bare = sum(not have and not anchor for have, anchor in zip(kinds, anchored, strict=True))
        rows.append([chapter, len(own), *counted, sum(anchored), bare])
    return markdown(["Chapter", "Rules", "Exact check", "Published check", "Law", "Measured anchor", "Nothing yet"], rows)
