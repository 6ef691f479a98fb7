"""The rules that the real day's bench leaves out, one chapter after another, exist under these names and signatures."""

import importlib
import inspect

import pytest

from bench import real_day

RULES = [(place, stand_in) for _, functions in real_day.PEELS for place, stand_in in functions.items()]


@pytest.mark.parametrize(("place", "stand_in"), RULES, ids=lambda value: ".".join(value) if isinstance(value, tuple) else "")
def test_rule_exists_and_its_stand_in_fits(place, stand_in):
    rule = getattr(importlib.import_module(f"glasstown.{place[0]}"), place[1])
    names = list(inspect.signature(rule).parameters)
    if "seen" in inspect.signature(stand_in).parameters:
        assert names.index("seen") == list(inspect.signature(stand_in).parameters).index("seen")


def test_every_chapter_is_timed_once():
    names = [name for name, _ in real_day.PEELS]
    chapters = {"acting", "watching", "scoring", "gating", "shaming", "reacting", "mending", "measuring"}
    assert len(names) == len(set(names))
    assert chapters <= set(names)


def test_a_year_is_lived_with_everything_in_force(monkeypatch):
    """What is timed: the rows say what was lived, and the policy holds everywhere to the end."""
    from glasstown.engine.run import compiled_kernels

    monkeypatch.setattr(real_day.machine, "wait_for_quiet", lambda: None)
    case, _ = real_day.case_of(300, "popular_image", 40)
    rows, aged = real_day.year(case, compiled_kernels(), [1, 2])
    assert [(row["threads"], row["days"]) for row in rows] == [(1, 40), (2, 40)]
    assert all(row["rate"] > 0 and 0 < row["bytes"] < 400 for row in rows) and not aged.clock["repealed"][0]
