"""Bodies of law as files: closed, dated, with conditions that exist and sources that were opened."""

import ast
import re
from pathlib import Path

import pytest

from glasstown import files
from glasstown.law import asking, models
from glasstown.law import questions as first
from glasstown.law import settings as second

ROLES = ("all", "any", "unless", "review", "asks")


@pytest.mark.parametrize("name", models.BODIES)
def test_a_shipped_body_is_named_dated_and_cited(name: str) -> None:
    body = models.load(name)
    assert body.name == name and body.caveats
    cited = {source for clause in body.clause for source in clause.source}
    assert cited <= {source.id for source in body.source}
    for source in body.source:
        assert source.opened >= "2026-11-01" and source.address.startswith("http") and source.note
    for clause in body.clause:
        assert clause.says and clause.caveat and clause.consequence and (clause.all or clause.any), clause.id


def test_every_file_is_loaded_and_every_question_is_asked() -> None:
    assert {path.stem for path in models.FOLDER.glob("*.toml")} == {*models.BODIES, "canada_aia"}
    used = {name for body in models.bodies() for clause in body.clause for role in ROLES for name in getattr(clause, role)}
    spare = {"recognises_faces"}  # what other questions rest on
    assert used | spare == set(asking.registry())


def test_a_question_is_a_small_function_with_a_title_and_a_remark() -> None:
    for row in asking.registry().values():
        assert row.title and row.test.__doc__ and not row.title.endswith("."), row.name
    for module in (first, second):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        assert all((node.end_lineno or 0) - node.lineno < 25 for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_no_text_says_that_a_policy_is_lawful_or_names_a_verdict_on_it() -> None:
    for path in models.FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(un)?(fair|safe)\b", text, re.IGNORECASE), path.name
    for body in models.bodies():
        for clause in body.clause:
            assert not re.search(r"\b(is|are) (lawful|legal|compliant)\b", clause.consequence)


BODY = """
name = "tried"
title = "A law"
short = "A law"
place = "Nowhere"
kind = "binding"
as_of = "2026-01-01"
caveats = ["none"]

[[source]]
id = "one"
title = "A page"
address = "http://example.org"
opened = "2026-01-01"
note = "It says so."

[[clause]]
id = "a"
article = "Article 1"
title = "A clause"
in_force = "not yet: 2027-12-02"
says = "It says so."
consequence = "a duty"
source = ["one"]
caveat = "none"
all = ["evaluates_persons"]
"""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("evaluates_persons", "evaluates_person"), "did you mean `evaluates_persons`"),
        (('source = ["one"]', 'source = ["won"]'), 'there is no source "won"'),
        (("not yet: 2027-12-02", "soon"), "in_force"),
        (('caveat = "none"', 'caveat = "none"\nlawful = true'), "unknown key `lawful`"),
        (("[[clause]]", "[[clause]]\n[[clause]]"), "is missing"),
    ],
)
def test_a_wrong_file_is_one_clear_message_with_its_place(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    path = tmp_path / "law.toml"
    path.write_text(BODY, encoding="utf-8")
    assert models.load(path).clause[0].id == "a"
    path.write_text(BODY.replace(*change, 1), encoding="utf-8")
    with pytest.raises(files.FileProblems) as caught:
        models.load(path)
    assert says in str(caught.value.render(color=False)) and f"{path}:" in caught.value.render(color=False)
