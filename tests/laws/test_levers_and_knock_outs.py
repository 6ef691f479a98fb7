"""Every lever of a policy and every uncertainty moves something; every mechanism can be knocked out, and then leaves no trace."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import worlds

from glasstown import catalogue, draws, measuring, tables, world
from glasstown.engine import run
from glasstown.policy import load
from glasstown.policy.schema import PolicyFile
from glasstown.policy.tables import build

PLACE = {name: number for number, name in enumerate(measuring.MEASURES)}
PEOPLE, START, DAYS = 400, 20, 200
BUSY = {"malice": 2.0, "extortion": 90.0, "turnout": 1.0}  # so that few people and days hold many of these too
ENDS = (("record", "score"), ("truth", "trust"))  # columns of the last day whose sums are looked at as well


@cache
def levels(text: str, **uncertain: float) -> tuple[int, ...]:
    """Every measure of a busy world under a policy given as JSON: what outcomes are made from."""
    policy = PolicyFile.model_validate_json(text)
    deeds, law, uncertainties = catalogue.load_deeds(), catalogue.load_law(), catalogue.load_uncertainties()
    values = {**catalogue.central(uncertainties), "deed_factor": 6.0, "error_factor": 3.0, "concedes": 2.0, **BUSY, **uncertain}
    rules = catalogue.build_tables(deeds, law, values, PEOPLE)
    case = run.Case(worlds.society(PEOPLE), rules, build(policy, deeds, law, PEOPLE, values), START, DAYS, draws.key_of(7, 0))
    lived = run.run_arms(case, ("policy",))["policy"]
    return (
        *lived.daily[START:].sum(axis=(0, 2)).tolist(),
        *lived.spells.ravel().tolist(),
        *(getattr(lived.town, room)[name].astype(int).sum() for room, name in ENDS),
    )


def given(name: str, **changes) -> str:
    """A shipped policy with some keys changed, as JSON; a key is a path such as ``rule.0.points`` written with double underscores."""
    data = load.load(name).model_dump(mode="json", by_alias=True, exclude_unset=True)
    if not any(path.startswith("rollout") for path in changes):
        data.pop("rollout", None)  # in force from the first day, all of it
    for path, value in changes.items():
        place, keys = data, path.split("__")
        for key in keys[:-1]:
            place = place[int(key)] if key.isdigit() else place.setdefault(key, {"grade": "scenario", "reason": "a test"})
        place[int(keys[-1]) if keys[-1].isdigit() else keys[-1]] = value
    return PolicyFile.model_validate(data).model_dump_json(by_alias=True)


def rule_of(name: str, deed: str) -> int:
    return [rule.deed for rule in load.load(name).rule].index(deed)


IMAGE, RONGCHENG, COURT = "popular_image", "rongcheng_2014", "spc_defaulter_list"
NEGLECT = f"rule__{rule_of(IMAGE, 'late_utility_fees')}"
POST = f"rule__{rule_of(IMAGE, 'criticises_online')}"
REFUSES = f"rule__{rule_of(COURT, 'hides_assets')}"
ORDER = f"rule__{rule_of(IMAGE, 'by_order')}"
INQUIRY = {"safeguards__report_inquiry": 0.9, "safeguards__inquiry_sensitivity": 0.9, "safeguards__inquiry_specificity": 0.9}
SERIOUS = {f"{REFUSES}__serious_share": 1.0, f"{REFUSES}__term_days": 5}
LEVERS = [
    (IMAGE, {"start__announced": False}), (COURT, {"start__steady_stock": False}),
    (IMAGE, {"watch__0__coverage": {"traffic": 0.9, "public": 0.9}}), (IMAGE, {"watch__0__missed": [0.9, 0.9]}),
    (IMAGE, {"watch__0__mixed_up": [0.5, 0.5]}), (IMAGE, {"watch__0__false_alarms_per_year": [20, 20]}),
    (IMAGE, {"watch__0__delay_days": 60}), (IMAGE, {"watch__0__cost_cents_per_sighting": 900}),
    (IMAGE, {"watch__0__cost_cents_per_year": 900}),
    (IMAGE, {"watch__0__sensor": "inference", "watch__0__coverage": {"private": 1.0}, "watch__0__dprime": [3.0, 3.0]}),
    (IMAGE, {"watch__0__sensor": "inference", "watch__0__coverage": {"private": 1.0}, "watch__0__threshold": 0.2}),
    (IMAGE, {"score__base": 500}), (IMAGE, {"score__low": 600}), (IMAGE, {"score__high": 705}), (IMAGE, {"score__expiry_days": 30}),
    (IMAGE, {"score__decay": 0.5}), (IMAGE, {"score__decay": 0.5, "score__decay_days": 7}), (IMAGE, {"score__slots": 1}),
    (IMAGE, {"score__band__2__from": 680}), (IMAGE, {"score__band__3__sanction": False}), (IMAGE, {"score__band__3__marked": False}),
    (IMAGE, {"score__band__2__priority": 3}), (IMAGE, {"score__band__2__perk_cents_per_year": 500_000}),
    *((IMAGE, {"score__band__2__refuse": {gate: 1.0}}) for gate in tables.GATES),
    (IMAGE, {f"{NEGLECT}__points": -90}), (IMAGE, {f"{NEGLECT}__cap": 5}), (IMAGE, {f"{NEGLECT}__sensors": ["clerk"]}),
    (IMAGE, {f"{POST}__repeat": 8.0}), (IMAGE, {f"{POST}__repeat_days": 3}),
    (IMAGE, {f"{NEGLECT}__override_band": "distrusted"}),
    (IMAGE, {f"{NEGLECT}__override_band": "distrusted", f"{NEGLECT}__override_days": 5}),
    (IMAGE, {f"rule__{rule_of(IMAGE, 'close_to_marked')}__through": "ties"}),
    (COURT, {f"{REFUSES}__delay_days": 60}), (COURT, {f"{REFUSES}__term_days": 5}),
    (COURT, {f"{REFUSES}__serious_share": 1.0}), (COURT, {**SERIOUS, f"{REFUSES}__serious_days": 900}),
    (COURT, {"list__0__public": False}), (COURT, {"list__0__show_days": 0}), (COURT, {"list__0__leave_working_days": 60}),
    (COURT, {"list__0__performance": False}), (COURT, {"list__0__pressure": 8.0}), (COURT, {"list__0__refuse": {"services": 1.0}}),
    (IMAGE, {"mending__notice": False}), (IMAGE, {"mending__appeal_rate": 1.0}), (IMAGE, {"mending__appeal_days": 1}),
    (IMAGE, {"mending__appeal_capacity_per_100000": 90_000, "mending__appeal_rate": 1.0}),
    (IMAGE, {"mending__sensitivity": 1.0, "mending__appeal_capacity_per_100000": 90_000, "mending__appeal_rate": 1.0}),
    (IMAGE, {"mending__specificity": 0.0, "mending__appeal_capacity_per_100000": 90_000, "mending__appeal_rate": 1.0}),
    (IMAGE, {"views__from": -0.05}),
    (IMAGE, {"safeguards__human_review": 1.0, "safeguards__review_sensitivity": 0.9}),
    (IMAGE, {"safeguards__human_review": 1.0, "safeguards__review_sensitivity": 0.9, "safeguards__review_specificity": 0.3}),
    (IMAGE, {"safeguards__evidence_claims": 2}), (IMAGE, {"safeguards__evidence_claims": 2, "safeguards__evidence_days": 5}),
    (IMAGE, {"safeguards__separate_contexts": True}), (IMAGE, {"safeguards__no_spillover": True}),
    (IMAGE, {"safeguards__coverage_limit": 0.05}), (IMAGE, {"safeguards__consent": 0.3}), (IMAGE, {"safeguards__data_minimum": True}),
    (IMAGE, {"safeguards__sunset_days": 60}),
    (IMAGE, {"display__reach": 0.9}), (IMAGE, {"display__masked": True}), (IMAGE, {"reports__anonymous": False}),
    (IMAGE, {"reports__reward_cents": 50_000}), (IMAGE, {f"rule__{rule_of(IMAGE, 'jaywalking')}__display_days": 90}),
    (IMAGE, {f"{POST}__detain_days": 90}), (IMAGE, {f"{POST}__detain_after": 1}), (IMAGE, {f"{ORDER}__order_day": 50}),
    (IMAGE, {f"{ORDER}__order_day": 50, f"{ORDER}__order_every_days": 40}),
    (IMAGE, {f"{ORDER}__order_day": 50, f"{ORDER}__order_share": 1.0}),
    (IMAGE, {f"{ORDER}__order_day": 50, f"{ORDER}__order_whom": "anybody"}), (IMAGE, {"protest__arrest_days": 90}),
    (IMAGE, {"rollout__every_days": 30}), (IMAGE, {"rollout__by": "schedule"}), (IMAGE, {"rollout__pilot_districts": 4}),
    (IMAGE, {"rollout__everywhere_stage": 2}), (IMAGE, {"rollout__approval_bar": 1.0}), (IMAGE, {"rollout__scandal_bar": 0.0}),
    (IMAGE, {"rollout__gates": {"travel": 4}}), (IMAGE, {"rollout__contexts": {"traffic": 4}}),
    (IMAGE, {"safeguards__corroborated_reports": True}), (IMAGE, INQUIRY), (IMAGE, {**INQUIRY, "safeguards__inquiry_sensitivity": 0.1}),
    (IMAGE, {**INQUIRY, "safeguards__inquiry_specificity": 0.1}), (IMAGE, {**INQUIRY, "safeguards__false_report_penalty_cents": 900_000}),
    (IMAGE, {"safeguards__audit": 0.5}), (IMAGE, {"safeguards__whistle_blowers": True}), (IMAGE, {"safeguards__no_display": True}),
    (IMAGE, {"safeguards__detention_limit_days": 5}),
    (IMAGE, {"score__clean_days": 20, "score__clean_points": 9}), (IMAGE, {"score__clean_days": 20, "score__clean_points": 40}),
    (IMAGE, {"score__pooled": True}), (IMAGE, {f"{NEGLECT}__charge_cents": 5_000}),
    (IMAGE, {f"{NEGLECT}__charge_cents": 5_000, f"{NEGLECT}__paid_share": 0.3}),
    (IMAGE, {"mending__answer_share": 0.8, "mending__answer_clears": 0.9}),
    (IMAGE, {"mending__answer_share": 0.8, "mending__answer_clears": 0.1}),
    (IMAGE, {"risk__foretells": ["traffic_violation"]}), (IMAGE, {"risk__every_days": 30}), (IMAGE, {"risk__distance": [4.0, 0.1]}),
    (IMAGE, {"risk__shift": [1.0, -1.0]}), (IMAGE, {"risk__hardship_shift": 3.0}), (IMAGE, {"risk__named_share": 0.2}),
    (IMAGE, {"risk__named_share": None, "risk__named_from": 1.0}),
]  # fmt: skip
TOGETHER = {  # what a lever that only acts beside others is compared with
    "score__decay_days": {"score__decay": 0.5}, f"{REFUSES}__serious_days": {**SERIOUS, f"{REFUSES}__serious_days": 1},
    f"{NEGLECT}__override_days": {f"{NEGLECT}__override_band": "distrusted"},
    "safeguards__review_specificity": {"safeguards__human_review": 1.0, "safeguards__review_sensitivity": 0.9},
    "safeguards__evidence_days": {"safeguards__evidence_claims": 2},
    "rollout__every_days": {"rollout__every_days": 90}, "rollout__by": {"rollout__approval_bar": 1.0},
    "rollout__pilot_districts": {"rollout__every_days": 90}, "rollout__everywhere_stage": {"rollout__every_days": 90},
    "rollout__approval_bar": {"rollout__every_days": 90}, "rollout__scandal_bar": {"rollout__every_days": 90},
    "rollout__gates": {"rollout__every_days": 90}, "rollout__contexts": {"rollout__every_days": 90},
    f"{ORDER}__order_every_days": {f"{ORDER}__order_day": 50}, f"{ORDER}__order_share": {f"{ORDER}__order_day": 50},
    f"{ORDER}__order_whom": {f"{ORDER}__order_day": 50}, "safeguards__false_report_penalty_cents": INQUIRY,
    "score__clean_points": {"score__clean_days": 60, "score__clean_points": 9},
    f"{NEGLECT}__paid_share": {f"{NEGLECT}__charge_cents": 5_000},
    "mending__answer_clears": {"mending__answer_share": 0.3, "mending__answer_clears": 0.9},
    "mending__sensitivity": {"mending__appeal_capacity_per_100000": 90_000, "mending__appeal_rate": 1.0},
    "mending__specificity": {"mending__appeal_capacity_per_100000": 90_000, "mending__appeal_rate": 1.0},
}  # fmt: skip


@pytest.mark.parametrize(("preset", "change"), LEVERS, ids=[f"{preset}-{'-'.join(change)}" for preset, change in LEVERS])
def test_a_lever_moves_something(preset, change):
    before = next((base for key, base in TOGETHER.items() if key in change), {})
    assert levels(given(preset, **change)) != levels(given(preset, **before))


@pytest.mark.parametrize("name", ["reasons", "correct_everywhere", "independent_appeal"])
def test_a_safeguard_of_appeals_moves_something(name):
    busy = {"mending__appeal_capacity_per_100000": 90_000, "mending__appeal_rate": 1.0, "mending__sensitivity": 0.3}
    assert levels(given(IMAGE, **busy, **{f"safeguards__{name}": True})) != levels(given(IMAGE, **busy))


UNCERTAIN = list(catalogue.load_uncertainties().parameter)


@pytest.mark.parametrize("name", UNCERTAIN)
def test_an_uncertainty_moves_something(name):
    """From the lower end of its range to the upper, in one of three policies at least."""
    row = catalogue.load_uncertainties().parameter[name]
    extra = {
        ("reasons_help", IMAGE): {"safeguards__reasons": True, "mending__appeal_capacity_per_100000": 90_000, "mending__appeal_rate": 1.0},
        ("shown_pressure", COURT): {"list__0__show_days": 3000},
        ("seen_through", IMAGE): {"display__masked": True},
        ("tells_protected", IMAGE): {"safeguards__whistle_blowers": True},
        ("penalty_deters", IMAGE): {**INQUIRY, "safeguards__false_report_penalty_cents": 1000},
        ("misuse", IMAGE): {f"{ORDER}__order_day": 50},
        ("independence", IMAGE): {
            "safeguards__independent_appeal": True,
            "mending__appeal_capacity_per_100000": 90_000,
            "mending__appeal_rate": 1.0,
        },
        ("capture", IMAGE): {
            f"{ORDER}__order_day": 5,
            f"{ORDER}__order_share": 1.0,
            f"{ORDER}__order_whom": "anybody",
            "mending__appeal_rate": 1.0,
            "mending__appeal_capacity_per_100000": 90_000,
            "mending__appeal_days": 1,
        },
        ("contact_cost", IMAGE): {f"rule__{rule_of(IMAGE, 'close_to_marked')}__points": -600},
        ("concedes", IMAGE): {"protest__arrest_days": 0},
        ("approval_bar", IMAGE): {"rollout__every_days": 30},
    }
    # debts are paid often enough for it to be seen
    beside = {"pay": 4.0, "pay_refusing": 1.0, "deed_factor": 20.0} if name in ("list_pressure", "shown_pressure") else {}
    high = 0.2 if name == "police" else row.high  # a district of fifty has one of them at any share of the range
    found = []
    for preset in (IMAGE, COURT, RONGCHENG):
        text = given(preset, **extra.get((name, preset), {}))
        found.append(levels(text, **{**beside, name: row.low}) != levels(text, **{**beside, name: high}))
    assert any(found)


# --- knock-outs: coefficients at zero, and what of the mechanism is left -------------------------------------------------


def flows(preset: str, *names: str, **uncertain: float) -> int:
    """The sum of some measures of a busy world with these uncertainties."""
    made = levels(given(preset), **uncertain)
    return sum(made[PLACE[name]] for name in names)


KNOCK_OUTS = [
    (1, {"reach": 0.0}, ("entries_view", "entries_wrong_view")),
    (2, {"machine_error": 0.0}, ("entries_wrong_view",)),
    (3, {"compliance": 0.0}, tuple(f"barred_{gate}" for gate in tables.GATES)),
    (3, {"discretion": 0.0}, tuple(f"discretion_{gate}" for gate in tables.GATES)),
    (4, {"reward": 0.0}, ("hollow_deeds",)),
    (4, {"dealings": 0.0}, ("dealings", "dealings_kept", "dealings_marked")),
    (8, {"shun": 0.0}, ("cold_ties",)),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "zero", "measures"), KNOCK_OUTS, ids=[f"{claim}-{'-'.join(zero)}" for claim, zero, _ in KNOCK_OUTS])
def test_a_mechanism_can_be_knocked_out(claim, zero, measures):
    """With its coefficient at zero, nothing of it is left; without, there is some of it."""
    assert flows(IMAGE, *measures, **zero) == 0 < flows(IMAGE, *measures, **{"machine_error": 9.0} if "machine_error" in zero else {})


def lived(known, **changes):
    """The final policy town of a busy case with some parameters changed (1 / ONE, or thresholds)."""
    changed = worlds.own(known)
    for name, value in changes.items():
        changed.rules.parameters[name] = value
    return run.run_arms(changed, ("policy",))["policy"].town


ABSENT = [  # coefficients at zero, and an input of the mechanism that then changes nothing at all
    ("watched", {"watched": 0, "hush": 0, "speech_rule": 0, "extortion": 0},
     lambda known: known._replace(watched=known.watched * 0 + 4096)),
    ("discretion", {"discretion": 0}, None), ("norms", {"descriptive": 0, "injunctive": 0}, None),
    ("stakes", {"stake": 0, "crowding": 0}, None), ("image", {"image": 0, "private_image": 0}, None),
]  # fmt: skip
OTHERWISE = {"norms": {"usual_deviance": 2000}, "image": {"image_error": 2**31}}


@pytest.mark.parametrize(("name", "zero", "with_policy"), ABSENT, ids=[row[0] for row in ABSENT])
def test_a_mechanism_at_zero_is_absent_to_the_byte(name, zero, with_policy):
    known = worlds.case(people=200, start=10, days=60)
    other = known
    if with_policy is not None:
        other = replace(known, policy=with_policy(known.policy))
    elif name == "discretion":
        other = worlds.own(known)
        other.rules.gates["discretion"] = 2**32
    elif name == "stakes":
        other = worlds.with_policy(known, dealing=0)
        zero = {**zero, "reward": 0}
    one, two = lived(known, **zero), lived(other, **{**zero, **OTHERWISE.get(name, {})})
    assert worlds.differing(one, two) == []
    if name != "stakes":
        assert worlds.differing(lived(known), lived(other, **OTHERWISE.get(name, {}))) != []


def test_dealings_are_absent_to_the_byte_without_a_rate():
    """Dealings move trust in strangers and nothing else: at rate zero every other column is as it was, and trust is untouched."""
    known = worlds.case(people=200, start=10, days=60)
    with_them, without = lived(known), lived(known, dealings=0)
    assert worlds.differing(with_them, without) == ["truth.trust"]
    assert not without.truth["trust"].any()


@pytest.mark.parametrize(
    ("column", "off"),
    [
        ("through", {"through": 0}),
        ("review", {"review": 0}),
        ("evidence", {"evidence": 1, "corroborated": 0}),
        ("sunset", {"sunset": 32767}),
    ],
)
def test_a_lever_switched_off_leaves_the_columns_of_its_mechanism_empty(column, off):
    known = worlds.with_policy(worlds.case("guarded", people=200, start=10, days=60), **off)
    made = run.run_arms(known, ("policy",))["policy"]
    town, daily = made.town, made.daily.sum(axis=(0, 2))
    if column == "through":
        assert daily[PLACE["entries_tie"]] == daily[PLACE["listings_tie"]] == 0
    elif column == "review":
        assert daily[PLACE["reviews"]] == daily[PLACE["review_stopped"]] == 0
    elif column == "evidence":
        assert not town.record["suspicions"].any() and (town.record["suspected"] == world.NOTHING).all()
    else:
        assert (town.record["band"][town.people["age"] >= 18] != world.NOTHING).any()


def test_the_end_of_a_policy_ends_its_hold():
    """After the sunset nobody is listed, in a band, marked or barred; what was posted stays in the books."""
    known = worlds.case("guarded", people=200, start=10, days=60)
    town = run.run_arms(known, ("policy",))["policy"].town
    assert (town.record["band"] == world.NOTHING).all() and (town.listings["entered"] == world.NEVER).all()
    assert not (town.life["state"] & (world.IS_SANCTIONED | world.IS_MARKED | world.IS_LISTED)).any()
    assert town.books["posted"].any() and np.count_nonzero(town.life["sanctioned_days"])
