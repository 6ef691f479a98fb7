"""What a good Numba programmer would write by hand for one model: no glasstown in it, NumPy's generator, one function a model."""

import numba
import numpy as np


@numba.njit(cache=True)
def leading_eight(alpha, beta, people, watched, error, events, burn, seed):
    """Self-cooperation of one strategy with private, noisy opinions (Hilbe et al. 2018): share of events after ``burn``.

    ``alpha[donor, recipient, act]`` and ``beta[own, recipient]`` are the strategy's tables, 1 good or cooperate; all begin good.
    """
    np.random.seed(seed)  # noqa: NPY002 the state that compiled code has
    image = np.ones((people, people), np.uint8)
    cooperated = 0
    for event in range(burn + events):
        donor = np.random.randint(people)  # noqa: NPY002
        recipient = np.random.randint(people - 1)  # noqa: NPY002
        if recipient >= donor:
            recipient += 1
        act = beta[image[donor, donor], image[donor, recipient]]
        if event >= burn:
            cooperated += act
        for observer in range(people):
            if observer != donor and observer != recipient and np.random.random() >= watched:  # noqa: NPY002
                continue
            seen = act
            if np.random.random() < error:  # noqa: NPY002
                seen = 1 - act
            image[observer, donor] = alpha[image[observer, donor], image[observer, recipient], seen]
    return cooperated / events
