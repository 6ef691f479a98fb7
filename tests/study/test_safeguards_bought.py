"""What each safeguard buys: variants share the policy's towns and luck, differences are taken pair by pair, nothing is lived twice."""

import json
from dataclasses import replace

import numpy as np
import pytest

import glasstown
from glasstown.engine import run
from glasstown.policy import load
from glasstown.policy import safeguards as levers
from glasstown.policy.tables import build
from glasstown.study import assess, ensemble, estimate, safeguards
from glasstown.study.case import citizen_days
from glasstown.study.outcomes import SPECS
from glasstown.study.pair import measured

SIZE = {"people": 500, "days": 40, "pairs": 4, "quick": True}


def request_of(policy="spc_defaulter_list", **changes):
    return assess.request_of(policy, **{**SIZE, "safeguards": True, **changes})


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return glasstown.assess("spc_defaulter_list", workers=1, out=tmp_path_factory.mktemp("runs"), safeguards=True, **SIZE)


def test_a_variant_lives_in_the_towns_of_the_policy():
    """Forked from the shared burn-in, the policy itself ends in the very state of an assessment's policy arm."""
    case = replace(request_of(), days=60, burn_in=200).case(1)
    lived = run.run_arms(case, ("policy", "twin"))
    (name, world), *rest = safeguards.forks(case, {"itself": case.policy})
    assert name == "itself" and not rest
    assert world.digest == lived["policy"].digest != lived["twin"].digest
    assert np.array_equal(world.daily, lived["policy"].daily)
    assert measured(case, world, lived["twin"]) == measured(case, lived["policy"], lived["twin"])


def test_the_room_that_another_variant_needs_changes_nothing():
    request = request_of("rongcheng_2014", days=60)
    case = request.case(0)
    wider = build(request.policy, request.deeds, request.law, request.people, request.values(0))
    wider.score["slots"] += 3
    wider.score["lists"] += 1
    worlds = dict(safeguards.forks(case, {"narrow": case.policy, "wide": wider._replace(lists=np.zeros(1, wider.lists.dtype))}))
    alone = dict(safeguards.forks(case, {"narrow": case.policy}))
    assert len(worlds["narrow"].town.entries) > len(alone["narrow"].town.entries)
    assert np.array_equal(worlds["narrow"].daily, alone["narrow"].daily)
    for column in alone["narrow"].town.life.dtype.names:
        assert np.array_equal(worlds["narrow"].town.life[column], alone["narrow"].town.life[column]), column


def test_a_variant_that_is_the_policy_is_left_out():
    variants = levers.variants(load.load("none"))
    assert variants["none"] == load.load("none")
    assert safeguards.policies(request_of("none")) == {}
    names = list(safeguards.policies(request_of("rongcheng_2014")))
    assert "none" in names and all(name[0] in "+-" or name in ("all", "none") for name in names)
    assert all(safeguards.title(name) for name in names)


def test_the_policys_own_aim_is_among_the_outcomes():
    assert [spec.name for spec in safeguards.specs(request_of())][-1] == "judgments_performed"
    names = [spec.name for spec in safeguards.specs(request_of("rongcheng_2014"))]
    assert names.count("harm") == 1 and set(safeguards.NAMES) <= set(names)


def pair(variant, policy, twin=0.0, placebo=0.0, adults=600):
    """A summary with one outcome: harm points of so many adults over a year."""
    levels = {"+notice": variant, "policy": policy, "twin": twin, "placebo": placebo}
    outcomes = {arm: {"harm": ([value * adults] * 3, [float(adults)] * 3)} for arm, value in levels.items()}
    return {"outcomes": outcomes, "adults": [adults] * 3}


HARM = next(spec for spec in SPECS if spec.name == "harm")


def test_differences_are_taken_pair_by_pair():
    row = safeguards.row([pair(level - 0.5, level) for level in (1.0, 7.0, 3.0, 5.0)], "+notice", HARM)
    assert row["value"] == row["low"] == row["high"] == row["luck_low"] == pytest.approx(-0.5)
    assert (row["verdict"], row["policy"]) == ("less", 4.0)
    assert {"variant", "title", "outcome", "unit"} <= set(row)


def test_less_than_a_strangers_act_tells_nothing():
    assert safeguards.row([pair(1.0, 2.0, placebo=1.5)] * 4, "+notice", HARM)["verdict"] == "cannot tell"
    assert safeguards.row([pair(1.0, 2.0, placebo=0.5)] * 4, "+notice", HARM)["verdict"] == "less"
    assert safeguards.row([pair(1.0, 2.0)] * 3, "+notice", HARM)["verdict"] == "cannot tell"  # too few pairs


def test_a_safeguard_that_changes_nothing_changes_exactly_nothing(monkeypatch):
    """Entries that expire in ninety years are entries that never expire, for as long as anybody looks."""

    def variants(policy):
        return {"-expiry": policy.model_copy(update={"score": policy.score.model_copy(update={"expiry_days": 30_000})})}

    monkeypatch.setattr(levers, "variants", variants)
    found = glasstown.assess("rongcheng_2014", workers=1, out=None, safeguards=True, **SIZE)
    for row in found.tables["safeguards"]:
        assert row["value"] in (0.0, None) and row["verdict"] == "cannot tell", row


def test_rows_hold_every_variant_and_outcome(found):
    rows = found.tables["safeguards"]
    request = request_of()
    assert [(row["variant"], row["outcome"]) for row in rows] == [
        (variant, spec.name) for variant in safeguards.policies(request) for spec in safeguards.specs(request)
    ]
    without = {row["outcome"]: row for row in rows if row["variant"] == "none"}
    assert without["staff_days"]["value"] < 0  # nobody hears appeals
    assert found.frame("safeguards").height == len(rows)


def test_the_run_folder_holds_them(found):
    report = json.loads((found.folder / "report.json").read_text())
    manifest = json.loads((found.folder / "manifest.json").read_text())
    assert report["report"]["tables"]["safeguards"] == json.loads(json.dumps(found.tables["safeguards"]))
    assert set(manifest["safeguards"]) == set(safeguards.policies(request_of()))
    assert "--safeguards" in manifest["command"] and manifest["request"]["safeguards"] is True
    assert "What each safeguard buys" in (found.folder / "report.html").read_text()


def test_without_them_nothing_changes(found, tmp_path):
    plain = glasstown.assess("spc_defaulter_list", workers=1, out=tmp_path, **SIZE)
    assert plain.digest == found.digest and plain.outcomes == found.outcomes
    assert "safeguards" not in plain.tables and "safeguards" not in plain.request
    assert "What each safeguard buys" not in (plain.folder / "report.html").read_text()
    assert plain.folder.name != found.folder.name  # asking for them is another request


def test_workers_change_no_byte(found, tmp_path):
    other = glasstown.assess("spc_defaulter_list", workers=2, out=tmp_path, safeguards=True, **SIZE)
    for name in ("report.json", "report.html"):
        assert (other.folder / name).read_bytes() == (found.folder / name).read_bytes()


def test_interrupted_and_resumed_gives_the_same_bytes(found, tmp_path, monkeypatch):
    def stop(done, asked):
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        glasstown.assess("spc_defaulter_list", workers=1, out=tmp_path, safeguards=True, progress=stop, **SIZE)
    lived, really = [], ensemble.live_and_keep
    monkeypatch.setattr(ensemble, "live_and_keep", lambda part, number, *rest: (lived.append(number), really(part, number, *rest))[1])
    again = glasstown.assess("spc_defaulter_list", workers=1, out=tmp_path, safeguards=True, **SIZE)
    assert lived == [2, 3]
    assert (again.folder / "report.json").read_bytes() == (found.folder / "report.json").read_bytes()


def test_the_announcement_counts_them():
    plain, asked = request_of(safeguards=False), request_of()
    more = len(safeguards.policies(asked))
    assert citizen_days(asked) - citizen_days(plain) == 500 * 4 * (asked.burn_in + more * 40)
    assert estimate.estimate(asked, 1, 1).seconds > estimate.estimate(plain, 1, 1).seconds


def test_progress_reaches_the_end_of_every_variant(tmp_path):
    shares = []
    glasstown.assess("spc_defaulter_list", workers=1, out=tmp_path, safeguards=True, progress=lambda done, _: shares.append(done), **SIZE)
    assert shares == sorted(shares) and shares[-1] == 4
    assert max(after - before for before, after in zip(shares, shares[1:], strict=False)) < 0.1
