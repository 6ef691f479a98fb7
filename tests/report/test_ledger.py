"""The ledger: sorted, complete, and its points add up for everybody."""

import lives
import numpy as np
import polars
import pytest

from glasstown import world
from glasstown.engine import ears
from glasstown.engine.follow import Event
from glasstown.report import ledger
from glasstown.report.names import Names, deserved
from glasstown.study.replay import Replayed


@pytest.fixture(scope="module")
def frame():
    case, found, events = lives.lived()
    return ledger.frame(lives.request(), Replayed(case, found, [event for event in events if event.arm == "policy"]))


def test_it_has_its_columns_and_is_sorted_by_citizen(frame):
    assert frame.columns == list(ledger.COLUMNS)
    assert frame.select("citizen", "day").rows() == sorted(frame.select("citizen", "day").rows())
    assert set(frame["kind"]) == {*ledger.ENTRIES, *ledger.LISTS} and set(frame["arm"]) == {"policy"}


def test_points_add_up_for_everybody(frame):
    """posted + recovered = live + folded + expired + reversed + decayed + capped, and each is what the books hold."""
    case, found, _ = lives.lived()
    town, slots = found["policy"].town, int(case.policy.score["slots"][0])
    live = town.entries["points"].reshape(-1, slots).astype(int).sum(axis=1)
    moved = {kind: np.zeros(len(town.people), int) for kind in ledger.ENTRIES}
    for citizen, kind, points in frame.filter(polars.col("points").is_not_null()).select("citizen", "kind", "points").iter_rows():
        moved[kind][citizen] += points
    gone = sum(moved[kind] for kind in ledger.ENTRIES if kind not in ("posted", "recovered"))
    assert np.array_equal(moved["posted"] + moved["recovered"], live + gone)
    for kind in ledger.ENTRIES:
        assert np.array_equal(moved[kind], town.books[kind].astype(int)), kind
        assert moved[kind].any(), kind


def test_the_last_score_is_the_record(frame):
    town = lives.lived()[1]["policy"].town
    last = frame.filter(polars.col("score").is_not_null()).group_by("citizen", maintain_order=True).last()
    assert len(last) > 100
    for citizen, score in last.select("citizen", "score").iter_rows():
        assert town.record["score"][citizen] == score or town.people["household"][citizen] > 1  # others' points come the day after


def test_whoever_is_listed_at_the_end_was_listed_and_did_not_leave(frame):
    town = lives.lived()[1]["policy"].town
    counts = {kind: np.bincount(frame.filter(polars.col("kind") == kind)["citizen"], minlength=len(town.people)) for kind in ledger.LISTS}
    on = (town.listings["entered"] != world.NEVER).reshape(len(town.people), -1).sum(axis=1)
    assert np.array_equal(counts["listed"] - counts["left"], on)


def test_each_row_says_what_is_true_of_it(frame):
    entries = frame.filter(polars.col("kind").is_in(ledger.ENTRIES) & polars.col("rule").is_not_null())
    assert entries["origin"].null_count() == entries["deserved"].null_count() == entries["deed"].null_count() == 0
    found = set(entries.select("origin", "deserved").unique().rows())
    assert found == {(name, deserved(number)) for number, name in enumerate(world.ORIGINS) if name in set(entries["origin"])}
    assert found >= {("true deed", True), ("false alarm", False), ("mix-up", False)}
    assert set(entries["sensor"]) >= {"clerk", "court"}
    assert set(entries.filter(polars.col("sensor").is_null())["deed"]) <= {
        "close_to_marked",
        "by_order",
        "high_risk",
    }  # claims that no sensor makes
    assert set(frame.filter(polars.col("kind") == "left")["ground"]) <= set(ledger.GROUNDS)


def test_what_power_and_audits_take_back_says_so():
    """A list only holds that an error was found; that an audit found it is remembered from the day on which it did."""
    of = Names(lives.request(), lives.lived()[0])
    behind = {"deed": 1, "origin": world.FROM_POWER}
    entry = behind | {"rule": 1, "points": -40, "slot": 0, "score": 960}
    off = {"list": 0, "until": 5}
    left = behind | off | {"entered": 1}
    events = [
        Event(4, 7, "policy", "reversed", entry | {"ground": ears.BY_AUDIT}),
        Event(4, 7, "policy", "exit", off | {"ground": ears.BY_AUDIT}),
        Event(5, 7, "policy", "left", left | {"ground": world.BY_APPEAL}),
        Event(6, 7, "policy", "left", left | {"ground": world.BY_APPEAL}),
        Event(7, 7, "policy", "reversed", entry | {"ground": world.BY_POWER}),
        Event(8, 7, "policy", "left", left | {"ground": ears.BY_END}),
    ]
    place = list(ledger.COLUMNS).index("ground")
    assert [row[place] for row in ledger.rows(of, events)] == ["audit", "audit", "appeal", "power", "end"]
