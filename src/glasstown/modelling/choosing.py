"""How strategies spread: imitation by payoff, proportional selection, mutation."""

from math import exp
from typing import Any

from glasstown.modelling.luck import Luck, uniform, word


def fermi(own: float, other: float, strength: float) -> float:
    """Chance to imitate another, by payoffs (pairwise comparison: Traulsen, Nowak and Pacheco, Phys. Rev. E 74, 2006)."""
    return 1.0 / (1.0 + exp(min(max(strength * (own - other), -700.0), 700.0)))


def pick_by_weight(luck: Luck, who: int, step: int, purpose: int, weights: Any, extra: int = 0) -> int:
    """A place in ``weights`` (none negative), each in proportion to its weight; evenly if all are zero (fitness-proportional selection)."""
    total = 0.0
    for place in range(len(weights)):
        total += weights[place]
    share = uniform(luck, who, step, purpose, extra)
    if total <= 0.0:
        return int(share * len(weights))
    rest = share * total
    for place in range(len(weights)):
        rest -= weights[place]
        if rest < 0.0:
            return place
    return len(weights) - 1


def mutate(luck: Luck, who: int, step: int, purpose: int, value: int, bits: int, chance: float, extra: int = 0) -> int:
    """An integer of so many bits, each of them flipped with this chance (genetic algorithm: Axelrod 1986)."""
    below = chance * 4294967296.0
    for bit in range(bits):
        if word(luck, who, step, purpose, extra * 64 + bit) < below:
            value ^= 1 << bit
    return value
