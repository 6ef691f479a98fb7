"""The common day step in the engine's idiom reaches the published numbers, on any number of threads, compiled or not."""

import numpy as np
import pytest

from bench.common_step import compiled, step, workload
from bench.common_step.compare import disagreement

SMALL = [check for check in workload.CHECKS if check.people == 10**4]


@pytest.fixture(scope="module")
def ties():
    return workload.graph(10**4)


@pytest.mark.parametrize("check", SMALL, ids=lambda check: check.parameters)
@pytest.mark.parametrize("threads", [1, 2])
def test_published_numbers(check, threads, ties):
    society = compiled.Society(check.people, workload.PARAMETERS[check.parameters], ties, threads, compiled.kernels().sweep)
    recorded = {}
    for day in range(1, check.day + 1):
        recorded = society.live(day)
    assert disagreement(check, recorded, own_luck=False) == ""


def test_a_wrong_rule_is_noticed(ties):
    check = SMALL[0]
    wrong = workload.PARAMETERS["base"]._replace(offence=0.021)
    society = compiled.Society(check.people, wrong, ties, 1, compiled.kernels().sweep)
    for day in range(1, check.day):
        society.live(day)
    assert "score" in disagreement(check, society.live(check.day), own_luck=False)


def test_plain_rules_and_compiled_rules_agree():
    people, parameters = 300, workload.PARAMETERS["stress"]
    ties = workload.graph(people)
    fast = compiled.Society(people, parameters, ties, 1, compiled.kernels().sweep)
    plain = compiled.Society(people, parameters, ties, 1, compiled.kernels().sweep)
    with np.errstate(over="ignore"):
        for day in range(1, 4):
            assert fast.live(day) == reference_day(plain, day)
    assert fast.town.citizens.tobytes() == plain.town.citizens.tobytes()
    assert fast.town.voices.tobytes() == plain.town.voices.tobytes()


def reference_day(society, day):
    """One day by the uncompiled rules over integer views."""
    from glasstown.engine import reference

    town = society.town._replace(citizens=reference.plain(society.town.citizens), chances=society.town.chances.tolist())
    town = town._replace(shares=society.town.shares.tolist(), voices=[memoryview(row) for row in society.town.voices])
    luck, heard, run, meter = society.scratch[0]
    meter[:] = 0
    keys = [workload.key(society.parameters.seed, day, purpose) for purpose in (1, 2, 3)]
    views = reference.plain(luck), memoryview(heard), memoryview(run), memoryview(meter)
    step.sweep(day, 0, society.people, keys, *views[:3], town, views[3])
    return society.recorded([int(value) for value in meter[:6]])
