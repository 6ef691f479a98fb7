"""`glasstown published`: numbers with targets and verdicts, kept part by part, and one clear message for a wrong name."""

import json

import pytest
from typer.testing import CliRunner

from glasstown import published
from glasstown.app import cli
from glasstown.published import base_rates
from glasstown.published.comparing import Part, Quantity, Series
from glasstown.report import published as said
from glasstown.study import reproduce

runner = CliRunner()


def ask(*words):
    return runner.invoke(cli.app, ["published", *map(str, words)])


def test_a_model_is_shown_with_targets_and_verdicts(tmp_path):
    found = ask("base_rates", "--out", tmp_path)
    assert found.exit_code == 0
    assert "0.161017" in found.stdout and "reproduced" in found.stdout
    assert "44 quantities: 44 reproduced, 0 differ for a reason given, 0 not." in found.stdout
    again = json.loads(ask("base_rates", "--out", tmp_path, "--json", "--quiet").stdout)
    assert again["reproduced"] == again["quantities"] == 44
    assert {"target", "ours", "z", "tolerance", "verdict", "held"} <= set(again["models"][0]["parts"][0]["quantities"][0])


@pytest.mark.parametrize(("name", "says"), [("base_rate", "did you mean 'base_rates'?"), ("xyzzy", "There are: base_rates")])
def test_a_wrong_name_is_one_clear_error(name, says):
    found = ask(name)
    assert found.exit_code == 2 and says in found.stderr and "Traceback" not in found.stderr


def test_a_wrong_tier_and_a_folder_that_cannot_be_written(tmp_path):
    assert ask("--tier", "huge").exit_code == 2
    (tmp_path / "file").write_text("")
    found = ask("base_rates", "--out", tmp_path / "file")
    assert found.exit_code == 2 and "--out" in found.stderr


def quantities():
    yield Quantity("met", 1.0, 1.01, "published", 0.01)
    yield Quantity("known to differ", 1.0, 2.0, "code", because="it is another model")
    yield Quantity("not met", 1.0, float("nan"), "own", float("inf"))
    yield Quantity("in the range", 5.0, 4.0, "own", between=(3, 12))
    yield Series("drawn", {"x": [1.0, float("inf")]})


def test_what_was_measured_is_kept_and_what_is_damaged_is_measured_again(tmp_path, monkeypatch):
    lived = []

    def counted(number):
        def measure():
            lived.append(number)
            if number in broken:
                raise KeyboardInterrupt
            yield from quantities()

        return Part(f"part{number}", "smoke", measure)

    model = published.load("base_rates").__class__(**{**vars(published.load("base_rates")), "parts": (counted(1), counted(2))})
    monkeypatch.setattr(base_rates, "MODEL", model)
    broken = {2}
    assert ask("base_rates", "--out", tmp_path).exit_code == 130  # interrupted: the first part is kept
    broken.clear()
    found = ask("base_rates", "--out", tmp_path)
    assert found.exit_code == 0 and lived == [1, 2, 2]
    assert "differs because" in found.stdout and "it is another model" in found.stdout
    assert "8 quantities: 4 reproduced, 2 differ for a reason given, 2 not." in found.stdout
    [kept] = tmp_path.rglob("base_rates.part1.json")
    kept.write_bytes(kept.read_bytes().replace(b"reproduced", b"not so"))
    assert "4 reproduced" in ask("base_rates", "--out", tmp_path).stdout and lived == [1, 2, 2, 1]


def test_numbers_are_told_with_the_digits_they_have():
    rows = [reproduce.plain(list(row.row().values())) for row in quantities() if isinstance(row, Quantity)]
    assert None in rows[2]  # not a number: none
    first, second, third, fourth = (row.row() for row in quantities() if isinstance(row, Quantity))
    assert said.ours(first) == "1.010 (0.990 to 1.030)" and said.z(first) == "+1.0" and said.tolerance(first) == "4 SE"
    assert said.tolerance(second) == "exact" and said.target(fourth) == "3 to 12" and said.tolerance(fourth) == "in the range"
    assert [said.number(value) for value in (0.711538, 1e-9, 24058.6, 113.0, 0.0, None)] == [
        "0.711538", "1e-09", "24058.6", "113", "0", "none",
    ]  # fmt: skip
