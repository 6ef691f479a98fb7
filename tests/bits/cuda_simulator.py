"""A world whose days are lived in Numba's CUDA simulator, one thread a citizen; run in a process of its own.

Prints the digests of the simulated and of the reference world. The simulator hands out NumPy scalars, which wrap where a
card's integers widen, so it is told to hand out plain integers.
"""

import os

os.environ["NUMBA_ENABLE_CUDASIM"] = "1"

import types

import numpy as np
import worlds
from numba import cuda
from numba.cuda.simulator.cudadrv import devicearray

from glasstown import tables
from glasstown.engine import compiler, reference, run, sweeps
from glasstown.world import Town


def hand_out_integers() -> None:
    """Make the simulator's arrays and rows give plain integers, and a row's column before an array's attribute."""
    fake = devicearray.FakeWithinKernelCUDAArray
    item, attribute = fake.__getitem__, fake.__getattr__

    def plainly(found):
        return int(found) if isinstance(found, np.integer) else found

    def read_attribute(self, name):
        names = self._item._ary.dtype.names
        return plainly(item(self, name) if names and name in names else attribute(self, name))

    fake.__getitem__ = lambda self, place: plainly(item(self, place))
    fake.__getattr__ = read_attribute


TOWN, SHARED = len(Town._fields), len(Town._fields) + len(tables.Tables._fields)


@cuda.jit
def kernel(today, low, count, luck, could, heard, sightings, meter, *arrays):
    j = cuda.grid(1)
    if j < count:
        town, shared, policy = Town(*arrays[:TOWN]), tables.Tables(*arrays[TOWN:SHARED]), tables.Policy(*arrays[SHARED:])
        live(low + j, j, today, luck, could, heard[j], sightings[j], town, shared, policy, meter[j])


def sweep(today, low, high, luck, could, heard, running, sightings, caps, spread, town, shared, policy, meter):
    """The reference's fill and tally, then the kernel."""
    count, clock, plain = high - low, town.clock[0], reference.plain
    assert count <= sweeps.CHUNK
    sweeps.fill(plain(luck), plain(could), plain(caps), low, count, today, int(clock["key_0"]), int(clock["key_1"]))
    sweeps.tally(plain(town), low, count, (today + 1) & 1, plain(spread), plain(heard), plain(running))
    meters = np.zeros((count, len(meter)), np.int64)
    own = np.zeros((count, len(sightings)), np.int64)
    kernel[(count + 31) // 32, 32](today, low, count, luck, could, heard, own, meters, *town, *shared, *policy)
    meter += meters.sum(axis=0)


if __name__ == "__main__":
    hand_out_integers()
    device = compiler.load("glasstown._simulated", lambda name, function: function if "sweep" in name else cuda.jit(device=True)(function))
    live = device.day.citizen_day
    plain = reference.kernels().sweeps
    simulated = types.SimpleNamespace(sweeps=types.SimpleNamespace(**{**vars(plain), "sweep": sweep}))
    known = worlds.case(people=60, start=3, days=5)
    for kernels in (simulated, reference.kernels()):
        print(run.run_arms(known, ("policy",), kernels=kernels)["policy"].digest)
