"""Numbers, intervals and verdicts in words."""

from dataclasses import replace

import example
import pytest

from glasstown.report import icons, words


def outcome(**changes: object) -> example.Outcome:
    return replace(example.outcomes()[0], **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "places", "sign", "text"),
    [
        (0.0, 1, True, "0.0"), (-0.04, 1, True, "0.0"), (-1.25, 1, False, "\N{MINUS SIGN}1.2"), (12345.6, 0, False, "12,346"),
        (3.0, 2, True, "+3.00"), (None, 1, False, "unknown"),
    ],
)  # fmt: skip
def test_number(value: float | None, places: int, sign: bool, text: str) -> None:
    assert words.number(value, places, sign) == text


def test_decimals_tell_the_ends_apart() -> None:
    assert words.decimals(0.9, 0.3, 1.6) == 1
    assert words.decimals(41.0, 12.0, 70.0) == 0
    assert words.decimals(0.0021, 0.0019, 0.0023) == 4
    assert words.decimals(-3.9, -8.8, -0.3) == 1  # an end that is not zero does not read as zero


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"low": None, "high": None}, "reason_pairs"), ({"low": -0.1}, "reason_zero"), ({"floor": 5.0}, "reason_floor"), ({}, "reason_few"),
    ],
)  # fmt: skip
def test_why_the_model_cannot_tell(changes: dict[str, object], reason: str) -> None:
    silent = outcome(verdict="cannot tell", **changes)
    assert words.reason(silent) == words.say(reason, floor=words.number(5.0))
    assert "cannot tell" in words.difference(silent) and "cannot tell" in words.difference(silent, "caption")
    assert "more" not in words.wrongly(silent, 365).split(";")[0] or "cannot tell" in words.wrongly(silent, 365)


def test_every_message_with_a_verdict_has_its_other_form() -> None:
    for message in ("difference", "caption", "speech", "wrong", "ratio"):
        assert "cannot tell" in words.catalogue()["messages"][f"{message}_none"]


def test_a_ratio_whose_interval_holds_one_is_no_finding() -> None:
    row = {
        "group": "minority",
        "reference": "majority",
        "ratio": 1.4,
        "low": 0.9,
        "high": 2.2,
        "luck_low": 1.1,
        "luck_high": 1.8,
        "verdict": "more",
    }
    assert "cannot tell" in words.ratio(row) and not words.is_clear(row)
    assert "1.4 times" in words.ratio({**row, "low": 1.05})
    assert "cannot tell" in words.ratio({**row, "ratio": None}) and "cannot tell" in words.ratio(None)
    assert "cannot tell" in words.ratio({**row, "low": None, "high": None})


def test_a_thousand_people_are_a_thousand() -> None:
    rows = [
        {"class": "deserved", "per_1000": 6.5},
        {"class": "wrongly", "per_1000": 0.5},
        {"class": "missed", "per_1000": 2.4},
        {"class": "never", "per_1000": 990.6},
    ]
    people = icons.people_of(rows)
    assert sum(people.values()) == icons.TOWN and people["deserved"] in (6, 7) and people["missed"] == 2
    assert "fewer than 0.1 of 1,000" in icons.fate_text({"class": "wrongly", "per_1000": 0.01, "low": 0.0, "high": 0.02})
    assert icons.fate_text({"class": "harmless", "per_1000": 0.0}).startswith("None of 1,000")


def test_no_difference_in_any_pair_is_said_as_such() -> None:
    same = outcome(value=0.0, low=0.0, high=0.0, luck_low=0.0, luck_high=0.0, verdict="cannot tell")
    assert "in any pair of towns" in words.wrongly(same, 365) and words.is_same(same) and not words.differed(same)
    there = replace(same, twin=5.0)
    assert "the same in both towns" in words.difference(there) and "(5.0 per 1,000 adults)" in words.difference(there)
    assert "(5.0 % of deeds)" in words.difference(replace(there, unit="% of deeds"))
    assert words.nothing([there]) == ["The same in both towns, in every pair: wrongly sanctioned."]
    assert not words.is_same(outcome(value=0.0, low=None, high=None))  # one pair without a difference is not every pair
    assert words.differed(outcome())


def test_luck_alone_keeps_its_width() -> None:
    assert words.outcome_places(outcome(value=-6.9, low=-16.1, high=-1.5, luck_low=-7.1, luck_high=-6.7)) == 1
    assert words.outcome_places(outcome(value=-6.9, low=-16.1, high=-1.5, luck_low=-9.1, luck_high=-5.7)) == 0


def test_a_range_of_values_is_a_scale() -> None:
    assert words.unit_of_difference("-1 to 1") == "on a scale from \N{MINUS SIGN}1 to 1"
    assert words.unit_of_difference("% of deeds") == "percentage points of deeds"
    assert words.unit_of_difference("per 1,000 adults") == "per 1,000 adults"
