"""The reader of data files: every error kind at its exact place, many at once, and nothing but FileProblems ever leaves."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from glasstown import files


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(Closed):
    deed: str = Field(max_length=20)
    points: int | tuple[int, int] | None = Field(default=None, description="points lost")
    refuse: dict[Literal["travel", "work"], Annotated[float, Field(ge=0, le=1, json_schema_extra={"unit": "share"})]] = {}
    pair: tuple[int, int] | None = None


class Town(Closed):
    name: str = Field(pattern="^[a-z_]+$", json_schema_extra={"form": "small letters and underscores"})
    people: int = Field(ge=100, le=10_000_000, description="how many live here", json_schema_extra={"unit": "people"})
    share: float = Field(default=0.5, gt=0, lt=1)
    kind: Literal["harbour", "inland"] = "inland"
    open: bool = True
    rule: tuple[Rule, ...] = Field(default=(), max_length=3)


HEAD = 'name = "here"\npeople = 1000\n'


def problems(text: str | bytes) -> list[files.Problem]:
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    with pytest.raises(files.FileProblems) as caught:
        document = files.parse(content, "town.toml", "town file")
        document.validate(Town)
        document.finish()
    return caught.value.problems


def only(text: str | bytes) -> files.Problem:
    found = problems(text)
    assert len(found) == 1, [problem.message for problem in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "line", "column", "length", "message", "help_"),
    [
        (HEAD + "share = 1.4", 3, 9, 3, "more than 0 and less than 1; 1.4 was given", ""),
        ('name = "here"\npeople = 5', 2, 10, 1, "must be a whole number between 100 and 10,000,000 (people); 5 was given", "how many"),
        (HEAD + 'kind = "harbor"', 3, 8, 8, "must be one of `harbour`, `inland`", "did you mean `harbour`?"),
        (HEAD + "opne = true", 3, 1, 4, "unknown key `opne`", "did you mean `open`?"),
        (HEAD + "zzz = true", 3, 1, 3, "unknown key `zzz`", "known here: `name`, `people`"),
        (HEAD + "open = 1", 3, 8, 1, "must be true or false; 1 was given", ""),
        ('name = "here"\npeople = "1000"', 2, 10, 6, 'a whole number between 100 and 10,000,000 (people); "1000" was given', ""),
        ('name = "here"\npeople = 1000.5', 2, 10, 6, "1000.5 was given", ""),
        ('name = "here"\npeople = true', 2, 10, 4, "true was given", ""),
        ('name = "Not This"\npeople = 1000', 1, 8, 10, "must be small letters and underscores", ""),
        ('name = "here"', 1, 1, 1, "`people` is missing", "how many live here; must be a whole number"),
        (HEAD + "[[rule]]\npoints = 3", 3, 3, 4, "`deed` is missing", "text in quotes, at most 20 characters"),
        (HEAD + '[[rule]]\ndeed = "a"\n\n[[rule]]\ndeed = "b"\npionts = 3', 8, 1, 6, "unknown key `pionts`", "`points`"),
        (HEAD + 'rule = [{ deed = "a", refuse = { travel = 7 } }]', 3, 43, 1, "between 0 and 1 (share); 7 was given", ""),
        (HEAD + 'rule = [{ deed = "a", refuse = { travle = 1 } }]', 3, 34, 6, "unknown key `travle`", "`travel`"),
        (HEAD + '[[rule]]\ndeed = "a"\npoints = [1, "x"]', 5, 10, 8, "a list with 2 items was given", "points lost"),
        (HEAD + '[[rule]]\ndeed = "a"\npair = [1]', 5, 8, 3, "must be a list [...] of 2 items", ""),
        (HEAD + '[[rule]]\ndeed = "a"\nrefuse.travel = -1', 5, 17, 2, "between 0 and 1 (share); -1 was given", ""),
        (HEAD + '[[rule]]\ndeed = "äöü, 中文 and more than twenty"', 4, 8, 30, "at most 20 characters", ""),
        (HEAD + "people = 2000", 3, 1, 6, "`people` is given twice", "line 2"),
        (HEAD + "[a]\n[b]\n[a]", 5, 2, 1, "the table [a] is given twice", "line 3"),
        (HEAD + "share = inf", 3, 9, 3, "must be an ordinary number; inf was given", ""),
        (HEAD + "share = nan", 3, 9, 3, "must be an ordinary number; nan was given", ""),
        (HEAD + "share = 99999999999999999999", 3, 9, 20, "must be a smaller number", ""),
        (HEAD + f"share = {'9' * 5000}", 3, 9, 1, "the number is too long", ""),
        (HEAD + 'kind = "in\\u001bland"', 3, 8, 14, "a control character in a text", ""),
        (HEAD + "kind = 2026-11-24", 3, 8, 10, "must be one of `harbour`, `inland`; 2026-11-24 was given", ""),
        (HEAD + "kind = inland", 3, 8, 1, "this value cannot be read", "text stands in quotes"),
        (HEAD + 'kind = "inland', 3, 15, 1, "the text is not closed", "quotation mark"),
        (HEAD + "kind", 3, 5, 1, "`=` is missing", "key = value"),
        (HEAD + "share = [1, 2", 3, 14, 1, "the list is not closed", "`]`"),
        (HEAD + "share = 0.5 open = true", 3, 13, 1, "one line holds one key", ""),
        (HEAD + "[rule", 3, 6, 1, "the table's name is not closed", "[name]"),
        ("\x07" + HEAD, 1, 1, 1, "a control character (U+0007)", "plain text"),
        (HEAD + "# \u202e hidden", 3, 3, 1, "a control character (U+202E)", ""),
        (HEAD + "share = " + "[" * 17 + "]" * 17, 3, 25, 1, "nested deeper than 16 levels", ""),
        (HEAD + ".".join("a" * 20) + " = 1", 3, 34, 1, "nested deeper than 16 levels", ""),
        (b"name = 'x'\n# \xff", 2, 3, 1, "not UTF-8", "UTF-8"),
    ],
)
def test_error_at_its_place(text: str | bytes, line: int, column: int, length: int, message: str, help_: str) -> None:
    found = only(text)
    assert (found.line, found.column, found.length) == (line, column, length)
    assert message in found.message
    assert help_ in found.help


def test_all_errors_at_once_in_the_order_of_the_file() -> None:
    found = problems('name = "X"\nshare = 7\npoeple = 3\n[[rule]]\npoints = true\n[[rule]]\ndeed = 3\nx = 1\n')
    assert [(problem.line, problem.column) for problem in found] == [(1, 1), (1, 8), (2, 9), (3, 1), (4, 3), (5, 10), (7, 8), (8, 1)]


def test_control_characters_are_all_told() -> None:
    assert [(problem.line, problem.column) for problem in problems("a\x01\nb\x02 \x03")] == [(1, 2), (2, 2), (2, 4)]


def test_carets_stand_under_the_wrong_part() -> None:
    source, carets = only('"中" = 1\n' + HEAD).render().splitlines()[3:5]
    assert source.index('"') == carets.index("^")
    assert carets.count("^") == 4  # a wide character takes two columns
    source, carets = only(HEAD + '\trule = [{ deed = "中文", refuse = { work = 7 } }]').render().splitlines()[3:5]
    shown = source[: source.index("7")]
    assert len(carets[: carets.index("^")]) == len(shown) + 2
    assert "\t" in carets


def test_render_counts_and_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("people = 1\nfoo = 2\n")
    with pytest.raises(files.FileProblems) as caught:
        files.read(path, Town, "town file")
    text = caught.value.render()
    assert f"--> {path}:1:10" in text
    assert text.endswith(f"3 problems in the town file {path}")
    assert "\033[" not in text
    assert "\033[" in caught.value.render(color=True)
    assert str(caught.value) == text


def test_read_gives_the_model(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode() + b'[[rule]]\r\ndeed = "a"\r\npoints = [1, 2]\r\n')
    assert files.read(path, Town) == Town(name="here", people=1000, rule=(Rule(deed="a", points=(1, 2)),))


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(files.FileProblems) as caught:
        files.read(tmp_path / name, Town)
    assert "cannot be read" in caught.value.problems[0].message


def test_large_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("#" * (files.LARGEST + 1))
    with pytest.raises(files.FileProblems, match="larger than 1,000,000 bytes"):
        files.read(path, Town)


def test_many_problems_are_counted_not_printed() -> None:
    found = files.FileProblems(problems(HEAD + "".join(f"x{number} = 1\n" for number in range(500))), "town file")
    text = found.render()
    assert len(found.problems) == 500
    assert "500 problems in the town file town.toml (the first 100 are shown)" in text
    assert text.count("error: ") == 100


def test_semantic_problems_join_the_others() -> None:
    document = files.parse((HEAD + 'x = 1\n[[rule]]\ndeed = "lone_default"').encode(), "t.toml")
    document.validate(Town)
    for path, rule in document.tables("rule"):
        document.problem((*path, "deed"), f"there is no deed {files.given(rule['deed'])}", files.suggestion(rule["deed"], ["loan_default"]))
        document.problem((*path, "nothing_here"), "at the table's header")
    with pytest.raises(files.FileProblems) as caught:
        document.finish()
    assert [(problem.line, problem.column, problem.key) for problem in caught.value.problems] == [
        (3, 1, "x"),
        (4, 3, "rule 1, nothing_here"),
        (5, 8, "rule 1, deed"),
    ]
    assert caught.value.problems[2].help == "did you mean `loan_default`?"


def test_nearest() -> None:
    assert files.nearest("Loan-Defalt", ["loan_default", "theft"]) == "loan_default"
    assert files.nearest("xyz", ["loan_default", "theft"]) is None


def attempt(content: bytes) -> None:
    """Only FileProblems may leave, and its problems can be drawn."""
    try:
        document = files.parse(content, "t.toml")
        document.validate(Town)
        document.finish()
    except files.FileProblems as error:
        assert error.problems
        for problem in error.problems:
            assert problem.line >= 1 and problem.column >= 1 and problem.length >= 1
        assert "error" in error.render(color=True)
        assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in error.render())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
@example(b'a = """\\')
@example(b"[[a]]\n[a]\n[[a]]\na.b=1\n[a.b]")
@example(b"a = {b = 1}\na.b = 2")
@example(b"a = [{b = [[{c = 1}]]}]\n[[a]]\nb = 1")
@example(b'"a\\u0007" = 1')
@example(b"'' = 1\n\"\" = 2")
@example(b"a = 1979-05-27T07:32:00Z\nb = 07:32:00")
def test_fuzz_bytes(content: bytes) -> None:
    attempt(content)


KEYS = st.sampled_from(["name", "people", "share", "rule", "deed", "points", "refuse", "x", '"q r"', "a.b", "rule.deed", "refuse.travel"])
VALUES = st.recursive(
    st.sampled_from(["1", "-5", "1.5", "inf", "true", '"text"', "'l'", "1979-05-27", "[]", "{}", '"""m\nn"""', "0xff", "bare", "中"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(st.tuples(KEYS, inner), max_size=2).map(lambda items: "{ " + ", ".join(f"{key} = {value}" for key, value in items) + " }"),
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    KEYS.map(lambda key: f"[{key}]"),
    KEYS.map(lambda key: f"[[{key}]]"),
    st.just("# remark"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_fuzz_toml(lines: list[str]) -> None:
    attempt("\n".join(lines).encode())


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=10))
def test_every_key_has_a_place(lines: list[str]) -> None:
    """Whatever tomllib reads, the syntax tree has the place of."""
    text = "\n".join(lines)
    try:
        data = tomllib.loads(text)
        document = files.parse(text.encode(), "t.toml")
    except (ValueError, files.FileProblems):
        return
    stack: list[tuple[tuple[str | int, ...], object]] = [((), data)]
    while stack:
        path, value = stack.pop()
        assert path == () or path in document.spans, (text, path)
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        stack += [((*path, key), item) for key, item in items]
