"""Every policy that ships is assessed in a small town without a warning, and whatever it can do happens to somebody."""

import json
import warnings

import pytest

from glasstown.policy import load
from glasstown.study import assess, backcast, quantities

SHIPPED = [name for name in load.presets() if name != "none"]


@pytest.mark.parametrize("name", SHIPPED)
def test_it_is_assessed_without_a_warning(name, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        said: list[str] = []
        found = assess.assess(name, people=120, days=50, pairs=2, workers=1, quick=True, out=tmp_path, say=said.append)
    assert found.folder is not None and (found.folder / "report.html").stat().st_size > 50_000
    assert not any("warning" in line.lower() for line in said)
    shown = json.loads((found.folder / "report.json").read_text())
    assert shown["policy"] == name and shown["outcomes"]["sanctioned"]["unit"] == "per 1,000 adults"


@pytest.mark.parametrize("name", SHIPPED)
def test_it_says_where_it_comes_from(name):
    """A place, years, and what is known, unknown and disputed; of the image, that it is none."""
    policy = load.load(name)
    told = load.described(policy)
    assert told["id"] == name and told["mechanics"]
    if policy.fidelity == "image":
        assert "not a documented system" in policy.summary
        return
    context = policy.context
    assert all((context.place, context.years, context.background, context.known, context.unknown, context.disputed)), name
    assert told["sources"], f"{name} cites nothing"
    assert policy.measured, f"nothing measured of {name}"
    assert policy.law is not None and policy.law.operator is not None


def test_four_systems_have_a_number_that_nothing_was_set_to_meet():
    """Held out and counted in the model; that nothing of it is input or fitted as well, asking for a backcast sees to."""
    asked = backcast.request_of(quick=True)
    held = {policy.name for policy in asked.policies for row in policy.measured if row.role == "held out" and row.quantity}
    assert len(held) >= 4, held
    for policy in asked.policies:
        assert all(row.quantity in quantities.QUANTITIES for row in policy.measured if row.quantity)
