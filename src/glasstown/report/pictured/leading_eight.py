"""The leading eight with private opinions: who holds whom to be bad, and how much each strategy cooperates with itself."""

from typing import Any

TITLE = "The leading eight: who holds whom to be good, and how much they cooperate"
DESCRIPTION = (
    "Above, one square for each of eight strategies. A row is what one of 50 people thinks of all 50: white for good, blue for bad. "
    "In the squares of L1, L3, L4 and L7 there is little blue, in those of L2 and L5 about a third, in that of L6 about half, evenly "
    "scattered; that of L8 is all blue. Below, the share of events in which a donor cooperates, for each strategy: ours as a ring, the "
    "published code's as a cross, on top of one another: about 0.9 for L1, L3, L4 and L7, 0.7 for L2 and L5, 0.5 for L6 and 0 for L8."
)
SIDE = 132  # of a square, in pixels


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Squares of opinions as Hilbe et al. draw them, above self-cooperation by strategy, ours and the published code's."""
    import altair as alt

    names = series["cooperation"]["strategy"]
    squares = [_square(alt, series["images"], name, place % 4 == 0, place >= len(names) - 4) for place, name in enumerate(names)]
    rows = [alt.hconcat(*squares[place : place + 4], spacing=14) for place in range(0, len(squares), 4)]
    head = alt.Title("Who holds whom to be bad (blue) at the end of one run", fontSize=12, fontWeight="normal", anchor="start")
    rows[0] = rows[0].properties(title=head)
    return alt.vconcat(*rows, _cooperation(alt, series["cooperation"]), spacing=14)


def _square(alt: Any, images: dict[str, list[Any]], name: str, leftmost: bool, lowest: bool) -> Any:
    from glasstown.report.theme import BLUE, FAINT, data

    people = 1 + max(images["observer"])
    ink = [
        point
        for strategy, observer, first, after in zip(*(images[key] for key in ("strategy", "observer", "first", "after")), strict=True)
        if strategy == name
        for point in ((first, observer), (after, observer), (None, observer))
    ]
    rows = [{"x": x, "y": y + 0.5, "order": order} for order, (x, y) in enumerate(ink)]
    axis = {"values": [], "domain": False, "grid": False}
    x = alt.X("x:Q", title="Seen" if lowest else None, scale=alt.Scale(domain=[0, people], nice=False), axis=alt.Axis(**axis))
    y = alt.Y("y:Q", title="Observer" if leftmost else None, axis=alt.Axis(**axis),
              scale=alt.Scale(domain=[0, people], reverse=True, nice=False))  # fmt: skip
    stretches = alt.Chart(data(rows)).mark_line(color=BLUE, strokeWidth=SIDE / people, strokeCap="butt", invalid="break-paths-show-domains")
    frame = alt.Chart(data([{"a": 0, "b": people}])).mark_rect(fill=None, stroke=FAINT)
    ends = frame.encode(x=alt.X("a:Q"), x2="b:Q", y=alt.Y("a:Q"), y2="b:Q")
    return alt.layer(stretches.encode(x=x, y=y, order="order:Q"), ends).properties(
        width=SIDE, height=SIDE, title=alt.Title(name, fontSize=12, anchor="start", offset=4)
    )


def _cooperation(alt: Any, found: dict[str, list[Any]]) -> Any:
    from glasstown.report.theme import BLUE, VERMILLION, WIDTH, data

    kinds = ["Ours", "Published code"]
    x = alt.X("strategy:N", title="Strategy", axis=alt.Axis(labelAngle=0, ticks=False, domain=False))
    y = alt.Y("share:Q", title="Events with cooperation", scale=alt.Scale(domain=[-0.06, 1], nice=False),
              axis=alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1]))  # fmt: skip
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "cross"]))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[BLUE, VERMILLION]))
    layers = []
    for kind, key, size in zip(kinds, ("ours", "run"), (190, 40), strict=True):
        rows = [
            {"strategy": name, "share": value, "kind": kind, "text": f"{value:.0%}"}
            for name, value in zip(found["strategy"], found[key], strict=True)
        ]
        points = alt.Chart(data(rows)).mark_point(size=size, opacity=1, strokeWidth=2)
        layers.append(points.encode(x=x, y=y, shape=shape, color=colour))
    texts = layers[0].mark_text(align="left", dx=12).encode(x=x, y=y, text="text:N", shape=alt.Undefined, color=alt.Undefined)
    return alt.layer(*layers, texts).properties(width=WIDTH - 60, height=170)
