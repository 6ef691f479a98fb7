"""What the law says of a policy, in words: for the report, the terminal and docs/law.md. It never says that a policy is lawful."""

from collections.abc import Iterable, Sequence
from typing import Any

from glasstown.law import asking, canada, judging, models
from glasstown.law.canada_reading import Answered, level_words
from glasstown.law.judging import Judged, Tested
from glasstown.report import words
from glasstown.report.parts import Reading, Section, Table

HEADING = "What the law says"
KINDS = {"binding": "binding law", "guidance": "guidance", "tool": "tool"}
HEAVIEST = 6  # open questions that are named
UNITS = {"met": "met", "review": "for review", "cannot be told": "cannot be told", "not met": "not met"}
HEAD = ["Clause, and its conditions", "Answer", "What it says, and the words of the file that were tested"]


def applies(clause: models.Clause) -> str:
    """From when a clause applies."""
    later = clause.in_force.removeprefix("not yet: ")
    return f"not yet, from {later}" if later != clause.in_force else f"since {later}"


def tested(rows: Sequence[Tested], seen: set[str]) -> list[str]:
    """Conditions with their answers and the policy's words, which are said once for all clauses that share ``seen``."""
    fresh = [row for row in rows if row.name not in seen]
    old = [f"{_condition(row)}: {row.finding.answer}" for row in rows if row.name in seen]
    seen.update(row.name for row in rows)
    said = [f"- {_condition(row)}: {row.finding.answer} ({'; '.join(row.finding.words)})" for row in fresh]
    return [*said, *([f"- as above: {'; '.join(old)}"] if old else [])]


def _condition(row: Tested) -> str:
    lead = {"asks": "asked for: ", "unless": "unless "}.get(row.role, "")
    return f"{lead}{row.title}"


def why(judged: Judged, seen: set[str]) -> list[str]:
    """What settles a clause, or what it hangs on; where it can apply, what would follow and what it asks for."""
    if judged.verdict == "not met":
        return tested(judged.settled_by()[:1], seen)
    shown, asks = judged.of("all", "any", "unless", "review"), judged.of("asks")
    ends = "" if judged.clause.consequence.endswith("?") else "."
    follows = f"{judged.clause.consequence}{ends}"
    if judged.verdict == "met":
        return [f"Follows: {follows}", *tested([*shown, *asks], seen)]
    hangs = judged.open()
    rest = [row for row in shown if row not in hangs]
    return [f"Would follow: {follows} It hangs on:", *tested(hangs, seen), "Beside that:", *tested([*rest, *asks], seen)]


def counted(rows: Sequence[Judged]) -> str:
    """How many clauses came out how."""
    found = [(sum(row.verdict == verdict for row in rows), UNITS[verdict]) for verdict in judging.VERDICTS]
    return ", ".join(f"{count} {unit}" for count, unit in found if count)


def questionnaire(answered: Answered) -> list[str]:
    """The Canadian level, the sums behind it, and the open questions that move it most."""
    result, texts = answered.result, {row.id: row.text for row in canada.survey().questions()}
    said = [
        words.say("law_level", level=level_words(result.level.low, result.level.high), score=_span(result.score), raw=_span(result.raw),
                  most=canada.maximum("risk"), mitigation=_span(result.mitigation), half=canada.maximum("mitigation") // 2)
    ]  # fmt: skip
    if answered.derived:
        settled = "; ".join(f"{name} = {' + '.join(answers)} ({found})" for name, answers, found in answered.derived)
        said.append(words.say("law_derived", count=len(answered.derived), settled=settled))
    if result.open:
        named = "; ".join(f"{name}: {texts[name]} ({points})" for name, points in result.open[:HEAVIEST])
        said.append(words.say("law_open", count=len(result.open), named=named))
    return said


def section(reading: Reading) -> Section:
    """The section of the report: body by body what is met or for review, a table of all conditions, and Canada's questionnaire."""
    judged = judging.judge(reading.policy, reading.deeds(), reading.law())
    groups, tables = [], []
    for body, rows in judged:
        named = [in_short(row) for row in rows if row.verdict in ("met", "review") or row.clause.leading]
        groups.append(
            (f"{body.place}: {body.short}", [words.say("law_body", title=body.title, kind=KINDS[body.kind], counted=counted(rows)), *named])
        )
        tables.append(
            Table(words.say("law_table", body=body.short), HEAD, [cells for row in rows for cells in _cells(body, row)], words=len(HEAD))
        )
    answered = judging.answered(reading.policy, reading.deeds(), reading.law())
    groups += [("Canada's questionnaire", questionnaire(answered))] if answered is not None else []
    return Section("law", HEADING, text=[judging.NOTICE, words.say("law_text")], groups=groups, tables=tables)


def in_short(row: Judged) -> str:
    """A clause in a sentence: what came out, what follows, and what it hangs on."""
    clause, mark = row.clause, "" if row.clause.title.endswith("?") else ":"
    said = f"{clause.title}{mark} {clause.consequence} ({clause.article}, {applies(clause)}): {UNITS[row.verdict]}"
    hangs = "; ".join(_condition(one) for one in row.open())
    return f"{said}; it hangs on: {hangs}." if row.verdict == "cannot be told" else f"{said}."


def _cells(body: models.Body, row: Judged) -> list[list[str]]:
    """A row for the clause, and one for each of its conditions."""
    titles, clause = {source.id: source.title for source in body.source}, row.clause
    sources = "; ".join(titles[name] for name in clause.source)
    first = [
        f"{clause.article}: {clause.title}",
        row.verdict,
        f"{clause.says} Caveat: {clause.caveat} Sources: {sources}. Applies {applies(clause)}.",
    ]
    return [first, *([f"\N{EN DASH} {_condition(one)}", one.finding.answer, "; ".join(one.finding.words)] for one in row.tested)]


def _span(span: canada.Range) -> str:
    return str(span.low) if span.low == span.high else f"{span.low} to {span.high}"


# ---- docs/law.md ---------------------------------------------------------------------------------------------------------


def clauses() -> str:
    """Every clause of every body of law, with its conditions, date, caveat and sources."""
    return "\n".join(_body(body) for body in models.bodies())


def _body(body: models.Body) -> str:
    lines = [f"### {body.place}: {body.title}", "", f"{KINDS[body.kind].capitalize()}, read as of {body.as_of}.", ""]
    lines += [*(f"- {caveat}" for caveat in body.caveats), ""]
    for clause in body.clause:
        lines += [f"**{clause.title}** (`{clause.id}`, {clause.article}; {applies(clause)}). {clause.says}", ""]
        lines += [*_conditions(clause), f"- Follows: {clause.consequence}.", f"- Caveat: {clause.caveat}"]
        lines += [f"- Sources: {', '.join(f'`{name}`' for name in clause.source)}.", ""]
    lines += ["Sources:", ""]
    lines += [f"- `{row.id}`: [{row.title}]({row.address}), opened {row.opened}. {row.note}" for row in body.source]
    return "\n".join(lines) + "\n"


def _conditions(clause: models.Clause) -> Iterable[str]:
    named = {"all": "All of", "any": "At least one of", "unless": "Unless", "review": "For review if", "asks": "It then asks whether"}
    questions = asking.registry()
    for role, lead in named.items():
        if names := getattr(clause, role):
            yield f"- {lead}: " + "; ".join(f"`{name}` ({questions[name].title})" for name in names) + "."


def questions() -> str:
    """Every question of the registry, and what settles it."""
    from glasstown.report.documents import markdown

    rows = ([f"`{row.name}`", row.title, (row.test.__doc__ or "").strip()] for row in asking.registry().values())
    return markdown(["Question", "It asks whether", "What settles it"], rows)


def facts() -> str:
    """Every fact that the table [law] can declare."""
    from glasstown.policy.declared import Declared
    from glasstown.report.documents import markdown

    rows: list[list[Any]] = [[f"`{name}`", field.description or ""] for name, field in Declared.model_fields.items()]
    return markdown(["Key of `[law]`", "What it means"], rows)


def survey() -> str:
    """The questions of the Canadian questionnaire that weigh anything, with their answers."""
    from glasstown.report.documents import markdown

    rows = (
        [f"`{row.id}`", section.title, row.text, "; ".join(f"`{name}` {text}" for name, text in row.answers.items()), row.most()]
        for section in canada.survey().section for row in section.question if row.most()
    )  # fmt: skip
    return markdown(["Question", "About", "In our words", "Answers", "At most"], rows)
