"""A commented policy file to start from: small, complete, and valid as it stands."""

import re

_TEMPLATE = """#:schema ./policy.schema.json
# A scoring policy for glasstown. Change it, then: glasstown check FILE, glasstown explain FILE, glasstown assess FILE
#
# The file is data in TOML: key = value, text in "quotes", [table], and [[table]] for one of several. # begins a remark.
# It speaks of kinds of conduct and of invented people only; there is no place in it for records of anybody.

schema_version = 1
name = "@NAME@" # small letters, digits, underscores
title = "A policy to start from"
fidelity = "scenario" # documented, estimated, scenario or image (the popular picture)
summary = "Late bills and drunk driving cost points, volunteering earns some, and a low score closes loans."

[context] # in the operator's own words; what you leave blank, the report says is missing
purpose = ""
legal_basis = ""
stated_aim = ""
# aim_outcome = "harm"  # the outcome that measures the aim; the report sets it against the town without the policy
period = ""
operator = ""

[start]
announced = true # are people told on the first day?
steady_stock = false # do lists begin as full as if they had existed for years?

# ---- What is watched -------------------------------------------------------------------------------------------------------
# The rules below name sensors. Of ordinary life: police, court, enforcement. Of a policy's own: clerk, camera, face_recognition,
# payments, platform, travel_gate, neighbours, grid_clerk, informers, and inference, which guesses views. A [[watch]] is needed only
# where this policy looks at more, or errs more or less. Shares are between 0 and 1; pairs are [majority, minority].

# [[watch]]
# sensor = "camera"
# coverage = { public = 0.3 }
# missed = [0.1, 0.1]
# mixed_up = [0.001, 0.003]
# false_alarms_per_year = [0.001, 0.002]
# delay_days = 1 # what it sees arrives the next day
# machine = true # software says what was seen
# cost_cents_per_sighting = 20
# cost_cents_per_year = 2_000 # for every adult
# grade = "scenario"
# reason = "what if cameras looked at three deeds in ten?"

# ---- Points ----------------------------------------------------------------------------------------------------------------
# Leave [score] out for a policy that only has lists.

[score]
base = 1000 # everybody begins with it
low = 0
high = 1200
expiry_days = 730 # an entry counts for two years; leave it out for "for ever"
# decay = 0.1        # share of an entry's points that fades every decay_days
# decay_days = 90
slots = 4 # entries a file keeps apart, 1 to 8
# Every table says how far its numbers are known. documented: `source` names a page that was opened. estimated: `reason` and
# `range` = [lowest, highest] of its first number. scenario: `reason`. A number with a grade of its own is an [[...exception]].
grade = "scenario"
reason = "a policy to start from"

[[score.band]] # from the highest down
name = "good"
from = 1020
perk_cents_per_year = 20_000 # what being in it is worth; the median wage is 10,000 cents a day
priority = 2 # class in queues, 0 to 3: the highest is served first; 1 if left out
grade = "scenario"
reason = "a policy to start from"

[[score.band]]
name = "ordinary"
from = 900
grade = "scenario"
reason = "a policy to start from"

[[score.band]] # the lowest begins at the lowest score
name = "low"
from = 0
sanction = true # being in it counts as a sanction
marked = false # true: others can see that somebody is in it
refuse = { credit = 0.5 } # share of requests refused: travel, work, credit, school, housing, services, business
grade = "scenario"
reason = "a policy to start from"

# ---- Rules: what each kind of deed leads to --------------------------------------------------------------------------------

[[rule]]
deed = "@FEES@"
sensors = ["clerk"]
points = -20
repeat = 2.0 # twice the points ...
repeat_days = 365 # ... for a repeat within a year
cap = 100 # no more than 100 points of this rule count at a time
grade = "scenario"
reason = "a policy to start from"

[[rule]]
deed = "@DRUNK@"
sensors = ["police"]
override_band = "low" # sets the band whatever the points
override_days = 365
grade = "scenario"
reason = "a policy to start from"

[[rule]]
deed = "@GOOD@"
sensors = ["clerk"]
points = [5, 30] # [mildest, harshest]: an official picks
grade = "scenario"
reason = "a policy to start from"

# Two claims need no deed. holds_view: software says what somebody thinks. close_to_marked: somebody close is sanctioned.

# [[rule]]
# deed = "holds_view"
# sensors = ["inference"]
# points = -5
# grade = "scenario"
# reason = "what if views counted?"

# [views]
# from = -0.5 # views of the order go from -1, against it, to 1; who stands at or below this holds the view that is looked for
# grade = "scenario"
# reason = "what if views counted?"

# [[rule]]
# deed = "close_to_marked"
# through = "kin" # kin and household, or ties: everybody she knows
# points = -5
# grade = "scenario"
# reason = "what if families answered for one another?"

# ---- Lists -----------------------------------------------------------------------------------------------------------------
# A rule puts a person on a list with list = "...", delay_days, term_days (left out: until a ground of exit), serious_share and
# serious_days. Example:

# [[rule]]
# deed = "hides_assets"
# sensors = ["enforcement"]
# list = "defaulters"
# term_days = 730
# grade = "scenario"
# reason = "as in the shipped policy spc_defaulter_list"

# [[list]]
# name = "defaulters"
# public = true
# show_days = 30            # a screen or ring-back message shows the name
# leave_working_days = 3    # from a ground of exit to the deletion
# performance = true        # performing the judgment is a ground of exit
# pressure = 0.0            # how much the closed doors are claimed to raise the daily chance of performing; 1 doubles it
# refuse = { travel = 1.0, school = 1.0 }
# grade = "scenario"
# reason = "as in the shipped policy spc_defaulter_list"

# ---- Notice and appeal: leave [mending] out and there is neither ------------------------------------------------------------

[mending]
notice = true
appeal_rate = 0.1 # share of entries appealed against
appeal_days = 30
appeal_capacity_per_100000 = 1.0 # decisions a working day
sensitivity = 0.7 # share of undeserved entries that an appeal finds
specificity = 0.9 # share of deserved entries that it upholds
grade = "scenario"
reason = "a policy to start from"

# ---- Other safeguards: what is left out, the policy lacks ---------------------------------------------------------------------

[safeguards]
reasons = true # reasons are given with an entry
correct_everywhere = true # a won appeal clears all that took the claim over
# human_review = 1.0 # share of machines' claims that a person checks ...
# review_sensitivity = 0.7 # ... and of the undeserved ones, how many she stops
# review_specificity = 0.95 # ... and of the deserved ones, how many she lets pass
# evidence_claims = 2 # so many claims of one kind ...
# evidence_days = 365 # ... within so many days, before one counts
# separate_contexts = true # no consequence outside the context of the data
# no_spillover = true # rules about close_to_marked do not apply
# coverage_limit = 0.2 # most that a sensor of the policy's own may look at
# consent = 0.6 # share of adults who agree to be scored; the others are left alone
# data_minimum = true # rules about what harms nobody do not apply
# sunset_days = 730 # the policy ends
grade = "scenario"
reason = "a policy to start from"
"""


def text(name: str = "my_policy") -> str:
    """The commented file, named ``name``; what a policy's name cannot hold becomes an underscore. It passes `check` as it stands."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    plain = plain if plain[:1].isalpha() else f"policy_{plain}".rstrip("_")
    words = {"@NAME@": plain[:48].rstrip("_"), "@FEES@": "late_utility_fees", "@DRUNK@": "drunk_driving", "@GOOD@": "volunteering"}
    return re.sub("|".join(words), lambda found: words[found[0]], _TEMPLATE)
