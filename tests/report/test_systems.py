"""The pages of shipped policies: complete, readable, and silent where nothing is known."""

import pytest

from glasstown.policy import load
from glasstown.report import backcast, systems

DOCUMENT = {
    "lines": [
        {"policy": "compas", "name": "a", "what": "People flagged", "role": "held out", "grade": "documented", "source": "F57", "unit": "%",
         "measured": 23.5, "quantity": "false_positives_majority", "counts": "", "model_unit": "% of those who did not", "model": 20.0,
         "low": 18.0, "high": 22.0, "towns": 40, "verdict": "above", "apart": "because"},
        {"policy": "compas", "name": "b", "what": "Right", "role": "fitted", "grade": "documented", "source": "F57", "unit": "%",
         "measured": 65.0, "quantity": "classed_rightly", "counts": "", "model_unit": "%", "model": 65.0, "low": 60.0, "high": 70.0,
         "towns": 40, "verdict": "inside", "apart": ""},
    ],
    "uncounted": [], "policies": [], "smoke_run": False, "request": {"people": 5000, "pairs": 40, "days": 1095},
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in load.presets() if name != "none"])
def test_a_page_says_what_a_reader_looks_for(name: str) -> None:
    page = systems.page(load.load(name))
    for heading in ("The rules in plain words", "Every number, and where it comes from", "What the law says", "In the tunnel"):
        assert f"## {heading}\n" in page, heading
    assert "This is information and not legal advice" in page and "\n\n\n" not in page.replace("|\n\n\n", "")
    if load.load(name).fidelity != "image":
        assert "**What is known.**" in page and "**What is not known.**" in page and "**What is disputed.**" in page
        assert "## What was measured of the real system\n" in page and "## Sources\n" in page


def test_only_what_was_held_out_stands_beside_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backcast, "kept", lambda: DOCUMENT)
    page = systems.page(load.load("compas"))
    held = page[page.index("Held out: nothing in the model") : page.index("Input or fitted")]
    assert (
        "| People flagged | 23.5 % | 20.0 (18.0 to 22.0) % of those who" in held
        and "above it: 1.18 times the model's | because | `F57` (documented) |" in held
    )
    assert "Right" not in held


def test_years_are_told_as_one_says_them() -> None:
    told = {name: systems.years(load.load(name)) for name in ("compas", "alevel_2020", "none")}
    assert told == {"compas": "2013 to 2014", "alevel_2020": "2020", "none": ""}
