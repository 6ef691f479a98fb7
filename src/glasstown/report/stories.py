"""A day's events as entries: what she did and what was made of it, in one paragraph each; what is trivial is counted only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from glasstown import gating, tables, watching, world
from glasstown.engine import ears
from glasstown.report import names as n
from glasstown.report import words
from glasstown.world import FROM_DEED, NOTHING

GRAVE = 10  # harm points from which a deed is told although nothing came of it
ATTACHED = (  # what a claim leads to
    "judgment", "finding", "fined", "posted", "capped", "folded", "override", "listed", "prolonged", "appealed", "stopped", "thin",
    "inquired", "vanished", "display", "detained", "charged", "cleared",
)  # fmt: skip
OFTEN = ("fined", "posted", "capped", "charged", "display")  # what many claims lead to alike
TOLD = tuple(what for what in ATTACHED if what not in ("finding", "folded"))
GROUNDS = {"paid": world.BY_PERFORMANCE, "settled": world.BY_CLOSURE}
VIEWS = (world.FROM_VIEW, world.FROM_WRONG_VIEW)
UNSEEN = {tables.CLOSE_TO_MARKED: "close", tables.BY_ORDER: "by_order", tables.HIGH_RISK: "named"}  # claims that no sensor makes
Details = dict[str, int]


@dataclass(frozen=True)
class Entry:
    """One paragraph of a life: the day, the sentences, and whether what is written down of her is deserved, and why."""

    day: int
    text: str
    deserved: bool | None = None
    why: str = ""
    like: tuple[Any, ...] = ()  # entries with the same key are told a few times, then counted

    def verdict(self) -> str:
        """Whether it is deserved, and why, as a sentence; empty where nothing is written down of her."""
        return "" if self.deserved is None else words.told("deserved" if self.deserved else "undeserved", why=self.why)


@dataclass
class Tally:
    """What is counted and not told."""

    deeds: Counter[str] = field(default_factory=Counter)
    granted: Counter[str] = field(default_factory=Counter)
    expired: int = 0  # points
    shown: int = 0  # days on display
    noticed: int = 0  # of these, days on which those around her came across it


@dataclass
class Story:
    """One deed of hers, or one claim about her, with all that follows on that day."""

    deed: int
    own: bool
    origin: int = 0
    sensor: int = NOTHING
    steady: bool = False
    hollow: bool = False
    laid: Details | None = None  # by whom it was laid at her door on purpose, and why
    looks: list[tuple[int, int]] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    follows: list[tuple[str, Details]] = field(default_factory=list)

    def seen(self) -> list[int]:
        """Sensors that saw her do it."""
        return [sensor for sensor, result in self.looks if result == watching.SEEN or self.is_claimed_by(sensor)]

    def is_claimed_by(self, sensor: int) -> bool:
        """Whether this sensor's sighting reached her record today."""
        return any(what == "claim" and details["sensor"] == sensor for what, details in self.follows)

    def is_on_its_way(self) -> bool:
        """Whether somebody saw it whose report takes its time."""
        return any(not self.is_claimed_by(sensor) for sensor in self.seen())

    def matters(self) -> bool:
        """Whether anything came of it."""
        return self.hollow or bool(self.lost) or any(what in TOLD for what, _ in self.follows)


def stories(events: Iterable[Any]) -> list[Story]:
    """The day's deeds and claims, each with what belongs to it."""
    found: list[Story] = []
    current: Story | None = None
    laid: Details | None = None
    for event in events:
        what, details = event.what, event.details
        if what == "laid":
            laid = details
        elif what == "deed":
            found.append(Story(details["deed"], own=True))
        elif what in ("look", "lost", "hollow"):
            current = last_of(found, details["deed"])
            if current is None:
                continue
            if what == "look":
                current.looks.append((details["sensor"], details["result"]))
            elif what == "lost":
                current.lost.append(details["sensor"])
            else:
                current.hollow = True
        elif what == "claim" and laid and (laid["deed"], laid["origin"]) == (details["deed"], details["origin"]):
            current, laid = Story(details["deed"], False, details["origin"], details["sensor"], laid=laid, follows=[(what, details)]), None
            found.append(current)
        elif what == "claim":
            current = last_of(found, details["deed"]) if details["origin"] == FROM_DEED and not details["steady"] else None
            if current is None or all(sensor != details["sensor"] for sensor, _ in current.looks):
                current = Story(details["deed"], False, details["origin"], details["sensor"], bool(details["steady"]))
                found.append(current)
            current.follows.append((what, details))
        elif what in ATTACHED and current is not None:
            current.follows.append((what, details))
    return found


def last_of(found: list[Story], deed: int) -> Story | None:
    """Her own deed of this kind today."""
    return next((story for story in reversed(found) if story.own and story.deed == deed), None)


def opening(names: n.Names, story: Story) -> str:
    """What happened, and who saw it."""
    deed, by = names.deed(story.deed), names.sensor(story.sensor)
    if story.own:
        seen, missed = story.seen(), [sensor for sensor, result in story.looks if result == watching.OVERLOOKED]
        text = words.told("does", deed=deed)
        text += words.told("seen_by", by=names.sensors(seen)) if seen else ""
        text += words.told("taken", by=names.sensors(story.lost)) if story.lost else ""
        if not seen and not story.lost:
            text += words.told("missed_by", by=names.sensors(missed)) if missed else words.told("nobody")
        elif seen and not story.matters():
            text += words.told("on_its_way" if story.is_on_its_way() else "no_use")
        return text + (words.told("hollow") if story.hollow else "") + "."
    if story.steady:
        return words.told("court_before", deed=deed) + "."
    if story.deed in UNSEEN:
        return words.told(UNSEEN[story.deed]) + "."
    message = "view_report" if story.origin in VIEWS else "old_report" if story.origin == FROM_DEED else "report"
    if story.laid and story.laid["why"] == world.DEMAND:
        message = "held_against"
    return words.told(message, by=by, deed=deed) + "."


def consequence(names: n.Names, day: int, what: str, d: Details) -> str:
    """One thing that a claim led to, as a sentence."""
    if what == "fined":
        text = words.told("fined", wages=n.wages(d["cents"])) if d["cents"] else words.told("fined_nothing")
        return f"{text} {words.told('lost_work_over')}" if d["lost_work"] else text
    if what in ("posted", "capped"):
        rule = names.key(d["deed"]).replace("_", " ")
        return words.told("points" if what == "posted" else "capped", rule=rule, points=n.points(d["points"]))
    if what == "override":
        until = "for good" if d["until"] >= world.FOREVER else f"until day {d['until'] - names.case.start:,}"
        return words.told("override", band=names.band(d["band"]), until=until)
    if what == "listed":
        entered = d["entered"] - names.case.start
        if entered > day:
            return words.told("listed", list=names.list(d["list"]), when=f", from day {entered:,} on")
        if entered < 0:
            return words.told("listed_before", list=names.list(d["list"]), days=n.days(-entered))
        return words.told("listed", list=names.list(d["list"]), when="")
    if what == "prolonged":
        return words.told("prolonged", list=names.list(d["list"]), until=f"{d['until'] - names.case.start:,}")
    if what == "charged":
        return words.told(what if d["paid"] else "charged_unpaid", wages=n.wages(d["cents"]))
    if what in ("display", "detained"):
        message = what if d["new"] else f"{what}_longer"
        text = words.told(message, days=n.days(d["days"]), until=f"{d['until'] - names.case.start:,}")
        return f"{text} {words.told('lost_work_over')}" if d.get("lost_work") else text
    return words.told(what)


def story_entry(names: n.Names, day: int, story: Story) -> Entry:
    """A deed or a claim as a paragraph."""
    sentences = [opening(names, story)]
    follows = [(what, details) for what, details in story.follows if what in TOLD or (what == "finding" and not story.own)]
    sentences += n.together([consequence(names, day, what, details) for what, details in follows if what != "appealed"])
    scores = [details["score"] for what, details in follows if what == "posted"]
    sentences += [words.told("score", score=words.number(scores[-1], 0))] if scores else []
    sentences += [words.told("appealed")] if any(what == "appealed" for what, _ in follows) else []
    behind = [details for what, details in follows if "origin" in details]
    origin = behind[-1]["origin"] if behind else 0
    verdict = n.deserved(origin)
    sensor = behind[-1].get("sensor", story.sensor) if behind else NOTHING
    reason = n.why(names, origin, story.deed, sensor, story.laid) if origin else ""
    like = ("story", story.deed, story.own, origin, tuple(sorted({what for what, _ in follows if what in OFTEN and what != "capped"})))
    rare = story.laid is not None or any(what not in OFTEN for what, _ in follows) or any(d.get("lost_work") for _, d in follows)
    return Entry(day, " ".join(sentences), verdict, reason, () if rare or story.hollow else like)


def told_stories(names: n.Names, day: int, events: Iterable[Any], tally: Tally) -> list[Entry]:
    """The paragraphs of the day's deeds and claims; what nothing came of is counted, unless it was grave."""
    entries = []
    for story in stories(events):
        if story.matters() or (story.own and names.harm(story.deed) >= GRAVE) or story.steady:
            entries.append(story_entry(names, day, story))
        elif (story.own and not story.is_on_its_way()) or (not story.own and story.origin == FROM_DEED):
            tally.deeds[names.deed(story.deed)] += 1  # what is on its way is counted when it arrives
    return entries


def asked(names: n.Names, day: int, d: Details, state: int, tally: Tally, home: bool = False) -> Entry | None:
    """A request and its answer; what is granted is counted."""
    gate, reply = names.gate(d["gate"]), d["reply"]
    at_home = home or d["gate"] == tables.SCHOOL
    if reply == gating.GRANTED:
        tally.granted[gate] += 1
        return None
    word = {gating.REFUSED: "refused", gating.BARRED: "barred", gating.TURNED_AWAY: "turned_away"}[reply]
    cost = words.told("cost", wages=n.wages(d["cents"])) if d["cents"] else ""
    on_display = word == "turned_away" and state & world.IS_SHOWN and not state & world.IS_MARKED
    message = f"school_{word}" if at_home else "turned_away_shown" if on_display else word
    text = words.told(message, gate=gate, cost=cost)
    verdict, reason = sanction(state) if word != "refused" else (None, "")
    if word == "turned_away" and verdict is not None:
        reason = words.told("why_marked" if verdict else "why_not_marked")
    return Entry(day, text, verdict, reason, ("asked", d["gate"], reply))


def sanction(state: int) -> tuple[bool | None, str]:
    """Whether the same rules without error would sanction her as well; nothing where she is under no sanction."""
    if not state & world.IS_SANCTIONED:
        return None, ""
    right = bool(state & world.IS_SANCTIONED_IN_SHADOW)
    return right, words.told("why_in_shadow" if right else "why_not_in_shadow")


def mended(names: n.Names, day: int, events: list[Any], tally: Tally) -> list[Entry]:
    """An appeal decided, a judgment paid or closed, what an audit or power takes back, lists left; points that ran out are counted."""
    entries = []
    of = {what: [event.details for event in events if event.what == what] for what in ("reversed", "exit", "expired", "decayed", "left")}
    tally.expired += sum(d["points"] for d in of["expired"] + of["decayed"])
    said = [(words.told("upheld" if e.details["upheld"] else "rejected"), world.BY_APPEAL) for e in events if e.what == "heard"]
    said += [(words.told(e.what), GROUNDS[e.what]) for e in events if e.what in GROUNDS]
    grounds = {d["ground"] for d in of["reversed"] + of["exit"]}
    said += [(words.told(f"by_{ground}"), ground) for ground in (world.BY_POWER, ears.BY_AUDIT) if ground in grounds]
    for text, ground in said:
        back = [d for d in of["reversed"] if d["ground"] == ground]
        off = [d for d in of["exit"] if d["ground"] == ground]
        sentences = [f"{words.told('taken_back', points=n.points(d['points']))} {score_of(d)}" for d in back]
        sentences += [words.told("comes_off", list=names.list(d["list"]), day=f"{d['until'] - names.case.start:,}") for d in off]
        entries.append(Entry(day, " ".join([text, *sentences])))
    for event in events:
        if event.what == "refunded":
            entries.append(Entry(day, words.told("refunded", wages=n.wages(event.details["cents"]))))
        elif event.what == "recovered":
            entries.append(Entry(day, f"{words.told('recovered', points=n.points(event.details['points']))} {score_of(event.details)}"))
    return entries + [left(names, day, d) for d in of["left"]]


def score_of(d: Details) -> str:
    """The score after an event."""
    return words.told("score", score=words.number(d["score"], 0))


def left(names: n.Names, day: int, d: Details) -> Entry:
    """A list left."""
    ground = words.told(f"ground_{d['ground']}")
    if d["until"] <= d["entered"]:
        return Entry(day, words.told("never_on", list=names.list(d["list"]), ground=ground))
    stayed = min(names.case.start + day, d["until"]) - d["entered"]
    return Entry(day, words.told("left", list=names.list(d["list"]), ground=ground, days=n.days(stayed)))


def standing(names: n.Names, day: int, events: list[Any]) -> list[Entry]:
    """Bands and lists that hold from today on, what they close, and being shown."""
    entries = []
    states = [event.details for event in events if event.what == "state"]
    verdict, reason = sanction(states[-1]["after"]) if states else (None, "")
    for event in events:
        d = event.details
        if event.what == "band":
            entries.append(band(names, day, d, verdict, reason))
        elif event.what == "on_list":
            doors = names.doors(names.case.policy.lists["refuse"][d["list"]])
            entries.append(Entry(day, words.told("on_list", list=names.list(d["list"]), doors=doors), verdict, reason))
    on_screen = any(event.what == "display" for event in events)
    for d in states:
        new, over = d["after"] & ~d["before"], d["before"] & ~d["after"]
        if new & world.IS_SHOWN and not on_screen:
            longest = max([int(row["show_days"]) for row in names.case.policy.lists], default=0)
            entries.append(Entry(day, words.told("shown", days=f", for {n.days(longest)} at most" if longest else "")))
        if over & world.IS_SHOWN and d["before"] & world.IS_LISTED:  # a screen's days are told where they begin
            entries.append(Entry(day, words.told("not_shown")))
        if new & world.IS_SANCTIONED_IN_SHADOW and not d["after"] & world.IS_SANCTIONED:
            entries.append(Entry(day, words.told("missed_by_error"), like=("missed",)))
    return entries


def band(names: n.Names, day: int, d: Details, verdict: bool | None, reason: str) -> Entry:
    """A new band."""
    if d["after"] == NOTHING:
        return Entry(day, words.told("no_band"))
    text = {"band": names.band(d["after"]), "doors": names.band_opens(d["after"])}
    if d["before"] == NOTHING:
        return Entry(day, words.told("band_first", score=words.number(d["score"], 0), **text))
    return Entry(day, words.told("band", **text), verdict, reason, ("band", d["after"]))


def changed(names: n.Names, day: int, events: list[Any]) -> list[Entry]:
    """Work, ties, waiting, and what is only thought."""
    entries = []
    over = any(event.what in ("fined", "detained") and event.details["lost_work"] for event in events)
    for event in events:
        d = event.details
        if event.what == "work" and not (over and not d["after"]):
            entries.append(Entry(day, words.told("found_work" if d["after"] else "lost_work")))
        elif event.what == "ties":
            more = d["after"].bit_count() - d["before"].bit_count()
            word = ("tie" if abs(more) == 1 else "ties") + ("_cold" if more > 0 else "_warm")
            entries += [Entry(day, words.told(word, count=abs(more)), like=("ties", more > 0))] if more else []
        elif event.what == "queue":
            entries.append(Entry(day, words.told("waits" if d["after"] else "served"), like=("queue", d["after"] > 0)))
        elif event.what == "thought":
            entries.append(thought(day, d))
    return entries


def thought(day: int, d: Details) -> Entry:
    """A private view that has turned or moved far."""
    worse = d["after"] < d["before"]
    if (d["before"] < 0) != (d["after"] < 0):
        word = "turns_against" if worse else "turns_for"
    else:
        word = "thinks_worse" if worse else "thinks_better"
    aloud = {world.DISSENTS: "aloud_dissent", world.PRAISES: "aloud_praise"}.get(d["says"], "aloud_none")
    return Entry(day, words.told(word, before=n.share(d["before"]), after=n.share(d["after"]), aloud=words.told(aloud)))


def of_day(names: n.Names, day: int, events: list[Any], state: int, tally: Tally) -> list[Entry]:
    """Everything of one day that is told, in the order in which it happened; ``state`` is her standing that day."""
    claims = told_stories(names, day, events, tally)
    answers = [asked(names, day, event.details, state, tally) for event in events if event.what == "asked"]
    told = {entry.deserved for entry in claims}
    holds = [replace(entry, deserved=None, why="") if entry.deserved in told else entry for entry in standing(names, day, events)]
    tally.shown += sum(event.what == "noticed" for event in events)
    tally.noticed += sum(event.details["seen"] for event in events if event.what == "noticed")
    entries = mended(names, day, events, tally) + claims + [entry for entry in answers if entry is not None]
    return entries + holds + changed(names, day, events)
