"""What people do: deeds, each with its own chance and its own luck.

Certainty of being caught deters more than severity (Nagin 2013, Crime and Justice 42); both effects are uncertainties and
can be zero. Harmless deeds answer to risk as well: that is a chilling effect, not a success.
"""

from glasstown.tables import GOOD, NEEDS_CHILDREN, NEEDS_JUDGMENT, NEEDS_NOTHING, NEEDS_WORK
from glasstown.world import ONE

MOST = 16 * ONE  # no product of factors passes this, so that luck beyond rate * 16 need not be looked at


def meets(needs, has_judgment, works, has_children):
    """Whether a deed's or a request's condition holds for her today."""
    return (
        needs == NEEDS_NOTHING
        or (needs == NEEDS_JUDGMENT and has_judgment)
        or (needs == NEEDS_WORK and works)
        or (needs == NEEDS_CHILDREN and has_children)
    )


def calm(deed, risk, severity, parameters):
    """How risk and severity change the rate of a deed, 1 / ONE; severity is negative where a policy rewards the deed."""
    if deed.kind == GOOD:
        change = -((parameters.reward * severity) >> 12)
    else:
        if severity > 0:  # a policy that punishes this deed was announced: being caught at it seems likelier
            risk = risk + (((ONE - risk) * parameters.risk_announced) >> 12)
        certainty = (parameters.certainty * deed.deterrence) >> 12
        change = -((certainty * (risk - parameters.risk_ordinary)) >> 12) - ((parameters.severity * severity) >> 12)
    return min(max(ONE + change, ONE // 16), 4 * ONE)


def chance(deed, propensity, poor, risk, severity, parameters):
    """Threshold of the chance that she does this deed today: base rate x trait x hardship x calm."""
    factor = calm(deed, risk, severity, parameters)
    if deed.trait:
        factor = (factor * propensity) >> 12
    if poor:
        factor = (factor * deed.hardship) >> 12
    return (deed.rate * min(factor, MOST)) >> 12
