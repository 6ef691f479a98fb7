"""Chassang and Padro i Miquel 2019, as a sign: what is reported by how closely an authority answers reports."""

from typing import Any

from glasstown.report.theme import BLUE, INK, ORANGE, VERMILLION, WIDTH, data

TITLE = "Who acts on reports only hears of nothing"
DESCRIPTION = (
    "The share of wrongs that are reported, by how closely the authority answers reports. Without retaliation it rises all the way. With "
    "retaliation it rises to a maximum at about 42 % and falls to nothing at full responsiveness. Where carrying out a threat costs "
    "nothing, nothing is ever reported. Our agents lie on the lines. Only the interior maximum is published; the numbers are ours."
)
WORLDS = {"no retaliation": (BLUE, [6, 3]), "retaliation": (VERMILLION, [1, 0]), "retaliation that costs nothing": (ORANGE, [2, 2])}


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Exact lines, and agents on them."""
    import altair as alt

    def rows(kind: str) -> list[dict[str, Any]]:
        return [
            {"responsive": one, "reports": other, "world": world, "what": "our agents"}
            for world in WORLDS
            for found in [series[f"{kind}, {world}"]]
            for one, other in zip(found["responsive"], found["reports"], strict=True)
        ]

    order = list(WORLDS)
    axis = alt.Axis(format="%", grid=False, tickCount=6)
    title = "Responsiveness: by how much a report raises the chance of an intervention (100 %: none without)"
    x = alt.X("responsive:Q", title=title, axis=axis)
    y = alt.Y("reports:Q", title="Of wrongs, reported", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 0.85]))
    lines = alt.Chart(data(rows("exact"))).mark_line(strokeWidth=2.2).encode(
        x=x, y=y,
        color=alt.Color("world:N", scale=alt.Scale(domain=order, range=[hue for hue, _ in WORLDS.values()])),
        strokeDash=alt.StrokeDash("world:N", scale=alt.Scale(domain=order, range=[dash for _, dash in WORLDS.values()])),
    )  # fmt: skip
    fill = alt.Fill("what:N", scale=alt.Scale(domain=["our agents"], range=[INK]), legend=alt.Legend(symbolStrokeWidth=0))
    points = alt.Chart(data(rows("agents"))).mark_point(shape="circle", size=32, opacity=1, strokeWidth=0).encode(x=x, y=y, fill=fill)
    return alt.layer(lines, points).properties(width=WIDTH - 90, height=250)
