"""What neighbours, officials, screens, cells and streets do to somebody, in sentences; and where a policy reaches her, grows and ends."""

import lives
import pytest
from test_biography import CLERK, claimed, day, number

from glasstown import gating, world
from glasstown.engine import ears
from glasstown.engine.evenings import FORGOTTEN, HELD_AGAINST, PAID, TOLD_ON
from glasstown.engine.follow import Event
from glasstown.report import biography, names, pressed
from glasstown.study import telling
from glasstown.tables import BY_ORDER, CLOSE_TO_MARKED

NEIGHBOURS, NOBODY = 9, 15
POSTED = ("posted", {"rule": 2, "points": -10, "slot": 0, "score": 955})
AWAY = ("detained", {"days": 15, "until": 200, "new": 1, "lost_work": 1})


@pytest.fixture(scope="module")
def of():
    """The names of the busy town."""
    return names.Names(lives.request(), lives.lived()[0])


def evening(of, *events):
    """The texts of an evening with these events: (what, details)."""
    return [entry.text for entry in pressed.evening(of, 143, [Event(143, 7, "policy", what, details) for what, details in events])]


def morning(of, when, *events, arm="policy", citizen=7):
    """The texts of a morning with these events."""
    return [entry.text for entry in pressed.morning(of, when, [Event(when, citizen, arm, what, details) for what, details in events])]


def laid(of, name, origin, why, by=31):
    """Somebody has laid this at her door."""
    return "laid", {"by": by, "why": why, "deed": number(of, name), "origin": origin}


@pytest.mark.parametrize(
    ("why", "motive"), [(1, "a grudge"), (2, "rivalry"), (3, "the reward"), (4, "fear of being drawn in")], ids=world.MOTIVES[1:5]
)
def test_a_false_report_is_told_as_what_it_is(of, why, motive):
    told, _ = day(of, laid(of, "theft", 7, why), *claimed(of, "theft", NEIGHBOURS, 7, POSTED))
    assert [entry.text for entry in told] == ["A report by neighbours says that she steals. Rule “theft”: −10 points. Score 955."]
    assert told[0].verdict() == f"Not deserved: she did no such thing: citizen 31 made it up; the motive: {motive}."


def test_who_made_it_up_may_not_be_known(of):
    told, _ = day(of, *claimed(of, "theft", NEIGHBOURS, 7, POSTED))
    assert told[0].verdict() == "Not deserved: she did no such thing: somebody made it up."


def test_what_is_held_against_her_is_made_up_or_true(of):
    made_up, _ = day(of, laid(of, "theft", 8, world.DEMAND), *claimed(of, "theft", CLERK, 8, POSTED))
    true, _ = day(of, laid(of, "jaywalking", 1, world.DEMAND), *claimed(of, "jaywalking", CLERK, 1, POSTED))
    assert made_up[0].text.startswith("An official whom she did not pay has it written down that she steals.")
    assert made_up[0].verdict() == "Not deserved: she did no such thing: an official made it up because she did not pay."
    assert true[0].text.startswith("An official whom she did not pay has it written down that she crosses against the light.")
    assert true[0].verdict() == "Deserved: she did it, and it hurt nobody."


def test_what_is_laid_is_no_deed_of_the_same_day(of):
    """What an official knows is told apart from what she does again on the day on which it arrives."""
    again = ("deed", {"deed": number(of, "jaywalking")})
    told, tally = day(of, laid(of, "jaywalking", 1, world.DEMAND), again, *claimed(of, "jaywalking", CLERK, 1, POSTED))
    assert len(told) == 1 and told[0].text.startswith("An official") and dict(tally.deeds) == {"crosses against the light": 1}


def test_an_order_answers_to_no_rule(of):
    behind = {"deed": BY_ORDER, "sensor": NOBODY, "origin": world.FROM_POWER}
    listed = ("listed", behind | {"list": 0, "entered": of.case.start + 143, "until": of.case.start + 233})
    told, _ = day(of, ("claim", behind | {"steady": 0}), listed)
    assert told[0].text == (
        "By order of somebody with power, and under no rule about conduct, she is among those to be listed. "
        "She is put on the list “defaulters”."
    )
    assert told[0].verdict() == "Not deserved: it answers to nothing she did: somebody with power wanted it so."


def test_somebody_close_may_be_detained(of):
    behind = {"deed": CLOSE_TO_MARKED, "sensor": NOBODY, "origin": world.FROM_TIE}
    told, _ = day(of, ("claim", behind | {"steady": 0}), ("posted", behind | POSTED[1]))
    assert told[0].text.startswith("Somebody close to her is marked, shown or detained, and this is held against her.")


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("inquired", "An inquiry looks into it and stops it."),
        ("vanished", "It vanishes before it counts: she is an official, or kin of one."),
    ],
)
def test_a_claim_that_comes_to_nothing_says_why(of, what, text):
    told, _ = day(of, *claimed(of, "theft", NEIGHBOURS, 2, (what, {})))
    assert told[0].text == f"A report by neighbours says that she steals. {text}"


def test_a_screen_and_a_cell_are_told_with_the_claim(of):
    until = of.case.start + 180
    shown = ("display", {"days": 7, "until": until, "new": 1})
    new = {"before": 0, "after": world.IS_SHOWN, "score": 0}
    lost = ("work", {"before": 1, "after": 0, "score": 0})
    told, _ = day(of, *claimed(of, "theft", CLERK, 2, POSTED, shown, AWAY), ("state", new), lost)
    (entry,) = told
    assert entry.text == (
        "A report by an agency's clerk says that she steals. Rule “theft”: −10 points. A screen is to show her for 7 days. "
        "She is to be detained for 15 days. She loses her work over it. Score 955."
    )
    longer = ("display", shown[1] | {"new": 0}), ("detained", AWAY[1] | {"new": 0, "until": until, "lost_work": 0})
    again = day(of, *claimed(of, "theft", CLERK, 2, *longer))[0][0].text
    assert again.endswith("The screen shows her for longer, until day 180. She is to be detained until day 180.")


def test_being_shown_is_counted_with_who_came_across_it(of):
    _, tally = day(of, ("noticed", {"seen": 1}), ("noticed", {"seen": 0}))
    assert (tally.shown, tally.noticed) == (2, 1)
    columns = [column for column, _ in biography.SPANS]
    before = dict.fromkeys([*columns, "income", "score", "band", "fear"], 0)
    after = before | {"away_days": 15, "pariah_days": 1}
    assert biography.sum_up(of, 0, {0: tally}, before, after, True) == [
        "Shown to others for 2 days; those around her came across it on 1 day.", "15 days in detention and 1 day as a pariah.",
    ]  # fmt: skip


def test_who_is_seen_on_display_is_turned_away_for_it(of):
    asked = ("asked", {"gate": 0, "cents": 0, "poor": 0, "reply": gating.TURNED_AWAY})
    assert day(of, asked, state=world.IS_SHOWN)[0][0].text.endswith("turned away by somebody who has seen her on display.")
    assert day(of, asked, state=world.IS_SHOWN | world.IS_MARKED)[0][0].text.endswith("by somebody who sees that she is marked.")


def test_what_power_has_erased_and_what_an_audit_finds(of):
    back = {"rule": 2, "deed": number(of, "theft"), "origin": 8, "points": -40, "slot": 0, "score": 1000}
    off = {"list": 0, "until": of.case.start + 143}
    erased, _ = day(of, ("reversed", back | {"ground": world.BY_POWER}), ("exit", off | {"ground": world.BY_POWER}))
    (entry,) = erased
    assert entry.text == (
        "Somebody with power has what is written down of her erased. −40 points are taken back. Score 1,000. "
        "She must be off the list “defaulters” by day 143."
    )
    heard = ("heard", {"deed": back["deed"], "upheld": 1, "origin": 8})
    both, _ = day(of, heard, ("reversed", back | {"ground": world.BY_APPEAL}), ("reversed", back | {"ground": ears.BY_AUDIT}))
    assert [entry.text for entry in both] == [
        "Her appeal is decided: the error is found. −40 points are taken back. Score 1,000.",
        "An audit finds what somebody with power had written down of her. −40 points are taken back. Score 1,000.",
    ]


@pytest.mark.parametrize(
    ("ground", "said"),
    [(world.BY_POWER, "somebody with power saw to it"), (ears.BY_END, "the policy holds for her no longer")],
)
def test_a_list_may_end_by_power_or_with_the_policy(of, ground, said):
    row = {"list": 0, "deed": 0, "origin": 1, "entered": of.case.start + 100, "until": of.case.start + 900, "ground": ground}
    assert day(of, ("left", row))[0][0].text == f"She is off the list “defaulters”: {said}, after 43 days."


@pytest.mark.parametrize(
    ("outcome", "hers", "officials"),
    [
        (PAID, "She pays.", "She is paid."),
        (TOLD_ON, "She refuses, and tells on the official.", "tells on her; she demands nothing of anybody any more."),
        (HELD_AGAINST, "She refuses, and it will be held against her.", "she has it held against that person."),
        (FORGOTTEN, "She refuses, and nothing comes of it.", "she leaves it at that."),
    ],
)
def test_a_demand_is_told_from_both_sides(of, outcome, hers, officials):
    demand = {"by": 31, "other": 7, "secret": world.NOTHING, "cents": 120_000, "outcome": outcome}
    money = "12 days of the median wage"
    threat, demands = evening(of, ("demanded", demand), ("demands", demand))
    assert threat == f"An official, citizen 31, demands {money}, or something will be written down of her. {hers}"
    assert demands.startswith(f"She demands {money} of citizen 7, or something") and demands.endswith(officials)
    known = demand | {"secret": number(of, "jaywalking")}
    secret, knows = evening(of, ("demanded", known), ("demands", known))
    assert secret == f"An official, citizen 31, knows that she crosses against the light, and demands {money} for keeping quiet. {hers}"
    assert knows.startswith(f"She knows that citizen 7 crosses against the light, and demands {money}")


def test_who_reports_is_answered(of):
    report = ("reports", {"other": 31, "deed": number(of, "theft"), "why": 1})
    assert evening(of, report) == ["She reports citizen 31: that person steals, she says. It is made up. Her motive: a grudge."]
    counted = {"other": 31, "answer": world.COUNTED, "cents": 10_000}
    assert evening(of, ("answered", counted)) == ["What she said of citizen 31 counts; she is paid 1 day of the median wage for it."]
    found = counted | {"answer": world.EXPOSED}
    told = "An inquiry finds that what she said of citizen 31 is made up, and that it came from her"
    assert evening(of, ("answered", found)) == [f"{told}; it costs her 1 day of the median wage."]
    assert evening(of, ("answered", found | {"cents": 0})) == [f"{told}."]


def test_marches_and_arrests(of):
    assert evening(of, ("marches", {"marching": 1, "aggrieved": 9})) == ["She marches against the policy, alone in her district."]
    many = ("marches", {"marching": 12, "aggrieved": 90})
    first = "She marches against the policy, one of 12 in her district."
    assert evening(of, many) == [first]
    assert evening(of, many, ("arrested", {"days": 15, "lost_work": 1})) == [
        f"{first} She is arrested, to be detained for 15 days. She loses her work over it."
    ]
    assert evening(of, many, ("arrested", {"days": 0, "lost_work": 0})) == [f"{first} She is arrested and let go."]
    assert evening(of, ("repealed", {"marching": 1200})) == ["So many march, 1,200 in the whole town, that the policy is given up."]


def test_a_policy_grows_and_is_taken_back(of):
    (grows,) = evening(of, ("stage", {"before": 0, "after": 1}))
    assert grows == (
        "The policy grows: it holds in the whole town; what happens with bills and supplies counts; "
        "requests for a private business can be refused."
    )
    assert evening(of, ("stage", {"before": 1, "after": 0}))[0].startswith("The policy is taken back by a step; no longer so: it holds in")
    assert evening(of, ("stage", {"before": 1, "after": 2})) == []


def test_where_a_policy_reaches_her(of):
    people = of.case.society.people
    far = int((people["district"] >= of.case.policy.score["pilot"][0]).argmax())
    assert morning(of, 0, ("begins", {}), citizen=far) == ["The policy has not reached her district yet: it begins elsewhere."]
    assert morning(of, 0, ("begins", {}), citizen=far, arm="twin") == []
    reached = ("state", {"before": 0, "after": world.IS_SCORED, "score": 0})
    assert morning(of, 0, ("begins", {}), reached) == []
    assert morning(of, 5, reached) == ["The policy reaches her: from now on it holds for her."]
    let_go = ("state", {"before": world.IS_SCORED, "after": 0, "score": 0})
    assert morning(of, 9, let_go) == [] and evening(of, let_go) == ["The policy no longer holds for her."]


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (0, world.IS_PARIAH, "For three months at most two ties outside her household have kept up with her: she is a pariah."),
        (world.IS_PARIAH, 0, "Others keep up with her again: she is no longer a pariah."),
        (0, world.IS_WITHDRAWN, "She withdraws: as far as she can, she keeps to what the policy does not watch."),
    ],
)
def test_a_pariah_and_who_withdraws(of, before, after, text):
    assert evening(of, ("state", {"before": before, "after": after, "score": 0})) == [text]


def test_coming_home(of):
    assert morning(of, 158, ("released", {"days": 15})) == ["She comes home after 15 days in detention."]


def test_what_a_child_meets_at_home(of):
    def home(what, details):
        return [entry.text for entry in biography.at_home(of, 143, [Event(143, 31, "policy", what, details)])]

    person = "Citizen 31, an adult of her household"
    assert home("state", {"before": 0, "after": world.IS_DETAINED}) == [f"{person}, is in detention from today on."]
    assert home("state", {"before": world.IS_DETAINED, "after": 0}) == [f"{person}, comes home from detention."]
    assert home("state", {"before": world.IS_PARIAH, "after": 0}) == []
    paid = {"by": 5, "other": 31, "secret": world.NOTHING, "cents": 120_000, "outcome": PAID}
    assert home("demanded", paid) == [f"{person}, pays an official 12 days of the median wage to be left alone."]
    assert home("demanded", paid | {"outcome": FORGOTTEN}) == []
    gone = [Event(9, adult, "policy", "repealed", {"marching": 120}) for adult in (31, 32)]
    (told,) = biography.at_home(of, 9, gone)
    assert told.text == "So many march, 120 in the whole town, that the policy is given up."


def test_a_child_of_somebody_detained_is_told_for_how_long():
    case, found, events = lives.lived()
    child = telling.find(found, case, "child_of_detained")
    home = biography.followed(case.society.people, child.citizen)
    told = biography.tell(lives.request(), case, [event for event in events if event.citizen in home], child.citizen)
    assert ("Days in detention of adults at home", str(child.amount), "0") in told.totals
    assert "is in detention from today on" in " ".join(entry.text for half in told.lives[0].halves for entry in half.entries)
