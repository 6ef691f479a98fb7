"""Granovetter 1978, figure 2: the equilibrium number who join by the spread of thresholds."""

from typing import Any

from glasstown.report.theme import BLUE, FAINT, INK, VERMILLION, WIDTH, data

TITLE = "How many join, by how far thresholds spread"
DESCRIPTION = (
    "The share who march when nobody changes her mind any more, by the standard deviation of normal thresholds of mean 25 per cent. It "
    "stays near nothing up to a deviation of 12.2, where it is about 6 per cent, jumps to nearly 100 per cent there, and falls slowly to "
    "66 per cent at a deviation of 100. The values of the closed form and crowds of 100,000 people lie on the curve."
)
KINDS = ("glasstown, a share of the crowd", "glasstown, 100,000 people", "closed form")
JUMP = 12.2221


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """The curve as in the paper's figure, with its jump marked."""
    import altair as alt

    x = alt.X("sigma:Q", title="Standard deviation of thresholds, per cent", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(grid=False))
    y = alt.Y(
        "marching:Q", title="Who march at equilibrium, per cent", scale=alt.Scale(domain=[0, 105], nice=False), axis=alt.Axis(tickCount=5)
    )
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=[BLUE, INK, VERMILLION]), legend=alt.Legend(columns=3))
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=list(KINDS), range=["stroke", "circle", "diamond"]))
    curve = alt.Chart(data(_rows(series["equilibria"], KINDS[0]))).mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour)
    people = alt.Chart(data(_rows(series["crowds"], KINDS[1]))).mark_point(size=130, filled=True, opacity=1)
    exact = alt.Chart(data(_rows(series["published"], KINDS[2]))).mark_point(size=40, filled=True, opacity=1)
    jump = [
        {"sigma": JUMP, "marching": 50, "text": "published: at 12.2 it jumps"},
        {"sigma": JUMP, "marching": 43, "text": "from about 6 to nearly 100"},
    ]
    line = alt.Chart(data(jump[:1])).mark_rule(color=FAINT, strokeDash=[4, 3]).encode(x=x)
    text = alt.Chart(data(jump)).mark_text(align="left", dx=10).encode(x=x, y=y, text="text:N")
    points = [each.encode(x=x, y=y, color=colour, shape=shape) for each in (people, exact)]
    return alt.layer(line, curve, *points, text).properties(width=WIDTH - 90, height=300)


def _rows(columns: dict[str, list[Any]], kind: str) -> list[dict[str, Any]]:
    """Rows of one kind."""
    return [{"sigma": each, "marching": value, "kind": kind} for each, value in zip(columns["sigma"], columns["marching"], strict=True)]
