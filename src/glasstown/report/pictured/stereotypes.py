"""Coate and Loury 1993: how many become qualified by what employers believe, against the diagonal, and two groups that end apart."""

from typing import Any

from glasstown.report.theme import BLUE, INK, ORANGE, VERMILLION, WIDTH, data

TITLE = "Beliefs about two identical groups that make themselves true"
DESCRIPTION = (
    "Left, the share that becomes qualified by the share that employers believe to be qualified. The curve rises from zero, crosses the "
    "diagonal near 18 % from below, which no belief holds, and again near 74 % from above, where beliefs stay. Right, beliefs by round: "
    "the group believed at 30 % rises to 74 %, the group believed at 10 % falls to nothing, though the groups are alike."
)
COSTS = "normal (.35, .06)"
MARKS = ("a belief that stays (exact)", "a belief that tips (exact)")


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """The curve and its equilibria, and beside it the paths of both groups."""
    import altair as alt

    return alt.hconcat(_curve(series), _paths(series), spacing=30).resolve_scale(
        color="independent", shape="independent", strokeDash="independent"
    )


def _curve(series: dict[str, dict[str, list[Any]]]) -> Any:
    import altair as alt

    curve, held = series[f"response, {COSTS}"], series["published"]
    rows = [{"belief": one, "qualified": other} for one, other in zip(curve["belief"], curve["qualified"], strict=True)]
    places = [(at, stable) for costs, at, stable in zip(held["costs"], held["belief"], held["stable"], strict=True) if costs == COSTS]
    marks = [
        {"belief": at, "qualified": at, "what": MARKS[0 if stable else 1], "text": f"{at:.1%}"} for at, stable in [(0.0, True), *places]
    ]
    percent = alt.Axis(format="%", tickCount=5, grid=False)
    x = alt.X("belief:Q", title="Believed to be qualified", axis=percent, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("qualified:Q", title="Become qualified", axis=percent, scale=alt.Scale(domain=[0, 1]))
    ends = [{"belief": 0, "qualified": 0}, {"belief": 1, "qualified": 1}]
    diagonal = alt.Chart(data(ends)).mark_line(strokeDash=[2, 3], color=INK, strokeWidth=1).encode(x=x, y=y)
    line = alt.Chart(data(rows)).mark_line(color=BLUE, strokeWidth=2.4).encode(x=x, y=y)
    legend = alt.Legend(direction="vertical", columns=1)
    shape = alt.Shape("what:N", scale=alt.Scale(domain=list(MARKS), range=["diamond", "circle"]), legend=legend)
    colour = alt.Color("what:N", scale=alt.Scale(domain=list(MARKS), range=[VERMILLION, INK]), legend=legend)
    points = alt.Chart(data(marks)).mark_point(size=90, filled=True, opacity=1).encode(x=x, y=y, shape=shape, color=colour)
    texts = alt.Chart(data(marks[1:])).mark_text(align="left", dx=9, dy=10).encode(x=x, y=y, text="text:N")
    return alt.layer(diagonal, line, points, texts).properties(width=(WIDTH - 150) // 2, height=230)


def _paths(series: dict[str, dict[str, list[Any]]]) -> Any:
    import altair as alt

    paths = series[f"paths, {COSTS}"]
    groups = [name for name in paths if name != "round"]
    names = {name: f"at first believed at {float(name.split()[1]):.0%}" for name in groups}
    rows = [
        {"round": step, "belief": value, "group": names[group]}
        for group in groups
        for step, value in zip(paths["round"], paths[group], strict=True)
        if step <= 80
    ]
    held = series["published"]
    stable = [at for costs, at, holds in zip(held["costs"], held["belief"], held["stable"], strict=True) if costs == COSTS and holds]
    x = alt.X("round:Q", title="Round", axis=alt.Axis(grid=False, tickCount=5))
    y = alt.Y("belief:Q", title="Believed to be qualified", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 1]))
    order = [names[group] for group in reversed(groups)]
    legend = alt.Legend(direction="vertical", columns=1)
    colour = alt.Color("group:N", scale=alt.Scale(domain=order, range=[BLUE, ORANGE]), legend=legend)
    dash = alt.StrokeDash("group:N", scale=alt.Scale(domain=order, range=[[1, 0], [6, 3]]), legend=legend)
    lines = alt.Chart(data(rows)).mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour, strokeDash=dash)
    rules = alt.Chart(data([{"belief": at} for at in (0.0, *stable)])).mark_rule(color=VERMILLION, strokeDash=[2, 3]).encode(y=y)
    return alt.layer(rules, lines).properties(width=(WIDTH - 150) // 2, height=230)
