"""Reading TOML data files, with every error at its line and column.

A file is data, never code: at most 1 MB, nested at most 16 deep, without control characters. It is parsed, compared with a
pydantic model, and all that is wrong is told at once, in words for the person who wrote the file.
"""

import json
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from glasstown.places import DEEPEST, KeyPath, Span, clip, find_spans, hidden, raw_faults, syntax_fault

LARGEST = 1_000_000  # bytes of a data file
SHOWN = 100  # problems printed; the rest are counted
WIDEST = 140  # characters of a source line that are printed

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (1-based line and column, in characters), what, and how to put it right."""

    path: str
    line: int
    column: int
    length: int
    key: str
    message: str
    help: str
    source: str

    def render(self, color: bool = False) -> str:
        """The message, the place, the source line with carets under the wrong part, and the help."""
        red, blue, plain = ("\033[1;31m", "\033[1;34m", "\033[0m") if color else ("", "", "")
        where = f" ({self.key})" if self.key else ""
        lines = [f"{red}error{plain}: {self.message}{where}", f"  {blue}-->{plain} {self.path}:{self.line}:{self.column}"]
        if self.source.strip():
            start = max(0, self.column - 1 - WIDEST // 2) if len(self.source) > WIDEST else 0
            shown = self.source[start : start + WIDEST]
            before = shown[: self.column - 1 - start]
            under = shown[len(before) : len(before) + self.length] or " "
            gap = "".join("\t" if letter == "\t" else " " * _width(letter) for letter in before)
            number = str(self.line)
            lines += [
                f" {' ' * len(number)} {blue}|{plain}",
                f" {blue}{number} |{plain} {shown}",
                f" {' ' * len(number)} {blue}|{plain} {gap}{red}{'^' * sum(map(_width, under))}{plain}",
            ]
        if self.help:
            lines.append(f"   {blue}= help:{plain} {self.help}")
        return "\n".join(lines)


class FileProblems(Exception):
    """A data file that cannot be used: `problems` holds all that is wrong with it, in the order of the file."""

    def __init__(self, problems: Sequence[Problem], label: str = "file") -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column))
        self.label = label
        super().__init__(self.render())

    def render(self, color: bool = False) -> str:
        """All problems as text, then their number; `color` adds terminal colours."""
        shown = [problem.render(color) for problem in self.problems[:SHOWN]]
        count = len(self.problems)
        paths = ", ".join(sorted({problem.path for problem in self.problems}))
        more = f" (the first {SHOWN} are shown)" if count > SHOWN else ""
        shown.append(f"{count} problem{'s' if count != 1 else ''} in the {self.label} {paths}{more}")
        return "\n\n".join(shown)


def read(path: str | Path, model: type[Model], label: str = "file") -> Model:
    """Read a TOML file into `model`; `label` is what the file is, in plain words. Raises FileProblems with all errors."""
    document = open_document(path, label)
    content = document.validate(model)
    document.finish()
    assert content is not None  # finish raised otherwise
    return content


def open_document(path: str | Path, label: str = "file") -> "Document":
    """Read and parse a TOML file. Raises FileProblems if it cannot be read, or is not TOML."""
    name = str(path)
    try:
        if not Path(path).is_file():
            raise OSError("it is a folder" if Path(path).is_dir() else "there is no such file")
        with open(path, "rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblems([_problem(name, [], (1, 1, 0), "", f"cannot be read: {reason}", "check the path")], label) from None
    return parse(content, name, label)


def parse(content: bytes, name: str, label: str = "file") -> "Document":
    """Parse the bytes of a TOML file called `name`. Raises FileProblems with the place of each syntax error."""
    if len(content) > LARGEST:
        message = f"larger than {LARGEST:,} bytes, the most that is read"
        raise FileProblems([_problem(name, [], (1, 1, 0), "", message, "such a file holds rules and shares, not records")], label)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"), 0)
        raise FileProblems([_problem(name, [], place, "", "not UTF-8 text", "save the file as UTF-8")], label) from None
    lines = text.split("\n")
    wrong = [_problem(name, lines, place, "", message, hint) for place, message, hint in raw_faults(text)]
    if wrong:
        raise FileProblems(wrong, label)
    spans, twice = find_spans(text)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        faults = twice if twice and str(error).startswith("Cannot") else [syntax_fault(text, lines, error)]
        raise FileProblems([_problem(name, lines, place, "", message, hint) for place, message, hint in faults], label) from None
    document = Document(name, label, lines, data, spans)
    document.check_values()
    return document


class Document:
    """A parsed file that collects what is wrong with it: `data` as tomllib gives it, `problem` to add, `finish` to raise."""

    def __init__(self, name: str, label: str, lines: list[str], data: dict[str, Any], spans: dict[KeyPath, Span]) -> None:
        self.name, self.label, self.lines, self.data, self.spans = name, label, lines, data, spans
        self.problems: list[Problem] = []

    def problem(self, key_path: KeyPath, message: str, help: str = "", on_key: bool = False) -> None:
        """Note a problem at a key's value (or at the key itself), or at the nearest table around it that the file has."""
        path = key_path
        while path and path not in self.spans:
            path, on_key = path[:-1], True
        span = self.spans.get(path)
        place = (1, 1, 0) if span is None else span.key if on_key else span.value
        self.problems.append(_problem(self.name, self.lines, place, key_words(key_path), message, help))

    def tables(self, name: str, within: KeyPath = ()) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
        """The tables of `[[name]]` with their key paths; whatever else stands there is left to `validate`."""
        found: Any = self.value(within)
        rows = found.get(name) if isinstance(found, dict) else None
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict):
                yield (*within, name, index), row

    def value(self, key_path: KeyPath) -> Any:
        """What stands at a key path, or None."""
        found: Any = self.data
        for part in key_path:
            if isinstance(found, dict):
                found = found.get(str(part))
            elif isinstance(found, list) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                return None
        return found

    def check_values(self) -> None:
        """Refuse what no field can mean: control characters behind escapes, numbers without an end, hidden depth."""
        stack: list[tuple[KeyPath, Any]] = [((), self.data)]
        while stack:
            path, value = stack.pop()
            depth_reached = len(path) > DEEPEST
            if depth_reached and isinstance(value, (dict, list)):
                self.problem(path, f"nested deeper than {DEEPEST} levels", "use fewer tables inside tables", on_key=True)
            elif isinstance(value, dict):
                for key in value:
                    if hidden(key):
                        self.problem((*path, key), "a control character in a key", "remove it", on_key=True)
                stack += [((*path, key), item) for key, item in value.items()]
            elif isinstance(value, list):
                stack += [((*path, index), item) for index, item in enumerate(value)]
            elif isinstance(value, str) and hidden(value):
                self.problem(path, "a control character in a text", "remove it")
            elif isinstance(value, float) and not isfinite(value):
                self.problem(path, f"must be an ordinary number; {value} was given")
            elif isinstance(value, int) and abs(value) >= 2**63:
                self.problem(path, "must be a smaller number", "whole numbers have at most 63 bits")
        self.finish()

    def validate(self, model: type[Model]) -> Model | None:
        """The content as `model`; None if something is wrong, which is then noted. Types are strict: "5" is not 5."""
        try:
            return model.model_validate_json(json.dumps(self.data, default=_as_text), strict=True)
        except ValidationError as error:
            self._note(error, schema_of(model))
            return None

    def finish(self) -> None:
        """Raise FileProblems if anything was noted."""
        if self.problems:
            raise FileProblems(self.problems, self.label)

    def _note(self, error: ValidationError, schema: dict[str, Any]) -> None:
        seen: set[tuple[KeyPath, str]] = set()
        for fault in error.errors(include_url=False):
            kind, path = fault["type"], fault["loc"]
            if path and path[-1] == "[key]":
                kind, path = "extra_forbidden", path[:-1]
            if kind not in ("missing", "extra_forbidden"):  # a union names its branches in the path, which the file does not have
                while path and path not in self.spans and self.value(path) is None:
                    path = path[:-1]
            if kind == "missing" and self.value(path[:-1]) is None:  # a list of a fixed length, in a union
                path, kind = path[:-2], "length"
            elif kind == "missing" and isinstance(path[-1], int):
                path, kind = path[:-1], "length"
            message, hint = _words(kind, path, self.value(path), schema, fault)
            if (path, message) not in seen:
                seen.add((path, message))
                self.problem(path, message, hint, on_key=kind == "extra_forbidden")


def nearest(name: str, names: Sequence[str]) -> str | None:
    """The known name most like `name`, or None if none is."""
    found = get_close_matches(name.lower().replace("-", "_").replace(" ", "_"), list(names), 1, 0.6)
    return found[0] if found else None


def suggestion(name: str, names: Sequence[str]) -> str:
    """Help for an unknown name: the nearest known one, or the known ones."""
    close = nearest(name, names)
    if close is not None:
        return f"did you mean `{close}`?"
    return "known here: " + (", ".join(f"`{known}`" for known in names) if names else "nothing")


def key_words(path: KeyPath) -> str:
    """A key path in words, counting from 1: ("rule", 2, "refuse", "travel") is "rule 3, refuse.travel"."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f" {part + 1},"
        else:
            words += ("" if not words else " " if words.endswith(",") else ".") + clip(part, 60)
    return words.rstrip(",")


@cache
def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The model's JSON Schema, from which bounds, units and descriptions are told."""
    return model.model_json_schema()


def field_at(schema: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    """The part of a JSON Schema that describes what stands at a key path; empty if unknown."""
    node = _resolved(schema, schema)
    for part in path:
        options = [_resolved(schema, option) for option in node.get("anyOf", [node])]
        node = {}
        for option in options:
            if isinstance(part, int):
                prefix = option.get("prefixItems", [])
                found = prefix[part] if part < len(prefix) else option.get("items")
            else:
                found = option.get("properties", {}).get(part) or option.get("additionalProperties")
            if isinstance(found, dict):
                node = _resolved(schema, found)
                break
    return node


def expectation(schema: dict[str, Any], node: dict[str, Any]) -> str:
    """What a field may be, in words: "a whole number between 1 and 8 (days)"."""
    unit = f" ({node['unit']})" if node.get("unit") else ""
    if "form" in node:
        return str(node["form"]) + unit
    if "anyOf" in node:
        options = [_resolved(schema, option) for option in node["anyOf"]]
        return " or ".join(expectation(schema, option) for option in options if option.get("type") != "null") + unit
    names = node.get("enum") or ([node["const"]] if "const" in node else [])
    if names:
        return ("one of " if len(names) > 1 else "") + ", ".join(f"`{name}`" for name in names[:24])
    kind = node.get("type")
    if kind in ("integer", "number"):
        bounds = _range(node)
        noun = "a whole number" if kind == "integer" else "" if bounds else "a number"
        return f"{noun} {bounds}".strip() + unit
    if kind == "array":
        least, most = node.get("minItems"), node.get("maxItems")
        count = f"{least} " if least is not None and least == most else f"{least or 0} to {most} " if most is not None else ""
        items = _resolved(schema, node["items"] if isinstance(node.get("items"), dict) else next(iter(node.get("prefixItems", [])), {}))
        return f"a list [...] of {count}" + (f"items, each {expectation(schema, items)}" if items else "items") + unit
    if kind == "string":
        most = node.get("maxLength")
        return ("text in quotes" + (f", at most {most} characters" if most else "")) + unit
    return {"boolean": "true or false", "object": "a table of keys"}.get(str(kind), "something else") + unit


def _words(kind: str, path: KeyPath, value: Any, schema: dict[str, Any], fault: Any) -> tuple[str, str]:
    """The message and the help for one of pydantic's errors."""
    node, last = field_at(schema, path), path[-1] if path else ""
    about = str(node.get("description", ""))
    if kind == "extra_forbidden":
        table = field_at(schema, path[:-1])
        known = list(table.get("properties", {})) or table.get("propertyNames", {}).get("enum", [])
        return f"unknown key `{clip(str(last), 60)}`", suggestion(str(last), known)
    if kind == "missing":
        return f"`{last}` is missing", "; ".join(filter(None, [about, f"must be {expectation(schema, node)}"]))
    if kind in ("value_error", "assertion_error"):
        return str(fault.get("ctx", {}).get("error", fault["msg"])), about
    names = node.get("enum", [])
    if names and isinstance(value, str):
        close = nearest(value, [str(name) for name in names])
        about = f"did you mean `{close}`?" if close else about
    wanted = expectation(schema, node)
    if wanted == "something else":
        wanted = fault["msg"][:1].lower() + fault["msg"][1:]
        return f"{wanted}; {given(value)} was given", about
    return f"must be {wanted}; {given(value)} was given", about


def given(value: Any) -> str:
    """A value of the file in a few words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{clip(value, 40)}"'
    if isinstance(value, (list, dict)):
        return f"a {'list' if isinstance(value, list) else 'table'} with {len(value)} item{'' if len(value) == 1 else 's'}"
    return clip(str(value), 40)


def _range(node: dict[str, Any]) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    above, below = node.get("exclusiveMinimum"), node.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f"between {_number(low)} and {_number(high)}"
    parts = [
        f"at least {_number(low)}" if low is not None else f"more than {_number(above)}" if above is not None else "",
        f"at most {_number(high)}" if high is not None else f"less than {_number(below)}" if below is not None else "",
    ]
    return " and ".join(filter(None, parts))


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) or float(value) != int(value) else f"{int(value):,}"


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """A schema node with its reference followed; a `null` alternative is dropped."""
    while "$ref" in node:
        target = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    options = [option for option in node.get("anyOf", []) if option.get("type") != "null"]
    if len(options) == 1:
        rest = {key: value for key, value in node.items() if key != "anyOf"}
        return _resolved(schema, {**options[0], **rest})
    return node


def _problem(name: str, lines: list[str], place: tuple[int, int, int], key: str, message: str, hint: str) -> Problem:
    line, column, length = place
    source = lines[line - 1] if 0 < line <= len(lines) else ""
    source = "".join("\ufffd" if hidden(letter) else letter for letter in source)
    return Problem(name, line, column, max(1, length), key, message, hint, source)


def _width(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (datetime, date, time)) else str(value)
