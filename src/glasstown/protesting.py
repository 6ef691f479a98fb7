"""Who marches: grievance against risk (Epstein 2002, PNAS 99 suppl 3), with and without the integer rule, or thresholds (Granovetter 1978).

She marches if grievance - risk aversion x estimated chance of arrest exceeds a bar; the estimate is 1 - exp(-k x C / A) with C police
and A marching, herself included, in her district. With the integer rule C / A is cut to a whole number: where more march than there
are police the risk is none, and outbursts become possible. Without it there are hardly any at Epstein's own numbers.
"""

from glasstown.tables import CURVE
from glasstown.world import BITS, ONE

WHOLE, EXACT, THRESHOLDS = 0, 1, 2  # rules of protest
ROUNDS = 12  # in which people make up their minds on one day, at most


def aversion(boldness):
    """Aversion to risk, from 1 (no boldness) to 0, 1 / ONE."""
    return ONE * ONE // (ONE + boldness)


def risk(police, marching, curve, parameters):
    """Estimated chance of arrest, 1 / ONE, where so many march (at least 1)."""
    ratio = police * ONE // marching
    if parameters.protest_rule == WHOLE:
        ratio = ratio >> BITS << BITS
    return curve[min((parameters.arrest_force * ratio) >> BITS + 5, CURVE - 1)]


def marches(grievance, boldness, police, marching, aggrieved, curve, parameters):
    """Whether she marches, given how many of her district do (herself included) and how many are aggrieved."""
    if parameters.protest_rule == THRESHOLDS:
        return (marching - 1) * ONE >= threshold(grievance, boldness) * aggrieved
    return grievance - ((aversion(boldness) * risk(police, marching, curve, parameters)) >> BITS) > parameters.protest_bar


def threshold(grievance, boldness):
    """Share of the aggrieved who must march before she does, 1 / ONE: 0 where boldness x grievance is 2 or more."""
    return max(ONE - ((boldness * grievance) >> BITS + 1), 0)


def arrested(police, marching, parameters):
    """Threshold of the chance that one who marches is arrested: each of the police arrests at most one."""
    return min(parameters.arrests * police // marching, 1 << 32)
