"""Perdomo et al. 2020, the biased coin: the performative risk with its stable and optimal points, and the way of retraining."""

from typing import Any

from glasstown.report.theme import BLUE, INK, ORANGE, VERMILLION, WIDTH, data

TITLE = "A forecast that changes what it forecasts"
DESCRIPTION = (
    "Left, the loss of each forecast once people have reacted to it, for a weak and a strong reaction. The forecast at which retraining "
    "stays lies to the left of the one of least loss, by far so where people react strongly. Right, how far the forecast is from where "
    "retraining stays, by round, on a logarithmic scale: a straight line down, with the exact values as points."
)
CASES = ("0.2", "0.4")
NAMES = {"0.2": "weak reaction (eps = .2)", "0.4": "strong reaction (eps = .4)"}
MARKS = ("where retraining stays (exact)", "least loss (exact)")


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Loss by forecast, and distance by round."""
    import altair as alt

    return alt.hconcat(_risk(series), _retraining(series), spacing=30)


def _lines() -> dict[str, Any]:
    """Hue and dash of the two cases."""
    import altair as alt

    order, legend = [NAMES[case] for case in CASES], alt.Legend(direction="vertical", columns=1)
    return {
        "color": alt.Color("case:N", scale=alt.Scale(domain=order, range=[BLUE, ORANGE]), legend=legend),
        "strokeDash": alt.StrokeDash("case:N", scale=alt.Scale(domain=order, range=[[1, 0], [6, 3]]), legend=legend),
    }


def _risk(series: dict[str, dict[str, list[Any]]]) -> Any:
    import altair as alt

    rows, marks = [], []
    for case in CASES:
        found = series[f"risk, eps={case}"]
        rows += [{"theta": at, "loss": value, "case": NAMES[case]} for at, value in zip(found["theta"], found["loss"], strict=True)]
        for name, place in zip(MARKS, ("stable", "optimal"), strict=True):
            at = found[place][0]
            marks.append({"theta": at, "loss": 0.25 - 0.2 * at + (1 - 2 * float(case)) * at * at, "what": name})
    x = alt.X("theta:Q", title="Forecast theta", axis=alt.Axis(grid=False, tickCount=6))
    y = alt.Y("loss:Q", title="Mean squared loss under it", axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0.18, 0.5]))
    lines = alt.Chart(data(rows)).mark_line(strokeWidth=2.2, clip=True).encode(x=x, y=y, **_lines())
    legend = alt.Legend(direction="vertical", columns=1, symbolStrokeWidth=0)
    shape = alt.Shape("what:N", scale=alt.Scale(domain=list(MARKS), range=["circle", "diamond"]), legend=legend)
    fill = alt.Fill("what:N", scale=alt.Scale(domain=list(MARKS), range=[INK, VERMILLION]), legend=legend)
    points = alt.Chart(data(marks)).mark_point(size=80, opacity=1, strokeWidth=0).encode(x=x, y=y, shape=shape, fill=fill)
    return alt.layer(lines, points).properties(width=(WIDTH - 150) // 2, height=210)


def _retraining(series: dict[str, dict[str, list[Any]]]) -> Any:
    import altair as alt

    rows, exact = [], []
    for case in CASES:
        found = series[f"retraining, eps={case}"]
        for number, at, held, stable in zip(*[found[name] for name in ("round", "theta", "exact", "stable")], strict=True):
            if number <= 4:
                rows.append({"round": number, "away": abs(at - stable), "case": NAMES[case]})
                exact.append({"round": number, "away": abs(held - stable)})
    x = alt.X("round:Q", title="Rounds of retraining", axis=alt.Axis(grid=False, tickCount=4, format="d"))
    scale = alt.Scale(type="log", domain=[0.0005, 1])
    y = alt.Y(
        "away:Q",
        title="Distance from where it stays (points: exact)",
        axis=alt.Axis(values=[0.001, 0.01, 0.1, 1], format="~g"),
        scale=scale,
    )
    lines = alt.Chart(data(rows)).mark_line(strokeWidth=2.2, clip=True).encode(x=x, y=y, **_lines())
    points = alt.Chart(data(exact)).mark_point(shape="circle", size=45, opacity=1, fill=INK, strokeWidth=0).encode(x=x, y=y)
    return alt.layer(lines, points).properties(width=(WIDTH - 150) // 2, height=210)
