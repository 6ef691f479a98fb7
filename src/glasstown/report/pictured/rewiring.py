"""Ties turned away from the unlike: to the same law whatever the level of aversion, sooner or later."""

from typing import Any

TITLE = "Ties turned away from the unlike: the level of aversion says how soon, not how far"
DESCRIPTION = (
    "Left, the mean dissimilarity of tied people by step, for three levels of aversion: all begin near 0.52 and fall to the same 0.28; at "
    "the strongest level this takes below a hundred steps, at one 25 times weaker more than a thousand. Right, the share of ties by "
    "dissimilarity in the long run: the marks of both levels of aversion lie on the line of the law, the chance of a redraw divided by "
    "the dissimilarity, from 28 % of ties between neighbours on the ring to 1 % between opposites."
)


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Mean dissimilarity over steps at three levels, beside the law of the long run with ours on it."""
    import altair as alt

    return alt.hconcat(_approach(alt, series["approach"]), _long_run(alt, series["long_run"]), spacing=26).resolve_scale(
        color="independent", shape="independent", strokeDash="independent"
    )


def _approach(alt: Any, found: dict[str, list[Any]]) -> Any:
    from glasstown.report.theme import BLUE, INK, ORANGE, QUIET, data

    rows = [
        {"step": step, "mean": mean, "level": f"Aversion {aversion:g}"}
        for aversion, step, mean in zip(found["aversion"], found["step"], found["mean"], strict=True)
        if step > 0
    ]
    names = sorted({row["level"] for row in rows})
    x = alt.X("step:Q", title="Step (each mark: ten times the last)", scale=alt.Scale(type="log", nice=False),
              axis=alt.Axis(grid=False, values=[1, 10, 100, 1000], format=",d"))  # fmt: skip
    y = alt.Y("mean:Q", title="Mean dissimilarity of the tied", scale=alt.Scale(domain=[0, 0.6]), axis=alt.Axis(tickCount=6))
    legend = alt.Legend(direction="vertical", symbolSize=260)
    dashes = alt.StrokeDash("level:N", scale=alt.Scale(domain=names, range=[[2, 2], [7, 3], [1, 0]]), legend=legend)
    colour = alt.Color("level:N", scale=alt.Scale(domain=names, range=[ORANGE, INK, BLUE]), legend=legend)
    lines = alt.Chart(data(rows)).mark_line(strokeWidth=1.8).encode(x=x, y=y, color=colour, strokeDash=dashes)
    end = [{"step": 1, "mean": found["target"][0], "text": "In the long run, by the law"}]
    rule = alt.Chart(data(end)).mark_rule(color=QUIET, strokeWidth=1).encode(y=y)
    text = alt.Chart(data(end)).mark_text(align="left", dx=6, dy=14).encode(x=x, y=y, text="text:N")
    return alt.layer(rule, lines, text).properties(width=250, height=210)


def _long_run(alt: Any, found: dict[str, list[Any]]) -> Any:
    from glasstown.report.theme import BLUE, INK, ORANGE, data

    law = found["law"][0]
    rows = [
        {"unlike": unlike, "share": ours, "target": target, "level": f"Ours, aversion {aversion:g}"}
        for name, aversion, unlike, ours, target in zip(
            *(found[key] for key in ("law", "aversion", "dissimilarity", "ours", "target")), strict=True
        )
        if name == law
    ]
    names = sorted({row["level"] for row in rows})
    x = alt.X(
        "unlike:Q",
        title="Dissimilarity (1: opposite on the ring)",
        scale=alt.Scale(domain=[0, 1.02], nice=False),
        axis=alt.Axis(grid=False, tickCount=6),
    )
    y = alt.Y("share:Q", title="Ties", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 0.3]))
    line = alt.Chart(data([row for row in rows if row["level"] == names[0]])).mark_line(color=INK, strokeWidth=1.2)
    legend = alt.Legend(direction="vertical")
    points = alt.Chart(data(rows)).mark_point(size=70, opacity=1, strokeWidth=1.8).encode(
        x=x, y=y,
        shape=alt.Shape("level:N", scale=alt.Scale(domain=names, range=["cross", "circle"]), legend=legend),
        color=alt.Color("level:N", scale=alt.Scale(domain=names, range=[ORANGE, BLUE]), legend=legend),
    )  # fmt: skip
    named = (
        alt.Chart(data([{"unlike": 0.14, "share": 0.2, "text": "Law: f(d) / d"}])).mark_text(align="left").encode(x=x, y=y, text="text:N")
    )
    return alt.layer(line.encode(x=x, y=alt.Y("target:Q")), points, named).properties(width=250, height=210)
