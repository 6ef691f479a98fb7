"""Ye et al. 2019: what four people think and what they say, step by step, with the limits."""

from typing import Any

from glasstown.report.theme import BLUE, INK, ORANGE, VERMILLION, WIDTH, data

TITLE = "What is thought and what is said"
DESCRIPTION = (
    "Two panels with a line for each of four people over 20 steps. Left, what they think: two who began at 25 rise to about 58, one stays "
    "at 75, one begins at 85 and ends just below 75. Right, what they say: the lines end nearer together, from about 60 to 74. Diamonds "
    "mark the limits solved from the equations; every line ends in its diamond."
)
PEOPLE = ("Person 1 (starts at 25)", "Person 2 (starts at 25)", "Person 3 (stays at 75)", "Person 4 (starts at 85)")
HUES, DASHES = (BLUE, ORANGE, INK, VERMILLION), ([1, 0], [6, 3], [2, 3], [10, 3, 2, 3])
PANELS = {"private": "What they think (private)", "expressed": "What they say (expressed)"}


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Private opinions left, expressed ones right."""
    import altair as alt

    paths, limits = series["paths"], series["limits"]
    panels: list[Any] = []
    last = max(paths["step"])
    colour = alt.Color("person:N", scale=alt.Scale(domain=PEOPLE, range=HUES), legend=alt.Legend(columns=2))
    dash = alt.StrokeDash("person:N", scale=alt.Scale(domain=PEOPLE, range=DASHES))
    x = alt.X("step:Q", title="Step", scale=alt.Scale(domain=[0, last + 1], nice=False), axis=alt.Axis(grid=False, tickCount=5))
    for what, title in PANELS.items():
        name = "Opinion, 0 to 100" if not panels else None
        y = alt.Y("opinion:Q", title=name, scale=alt.Scale(domain=[20, 90]), axis=alt.Axis(tickCount=7))
        rows = [
            {"step": step, "person": PEOPLE[person - 1], "opinion": round(value, 3)}
            for step, person, value in zip(paths["step"], paths["person"], paths[what], strict=True)
        ]
        ends = [
            {"step": last + 0.4, "person": PEOPLE[person - 1], "opinion": round(value, 3)}
            for person, value in zip(limits["person"], limits[what], strict=True)
        ]
        lines = alt.Chart(data(rows)).mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash)
        marks = alt.Chart(data(ends)).mark_point(shape="diamond", filled=True, size=90, opacity=1).encode(x=x, y=y, color=colour)
        head = alt.Title(title, fontSize=12, anchor="start")
        panels.append(alt.layer(lines, marks).properties(width=(WIDTH - 130) // 2, height=230, title=head))
    return alt.hconcat(*panels, spacing=30)
