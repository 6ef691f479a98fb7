"""Three answers and how they are joined."""

from itertools import product

import pytest

from glasstown.law import logic

POSSIBLE = {"met": (True,), "not met": (False,), "cannot be told": (True, False)}


def of(truths: set[bool]) -> str:
    return "cannot be told" if len(truths) == 2 else "met" if True in truths else "not met"


@pytest.mark.parametrize("answers", list(product(logic.ORDER, repeat=3)))
def test_joined_answers_are_what_all_ways_of_knowing_agree_on(answers: tuple[logic.Answer, ...]) -> None:
    ways = list(product(*(POSSIBLE[answer] for answer in answers)))
    assert logic.every(answers) == of({all(way) for way in ways})
    assert logic.some(answers) == of({any(way) for way in ways})
    assert logic.opposite(answers[0]) == of({not way[0] for way in ways})
    one, other, third = answers
    assert logic.conjunction([one], [other], [third]) == of({way[0] and way[1] and not way[2] for way in ways})


def test_nothing_asked_is_met_and_what_is_left_out_cannot_be_told() -> None:
    assert logic.every([]) == "met" and logic.some([]) == "not met" and logic.conjunction([], [], []) == "met"
    assert [logic.said(value) for value in (True, False, None)] == ["met", "not met", "cannot be told"]
