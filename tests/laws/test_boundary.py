"""The boundary: the people are invented, always. These tests keep the door shut.

No command, file format or function takes records of persons, nothing speaks to the outside, nothing answers for anybody real, nothing
searches for obedience; reports give no verdict on a policy; the door from truth to record is not gone around.
"""

import ast
import inspect
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from annotated_types import MaxLen
from pydantic import BaseModel

import glasstown
from glasstown import catalogue, files
from glasstown.app import lives
from glasstown.people import recipe
from glasstown.policy import editor, schema
from glasstown.policy import load as policies
from glasstown.study import bundles, telling

ROOT = Path(__file__).parents[2]
PACKAGE = Path(str(glasstown.__file__)).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))

COMMANDS = {
    "assess", "claims", "law", "published", "compare", "diff", "gap", "backcast",
    "run", "society", "presets", "check", "explain", "init", "schema",
    "citizen", "ledger",
}  # fmt: skip
ASKED = {  # everything a command or a function may be told; a new name is a decision about the boundary
    "policy", "society", "people", "days", "pairs", "seed", "threads", "workers", "out", "json", "quiet", "quick", "file", "force",
    "version", "help", "progress", "say", "picture", "options", "case", "safeguards",
    "run", "id", "find", "pair", "html",  # a run's folder, an invented citizen's number in it, a kind of life, a pair of the run, a page
    "policies",  # several policies to compare
    "claim",  # the number of a claim about policies, never about a person
    "name", "tier", "every",  # a published model from a closed list, and how much of it is measured and shown
}  # fmt: skip
FORMATS = {
    "policy": schema.PolicyFile, "society": recipe.Recipe, "deeds": catalogue.Deeds, "law": catalogue.Law,
    "uncertainties": catalogue.Uncertainties,
}  # fmt: skip
MOST_ROWS = 256  # no list in a file is long enough to hold a register of persons


# ---- no command, format or function takes records of persons ---------------------------------------------------------


def command_line() -> Any:
    import typer

    from glasstown.app import cli

    return typer.main.get_command(cli.app)


def test_there_is_no_other_command() -> None:
    assert set(command_line().commands) == COMMANDS


def test_no_command_takes_anything_else() -> None:
    for name, command in command_line().commands.items():
        taken = {parameter.name for parameter in command.params} | {parameter.name for parameter in command_line().params}
        assert {word.rstrip("_").removeprefix("as_") for word in taken} - {"install_completion", "show_completion"} <= ASKED, name


def test_a_citizen_is_a_number_of_an_invented_town() -> None:
    """Who is asked for is an integer, or a kind of life from a closed list; nobody is looked up by what she is or did."""
    taken = inspect.signature(lives.citizen).parameters
    assert set(taken) == {"run", "id", "find", "pair", "html", "out", "as_json", "quiet"}
    assert set(parts(taken["id"].annotation)) & {int, str} == set(parts(taken["pair"].annotation)) & {int, str} == {int}
    assert set(telling.KINDS) == {
        "typical", "wrongly_listed", "silenced", "deterred", "gamed", "child_of_listed", "pariah", "shown_wrongly", "denounced", "extorted",
        "spared", "listed_by_order", "detained", "detained_wrongly", "child_of_detained", "marched", "arrested", "withdrawn",
    }  # fmt: skip
    for word in ("A. Person", "age=40", "citizen_17"):
        with pytest.raises(lives.BadInput, match="--find knows no"):
            lives.kind_of(word)


def test_no_public_function_takes_anything_else() -> None:
    assert set(glasstown.__all__) == {"Assessment", "Policy", "Society", "assess", "evaluate", "run"}
    for function in (glasstown.assess, glasstown.run, glasstown.evaluate):
        assert set(inspect.signature(function).parameters) <= ASKED, function.__name__


def test_a_case_takes_uncertainties_and_nothing_else() -> None:
    with pytest.raises(ValueError, match="citizen_17"):
        glasstown.evaluate({"policy": "none", "people": 50, "days": 1, "citizen_17": 1.0})


def tables(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model inside it."""
    yield model
    for field in model.model_fields.values():
        for part in parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from tables(part)


def parts(annotation: Any) -> Iterator[Any]:
    """A type and every type inside it."""
    yield annotation
    for part in get_args(annotation):
        yield from parts(part)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_closed(name: str) -> None:
    for model in tables(FORMATS[name]):
        assert model.model_config.get("extra") == "forbid", model.__name__


@pytest.mark.parametrize("name", FORMATS)
def test_no_list_in_a_file_can_hold_a_register(name: str) -> None:
    """Rows are bounded in number, and free keys are names the program knows."""
    for model in tables(FORMATS[name]):
        for key, field in model.model_fields.items():
            for part in parts(field.annotation):
                if get_origin(part) is tuple and Ellipsis in get_args(part):
                    longest = [limit.max_length for limit in field.metadata if isinstance(limit, MaxLen)]
                    assert longest, f"{model.__name__}.{key}"
                    assert longest[0] <= MOST_ROWS
                if get_origin(part) is dict:
                    known = any(get_origin(inside) is Literal for inside in parts(get_args(part)[0]))
                    assert known or (model, key) == (catalogue.Uncertainties, "parameter"), f"{model.__name__}.{key}"


def test_an_unknown_parameter_is_refused(tmp_path: Path) -> None:
    """The one table with free keys takes the names of known parameters only."""
    path = tmp_path / "uncertainties.toml"
    path.write_text(
        catalogue.shipped("uncertainties.toml").read_text(encoding="utf-8") + "\n[parameter.citizen_17]\nvalue = 1\n", encoding="utf-8"
    )
    with pytest.raises(files.FileProblems, match="citizen_17"):
        catalogue.load_uncertainties(path)


RECORDS = ['[[person]]\nname = "A. Person"\n', "[[citizen]]\nnumber = 17\n", '[persons]\nfile = "register.csv"\n', "people = [1, 2, 3]\n"]


@pytest.mark.parametrize("record", RECORDS)
def test_a_policy_with_a_person_in_it_is_refused(record: str, tmp_path: Path) -> None:
    text = policies.find("none").read_text(encoding="utf-8")
    path = tmp_path / "policy.toml"
    path.write_text(f"{record}{text}" if record.startswith("people") else f"{text}\n{record}", encoding="utf-8")
    with pytest.raises(files.FileProblems):
        policies.load(path)


@pytest.mark.parametrize("record", RECORDS)
def test_a_society_with_a_person_in_it_is_refused(record: str, tmp_path: Path) -> None:
    text = recipe.find("town").read_text(encoding="utf-8")
    path = tmp_path / "town.toml"
    path.write_text(f"{record}{text}" if record.startswith("people") else f"{text}\n{record}", encoding="utf-8")
    with pytest.raises(files.FileProblems):
        recipe.load(path)


@pytest.mark.parametrize("content", ["name,score\nA. Person,17\n", '[{"name": "A. Person"}]\n', "PAR1\x00\x00PAR1"])
def test_a_table_of_persons_is_not_a_file_we_read(content: str, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(content, encoding="utf-8")
    for read in (policies.load, recipe.load):
        with pytest.raises(files.FileProblems):
            read(path)


def test_the_schema_for_editors_is_closed_as_well() -> None:
    def check(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") == "object" and "properties" in part:
                assert part.get("additionalProperties") is False, part.get("title")
            for below in part.values():
                check(below)
        elif isinstance(part, list):
            for below in part:
                check(below)

    check(editor.json_schema())


# ---- nothing speaks to the outside, nothing searches for obedience ---------------------------------------------------

OUTSIDE = {
    "socket", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "paramiko", "websockets", "sqlite3",
    "psycopg", "sqlalchemy", "pickle", "shelve", "marshal", "cv2", "csv", "pandas", "duckdb", "optuna", "nevergrad", "skopt",
}  # fmt: skip
ONLY_IN = {"distributed": "study", "dask": "study"}  # processes of an ensemble, on the loopback address


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_opens_no_door(path: Path) -> None:
    for module in imports(path):
        top = module.partition(".")[0]
        assert top not in OUTSIDE, module
        assert not module.startswith("scipy.optimize"), module
        assert path.relative_to(PACKAGE).parts[0] == ONLY_IN.get(top, path.relative_to(PACKAGE).parts[0]), module


READERS = re.compile(r"\b(open|load|loads|loadtxt|genfromtxt|fromfile|memmap|read_\w+|scan_\w+)\(")


def test_models_of_ones_own_are_made_in_code_only() -> None:
    """The toolkit and the published models read no file (but the source of our own rules), so that nobody's records come in that way."""
    for folder in ("modelling", "published"):
        for path in sorted((PACKAGE / folder).glob("*.py")):
            found = READERS.findall(path.read_text(encoding="utf-8"))
            allowed = {"compiling.py": ["read_text"], "__init__.py": ["load"] if folder == "published" else []}
            assert found == allowed.get(path.name, []), path


def test_the_one_search_makes_an_error_small_and_cannot_be_told_another_aim() -> None:
    """Bundles are chosen by wrong sanctions; no caller names what they are chosen by, and no other outcome is read for it."""
    assert bundles.ERRORS == ("wrongly_sanctioned", "wrong_days")
    assert set(inspect.signature(bundles.search).parameters) == {"request", "summaries", "live"}
    for chooser in (bundles.repairing, bundles.leaders, bundles.paired, bundles.extended):
        assert not re.search(r"aim|outcome|spec", inspect.getsource(chooser)), chooser.__name__


def test_an_ensemble_listens_on_the_loopback_address_only() -> None:
    text = (PACKAGE / "study" / "ensemble.py").read_text(encoding="utf-8")
    for call in re.findall(r"LocalCluster\([^)]*\)", text):
        assert 'host="127.0.0.1"' in call
        assert re.search(r'dashboard_address=(None|"127\.0\.0\.1:0")', call)


CHAPTERS = ("acting", "watching", "scoring", "gating", "shaming", "reacting", "mending", "measuring")
CHAPTERS += ("reporting", "power", "detaining", "protesting", "politics")
SHARED = ("draws", "world", "tables")


def of(chapter: str) -> list[Path]:
    """The files of a chapter: one, or a folder of them."""
    return sorted((PACKAGE / chapter).rglob("*.py")) or [PACKAGE / f"{chapter}.py"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_knows_luck_columns_and_tables_only(chapter: str) -> None:
    for path in of(chapter):
        for module in imports(path):
            if module.startswith("glasstown"):
                assert module.split(".")[1] in (*SHARED, chapter), f"{path.name} imports {module}"


@pytest.mark.parametrize("chapter", ["scoring", "gating", "shaming"])
def test_who_decides_by_the_record_never_names_truth(chapter: str) -> None:
    """Scoring, gating and shaming read the record and nothing else: no rule of theirs is handed truth or an origin."""
    for path in of(chapter):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                handed = {argument.arg for argument in node.args.args}
                assert not handed & {"mind", "truth", "origin", "town"}, f"{path.name}: {node.name}"


# ---- what is said -----------------------------------------------------------------------------------------------------

VERDICT = re.compile(r"\b(un)?(fair|safe)\b(?!-)", re.IGNORECASE)
SPOKEN = [
    *(path for folder in ("report", "study", "app") for path in sorted((PACKAGE / folder).rglob("*.*")) if path.suffix != ".pyc"),
    ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")),
]  # fmt: skip


def said(path: Path) -> Iterator[str]:
    """What a file says to a reader: the lines of a text, the texts in a program (not its remarks)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from re.sub(r"\|\s*safe\b", "", text).splitlines()  # the name of a template's filter
        return
    tree = ast.parse(text)
    remarks = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in remarks:
            yield node.value


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: path.name)
def test_no_verdict_is_given(path: Path) -> None:
    """Show harm, error and uncertainty; the judgment is the reader's."""
    assert not [line for line in said(path) if VERDICT.search(line)]


def tracked() -> list[Path]:
    """The project's own text files: what git holds, or what a copy without git has."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for part in ("src", "tests", "docs", "bench") for path in (ROOT / part).rglob("*")]
    return [path for path in paths if path.suffix not in (".pyc", ".png", ".parquet", ".npz") and path.is_file()]


def test_no_file_names_a_machine_or_a_registry() -> None:
    """Paths of somebody's computer and addresses of package registries have no place in what others copy."""
    roots, hosts = "root|home|work|Users|opt", r"pypi\.|pythonhosted|npmjs|deb\.debian|conda\.anaconda"
    banned = re.compile(rf"(?<![\w.\-/])/({roots})/\w|{hosts}|(?<!emit)-index-url")
    for path in tracked():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            assert path == Path(__file__) or not banned.search(line), f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"


# ---- the door is light ------------------------------------------------------------------------------------------------

HEAVY = ("numba", "llvmlite", "numpy", "altair", "vl_convert", "dask", "distributed", "polars", "scipy")
LOOK = f"""
import sys
from glasstown.app import cli
sys.argv = ["glasstown", "--help"]
try:
    cli.main()
except SystemExit as end:
    assert not end.code, end.code
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_help_answers_at_once_and_loads_nothing_heavy() -> None:
    waited = []
    for _ in range(5):
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
        waited.append(time.perf_counter() - begun)
        assert done.stdout.splitlines()[-1] == "[]"
    assert min(waited) < 0.8
