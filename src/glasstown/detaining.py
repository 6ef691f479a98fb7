"""Who is taken away, for how long, and what a detention leaves behind. It reads the record and nothing else.

Detention is a consequence that rules name; in the documented city systems and lists there is none, and the one documented system that
detained people on such grounds is a separate police system (source F72). What it does to speech, fear and views is an uncertainty of
either sign.
"""

from glasstown.world import NEVER, ONE


def begin(life, day, days):
    """She is taken away from tomorrow on. Returns 1 if she was not already to be."""
    fresh = day >= life.away_until
    life.away_until = max(life.away_until, day + 1 + days)
    return 1 if fresh else 0


def is_away(life, day):
    """Whether she spends today in detention."""
    return day < life.away_until


def is_released(life, day):
    """Whether she comes home today."""
    return life.away_until != NEVER and day >= life.away_until


def release(life, mind, parameters):
    """She comes home: what it leaves of fear, and of her view of the order."""
    life.away_until = NEVER
    mind.fear = min(mind.fear + parameters.detained_fear, ONE)
    mind.anchor = min(max(mind.anchor + parameters.detained_view, -ONE), ONE)
