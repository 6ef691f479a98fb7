"""The spiral of silence: people speak if speaking was answered well, and two camps can silence one another (Gaisbauer et al. 2020).

T_x is the share of camp x's contacts inside the camp. Whoever values speaking at Q speaks with chance p = 1 / (1 + exp(-beta Q)). She who
speaks meets a contact: her reward is +1 if the contact says the same, -1 if the opposite, 0 if nothing, less a cost c; Q moves a share
alpha of the way to it. In the mean, dQ_a/dt = T_a p_a - (1 - T_a) p_b - c - Q_a, and likewise for b. Both moves are the day's own
(``reacting.towards``): of one who learns, and of a step of time.
"""

from itertools import product
from math import exp, floor
from typing import Any

import numpy as np

from glasstown import reacting
from glasstown.modelling import Column, Model, Rule, below, uniform
from glasstown.modelling.compiling import wide
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Form, Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import BITS

SAYS, INSIDE, WHOM = 0, 1, 2  # purposes
FLOATS, WIDE = 0, 28  # bits: none, and what compiles without overflow
STRIDE, LONG = 0.25, 800  # a step of time, and how many until nothing moves any more
ALPHA, CAMP, STEPS, MEAN_OF = 0.05, 2000, 1500, 100  # of the agents: share learnt, people a camp, steps, last steps averaged
FORMS: tuple[tuple[int, str, Form], ...] = ((FLOATS, "floats", "wide"), (WIDE, f"{WIDE} bits", "wide"), (BITS, "12 bits", "day"))


def mix(value, goal, share):
    """The day's ``towards`` in floats."""
    return value + share * (goal - value)


def as_it_is(number):
    """A number in floats."""
    return number


def numbers(bits: int) -> tuple[Any, Any, float]:
    """``towards``, how a float becomes a number of the form, and what stands for 1."""
    if bits == FLOATS:
        return mix, as_it_is, 1.0
    one = float(1 << bits)
    towards = reacting.towards if bits == BITS else wide("reacting", bits).towards
    return towards, lambda number: floor(number * one + 0.5), one


def speaks(value, beta):
    """The chance that she speaks."""
    return 1.0 / (1.0 + exp(-beta * value))


def feedback(inside, own, other, cost):
    """What speaking is worth in the mean, where contacts inside and outside the camp speak with these chances."""
    return inside * own - (1.0 - inside) * other - cost


def reward(says, inside):
    """What an answer is worth: silence is none."""
    return (1.0 if inside else -1.0) if says else 0.0


def time_passes(bits: int) -> Any:
    """A camp in the mean: people 0 and 1 are the camps of one pair, 2 and 3 those of the next."""
    towards, number, one = numbers(bits)

    def pass_(person, step, world):
        case, stood = world.case, world.before.value
        own, other = speaks(stood[person] / one, case.beta), speaks(stood[person ^ 1] / one, case.beta)
        goal = feedback(case.inside_b if person & 1 else case.inside_a, own, other, case.cost)
        world.now.value[person] = towards(stood[person], number(goal), case.share)

    return pass_


def says_or_not(bits: int) -> Any:
    """One of the people speaks, or is silent, today."""
    one = numbers(bits)[2]

    def say(person, step, world):
        world.now.says[person] = uniform(world.luck, person, step, SAYS) < speaks(world.now.value[person] / one, world.case.beta)

    return say


def learns(bits: int) -> Any:
    """Whoever spoke today meets a contact and learns from the answer."""
    towards, number, one = numbers(bits)

    def learn(person, step, world):
        case, now, camp = world.case, world.now, world.size.people // 2
        if not listens(now.says[person]):
            return
        begin = person // camp * camp  # of her camp
        inside = uniform(world.luck, person, step, INSIDE) < (case.inside_b if begin else case.inside_a)
        if inside:
            other = begin + below(world.luck, person, step, WHOM, camp - 1)
            other += other >= person
        else:
            other = camp - begin + below(world.luck, person, step, WHOM, camp)
        now.value[person] = towards(now.value[person], number(reward(now.says[other], inside) - case.cost), case.share)

    return learn


def listens(says):
    """Who learns: those who spoke."""
    return says


def speaking(bits: int, camp: int) -> Any:
    """A record: the mean chance that one of a camp speaks."""
    one = numbers(bits)[2]

    def record(step, world):
        total, people = 0.0, world.size.people // 2
        for person in range(camp * people, (camp + 1) * people):
            total += speaks(world.now.value[person] / one, world.case.beta)
        return total / people

    return record


def case_of(row: tuple[float, ...], share: float, bits: int) -> dict[str, Any]:
    """The numbers of a row of the table."""
    inside_a, inside_b, beta, cost = map(float, row)
    return {"inside_a": inside_a, "inside_b": inside_b, "beta": beta, "cost": cost, "share": numbers(bits)[1](share)}


def start_of(values: Any, bits: int) -> Column:
    """The column of what people value speaking at."""
    return Column(float, values) if bits == FLOATS else Column(np.int64, np.round(np.asarray(values) * 2.0**bits).astype(np.int64))


def camps(row: tuple[float, ...], starts: Any, bits: int = FLOATS) -> Model:
    """Two camps in the mean, from many starts (pairs) at once."""
    values = np.asarray(starts, float).ravel()
    rules = [Rule(time_passes(bits), reads=("value",))]
    return Model(len(values), {"value": start_of(values, bits)}, rules, case=case_of(row, STRIDE, bits))


def settled(row: tuple[float, ...], starts: Any, bits: int = FLOATS, steps: int = LONG) -> Any:
    """Where camps in the mean come to rest, a pair a start."""
    return camps(row, starts, bits).run(steps).columns["value"].reshape(-1, 2) / 2.0**bits


def people(row: tuple[float, ...], start: Any, alpha: float = ALPHA, camp: int = CAMP, bits: int = FLOATS) -> Model:
    """The agents, all of a camp with the same value to begin with."""
    columns = {"value": start_of(np.repeat(start, camp), bits), "says": Column("u1")}
    records = {"a": speaking(bits, 0), "b": speaking(bits, 1)}
    return Model(2 * camp, columns, [Rule(says_or_not(bits)), Rule(learns(bits))], case=case_of(row, alpha, bits), records=records)


# ---- what is measured -------------------------------------------------------------------------------------------------

ONLY = ((0.9, 0.6, 10, 0.1), (0.3, 0.7, 10, 0.1), (0.6, 0.8, 5, 0.1))  # rows with one stable state
BOTH = (0.8, 0.8, 10, 0.1)  # the row in which both may speak
TABLE: dict[tuple[float, ...], tuple[tuple[float, ...], ...]] = {  # (T_a, T_b, beta, c): states (Q_a, Q_b, p_a, p_b)
    (0.5, 0.5, 10, 0.1): (
        (-0.588552, 0.388552, 0.0028, 0.9799), (0.388552, -0.588552, 0.9799, 0.0028), (-0.1, -0.1, 0.2689, 0.2689)),
    BOTH: (
        (0.495814, 0.495814, 0.993, 0.993), (-0.219912, 0.679136, 0.0998, 0.9989), (0.679136, -0.219912, 0.9989, 0.0998)),
    (0.9, 0.6, 10, 0.1): ((0.798996, -0.495672, 0.9997, 0.0070),),
    (0.3, 0.7, 10, 0.1): ((-0.798134, 0.598134, 0.0003, 0.9975),),
    (0.6, 0.8, 5, 0.1): ((-0.419242, 0.647949, 0.1095, 0.9623),),
    (0.8, 0.6, 10, 0.3): ((-0.4785, 0.2520), (-0.2464, -0.3040), (0.4941, -0.6966)),
}  # fmt: skip
SADDLE = ((0.5, 0.5, 10, 0.1), 2)  # the row and the number of a state that only equal camps come to
FELL = "the state is a saddle: from exactly equal camps one comes to it, but any difference between them grows, and agents always differ"
WEARS = "the silent camp learns only when it speaks, and what it values scatters: at alpha = .05 ever fewer speak; smaller shares agree"
SCATTER = "at alpha = .05 what agents value scatters around the mean by some .1, and the curve p(Q) is bent there; smaller shares agree"


def named(row: tuple[float, ...], state: Any) -> str:
    """A row and a state in words."""
    return f"T={row[0]:g},{row[1]:g} beta={row[2]:g} c={row[3]:g}, state ({state[0]:.3g}, {state[1]:.3g})"


def chances(state: Any, beta: float) -> list[float]:
    """The chances that go with a state."""
    return [speaks(float(value), beta) for value in state[:2]]


def slope(row: tuple[float, ...], state: Any) -> Any:
    """How the rates of change of (Q_a, Q_b) change with them."""
    bends = [row[2] * p * (1 - p) for p in chances(state, row[2])]
    inside = row[:2]
    return np.array([[inside[0] * bends[0] - 1, (inside[0] - 1) * bends[1]], [(inside[1] - 1) * bends[0], inside[1] * bends[1] - 1]])


def moved(row: tuple[float, ...], state: Any, pull: Any) -> Any:
    """The state to which this one moves if what speaking is worth is pulled by so much (Newton's method)."""
    found = np.array(state[:2], float)
    for _ in range(50):
        own = chances(found, row[2])
        goals = [feedback(inside, one, other, row[3]) for inside, one, other in zip(row[:2], own, own[::-1], strict=True)]
        found -= np.linalg.solve(slope(row, found), np.array(goals) + pull - found)
    return found


def rounding(row: tuple[float, ...], state: Any, share: float) -> Any:
    """How far a state can be off in 12 bits, in Q_a and Q_b.

    A move of less than a step u is none, so all rest where what speaking is worth is within u / share (and u / 2 of its own rounding) of Q.
    The more one camp speaks the less the other does, so the farthest such states are those with a corner of that square as a pull.
    """
    pull = 2.0**-BITS * (1 / share + 0.5)
    corners = [moved(row, state, pull * np.array(signs)) for signs in product((-1, 1), repeat=2)]
    return np.max(np.abs(corners - moved(row, state, 0.0)), axis=0)


def mean_field() -> Measured:
    """The states to which two camps come in the mean, from a little off each; which are stable; that there are no others."""
    grows = 0
    for row, states in TABLE.items():
        for place, state in enumerate(states):
            off = np.array([0.02, 0.02 if (row, place) == SADDLE or state[0] == state[1] else -0.03])
            for bits, how, form in FORMS:
                ours = settled(row, state[:2] + off, bits)[0]
                digits = 1e-5 if len(state) > 2 else 1e-5 + 5e-5  # the last row is told in four decimals, as are all p
                bound = rounding(row, state, STRIDE) if form == "day" else (0, 0)
                for camp, name in enumerate("ab"):
                    says = f"Q_{name}, {named(row, state)}, {how}"
                    yield Quantity(says, state[camp], float(ours[camp]), "code", tolerance=digits + bound[camp], form=form)
                if bits == FLOATS and len(state) > 2:
                    for name, target, value in zip("ab", state[2:], chances(ours, row[2]), strict=True):
                        yield Quantity(f"p_{name}, {named(row, state)}", target, value, "code", tolerance=5e-5 + 1e-5)
            grows += bool(np.linalg.eigvals(slope(row, moved(row, state, 0.0))).real.max() > 0)
        starts = list(product(np.linspace(-1.3, 0.95, 19), repeat=2))
        found = {tuple(np.round(end, 3) + 0.0) for end in settled(row, starts)}
        yield Quantity(f"states come to, T={row[0]:g},{row[1]:g} beta={row[2]:g} c={row[3]:g}", len(states), len(found), "code")
    yield Quantity("states told as stable where a difference grows", 0, grows, "code", because=FELL)
    yield from paths()


def paths() -> Measured:
    """The ways that camps take through (Q_a, Q_b), for the picture."""
    shown: dict[str, list[Any]] = {"row": [], "start": [], "place": [], "a": [], "b": []}
    edge = [start for start in product((-1.0, -0.55, -0.1, 0.35, 0.8), repeat=2) if max(abs(value + 0.1) for value in start) > 0.8]
    told: dict[str, list[Any]] = {"row": [], "a": [], "b": []}
    for row, states in TABLE.items():
        name = f"T={row[0]:g}, {row[1]:g}; beta={row[2]:g}; cost={row[3]:g}"
        for state in states:
            for column, value in zip(told.values(), (name, *state[:2]), strict=True):
                column.append(value)
        run, at = camps(row, edge).run(0), 0
        for place, until in enumerate((0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 50, 100)):
            run, at = (camps(row, edge).run(until - at, after=run) if until else run), until
            for start, (a, b) in enumerate(run.columns["value"].reshape(-1, 2)):
                for column, value in zip(shown.values(), (name, start, place, round(float(a), 4), round(float(b), 4)), strict=True):
                    column.append(value)
    yield Series("paths", shown)
    yield Series("states", told)


def agents(replicates: int = 4, camp: int = CAMP, steps: int = STEPS, rows: Any = tuple(TABLE)) -> Measured:
    """Agents at alpha = .05: from silence and speech alike where there is one stable state, otherwise 300 steps from each state."""
    for row in rows:
        for place, state in enumerate(TABLE[row]):
            told = chances(state, row[2])
            start, how_long = ((0.0, 0.0), steps) if row in ONLY else (state[:2], steps // 5)
            for bits, _, form in (FORMS[0], FORMS[2]):
                because = FELL if (row, place) == SADDLE else SCATTER if row == (0.8, 0.6, 10, 0.3) and place == 0 else ""
                model = people(row, start, ALPHA, camp, bits)
                runs = [model.run(how_long, replicate=replicate) for replicate in range(replicates)]
                away = chances(np.array(moved(row, state, 0.0)) + rounding(row, state, ALPHA), row[2]) if form == "day" else told
                for number, name in enumerate("ab"):
                    mean, error = mean_and_error([run.records[name][-MEAN_OF:].mean() for run in runs])
                    tolerance = 0.02 + abs(away[number] - told[number])
                    says = f"agents: p_{name}, {named(row, state)}"
                    yield Quantity(says, told[number], mean, "code", error, tolerance=tolerance, form=form, because=because)


def much_later(replicates: int = 2, camp: int = CAMP, shares: tuple[float, ...] = (ALPHA, ALPHA / 10)) -> Measured:
    """States that agents begin in, after five times as long, and the same where they learn a tenth as much ten times as long."""
    cases = [(BOTH, 1), *(((0.8, 0.6, 10, 0.3), place) for place in range(3))]
    for (row, place), alpha in product(cases, shares):
        state, because = TABLE[row][place], "" if alpha < ALPHA else SCATTER if place == 0 else WEARS if row == BOTH else ""
        model = people(row, state[:2], alpha, camp)
        runs = [model.run(round(STEPS * ALPHA / alpha), replicate=replicate) for replicate in range(replicates)]
        for name, target in zip("ab", chances(state, row[2]), strict=True):
            mean, error = mean_and_error([run.records[name][-MEAN_OF:].mean() for run in runs])
            says = f"agents much later, alpha={alpha:g}: p_{name}, {named(row, state)}"
            yield Quantity(says, target, mean, "code", error, tolerance=0.02, because=because)


MODEL = Published(
    "spiral_of_silence",
    "The spiral of silence: who dares to speak",
    (
        Paper("Gaisbauer, Olbrich and Banisch 2020, Dynamics of opinion expression, Phys. Rev. E 102:042303", "abstract"),
        Paper("The program of a study that follows it: JuanCastillo29/Spiral-of-Silence-in-Clustered-Homophilic-Networks", "code"),
    ),
    "People speak where those around them agree. Two camps of one size end with both speaking, or one silent; a camp that keeps to itself "
    "silences another that does not, even if the other is larger.",
    ("reacting.towards",),
    "People of the day do not learn from single answers: they speak by the climate around them and by fear. Camps there are views, not "
    "given once and for all.",
    (
        Part("mean_field", "smoke", mean_field),
        Part("agents", "standard", agents),
        Part("much_later", "standard", much_later),
    ),
    ("The .02 in p was stated beforehand, whatever p is: where p is small, it says little.",),
)
