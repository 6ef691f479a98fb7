"""``glasstown backcast`` as a user meets it."""

import json

import pytest
from typer.testing import CliRunner

from glasstown.app.cli import app

SMALL = ["--people", "120", "--days", "200", "--pairs", "4", "--workers", "1", "--quick"]


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    return tmp_path_factory.mktemp("runs")


def test_it_prints_held_out_numbers_and_what_was_used(runs):
    shown = CliRunner().invoke(app, ["backcast", "compas", *SMALL, "--out", str(runs)], env={"COLUMNS": "120"})
    assert shown.exit_code == 0, shown.output
    for words in ("Held out", "Input or fitted: no evidence", "Held out, and not counted in the model", "smoke run"):
        assert words in shown.output
    held, _, rest = shown.output.partition("Input or fitted")
    assert "inside the model's" in held or "above it" in held or "below it" in held
    assert "fitted, source compas_repository" in rest.replace("\n", " ")


def test_the_document_holds_the_same(runs):
    shown = CliRunner().invoke(app, ["backcast", "compas", *SMALL, "--out", str(runs), "--json", "--quiet"])
    document = json.loads(shown.stdout)
    assert {row["policy"] for row in document["lines"]} == {"compas"} and document["command"].startswith("glasstown backcast compas ")


def test_a_policy_without_measured_numbers_is_one_clear_error(runs):
    shown = CliRunner().invoke(app, ["backcast", "none", *SMALL, "--out", str(runs)])
    assert shown.exit_code == 2 and "nothing was measured of none" in shown.output and "Traceback" not in shown.output
