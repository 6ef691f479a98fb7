"""The commands that tell lives: from a run's manifest alone, to the byte, and one clear error for everything that is wrong."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import polars
import pytest

from glasstown.study import assess, replay, telling


def glasstown(*arguments, folder=None):
    """Run a command; returns the finished process."""
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "glasstown.app.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, timeout=300, check=False)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder in which two small runs have been made, one of points and one of two pairs with a list."""
    folder = tmp_path_factory.mktemp("lives")
    for policy, pairs in (("rongcheng_2014", 1), ("spc_defaulter_list", 2)):
        request = replace(assess.request_of(policy, people=300, days=200, pairs=pairs, quick=True), burn_in=20)
        assess.conduct(request, 1, 1, folder / "runs", None, None)
    return folder


def run_of(place, policy):
    """The folder of a run."""
    return next((place / "runs").glob(f"{policy}*"))


@pytest.fixture(scope="module")
def life(place):
    """Citizen 12 of the run of points, as JSON."""
    found = glasstown("citizen", "rong", 12, "--json", folder=place)
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def test_a_life_is_told_twice_the_same(place, life):
    assert life["citizen"] == 12 and life["pair"] == 0 and set(life["lives"]) == {"policy", "twin"}
    assert [half["last_day"] for half in life["lives"]["policy"]] == [181, 199]
    again = glasstown("citizen", run_of(place, "rong"), 12, "--json", folder=place)
    assert json.loads(again.stdout) == life


def test_a_life_in_the_terminal(place, life):
    found = glasstown("citizen", "rongcheng_2014", 12, folder=place)
    assert found.returncode == 0, found.stderr
    for words in ("Citizen 12 is", "With the policy", "Without it", "Half-year 1, days 0 to 181", "What it comes to"):
        assert words in found.stdout
    assert "next: glasstown citizen" in found.stderr and "--html" in found.stderr


def test_a_page_to_hand_out(place, tmp_path):
    found = glasstown("citizen", place / "runs" / run_of(place, "rong").name, 12, "--html", folder=tmp_path)
    assert found.returncode == 0 and found.stdout.strip() == "citizen-12.html"
    page = (tmp_path / "citizen-12.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and "Citizen 12 is" in page and "<script" not in page
    other = glasstown("citizen", run_of(place, "rong"), 12, "--html", "--out", "life.html", "--json", folder=tmp_path)
    assert json.loads(other.stdout)["page"] == "life.html" and (tmp_path / "life.html").read_text(encoding="utf-8") == page


def test_find_alone_lists_every_kind(place):
    found = glasstown("citizen", "rong", "--find", folder=place)
    assert found.returncode == 0, found.stderr
    lines = found.stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(telling.KINDS)
    assert glasstown("citizen", "rong", "--find", "list", folder=place).stdout == found.stdout
    shown = json.loads(glasstown("citizen", "--find", "--json", "rong", folder=place).stdout)["found"]
    numbers = ["nobody" if row["citizen"] is None else str(row["citizen"]) for row in shown.values()]
    assert numbers == [line.split()[1] for line in lines]
    typical = json.loads(glasstown("citizen", "rong", "--find", "typical", "--json", "-q", folder=place).stdout)
    assert typical["citizen"] == shown["typical"]["citizen"] and typical["about"][0].startswith("Why this life: a typical adult")


def test_another_pair_is_other_people(place):
    first, second = (glasstown("citizen", "spc", 5, "--json", "--pair", pair, folder=place) for pair in (0, 1))
    assert first.returncode == second.returncode == 0
    assert json.loads(first.stdout)["about"] != json.loads(second.stdout)["about"]


def test_the_ledger_is_a_table_of_what_was_written_down(place, tmp_path):
    found = glasstown("ledger", run_of(place, "rong"), folder=tmp_path)
    assert found.returncode == 0, found.stderr
    path = Path(tmp_path, found.stdout.strip())
    assert path.name == f"{run_of(place, 'rong').name}-ledger.parquet"
    frame = polars.read_parquet(path)
    assert len(frame) > 20 and frame["citizen"].is_sorted() and f"{len(frame):,} rows" in found.stderr
    told = json.loads(glasstown("ledger", run_of(place, "rong"), "--json", "-q", "--out", "l.parquet", folder=tmp_path).stdout)
    assert sum(told["rows"].values()) == len(frame) and told["ledger"] == "l.parquet"
    assert (tmp_path / "l.parquet").read_bytes() == path.read_bytes()


def test_a_list_without_points_has_a_ledger_too(place, tmp_path):
    assert glasstown("ledger", run_of(place, "spc"), "--pair", 1, "--out", "l.parquet", folder=tmp_path).returncode == 0
    frame = polars.read_parquet(tmp_path / "l.parquet")
    assert set(frame["kind"]) <= {"listed", "left"} and frame["score"].null_count() == len(frame)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["citizen", "nowhere", 3], "no run in runs begins so; there are rongcheng_2014-"),
        (["citizen", "runs", 3], "holds no manifest.json"),
        (["citizen", "", 3], "holds no manifest.json"),
        (["citizen", "rong"], "--find alone lists the kinds"),
        (["citizen", "rong", 3, "--find", "typical"], "--find alone lists the kinds"),
        (["citizen", "rong", 300], "there are citizens 0 to 299 in this run; 300 was given"),
        (["citizen", "rong", "--", -1], "there are citizens 0 to 299"),
        (["citizen", "rong", "A. Person"], "Invalid value for 'ID'"),
        (["citizen", "rong", 3, "--pair", 1], "this run has one pair"),
        (["citizen", "spc", 3, "--pair", 2], "--pair must be between 0 and 1; 2 was given"),
        (["citizen", "rong", "--find", "typicl"], "did you mean `typical`"),
        (["citizen", "rong", 3, "--html", "--out", "no/such/folder.html"], "name another file with --out"),
        (["ledger", "rong", "--out", "no/such/folder.parquet"], "name another file with --out"),
        (["ledger", "spc", "--pair", 7], "--pair must be between 0 and 1"),
        (["ledger"], "RUN"),
    ],
)
def test_bad_input_is_one_clear_error(place, arguments, said):
    before = sorted(place.rglob("*"))
    found = glasstown(*arguments, folder=place)
    assert found.returncode == 2, found.stderr
    assert said in " ".join(found.stderr.split()) and "Traceback" not in found.stderr and found.stdout == ""
    assert sorted(place.rglob("*")) == before


def test_two_runs_that_begin_alike(place, tmp_path):
    shutil.copytree(run_of(place, "rong"), tmp_path / "runs" / "rong-a")
    shutil.copytree(run_of(place, "rong"), tmp_path / "runs" / "rong-b")
    found = glasstown("citizen", "rong", 3, folder=tmp_path)
    assert found.returncode == 2 and "2 runs begin with “rong”: rong-a, rong-b" in found.stderr
    assert replay.folder_of("rong-a", tmp_path / "runs") == replay.folder_of(str(tmp_path / "runs" / "rong-a" / "manifest.json"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda kept: kept["request"].update(model_version="0.0.9"), "was made by model version 0.0.9"),
        (lambda kept: kept.update(schema_version=2), "was made by model version"),
        (lambda kept: kept["request"].update(seed=2), "lived again is not the pair of"),
        (lambda kept: kept["policy"]["score"].update(base=900), "does not hold what it was made from, or it was changed"),
        (lambda kept: kept["society"].update(persons=[1]), "does not hold what it was made from"),
        (lambda kept: kept["pairs"].append("0"), "does not hold what it was made from"),
        (lambda kept: kept["pairs"].__setitem__(0, "0" * 64), "It was made with glasstown"),
        (lambda kept: kept.pop("request"), "cannot be read"),
    ],
)
def test_a_run_that_cannot_be_lived_again_says_which_version_made_it(place, tmp_path, change, said):
    folder = tmp_path / run_of(place, "rong").name
    shutil.copytree(run_of(place, "rong"), folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    for arguments in (("citizen", folder, 3), ("ledger", folder, "--out", "l.parquet")):
        found = glasstown(*arguments, folder=tmp_path)
        assert found.returncode == 2, found.stderr
        assert said in found.stderr and "Traceback" not in found.stderr and found.stdout == ""
    assert not (tmp_path / "l.parquet").exists()
    if "request" in manifest:
        assert "glasstown run rongcheng_2014" in found.stderr


def test_the_request_in_a_manifest_is_the_request(place):
    for policy, pairs in (("rongcheng_2014", 1), ("spc_defaulter_list", 2)):
        opened = replay.open_run(run_of(place, policy))
        asked = replace(assess.request_of(policy, people=300, days=200, pairs=pairs, quick=True), burn_in=20)
        assert opened.request.describe() == asked.describe() and opened.request.policy == asked.policy
        assert opened.request.deeds == asked.deeds and opened.request.recipe == asked.recipe
        assert opened.folder.name.endswith(asked.identity())
