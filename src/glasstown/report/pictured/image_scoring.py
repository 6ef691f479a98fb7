"""Image scoring: how often helping takes over, and how it comes and goes with mutants."""

from typing import Any

TITLE = "Image scoring: when helping takes over, and how it comes and goes"
DESCRIPTION = (
    "Left, in what share of runs nearly everybody helps at generation 150, by interactions a generation: about 40 % with 125, nearly all "
    "with 500, all with 1000; our rings lie on the crosses of the reference runs. Right, one run of 10,000 generations with mutants: long "
    "times in which nearly nobody helps and long times in which nearly everybody does follow one another, with steep turns between."
)


def draw(series: dict[str, dict[str, list[Any]]]) -> Any:
    """Runs that end in cooperation by interactions a generation, beside cooperation over generations with mutants."""
    import altair as alt

    from glasstown.report.theme import BLUE, VERMILLION, WIDTH, data

    found, cycle = series["without_mutation"], series["with_mutation"]
    kinds = ["Ours", "Reference runs"]
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "cross"]))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[BLUE, VERMILLION]))
    percent = alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    x = alt.X("interactions:O", title="Interactions a generation", axis=alt.Axis(labelAngle=0, ticks=False))
    y = alt.Y("share:Q", title="Runs in which nearly all help", scale=alt.Scale(domain=[0, 1.04], nice=False), axis=percent)
    layers = []
    for kind, key, size in zip(kinds, ("ours", "target"), (190, 40), strict=True):
        rows = [
            {"interactions": number, "share": value, "kind": kind} for number, value in zip(found["interactions"], found[key], strict=True)
        ]
        points = alt.Chart(data(rows)).mark_point(size=size, opacity=1, strokeWidth=2)
        layers.append(points.encode(x=x, y=y, shape=shape, color=colour))
    left = alt.layer(*layers).properties(width=150, height=200, title=alt.Title("Without mutants", fontSize=12, anchor="start"))
    rows = [{"at": at, "share": share} for at, share in zip(cycle["generation"], cycle["cooperation"], strict=True)]
    line = alt.Chart(data(rows)).mark_line(color=BLUE, strokeWidth=1.6).encode(
        x=alt.X("at:Q", title="Generation", axis=alt.Axis(grid=False, tickCount=5, format=",d"), scale=alt.Scale(nice=False)),
        y=alt.Y("share:Q", title="Interactions with help", scale=alt.Scale(domain=[0, 1.04], nice=False), axis=percent),
    )  # fmt: skip
    head = alt.Title("With mutants, one run", fontSize=12, anchor="start")
    return alt.hconcat(left, line.properties(width=WIDTH - 300, height=200, title=head), spacing=26)
