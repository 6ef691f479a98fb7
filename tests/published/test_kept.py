"""The page on published models tells a measurement that is kept: it is about the models as they stand, and comes out again."""

import pytest

from glasstown import published
from glasstown.published.comparing import TIERS
from glasstown.report import coverage
from glasstown.report import published as said
from glasstown.study import reproduce

REMAKE = "run: glasstown published --tier long --json > src/glasstown/report/published.json; python -m glasstown.report.documents"
PARTS = [(model.name, part) for model in map(published.load, published.NAMES) for part in model.parts]
KEPT = {(model["name"], part["name"]): part for model in said.kept()["models"] for part in model["parts"]}


def of(tier):
    """The parts of a tier, each with its model's name as the name of the case."""
    return [pytest.param(name, part, id=f"{name}-{part.name}") for name, part in PARTS if part.tier == tier]


def test_the_kept_measurement_is_about_these_models():
    assert [(name, part.name, part.tier) for name, part in PARTS] == [(*key, part["tier"]) for key, part in KEPT.items()], REMAKE
    for model in said.kept()["models"]:
        now = reproduce.described(published.load(model["name"]), model["parts"])
        assert {key: model[key] for key in now} == now, REMAKE
    assert reproduce.counted(said.kept()["models"]).items() <= said.kept().items()


def comes_out_again(name, part):
    """Measured anew, a part gives the numbers that are kept: the same luck, so the same but for the last digits of a library."""
    found, kept = reproduce.measure(part), KEPT[name, part.name]
    assert [row["what"] for row in found["quantities"]] == [row["what"] for row in kept["quantities"]], REMAKE
    for now, before in zip(found["quantities"], kept["quantities"], strict=True):
        for key in ("target", "ours", "error", "tolerance"):
            assert now[key] == pytest.approx(before[key], rel=1e-6, abs=1e-9), f"{now['what']}: {REMAKE}"
        assert now["verdict"] == before["verdict"], f"{now['what']}: {REMAKE}"


@pytest.mark.parametrize(("name", "part"), of("smoke"))
def test_the_smoke_tier_comes_out_again(name, part):
    comes_out_again(name, part)


@pytest.mark.nightly
@pytest.mark.parametrize(("name", "part"), [*of("standard"), *of("long")])
def test_the_longer_tiers_come_out_again(name, part):
    comes_out_again(name, part)


def test_nothing_is_missed_without_a_word():
    """Every number is reproduced, or the page says why it is not."""
    for (name, part), row in KEPT.items():
        for quantity in row["quantities"]:
            assert quantity["verdict"] == "reproduced" or quantity["because"], f"{name}, {part}: {quantity['what']}"


def test_every_model_is_told_and_drawn():
    page = said.sections()
    for model in said.kept()["models"]:
        assert f"## {model['title']}\n" in page and model["leaves"] in page
    assert set(said.drawn()) <= set(published.NAMES)
    assert all(svg.startswith("<svg") for svg in said.pictures().values())
    assert set(coverage.reproduced()) <= set(coverage.rules())
    assert {part.tier for _, part in PARTS} <= set(TIERS)


@pytest.mark.parametrize("name", published.NAMES)
def test_a_model_is_short_and_says_what_it_takes_from_the_day(name):
    model = published.load(name)
    assert model.title and model.says and model.leaves and model.papers and model.parts
    assert all(rule in coverage.rules() for rule in model.exercises)
    assert len((coverage.PACKAGE / "published" / f"{name}.py").read_text(encoding="utf-8").splitlines()) < 400
