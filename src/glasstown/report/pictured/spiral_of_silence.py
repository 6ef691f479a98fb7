"""Gaisbauer, Olbrich and Banisch 2020: how two camps move through what speaking is worth to each, and where they come to rest."""

from typing import Any

from glasstown.report.theme import FAINT, INK, QUIET, VERMILLION, WIDTH, data

TITLE = "Two camps that speak or fall silent"
DESCRIPTION = (
    "Six panels, one for each setting of the two camps' cohesion, the response and the cost; across, what speaking is worth to camp a, up, "
    "to camp b. Grey lines start all around and run into the states where they rest, marked by dots; diamonds mark the published states "
    "and lie on the dots. Three settings have one state, in which the more cohesive camp alone speaks; with equal cohesion of .8 there is "
    "also a state in which both do."
)
ACROSS = 3


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """A panel a row of the table, three beside one another."""
    import altair as alt

    paths, states = series["paths"], series["states"]
    panels = [_panel(name, number, paths, states) for number, name in enumerate(dict.fromkeys(states["row"]))]
    return alt.vconcat(*[alt.hconcat(*panels[at : at + ACROSS], spacing=22) for at in range(0, len(panels), ACROSS)], spacing=12)


def _panel(name: str, number: int, columns: dict[str, list[Any]], states: dict[str, list[Any]]) -> Any:
    """Paths, where they end, and the published states."""
    import altair as alt

    kinds = ["Where ours come to rest", "By the published program"]
    last = max(columns["place"])
    rows = [
        {"path": start, "place": place, "a": a, "b": b}
        for row, start, place, a, b in zip(*(columns[key] for key in ("row", "start", "place", "a", "b")), strict=True)
        if row == name
    ]
    told = [(a, b) for row, a, b in zip(states["row"], states["a"], states["b"], strict=True) if row == name]
    ends = {(round(row["a"], 2), round(row["b"], 2)) for row in rows if row["place"] == last}
    x = alt.X("a:Q", title="Worth of speaking, camp a" if number >= ACROSS else None, scale=alt.Scale(domain=[-1, 1]), axis=_axis(alt))
    y = alt.Y("b:Q", title="Worth, camp b" if number % ACROSS == 0 else None, scale=alt.Scale(domain=[-1, 1]), axis=_axis(alt))
    lines = alt.Chart(data(rows)).mark_line(color=QUIET, strokeWidth=1, opacity=0.7).encode(x=x, y=y, detail="path:N", order="place:Q")
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[INK, VERMILLION]))
    marks = [
        alt.Chart(data([{"a": a, "b": b, "kind": kind} for a, b in places]))
        .mark_point(size=size, filled=filled, opacity=1, strokeWidth=2)
        .encode(x=x, y=y, shape=shape, color=colour)
        for kind, places, size, filled in zip(kinds, (sorted(ends), told), (50, 170), (True, False), strict=True)
    ]
    head = alt.Title(name, fontSize=11, anchor="start")
    size = (WIDTH - 150) // ACROSS
    return alt.layer(lines, *marks).properties(width=size, height=size, title=head)


def _axis(alt: Any) -> Any:
    return alt.Axis(tickCount=5, gridColor=FAINT, gridOpacity=0.5)
