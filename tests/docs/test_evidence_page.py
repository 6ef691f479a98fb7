"""The page on what stands behind each rule: it names every rule, its remarks name rules that exist, and what it claims can be found."""

import ast
from pathlib import Path

import pytest

from glasstown import sources
from glasstown.policy import load
from glasstown.report import coverage

ROOT = Path(__file__).parents[2]


def test_every_rule_of_every_chapter_is_told() -> None:
    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    for name, rule in coverage.rules().items():
        assert f"| `{name}` |" in page
        assert rule.says, f"{name} says nothing"
    assert {name.partition(".")[0] for name in coverage.rules()} == set(coverage.CHAPTERS)


def test_every_remark_is_understood() -> None:
    """A remark that is not written as it should be would otherwise be nothing."""
    for path in coverage.TESTS.rglob("test_*.py"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip().startswith("# exercises"):
                assert coverage.MARK.match(line), f"{path.name}:{number}: {line}"


def test_what_a_test_says_it_exercises_it_can_reach() -> None:
    """A check named for a rule stands in a file that calls it by name, has it compiled, or lives whole worlds."""
    for name, known in coverage.checks().items():
        for check in known:
            text = (coverage.TESTS / check.file).read_text(encoding="utf-8")
            own = name.partition(".")[2]
            assert own in text or "compiled()" in text or "run_arms" in text or "runner.live" in text or "load_law" in text, (
                f"{name}: {check}"
            )


def test_what_a_published_model_says_it_exercises_it_calls() -> None:
    for name, models in coverage.reproduced().items():
        assert name in coverage.rules(), f"{models[0].file} exercises {name}, which is no rule"
        for model in models:
            assert name.partition(".")[2] in (coverage.PACKAGE / model.file).read_text(encoding="utf-8"), f"{model.file}: {name}"


def written(folder: Path, text: str) -> Path:
    (folder / "test_made_up.py").write_text(text, encoding="utf-8")
    return folder


def test_a_remark_belongs_to_the_test_it_stands_in_or_before(tmp_path: Path) -> None:
    text = '# exercises: watching.look (exact)\n\n@mark\ndef test_one():\n    """One."""\n\n\ndef test_two_things():\n'
    text += "    # exercises: watching.look, scoring.post (law)\n    pass\n"
    found = coverage.checks(written(tmp_path, text))
    assert [(check.kind, check.test, check.says) for check in found["watching.look"]] == [
        ("exact", "test_one", "One."), ("law", "test_two_things", "two things"),
    ]  # fmt: skip
    assert [check.test for check in found["scoring.post"]] == ["test_two_things"]


@pytest.mark.parametrize("remark", ["watching.lok (exact)", "nothing.look (exact)", "watching.look (surely)"])
def test_a_remark_that_names_nothing_is_refused(remark: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no rule"):
        coverage.checks(written(tmp_path, f"# exercises: {remark}\ndef test_one():\n    pass\n"))


def test_a_remark_without_a_test_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no test follows"):
        coverage.checks(written(tmp_path, "def test_one():\n    pass\n\n\n# exercises: watching.look (exact)\n"))


def test_what_a_rule_reads_is_found_in_its_source() -> None:
    tree = ast.parse(
        "def rule(deed, policy, parameters, number):\n"
        "    row = policy.lists[number]\n"
        "    return deed.rate * parameters.chill + row.pressure + policy.score[0].expiry + policy.bands[number].refuse[0]\n"
    ).body[0]
    assert isinstance(tree, ast.FunctionDef)
    found = coverage.read_by(coverage.Rule("made.up", "", tree))
    assert {("deed", "rate"), ("uncertainty", "chill"), ("policy", "pressure"), ("policy", "expiry"), ("policy", "refuse")} == set(found)
    assert any("penney_2016" in text for text in coverage.anchors(coverage.Rule("made.up", "", tree)))


def test_an_anchor_cites_a_source_that_was_opened() -> None:
    opened = set(sources.load()) | {row.id for name in load.presets() for row in load.load(name).source}
    for places in coverage.sourced().values():
        for place in places:
            assert place.rpartition("(")[2].partition(",")[0] in opened, place


def test_nothing_is_said_where_there_is_nothing() -> None:
    known = coverage.known()
    bare = [name for name, rule in coverage.rules().items() if name not in known and not coverage.anchors(rule)]
    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    for name in bare:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        assert row.count(coverage.NOTHING_YET) == 2
    assert 2 * len(bare) < len(coverage.rules())  # most rules have something behind them
