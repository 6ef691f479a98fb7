"""The house style of every picture, and how a chart becomes a static SVG that can be read aloud.

Hues are from Okabe and Ito (2008, Color Universal Design); each also differs in lightness, and no meaning rests on hue alone: shape,
dash or a label says the same.
"""

import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

FONT = "Liberation Sans, Arial, sans-serif"
INK, QUIET, FAINT, WASH = "#1a1a1a", "#595959", "#c9c9c9", "#efefef"
BLUE, ORANGE, PALE, VERMILLION = "#0072b2", "#e69f00", "#b3d9f2", "#d55e00"
GROUPS = ("all", "majority", "minority")  # the order of groups in every picture
GROUP_COLOURS = (INK, BLUE, ORANGE)
GROUP_SHAPES = ("diamond", "circle", "square")
GROUP_DASHES = ([1, 0], [1, 0], [6, 3])
WIDTH = 640  # of a full-width picture, in CSS pixels: what A4 holds between its margins


def styled(chart: Any) -> Any:
    """A top-level Altair chart with the house fonts, colours and padding."""
    small = {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": INK, "titleFontWeight": "normal"}
    return chart.properties(background="white", padding={"left": 4, "right": 14, "top": 6, "bottom": 8}).configure(
        font=FONT,
        axis={**small, "gridColor": WASH, "domainColor": FAINT, "tickColor": FAINT, "labelLimit": 260, "titlePadding": 8},
        legend={**small, "orient": "top", "title": None, "symbolSize": 110, "symbolStrokeWidth": 2, "labelLimit": 320},
        header={**small, "labelFontWeight": "bold", "labelAnchor": "start", "title": None},
        text={"font": FONT, "fontSize": 12, "color": INK},
        title={"fontSize": 14, "anchor": "start", "color": INK, "fontWeight": "bold"},
        view={"stroke": None},
        aria=False,  # the whole picture has one text; a name for each mark would be read out mark by mark
    )


def data(rows: "list[dict[str, Any]]") -> "alt.Data":
    """Rows as inline data of a chart; aggregates only, never persons."""
    import altair as alt

    return alt.Data(values=rows)  # type: ignore[no-untyped-call, unused-ignore]


def as_svg(chart: Any, title: str, description: str, name: str) -> str:
    """An Altair chart as one SVG element: its title and description for who cannot see it, ids prefixed with `name`."""
    import vl_convert

    return readable(vl_convert.vegalite_to_svg(styled(chart).to_dict()), title, description, name)


def readable(svg: str, title: str, description: str, name: str) -> str:
    """Give an SVG one accessible name, make it scale with the page, and keep its ids apart from other pictures'."""
    svg = re.sub(r"<[^>]+>", lambda tag: _lean(tag.group(), name), svg)
    svg = re.sub(r'<path d="[^"]*" display="none"/>', "", svg)
    head = f'<svg role="img" aria-labelledby="{name}-title {name}-desc"'
    texts = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    opening, rest = svg.split(">", 1)
    return f"{opening.replace('<svg', head, 1)}>{texts}{rest}"


def _lean(tag: str, name: str) -> str:
    """One tag without what only scripts and per-mark names need, with short decimals and ids of its own."""
    tag = re.sub(r' (?:role|class|aria-[a-z]+|pointer-events|xmlns:xlink|version)="[^"]*"', "", tag)
    tag = re.sub(r' (?:opacity|fill-opacity|stroke-opacity)="1"', "", tag)
    tag = re.sub(r"(\d\.\d\d)\d+", r"\1", tag)
    tag = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', tag)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", tag)
