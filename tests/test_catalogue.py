"""Deeds, claims, sensors, doors and uncertainties become the integers that the kernel reads."""

from math import erfc, expm1, sqrt
from pathlib import Path
from typing import Any

import pytest

from glasstown import catalogue, draws, files, tables
from glasstown.world import ONE

DEEDS, LAW = catalogue.load_deeds(), catalogue.load_law()
SENSORS = [sensor.name for sensor in LAW.sensor]
OTHERS = {name: 0.0 for name, *_ in tables.PARAMETER}


def sensors(values: dict[str, float] | None = None) -> Any:
    return catalogue.sensor_table(LAW.sensor, values or {})


# ---- deeds and claims --------------------------------------------------------------------------------------------------


def test_claims_stand_after_the_deeds_and_are_never_done() -> None:
    rows = catalogue.deed_table(DEEDS, {})
    assert len(rows) == tables.KINDS_MAX and len(DEEDS.deed) == draws.DEEDS_MAX == tables.HOLDS_VIEW
    assert [kind.name for kind in DEEDS.kinds()][32:] == list(tables.CLAIMS)
    assert [DEEDS.number(name) for name in tables.CLAIMS] == [tables.HOLDS_VIEW, tables.CLOSE_TO_MARKED, tables.BY_ORDER, tables.HIGH_RISK]
    view, close, order = rows[tables.HOLDS_VIEW], rows[tables.CLOSE_TO_MARKED], rows[tables.BY_ORDER]
    assert (view["context"], view["kind"]) == (tables.CONTEXTS.index("private"), tables.PRIVATE)
    assert (close["context"], close["kind"]) == (tables.CONTEXTS.index("family"), tables.DISAPPROVED)
    assert (order["context"], order["kind"]) == (tables.CONTEXTS.index("community"), tables.DISAPPROVED)
    for name in ("rate", "cap", "harm", "fine"):
        assert (rows[name][32:] == 0).all()


def test_criticism_is_of_those_who_speak_openly() -> None:
    row = catalogue.deed_table(DEEDS, {})[DEEDS.number("criticises_online")]
    assert row["needs"] == tables.NEEDS_DISSENT
    assert row["rate"] == 273324333  # 2**32 * (1 - exp(-24 / 365))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[[claim]]\nname = "holds_view"\ntitle = "again"\ncontext = "private"\n', 'two kinds called "holds_view"'),
        ('[[claim]]\nname = "thinks"\ntitle = "thinks"\ncontext = "private"\n', "`holds_view`, `close_to_marked`, `by_order`"),
    ],
)
def test_a_claim_is_one_of_three(more: str, message: str, tmp_path: Path) -> None:
    text = catalogue.shipped("deeds.toml").read_text(encoding="utf-8")
    (tmp_path / "deeds.toml").write_text(f"{text}\n{more}" if "again" in more else text.split("[[claim]]")[0] + more, encoding="utf-8")
    with pytest.raises(files.FileProblems, match=message):
        catalogue.load_deeds(tmp_path / "deeds.toml")


# ---- sensors -----------------------------------------------------------------------------------------------------------


def test_sensors_fill_sixteen_rows() -> None:
    rows = sensors()
    assert SENSORS[:5] == ["police", "court", "enforcement", "clerk", "camera"]
    assert SENSORS[5:10] == ["face_recognition", "payments", "platform", "travel_gate", "neighbours"]
    assert SENSORS[10:] == ["grid_clerk", "informers", "inference", "data_match", "customers"]
    assert len(SENSORS) < draws.SENSORS_MAX  # the last number means that nobody has seen it
    assert len(rows) == draws.SENSORS_MAX == 16 and not rows["coverage"][len(SENSORS) :].any()
    assert rows["ordinary"].tolist() == [1, 1, 1] + [0] * 13
    scales = {"police": "cameras", "face_recognition": "cameras", "neighbours": "neighbours", "informers": "ties", "clerk": "nothing"}
    assert {name: tables.SCALES[rows["scale"][SENSORS.index(name)]] for name in scales} == scales
    machines = {name for name, row in zip(SENSORS, rows, strict=False) if row["machine"]}
    assert machines == {"camera", "face_recognition", "payments", "platform", "travel_gate", "inference", "data_match"}
    assert {name for name, row in zip(SENSORS, rows, strict=False) if row["reports"]} == {"neighbours", "informers"}
    informers = rows[SENSORS.index("informers")]
    assert (informers["delay"], informers["cost_sighting"], informers["cost_year"]) == (14, 5000, 2000)


@pytest.mark.parametrize(("dprime", "cut"), [((1.4, 1.1), 3.0), ((0.0, 2.5), 1.0), ((8.0, 0.5), -2.0), ((1.0, 1.0), 0.0)])
def test_the_error_curve_is_the_closed_form(dprime: tuple[float, float], cut: float) -> None:
    """Of those who hold the view, the share above threshold - d' of a standard normal curve; of the others, the share above it."""
    own = LAW.sensor[SENSORS.index("inference")].model_copy(update={"dprime": dprime, "threshold": cut})
    (row, *_) = catalogue.sensor_table([own], {})

    def above(value: float) -> float:
        return erfc(value / sqrt(2)) / 2

    for group in range(2):
        assert row["sensitivity"][group] / 2**32 == pytest.approx(above(cut - dprime[group]), abs=2e-9)
        assert row["false_positive"][group] / 2**32 == pytest.approx(above(cut), abs=2e-9)


def test_a_threshold_at_the_middle_is_exactly_a_half() -> None:
    own = LAW.sensor[SENSORS.index("inference")].model_copy(update={"dprime": (1.0, 0.0), "threshold": 0.0})
    (row, *_) = catalogue.sensor_table([own], {})
    assert row["false_positive"].tolist() == [2**31, 2**31]
    assert row["sensitivity"].tolist() == [3613548169, 2**31]  # 0.841344746 to nine decimals, times 2**32


def test_only_a_sensor_that_infers_has_an_error_curve() -> None:
    rows = sensors()
    assert [name for name, row in zip(SENSORS, rows, strict=False) if row["infers"]] == ["inference"]
    assert rows["sensitivity"][: SENSORS.index("inference")].sum() == rows["false_positive"][: SENSORS.index("inference")].sum() == 0


def test_machine_error_scales_what_machines_say_wrongly_and_nothing_else() -> None:
    plain, none, twice = sensors(), sensors({"machine_error": 0.0}), sensors({"machine_error": 2.0})
    machine = plain["machine"] == 1
    assert not none["false_alarm"][machine].any() and not none["false_positive"].any()
    assert (none["false_alarm"][~machine] == plain["false_alarm"][~machine]).all()
    assert (twice["sensitivity"] == plain["sensitivity"]).all() and (twice["mixed_up"] == plain["mixed_up"]).all()
    inference, camera = SENSORS.index("inference"), SENSORS.index("camera")
    assert twice["false_positive"][inference, 0] == pytest.approx(2 * plain["false_positive"][inference, 0], abs=1)
    assert twice["false_alarm"][camera, 0] == catalogue.daily(0.1)
    assert sensors({"machine_error": 1e9})["false_positive"][inference].tolist() == [2**32, 2**32]


# ---- doors -------------------------------------------------------------------------------------------------------------


def test_doors_come_in_their_order_with_their_contexts() -> None:
    rows = catalogue.gate_table(LAW, 100_000)
    assert tuple(gate.name for gate in LAW.gate) == tables.GATES and len(rows) == draws.GATES_MAX
    assert [tables.CONTEXTS[row["context"]] for row in rows[:7]] == [gate.context for gate in LAW.gate]
    assert rows["discretion"][tables.WORK] == catalogue.threshold(0.3)
    assert [gate.name for gate, row in zip(LAW.gate, rows, strict=False) if row["places"]] == ["housing"]


@pytest.mark.parametrize(("people", "places"), [(100_000, 30 * ONE), (10_000, 3 * ONE), (5_000, 6144), (1, 1)])
def test_places_follow_the_town(people: int, places: int) -> None:
    housing = LAW.gate[tables.HOUSING].model_copy(update={"places_per_100000_and_day": 30.0})
    law = LAW.model_copy(update={"gate": (*LAW.gate[: tables.HOUSING], housing, *LAW.gate[tables.HOUSING + 1 :])})
    assert catalogue.gate_table(law, people)["places"][tables.HOUSING] == places


def test_a_file_with_doors_in_another_order_is_refused(tmp_path: Path) -> None:
    text = catalogue.shipped("ordinary_law.toml").read_text(encoding="utf-8")
    (tmp_path / "law.toml").write_text(text.replace('name = "travel"', 'name = "work"', 1), encoding="utf-8")
    with pytest.raises(
        files.FileProblems, match="the gates must come in the order travel, work, credit, school, housing, services, business"
    ):
        catalogue.load_law(tmp_path / "law.toml")


# ---- uncertainties -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "integer"),
    [
        ("dealings", 365.0, 2714937127),  # a rate a year: 1 - 1/e on a day
        ("shun", 0.25, 2**30),  # chances
        ("rewarm", 1.0, 2**32),
        ("keep", 0.5, 2**31),
        ("image_error", 0.0, 0),
        ("keep_spread", 0.5, ONE // 2),  # factors
        ("discretion", 2.0, 2 * ONE),
        ("watched", 0.25, ONE // 4),
        ("speech_rule", 0.49, 0),  # one of three rules, rounded half up
        ("speech_rule", 0.5, 1),
        ("speech_rule", 1.5, 2),
        ("speech_rule", 2.0, 2),
        ("malice", 365.0, 2714937127),
        ("extortion", 365.0, 2714937127),
        *((name, 0.25, 2**30) for name in ("fabricates", "tells", "tells_protected", "immunity", "erased", "arrests", "leaves")),
        ("protest_rule", 1.5, 2),
        ("concedes", 0.25, ONE // 4),
        ("detained_view", -0.25, -ONE // 4),
        ("anonymity", 6.0, 6 * ONE),
    ],
)
def test_an_uncertainty_as_an_integer(name: str, value: float, integer: int) -> None:
    assert catalogue.parameter_table({**OTHERS, name: value})[name][0] == integer


def test_shared_errors_are_uncertainties_too() -> None:
    assert catalogue.SHARED_ERRORS == ("error_factor", "deed_factor", "group_error_ratio", "reach", "machine_error", "compliance")


def test_every_uncertainty_has_its_range_in_the_order_of_the_table() -> None:
    """New ones stand at the end, so that the draws of those that were there do not move."""
    names = list(catalogue.load_uncertainties().parameter)
    assert sorted(names) == sorted([name for name, *_ in tables.PARAMETER] + list(catalogue.SHARED_ERRORS))
    later = [name for name, *_ in tables.PARAMETER if name not in names[:52]]
    assert names[:2] == ["risk_ordinary", "risk_own"] and names[49:52] == ["reach", "machine_error", "compliance"]
    assert names[52:] == later and later[0] == "contact_cost"


def test_where_nothing_was_measured_no_effect_is_possible() -> None:
    parameters = catalogue.load_uncertainties().parameter
    for name in ("shame", "extortion", "yields", "fabricates", "immunity", "erased", "misuse", "capture", "contagion", "outrage"):
        assert parameters[name].low == 0, name
    assert parameters["detained_view"].low < 0 < parameters["detained_view"].high
    assert parameters["anonymity"].low == 1  # a factor: no effect


# ---- the curve of the chance of arrest -----------------------------------------------------------------------------------


def test_the_curve_is_the_closed_form() -> None:
    curve = catalogue.build_tables(DEEDS, LAW, catalogue.central(catalogue.load_uncertainties())).curve
    assert len(curve) == tables.CURVE and curve.dtype == "int64"
    for step in range(tables.CURVE):
        assert curve[step] == pytest.approx(ONE * -expm1(-step / 128), abs=0.5)
    assert (curve[0], curve[-1]) == (0, 4095) and (curve[1:] >= curve[:-1]).all()
