"""The ears of the plain rules: what each rule that makes a life notes, in numbers.

An ear is a generator: it is handed the rule's arguments by name before the rule runs, and what the rule returned afterwards.
It changes nothing, so a traced day leaves the same bytes as any other. Only the record's side is noted, not the shadow's.
"""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from glasstown import gating, measuring, watching
from glasstown.world import BY_APPEAL, BY_POWER, NEVER, NOTHING

if TYPE_CHECKING:
    from glasstown.engine.trace import Notes

NO_SLOT = -1  # of points that are in no entry
BY_AUDIT, BY_END = BY_POWER + 1, BY_POWER + 2  # grounds that no row holds: an audit has found it, the policy has ended
Details = dict[str, int]
Ear = Callable[["Notes", Any], Generator[None, Any, None]]


def entries_of(entries: Any, first: int, slots: int) -> list[tuple[int, int, int]]:
    """Her entry slots as (rule, points, day)."""
    return [(entries[slot].rule, entries[slot].points, entries[slot].day) for slot in range(first, first + slots)]


# ---- she acts, and is watched ----------------------------------------------------------------------------------------


def done(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A deed."""
    notes.note("deed", deed=a.kind)
    yield


def look(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A sensor looked at the deed: overlooked, seen, or taken for another."""
    result = yield
    if result != watching.UNSEEN:
        notes.note("look", deed=a.kind, sensor=a.number, result=result)


def hand_over(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """The sighting goes to somebody else's door."""
    kept = yield
    if not kept:
        notes.note("lost", deed=a.kind, sensor=a.number)


def written_down(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A claim reaches her record: whatever follows until it is dealt with follows from it."""
    number = (a.sighting >> 8) & 255
    steady = a.sighting & watching.STEADY > 0
    notes.sensor, notes.origin = NOTHING if steady else number, (a.sighting >> 16) & 15
    if a.sighting & watching.TO_RECORD:
        notes.note("claim", deed=a.sighting & 255, sensor=notes.sensor, origin=notes.origin, steady=steady)
    yield
    notes.sensor, notes.origin = NOTHING, 0


def stopped(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A person looked at a machine's claim, and stopped it."""
    result = yield
    if result:
        notes.note("stopped", deed=a.kind, sensor=a.number, origin=a.origin)


def enough(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """The evidence was too thin to count."""
    result = yield
    if not result and is_record(a.file):
        notes.note("thin", deed=a.claim, sensor=notes.sensor, origin=notes.origin)


# ---- it is written down ----------------------------------------------------------------------------------------------


def is_record(row: Any) -> bool:
    """Whether a row is one of her record's, not of the shadow's."""
    return not row.room.startswith("shadow")


def open_judgment(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A court's judgment against her."""
    new = yield
    if new and is_record(a.file):
        notes.note("judgment", deed=a.deed, origin=notes.origin, sensor=notes.sensor)


def note_finding(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A court's finding about her conduct."""
    yield
    if is_record(a.file):
        notes.note("finding", deed=a.deed, origin=notes.origin, sensor=notes.sensor)


def punish(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A fine of ordinary law, and perhaps the loss of her work."""
    worked = a.life.works
    yield
    lost = worked and not a.life.works
    notes.note("fined", deed=a.number, cents=a.deed.fine, lost_work=lost, origin=notes.origin, sensor=notes.sensor)


def answers(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Ordinary law, or a rule of the policy, answers a claim; a finding under a mistaken judgment is mistaken too."""
    before = notes.origin
    notes.origin = a.origin
    yield
    notes.origin = before


def post(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """The older entry that makes room, the entry, and what a cap keeps from counting."""
    if not is_record(a.file):
        yield
        return
    before, score = entries_of(a.entries, a.first, a.policy.score[0].slots), notes.score(a.file)
    slot, points, folded, capped = yield
    place, behind = slot - a.first if slot >= 0 else NO_SLOT, notes.claim(a.number)
    if folded:
        made_room = notes.entry(before[place], notes.town.entry_origin[slot])
        notes.note("folded", **made_room, points=folded, slot=place, score=score)
    notes.note("posted", **behind, points=points, slot=place, score=notes.score(a.file))
    if capped:
        notes.note("capped", **behind, points=capped, slot=place, score=notes.score(a.file))


def age(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Entries that ran out, points that decayed, and what ran out of what was folded (those points are folded no longer)."""
    score = a.policy.score[0]
    before = entries_of(a.entries, a.first, score.slots)
    _, _, *faded = yield
    if not is_record(a.file):
        return
    after = entries_of(a.entries, a.first, score.slots)
    for slot, (old, new) in enumerate(zip(before, after, strict=True)):
        if old[0] != NOTHING and old != new:
            expired = a.day - old[2] >= score.expiry
            behind = notes.entry(old, notes.town.entry_origin[a.first + slot])
            points = old[1] if expired else old[1] - new[1]
            notes.note("expired" if expired else "decayed", **behind, points=points, slot=slot, score=notes.score(a.file))
    for points in faded:
        if points:
            remainder = {"rule": NOTHING, "deed": NOTHING, "origin": 0, "slot": NO_SLOT, "score": notes.score(a.file)}
            notes.note("folded", **remainder, points=-points)
            notes.note("expired", **remainder, points=points)


def clear(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """An entry that a correction takes back."""
    old = (a.entry.rule, a.entry.points, a.entry.day)
    points = yield
    if notes.ground and is_record(a.file):
        behind = notes.entry(old, notes.town.entry_origin[notes.town.entries.first + a.entry.i])
        notes.note("reversed", **behind, points=points, slot=a.entry.i, score=notes.score(a.file), ground=notes.ground)


def set_override(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """One event sets the band."""
    yield
    if is_record(a.file):
        notes.note(
            "override", deed=a.rule.deed, origin=notes.origin, sensor=notes.sensor, band=a.rule.override, until=a.file.override_until
        )


def enlist(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Put on a list, or kept there for longer."""
    before = a.listing.until
    new = yield
    if is_record(a.listing) and (new or a.listing.until != before):
        row = a.listing
        behind = {"deed": a.deed, "sensor": notes.sensor, "origin": notes.origin}
        notes.note("listed" if new else "prolonged", **behind, list=row.i, entered=row.entered, until=row.until)


def strike(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Off a list."""
    row = a.listing
    if is_record(row) and row.entered != NEVER:
        origin = notes.town.listing_origin[notes.town.listings.first + row.i]
        ground = BY_END if notes.ends else row.ground
        notes.note("left", list=row.i, deed=row.cause, origin=origin, ground=ground, entered=row.entered, until=row.until)
    yield


def set_exit(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A ground has arisen on which a list must let her go."""
    before = a.listing.until
    yield
    if is_record(a.listing) and a.listing.until != before:
        notes.note("exit", list=a.listing.i, ground=notes.ground or a.ground, until=a.listing.until)


# ---- what can be undone ----------------------------------------------------------------------------------------------


def file_appeal(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """An appeal."""
    taken = yield
    if taken:
        notes.note("appealed", deed=a.claimed)


def finds_error(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """The decision on an appeal."""
    upheld = yield
    notes.note("heard", deed=a.claimed, upheld=bool(upheld), origin=a.origin)


def correction(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """What is taken back after an appeal."""
    notes.ground = BY_APPEAL
    yield
    notes.ground = 0


def the_end(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """The policy holds for her no longer."""
    notes.ends = True
    yield
    notes.ends = False


# ---- what power does -------------------------------------------------------------------------------------------------


def looked_into(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """An inquiry into what somebody reported."""
    result = yield
    if result:
        notes.note("inquired", deed=a.kind, sensor=a.number, origin=a.origin)


def vanishes(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A claim about somebody powerful that never counts."""
    result = yield
    if result:
        notes.note("vanished", deed=a.kind, sensor=notes.sensor, origin=notes.origin)


def month(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Once a month the audit takes back what power has written, and the powerful have entries erased."""
    yield
    notes.ground = 0


def audits(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Whether it is the audit that takes the next thing back."""
    found = yield
    notes.ground = BY_AUDIT if found else BY_POWER


# ---- shown, and taken away -------------------------------------------------------------------------------------------


def display(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A screen is to show her."""
    new = yield
    notes.note("display", origin=notes.origin, sensor=notes.sensor, days=a.days, until=a.desk.shown_until, new=new)


def come_across(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Whether those around her come across it today."""
    seen = yield
    notes.note("noticed", seen=bool(seen))


def taken(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """She is to be taken away from tomorrow on, and loses her work."""
    worked, fresh = a.life.works, a.day >= a.life.away_until
    yield
    lost = worked and not a.life.works
    notes.note("detained", origin=a.origin, sensor=notes.sensor, days=a.days, until=a.life.away_until, new=fresh, lost_work=lost)


# ---- doors -----------------------------------------------------------------------------------------------------------


def answer(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A request, and who answered how."""
    reply = yield
    notes.note("asked", gate=a.number, reply=reply, cents=0 if reply == gating.GRANTED else a.gate.cost, poor=a.poor)


MEASURED = {  # measures that say what no other rule tells
    "JUDGMENTS_PERFORMED": "paid", "JUDGMENTS_CLOSED": "settled", "HOLLOW_DEEDS": "hollow",
}  # fmt: skip
TOLD = {getattr(measuring, name): what for name, what in MEASURED.items()}


def count(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A measure that is an event of its own."""
    if a.measure in TOLD:
        deed = notes.town.record[notes.town.citizen].judgment_deed
        done_before = [details["deed"] for what, details in notes.taken if what == "deed"]
        notes.note(TOLD[a.measure], deed=done_before[-1] if TOLD[a.measure] == "hollow" else deed)
    yield


def guess(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """A classifier read her traces."""
    result = yield
    if result != watching.UNSEEN:
        notes.note("guessed", sensor=a.number, holds=a.holds, result=result)


def recovers(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Points earned back: they are kept with what was folded."""
    earned = yield
    if earned and is_record(a.file):
        kept = {"rule": NOTHING, "deed": NOTHING, "origin": 0, "slot": NO_SLOT, "score": notes.score(a.file)}
        notes.note("recovered", **kept, sensor=NOTHING, points=earned)
        notes.note("folded", **kept, points=earned)


def pays(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """What a rule charges, and whether she pays; looked up once more when an appeal is won."""
    paid = yield
    what = "refunded" if notes.ground else "charged"
    if what == "charged" or paid:
        notes.note(what, deed=a.row.deed, origin=notes.origin, sensor=notes.sensor, cents=a.row.charge, paid=bool(paid))


def refund(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """What she paid is given back after an appeal."""
    notes.ground = BY_APPEAL
    yield
    notes.ground = 0


def cleared(notes: "Notes", a: Any) -> Generator[None, Any, None]:
    """Her own answer disproved a machine's claim."""
    result = yield
    if result:
        notes.note("cleared", deed=a.kind, sensor=a.number, origin=a.origin)


EARS: dict[str, Ear] = {
    "acts.done": done, "acts.hand_over": hand_over, "watching.look": look, "watching.open_judgment": open_judgment,
    "watching.note_finding": note_finding, "record.written_down": written_down, "record.ordinary_law": answers,
    "record.apply_rule": answers, "scoring.post": post, "scoring.age": age, "scoring.clear": clear, "scoring.enlist": enlist,
    "scoring.set_override": set_override, "scoring.strike": strike, "scoring.set_exit": set_exit, "mending.file_appeal": file_appeal,
    "mending.finds_error": finds_error, "morning.correction": correction, "gating.answer": answer, "gating.punish": punish,
    "measuring.count": count, "record.stopped": stopped, "watching.enough": enough, "watching.guess": guess, "morning.the_end": the_end,
    "record.looked_into": looked_into, "record.vanishes": vanishes, "officials.month": month, "mending.audits": audits,
    "shaming.display": display, "shaming.come_across": come_across, "away.taken": taken, "scoring.recovers": recovers,
    "gating.pays": pays, "morning.refund": refund, "record.cleared": cleared,
}  # fmt: skip
