"""Rounds of a risk model: everybody scored is given a risk score; the evening finds the cut; the next day who scored high is named."""

from glasstown import measuring, watching
from glasstown.hours import acts
from glasstown.hours.watched import NOBODY
from glasstown.tables import HIGH_RISK
from glasstown.world import EVER_NAMED_RIGHTLY, EVER_NAMED_WRONGLY, FOREVER, FROM_DEED, FROM_FALSE_ALARM, NEVER

LOWEST, HIGHEST = -32_000, 32_000  # of a risk score


def is_round(day, clock, score):
    """Whether risk scores are given today: every so many days after the start, and not on the first."""
    since = day - clock.start
    return score.risk_every < FOREVER and since > 0 and since % score.risk_every == 0


def scores(i, day, who, mind, life, town, tables, policy, meter):
    """She is given a risk score, from what she did since the last round and from what the model takes for a sign of it."""
    clock = town.clock[0]
    score = policy.score[0]
    if not is_round(day, clock, score):
        return
    foretold = (mind.lately & score.risk_targets) != 0
    risk = watching.risk_score(clock, i, day, foretold, who.group, life.poor, score, tables.quantiles)
    town.record[i].risk_score = min(max(risk, LOWEST), HIGHEST)
    town.shadow[i].risk_score = HIGHEST if foretold else LOWEST
    mind.lately = 0
    measuring.count(meter, measuring.RISK_SCORED, who.group, 1)
    measuring.count(meter, measuring.RISK_TRUE, who.group, 1 if foretold else 0)


def named(i, day, sightings, seen, who, life, town, policy, meter):
    """The day after a round, who scored high is named: a claim like any other, right if she did what is foretold.

    Without error the model would name all who did it; where only a share is named, those of them who are.
    """
    clock = town.clock[0]
    score = policy.score[0]
    risk = town.record[i].risk_score + 0
    if not is_round(day - 1, clock, score) or risk == NEVER or seen >= acts.SIGHTINGS - 1:
        return seen
    foretold = town.shadow[i].risk_score == HIGHEST
    reaches = 0
    if risk >= clock.risk_cut:
        reaches = watching.TO_RECORD | (watching.TO_SHADOW if foretold else 0)
        life.ever |= EVER_NAMED_RIGHTLY if foretold else EVER_NAMED_WRONGLY
        measuring.count(meter, measuring.RISK_NAMED, who.group, 1)
        measuring.count(meter, measuring.RISK_NAMED_WRONG, who.group, 0 if foretold else 1)
    elif foretold and not score.risk_ranked:
        reaches = watching.TO_SHADOW
    if not reaches:
        return seen
    sightings[seen] = watching.sighting(HIGH_RISK, NOBODY, FROM_DEED if foretold else FROM_FALSE_ALARM, reaches)
    return seen + 1


def cuts(day, town, policy):
    """The evening of a round: the score from which a person is named. Of a ranking, as many as the share allows, and no more."""
    clock = town.clock[0]
    score = policy.score[0]
    if not is_round(day, clock, score):
        return
    if not score.risk_ranked:
        clock.risk_cut = score.risk_from >> 2
        return
    places = (above(LOWEST, town) * score.risk_share) >> 32
    low = LOWEST
    high = HIGHEST + 1
    while low < high:  # the lowest cut with no more people above it than there are places
        middle = (low + high) >> 1
        if above(middle, town) <= places:
            high = middle
        else:
            low = middle + 1
    clock.risk_cut = low


def above(cut, town):
    """How many have at least this risk score."""
    count = 0
    for i in range(len(town.people)):
        count += town.record[i].risk_score >= cut
    return count
