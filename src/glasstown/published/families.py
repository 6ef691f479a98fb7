"""Invented families: who is whose parent, sibling, partner and friend, over a century and a half.

Fixed from aggregates, for ``contagious_imprisonment``, before that was first run: children per woman 0 to 5 with chances .19, .18, .33,
.19, .07, .04 and first births at 25 +- 5 (about as in the United States in 2010; from memory), some three years between births, deaths
after Gompertz with a mode at 84, partners of like age (so that a few fathers are 13 to 15), and friends within five years of age: 1.4 on
average, as confidants outside the family in the General Social Survey of 1985 (McPherson, Smith-Lovin and Brashears 2006; from memory).
"""

from functools import cache
from heapq import heappop, heappush
from math import exp, log
from typing import Any, NamedTuple

import numpy as np

from glasstown.modelling import below, normal, poisson, uniform
from glasstown.modelling.luck import luck_of

BORN = 32  # purpose of all that is drawn here
PEOPLE, FOUNDERS, GENERATION = 8856, 1750, 27  # people in all; those without parents here, and the years in which they are born
FRIENDS, CHILDREN = 1.4, (0.19, 0.18, 0.33, 0.19, 0.07, 0.04)
MALE, FEMALE = 0, 1


class Population(NamedTuple):
    """Everybody who lives at some time: sex, years of birth and death, parents and partner (-1: nobody here), friends as pairs."""

    sex: Any
    birth: Any
    death: Any
    parents: Any
    partner: Any
    friends: Any


@cache
def population(friends: float = FRIENDS, seed: int = 1) -> Population:
    """Families over a century and a half, one birth after the other, and friends of like age."""
    luck = luck_of(seed, 0)
    sex: list[int] = []
    birth: list[int] = []
    death: list[float] = []
    parents: list[tuple[int, int]] = []
    partner: list[int] = []
    events: list[tuple[int, int, int]] = []  # year, kind, who: a woman to marry (kind 0) or to bear (kind 1)

    def even(person: int, place: int) -> float:
        return float(uniform(luck, person, 0, BORN, place))

    def add(year: int, of: tuple[int, int]) -> None:
        person = len(sex)
        sex.append(FEMALE if even(person, 0) < 0.5 else MALE)
        birth.append(year)
        death.append(year + log(1 - log(even(person, 1)) * exp(0.09 * 84)) / 0.09)
        parents.append(of)
        partner.append(-1)
        if sex[person] == FEMALE:
            age = round(min(max(25 + 5 * normal(luck, person, 0, BORN + 4), 16), 40))
            heappush(events, (year + age - 1, 0, person))
            at = year + age
            for child in range(int(np.searchsorted(np.cumsum(CHILDREN), even(person, 2), "right"))):
                heappush(events, (at, 1, person))
                at += 1 + int(poisson(luck, person, 0, BORN + 8, 2.0, child))

    def marry(woman: int) -> None:
        alike = [
            man for man in range(len(sex))
            if sex[man] == MALE and partner[man] < 0 and -7 <= birth[man] - birth[woman] <= 3
            and (parents[man] != parents[woman] or parents[man] == (-1, -1))
        ]  # fmt: skip
        if alike:
            man = alike[int(even(woman, 3) * len(alike))]
            partner[woman], partner[man] = man, woman

    for founder in range(FOUNDERS):
        add(int(even(founder, 4) * GENERATION), (-1, -1))
    while len(sex) < PEOPLE:
        year, bears, woman = heappop(events)
        if death[woman] >= year:
            if bears:
                add(year, (woman, partner[woman]))
            else:
                marry(woman)
    made = Population(np.array(sex), np.array(birth), np.array(death), np.array(parents), np.array(partner), np.zeros((0, 2), int))
    return made._replace(friends=befriended(made, friends, luck))


def befriended(made: Population, friends: float, luck: Any) -> Any:
    """Pairs of friends, at most five years apart, so many a person on average."""
    order = np.argsort(made.birth, kind="stable")
    years = made.birth[order]
    pairs: set[tuple[int, int]] = set()
    draw = 0
    while len(pairs) < round(friends * PEOPLE / 2):
        one = int(below(luck, draw, 0, BORN + 12, PEOPLE))
        low, high = np.searchsorted(years, (made.birth[one] - 5, made.birth[one] + 6))
        other = int(order[low + below(luck, draw, 0, BORN + 13, int(high - low))])
        draw += 1
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    return np.array(sorted(pairs))


def relations(made: Population) -> dict[str, Any]:
    """Who may infect whom, by relation: pairs (who is in prison, who is infected)."""
    child = np.arange(len(made.sex))
    up = np.concatenate([np.stack([child, made.parents[:, place]], 1)[made.parents[:, place] >= 0] for place in range(2)])
    families: dict[int, list[int]] = {}
    for person, (mother, _) in enumerate(made.parents):
        if mother >= 0:
            families.setdefault(int(mother), []).append(person)
    brood = np.array([(one, other) for family in families.values() for one in family for other in family if one != other])
    close = np.concatenate([brood, made.friends, made.friends[:, ::-1]])  # friends count as siblings do
    pairs = np.stack([child, made.partner], 1)[made.partner >= 0]
    return {"parent": up, "child": up[:, ::-1], "sibling": close, "partner": pairs}
