"""Pairs are kept as they are finished: nothing is lost on Ctrl-C, nothing is lived twice, damage is lived again."""

from types import SimpleNamespace

import numpy as np
import pytest

from glasstown.study import assess, ensemble
from tests.study.fake import arm


@pytest.fixture
def request_():
    return assess.request_of("none", people=60, days=20, pairs=6, quick=True)


@pytest.fixture
def lived(monkeypatch):
    """Pairs that were lived, in order; a pair number in ``lived.stop`` ends in Ctrl-C."""
    seen = SimpleNamespace(numbers=[], stop=None)

    def live(request, number, threads=1, arms=(), progress=None):
        if number == seen.stop:
            raise KeyboardInterrupt
        seen.numbers.append(number)
        if progress is not None:
            for _ in range(request.burn_in + 4 * request.days):
                progress(request.people)
        return {"pair": number, "digest": f"{number:02d}"}, {"policy": arm(), "twin": arm()}

    monkeypatch.setattr(ensemble.pairs, "live", live)
    return seen


def conduct(request, folder, tell=lambda done, asked: None):
    return ensemble.ensemble(request, folder, 1, 1, tell)


def test_pairs_come_in_order(request_, lived, tmp_path):
    assert [found["pair"] for found in conduct(request_, tmp_path)] == list(range(6))
    assert lived.numbers == list(range(6))


def test_ctrl_c_keeps_what_is_done_and_the_next_goes_on(request_, lived, tmp_path):
    lived.stop = 4
    with pytest.raises(KeyboardInterrupt):
        conduct(request_, tmp_path)
    lived.stop, lived.numbers = None, []
    assert [found["digest"] for found in conduct(request_, tmp_path)] == [f"{number:02d}" for number in range(6)]
    assert lived.numbers == [4, 5]


def test_a_damaged_pair_is_lived_again(request_, lived, tmp_path):
    first = conduct(request_, tmp_path)
    lived.numbers = []
    path = tmp_path / "pair-00002.json"
    path.write_bytes(path.read_bytes()[:-5])
    (tmp_path / "daily-00005.npz").unlink()
    assert conduct(request_, tmp_path) == first
    assert lived.numbers == [2, 5]


def test_progress_grows_to_the_end(request_, lived, tmp_path):
    told = []
    conduct(request_, tmp_path, lambda done, asked: told.append((done, asked)))
    shares = [done for done, _ in told]
    assert shares[0] == 0 and shares[-1] == 6
    assert shares == sorted(shares)
    assert 0 < shares[1] < 0.1  # within a pair too
    assert {asked for _, asked in told} == {6}


def test_daily_measures_hold_no_pickles(request_, lived, tmp_path):
    conduct(request_, tmp_path)
    with np.load(tmp_path / "daily-00000.npz", allow_pickle=False) as kept:
        assert kept["policy"].dtype == np.int64
        assert "person_age" in kept.files and "twin_income" in kept.files
