"""Benabou and Tirole: how many take part by how much people care for their image."""

from typing import Any

from glasstown.report.theme import BLUE, INK, ORANGE, VERMILLION, WIDTH, data

TITLE = "Taking part for one's image"
DESCRIPTION = (
    "The share of people who take part, by how much they care for their image, in two societies that differ in what people would do "
    "unseen. Both curves rise: the even one in a straight line from 20 % to 70 %, the exponential one from 14 % to 53 %. Our agents lie "
    "on the exact curves, and so do the two target values."
)
NAMES = {"even": "values even on [0, 1], cost .8", "exponential": "exponential values, cost 2"}
MARKS = ("our agents", "target value")


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Exact curves, agents on them, and the two cases with a known number."""
    import altair as alt

    def rows(name: str, **more: str) -> list[dict[str, Any]]:
        found = series[name]
        return [{"weight": one, "part": other, **more} for one, other in zip(found["weight"], found["participation"], strict=True)]

    lines = [row for name, said in NAMES.items() for row in rows(f"exact, {name}", case=said)]
    marks = [row for name in NAMES for row in rows(f"agents, {name}", what=MARKS[0])] + rows("published", what=MARKS[1])
    order = list(NAMES.values())
    x = alt.X(
        "weight:Q", title="How much people care for their image (1: as much as for what they do)", axis=alt.Axis(grid=False, tickCount=6)
    )
    y = alt.Y("part:Q", title="Take part", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 0.8]))
    curve = alt.Chart(data(lines)).mark_line(strokeWidth=2.2).encode(
        x=x, y=y,
        color=alt.Color("case:N", scale=alt.Scale(domain=order, range=[BLUE, ORANGE])),
        strokeDash=alt.StrokeDash("case:N", scale=alt.Scale(domain=order, range=[[1, 0], [6, 3]])),
    )  # fmt: skip
    legend = alt.Legend(symbolStrokeWidth=0)
    shape = alt.Shape("what:N", scale=alt.Scale(domain=list(MARKS), range=["circle", "diamond"]), legend=legend)
    fill = alt.Fill("what:N", scale=alt.Scale(domain=list(MARKS), range=[INK, VERMILLION]), legend=legend)
    points = alt.Chart(data(marks)).mark_point(size=75, opacity=1, strokeWidth=0).encode(x=x, y=y, shape=shape, fill=fill)
    return alt.layer(curve, points).properties(width=WIDTH - 90, height=240)
