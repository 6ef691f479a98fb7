"""Base rates and confusion matrices, run on the day's own sensors: look, miss, false alarm (closed forms: Bayes; Chouldechova 2017)."""

from math import comb, sqrt

import numpy as np
import pytest

from glasstown import draws, tables
from glasstown.engine.compiler import compiled
from glasstown.world import CLOCK, row_type

KEY = draws.key_of(20, 1)
SCREENS = 2_000_000


def threshold(share: float) -> int:
    return int(share * 2**32)


@pytest.fixture(scope="module")
def screen():
    """Counts (true positives, false positives, guilty, innocent) of people screened on so many days by one sensor."""
    import numba

    kernels = compiled()
    look, draw = kernels.watching.look, kernels.draws.draw

    @numba.njit(_nrt=False)
    def sweep(clock, sensor, guilty_below, people, days, strikes, flagged):
        for i in range(people):
            guilty = draw(clock[0].key_0, clock[0].key_1, i, 0, draws.DEED, 0) < guilty_below
            hits = 0
            for day in range(1, days + 1):
                if guilty:
                    hits += look(clock[0], i, day, 3, 0, sensor[0], 0, 0, 4096) == 2
                else:
                    hits += draw(clock[0].key_0, clock[0].key_1, i, day, draws.FALSE_ALARM, 0) < sensor[0].false_alarm[0]
            flagged[1 if guilty else 0, 1 if hits >= strikes else 0] += 1

    def run(prevalence, sensitivity, specificity, people, days=1, strikes=1):
        clock, sensor = np.zeros(1, row_type(CLOCK)), np.zeros(1, tables.row_type(tables.SENSOR))
        clock["key_0"], clock["key_1"] = KEY
        sensor["coverage"] = 2**32
        sensor["missed"] = threshold(1 - sensitivity)
        sensor["false_alarm"] = threshold(1 - specificity)
        flagged = np.zeros((2, 2), np.int64)
        sweep(clock, sensor, threshold(prevalence), people, days, strikes, flagged)
        return flagged

    return run


def near(count: float, of: float, share: float) -> None:
    """A binomial count lies within four standard errors of its share."""
    error = 4 * sqrt(share * (1 - share) / of)
    assert abs(count / of - share) <= error, (count / of, share, error)


# exercises: watching.look, watching.coverage (exact)
@pytest.mark.parametrize(
    ("prevalence", "sensitivity", "specificity", "precision", "flagged_share"),
    [(0.01, 0.95, 0.95, 0.161017, 0.059), (0.001, 0.99, 0.99, 0.090164, 0.010980), (0.05, 0.8, 0.9, 0.296296, 0.135),
     (1e-4, 0.99, 0.999, 0.090090, 0.001099)],
)  # fmt: skip
def test_precision_follows_bayes(screen, prevalence, sensitivity, specificity, precision, flagged_share):
    table = screen(prevalence, sensitivity, specificity, SCREENS)
    near(table[:, 1].sum(), SCREENS, flagged_share)
    near(table[1, 1], table[:, 1].sum(), precision)
    near(table[1, 1], table[1].sum(), sensitivity)
    near(table[0, 0], table[0].sum(), specificity)


# exercises: watching.look (published)
def test_identities_hold_exactly_on_the_measured_table(screen):
    """FPR = p / (1 - p) * (1 - PPV) / PPV * (1 - FNR), on counts (Chouldechova 2017, equation 2.6)."""
    table = screen(0.3, 0.65, 0.8, 100_000)
    p, precision = table[1].sum() / table.sum(), table[1, 1] / table[:, 1].sum()
    missed, false = table[1, 0] / table[1].sum(), table[0, 1] / table[0].sum()
    assert abs(false - p / (1 - p) * (1 - precision) / precision * (1 - missed)) < 1e-12


# exercises: watching.look (exact)
@pytest.mark.parametrize("strikes", [1, 2, 3])
def test_strikes_within_twelve_screens(screen, strikes):
    table = screen(0.5, 0.3, 0.95, 200_000, days=12, strikes=strikes)
    for row, rate in ((0, 0.05), (1, 0.3)):
        share = 1 - sum(comb(12, k) * rate**k * (1 - rate) ** (12 - k) for k in range(strikes))
        near(table[row, 1], table[row].sum(), share)
    innocent = {1: 0.459640, 2: 0.118360, 3: 0.019568}[strikes]
    near(table[0, 1], table[0].sum(), innocent)


def test_the_ratchet_lists_an_innocent_ninth(screen):
    """One false alarm in a thousand months, ten years, no appeal: 11.3133 % of the innocent are ever listed."""
    table = screen(0.0, 0.9, 0.999, 300_000, days=120)
    near(table[0, 1], 300_000, 0.113133)


def test_swapped_error_rates_are_caught(screen):
    """The mutation of this file: misses and false alarms exchanged."""
    table = screen(0.05, 0.9, 0.8, SCREENS)  # asked for 0.8 and 0.9
    with pytest.raises(AssertionError):
        near(table[1, 1], table[:, 1].sum(), 0.296296)
