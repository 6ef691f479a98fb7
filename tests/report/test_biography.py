"""Lives as sentences: what is told, what is only counted, what is deserved and why, and that both towns stand side by side."""

import json
import re
from dataclasses import replace
from pathlib import Path

import lives
import numpy as np
import pytest

from glasstown import gating, watching, world
from glasstown.app import lives as lives_command
from glasstown.engine.follow import Event, half_years
from glasstown.report import biography, names, stories, words
from glasstown.report.stories import Entry, Tally
from glasstown.study import telling
from glasstown.world import NOTHING

ODD = re.compile(r"[{}]|\bNone\b|\bnan\b|  |\.\.|,,| ,|“”|\d{4,}")


@pytest.fixture(scope="module")
def of():
    """The names of the busy town."""
    return names.Names(lives.request(), lives.lived()[0])


def number(of, name):
    """A deed's number."""
    return of.deeds.number(name)


def day(of, *events, state=0):
    """The entries and the tally of one day with these events: (what, details)."""
    tally = Tally()
    told = stories.of_day(of, 143, [Event(143, 7, "policy", what, details) for what, details in events], state, tally)
    return told, tally


def claimed(of, name, sensor, origin, *more):
    """The events of a claim about her that is written down, and what follows."""
    deed = number(of, name)
    behind = {"deed": deed, "sensor": sensor, "origin": origin}
    return [("claim", behind | {"steady": 0}), *[(what, behind | details) for what, details in more]]


CLERK, POLICE = 3, 0
POSTED = ("posted", {"rule": 2, "points": -10, "slot": 0, "score": 955})


def test_a_deed_seen_and_punished_is_one_paragraph(of):
    deed = number(of, "bank_arrears")
    seen = {"deed": deed, "sensor": CLERK, "result": watching.SEEN}
    told, tally = day(of, ("deed", {"deed": deed}), ("look", seen), *claimed(of, "bank_arrears", CLERK, 1, POSTED))
    assert [entry.text for entry in told] == [
        "She is a month behind with card or bank, seen by an agency's clerk. Rule “bank arrears”: −10 points. Score 955."
    ]
    assert told[0].deserved is True and told[0].verdict() == "Deserved: she did it, and it hurt nobody."
    assert not tally.deeds


@pytest.mark.parametrize(
    ("origin", "deserved", "why"),
    [
        (world.FROM_DEED, True, "she did it"),
        (world.FROM_FALSE_ALARM, False, "she did no such thing: a false alarm by the police"),
        (world.FROM_MIX_UP, False, "somebody else did it, and was taken for her by the police"),
    ],
)
def test_a_claim_is_deserved_or_not_and_why(of, origin, deserved, why):
    fined = ("fined", {"cents": 150_000, "lost_work": 1})
    told, _ = day(of, *claimed(of, "drunk_driving", POLICE, origin, fined))
    assert "that she drives drunk. Ordinary law: a fine of 15 days of the median wage. She loses her work over it." in told[0].text or (
        origin == world.FROM_DEED and told[0].text.startswith("A report by the police arrives: she drives drunk.")
    )
    assert (told[0].deserved, told[0].why) == (deserved, why)


def test_every_origin_has_a_verdict(of):
    """Origins that come later are told by the name world.py gives them."""
    for origin, name in enumerate(world.ORIGINS):
        if origin:
            assert names.deserved(origin) is not None
            assert names.why(of, origin, number(of, "theft"), POLICE), name
    assert names.deserved(0) is None
    wrong = getattr(world, "WRONG_ORIGINS", (world.FROM_FALSE_ALARM, world.FROM_MIX_UP))
    assert not any(names.deserved(origin) for origin in wrong)


def test_what_is_trivial_and_unseen_is_counted_and_what_is_grave_is_told(of):
    trifles = [("deed", {"deed": number(of, "jaywalking")})] * 3
    told, tally = day(of, *trifles, ("deed", {"deed": number(of, "assault")}))
    assert [entry.text for entry in told] == ["She hurts somebody; nobody who reports sees it."]
    assert told[0].deserved is None and dict(tally.deeds) == {"crosses against the light": 3}


def test_a_sighting_laid_at_another_door_is_told(of):
    deed = number(of, "late_utility_fees")
    look = {"deed": deed, "sensor": CLERK, "result": watching.TAKEN_FOR_ANOTHER}
    told, _ = day(of, ("deed", {"deed": deed}), ("look", look), ("lost", {"deed": deed, "sensor": CLERK}))
    assert [entry.text for entry in told] == ["She pays a utility bill late; it is laid at somebody else's door by an agency's clerk."]


def test_doors_say_who_turned_away_and_whether_it_is_deserved(of):
    asked = {"gate": 0, "cents": 5_000, "poor": 0}
    told, tally = day(of, ("asked", asked | {"reply": gating.GRANTED}), ("asked", asked | {"reply": gating.REFUSED}))
    assert dict(tally.granted) == {"a journey": 1}
    assert told[0].text == "She asks for a journey and is refused on ordinary grounds; it costs her 0.5 days of the median wage."
    assert told[0].deserved is None
    sanctioned = world.IS_SANCTIONED | world.IS_LISTED
    wrong, _ = day(of, ("asked", asked | {"reply": gating.BARRED}), state=sanctioned)
    right, _ = day(of, ("asked", asked | {"reply": gating.BARRED}), state=sanctioned | world.IS_SANCTIONED_IN_SHADOW)
    assert "because of what is recorded about her" in wrong[0].text
    assert (wrong[0].deserved, right[0].deserved) == (False, True)


def test_a_list_says_what_it_closes(of):
    begins = {"before": 0, "after": world.IS_LISTED | world.IS_SANCTIONED | world.IS_SHOWN, "score": 1000}
    told, _ = day(of, ("on_list", {"list": 0}), ("state", begins))
    assert told[0].text.startswith("She is on the list “defaulters” now. Refused to her: every request for a journey")
    assert told[0].verdict() == "Not deserved: the same rules without error would not do so."
    assert told[1].text == "A screen or a message shows her to others, for 90 days at most."


def test_a_list_that_is_left_says_why_and_after_how_long(of):
    start = of.case.start
    row = {"list": 0, "deed": number(of, "hides_assets"), "origin": 1, "entered": start + 100, "until": start + 143}
    assert day(of, ("left", row | {"ground": 1}))[0][0].text == (
        "She is off the list “defaulters”: she has performed the judgment, after 43 days."
    )
    assert "does not come on the list" in day(of, ("left", row | {"ground": 3, "until": start + 100}))[0][0].text


def test_an_appeal_says_what_is_taken_back(of):
    heard = {"deed": number(of, "bank_arrears"), "upheld": 1, "origin": 3}
    reversed_ = {"rule": 2, "deed": heard["deed"], "origin": 3, "points": -10, "slot": 0, "score": 1000, "ground": world.BY_APPEAL}
    assert day(of, ("heard", heard), ("reversed", reversed_))[0][0].text == (
        "Her appeal is decided: the error is found. −10 points are taken back. Score 1,000."
    )
    assert day(of, ("heard", heard | {"upheld": 0}))[0][0].text == "Her appeal is decided: the claim stands."


def test_what_is_only_thought_is_told_and_whether_she_says_so():
    fell = {"before": 3288, "after": 2264, "fear": 0, "says": world.PRAISES}
    assert stories.thought(3, fell).text == (
        "In private she thinks worse of the order than before: her view goes from 0.80 to 0.55. She praises it openly."
    )
    assert stories.thought(3, {"before": 100, "after": -300, "fear": 0, "says": 0}).text.endswith("She does not say so.")


def test_speech_is_told_when_it_lasts():
    def spoke(*days):
        begins = Event(0, 7, "policy", "begins", {"aloud": world.DISSENTS})
        rest = [Event(day, 7, "policy", "speech", {"after": says, "opinion": -2000, "fear": 2600}) for day, says in days]
        return [(entry.day, entry.text) for entry in biography.speech([begins, *rest], 400)]

    silent = "She no longer speaks openly against the order. In private she still thinks ill of it (view −0.49, fear 0.63)."
    assert spoke((100, 0)) == [(100, silent)]
    assert spoke((100, 0), (105, world.DISSENTS)) == []
    assert [when for when, _ in spoke((100, 0), (200, world.DISSENTS))] == [100, 200]


@pytest.mark.parametrize(
    ("changes", "lasting"),
    [
        ([(50, 1)], [(50, 0, 1)]),
        ([(50, 1), (55, 0)], []),
        ([(50, 1), (90, 0), (95, 1)], [(50, 0, 1)]),
        ([(195, 1)], [(195, 0, 1)]),
    ],
)
def test_a_change_that_is_soon_over_is_passed_over(changes, lasting):
    assert biography.lasting(changes, 0, 200, 30) == lasting


def test_many_entries_that_are_alike_are_counted():
    entries = [Entry(day, f"She does it on day {day}. Score {day}.", like=("it",)) for day in range(5)] + [Entry(9, "Once.")]
    told, rest = biography.seldom(entries)
    assert [entry.day for entry in told] == [0, 1, 9]
    assert rest == ["And 3 more like this: She does it on day 2."]


def test_dates_are_counted_from_the_first_day():
    told = biography.Biography(7, [], (None, None), [], start=6)
    assert told.date(0) == "The first day (a Sunday)" and told.date(143) == "Day 143 (a Wednesday)"


@pytest.mark.parametrize(("cents", "said"), [(10_000, "1 day"), (5_000, "0.5 days"), (1_234_567, "123 days"), (-300, "−0.03 days")])
def test_money_is_in_days_of_the_median_wage(cents, said):
    assert names.wages(cents) == f"{said} of the median wage"


def test_every_life_of_a_busy_town_reads_well():
    """No name is missing, no number is raw, days are in order, and what is deserved says why; children's homes are told as well."""
    case, _, events = lives.lived()
    people = case.society.people
    grouped = {}
    for event in events:
        grouped.setdefault(event.citizen, []).append(event)
    undeserved = 0
    for citizen in range(len(people)):
        own = [event for member in biography.followed(people, citizen) for event in grouped[member]]
        told = biography.tell(lives.request(), case, own, citizen)
        assert [life.arm for life in told.lives] == ["policy", "twin"]
        for life in told.lives:
            assert [(half.first, half.last + 1) for half in life.halves] == list(zip((0, 182), half_years(case.days), strict=False))
            for half in life.halves:
                days = [entry.day for entry in half.entries]
                assert days == sorted(days) and all(half.first <= when <= half.last for when in days)
                for entry in half.entries:
                    undeserved += entry.deserved is False
                    assert (entry.deserved is None) == (entry.why == "")
                    assert not ODD.search(f"{told.date(entry.day)}: {entry.text} {entry.verdict()}".strip()), entry
                assert not any(ODD.search(line) for line in half.summary), half.summary
        assert not any(ODD.search(" ".join(row)) for row in (*told.totals, told.about))
        json.dumps(told.document(), allow_nan=False)
    assert undeserved > 50


def test_the_twin_is_never_scored():
    case, _, events = lives.lived()
    adults = np.flatnonzero(case.society.people["age"] >= world.ADULT_AGE)[:40].tolist()
    for citizen in adults:
        twin = biography.tell(lives.request(), case, [event for event in events if event.citizen == citizen], citizen).lives[1]
        text = " ".join(entry.text for half in twin.halves for entry in half.entries)
        assert not re.search(r"Rule “|Score|list “|band|because of what is recorded", text)


RARE = ("pariah", "detained_wrongly", "listed_by_order", "spared")


def test_telling_lives_are_what_they_are_said_to_be():
    case, found, events = lives.lived()
    town, twin = found["policy"].town, found["twin"].town
    for kind in telling.KINDS:
        row = telling.find(found, case, kind)
        if row.citizen is None:  # sixty days are too few for a pariah (ninety); where nobody is so, the line says it
            assert kind in RARE and "nobody of" in biography.found_line(row)
            continue
        assert row.citizen is not None and 0 < row.like_her <= row.of, kind
        assert not ODD.search(biography.found_line(row)) and biography.found_line(row).startswith(telling.KINDS[kind].title)
        assert (town.people["age"][row.citizen] < world.ADULT_AGE) == telling.KINDS[kind].children
    wrongly = telling.find(found, case, "wrongly_listed")
    assert town.life["wrong_days"][wrongly.citizen] == wrongly.amount > 0
    assert town.life["ever"][wrongly.citizen] & world.EVER_LISTED
    silenced, deterred = (telling.find(found, case, kind).citizen for kind in ("silenced", "deterred"))
    assert twin.life["dissent_days"][silenced] > town.life["dissent_days"][silenced]
    assert twin.life["harm"][deterred] > town.life["harm"][deterred]
    some = telling.candidates(found, case, "gamed")
    gamed = telling.choose(found, case, "gamed", [event for event in events if event.citizen in some])
    assert some and (gamed.citizen is None or gamed.citizen in some)


def test_nobody_is_found_where_nobody_is_so():
    case, found, _ = lives.lived()
    same = {"policy": found["twin"], "twin": found["twin"]}
    row = telling.find(same, case, "silenced")
    assert row.citizen is None and "nobody of" in biography.found_line(row)


def test_names_come_from_the_files(of):
    assert of.deed(number(of, "theft")) == "steals" and of.list(0) == "defaulters" and of.sensor(NOTHING) == "the record"
    renamed = replace_title(of, "theft", "takes what is not hers")
    assert renamed.deed(number(of, "theft")) == "takes what is not hers"


def replace_title(of, name, title):
    """The names of the town with one deed called differently."""
    rows = tuple(row.model_copy(update={"title": title}) if row.name == name else row for row in of.deeds.deed)
    request = type(of.request)(**{**vars(of.request), "deeds": of.deeds.model_copy(update={"deed": rows})})
    return names.Names(request, replace(of.case))


MADE = re.compile(
    r"(ground|school|motive|by|demand(s|ed)|display|detained)_\w+|(policy|twin)_long|(tie|ties)_(cold|warm)|paid|settled|judgment"
    r"|finding|prolonged|stopped|thin|inquired|vanished"
)


def test_every_message_is_used():
    """A message is looked up by its name, or by a name that is put together."""
    said = "".join(path.read_text(encoding="utf-8") for path in Path(biography.__file__).parent.glob("*.py"))
    said += Path(lives_command.__file__).read_text(encoding="utf-8")
    names_said = set(re.findall(r"""["'](\w+)["']""", said))
    assert not [name for name in words.catalogue()["life"] if name not in names_said and not MADE.fullmatch(name)]
