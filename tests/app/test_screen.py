"""Progress and the table of results."""

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
