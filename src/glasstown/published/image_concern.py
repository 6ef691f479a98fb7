"""Image concern: people take part to be taken for somebody who would have done so anyway.

Who has the prosocial value v takes part at cost c if v - c + mu Delta >= 0, where mu is how much she cares for her image, and Delta what
taking part tells others: E[v | takes part] - E[v | does not]. All from v* on take part, with v* = c - mu Delta(v*). Even values on [0, 1]
have Delta = 1/2 whatever v*, so v* = c - mu / 2; exponential ones of mean 1 have Delta = v* / (1 - exp(-v*)) (Benabou and Tirole 2006,
Incentives and prosocial behavior; Tirole 2021, Digital dystopia, where a public rating makes conduct visible).
"""

from math import exp

from glasstown.modelling import Column, Model, Rule, exponential, uniform
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series, root

VALUE = 0  # purpose
EVEN, EXPONENTIAL = 0, 1
ROUNDS = 40  # until images hold: each round halves what is missing, or better
MOVES = 0.5  # of the way that images move a round (the whole way can overshoot to where nobody is left to compare with)
CASES = (  # name, kind, c, mu, v*, share who take part
    ("even", EVEN, 0.8, 0.4, 0.6, 0.4),
    ("exponential", EXPONENTIAL, 2.0, 0.5, 1.156388, 0.314620),
)


def found(person, step, world):
    """What taking part is worth to her for its own sake."""
    if world.case.kind == EVEN:
        world.now.value[person] = uniform(world.luck, person, 0, VALUE)
    else:
        world.now.value[person] = exponential(world.luck, person, 0, VALUE, 1.0)


def decide(person, step, world):
    """She takes part if her value and her image are worth the cost."""
    case = world.case
    world.now.part[person] = world.now.value[person] - case.cost + case.weight * world.now.stake[0] >= 0.0


def told(with_it, without):
    """What taking part tells others: by how much those who do are the better ones, compared with those who do not."""
    return with_it - without


def look(person, step, world):
    """Others see who took part, and what kind of people those are; where all did the same, the image at stake stays as it was."""
    now = world.now
    with_it = 0.0
    without = 0.0
    part = 0
    for one in range(world.size.people):
        if now.part[one]:
            part += 1
            with_it += now.value[one]
        else:
            without += now.value[one]
    if 0 < part < world.size.people:
        now.stake[0] += MOVES * (told(with_it / part, without / (world.size.people - part)) - now.stake[0])


def participation(step, world):
    """Share who take part."""
    part = 0
    for one in range(world.size.people):
        part += world.now.part[one]
    return part / world.size.people


def least(step, world):
    """The value from which on people take part."""
    return world.case.cost - world.case.weight * world.now.stake[0]


def town(kind: int, cost: float, weight: float, people: int) -> Model:
    """People who care so much for their image; at first everybody thinks that taking part tells nothing."""
    return Model(
        people,
        {"value": Column(), "part": Column("u1"), "stake": Column(rows=1)},
        [Rule(found, "founding"), Rule(decide, "sequential"), Rule(look, "once")],
        case={"kind": kind, "cost": cost, "weight": weight},
        records={"participation": participation, "least": least},
    )


# ---- what is measured --------------------------------------------------------------------------------------------------


def means(kind: int, cut: float) -> tuple[float, float]:
    """Mean values of those above and below a cut (inside the values that there are)."""
    if kind == EVEN:
        return (1 + cut) / 2, cut / 2
    return cut + 1, 1 - cut / (exp(cut) - 1)


def solved(kind: int, cost: float, weight: float) -> float:
    """v*, by bisection; where even the last (or the first) would take part, that end."""

    def away(cut: float) -> float:
        return cut - cost + weight * float(told(*means(kind, cut)))

    low, high = 1e-9, 1.0 if kind == EVEN else 50.0
    return low if away(low) > 0 else high if away(high) < 0 else root(away, low, high)


def above(kind: int, cut: float) -> float:
    """Share of people whose value is above the cut."""
    return 1 - min(max(cut, 0.0), 1.0) if kind == EVEN else exp(-cut)


def closed_forms() -> Measured:
    """The cut and the participation of both cases, to six digits; without image concern, v* is the cost."""
    for name, kind, cost, weight, cut, part in CASES:
        ours = solved(kind, cost, weight)
        yield Quantity(f"v*, {name} values", cut, ours, "exact", tolerance=5e-7)
        yield Quantity(f"participation, {name} values", part, above(kind, ours), "exact", tolerance=5e-7)
        yield Quantity(f"v* without image concern, {name} values", cost, solved(kind, cost, 0.0), "exact", tolerance=1e-12)


def agents(people: int = 100_000, replicates: int = 8, rounds: int = ROUNDS) -> Measured:
    """The same from people who look at who takes part."""
    for name, kind, cost, weight, cut, part in CASES:
        lived = town(kind, cost, weight, people).ensemble(rounds, replicates)
        for what, record, target in (("v*", "least", cut), ("participation", "participation", part)):
            ours, error = lived.estimate(record)
            yield Quantity(f"{what} in the end, {name} values", target, ours, "exact", error, tolerance=5e-7 + 0.5**ROUNDS)


def curves(people: int = 20_000, replicates: int = 6, points: int = 6) -> Measured:
    """Participation by how much people care for their image: agents on the exact curve."""
    for name, kind, cost, _, _, _ in CASES:
        tried = [number / (points - 1) for number in range(points)]
        lived = [town(kind, cost, weight, people).ensemble(ROUNDS, replicates).estimate("participation") for weight in tried]
        for weight, (ours, error) in zip(tried, lived, strict=True):
            target = above(kind, solved(kind, cost, weight))
            yield Quantity(f"participation at image weight {weight:g}, {name} values", target, ours, "exact", error, tolerance=5e-7)
        yield Series(f"agents, {name}", {"weight": tried, "participation": [round(ours, 5) for ours, _ in lived]})
        weights = [number / 50 for number in range(51)]
        exact = [round(above(kind, solved(kind, cost, weight)), 6) for weight in weights]
        yield Series(f"exact, {name}", {"weight": weights, "participation": exact})
    yield Series("published", {"weight": [case[3] for case in CASES], "participation": [case[5] for case in CASES]})


MODEL = Published(
    "image_concern",
    "Taking part for one's image",
    (
        Paper("Benabou and Tirole 2006, Incentives and prosocial behavior, American Economic Review 96:1652", "abstract"),
        Paper("Tirole 2021, Digital dystopia, American Economic Review 111:2007", "abstract"),
    ),
    "Where conduct is visible, people take part in what they would not do unseen; how many depends on what taking part tells of them.",
    (),
    "In the day a mark costs image among strangers at a fixed weight; nobody infers from who else acts what kind of person somebody is.",
    (Part("closed_forms", "smoke", closed_forms), Part("agents", "smoke", agents), Part("curves", "smoke", curves)),
)
