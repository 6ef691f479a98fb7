"""Backcasts: what is counted, where a measured number lies, and that one number has one role."""

import json
from types import SimpleNamespace
from typing import get_args

import numpy as np
import pytest
from fragments import GRADE, HEAD, RULE

from glasstown import measuring
from glasstown.files import FileProblems
from glasstown.policy import about, load
from glasstown.study import backcast, compare, quantities
from glasstown.study.statistics import Estimate
from glasstown.study.view import three

LISTS = f'[[list]]\nname = "listed"\nperformance = true\n{GRADE}'


def measured(**keys: object) -> str:
    """A [[measured]] table."""
    known = {
        "name": "one",
        "what": "something",
        "value": 3.0,
        "unit": "per 1,000 adults",
        "role": "held out",
        "grade": "scenario",
        "reason": "a test",
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**known, **keys}.items()]
    return "[[measured]]\n" + "\n".join(lines) + "\n"


def policy(*tables: str):
    rule = RULE.replace("[[rule]]\n", '[[rule]]\nlist = "listed"\n')
    return load.parse(HEAD + rule + LISTS + "".join(tables))


def town(**flows: tuple[float, float]):
    """A town in which these were counted, [majority, minority]; 80 adults of the majority, 20 of the minority, two years."""
    daily = np.zeros((2, len(measuring.MEASURES), 2))
    for name, by_group in flows.items():
        daily[-1, measuring.MEASURES.index(name)] = by_group

    def flow(*names: str):
        return three(daily[:, [measuring.MEASURES.index(name) for name in names]].sum(axis=(0, 1)))

    def last(name: str):
        return three(daily[-1, measuring.MEASURES.index(name)])

    def stock(name: str):
        return three(daily[:, measuring.MEASURES.index(name)].mean(axis=0))

    adults = np.array([100.0, 80.0, 20.0])
    return SimpleNamespace(flow=flow, last=last, stock=stock, adults=adults, years=2.0)


@pytest.mark.parametrize(
    ("name", "flows", "value"),
    [
        ("stock_on_list", {"listed": (4, 1)}, 50.0),
        ("entries_a_year", {"listings_true": (8, 2), "listings_mix_up": (2, 0)}, 60.0),
        ("exits_of_stock", {"listed": (8, 2), "left_by_term": (2, 0), "left_by_performance": (1, 0)}, 0.3),  # mean stock 5
        ("performed_share", {"listed": (8, 0), "left_by_performance": (3, 0), "left_by_term": (1, 0)}, 25.0),
        ("named_wrong", {"risk_named": (8, 2), "risk_named_wrong": (6, 1)}, 70.0),
        (
            "false_positives_majority",
            {"risk_scored": (80, 20), "risk_true": (30, 10), "risk_named": (9, 0), "risk_named_wrong": (5, 0)},
            10.0,
        ),
        ("false_negatives_minority", {"risk_true": (30, 10), "risk_named": (0, 8), "risk_named_wrong": (0, 2)}, 40.0),
        ("named_minority_ratio", {"risk_scored": (80, 20), "risk_named": (8, 4)}, 2.0),
        ("named_gap", {"risk_scored": (80, 20), "risk_named": (8, 4)}, 10.0),
        ("listed_gap", {"risk_scored": (80, 20), "listings_true": (8, 1), "listings_false_alarm": (0, 2)}, 5.0),
        ("classed_rightly", {"risk_scored": (80, 20), "risk_true": (20, 5), "risk_named": (10, 0), "risk_named_wrong": (4, 0)}, 77.0),
        ("reports_unfounded", {"reports_honest": (3, 0), "reports_mistaken": (5, 0), "reports_grudge": (1, 1)}, 70.0),
        ("charges_paid", {"charged": (900, 100), "charges_paid": (250, 0)}, 25.0),
        ("appeals_upheld", {"hearings": (8, 2), "upheld": (3, 0)}, 30.0),
        ("scored", {"scored": (10, 2)}, 12.0),
    ],
)
def test_quantities_by_hand(name, flows, value):
    assert quantities.value(name, quantities.QUANTITIES[name].formula(town(**flows))) == pytest.approx(value)


def test_nobody_to_count_is_no_number():
    assert quantities.value("named_wrong", (0.0, 0.0)) is None


@pytest.mark.parametrize(
    ("measured_", "low", "high", "verdict"),
    [(5, 4, 6, "inside"), (7, 4, 6, "above"), (3, 4, 6, "below"), (4, 4, 6, "inside"), (5, None, None, "too few towns")],
)
def test_where_a_measured_number_lies(measured_, low, high, verdict):
    assert backcast.where(measured_, Estimate(5.0, low, high)) == verdict


def test_where_there_is_nobody_to_count():
    assert backcast.where(5.0, Estimate(None)) == "nobody to count"


def test_a_quantity_that_is_none_is_refused_at_its_place():
    with pytest.raises(FileProblems) as found:
        policy(measured(quantity="stock_on_lists"))
    assert "stock_on_list" in found.value.render() and "mine" not in found.value.problems[0].path


def test_the_names_of_quantities_are_those_that_a_file_may_use():
    assert get_args(about.Quantity) == tuple(quantities.QUANTITIES)


def test_a_measured_number_says_its_role():
    with pytest.raises(FileProblems) as found:
        policy(measured().replace('role = "held out"\n', ""))
    assert "role" in found.value.render()


def test_another_unit_than_that_of_the_quantity_is_refused():
    with pytest.raises(ValueError, match="counted in per 1,000 adults, and the unit given is % of people"):
        backcast.request_of([policy(measured(quantity="stock_on_list", unit="% of people"))], quick=True)


def test_an_interval_holds_only_what_can_be():
    share, gap = quantities.QUANTITIES["named_wrong"], quantities.QUANTITIES["named_gap"]
    assert backcast.possible(Estimate(75.0, -20.0, 130.0), share) == (0.0, 100.0)
    assert backcast.possible(Estimate(7.0, -20.0, 130.0), quantities.QUANTITIES["stock_on_list"]) == (0.0, 130.0)
    assert backcast.possible(Estimate(7.0, -20.0, 13.0), gap) == (-20.0, 13.0) and backcast.possible(Estimate(7.0), share) == (None, None)


def test_what_is_held_out_cannot_be_used_as_well():
    used = measured(name="two", quantity="stock_on_list", role="fitted")
    with pytest.raises(ValueError, match="`stock_on_list` is input or fitted in another row"):
        backcast.request_of([policy(measured(quantity="stock_on_list"), used)], quick=True)


def test_a_policy_of_which_nothing_was_measured_is_refused():
    with pytest.raises(ValueError, match="nothing was measured of mine that the model counts"):
        backcast.request_of([policy()], quick=True)


def test_a_documented_measured_number_needs_its_source():
    with pytest.raises(FileProblems) as found:
        policy(measured(grade="documented"))
    assert "needs its `source`" in found.value.render()


def test_the_same_numbers_with_one_worker_and_after_a_resume(tmp_path):
    sizes = {"people": 150, "days": 120, "pairs": 4, "quick": True}
    asked = backcast.request_of(
        [policy(measured(quantity="stock_on_list"), measured(name="b", role="input", quantity="scored", unit="% of adults"))], **sizes
    )
    document = backcast.conduct(asked, 1, 1, tmp_path)
    assert backcast.conduct(asked, 1, 1, tmp_path) == document
    fresh = backcast.found(asked, compare.lived(asked, tmp_path / "again", 1, 1, lambda done, total: None))
    assert {**fresh, "versions": 0} == {**document, "versions": 0}
    line, other = document["lines"]
    assert (line["role"], line["quantity"], line["towns"]) == ("held out", "stock_on_list", 4) and line["low"] <= line["model"] <= line[
        "high"
    ]
    assert other["model"] == 100.0 and other["role"] == "input"
