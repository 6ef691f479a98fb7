"""Models written with the toolkit and by hand give the same results, and a ratio compares two runs of one turn."""

import pytest

from bench.own_models import compare


def test_turns_compare_seconds_and_keep_results():
    row = compare.turns(lambda seed: 1.0 + seed, lambda seed: 2.0 + seed, rounds=2)
    assert (row["toolkit"], row["by_hand"]) == (2.5, 3.5) and row["ratio_from"] <= row["ratio"] <= row["ratio_to"]


@pytest.mark.nightly
@pytest.mark.parametrize("name", compare.CONTENDERS)
def test_a_model_by_hand_is_the_same_model(name):
    ours, peer, near = compare.CONTENDERS[name]()
    means = [sum(contender(seed) for seed in range(1, 5)) / 4 for contender in (ours, peer)]
    assert abs(means[0] - means[1]) <= near
