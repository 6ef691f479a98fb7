"""Bundling: one score for prosocial and political conduct silences people whom nobody punishes, and guilt by association parts them.

Tirole (2021, Digital dystopia) argues that one published score for both kinds of conduct makes people obey politically, because a bad
score then also tells others that somebody is not prosocial; that holding people to account for those they know controls them further, and
destroys ties; and that both work best where ties are weak and people docile. These SIGNS are his; the forms below are ours:

A person of prosocial value v (even on [0, 1]) acts prosocially, a = 1, at a cost c, and dissents, p = 1, or forgoes the d that dissent is
worth to her (even on [0, D] for the opposed, nothing for others; D is small where people are docile). Her points are a - w p, with w = 1 if
politics are bundled in and 0 if not, and her band is good from 1 point on (the day's ``scoring.band_of``). She gets
(v - c) a + d p + [good band] prize, where prize = mu (1 - k) (E[v | good] - E[v | bad]) + tau (share of ties gone cold in the bad band,
less that in the good). Strangers know her by her band only; a share k know her anyway, more where ties are strong. Silence costs d and
dissent costs the best that she could get in silence less the best she can get in dissent: the day's ``reacting.dissent`` decides. Ties turn
cold by the day's ``reacting.turns`` at the town's best guesses; guilt by association is its ``costly``. Nobody is ever sanctioned.

The signs are not unconditional: where most people are in the bad band anyway, being in it costs hardly a tie more than being outside, and
guilt by association breaks ties without silencing anybody.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from glasstown import reacting, scoring, tables
from glasstown.modelling import Column, Ensemble, Model, Rule, count_ties, mean, ring, uniform, word
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import ONE

VALUE, OPPOSED, WORTH, TURN = 0, 1, 2, 3  # purposes
REACH = 4  # ties to so many on each side
GOOD = 1  # the upper band
COST = 0.5  # of acting prosocially
OPPOSED_SHARE = 0.3
MOVES = 0.5  # of the way that what people see moves what they expect, a week
WEEKS = 52
CHANCES = {"shun": 0.01, "rewarm": 0.02}  # the town's best guesses about ties, a week
FACTORS = {"shun_kin": 0.2, "solidarity": 0.5, "contact_cost": 1.0}


@dataclass(frozen=True)
class Society:
    """What a world is like, apart from its score: how much image and ties are worth, how strong ties are, how docile people."""

    image: float = 0.5  # mu
    ties: float = 0.5  # tau
    known: float = 0.0  # k
    kin: int = 0  # whether ties are as strong as those among kin
    stakes: float = 1.0  # D


def found(person, step, world):
    """How prosocial she is, and what dissent is worth to her: some are opposed."""
    luck, now = world.luck, world.now
    now.value[person] = uniform(luck, person, 0, VALUE)
    opposed = uniform(luck, person, 0, OPPOSED) < OPPOSED_SHARE
    now.desired[person] = 1 + int(world.case.stakes * uniform(luck, person, 0, WORTH) * ONE) if opposed else 0
    now.band[person] = GOOD


def band(acts, dissents, case):
    """The band that her conduct puts her in: good from one point on."""
    return scoring.band_of(acts - case.weight * dissents, case)


def worth(acts, dissents, value, prize, case):
    """What conduct gets her, apart from dissent itself."""
    return (value - case.cost) * acts + prize * (band(acts, dissents, case) == GOOD)


def decide(person, step, world):
    """She speaks out as far as that pays, and acts prosocially if that pays then."""
    now, case = world.now, world.case
    value, prize = now.value[person], case.image * (1.0 - case.known) * now.expected[0] + case.ties * now.expected[1]
    in_silence = max(worth(0, 0, value, prize, case), worth(1, 0, value, prize, case))
    in_dissent = max(worth(0, 1, value, prize, case), worth(1, 1, value, prize, case))
    costs = int((in_silence - in_dissent) * ONE)
    dissents = reacting.dissent(now.desired[person], ONE, ONE, costs, 0, 0) > 0
    now.dissents[person] = dissents
    now.acts[person] = worth(1, dissents, value, prize, case) >= worth(0, dissents, value, prize, case)
    now.band[person] = band(now.acts[person], dissents, case)


def associate(person, step, world):
    """Each of her ties turns cold or warm; both ends decide alike, from one word."""
    now, case, ties = world.now, world.case, world.ties.known
    cold = 0
    for slot in range(ties.first[person], ties.first[person + 1]):
        other = ties.ends[slot]
        one, two = min(person, other), max(person, other)
        drawn = word(world.luck, one, step, TURN, two)
        bad, other_bad = now.band[person] != GOOD, now.band[other] != GOOD
        now.cold[slot] ^= reacting.turns(now.cold[slot], bad, other_bad, case.kin, case.guilt, drawn, case.parameters[0])
        cold += now.cold[slot]
    now.lost[person] = cold / count_ties(ties, person)


def look(person, step, world):
    """Everybody sees what kind of people the good and the bad band hold, and how their ties fare."""
    now = world.now
    good = 0
    value, other_value = 0.0, 0.0
    lost, other_lost = 0.0, 0.0
    for one in range(world.size.people):
        if now.band[one] == GOOD:
            good += 1
            value += now.value[one]
            lost += now.lost[one]
        else:
            other_value += now.value[one]
            other_lost += now.lost[one]
    bad = world.size.people - good
    if good > 0 and bad > 0:
        now.expected[0] += MOVES * (value / good - other_value / bad - now.expected[0])
        now.expected[1] += MOVES * (other_lost / bad - lost / good - now.expected[1])


def dissenting(step, world):
    """Share who openly dissent."""
    return mean(world.now.dissents)


def acting(step, world):
    """Share who act prosocially."""
    return mean(world.now.acts)


def cold(step, world):
    """Share of ties gone cold."""
    return mean(world.now.lost)


def weight(bundle: int) -> int:
    """How many points dissent costs: one where politics are bundled in."""
    return bundle


def town(society: Society, bundle: int, guilt: int = 0, people: int = 1000) -> Model:
    """A town under a score that bundles politics in or not, and with guilt by association or not."""
    bands = np.zeros(2, tables.row_type(tables.BAND))
    bands["floor"] = (-9, 1)
    score = np.zeros(1, tables.row_type(tables.SCORE))
    score["bands"] = 2
    parameters: Any = np.zeros(1, tables.row_type(tables.PARAMETER))
    for name, value in CHANCES.items():
        parameters[name] = round(value * 2**32)
    for name, value in FACTORS.items():
        parameters[name] = round(value * ONE)
    ties = ring(people, REACH)
    return Model(
        people,
        {
            "value": Column(), "desired": Column(np.int64), "acts": Column("u1"), "dissents": Column("u1"), "band": Column("u1"),
            "lost": Column(), "cold": Column("u1", rows=len(ties.ends)), "expected": Column(rows=2),
        },
        [Rule(found, "founding"), Rule(decide, "sequential"), Rule(associate, "sequential"), Rule(look, "once")],
        ties={"known": ties},
        case={
            **asdict(society), "cost": COST, "weight": weight(bundle), "guilt": guilt * ONE,
            "score": score, "bands": bands, "parameters": parameters,
        },
        records={"dissenting": dissenting, "acting": acting, "cold": cold},
    )  # fmt: skip


# ---- what is measured --------------------------------------------------------------------------------------------------

WORLDS = {"two scores": (0, 0), "one score": (1, 0), "one score, guilt by association": (1, 1)}  # bundle, guilt
TYPICAL = Society()
WEAK, STRONG = TYPICAL, Society(known=0.6, kin=1)
DOCILE, DEFIANT = Society(stakes=0.6), Society(stakes=2.0)


def sign(what: str, values: Any) -> Quantity:
    """A difference whose sign is published: above zero by more than four standard errors, over worlds of the same luck."""
    ours, error = mean_and_error(values)
    least = max(4 * error, 1e-3)
    return Quantity(what, least, ours, "sign", error, between=(least, 1.0))


def year(society: Society, people: int, replicates: int) -> dict[str, Ensemble]:
    """The three worlds, in the same luck."""
    return {name: town(society, *given, people).ensemble(WEEKS, replicates) for name, given in WORLDS.items()}


def fall(worlds: dict[str, Ensemble], fewer: str, more: str, record: str = "dissenting") -> Any:
    """By how much a record is lower in one world than in another, world by world, after a year."""
    return worlds[more].records[record][:, -1] - worlds[fewer].records[record][:, -1]


def signs(people: int = 2000, replicates: int = 12) -> Measured:
    """What bundling and guilt by association do, and where they do it most."""
    apart, one, guilt = WORLDS
    lived = {each: year(each, people, replicates) for each in (TYPICAL, STRONG, DOCILE, DEFIANT)}
    typical = lived[TYPICAL]
    yield sign("one score instead of two: fewer dissent by", fall(typical, one, apart))
    yield sign("guilt by association: fewer dissent by", fall(typical, guilt, one))
    yield sign("guilt by association: more ties are cold by", fall(typical, one, guilt, "cold"))
    for name, more, less in (("weak than with strong ties", WEAK, STRONG), ("docile than with defiant people", DOCILE, DEFIANT)):
        effects = [(fall(lived[each], one, apart), fall(lived[each], guilt, one)) for each in (more, less)]
        yield sign(f"one score silences more with {name}, by", effects[0][0] - effects[1][0])
        yield sign(f"guilt by association silences more with {name}, by", effects[0][1] - effects[1][1])
    yield sign("guilt by association breaks more ties where they are weak, by",
               fall(lived[WEAK], one, guilt, "cold") - fall(lived[STRONG], one, guilt, "cold"))  # fmt: skip


def knock_outs(people: int = 1000, replicates: int = 4) -> Measured:
    """What cannot differ once its reason is taken away, to the last person."""
    apart, one, guilt = WORLDS
    for what, society, fewer, more in (
        ("without image concern and ties one score silences", Society(image=0.0, ties=0.0), one, apart),
        ("among people known to everybody, without ties, one score silences", Society(known=1.0, ties=0.0), one, apart),
        ("where ties are worth nothing, guilt by association silences", Society(ties=0.0), guilt, one),
    ):
        yield Quantity(f"{what}", 0.0, float(abs(fall(year(society, people, replicates), fewer, more)).max()), "exact")
    typical = town(TYPICAL, 0, 1, people).ensemble(WEEKS, replicates)
    opposed = [float((town(TYPICAL, 0, 0, people).run(0, replicate=number).columns["desired"] > 0).mean()) for number in range(replicates)]
    silenced = float(np.abs(typical.records["dissenting"][:, -1] - opposed).max())
    yield Quantity("with two scores, opposed people who are silent, guilt by association or not", 0.0, silenced, "exact")


def pictured(people: int = 1000, replicates: int = 4, points: int = 11) -> Measured:
    """Dissent and cold ties by how much people care for their image, in the three worlds; dissent never rises with it."""
    for name, given in WORLDS.items():
        weights = [number / (points - 1) for number in range(points)]
        runs = [town(Society(image=weight), *given, people).ensemble(WEEKS, replicates) for weight in weights]
        columns = {record: [round(run.estimate(record)[0], 4) for run in runs] for record in ("dissenting", "cold", "acting")}
        yield Series(name, {"image": weights, **columns})
        if given[0]:
            yield sign(f"{name}: dissent falls from no to full image concern, by", fall({"no": runs[0], "full": runs[-1]}, "full", "no"))


MODEL = Published(
    "bundling",
    "One score for everything",
    (Paper("Tirole 2021, Digital dystopia, American Economic Review 111:2007", "abstract"),),
    "A score that mixes political with prosocial conduct silences people without punishing anybody; guilt by association silences more and "
    "breaks ties; both work best among weak ties and docile people. Only the signs are published: the forms are ours.",
    ("reacting.dissent", "reacting.turns", "scoring.band_of"),
    "In the day nobody infers from a band how prosocial somebody is: a mark costs image at a fixed weight.",
    (Part("signs", "smoke", signs), Part("knock_outs", "smoke", knock_outs), Part("pictured", "standard", pictured)),
)
