"""A policy in plain sentences: what is watched, what costs points, what closes, how one gets off, and how far each number is known."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from glasstown.policy import safeguards
from glasstown.policy.known import Number, and_, known, main_number, numbers, or_, percent, stop, time_of, wages
from glasstown.policy.schema import Band, Evidence, Listing, Mending, PolicyFile, Rule, Safeguards, Score, Watch

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds

__all__ = ["Number", "main_number", "numbers", "sections", "sentences"]

GATES = {
    "travel": "a journey",
    "work": "a job",
    "credit": "a loan",
    "school": "a school place",
    "housing": "a home",
    "services": "a service",
    "business": "a private business",
}
SENSORS = {
    "police": "the police",
    "court": "a court",
    "enforcement": "an enforcement court",
    "clerk": "an agency's clerk",
    "camera": "a camera",
    "face_recognition": "face recognition",
    "payments": "records of payments",
    "platform": "platforms that read along",
    "travel_gate": "gates and tickets that ask for a name",
    "neighbours": "neighbours",
    "grid_clerk": "a grid clerk",
    "informers": "secret informers",
    "inference": "software that infers views",
}
THROUGH = {"kin": "kin and household", "ties": "kin, colleagues, neighbours and friends"}
QUEUE = ("served last", "served in the usual turn", "served before most", "served first")  # by priority
FIDELITY = {
    "documented": "It follows the documents of a system that exists or existed.",
    "estimated": "It follows a system that exists or existed, as far as second-hand reports tell.",
    "scenario": "It is a scenario: no such system is documented.",
    "image": "It is the popular image of such a system, not a documented one.",
}


def sentences(policy: PolicyFile, deeds: "Deeds") -> list[str]:
    """The whole policy, one plain sentence (or two that belong together) an item, without headings."""
    return [sentence for _, group in sections(policy, deeds) for sentence in group]


def sections(policy: PolicyFile, deeds: "Deeds") -> list[tuple[str, list[str]]]:
    """The same under headings: (heading, sentences); headings without sentences are left out."""
    titles = {kind.name: kind.title for kind in deeds.kinds()}
    groups = [
        ("What it is", list(_opening(policy))),
        ("What is watched", list(_watching(policy))),
        ("What costs or earns points", list(_points(policy, titles))),
        ("What the score opens and closes", list(_bands(policy))),
        ("Lists", list(_lists(policy, titles))),
        ("What can be put right", list(_mending(policy))),
        ("What protects people", list(_protecting(policy))),
        ("How far the numbers are known", list(_evidence(policy))),
    ]
    return [(heading, group) for heading, group in groups if group]


def _opening(policy: PolicyFile) -> Iterator[str]:
    acts = bool(policy.rule or policy.watch)
    yield " ".join(filter(None, [stop(policy.title), stop(policy.summary), FIDELITY[policy.fidelity] if acts else ""]))
    said = policy.context
    for value, words in (
        (said.operator, "Operator"),
        (said.period, "Period"),
        (said.purpose, "Purpose, in the operator's words"),
        (said.stated_aim, "What it promises"),
        (said.legal_basis, "Legal basis"),
    ):
        if value:
            yield stop(f"{words}: {value}")
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
    yield f"It is fed by what these report: {and_([sensor(name) for name in sorted(named)])}."
    for watch in policy.watch:
        changes = list(_changes(watch))
        if changes:
            yield f"For this policy, {sensor(watch.sensor)}: {'; '.join(changes)}{known(watch)}."
    if policy.views is not None:
        scale = "Views of the order go from -1, against it, to 1, for it"
        yield f"{scale}; who stands at {policy.views.floor:g} or below holds the view that is looked for{known(policy.views)}."


def _changes(watch: Watch) -> Iterator[str]:
    for context, share in (watch.coverage or {}).items():
        yield f"looks at {percent(share)} of what happens in the context {context}"
    if watch.missed:
        yield f"misses {_groups(watch.missed)} of it"
    if watch.mixed_up:
        yield f"takes {_groups(watch.mixed_up)} of those it sees for somebody else"
    if watch.false_alarms_per_year:
        low, high = (f"{rate:g}" for rate in watch.false_alarms_per_year)
        yield f"reports {low} (majority) and {high} (minority) things a year per covered person that never happened"
    if watch.delay_days is not None:
        yield f"what it sees arrives after {time_of(watch.delay_days)}" if watch.delay_days else "what it sees arrives the same day"
    if watch.machine is not None:
        yield "software says what was seen" if watch.machine else "a person says what was seen"
    if watch.dprime:
        low, high = (f"{distance:g}" for distance in watch.dprime)
        yield f"tells what it looks for from the rest by {low} (majority) and {high} (minority) standard deviations"
    if watch.threshold is not None:
        yield f"says so from {watch.threshold:g} standard deviations on"
    if watch.cost_cents_per_sighting is not None:
        yield f"each report costs {wages(watch.cost_cents_per_sighting)}"
    if watch.cost_cents_per_year is not None:
        yield f"it costs {wages(watch.cost_cents_per_year)} a year and adult"


def sensor(name: str) -> str:
    """A sensor in plain words."""
    return SENSORS.get(name, name.replace("_", " "))


def _points(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    if policy.score is None:
        return
    yield _score(policy.score)
    for rule in policy.rule:
        deed = f"“{titles.get(rule.deed, rule.deed)}”"
        by = _by(rule)
        if rule.points is not None:
            yield f"{deed} {_change(rule)} {by}{known(rule, 'points')}.{_repeats(rule)}"
        if rule.override_band is not None:
            lasts = f"for {time_of(rule.override_days)}" if rule.override_days else "for good"
            yield f"{deed} puts a person in band {rule.override_band} or lower, whatever the points, {lasts}, {by}{known(rule)}."


def _score(score: Score) -> str:
    begins = f"Everybody begins with {score.base:,} points{known(score, 'base')}"
    stays = f"the score stays between {score.low:,} and {score.high:,}{known(score, 'low', 'high')}"
    counts = f"for {time_of(score.expiry_days)}{known(score, 'expiry_days')}" if score.expiry_days else "for ever"
    fades = (
        f" and loses {percent(score.decay)} of its points every {time_of(score.decay_days)}{known(score, 'decay')}" if score.decay else ""
    )
    sums = (
        f" A file keeps {score.slots} entries apart; what it sums up of older ones runs out evenly in that time."
        if score.expiry_days
        else ""
    )
    return f"{begins}; {stays}. An entry counts {counts}{fades}.{sums}"


def _change(rule: Rule) -> str:
    if isinstance(rule.points, tuple):
        verb = "costs" if rule.points[0] < 0 else "earns"
        return f"{verb} between {abs(rule.points[0]):,} and {abs(rule.points[1]):,} points, as an official sees fit,"
    points = rule.points or 0
    return f"{'costs' if points < 0 else 'earns'} {abs(points):,} point{'' if abs(points) == 1 else 's'}"


def _repeats(rule: Rule) -> str:
    again = ""
    if rule.repeat and rule.repeat_days:
        again = f" Again within {time_of(rule.repeat_days)}, it counts {rule.repeat:g} times{known(rule, 'repeat')}."
    return again + (f" No more than {rule.cap:,} points of it count at a time{known(rule, 'cap')}." if rule.cap else "")


def _by(rule: Rule) -> str:
    if rule.through is not None:
        return f"through {THROUGH[rule.through]}"
    return f"on the report of {or_([sensor(name) for name in rule.sensors])}"


def _bands(policy: PolicyFile) -> Iterator[str]:
    if policy.score is None:
        return
    above: int | None = None
    for band in policy.score.band:
        reach = f"from {band.floor:,} points up" if above is None else f"from {band.floor:,} to {above - 1:,} points"
        if band is policy.score.band[-1] and above is not None:
            reach = f"below {above:,} points"
        effects = list(_effects(band))
        effect = and_(effects) if effects else "nothing is opened or closed"
        counted = " Being in it counts as a sanction." if band.sanction else ""
        seen = " Others can see who is in it." if band.marked else ""
        yield f"Band {band.name}, {reach}{known(band, 'from')}: {effect}.{counted}{seen}"
        above = band.floor


def _effects(band: Band) -> Iterator[str]:
    if any(band.refuse.values()):
        yield _refusals(band, band.refuse)
    if band.perk_cents_per_year:
        yield f"advantages worth {wages(band.perk_cents_per_year)} a year{known(band, 'perk_cents_per_year')}"
    if band.priority != 1:
        yield f"in queues she is {QUEUE[band.priority]}{known(band, 'priority')}"


def _lists(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    for row in policy.list:
        yield from _list(row, [rule for rule in policy.rule if rule.list == row.name], titles)


def _list(row: Listing, rules: list[Rule], titles: dict[str, str]) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for rule in rules:
        groups.setdefault(_entry(row, rule), []).append(f"“{titles.get(rule.deed, rule.deed)}”")
    for entry, deeds in groups.items():
        yield f"{or_(deeds)}, {entry}"
    seen = "Everybody can see who is on it" if row.public else "It is not public"
    shown = f"a message or a screen shows the name for the first {time_of(row.show_days)}{known(row, 'show_days')}"
    yield f"{seen}; {shown}." if row.show_days else f"{seen}."
    yield (
        f"While a person is listed, {_refusals(row, row.refuse)}." if any(row.refuse.values()) else "Being listed closes no door by itself."
    )
    if row.pressure and row.performance:
        raised = f"Its doors are claimed to raise the daily chance that a judgment is performed by {percent(row.pressure)}"
        yield f"{raised}{known(row, 'pressure')}."
    grounds = ["the end of the term"] if any(rule.term_days for rule in rules) else []
    grounds += ["performing the judgment"] if row.performance else []
    grounds += ["the end of the court's enforcement", "a successful appeal"]
    soon = (
        f"within {row.leave_working_days} working day{'' if row.leave_working_days == 1 else 's'}" if row.leave_working_days else "at once"
    )
    yield f"The name comes off after {or_(grounds)}, {soon}{known(row, 'leave_working_days')}."


def _entry(row: Listing, rule: Rule) -> str:
    after = f" after {time_of(rule.delay_days)}{known(rule, 'delay_days')}" if rule.delay_days else " at once"
    term = "until there is a ground to take the name off" + known(rule)
    if rule.term_days:
        term = f"for {time_of(rule.term_days)}{known(rule, 'term_days')}"
    longer = ""
    if rule.serious_share and rule.serious_days:
        stay = f"{time_of(rule.serious_days)} longer{known(rule, 'serious_days')}"
        longer = f"; {percent(rule.serious_share)} of cases count as serious{known(rule, 'serious_share')} and stay {stay}"
    name = row.name.replace("_", " ")
    return f"{_by(rule)}, puts a person on the list “{name}”{after}, {term}{longer}."


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
        asked = f"{percent(mending.appeal_rate)} of entries are appealed against{known(mending, 'appeal_rate')}"
        lasts = f"a decision takes {time_of(mending.appeal_days)} at least{known(mending, 'appeal_days')}"
        room = f"{mending.appeal_capacity_per_100000:g} can be decided a working day per 100,000 people"
        yield f"{asked}; {lasts}; {room}{known(mending, 'appeal_capacity_per_100000')}."
        found = f"{percent(mending.sensitivity)} of undeserved entries to be so{known(mending, 'sensitivity')}"
        yield f"An appeal finds {found}, and upholds {percent(mending.specificity)} of deserved ones{known(mending, 'specificity')}."


def _protecting(policy: PolicyFile) -> Iterator[str]:
    if not (policy.rule or policy.watch):
        return
    if policy.safeguards is not None:
        yield from _safeguards(policy.safeguards)
    lacks = [title for name, title in safeguards.TITLES.items() if not safeguards.has(policy, name)]
    if lacks:
        count = len(safeguards.NAMES)
        yield f"Of {count} safeguards it has {count - len(lacks)}; it does not have these: {'; '.join(lacks)}."
    else:
        yield f"It has all of {len(safeguards.NAMES)} safeguards."


def _safeguards(guards: Safeguards) -> Iterator[str]:
    if guards.reasons:
        yield "Reasons are given with an entry."
    if guards.human_review is not None:
        checked = f"A person checks {percent(guards.human_review)} of what machines claim{known(guards, 'human_review')}"
        stops = f"stops {percent(guards.review_sensitivity or 0)} of undeserved claims{known(guards, 'review_sensitivity')}"
        passes = percent(guards.review_specificity if guards.review_specificity is not None else 1)
        yield f"{checked}; she {stops} and lets {passes} of deserved ones pass{known(guards, 'review_specificity')}."
    if guards.evidence_claims is not None:
        within = f"within {time_of(guards.evidence_days)}{known(guards, 'evidence_days')}"
        yield f"{guards.evidence_claims} claims of one kind{known(guards, 'evidence_claims')} must come {within} before one counts."
    if guards.separate_contexts:
        yield "What is known from one part of life closes no door in another."
    if guards.no_spillover:
        yield "Nobody answers for somebody close: rules about people close to somebody marked do not apply."
    if guards.coverage_limit is not None:
        yield f"No sensor that it adds may look at more than {percent(guards.coverage_limit)}{known(guards, 'coverage_limit')}."
    if guards.consent is not None:
        yield f"Only who agrees is scored: {percent(guards.consent)} of adults do{known(guards, 'consent')}."
    if guards.data_minimum:
        yield "What harms nobody is not recorded: rules about such deeds and views do not apply."
    if guards.sunset_days is not None:
        yield f"The policy ends by itself after {time_of(guards.sunset_days)}{known(guards, 'sunset_days')}."
    if guards.correct_everywhere:
        yield "A won appeal clears all entries and lists that took the claim over."


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


def _refusals(table: Evidence, refuse: Mapping[Any, float]) -> str:
    parts = []
    for gate, share in refuse.items():
        if share:
            wish = f"{'every request' if share == 1 else percent(share) + ' of requests'} for {GATES.get(gate, gate)}"
            parts.append(wish + known(table, f"refuse.{gate}"))
    return f"{and_(parts)} {'is' if len(parts) == 1 and parts[0].startswith('every') else 'are'} refused"


def _groups(shares: tuple[float, float]) -> str:
    return f"{percent(shares[0])} (majority) and {percent(shares[1])} (minority)"
