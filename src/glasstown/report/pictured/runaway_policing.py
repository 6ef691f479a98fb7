"""Ensign and others 2018: where a thousand cities send their patrols, day by day, with the correction and without."""

from typing import Any

from glasstown.report.theme import BLUE, INK, VERMILLION, WIDTH, data

TITLE = "Patrols that follow what patrols find"
DESCRIPTION = (
    "Four panels of the share of patrols that go to region A over a thousand days. Without the correction it leaves the true share of "
    "crime and rises until nearly all patrols go to A, in almost every city. With the correction it stays around the true share, or falls "
    "to it within some three hundred days from a start far above it."
)
PANELS = ("top two", "top two, corrected", "top and random", "top and random, corrected")
HEADS = (
    "Two busiest regions, not corrected",
    "Two busiest regions, corrected",
    "Busiest and random, not corrected",
    "Busiest and random, corrected",
)
TRUE, MEAN, HELD = "true share of crime", "mean of our cities (bands: half of them; 9 in 10)", "mean in the end, published code"


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Two pairs of regions, one above the other; left as it is, right corrected."""
    import altair as alt

    panels = [_panel(series[name], series[f"published, {name}"], head) for name, head in zip(PANELS, HEADS, strict=True)]
    made = alt.vconcat(alt.hconcat(*panels[:2], spacing=30), alt.hconcat(*panels[2:], spacing=30), spacing=14)
    return made.resolve_scale(color="shared", strokeDash="shared", shape="shared")


def _panel(found: dict[str, list[Any]], held: dict[str, list[Any]], head: str) -> Any:
    """Mean and bands over days, the true share, and where the published code ends."""
    import altair as alt

    names = list(found)
    rows = [dict(zip(names, values, strict=True)) for values in zip(*found.values(), strict=True)]
    lines = [{"day": row["day"], "share": row["mean"], "what": MEAN} for row in rows]
    lines += [{"day": day, "share": held["true"][0], "what": TRUE} for day in (0, 1000)]
    x = alt.X("day:Q", title="Day", axis=alt.Axis(grid=False, tickCount=5), scale=alt.Scale(domain=[0, 1000]))
    y = alt.Y("share:Q", title="Patrols that go to A", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 1]))
    bands = [
        alt.Chart(data(rows)).mark_area(color=BLUE, opacity=0.2).encode(x=x, y=alt.Y(f"{low}:Q", title=""), y2=f"{high}:Q")
        for low, high in (("5", "95"), ("25", "75"))
    ]
    colour = alt.Color("what:N", scale=alt.Scale(domain=[MEAN, TRUE], range=[BLUE, INK]), legend=alt.Legend(columns=1))
    dash = alt.StrokeDash("what:N", scale=alt.Scale(domain=[MEAN, TRUE], range=[[1, 0], [5, 3]]), legend=alt.Legend(columns=1))
    line = alt.Chart(data(lines)).mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash)
    end = [{"day": 1000, "share": held["mean"][0], "who": HELD}]
    shape = alt.Shape("who:N", scale=alt.Scale(domain=[HELD], range=["diamond"]), legend=alt.Legend(columns=1))
    mark = alt.Chart(data(end)).mark_point(size=110, filled=True, color=VERMILLION, opacity=1, clip=False).encode(x=x, y=y, shape=shape)
    title = alt.Title(head, fontSize=12, anchor="start")
    return alt.layer(*bands, line, mark).properties(width=(WIDTH - 150) // 2, height=150, title=title)
