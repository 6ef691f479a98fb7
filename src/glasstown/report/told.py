"""Three lives for the report: telling people of the first pair, each lived again and told in both towns."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glasstown.study.case import Request

Row = dict[str, Any]
KINDS = (  # in this order, until three are found
    "wrongly_listed", "silenced", "deterred", "denounced", "detained_wrongly", "child_of_detained", "pariah", "child_of_listed", "typical",
)  # fmt: skip
LIVES = 3
LINES = 12  # sentences told of a life; the command tells all
MOST_PEOPLE = 20_000  # above this a report is not worth living a pair twice more


def lives(request: "Request") -> list[Row]:
    """Up to three lives: kind, title, citizen, and the sentences of both towns; none for towns of more than MOST_PEOPLE."""
    from glasstown.engine import follow
    from glasstown.report import biography
    from glasstown.study import telling

    if request.people > MOST_PEOPLE or not request.policy.rule:
        return []
    case = request.case(0)
    worlds, _ = follow.follow(case, ())
    found: dict[int, Any] = {}
    for kind in KINDS:
        picked = telling.find(worlds, case, kind)
        if picked.citizen is not None and len(found) < LIVES:
            found.setdefault(picked.citizen, picked)
    close = {citizen: biography.followed(case.society.people, citizen) for citizen in found}
    _, events = follow.follow(case, sorted({somebody for group in close.values() for somebody in group}))
    rows = []
    for citizen, picked in found.items():
        own = [event for event in events if event.citizen in close[citizen]]
        told = biography.tell(request, case, own, citizen, picked)
        here, there = (sentences(told, life) for life in told.lives)
        rows.append(
            {"kind": picked.kind, "title": picked.looked_for().title.capitalize(), "citizen": citizen, "policy": here, "twin": there}
        )
    return rows


def sentences(told: Any, life: Any) -> list[str]:
    """What happened in one town, day by day, at most LINES of it."""
    lines = [f"{told.date(entry.day)}: {entry.text} {entry.verdict()}".strip() for half in life.halves for entry in half.entries]
    if len(lines) > LINES:
        more = len(lines) - LINES
        return [*lines[:LINES], f"… and {more} more thing{'' if more == 1 else 's'}, told by “glasstown citizen”."]
    return lines
