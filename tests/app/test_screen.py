"""Progress and the table of results."""

from dataclasses import replace

import pytest
from rich.console import Console

from glasstown.app import screen
from tests.report import example


def lines_of(progress, steps, asked, capsys):
    for done in steps:
        progress(done, asked)
    progress.close()
    return capsys.readouterr().err.splitlines()


def test_one_line_a_tenth_where_there_is_no_terminal(capsys):
    said = lines_of(screen.Progress(), [step / 100 * 40 for step in range(101)], 40, capsys)
    assert [line.split(" %")[0] for line in said] == [str(10 * tenth) for tenth in range(1, 10)]
    assert all("left" in line for line in said)


def test_resumed_studies_begin_where_they_stopped(capsys):
    said = lines_of(screen.Progress(), [3, 4], 4, capsys)
    assert said == ["70 % done"]


def test_quiet_says_nothing(capsys):
    assert lines_of(screen.Progress(quiet=True), [0, 1, 2], 2, capsys) == []


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_the_table_fits_and_holds_both_widths(width):
    assessment = example.assessment()
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(screen.table(assessment, width))
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= width
    plain = " ".join(text.split())
    for word in ("Judgment debts paid", "Wrongly sanctioned", "minority", "cannot tell", "Intervals of 90 %"):
        assert word in plain
    assert "0.7 to 1.1" in plain and "0.3 to 1.6" in plain  # luck alone, and luck with what we do not know
    assert "…" not in text


def test_the_stated_aim_comes_first():
    assert screen.main_outcomes(example.assessment())[0].name == "judgments_performed"


def test_what_was_zero_in_both_towns_is_no_row():
    case = example.watched()
    shown = [outcome.name for outcome in screen.main_outcomes(case)]
    assert {"life_observed", "view_entries_wrong", "refused_at_discretion", "dealings_kept", "silent_critics"} <= set(shown)
    zero = dict.fromkeys(("value", "low", "high", "luck_low", "luck_high", "twin"), 0.0)
    idle = [replace(outcome, **zero) if outcome.name in ("life_observed", "wrongly_sanctioned") else outcome for outcome in case.outcomes]
    left = [outcome.name for outcome in screen.main_outcomes(replace(case, outcomes=idle))]
    assert "life_observed" not in left and "wrongly_sanctioned" in left


@pytest.mark.parametrize("width", [80, 120])
def test_safeguards_have_a_table_of_their_own(width):
    assessment = example.assessment(tables={**example.tables(), "safeguards": example.safeguards()})
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(screen.safeguards(assessment, width))
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= width and "…" not in text
    plain = " ".join(text.split())
    for word in ("+ entries", "\N{MINUS SIGN} there is", "cannot tell", "+0.31", "0.14 to 0.48", "all safeguards"):
        assert word in plain, word


@pytest.mark.parametrize(("policy", "said"), [("popular_image", True), ("spc_defaulter_list", False)])
def test_of_a_policy_that_grows_it_is_said_what_the_means_are_over(policy, said):
    console = Console(width=100, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    screen.remark(example.assessment(policy), console)
    assert ("A file without [rollout]" in " ".join(console.export_text().split())) is said
