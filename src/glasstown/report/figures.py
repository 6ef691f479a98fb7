"""Every picture of the report, as Altair charts: two widths of interval, a shape or dash beside each colour, no second axis.

Chart builders take rows of an assessment's tables; `theme.as_svg` turns them into SVG. Altair is imported when it is needed.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from glasstown.report import icons, words
from glasstown.report.theme import (
    BLUE,
    FONT,
    GROUP_COLOURS,
    GROUP_DASHES,
    GROUP_SHAPES,
    GROUPS,
    INK,
    QUIET,
    WASH,
    WIDTH,
    as_svg,
    data,
    readable,
    styled,
)  # fmt: skip

Row = dict[str, Any]
ROOM = (206, 262, 150)  # pixels for the words on the left, the plot, and the numbers on the right
OWN_SCALE = "Difference from the twin town (own scales)"
WIDEST_RATIO = (0.05, 20.0)  # ends of a log axis; the table has the numbers beyond
NO_DIFFERENCE = {"low": 0.8, "high": 1.25}  # the four-fifths rule of thumb, shaded for orientation only


def row_of(outcome: words.Outcome, label: str = "") -> Row:
    """An outcome as a row of a plot of differences."""
    places = words.outcome_places(outcome)
    told = outcome.verdict in ("more", "less")
    text = f"{words.number(outcome.value, places, sign=True)} {words.interval(outcome.low, outcome.high, places=places)}"
    return {
        "label": label or outcome.title, "group": outcome.group, "value": outcome.value, "low": outcome.low, "high": outcome.high,
        "luck_low": outcome.luck_low, "luck_high": outcome.luck_high, "floor": outcome.floor, "told": told, "unit": outcome.unit,
        "text": text if told else f"{text}\ncannot tell" if outcome.low is not None else "cannot tell: too few pairs",
    }  # fmt: skip


def forest(
    rows: Sequence[Row],
    x_title: str,
    log: bool = False,
    at: float = 0.0,
    row_height: int = 40,
    band: bool = True,
    room: tuple[int, int, int] = ROOM,
) -> Any:
    """Dots with both widths of interval, one row each, on one scale; the line at `at` is no difference.

    Rows have label, value, low, high, luck_low, luck_high, text, told; and floor (the shaded placebo floor) if there is one.
    """
    import altair as alt

    rows = [{**row, "label": _wrapped(row["label"], room[0])} for row in rows]
    lines = max(row["label"].count("\n") + 1 for row in rows)
    height = max(row_height, 15 * lines + 6) * len(rows)
    if log:
        rows = [_within(row) for row in rows]
    labels = list(dict.fromkeys(row["label"] for row in rows))
    raised = 8 * max(lines - 2, 0) if len(rows) == 1 else 0  # a long name begins higher, so as not to run into the axis
    y = alt.Y("label:N", sort=labels, title=None, axis=label_axis(room[0], raised=raised))
    x = alt.X("value:Q", title=x_title, scale=_scale(rows, log), axis=_axis(rows, log))
    layers = [
        alt.Chart(data([{"at": at}])).mark_rule(color=INK, strokeWidth=1.2).encode(x="at:Q"),
        *_intervals(rows, x, y),
    ]
    floors = [{**row, "from": at - row["floor"], "to": at + row["floor"]} for row in rows if row.get("floor")]
    if floors:
        layers.insert(
            0, alt.Chart(data(floors)).mark_bar(color=WASH, height={"band": 0.86}).encode(x=alt.X("from:Q", title=x_title), x2="to:Q", y=y)
        )
    if log and band:
        guide = alt.Chart(data([NO_DIFFERENCE])).mark_rect(color=WASH).encode(x=alt.X("low:Q", title=x_title), x2="high:Q")
        layers.insert(0, guide)
    plot = alt.layer(*layers).properties(width=room[1], height=height)
    told = alt.Chart(data(_split(rows))).mark_text(align="left", baseline="middle", lineBreak="\n").encode(
        y=alt.Y("label:N", sort=labels, axis=None), text="text:N", x=alt.value(0)
    )  # fmt: skip
    return alt.hconcat(plot, told.properties(width=room[2], height=height), spacing=14)


def differences(outcomes: Sequence[words.Outcome], room: tuple[int, int, int] = ROOM, title: str = OWN_SCALE) -> Any:
    """Paired differences in different units: each row has a scale of its own, zero is the twin town."""
    import altair as alt

    charts = []
    for outcome in outcomes:
        row = row_of(outcome, f"{outcome.title}\n{words.unit_of_difference(outcome.unit)}")
        charts.append(forest([row], title if outcome is outcomes[-1] else "", row_height=34, room=room))
    return alt.vconcat(*charts, spacing=4)


def by_group(outcomes: Sequence[words.Outcome]) -> Any:
    """One outcome's paired difference for everybody and for each group, on one scale."""
    ordered = sorted(outcomes, key=lambda outcome: GROUPS.index(outcome.group) if outcome.group in GROUPS else len(GROUPS))
    rows = [row_of(outcome, words.group_name(outcome.group)) for outcome in ordered]
    return forest(rows, f"Difference from the twin town, {words.unit_of_difference(ordered[0].unit)}", room=(90, 370, 158))


def stacked(rows: Sequence[Row]) -> Any:
    """Rows of several units, below one another: rows of one outcome (the label's first line) share a scale."""
    import altair as alt

    names = list(dict.fromkeys(row["label"].split("\n")[0] for row in rows))
    charts = []
    for name in names:
        own = [row for row in rows if row["label"].split("\n")[0] == name]
        charts.append(forest(own, f"Difference, {words.unit_of_difference(own[0]['unit'])}"))
    return alt.vconcat(*charts, spacing=8)


def multiples(panels: Sequence[tuple[str, str, Sequence[Row]]], room: int = 204, row_height: int = 36) -> Any:
    """Small multiples: the same rows in every panel, each panel (its title, unit and rows) with a scale of its own; zero is no change.

    Rows have label, value, low, high, luck_low, luck_high and told; and floor (the shaded placebo floor) if there is one.
    """
    import altair as alt

    labels = list(dict.fromkeys(_wrapped(row["label"], room) for _, _, rows in panels for row in rows))
    tall = max(name.count("\n") + 1 for name in labels)
    gap, height = 14, max(row_height, 15 * tall + 6) * len(labels)
    width = (WIDTH - room) // len(panels) - gap
    heads = [(_wrapped(title, width).split("\n"), _wrapped(unit, width).split("\n")) for title, unit, _ in panels]
    lines = max(len(title) + len(unit) for title, unit in heads)
    heads = [(title, unit + [""] * (lines - len(title) - len(unit))) for title, unit in heads]  # so that they begin on one line
    charts = []
    for place, (_, _, rows) in enumerate(panels):
        shown = [{**row, "label": _wrapped(row["label"], room)} for row in rows]
        axis = alt.Axis(tickCount=3, labelOverlap="greedy", labelSeparation=8)
        x = alt.X("value:Q", title="", scale=alt.Scale(nice=False, zero=True, padding=8), axis=axis)
        y = alt.Y("label:N", sort=labels, title=None, axis=None if place else label_axis(room, raised=8 * max(tall - 2, 0)))
        floors = [{"from": -row["floor"], "to": row["floor"]} for row in rows[:1] if row.get("floor")]
        wash = [alt.Chart(data(floors)).mark_rect(color=WASH).encode(x=alt.X("from:Q", title=""), x2="to:Q")] if floors else []
        zero = alt.Chart(data([{"at": 0}])).mark_rule(color=INK, strokeWidth=1.2).encode(x=alt.X("at:Q", title=""))
        said, unit_said = heads[place]
        head = alt.Title(said, subtitle=unit_said, fontSize=12, subtitleColor=QUIET, anchor="start", frame="group")
        charts.append(alt.layer(*wash, zero, *_intervals(shown, x, y, size=50)).properties(width=width, height=height, title=head))
    return alt.hconcat(*charts, spacing=gap)


def outcome_plot(assessment: Any, name: str) -> Any:
    """The chart behind `result.plot(outcome)`: the paired difference with both widths, by group; grey: the placebo floor.

    Raises KeyError, with the names there are, if the assessment has no such outcome.
    """
    found = [outcome for outcome in assessment.outcomes if outcome.name == name]
    if not found:
        known = ", ".join(sorted({outcome.name for outcome in assessment.outcomes}))
        raise KeyError(f"no outcome `{name}`; there are: {known}")
    import altair as alt

    subtitle = [
        f"difference from the twin town, {words.unit_of_difference(found[0].unit)}",
        words.say("short_intervals"),
        "Grey: the placebo floor. Hollow: cannot tell.",
    ]
    title = alt.Title(found[0].title, subtitle=subtitle, anchor="start", subtitleColor=QUIET)
    return styled(by_group(found).properties(title=title))


def overview(assessment: Any) -> str:
    """One wide picture for a README: the town of 1,000 beside the main differences with their intervals, as SVG text."""
    context = assessment.policy.context
    names = dict.fromkeys(["wrongly_sanctioned", context.aim_outcome, "harm", "dissenting", "in_hardship"])
    main = [outcome for name in names for outcome in assessment.outcomes if outcome.name == name and outcome.group == "all"]
    left = icons.town(list(assessment.tables.get("fate") or []), words.say("town_heading"), "left")
    right = as_svg(differences(main, room=(186, 132, 132), title=""), "differences", "", "right")
    heads = (
        (16, 30, 17, "bold", assessment.policy.title),
        (16, 54, 13, "normal", f"{words.say('town_heading')} Over {words.years(assessment.request['days'])}"),
        (592, 54, 13, "normal", "Difference from the same town under ordinary law (own scales)"),
        (16, 412, 12, "normal", f"{words.say('short_intervals')} Hollow: cannot tell. Grey: the placebo floor."),
        (16, 430, 12, "normal", words.say("synthetic")),
    )
    texts = "".join(
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}">{escape(text)}</text>' for x, y, size, weight, text in heads
    )
    placed = left.replace("<svg", '<svg x="12" y="66"', 1) + right.replace("<svg", '<svg x="574" y="62"', 1)
    size = 'width="1080" height="444" viewBox="0 0 1080 444"'
    ground = f'<rect width="100%" height="100%" fill="white"/><g font-family="{FONT}" fill="{INK}">{texts}</g>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{placed}</svg>'
    said = (
        "; ".join(icons.fate_text(row) for row in assessment.tables.get("fate") or [])
        + ". "
        + " ".join(words.difference(outcome, "caption") for outcome in main)
    )
    return readable(svg, f"{assessment.policy.title}: what it does to a town of 1,000", said, "overview")


def still_listed(rows: Sequence[Row]) -> Any:
    """Of those put on the list, the share still on it, by months since; one line a group."""
    import altair as alt

    present = [group for group in GROUPS if any(row["group"] == group for row in rows)]
    index = [GROUPS.index(group) for group in present]
    last = max(row["months"] for row in rows)
    ticks = list(range(0, last + 1, 3 if last <= 18 else 6 if last <= 48 else 12))
    x = alt.X(
        "months:Q",
        title="Months of 30 days since the entry on the list",
        scale=alt.Scale(domain=[0, last]),
        axis=alt.Axis(values=ticks, grid=False),
    )
    y = alt.Y("share:Q", title="Still on the list", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5))
    bands = [
        alt.Chart(data([row for row in rows if row["group"] == group and row.get("low") is not None]))
        .mark_area(opacity=0.18, interpolate="step-after", color=GROUP_COLOURS[place])
        .encode(x=x, y=alt.Y("low:Q", title="Still on the list"), y2="high:Q")
        for group, place in zip(present, index, strict=True)
    ]
    color = alt.Color("group:N", scale=alt.Scale(domain=present, range=[GROUP_COLOURS[place] for place in index]))
    dash = alt.StrokeDash("group:N", scale=alt.Scale(domain=present, range=[GROUP_DASHES[place] for place in index]))
    line = alt.Chart(data(list(rows))).mark_line(strokeWidth=2.2, interpolate="step-after").encode(x=x, y=y, color=color, strokeDash=dash)
    return alt.layer(*bands, line).properties(width=WIDTH - 90, height=230)


def label_axis(room: int, offset: int = 0, raised: int = 0) -> Any:
    """An axis of names, in lines, with the same room in every picture of its kind."""
    import altair as alt

    lines = "split(datum.label, '\\n')"
    return alt.Axis(
        ticks=False,
        domain=False,
        labelExpr=lines,
        labelLimit=room - 8,
        minExtent=room,
        maxExtent=room,
        offset=offset,
        labelOffset=-raised,
        grid=False,
    )


def _wrapped(label: str, room: int) -> str:
    """A label in lines that fit into so many pixels."""
    from textwrap import wrap

    return "\n".join(part for line in label.split("\n") for part in wrap(line, max(room // 6, 8)))


def _within(row: Row) -> Row:
    """A row of a log plot, cut where the axis ends: an interval that reaches zero runs to the edge."""
    least, most = WIDEST_RATIO
    ends = {end: min(max(row[end], least), most) for end in ("value", "low", "high", "luck_low", "luck_high") if row.get(end) is not None}
    return {**row, **ends}


def _scale(rows: Sequence[Row], log: bool) -> Any:
    """Linear with zero in it; or logarithmic, from half to double at least."""
    import altair as alt

    if not log:
        return alt.Scale(nice=False, zero=True, padding=12)
    ends = [end for row in rows for end in (row.get("low"), row.get("high"), row["value"]) if end]
    return alt.Scale(type="log", domain=[min(0.5, *ends) / 1.1, max(2.0, *ends) * 1.1], nice=False)


def _axis(rows: Sequence[Row], log: bool) -> Any:
    """Few ticks; on a log axis those that people read: 0.1, 0.2, 0.5, 1, 2, 5 …"""
    import altair as alt

    if not log:
        return alt.Axis(tickCount=4, labelOverlap="greedy", labelFlush=True, labelSeparation=6)
    low, high = _scale(rows, log).to_dict()["domain"]
    shown = [tick for power in range(-3, 4) for tick in (10.0**power, 2 * 10.0**power, 5 * 10.0**power) if low <= tick <= high]
    return alt.Axis(values=shown, format="~g")


def _intervals(rows: Sequence[Row], x: Any, y: Any, size: int = 80) -> list[Any]:
    """Thin line: luck and what we do not know. Thick line: luck alone. Hollow mark: cannot tell."""
    import altair as alt

    title = x.to_dict().get("title")
    layers = []
    for low, high, width in (("low", "high", 1.3), ("luck_low", "luck_high", 5)):
        known = [row for row in rows if row.get(low) is not None and row.get(high) is not None]
        if known:
            rule = alt.Chart(data(known)).mark_rule(color=BLUE, strokeWidth=width)
            layers.append(rule.encode(x=alt.X(f"{low}:Q", title=title), x2=f"{high}:Q", y=y))
    for told, fill in ((True, BLUE), (False, "white")):
        known = [row for row in rows if row.get("value") is not None and bool(row.get("told", True)) is told]
        if known:
            mark = alt.Chart(data(known)).mark_point(size=size, opacity=1, fill=fill, stroke=INK, strokeWidth=1.4)
            shape = alt.Shape("group:N", legend=None, scale=alt.Scale(domain=list(GROUPS), range=list(GROUP_SHAPES)))
            layers.append(mark.encode(x=x, y=y, **({"shape": shape} if all("group" in row for row in known) else {})))
    return layers


def _split(rows: Sequence[Row]) -> list[Row]:
    return [{"label": row["label"], "text": row.get("text", "")} for row in rows]
