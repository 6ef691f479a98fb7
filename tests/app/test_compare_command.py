"""``glasstown compare``, ``diff`` and ``gap``: tables and documents, Ctrl-C and resume, bad input in one clear error."""

import json

import pytest
from typer.testing import CliRunner

from glasstown.app import cli
from glasstown.policy import load
from glasstown.report import compare as page
from glasstown.study import ensemble

SMALL = ["--quick", "--people", "200", "--days", "31", "--pairs", "4", "--workers", "1"]
TWO = ["rongcheng_2014", "spc_defaulter_list"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to run in, with a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "130")
    return tmp_path


def invoke(*arguments):
    return CliRunner().invoke(cli.app, list(arguments))


def test_a_table_a_report_and_one_document(here):
    found = invoke("compare", *TWO, *SMALL)
    assert found.exit_code == 0, found.output
    for text in ("rongcheng 2014", "spc defaulter list", "first minus second", "Wrongly sanctioned, per 1,000 adults", "cannot tell",
                 "90 % interval", "next: glasstown diff rongcheng_2014 spc_defaulter_list"):  # fmt: skip
        assert text in found.stdout, text
    assert "citizen-days" in found.stderr
    again = invoke("compare", *TWO, *SMALL, "--json", "--quiet")
    document = json.loads(again.stdout)
    assert again.stderr == "" and [row["label"] for row in document["policies"]] == TWO
    assert document["report"].endswith("report.html") and {row["minus"] for row in document["between"]} == {TWO[1]}


def test_more_policies_than_fit_go_on_below(here, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(page, "write", lambda found, path: path.write_text("", encoding="utf-8"))  # the table is looked at, not the page
    found = invoke("compare", *TWO, "none", "popular_image", "none", *SMALL)
    assert found.exit_code == 0, found.output
    assert found.stdout.count("Policies compared") == 3 and "none (2)" in found.stdout
    assert max(map(len, found.stdout.splitlines()[:-1])) <= 80


def test_how_two_policies_differ(here):
    found = invoke("diff", *TWO)
    assert found.exit_code == 0 and found.stdout.startswith("From Municipal points and grades")
    assert "\nWhat costs or earns points\n" in found.stdout and "is put on the list" in found.stdout
    document = json.loads(invoke("diff", *TWO, "--json").stdout)
    assert document["policies"] == TWO and document["same"] is False
    assert {row["kind"] for group in document["sections"].values() for row in group} == {"added", "removed", "changed"}
    same = invoke("diff", "popular_image", "popular_image")
    assert same.stdout == "popular_image and popular_image say the same.\n"
    assert json.loads(invoke("diff", TWO[0], TWO[0], "--json").stdout) == {"policies": [TWO[0]] * 2, "same": True, "sections": {}}


def test_the_gap_is_a_table_and_one_document(here, monkeypatch):
    kept = {name: load.presets()[name] for name in ("popular_image", *TWO)}
    monkeypatch.setattr(load, "presets", lambda: kept)
    found = invoke("gap", *SMALL)
    assert found.exit_code == 0, found.output
    assert "The popular image and 2 systems on record" in found.stdout and "Image minus nearest" in found.stdout
    assert "smoke run" in found.stdout
    document = json.loads(invoke("gap", *SMALL, "--json", "-q").stdout)
    assert [row["label"] for row in document["policies"]] == ["popular_image", *TWO] and document["smoke_run"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "none"], "two policies at least"),
        (["compare", "none", "nothing_like_this"], "no such file"),
        (["compare", "none", "none", "--people", "3"], "--people must be between"),
        (["compare", "none", "none", "--people", "1500000000"], "of memory"),
        (["diff", "none", "nothing_like_this"], "no such file"),
        (["gap", "--days", "0"], "--days must be between"),
        (["gap", "--society", "nowhere"], "no such file"),
    ],
)
def test_bad_input_is_one_clear_error(here, arguments, said):
    found = invoke(*arguments)
    assert found.exit_code == 2 and found.stdout == ""
    assert said in found.stderr and "Traceback" not in found.stderr
    assert list(here.iterdir()) == []


def test_ctrl_c_keeps_pairs_and_the_same_command_goes_on(here, monkeypatch):
    """As the key does it: in the middle of a pair, once two are kept. (That the bytes are the same: tests/study/test_compare.py.)"""
    lived, live = [], ensemble.live_and_keep

    def interrupting(part, number, *more):
        if len(lived) == 2:
            raise KeyboardInterrupt
        lived.append(number)
        return live(part, number, *more)

    with monkeypatch.context() as patch:
        patch.setattr(ensemble, "live_and_keep", interrupting)
        stopped = invoke("compare", *TWO, *SMALL, "--seed", "2")
    assert stopped.exit_code == 130 and stopped.stdout == "" and "Traceback" not in stopped.stderr
    assert "2 of 4 pairs are kept; the same command goes on from there" in stopped.stderr
    assert len(list(here.glob("runs/.unfinished-compare-*/pair-*.json"))) == 2
    assert invoke("compare", *TWO, *SMALL, "--seed", "2", "--json", "--quiet").exit_code == 0
    assert not list(here.glob("runs/.unfinished-*")) and len(list(here.glob("runs/compare-*/report.html"))) == 1


def test_what_compare_found_is_no_run_to_follow(here):
    (here / "runs" / "compare-0123456789abcdef").mkdir(parents=True)
    (here / "runs" / "compare-0123456789abcdef" / "manifest.json").write_text("{}")
    found = invoke("ledger", "runs/compare-0123456789abcdef")
    assert found.exit_code == 2 and "what compare found and keeps no town to follow" in found.stderr
