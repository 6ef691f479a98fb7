"""Daymude, Axelrod and Forrest 2025: what is said by what is meant (figures 1 and 2), and dissent under an adaptive authority."""

from typing import Any

from glasstown.report.theme import BLUE, INK, ORANGE, VERMILLION, WIDTH, data

TITLE = "Self-censorship, and an authority that adapts"
DESCRIPTION = (
    "Above, dissent expressed by dissent desired: it follows the diagonal up to the tolerance, stays there, and jumps back to the "
    "diagonal under uniform punishment, or is capped under proportional punishment. Below, dissent by round: it falls to almost nothing "
    "where people are timid and rises to all that is desired where they are bold."
)
TURNS = {"uniform": 0.711538, "proportional": 0.625}
HUES = {"uniform, B=2": BLUE, "uniform, B=8": ORANGE, "proportional, B=1": VERMILLION, "proportional, B=3": INK}
DASHES = {"uniform, B=2": [1, 0], "uniform, B=8": [1, 0], "proportional, B=1": [6, 3], "proportional, B=3": [6, 3]}


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Two panels of choices above, the four published runs below."""
    import altair as alt

    choices = alt.hconcat(*[_choices(name, series[name]) for name in TURNS], spacing=40)
    rows = [
        {"round": number, "said": said / 1000, "case": case}
        for case in HUES
        for number, said in zip(series[case]["round"], series[case]["said"], strict=True)
    ]
    colour = alt.Color("case:N", scale=alt.Scale(domain=list(HUES), range=list(HUES.values())), legend=alt.Legend(columns=4))
    dash = alt.StrokeDash("case:N", scale=alt.Scale(domain=list(DASHES), range=list(DASHES.values())))
    x = alt.X("round:Q", title="Round", axis=alt.Axis(grid=False, tickCount=6))
    y = alt.Y("said:Q", title="Dissent of 100,000 people, thousands", axis=alt.Axis(tickCount=5))
    lines = alt.Chart(data(rows)).mark_line(strokeWidth=1.8).encode(x=x, y=y, color=colour, strokeDash=dash)
    made = alt.vconcat(choices, lines.properties(width=WIDTH - 90, height=190), spacing=16)
    return made.resolve_scale(color="independent", strokeDash="independent")


def _choices(name: str, columns: dict[str, list[Any]]) -> Any:
    """Dissent expressed by dissent desired, with the diagonal, and where it turns exactly."""
    import altair as alt

    rows = [{"desired": d, "said": a} for d, a in zip(columns["desired"], columns["said"], strict=True)]
    x = alt.X("desired:Q", title="Dissent desired", axis=alt.Axis(grid=False, tickCount=5), scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("said:Q", title="Dissent expressed", axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0, 1]))
    turn = [{"desired": TURNS[name], "said": TURNS[name], "text": f"exact turn {TURNS[name]:.3f}"}]
    diagonal = alt.Chart(data([{"desired": 0, "said": 0}, {"desired": 1, "said": 1}])).mark_line(
        strokeDash=[2, 3], color=INK, strokeWidth=1
    )
    line = alt.Chart(data(rows)).mark_line(color=BLUE, strokeWidth=2.4)
    mark = alt.Chart(data(turn)).mark_point(size=80, shape="diamond", filled=True, color=VERMILLION, opacity=1)
    text = alt.Chart(data(turn)).mark_text(align="right", dx=-10, dy=-8).encode(text="text:N")
    head = alt.Title(f"{name.capitalize()} punishment", fontSize=12, anchor="start")
    layers = [layer.encode(x=x, y=y) for layer in (diagonal, line, mark, text)]
    return alt.layer(*layers).properties(width=(WIDTH - 170) // 2, height=180, title=head)
