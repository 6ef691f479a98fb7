"""The command line: quick help without heavy imports, results on stdout, talk on stderr, exit statuses, Ctrl-C and resume."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from interrupting import interrupted

SMALL = ["--people", "300", "--days", "31", "--quick"]
HEAVY = ("numba", "altair", "dask", "distributed", "polars", "scipy", "numpy", "jinja2")


def glasstown(*arguments, folder=None, **more):
    """Run a command; returns the finished process."""
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "glasstown.app.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, timeout=300, check=False, **more)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which one small study has been made."""
    place = tmp_path_factory.mktemp("study")
    found = glasstown("assess", "spc_defaulter_list", "--pairs", 4, "--workers", 1, "--json", *SMALL, folder=place)
    assert found.returncode == 0, found.stderr
    (place / "out.json").write_text(found.stdout)
    (place / "err.txt").write_text(found.stderr)
    return place


def test_help_imports_nothing_heavy():
    code = "import sys\nsys.argv = ['glasstown', '--help']\nfrom glasstown.app import cli\n"
    code += f"try:\n    cli.main()\nfinally:\n    sys.stderr.write(str(sorted(set(sys.modules) & set({HEAVY!r}))))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stderr == "[]"
    assert found.stdout.index("Example: glasstown assess") < found.stdout.index("Commands")


def test_help_answers_at_once():
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert glasstown("--help").returncode == 0
        times.append(time.perf_counter() - start)
        if times[-1] < 0.8:
            break
    assert min(times) < 0.8


@pytest.mark.parametrize(
    "command", ["assess", "claims", "run", "society", "presets", "check", "explain", "init", "schema", "citizen", "ledger"]
)
def test_help_of_a_command_leads_with_an_example(command):
    text = glasstown(command, "--help").stdout
    assert text.index(f"Example: glasstown {command}") < text.index("Options")


def test_json_is_one_document_and_nothing_else(folder):
    found = json.loads((folder / "out.json").read_text(), parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert {"policy", "digest", "outcomes", "report", "manifest"} == set(found)
    assert found["policy"] == "spc_defaulter_list" and len(found["digest"]) == 64
    for outcome in found["outcomes"].values():
        assert set(outcome) == {"value", "low", "high", "luck_low", "luck_high", "twin", "floor", "verdict", "unit", "grade", "counted"}
        assert outcome["verdict"] in ("more", "less", "cannot tell")
    assert (folder / found["report"]).read_text().startswith("<!")
    assert json.loads((folder / found["manifest"]).read_text())["digest"] == found["digest"]


def test_before_it_starts_it_says_what_it_takes(folder):
    said = (folder / "err.txt").read_text()
    for word in ("citizen-days", "of memory", "of disk", "can tell differences", "% done"):
        assert word in said


def test_asked_again_it_shows_the_table_and_names_the_report(folder):
    found = glasstown("assess", "spc_defaulter_list", "--pairs", 4, *SMALL, folder=folder)
    assert found.returncode == 0
    assert "Wrongly sanctioned" in found.stdout and "cannot tell" in found.stdout
    last = found.stdout.strip().splitlines()[-1]
    assert "report.html" in last and "next: glasstown assess spc_defaulter_list" in last
    assert (folder / last.split()[1]).exists()
    assert "asked before" in found.stderr


def test_safeguards_on_request(folder):
    arguments = ["assess", "spc_defaulter_list", "--pairs", 4, "--safeguards", *SMALL]
    found = glasstown(*arguments, folder=folder)
    assert found.returncode == 0, found.stderr
    assert "What each safeguard buys" in found.stdout and "there is an appeal" in found.stdout
    rows = json.loads(glasstown(*arguments, "--json", folder=folder).stdout)["report"]
    assert "report.html" in rows
    report = json.loads((folder / rows).with_name("report.json").read_text())
    assert report["report"]["tables"]["safeguards"][0]["variant"][0] in "+-"


def test_quiet_is_quiet(folder):
    found = glasstown("assess", "spc_defaulter_list", "--pairs", 4, "--quiet", *SMALL, folder=folder)
    assert found.returncode == 0 and found.stderr == ""


def test_run_is_one_pair(tmp_path):
    found = glasstown("run", "spc_defaulter_list", "--json", "--quiet", *SMALL, folder=tmp_path)
    outcomes = json.loads(found.stdout)["outcomes"]
    assert all(outcome["low"] is None and outcome["verdict"] == "cannot tell" for outcome in outcomes.values())
    assert glasstown("run", "none", "--pairs", 2).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess", "nothing_like_this"], "no such file"),
        (["assess", "spc_defaulter_lst"], "did you mean `spc_defaulter_list`"),
        (["assess", "none", "--society", "nowhere"], "nowhere"),
        (["assess", "none", "--people", "3"], "--people must be between"),
        (["assess", "none", "--people", "1500000000"], "of memory"),
        (["assess", "none", "--days", "0"], "--days must be between"),
        (["assess", "none", "--seed", "-1"], "--seed must be between"),
        (["assess", "none", "--workers", "0"], "--workers"),
        (["assess", "none", "--pepole", "3"], "--people"),
        (["asess", "none"], "assess"),
        (["assess"], "POLICY"),
    ],
)
def test_bad_input_is_one_clear_error(tmp_path, arguments, said):
    found = glasstown(*arguments, folder=tmp_path)
    assert found.returncode == 2, found.stderr
    assert said in found.stderr and "Traceback" not in found.stderr
    assert found.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_policy_with_several_errors_shows_them_all(tmp_path):
    (tmp_path / "bad.toml").write_text('schema_version = 1\nname = "bad"\ntitel = "Bad"\nfidelity = "certain"\n')
    for command in ("check", "explain", "assess"):
        found = glasstown(command, "bad.toml", folder=tmp_path)
        assert found.returncode == 2
        assert "bad.toml:3:1" in found.stderr and "bad.toml:4" in found.stderr and "Traceback" not in found.stderr


def test_an_output_folder_that_is_a_file(tmp_path):
    (tmp_path / "runs").write_text("")
    found = glasstown("assess", "none", "--pairs", 1, *SMALL, folder=tmp_path)
    assert found.returncode == 2
    assert "cannot write to runs" in found.stderr


def test_a_bug_says_so(tmp_path, monkeypatch):
    code = "from glasstown.policy import load\nload.presets = lambda: 1 / 0\nfrom glasstown.app import cli\nimport sys\n"
    code += "sys.argv = ['glasstown', 'presets']\ncli.main()"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "ZeroDivisionError" in found.stderr and "this is a bug in glasstown" in found.stderr


def test_society_tells_and_draws(tmp_path):
    found = glasstown("society", "--people", "2000", folder=tmp_path)
    assert found.returncode == 0, found.stderr
    assert "Gini" in found.stdout and "clustering" in found.stdout
    assert (tmp_path / "town.svg").read_text().startswith("<svg")
    portrait = json.loads(glasstown("society", "town", "--people", "2000", "--json", "--out", "other.svg", folder=tmp_path).stdout)
    assert portrait["people"] == 2000 and (tmp_path / "other.svg").exists()
    wrong = glasstown("society", "town", "--out", "picture.gif", folder=tmp_path)
    assert wrong.returncode == 2 and ".svg or .png" in wrong.stderr


def test_init_check_explain_schema(tmp_path):
    assert glasstown("init", "my_policy.toml", folder=tmp_path).stdout.strip() == "my_policy.toml"
    written = (tmp_path / "my_policy.toml").read_text()
    assert glasstown("check", "my_policy.toml", folder=tmp_path).returncode == 0
    assert "What it is" in glasstown("explain", "my_policy.toml", folder=tmp_path).stdout
    assert glasstown("init", "my_policy.toml", folder=tmp_path).returncode == 2
    assert (tmp_path / "my_policy.toml").read_text() == written
    assert json.loads(glasstown("schema").stdout)["title"] == "glasstown policy file"
    assert "spc_defaulter_list" in [row["id"] for row in json.loads(glasstown("presets", "--json").stdout)]
    assert glasstown("presets").stdout.splitlines()[0].startswith("none")


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_pairs_and_the_same_command_goes_on(tmp_path, workers):
    arguments = ["assess", "none", "--pairs", "12", "--people", "2000", "--days", "365", "--workers", str(workers), "--quick"]
    command = [sys.executable, "-m", "glasstown.app.cli", *arguments]
    status, out, err = interrupted(command, tmp_path, "runs/.unfinished-*/pair-*.json")
    assert status == 130, err
    assert out == "" and "Traceback" not in err
    assert "of 12 pairs are kept; the same command goes on from there" in err
    kept = len(list(tmp_path.glob("runs/.unfinished-*/pair-*.json")))
    assert 1 <= kept < 12
    again = glasstown(*arguments, "--json", folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert [path.name.startswith("none-") for path in Path(tmp_path, "runs").iterdir()] == [True]
