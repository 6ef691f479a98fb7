"""Where things stand in a TOML text: the place of every key and value, and of what keeps it from being read."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DEEPEST = 16  # tables and lists inside one another

KeyPath = tuple[str | int, ...]
Place = tuple[int, int, int]  # line, column, length; 1-based, in characters
Fault = tuple[Place, str, str]  # where, what is wrong, help


@dataclass(frozen=True)
class Span:
    """Where a key and its value stand: (line, column, length), 1-based, in characters."""

    key: Place
    value: Place


def hidden(text: str) -> bool:
    """True if a text holds control characters, or marks that change the direction of writing."""
    return _HIDDEN.search(text) is not None


def clip(text: str, most: int) -> str:
    text = "".join("\ufffd" if hidden(letter) or letter in "\n\t" else letter for letter in text)
    return text if len(text) <= most else text[: most - 1] + "…"


_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_TOKEN = re.compile(r"""(?s:#[^\n]*|\"{3}(?:\\.|[^\\])*?(?:\"{3}|\Z)|'{3}.*?(?:'{3}|\Z)|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|[][{}\n.=,])""")


def raw_faults(text: str) -> Iterator[Fault]:
    """Control characters and too deep nesting, found on the text before it is parsed."""
    for found in _HIDDEN.finditer(text):
        message = f"a control character (U+{ord(found[0]):04X})"
        yield place_of(text, found.start(), 1), message, "remove it; data files are plain text"
    depth = dots = 0
    for found in _TOKEN.finditer(text):
        token = found[0]
        depth += token in ("[", "{")
        depth = max(0, depth - (token in ("]", "}")))
        dots = dots + 1 if token == "." else 0 if token in "[]{}\n=," else dots
        if depth + dots > DEEPEST:
            yield place_of(text, found.start(), 1), f"nested deeper than {DEEPEST} levels", "use fewer tables inside tables"
            return


def place_of(text: str, offset: int, length: int) -> Place:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset), length


_SYNTAX = {  # how tomllib begins a message -> what is said
    "Invalid value": (
        "this value cannot be read",
        'text stands in quotes; true, false and numbers do not: title = "A list", term_days = 730',
    ),
    "Expected '=' after a key": (
        "`=` is missing after the key",
        "a line reads key = value, for instance term_days = 730; text stands in quotes",
    ),
    "Expected newline or end of document": ("one line holds one key", "put what follows on a line of its own"),
    "Unclosed array": ("the list is not closed", "add `]`, or a comma between two items"),
    "Unclosed inline table": ("the inline table is not closed", "an inline table { ... } stands on one line, with commas between its keys"),
    "Unterminated string": ("the text is not closed", 'add the closing quotation mark `"`'),
    "Illegal character '\\n'": ("the text is not closed", 'add the closing quotation mark `"`'),
    "Expected ']' at the end of a table": ("the table's name is not closed", "a table begins with [name], one of several with [[name]]"),
    "Expected ']]' at the end of an array": ("the table's name is not closed", "one of several tables begins with [[name]]"),
    "Invalid initial character for a key": (
        "a key is missing here",
        "keys are letters, digits and underscores; the rest of a line after # is a remark",
    ),
    "Invalid statement": ("this is neither a key nor a table", "a line reads key = value, [table], [[table]], or begins with #"),
    "Cannot": ("this is given twice, or as two different things", "keep one of the two"),
    "Unescaped": ("a lone backslash in a text", "write \\\\ for a backslash, or use single quotation marks"),
    "Exceeds the limit": ("the number is too long", "whole numbers have at most 63 bits"),
}


def syntax_fault(text: str, lines: list[str], error: Exception) -> Fault:
    """Where and why tomllib stopped."""
    said = str(error)
    at = re.search(r"\(at line (\d+), column (\d+)\)$", said)
    place = (int(at[1]), int(at[2]), 1) if at else place_of(text, len(text.rstrip()), 1)
    if said.startswith("Exceeds the limit"):
        digits = re.search(r"[0-9_]{4000,}", text)
        place = place_of(text, digits.start(), 1) if digits else place
    plain = re.sub(r" \(at .*\)$", "", said)
    for start, (message, hint) in _SYNTAX.items():
        if plain.startswith(start):
            return place, message, hint
    return place, f"not valid TOML: {plain[:1].lower() + plain[1:]}", "see toml.io for how such files are written"


def find_spans(text: str) -> tuple[dict[KeyPath, Span], list[Fault]]:
    """The place of every key and value, and what is given twice."""
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
    walk = _Walk(text)
    walk.document(tree.root_node)
    return walk.spans, walk.twice


class _Walk:
    """One pass over the syntax tree."""

    def __init__(self, text: str) -> None:
        self.lines = [line.encode() for line in text.split("\n")]
        self.spans: dict[KeyPath, Span] = {}
        self.twice: list[Fault] = []
        self.counts: dict[KeyPath, int] = {}
        self.given: set[KeyPath] = set()

    def document(self, root: Any) -> None:
        for node in root.children:
            if node.type == "pair":
                self.pair((), node)
            elif node.type in ("table", "table_array_element"):
                self.table(node)

    def table(self, node: Any) -> None:
        header = next((child for child in node.children if child.is_named), None)
        if header is None:
            return
        path: KeyPath = ()
        names = _names(header)
        for index, name in enumerate(names):
            path = (*path, name)
            if node.type == "table_array_element" and index == len(names) - 1:
                self.counts[path] = self.counts.get(path, 0) + 1
                self.spans.setdefault(path, Span(self.span(header), self.span(header)))
            elif node.type == "table" and index == len(names) - 1:
                self.once(path, header, f"the table [{'.'.join(names)}]")
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
            self.spans.setdefault(path, Span(self.span(header), self.span(header)))
        for child in node.children:
            if child.type == "pair":
                self.pair(path, child)

    def pair(self, path: KeyPath, node: Any) -> None:
        parts = [child for child in node.children if child.is_named and child.type != "comment"]
        if len(parts) < 2:
            return
        key, value = parts[0], parts[1]
        for name in _names(key):
            path = (*path, name)
            self.spans.setdefault(path, Span(self.span(key), self.span(key)))
        self.once(path, key, f"`{clip(str(path[-1]), 60)}`")
        self.spans[path] = Span(self.span(key), self.span(value))
        self.inside(path, value)

    def inside(self, path: KeyPath, value: Any) -> None:
        if value.type == "array":
            items = [child for child in value.children if child.is_named and child.type != "comment"]
            for index, item in enumerate(items):
                self.spans[(*path, index)] = Span(self.span(item), self.span(item))
                self.inside((*path, index), item)
        elif value.type == "inline_table":
            for child in value.children:
                if child.type == "pair":
                    self.pair(path, child)

    def once(self, path: KeyPath, node: Any, what: str) -> None:
        if path in self.given:
            first = self.spans[path].key[0]
            self.twice.append((self.span(node), f"{what} is given twice", f"it is first given on line {first}; keep one of the two"))
        self.given.add(path)

    def span(self, node: Any) -> Place:
        (row, start), (last, end) = node.start_point, node.end_point
        line = self.lines[row]
        column = len(line[:start].decode(errors="replace")) + 1
        stop = line[: end if last == row else len(line)]
        return row + 1, column, max(1, len(stop.decode(errors="replace")) - column + 1)


def _names(key: Any) -> list[str]:
    if key.type == "dotted_key":
        return [name for child in key.children if child.is_named for name in _names(child)]
    text = key.text.decode(errors="replace")
    if key.type == "quoted_key":
        try:
            return list(tomllib.loads(f"{text} = 0"))
        except ValueError:
            return [text]
    return [text]
