"""A town of 1,000 as an icon array: one mark a person, told apart by shape as well as by colour."""

from html import escape
from textwrap import wrap
from typing import Any

from glasstown.report.theme import BLUE, FAINT, FONT, INK, ORANGE, QUIET, VERMILLION, readable
from glasstown.report.words import interval, number

COLUMNS, ROWS = 50, 20
PITCH = 11.0  # pixels from one person to the next
LINE = 19  # pixels from one line of the key to the next
TOWN = COLUMNS * ROWS

# class of fate: path of its mark (about 9 pixels wide, relative to its middle), fill, outline
MARKS = {
    "deserved": ("m-4.2-4.2h8.4v8.4h-8.4z", BLUE, BLUE),
    "harmless": ("m0-5.2 5.2 5.2-5.2 5.2-5.2-5.2z", ORANGE, INK),
    "wrongly": ("m0-5.2 5 9h-10z", VERMILLION, INK),
    "missed": ("m-4-4 8 8m0-8-8 8", "none", INK),
    "never": ("m-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0z", "white", FAINT),
}
TITLES = {
    "deserved": "sanctioned for what they did",
    "harmless": "sanctioned for something that harms nobody",
    "wrongly": "sanctioned wrongly",
    "missed": "did it, and were missed",
    "never": "never sanctioned",
}


def people_of(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Whole people of 1,000 for each class of fate, by largest remainder, so that they add up to the town."""
    shares = {row["class"]: max(float(row["per_1000"]), 0.0) for row in rows if row["class"] in MARKS}
    shares["never"] = max(TOWN - sum(share for name, share in shares.items() if name != "never"), 0.0)
    whole = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: whole[name] - shares[name])
    for name in by_remainder[: max(TOWN - sum(whole.values()), 0)]:
        whole[name] += 1
    return {name: whole.get(name, 0) for name in MARKS}


def fate_text(row: dict[str, Any]) -> str:
    """One class of fate as a natural frequency with its interval."""
    title = row.get("title") or TITLES[row["class"]]
    places = 1 if row["per_1000"] < 100 else 0
    least = 0.05  # of 1,000: what rounds to 0.0
    if not row["per_1000"] and not row.get("high"):
        return f"None of 1,000 {title}"
    high = None if row.get("high") is None else min(row["high"], float(TOWN))
    count = "fewer than 0.1" if 0 < row["per_1000"] < least else number(row["per_1000"], places)
    return f"{count} of 1,000 {title} {interval(row.get('low'), high, places=places)}"


def town(rows: list[dict[str, Any]], title: str, name: str = "town") -> str:
    """The icon array with its key: 50 x 20 marks, then one line for each class."""
    counts, height = people_of(rows), ROWS * PITCH
    marks, place = [], 0
    for kind, count in counts.items():
        spots = [((spot % COLUMNS + 0.6) * PITCH, (spot // COLUMNS + 0.6) * PITCH) for spot in range(place, place + count)]
        marks.append(_marks(kind, spots))
        place += count
    key: list[str] = []
    lines: list[str] = []
    for kind in MARKS:
        row = next((row for row in rows if row["class"] == kind), None)
        if row is not None:
            y = height + 22 + LINE * len(lines)
            key.append(_marks(kind, [(10.0, y - 4)]))
            key.append(f'<text x="26" y="{y:g}">{escape(fate_text(row))}</text>')
            lines.append(fate_text(row))
    tall = height + 12 + LINE * len(lines)
    body = f'<g font-family="{FONT}" font-size="13" fill="{INK}">{"".join(key)}</g>'
    wide = COLUMNS * PITCH + 10
    size = f'width="{wide:g}" height="{tall:g}" viewBox="0 0 {wide:g} {tall:g}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="100%" height="100%" fill="white"/>{"".join(marks)}{body}</svg>'
    return readable(svg, title, "; ".join(lines) + ".", name)


def hundreds(panels: list[tuple[str, float, str]], title: str, name: str) -> str:
    """Beside one another, a hundred people each: of how many something is so. Panels are (what, share of 0 to 1, its range)."""
    side, gap, marks, lines = 10, 36, [], []
    wide, height = side * PITCH + gap, side * PITCH
    for place, (what, share, span) in enumerate(panels):
        left, some = 6 + place * wide, min(max(round(100 * share), 0), 100)
        spots = [(left + (spot % side + 0.6) * PITCH, (spot // side + 0.6) * PITCH) for spot in range(100)]
        marks += [_marks("wrongly", spots[:some]), _marks("never", spots[some:])]
        lines += [f'<text x="{left:g}" y="{height + 24:g}" font-size="17" font-weight="bold">{some} of 100</text>']
        said = [*wrap(what, 20), f"({span})"]
        lines += [f'<text x="{left:g}" y="{height + 43 + 16 * line:g}">{escape(text)}</text>' for line, text in enumerate(said)]
    tall = height + 46 + 16 * max(len(wrap(what, 20)) + 1 for what, _, _ in panels)
    size = f'width="{len(panels) * wide:g}" height="{tall:g}" viewBox="0 0 {len(panels) * wide:g} {tall:g}"'
    body = f'<g font-family="{FONT}" font-size="13" fill="{INK}">{"".join(lines)}</g>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="100%" height="100%" fill="white"/>{"".join(marks)}{body}</svg>'
    return readable(svg, title, "; ".join(f"{round(100 * share)} of 100 {what} ({span})" for what, share, span in panels) + ".", name)


def _marks(kind: str, spots: list[tuple[float, float]]) -> str:
    """All marks of one class as one path."""
    path, fill, line = MARKS[kind]
    width = 2 if kind == "missed" else 1
    drawn = "".join(f"M{x:.1f} {y:.1f}{path}" for x, y in spots)
    return (
        f'<path d="{drawn}" fill="{fill}" stroke="{line if line != FAINT else QUIET}" stroke-width="{width if line != FAINT else 0.6}"/>'
        if spots
        else ""
    )
