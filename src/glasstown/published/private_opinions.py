"""Private opinions and what is said of them: people listen to what others say, and say what is between their opinion and the talk.

Private: y_i(t+1) = l_i [w_ii y_i(t) + sum over others w_ij e_j(t)] + (1 - l_i) y_i(0). Expressed: e_i(t+1) = f_i y_i(t+1) + (1 - f_i)
times the mean of what the others said, e_j(t) (Ye, Qin, Govaert, Anderson and Cao, Automatica 107:371, 2019). Where all are frank (f = 1),
both are one, and it is x(t+1) = A W x(t) + (I - A) x(0) (Friedkin and Johnsen 1990). Both steps are the day's ``reacting.towards``.
"""

from typing import Any

import numpy as np

from glasstown import reacting
from glasstown.modelling import Column, Model, Rule
from glasstown.modelling.compiling import wide
from glasstown.published.comparing import Form, Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import BITS

WIDE, FLOATS = 44, 0  # bits of the wide form (Python's own integers); no bits: floats
STEPS = 400  # after which nothing moves any more
SCALE = 100.0  # the group's opinions are told from 0 to 100; here from 0 to 1
WEIGHTS = np.array([[0.220, 0.120, 0.360, 0.300], [0.147, 0.215, 0.344, 0.294], [0, 0, 1, 0], [0.090, 0.178, 0.446, 0.286]])
LISTENS, FRANK = np.array([0.780, 0.785, 0, 0.714]), np.array([0.5, 0.8, 0.9, 0.3])
START = np.array([25.0, 25, 75, 85])


def mix(value, goal, share):
    """The day's ``towards`` in floats."""
    return value + share * (goal - value)


def believes(towards: Any, bits: int) -> Any:
    """What she thinks: her start, drawn towards what she thinks and hears."""

    def believe(person, step, world):
        now, said = world.now, world.before.expressed
        heard = now.weights[person, person] * now.private[person]
        for other in range(world.size.people):
            if other != person:
                heard += now.weights[person, other] * listened_to(other, said, world)
        now.private[person] = towards(now.start[person], heard >> bits if bits else heard, now.listens[person])

    return believe


def listened_to(other, said, world):
    """What others can know of her opinion: what she said."""
    return said[other]


def speaks(towards: Any, bits: int) -> Any:
    """What she says: what the others said, drawn towards what she thinks now."""

    def speak(person, step, world):
        now, said = world.now, world.before.expressed
        total = 0
        for other in range(world.size.people):
            if other != person:
                total += said[other]
        others = world.size.people - 1
        now.expressed[person] = towards(total // others if bits else total / others, thought(person, world), now.frank[person])

    return speak


def thought(person, world):
    """What she thinks when she speaks: after she has listened."""
    return world.now.private[person]


def group(weights: Any, listens: Any, frank: Any, start: Any, bits: int = FLOATS) -> Model:
    """So many people in so many bits (0: floats)."""
    towards = {FLOATS: mix, BITS: reacting.towards}[bits] if bits in (FLOATS, BITS) else wide("reacting", bits).towards

    def column(values: Any, width: int = 1) -> Column:
        values = np.asarray(values, float)
        return Column(np.int64, np.round(values * 2.0**bits).astype(np.int64), width=width) if bits else Column(float, values, width=width)

    columns = {
        "weights": column(weights, len(start)), "listens": column(listens), "frank": column(frank),
        "start": column(start), "private": column(start), "expressed": column(start),
    }  # fmt: skip
    rules = [Rule(believes(towards, bits), reads=("expressed",)), Rule(speaks(towards, bits), reads=("expressed",))]
    return Model(len(start), columns, rules)


def lived(model: Model, steps: int = STEPS, bits: int = FLOATS) -> tuple[Any, Any]:
    """Private and expressed opinions after so many steps; wide numbers pass 64 bits on the way and are lived in plain Python."""
    run = model.run(steps, compiled=bits == FLOATS)
    return run.columns["private"] / 2.0**bits, run.columns["expressed"] / 2.0**bits


# ---- what is known exactly --------------------------------------------------------------------------------------------


def system(weights: Any, listens: Any, frank: Any) -> Any:
    """The matrix S of the limits: S (y*, e*) = ((1 - l) y(0), 0)."""
    people = len(listens)
    own = np.diag(np.diag(weights))
    others = (1 - np.eye(people)) / (people - 1)
    one, listen, open_ = np.eye(people), np.diag(listens), np.diag(frank)
    return np.block([[one - listen @ own, -listen @ (weights - own)], [-open_, one - (one - open_) @ others]])


def limits(weights: Any, listens: Any, frank: Any, start: Any) -> tuple[Any, Any]:
    """Private and expressed limits, by solving for them."""
    listens, start = np.asarray(listens, float), np.asarray(start, float)
    solved = np.linalg.solve(system(weights, listens, frank), np.concatenate([(1 - listens) * start, np.zeros(len(start))]))
    return solved[: len(start)], solved[len(start) :]


def recursion(weights: Any, listens: Any, frank: Any, start: Any, steps: int) -> tuple[Any, Any]:
    """Both after so many steps, by the equations in matrices."""
    own, people = np.diag(weights), len(start)
    private, expressed = start.copy(), start.copy()
    for _ in range(steps):
        private = listens * (own * private + (weights - np.diag(own)) @ expressed) + (1 - listens) * start
        expressed = frank * private + (1 - frank) * (expressed.sum() - expressed) / (people - 1)
    return private, expressed


def rounding(weights: Any, listens: Any, frank: Any) -> tuple[Any, Any]:
    """How far the limits of opinions in 0..1 can be off in the day's 12 bits: what each step loses, summed by the system itself.

    u is a step of 12 bits. Private: weights off by u / 2 each, their sum cut (u), a share off by u / 2, the move cut (u), the start off by
    u / 2. Expressed: the mean cut (u), a share off by u / 2, the move cut (u).
    """
    u, people = 2.0**-BITS, len(listens)
    lost = listens * (people * u / 2 + u) + u / 2 + u + (1 - listens) * u / 2, (1 - frank) * u + u / 2 + u
    solved = np.linalg.solve(system(weights, listens, frank), np.concatenate(lost))
    return solved[:people], solved[people:]


# ---- what is measured -------------------------------------------------------------------------------------------------

FRANKLY = (60.020849, 59.983966, 75, 74.986205)  # limits where all are frank, to six decimals; the paper tells whole numbers
IN_PRIVATE, ALOUD = (57.770290, 58.121772, 75, 74.768851), (62.606564, 60.149772, 73.868874, 68.309871)
FORMS: tuple[tuple[int, str, Form], ...] = ((FLOATS, "floats", "wide"), (WIDE, f"{WIDE} bits", "wide"), (BITS, "12 bits", "day"))


def against(name: str, people: Any, targets: Any) -> Measured:
    """The limits of a group in all three forms, against the solved system."""
    weights, listens, frank, start = people
    exact, bounds = limits(weights, listens, frank, start / SCALE), rounding(weights, listens, frank)
    for bits, how, form in FORMS:
        found = lived(group(weights, listens, frank, start / SCALE, bits), bits=bits)
        for what, ours, target, bound in zip(targets, found, exact, bounds, strict=False):
            for person in range(len(start)):
                tolerance = SCALE * bound[person] if form == "day" else 1e-9
                says = f"{name}: {what}, person {person + 1}, {how}"
                yield Quantity(says, SCALE * target[person], SCALE * ours[person], "exact", tolerance=tolerance, form=form)
                if bits == FLOATS:  # as told, to half the last digit
                    yield Quantity(f"{says}, as told", targets[what][person], SCALE * ours[person], "exact", tolerance=5e-7)


def frank_group() -> Measured:
    """Friedkin and Johnsen's group of four: all say what they think."""
    people = (WEIGHTS, LISTENS, np.ones(4), START)
    yield from against("frank", people, {"opinion": FRANKLY})
    ours = SCALE * lived(group(WEIGHTS, LISTENS, np.ones(4), START / SCALE))[0]
    for person, target in enumerate((60, 60, 75, 75)):
        yield Quantity(f"frank: opinion, person {person + 1}, as published", target, float(round(ours[person])), "published")


def discreet_group(steps: int = 20) -> Measured:
    """The same group where talk presses on what is said: limits, the way there, and their spreads."""
    people = (WEIGHTS, LISTENS, FRANK, START)
    yield from against("discreet", people, {"private": IN_PRIVATE, "expressed": ALOUD})
    paths: dict[str, list[Any]] = {"step": [], "person": [], "private": [], "expressed": []}
    apart = 0.0
    for step in range(steps + 1):
        found = [SCALE * each for each in lived(group(WEIGHTS, LISTENS, FRANK, START / SCALE), step)]
        apart = max(apart, *(float(abs(one - other).max()) for one, other in zip(found, recursion(*people, step), strict=True)))
        for person in range(4):
            for column, value in zip(paths.values(), (step, person + 1, float(found[0][person]), float(found[1][person])), strict=True):
                column.append(value)
    yield Quantity(f"discreet: furthest from the equations in {steps} steps", 0, apart, "exact", tolerance=1e-9)
    private, expressed = (float(np.ptp(SCALE * each)) for each in lived(group(WEIGHTS, LISTENS, FRANK, START / SCALE)))
    yield Quantity("discreet: spread of private limits", 17.2297, private, "exact", tolerance=5e-5)
    yield Quantity("discreet: spread of expressed limits", 13.7191, expressed, "exact", tolerance=5e-5)
    yield Series("paths", paths)
    private_limits, expressed_limits = limits(*people)
    yield Series("limits", {"person": [1, 2, 3, 4], "private": private_limits.tolist(), "expressed": expressed_limits.tolist()})


ASCH = ((0.9, 0.5, 0.3, 0.181818, 0.054545), (0.2, 0.5, 0.3, 0.888889, 0.266667), (0.9, 0.1, 0.1, 0.109890, 0.010989))  # l, w, f, y*, e*


def asch(confederates: int = 3) -> Measured:
    """One who begins at 1 among others who say 0 whatever they hear: y* = (1 - l) / (1 - l w), e* = f y*."""
    for listens, own, frank, told_private, told_aloud in ASCH:
        people = 1 + confederates
        weights = np.eye(people)
        weights[0] = [own] + [(1 - own) / confederates] * confederates
        all_listen, all_frank, start = ([first] + [rest] * confederates for first, rest in ((listens, 0.0), (frank, 1.0), (1.0, 0.0)))
        private = (1 - listens) / (1 - listens * own)
        bounds = rounding(weights, np.array(all_listen), np.array(all_frank))
        for bits, how, form in FORMS:
            found = lived(group(weights, all_listen, all_frank, start, bits), bits=bits)
            rows = zip(("private", "expressed"), (private, frank * private), (told_private, told_aloud), found, bounds, strict=True)
            for what, target, told, ours, bound in rows:
                says = f"Asch, l={listens:g} w={own:g} f={frank:g}: {what}, {how}"
                tolerance = float(bound[0]) if form == "day" else 1e-9
                yield Quantity(says, target, float(ours[0]), "exact", tolerance=tolerance, form=form)
                if bits == FLOATS:
                    yield Quantity(f"{says}, as told", told, float(ours[0]), "exact", tolerance=5e-7)


def drawn_groups(groups: int = 100) -> Measured:
    """In drawn groups in which all are swayed and nobody is wholly frank, private limits always spread further than expressed ones."""
    chances, narrower, alike = np.random.default_rng(1), 0, 0
    for _ in range(groups):
        people = int(chances.integers(3, 9))
        weights = chances.dirichlet(np.ones(people), people)
        listens, frank = chances.uniform(0.05, 0.95, (2, people))
        private, expressed = lived(group(weights, listens, frank, chances.random(people)))
        narrower += np.ptp(private) <= np.ptp(expressed)
        alike += int((abs(private - expressed) < 1e-9).sum())
    yield Quantity(f"groups of {groups} whose private limits spread no further", 0, float(narrower), "published")
    yield Quantity("people who end up saying what they think", 0, float(alike), "published")


MODEL = Published(
    "private_opinions",
    "Private and expressed opinions",
    (
        Paper("Ye, Qin, Govaert, Anderson and Cao 2019, An influence network model to study discrepancies in expressed and private "
              "opinions, Automatica 107:371, arXiv 1806.11236", "abstract"),
        Paper("Friedkin and Johnsen 1990, Social influence and opinions, J. Math. Sociol. 15:193; the group: 1999, 2011", "secondary"),
        Paper("Asch 1951, in Guetzkow (ed.), Groups, Leadership and Men, 177 (its opening)", "abstract"),
    ),
    "People hear only what others say, and what they say bends to the talk. So what is said is nearer together than what is thought, and a "
    "group can seem to agree on what few in it hold.",
    ("reacting.towards",),
    "The day's people hear whether ties dissent or praise, not how much, and weigh all ties alike; they say one of three things.",
    (
        Part("frank_group", "smoke", frank_group),
        Part("discreet_group", "smoke", discreet_group),
        Part("asch", "smoke", asch),
        Part("drawn_groups", "smoke", drawn_groups),
    ),
)  # fmt: skip
