"""A page for every policy that ships: what the system is, its rules with their sources, what was measured, the law, and the tunnel.

Nothing is lived here: results come from the studies that are kept beside this file, and a page says so where one is missing.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from glasstown.report import backcast, gap, words

if TYPE_CHECKING:
    from glasstown.policy.schema import PolicyFile

SAID = (("What is known", "known"), ("What is not known", "unknown"), ("What is disputed", "disputed"))
FIDELITY = {
    "documented": "documented: a system that exists or existed, after its documents",
    "estimated": "estimated: a system that exists or existed, as far as second-hand reports tell",
    "scenario": "scenario: no such system is documented",
    "image": "image: the popular picture, and not a documented system",
}


def pages() -> dict[str, str]:
    """The pages by file name."""
    from glasstown.policy import load

    return {f"{name}.md": page(load.load(name)) for name in load.presets()}


def page(policy: "PolicyFile") -> str:
    """One page."""
    parts = [*_head(policy), *_rules(policy), *_measured(policy), *_law(policy), *_tunnel(policy), *_sources(policy)]
    return "\n".join(parts).rstrip() + "\n"


def index() -> str:
    """The table of all pages."""
    from glasstown.policy import load, mechanics
    from glasstown.report.documents import markdown

    rows = []
    for name in load.presets():
        policy = load.load(name)
        works = ", ".join(mechanics.of(policy))
        rows.append([f"[`{name}`]({name}.md)", policy.title, policy.context.place, years(policy), policy.fidelity, works])
    return markdown(["Policy", "What it is", "Place", "Years", "Fidelity", "Mechanics"], rows)


def mechanics_told() -> str:
    """The fifteen mechanics, and the policies in which each is at work."""
    from glasstown.policy import load, mechanics
    from glasstown.report.documents import markdown

    of = {name: mechanics.of(load.load(name)) for name in load.presets()}
    rows = [
        [number, title, ", ".join(f"[`{name}`]({name}.md)" for name, found in of.items() if number in found)]
        for number, (title, _) in mechanics.MECHANICS.items()
    ]
    return markdown(["Mechanic", "In words", "At work in"], rows)


def held_out() -> str:
    """All held-out numbers beside the model's."""
    document = backcast.kept()
    return words.say("backcast_absent") if document is None else backcast.table(backcast.held_out(document))


def used() -> str:
    """What was input or fitted, of all systems."""
    document = backcast.kept()
    return words.say("backcast_absent") if document is None else backcast.used_table(backcast.used(document))


def uncounted() -> str:
    """What was measured and held out, and the model does not count."""
    document = backcast.kept()
    return words.say("backcast_absent") if document is None else backcast.used_table(backcast.uncounted(document))


def made() -> str:
    """How the kept backcast was made."""
    document = backcast.kept()
    if document is None:
        return words.say("backcast_absent")
    request = document["request"]
    return words.say("backcast_made", people=f"{request['people']:,}", pairs=request["pairs"], days=f"{request['days']:,}")


def years(policy: "PolicyFile") -> str:
    """When it was in force."""
    known = policy.context.years
    if known is None:
        return ""
    return f"{known[0]} to today" if len(known) == 1 else f"{known[0]}" if known[0] == known[1] else f"{known[0]} to {known[1]}"


def _head(policy: "PolicyFile") -> Iterator[str]:
    from glasstown.policy import mechanics

    yield from ("<!-- made by python -m glasstown.report.documents: edit the policy file, not this page -->", "")
    yield from (f"# {policy.title}", "")
    where = ", ".join(text for text in (policy.context.place, years(policy)) if text)
    yield f"`{policy.name}`" + (f" \N{MIDDLE DOT} {where}" if where else "") + f" \N{MIDDLE DOT} {FIDELITY[policy.fidelity]}."
    yield from ("", _flow(policy.summary), "")
    if policy.context.background:
        yield from (_flow(policy.context.background), "")
    for heading, name in SAID:
        if text := getattr(policy.context, name):
            yield from (f"**{heading}.** {_flow(text)}", "")
    at_work = mechanics.of(policy)
    if at_work:
        yield from ("Mechanics at work: " + "; ".join(f"{mechanics.title(number)} ({number})" for number in at_work) + ".", "")


def _rules(policy: "PolicyFile") -> Iterator[str]:
    """The policy in plain words, and every number with its source."""
    from glasstown import catalogue
    from glasstown.policy import explain, known
    from glasstown.report.documents import markdown

    yield from ("## The rules in plain words", "")
    for heading, sentences in explain.sections(policy, catalogue.load_deeds()):
        yield from (f"### {heading}", "", *(f"- {sentence}" for sentence in sentences), "")
    rows = [
        [number.table, f"`{number.key}`", _value(number.value), number.grade, number.role, number.source, number.reason]
        for number in known.numbers(policy)
    ]
    if rows:
        yield from ("## Every number, and where it comes from", "")
        yield markdown(["Table", "Key", "Value", "Grade", "Role", "Source", "Reason"], rows)


def _value(value: Any) -> str:
    return " and ".join(f"{one:,g}" for one in value) if isinstance(value, tuple) else f"{value:,g}"


def _measured(policy: "PolicyFile") -> Iterator[str]:
    """What was measured of the real system, beside the model."""
    from glasstown.study.backcast import told

    if not policy.measured:
        return
    lines = backcast.of_policy(backcast.kept(), policy.name)
    yield from ("## What was measured of the real system", "")
    held = [row for row in lines if row["role"] == backcast.HELD_OUT]
    if held:
        yield from (words.say("backcast_held"), "", backcast.table(held, alone=True))
    elif backcast.kept() is None:
        yield from (words.say("backcast_absent"), "")
    rows = [told(policy.name, row) for row in policy.measured]
    used = [row for row in rows if row["role"] != backcast.HELD_OUT]
    rest = [row for row in rows if row["role"] == backcast.HELD_OUT and row["quantity"] is None]
    for title, some in (("backcast_used", used), ("backcast_rest", rest)):
        if some:
            yield from (words.say(title), "", backcast.used_table(some, alone=True))


def _law(policy: "PolicyFile") -> Iterator[str]:
    """Which clauses are met or for review, which are open, and Canada's level."""
    from glasstown import catalogue
    from glasstown.law import judging
    from glasstown.report import law

    if not (policy.rule or policy.watch):
        return
    deeds, ordinary = catalogue.load_deeds(), catalogue.load_law()
    yield from ("## What the law says", "", judging.NOTICE, "")
    for body, rows in judging.judge(policy, deeds, ordinary):
        yield f"- **{body.place}: {body.title}** (as of {body.as_of}): {law.counted(rows)}."
        for row in rows:
            if row.verdict in ("met", "review") or row.clause.leading:
                yield f"  - {law.in_short(row)}"
    answered = judging.answered(policy, deeds, ordinary)
    if answered is not None:
        yield from ("", *(f"{line}\n" for line in law.questionnaire(answered)[:1]))
    yield from (words.say("systems_law", policy=policy.name), "")


def _tunnel(policy: "PolicyFile") -> Iterator[str]:
    """Its differences from the same town without it, from the kept study."""
    from glasstown.report.documents import markdown

    document = gap.kept()
    known = document is not None and any(row["label"] == policy.name for row in document["policies"])
    if not (policy.rule or policy.watch):
        return
    yield from ("## In the tunnel", "")
    if document is None or not known:
        yield from (words.say("gap_absent"), "")
        return
    request = document["request"]
    yield words.say("systems_tunnel", people=f"{request['people']:,}", pairs=request["pairs"], years=words.years(request["days"]))
    yield ""
    rows = [
        [f"{row['title']}, {words.unit_of_difference(row['unit'])}", gap.difference(row["policies"][policy.name])]
        for row in gap.main(document)
    ]
    yield markdown(["Outcome", "Difference (90 % interval)"], rows)


def _sources(policy: "PolicyFile") -> Iterator[str]:
    """The sources that the file cites."""
    from glasstown import sources
    from glasstown.policy import known

    own = {row.id: (row.title, row.address, row.opened, row.note) for row in policy.source}
    package = {name: (row.title, row.address, row.opened, row.note) for name, row in sources.load().items()}
    listed = {name: own.get(name) or package.get(name) for name in sorted({*known.cited(policy), *own})}
    if not listed:
        return
    yield from ("## Sources", "")
    for name, row in listed.items():
        if row is not None:
            title, address, opened, note = row
            linked = f"[{title}]({address})" if address else title
            yield f"- `{name}`: {linked}, opened {opened}. {_flow(note)}"


def _flow(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())
