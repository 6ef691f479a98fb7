"""Compile a whole day to PTX without a card; run in a process of its own. Prints the length and the floats in it."""

import types

import numba
import numba.cuda.compiler
import numba.cuda.dispatcher
import numpy as np
import worlds
from numba import cuda

from glasstown.engine import compiler, reference, run

CARD = types.SimpleNamespace(compute_capability=(9, 0))


def kernel(today, low, count, luck, could, heard, sightings, meter, town, shared, policy):
    j = cuda.grid(1)
    if j < count:
        live(low + j, j, today, luck, could, heard[j], sightings[j], town, shared, policy, meter[j])


if __name__ == "__main__":
    for module in (numba.cuda.compiler, numba.cuda.dispatcher):
        module.get_current_device = lambda: CARD  # there is no driver to ask
    device = compiler.load("glasstown._ptx", lambda name, function: function if "sweep" in name else cuda.jit(device=True)(function))
    live = device.day.citizen_day
    known = worlds.case(people=60, start=1, days=1)
    town = run.found_world(known, run.Runner(known, reference.kernels()))
    luck, could, heard, _, _ = run.scratch(256, 1)
    arguments = (1, 0, 60, luck, could, heard, np.zeros((60, 64), np.int64), np.zeros((60, 400), np.int64), town, known.rules, known.policy)
    text, _ = cuda.compile_ptx(kernel, tuple(numba.typeof(argument) for argument in arguments), cc=CARD.compute_capability)
    print(len(text), text.count(".f32") + text.count(".f64"))
