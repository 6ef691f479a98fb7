"""Epstein 2002: how many are active, step by step, with and without the whole number of police to an active."""

from typing import Any

from glasstown.report.theme import BLUE, QUIET, VERMILLION, WIDTH, data

TITLE = "Long quiet and sudden outbursts"
DESCRIPTION = (
    "Two panels of 600 steps. Above, where the ratio of police to actives is cut to a whole number: hardly anybody is active for some "
    "twenty to forty steps at a time, then hundreds are, for a few steps, again and again; the highest, about 340 of 1,120 citizens, comes "
    "near the reference mean of highest peaks in longer runs, 368. Below, without the whole number: never more than a dozen are active."
)
PANELS = {"NetLogo": ("With the whole number (NetLogo's program)", 368), "NetLogo without the whole number": ("Without it", 11)}


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Actives by step, one panel above the other on one scale, with the reference peaks."""
    import altair as alt

    panels: list[Any] = []
    for name, (title, peak) in PANELS.items():
        rows = [{"step": step, "active": count} for step, count in zip(series[name]["step"], series[name]["active"], strict=True)]
        x = alt.X("step:Q", title="Step" if panels else None, scale=alt.Scale(domain=[0, 600]), axis=alt.Axis(grid=False, tickCount=6))
        y = alt.Y("active:Q", title="Active, of 1,120", scale=alt.Scale(domain=[0, 500]), axis=alt.Axis(tickCount=5))
        area = alt.Chart(data(rows)).mark_line(color=BLUE, strokeWidth=1.2).encode(x=x, y=y)
        mark = [{"step": 0, "to": 600, "active": peak, "text": f"Reference: mean of the highest peaks, {peak}"}]
        rule = alt.Chart(data(mark)).mark_rule(color=VERMILLION, strokeDash=[5, 3], strokeWidth=1.4).encode(x="step:Q", x2="to:Q", y=y)
        text = alt.Chart(data(mark)).mark_text(align="right", dy=-8, color=QUIET).encode(x="to:Q", y=y, text="text:N")
        head = alt.Title(title, fontSize=12, anchor="start")
        panels.append(alt.layer(area, rule, text).properties(width=WIDTH - 90, height=130, title=head))
    return alt.vconcat(*panels, spacing=14)
