"""The credit ladder: who defaults falls a level, who is refused stays where she is, so that one level becomes a trap.

Seven levels of score repay with chance .1, .2, .45, .6, .65, .7, .7. Of two groups of 100 people, somebody applies who is drawn evenly. A
loan repaid moves her one level up, a default one level down (the ends reflect); a refusal changes nothing. The bank gains 1 or loses 1,
lends to everybody at first (200 applicants), and then follows a policy that knows the true shares: *max reward* lends where the chance of
repaying is at least a half; *equal opportunity* lends down to the same share of those who would repay in both groups, the share that
pays best (10,000 applicants; the lending simulator of D'Amour and others 2020, after Liu and others 2018).

Levels are bands of the day's score, and the bank is its credit gate: a band refuses with a chance, as a 32-bit threshold.
"""

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np

from glasstown import gating, scoring, tables, world
from glasstown.modelling import Column, Ensemble, Model, Rule, Run, uniform
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series
from glasstown.tables import CREDIT
from glasstown.world import NOTHING

WHO, REPAYS = 0, 4  # purposes
LEVELS, GROUP, APPLICANTS, ALL_ACCEPTED = 7, 100, 10_000, 200
REPAY = (0.1, 0.2, 0.45, 0.6, 0.65, 0.7, 0.7)  # chance by level
START = ((0, 10, 10, 20, 30, 30, 0), (10, 10, 20, 30, 30, 0, 0))  # people by group and level
FULL = 1 << 32
MAX_REWARD, EQUAL_OPPORTUNITY = 0, 1


def worth(level, case):
    """What a loan at this level brings the bank, on average."""
    return case.repay[level] - (1.0 - case.repay[level])


def moves(lent):
    """Whether this application can change her level: only a loan does."""
    return lent


def is_counted(lent):
    """Whether an applicant who would repay counts in recall: every one does, refused or not."""
    return True


def repayers(world, group, level):
    """How many of a group at this level would repay, on average."""
    return world.now.heads[group * LEVELS + level] * world.case.repay[level]


def all_repayers(world, group):
    """How many of a group would repay, on average."""
    total = 0.0
    for level in range(LEVELS):
        total += repayers(world, group, level)
    return total


def reward(world, target):
    """What the bank earns if it lends, from the top level down, to this share of each group's repayers."""
    earned = 0.0
    for group in range(2):
        rest = target * all_repayers(world, group)
        for step in range(LEVELS):
            level = LEVELS - 1 - step
            taken = min(repayers(world, group, level), rest)
            rest -= taken
            earned += taken / world.case.repay[level] * worth(level, world.case)
    return earned


def best_target(world):
    """The share of repayers that pays best. Reward is concave with corners where one group's level is used up: it is one of these."""
    best = 0.0
    for group in range(2):
        total = all_repayers(world, group)
        reached = 0.0
        for step in range(LEVELS):
            reached += repayers(world, group, LEVELS - 1 - step) / total
            if reward(world, reached) > reward(world, best):
                best = reached
    return best


def close_doors(world):
    """What each band of both groups is refused from now on."""
    equal = world.case.policy_kind == EQUAL_OPPORTUNITY
    target = best_target(world) if equal else 0.0
    for group in range(2):
        bands = world.now.bands_1 if group else world.now.bands_0
        rest = target * all_repayers(world, group)
        for step in range(LEVELS):
            level = LEVELS - 1 - step
            there = repayers(world, group, level)
            accepted = 1.0 if worth(level, world.case) >= 0.0 else 0.0
            if equal:
                accepted = min(rest / there, 1.0) if there > 0.0 else 0.0
            rest -= accepted * there
            bands[level].refuse[CREDIT] = int((1.0 - accepted) * FULL)


def lends(person, step, world, bands):
    """The day's answer at the credit gate, under bands that refuse."""
    now, case = world.now, world.case
    known = case.policy
    policy = tables.Policy(
        known.score, known.rules, bands, known.lists, known.severity, known.sensors, known.watched, known.heard, known.exposed
    )
    threshold = gating.barred(now.record[person], now.entries, 0, now.listings, 0, CREDIT, 0, 0, case.tables, policy)
    gate, parameters = case.tables.gates[CREDIT], case.tables.parameters[0]
    return gating.answer(world.luck, person, step, CREDIT, gate, 0, threshold, 0, parameters) == gating.GRANTED


def settle(person, step, world, lent):
    """She would repay or not; a loan moves her up or down the ladder, and her record is published."""
    case, file = world.case, world.now.record[person]
    repays = uniform(world.luck, person, step, REPAYS) < case.repay[file.score]
    if moves(lent):
        file.live = min(max(file.live + (1 if repays else -1), 0), LEVELS - 1)
        scoring.publish(file, 0, case.policy)
    return repays


def apply(person, step, world):
    """Somebody of both groups applies; the bank lends or not, learns how the shares stand, and counts."""
    now = world.now
    one = int(uniform(world.luck, 0, step, WHO) * 2 * GROUP)
    group, level = one // GROUP, now.record[one].score
    lent = step <= world.case.all_accepted or lends(one, step, world, now.bands_1 if group else now.bands_0)
    repays = settle(one, step, world, lent)
    now.loans[group] += lent
    now.repaid[group] += lent and repays
    now.would[group] += repays and is_counted(lent)
    now.heads[group * LEVELS + level] -= 1
    now.heads[group * LEVELS + now.record[one].score] += 1
    if lent and step >= world.case.all_accepted:
        close_doors(world)


def apply_each(person, step, world):
    """Everybody applies, under the bands of group 0 as they stand; only loans are counted."""
    lent = lends(person, step, world, world.now.bands_0)
    settle(person, step, world, lent)
    world.now.loans[person] += lent


def closed_at_first(person, step, world):
    """The bank begins with its policy."""
    close_doors(world)


def rooms(levels: Any) -> dict[str, Column]:
    """Records of people who stand at these levels, and bands that refuse nobody yet."""
    file = np.zeros(len(levels), world.row_type(world.RECORD))
    file["live"] = file["score"] = file["band"] = levels
    file["override"] = NOTHING
    bands = np.zeros(LEVELS, tables.row_type(tables.BAND))
    bands["floor"] = range(LEVELS)
    return {
        "record": Column(file.dtype, file), "bands_0": Column(bands.dtype, bands, rows=LEVELS),
        "bands_1": Column(bands.dtype, bands, rows=LEVELS), "entries": Column(world.row_type(world.ENTRY), rows=1),
        "listings": Column(world.row_type(world.LISTING), rows=1),
    }  # fmt: skip


def numbers(kind: int) -> dict[str, Any]:
    """The numbers of a case: a score with seven bands and no entries, a gate that refuses nobody on its own, the bank's policy."""
    policy = tables.nothing(np.zeros(1, tables.row_type(tables.SENSOR)))
    policy = policy._replace(bands=np.zeros(LEVELS, policy.bands.dtype))
    policy.bands["floor"] = range(LEVELS)
    for name, value in {"scores": 1, "high": LEVELS - 1, "bands": LEVELS}.items():
        policy.score[name] = value
    deeds, sensors, gates, parameters = (
        np.zeros(8, tables.row_type(fields)) for fields in (tables.DEED, tables.SENSOR, tables.GATE, tables.PARAMETER)
    )
    shared = tables.Tables(deeds, sensors, gates, parameters, np.zeros(1, np.int64), np.zeros(1, np.int64))
    return {"policy": policy, "tables": shared, "repay": np.array(REPAY), "policy_kind": kind, "all_accepted": ALL_ACCEPTED}


def ladder(kind: int) -> Model:
    """Both groups before a bank of this policy; its outcomes are by group."""
    levels = np.concatenate([np.repeat(np.arange(LEVELS), start) for start in START])
    counts = {name: Column(np.int64, rows=2) for name in ("loans", "repaid", "would")}
    columns = {**rooms(levels), **counts, "heads": Column(np.int64, np.concatenate(START), rows=2 * LEVELS)}
    outcomes = {f"{name} {group}": outcome_of(name, group) for name in ("loans", "recall", "precision") for group in range(2)}
    outcomes |= {f"level {level} of {group}": outcome_of(level, group) for level in range(LEVELS) for group in range(2)}
    return Model(2 * GROUP, columns, [Rule(apply, "once")], case=numbers(kind), outcomes=outcomes)


def outcome_of(name: str | int, group: int) -> Callable[[Run], float]:
    """What a group ends with: loans, recall, precision, or its share at a level."""

    def outcome(run: Run) -> float:
        found = run.columns
        if isinstance(name, int):
            return float(found["heads"][group * LEVELS + name] / GROUP)
        of = {"loans": 1, "recall": found["would"][group], "precision": found["loans"][group]}[name]
        return float(found["loans" if name == "loans" else "repaid"][group] / of)

    return outcome


# ---- what is measured --------------------------------------------------------------------------------------------------


def chain(lends_from: int = 3) -> Any:
    """Transition matrix of one who applies, where the bank lends from this level on."""
    made = np.zeros((LEVELS, LEVELS))
    for level, chance in enumerate(REPAY):
        if level < lends_from:
            made[level, level] = 1.0
        else:
            made[level, min(level + 1, LEVELS - 1)] += chance
            made[level, max(level - 1, 0)] += 1 - chance
    return made


FROZEN = {3: 37.7381, 4: 61.2302, 5: 72.3413, 6: 75.6746}  # loans before level 2 is reached, from each level


def frozen_out(people: int = 4000, steps: int = 1500) -> Measured:
    """How many loans somebody gets before she is frozen out for ever."""
    within = chain()[3:, 3:]
    exact = np.linalg.solve(np.eye(LEVELS - 3) - within, np.ones(LEVELS - 3))
    for level, target in FROZEN.items():
        yield Quantity(f"loans before being frozen out, from level {level}, by the matrix", target, float(exact[level - 3]), "exact",
                       tolerance=5e-5)  # fmt: skip
        columns = {**rooms(np.full(people, level)), "loans": Column(np.int64), "heads": Column(np.int64, rows=2 * LEVELS)}
        model = Model(people, columns, [Rule(closed_at_first, "founding"), Rule(apply_each, "sequential")], case=numbers(MAX_REWARD))
        run = model.run(steps, seed=level)
        ours, error = mean_and_error(run.columns["loans"])
        yield Quantity(f"loans before being frozen out, from level {level}", target, ours, "exact", error)
        left = float((run.columns["record"]["score"] != 2).mean())
        yield Quantity(f"not yet frozen out after {steps} applications, from level {level}", 0.0, left, "exact", tolerance=1e-3)


SEEDS = 20
TWO = sqrt(2)  # the published code was run twice: its error is that of a mean of two
MEASURED = {  # two runs of the published code: group 0 and 1 of the first, of the second
    MAX_REWARD: {"level 2 of": (0.60, 0.50, 0.46, 0.54), "recall": (0.594, 0.542, 0.700, 0.447), "loans": (2330, 1856, 2654, 1390)},
    EQUAL_OPPORTUNITY: {"recall": (0.655, 0.646, 0.660, 0.665), "loans": (2498, 2116, 2482, 1725)},
}


def compared(found: Ensemble, kind: int, seeds: int) -> Measured:
    """Means over seeds beside those of the two runs of the published code, whose spread is taken to be ours."""
    for name, (one, other, again, once_more) in MEASURED[kind].items():
        for group, target in enumerate(((one + again) / 2, (other + once_more) / 2)):
            ours, error = mean_and_error(found.outcomes[f"{name} {group}"])
            what = "share at level 2 in the end" if name.startswith("level") else name
            yield Quantity(f"{what}, group {group}, {title(kind)}", target, ours, "code", error, error * sqrt(seeds) / TWO)


def title(kind: int) -> str:
    """The name of a policy."""
    return "equal opportunity" if kind == EQUAL_OPPORTUNITY else "max reward"


def expected(group: int) -> tuple[Any, float]:
    """Exact shares by level in the end, and expected loans, of a group under max reward: people move independently of one another."""
    pick = 1 / (2 * GROUP)
    shares, loans = np.array(START[group]) / GROUP, 0.0
    for lends_from, applicants in ((0, ALL_ACCEPTED), (3, APPLICANTS - ALL_ACCEPTED)):
        step = (1 - pick) * np.eye(LEVELS) + pick * chain(lends_from)
        for _ in range(applicants):
            loans += shares[lends_from:].sum() * GROUP * pick
            shares = shares @ step
    return shares, float(loans)


def max_reward(seeds: int = SEEDS) -> Measured:
    """The bank lends from level 3 on: level 2 is a trap, which half of each group ends in."""
    found = ladder(MAX_REWARD).ensemble(APPLICANTS, seeds)
    yield from compared(found, MAX_REWARD, seeds)
    for group in range(2):
        shares, loans = expected(group)
        ours, error = mean_and_error(found.outcomes[f"level 2 of {group}"])
        yield Quantity(f"share at level 2, group {group}, in .40 to .65", 0.525, ours, "code", error, between=(0.40, 0.65))
        yield Quantity(f"share at level 2, group {group}, by the chain", float(shares[2]), ours, "exact", error)
        ours, error = mean_and_error(found.outcomes[f"loans {group}"])
        yield Quantity(f"loans, group {group}, by the chain", loans, ours, "exact", error)
        ours, error = mean_and_error(found.outcomes[f"precision {group}"])
        yield Quantity(f"precision, group {group}, in .66 to .69", 0.675, ours, "code", error, between=(0.66, 0.69))
    yield levels(found, MAX_REWARD)


def equal_opportunity(seeds: int = SEEDS) -> Measured:
    """The bank lends to the same share of repayers in both groups."""
    found = ladder(EQUAL_OPPORTUNITY).ensemble(APPLICANTS, seeds)
    yield from compared(found, EQUAL_OPPORTUNITY, seeds)
    gaps = found.outcomes["recall 0"] - found.outcomes["recall 1"]
    ours, error = mean_and_error(abs(gaps))
    yield Quantity("gap of recall between the groups, mean without sign", 0.0, ours, "code", error, between=(0.0, 0.03))
    ours, error = mean_and_error(gaps)
    yield Quantity("gap of recall between the groups, mean with sign", 0.0, ours, "exact", error, tolerance=0.03)
    yield levels(found, EQUAL_OPPORTUNITY)


def levels(found: Ensemble, kind: int) -> Series:
    """Shares by level at the start and in the end, for the picture."""
    rows = [(group, level) for group in range(2) for level in range(LEVELS)]
    end = [round(float(found.outcomes[f"level {level} of {group}"].mean()), 4) for group, level in rows]
    held = MEASURED[kind].get("level 2 of")
    published = [(held[group] + held[group + 2]) / 2 if held and level == 2 else None for group, level in rows]
    columns = {"group": [group for group, _ in rows], "level": [level for _, level in rows]}
    return Series(title(kind), {**columns, "start": [START[g][n] / GROUP for g, n in rows], "end": end, "published": published})


MODEL = Published(
    "credit_ladder",
    "The credit ladder and its trap",
    (
        Paper(
            "D'Amour, Srinivasan, Atwood, Baljekar, Sculley and Halpern 2020, Fairness is not static: deeper understanding of long term "
            "fairness via simulation studies, Proceedings of FAT* 2020:525",
            "code",
        ),
        Paper("Liu, Dean, Rolf, Simchowitz and Hardt 2018, ICML, arXiv 1803.04383", "abstract"),
    ),
    "Scores move only by loans. Where the bank stops lending, nobody can rise any more: half of each group ends in the level just below, "
    "more of the group that began lower is refused, and lending to equal shares of repayers closes the gap of recall.",
    ("gating.barred", "gating.answer", "scoring.publish", "scoring.band_of"),
    "The day's credit gate asks for no repayment: the loan and its default are rules of this file.",
    (
        Part("frozen_out", "smoke", frozen_out),
        Part("max_reward", "smoke", max_reward),
        Part("equal_opportunity", "smoke", equal_opportunity),
    ),
)
