"""What the kernel reads: deeds, sensors, gates, parameters and the policy, as tables of integers.

Files are data (TOML); loaders turn them into these rows. Chances are 32-bit thresholds (2**32 is 1.0), factors are in
1 / ONE. Nothing here is a compile-time constant: five hundred policies compile once.
"""

from collections import namedtuple
from collections.abc import Sequence
from typing import Any

CONTEXTS = (
    "traffic", "finance", "courts", "utilities", "family", "work", "public", "speech", "community", "private", "benefits", "housing",
)  # fmt: skip
SPEECH_CONTEXT, PRIVATE_CONTEXT = 7, 9
KINDS = ("harmful", "disapproved", "good", "private")
GATES = ("travel", "work", "credit", "school", "housing", "services", "business")
NEEDS = ("nothing", "judgment", "work", "children", "dissent")
SCALES = ("nothing", "cameras", "neighbours", "ties")  # with what a sensor's coverage grows from person to person
CLAIMS = ("holds_view", "close_to_marked", "by_order", "high_risk")  # what can be written down of somebody without any deed of hers
HARMFUL, DISAPPROVED, GOOD, PRIVATE = range(4)
TRAVEL, WORK, CREDIT, SCHOOL, HOUSING, SERVICES, BUSINESS = range(7)
NEEDS_NOTHING, NEEDS_JUDGMENT, NEEDS_WORK, NEEDS_CHILDREN, NEEDS_DISSENT = range(5)
BY_NOTHING, BY_CAMERAS, BY_NEIGHBOURS, BY_TIES = range(4)
HOLDS_VIEW, CLOSE_TO_MARKED, BY_ORDER, HIGH_RISK = 32, 33, 34, 35  # numbers of the claims, after the deeds
KINDS_MAX = 40  # rows of a table of deeds: 32 deeds, then claims
ROLLOUTS = ("none", "schedule", "politics")  # what makes a policy grow
WHOM = ("anybody", "dissenters")  # who is meant by an order to list people
ANYBODY, DISSENTERS = range(2)
BY_SCHEDULE, BY_POLITICS = 1, 2
EVERYWHERE = 64  # more districts than there are
CURVE = 1025  # steps of the curve 1 - exp(-x), from 0 to 8
QUANTILES = 1024  # steps of the normal curve
CLASSES = 4  # classes of a queue; the highest is served first

DEED = [  # one row a kind of deed, at most 32; then one a claim, with rate 0
    ("context", "i8"),  # index into CONTEXTS
    ("kind", "i8"),  # index into KINDS
    ("rate", "i8"),  # threshold of the base chance a day
    ("cap", "i8"),  # threshold the chance can never pass, whatever the factors (luck above it is not looked at)
    ("needs", "i8"),  # index into NEEDS
    ("trait", "i8"),  # 1: scales with her propensity, 0: the same for all
    ("hardship", "i8"),  # factor on the rate in hardship, 1 / ONE
    ("deterrence", "i8"),  # fall of the rate per unit of perceived risk above the ordinary, 1 / ONE
    ("harm", "i8"),  # harm points of one deed (0 unless harmful)
    ("fine", "i8"),  # cents, when ordinary law catches it
    ("job_loss", "i8"),  # threshold: ordinary law's catch costs her the job
    ("opens_judgment", "i8"),  # 1: a sighting is a court judgment against her
    ("is_finding", "i8"),  # 1: a sighting is the court's finding about her conduct under a judgment
]

SENSOR = [  # one row a sensor, at most 16
    ("coverage", "i8", (16,)),  # threshold by context: does it look at a deed of this context?
    ("scale", "i8"),  # index into SCALES: coverage grows with the district's cameras, with her neighbours, with her ties
    ("missed", "i8", (2,)),  # threshold by group
    ("mixed_up", "i8", (2,)),  # threshold by group: seen, and taken for somebody else of district and group
    ("false_alarm", "i8", (2,)),  # threshold by group, a covered person-day
    ("ordinary", "i8"),  # 1: serves ordinary law in both arms
    ("delay", "i8"),  # days from the sighting to its arrival in this policy's record, at most 255
    ("machine", "i8"),  # 1: software says what was seen, and nobody checks unless the policy has it checked
    ("infers", "i8"),  # 1: once a month it guesses everybody's view of the order from what she leaves behind
    ("sensitivity", "i8", (2,)),  # threshold by group: who holds the view is said to hold it
    ("false_positive", "i8", (2,)),  # threshold by group: who does not is said to hold it
    ("reports", "i8"),  # 1: it is people who tell on one another
    ("cost_sighting", "i8"),  # cents a sighting
    ("cost_year", "i8"),  # cents a year and adult, covered or not
]

GATE = [  # one row a gate, at most 8
    ("rate", "i8"),  # threshold: asks today
    ("needs", "i8"),  # index into NEEDS (work: asks only when jobless; children: only with a child of school age)
    ("refused", "i8"),  # threshold: refused on ordinary grounds
    ("refused_poor", "i8"),  # the same in hardship
    ("cost", "i8"),  # cents a refusal costs her
    ("context", "i8"),  # index into CONTEXTS: what this door belongs to
    ("discretion", "i8"),  # threshold: the one behind the door turns away somebody she sees marked, unasked
    ("places", "i8"),  # places a day in the whole town, 1 / ONE; 0: no queue, who is granted gets it at once
]

BAND = [
    ("floor", "i8"),  # lowest score of the band; bands are sorted upwards, band 0 is the bottom
    ("refuse", "i8", (8,)),  # threshold by gate
    ("perk", "i8"),  # cents a day
    ("sanction", "i8"),  # 1: being in it is a sanction (it closes a door or takes something)
    ("marked", "i8"),  # 1: others can see that somebody is in it
    ("priority", "i8"),  # class in queues, 0 to CLASSES - 1; without bands everybody has 1
]

LIST = [
    ("refuse", "i8", (8,)),  # threshold by gate
    ("public", "i8"),  # 1: everybody can see who is on it
    ("show_days", "i8"),  # days a ring-back message or screen shows her after entry; 0 none
    ("leave_days", "i8"),  # working days from the ground of exit to deletion
    ("performance", "i8"),  # 1: performing the judgment ends it
    ("pressure", "i8"),  # factor on the daily chance of performing while listed, 1 / ONE
]

RULE = [
    ("deed", "i8"),  # the deed claimed
    ("sensors", "i8"),  # bit mask of the sensors whose word counts
    ("points", "i8"),  # points, the milder end of a range
    ("points_to", "i8"),  # the harsher end (the same if fixed)
    ("repeat", "i8"),  # factor for a repeat within repeat_days, 1 / ONE
    ("repeat_days", "i8"),
    ("override", "i8"),  # band set whatever the points; 255 none
    ("override_days", "i8"),
    ("list", "i8"),  # list entered; 255 none
    ("delay", "i8"),  # days from the sighting to the entry on the list
    ("term", "i8"),  # days on the list; 32767 until an exit
    ("serious", "i8"),  # threshold: the term is extended
    ("serious_days", "i8"),  # by so many days
    ("cap", "i8"),  # most points, without sign, this rule can have live; 32767 none
    ("display", "i8"),  # days a screen shows her for it; 0 none
    ("detain", "i8"),  # days of detention it leads to; 0 none
    ("detain_after", "i8"),  # from so many times on (this one included) that the rule was applied, of what is in force
    ("charge", "i8"),  # cents it costs her
    ("paid", "i8"),  # threshold: she pays them
]

SCORE = [  # one row
    ("scores", "i8"),  # 1: there are points
    ("base", "i8"),
    ("low", "i8"),
    ("high", "i8"),
    ("expiry", "i8"),  # days an entry lives; 32767 for ever
    ("decay", "i8"),  # share of an entry's points that decays each decay_days, 1 / ONE
    ("decay_days", "i8"),
    ("slots", "i8"),  # live entries a person can have; older ones are folded
    ("clean_days", "i8"),  # days without losing points that earn some back; 32767 never
    ("clean_points", "i8"),  # as many
    ("pooled", "i8"),  # 1: what one adult of a household loses or earns counts for all of its adults
    ("lists", "i8"),  # how many lists
    ("bands", "i8"),
    ("rules", "i8"),
    ("steady_stock", "i8"),  # 1: the lists begin as if they had existed for years
    ("announced", "i8"),  # 1: people are told on the first day
    ("sensors", "i8"),  # bit mask of the sensors that feed this record
    ("notice", "i8"),  # 1: entries are made known to their subject
    ("appeals", "i8"),  # 1: there is an appeal
    ("appeal_rate", "i8"),  # threshold: an entry is appealed against
    ("appeal_days", "i8"),  # days from appeal to decision, at least
    ("appeal_capacity", "i8"),  # decisions a working day, for the whole town
    ("sensitivity", "i8"),  # threshold: an undeserved entry is found to be so
    ("specificity", "i8"),  # threshold: a deserved entry is upheld
    ("answers", "i8"),  # threshold: she answers a machine's claim before it counts
    ("answer_clears", "i8"),  # threshold: her answer disproves an undeserved one
    ("reasons", "i8"),  # 1: reasons are given with an entry, so that an appeal can speak to them
    ("corrects_all", "i8"),  # 1: a won appeal clears every entry and list that took the claim over; 0: the first one only
    ("review", "i8"),  # threshold: a machine's claim is looked at by a person before it counts
    ("review_sensitivity", "i8"),  # threshold: she sees that an undeserved one is so
    ("review_specificity", "i8"),  # threshold: she lets a deserved one pass
    ("evidence", "i8"),  # claims of one kind that are needed before one counts, at least 1
    ("evidence_days", "i8"),  # days within which they must come
    ("separate", "i8"),  # 1: no consequence outside the context of the data
    ("consent", "i8"),  # threshold: agrees to be scored; who does not is left alone
    ("sunset", "i8"),  # days after which the policy ends; 32767 never
    ("through", "i8"),  # whose sanction is held against her: 0 nobody's, 1 her kin's (household and family), 2 any tie's
    ("through_severity", "i8"),  # what staying close to somebody sanctioned costs within a year, 1 / ONE
    ("speech", "i8"),  # how hard the policy punishes speech that hurts nobody, 1 / ONE
    ("dealing", "i8"),  # how hard it punishes or rewards how people deal (deeds of finance), 1 / ONE, without sign
    ("display_reach", "i8"),  # threshold: those around her come across a display of her on a day
    ("masked", "i8"),  # 1: a display does not show who she is
    ("reports", "i8"),  # bit mask of the sensors among those that feed this record by which people tell on one another
    ("anonymous", "i8"),  # 1: nobody learns who told
    ("reward", "i8"),  # cents for a report that counts
    ("corroborated", "i8"),  # 1: reports are named, and one alone does not count
    ("inquiry", "i8"),  # threshold: a report is looked into before it counts
    ("inquiry_sensitivity", "i8"),  # threshold: an undeserved one is found to be so
    ("inquiry_specificity", "i8"),  # threshold: a deserved one passes
    ("penalty", "i8"),  # cents that a report found false costs who made it, if it is known who did
    ("audit", "i8"),  # threshold: what officials did is looked into
    ("protects", "i8"),  # 1: who tells on an official is protected
    ("independent", "i8"),  # 1: appeals are decided by somebody who does not belong to the operator
    ("order_day", "i8"),  # days after the start on which people are listed by order; 32767 never
    ("order_every", "i8"),  # and again every so many days; 0 once
    ("order_share", "i8"),  # threshold: of those who are meant
    ("order_whom", "i8"),  # index into WHOM
    ("rollout", "i8"),  # index into ROLLOUTS
    ("rollout_every", "i8"),  # days from one decision about the next stage to the next
    ("stages", "i8"),  # the last stage
    ("context_stage", "i8", (16,)),  # stage from which the policy looks at and punishes what belongs to this context
    ("gate_stage", "i8", (8,)),  # stage from which the policy closes this gate
    ("pilot", "i8"),  # districts in which it begins, by number; EVERYWHERE for all
    ("everywhere", "i8"),  # stage from which it holds in all districts
    ("approval_bar", "i8"),  # share of adults who must say they approve before it grows by politics, 1 / ONE
    ("scandal_bar", "i8"),  # scandal at which it is taken back by a stage, 1 / ONE
    ("arrest_days", "i8"),  # days of detention for who is arrested in a march
    ("view_from", "i8"),  # view, 1 / ONE and negative: who stands at or below it holds the view that is looked for
    ("risk_every", "i8"),  # days from one round of risk scores to the next; 32767 none
    ("risk_targets", "i8"),  # bit mask of the deeds that a high risk is meant to foretell
    ("risk_distance", "i8", (2,)),  # by group: how far those who did one score above the rest, 1 / ONE of a standard deviation
    ("risk_shift", "i8", (2,)),  # by group: how far its members score higher whatever they did, 1 / ONE of a standard deviation
    ("risk_poor", "i8"),  # how far who is in hardship scores higher whatever she did, 1 / ONE of a standard deviation
    ("risk_ranked", "i8"),  # 1: the highest share of scores is named; 0: whoever scores above a fixed one
    ("risk_share", "i8"),  # threshold: that share
    ("risk_from", "i8"),  # that score, 1 / ONE of a standard deviation
]

PARAMETER = [  # one row: the uncertainties, as drawn for this pair
    ("risk_ordinary", "i8"),  # perceived chance of being caught under ordinary law, 1 / ONE
    ("risk_own", "i8"),  # share of the way to certainty that one's own sanction moves it, 1 / ONE
    ("risk_tie", "i8"),  # the same, a tie's sanction
    ("risk_unpunished", "i8"),  # share it loses with each unpunished deed
    ("risk_announced", "i8"),  # share of the way to certainty for a deed that an announced policy punishes
    ("risk_fading", "i8"),  # share of the gap to the ordinary that closes each month
    ("watched", "i8"),  # fall of private and disapproved deeds that people know are watched, 1 / ONE at full coverage
    ("hush", "i8"),  # how much knowing that speech is watched holds back dissent, 1 / ONE of push at full coverage
    ("certainty", "i8"),  # factor on every deed's deterrence, 1 / ONE
    ("severity", "i8"),  # fall of a deed's rate when the policy punishes it, whatever the risk, 1 / ONE
    ("reward", "i8"),  # rise of a good deed's rate when the policy rewards it, 1 / ONE
    ("crowding", "i8"),  # fall of what was done for its own sake when the policy rewards it, 1 / ONE
    ("descriptive", "i8"),  # how much disapproved deeds follow what ties are seen doing, 1 / ONE
    ("injunctive", "i8"),  # how much they follow what ties say of the order, 1 / ONE
    ("usual_deviance", "i8"),  # share of ties seen doing something disapproved on an ordinary day, 1 / ONE
    ("fear_own", "i8"),  # fear that one's own sanction adds
    ("fear_tie", "i8"),  # fear that a tie's sanction adds
    ("fear_fading", "i8"),  # share of fear lost each month
    ("chill", "i8"),  # how much fear holds back speech, 1 / ONE
    ("climate", "i8"),  # how much what ties say helps or hinders speech, 1 / ONE
    ("speech_rule", "i8"),  # 0 fear and climate joined; 1 utility, uniform punishment; 2 utility, proportional punishment
    ("speak_bar", "i8"),  # how strong a view must be to be spoken, 1 / ONE
    ("influence", "i8"),  # pull of the climate on private views, 1 / ONE
    ("legitimacy", "i8"),  # what an undeserved sanction costs in one's view of the order, 1 / ONE
    ("lose_job", "i8"),  # threshold a day
    ("benefit", "i8"),  # share of the wage paid while without work, 1 / ONE
    ("pay", "i8"),  # threshold a day: performs an open judgment, under ordinary enforcement
    ("pay_poor", "i8"),  # factor on it in hardship, 1 / ONE
    ("pay_refusing", "i8"),  # factor on it for who was found refusing or evading, 1 / ONE
    ("close", "i8"),  # threshold a day: settled, or enforcement closed
    ("list_pressure", "i8"),  # factor on the policy's own claim of pressure (0: none), 1 / ONE
    ("shown_pressure", "i8"),  # extra factor on paying while shown, 1 / ONE; fades over the days shown
    ("discretion", "i8"),  # factor on every gate's discretion, 1 / ONE
    ("shun", "i8"),  # threshold a week: a tie with somebody marked goes cold
    ("shun_kin", "i8"),  # factor on it among kin, 1 / ONE
    ("solidarity", "i8"),  # fall of it where both are marked, 1 / ONE
    ("rewarm", "i8"),  # threshold a week: a cold tie warms again once nobody is marked
    ("dealings", "i8"),  # threshold a day: deals with a stranger
    ("keep", "i8"),  # threshold: a stranger of mean propensity keeps the deal
    ("keep_spread", "i8"),  # how much less so with a propensity above the mean, 1 / ONE
    ("stake", "i8"),  # how much more so if the policy rewards or punishes how people deal, 1 / ONE
    ("image", "i8"),  # how much less so with somebody marked, 1 / ONE
    ("private_image", "i8"),  # how much less so with somebody the stranger privately thinks badly of, 1 / ONE
    ("image_error", "i8"),  # threshold: such a private opinion is mistaken
    ("trust_moves", "i8"),  # share of the way that a dealing moves trust in strangers, 1 / ONE
    ("reasons_help", "i8"),  # how much an appeal finds more when reasons were given, 1 / ONE
    ("contact_cost", "i8"),  # rise of shunning where the policy punishes being close to somebody marked, 1 / ONE
    ("seen_through", "i8"),  # share of days on which a masked display is seen through all the same, 1 / ONE
    ("shame", "i8"),  # fall of what is put on display, at first, 1 / ONE
    ("shame_fading", "i8"),  # how fast it fades: 1 halves it after a month, 1 / ONE
    ("malice", "i8"),  # threshold a day: a false report by somebody who has one motive in full
    ("anonymity", "i8"),  # factor on it if nobody learns who told, 1 / ONE
    ("report_grudge", "i8"),  # weight of conflicts as a motive, 1 / ONE; doubled by a tie gone cold
    ("report_rivalry", "i8"),  # weight of rivalry at work, 1 / ONE
    ("report_reward", "i8"),  # weight of a reward of one day's median wage, 1 / ONE; doubled in hardship
    ("report_dread", "i8"),  # weight of fear of being drawn in, at full fear, 1 / ONE
    ("penalty_deters", "i8"),  # share of false reports that a penalty deters where every one is looked into, 1 / ONE
    ("extortion", "i8"),  # threshold a day: an official demands money of somebody
    ("price", "i8"),  # what is demanded, in months of the victim's wage, 1 / ONE
    ("yields", "i8"),  # share who pay when as much is at stake as can be, 1 / ONE
    ("fabricates", "i8"),  # threshold: a refusal is answered by an entry
    ("tells", "i8"),  # threshold: who refuses tells on the official
    ("tells_protected", "i8"),  # the same where the policy protects who tells
    ("immunity", "i8"),  # threshold: an entry about an official, or kin of one, vanishes before it counts
    ("erased", "i8"),  # threshold a month: an entry about one of them is erased
    ("misuse", "i8"),  # share of an order to list people that is carried out, 1 / ONE
    ("capture", "i8"),  # share of power's entries that an appeal to the operator itself overlooks, 1 / ONE
    ("independence", "i8"),  # how much an independent appeal finds more, 1 / ONE
    ("detained_fear", "i8"),  # fear that a detention leaves, 1 / ONE
    ("detained_view", "i8"),  # shift of the view of the order by a detention, 1 / ONE, of either sign
    ("grievance_hardship", "i8"),  # how much more who is poor feels it, 1 / ONE
    ("grievance_sanction", "i8"),  # what being sanctioned adds to it, 1 / ONE
    ("outrage", "i8"),  # what a full scandal adds to everybody's, 1 / ONE
    ("protest_rule", "i8"),  # 0 grievance and risk with the integer rule; 1 without it; 2 thresholds
    ("turnout", "i8"),  # threshold: one who is aggrieved is ready to march on a day of protest
    ("protest_bar", "i8"),  # how far grievance must exceed risk, 1 / ONE
    ("police", "i8"),  # police who can be at a march, a share of adults, 1 / ONE
    ("arrest_force", "i8"),  # k of the estimated chance of arrest, 1 / ONE
    ("arrests", "i8"),  # threshold: a police officer at a march arrests somebody
    ("concedes", "i8"),  # share of adults marching at which the policy is given up, 1 / ONE
    ("notoriety", "i8"),  # share of adults visibly wronged that makes a full scandal, 1 / ONE
    ("scandal_fading", "i8"),  # share of scandal forgotten each month, 1 / ONE
    ("leaves", "i8"),  # threshold a month: who is aggrieved withdraws from what is watched
    ("hides", "i8"),  # share of the policy's looks that she then escapes, 1 / ONE
    ("refusal", "i8"),  # share of those who openly dissent who refuse to tell on others, 1 / ONE
    ("contagion", "i8"),  # rise of harmful deeds with each tie that is detained, 1 / ONE
]

Tables = namedtuple("Tables", ["deeds", "sensors", "gates", "parameters", "curve", "quantiles"])
Tables.__doc__ = (
    "What both arms share: deeds, sensors with ordinary law, gates, the parameters drawn for this pair, 1 - exp(-x) in steps, and the"
    " quantiles of the normal curve in steps (1 / ONE)."
)

Policy = namedtuple("Policy", ["score", "rules", "bands", "lists", "severity", "sensors", "watched", "heard", "exposed"])
Policy.__doc__ = (
    "The policy as tables: score [1], rules, bands, lists, severity [40] (1 / ONE: how hard it punishes each deed or claim; negative:"
    " rewards), sensors (a copy of the shared sensors with this policy's coverage and error), watched [16] (1 / ONE: share of each"
    " context that its sensors together look at), heard [40] (bits: the sensors whose word about each deed counts),"
    " exposed [40] (1 / ONE: 1 where a deed that was announced to be put on display is)."
)


def row_type(fields: Sequence[tuple[Any, ...]]) -> Any:
    """The NumPy record type of a table."""
    import numpy as np

    return np.dtype([tuple(field) for field in fields])


def nothing(sensors: Any) -> Policy:
    """The policy that does nothing: the tables of the unscored twin, and of the burn-in."""
    import numpy as np

    score = np.zeros(1, row_type(SCORE))
    score["expiry"] = score["decay_days"] = score["sunset"] = 32767
    score["evidence"] = 1
    score["consent"] = 2**32
    score["order_day"] = score["clean_days"] = score["risk_every"] = 32767
    score["pilot"] = EVERYWHERE
    rules, bands, lists = (np.zeros(1, row_type(fields)) for fields in (RULE, BAND, LIST))
    by_deed = [np.zeros(KINDS_MAX, np.int64) for _ in range(3)]  # severity, heard, exposed
    return Policy(score, rules, bands, lists, by_deed[0], sensors, np.zeros(16, np.int64), by_deed[1], by_deed[2])
