"""Civil violence as a good Numba programmer would write it by hand: no glasstown in it, NumPy's generator, one loop.

NetLogo's semantics (Epstein 2002, PNAS 99 suppl 3:7243): move, decide, enforce in one shuffled order; Euclidean sight of 7 on a torus of
40 x 40 cells; those in jail do not block their cells. ``civil_violence`` keeps for each cell how many police and actives are in sight and
changes these counts as people move, as our model does; ``civil_violence_scanning`` looks through all 149 cells in sight each time.
"""

import numba
import numpy as np

SIDE, CELLS, SIGHT = 40, 1600, 7


def neighbourhoods():
    """The cells in sight of each cell, itself included."""
    steps = [(down, across) for down in range(-SIGHT, SIGHT + 1) for across in range(-SIGHT, SIGHT + 1) if down**2 + across**2 <= SIGHT**2]
    cells = np.arange(CELLS)
    return np.stack([(cells // SIDE + down) % SIDE * SIDE + (cells % SIDE + across) % SIDE for down, across in steps], 1).astype(np.int32)


@numba.njit(cache=True)
def free(near, cell, taken):
    """A free cell in sight, or -1."""
    sight = near.shape[1]
    for _ in range(64):
        found = near[cell, np.random.randint(sight)]  # noqa: NPY002
        if taken[found] == 0:
            return found
    count = 0
    for slot in range(sight):
        count += taken[near[cell, slot]] == 0
    if count == 0:
        return -1
    left = np.random.randint(count)  # noqa: NPY002
    for slot in range(sight):
        if taken[near[cell, slot]] == 0:
            if left == 0:
                return near[cell, slot]
            left -= 1
    return -1


@numba.njit(cache=True)
def change(near, cell, counts, by):
    """Change the counts of all cells from which this one is seen."""
    for slot in range(near.shape[1]):
        counts[near[cell, slot]] += by


@numba.njit(cache=True)
def seen(near, cell, counts):
    """How many stand in sight."""
    total = 0
    for slot in range(near.shape[1]):
        total += counts[near[cell, slot]]
    return total


@numba.njit(cache=True)
def unlink(top, under, cell, who):
    """Take somebody from the pile on a cell."""
    if top[cell] == who:
        top[cell] = under[who]
        return
    above = top[cell]
    while under[above] != who:
        above = under[above]
    under[above] = under[who]


@numba.njit(cache=True)
def civil_violence(near, citizens, police, legitimacy, bar, force, longest, steps, seed):
    """Actives at the end of each step; counts of what is in sight are kept up to date."""
    return _live(near, citizens, police, legitimacy, bar, force, longest, steps, seed, True)


@numba.njit(cache=True)
def civil_violence_scanning(near, citizens, police, legitimacy, bar, force, longest, steps, seed):
    """The same; whoever looks around looks through all cells in sight."""
    return _live(near, citizens, police, legitimacy, bar, force, longest, steps, seed, False)


@numba.njit(cache=True)
def _live(near, citizens, police, legitimacy, bar, force, longest, steps, seed, is_kept):  # noqa: C901 one loop, by design
    np.random.seed(seed)  # noqa: NPY002 the state that compiled code has
    people = citizens + police
    cell = np.random.permutation(CELLS)[:people].astype(np.int32)  # noqa: NPY002
    grievance, averse = np.random.random(citizens) * (1.0 - legitimacy), np.random.random(citizens)  # noqa: NPY002
    active, term = np.zeros(people, np.uint8), np.zeros(people, np.int64)
    taken, top, under = np.zeros(CELLS, np.int16), np.full(CELLS, -1, np.int32), np.full(people, -1, np.int32)
    police_at, actives_at = np.zeros(CELLS, np.int16), np.zeros(CELLS, np.int16)  # in sight, or on the cell itself
    for who in range(people):
        taken[cell[who]] += 1
        under[who] = top[cell[who]]
        top[cell[who]] = who
        if who >= citizens:
            if is_kept:
                change(near, cell[who], police_at, 1)
            else:
                police_at[cell[who]] += 1
    order, found = np.arange(people), np.zeros(steps, np.int64)
    for step in range(steps):
        np.random.shuffle(order)  # noqa: NPY002
        for who in order:
            if term[who] > 0:
                continue
            goal, suspect = free(near, cell[who], taken), -1
            while True:  # once to a free cell, and once more for police who go to whom they arrested
                if goal >= 0:
                    old = cell[who]
                    unlink(top, under, old, who)
                    under[who] = top[goal]
                    top[goal] = who
                    taken[old] -= 1
                    taken[goal] += 1
                    cell[who] = goal
                    if who >= citizens or active[who]:
                        counts = police_at if who >= citizens else actives_at
                        if is_kept:
                            change(near, old, counts, -1)
                            change(near, goal, counts, 1)
                        else:
                            counts[old] -= 1
                            counts[goal] += 1
                here = cell[who]
                if suspect >= 0 or who < citizens:
                    break
                actives = actives_at[here] if is_kept else seen(near, here, actives_at)
                if actives == 0:
                    break
                left = np.random.randint(actives)  # noqa: NPY002
                for slot in range(near.shape[1]):
                    other = top[near[here, slot]]
                    while other >= 0:
                        if active[other]:
                            if left == 0:
                                suspect = other
                            left -= 1
                        other = under[other]
                    if suspect >= 0:
                        break
                active[suspect] = 0
                if is_kept:
                    change(near, cell[suspect], actives_at, -1)
                else:
                    actives_at[cell[suspect]] -= 1
                term[suspect] = np.random.randint(longest)  # noqa: NPY002
                if term[suspect] > 0:
                    taken[cell[suspect]] -= 1
                goal = cell[suspect]
            if who < citizens:
                if is_kept:
                    officers, actives = police_at[here], actives_at[here]
                else:
                    officers, actives = seen(near, here, police_at), seen(near, here, actives_at)
                risk = 1.0 - np.exp(-force * (officers // (1 + actives - active[who])))
                rises = grievance[who] - averse[who] * risk > bar
                if rises != active[who]:
                    active[who] = rises
                    if is_kept:
                        change(near, here, actives_at, 1 if rises else -1)
                    else:
                        actives_at[here] += 1 if rises else -1
        for who in range(citizens):
            if term[who] > 0:
                term[who] -= 1
                if term[who] == 0:
                    taken[cell[who]] += 1
            found[step] += active[who]
    return found
