"""Which doors close, who waits, who is turned away, and what follows for income, work and children."""

from collections.abc import Sequence
from typing import Any

from glasstown.report import figures, words
from glasstown.report.parts import Figure, Reading, Row, Section, differs, level_table, pictured
from glasstown.report.theme import BLUE, FAINT, INK, WIDTH, as_svg, data

TURNED_AWAY = ("doors_closed", "refused_at_discretion", "waiting_favoured", "waiting_others", "cold_ties", "isolated")
BURDENS = ("income", "jobless", "in_hardship", "children_in_hardship", "shown", "shown_wrongly")
BURDENED, TURNED = "Income, work, children, exposure", "Closed doors, queues, and those who turn away"


def doors(reading: Reading) -> Section:
    """Doors closed, and what follows for income, work and children."""
    heading, made, text = "Which doors close?", [], []
    rows = [{**row, "gate": words.gate_name(row["gate"])} for row in reading.table("doors")]
    shut = [row["gate"] for row in rows if not (row["policy"] or row["twin"])]
    same = [row["gate"] for row in rows if row["policy"] == row["twin"] and row["gate"] not in shut]
    rows = [row for row in rows if row["gate"] not in (*shut, *same)]
    text += [words.say(message, gates=", ".join(gates)) for message, gates in (("doors_none", shut), ("doors_same", same)) if gates]
    if rows:
        changes = "; ".join(words.say("door" if differs(row) else "door_none", **_door(row)) for row in rows)
        caption = words.say("doors_caption", changes=changes)
        svg = as_svg(_chart(rows), heading, caption, "doors")
        head = ["Gate", "With the policy", "Twin town", "Difference, low", "Difference, high"]
        table = level_table(rows, "Refusals per 1,000 adults and year", head, ["gate", "policy", "twin", "low", "high"])
        made.append(Figure(svg, caption, table))
    for names, title, name in ((TURNED_AWAY, TURNED, "turned-away"), (BURDENS, BURDENED, "burdens")):
        drawn, said = pictured(reading.outcomes(names), title, name, heading=title)
        made, text = [*made, *drawn], [*text, *said]
    return Section("doors", heading, text=text if made or text else [words.say("absent")], figures=made)


def _door(row: Row) -> dict[str, str]:
    places = min(words.decimals(float(row["policy"]), float(row["twin"])), 2)
    return {"gate": row["gate"], "policy": words.number(row["policy"], places), "twin": words.number(row["twin"], places)}


def _chart(rows: Sequence[Row]) -> Any:
    """Refusals at each gate, policy against twin; every gate has its own scale, which begins at zero.

    `low` and `high` are of the paired difference; they are drawn around the policy's dot.
    """
    import altair as alt

    kinds = ["with the policy", "twin town, ordinary law"]
    shape = alt.Shape("town:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]))
    fill = alt.Fill("town:N", scale=alt.Scale(domain=kinds, range=[BLUE, "white"]))
    charts = []
    for position, row in enumerate(rows):
        last = position == len(rows) - 1
        ends = [row["policy"], row["twin"], row["twin"] + (row.get("high") or 0)]
        title = "Refusals per 1,000 adults and year" if last else ""
        x = alt.X("value:Q", title=title, scale=alt.Scale(domain=[0, 1.08 * max(ends) or 1], nice=False), axis=alt.Axis(tickCount=5))
        y = alt.Y("label:N", title=None, axis=figures.label_axis(110, offset=8))
        label = row["gate"]
        points = [
            {"label": label, "town": kinds[0], "value": row["policy"]},
            {"label": label, "town": kinds[1], "value": row["twin"]},
        ]
        between = {"label": label, "twin": row["twin"], "policy": row["policy"]}
        layers = [
            alt.Chart(data([between])).mark_rule(color=FAINT, strokeWidth=5).encode(x=alt.X("twin:Q", title=title), x2="policy:Q", y=y)
        ]
        if row.get("low") is not None:
            layers.append(
                alt.Chart(data([{"label": label, "low": row["twin"] + row["low"], "high": row["twin"] + row["high"]}]))
                .mark_rule(color=BLUE, strokeWidth=1.4)
                .encode(x=alt.X("low:Q", title=title), x2="high:Q", y=y)
            )
        mark = alt.Chart(data(points)).mark_point(size=90, opacity=1, stroke=INK, strokeWidth=1.3)
        layers.append(mark.encode(x=x, y=y, shape=shape, fill=fill))
        charts.append(alt.layer(*layers).properties(width=WIDTH - 170, height=26))
    return alt.vconcat(*charts, spacing=4)
