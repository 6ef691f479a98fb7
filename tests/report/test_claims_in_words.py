"""Claims in words: both widths, what a knock-out leaves, where an effect turns, and plainly what is not measured."""

import pytest
from rich.console import Console

from glasstown.app import claims as app
from glasstown.report import claims as said

MOVER = {"name": "chill", "meaning": "", "unit": "", "rank": -0.62, "low": 0.0, "high": 1.0, "where": []}
TURN = {"third": "lowest", "from": 0.0, "to": 0.31, "effect": 0.4, "what": "reverses"}
ENDS = {"value": -17.4, "low": -52.6, "high": 0.94, "luck_low": -18.0, "luck_high": -16.9}
ROW = {
    "number": 6, "by": "critics", "claim": "People fall silent.", "outcome": "dissenting", "direction": "less", "zero": ["chill"],
    "grade": "estimated", "title": "Voice dissent", "unit": "per 1,000 adults", **ENDS, "twin": 65.8, "floor": 0.0,
    "verdict": "cannot tell", "finding": "cannot tell", "beside": [], "moved_by": [MOVER, {**MOVER, "name": "fear_tie", "where": [TURN]}],
    "left": {"value": 2.1, "low": 0.1, "high": 8.0, "luck_low": 2.0, "luck_high": 2.3, "what": "reverses"},
}  # fmt: skip
UNMEASURED = {
    "number": 1, "by": "critics", "claim": "Everything is watched.", "outcome": "life_observed", "direction": "more", "zero": [],
    "grade": "", "finding": "not measured", "left": None, "beside": [], "moved_by": [],
}  # fmt: skip


def test_an_effect_has_both_widths() -> None:
    assert said.effect(ROW) == "\N{MINUS SIGN}17.4 (\N{MINUS SIGN}52.6 to 0.9; luck alone \N{MINUS SIGN}18.0 to \N{MINUS SIGN}16.9)"
    assert "no interval" in said.effect({**ROW, "low": None, "high": None, "luck_low": None, "luck_high": None})
    assert "nobody" in said.effect({**ROW, "value": None, "low": None, "high": None, "luck_low": None, "luck_high": None})


def test_what_is_left_and_where_it_turns() -> None:
    assert said.left(ROW).startswith("reverses: +2.10 (0.10 to 8.00")
    first, second = said.turns(ROW)
    assert first.endswith("nowhere in the ranges") and "reverses in the lowest third (0 to 0.31)" in second
    assert said.turns({**ROW, "moved_by": []}) == ["no uncertainty stands out"]


def test_what_nobody_measures_is_said_plainly() -> None:
    assert "nothing measures `life_observed` yet" in said.measured(UNMEASURED)
    assert said.turns(UNMEASURED) == [] and said.effect(UNMEASURED) == ""
    assert "not measured" in " ".join(said.sentences(UNMEASURED))


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_holds_it(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    monkeypatch.setattr(app.screen, "console", lambda: console)
    request = {"people": 500, "days": 180, "pairs": 20}
    app.show({"title": "A policy", "request": request, "smoke_run": False, "claims": [UNMEASURED, ROW]})
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= width and "\u2026" not in text
    plain = " ".join(text.split())
    for word in ("critics say", "cannot tell", "not measured", "reverses", "estimated", "luck", "fear_tie"):
        assert word in plain, word
