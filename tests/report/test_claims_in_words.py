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

BIN = {"at": 0.5, "couples": 8, "luck_low": 0.0, "luck_high": 1.0, "verdict": "cannot tell"}
CURVE = {
    "along": "extortion", "unit": "rate a year", "low": 0.0, "high": 12.0,
    "bins": [{**BIN, "from": 0.05, "to": 0.4, "value": 0.4, "low": -1.0, "high": 2.0},
             {**BIN, "from": 9.2, "to": 11.9, "value": 350.0, "low": 110.0, "high": 920.0, "verdict": "more"}],
}  # fmt: skip
SWEPT = {
    **{name: value for name, value in ROW.items() if name not in ENDS}, "number": 12, "title": "Extorted",
    "unit": "cents per adult and year", "finding": "holds in part", "curve": CURVE,
}  # fmt: skip
TIPS = {"outcome": "repealed", "title": "Given up", "worlds": 120, "tipped": 43, "share": 43 / 120, "low": 0.26, "high": 0.47,
        "couples": 60, "split": 7, "floor": 0.0}  # fmt: skip
TIPPED = {
    **ROW, "number": 16, "title": "Given up", "unit": "% of worlds", "finding": "in some worlds", "tips": TIPS,
    "worlds": {"outcome": "marched", "title": "Marched", "unit": "per 1,000 adults",
               "bins": [{"from": 0.0, "to": 0.0, "worlds": 70}, {"from": 0.0, "to": 420.0, "worlds": 50}]},
    "left": {**ENDS, "what": "vanishes", "tips": {**TIPS, "tipped": 0, "low": 0.0, "high": 0.05}},
}  # fmt: skip


def test_a_curve_is_told_from_end_to_end_and_is_no_number() -> None:
    assert said.effect(SWEPT) == "over 0 to 12 demands an official and year: from +0.4 (\N{MINUS SIGN}1.0 to 2.0) to +350 (110 to 920)"
    head, cells = said.small(SWEPT)
    assert head[0] == "Demands an official and year" and cells[1] == ["9.2 to 12", "+350 (110 to 920)", "more"]
    assert "too few couples" in said.effect({**SWEPT, "curve": {**CURVE, "bins": []}})
    assert said.small({**SWEPT, "curve": {**CURVE, "bins": []}}) is None and said.small(ROW) is None
    assert "  9.2 to 12: +350 (110 to 920): more" in said.sentences(SWEPT)


def test_what_a_town_does_is_told_over_worlds() -> None:
    assert said.effect(TIPPED).startswith("in 43 of 120 worlds: 36 % (26 to 47); luck alone decides in 7 of 60 couples; placebo floor 0 %")
    assert said.left(TIPPED) == "vanishes: in 0 of 120 worlds (0 to 5 %)"
    assert said.small(TIPPED)[1] == [["0", "70"], ["above 0, to 420", "50"]]


def test_pairs_in_which_nobody_could_be_counted_are_told() -> None:
    assert "of the 88 pairs" in said.effect({**ROW, "counted": 88}) and "pairs" not in said.effect({**ROW, "counted": None})


def test_the_pages_of_a_kept_study_hold_curves_and_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    study = {"claims": [ROW, {**SWEPT, "beside": [{**SWEPT, "title": "Gain of officials"}]}, TIPPED]}
    monkeypatch.setattr(said, "kept", lambda: study)
    assert said.curves().count("Claim 12: ") == 2 and "| 9.2 to 12 | +350 (110 to 920) | more |" in said.curves()
    assert said.spreads().startswith("Claim 16: Marched") and set(said.pictures()) == {"claim-12.svg", "claim-16.svg"}
    assert "over 0 to 12 demands" in said.table() and "in 43 of 120 worlds" in said.table()


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
    app.show({"title": "A policy", "request": request, "smoke_run": False, "claims": [UNMEASURED, ROW, SWEPT, TIPPED]})
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= width and "\u2026" not in text
    plain = " ".join(text.split())
    words = ("critics say", "cannot tell", "not measured", "reverses", "estimated", "luck", "fear_tie")
    for word in (*words, "holds in part", "in some worlds", "9.2 to 12", "above 0, to 420"):
        assert word in plain, word
