"""Compile the rules: the kernel modules are loaded a second time with every function wrapped, so the plain ones stay plain.

``compiled()`` executes the source of draws, the chapters and day in fresh modules whose imports of one another lead to the
compiled copies. Only the sweeps in ``engine/sweeps.py`` are cached on disk, in a folder named by a hash of all kernel
source, of the options and of the versions of Numba, llvmlite and NumPy: an edit anywhere gives a new folder.
"""

import hashlib
import importlib.util
import os
import sys
import types
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

HOURS = tuple(
    f"hours.{name}"
    for name in (
        "standing",
        "morning",
        "acts",
        "watched",
        "ties",
        "home",
        "away",
        "record",
        "doors",
        "dealings",
        "denounces",
        "officials",
        "risk",
        "streets",
        "council",
        "night",
    )
)
CHAPTERS = (
    "acting",
    "watching",
    "scoring",
    "gating",
    "shaming",
    "reacting",
    "mending",
    "measuring",
    "reporting",
    "power",
    "detaining",
    "protesting",
    "politics",
)
KERNEL = ("draws", *CHAPTERS, *HOURS, "day", "engine.sweeps")
RULE_OPTIONS = {"forceinline": True, "_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
SWEEP_OPTIONS = {"nogil": True, "_nrt": False, "cache": True}
SWEEPS = ("sweep", "evening_sweep", "home_sweep")


def source_of(name: str) -> Path:
    """The file of a kernel module."""
    spec = importlib.util.find_spec("glasstown")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / (name.replace(".", "/") + ".py")


def kernel_hash() -> str:
    """Hash of all kernel source, the options and the compiler's versions: the name of the compile cache."""
    from importlib.metadata import version

    digest = hashlib.sha256(repr((sorted(RULE_OPTIONS.items()), sorted(SWEEP_OPTIONS.items()))).encode())
    for name in (*KERNEL, "world", "tables"):
        digest.update(source_of(name).read_bytes())
    for package in ("numba", "llvmlite", "numpy"):
        digest.update(version(package).encode())
    return digest.hexdigest()[:24]


def source_hash() -> str:
    """Hash of everything in the package that can change what a study says: code, data and templates."""
    digest = hashlib.sha256()
    root = source_of("day").parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".jinja", ".css"):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:24]


def cache_folder() -> Path:
    """Where compiled kernels are kept: GLASSTOWN_CACHE, or the user's cache folder."""
    base = os.environ.get("GLASSTOWN_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "glasstown" / "kernels" / kernel_hash()


def is_cached() -> bool:
    """Whether the kernels of this source have been compiled on this machine before."""
    return any(cache_folder().glob("**/*.nbi"))


def load(prefix: str, wrap: Callable[[str, Any], Any]) -> types.SimpleNamespace:
    """Execute the kernel modules under ``prefix``, each function passed through ``wrap(module name, function)``."""
    modules: dict[str, types.ModuleType] = {}
    for name in KERNEL:
        path = source_of(name)
        module = types.ModuleType(f"{prefix}.{name}")
        module.__file__ = str(path)
        sys.modules[module.__name__] = module
        code = compile(path.read_text(), str(path), "exec")
        exec(code, module.__dict__)
        for key, value in list(module.__dict__.items()):
            if isinstance(value, types.ModuleType) and value.__name__.startswith("glasstown."):
                module.__dict__[key] = modules.get(value.__name__.removeprefix("glasstown."), value)
            elif isinstance(value, types.FunctionType):
                home = value.__module__.removeprefix("glasstown.")
                if home in modules:
                    module.__dict__[key] = modules[home].__dict__[key]
                elif value.__module__ == module.__name__:
                    module.__dict__[key] = wrap(name, value)
        modules[name] = module
    return types.SimpleNamespace(**{name.rpartition(".")[2]: module for name, module in modules.items()})


@cache
def compiled() -> types.SimpleNamespace:
    """The kernel modules compiled with Numba for the processor; nothing is compiled before the first call."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    import numba

    numba.config.CACHE_DIR = str(folder)

    def wrap(name: str, function: Any) -> Any:
        return numba.njit(**(SWEEP_OPTIONS if function.__name__ in SWEEPS else RULE_OPTIONS))(function)

    return load("glasstown._compiled", wrap)
