"""Civil violence: people who are aggrieved rise where police are few, and are arrested (Epstein 2002, PNAS 99 suppl 3:7243).

Citizens (70 % of the cells of a 40 x 40 torus) have hardship H and risk aversion R, even in 0..1; grievance is G = H (1 - L) under
legitimacy L. With C police and A actives (herself included) in sight, the chance of arrest is P = 1 - exp(-k floor(C / A)). She is active
if G - R P > T. Police arrest one active in sight, for a term drawn up to Jmax. All move to a free cell in sight, one after the other in
an order drawn each step. Three public programs differ in sight, in the whole number (floor, round, none), in order, and in whether
those in jail block their cells: that decides whether there are outbursts at all.
"""

from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from math import exp, floor
from typing import Any

import numpy as np

from glasstown import catalogue, detaining, draws, protesting, tables
from glasstown.modelling import Column, Model, Rule, Run, below, grid, uniform
from glasstown.modelling.cells import add_near, free_cell, leave, stand
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import NEVER, ONE

HARDSHIP, AVERSION, PLACE, GOES, WHOM, TERM = 0, 1, 2, 4, 8, 9  # purposes
SIDE, CITIZENS, POLICE = 40, 1120, 64
BAR, FORCE = 0.1, 2.3  # T and k
FLOOR, ROUND, NEITHER = 0, 1, 2  # what is done to C / A
LIFE = np.dtype([("away_until", "i8")])  # of a life, what detention writes
CALM, STEPS = 200, 2000  # steps before anything is measured, and measured
OUTBURST, FEW = 50, 5  # actives: an outburst, hardly anybody


@dataclass(frozen=True)
class Variant:
    """What differs between the public programs. Terms are drawn from ``shortest`` to ``longest``."""

    sight: str
    whole: int
    moves_first: bool
    blocks: bool  # those in jail block their cells
    jumps: bool  # police who arrest go to the cell of the arrested
    shortest: int
    longest: int


NETLOGO = Variant("euclidean", FLOOR, True, False, True, 0, 29)
MESA = Variant("von_neumann", ROUND, False, True, False, 0, 30)
WHYNOT = Variant("moore", NEITHER, False, True, False, 30, 30)


def found(person, step, world):
    """Hardship and aversion to risk, and she stands on her cell."""
    now = world.now
    now.hardship[person] = uniform(world.luck, person, 0, HARDSHIP)
    now.averse[person] = uniform(world.luck, person, 0, AVERSION)
    arrives(person, now.cell[person], world)


def arrives(person, cell, world):
    """She comes to a cell: she takes it, and is seen from around."""
    now = world.now
    now.cell[person] = cell
    stand(now.top, now.under, cell, person)
    now.taken[cell] += 1
    shows(person, 1, world)


def leaves(person, world):
    """She leaves her cell."""
    now = world.now
    leave(now.top, now.under, now.cell[person], person)
    now.taken[now.cell[person]] -= 1
    shows(person, -1, world)


def shows(person, change, world):
    """Those around count one more, or one fewer, of the police or of the actives; the quiet are not counted."""
    now = world.now
    if person >= world.case.citizens or now.active[person]:
        add_near(world.ties.near, now.cell[person], now.police if person >= world.case.citizens else now.actives, change)


def politics(person, step, world):
    """Legitimacy falls by so much a step, to the least."""
    world.now.legitimacy[0] = max(world.case.legitimacy - world.case.falls * step, world.case.least)


def come_home(person, step, world):
    """Those whose term is over are free again."""
    if detaining.is_released(world.now.life[person], step):
        world.now.life[person].away_until = NEVER
        if not world.case.blocks:
            world.now.taken[world.now.cell[person]] += 1


def estimated_risk(police, marching, whole, force):
    """Chance of arrest as people estimate it, 1 - exp(-k C / A), with a whole number of police to an active or without."""
    ratio = police / marching
    if whole != NEITHER:
        ratio = police // marching if whole == FLOOR else round(ratio)
    return 1.0 - exp(-force * ratio)


def rises(person, marching, world):
    """Whether she is active: grievance against risk, in floats."""
    case, now = world.case, world.now
    grievance = now.hardship[person] * (1.0 - now.legitimacy[0])
    return grievance - now.averse[person] * estimated_risk(now.police[now.cell[person]], marching, case.whole, case.force) > case.bar


def rises_by_day(person, marching, world):
    """The same by the day's rule, in 12 bits; boldness 1 / R - 1 is an aversion of R."""
    case, now = world.case, world.now
    grievance = floor(now.hardship[person] * (1.0 - now.legitimacy[0]) * ONE)
    boldness = floor(ONE / now.averse[person]) - ONE
    return protesting.marches(grievance, boldness, now.police[now.cell[person]] + 0, marching, 0, case.curve, case.parameters[0])


def marching_with(person, world):
    """Actives in sight, herself included whether she is one of them or not."""
    return 1 + world.now.actives[world.now.cell[person]] - world.now.active[person]


def turns(person, active, world):
    """She becomes active or quiet, and is seen to."""
    now = world.now
    if active != now.active[person]:
        add_near(world.ties.near, now.cell[person], now.actives, 1 if active else -1)
        now.active[person] = active
        now.ever[person] |= active


def enforce(person, step, world):
    """One of the police arrests an active in sight, if there is any. Returns the cell to jump to, or -1."""
    case, now = world.case, world.now
    count = now.actives[now.cell[person]]
    if count == 0:
        return -1
    arrested = active_in_sight(now.cell[person], below(world.luck, person, step, WHOM, count), world)
    turns(arrested, 0, world)
    term = case.shortest + below(world.luck, person, step, TERM, case.longest - case.shortest + 1)
    # a term counts today, unless it counts her own turns and she had today's
    days = term if case.blocks and now.turn[arrested] == step else term - 1
    if days >= 0:
        detaining.begin(now.life[arrested], step, days)
        if not case.blocks:
            now.taken[now.cell[arrested]] -= 1
    return now.cell[arrested] if case.jumps else -1


def active_in_sight(cell, number, world):
    """The active with this number among those seen from a cell."""
    near, now = world.ties.near, world.now
    for slot in range(near.first[cell], near.first[cell + 1]):
        other = now.top[near.ends[slot]]
        while other >= 0:
            if now.active[other]:
                if number == 0:
                    return other
                number -= 1
            other = now.under[other]
    return -1


def acts(rule: Any) -> Any:
    """A turn: she moves, and decides by a rule of protest or enforces, or the other way round; those in jail miss it."""

    def act(person, step, world):
        if detaining.is_away(world.now.life[person], step):
            return
        world.now.turn[person] = step
        for half in range(2):
            goal = -1
            if (half == 0) == world.case.moves_first:
                goal = free_cell(world.luck, person, step, GOES, world.ties.near, world.now.cell[person], world.now.taken)
            elif person < world.case.citizens:
                turns(person, 1 if rule(person, marching_with(person, world), world) else 0, world)
            else:
                goal = enforce(person, step, world)
            if goal >= 0:
                leaves(person, world)
                arrives(person, goal, world)

    return act


def active(step, world):
    """How many are active."""
    number = 0
    for person in range(world.case.citizens):
        number += world.now.active[person]
    return number


def jailed(step, world):
    """How many will miss their next turn."""
    number = 0
    for person in range(world.case.citizens):
        number += detaining.is_away(world.now.life[person], step if world.case.blocks else step + 1)
    return number


near = cache(grid)


def cells(luck: Any) -> Any:
    """All cells in an order drawn evenly."""
    return np.argsort(draws.draw_many(luck, np.arange(SIDE * SIDE), 0, PLACE), kind="stable")


def rebellion(variant: Variant = NETLOGO, rule: Any = None, citizens: int = CITIZENS, police: int = POLICE, **numbers: float) -> Model:
    """The model; ``numbers``: legitimacy (.82), and its fall a step to the least. ``rule``: of protest, in floats if none is named."""
    columns = {
        "hardship": Column(), "averse": Column(), "legitimacy": Column(rows=1), "active": Column("u1"), "ever": Column("u1"),
        "life": Column(LIFE, NEVER), "turn": Column("i8"), "cell": Column("i4", lambda luck: cells(luck)[: citizens + police]),
        "under": Column("i4", -1), "top": Column("i4", -1, rows=SIDE * SIDE),
        **{name: Column("i2", rows=SIDE * SIDE) for name in ("taken", "police", "actives")},
    }  # fmt: skip
    parameters = np.zeros(1, tables.row_type(tables.PARAMETER))
    parameters["protest_rule"] = protesting.EXACT if variant.whole == NEITHER else protesting.WHOLE
    parameters["protest_bar"], parameters["arrest_force"] = round(BAR * ONE), round(FORCE * ONE)
    case = {
        "citizens": citizens, "whole": variant.whole, "moves_first": variant.moves_first, "blocks": variant.blocks, "jumps": variant.jumps,
        "shortest": variant.shortest, "longest": variant.longest, "bar": BAR, "force": FORCE,
        "legitimacy": 0.82, "falls": 0.0, "least": 0.0, "curve": catalogue.curve_table(), "parameters": parameters,
    }  # fmt: skip
    rules = [Rule(found, "founding"), Rule(politics, "once"), Rule(come_home, "sequential"), Rule(acts(rule or rises), "shuffled")]
    records = {"active": active, "jailed": jailed}
    return Model(citizens + police, columns, rules, {"near": near(SIDE, SIDE, 7, variant.sight, own=True)}, case, records).given(numbers)


# ---- what is measured --------------------------------------------------------------------------------------------------


def bounds(replicates: int = 20, steps: int = 60) -> Measured:
    """Who can ever be active: without police exactly those whose grievance passes the bar, with police nobody else."""
    for legitimacy in (0.90, 0.89, 0.82):
        share = max(0.0, 1 - BAR / (1 - legitimacy))
        runs = [rebellion(police=0, legitimacy=legitimacy).run(1, replicate=replicate) for replicate in range(replicates)]
        ours, error = float(np.mean([run.last("active") for run in runs])) / CITIZENS, (share * (1 - share) / CITIZENS / replicates) ** 0.5
        yield Quantity(f"share active without police at L={legitimacy:g}", share, ours, "exact", error, tolerance=1e-12)
        run = rebellion(legitimacy=legitimacy).run(steps)
        ever, hardship = run.columns["ever"][:CITIZENS] > 0, run.columns["hardship"][:CITIZENS]
        beyond = float((ever & (hardship * (1 - legitimacy) <= BAR)).sum())
        yield Quantity(f"ever active below the bar, with police, at L={legitimacy:g}", 0, beyond, "exact")
        if share == 0:
            yield Quantity(f"ever active, with police, at L={legitimacy:g}", 0, float(ever.sum()), "exact")


def rounding(risk_at: float, averse: float, ratio: float) -> float:
    """How far grievance - R P - T can be off in the day's 12 bits: u is a step of them."""
    u = 1 / ONE
    at = min(risk_at, 8.0)  # where the day's curve ends
    of_curve = (exp(-max(at - 1 / 128, 0)) * (1 / 128 + (FORCE + ratio / 2) * u) + u / 2 + (exp(-8) if risk_at > 8 else 0)) if ratio else 0
    return u / 2 + 1.01 * u + averse * of_curve + u + u / 2  # grievance, aversion (by whole boldness), risk, their product, the bar


def by_day() -> Measured:
    """The day's rule of protest on a lattice of people and crowds: it decides alike but where rounding may matter."""
    shares = (np.arange(24) + 0.37) / 24
    cases = list(product((0, 1, 2, 3, 5, 8, 13), (1, 2, 3, 4, 7, 30), shares, shares))
    curve, parameters = catalogue.curve_table(), rebellion().case["parameters"].view(np.recarray)[0]
    for whole, parameters.protest_rule, name in ((FLOOR, protesting.WHOLE, "with"), (NEITHER, protesting.EXACT, "without")):
        unlike, near_bar = [], []
        for police, marching, hardship, averse in cases:
            ratio = police // marching if whole == FLOOR else police / marching
            net = hardship * 0.18 - averse * estimated_risk(police, marching, whole, FORCE) - BAR
            numbers = round(hardship * 0.18 * ONE), floor(ONE / averse) - ONE, police, marching
            unlike.append(protesting.marches(*numbers, 0, curve, parameters) != (net > 0))
            near_bar.append(abs(net) <= rounding(FORCE * ratio, averse, ratio))
        beyond = float((np.array(unlike) & ~np.array(near_bar)).sum())
        yield Quantity(f"decisions unlike the formula beyond rounding, {name} the whole number", 0, beyond, "exact", form="day")
        tolerance = float(np.mean(near_bar))  # only cases within the bound on rounding can differ
        share = float(np.mean(unlike))
        yield Quantity(f"share of decisions unlike it, {name} the whole number", 0, share, "exact", tolerance=tolerance, form="day")


def told(run: Run) -> dict[str, float]:
    """What the tables tell about a run after the calm."""
    actives, in_jail = run.records["active"][CALM + 1 :], run.records["jailed"][CALM + 1 :]
    onsets = np.flatnonzero((actives[1:] >= OUTBURST) & (actives[:-1] < OUTBURST))
    gaps = np.diff(onsets) if len(onsets) > 2 else np.zeros(2)
    numbers = (actives.mean(), actives.max(), in_jail.mean(), 1000 * len(onsets) / len(actives), (actives <= FEW).mean(), gaps.mean())
    return dict(zip(WHAT, (*numbers, gaps.std(ddof=1)), strict=True))


WHAT = {  # what the tables tell: the tolerance stated, as a share of the target, and half the last digit printed
    "mean active": (0.12, 0.05), "peak": (0.0, 0.5), "mean jailed": (0.0, 0.5), "onsets per 1000 steps": (0.15, 0.05),
    "share of steps with 5 active or fewer": (0.0, 0.005), "steps between onsets": (0.0, 0.05), "sd of steps between onsets": (0.0, 0.05),
}  # fmt: skip
TABLE = (  # seeds of theirs, the sd of mean active over them if it is told, and their numbers in this order
    ("NetLogo", NETLOGO, (8, 3.1), (43.0, 368, 245, 34.8, 0.66, 28.8, 7.2)),
    ("NetLogo without the whole number", replace(NETLOGO, whole=NEITHER), (8, 0), (0.4, 11, 23, 0, 1.0)),
    ("Mesa", MESA, (6, 0.8), (15.2, 122, 218, 19.8, 0.41)),
    ("Mesa's order, NetLogo's sight, floor", replace(MESA, sight="euclidean", whole=FLOOR), (8, 0), (31.5, 339, 246, 30.3, 0.67)),
    ("Mesa's order, NetLogo's sight, round", replace(MESA, sight="euclidean"), (8, 0), (8.9, 174, 126, 16.3, 0.77)),
    ("Mesa's order, NetLogo's sight, neither", replace(MESA, sight="euclidean", whole=NEITHER), (8, 0), (0.6, 14, 31, 0, 0.99)),
    ("WhyNot", WHYNOT, (8, 0), (None, None, None, 0)),
)


def compared(name: str, model: Model, targets: Any, seeds: int, steps: int, theirs: Any = (8, 0), form: Any = "wide") -> Measured:
    """Our means over runs beside the targets; theirs are means of so many runs, each taken to vary as one of ours if it is not told."""
    runs = [told(model.run(CALM + steps, replicate=replicate)) for replicate in range(seeds)]
    for (what, (share, digit)), target in zip(WHAT.items(), targets):
        if target is not None:
            mean, error = mean_and_error([run[what] for run in runs])
            varies = theirs[1] if theirs[1] and what == "mean active" else error * seeds**0.5
            tolerance = share * target + digit if target else 0.0
            yield Quantity(f"{what}, {name}", target, mean, "own", error, varies / theirs[0] ** 0.5, tolerance, form=form)


def outbursts(seeds: int = 16, steps: int = STEPS, cases: Any = TABLE) -> Measured:
    """The programs' statistics over 2000 steps after 200."""
    for name, variant, theirs, targets in cases:
        yield from compared(name, rebellion(variant), targets, seeds, steps, theirs)
    if cases is TABLE:
        yield from compared("NetLogo", rebellion(rule=rises_by_day), TABLE[0][3], seeds, steps, TABLE[0][2], "day")
        for name, variant, _, _ in TABLE[:2]:
            shown = rebellion(variant).run(600).records["active"]
            yield Series(name, {"step": list(range(len(shown))), "active": [int(value) for value in shown]})


def mesa_itself(seeds: int = 24, steps: int = 400) -> Measured:
    """Mesa 3.3.1 itself, 4 runs of 400 steps, read as after the calm, without the first outburst; it draws who stands on each cell."""
    chances, runs = np.random.default_rng(1), []
    for replicate in range(seeds):
        _, citizens, police = chances.multinomial(SIDE * SIDE, [0.26, 0.70, 0.04])
        runs.append(told(rebellion(MESA, citizens=int(citizens), police=int(police)).run(CALM + steps, replicate=replicate)))
    ranges = {"mean active": (9.5, 19.3), "peak": (69.0, 139.0), "mean jailed": (157.0, 250.0), "onsets per 1000 steps": (7.5, 22.5)}
    for what, (low, high) in ranges.items():
        mean, error = mean_and_error([run[what] for run in runs])
        yield Quantity(f"{what}, Mesa 3.3.1 itself", (low + high) / 2, mean, "code", error, between=(low, high))


SWEEP = ((0.70, 96.8, 42), (0.80, 58.4, 36), (0.82, 42.1, 35), (0.84, 28.6, 29), (0.86, 7.8, 15), (0.88, 0.7, 0))


def legitimacy_sweep(seeds: int = 16, steps: int = STEPS, cases: Any = SWEEP) -> Measured:
    """Actives and outbursts by legitimacy, in NetLogo's semantics."""
    for legitimacy, mean, onsets in cases:
        yield from compared(f"L={legitimacy:g}", rebellion(legitimacy=legitimacy), (mean, None, None, onsets), seeds, steps)


def salami(seeds: int = 60, steps: int = 70) -> Measured:
    """Over 70 steps, legitimacy that falls by .01 stirs fewer than one fall of .20 (runs 3, 4); left at .20 longer, hundreds rise."""
    medians, cases = [], (("by .01 a step to .20", 0.01, 0.2, 8.1, 8.0), ("at once to .70", 0.2, 0.7, 28.6, 42.0))
    for name, falls, least, target, sd in cases:
        model = rebellion(police=118, legitimacy=0.90, falls=falls, least=least)
        peaks = [float(model.run(steps, replicate=replicate).records["active"].max()) for replicate in range(seeds)]
        mean, error = mean_and_error(peaks)
        yield Quantity(f"peak, legitimacy falls {name}", target, mean, "own", error, sd / 12**0.5, 0.05)
        medians.append(float(np.median(peaks)))
    yield Quantity("median peak is higher after the sudden fall", 1, float(medians[1] > medians[0]), "published")


MODEL = Published(
    "civil_violence",
    "Civil violence: outbursts and arrests",
    (
        Paper("Epstein 2002, Modeling civil violence: an agent-based computational approach, PNAS 99 suppl 3:7243", "abstract"),
        Paper("Wilensky 2004, NetLogo Rebellion model", "code"),
        Paper("Mesa 3.3.1, example epstein_civil_violence; WhyNot, civil_violence simulator", "code"),
    ),
    "People rise where grievance outweighs the risk of arrest. Because a crowd of actives lowers everybody's risk, long quiet is broken by "
    "outbursts; but only if the ratio of police to actives is cut to a whole number, which the paper does not print.",
    ("protesting.marches", "protesting.risk", "protesting.aversion", "detaining.begin", "detaining.is_away", "detaining.is_released"),
    "People of the day march with their district and do not walk about; they have boldness, from which an aversion to risk follows, and "
    "are arrested by chance. Here all move on a grid and look around, and arrests are one by one.",
    (
        Part("bounds", "smoke", bounds),
        Part("by_day", "smoke", by_day),
        Part("salami", "standard", salami),
        Part("mesa_itself", "standard", mesa_itself),
        Part("outbursts", "long", outbursts),
        Part("legitimacy_sweep", "long", legitimacy_sweep),
    ),
    (
        "Tolerances were stated beforehand: 12 % of mean active, 15 % of onsets; other numbers half their last printed digit.",
        "About an eighth of the falls by .01 a step ends in an outburst of hundreds; its mean peak (64, theirs 8) is too unsure to differ.",
        "What is claimed of the two falls, fewer after the gradual one, holds for medians of peaks, and not for their means.",
        "Mesa's own four runs are read as 400 steps after 200, like the table they stand in; counted from the first step ours are higher.",
    ),
)
