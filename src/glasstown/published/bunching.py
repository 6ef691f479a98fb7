"""Strategic bunching: people who are just below a threshold move exactly to it, and raising it makes the truly qualified pay.

Scores are N(0, 1), and who has at least 1 is truly qualified. Moving up by d costs c d; being accepted is worth g. So whoever lacks at most
g / c moves, to the threshold and no further: with threshold 1, c = 1 and g = .5 a mass Phi(1) - Phi(.5) sits at exactly 1, and 1 - Phi(.5)
are accepted instead of 1 - Phi(1). A threshold raised by g / c accepts the right ones again, but those of them who lack something now pay
(Hardt et al. 2016, Strategic classification; Milli et al. 2019, The social cost of strategic classification). Accepted is who is in the
upper of two bands, by the day's ``scoring.band_of``.
"""

from math import erf, exp, floor, pi, sqrt
from typing import Any

import numpy as np

from glasstown import scoring, tables
from glasstown.modelling import Column, Model, Rule, Run, normal
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series, share
from glasstown.world import BITS

SCORE = 0  # purpose
STEPS = 24  # bits of the wide form
TRUE, COST, GAIN = 1.0, 1.0, 0.5  # who is truly qualified; what moving up by 1 costs; what being accepted is worth
PEOPLE = 1_000_000


def found(person, step, world):
    """Her true score, in whole points (the nearest)."""
    world.now.score[person] = floor(normal(world.luck, person, 0, SCORE) * world.case.one + 0.5)


def moves(lacks, reach):
    """Whether moving up is worth what it costs: she lacks something, and no more than is within reach."""
    return 0 < lacks <= reach


def respond(person, step, world):
    """She moves up to the threshold if that pays; then she is accepted or not."""
    now, case = world.now, world.case
    lacks = case.bands[1].floor - now.score[person]
    now.paid[person] = lacks if moves(lacks, case.reach) else 0
    now.shown[person] = now.score[person] + now.paid[person]
    now.accepted[person] = scoring.band_of(now.shown[person], case)


def applicants(threshold: float, gain: float = GAIN, people: int = PEOPLE, bits: int = STEPS) -> Model:
    """People before a threshold; a standard deviation of scores is 2**bits points."""
    one = 1 << bits
    bands = np.zeros(2, tables.row_type(tables.BAND))
    bands["floor"] = (-(1 << 40), round(threshold * one))
    score = np.zeros(1, tables.row_type(tables.SCORE))
    score["bands"] = 2
    return Model(
        people,
        {"score": Column(np.int64), "shown": Column(np.int64), "paid": Column(np.int64), "accepted": Column("u1")},
        [Rule(found, "founding"), Rule(respond, "sequential")],
        case={"score": score, "bands": bands, "reach": round(gain / COST * one), "one": one},
    )


def below(value: float) -> float:
    """The standard normal distribution function."""
    return 0.5 + 0.5 * erf(value / sqrt(2))


def density(value: float) -> float:
    """The standard normal density."""
    return exp(-value * value / 2) / sqrt(2 * pi)


RAISED = TRUE + GAIN / COST
WHERE = {"nothing to gain": (TRUE, 0.0), "threshold 1": (TRUE, GAIN), "threshold 1.5": (RAISED, GAIN)}  # threshold, gain
QUALIFIED = 1 - below(TRUE)
MOVING = below(RAISED) - below(TRUE)  # of the truly qualified, who lack something once the threshold is raised
PAID = RAISED * MOVING - (density(TRUE) - density(RAISED))  # and what they pay, a head of everybody
SQUARE = (  # the same squared, for the error of the mean: the integral of (1.5 - x)^2
    (RAISED**2 + 1) * MOVING - 2 * RAISED * (density(TRUE) - density(RAISED)) + TRUE * density(TRUE) - RAISED * density(RAISED)
)


def lived(name: str, people: int, bits: int) -> Run:
    """Everybody's answer to a threshold."""
    threshold, gain = WHERE[name]
    return applicants(threshold, gain, people, bits).run(1)


def bunched(people: int = PEOPLE, bits: int = STEPS) -> Measured:
    """How many are accepted before and after, how many sit at the threshold exactly, and that nobody is left within reach of it."""
    form, half = ("day", 0.5 / (1 << bits)) if bits == BITS else ("wide", 0.0)
    before, after = (lived(name, people, bits).columns for name in ("nothing to gain", "threshold 1"))
    at = round(TRUE * (1 << bits))
    moved = (after["paid"] > 0).sum()
    for what, target, count, edges in (
        ("accepted with nothing to gain", 0.158655, before["accepted"].sum(), (TRUE,)),
        ("accepted", 0.308538, after["accepted"].sum(), (TRUE - GAIN,)),
        ("moved exactly to the threshold", 0.149882, ((after["shown"] == at) & (after["paid"] > 0)).sum(), (TRUE, TRUE - GAIN)),
    ):
        bound = half * sum(map(density, edges)) * 1.01 + 5e-7  # a score rounds by half a point at each edge; six digits of the target
        yield as_form(share(what, target, count, people, tolerance=bound), form)
    short = (after["shown"] >= round((TRUE - GAIN) * (1 << bits))) & (after["shown"] < at)
    yield as_form(Quantity("left within reach below the threshold", 0.0, float(short.sum()), "exact"), form)
    yield as_form(Quantity("moved past or short of it", 0.0, float(moved - (after["shown"][after["paid"] > 0] == at).sum()), "exact"), form)
    if form == "wide":
        yield from histograms(people)


def as_form(quantity: Quantity, form: Any) -> Quantity:
    """The same quantity, of the wide or the day's form."""
    return Quantity(**{**{name: getattr(quantity, name) for name in quantity.__dataclass_fields__}, "form": form})


def bunched_by_day(people: int = PEOPLE) -> Measured:
    """The same in points of the day: 4,096 to a standard deviation."""
    yield from bunched(people, BITS)


def raised(people: int = PEOPLE) -> Measured:
    """Raising the threshold by what people can reach restores selection, and the truly qualified pay."""
    after = lived("threshold 1.5", people, STEPS).columns
    before = lived("threshold 1", people, STEPS).columns
    one = 1 << STEPS
    qualified = after["score"] >= round(TRUE * one)
    yield share("accepted under the raised threshold", 0.158655, after["accepted"].sum(), people, tolerance=5e-7)
    wrongly = (after["accepted"].astype(bool) != qualified).sum()
    yield Quantity("accepted though not truly qualified, or the reverse", 0.0, float(wrongly), "exact")
    yield Quantity("paid by the truly qualified under threshold 1", 0.0, float(before["paid"][qualified].sum()), "exact")
    paying = after["paid"][qualified] / one
    yield share("share of the truly qualified who now pay", MOVING / QUALIFIED, (paying > 0).sum(), len(paying))
    error = sqrt((SQUARE / QUALIFIED - (PAID / QUALIFIED) ** 2) / len(paying))
    yield Quantity(
        "what they pay, a head of the truly qualified", PAID / QUALIFIED, float(paying.mean()), "exact", error, tolerance=2**-STEPS
    )
    error = sqrt((SQUARE - PAID**2) / people)
    yield Quantity("what they pay, a head of everybody", PAID, float(paying.sum()) / people, "exact", error, tolerance=2**-STEPS)


WIDE_BIN = 0.1


def histograms(people: int) -> Measured:
    """Shares of people by score shown, in bins of a tenth."""
    edges = np.arange(-3.0, 3.0 + WIDE_BIN / 2, WIDE_BIN)
    for name in WHERE:
        shown = lived(name, people, STEPS).columns["shown"] / (1 << STEPS)
        counts, _ = np.histogram(shown, edges - 1e-9)  # a bin begins with its lower edge, where people bunch
        yield Series(
            name, {"from": [round(float(edge), 1) for edge in edges[:-1]], "share": [round(float(each) / people, 5) for each in counts]}
        )
    yield Series("published", {"threshold": [1.0, 1.5], "at it": [0.149882, below(1.5) - below(1.0)], "accepted": [0.308538, 0.158655]})


MODEL = Published(
    "bunching",
    "Strategic bunching at a threshold",
    (
        Paper("Hardt, Megiddo, Papadimitriou and Wootters 2016, Strategic classification, ITCS, arXiv 1506.06980", "paper"),
        Paper("Milli, Miller, Dragan and Hardt 2019, The social cost of strategic classification, FAT*, arXiv 1808.08460", "abstract"),
    ),
    "Who is just below a threshold pays to reach it, so it lets in too many; raised, it lets in the right ones again, who now have to pay "
    "for what they had.",
    ("scoring.band_of",),
    "In the day points come from deeds that are seen; nobody buys points directly.",
    (Part("bunched", "smoke", bunched), Part("bunched_by_day", "smoke", bunched_by_day), Part("raised", "smoke", raised)),
)
