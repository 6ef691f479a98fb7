"""``glasstown claims``: one document or a table, a smoke run that says so, Ctrl-C and resume, bad input in one clear error."""

import json
import os
import subprocess
import sys

import pytest
from interrupting import interrupted

from glasstown.app import claims as app
from glasstown.study import claims as study

SMALL = ["--quick", "--policy", "rongcheng_2014", "--people", "100", "--days", "31", "--pairs", "4", "--workers", "1"]
COMMAND = [sys.executable, "-m", "glasstown.app.cli", "claims"]


def claims(*arguments, folder):
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1"}
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, cwd=folder, env=environment, timeout=300, check=False)


def test_there_are_as_many_as_it_says():
    assert [claim.number for claim in study.CLAIMS] == list(range(1, app.MOST + 1))


def test_a_table_and_one_document(tmp_path):
    found = claims(*SMALL, folder=tmp_path)
    assert found.returncode == 0, found.stderr
    for claim in study.CLAIMS:
        assert f"{claim.number}. " in found.stdout
    assert "proponents say" in found.stdout and "Knock-out" in found.stdout
    assert "smoke run" in found.stdout and "smoke run" in found.stderr and "citizen-days" in found.stderr
    again = claims("4", "--json", "--quiet", *SMALL, folder=tmp_path)
    document = json.loads(again.stdout)
    assert again.stderr == "" and document["smoke_run"] is True
    assert [row["number"] for row in document["claims"]] == [4] and document["claims"][0]["by"] == "proponents"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["17"], "Invalid value for 'N'"),
        (["0"], "Invalid value for 'N'"),
        (["--policy", "nothing_like_this"], "no such file"),
        (["--people", "3"], "--people must be between"),
        (["--people", "1500000000"], "of memory"),
    ],
)
def test_bad_input_is_one_clear_error(tmp_path, arguments, said):
    found = claims(*arguments, folder=tmp_path)
    assert found.returncode == 2 and found.stdout == ""
    assert said in found.stderr and "Traceback" not in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_keeps_pairs_and_the_same_command_goes_on(tmp_path):
    arguments = ["4", "--quick", "--policy", "rongcheng_2014", "--people", "2000", "--days", "300", "--pairs", "12", "--workers", "1"]
    status, out, err = interrupted([*COMMAND, *arguments], tmp_path, "runs/.unfinished-claims-*/pair-*.json")
    assert status == 130, err
    assert out == "" and "Traceback" not in err
    assert "of 24 pairs are kept; the same command goes on from there" in err
    kept = len(list(tmp_path.glob("runs/.unfinished-claims-*/pair-*.json")))
    assert 1 <= kept < 24
    again = claims(*arguments, "--json", folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert not list(tmp_path.glob("runs/.unfinished-*")) and len(list(tmp_path.glob("runs/claims-*/pairs.json"))) == 2
