"""The ledger of a pair of towns as a table: each row one thing that was written down of somebody, with what is true of it.

posted + recovered = live + folded + expired + reversed + decayed + capped, for every citizen; live is what her entries hold on the last
day.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from glasstown import world
from glasstown.engine import ears
from glasstown.report.names import Names, deserved
from glasstown.world import NOTHING

ENTRIES = ("posted", "recovered", "capped", "folded", "expired", "decayed", "reversed")  # kinds of rows that move points
LISTS = ("listed", "left")
GROUNDS = ("term", "performance", "closure", "appeal", "power", "audit", "end")  # by number: world.BY_, then ears.BY_
COLUMNS = {  # column -> type, and what it means: docs/glossary.md, "ledger"
    "citizen": "Int32", "day": "Int32", "arm": "String", "kind": "String", "rule": "Int16", "deed": "String", "list": "String",
    "points": "Int32", "sensor": "String", "origin": "String", "deserved": "Boolean", "score": "Int32", "ground": "String",
}  # fmt: skip


def rows(names: Names, events: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows in the order of the events; who reported an entry is remembered by its slot, and what an audit ends by its list."""
    reported: dict[tuple[int, int], int] = {}
    audited: set[tuple[int, int]] = set()  # stays that an audit ends: the list itself only holds that an error was found
    scores = bool(names.case.policy.score["scores"][0])
    for event in events:
        d, what = event.details, event.what
        if what in ENTRIES:
            slot = (event.citizen, d["slot"])
            if what in ("posted", "capped"):
                reported[slot] = d["sensor"]
            sensor = reported.get(slot, NOTHING)
            score = d["score"] if scores else None
            rule = d["rule"] if d["rule"] != NOTHING else None  # none: of what was folded, some ran out
            yield row(names, event, rule, None, d["points"], sensor, score, GROUNDS[d["ground"]] if what == "reversed" else None)
        elif what == "exit" and d["ground"] == ears.BY_AUDIT:
            audited.add((event.citizen, d["list"]))
        elif what in LISTS:
            number = ears.BY_AUDIT if what == "left" and (event.citizen, d["list"]) in audited else d.get("ground", world.BY_TERM)
            audited.discard((event.citizen, d["list"]))
            ground = GROUNDS[number] if what == "left" else None
            yield row(names, event, None, names.policy.list[d["list"]].name, None, d.get("sensor", NOTHING), None, ground)


def row(names: Names, event: Any, rule: Any, listed: Any, points: Any, sensor: int, score: Any, ground: Any) -> tuple[Any, ...]:
    """One row, in the order of COLUMNS."""
    d = event.details
    origin = world.ORIGINS[d["origin"]] if d["origin"] else None
    by = names.sensor_key(sensor) or None if sensor != NOTHING else None
    deed = names.key(d["deed"]) or None
    return (
        event.citizen, event.day, event.arm, event.what, rule, deed, listed, points, by, origin, deserved(d["origin"]), score, ground,
    )  # fmt: skip


def frame(request: Any, replayed: Any) -> Any:
    """The ledger as a polars frame, sorted by citizen, then in the order of events."""
    import polars

    names = Names(request, replayed.case)
    schema = {column: getattr(polars, kind) for column, kind in COLUMNS.items()}
    made = polars.DataFrame(list(rows(names, replayed.events)), schema=schema, orient="row")
    return made.sort("citizen", "day", maintain_order=True)
