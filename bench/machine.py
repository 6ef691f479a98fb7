"""The machine under the bench: waiting for quiet, what it is, the C++ peer's program and the Mesa peer's environment."""

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"  # programs, graphs, environments: ignored by git
GRAPHS = BUILD / "graphs"


def busy_seconds() -> float:
    """Processor seconds that everybody on this machine has used so far (0 where /proc/stat is not there)."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0.0
    ticks = [int(word) for word in stat.read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def wait_for_quiet(patience: float = 3.0) -> None:
    """Return once others use less than a quarter of a core, or when patience (seconds) ends."""
    end = time.perf_counter() + patience
    while time.perf_counter() < end:
        before = busy_seconds()
        time.sleep(0.2)
        if busy_seconds() - before < 0.05:
            return


def describe() -> str:
    """One line on what the numbers were measured on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}, load {load:.1f}"


def cpp_program() -> Path | None:
    """The C++ peer, built for this processor; None where there is no g++."""
    compiler = shutil.which("g++")
    if compiler is None:
        return None
    BUILD.mkdir(parents=True, exist_ok=True)
    program = BUILD / "daystep"
    source = ROOT / "bench" / "common_step" / "daystep.cpp"
    subprocess.run([compiler, "-O3", "-march=native", "-fopenmp", str(source), "-o", str(program)], check=True)
    return program


def mesa_python() -> Path | None:
    """The interpreter of the Mesa peer's own environment, made when first asked for; None if it cannot be made."""
    requirements = ROOT / "bench" / "requirements.txt"
    folder = BUILD / "mesa"
    stamp, python = folder / "requirements.txt", folder / "bin" / "python"
    if stamp.exists() and stamp.read_text() == requirements.read_text():
        return python
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=False).returncode
    if made or subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(requirements)], check=False).returncode:
        return None
    stamp.write_text(requirements.read_text())
    return python


class Peer:
    """A program that answers each line "days" with one JSON line: so many days from the first morning."""

    def __init__(self, name: str, threads: int, command: list[str]) -> None:
        self.name, self.threads = name, threads
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "passive"}
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, days: int) -> dict[str, Any]:
        """Its report of ``days`` days: wall, cpu (seconds), bytes (a citizen), others (cores used by others), what it recorded."""
        assert self.process.stdin is not None and self.process.stdout is not None
        before = busy_seconds()
        print(days, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with status {self.process.wait()}")
        report: dict[str, Any] = json.loads(line)
        report["others"] = max(0.0, busy_seconds() - before - report["cpu"]) / report["wall"]
        return report

    def close(self) -> None:
        """Let it go."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
