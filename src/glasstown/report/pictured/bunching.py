"""Hardt et al. 2016 and Milli et al. 2019: scores before and after people move to a threshold, and after it is raised."""

from typing import Any

from glasstown.report.theme import BLUE, FAINT, INK, VERMILLION, WIDTH, data

TITLE = "Scores bunch at the threshold"
DESCRIPTION = (
    "Two panels of people by score. Grey, the scores that people have; the outline, those that they show. With the threshold at 1, who has "
    "half a point less or anything between moves to exactly 1: a gap, and a spike of 15 % of people. With the threshold raised to 1.5 both "
    "move up: now it is the truly qualified, those above 1, who have to move."
)
PANELS = (("threshold 1", 1.0, "Threshold at 1"), ("threshold 1.5", 1.5, "Threshold raised to 1.5"))
WHAT = ("scores that people have", "scores that people show", "exact mass at the threshold")


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """A panel a threshold."""
    import altair as alt

    return alt.hconcat(*[_panel(series, *panel) for panel in PANELS], spacing=30)


def _panel(series: dict[str, dict[str, list[Any]]], name: str, threshold: float, title: str) -> Any:
    import altair as alt

    had, shown, held = series["nothing to gain"], series[name], series["published"]
    bars = [{"from": low, "share": value, "what": WHAT[0]} for low, value in zip(had["from"], had["share"], strict=True)]
    steps = [{"from": low, "share": value, "what": WHAT[1]} for low, value in zip(shown["from"], shown["share"], strict=True)]
    # the bin of the threshold also holds those who had that score
    place = held["threshold"].index(threshold)
    own = had["share"][had["from"].index(threshold)]
    spike = [{"from": threshold + 0.05, "share": held["at it"][place] + own, "what": WHAT[2], "text": f"{held['at it'][place]:.1%} moved"}]
    x = alt.X("from:Q", title="Score, standard deviations", axis=alt.Axis(grid=False, tickCount=7), scale=alt.Scale(domain=[-3, 3]))
    y = alt.Y("share:Q", title="Of people, in each tenth", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 0.2]))
    hues = alt.Color("what:N", scale=alt.Scale(domain=list(WHAT), range=[FAINT, BLUE, VERMILLION]), legend=alt.Legend(columns=3))
    layers = [
        alt.Chart(data(bars)).mark_area(interpolate="step-after", opacity=1).encode(x=x, y=y, color=hues),
        alt.Chart(data(steps)).mark_line(interpolate="step-after", strokeWidth=1.6).encode(x=x, y=y, color=hues),
        alt.Chart(data([{"from": threshold}])).mark_rule(strokeDash=[2, 3], color=INK).encode(x=x),
        alt.Chart(data(spike)).mark_point(shape="diamond", size=80, filled=True, opacity=1).encode(x=x, y=y, color=hues),
        alt.Chart(data(spike)).mark_text(align="right", dx=-10).encode(x=x, y=y, text="text:N"),
    ]
    head = alt.Title(title, fontSize=12, anchor="start")
    return alt.layer(*layers).properties(width=(WIDTH - 150) // 2, height=190, title=head)
