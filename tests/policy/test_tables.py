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


def build(text: str, people: int = 10_000, values: dict[str, float] | None = None) -> tables.Policy:
    deeds, law = catalogue.load_deeds(), catalogue.load_law()
    return policy_tables.build(load.parse(text, deeds=deeds, law=law), deeds, law, people, values)


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


@pytest.mark.parametrize("name", ["none", "popular_image", "spc_defaulter_list", "rongcheng_2014"])
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
    assert [catalogue.threshold(share) for share in (0.0, 0.25, 1.0)] == [0, 2**30, 2**32]
    assert catalogue.daily(0.0) == 0
    assert catalogue.daily(365 * 1.0) == 2714937127  # 1 - 1/e
    assert catalogue.fixed(0.5) == ONE // 2


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


# ---- views, ties, marks and safeguards -----------------------------------------------------------------------------------

INFERENCE, CAMERA, CLERK = (
    [sensor.name for sensor in catalogue.load_law().sensor].index(name) for name in ("inference", "camera", "clerk")
)
VIEW = rule("points = -500", "holds_view", "inference") + f"[views]\nfrom = -0.25\n{GRADE}"
CLOSE = f'[[rule]]\ndeed = "close_to_marked"\nthrough = "ties"\npoints = -250\n{GRADE}'


def guards(more: str) -> str:
    return f"[safeguards]\n{more}\n{GRADE}"


def test_claims_have_numbers_severity_and_an_aim() -> None:
    built = build(HEAD + score() + VIEW + CLOSE)
    assert built.rules["deed"].tolist() == [tables.HOLDS_VIEW, tables.CLOSE_TO_MARKED] == [32, 33]
    assert built.rules["sensors"].tolist() == [1 << INFERENCE, 0]
    assert len(built.severity) == tables.KINDS_MAX and built.severity[[32, 33]].tolist() == [ONE // 2, ONE // 4]
    assert built.score["through"][0] == 2 and built.score["view_from"][0] == -ONE // 4
    assert build(HEAD + score() + CLOSE.replace("ties", "kin")).score["through"][0] == 1


def test_without_such_rules_nothing_is_aimed_at() -> None:
    row = build(HEAD + score() + rule("points = -20")).score[0]
    assert [row[name] for name in ("through", "view_from", "speech", "dealing", "reasons", "corrects_all", "review", "separate")] == [0] * 8
    assert (row["evidence"], row["consent"], row["sunset"]) == (1, 2**32, FOREVER)


def test_harmless_speech_and_dealing_are_told_apart() -> None:
    speech = rule("points = -250", "criticises_online", "platform") + rule("points = -500", "insults_online", "platform")
    row = build(HEAD + score() + speech + rule("points = -1000", "loan_default", "clerk")).score[0]
    assert row["speech"] == ONE // 4 and row["dealing"] == ONE  # an insult hurts somebody


def test_bands_have_marks_and_classes() -> None:
    top = f'[[score.band]]\nname = "A"\nfrom = 500\npriority = 3\n{GRADE}'
    low = f'[[score.band]]\nname = "B"\nfrom = 0\nmarked = true\nrefuse = {{ business = 0.5 }}\n{GRADE}'
    built = build(HEAD + score() + top + low, values={"compliance": 0.5})
    assert built.bands["marked"].tolist() == [1, 0] and built.bands["priority"].tolist() == [1, 3]
    assert built.bands["refuse"][0].tolist() == [0, 0, 0, 0, 0, 0, 2**30, 0]  # half of the gatekeepers do as told


def test_compliance_lowers_what_lists_close() -> None:
    text = HEAD + rule('list = "black"') + f'[[list]]\nname = "black"\nrefuse = {{ travel = 1, housing = 0.5 }}\n{GRADE}'
    assert build(text, values={"compliance": 0.0}).lists["refuse"].sum() == 0
    assert build(text, values={"compliance": 0.25}).lists["refuse"][0].tolist() == [2**30, 0, 0, 0, 2**29, 0, 0, 0]


def test_safeguards_of_the_score_row() -> None:
    text = HEAD + score() + VIEW + f"[mending]\nnotice = true\nappeal_rate = 0.5\n{GRADE}"
    more = "reasons = true\ncorrect_everywhere = true\nseparate_contexts = true\nconsent = 0.75\nsunset_days = 90\nevidence_claims = 3\n"
    row = build(text + guards(more + "evidence_days = 30\nhuman_review = 0.5\nreview_sensitivity = 0.25\nreview_specificity = 1")).score[0]
    assert (row["reasons"], row["corrects_all"], row["separate"], row["sunset"]) == (1, 1, 1, 90)
    assert (row["evidence"], row["evidence_days"], row["consent"]) == (3, 30, 3 * 2**30)
    assert (row["review"], row["review_sensitivity"], row["review_specificity"]) == (2**31, 2**30, 2**32)


def test_no_spillover_drops_the_rule_and_its_severity() -> None:
    built = build(HEAD + score() + rule("points = -20") + CLOSE + guards("no_spillover = true"))
    assert built.score["rules"][0] == 1 and built.score["through"][0] == 0
    assert built.severity[tables.CLOSE_TO_MARKED] == 0 and built.severity[deed("hides_assets")] > 0


def test_data_minimum_drops_what_harms_nobody_and_switches_its_sensors_off() -> None:
    kept = rule("points = -20", "loan_default", "clerk") + rule("points = 5", "volunteering", "clerk")
    text = HEAD + score() + VIEW + kept + rule("points = -20", "jaywalking", "camera") + rule("points = -9", "petitions", "clerk")
    assert np.count_nonzero(build(text).severity) == 5
    built = build(text + guards("data_minimum = true"))
    assert sorted(built.rules["deed"].tolist()) == sorted([deed("loan_default"), deed("volunteering")])
    assert built.score["sensors"][0] == 1 << CLERK and built.score["view_from"][0] == 0
    assert np.count_nonzero(built.severity) == 2 and built.watched[tables.CONTEXTS.index("private")] == 0


def test_coverage_limit_caps_what_the_policy_adds() -> None:
    finance = tables.CONTEXTS.index("finance")
    text = HEAD + score() + rule("points = -20", "loan_default", "clerk") + rule("points = -20", "theft", "police")
    plain, capped = build(text).sensors, build(text + guards("coverage_limit = 0.25")).sensors
    assert plain["coverage"][CLERK, finance] == catalogue.threshold(0.9) and capped["coverage"][CLERK, finance] == 2**30
    assert np.array_equal(plain[0], capped[0])  # the police looks as ordinary law says
    assert np.array_equal(plain[CAMERA], capped[CAMERA])  # does not feed this record


def test_reach_scales_what_the_policy_adds() -> None:
    finance = tables.CONTEXTS.index("finance")
    text = HEAD + score() + rule("points = -20", "loan_default", "clerk") + rule("points = -20", "theft", "police")
    built = build(text, values={"reach": 0.0})
    assert built.sensors["coverage"][CLERK].sum() == 0 and built.sensors["coverage"][0].sum() > 0
    assert build(text, values={"reach": 2.0}).sensors["coverage"][CLERK, finance] == 2**32


def test_watched_joins_the_sensors_that_feed_and_only_if_announced() -> None:
    two = "".join(f'[[watch]]\nsensor = "{name}"\ncoverage = {{ speech = 0.5 }}\n{GRADE}' for name in ("camera", "clerk"))
    speech, private = tables.CONTEXTS.index("speech"), tables.CONTEXTS.index("private")
    assert build(HEAD + two).watched[[speech, private]].tolist() == [3 * ONE // 4, 0]
    assert build(HEAD + two + "[start]\nannounced = false\n").watched.sum() == 0
    assert build(HEAD).watched.sum() == 0


def test_own_numbers_of_a_sensor() -> None:
    own = "delay_days = 5\nmachine = false\ndprime = [1.0, 0.0]\nthreshold = 0.0\ncost_cents_per_sighting = 7\ncost_cents_per_year = 9\n"
    text = HEAD + score() + VIEW + f'[[watch]]\nsensor = "inference"\n{own}{GRADE}'
    row = build(text, values={"machine_error": 0.5}).sensors[INFERENCE]
    assert (row["delay"], row["machine"], row["cost_sighting"], row["cost_year"]) == (5, 0, 7, 9)
    assert row["sensitivity"].tolist() == [3613548169, 2**31]
    assert row["false_positive"].tolist() == [2**30, 2**30]
    alarm = f'[[watch]]\nsensor = "camera"\nmachine = false\n{GRADE}'  # a person says it: the machine's error is not hers
    assert build(HEAD + alarm, values={"machine_error": 0.0}).sensors["false_alarm"][CAMERA, 0] == catalogue.daily(0.05)
