"""Where entries come from, what is seen of people, and what is guessed about them."""

from collections.abc import Sequence
from typing import Any

from glasstown.report import figures, words
from glasstown.report.parts import Figure, Reading, Row, Section, Table, pictured, span
from glasstown.report.theme import INK, ORANGE, PALE, VERMILLION, WIDTH, as_svg, data
from glasstown.world import ORIGINS, WRONG_ORIGINS

NIGHT = "#00406b"  # darker than every other hue
RESTS = {  # what an entry rests on: message of the caption, colour, origins
    "a true deed of hers": ("deed", PALE, ("true deed",)),
    "a view she holds": ("view", ORANGE, ("view rightly inferred",)),
    "nothing she did or thinks": ("nothing", VERMILLION, tuple(ORIGINS[origin] for origin in WRONG_ORIGINS)),
    "somebody close": ("close", NIGHT, ("somebody close",)),
}
SEEN = ("life_observed", "sensor_cost", "view_entries", "view_entries_wrong", "flagged_rightly", "flagged_wrongly")
AFTER = ("view_after_right_flag", "view_after_wrong_flag", "speech_after_right_flag", "speech_after_wrong_flag")


def origins(reading: Reading) -> Section:
    """Where entries come from, and what they rest on."""
    heading = "Where do entries come from, and how many are deserved?"
    rows = [row for row in reading.table("origins") if row.get("share") is not None]
    if not rows:
        return Section("origins", heading, text=[words.say("absent_entries")])
    drawn = [row for row in rows if row["share"]]
    silent = [row["origin"] for row in rows if not row["share"]]
    text = [words.say("origins_none", names=", ".join(silent))] if silent else []
    told = [_rests(reading, kind, rows) for kind in RESTS if any(row["origin"] in RESTS[kind][2] for row in rows)]
    caption = words.say("origins_caption", told="; ".join(told))
    svg = as_svg(_chart(drawn), heading, caption, "origins")
    head = ["Origin", "Rests on", "Entries per 1,000 adults and year", "Of 100 entries", "90 % interval"]
    cells = [
        [row["origin"], rests_on(row["origin"]), words.number(row["per_1000_years"], 1), words.number(100 * row["share"], 1), _span(row)]
        for row in rows
    ]
    return Section("origins", heading, text=text, figures=[Figure(svg, caption, Table("Entries by origin", head, cells, words=2))])


def rests_on(origin: str) -> str:
    """What an entry of this origin rests on."""
    return next(kind for kind, (_, _, of) in RESTS.items() if origin in of)


def _rests(reading: Reading, kind: str, rows: Sequence[Row]) -> str:
    """Of 100 entries, how many rest on this, with an interval where one is known."""
    message, _, of = RESTS[kind]
    own = [row for row in rows if row["origin"] in of]
    value, some = 100 * sum(row["share"] for row in own), [row for row in own if row["share"]]
    if not some:
        return words.say(f"origins_{message}", value="none", range="").strip()
    low, high = (None if some[0].get(end) is None else 100 * some[0][end] for end in ("low", "high"))
    if len(some) > 1:  # intervals of parts do not add up: the outcome has that of the whole
        whole = reading.outcome("undeserved_entries")
        same = whole is not None and whole.value is not None and not whole.twin and abs(whole.value - value) < 0.5
        low, high = (whole.low, whole.high) if whole is not None and same else (None, None)
    told = words.interval(low, high, places=1) if low is not None else ""
    return words.say(f"origins_{message}", value=words.number(value, 1), range=told).strip()


def _span(row: Row) -> str:
    low, high = row.get("low"), row.get("high")
    return "none" if low is None or high is None else span(100 * low, 100 * high, 1)


def _of_100(row: Row) -> str:
    value = words.number(100 * row["share"], 1)
    return value if row.get("low") is None else f"{value} ({_span(row)})"


def _chart(rows: Sequence[Row]) -> Any:
    """Of 100 entries, how many come from which origin; the interval is on the bar, the colour says what they rest on."""
    import altair as alt

    shown = [
        {
            "label": row["origin"],
            "share": 100 * row["share"],
            "low": None if row.get("low") is None else 100 * row["low"],
            "high": None if row.get("high") is None else 100 * row["high"],
            "rests": rests_on(row["origin"]),
            "text": _of_100(row),
        }
        for row in rows
    ]
    room, title = 148, "Of 100 entries"
    order = [row["label"] for row in shown]
    y = alt.Y("label:N", sort=order, title=None, axis=figures.label_axis(room))
    x = alt.X("share:Q", title=title, scale=alt.Scale(domain=[0, 100]))
    kinds = [kind for kind in RESTS if any(row["rests"] == kind for row in shown)]
    legend = alt.Legend(columns=2)
    color = alt.Color("rests:N", scale=alt.Scale(domain=kinds, range=[RESTS[kind][1] for kind in kinds]), legend=legend)
    bars = alt.Chart(data(shown)).mark_bar(height={"band": 0.55}, stroke=INK, strokeWidth=0.8).encode(x=x, y=y, color=color)
    ranges, height = [row for row in shown if row["low"] is not None], 34 * len(shown)
    halo = alt.Chart(data(ranges)).mark_rule(color="white", strokeWidth=3.4).encode(x=alt.X("low:Q", title=title), x2="high:Q", y=y)
    rules = alt.Chart(data(ranges)).mark_rule(color=INK, strokeWidth=1.4).encode(x=alt.X("low:Q", title=title), x2="high:Q", y=y)
    plot = alt.layer(bars, halo, rules).properties(width=WIDTH - room - 140, height=height)
    texts = alt.Chart(data(shown)).mark_text(align="left").encode(
        y=alt.Y("label:N", sort=order, axis=None), text="text:N", x=alt.value(0)
    )  # fmt: skip
    return alt.hconcat(plot, texts.properties(width=110, height=height), spacing=14)


def seen(reading: Reading) -> Section | None:
    """What sensors saw and what software guessed; None where the assessment measured neither."""
    heading = "What is seen, and what is guessed"
    if not reading.outcomes((*SEEN, *AFTER)):
        return None
    text, made = list[str](), list[Figure]()
    for names, title, name in (
        (SEEN, "Watching, and guessing at views", "watched"),
        (AFTER, "After somebody was said to hold the view", "flagged"),
    ):
        drawn, said = pictured(reading.outcomes(names), title, name, heading=title)
        made, text = [*made, *drawn], [*text, *said]
    return Section("seen", heading, text=[words.say("seen_text"), *text] if made else text, figures=made)
