"""Bundles: chosen by an error alone, in one half of the pairs, and told from the other; exact where effects are known beforehand."""

import json
from dataclasses import replace
from itertools import combinations
from math import comb

import pytest

import glasstown
from glasstown.engine import run
from glasstown.policy import bundles as made
from glasstown.policy import safeguards as levers
from glasstown.policy.tables import build
from glasstown.study import assess, bundles, estimate, safeguards
from glasstown.study.case import citizen_days
from glasstown.study.outcomes import SPECS

ADULTS, LEVEL = 600.0, 10.0
SIZE = {"people": 200, "days": 31, "pairs": 8, "quick": True}
REPAIRS = {"evidence": -4.0, "consent": -3.0, "human_review": -2.0, "no_spillover": -1.0}  # of 10 wrongly sanctioned; others repair none
SPEC = {spec.name: spec for spec in SPECS}


def request_of(policy="popular_image", **changes):
    return assess.request_of(policy, **{**SIZE, "safeguards": True, "pairs": 16, **changes})


class Towns:
    """Towns in which every bundle does what is written down: the sum of its parts, and what goes beyond it."""

    def __init__(self, request, beyond=None, luck=None, aim=None, repairs=None):
        self.request, self.asked = request, []
        self.beyond, self.luck, self.aim, self.repairs = beyond or {}, luck or {}, aim or {}, repairs or REPAIRS
        names = made.alone(request.policy, request.deeds, request.law)
        self.summaries = [self.summary(number, [(name,) for name in names]) for number in range(request.pairs)]

    def effect(self, bundle, number):
        """What a bundle changes in the wrongly sanctioned of one pair."""
        extra = sum(more for parts, more in self.beyond.items() if set(parts) <= set(bundle))
        return sum(self.repairs.get(part, 0.0) for part in bundle) + extra + self.luck.get((bundle, number), 0.0)

    def arms(self, number, found):
        levels = {bundles.variant(bundle): LEVEL + self.effect(bundle, number) for bundle in found}
        aims = {bundles.variant(bundle): LEVEL + sum(self.aim.get(part, 0.0) for part in bundle) for bundle in found}
        return {name: self.arm(levels[name], aims[name]) for name in levels}

    def arm(self, wrongly, aim=LEVEL):
        other = dict.fromkeys((spec.name for spec in safeguards.specs(self.request)), LEVEL)
        levels = {**other, self.request.policy.context.aim_outcome: aim, "wrongly_sanctioned": wrongly}
        return {name: ([value * ADULTS * SPEC[name].scale] * 3, [ADULTS * SPEC[name].scale] * 3) for name, value in levels.items()}

    def summary(self, number, found):
        placebo = {arm: self.arm(LEVEL) for arm in ("policy", "twin", "placebo")}
        return {"pair": number, "adults": [ADULTS] * 3, "outcomes": {**placebo, **self.arms(number, found)}}

    def live(self, found, numbers):
        self.asked.append((list(found), list(numbers)))
        return [{"outcomes": self.arms(number, found), "bundles": {}} for number in numbers]

    def search(self):
        return bundles.search(self.request, self.summaries, self.live)


def row(found, bundle, name="wrongly_sanctioned"):
    return bundles.row(found, bundle, SPEC[name])


# ---- two halves -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pairs", [8, 9, 10, 40, 41])
def test_halves_share_no_couple_and_leave_no_pair_out(pairs):
    choosing, telling = bundles.halves(pairs)
    assert sorted(choosing + telling) == list(range(pairs))
    assert not {pair // 2 for pair in choosing} & {pair // 2 for pair in telling}
    assert len(telling) >= len(choosing) >= 4 and len(telling) - len(choosing) <= 2


def test_choosing_sees_one_half_and_telling_the_other():
    towns = Towns(request_of())
    towns.search()
    choosing, telling = bundles.halves(16)
    assert [numbers for _, numbers in towns.asked] == [choosing, choosing, telling]


def test_what_happens_in_the_half_that_tells_chooses_nothing():
    choosing, telling = bundles.halves(16)
    every = [bundle for size in (1, 2, 3) for bundle in combinations(levers.NAMES, size)]
    plain = Towns(request_of()).search()
    other = Towns(
        request_of(), luck={(bundle, number): -5.0 if len(bundle) > 1 else 3.0 for bundle in every for number in telling}
    ).search()
    assert (other.shown, other.known) == (plain.shown, plain.known)
    assert row(other, plain.shown[0])["value"] == row(plain, plain.shown[0])["value"] - 5.0


def test_the_luckiest_is_told_without_its_luck():
    """The winner's curse: a bundle that does nothing, but seemed to repair five where it was chosen."""
    choosing, _ = bundles.halves(16)
    lucky = ("human_review", "no_spillover")
    found = Towns(request_of(), luck={(lucky, number): -5.0 for number in choosing}).search()
    assert found.shown[0] == lucky
    told = row(found, lucky)
    assert (told["seemed"], told["value"], told["beyond"]) == (-8.0, -3.0, 0.0)


# ---- what is chosen ---------------------------------------------------------------------------------------------------


def test_the_beam_by_hand():
    """Effects add up: the six first singles are paired, the four best pairs meet a third, and the best four of each are told."""
    towns = Towns(request_of())
    found = towns.search()
    (two, _), (three, _), (shown, _) = towns.asked
    leaders = ["evidence", "consent", "human_review", "no_spillover"]
    assert len(two) == comb(6, 2) and {made.ordered(pair) for pair in combinations(leaders, 2)} <= set(two)
    best = [("evidence", "consent"), ("human_review", "evidence"), ("human_review", "consent"), ("evidence", "no_spillover")]
    assert bundles.repairing(found.known, 2)[:4] == best  # 7, 6, 5 and 5 repaired; of equals, the first named
    assert all(any(set(pair) < set(bundle) for pair in best) for bundle in three)
    assert list(found.shown) == shown == best + [
        ("human_review", "evidence", "consent"), ("evidence", "no_spillover", "consent"),
        ("human_review", "evidence", "no_spillover"), ("human_review", "no_spillover", "consent"),
    ]  # fmt: skip
    assert found.possible == {2: comb(17, 2), 3: comb(17, 3)}


def test_what_repairs_no_more_than_a_part_of_it_is_not_told():
    """One safeguard repairs all there is: nothing can be added to it, and bundles without it are told."""
    request = request_of()
    beyond = {("evidence", other): 4.0 - REPAIRS[other] - 4.0 for other in ("consent", "human_review", "no_spillover")}
    found = Towns(request, beyond).search()
    assert all("evidence" not in bundle for bundle in found.shown if len(bundle) == 2)
    assert ("human_review", "consent") in found.shown
    none = Towns(request, repairs={"evidence": -4.0}).search()
    assert none.shown == () and bundles.tables(request, none)["bundles"] == []


def test_of_equals_in_people_the_fewest_wrong_days_win():
    known = {("a",): (0.0, 0.0), ("a", "b"): (-1.0, -2.0), ("a", "c"): (-1.0, -3.0), ("b", "c"): (1.0, -9.0)}
    assert bundles.repairing(known, 2) == [("a", "c"), ("a", "b")]


def test_the_stated_aim_decides_nothing():
    """Whatever a bundle does to what the policy is for, an error alone is made small."""
    assert set(bundles.ERRORS) == {"wrongly_sanctioned", "wrong_days"}
    plain = Towns(request_of()).search()
    for change in (-9.0, 9.0):
        found = Towns(request_of(), aim={"evidence": change, "sunset": change}).search()
        assert (found.shown, found.known) == (plain.shown, plain.known)
        assert row(found, ("evidence", "consent"), "harm")["value"] == change


# ---- more or less than the sum of the parts ---------------------------------------------------------------------------


@pytest.mark.parametrize(("extra", "told"), [(2.0, "more"), (-1.0, "less"), (0.0, "cannot tell")])
def test_beyond_the_sum_of_its_parts(extra, told):
    found = Towns(request_of(), {("evidence", "consent"): extra}).search()
    pair = row(found, ("evidence", "consent"))
    assert (pair["value"], pair["seemed"], pair["policy"]) == (-7.0 + extra, -7.0 + extra, LEVEL)
    assert pair["beyond"] == pair["beyond_low"] == pair["beyond_high"] == extra and pair["beyond_verdict"] == told
    three = row(found, ("human_review", "evidence", "consent"))
    assert (three["value"], three["beyond"], three["parts"]) == (-9.0 + extra, extra, 3)


def test_each_difference_that_goes_in_may_be_off_by_the_floor():
    towns = Towns(request_of(), {("evidence", "consent"): 2.0})
    for summary in towns.summaries:
        summary["outcomes"]["placebo"] = towns.arm(LEVEL + 0.75)
    found = towns.search()
    pair, three = row(found, ("evidence", "consent")), row(found, ("human_review", "evidence", "consent"))
    assert (pair["floor"], pair["beyond_floor"], three["beyond_floor"]) == (0.75, 3 * 0.75, 4 * 0.75)
    assert (pair["verdict"], pair["beyond_verdict"]) == ("less", "cannot tell")


def test_a_part_that_means_nothing_alone_counts_nothing():
    """Without notice there is no appeal: the two are tried together, and all they repair is beyond the sum."""
    bare = request_of("popular_image")
    bare = replace(bare, policy=levers.variants(bare.policy)["none"])
    towns = Towns(bare, {("notice", "appeal"): -8.0})
    found = towns.search()
    assert ("notice", "appeal") in towns.asked[0][0] and found.known[("appeal",)] == (0.0, 0.0)
    assert row(found, ("notice", "appeal"))["beyond"] == -8.0
    assert any(set(bundle) > {"notice", "appeal"} for bundle in towns.asked[1][0])
    assert ("notice", "reasons", "appeal") in towns.asked[1][0]


def test_what_means_nothing_alone_changes_nothing():
    """An appeal of which nobody is told, and what rests on it: the same town to the last byte."""
    request = request_of("popular_image", days=60)
    bare = replace(request, policy=levers.variants(request.policy)["none"])
    case, own = bare.case(1), {"itself": bare.policy}
    for name in ("reasons", "appeal", "correct_everywhere", "independent_appeal"):
        own[name] = levers.given(bare.policy, name)
        assert own[name] != bare.policy and name not in made.alone(bare.policy, bare.deeds, bare.law)
    rules = {name: build(policy, bare.deeds, bare.law, bare.people, bare.values(1)) for name, policy in own.items()}
    worlds = {name: world.digest for name, world in safeguards.forks(case, rules)}
    assert len(set(worlds.values())) == 1, worlds


# ---- what is lived, and said beforehand -------------------------------------------------------------------------------


def test_too_few_pairs_or_safeguards_are_not_searched():
    assert bundles.steps(request_of(pairs=7)) == bundles.steps(request_of(safeguards=False)) == bundles.steps(request_of("none")) == []
    assert bundles.is_searched(request_of(pairs=8)) and bundles.pairs_asked(request_of(pairs=7)) == 7


def test_the_announcement_counts_the_search():
    request = request_of(pairs=16)
    assert bundles.steps(request) == [(15, 8), (16, 8), (8, 8)]
    few = replace(request, pairs=7)
    without = citizen_days(few) // 7 * 16
    assert citizen_days(request) - without == 200 * 8 * (3 * request.burn_in + (16 + 17 + 9) * 31)
    assert bundles.pairs_asked(request) == 16 + 3 * 8
    assert estimate.estimate(request, 1, 1).disk > estimate.estimate(few, 1, 1).disk


def test_no_step_lives_more_than_was_announced():
    for policy in ("popular_image", "rongcheng_2014", "spc_defaulter_list"):
        towns = Towns(request_of(policy))
        towns.search()
        asked = [(len(found), len(numbers)) for found, numbers in towns.asked]
        assert all(lived <= said for (lived, _), (said, _) in zip(asked, bundles.steps(towns.request), strict=False))


def test_a_bundle_of_one_is_the_variant_of_that_name():
    """The search forks from the same burn-in with the same luck, and its twin is the pair's."""
    request = request_of("spc_defaulter_list", days=60, pairs=8)
    twin = run.run_arms(request.case(3), ("twin",))["twin"]
    outcomes, digests = safeguards.live(request, 3, twin)
    found = bundles.live(request, 3, [("evidence",), ("evidence", "consent")])
    assert found["bundles"]["+evidence"] == digests["+evidence"] != found["bundles"]["+evidence+consent"]
    assert found["outcomes"]["+evidence"] == outcomes["+evidence"]


# ---- from end to end --------------------------------------------------------------------------------------------------


def assessed(out, **changes):
    return glasstown.assess("rongcheng_2014", out=out, safeguards=True, **{**SIZE, "people": 400, "workers": 1, **changes})


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return assessed(tmp_path_factory.mktemp("runs"))


def test_the_run_folder_holds_the_search(found):
    report = json.loads((found.folder / "report.json").read_text())["report"]["tables"]
    manifest = json.loads((found.folder / "manifest.json").read_text())
    shown = {row["variant"] for row in report["bundles_looked_at"] if row["shown"]}
    assert {row["variant"] for row in report["bundles"]} == set(manifest["bundles"]) == shown
    two, three = report["bundles_searched"]
    assert (two["parts"], three["parts"]) == (2, 3) and two["possible"] >= two["lived"] >= two["repairing"] >= two["shown"]
    assert sum(row["parts"] == 2 for row in report["bundles_looked_at"]) == two["lived"] > 0
    assert "What safeguards repair together" in (found.folder / "report.html").read_text()
    assert [path.name for path in found.folder.parent.iterdir()] == [found.folder.name]  # nothing is left over


def test_interrupted_in_the_search_and_resumed_by_two_gives_the_same_bytes(found, tmp_path):
    def stop(done, asked):
        if done >= 10:  # eight pairs, and two of the search
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assessed(tmp_path, progress=stop)
    told = []
    again = assessed(tmp_path, workers=2, progress=lambda done, asked: told.append((done, asked)))
    asked = bundles.pairs_asked(assess.request_of("rongcheng_2014", **{**SIZE, "people": 400}, safeguards=True))
    assert told[-1] == (asked, asked) and min(done for done, _ in told) >= 8
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    for name in ("report.json", "report.html"):
        assert (again.folder / name).read_bytes() == (found.folder / name).read_bytes()
