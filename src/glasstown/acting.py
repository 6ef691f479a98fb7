"""What people do: deeds, each with its own chance and its own luck.

Certainty of being caught deters more than severity (Nagin 2013, Crime and Justice 42). Harmless deeds answer to risk as well,
and to being watched (Penney 2016): a chilling effect, not a success. Disapproved deeds follow what others do and what they
say (descriptive and injunctive norms: Cialdini, Reno and Kallgren 1990). A reward raises good deeds and may crowd out what was
done for its own sake (Benabou and Tirole 2006). Every coefficient is an uncertainty and can be zero.
"""

from glasstown.tables import DISAPPROVED, GOOD, NEEDS_CHILDREN, NEEDS_DISSENT, NEEDS_JUDGMENT, NEEDS_NOTHING, NEEDS_WORK, PRIVATE
from glasstown.world import BITS, ONE

MOST = 16 * ONE  # no product of factors passes this, so that luck beyond rate * 16 need not be looked at


def meets(needs, has_judgment, works, has_children, dissents):
    """Whether a deed's or a request's condition holds for her today."""
    return (
        needs == NEEDS_NOTHING
        or (needs == NEEDS_JUDGMENT and has_judgment)
        or (needs == NEEDS_WORK and works)
        or (needs == NEEDS_CHILDREN and has_children)
        or (needs == NEEDS_DISSENT and dissents)
    )


def calm(deed, risk, severity, parameters):
    """How risk and severity change the rate of a deed, 1 / ONE; severity is negative where a policy rewards the deed."""
    if deed.kind == GOOD:
        change = ((parameters.reward - parameters.crowding) * max(-severity, 0)) >> BITS
    else:
        if severity > 0:  # a policy that punishes this deed was announced: being caught at it seems likelier
            risk = risk + (((ONE - risk) * parameters.risk_announced) >> BITS)
        certainty = (parameters.certainty * deed.deterrence) >> BITS
        change = -((certainty * (risk - parameters.risk_ordinary)) >> BITS) - ((parameters.severity * severity) >> BITS)
    return min(max(ONE + change, ONE // 16), 4 * ONE)


def norms(deviance, climate, parameters):
    """How what ties do and say changes the rate of disapproved deeds, 1 / ONE: ``deviance`` is the share of ties seen at them."""
    change = ((parameters.descriptive * (deviance - parameters.usual_deviance)) >> BITS) - ((parameters.injunctive * climate) >> BITS)
    return min(max(ONE + change, ONE // 4), 4 * ONE)


def company(away, parameters):
    """How ties who are detained change the rate of harmful deeds, 1 / ONE (imprisonment spreads through ties: Lum et al. 2014)."""
    return min(ONE + parameters.contagion * away, 4 * ONE)


def chance(deed, propensity, poor, risk, severity, watched, norm, shame, parameters):
    """Threshold of the chance that she does this deed today: base rate x trait x hardship x calm x others x being watched or shown.

    ``watched`` is the share of the deed's context that an announced policy looks at, ``norm`` the factor of what others do, ``shame``
    the fall because it is put on display, all 1 / ONE.
    """
    factor = calm(deed, risk, severity, parameters)
    if norm != ONE:
        factor = (factor * norm) >> BITS
    if shame:
        factor = (factor * (ONE - shame)) >> BITS
    if deed.kind == DISAPPROVED or deed.kind == PRIVATE:
        factor = (factor * (ONE - ((parameters.watched * watched) >> BITS))) >> BITS
    if deed.trait:
        factor = (factor * propensity) >> BITS
    if poor:
        factor = (factor * deed.hardship) >> BITS
    return (deed.rate * min(max(factor, 0), MOST)) >> BITS


def own_accord(deed, severity, poor, parameters):
    """Threshold below which her luck had her do a rewarded good deed for its own sake; above it the deed is done for the reward."""
    factor = min(max(ONE - ((parameters.crowding * max(-severity, 0)) >> BITS), ONE // 16), ONE)
    if poor:
        factor = (factor * deed.hardship) >> BITS
    return (deed.rate * factor) >> BITS
