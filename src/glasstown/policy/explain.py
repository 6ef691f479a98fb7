"""A policy in plain sentences: what is watched, what costs points, what closes, how one gets off, and how far each number is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glasstown.policy.schema import Evidence, Graded, Listing, Mending, PolicyFile, Rule, Score, Watch
from glasstown.world import MEDIAN_WAGE

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds

GATES = {"travel": "a journey", "work": "a job", "credit": "a loan", "school": "a school place"}
SENSORS = {
    "police": "the police",
    "court": "a court",
    "enforcement": "an enforcement court",
    "clerk": "an agency's clerk",
    "camera": "a camera",
}
FIDELITY = {
    "documented": "It follows the documents of a system that exists or existed.",
    "estimated": "It follows a system that exists or existed, as far as second-hand reports tell.",
    "scenario": "It is a scenario: no such system is documented.",
    "image": "It is the popular image of such a system, not a documented one.",
}


@dataclass(frozen=True)
class Number:
    """One number of a policy and what is known about it: `range` is (lowest, highest), () where none is given."""

    table: str
    key: str
    value: float | tuple[float, ...]
    unit: str
    grade: str
    role: str
    source: str
    reason: str
    range: tuple[float, ...]


def sentences(policy: PolicyFile, deeds: "Deeds") -> list[str]:
    """The whole policy, one plain sentence (or two that belong together) an item, without headings."""
    return [sentence for _, group in sections(policy, deeds) for sentence in group]


def sections(policy: PolicyFile, deeds: "Deeds") -> list[tuple[str, list[str]]]:
    """The same under headings: (heading, sentences); headings without sentences are left out."""
    titles = {deed.name: deed.title for deed in deeds.deed}
    groups = [
        ("What it is", list(_opening(policy))),
        ("What is watched", list(_watching(policy))),
        ("What costs or earns points", list(_points(policy, titles))),
        ("What the score opens and closes", list(_bands(policy))),
        ("Lists", list(_lists(policy, titles))),
        ("What can be put right", list(_mending(policy))),
        ("How far the numbers are known", list(_evidence(policy))),
    ]
    return [(heading, group) for heading, group in groups if group]


def numbers(policy: PolicyFile) -> list[Number]:
    """Every number of a policy with its grade, role, source, reason and range: the rows of a parameter table."""
    rows = []
    for name, table in _tables(policy):
        exceptions = {row.key: row for row in table.exception}
        for key, value, unit in _values(table):
            row: Graded = exceptions.get(key, table)
            limits = row.range if row.range is not None and (row is not table or key == main_number(table)) else ()
            rows.append(Number(name, key, value, unit, row.grade, row.role, row.source or "", row.reason, tuple(limits)))
    return rows


def main_number(table: Evidence) -> str:
    """The key that a table's own `range` speaks of."""
    keys = [key for key, _, _ in _values(table)]
    return keys[0] if keys else ""


def _opening(policy: PolicyFile) -> Iterator[str]:
    acts = bool(policy.rule or policy.watch)
    yield " ".join(filter(None, [_stop(policy.title), _stop(policy.summary), FIDELITY[policy.fidelity] if acts else ""]))
    said = policy.context
    for value, words in (
        (said.operator, "Operator"),
        (said.period, "Period"),
        (said.purpose, "Purpose, in the operator's words"),
        (said.stated_aim, "What it promises"),
        (said.legal_basis, "Legal basis"),
    ):
        if value:
            yield _stop(f"{words}: {value}")
    if not acts:
        return
    wanted = ((said.purpose, "a purpose"), (said.stated_aim, "an aim"), (said.legal_basis, "a legal basis"))
    blank = [words for value, words in wanted if not value]
    if blank:
        yield f"The file names neither {' nor '.join(blank)}." if len(blank) > 1 else f"The file does not name {blank[0]}."
    yield "People are told about it on the first day." if policy.start.announced else "People are not told about it."
    if policy.start.steady_stock and policy.list:
        yield "Its lists begin as full as if they had existed for years."


def _watching(policy: PolicyFile) -> Iterator[str]:
    named = {sensor for rule in policy.rule for sensor in rule.sensors} | {watch.sensor for watch in policy.watch}
    if not named:
        yield "Nothing is recorded about anybody."
        return
    yield f"It is fed by what these report: {_and([SENSORS.get(name, name) for name in sorted(named)])}."
    for watch in policy.watch:
        changes = []
        for context, share in (watch.coverage or {}).items():
            changes.append(f"looks at {_percent(share)} of what happens in the context {context}")
        if watch.missed:
            changes.append(f"misses {_groups(watch.missed)} of it")
        if watch.mixed_up:
            changes.append(f"takes {_groups(watch.mixed_up)} of those it sees for somebody else")
        if watch.false_alarms_per_year:
            low, high = (f"{rate:g}" for rate in watch.false_alarms_per_year)
            changes.append(f"reports {low} (majority) and {high} (minority) things a year per covered person that never happened")
        if changes:
            yield f"For this policy, {SENSORS.get(watch.sensor, watch.sensor)} {_and(changes)}{_known(watch)}."


def _points(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    if policy.score is None:
        return
    yield _score(policy.score)
    for rule in policy.rule:
        deed = f"“{titles.get(rule.deed, rule.deed)}”"
        by = f"on the report of {_reporters(rule)}"
        if rule.points is not None:
            yield f"{deed} {_change(rule)} {by}{_known(rule, 'points')}.{_repeats(rule)}"
        if rule.override_band is not None:
            lasts = f"for {_time(rule.override_days)}" if rule.override_days else "for good"
            yield f"{deed} puts a person in band {rule.override_band} or lower, whatever the points, {lasts}, {by}{_known(rule)}."


def _score(score: Score) -> str:
    begins = f"Everybody begins with {score.base:,} points{_known(score, 'base')}"
    stays = f"the score stays between {score.low:,} and {score.high:,}{_known(score, 'low', 'high')}"
    counts = f"for {_time(score.expiry_days)}{_known(score, 'expiry_days')}" if score.expiry_days else "for ever"
    fades = (
        f" and loses {_percent(score.decay)} of its points every {_time(score.decay_days)}{_known(score, 'decay')}" if score.decay else ""
    )
    return f"{begins}; {stays}. An entry counts {counts}{fades}."


def _change(rule: Rule) -> str:
    if isinstance(rule.points, tuple):
        verb = "costs" if rule.points[0] < 0 else "earns"
        return f"{verb} between {abs(rule.points[0]):,} and {abs(rule.points[1]):,} points, as an official sees fit,"
    points = rule.points or 0
    return f"{'costs' if points < 0 else 'earns'} {abs(points):,} point{'' if abs(points) == 1 else 's'}"


def _repeats(rule: Rule) -> str:
    again = ""
    if rule.repeat and rule.repeat_days:
        again = f" Again within {_time(rule.repeat_days)}, it counts {rule.repeat:g} times{_known(rule, 'repeat')}."
    return again + (f" No more than {rule.cap:,} points of it count at a time{_known(rule, 'cap')}." if rule.cap else "")


def _reporters(rule: Rule) -> str:
    return _or([SENSORS.get(name, name) for name in rule.sensors])


def _bands(policy: PolicyFile) -> Iterator[str]:
    if policy.score is None:
        return
    above: int | None = None
    for band in policy.score.band:
        reach = f"from {band.floor:,} points up" if above is None else f"from {band.floor:,} to {above - 1:,} points"
        if band is policy.score.band[-1] and above is not None:
            reach = f"below {above:,} points"
        effects = [_refusals(band, band.refuse)] if any(band.refuse.values()) else []
        if band.perk_cents_per_year:
            worth = f"advantages worth {_wages(band.perk_cents_per_year)} a year"
            effects.append(worth + _known(band, "perk_cents_per_year"))
        effect = _and(effects) if effects else "nothing is opened or closed"
        counted = " Being in it counts as a sanction." if band.sanction else ""
        yield f"Band {band.name}, {reach}{_known(band, 'from')}: {effect}.{counted}"
        above = band.floor


def _lists(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    for row in policy.list:
        yield from _list(row, [rule for rule in policy.rule if rule.list == row.name], titles)


def _list(row: Listing, rules: list[Rule], titles: dict[str, str]) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for rule in rules:
        groups.setdefault(_entry(row, rule), []).append(f"“{titles.get(rule.deed, rule.deed)}”")
    for entry, deeds in groups.items():
        yield f"{_or(deeds)}, {entry}"
    seen = "Everybody can see who is on it" if row.public else "It is not public"
    shown = f"a message or a screen shows the name for the first {_time(row.show_days)}{_known(row, 'show_days')}"
    yield f"{seen}; {shown}." if row.show_days else f"{seen}."
    yield (
        f"While a person is listed, {_refusals(row, row.refuse)}." if any(row.refuse.values()) else "Being listed closes no door by itself."
    )
    if row.pressure and row.performance:
        raised = f"Its doors are claimed to raise the daily chance that a judgment is performed by {_percent(row.pressure)}"
        yield f"{raised}{_known(row, 'pressure')}."
    grounds = ["the end of the term"] if any(rule.term_days for rule in rules) else []
    grounds += ["performing the judgment"] if row.performance else []
    grounds += ["the end of the court's enforcement", "a successful appeal"]
    soon = (
        f"within {row.leave_working_days} working day{'' if row.leave_working_days == 1 else 's'}" if row.leave_working_days else "at once"
    )
    yield f"The name comes off after {_or(grounds)}, {soon}{_known(row, 'leave_working_days')}."


def _entry(row: Listing, rule: Rule) -> str:
    after = f" after {_time(rule.delay_days)}{_known(rule, 'delay_days')}" if rule.delay_days else " at once"
    term = "until there is a ground to take the name off" + _known(rule)
    if rule.term_days:
        term = f"for {_time(rule.term_days)}{_known(rule, 'term_days')}"
    longer = ""
    if rule.serious_share and rule.serious_days:
        stay = f"{_time(rule.serious_days)} longer{_known(rule, 'serious_days')}"
        longer = f"; {_percent(rule.serious_share)} of cases count as serious{_known(rule, 'serious_share')} and stay {stay}"
    name = row.name.replace("_", " ")
    return f"on the report of {_reporters(rule)}, puts a person on the list “{name}”{after}, {term}{longer}."


def _mending(policy: PolicyFile) -> Iterator[str]:
    if not (policy.rule or policy.watch):
        return
    if policy.mending is None:
        yield "Nobody is told what is recorded about her, and there is no appeal."
        return
    yield from _appeals(policy.mending)


def _appeals(mending: Mending) -> Iterator[str]:
    yield "Entries are made known to the person concerned." if mending.notice else "Entries are not made known to the person concerned."
    if not mending.appeal_rate:
        yield "There is no appeal."
    elif not mending.notice:
        yield "There is an appeal, but nobody can use it who does not know what is recorded."
    else:
        asked = f"{_percent(mending.appeal_rate)} of entries are appealed against{_known(mending, 'appeal_rate')}"
        lasts = f"a decision takes {_time(mending.appeal_days)} at least{_known(mending, 'appeal_days')}"
        room = f"{mending.appeal_capacity_per_100000:g} can be decided a working day per 100,000 people"
        yield f"{asked}; {lasts}; {room}{_known(mending, 'appeal_capacity_per_100000')}."
        found = f"{_percent(mending.sensitivity)} of undeserved entries to be so{_known(mending, 'sensitivity')}"
        yield f"An appeal finds {found}, and upholds {_percent(mending.specificity)} of deserved ones{_known(mending, 'specificity')}."


def _evidence(policy: PolicyFile) -> Iterator[str]:
    rows = numbers(policy)
    if not rows:
        yield "It holds no numbers."
        return
    counts = {grade: sum(row.grade == grade for row in rows) for grade in ("documented", "estimated", "scenario")}
    yield (
        f"Of its {len(rows)} numbers, {counts['documented']} are documented (a source that was opened says so), {counts['estimated']} are "
        f"estimated (with a reason and a range), and {counts['scenario']} are scenario (nobody knows; they are there to be varied)."
    )
    sources = sorted({row.source for row in rows if row.source})
    if sources:
        yield f"Sources: {', '.join(sources)}."


def _known(table: Evidence, *keys: str) -> str:
    """The grade in brackets, of the numbers with these keys (or of the table)."""
    exceptions: dict[str, Graded] = {row.key: row for row in table.exception}
    units = {key: unit for key, _, unit in _values(table)}
    grades = []
    for key in keys or (main_number(table),):
        row = exceptions.get(key, table)
        grades.append(_grade(row, units.get(key, ""), row is not table or key == main_number(table)))
    return f" ({'; '.join(dict.fromkeys(grades))})"


def _grade(row: Graded, unit: str, with_range: bool) -> str:
    if row.grade == "estimated" and with_range and row.range is not None and row.range[0] < row.range[1]:
        low, high = row.range
        if unit == "share":
            return f"estimated, {_percent(low)} to {_percent(high)}"
        if unit == "cents per year":
            return f"estimated, up to {_wages(high)}"
        return f"estimated, {low:,g} to {high:,g}{' ' + unit if unit in ('days', 'points') else ''}"
    return f"documented, {row.source}" if row.grade == "documented" else row.grade


def _tables(policy: PolicyFile) -> Iterator[tuple[str, Evidence]]:
    for watch in policy.watch:
        yield f"watch {watch.sensor}", watch
    if policy.score is not None:
        yield "score", policy.score
        for band in policy.score.band:
            yield f"band {band.name}", band
    for rule in policy.rule:
        yield f"rule {rule.deed}", rule
    for row in policy.list:
        yield f"list {row.name}", row
    if policy.mending is not None:
        yield "mending", policy.mending


def _values(table: Evidence) -> Iterator[tuple[str, float | tuple[float, ...], str]]:
    """(key, value, unit) of the numbers that a file gives; what was left out is not a number of the file."""
    for name, field in type(table).model_fields.items():
        if name in Graded.model_fields or name == "exception" or name not in table.model_fields_set:
            continue
        value: Any = getattr(table, name)
        extra = field.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        key = field.alias or name
        if isinstance(value, dict):
            for part, share in value.items():
                yield f"{key}.{part}", share, "share"
        elif isinstance(value, tuple) and value and all(isinstance(item, (int, float)) for item in value):
            yield key, value, unit or ("points" if key == "points" else "share" if isinstance(table, Watch) else "")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield key, value, unit or ("points" if key == "points" else "")


def _refusals(table: Evidence, refuse: Mapping[Any, float]) -> str:
    parts = []
    for gate, share in refuse.items():
        if share:
            wish = f"{'every request' if share == 1 else _percent(share) + ' of requests'} for {GATES.get(gate, gate)}"
            parts.append(wish + _known(table, f"refuse.{gate}"))
    return f"{_and(parts)} {'is' if len(parts) == 1 and parts[0].startswith('every') else 'are'} refused"


def _groups(shares: tuple[float, float]) -> str:
    return f"{_percent(shares[0])} (majority) and {_percent(shares[1])} (minority)"


def _wages(cents: float) -> str:
    days = cents / MEDIAN_WAGE
    return f"{days:.2g} day{'' if days == 1 else 's'} of the median wage"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _time(days: int | None) -> str:
    if days is None:
        return "ever"
    for size, word in ((365, "year"), (30, "month")):
        if days >= size and days % size == 0:
            count = days // size
            return f"{count} {word}{'' if count == 1 else 's'}"
    return f"{days:,} day{'' if days == 1 else 's'}"


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def _or(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " or " + parts[-1]


def _stop(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else text + "."
