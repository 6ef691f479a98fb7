"""Delayed impact: what a bank's threshold does to the scores of those it lends to, and of those it does not.

Of a group, a share pi(x) has score x and repays with chance r(x), which grows with x. A loan repaid raises the score by c+, a default
lowers it by c-; a refusal changes nothing. Lending from the top down to a share b of the group changes its mean score by

    D(b) = sum over x of pi(x) t_b(x) (c+ r(x) - c- (1 - r(x))),   the outcome curve, concave in b,

where t_b(x) in [0, 1] is the share accepted at score x. The bank gains u+ or loses u-. *Max utility* lends where r(x) >= u- / (u- + u+);
*demographic parity* to the same share of both groups; *equal opportunity* to the same share of the repayers of both. A policy harms
actively if D < 0. If the bank risks more than a score, u- / u+ >= c- / c+, max utility never does; demographic parity may (Liu, Dean, Rolf,
Simchowitz and Hardt 2018, section 3). The populations here are invented: the paper's own are not public to copy.
"""

from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from glasstown import gating, scoring, tables, world
from glasstown.modelling import Column, Model, Rule, uniform
from glasstown.modelling.luck import luck_of
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series
from glasstown.tables import CREDIT
from glasstown.world import NOTHING

REPAYS, DRAWN = 0, 4  # purposes
UP, DOWN = 75, 150  # of a score, by a loan repaid and by a default
GAIN, LOSS = 1.0, 4.0  # of the bank
LOW, HIGH, STEP = 300, 850, 10  # of scores
SCORES = np.arange(450, 771, STEP)  # nobody stands where a bound of the scale would hold a change back: curves are concave
FULL = 1 << 32
Numbers = Any  # arrays


@dataclass(frozen=True)
class Group:
    """A group: its share of all, how its scores are spread, and the chance to repay at each."""

    part: float
    shares: Numbers
    repay: Numbers


def group(part: float, mean: float, spread: float, middle: float = 580.0, slope: float = 40.0) -> Group:
    """Scores in a bell around a mean, and a logistic chance to repay with its middle at this score."""
    weights = np.exp(-0.5 * ((SCORES - mean) / spread) ** 2)
    return Group(part, weights / weights.sum(), np.array([1 / (1 + exp((middle - score) / slope)) for score in SCORES]))


INVENTED = (group(0.05, 560, 70), group(0.95, 660, 60))  # group A: few people, and fewer of them score high; group B


# ---- what a policy selects, and what that does -------------------------------------------------------------------------


def selected(rate: float, shares: Numbers) -> Numbers:
    """The share accepted at each score if this share of all is, from the top down."""
    above = np.cumsum(shares[::-1])[::-1] - shares
    return np.clip((rate - above) / shares, 0.0, 1.0)


def change(one: Group) -> Numbers:
    """Mean change of a score by a loan."""
    return UP * one.repay - DOWN * (1 - one.repay)


def worth(one: Group, gain: float = GAIN, loss: float = LOSS) -> Numbers:
    """What a loan brings the bank, by score."""
    return gain * one.repay - loss * (1 - one.repay)


def outcome(one: Group, rate: float) -> float:
    """The outcome curve: mean change of score over the whole group."""
    return float((one.shares * selected(rate, one.shares) * change(one)).sum())


def corners(weights: Numbers) -> Numbers:
    """The shares at which lending from the top down has used up a score, from 0 to 1."""
    reached = np.concatenate([[0.0], np.cumsum(weights[::-1])])
    return reached / reached[-1]


def rate_at(share: float, weights: Numbers, shares: Numbers) -> float:
    """Which share of all is accepted if this share of the weights is."""
    return float((selected(share, weights / weights.sum()) * shares).sum())


def weights_of(one: Group, equal: bool) -> Numbers:
    """Whose equal shares a policy lends to: of repayers (equal opportunity) or of everybody (demographic parity)."""
    return one.shares * one.repay if equal else one.shares


def max_utility(groups: Any, gain: float = GAIN, loss: float = LOSS) -> list[float]:
    """Which share of each group is accepted where every loan must pay on its own."""
    return [float(one.shares[worth(one, gain, loss) >= 0].sum()) for one in groups]


def equalised(groups: Any, equal: bool, gain: float = GAIN, loss: float = LOSS) -> list[float]:
    """Which share of each is accepted under a parity: utility is concave and piecewise linear, so the best is at a corner."""

    def utility(share: float) -> float:
        rates = [rate_at(share, weights_of(one, equal), one.shares) for one in groups]
        earned = [(one.shares * selected(rate, one.shares) * worth(one, gain, loss)).sum() for one, rate in zip(groups, rates, strict=True)]
        return float(sum(one.part * each for one, each in zip(groups, earned, strict=True)))

    best = max(np.concatenate([corners(weights_of(one, equal)) for one in groups]), key=utility)
    return [rate_at(best, weights_of(one, equal), one.shares) for one in groups]


def policies(groups: Any) -> dict[str, list[float]]:
    """The shares of each group that three policies accept."""
    return {
        "max utility": max_utility(groups),
        "demographic parity": equalised(groups, False),
        "equal opportunity": equalised(groups, True),
    }


def crossing(one: Group) -> float:
    """The share beyond which lending lowers the mean score; 1 if there is none."""
    at = corners(one.shares)
    values = np.concatenate([[0.0], np.cumsum((one.shares * change(one))[::-1])])
    for place in range(1, len(at)):
        if values[place] < 0:
            before, after = values[place - 1], values[place]
            return float(at[place - 1] + (at[place] - at[place - 1]) * before / (before - after))
    return 1.0


# ---- people ------------------------------------------------------------------------------------------------------------


def moves(lent):
    """Whether an application can change a score: only a loan does."""
    return lent


def apply(person, step, world):
    """She applies once: the credit gate of her band answers, and a loan moves her score."""
    now, case, file = world.now, world.case, world.now.record[person]
    threshold = gating.barred(file, now.entries, 0, now.listings, 0, CREDIT, 0, 0, case.tables, case.policy)
    gate, parameters = case.tables.gates[CREDIT], case.tables.parameters[0]
    lent = gating.answer(world.luck, person, step, CREDIT, gate, 0, threshold, 0, parameters) == gating.GRANTED
    if moves(lent):
        repays = uniform(world.luck, person, step, REPAYS) < case.repay[(file.score - case.first) // STEP]
        file.live += UP if repays else -DOWN
        scoring.publish(file, 0, case.policy)


def people(one: Group, rate: float, count: int = 50_000) -> Model:
    """A group before a bank that accepts this share of it: three bands, of which the middle one is refused by chance."""
    accepted = selected(rate, one.shares)
    edge = int(np.argmax(accepted > 0)) if accepted.any() else len(SCORES)
    policy = tables.nothing(np.zeros(1, tables.row_type(tables.SENSOR)))._replace(bands=np.zeros(3, tables.row_type(tables.BAND)))
    for name, value in {"scores": 1, "low": LOW, "high": HIGH, "bands": 3}.items():
        policy.score[name] = value
    floor = SCORES[0] + STEP * edge
    policy.bands["floor"] = LOW, floor, floor + STEP
    middle = accepted[edge] if edge < len(SCORES) else 0.0
    policy.bands["refuse"][:, CREDIT] = FULL, round((1 - middle) * FULL), 0
    file = np.zeros(count, world.row_type(world.RECORD))
    even = (np.arange(count) + 0.5) / count
    file["live"] = file["score"] = SCORES[np.searchsorted(np.cumsum(one.shares), even * (1 - 1e-12))]
    file["band"] = np.searchsorted(policy.bands["floor"][1:], file["score"], "right")
    file["override"] = NOTHING
    deeds, sensors, gates, parameters = (
        np.zeros(8, tables.row_type(fields)) for fields in (tables.DEED, tables.SENSOR, tables.GATE, tables.PARAMETER)
    )
    shared = tables.Tables(deeds, sensors, gates, parameters, np.zeros(1, np.int64), np.zeros(1, np.int64))
    rooms = {"entries": Column(world.row_type(world.ENTRY), rows=1), "listings": Column(world.row_type(world.LISTING), rows=1)}
    case = {"policy": policy, "tables": shared, "repay": one.repay, "first": int(SCORES[0])}
    return Model(count, {"record": Column(file.dtype, file), **rooms}, [Rule(apply, "sequential")], case=case)


# ---- what is measured --------------------------------------------------------------------------------------------------

SOLVED = {  # shares of A and of B, as the authors' solver gave them for the invented population
    "max utility": (0.148308704, 0.652262050),
    "demographic parity": (0.587577907, 0.587577907),
    "equal opportunity": (0.436340883, 0.621260878),
}


def published_solver() -> Measured:
    """The shares that the authors' own solver accepts on the invented population, and ours."""
    for name, rates in policies(INVENTED).items():
        for letter, target, ours in zip("AB", SOLVED[name], rates, strict=True):
            yield Quantity(f"share of {letter} accepted, {name}", target, ours, "code", tolerance=1e-4)  # it searches in steps of 1e-5


def shape() -> Measured:
    """The outcome curve of each group: concave, one maximum, one crossing of zero."""
    for letter, one in zip("AB", INVENTED, strict=True):
        at = corners(one.shares)
        values = np.array([outcome(one, rate) for rate in at])
        yield Quantity(f"places where the curve of {letter} bends upwards", 0, bends(at, values), "exact")
        peaks = int(((values[1:-1] > values[:-2]) & (values[1:-1] > values[2:])).sum())
        yield Quantity(f"maxima of the curve of {letter}", 1, peaks, "exact")
        crossings = int((np.diff(np.sign(values[1:])) != 0).sum())
        yield Quantity(f"crossings of zero of the curve of {letter}", int(values[-1] < 0), crossings, "exact")
        best = float(one.shares[change(one) >= 0].sum())
        yield Quantity(f"share of {letter} at the maximum: where a loan moves nobody", best, float(at[values.argmax()]), "exact",
                       tolerance=1e-12)  # fmt: skip
        rates = [number / 100 for number in range(101)]
        marks = {name: found["AB".index(letter)] for name, found in policies(INVENTED).items()}
        yield Series(f"curve of {letter}", {"rate": rates, "change": [round(outcome(one, rate), 3) for rate in rates]})
        yield Series(f"policies on {letter}", {"policy": list(marks), "rate": [round(rate, 4) for rate in marks.values()]})


def bends(at: Numbers, values: Numbers) -> int:
    """At how many corners a curve lies below the straight line between its neighbours."""
    left = (at[2:] - at[1:-1]) / (at[2:] - at[:-2])
    return int((values[1:-1] < left * values[:-2] + (1 - left) * values[2:] - 1e-9).sum())


POPULATIONS = 300


def drawn(number: int) -> tuple[Group, Group]:
    """Two groups drawn at random: their sizes, spreads, and chances to repay."""
    luck = luck_of(1, 0)

    def even(low: float, high: float, place: int) -> float:
        return low + (high - low) * uniform(luck, number, 0, DRAWN, place)

    part, slope = even(0.02, 0.98, 0), even(15, 80, 1)
    return (
        group(part, even(500, 720, 2), even(30, 90, 3), even(530, 650, 4), slope),
        group(1 - part, even(500, 720, 5), even(30, 90, 6), even(530, 650, 7), slope),
    )


def properties(populations: int = POPULATIONS) -> Measured:
    """What holds in every population, and what only may happen."""
    found = dict.fromkeys(("bends", "max utility", "cheap", "parity", "opportunity", "improves", "outside"), 0)
    for number in range(populations):
        groups = drawn(number)
        best, parity, opportunity = policies(groups).values()
        cheap = max_utility(groups, 1.0, 1.0)  # the bank risks less than a score does
        for place, one in enumerate(groups):
            at = corners(one.shares)
            found["bends"] += bends(at, np.array([outcome(one, rate) for rate in at])) > 0
            found["max utility"] += outcome(one, best[place]) < -1e-9
            found["cheap"] += outcome(one, cheap[place]) < -1e-9
            found["parity"] += outcome(one, parity[place]) < -1e-9
            found["opportunity"] += outcome(one, opportunity[place]) < -1e-9
            found["improves"] += outcome(one, parity[place]) > outcome(one, best[place]) + 1e-9
        found["outside"] += not min(best) - 1e-9 <= parity[0] <= max(best) + 1e-9
    never, ever = 2 * populations, (1.0, 2.0 * populations)
    yield Quantity(f"groups of {never} whose curve bends upwards", 0, found["bends"], "exact")
    yield Quantity(f"groups of {never} harmed by max utility, bank risks more than a score", 0, found["max utility"], "exact")
    yield Quantity(f"groups of {never} harmed by max utility, bank risks less: some", 1, found["cheap"], "sign", between=ever)
    yield Quantity(f"groups of {never} harmed by demographic parity: some", 1, found["parity"], "sign", between=ever)
    yield Quantity(f"groups of {never} harmed by equal opportunity: some", 1, found["opportunity"], "sign", between=ever)
    yield Quantity(f"groups of {never} whom demographic parity helps more than max utility: some", 1, found["improves"], "sign",
                   between=ever)  # fmt: skip
    yield Quantity("populations in which parity accepts more, or fewer, than max utility does of either", 0, found["outside"], "exact")


def beyond() -> Measured:
    """On the invented population, where each policy lies: parity beyond the crossing of group A (active harm), max utility before it."""
    one, edge = INVENTED[0], crossing(INVENTED[0])
    yield Quantity("mean change of group A at the crossing", 0.0, outcome(one, edge), "exact", tolerance=1e-9)
    rates = policies(INVENTED)
    yield Quantity("max utility accepts less of A than the crossing", 1, int(rates["max utility"][0] < edge), "exact")
    yield Quantity("demographic parity accepts more of A than the crossing", 1, int(rates["demographic parity"][0] > edge), "exact")
    yield Series("crossing of A", {"rate": [round(edge, 4)]})


def agents(count: int = 50_000) -> Measured:
    """People before the day's credit gate: their mean change of score is on the curve."""
    for place, letter in enumerate("AB"):
        one = INVENTED[place]
        told: list[tuple[float, float]] = []
        rates = {name: found[place] for name, found in policies(INVENTED).items()}
        for name, rate in [*rates.items(), *((f"{share:.0%} accepted", share) for share in (0.3, 0.8, 1.0))]:
            run = people(one, rate, count).run(1, seed=1 + len(told))
            moved = run.columns["record"]["score"] - SCORES[np.searchsorted(np.cumsum(one.shares), (np.arange(count) + 0.5) / count)]
            ours, error = mean_and_error(moved)
            # evenly placed people are off the shares by less than one person a score
            bound = DOWN * len(SCORES) / count
            yield Quantity(
                f"mean change of score of {letter}, {name}", outcome(one, rate), ours, "exact", error, tolerance=bound, form="day"
            )
            told.append((round(rate, 4), round(ours, 3)))
        yield Series(f"people of {letter}", {"rate": [rate for rate, _ in told], "change": [ours for _, ours in told]})


MODEL = Published(
    "delayed_impact",
    "Delayed impact of a score's threshold",
    (
        Paper(
            "Liu, Dean, Rolf, Simchowitz and Hardt 2018, ICML, arXiv 1803.04383",
            "code",
        ),
    ),
    "A loan raises the score of who repays and lowers it of who defaults. Lending to ever more of a group first raises its mean score and "
    "then lowers it: parity with a group that scores higher may lend so much that the group is harmed.",
    ("gating.barred", "gating.answer", "scoring.publish", "scoring.band_of"),
    "The day's credit gate asks for no repayment: the loan and its default are rules of this file. The published population (credit scores "
    "by ethnicity) is not used.",
    (
        Part("shape", "smoke", shape),
        Part("beyond", "smoke", beyond),
        Part("published_solver", "smoke", published_solver),
        Part("properties", "smoke", properties),
        Part("agents", "smoke", agents),
    ),
)
