"""`glasstown law`: every clause with its verdict and the words tested, between two reminders that this is no legal advice."""

import json

import pytest
from typer.testing import CliRunner

from glasstown.app import cli
from glasstown.law import judging, models

runner = CliRunner()


def ask(*words, columns="100"):
    return runner.invoke(cli.app, ["law", *map(str, words)], env={"COLUMNS": columns})


@pytest.mark.parametrize("name", ["popular_image", "spc_defaulter_list", "none"])
def test_it_begins_and_ends_with_what_it_is_not_and_fits(name):
    found = ask(name)
    assert found.exit_code == 0, found.output
    text = " ".join(found.stdout.split())
    assert text.startswith(judging.NOTICE) and text.endswith(judging.NOTICE)
    assert max(map(len, found.stdout.splitlines())) <= 100
    for body in models.bodies():
        assert body.short.split()[0] in text and all(clause.title.split()[0] in text for clause in body.clause)


def test_it_shows_verdict_words_source_date_and_caveat():
    text = " ".join(ask("popular_image", columns="300").stdout.split())
    assert "Social scoring met" in text and "Article 5(1)(c), since 2025-02-02" in text
    assert '"loan_default", sensors = ["payments"] (finance) and [[score.band]] "distrusted" refuses travel (traffic)' in text
    assert "act_article_5: AI Act, Article 5, legal text (Hannes Snellman, Digital Decade), opened 2026-11-25" in text
    assert "Caveat: Two contexts with different names" in text and "it would stand at impact level I to IV" in text


def test_json_has_all_of_it():
    found = json.loads(ask("spc_defaulter_list", "--json").stdout)
    assert found["notice"] == judging.NOTICE and [body["name"] for body in found["bodies"]] == list(models.BODIES)
    clause = found["bodies"][0]["clauses"][0]
    assert {"id", "article", "verdict", "conditions", "source", "caveat", "in_force"} <= set(clause)
    assert {"role", "name", "title", "answer", "words"} == set(clause["conditions"][0])
    survey = found["canada_questionnaire"]
    assert survey["maximum"] == {"risk": 167, "mitigation": 154} and survey["raw"]["low"] <= survey["raw"]["high"]
    assert survey["open"][0]["points"] >= survey["open"][-1]["points"] > 0
    assert json.loads(ask("none", "--json").stdout)["canada_questionnaire"] is None


def test_a_wrong_name_and_a_wrong_fact_are_one_clear_error(tmp_path):
    found = ask("popular_imag")
    assert found.exit_code == 2 and "did you mean `popular_image`?" in found.stderr
    path = tmp_path / "policy.toml"
    path.write_text(
        'schema_version = 1\nname = "x"\ntitle = "x"\nfidelity = "scenario"\n[law]\nopertor = "public"\n[law.aia]\nimpact6 = "yes"\n'
    )
    found = ask(path)
    assert found.exit_code == 2 and f"{path}:6:1" in found.stderr and "did you mean `operator`?" in found.stderr
    assert "item1-4" in found.stderr and "Traceback" not in found.stderr
