"""A policy in plain sentences: what is watched, what costs points, what closes, how one gets off, and how far each number is known."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from glasstown.policy import explain_acts as acts
from glasstown.policy import explain_guards as guards
from glasstown.policy.known import Number, and_, known, main_number, numbers, or_, percent, stop, time_of, wages
from glasstown.policy.plain import GATES, SENSORS, by, context, sensor, who
from glasstown.policy.schema import Band, Listing, PolicyFile, Rule, Score, Watch
from glasstown.policy.terms import Evidence

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds, Law

__all__ = ["GATES", "SENSORS", "Number", "main_number", "numbers", "sections", "sentences"]

QUEUE = ("served last", "served in the usual turn", "served before most", "served first")  # by priority
FIDELITY = {
    "documented": "It follows the documents of a system that exists or existed.",
    "estimated": "It follows a system that exists or existed, as far as second-hand reports tell.",
    "scenario": "It is a scenario: no such system is documented.",
    "image": "It is a popular image: no place is known to have all of it.",
}
UNSAID = " (scenario)"  # said once for all where most numbers are nobody's to know


def sentences(policy: PolicyFile, deeds: "Deeds", law: "Law | None" = None) -> list[str]:
    """The whole policy, one plain sentence (or two that belong together) an item, without headings."""
    return [sentence for _, group in sections(policy, deeds, law) for sentence in group]


def sections(policy: PolicyFile, deeds: "Deeds", law: "Law | None" = None) -> list[tuple[str, list[str]]]:
    """The same under headings: (heading, sentences); headings without sentences are left out.

    ``law`` is the catalogue of sensors that the policy's names come from; left out, the package's own. Each number is followed by how
    far it is known; where most are scenario, that is said once for all that say nothing.
    """
    from glasstown import catalogue

    law, titles = law or catalogue.load_law(), {kind.name: kind.title for kind in deeds.kinds()}
    groups = [
        ("What is watched", _watching(policy)),
        ("Who tells on whom", acts.telling(policy, deeds, law)),
        ("What costs or earns points", _points(policy, titles)),
        ("What the score opens and closes", _bands(policy)),
        ("Lists", _lists(policy, titles)),
        ("What is charged", acts.charging(policy, titles)),
        ("Who is foretold to be at risk", acts.foretelling(policy, titles)),
        ("Who is put on display", acts.showing(policy, titles)),
        ("Who is detained", acts.detaining(policy, titles)),
        ("What officials order", acts.ordering(policy)),
        ("How it grows", acts.growing(policy, deeds)),
        ("Who marches against it", acts.marching(policy)),
        ("What can be put right", guards.mending(policy)),
        ("What protects people", guards.protecting(policy, deeds, law)),
    ]
    unsaid = _mostly_scenario(policy)
    told = [(heading, [text.replace(UNSAID, "") if unsaid else text for text in group]) for heading, group in groups]
    told = [("What it is", list(_opening(policy))), *told, ("How far the numbers are known", list(_evidence(policy)))]
    return [(heading, group) for heading, group in told if group]


def _mostly_scenario(policy: PolicyFile) -> bool:
    rows = numbers(policy)
    return 2 * sum(row.grade == "scenario" for row in rows) > len(rows) > 1


def _opening(policy: PolicyFile) -> Iterator[str]:
    does = bool(policy.rule or policy.watch)
    yield " ".join(filter(None, [stop(policy.summary or policy.title), FIDELITY[policy.fidelity] if does else ""]))
    said = policy.context
    for value, words in (
        (said.place, "Place"),
        (said.operator, "Operator"),
        (said.period, "Period"),
        (said.purpose, "Purpose, in the operator's words"),
        (said.stated_aim, "What it promises"),
        (said.legal_basis, "Legal basis"),
    ):
        if value:
            yield stop(f"{words}: {value}")
    if not does:
        return
    wanted = ((said.purpose, "a purpose"), (said.stated_aim, "an aim"), (said.legal_basis, "a legal basis"))
    blank = [words for value, words in wanted if not value]
    if blank:
        yield f"The file names neither {' nor '.join(blank)}." if len(blank) > 1 else f"The file does not name {blank[0]}."
    yield "People are told about it on the first day." if policy.start.announced else "People are not told about it."
    if policy.start.steady_stock and policy.list:
        yield "Its lists begin as full as if they had existed for years."
    if _mostly_scenario(policy):
        yield "Where nothing is said of a number below, it is a scenario: nobody knows it, and it is there to be varied."


def _watching(policy: PolicyFile) -> Iterator[str]:
    named = {sensor for rule in policy.rule for sensor in rule.sensors} | {watch.sensor for watch in policy.watch}
    if not named:
        yield "A model alone says who is named." if policy.risk is not None else "Nothing is recorded about anybody."
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
    if watch.coverage:
        parts = [f"{percent(share)} of what happens {context(name)}" for name, share in watch.coverage.items()]
        yield f"looks at {and_(parts)}"
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


def _points(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    if policy.score is None:
        return
    yield _score(policy.score)
    for rule in policy.rule:
        if rule.order_day is not None:
            continue  # told with what officials order
        if rule.points is not None:
            yield f"{who([rule], titles)} {_change(rule)}{known(rule, 'points')}{_by(rule)}.{_repeats(rule)}"
        if rule.override_band is not None:
            lasts = f"for {time_of(rule.override_days)}" if rule.override_days else "for good"
            band = f"is put in band {rule.override_band} or lower, whatever the points, {lasts}"
            yield f"{who([rule], titles)} {band}{known(rule)}, {by(rule)}."


def _by(rule: Rule) -> str:
    return f", {by(rule)}" if isinstance(rule.points, tuple) else f" {by(rule)}"


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
    shared = " What one adult of a household loses or earns counts for all of its adults." if score.pooled else ""
    return f"{begins}; {stays}. An entry counts {counts}{fades}.{sums}{_clean(score)}{shared}"


def _clean(score: Score) -> str:
    if not score.clean_days:
        return ""
    points = f"{score.clean_points:,} point{'' if score.clean_points == 1 else 's'}{known(score, 'clean_points')}"
    time = time_of(score.clean_days)
    return f" {time[0].upper()}{time[1:]} without a loss{known(score, 'clean_days')} earn back {points}."


def _change(rule: Rule) -> str:
    if isinstance(rule.points, tuple):
        verb = "loses" if rule.points[0] < 0 else "earns"
        return f"{verb} between {abs(rule.points[0]):,} and {abs(rule.points[1]):,} points, as an official sees fit"
    points = rule.points or 0
    return f"{'loses' if points < 0 else 'earns'} {abs(points):,} point{'' if abs(points) == 1 else 's'}"


def _repeats(rule: Rule) -> str:
    again = ""
    if rule.repeat and rule.repeat_days:
        again = f" Again within {time_of(rule.repeat_days)}, it counts {rule.repeat:g} times{known(rule, 'repeat')}."
    return again + (f" No more than {rule.cap:,} points of it count at a time{known(rule, 'cap')}." if rule.cap else "")


def _bands(policy: PolicyFile) -> Iterator[str]:
    if policy.score is None:
        return
    above: int | None = None
    for band in policy.score.band:
        reach = f"from {band.floor:,} points up" if above is None else f"from {band.floor:,} to {above - 1:,} points"
        if band is policy.score.band[-1] and above is not None:
            reach = f"below {above:,} points"
        effects = list(_effects(band))
        effect = "; ".join(effects) if effects else "nothing is opened or closed"
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
        yield f"in queues, who is in it is {QUEUE[band.priority]}{known(band, 'priority')}"


def _lists(policy: PolicyFile, titles: dict[str, str]) -> Iterator[str]:
    for row in policy.list:
        yield from _list(row, [rule for rule in policy.rule if rule.list == row.name], titles)


def _list(row: Listing, rules: list[Rule], titles: dict[str, str]) -> Iterator[str]:
    groups: dict[str, list[Rule]] = {}
    name = row.name.replace("_", " ")
    for rule in rules:
        if rule.order_day is None:  # an order is told with what officials order
            groups.setdefault(_entry(row, rule), []).append(rule)
    for entry, alike in groups.items():
        yield f"{who(alike, titles)} {entry}"
    seen = f"Everybody can see who is on the list “{name}”" if row.public else f"The list “{name}” is not public"
    first = f"first {time_of(row.show_days)}".replace("first 1 ", "first ")
    shown = f"a message or a screen shows the name for the {first}{known(row, 'show_days')}"
    yield f"{seen}; {shown}." if row.show_days else f"{seen}."
    yield (
        f"While a person is listed, {_refusals(row, row.refuse)}." if any(row.refuse.values()) else "Being listed closes no door by itself."
    )
    if row.pressure and row.performance:
        raised = f"Its doors are claimed to raise the daily chance that a judgment is performed by {percent(row.pressure)}"
        yield f"{raised}{known(row, 'pressure')}."
    grounds = ["the end of the term"] if any(rule.term_days for rule in rules) else []
    grounds += ["performing the judgment"] if row.performance else []
    grounds += ["the end of the court's enforcement"] if any("enforcement" in rule.sensors for rule in rules) else []
    grounds += ["a successful appeal"]
    soon = (
        f"within {row.leave_working_days} working day{'' if row.leave_working_days == 1 else 's'}" if row.leave_working_days else "at once"
    )
    yield f"The name comes off after {or_(grounds)}, {soon}{known(row, 'leave_working_days')}."


def _entry(row: Listing, rule: Rule) -> str:
    after = f" after {time_of(rule.delay_days)}{known(rule, 'delay_days')}" if rule.delay_days else " at once"
    term = "until there is a ground to take the name off"
    if rule.term_days:
        term = f"for {time_of(rule.term_days)}{known(rule, 'term_days')}"
    longer = ""
    if rule.serious_share and rule.serious_days:
        stay = f"{time_of(rule.serious_days)} longer{known(rule, 'serious_days')}"
        longer = f"; {percent(rule.serious_share)} of cases count as serious{known(rule, 'serious_share')} and stay {stay}"
    name = row.name.replace("_", " ")
    return f"is put on the list “{name}”{after}, {term}, {by(rule)}{longer}."


def _evidence(policy: PolicyFile) -> Iterator[str]:
    rows = numbers(policy)
    if not rows:
        yield "It holds no numbers."
        return
    counts = {grade: sum(row.grade == grade for row in rows) for grade in ("documented", "estimated", "scenario")}
    if counts["scenario"] == len(rows):
        yield f"All of its {len(rows)} numbers are scenario: nobody knows them, and they are there to be varied."
        return
    yield (
        f"Of its {len(rows)} numbers, {counts['documented']} {_be(counts['documented'])} documented (a source that was opened says so), "
        f"{counts['estimated']} {_be(counts['estimated'])} estimated (with a reason and a range), and {counts['scenario']} "
        f"{_be(counts['scenario'])} scenario (nobody knows; they are there to be varied)."
    )
    sources = sorted({row.source for row in rows if row.source})
    if sources:
        yield f"Sources: {', '.join(sources)}."


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _refusals(table: Evidence, refuse: Mapping[Any, float]) -> str:
    """What is refused, the most first, doors with the same share together."""
    groups: dict[tuple[float, str], list[str]] = {}
    for gate, share in sorted(refuse.items(), key=lambda pair: -pair[1]):
        if share:
            groups.setdefault((share, known(table, f"refuse.{gate}")), []).append(GATES.get(gate, gate))
    parts: list[str] = []
    for (share, grade), gates in groups.items():
        first = not any(" of requests" in part for part in parts)
        many = "every request" if share == 1 else percent(share) + (" of requests" if first else "")
        parts.append(f"{many} for {or_(gates)}{grade}")
    return f"{and_(parts)} {'is' if len(parts) == 1 and parts[0].startswith('every') else 'are'} refused"


def _groups(shares: tuple[float, float]) -> str:
    return f"{percent(shares[0])} (majority) and {percent(shares[1])} (minority)"
