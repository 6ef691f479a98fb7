"""How strategies spread: imitation by payoff, proportional selection, mutation."""

from math import exp

from glasstown.modelling.luck import uniform, word


def fermi(own, other, strength):
    """Chance to imitate another, by payoffs (pairwise comparison: Traulsen, Nowak and Pacheco, Phys. Rev. E 74, 2006)."""
    return 1.0 / (1.0 + exp(min(max(strength * (own - other), -700.0), 700.0)))


def pick_by_weight(luck, who, step, purpose, weights, extra=0):
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


def mutate(luck, who, step, purpose, value, bits, chance, extra=0):
    """An integer of so many bits, each of them flipped with this chance (genetic algorithm: Axelrod 1986)."""
    below = chance * 4294967296.0
    for bit in range(bits):
        if word(luck, who, step, purpose, extra * 64 + bit) < below:
            value ^= 1 << bit
    return value
