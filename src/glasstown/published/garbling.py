"""Garbling: who acts on every report, and on reports only, hears of nothing, because those reported make whoever tells pay for it.

Chassang and Padro i Miquel (2019; abstract read) let a principal use the reports of monitors against agents who can credibly threaten to
retaliate in the event of an intervention. Intervention that answers reports fully makes threats free, since they silence and need never be
carried out; it must be garbled, so that reports come in. The SIGN is theirs, reporting that is highest at an interior responsiveness; the
forms below are ours:

There is an intervention with chance s after a report, and s (1 - l) without one; l is the responsiveness. Each monitor has seen a wrong,
which she wants answered (worth w), and reporting costs her h, even on [0, H]. Under a threat to retaliate by r after an intervention she
reports if l s (w - r) > h: the day's ``reacting.dissent`` decides. Her wrongdoer loses D (even on [0, M]) by an intervention, and k r by
carrying out his threat of r = R > w, which silences her. He threatens if that costs less: (1 - l) s k R < l s q D, where q is the share
of monitors who report unless threatened, as he has seen it. So reports are q min(x / M, 1) with q = min(l s w / H, 1) and
x = (1 - l) k R / (l q): nobody reports at l = 0, where a report changes nothing, and nobody at l = 1, where silencing costs nothing.
"""

from typing import Any

import numpy as np

from glasstown import reacting
from glasstown.modelling import Column, Ensemble, Model, Rule, mean, uniform
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series
from glasstown.world import ONE

EFFORT, AT_STAKE, ANSWERED = 0, 1, 2  # purposes
ANSWER, WORTH, MOST_EFFORT, MOST_AT_STAKE = 0.8, 1.0, 1.0, 2.0  # s, w, H, M
HARM, PRICE = 2.0, 0.25  # R; k, what a unit of retaliation costs who retaliates
ROUNDS = 6  # threats are made from the second round on, by what was seen in the one before


def found(person, step, world):
    """What reporting costs her, and what her wrongdoer would lose by an intervention."""
    world.now.effort[person] = int(world.case.most_effort * uniform(world.luck, person, 0, EFFORT) * ONE)
    world.now.at_stake[person] = world.case.most_at_stake * uniform(world.luck, person, 0, AT_STAKE)


def unasked(case):
    """Chance of an intervention without a report."""
    return case.answer * (1.0 - case.responsive)


def threaten(person, step, world):
    """Her wrongdoer threatens her if carrying it out, which silence does not spare him, costs less than reports would."""
    case, now = world.case, world.now
    carried_out = unasked(case) * case.price * case.harm
    spared = (case.answer - unasked(case)) * now.seen[0] * now.at_stake[person]
    now.threatened[person] = case.harm > 0.0 and carried_out < spared


def feared(threatened, case):
    """What she expects to suffer after an intervention."""
    return case.harm * threatened


def report(person, step, world):
    """She reports if what that changes is worth more to her than the trouble and what it brings on her."""
    case, now = world.case, world.now
    changes = case.answer - unasked(case)
    gain = int(changes * case.worth * ONE)
    costs = now.effort[person] + int(changes * feared(now.threatened[person], case) * ONE)
    now.reported[person] = reacting.dissent(gain, ONE, ONE, costs, 0, 0) > 0
    chance = case.answer if now.reported[person] else unasked(case)
    now.retaliated[person] = now.threatened[person] and uniform(world.luck, person, step, ANSWERED) < chance


def look(person, step, world):
    """Wrongdoers see which share of those who were not threatened reported; where all were, they go on thinking what they thought."""
    now = world.now
    free = 0
    reported = 0
    for one in range(world.size.people):
        if not now.threatened[one]:
            free += 1
            reported += now.reported[one]
    if free > 0:
        now.seen[0] = reported / free


def reports(step, world):
    """Share of wrongs that are reported."""
    return mean(world.now.reported)


def threats(step, world):
    """Share of monitors who are threatened."""
    return mean(world.now.threatened)


def retaliation(step, world):
    """Share of monitors who suffer retaliation."""
    return mean(world.now.retaliated)


def offices(responsive: float, people: int, harm: float = HARM, price: float = PRICE) -> Model:
    """Monitors, each with a wrongdoer of her own, under a policy of this responsiveness."""
    flags = {name: Column("u1") for name in ("threatened", "reported", "retaliated")}
    return Model(
        people,
        {"effort": Column(np.int64), "at_stake": Column(), "seen": Column(rows=1), **flags},
        [Rule(found, "founding"), Rule(threaten, "sequential"), Rule(report, "sequential"), Rule(look, "once")],
        case={
            "responsive": responsive, "answer": ANSWER, "worth": WORTH, "most_effort": MOST_EFFORT, "most_at_stake": MOST_AT_STAKE,
            "harm": harm, "price": price,
        },
        records={"reports": reports, "threats": threats, "retaliation": retaliation},
    )  # fmt: skip


# ---- what is measured --------------------------------------------------------------------------------------------------

WORLDS = {"retaliation": (HARM, PRICE), "no retaliation": (0.0, PRICE), "retaliation that costs nothing": (HARM, 0.0)}  # R, k
POINTS = 21  # responsivenesses tried, from 0 to 1


def expected(responsive: float, harm: float = HARM, price: float = PRICE) -> float:
    """Share of wrongs reported, by the formulas above."""
    freely = min(responsive * ANSWER * WORTH / MOST_EFFORT, 1.0)
    if harm == 0.0 or freely == 0.0:
        return freely
    return freely * min((1 - responsive) * price * harm / (responsive * freely) / MOST_AT_STAKE, 1.0)


def tried(world: str, people: int, replicates: int, points: int) -> list[Ensemble]:
    """The runs of a world at each responsiveness, in the same luck."""
    return [offices(number / (points - 1), people, *WORLDS[world]).ensemble(ROUNDS, replicates) for number in range(points)]


def last(runs: list[Ensemble], record: str = "reports") -> Any:
    """The last value of a record by responsiveness and replicate."""
    return np.array([run.records[record][:, -1] for run in runs])


def peak(people: int = 10_000, replicates: int = 8, points: int = POINTS) -> Measured:
    """Reports are most at an interior responsiveness; without retaliation at the full one; where retaliation is free, there are none."""
    step = 1 / (points - 1)
    found = {world: last(tried(world, people, replicates, points)) for world in WORLDS}
    curve = found["retaliation"]
    place = int(curve.mean(1).argmax())
    yield Quantity("responsiveness at which most is reported", step, place * step, "sign", between=(step, 1 - step))
    for name, end in (("full", -1), ("no", 0)):
        ours, error = mean_and_error(curve[place] - curve[end])
        least = max(4 * error, 1e-3)
        yield Quantity(f"reports there, more than at {name} responsiveness by", least, ours, "sign", error, between=(least, 1.0))
    without = found["no retaliation"]
    yield Quantity("the same responsiveness, without retaliation", 1.0, int(without.mean(1).argmax()) * step, "exact")
    falls = float(np.diff(without, axis=0).min())
    yield Quantity("most that reports fall from one responsiveness to the next, without retaliation", 0.0, min(falls, 0.0), "exact")
    yield Quantity("reports at most, where retaliation costs nothing", 0.0, float(found["retaliation that costs nothing"].max()), "exact")
    for world, (harm, price) in WORLDS.items():
        means = [round(float(value), 5) for value in found[world].mean(1)]
        yield Series(f"agents, {world}", {"responsive": [number * step for number in range(points)], "reports": means})
        fine = [number / 200 for number in range(201)]
        yield Series(f"exact, {world}", {"responsive": fine, "reports": [round(expected(at, harm, price), 5) for at in fine]})


def shape(people: int = 50_000, replicates: int = 6) -> Measured:
    """Reports at some responsivenesses against the formula, and threats that silence everybody without being carried out."""
    unit = 2 / ONE / MOST_EFFORT  # gain and effort are cut to the day's 12 bits: who reports freely is off by two steps at most
    for responsive in (0.2, 0.4, 0.5, 0.7, 0.9):
        run = offices(responsive, people).ensemble(ROUNDS, replicates)
        ours, error = run.estimate("reports")
        target = expected(responsive)  # changes with q by at most 2: by itself, and by who is threatened
        yield Quantity(f"reports at responsiveness {responsive:g}", target, ours, "exact", error, tolerance=2 * unit, form="day")
    full = offices(1.0, people).ensemble(ROUNDS, 2)
    for record, target in (("threats", 1.0), ("reports", 0.0), ("retaliation", 0.0)):
        yield Quantity(f"{record} at full responsiveness", target, full.estimate(record)[0], "exact")


MODEL = Published(
    "garbling",
    "Reports under the threat of retaliation",
    (Paper("Chassang and Padro i Miquel 2019, Crime, intimidation, and whistleblowing, Review of Economic Studies", "abstract"),),
    "An authority that acts on reports and on nothing else lets the powerful silence whoever could report, at no cost; one that at times "
    "acts unasked makes threats costly and hears more. Only the sign is published: the forms are ours.",
    ("reacting.dissent",),
    "In the day people report for motives of their own, and nobody retaliates against who reported.",
    (Part("peak", "smoke", peak), Part("shape", "smoke", shape)),
)
