"""What the powerful can do: vanish from the record, have entries erased, and take money for leaving people alone.

No rate of any of it has been measured (source table 6.4 of the evidence: "model as scenario, not fact"); what is documented is that
codes of a health system were turned on depositors to stop a protest, and that officials were punished for it (source F71), and that
among motives of informers blackmail was rare (source F82). So every coefficient is a scenario to be swept, from none to all.
"""

from glasstown.draws import ERASED, VANISHED, draw
from glasstown.world import BITS, ONE

UNIT = 32 - BITS  # 1 / ONE as a threshold: << UNIT


def unaudited(threshold, score):
    """A chance (threshold) as far as an audit does not keep officials from it."""
    return (threshold * (((1 << 32) - score.audit) >> BITS)) >> UNIT  # below 2**63 also where both are certain


def vanishes(clock, i, day, claimed, score, parameters):
    """Whether a claim about an official, or kin of one, vanishes before it counts."""
    return draw(clock.key_0, clock.key_1, i, day, VANISHED, claimed) < unaudited(parameters.immunity, score)


def erases(clock, i, day, place, score, parameters):
    """Whether an entry about one of them is erased this month (``place``: slot, or 8 + list)."""
    return draw(clock.key_0, clock.key_1, i, day, ERASED, place) < unaudited(parameters.erased, score)


def price(wage, parameters):
    """Cents that are demanded of somebody with this wage."""
    return (wage * 30 * parameters.price) >> BITS


def pays(threat, fear, parameters):
    """Threshold of the chance that she pays: by what would be held against her (``threat``) and her fear, 1 / ONE."""
    return ((parameters.yields * min(threat + fear, ONE)) >> BITS) << UNIT
