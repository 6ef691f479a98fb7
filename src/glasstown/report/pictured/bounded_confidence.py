"""Bounded confidence: how many clusters are left by how far people listen, and the paths of opinions that end in them."""

from typing import Any

TITLE = "Bounded confidence: how far people listen, and how many clusters are left"
DESCRIPTION = (
    "Above, paths of opinions from an even spread between 0 and 1, everybody moving at once to the mean of those near her: with a reach of "
    "0.1 and of 0.15 they end in three clusters, with 0.2 in one after 40 steps, held together by a few in the middle. Below, the mean "
    "number of clusters where pairs meet, by reach: our rings lie on the crosses of the reference runs, from 8.4 at a reach of 0.05 to one "
    "at 0.3 and above; they follow the line of the rule of thumb, one over twice the reach, from a little below."
)


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Paths to clusters for three reaches, above clusters by reach with the reference and the rule of thumb."""
    import altair as alt

    paths = [_paths(alt, series["line"], reach, place == 0) for place, reach in enumerate(sorted(set(series["line"]["reach"])))]
    return alt.vconcat(alt.hconcat(*paths, spacing=16), _clusters(alt, series["pairs"]), spacing=18)


def _paths(alt: Any, line: dict[str, list[Any]], reach: float, leftmost: bool) -> Any:
    from glasstown.report.theme import BLUE, data

    found = zip(*(line[key] for key in ("reach", "step", "person", "opinion")), strict=True)
    of_this = [{"step": step, "opinion": opinion, "person": person} for far, step, person, opinion in found if far == reach]
    ends = {row["person"]: row["opinion"] for row in of_this}
    last = max(row["step"] for row in of_this if row["opinion"] != ends[row["person"]])
    rows = [row for row in of_this if row["step"] <= last + 3]
    x = alt.X("step:Q", title="Step", axis=alt.Axis(grid=False, tickCount=4), scale=alt.Scale(nice=False))
    y = alt.Y("opinion:Q", title="Opinion" if leftmost else None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(tickCount=5))
    head = alt.Title(f"Reach {reach:g}", fontSize=12, anchor="start")
    lines = alt.Chart(data(rows)).mark_line(color=BLUE, strokeWidth=1).encode(x=x, y=y, detail="person:N")
    return lines.properties(width=162, height=170, title=head)


def _clusters(alt: Any, pairs: dict[str, list[Any]]) -> Any:
    from glasstown.report.theme import BLUE, INK, VERMILLION, WIDTH, data

    kinds = ["Ours", "Reference runs"]
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "cross"]))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[BLUE, VERMILLION]))
    x = alt.X("reach:Q", title="Reach: how far apart two may think and still listen", scale=alt.Scale(domain=[0, 0.52], nice=False))
    y = alt.Y("clusters:Q", title="Clusters left, mean", scale=alt.Scale(domain=[0, 10]), axis=alt.Axis(tickCount=5))
    thumb = [{"reach": 0.05 + step / 200, "clusters": 1 / (2 * (0.05 + step / 200))} for step in range(91)]
    line = alt.Chart(data(thumb)).mark_line(color=INK, strokeDash=[4, 3], strokeWidth=1.2).encode(x=x, y=y)
    layers = [line]
    for kind, key, size in zip(kinds, ("ours", "target"), (170, 36), strict=True):
        rows = [{"reach": far, "clusters": count, "kind": kind} for far, count in zip(pairs["reach"], pairs[key], strict=True)]
        points = alt.Chart(data(rows)).mark_point(size=size, opacity=1, strokeWidth=2)
        layers.append(points.encode(x=x, y=y, shape=shape, color=colour))
    named = alt.Chart(data([{"reach": 0.085, "clusters": 6.6, "text": "Rule of thumb: 1 / (2 x reach)"}]))
    text = named.mark_text(align="left").encode(x=x, y=y, text="text:N")
    return alt.layer(*layers, text).properties(width=WIDTH - 60, height=190)
