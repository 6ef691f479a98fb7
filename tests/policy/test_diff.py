"""How policies differ in words: nothing of a policy and itself, at least one sentence for every key that is changed."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from glasstown import catalogue
from glasstown.policy import diff, explain, load, safeguards, template

PRESETS = ["none", "popular_image", "rongcheng_2014", "spc_defaulter_list"]
Path = tuple[Any, ...]  # keys and places, from the policy down to one value


@cache
def policy(name: str) -> Any:
    return load.load(name) if name else load.parse(template.text())


@cache
def deeds() -> Any:
    return catalogue.load_deeds()


@cache
def variants(name: str) -> list[Any]:
    return list(safeguards.variants(policy(name)).values())


def differences(before: Any, after: Any) -> list[diff.Change]:
    return [change for _, group in diff.sections(before, after, deeds()) for change in group]


def said(before: Any, after: Any) -> list[str]:
    return [f"{change.kind}: {change.text}" for change in differences(before, after)]


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """(path, value) of everything that a policy says or leaves out."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), (*path, name))
    elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        for place, row in enumerate(value):
            yield from leaves(row, (*path, place))
    elif isinstance(value, dict) and value:
        for key, item in value.items():
            yield (*path, key), item
    else:
        yield path, value


def other(value: Any) -> Any:
    """Another value of a kind that the file could hold there."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, tuple):
        return (*value[:-1], other(value[-1])) if value else ("police",)
    if isinstance(value, dict):
        return {"work": 0.5}
    return f"{value}_b" if isinstance(value, str) else 7


def changed(value: Any, path: Path, new: Any) -> Any:
    """A copy with another value at this path."""
    if not path:
        return new
    head, *rest = path
    if isinstance(value, BaseModel):
        return value.model_copy(update={head: changed(getattr(value, head), tuple(rest), new)})
    if isinstance(value, dict):
        return {**value, head: changed(value[head], tuple(rest), new)}
    return (*value[:head], changed(value[head], tuple(rest), new), *value[head + 1 :])


TABLES = ("score", "mending", "views", "display", "reports", "rollout", "protest", "safeguards", "law", "risk")


@pytest.mark.parametrize("name", [*PRESETS, ""])
def test_every_changed_key_is_at_least_one_sentence(name: str) -> None:
    whole = policy(name)
    kinds = {tuple(part for part in path if not isinstance(part, int)): (path, value) for path, value in leaves(whole)}
    assert name in ("none", "") or len(kinds) > 70
    for path, value in list(kinds.values())[1:]:  # the last row of each kind; the first key is the version of the format
        if (value is None and path[0] in TABLES and len(path) == 1) or value == ():
            continue  # whole tables: below
        sentences = said(whole, changed(whole, path, other(value)))
        assert sentences, path
        for sentence in sentences:
            assert sentence.endswith(".") and "  " not in sentence and "None" not in sentence, (path, sentence)


@pytest.mark.parametrize("name", PRESETS)
def test_a_table_that_one_policy_lacks_is_told(name: str) -> None:
    whole = policy(name)
    for key in TABLES:
        if getattr(whole, key, None) is not None:
            without = whole.model_copy(update={key: None})
            assert {change.kind for change in differences(whole, without)} & {"removed"}, key
            assert {change.kind for change in differences(without, whole)} & {"added"}, key
    for key in ("rule", "list", "watch", "source"):
        for row in getattr(whole, key)[:3]:
            without = whole.model_copy(update={key: tuple(one for one in getattr(whole, key) if one is not row)})
            assert [change.kind for change in differences(whole, without)].count("removed") >= 1, (key, row)
            assert [change.kind for change in differences(without, whole)].count("added") >= 1, (key, row)


@given(st.sampled_from(PRESETS), st.data())
@settings(max_examples=30, deadline=None)
def test_nothing_is_said_of_a_policy_and_itself(name: str, data: st.DataObject) -> None:
    """A variant differs from itself in nothing, and from any other in something, seen from either side."""
    one, another = (data.draw(st.sampled_from([policy(name), *variants(name)])) for _ in range(2))
    assert said(one, one.model_copy(deep=True)) == []
    assert bool(said(one, another)) == bool(said(another, one)) == (one != another)


@given(st.permutations(range(8)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rules_is_told_and_nothing_else(order: list[int]) -> None:
    whole = policy("rongcheng_2014")
    rules = whole.rule[:8]
    found = said(whole.model_copy(update={"rule": rules}), whole.model_copy(update={"rule": tuple(rules[place] for place in order)}))
    assert found == ([] if order == sorted(order) else ["changed: The same tables [[rule]] stand in another order."])


def test_a_number_is_told_from_the_one_to_the_other() -> None:
    whole = policy("popular_image")
    place, rule = next((place, rule) for place, rule in enumerate(whole.rule) if isinstance(rule.points, int) and rule.points < 0)
    title = next(kind.title for kind in deeds().kinds() if kind.name == rule.deed)
    sentence = said(whole, changed(whole, ("rule", place, "points"), -77))
    minus = "\N{MINUS SIGN}"
    assert sentence == [f"changed: Who {title}, points: from {minus}{-rule.points} to {minus}77."]
    assert said(whole, changed(whole, ("mending", "notice"), not whole.mending.notice))[0].startswith("changed: Notice and appeal, entries")


def test_what_is_added_is_said_as_explain_says_it() -> None:
    """Every sentence of the second policy's rules, bands and lists is among what is added to one that has none."""
    whole = policy("spc_defaulter_list")
    told = {sentence for heading, group in explain.sections(whole, deeds()) for sentence in group if heading == "Lists"}
    added = {change.text for change in differences(policy("none"), whole) if change.kind == "added"}
    assert any("is put on the list “defaulters”" in text for text in added)
    assert {text for text in told if not text.startswith("Who ")} <= added


def test_headings_are_those_of_explain() -> None:
    for name in PRESETS:
        assert {heading for heading, _ in explain.sections(policy(name), deeds())} <= set(diff.ORDER)


def test_different_systems_differ_in_every_part() -> None:
    headings = [heading for heading, _ in diff.sections(policy("popular_image"), policy("rongcheng_2014"), deeds())]
    assert headings == [heading for heading in diff.ORDER if heading in headings] and len(headings) > 10
    assert diff.ELSE not in headings
