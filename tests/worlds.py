"""Small worlds for tests: the shipped society and rules, made busy so that few people and days hold many events."""

import os
from dataclasses import replace
from functools import cache

import numpy as np

from glasstown import catalogue, draws, tables
from glasstown.engine import reference, run
from glasstown.people import founding, recipe
from glasstown.policy import load
from glasstown.policy.tables import build


@cache
def society(people: int = 200, replicate: int = 0):
    """An invented society of the shipped town."""
    return founding.found(recipe.load("town"), people, draws.key_of(7, replicate))


@cache
def rules(busy: int = 20):
    """The shared tables at central values, every deed, false alarm, judgment and payment ``busy`` times as often."""
    deeds, law, uncertainties = catalogue.load_deeds(), catalogue.load_law(), catalogue.load_uncertainties()
    made = catalogue.build_tables(deeds, law, catalogue.central(uncertainties))
    for column in ("rate", "cap"):
        made.deeds[column] = np.minimum(made.deeds[column] * busy, 2**31)
    made.sensors["false_alarm"] = np.minimum(made.sensors["false_alarm"] * busy, 2**30)
    made.sensors["mixed_up"] = np.minimum(made.sensors["mixed_up"] * busy, 2**30)
    ordinary = made.sensors["ordinary"] == 1
    made.sensors["coverage"][ordinary] = np.minimum(made.sensors["coverage"][ordinary] * busy // 2, 2**31)
    made.gates["rate"] = np.minimum(made.gates["rate"] * busy, 2**31)
    for name in ("pay", "close", "lose_job"):
        made.parameters[name] = np.minimum(made.parameters[name] * busy, 2**26)
    return made


def policy(name: str = "everything", people: int = 200, busy: int = 20):
    """A shipped policy as tables, or ``everything``: points, bands, an override, decay, a list, display and appeals at once."""
    deeds, law = catalogue.load_deeds(), catalogue.load_law()
    if name != "everything":
        made = build(load.load(name), deeds, law, people)
    else:
        points, listing = build(load.load("rongcheng_2014"), deeds, law, people), build(load.load("spc_defaulter_list"), deeds, law, people)
        made = points._replace(rules=np.concatenate([points.rules, listing.rules]), lists=listing.lists)
        made.score["lists"], made.score["rules"], made.score["steady_stock"] = 1, len(made.rules), 1
        made.score["sensors"] |= listing.score["sensors"]
        made.score["expiry"], made.score["decay"], made.score["decay_days"], made.score["appeal_rate"] = 25, 400, 7, 2**31
        made.score["appeal_days"] = 3
        made.rules["cap"] = 45
        made.rules["delay"][made.rules["list"] == 0] = 2
        made.rules["term"][made.rules["list"] == 0] = 20
    return made._replace(sensors=rules(busy).sensors.copy())


def case(name: str = "everything", people: int = 200, start: int = 12, days: int = 30, busy: int = 20, replicate: int = 0) -> run.Case:
    """A busy case of the shipped town."""
    key = draws.key_of(7, replicate)
    return run.Case(society(people, replicate), rules(busy), policy(name, people, busy), start, days, key)


def with_policy(known: run.Case, **score: int) -> run.Case:
    """The case with some columns of its score table changed."""
    changed = tables.Policy(*[array.copy() for array in known.policy])
    for name, value in score.items():
        changed.score[name] = value
    return replace(known, policy=changed)


def kernels():
    """The plain kernels; the compiled ones where GLASSTOWN_LAWS=compiled (the nightly mutations)."""
    return run.compiled_kernels() if os.environ.get("GLASSTOWN_LAWS") == "compiled" else reference.kernels()


def lived(known: run.Case, arms=("policy", "twin"), own=None, threads: int = 1):
    """The arms of a case, with the reference kernels unless told otherwise."""
    return run.run_arms(known, arms, threads, own or kernels())


def differing(one, other) -> list[str]:
    """Columns in which two final states differ (the clock apart)."""
    found = []
    for name in one._fields:
        left, right = getattr(one, name), getattr(other, name)
        if name == "clock":
            continue
        if left.dtype.names:
            found += [f"{name}.{column}" for column in left.dtype.names if not np.array_equal(left[column], right[column])]
        elif not np.array_equal(left, right):
            found.append(name)
    return found
