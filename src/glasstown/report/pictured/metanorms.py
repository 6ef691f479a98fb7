"""Axelrod 1986, Galan and Izquierdo 2005: what becomes of a norm, by generation, with and without metanorms."""

from typing import Any

from glasstown.report.theme import BLUE, FAINT, INK, VERMILLION, WIDTH, data

TITLE = "A norm that is enforced, and a norm that enforces itself"
DESCRIPTION = (
    "The share of 200 runs by generation, on a logarithmic axis from 10 to 3,000. Without metanorms few norms have collapsed at generation "
    "100, and nearly all have at generation 1,000. With metanorms more than nine in ten are established from generation 30 on. Values that "
    "another implementation gave earlier are marked."
)
KINDS = ("norm collapsed, without metanorms", "norm established, with metanorms")
HUES = (VERMILLION, BLUE)
EARLIER = ((100, 0.145, KINDS[0]), (3000, 0.988, KINDS[0]), (3000, 0.943, KINDS[1]))


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Two lines, and what was measured before."""
    import altair as alt

    columns = series["over time"]
    lines = [
        {"generation": generation, "share": share, "kind": kind}
        for kind, name in zip(KINDS, ("collapsed", "established"), strict=True)
        for generation, share in zip(columns["generation"], columns[name], strict=True)
    ]
    marks = [{"generation": generation, "share": share, "kind": kind} for generation, share, kind in EARLIER]
    x = alt.X("generation:Q", title="Generation", scale=alt.Scale(type="log", domain=[10, 3400]),
              axis=alt.Axis(values=[10, 30, 100, 300, 1000, 3000], grid=False))  # fmt: skip
    y = alt.Y("share:Q", title="Share of runs", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(tickCount=5))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(HUES)), legend=alt.Legend(columns=2))
    dash = alt.StrokeDash("kind:N", scale=alt.Scale(domain=list(KINDS), range=[[1, 0], [6, 3]]))
    curve = alt.Chart(data(lines)).mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash)
    points = alt.Chart(data(marks)).mark_point(shape="diamond", size=120, filled=True, opacity=1, stroke=INK, strokeWidth=1)
    stop = [{"generation": 100, "share": 0.52, "text": "where Axelrod stopped"}]
    rule = alt.Chart(data(stop)).mark_rule(color=FAINT, strokeDash=[4, 3]).encode(x=x)
    text = alt.Chart(data(stop)).mark_text(align="right", dx=-8).encode(x=x, y=y, text="text:N")
    note = alt.Chart(data([{"generation": 1050, "share": 0.12, "text": "diamonds: earlier values"}])).mark_text(align="left", dx=-30)
    layers = [points.encode(x=x, y=y, color=colour), text, note.encode(x=x, y=y, text="text:N")]
    return alt.layer(rule, curve, *layers).properties(width=WIDTH - 90, height=260)
