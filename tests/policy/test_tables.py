"""Policies as integers: thresholds, numbers of bands and lists, severity, and the empty policy."""

from typing import Any

import numpy as np
import pytest

from glasstown import catalogue, tables
from glasstown.policy import load
from glasstown.policy import tables as policy_tables
from glasstown.world import FOREVER, NOTHING, ONE

HEAD = 'schema_version = 1\nname = "mine"\ntitle = "Mine"\nfidelity = "scenario"\n'
GRADE = 'grade = "scenario"\nreason = "a test"\n'


def build(text: str, people: int = 10_000) -> tables.Policy:
    deeds, law = catalogue.load_deeds(), catalogue.load_law()
    return policy_tables.build(load.parse(text, deeds=deeds, law=law), deeds, law, people)


def deed(name: str) -> int:
    return [row.name for row in catalogue.load_deeds().deed].index(name)


def rule(more: str, name: str = "hides_assets", sensor: str = "enforcement") -> str:
    return f'[[rule]]\ndeed = "{name}"\nsensors = ["{sensor}"]\n{more}\n{GRADE}'


def score(more: str = "", base: int = 1000, low: int = 0) -> str:
    return f"[score]\nbase = {base}\nlow = {low}\nhigh = 2000\n{more}\n{GRADE}"


def test_none_is_nothing() -> None:
    deeds, law = catalogue.load_deeds(), catalogue.load_law()
    built = policy_tables.build(load.load("none"), deeds, law, 10_000)
    nothing = tables.nothing(built.sensors)
    for name in tables.Policy._fields:
        assert np.array_equal(getattr(built, name), getattr(nothing, name)), name


@pytest.mark.parametrize("name", ["none", "spc_defaulter_list", "rongcheng_2014"])
def test_presets_become_tables(name: str) -> None:
    deeds, law = catalogue.load_deeds(), catalogue.load_law()
    policy = load.load(name)
    built = policy_tables.build(policy, deeds, law, 100_000)
    assert built.score["rules"][0] == len(policy.rule) and built.score["lists"][0] == len(policy.list)
    assert (np.diff(built.bands["floor"]) > 0).all()
    assert built.sensors.dtype == tables.row_type(tables.SENSOR)
    for table in (built.rules, built.bands, built.lists, built.score):
        for column in table.dtype.names or ():
            values: Any = table[column]
            assert values.dtype == np.int64
            assert (abs(values) <= 2**32).all()
    assert (abs(built.severity) <= ONE).all()


def test_bands_go_upwards_and_overrides_find_theirs() -> None:
    bands = "".join(f'[[score.band]]\nname = "{name}"\nfrom = {floor}\n{GRADE}' for name, floor in (("A", 900), ("B", 500), ("C", 0)))
    built = build(HEAD + score() + bands + rule('override_band = "B"\noverride_days = 30'))
    assert built.bands["floor"].tolist() == [0, 500, 900]
    assert built.rules["override"].tolist() == [1] and built.rules["override_days"].tolist() == [30]


def test_defaults_of_a_rule() -> None:
    (row,) = build(HEAD + score() + rule("points = -20")).rules
    assert row["points"] == row["points_to"] == -20 and row["repeat"] == ONE and row["cap"] == FOREVER
    assert row["override"] == row["list"] == NOTHING and row["term"] == FOREVER and row["serious"] == 0
    assert row["deed"] == deed("hides_assets")
    names = [sensor.name for sensor in catalogue.load_law().sensor]
    assert row["sensors"] == 1 << names.index("enforcement")


@pytest.mark.parametrize(
    ("points", "base", "low", "severity"),
    [("-100", 1000, 0, 410), ("-2000", 1000, 0, ONE), ("[-5, -50]", 100, 50, ONE), ("500", 1000, 0, -ONE // 2)],
)
def test_severity(points: str, base: int, low: int, severity: int) -> None:
    built = build(HEAD + score(base=base, low=low) + rule(f"points = {points}"))
    assert built.severity[deed("hides_assets")] == severity
    assert np.count_nonzero(built.severity) == 1


def test_a_list_is_the_full_severity() -> None:
    built = build(HEAD + rule('list = "black"\nterm_days = 10') + f'[[list]]\nname = "black"\nrefuse = {{ work = 0.5 }}\n{GRADE}')
    assert built.severity[deed("hides_assets")] == ONE
    assert built.lists["refuse"].tolist() == [[0, 2**31, 0, 0, 0, 0, 0, 0]]
    assert built.rules["term"].tolist() == [10]


def test_thresholds_are_exact_at_the_ends() -> None:
    assert [policy_tables.threshold(share) for share in (0.0, 0.25, 1.0)] == [0, 2**30, 2**32]
    assert policy_tables.daily(0.0) == 0
    assert policy_tables.daily(365 * 1.0) == 2714937127  # 1 - 1/e
    assert policy_tables.fixed(0.5) == ONE // 2


def test_own_watch_changes_the_copy_only() -> None:
    watch = (
        f'[[watch]]\nsensor = "camera"\ncoverage = {{ speech = 0.5 }}\nmissed = [0.25, 0.5]\nfalse_alarms_per_year = [0.0, 365.0]\n{GRADE}'
    )
    plain, own = build(HEAD), build(HEAD + watch)
    camera = [sensor.name for sensor in catalogue.load_law().sensor].index("camera")
    assert own.sensors["coverage"][camera, tables.CONTEXTS.index("speech")] == 2**31
    assert own.sensors["missed"][camera].tolist() == [2**30, 2**31]
    assert own.sensors["false_alarm"][camera].tolist() == [0, 2714937127]
    others = [number for number in range(len(plain.sensors)) if number != camera]
    assert np.array_equal(plain.sensors[others], own.sensors[others])
    assert own.score["sensors"][0] == 1 << camera and plain.score["sensors"][0] == 0


@pytest.mark.parametrize(
    ("people", "capacity", "decisions"), [(10_000, 1.0, 1), (1_000_000, 0.5, 5), (10_000, 0.0, 0), (1_000_000, 1.25, 12)]
)
def test_capacity_follows_the_town(people: int, capacity: float, decisions: int) -> None:
    mending = f"[mending]\nnotice = true\nappeal_rate = 0.5\nappeal_capacity_per_100000 = {capacity}\n{GRADE}"
    row = build(HEAD + score() + rule("points = -1") + mending, people).score[0]
    assert row["appeal_capacity"] == decisions and row["appeals"] == row["notice"] == 1 and row["appeal_rate"] == 2**31


def test_nothing_to_announce() -> None:
    assert build(HEAD).score["announced"][0] == 0
    assert build(HEAD + score() + rule("points = -1")).score["announced"][0] == 1
