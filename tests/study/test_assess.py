"""A small study from end to end: the same bytes however it is run, equal towns differ in nothing, what does not fit is refused."""

import json
import re

import pytest

import glasstown
from glasstown.policy import load
from glasstown.study import assess, ensemble, estimate, store
from glasstown.study.case import citizen_days

SIZE = {"people": 600, "days": 40, "pairs": 4, "quick": True}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def found(folder):
    return glasstown.assess("spc_defaulter_list", workers=1, out=folder, **SIZE)


def test_a_run_folder_is_complete_and_nothing_is_left_over(found, folder):
    assert {path.name for path in found.folder.iterdir()} == {
        "manifest.json", "report.json", "report.html", "daily.parquet", "citizens.parquet",
    }  # fmt: skip
    assert [path.name for path in folder.iterdir()] == [found.folder.name]
    manifest = json.loads((found.folder / "manifest.json").read_text())
    sums = store.checksums(found.folder)
    assert manifest["files"] == {name: sums[name] for name in manifest["files"]} and len(manifest["files"]) == 4
    assert manifest["digest"] == found.digest
    assert {"request", "policy", "society", "deeds", "law", "uncertainties", "versions", "command"} <= set(manifest)


def test_tables_are_tidy(found):
    import polars

    daily = polars.read_parquet(found.folder / "daily.parquet")
    assert daily.height == SIZE["pairs"] * 2 * SIZE["days"] * 2
    assert set(daily["arm"].unique()) == {"policy", "twin"}
    citizens = polars.read_parquet(found.folder / "citizens.parquet")
    assert citizens.height == SIZE["people"]
    assert {"policy_income", "twin_income", "person_group"} <= set(citizens.columns)
    frame = found.frame()
    assert {"name", "group", "value", "low", "high", "luck_low", "luck_high", "twin", "floor", "verdict"} <= set(frame.columns)


def test_the_same_request_finds_its_results(found, folder, monkeypatch):
    monkeypatch.setattr(ensemble, "ensemble", lambda *arguments: pytest.fail("lived again"))
    said = []
    again = glasstown.assess("spc_defaulter_list", workers=1, out=folder, say=said.append, **SIZE)
    assert again.outcomes == found.outcomes
    assert again.tables == json.loads(json.dumps(found.tables))
    assert again.digest == found.digest
    assert "asked before" in said[0]


@pytest.mark.parametrize(("workers", "threads"), [(2, 1), (1, 2)])
def test_workers_and_threads_change_no_byte(found, tmp_path, workers, threads):
    other = glasstown.assess("spc_defaulter_list", workers=workers, threads=threads, out=tmp_path, **SIZE)
    assert other.digest == found.digest
    assert (other.folder / "report.json").read_bytes() == (found.folder / "report.json").read_bytes()
    assert (other.folder / "daily.parquet").read_bytes() == (found.folder / "daily.parquet").read_bytes()


def test_interrupted_and_resumed_gives_the_same_bytes(found, tmp_path):
    def stop(done, asked):
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        glasstown.assess("spc_defaulter_list", workers=1, out=tmp_path, progress=stop, **SIZE)
    assert [path.name.startswith(".unfinished") for path in tmp_path.iterdir()] == [True]
    first = []
    again = glasstown.assess("spc_defaulter_list", workers=1, out=tmp_path, progress=lambda done, asked: first.append(done), **SIZE)
    assert first[0] == 2
    assert again.digest == found.digest
    assert (again.folder / "report.json").read_bytes() == (found.folder / "report.json").read_bytes()


def test_no_policy_makes_no_difference():
    found = glasstown.assess("none", workers=1, out=None, **SIZE)
    assert found.folder is None
    for outcome in found.outcomes:
        assert outcome.value in (0.0, None), outcome
        assert outcome.verdict == "cannot tell"


def test_another_seed_is_another_town(found, tmp_path):
    other = glasstown.assess("spc_defaulter_list", workers=1, out=tmp_path, seed=2, **SIZE)
    assert other.digest != found.digest


def test_run_is_one_pair_without_intervals(tmp_path):
    found = glasstown.run("spc_defaulter_list", people=600, days=40, quick=True, out=tmp_path)
    assert {outcome.verdict for outcome in found.outcomes} == {"cannot tell"}
    assert all(outcome.low is None for outcome in found.outcomes)


def test_evaluate_is_a_plain_function_of_a_case():
    case = {"policy": "spc_defaulter_list", "people": 600, "days": 40}
    first = glasstown.evaluate(case)
    assert str(first) == str(glasstown.evaluate(dict(case)))  # what has no level is not a number, which equals nothing
    assert first["income"] != glasstown.evaluate({**case, "replicate": 1})["income"]
    assert glasstown.evaluate({**case, "policy": "none"})["income"] == 0
    with pytest.raises(ValueError, match="no such uncertainty: pey"):
        glasstown.evaluate({**case, "pey": 1})


@pytest.mark.parametrize("wrong", [{"people": 3}, {"days": 0}, {"pairs": 0}, {"seed": -1}, {"people": 10**12}])
def test_sizes_out_of_range_are_named(wrong):
    with pytest.raises(ValueError, match=f"--{next(iter(wrong))} must be between"):
        assess.request_of("none", **wrong)


def test_what_does_not_fit_is_refused_before_anything_is_made(monkeypatch, tmp_path):
    monkeypatch.setattr(estimate, "available_memory", lambda: 2 * 10**9)
    monkeypatch.setattr(ensemble, "ensemble", lambda *arguments: pytest.fail("began"))
    with pytest.raises(estimate.TooLarge, match=r"10,000,000 people .* need about .* GB of memory; 2.0 GB are free"):
        glasstown.assess("spc_defaulter_list", people=10_000_000, out=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_announcement_grows_with_what_is_asked():
    small, large = (estimate.estimate(assess.request_of("rongcheng_2014", people=n), 2, 1) for n in (1000, 100_000))
    assert small.citizen_days * 100 == large.citizen_days == citizen_days(assess.request_of("rongcheng_2014", people=100_000))
    assert small.memory < large.memory and small.seconds < large.seconds and small.disk < large.disk
    assert small.smallest > large.smallest


def test_plot_is_a_chart(found):
    import altair

    assert isinstance(found.plot("wrongly_sanctioned"), altair.TopLevelMixin)


def test_public_names():
    for name in glasstown.__all__:
        assert getattr(glasstown, name)
    with pytest.raises(AttributeError):
        _ = glasstown.nothing_of_the_kind


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"context": {"aim_outcome": "harms"}}, "no outcome is called so: did you mean `harm`?"),
        ({"context": {"aim_outcome": "xyzzy"}}, "docs/outcomes.md names them all"),
        ({"rollout": {"pilot_districts": 20}}, "this society has 8 districts"),
    ],
)
def test_a_policy_that_fits_no_outcome_or_society_is_refused(change, said):
    policy = load.load("popular_image")
    for table, values in change.items():
        policy = policy.model_copy(update={table: getattr(policy, table).model_copy(update=values)})
    with pytest.raises(ValueError, match=re.escape(said)):
        assess.request_of(policy)
