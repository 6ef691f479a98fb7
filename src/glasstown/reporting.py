"""What people lay at one another's door: false reports, and why.

Honest and mistaken reports are what the sensors "neighbours" and "informers" see and misread. False ones are acts: their motives are
a grudge, rivalry at work, the reward, or the fear of being drawn in (in one sample of denunciations 37 % came from private conflict,
24 % from loyalty: Gellately 1990 after Mann). Of reports to child welfare 4 % were false on purpose, of anonymous ones 25 % (source
F80). Every weight is an uncertainty and can be zero.
"""

from glasstown.draws import below
from glasstown.world import BITS, DREAD, GRUDGE, MEDIAN_WAGE, ONE, REWARD, RIVALRY

MOST = 16 * ONE  # no sum of motives passes this, so that luck beyond malice * 16 need not be looked at


def grudge(has_cold, parameters):
    """Weight of conflicts as a motive, 1 / ONE: twice where a tie has gone cold."""
    return parameters.report_grudge * (2 if has_cold else 1)


def rivalry(works_with, parameters):
    """Weight of rivalry at work, 1 / ONE, if she works with others."""
    return parameters.report_rivalry if works_with else 0


def reward(poor, score, parameters):
    """Weight of the reward, 1 / ONE: by days of the median wage, twice in hardship."""
    return parameters.report_reward * min(score.reward, 4 * MEDIAN_WAGE) // MEDIAN_WAGE * (2 if poor else 1)


def dread(fear, score, parameters):
    """Weight of the fear of being drawn in, 1 / ONE, where people answer for those close to them."""
    return (parameters.report_dread * fear) >> BITS if score.through else 0


def chance(motives, score, parameters):
    """Threshold of the chance that she reports falsely today; ``motives`` is the sum of the weights.

    More if nobody learns who told; less where a false report is looked into and punished.
    """
    if score.anonymous and not score.corroborated:
        motives = (motives * parameters.anonymity) >> BITS
    elif score.penalty > 0:
        motives = (motives * (ONE - ((parameters.penalty_deters * (score.inquiry >> 32 - BITS)) >> BITS))) >> BITS
    return (parameters.malice * min(motives, MOST)) >> BITS


def motive(word, of_grudge, of_rivalry, of_reward, of_dread):
    """Which motive it is, in proportion to the weights."""
    place = below(word, of_grudge + of_rivalry + of_reward + of_dread)
    if place < of_grudge:
        return GRUDGE
    if place < of_grudge + of_rivalry:
        return RIVALRY
    return REWARD if place < of_grudge + of_rivalry + of_reward else DREAD
