"""Tirole 2021, as signs: open dissent and cold ties by how much people care for their image, in three worlds."""

from typing import Any

from glasstown.report.theme import BLUE, INK, VERMILLION, WIDTH, data

TITLE = "One score for everything"
DESCRIPTION = (
    "Two panels by how much people care for their image. Left, the share who openly dissent: level in a world with two scores, falling "
    "where one score holds politics too, and lower still where people answer for those they know. Right, the share of ties gone cold "
    "after a year: highest by far with guilt by association. Only the order of the lines is published; the numbers are ours."
)
WORLDS = ("two scores", "one score", "one score, guilt by association")
PANELS = (("dissenting", "Openly dissent", "Dissent falls without a sanction"), ("cold", "Ties gone cold", "Ties break"))


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """A panel for dissent, one for ties."""
    import altair as alt

    return alt.hconcat(*[_panel(series, *panel) for panel in PANELS], spacing=30)


def _panel(series: dict[str, dict[str, list[Any]]], column: str, axis: str, title: str) -> Any:
    import altair as alt

    rows = [
        {"image": one, "value": other, "world": world}
        for world in WORLDS
        for one, other in zip(series[world]["image"], series[world][column], strict=True)
    ]
    x = alt.X("image:Q", title="How much people care for their image", axis=alt.Axis(grid=False, tickCount=5))
    y = alt.Y("value:Q", title=axis, axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 0.5]))
    legend = alt.Legend(columns=3)
    colour = alt.Color("world:N", scale=alt.Scale(domain=list(WORLDS), range=[INK, BLUE, VERMILLION]), legend=legend)
    dash = alt.StrokeDash("world:N", scale=alt.Scale(domain=list(WORLDS), range=[[1, 0], [6, 3], [2, 2]]), legend=legend)
    line = alt.Chart(data(rows)).mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour, strokeDash=dash)
    return line.properties(width=(WIDTH - 150) // 2, height=210, title=alt.Title(title, fontSize=12, anchor="start"))
