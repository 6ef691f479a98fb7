"""Image scoring: helping those who have helped others (Nowak and Sigmund 1998, Nature 393:573).

n = 100 people, each with an image score from -5 to 5 that begins at 0, and a strategy k from -5 to 6. In each of m interactions of a
generation a donor and a recipient are drawn; the donor helps if the recipient's score is at least k. Helping costs the donor c = .1, gives
the recipient b = 1 and raises the donor's score by one; not helping lowers it by one. Both get .1 for each interaction, so that nobody's
payoff is negative. Children are born in proportion to payoff, with the parent's strategy (or, with mutation, a random one) and score 0.
k = -5 always helps, k = 6 never.

Rule of thumb: a donor knows the recipient's score with chance q only, and helps whom she knows nothing of. Then those who help only
helpers earn more than those who never help if q > c / b. With a share x of the latter and scores that remember one act, the share g of
the former in good standing solves 1 - g = q (x + (1 - x)(1 - g)), and they earn g (q b (1 - x) - c) more a round.
"""

from typing import Any

import numpy as np

from glasstown import draws, scoring, tables
from glasstown.modelling import Column, Model, Rule, below, pick_by_weight, uniform
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import NOTHING, RECORD, row_type

MEET, PARENT, MUTATES, MUTANT, BEGINS = 0, 4, 5, 6, 8  # purposes
PEOPLE, LOW, HIGH = 100, -5, 5
BENEFIT, COST, FLOOR = 1.0, 0.1, 0.1
STRATEGIES = HIGH + 1 - LOW + 1  # -5 .. 6
GENERATIONS, REPLICATES = 150, 200
SHARES = {125: 0.395, 500: 0.985, 1000: 1.0}  # by interactions a generation: share of 200 runs with more than .9 cooperation at the end


def begin(person, step, world):
    """Strategies are drawn evenly."""
    world.now.strategy[person] = LOW + below(world.luck, person, 0, BEGINS, STRATEGIES)


def unknown(person, step, world):
    """A new generation, of whom nobody knows anything yet."""
    world.now.file[person].live = 0
    scoring.publish(world.now.file[person], step, world.case)


def unpaid(person, step, world):
    """A generation's payoff begins at nothing."""
    world.now.payoff[person] = 0.0


def moved(file, step, case, points):
    """Her score moves and stays in its range: what the day's rule publishes is all that is kept of it."""
    file.live += points
    scoring.publish(file, step, case)
    file.live = file.score


def helps(strategy, score):
    """A donor looks at the recipient's score."""
    return score >= strategy


def interactions(person, step, world):
    """The interactions of a generation."""
    now, people = world.now, world.size.people
    helped = 0
    for turn in range(world.case.interactions):
        first, second, third, _ = draws.philox(turn, step, MEET, 0, world.luck.key_0, world.luck.key_1)
        donor = draws.below(first, people)
        recipient = draws.below(second, people - 1)
        recipient += recipient >= donor
        now.payoff[donor] += FLOOR
        now.payoff[recipient] += FLOOR
        if helps(now.strategy[donor], now.file[recipient].score if third < world.case.knows else 0):
            helped += 1
            now.payoff[donor] -= COST
            now.payoff[recipient] += BENEFIT
            moved(now.file[donor], step, world.case, 1)
        else:
            moved(now.file[donor], step, world.case, -1)
    now.helped[0] = helped


def child(person, step, world):
    """The next generation: children in proportion to payoff."""
    parent = pick_by_weight(world.luck, person, step, PARENT, world.before.payoff)
    if uniform(world.luck, person, step, MUTATES) < world.case.mutation:
        world.now.strategy[person] = LOW + below(world.luck, person, step, MUTANT, STRATEGIES)
    else:
        world.now.strategy[person] = world.before.strategy[parent]


def cooperation(step, world):
    """Share of this generation's interactions in which the donor helped."""
    return world.now.helped[0] / world.case.interactions


def advantage(step, world):
    """What those who help helpers earned more a round than those who never help."""
    earned, others, count = 0.0, 0.0, 0
    for person in range(world.size.people):
        if world.now.strategy[person] > world.case.score[0].high:
            others += world.now.payoff[person]
        else:
            earned += world.now.payoff[person]
            count += 1
    rounds = world.case.interactions / world.size.people
    return (earned / max(count, 1) - others / max(world.size.people - count, 1)) / rounds


def columns(people: int, strategies: Any) -> dict[str, Column]:
    """What each has: a file of the day's record, a strategy, a payoff."""
    record = np.zeros(people, row_type(RECORD))
    record["override"] = record["band"] = NOTHING
    return {
        "file": Column(record.dtype, record),
        "strategy": Column("i8", strategies),
        "payoff": Column(float),
        "helped": Column("i8", rows=1),
    }


def case_of(each: int, low: int, high: int, knows: float, mutation: float) -> dict[str, Any]:
    """The numbers: a policy of the day that keeps scores in a range and has no bands, and the model's own."""
    score, bands = np.zeros(1, tables.row_type(tables.SCORE)), np.zeros(1, tables.row_type(tables.BAND))
    score["scores"], score["low"], score["high"] = 1, low, high
    return {"score": score, "bands": bands, "interactions": each, "knows": round(knows * 2**32), "mutation": mutation}


def society(each: int, mutation: float = 0.0) -> Model:
    """Generations of so many interactions each."""
    return Model(
        PEOPLE,
        columns(PEOPLE, 0),
        [
            Rule(begin, "founding"),
            Rule(unknown, "sequential"),
            Rule(unpaid, "sequential"),
            Rule(interactions, "once"),
            Rule(child, "synchronous", reads=("strategy", "payoff")),
        ],
        case=case_of(each, LOW, HIGH, 1.0, mutation),
        records={"cooperation": cooperation},
    )


def one_generation(people: int, never: int, each: int, knows: float) -> Model:
    """Some who never help among people who help only helpers; scores remember one act (-1 or 0) and go on from step to step."""
    return Model(
        people,
        columns(people, np.repeat([1, 0], [never, people - never])),
        [Rule(unpaid, "sequential"), Rule(interactions, "once")],
        case=case_of(each, -1, 0, knows, 0.0),
        records={"advantage": advantage},
    )


def without_mutation(replicates: int = REPLICATES, cases: Any = tuple(SHARES)) -> Measured:
    """How often cooperation is all but complete after 150 generations, by interactions a generation."""
    shown: dict[str, list[Any]] = {"interactions": [], "ours": [], "target": []}
    for number in cases:
        found = society(number).ensemble(GENERATIONS, replicates)
        share = float((found.records["cooperation"][:, -1] > 0.9).mean())
        near = (SHARES[number] * REPLICATES + 1) / (REPLICATES + 2)  # so that a share of one has an error too
        error, target_error = ((near * (1 - near) / of) ** 0.5 for of in (replicates, REPLICATES))
        what = f"share of runs above .9 at generation {GENERATIONS}, {number} interactions each"
        yield Quantity(what, SHARES[number], share, "own", error, target_error)
        for column, value in zip(shown.values(), (number, share, SHARES[number])):
            column.append(value)
    yield Series("without_mutation", shown)


def with_mutation(replicates: int = 16, generations: int = 10_000, each: int = 125) -> Measured:
    """With mutation .001 it cycles: nearly always most help or few do, each for a good part of the time, and it turns again and again."""
    shares = society(each, mutation=0.001).ensemble(generations, replicates).records["cooperation"][:, 1:]
    high, low = float((shares > 0.8).mean()), float((shares < 0.2).mean())
    turns = [np.count_nonzero(np.diff(run[(run > 0.8) | (run < 0.2)] > 0.5)) for run in shares]
    yield Quantity("share of generations above .8, mutation .001", 0.23, high, "sign", between=(0.1, 0.9))
    yield Quantity("share of generations below .2, mutation .001", 0.76, low, "sign", between=(0.1, 0.9))
    yield Quantity("share of generations between, mutation .001", 0.01, 1 - high - low, "sign", between=(0.0, 0.1))
    yield Quantity(f"turns in {generations} generations", 2, float(np.mean(turns)), "sign", between=(2, generations))
    whole = generations // 25 * 25
    means = shares[int(np.argmax(turns)), :whole].reshape(-1, 25).mean(axis=1)  # of the run that turns most
    yield Series("with_mutation", {"generation": list(range(25, whole + 1, 25)), "cooperation": means.round(4).tolist()})


def rule_of_thumb(people: int = 2_000, never: int = 200, rounds: int = 50, seeds: int = 16) -> Measured:
    """What helping helpers earns more than never helping, by the chance q to know a score; at a share x it turns at q = c / (b (1 - x))."""
    share = never / people
    for q in (0.05, 0.1, 0.2, 0.5, 0.8):
        found = one_generation(people, never, people * rounds, q).ensemble(2, seeds).estimate("advantage")
        target = (1 - q) / (1 - q * (1 - share)) * (q * BENEFIT * (1 - share) - COST)
        others = 2 * BENEFIT / (people - 1)  # nobody meets herself: shares among the others differ by so much at most
        yield Quantity(f"what helping helpers earns more, q={q:g}", target, found[0], "exact", found[1], tolerance=others)


MODEL = Published(
    "image_scoring",
    "Image scoring: helping those who have helped others",
    (Paper("Nowak and Sigmund 1998, Evolution of indirect reciprocity by image scoring, Nature 393:573", "abstract"),),
    "People help those whose public score is high enough, and are scored by whether they help. Where people meet often enough, helping "
    "takes over; with mutants it collapses and comes back in cycles.",
    ("scoring.publish",),
    "The day's people neither inherit ways of helping nor have children; scores come from a policy's rules, and nobody lives on payoffs.",
    (
        Part("rule_of_thumb", "smoke", rule_of_thumb),
        Part("without_mutation", "standard", without_mutation),
        Part("with_mutation", "standard", with_mutation),
    ),
)
