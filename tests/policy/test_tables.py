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

SENSORS = [sensor.name for sensor in catalogue.load_law().sensor]
INFERENCE, CAMERA, CLERK = (SENSORS.index(name) for name in ("inference", "camera", "clerk"))
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


def test_watched_joins_the_sensors_that_feed_whether_they_are_announced_or_not() -> None:
    two = "".join(f'[[watch]]\nsensor = "{name}"\ncoverage = {{ speech = 0.5 }}\n{GRADE}' for name in ("camera", "clerk"))
    speech, private = tables.CONTEXTS.index("speech"), tables.CONTEXTS.index("private")
    assert build(HEAD + two).watched[[speech, private]].tolist() == [3 * ONE // 4, 0]
    assert build(HEAD + two + "[start]\nannounced = false\n").watched.tolist() == build(HEAD + two).watched.tolist()
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


# ---- displays, reports, detention, orders, growth ------------------------------------------------------------------------

NEIGHBOURS, INFORMERS = SENSORS.index("neighbours"), SENSORS.index("informers")
TELLS = "".join(rule("points = -20", "insults_online", name) for name in ("neighbours", "platform", "informers"))
ORDER = '[[rule]]\ndeed = "by_order"\norder_day = 50\norder_share = 0.25\n'
SHOWN = f'[[list]]\nname = "black"\npublic = true\nshow_days = 30\n{GRADE}'


def test_what_nobody_asked_for_is_nothing() -> None:
    built = build(HEAD + score() + rule("points = -20"))
    row, nothing = built.score[0], tables.nothing(built.sensors).score[0]
    for name in tables.SCORE[tables.SCORE.index(("display_reach", "i8")) :]:
        assert np.array_equal(row[name[0]], nothing[name[0]]), name
    (made,) = built.rules
    assert (made["display"], made["detain"], made["detain_after"]) == (0, 0, 1) and not built.exposed.any()
    assert (row["order_day"], row["pilot"]) == (FOREVER, tables.EVERYWHERE)


def test_a_display_reaches_and_is_known_beforehand() -> None:
    text = HEAD + score() + rule("points = -20\ndisplay_days = 7", "jaywalking", "face_recognition")
    built = build(text)
    assert built.rules["display"].tolist() == [7] and built.score["display_reach"][0] == 2**32 and built.score["masked"][0] == 0
    assert np.flatnonzero(built.exposed).tolist() == [deed("jaywalking")] and built.exposed.max() == ONE
    row = build(text + f"[display]\nreach = 0.25\nmasked = true\n{GRADE}").score[0]
    assert (row["display_reach"], row["masked"]) == (2**30, 1)
    assert not build(text + "[start]\nannounced = false\n").exposed.any()


def test_names_on_a_list_are_a_display_if_they_are_shown() -> None:
    text = HEAD + rule('list = "black"') + SHOWN
    assert np.flatnonzero(build(text).exposed).tolist() == [deed("hides_assets")]
    built = build(text.replace("show_days = 30", "show_days = 0"))
    assert not built.exposed.any() and built.score["display_reach"][0] == 0


def test_reports_are_by_people_who_feed_the_record() -> None:
    row = build(HEAD + score() + TELLS).score[0]
    assert row["reports"] == 1 << NEIGHBOURS | 1 << INFORMERS and (row["anonymous"], row["reward"]) == (0, 0)
    row = build(HEAD + score() + TELLS + f"[reports]\nanonymous = true\nreward_cents = 700\n{GRADE}").score[0]
    assert (row["anonymous"], row["reward"], row["corroborated"], row["penalty"]) == (1, 700, 0, 0)
    assert build(HEAD + score() + rule("points = -9", "insults_online", "platform")).score["reports"][0] == 0


INQUIRY = "report_inquiry = 0.5\ninquiry_sensitivity = 0.75\ninquiry_specificity = 0.25\n"


@pytest.mark.parametrize(
    ("guard", "anonymous"),
    [(INQUIRY, 1), (INQUIRY + "false_report_penalty_cents = 9", 0), ("corroborated_reports = true\nevidence_days = 30", 0)],
)
def test_who_is_held_to_a_report_has_to_give_a_name(guard: str, anonymous: int) -> None:
    row = build(HEAD + score() + TELLS + f"[reports]\nanonymous = true\n{GRADE}" + guards(guard)).score[0]
    assert row["anonymous"] == anonymous and (row["corroborated"], row["penalty"]) == ("corrob" in guard, 9 * ("penalty" in guard))
    assert row["evidence"] == 1 and row["evidence_days"] == (30 if "corrob" in guard else 0)
    inquiry = (2**31, 3 * 2**30, 2**30) if "inquiry" in guard else (0, 0, 0)
    assert (row["inquiry"], row["inquiry_sensitivity"], row["inquiry_specificity"]) == inquiry


def test_safeguards_against_power() -> None:
    appeal = f"[mending]\nnotice = true\nappeal_rate = 0.5\n{GRADE}"
    row = build(HEAD + score() + TELLS + appeal + guards("audit = 0.25\nwhistle_blowers = true\nindependent_appeal = true")).score[0]
    assert (row["audit"], row["protects"], row["independent"]) == (2**30, 1, 1)


def test_an_order_needs_no_sensor() -> None:
    built = build(HEAD + score() + f"{ORDER}points = -250\n{GRADE}")
    row = built.score[0]
    assert (row["order_day"], row["order_every"], row["order_share"], row["order_whom"]) == (50, 0, 2**30, tables.ANYBODY)
    assert built.rules["deed"].tolist() == [tables.BY_ORDER] and built.rules["sensors"].tolist() == [0]
    assert built.heard[tables.BY_ORDER] == 0 and built.severity[tables.BY_ORDER] == ONE // 4
    row = build(HEAD + score() + f'{ORDER}points = -250\norder_every_days = 9\norder_whom = "dissenters"\n{GRADE}').score[0]
    assert (row["order_every"], row["order_whom"]) == (9, tables.DISSENTERS)


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("detain_days = 10", ONE),
        ("detain_days = 10\ndetain_after = 3\npoints = -20", ONE // 3),
        ("detain_days = 10\ndetain_after = 4\npoints = -500", ONE // 2),
        ("detain_days = 10\ndetain_after = 2\npoints = -20", ONE // 2),
        ("display_days = 10", 0),
    ],
)
def test_detention_is_the_full_severity_or_a_part_of_it(more: str, severity: int) -> None:
    built = build(HEAD + score() + rule(more))
    assert built.severity[deed("hides_assets")] == severity
    after = int(more.split("detain_after = ")[1][0]) if "after" in more else 1
    assert built.rules["detain_after"].tolist() == [after]


def test_detention_has_a_limit() -> None:
    text = HEAD + score() + rule("detain_days = 40", "theft", "police") + rule("detain_days = 10") + f"[protest]\narrest_days = 50\n{GRADE}"
    built = build(text)
    assert built.rules["detain"].tolist() == [40, 10] and built.score["arrest_days"][0] == 50
    built = build(text + guards("detention_limit_days = 20"))
    assert built.rules["detain"].tolist() == [20, 10] and built.score["arrest_days"][0] == 20


def test_no_display_shows_nobody_and_drops_a_rule_that_only_shows() -> None:
    band = f'[[score.band]]\nname = "A"\nfrom = 0\nmarked = true\n{GRADE}'
    rules = rule("display_days = 7", "jaywalking", "face_recognition") + rule('display_days = 7\nlist = "black"')
    built = build(HEAD + score() + band + rules + SHOWN + f"[display]\nreach = 0.5\n{GRADE}" + guards("no_display = true"))
    assert built.rules["deed"].tolist() == [deed("hides_assets")] and built.rules["display"].tolist() == [0]
    assert (built.lists["public"][0], built.lists["show_days"][0], built.bands["marked"][0]) == (0, 0, 0)
    assert not built.exposed.any() and built.score["display_reach"][0] == 0


GROWS = f"[rollout]\nevery_days = 90\n{GRADE}"
TWO = rule("points = -20") + rule("points = -20", "insults_online", "platform")
DOORS = f'[[score.band]]\nname = "A"\nfrom = 0\nrefuse = {{ travel = 1, housing = 1 }}\n{GRADE}'


def test_growth_by_schedule() -> None:
    text = HEAD + score() + DOORS + TWO + GROWS + 'by = "schedule"\ncontexts = { speech = 2 }\ngates = { housing = 3 }\n'
    built = build(text)
    row = built.score[0]
    assert (row["rollout"], row["rollout_every"], row["stages"]) == (tables.BY_SCHEDULE, 90, 3)
    speech, housing = tables.CONTEXTS.index("speech"), tables.GATES.index("housing")
    assert row["context_stage"].tolist() == [2 * (place == speech) for place in range(16)]
    assert row["gate_stage"].tolist() == [3 * (place == housing) for place in range(8)]
    assert (row["pilot"], row["everywhere"]) == (tables.EVERYWHERE, 0)


def test_growth_by_politics_from_a_few_districts() -> None:
    text = HEAD + score() + TWO + GROWS + 'by = "politics"\npilot_districts = 2\napproval_bar = 0.5\n'
    row = build(text).score[0]
    assert (row["rollout"], row["stages"], row["pilot"], row["everywhere"]) == (tables.BY_POLITICS, 1, 2, 1)
    assert (row["approval_bar"], row["scandal_bar"]) == (ONE // 2, ONE + 1)  # no scandal is that large
    row = build(text + "everywhere_stage = 4\nscandal_bar = 0.25\n").score[0]
    assert (row["stages"], row["everywhere"], row["scandal_bar"]) == (4, 4, ONE // 4)


def test_rules_out_of_force_neither_grow_nor_order() -> None:
    text = HEAD + score() + rule("points = -9", "jaywalking", "camera") + GROWS + 'by = "schedule"\ncontexts = { traffic = 1 }\n'
    assert build(text).score["rollout"][0] == tables.BY_SCHEDULE
    row = build(text + guards("data_minimum = true")).score[0]
    assert (row["rules"], row["rollout"], row["stages"]) == (0, 0, 0)
