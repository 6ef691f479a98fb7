"""Lives that are worth telling: who in a pair of towns is typical, and who shows most clearly what a policy can do to somebody."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from glasstown import draws, tables, world

if TYPE_CHECKING:
    from glasstown.engine.follow import Event


@dataclass(frozen=True)
class Telling:
    """Somebody who was found: her number (None: nobody is so), how many are so, of how many, and how much."""

    kind: str
    citizen: int | None
    like_her: int
    of: int
    whose: str  # "adults", "children", or the few who were followed
    amount: int

    def looked_for(self) -> "Kind":
        """The kind of life that was looked for."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Kind:
    """A kind of life: what it is, what its clearest case is picked by, and that amount by citizen (0 where it does not hold)."""

    title: str
    measure: str
    weigh: Callable[[Any, Any, Any], Any]  # policy town, twin town, case
    children: bool = False


def refusals(town: Any) -> Any:
    """Refusals of all kinds, by citizen."""
    return sum(town.life[name].astype(np.int64) for name in town.life.dtype.names if name.startswith("refused_"))


def typical(town: Any, twin: Any, case: Any) -> Any:
    """Nearness to the medians of a few counts: 1,000,000 less the distance, in thousandths of the mean deviation of each."""
    adult = grown(town)
    far = np.zeros(len(adult), np.int64)
    life = town.life
    counts = [town.people["age"], life["income"], life["harm"], refusals(town), town.books["turnover"]]
    counts += [life[name] for name in ("sanctioned_days", "poor_days", "dissent_days")]
    for values in counts:
        numbers = values.astype(np.int64)
        distance = np.abs(numbers - int(np.median(numbers[adult])))
        far += 1000 * distance // max(int(distance[adult].mean()), 1)
    return np.maximum(1_000_000 - far, 1)


def wrongly_listed(town: Any, twin: Any, case: Any) -> Any:
    """Days wrongly sanctioned; where the policy has lists, of those who were on one."""
    days = town.life["wrong_days"].astype(np.int64)
    return days * (town.life["ever"] & world.EVER_LISTED > 0) if int(case.policy.score["lists"][0]) else days


def silenced(town: Any, twin: Any, case: Any) -> Any:
    """Days of open dissent more in the other town."""
    return np.maximum(twin.life["dissent_days"].astype(np.int64) - town.life["dissent_days"], 0)


def deterred(town: Any, twin: Any, case: Any) -> Any:
    """Harm done more in the other town, of those who did a kind of harm there that they never did in this one."""
    harmful = bits_of(case.rules.deeds["kind"][: draws.DEEDS_MAX] == tables.HARMFUL)
    only_there = twin.truth["did"] & ~town.truth["did"] & harmful
    return np.maximum(twin.life["harm"].astype(np.int64) - town.life["harm"], 0) * (only_there > 0)


def gamed(town: Any, twin: Any, case: Any) -> Any:
    """Points posted above the least, of those who did rewarded good deeds: candidates, whose deeds have to be counted in both towns."""
    done, posted = town.truth["did"] & bits_of(rewarded(case)), town.books["posted"].astype(np.int64)
    return (posted - posted.min() + 1) * (done > 0)


def rewarded(case: Any) -> Any:
    """Mask of the good deeds that the policy rewards."""
    return (case.rules.deeds["kind"][: draws.DEEDS_MAX] == tables.GOOD) & (case.policy.severity[: draws.DEEDS_MAX] < 0)


def bits_of(mask: Any) -> Any:
    """A mask of deeds as bits."""
    return np.uint32(sum(1 << int(kind) for kind in np.flatnonzero(mask)))


def gained(events: Iterable["Event"], case: Any) -> dict[int, int]:
    """Rewarded good deeds that people did more of here than in the other town, or did for the reward alone; by citizen."""
    good, found, hollow = set(np.flatnonzero(rewarded(case)).tolist()), dict[int, int](), dict[int, int]()
    for event in events:
        if event.what == "deed" and event.details["deed"] in good:
            found[event.citizen] = found.get(event.citizen, 0) + (1 if event.arm == "policy" else -1)
        elif event.what == "hollow":
            hollow[event.citizen] = hollow.get(event.citizen, 0) + 1
    return {citizen: max(more, hollow.get(citizen, 0)) for citizen, more in found.items()}


def child_of_listed(town: Any, twin: Any, case: Any) -> Any:
    """What a child met at home more than in the other town, where somebody is sanctioned: hardship, refused schools; then, for how long."""
    bit = world.EVER_LISTED if int(case.policy.score["lists"][0]) else world.EVER_SANCTIONED
    people, count = town.people, len(town.people)
    head = np.arange(count) - people["place"]
    touched = np.bincount(head, weights=town.life["ever"] & bit > 0, minlength=count)[head] > 0
    spent = np.bincount(head, weights=town.life["sanctioned_days"], minlength=count)[head].astype(np.int64)
    lost = [arm.life["poor_days"].astype(np.int64) + 30 * arm.life["refused_school"].astype(np.int64)[head] for arm in (town, twin)]
    return np.where(touched, 1 + spent + MOST_DAYS * np.maximum(lost[0] - lost[1], 0), 0)


def ever(town: Any, bit: int) -> Any:
    """Mask of those to whom it has happened at least once since the policy began."""
    return town.life["ever"] & bit > 0


def days_of(column: str) -> Callable[[Any, Any, Any], Any]:
    """So many days of hers are counted."""
    return lambda town, twin, case: town.life[column].astype(np.int64)


def longest(bit: int, *columns: str) -> Callable[[Any, Any, Any], Any]:
    """1 for those to whom it has happened, and more the longer it lasted; the first of these days goes before the others."""

    def weigh(town: Any, twin: Any, case: Any) -> Any:
        days = np.zeros(len(town.people), np.int64)
        for column in columns:
            days = MOST_DAYS * days + town.life[column]
        return np.where(ever(town, bit), 1 + days, 0)

    return weigh


def extorted(town: Any, twin: Any, case: Any) -> Any:
    """Income (cents) less than in the other town, and 1, of those who have paid an official."""
    lost = twin.life["income"].astype(np.int64) - town.life["income"]
    return np.where(ever(town, world.EVER_EXTORTED), 1 + np.maximum(lost, 0), 0)


def spared(town: Any, twin: Any, case: Any) -> Any:
    """Harm done, and 1, of those of whom something vanished; first those whom the rules without it would have sanctioned."""
    due = ever(town, world.EVER_SANCTIONED_IN_SHADOW) & ~ever(town, world.EVER_SANCTIONED)
    return np.where(ever(town, world.EVER_SPARED), 1 + town.life["harm"] + MOST_DAYS * due, 0)


def detained_wrongly(town: Any, twin: Any, case: Any) -> Any:
    """Days detained, of those who did nothing for which the policy detains, hold no view for which it does, and were not arrested."""
    rules = case.policy.rules
    kinds = {int(kind) for kind in rules["deed"][rules["detain"] > 0]}
    deeds = np.uint32(sum(1 << kind for kind in kinds if kind < draws.DEEDS_MAX))
    right = (town.truth["did"] & deeds > 0) | ever(town, world.EVER_ARRESTED) | (tables.CLOSE_TO_MARKED in kinds)
    if tables.HOLDS_VIEW in kinds:
        right |= ever(town, world.EVER_FLAGGED_RIGHTLY)
    return np.where(right, 0, town.life["away_days"].astype(np.int64))


def child_of_detained(town: Any, twin: Any, case: Any) -> Any:
    """Days that the adults of a child's household were detained, added up."""
    count = len(town.people)
    head = np.arange(count) - town.people["place"]
    return np.bincount(head, weights=town.life["away_days"], minlength=count)[head].astype(np.int64)


def withdrawn(town: Any, twin: Any, case: Any) -> Any:
    """Grievance (1 / ONE), and 1, of those who keep to what is not watched when the last day ends."""
    return np.where(town.life["withdrawn"] > 0, 1 + town.truth["grievance"].astype(np.int64), 0)


MOST_DAYS = 100_000  # more than a household's days of one kind add up to
ALONE = longest(world.EVER_WRONGLY_SHOWN, "pariah_days", "wrong_days")
KINDS = {
    "typical": Kind("a typical adult", "nearest to the middle of all in age, income, harm, refusals, points and days", typical),
    "wrongly_listed": Kind("sanctioned by error", "{amount} days sanctioned by error", wrongly_listed),
    "silenced": Kind("spoke more openly in the other town", "{amount} days of open dissent fewer here", silenced),
    "deterred": Kind("did harm of a kind in the other town only", "{amount} harm points fewer here", deterred),
    "gamed": Kind("good only where it is rewarded", "{amount} rewarded good deeds more here", gamed),
    "child_of_listed": Kind("a child of somebody sanctioned", "most is lost at home, or for longest", child_of_listed, True),
    "pariah": Kind("lost nearly all ties outside the household", "{amount} days as a pariah", days_of("pariah_days")),
    "shown_wrongly": Kind("shown for what she did not do", "longest a pariah, else longest sanctioned by error", ALONE),
    "denounced": Kind(
        "punished on a false report", "longest sanctioned by error", longest(world.EVER_DENOUNCED, "wrong_days", "sanctioned_days")
    ),
    "extorted": Kind("paid an official to be left alone", "most income lost against the other town", extorted),
    "spared": Kind("powerful, and something about her vanished", "most harm done, first of those who would be sanctioned", spared),
    "listed_by_order": Kind("listed by order", "longest under a sanction", longest(world.EVER_ORDERED, "sanctioned_days", "listed_days")),
    "detained": Kind("detained", "{amount} days in detention", days_of("away_days")),
    "detained_wrongly": Kind("detained for what she did not do", "{amount} days in detention", detained_wrongly),
    "child_of_detained": Kind("a child of somebody detained", "an adult gone for {amount} days", child_of_detained, True),
    "marched": Kind("marched against the policy", "most days of open dissent", longest(world.EVER_MARCHED, "dissent_days")),
    "arrested": Kind("arrested in a march", "longest in detention", longest(world.EVER_ARRESTED, "away_days", "dissent_days")),
    "withdrawn": Kind("keeps to what is not watched", "most aggrieved", withdrawn),
}
COUNTED = ("gamed",)  # kinds whose clearest case only shows when some are followed
CANDIDATES = 8  # how many


def grown(town: Any) -> Any:
    """Mask of the adults."""
    return town.people["age"] >= world.ADULT_AGE


def find(worlds: Any, case: Any, kind: str) -> Telling:
    """The clearest life of a kind, in the final states of both towns; of equals, the one with the lowest number."""
    amounts, eligible, whose = weighed(worlds, case, kind)
    like_her = int((amounts > 0).sum())
    return Telling(kind, int(np.argmax(amounts)) if like_her else None, like_her, eligible, whose, int(amounts.max()))


def candidates(worlds: Any, case: Any, kind: str) -> list[int]:
    """Those among whom the clearest life is, where that takes following them."""
    amounts = weighed(worlds, case, kind)[0]
    order = np.argsort(-amounts, kind="stable")[:CANDIDATES]
    return [int(citizen) for citizen in order if amounts[citizen] > 0]


def choose(worlds: Any, case: Any, kind: str, events: Iterable["Event"]) -> Telling:
    """The clearest life of a kind among candidates who were followed."""
    asked, whose = candidates(worlds, case, kind), weighed(worlds, case, kind)[2]
    found = {citizen: more for citizen, more in gained(events, case).items() if more > 0}
    citizen = min(found, key=lambda number: (-found[number], number), default=None)
    amount = 0 if citizen is None else found[citizen]
    return Telling(kind, citizen, len(found), len(asked), f"{whose} with most points who were followed", amount)


def weighed(worlds: Any, case: Any, kind: str) -> tuple[Any, int, str]:
    """Amounts by citizen, how many people the kind is about, and what they are."""
    town, twin, sought = worlds["policy"].town, worlds["twin"].town, KINDS[kind]
    eligible = grown(town) != sought.children
    return np.where(eligible, sought.weigh(town, twin, case), 0), int(eligible.sum()), "children" if sought.children else "adults"
