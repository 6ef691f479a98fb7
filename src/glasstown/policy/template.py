"""A commented policy file to start from: small, complete, and valid as it stands."""

import re

_TEMPLATE = """#:schema ./policy.schema.json
# (the line above is for editors, which then check this file as you write, once: glasstown schema > policy.schema.json)
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
# place = ""
# years = [2024] # the first and the last; one alone: it is still in force
# background = "" # of a system that exists: what it is and how it came about, with the ids of sources in brackets
# known = ""
# unknown = ""
# disputed = ""

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

# Neighbours and informers are people who tell on one another; a false report is then possible. Without [reports], who told is known
# and nothing is paid.

# [reports]
# anonymous = true # nobody learns who told
# reward_cents = 5_000 # for a report that counts
# grade = "scenario"
# reason = "what if telling paid?"

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
# detain_days = 15 # detention ...
# detain_after = 2 # ... only the second time that this rule costs her points which are still in force
grade = "scenario"
reason = "a policy to start from"

[[rule]]
deed = "@DRUNK@"
sensors = ["police"]
override_band = "low" # sets the band whatever the points
override_days = 365
# display_days = 7 # a screen shows the person
grade = "scenario"
reason = "a policy to start from"

[[rule]]
deed = "@GOOD@"
sensors = ["clerk"]
points = [5, 30] # [mildest, harshest]: an official picks
grade = "scenario"
reason = "a policy to start from"

# [[rule]]
# deed = "@INSULTS@"
# sensors = ["neighbours"] # who say what they saw or heard
# points = -5
# grade = "scenario"
# reason = "what if neighbours told?"

# Three claims need no deed. holds_view: software says what somebody thinks. close_to_marked: somebody close is sanctioned.
# by_order: an official wants it so.

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

# [[rule]]
# deed = "by_order"
# order_day = 100 # days after the start
# order_every_days = 365 # and again; leave it out for once
# order_share = 0.5 # of those who are meant
# order_whom = "dissenters" # who openly dissent that day, or anybody
# points = -50
# grade = "scenario"
# reason = "what if officials listed whom they want?"

# [display]
# reach = 0.5 # share of days on which those around a person come across a screen or message that shows her
# masked = true # name and picture are partly hidden
# grade = "scenario"
# reason = "what if screens showed people?"

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

# ---- How it grows, and what is done with who marches against it: leave them out, and all holds at once and nobody is detained ------

# [rollout]
# by = "politics" # or "schedule": a stage further each time
# every_days = 90
# pilot_districts = 2 # it begins in the first two districts ...
# everywhere_stage = 1 # ... and holds everywhere from this stage on
# contexts = { traffic = 1, speech = 2 } # from which stage rules apply; those not named, from the first day
# gates = { credit = 1 } # from which stage doors close
# approval_bar = 0.5 # by politics: share of adults who must approve
# scandal_bar = 0.3 # by politics: scandal at which it is taken back by a stage
# grade = "scenario"
# reason = "what if it grew?"

# [protest]
# arrest_days = 15 # detention of who is arrested in a march
# grade = "scenario"
# reason = "what if marches were punished?"

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
# corroborated_reports = true # who reports is named, and one word alone does not count
# report_inquiry = 1.0 # share of reports that are looked into ...
# inquiry_sensitivity = 0.7 # ... and of the undeserved ones, how many are stopped
# inquiry_specificity = 0.95 # ... and of the deserved ones, how many pass
# false_report_penalty_cents = 50_000 # what a report found false costs who made it
# audit = 0.5 # share of what officials do that is looked into
# whistle_blowers = true # who tells on an official is protected
# independent_appeal = true # appeals are decided outside the operator
# no_display = true # no screens, no public lists, no marks
# detention_limit_days = 30 # no detention lasts longer
grade = "scenario"
reason = "a policy to start from"

# ---- A model that foretells: it needs a rule about high_risk that says what follows -------------------------------------------

# [risk]
# foretells = ["theft"]
# every_days = 180
# distance = [0.8, 0.8] # how far who did it scores above who did not [majority, minority], in standard deviations
# named_share = 0.01
# grade = "scenario"
# reason = "a policy to start from"

# [[rule]]
# deed = "high_risk"
# points = -5
# grade = "scenario"
# reason = "a policy to start from"

# ---- Of a system that exists: its place in the law, and what was measured (docs/systems lists what the model counts) ------------

# [law]
# operator = "public"
# artificial_intelligence = true

# [[measured]]
# name = "entries"
# role = "held out" # input: a number of this file is set from it; fitted: one was chosen to meet it
# what = "what was counted, of what, where and when"
# value = 100
# unit = "per 1,000 adults and year"
# quantity = "points_entries_a_year"
# grade = "documented"
# source = "my_source"

# [[source]]
# id = "my_source"
# title = "Who wrote it, and when"
# opened = "2026-01-31"
# note = "what it says"
"""


def text(name: str = "my_policy") -> str:
    """The commented file, named ``name``; what a policy's name cannot hold becomes an underscore. It passes `check` as it stands."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    plain = plain if plain[:1].isalpha() else f"policy_{plain}".rstrip("_")
    words = {
        "@NAME@": plain[:48].rstrip("_"),
        "@FEES@": "late_utility_fees",
        "@DRUNK@": "drunk_driving",
        "@GOOD@": "volunteering",
        "@INSULTS@": "insults_online",
    }
    return re.sub("|".join(words), lambda found: words[found[0]], _TEMPLATE)
