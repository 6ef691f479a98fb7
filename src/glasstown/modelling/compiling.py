"""Compile plain rules with everything they call, and leave the plain ones plain.

A rule is compiled by re-binding: a copy of it looks up compiled copies of the functions that it names, however deep. What a rule is
made of has a fingerprint; an edit anywhere gives another, and compiled models are kept on disk under it.
"""

import ast
import builtins
import dis
import hashlib
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

from glasstown.engine import compiler

RULE_OPTIONS: dict[str, Any] = dict(compiler.RULE_OPTIONS)
RUN_OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False, "cache": True}
FOREIGN = ("numba", "numpy", "math", "builtins")


class BadRule(ValueError):
    """A rule that cannot be compiled, or that fails: which one, and what to do about it."""


def mentioned(code: types.CodeType) -> set[tuple[str, str]]:
    """The globals that a function's code reads, inner functions included: (name, the attribute read of it, or "")."""
    found, before = set(), ""
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_ATTR", "LOAD_METHOD") and before:
            found.add((before, str(instruction.argval)))
        before = str(instruction.argval) if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME") else ""
        if before:
            found.add((before, ""))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= mentioned(constant)
    return found


def is_ours(value: Any) -> TypeGuard[types.FunctionType]:
    """Whether a value is a plain Python function that has to be compiled with the rule that calls it."""
    return isinstance(value, types.FunctionType) and value.__module__.partition(".")[0] not in FOREIGN


def is_module_of_rules(value: Any) -> TypeGuard[types.ModuleType]:
    """Whether a value is a module whose functions may have to be compiled."""
    return isinstance(value, types.ModuleType) and value.__name__.partition(".")[0] not in FOREIGN


def references(function: types.FunctionType) -> Iterator[tuple[str, Any]]:
    """What a function refers to outside itself: (name, value), with "module.name" for attributes of modules."""
    for name, attribute in sorted(mentioned(function.__code__)):
        value = function.__globals__.get(name)
        if is_module_of_rules(value):
            if attribute in value.__dict__:
                yield f"{name}.{attribute}", value.__dict__[attribute]
        elif name in function.__globals__:
            yield name, value
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        yield name, cell.cell_contents


def fingerprint(function: Any) -> str:
    """SHA-256 of all that a function computes: its code, its constants, and the same of everything that it refers to."""
    return hashlib.sha256("\n".join(_parts(function, set())).encode()).hexdigest()[:24]


def _parts(value: Any, seen: set[int]) -> Iterator[str]:
    if not is_ours(value):
        yield value.tobytes().hex() if hasattr(value, "tobytes") else repr(value)
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    yield from _code(value.__code__)
    yield repr(value.__defaults__)
    for name, referred in references(value):
        yield name
        yield from _parts(referred, seen)


def _code(code: types.CodeType) -> Iterator[str]:
    yield code.co_code.hex()
    yield repr((code.co_names, code.co_varnames, code.co_freevars))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _code(constant)
        else:
            yield repr(constant)


def refuse_random_state(function: types.FunctionType) -> None:
    """Raise BadRule if a rule draws from a generator that is shared: such a run could not be repeated."""
    for name, attribute in mentioned(function.__code__):
        module = getattr(function.__globals__.get(name), "__name__", "")
        if module in ("random", "numpy.random") or (module, attribute) == ("numpy", "random"):
            raise BadRule(f"{function.__name__} draws from {name}; draw from world.luck: uniform, below, normal and others")


def rebound(function: Any, made: dict[str, Any], wrap: Any) -> Any:
    """A copy of the function that calls wrapped copies of the functions it names; ``made`` keeps by fingerprint those made before."""
    if not is_ours(function):
        return function
    print_ = fingerprint(function)
    if print_ in made:
        return made[print_]
    refuse_random_state(function)
    seen = {name: value for name, value in function.__globals__.items() if name.startswith("__")}
    for name, attribute in mentioned(function.__code__):
        value = function.__globals__.get(name)
        if is_module_of_rules(value):
            shadow = seen.setdefault(name, types.ModuleType(value.__name__))
            if attribute in value.__dict__:
                setattr(shadow, attribute, rebound(value.__dict__[attribute], made, wrap))
        elif name in function.__globals__:
            seen[name] = rebound(value, made, wrap)
    cells = tuple(types.CellType(rebound(cell.cell_contents, made, wrap)) for cell in function.__closure__ or ())
    copy = types.FunctionType(function.__code__, seen, function.__name__, function.__defaults__, cells)
    copy.__qualname__, copy.__module__ = function.__qualname__, __name__  # a module that can be imported when a kept model is read
    made[print_] = wrap(copy)
    return made[print_]


def cache_folder(print_: str) -> Path:
    """Where a compiled model is kept: beside the kernels, under its fingerprint and the versions that compile it."""
    from importlib.metadata import version

    versions = "-".join(version(package) for package in ("numba", "llvmlite", "numpy"))
    tag = hashlib.sha256(f"{print_} {versions} {RULE_OPTIONS} {RUN_OPTIONS}".encode()).hexdigest()[:24]
    return compiler.cache_folder().parent.parent / "models" / tag


_RULES: dict[str, Any] = {}  # by fingerprint: compiled in this process, whichever model asked first
_RUNS: dict[str, Any] = {}


def compiled(function: types.FunctionType) -> Any:
    """The function compiled with everything it calls; what has the same fingerprint is compiled once."""
    print_ = fingerprint(function)
    if print_ not in _RUNS:
        import numba

        def wrap(inner: types.FunctionType) -> Any:
            return numba.njit(**(RUN_OPTIONS if inner.__code__ is function.__code__ else RULE_OPTIONS))(inner)

        folder = cache_folder(print_)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder)
        try:
            _RUNS[print_] = rebound(function, _RULES, wrap)
        finally:
            numba.config.CACHE_DIR = before
    return _RUNS[print_]


@cache
def wide(chapter: str, bits: int) -> types.ModuleType:
    """A chapter's rules in fixed point of so many bits instead of the day's 12: the same source, in wide numbers.

    ``wide("reacting", 40).dissent`` takes and returns values in units of 2**-40. In Python any width is exact; compiled, a product
    of two values must stay below 2**63, so 24 bits leave room for values up to 2**7.
    """
    from glasstown import world

    wider = types.ModuleType("glasstown.world")
    wider.__dict__.update({**world.__dict__, "BITS": bits, "ONE": 1 << bits})
    source = compiler.source_of(chapter)
    module = types.ModuleType(f"glasstown._wide_{bits}.{chapter}")
    module.__file__ = str(source)
    usual = builtins.__import__

    def bring(name: str, *arguments: Any, **others: Any) -> Any:
        return wider if name == "glasstown.world" else usual(name, *arguments, **others)

    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": bring}
    exec(compile(ast.parse(source.read_text()), str(source), "exec"), module.__dict__)
    module.__dict__["__builtins__"] = builtins
    return module
