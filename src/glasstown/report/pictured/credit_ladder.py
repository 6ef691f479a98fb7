"""D'Amour and others 2020: how both groups stand on the credit ladder at the start and in the end, under two policies of the bank."""

from typing import Any

from glasstown.report.theme import BLUE, INK, PALE, VERMILLION, WIDTH, data

TITLE = "A ladder of credit with a trap"
DESCRIPTION = (
    "Four panels of bars, the share of a group at each of seven score levels, at the start and after ten thousand applications. Under the "
    "policy of most reward half of each group ends at level 2, just below the level from which the bank lends. Under equal opportunity "
    "fewer end there and more end lower."
)
START, END, HELD = "at the start", "after 10,000 applications (mean of 20 seeds)", "at level 2, published code (mean of 2 seeds)"
POLICIES = ("max reward", "equal opportunity")


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """A row a group, a column a policy."""
    import altair as alt

    rows = [alt.hconcat(*[_panel(series[policy], policy, group) for policy in POLICIES], spacing=30) for group in range(2)]
    return alt.vconcat(*rows, spacing=14).resolve_scale(color="shared", shape="shared")


def _panel(columns: dict[str, list[Any]], policy: str, group: int) -> Any:
    """Bars of one group under one policy."""
    import altair as alt

    cells = zip(*(columns[name] for name in ("group", "level", "start", "end", "published")), strict=True)
    mine = [cell for cell in cells if cell[0] == group]
    bars = [{"level": cell[1], "share": cell[2 + late], "when": when} for cell in mine for late, when in enumerate((START, END))]
    marks = [{"level": cell[1], "share": cell[4], "who": HELD, "when": END} for cell in mine if cell[4] is not None]
    x = alt.X("level:O", title="Score level (the bank gains from level 3 on)", axis=alt.Axis(labelAngle=0, ticks=False))
    y = alt.Y("share:Q", title=f"Of group {group}", axis=alt.Axis(format="%", tickCount=4), scale=alt.Scale(domain=[0, 0.6]))
    legend = alt.Legend(columns=1)
    fill = alt.Color("when:N", scale=alt.Scale(domain=[START, END], range=[PALE, BLUE]), legend=legend)
    side = alt.XOffset("when:N", sort=[START, END])
    layers = [alt.Chart(data(bars)).mark_bar(stroke=INK, strokeWidth=0.5).encode(x=x, y=y, color=fill, xOffset=side)]
    if marks:
        shape = alt.Shape("who:N", scale=alt.Scale(domain=[HELD], range=["diamond"]), legend=legend)
        point = alt.Chart(data(marks)).mark_point(size=110, filled=True, color=VERMILLION, opacity=1)
        layers.append(point.encode(x=x, y=y, shape=shape, xOffset=side))
    title = alt.Title(f"Group {group}, {policy}", fontSize=12, anchor="start")
    return alt.layer(*layers).properties(width=(WIDTH - 150) // 2, height=150, title=title)
