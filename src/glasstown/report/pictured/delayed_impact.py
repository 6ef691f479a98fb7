"""Liu and others 2018: the outcome curve of two groups, and what three policies select on it."""

from typing import Any

from glasstown.report.theme import BLUE, INK, ORANGE, QUIET, VERMILLION, WIDTH, data

TITLE = "What lending to more of a group does to its scores"
DESCRIPTION = (
    "Two curves of the mean change of score by the share of a group that is accepted. Of group A the curve rises to about 9 points at 27 % "
    "accepted, crosses zero at 53 % and falls to minus 51. The policy of most utility accepts 15 %, where the curve is still rising; equal "
    "opportunity accepts 44 %, beyond the maximum; demographic parity accepts 59 %, beyond the crossing, which lowers the group's scores. "
    "Of group B the curve stays above zero under all three policies."
)
POLICIES = {"max utility": (BLUE, [1, 0]), "equal opportunity": (ORANGE, [7, 3]), "demographic parity": (VERMILLION, [2, 3])}
CURVE, PEOPLE = "outcome curve", "people before the day's credit gate"


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Group A left, group B right."""
    import altair as alt

    return alt.hconcat(_panel(series, "A"), _panel(series, "B"), spacing=30).resolve_scale(y="independent")


def _panel(series: dict[str, dict[str, list[Any]]], letter: str) -> Any:
    import altair as alt

    curve, lived, policies = series[f"curve of {letter}"], series[f"people of {letter}"], series[f"policies on {letter}"]
    rows = [{"rate": rate, "change": change} for rate, change in zip(curve["rate"], curve["change"], strict=True)]
    dots = [{"rate": rate, "change": change, "who": PEOPLE} for rate, change in zip(lived["rate"], lived["change"], strict=True)]
    lines = [{"rate": rate, "policy": name} for name, rate in zip(policies["policy"], policies["rate"], strict=True)]
    x = alt.X("rate:Q", title=f"Share of group {letter} accepted", axis=alt.Axis(format="%", tickCount=5, grid=False),
              scale=alt.Scale(domain=[0, 1]))  # fmt: skip
    y = alt.Y("change:Q", title="Mean change of score, points", axis=alt.Axis(tickCount=6))
    names, looks = list(POLICIES), list(POLICIES.values())
    legend = alt.Legend(columns=3)
    colour = alt.Color("policy:N", scale=alt.Scale(domain=names, range=[hue for hue, _ in looks]), legend=legend)
    dash = alt.StrokeDash("policy:N", scale=alt.Scale(domain=names, range=[dashes for _, dashes in looks]), legend=legend)
    zero = alt.Chart(data([{"change": 0}])).mark_rule(color=QUIET, strokeWidth=1).encode(y=y)
    rules = alt.Chart(data(lines)).mark_rule(strokeWidth=2).encode(x=x, color=colour, strokeDash=dash)
    line = alt.Chart(data(rows)).mark_line(color=INK, strokeWidth=2.2).encode(x=x, y=y)
    shape = alt.Shape("who:N", scale=alt.Scale(domain=[PEOPLE], range=["circle"]), legend=legend)
    points = alt.Chart(data(dots)).mark_point(size=50, filled=True, color=INK, opacity=1).encode(x=x, y=y, shape=shape)
    harmed = [{"rate": 0.175, "change": -12, "text": "scores fall"}] if letter == "A" else []
    text = alt.Chart(data(harmed)).mark_text(align="left", color=QUIET).encode(x=x, y=y, text="text:N")
    layers = [zero, rules, line, points, *([text] if harmed else [])]
    return alt.layer(*layers).properties(width=(WIDTH - 150) // 2, height=230)
