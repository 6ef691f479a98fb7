"""Tsebelis 1989: how often is violated and how often is inspected, by the fine."""

from typing import Any

from glasstown.report.theme import BLUE, VERMILLION, WIDTH, data

TITLE = "A higher fine, fewer inspections, as many violations"
DESCRIPTION = (
    "The share of violations and of inspections under fictitious play, by the fine, on a logarithmic axis from 2 to 50. Violations stay at "
    "one in four whatever the fine; inspections fall from one in two to one in fifty. The runs lie on the mixed equilibrium of the game."
)
KINDS = ("violations", "inspections")
HUES = {"violations": VERMILLION, "inspections": BLUE}
GAIN, VIOLATIONS = 1.0, 0.25  # g, and k / R


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """The equilibrium as lines, ours as marks."""
    import altair as alt

    columns = series["fictitious play"]
    fines = [2 * 1.05**step for step in range(67)]
    lines = [{"fine": fine, "share": GAIN / fine, "kind": "inspections"} for fine in fines]
    lines += [{"fine": fine, "share": VIOLATIONS, "kind": "violations"} for fine in (fines[0], fines[-1])]
    marks = [
        {"fine": fine, "share": share, "kind": kind} for kind in KINDS for fine, share in zip(columns["fine"], columns[kind], strict=True)
    ]
    texts = [{"fine": 12, "share": 0.28, "kind": "violations", "text": "violations: cost / reward of an inspection"},
             {"fine": 7, "share": 0.17, "kind": "inspections", "text": "inspections: gain / fine"}]  # fmt: skip
    x = alt.X("fine:Q", title="Fine, in units of the gain", scale=alt.Scale(type="log", domain=[1.8, 55]),
              axis=alt.Axis(values=[2, 5, 10, 20, 50], grid=False))  # fmt: skip
    y = alt.Y("share:Q", title="Share of all steps", scale=alt.Scale(domain=[0, 0.55]), axis=alt.Axis(tickCount=6, format=".1f"))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(HUES), range=list(HUES.values())), legend=None)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=list(KINDS), range=["diamond", "circle"]), legend=None)
    curve = alt.Chart(data(lines)).mark_line(strokeWidth=1.8).encode(x=x, y=y, color=colour)
    points = alt.Chart(data(marks)).mark_point(size=90, filled=True, opacity=1).encode(x=x, y=y, color=colour, shape=shape)
    text = alt.Chart(data(texts)).mark_text(align="left").encode(x=x, y=y, text="text:N")
    return alt.layer(curve, points, text).properties(width=WIDTH - 90, height=230)
