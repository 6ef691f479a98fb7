"""The headline promise: the same bytes on any number of threads, uncompiled, in any chunks, after any resume."""

import importlib.metadata
import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import pytest
import worlds

import glasstown
from glasstown import tables
from glasstown.engine import reference, run
from glasstown.world import Town

GOLDEN = Path(__file__).with_name("golden.json")
ROOT = Path(glasstown.__file__).parent


def digests(lived) -> dict[str, str]:
    return {arm: lived[arm].digest for arm in lived}


@pytest.fixture(scope="module")
def everything():
    known = worlds.case()
    return known, run.run_arms(known)


@pytest.mark.parametrize("name", ["everything", "guarded"])
def test_the_reference_agrees_with_the_compiled_kernels(name):
    known = worlds.case(name)
    compiled, plain = run.run_arms(known), run.run_arms(known, kernels=reference.kernels())
    assert digests(plain) == digests(compiled)
    for arm in plain:
        assert np.array_equal(plain[arm].daily, compiled[arm].daily)
        assert np.array_equal(plain[arm].spells, compiled[arm].spells)


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_threads_change_nothing(everything, threads):
    known, serial = everything
    lived = run.run_arms(known, threads=threads)
    assert digests(lived) == digests(serial)
    assert all(np.array_equal(lived[arm].daily, serial[arm].daily) for arm in lived)


def test_which_arms_are_lived_changes_nothing(everything):
    known, all_arms = everything
    assert digests(run.run_arms(known, ("exempt",))) == {"exempt": all_arms["exempt"].digest}
    assert digests(run.run_arms(known, ("twin", "policy"))) == {arm: all_arms[arm].digest for arm in ("twin", "policy")}


@pytest.mark.parametrize("chunk", [1, 37, 1000])
def test_chunks_change_nothing(everything, monkeypatch, chunk):
    from glasstown.engine import sweeps

    known, compiled = everything
    monkeypatch.setattr(sweeps, "CHUNK", chunk)
    assert run.run_arms(known, ("policy",), kernels=reference.kernels())["policy"].digest == compiled["policy"].digest


@pytest.mark.parametrize("pause", [1, 13, 30, 41])
def test_a_world_saved_to_disk_and_loaded_goes_on_alike(everything, pause):
    known, compiled = everything
    runner = run.Runner(known, run.compiled_kernels())
    town, nothing = run.found_world(known, runner), tables.nothing(known.rules.sensors)
    policy = nothing
    for day in range(known.start + known.days):
        if day == known.start:
            town, policy = run.arm_of(known, town, "policy")
        if day == pause:
            kept = io.BytesIO()
            np.savez(kept, **town._asdict())
            kept.seek(0)
            with np.load(kept, allow_pickle=False) as arrays:
                town = Town(**{name: arrays[name] for name in Town._fields})
            runner = run.Runner(known, run.compiled_kernels(), threads=2)
        runner.live(town, policy, day)
    assert run.state_digest(town) == compiled["policy"].digest


@pytest.mark.parametrize("name", ["none", "spc_defaulter_list", "rongcheng_2014", "everything", "guarded"])
def test_golden_digests(name):
    """Trajectories of this model version. After a change that is meant: GLASSTOWN_GOLDEN=write pytest tests/bits."""
    found = digests(run.run_arms(worlds.case(name, people=400, start=30, days=60)))
    golden = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    if os.environ.get("GLASSTOWN_GOLDEN") == "write":
        GOLDEN.write_text(json.dumps({**golden, name: found}, indent=1, sort_keys=True) + "\n")
        golden = json.loads(GOLDEN.read_text())
    assert found == golden.get(name), "the trajectory changed: if that is meant, say so in CHANGELOG.md and write the digests anew"


PROBE = """
import sys; sys.path[:0] = [{src!r}, {tests!r}]
import worlds
from glasstown.engine import run
print(run.run_arms(worlds.case(people=60, start=3, days=5), ("policy",))["policy"].digest)
"""
COUNTED = """
kernels = run.compiled_kernels()
print(sum(text.count("NRT_incref") for text in kernels.sweeps.sweep.inspect_llvm().values()))
"""


def test_an_edit_in_any_kernel_file_changes_the_result(tmp_path):
    """The compile cache can never answer for older source: the edit is in a helper, two files away from what is cached."""
    source, tests = tmp_path / "src", str(Path(__file__).parent.parent)
    shutil.copytree(ROOT, source / "glasstown", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "GLASSTOWN_CACHE": str(tmp_path / "cache"), "PYTHONPATH": ""}

    def digest(also: str = "") -> list[str]:
        probe = PROBE.format(src=str(source), tests=tests) + also
        done = subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    before, references = digest(COUNTED)  # freshly compiled: the private option that leaves reference counting out still works
    assert references == "0"
    assert digest() == [before]
    edited = source / "glasstown" / "reacting.py"
    text = edited.read_text()
    assert "gap = goal - value\n" in text
    edited.write_text(text.replace("gap = goal - value\n", "gap = goal - value + 7\n"))
    assert digest() != [before]


def test_the_cuda_simulator_agrees_with_the_reference():
    """The day's rules as CUDA device functions, one thread a citizen, in Numba's simulator: a tiny world, the same bytes."""
    tests = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT.parent), str(tests.parent)])}
    probe = subprocess.run([sys.executable, str(tests / "cuda_simulator.py")], env=environment, capture_output=True, text=True, check=True)
    simulated, plain = probe.stdout.split()
    assert simulated == plain


@pytest.fixture(scope="module")
def cuda_compiler(tmp_path_factory):
    """A Python with numba-cuda and NVIDIA's compiler libraries beside what this one has; skips where they cannot be had."""
    place = tmp_path_factory.mktemp("cuda")
    python = place / "bin" / "python"
    wanted = ["numba-cuda==0.30.4", "nvidia-cuda-nvrtc", "nvidia-nvvm"]
    uv = shutil.which("uv")
    make = [uv, "venv", "-q", "--python", sys.executable, str(place)] if uv else [sys.executable, "-m", "venv", str(place)]
    own = [uv, "pip", "install", "-q", "--python", str(python)] if uv else [str(python), "-m", "pip", "install", "-q"]
    for command in (make, [*own, f"numba=={importlib.metadata.version('numba')}", f"numpy=={np.__version__}", *wanted]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"the CUDA compiler cannot be installed here: {done.stderr.strip()[-200:]}")
    return python


def test_the_day_compiles_to_ptx_without_floats(cuda_compiler):
    """The whole day becomes code for a graphics card, and nothing in it is a float."""
    tests = Path(__file__).parent
    places = [str(ROOT.parent), str(tests.parent), sysconfig.get_paths()["purelib"]]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    probe = subprocess.run([str(cuda_compiler), str(tests / "cuda_ptx.py")], env=environment, capture_output=True, text=True)
    assert probe.returncode == 0, probe.stderr[-2000:]
    length, floats = probe.stdout.split()
    assert int(length) > 100_000
    assert int(floats) == 0
