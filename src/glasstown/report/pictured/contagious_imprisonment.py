"""Lum and others 2014: the share of adults in prison over fifty years, under two mean sentences."""

from typing import Any

from glasstown.report.theme import BLUE, INK, ORANGE, WIDTH, data

TITLE = "Sentences a fifth longer, prisons many times as full"
DESCRIPTION = (
    "Two lines of the share of adults in prison over fifty years in the same invented population. Both begin at 1 %. Under sentences of "
    "14 months on average the share falls to about half a percent; under sentences of 17 months it rises to nearly 7 %. The published "
    "code, with its own population, ends at 0.11 % and 1.42 %: lower, and about as far apart."
)
LINES = {"mean 14 months": (BLUE, [1, 0]), "mean 17 months": (ORANGE, [6, 3])}
HELD = "year 50, published code with its own population"


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Means over seeds with the middle half of them, on a scale of powers, since the two differ so much."""
    import altair as alt

    names, looks = list(LINES), list(LINES.values())
    rows = [
        {"sentence": name, "year": year, "share": share, "low": low, "high": high}
        for name in names
        for year, share, low, high in zip(*(series[name][column] for column in ("year", "mean", "25", "75")), strict=True)
    ]
    marks = [{"sentence": name, "year": 50, "share": series[f"published, {name}"]["share"][0], "who": HELD} for name in names]
    legend = alt.Legend(columns=3)
    x = alt.X("year:Q", title="Year", axis=alt.Axis(grid=False, tickCount=6), scale=alt.Scale(domain=[0, 50]))
    scale = alt.Scale(type="log", domain=[0.0005, 0.12])
    y = alt.Y(
        "share:Q",
        title="Adults in prison (bands: half of the seeds)",
        scale=scale,
        axis=alt.Axis(format=".1%", values=[0.001, 0.003, 0.01, 0.03, 0.1]),
    )
    colour = alt.Color("sentence:N", scale=alt.Scale(domain=names, range=[hue for hue, _ in looks]), legend=legend)
    dash = alt.StrokeDash("sentence:N", scale=alt.Scale(domain=names, range=[dashes for _, dashes in looks]), legend=legend)
    band = alt.Chart(data(rows)).mark_area(opacity=0.2, clip=True)
    band = band.encode(x=x, y=alt.Y("low:Q", title="", scale=scale), y2="high:Q", color=colour)
    line = alt.Chart(data(rows)).mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour, strokeDash=dash)
    shape = alt.Shape("who:N", scale=alt.Scale(domain=[HELD], range=["diamond"]), legend=legend)
    points = alt.Chart(data(marks)).mark_point(size=120, filled=True, opacity=1, stroke=INK, strokeWidth=1, clip=False)
    return alt.layer(band, line, points.encode(x=x, y=y, color=colour, shape=shape)).properties(width=WIDTH - 90, height=240)
