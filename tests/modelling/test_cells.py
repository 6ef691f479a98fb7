"""People on the cells of a grid: piles, counts of what is near, and free cells."""

import numpy as np

from glasstown.modelling import grid
from glasstown.modelling.cells import TRIES, add_near, free_cell, leave, stand
from glasstown.modelling.luck import luck_of

NEAR = grid(9, 9, 2, "euclidean", own=True)


def test_whoever_leaves_a_pile_leaves_the_others_on_it():
    top, under = [-1, -1], [-1] * 4
    for person in (0, 1, 2, 3):
        stand(top, under, 1, person)
    for person in (2, 3, 0):
        leave(top, under, 1, person)
    assert top == [-1, 1] and under[1] == -1
    leave(top, under, 1, 1)
    assert top == [-1, -1]


def test_what_is_near_is_counted_from_where_it_is_seen():
    counts, things = np.zeros(81, int), np.random.default_rng(1).integers(0, 3, 81)
    for cell in range(81):
        add_near(NEAR, cell, counts, int(things[cell]))
    for cell in range(81):
        assert counts[cell] == things[NEAR.ends[NEAR.first[cell] : NEAR.first[cell + 1]]].sum()


def test_a_free_cell_is_drawn_evenly_from_those_in_sight():
    taken = np.ones(81, int)
    free = NEAR.ends[NEAR.first[40] : NEAR.first[41]][::2]
    taken[free] = 0
    found = np.array([free_cell(luck_of(1, 0), 7, step, 12, NEAR, 40, taken) for step in range(1400)])
    counts = np.array([(found == cell).sum() for cell in free])
    assert counts.sum() == 1400 and ((counts - 1400 / len(free)) ** 2 / (1400 / len(free))).sum() < 25  # chi-square, 6 degrees of freedom


def test_the_last_free_cells_are_found_evenly_and_none_is_told(monkeypatch):
    monkeypatch.setattr("glasstown.modelling.cells.TRIES", 0)
    taken = np.ones(81, int)
    assert free_cell(luck_of(1, 0), 7, 1, 12, NEAR, 40, taken) == -1
    taken[[39, 41]] = 0
    found = np.array([free_cell(luck_of(1, 0), 7, step, 12, NEAR, 40, taken) for step in range(400)])
    assert set(found) == {39, 41} and abs((found == 39).sum() - 200) < 60
    assert TRIES > 0
