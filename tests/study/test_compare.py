"""Policies in the same towns: a column is what assess finds, a policy differs from itself in nothing, the order decides nothing else."""

import json

import pytest

import glasstown
from glasstown.policy import load
from glasstown.report import compare as page
from glasstown.study import assess, compare, ensemble, findings, gap
from glasstown.study.outcomes import SPECS

SIZE = {"people": 300, "days": 40, "pairs": 4, "quick": True}
POLICIES = ["spc_defaulter_list", "popular_image"]


def conduct(policies, out, **options):
    return compare.conduct(compare.request_of(policies, **SIZE), 1, 1, out, **options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def found(folder):
    return conduct(POLICIES, folder)


def test_a_column_is_what_assess_finds(found, tmp_path):
    """Whatever room the other policies need, and whichever stands first."""
    one, other = found.columns
    alone = glasstown.assess(POLICIES[0], workers=1, out=None, **SIZE)
    assert one.outcomes == alone.outcomes and one.policy == alone.policy
    assert json.dumps(one.document()["outcomes"]) == json.dumps(alone.document()["outcomes"])
    request = assess.request_of(POLICIES[1], **SIZE)  # the same without its report
    pairs = ensemble.ensemble(request, tmp_path, 1, 1, lambda done, asked: None)
    assert other.outcomes == findings.outcomes(pairs, findings.along(request)) and other.request == request.describe()
    assert any(row.value for row in one.outcomes) and one.outcomes != other.outcomes


def test_a_policy_differs_from_itself_in_exactly_nothing(tmp_path):
    same = conduct(["popular_image", "popular_image"], tmp_path)
    assert same.labels == ["popular_image", "popular_image (2)"]
    assert same.columns[0].outcomes == same.columns[1].outcomes and same.columns[0].digest == same.columns[1].digest
    for row in same.between:
        assert row["value"] in (0.0, None) and row["low"] in (0.0, None) and row["verdict"] == "cannot tell", row
    assert sum(row["value"] == 0.0 for row in same.between) > 60
    assert "do not differ in any outcome" in (same.folder / "report.html").read_text()


def test_the_order_of_policies_changes_nothing_but_the_order(found, tmp_path, monkeypatch):
    monkeypatch.setattr(page, "write", lambda found, path: path.write_text("", encoding="utf-8"))
    turned = conduct(POLICIES[::-1], tmp_path)
    assert turned.labels == found.labels[::-1]
    assert [column.outcomes for column in turned.columns] == [column.outcomes for column in found.columns[::-1]]
    assert [column.digest for column in turned.columns] == [column.digest for column in found.columns[::-1]]
    for one, other in zip(found.between, turned.between, strict=True):
        assert (one["policy"], one["minus"]) == (other["minus"], other["policy"])
        for end, opposite in (("value", "value"), ("low", "high"), ("luck_low", "luck_high")):
            assert one[end] == (None if other[opposite] is None else pytest.approx(-other[opposite], abs=1e-9)), one
        assert {one["verdict"], other["verdict"]} in ({"more", "less"}, {"cannot tell"})


def test_differences_between_policies_are_taken_pair_by_pair(found):
    import polars

    pairs = polars.read_parquet(found.folder / "pairs.parquet").filter(polars.col("group") == "all")
    changes = pairs.with_columns(change=polars.col("policy") - polars.col("twin").fill_nan(0.0))
    levels = {key: rows["change"].to_list() for key, rows in changes.group_by("label", "outcome", maintain_order=True)}
    told = 0
    for row in found.between:
        own = [levels[row[which], row["outcome"]] for which in ("policy", "minus")]
        if row["counted"] is None and row["value"] is not None:
            apart = [one - other for one, other in zip(*own, strict=True)]
            assert row["value"] == pytest.approx(sum(apart) / len(apart), abs=1e-9)
            told += row["value"] != 0
    assert told > 20


def test_the_folder_is_complete_and_found_again(found, folder, monkeypatch):
    names = {path.name for path in found.folder.iterdir()}
    assert names == {"manifest.json", "report.json", "report.html", "outcomes.parquet", "between.parquet", "pairs.parquet"}
    assert [path.name for path in folder.iterdir()] == [found.folder.name]
    manifest = json.loads((found.folder / "manifest.json").read_text())
    assert set(manifest["files"]) == names - {"manifest.json"} and manifest["digest"] == found.digest
    assert list(manifest["policies"]) == POLICIES and manifest["request"]["pairs"] == SIZE["pairs"]
    monkeypatch.setattr(ensemble, "ensembles", lambda *arguments: pytest.fail("lived again"))
    said = []
    again = conduct(POLICIES, folder, say=said.append)
    assert "asked before" in said[0]
    assert json.dumps(again.document()) == json.dumps(found.document())
    assert [column.outcomes for column in again.columns] == [column.outcomes for column in found.columns]


def test_interrupted_and_resumed_gives_the_same_bytes(found, tmp_path):
    def stop(done, asked):
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        conduct(POLICIES, tmp_path, progress=stop)
    assert [path.name.startswith(".unfinished-compare-") for path in tmp_path.iterdir()] == [True]
    first = []
    again = conduct(POLICIES, tmp_path, progress=lambda done, asked: first.append(done))
    assert first[0] == 2
    for name in ("report.json", "pairs.parquet", "report.html"):
        assert (again.folder / name).read_bytes() == (found.folder / name).read_bytes(), name


def test_what_is_asked_has_a_name_of_its_own():
    asked = compare.request_of(POLICIES, **SIZE)
    others = (POLICIES[::-1], [*POLICIES, "none"], ["none", POLICIES[1]])
    names = {asked.identity(), *(compare.request_of(policies, **SIZE).identity() for policies in others)}
    names.add(compare.request_of(POLICIES, **{**SIZE, "seed": 2}).identity())
    assert len(names) == 5
    assert compare.command(asked).startswith("glasstown compare spc_defaulter_list popular_image --society town --people 300")
    with pytest.raises(ValueError, match="two policies"):
        compare.request_of(["none"], **SIZE)


def test_many_policies_are_compared_with_the_first_only():
    assert compare.couples(3) == [(0, 1), (0, 2), (1, 2)]
    assert compare.couples(7) == [(0, place) for place in range(1, 7)]


# ---- the gap ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured(folder):
    """The gap between the image and two documented systems; others that ship are left out here."""
    kept = {name: load.presets()[name] for name in ("none", "popular_image", "rongcheng_2014", "spc_defaulter_list")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "presets", lambda: kept)
        asked = gap.request_of(**SIZE)
        return asked, gap.conduct(asked, 1, 1, folder / "gap")


def test_the_image_comes_first_and_is_in_force(measured):
    asked, document = measured
    assert [row["fidelity"] for row in document["policies"]] == ["image", "documented", "documented"]
    assert all(policy.rollout is None for policy in asked.policies)
    assert load.load("popular_image").rollout is not None
    assert all(sum(row["numbers"].values()) > 20 for row in document["policies"])


def test_the_gap_is_measured_from_the_nearest_and_from_the_median(measured):
    asked, document = measured
    first, *systems = asked.labels
    assert document["command"].startswith("glasstown gap --society town") and document["smoke_run"]
    shown = {row["outcome"]: row for row in document["rows"]}
    assert len(shown) > 60 and set(shown) <= {spec.name for spec in SPECS}
    for row in document["rows"]:
        value = {label: row["policies"][label]["value"] for label in asked.labels}
        if row["nearest"] is not None and row["nearest"]["counted"] is None and row["nearest"]["value"] is not None:
            known = {label: abs(value[first] - value[label]) for label in systems if value[label] is not None}
            assert known[row["nearest"]["policy"]] == min(known.values())
            assert row["nearest"]["value"] == pytest.approx(value[first] - value[row["nearest"]["policy"]], abs=1e-9)
        if None not in value.values() and row["median"]["counted"] is None and row["twin"] is not None:
            middle = sum(value[label] for label in systems) / 2  # of two, the median is the mean
            assert row["median"]["level"] == pytest.approx(middle, abs=1e-9), row["outcome"]
        assert sum(row["record"].values()) == len(systems)


def test_the_gap_needs_an_image_and_a_documented_system(monkeypatch):
    kept = {name: load.presets()[name] for name in ("none", "rongcheng_2014")}
    monkeypatch.setattr(load, "presets", lambda: kept)
    with pytest.raises(ValueError, match="fidelity image"):
        gap.request_of(**SIZE)


def test_the_gap_is_a_comparison_of_policies_in_force(measured, tmp_path):
    """The towns of the gap are those of a comparison; only growth, and marches that end a policy, are taken out."""
    asked, document = measured
    whole = compare.found(asked, compare.lived(asked, tmp_path, 1, 1, lambda done, total: None))
    for label, column in zip(whole.labels, whole.columns, strict=True):
        own = {row.name: row for row in column.outcomes if row.group == "all"}
        for row in document["rows"]:
            assert row["policies"][label]["value"] == own[row["outcome"]].value
