"""Every column of a society: its room, owner, unit, range and meaning. The state holds integers only.

Rooms: *people* (who lives here, never written after founding), *truth* (what is so), *record* (what is written
down; the shadow record is a second one, kept without error), *life* (doors, income and what measuring counts),
*face* (one byte, all that others can see). A room is one row type: a rule that is handed a record row cannot reach
truth. Fixed point: ONE stands for 1.0. Money is in cents of an invented currency (MEDIAN_WAGE a day is the median).
"""

from collections import namedtuple
from typing import Any, NamedTuple

BITS = 12  # of the fraction
ONE = 1 << BITS  # fixed point: 1.0
NEVER = -32768  # a day that has not come
FOREVER = 32767  # a day that does not come
NOTHING = 255  # no deed, no band, no list, no cause
MEDIAN_WAGE = 10_000  # cents a day
GROUPS = 2  # 0 majority, 1 minority
LAYERS = ("kin", "work", "neighbourhood", "friends")
ADULT_AGE = 18
PENSION_AGE = 65  # from here on the wage column is a pension: it cannot be lost, and nobody looks for work

ORDINARY, OFFICIAL, KIN_OF_OFFICIAL = 0, 1, 2  # status

# the face: what a neighbour can see of you; STAINED: marked (on a public list, or in a band that others can see), or seen on display
DISSENTS, PRAISES, STAINED, AWAY, SANCTIONED_TODAY, FINED_TODAY, DEVIATES, MARCHES = 1, 2, 4, 8, 16, 32, 64, 128

# life.state: what measuring follows from day to day
(IS_LISTED, IS_SANCTIONED, IS_SANCTIONED_IN_SHADOW, IN_HARDSHIP, IS_JOBLESS, HAS_JUDGMENT, IN_BOTTOM_BAND, IS_SHOWN, IS_MARKED,
 IS_PARIAH, IS_DETAINED, IS_SCORED, IS_WITHDRAWN) = tuple(1 << bit for bit in range(13))  # fmt: skip

# life.ever: what has happened to her at least once since the policy began
(EVER_LISTED, EVER_SANCTIONED, EVER_SANCTIONED_IN_SHADOW, EVER_APPEALED, EVER_UPHELD, EVER_SHOWN, EVER_WRONGLY_SHOWN,
 EVER_JUDGED, EVER_FLAGGED_RIGHTLY, EVER_FLAGGED_WRONGLY, EVER_PARIAH, EVER_DETAINED, EVER_DENOUNCED, EVER_EXTORTED,
 EVER_SPARED, EVER_CAUGHT, EVER_ORDERED, EVER_MARCHED, EVER_ARRESTED, EVER_NAMED_RIGHTLY,
 EVER_NAMED_WRONGLY) = tuple(1 << bit for bit in range(21))  # fmt: skip

# where an entry comes from (truth: measuring and inquiries see it, rules do not)
FROM_DEED, FROM_FALSE_ALARM, FROM_MIX_UP, FROM_VIEW, FROM_WRONG_VIEW, FROM_TIE, FROM_REPORT, FROM_POWER = 1, 2, 3, 4, 5, 6, 7, 8
ORIGINS = (
    "none", "true deed", "false alarm", "mix-up", "view rightly inferred", "view wrongly inferred", "somebody close", "false report",
    "abuse of power",
)  # fmt: skip
WRONG_ORIGINS = (FROM_FALSE_ALARM, FROM_MIX_UP, FROM_WRONG_VIEW, FROM_REPORT, FROM_POWER)
WRONG = sum(1 << origin for origin in WRONG_ORIGINS)  # the same as bits: (WRONG >> origin) & 1
PARIAH_TIES, PARIAH_DAYS = 2, 90  # a pariah: at most so many live ties outside the household, after losing some, for so many days

# why somebody lays something at another's door tonight, desk.why
GRUDGE, RIVALRY, REWARD, DREAD, DEMAND = 1, 2, 3, 4, 5
MOTIVES = ("none", "a grudge", "rivalry", "the reward", "fear of being drawn in", "a demand for money")
NO_CITIZEN = -1
COUNTED, EXPOSED = 1, 2  # what becomes of a report, desk.answer
CRITICAL = -1024  # who stands at or below this view is a critic in what is measured


class Column(NamedTuple):
    """One column of the world."""

    name: str
    kind: str  # NumPy type of one value
    room: str
    owner: str  # the only chapter that writes it
    unit: str
    low: int
    high: int
    meaning: str


PEOPLE = [
    Column("first_tie", "u4", "people", "people", "index", 0, 4_294_967_295, "where her ties begin in the list of ties"),
    Column("ties", "u1", "people", "people", "count", 0, 255, "how many ties she has, all layers"),
    Column("kin", "u1", "people", "people", "count", 0, 255, "how many of her ties are kin (they come first)"),
    Column("colleagues", "u1", "people", "people", "count", 0, 255, "how many are colleagues (they come second)"),
    Column("neighbours", "u1", "people", "people", "count", 0, 255, "how many are neighbours (third; the rest are friends)"),
    Column("place", "u1", "people", "people", "count", 0, 15, "her place in the household: its first member is at i - place"),
    Column("household", "u1", "people", "people", "count", 1, 15, "members of her household (they have consecutive numbers)"),
    Column("age", "u1", "people", "people", "years", 0, 110, "age at founding"),
    Column("group", "u1", "people", "people", "0 or 1", 0, 1, "majority or minority"),
    Column("district", "u1", "people", "people", "number", 0, 63, "district she lives in; numbers follow district order"),
    Column("status", "u1", "people", "people", "0 to 2", 0, 2, "ordinary, official, kin of an official"),
    Column("propensity", "i2", "people", "people", "1 / 4096", 0, 32767, "how her rate of offending compares with the mean"),
    Column("boldness", "i2", "people", "people", "1 / 4096", 0, 32767, "readiness to speak against the climate; mean 1"),
    Column("leaning", "i2", "people", "people", "1 / 4096", -4096, 4096, "view of the order she starts with, -1 against, 1 for"),
    Column("wage", "i4", "people", "people", "cents / day", 0, 10_000_000, "what her work pays; 0 for who does not work"),
]

TRUTH = [
    Column("anchor", "i2", "truth", "reacting", "1 / 4096", -4096, 4096, "view she returns to when nobody speaks"),
    Column("opinion", "i2", "truth", "reacting", "1 / 4096", -4096, 4096, "private view of the order today"),
    Column("risk", "i2", "truth", "reacting", "1 / 4096", 0, 4096, "chance of being caught, as she perceives it"),
    Column("fear", "i2", "truth", "reacting", "1 / 4096", 0, 4096, "fear of what a visible act may cost"),
    Column("grievance", "i2", "truth", "reacting", "1 / 4096", 0, 4096, "what she has against the policy, as she feels it"),
    Column("trust", "i2", "truth", "reacting", "1 / 4096", -4096, 4096, "trust in strangers: -1 none, 1 full"),
    Column("cold", "u4", "truth", "reacting", "bits", 0, 4_294_967_295, "ties that have gone cold, one bit for each of her first 32 ties"),
    Column("did", "u4", "truth", "acting", "bits", 0, 4_294_967_295, "deeds done since the policy began, one bit a kind"),
    Column("lately", "u4", "truth", "acting", "bits", 0, 4_294_967_295, "deeds done since the last round of risk scores, one bit a kind"),
    Column("judgment_origin", "u1", "truth", "watching", "origin", 0, 8, "whether the judgment against her rests on a deed"),
    Column("finding_origin", "u1", "truth", "watching", "origin", 0, 8, "whether the finding about her conduct rests on a deed"),
]

RECORD = [
    Column("live", "i2", "record", "scoring", "points", -32767, 32767, "sum of her live entries and of what was folded"),
    Column("score", "i2", "record", "scoring", "points", -32767, 32767, "base + live + pooled, clamped to the policy's range"),
    Column("pooled", "i2", "record", "scoring", "points", -32767, 32767, "points of the others of her household that count for her too"),
    Column("clean_since", "i2", "record", "scoring", "day", -32768, 32767, "day of her last loss of points, or of points earned back"),
    Column("risk_score", "i2", "record", "watching", "1 / 1024", -32768, 32767, "what a risk model made of her last; NEVER if nothing"),
    Column("band", "u1", "record", "scoring", "band", 0, 255, "the band the score or an override puts her in; 255 none"),
    Column("override", "u1", "record", "scoring", "band", 0, 255, "band set by one event whatever the points; 255 none"),
    Column("override_until", "i2", "record", "scoring", "day", -32768, 32767, "last day of the override"),
    Column("judgment_day", "i2", "record", "watching", "day", -32768, 32767, "day of the open judgment against her; NEVER if none"),
    Column("judgment_deed", "u1", "record", "watching", "deed", 0, 255, "what the judgment is about; 255 none"),
    Column("finding_deed", "u1", "record", "watching", "deed", 0, 255, "conduct the court found under that judgment; 255 none"),
    Column("finding_day", "i2", "record", "watching", "day", -32768, 32767, "day of that finding"),
    Column(
        "suspected", "u1", "record", "watching", "claim", 0, 255, "what she is suspected of while evidence is too thin to count; 255 none"
    ),
    Column("suspicions", "u1", "record", "watching", "count", 0, 255, "claims of it so far"),
    Column("suspected_day", "i2", "record", "watching", "day", -32768, 32767, "day of the first of them"),
]

ENTRY = [
    Column("points", "i2", "record", "scoring", "points", -32767, 32767, "what is left of the entry's points; 0 if free"),
    Column("day", "i2", "record", "scoring", "day", -32768, 32767, "day it was posted"),
    Column("rule", "u1", "record", "scoring", "rule", 0, 255, "rule that posted it; 255 if the slot is free"),
    Column("times", "u1", "record", "scoring", "times", 0, 255, "how often that rule was applied for what this entry stands for"),
]

LISTING = [
    Column("entered", "i2", "record", "scoring", "day", -32768, 32767, "day she was put on the list; NEVER if not on it"),
    Column("until", "i2", "record", "scoring", "day", -32768, 32767, "first day off the list; FOREVER while no exit is set"),
    Column("cause", "u1", "record", "scoring", "deed", 0, 255, "conduct that put her there; 255 none"),
    Column(
        "ground",
        "u1",
        "record",
        "scoring",
        "0 to 4",
        0,
        4,
        "ground of the exit that is set, one of BY_",
    ),
]

BOOKS = [
    Column("turnover", "i2", "record", "scoring", "points", 0, 32767, "points ever posted, without sign; bounds the others"),
    Column("posted", "i2", "record", "scoring", "points", -32767, 32767, "points ever posted"),
    Column("recovered", "i2", "record", "scoring", "points", 0, 32767, "points earned back by a time without a loss"),
    Column("folded", "i2", "record", "scoring", "points", -32767, 32767, "points of entries folded into the remainder, and earned back"),
    Column("expired", "i2", "record", "scoring", "points", -32767, 32767, "points that ran out"),
    Column("reversed", "i2", "record", "scoring", "points", -32767, 32767, "points taken back after an appeal"),
    Column("decayed", "i2", "record", "scoring", "points", -32767, 32767, "points that decayed"),
    Column("capped", "i2", "record", "scoring", "points", -32767, 32767, "points that a cap kept from counting"),
]

DESK = [
    Column("ticket", "i4", "record", "mending", "number", 0, 2_147_483_647, "her number in the queue of appeals; 0 none"),
    Column("appeal_day", "i2", "record", "mending", "day", -32768, 32767, "day she appealed; NEVER if no appeal is open"),
    Column("appealed", "u1", "record", "mending", "deed", 0, 255, "the claim she appeals against; 255 none"),
    Column("appealed_origin", "u1", "record", "mending", "origin", 0, 8, "what stands behind that claim"),
    Column("claimed_deed", "u1", "record", "watching", "deed", 0, 255, "a sighting of somebody else laid at her door; 255 none"),
    Column("claimed_sensor", "u1", "record", "watching", "sensor", 0, 255, "the sensor that took somebody else for her"),
    Column("claimed_origin", "u1", "record", "watching", "origin", 0, 8, "what stands behind it"),
    Column("claimed_by", "i4", "record", "reporting", "citizen", -1, 2_147_483_647, "who laid it at her door; -1 nobody"),
    Column("answer", "u1", "record", "reporting", "0 to 2", 0, 2, "what that person is told: nothing, it counted, it was found false"),
    Column("aims_at", "i4", "record", "reporting", "citizen", -1, 2_147_483_647, "at whose door she lays something tonight; -1 nobody's"),
    Column("says", "u1", "record", "reporting", "deed", 0, 255, "what she says of that person; 255 nothing"),
    Column("why", "u1", "record", "reporting", "motive", 0, 5, "for what motive she does so"),
    Column("shown_until", "i2", "record", "shaming", "day", -32768, 32767, "first day that a screen no longer shows her; NEVER if none"),
    Column("shown_origin", "u1", "record", "shaming", "origin", 0, 8, "what stands behind that display"),
    Column("lost_deed", "u1", "record", "watching", "deed", 0, 255, "a sighting of hers that goes to somebody else tonight"),
    Column("lost_sensor", "u1", "record", "watching", "sensor", 0, 255, "the sensor that took her for somebody else"),
    Column("letter", "u2", "record", "watching", "sighting", 0, 65535, "a sighting on its way, packed; 0 none"),
    Column("letter_days", "u1", "record", "watching", "days", 0, 255, "days until it arrives"),
    Column("place", "u1", "record", "gating", "queue", 0, 255, "the queue she waits in: gate * 4 + class + 1; 0 none"),
    Column("number", "i4", "record", "gating", "number", 0, 2_147_483_647, "her number in it"),
]

LIFE = [
    Column("due", "i2", "life", "scoring", "day", -32768, 32767, "next day on which something in either record falls due"),
    Column("purse", "i4", "life", "gating", "cents", -2_000_000_000, 2_000_000_000, "this month's income so far"),
    Column("income", "i4", "life", "gating", "cents", -2_000_000_000, 2_000_000_000, "income since the policy began"),
    Column("works", "u1", "life", "gating", "0 or 1", 0, 1, "she has work"),
    Column("poor", "u1", "life", "gating", "0 or 1", 0, 1, "her household was below the hardship line last month"),
    Column("state", "u2", "life", "measuring", "bits", 0, 8191, "IS_ bits of today"),
    Column("ever", "u4", "life", "measuring", "bits", 0, 2097151, "EVER_ bits since the policy began"),
    Column("away_until", "i2", "life", "detaining", "day", -32768, 32767, "day of her release; NEVER if she is not detained"),
    Column("away_days", "i2", "life", "detaining", "days", 0, 32767, "days detained since the policy began"),
    Column("alone_since", "i2", "life", "reacting", "day", -32768, 32767, "since when hardly a tie is left; NEVER if some are"),
    Column("withdrawn", "u1", "life", "reacting", "0 or 1", 0, 1, "she keeps to what is not watched"),
    Column("pariah_days", "i2", "life", "measuring", "days", 0, 32767, "days as a pariah since the policy began"),
    Column("refused_travel", "u1", "life", "gating", "count", 0, 255, "refusals since the policy began (255: or more)"),
    Column("refused_work", "u1", "life", "gating", "count", 0, 255, "refusals since the policy began (255: or more)"),
    Column("refused_credit", "u1", "life", "gating", "count", 0, 255, "refusals since the policy began (255: or more)"),
    Column("refused_school", "u1", "life", "gating", "count", 0, 255, "refusals since the policy began (255: or more)"),
    Column("refused_housing", "u1", "life", "gating", "count", 0, 255, "refusals since the policy began (255: or more)"),
    Column("refused_services", "u1", "life", "gating", "count", 0, 255, "refusals since the policy began (255: or more)"),
    Column("refused_business", "u1", "life", "gating", "count", 0, 255, "refusals since the policy began (255: or more)"),
    Column("listed_days", "i2", "life", "measuring", "days", 0, 32767, "days on a list since the policy began"),
    Column("sanctioned_days", "i2", "life", "measuring", "days", 0, 32767, "days sanctioned since the policy began"),
    Column("wrong_days", "i2", "life", "measuring", "days", 0, 32767, "days sanctioned, but not in the shadow record"),
    Column("poor_days", "i2", "life", "measuring", "days", 0, 32767, "days in hardship since the policy began"),
    Column("dissent_days", "i2", "life", "measuring", "days", 0, 32767, "days of open dissent since the policy began"),
    Column("harm", "i2", "life", "measuring", "harm points", 0, 32767, "harm done by her deeds since the policy began"),
]

ROOMS = {
    "people": PEOPLE, "truth": TRUTH, "record": RECORD, "shadow": RECORD, "entries": ENTRY, "shadow_entries": ENTRY,
    "listings": LISTING, "shadow_listings": LISTING, "books": BOOKS, "desk": DESK, "life": LIFE,
}  # fmt: skip

Town = namedtuple(
    "Town",
    [
        "people",  # [citizens]
        "neighbours",  # [ties] int32: the other end of each tie, layer by layer within a citizen
        "truth",  # [citizens]
        "record",  # [citizens]
        "shadow",  # [citizens], same row type as the record
        "entries",  # [citizens * slots]
        "shadow_entries",  # [citizens * slots]
        "entry_origin",  # [citizens * slots] uint8: truth about each entry, for inquiries and measuring
        "listings",  # [citizens * lists]
        "shadow_listings",  # [citizens * lists]
        "listing_origin",  # [citizens * lists] uint8: truth about each listing
        "books",  # [citizens]
        "desk",  # [citizens]
        "life",  # [citizens]
        "face",  # [2, citizens] uint8: yesterday's and today's faces, by parity of the day
        "tray",  # [citizens] uint8: what she leaves for the evening, and finds in the morning
        "districts",  # [districts] DISTRICT rows
        "queues",  # [32] QUEUE rows: gate * 4 + class
        "streets",  # [districts] STREET rows
        "clock",  # [1] CLOCK row
    ],
)
Town.__doc__ = "The state of one world: arrays of rows. People, neighbours and districts are shared by all arms."

# tray bits: she leaves a sighting or an appeal for the evening; the evening leaves a claim; she has a ticket in the queue of
# appeals; she joins a queue at a gate; she waits in one; she lays something at somebody's door; who did so at hers gets an answer
LEAVES_SIGHTING, LEAVES_APPEAL, FINDS_CLAIM, HAS_TICKET, JOINS_QUEUE, WAITS, AIMS, ANSWERS = 1, 2, 4, 8, 16, 32, 64, 128
FOR_THE_EVENING = LEAVES_SIGHTING | LEAVES_APPEAL | JOINS_QUEUE | AIMS | ANSWERS
BY_TERM, BY_PERFORMANCE, BY_CLOSURE, BY_APPEAL, BY_POWER = 0, 1, 2, 3, 4  # listing.ground; BY_APPEAL: an appeal or an audit found an error

DISTRICT = [
    Column("first", "i8", "people", "people", "citizen", 0, 2**40, "first citizen of the district (numbers are consecutive)"),
    Column("count", "i8", "people", "people", "count", 0, 2**40, "citizens of the district"),
    Column("cameras", "i8", "people", "people", "1 / 4096", 0, 8 * ONE, "camera coverage relative to the town's mean"),
]

QUEUE = [
    Column("joined", "i8", "world", "gating", "number", 0, 2**40, "numbers handed out"),
    Column("served", "i8", "world", "gating", "number", 0, 2**40, "numbers served"),
    Column("places", "i8", "world", "gating", "1 / 4096", 0, 2**40, "places of the gate not yet taken (kept in the row of its class 0)"),
]

STREET = [
    Column("adults", "i8", "world", "people", "count", 0, 2**40, "adults of the district"),
    Column("marching", "i8", "world", "reacting", "count", 0, 2**40, "adults of the district who marched on the last day of protest"),
    Column("aggrieved", "i8", "world", "reacting", "count", 0, 2**40, "adults of the district who are aggrieved and ready to march"),
    Column("police", "i8", "world", "reacting", "count", 0, 2**40, "police who can be there"),
]

CLOCK = [
    Column("key_0", "i8", "world", "engine", "word", 0, 2**32 - 1, "generator key, first half"),
    Column("key_1", "i8", "world", "engine", "word", 0, 2**32 - 1, "generator key, second half"),
    Column("start", "i8", "world", "engine", "day", 0, 32767, "day the policy begins (the burn-in's length)"),
    Column("scored", "i8", "world", "engine", "0 or 1", 0, 1, "a policy is in force today"),
    Column("tickets", "i8", "world", "mending", "number", 0, 2**40, "tickets handed out"),
    Column("served", "i8", "world", "mending", "number", 0, 2**40, "tickets heard"),
    Column("exempt", "i8", "world", "engine", "threshold", 0, 2**32, "who is left unscored: a random few in the exempt arm"),
    Column("flip_citizen", "i8", "world", "engine", "citizen", -1, 2**40, "placebo: whose act is flipped; -1 nobody's"),
    Column("flip_day", "i8", "world", "engine", "day", -1, 32767, "placebo: on which day"),
    Column("flip_deed", "i8", "world", "engine", "deed", 0, 31, "placebo: which deed"),
    Column("stage", "i8", "world", "politics", "stage", 0, 15, "how far the policy has been rolled out"),
    Column("repealed", "i8", "world", "politics", "0 or 1", 0, 1, "the policy was given up"),
    Column("approving", "i8", "world", "politics", "1 / 4096", 0, ONE, "share of adults who said so when last asked"),
    Column("scandal", "i8", "world", "politics", "1 / 4096", 0, ONE, "what is publicly held against the policy"),
    Column("marching", "i8", "world", "politics", "count", 0, 2**40, "adults who marched on the last day of protest"),
    Column("risk_cut", "i8", "world", "watching", "1 / 1024", -32768, 32768, "risk score from which a person is named in this round"),
    Column("hardship_line", "i8", "world", "engine", "cents / month", 0, 2**40, "equivalised household income below it is hardship"),
]


def row_type(columns: list[Column]) -> Any:
    """The NumPy record type of a room: wide columns first and every row aligned, as graphics cards demand."""
    import numpy as np

    wide_first = sorted(columns, key=lambda column: -np.dtype(column.kind).itemsize)
    return np.dtype([(column.name, column.kind) for column in wide_first], align=True)
