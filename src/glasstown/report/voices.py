"""What people think in private, what they say in public, and what they stop doing."""

from collections.abc import Sequence
from typing import Any

from glasstown.report import words
from glasstown.report.parts import Figure, Reading, Row, Section, Table, level_table, pictured, span
from glasstown.report.sections import SPEECH, speech_form
from glasstown.report.theme import BLUE, INK, ORANGE, WIDTH, as_svg, data

HELD_BACK = ("dissenting", "silenced", "praising", "disapproved_deeds", "private_deeds")
ALIKE = ("diversity_conduct", "diversity_speech", "diversity_views")
QUARTER = 13  # weeks
# measure of the weekly table, what it is called, colour, and where its gap is written, in parts of the time shown
LINES = (("critics", "critical in private", ORANGE), (SPEECH, "openly dissenting", BLUE))
TOWNS = (("policy", "with the policy", 2.4, [1, 0]), ("twin", "twin town", 1.4, [5, 3]))
GAPS = (("policy", 1.03), ("twin", 1.17))


def speech(reading: Reading) -> Section:
    """Private views against public speech, and what is held back."""
    heading = "What do people stop saying and doing?"
    outcome, rows = reading.outcome(SPEECH), [row for row in reading.table("series") if row.get("measure") == SPEECH]
    silent = reading.outcome("silent_critics")
    text = [words.difference(outcome, speech_form(outcome))] if outcome else []
    if silent is not None and words.happened(silent):
        text.append(words.difference(silent, "silent"))
    made = [figure for figure in (_views(reading), _weekly(rows, outcome, heading)) if figure is not None]
    for names, title, name in ((HELD_BACK, "What is held back", "held-back"), (ALIKE, "Do people grow alike?", "alike")):
        drawn, said = pictured(reading.outcomes(names), title, name, heading=title)
        made, text = [*made, *drawn], [*text, *said]
    return Section("speech", heading, text=text if made or text else [words.say("absent")], figures=made)


def _weekly(rows: Sequence[Row], outcome: words.Outcome | None, heading: str) -> Figure | None:
    """The paired difference of open dissent, week by week."""
    if all(row["policy"] == row["twin"] for row in rows):
        return None
    caption, unit = words.say("speech_caption"), outcome.unit if outcome else "adults"
    svg = as_svg(_series(rows, f"Difference, {unit}"), heading, caption, "speech")
    quarterly = [{**row, "difference": row["policy"] - row["twin"]} for row in rows[::QUARTER]]
    head = ["Day", "With the policy", "Twin town", "Difference", "Low", "High"]
    columns = ["day", "policy", "twin", "difference", "low", "high"]
    table = level_table(quarterly, f"Who voice dissent, {unit}, every thirteenth week", head, columns)
    return Figure(svg, caption, table, "Open dissent, compared with the twin town")


def _views(reading: Reading) -> Figure | None:
    """Private criticism and open dissent in both towns; None where views were not followed or nobody was critical."""
    weeks = {name: [row for row in reading.table("series") if row.get("measure") == name] for name in ("critics", SPEECH, "silent_critics")}
    if not all(weeks.values()) or not any(row[arm] for row in weeks["critics"] for arm in ("policy", "twin")):
        return None
    heading, caption = "Private views and public speech", words.say("views_caption")
    head = [
        "Day",
        "Critical in private",
        "Twin town",
        "Openly dissenting",
        "Twin town",
        "Silent critics",
        "Twin town",
        "Difference",
        "90 % interval",
    ]
    cells = []
    for critical, open_, quiet in list(zip(*weeks.values(), strict=True))[::QUARTER]:
        levels = [words.number(row[arm], 1) for row in (critical, open_, quiet) for arm in ("policy", "twin")]
        apart = words.number(quiet["policy"] - quiet["twin"], 1, sign=True)
        cells.append([words.number(critical["day"], 0), *levels, apart, span(quiet.get("low"), quiet.get("high"), 1)])
    table = Table("Views and speech, of 1,000 adults, every thirteenth week", head, cells)
    return Figure(as_svg(_both(weeks), heading, caption, "views"), caption, table, heading)


def _both(weeks: dict[str, list[Row]]) -> Any:
    """Two lines for each town, and how far they are apart on the last day."""
    import altair as alt

    last = weeks[SPEECH][-1]["day"] / 365
    kinds = [f"{title}, {town}" for _, title, _ in LINES for _, town, _, _ in TOWNS]
    shown = [
        {"year": row["day"] / 365, "value": row[arm], "kind": f"{title}, {town}"}
        for name, title, _ in LINES for arm, town, _, _ in TOWNS for row in weeks[name]
    ]  # fmt: skip
    title = "Of 1,000 adults"
    ticks = [part / (4 if last < 1.5 else 1) for part in range(int(4 * last) + 2)]
    axis = alt.Axis(grid=False, values=[tick for tick in ticks if tick <= last + 0.03], format="~g")
    x = alt.X("year:Q", title="Years since the policy began", axis=axis, scale=alt.Scale(domain=[0, 1.34 * last], nice=False))
    y = alt.Y("value:Q", title=title, axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=True))
    colour = alt.Color("kind:N", legend=alt.Legend(columns=2, labelLimit=260),
                       scale=alt.Scale(domain=kinds, range=[hue for _, _, hue in LINES for _ in TOWNS]))  # fmt: skip
    dash = alt.StrokeDash("kind:N", scale=alt.Scale(domain=kinds, range=[dash for _ in LINES for *_, dash in TOWNS]))
    width = alt.StrokeWidth("kind:N", scale=alt.Scale(domain=kinds, range=[width for _ in LINES for *_, width, _ in TOWNS]))
    layers = []
    for name, _, hue in LINES:
        ranges = [
            {"year": row["day"] / 365, "low": max(row["twin"] + row["low"], 0.0), "high": row["twin"] + row["high"]}
            for row in weeks[name] if row.get("low") is not None
        ]  # fmt: skip
        if ranges:
            layers.append(
                alt.Chart(data(ranges)).mark_area(color=hue, opacity=0.16).encode(x=x, y=alt.Y("low:Q", title=title), y2="high:Q")
            )
    layers.append(alt.Chart(data(shown)).mark_line().encode(x=x, y=y, color=colour, strokeDash=dash, strokeWidth=width))
    return alt.layer(*layers, *_gaps(weeks, last, x, title)).properties(width=WIDTH - 90, height=230)


def _gaps(weeks: dict[str, list[Row]], last: float, x: Any, title: str) -> list[Any]:
    """How far the two lines of each town are apart on the last day, beside them."""
    import altair as alt

    layers = []
    for (arm, town, _, dash), (_, place) in zip(TOWNS, GAPS, strict=True):
        ends = sorted((weeks["critics"][-1][arm], weeks[SPEECH][-1][arm]))
        rows = [{"year": place * last, "from": ends[0], "to": ends[1], "value": sum(ends) / 2}]
        rows[0]["text"] = f"gap {words.number(ends[1] - ends[0], 0)}\n{town}".replace("with the ", "")
        rule = alt.Chart(data(rows)).mark_rule(color=INK, strokeWidth=1.3, strokeDash=dash)
        layers.append(rule.encode(x=x, y=alt.Y("from:Q", title=title), y2="to:Q"))
        words_at = alt.Chart(data(rows)).mark_text(align="left", dx=5, lineBreak="\n", fontSize=11)
        layers.append(words_at.encode(x=x, y=alt.Y("value:Q", title=title), text="text:N"))
    return layers


def _series(rows: Sequence[Row], title: str) -> Any:
    """A paired difference week by week, with its interval; the line at zero is the twin town."""
    import altair as alt

    shown = [
        {"year": row["day"] / 365, "value": row["policy"] - row["twin"], "low": row.get("low"), "high": row.get("high")} for row in rows
    ]
    x = alt.X("year:Q", title="Years since the policy began", axis=alt.Axis(grid=False, tickCount=7), scale=alt.Scale(nice=False))
    y = alt.Y("value:Q", title=title, axis=alt.Axis(tickCount=5))
    ranges = [row for row in shown if row["low"] is not None]
    band = alt.Chart(data(ranges)).mark_area(color=BLUE, opacity=0.18).encode(x=x, y=alt.Y("low:Q", title=title), y2="high:Q")
    zero = alt.Chart(data([{"at": 0}])).mark_rule(color=INK, strokeWidth=1.2).encode(y=alt.Y("at:Q", title=title))
    line = alt.Chart(data(shown)).mark_line(color=BLUE, strokeWidth=1.8).encode(x=x, y=y)
    return alt.layer(band, zero, line).properties(width=WIDTH - 90, height=150)
