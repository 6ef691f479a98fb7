"""Small worlds for tests: the shipped society and rules, made busy so that few people and days hold many events."""

import os
from dataclasses import replace
from functools import cache

import numpy as np

from glasstown import catalogue, draws, tables, world
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
    made = catalogue.build_tables(deeds, law, catalogue.central(uncertainties), 200)
    for column in ("rate", "cap"):
        made.deeds[column] = np.minimum(made.deeds[column] * busy, 2**31)
    made.sensors["false_alarm"] = np.minimum(made.sensors["false_alarm"] * busy, 2**30)
    made.sensors["mixed_up"] = np.minimum(made.sensors["mixed_up"] * busy, 2**30)
    ordinary = made.sensors["ordinary"] == 1
    made.sensors["coverage"][ordinary] = np.minimum(made.sensors["coverage"][ordinary] * busy // 2, 2**31)
    made.gates["rate"] = np.minimum(made.gates["rate"] * busy, 2**31)
    made.parameters["concedes"] = 2 * world.ONE  # nobody marches a busy policy away; a test that wants it says so
    for name in ("malice", "extortion"):
        made.parameters[name] *= 10 * busy
    for name in ("pay", "close", "lose_job", "leaves"):
        made.parameters[name] = np.minimum(made.parameters[name] * busy, 2**26)
    return made


def policy(name: str = "everything", people: int = 200, busy: int = 20):
    """A shipped policy as tables, or ``everything``: points, bands, an override, decay, a list, displays, appeals, every sensor, claims
    about views, who is close, by order and at risk, charges, households scored as one, delays, queues, false reports, detention and a
    rollout at once; ``guarded`` is the same with every safeguard."""
    deeds, law = catalogue.load_deeds(), catalogue.load_law()
    if name not in ("everything", "guarded"):
        made = build(load.load(name), deeds, law, people)
    else:
        points, listing = build(load.load("rongcheng_2014"), deeds, law, people), build(load.load("spc_defaulter_list"), deeds, law, people)
        claims = points.rules[:4].copy()
        claims["deed"], claims["sensors"] = (tables.HOLDS_VIEW, tables.CLOSE_TO_MARKED, tables.BY_ORDER, tables.HIGH_RISK), 2**16 - 1
        claims["points"] = claims["points_to"] = -40
        claims["list"][2] = 0
        seen = points.rules.copy()
        seen["sensors"] |= 2**16 - 1 - 7  # every sensor but those of courts and police feeds the record
        made = points._replace(rules=np.concatenate([seen, listing.rules, claims]), lists=listing.lists)
        made.score["lists"], made.score["rules"], made.score["steady_stock"] = 1, len(made.rules), 1
        made.score["sensors"], made.score["through"], made.score["view_from"] = 2**16 - 1, 1, world.CRITICAL
        made.score["expiry"], made.score["decay"], made.score["decay_days"], made.score["appeal_rate"] = 25, 400, 7, 2**31
        made.score["appeal_days"], made.score["speech"], made.score["dealing"] = 3, 2000, 2000
        made.rules["cap"] = 45
        made.rules["delay"][made.rules["list"] == 0] = 2
        made.rules["term"][made.rules["list"] == 0] = 20
        made.bands["marked"][:2], made.bands["priority"], made.watched[:10] = 1, np.arange(len(made.bands)) % 4, 2000
        made.severity[[tables.HOLDS_VIEW, tables.CLOSE_TO_MARKED, deeds.number("criticises_online")]] = 1000
        made.bands["refuse"][:2, :7] = 2**31
        made.rules["display"][::3], made.exposed[made.rules["deed"][::3]] = 4, world.ONE
        made.rules["charge"][2::5], made.rules["paid"] = 4000, 2**31
        made.rules["detain"][1::4], made.rules["detain_after"][1::4] = 3, 2
        for column, value in ROUGH.items():
            made.score[column] = value
        made.score["context_stage"][0, tables.CONTEXTS.index("utilities")] = made.score["gate_stage"][0, tables.BUSINESS] = 1
        hear(made)
    if name == "guarded":
        for column, value in GUARDS.items():
            made.score[column] = value
    made = made._replace(sensors=rules(busy).sensors.copy())
    if name in ("everything", "guarded"):
        made.sensors["delay"][4:], made.sensors["cost_sighting"] = 2, 10
        made.sensors["machine"][4:] = 1
    return made


def hear(made) -> None:
    """Fill in whose word about each deed counts, from the rules."""
    for row in made.rules:
        made.heard[row["deed"]] |= row["sensors"]


ROUGH = {
    "display_reach": 2**31, "masked": 1, "reports": 2**9 | 2**11, "anonymous": 1, "reward": 3000, "order_day": 6, "order_every": 9,
    "order_share": 2**31, "rollout": tables.BY_SCHEDULE, "rollout_every": 5, "stages": 2, "pilot": 3, "everywhere": 1, "arrest_days": 2,
    "clean_days": 6, "clean_points": 7, "pooled": 1, "answers": 2**30, "answer_clears": 2**31, "risk_every": 5, "risk_targets": 2**32 - 1,
    "risk_distance": 3000, "risk_shift": 500, "risk_poor": 800, "risk_ranked": 1, "risk_share": 2**29,
}  # fmt: skip
EVERYWHERE = {"rollout": 0, "pilot": tables.EVERYWHERE, "context_stage": 0, "gate_stage": 0}  # nothing waits for a later stage
GUARDS = {
    "corroborated": 1, "inquiry": 2**31, "inquiry_sensitivity": 2**31, "inquiry_specificity": 2**32 - 2**28, "penalty": 5000,
    "audit": 2**30, "protects": 1, "independent": 1,
    "reasons": 1, "corrects_all": 1, "review": 2**31, "review_sensitivity": 2**31, "review_specificity": 2**32 - 2**28, "evidence": 2,
    "evidence_days": 20, "separate": 1, "consent": 2**32 - 2**30, "sunset": 24,
}  # fmt: skip


def case(name: str = "everything", people: int = 200, start: int = 12, days: int = 30, busy: int = 20, replicate: int = 0) -> run.Case:
    """A busy case of the shipped town."""
    key = draws.key_of(7, replicate)
    return run.Case(society(people, replicate), rules(busy), policy(name, people, busy), start, days, key)


def own(known: run.Case) -> run.Case:
    """The case with shared tables of its own, for a test that changes them."""
    return replace(known, rules=tables.Tables(*[array.copy() for array in known.rules]))


def with_policy(known: run.Case, **score: int) -> run.Case:
    """The case with some columns of its score table changed."""
    changed = tables.Policy(*[array.copy() for array in known.policy])
    for name, value in score.items():
        changed.score[name] = value
    return replace(known, policy=changed)


def kernels():
    """The plain kernels; the compiled ones where GLASSTOWN_LAWS=compiled (the nightly mutations)."""
    return run.compiled_kernels() if os.environ.get("GLASSTOWN_LAWS") == "compiled" else reference.kernels()


def lived(known: run.Case, arms=("policy", "twin"), threads: int = 1):
    """The arms of a case, with the reference kernels unless told otherwise."""
    return run.run_arms(known, arms, threads, kernels())


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
