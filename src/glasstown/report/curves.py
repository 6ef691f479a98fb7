"""Pictures of what is no single number: curves along a rate that nobody has measured, worlds that differ, and stages of a rollout."""

from collections.abc import Sequence
from typing import Any

from glasstown.report import claims, words
from glasstown.report.theme import BLUE, INK, ORANGE, PALE, WIDTH, data

Row = dict[str, Any]
STAGES = ("#f7fbff", PALE, "#6baed6", BLUE, "#00406b")  # from the first stage to the last, each darker than the one before
ACROSS = 2  # curves beside one another


def along_a_rate(found: Sequence[Row]) -> Any:
    """Curves as lines with a band: mean and 90 % interval of the effect by the rate drawn. Each has ``title``, ``unit`` and ``curve``."""
    import altair as alt

    panels = [_along(row, row["curve"]) for row in found]
    rows = [alt.hconcat(*panels[place : place + ACROSS], spacing=26) for place in range(0, len(panels), ACROSS)]
    return alt.vconcat(*rows, spacing=12) if len(rows) > 1 else rows[0]


def _along(row: Row, curve: Row) -> Any:
    import altair as alt

    bins = [one for one in curve["bins"] if one["value"] is not None]
    x = alt.X("at:Q", title=words.rate_name(curve["along"]).capitalize(),
              scale=alt.Scale(domain=[curve["low"], curve["high"]], nice=False), axis=alt.Axis(tickCount=5, grid=False))  # fmt: skip
    y = alt.Y("value:Q", title="", axis=alt.Axis(tickCount=4, minExtent=44))
    ranges = [one for one in bins if one["low"] is not None]
    band = alt.Chart(data(ranges)).mark_area(color=BLUE, opacity=0.18).encode(x=x, y=alt.Y("low:Q", title=""), y2="high:Q")
    zero = alt.Chart(data([{"at": 0}])).mark_rule(color=INK, strokeWidth=1.2).encode(y=alt.Y("at:Q", title=""))
    line = alt.Chart(data(bins)).mark_line(color=BLUE, strokeWidth=2).encode(x=x, y=y)
    layers = [band, zero, line]
    for told, fill in ((True, BLUE), (False, "white")):
        some = [one for one in bins if (one["verdict"] != "cannot tell") is told]
        if some:
            layers.append(alt.Chart(data(some)).mark_point(size=46, opacity=1, fill=fill, stroke=INK, strokeWidth=1.2).encode(x=x, y=y))
    head = alt.Title(row["title"], subtitle=words.unit_of_difference(row["unit"]), fontSize=12, subtitleFontSize=11, anchor="start")
    return alt.layer(*layers).properties(width=WIDTH // ACROSS - 76, height=132, title=head)


def spread(worlds: Row) -> Any:
    """How many worlds lie where: a bar a bin, with its count."""
    import altair as alt

    bins = [{"label": claims.level(one), "worlds": one["worlds"], "text": str(one["worlds"])} for one in worlds["bins"]]
    order = [one["label"] for one in bins]
    names = alt.Axis(ticks=False, domain=False, labelPadding=7, labelLimit=200, minExtent=130, maxExtent=130)
    y = alt.Y("label:N", sort=order, title=None, axis=names)
    x = alt.X("worlds:Q", title="Worlds", axis=alt.Axis(tickMinStep=1, tickCount=6), scale=alt.Scale(zero=True))
    bars = alt.Chart(data(bins)).mark_bar(color=BLUE, height={"band": 0.66}).encode(x=x, y=y)
    texts = alt.Chart(data(bins)).mark_text(align="left", dx=5).encode(x=x, y=y, text="text:N")
    head = alt.Title(worlds["title"], subtitle=worlds["unit"], fontSize=12, subtitleFontSize=11, anchor="start", frame="group")
    return alt.layer(bars, texts).properties(width=WIDTH - 200, height=22 * len(bins), title=head)


def stages(rows: Sequence[Row]) -> Any:
    """Of all worlds, how many are in which stage of the rollout, month by month; those that gave the policy up on top."""
    import altair as alt

    last = max(row["stage"] for row in rows)
    order = [*range(last + 1), -1]
    names = {stage: words.say("stage_given_up") if stage < 0 else words.say("stage", stage=stage) for stage in order}
    ramp = [STAGES[round(stage * (len(STAGES) - 1) / max(last, 1))] for stage in range(last + 1)]
    shown = [
        {"year": row["day"] / 365, "share": row["share"], "stage": names[row["stage"]], "place": order.index(row["stage"])}
        for row in rows if (row["day"] // 7) % 4 == 1
    ]  # fmt: skip
    x = alt.X("year:Q", title="Years since the policy began", axis=alt.Axis(grid=False, tickCount=7), scale=alt.Scale(nice=False))
    y = alt.Y("share:Q", title="Of all worlds", stack="zero", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5))
    hues = alt.Scale(domain=[names[stage] for stage in order], range=[*ramp, ORANGE])
    area = alt.Chart(data(shown)).mark_area(stroke=INK, strokeWidth=0.5, interpolate="step-after")
    colour = alt.Color("stage:N", scale=hues, legend=alt.Legend(columns=6))
    return area.encode(x=x, y=y, color=colour, order="place:Q").properties(width=WIDTH - 90, height=190)
