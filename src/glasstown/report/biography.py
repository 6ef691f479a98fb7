"""A life as sentences, and beside it the same person's life in the other town: from the events of both, half-year by half-year.

Told is what happened: deeds that something came of, claims, doors, lists, work, speech and private thought, each claim with whether it
is deserved and why. The rest is summed up.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from glasstown import tables, world
from glasstown.engine.evenings import PAID
from glasstown.engine.follow import half_years
from glasstown.report import names as n
from glasstown.report import pressed, stories, words
from glasstown.report.stories import Entry, Tally
from glasstown.world import ADULT_AGE, DISSENTS, ONE, PENSION_AGE, PRAISES

ARMS = ("policy", "twin")
OFTEN = 2  # entries of one kind that are told in a half-year before they are counted
STEADY = 14  # days for which she must speak or be silent before it counts as a change
LASTS = 60  # days for which hardship must begin or end before it counts as a change
FELT = ONE // 10  # change of fear that a half-year's summary tells
SPANS = (
    ("listed_days", "on a list"), ("sanctioned_days", "under a sanction"), ("away_days", "in detention"), ("pariah_days", "as a pariah"),
    ("dissent_days", "of open dissent"), ("poor_days", "in hardship"),
)  # fmt: skip
AT_HOME = (  # bits of an adult's state that a child meets: message where it begins, and where it ends
    (world.IS_DETAINED, "home_detained", "home_released"), (world.IS_PARIAH, "home_pariah", ""), (world.IS_SHOWN, "home_shown", ""),
)  # fmt: skip
STATUS = ("", "an official", "a relative of an official")


@dataclass(frozen=True)
class Half:
    """Half a year of a life: its days, what happened, and what the rest sums up to."""

    number: int
    first: int
    last: int
    entries: list[Entry]
    summary: list[str]

    def heading(self) -> str:
        """Which half-year it is."""
        return words.told("half", number=self.number, first=f"{self.first:,}", last=f"{self.last:,}")


@dataclass(frozen=True)
class Life:
    """One person's life in one town."""

    arm: str
    heading: str
    halves: list[Half]


@dataclass(frozen=True)
class Biography:
    """One person: who she is, her life in both towns, and what it comes to in each (what, with the policy, without it)."""

    citizen: int
    about: list[str]
    lives: tuple[Life, Life]
    totals: list[tuple[str, str, str]]
    start: int  # the day of the week of the policy's first day, 0 is a Monday

    def date(self, day: int) -> str:
        """A day as a reader finds it: "Day 143 (a Tuesday)"."""
        weekday = n.WEEK[(self.start + day) % 7]
        return f"Day {day:,} (a {weekday})" if day else f"The first day (a {weekday})"

    def document(self) -> dict[str, Any]:
        """The life as plain data."""
        return {
            "citizen": self.citizen,
            "about": self.about,
            "lives": {life.arm: [plain(half) for half in life.halves] for life in self.lives},
            "totals": [{"what": what, "policy": here, "twin": there} for what, here, there in self.totals],
        }


def plain(half: Half) -> dict[str, Any]:
    """A half-year as plain data."""
    rows = [{key: value for key, value in asdict(entry).items() if key != "like"} for entry in half.entries]
    return {"first_day": half.first, "last_day": half.last, "entries": rows, "summary": half.summary}


def followed(people: Any, citizen: int) -> list[int]:
    """Who has to be followed to tell a citizen's life: herself, and for a child her household."""
    if people["age"][citizen] >= ADULT_AGE:
        return [citizen]
    head = citizen - int(people["place"][citizen])
    return list(range(head, head + int(people["household"][citizen])))


def found_line(telling: Any) -> str:
    """What kind of life was looked for, and whom that has found, in a line."""
    kind = telling.looked_for()
    filled = {"title": kind.title, "like_her": f"{telling.like_her:,}", "of": f"{telling.of:,}", "whose": telling.whose}
    message = "found_nobody" if telling.citizen is None else "found_typical" if telling.kind == "typical" else "found"
    return words.told(message, measure=kind.measure.format(amount=f"{telling.amount:,}"), **filled)


def tell(request: Any, case: Any, events: Iterable[Any], citizen: int, telling: Any = None) -> Biography:
    """The life of a citizen in both towns, from the events of those who had to be followed for it; ``telling`` is why she was picked."""
    names, kept = n.Names(request, case), [event for event in events if event.arm in ARMS]
    lives, ends = [], {}
    for arm in ARMS:
        own = [event for event in kept if event.arm == arm and event.citizen == citizen]
        home = [event for event in kept if event.arm == arm and event.citizen != citizen]
        heading = words.told(f"{arm}_long", policy=request.policy.title)
        lives.append(Life(arm, heading, halves(names, citizen, own, home)))
        last = {event.citizen: event.details for event in (*home, *own) if event.what == "half"}
        ends[arm] = last[citizen] | {"adults_away": sum(last[member]["away_days"] for member in last if member != citizen)}
    begins = next(event.details for event in kept if event.citizen == citizen and event.what == "begins")
    who = about(names, citizen, begins)
    if telling is not None:
        who.insert(0, words.told("picked", line=found_line(telling)))
    return Biography(citizen, who, (lives[0], lives[1]), totals(names, citizen, ends), case.start % 7)


# ---- who she is ------------------------------------------------------------------------------------------------------


def about(names: n.Names, citizen: int, begins: dict[str, int]) -> list[str]:
    """Who she is, on the policy's first day."""
    who = names.case.society.people[citizen]
    others = int(who["household"]) - 1
    household = f", with {others} other{'' if others == 1 else 's'}" if others else ", alone"
    district = names.request.recipe.district[int(who["district"])].name
    group = words.group_name(("majority", "minority")[int(who["group"])])
    found = [words.told("age", citizen=citizen, age=int(who["age"]), group=group, district=district, household=household)]
    if who["age"] < ADULT_AGE:
        return [*found, words.told("child")]
    wage = f"{100 * int(who['wage']) / world.MEDIAN_WAGE:.0f} %"
    work = "pension" if who["age"] >= PENSION_AGE else "work" if begins["works"] else "jobless"
    found.append(words.told(work if who["wage"] else "no_wage", wage=wage))
    layers = [(int(who[column]), word) for column, word in n.TIES]
    layers.append((int(who["ties"]) - sum(count for count, _ in layers), "friends"))
    ties = n.both([f"{count} {word if count > 1 else word.removesuffix('s')}" for count, word in layers if count > 0])
    found.append(words.told("ties", ties=f"{int(who['ties'])} ties: {ties}" if ties else "no ties"))
    if STATUS[int(who["status"])]:
        found.append(words.told("status", status=STATUS[int(who["status"])]))
    if begins["judgment_day"] != world.NEVER:
        found.append(words.told("judgment_open", deed=names.deed(begins["judgment_deed"])))
    return [*found, words.told("view", view=n.share(begins["opinion"]))]


# ---- half-years ------------------------------------------------------------------------------------------------------


def halves(names: n.Names, citizen: int, own: list[Any], home: list[Any]) -> list[Half]:
    """The half-years of one life."""
    days, found, first = names.case.days, [], 0
    adult = names.case.society.people["age"][citizen] >= ADULT_AGE
    entries, tallies = dated(names, own, home, adult)
    entries = sorted(entries + speech(own, days) + hardship(own, days), key=lambda entry: entry.day)
    marks = [event.details for event in own if event.what == "half"]
    before = next(event.details for event in own if event.what == "begins")
    for number, (end, mark) in enumerate(zip(half_years(days), marks, strict=True)):
        told, rest = seldom([entry for entry in entries if first <= entry.day < end])
        counted = sum_up(names, number, tallies, before, mark, adult)
        found.append(Half(number + 1, first, end - 1, told, [*rest, *counted]))
        first, before = end, mark
    return found


def dated(names: n.Names, own: list[Any], home: list[Any], adult: bool) -> tuple[list[Entry], dict[int, Tally]]:
    """Entries day by day, and what is only counted, by half-year."""
    ends = half_years(names.case.days)
    tallies = {number: Tally() for number in range(len(ends))}
    found: list[Entry] = []
    state = 0
    for day, events in by_day(own).items():
        state = next((e.details["state"] for e in events if e.what == "begins"), state)
        state = next((e.details["after"] for e in events if e.what == "state"), state)
        if adult:
            tally = tallies[next(number for number, end in enumerate(ends) if day < end)]
            found += pressed.morning(names, day, events) + stories.of_day(names, day, events, state, tally)
            found += pressed.evening(names, day, events)
    for day, events in by_day(home).items():
        found += at_home(names, day, events)
    return found, tallies


def by_day(events: list[Any]) -> dict[int, list[Any]]:
    """Events by day, in order."""
    found: dict[int, list[Any]] = {}
    for event in sorted(events, key=lambda event: event.day):
        found.setdefault(event.day, []).append(event)
    return found


def seldom(entries: list[Entry]) -> tuple[list[Entry], list[str]]:
    """Entries without the many that are alike, and how many those are."""
    seen: Counter[Any] = Counter()
    told, more = [], dict[Any, Entry]()
    for entry in entries:
        seen[entry.like] += 1
        if not entry.like or seen[entry.like] <= OFTEN:
            told.append(entry)
        else:
            more.setdefault(entry.like, entry)
    counts = {like: seen[like] - OFTEN for like in more}
    return told, [words.told("sum_repeats", count=counts[like], text=first_sentence(entry.text)) for like, entry in more.items()]


def first_sentence(text: str) -> str:
    """The first sentence of a text, closed."""
    return text.partition(". ")[0].removesuffix(".") + "."


def sum_up(names: n.Names, number: int, tallies: dict[int, Tally], before: dict[str, int], now: dict[str, int], adult: bool) -> list[str]:
    """What a half-year comes to, beside what was told."""
    tally, found = tallies[number], []
    if tally.deeds:
        found.append(words.told("sum_deeds", deeds=n.times(tally.deeds)))
    if tally.granted:
        found.append(words.told("sum_granted", granted=n.times(tally.granted)))
    if tally.expired:
        found.append(words.told("sum_expired", points=n.points(tally.expired)))
    counts = [(now[column] - before[column], word) for column, word in SPANS]
    if counts[0][0] == counts[1][0]:
        counts.pop(1)  # the list is the sanction
    if tally.shown:
        found.append(words.told("sum_shown", shown=n.days(tally.shown), noticed=n.days(tally.noticed)))
    told = [f"{n.days(count)} {word}" for count, word in counts if count > 0]
    if told:
        found.append(words.told("sum_days", days=n.both(told)))
    if adult and now["income"] != before["income"]:
        found.append(words.told("sum_income", wages=n.wages(now["income"] - before["income"])))
    if names.case.policy.score["scores"][0] and now["band"] != before["band"] or now["score"] != before["score"]:
        band = f", band {names.band(now['band'])}" if names.band(now["band"]) else ""
        found.append(words.told("sum_score", score=words.number(now["score"], 0), band=band))
    if abs(now["fear"] - before["fear"]) >= FELT:
        found.append(words.told("sum_fear", fear=n.share(now["fear"])))
    return found


# ---- what lasts ------------------------------------------------------------------------------------------------------


def lasting(changes: list[tuple[int, int]], begin: int, days: int, least: int) -> list[tuple[int, int, int]]:
    """(day, before, after) of changes that last: what is over in fewer than ``least`` days is passed over."""
    steps = [(-days, begin), *changes]
    spans = [(day, value, (steps[place + 1][0] if place + 1 < len(steps) else days) - day) for place, (day, value) in enumerate(steps)]
    found, held = [], begin
    for day, value, length in spans:
        if value != held and (length >= least or day + length == days):
            found.append((day, held, value))
            held = value
    return found


def speech(own: list[Any], days: int) -> list[Entry]:
    """When she began or ceased to speak, and what she thought then."""
    begins = next((event.details.get("aloud", 0) for event in own if event.what == "begins"), 0)
    spoken = {event.day: event.details for event in own if event.what == "speech"}
    changes = [(day, details["after"]) for day, details in spoken.items()]
    found = []
    for day, before, after in lasting(changes, begins, days, STEADY):
        view, fear = spoken[day]["opinion"], spoken[day]["fear"]
        numbers = {"view": n.share(view), "fear": n.share(fear)}
        inside = words.told("inside_against" if view < 0 else "inside_other", **numbers)
        if after & DISSENTS:
            text = words.told("begins_dissent", **numbers)
        elif after & PRAISES:
            text = words.told("begins_praise", **numbers)
        else:
            text = words.told("falls_silent" if before & DISSENTS else "stops_praise", inside=inside)
        found.append(Entry(day, text))
    return found


def hardship(own: list[Any], days: int) -> list[Entry]:
    """When her household fell below the hardship line for long, and when it rose again."""
    begins = next(event.details["poor"] for event in own if event.what == "begins")
    changes = [(event.day, event.details["poor"]) for event in own if event.what == "hardship"]
    return [Entry(day, words.told("poor" if after else "not_poor")) for day, _, after in lasting(changes, begins, days, LASTS)]


# ---- a child's household ---------------------------------------------------------------------------------------------


def at_home(names: n.Names, day: int, events: list[Any]) -> list[Entry]:
    """What a child meets at home: the lists, bands and work of adults, and the answers of schools."""
    found = []
    for event in events:
        d, number = event.details, event.citizen
        text = home_text(names, event)
        if event.what == "repealed":
            given_up = Entry(day, pressed.said(names, event.what, d))
            found += [] if given_up in found else [given_up]  # every adult at home hears of it; it is told once
        elif text:
            found.append(Entry(day, words.told(text[0], number=number, **text[1])))
        elif event.what == "asked" and d["gate"] == tables.SCHOOL:
            entry = stories.asked(names, day, d, 0, Tally(), home=True)
            found.append(entry or Entry(day, words.told("school_granted"), like=("school",)))
    return found


def home_text(names: n.Names, event: Any) -> tuple[str, dict[str, str]] | None:
    """The message and its words for something that happened to an adult of a child's household."""
    d, what = event.details, event.what
    if what == "on_list":
        return "home_on_list", {"list": names.list(d["list"]), "doors": names.doors(names.case.policy.lists["refuse"][d["list"]])}
    if what == "left" and d["until"] > d["entered"]:
        return "home_left", {"list": names.list(d["list"]), "ground": words.told(f"ground_{d['ground']}")}
    if what == "band" and event.day and names.band(d["after"]):
        return "home_band", {"band": names.band(d["after"]), "doors": names.band_opens(d["after"])}
    if what == "judgment":
        return "home_judgment", {"deed": names.deed(d["deed"])}
    if what == "work":
        return ("home_found_work" if d["after"] else "home_lost_work"), {}
    if what == "demanded" and d["outcome"] == PAID:
        return "home_extorted", {"wages": n.wages(d["cents"])}
    if what == "state":
        changes = [begins if d["after"] & bit else ends for bit, begins, ends in AT_HOME if (d["after"] ^ d["before"]) & bit]
        return next(((message, {}) for message in changes if message), None)
    return None


# ---- what it comes to ------------------------------------------------------------------------------------------------


def totals(names: n.Names, citizen: int, ends: dict[str, dict[str, int]]) -> list[tuple[str, str, str]]:
    """The whole horizon, side by side; what is nothing in both towns is left out."""
    here, there = ends["policy"], ends["twin"]
    spans = (
        ("listed_days", "Days on a list"), ("sanctioned_days", "Days under a sanction"),
        ("wrong_days", "Days under a sanction by error"), ("poor_days", "Days in hardship"),
        ("away_days", "Days in detention"), ("pariah_days", "Days as a pariah"), ("adults_away", "Days in detention of adults at home"),
        ("dissent_days", "Days of open dissent"), ("harm", "Harm done, in harm points"),
    )  # fmt: skip
    rows = [(title, here[column], there[column]) for column, title in spans]
    refused = [(number, f"refused_{gate}") for number, gate in enumerate(tables.GATES)]
    rows += [(f"Refused: {names.gate(number)}", here[column], there[column]) for number, column in refused if column in here]
    found = [(title, words.number(one, 0), words.number(other, 0)) for title, one, other in rows if one or other]
    if names.case.society.people["age"][citizen] >= ADULT_AGE:
        income = [words.number(arm["income"] / world.MEDIAN_WAGE, 0) for arm in (here, there)]
        found.append(("Income, in days of the median wage", income[0], income[1]))
        found.append(("Private view on the last day", n.share(here["opinion"]), n.share(there["opinion"])))
        found.append(("Fear on the last day", n.share(here["fear"]), n.share(there["fear"])))
    if names.case.policy.score["scores"][0] and here["band"] != world.NOTHING:
        found.append(("Score on the last day", words.number(here["score"], 0), "none"))
    return found
