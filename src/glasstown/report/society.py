"""A society shown: tables for the terminal, and one picture."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from glasstown.people.founding import Society
    from glasstown.people.recipe import Recipe

Portrait = dict[str, Any]
GROUPS = ("majority", "minority")
LAYERS = {"kin": "kin", "work": "colleagues", "neighbourhood": "neighbours", "friends": "friends", "all": "all"}
FACTS = {
    "under_15": ("younger than 15", "%"), "over_65": ("65 or older", "%"), "median_age": ("median age", "years"),
    "mean_household": ("members of a household", ""), "households_of_1": ("households of one", "%"),
    "households_of_2": ("households of two", "%"), "households_of_3": ("households of three", "%"),
    "households_of_4": ("households of four", "%"), "households_of_5": ("households of five or more", "%"),
    "employed_20_to_64": ("at work, of those 20 to 64", "%"), "hardship": ("below the hardship line", "%"),
    "majority_friends_alike": ("friends in own group, majority", "%"),
}  # fmt: skip


def show(recipe: "Recipe", society: "Society", console: "Console", picture_path: Path | None = None) -> Portrait:
    """Print what a recipe made, and draw it if a path ending in .svg or .png is given. Returns the portrait (plain data)."""
    from glasstown.people.portrait import measure

    portrait = measure(society, recipe)
    console.print(f"[bold]{escaped(recipe.title)}[/bold]: {portrait['people']:,} invented people in {households(portrait):,} households")
    for table in (of_groups(portrait), of_districts(portrait), of_ties(portrait), of_likeness(portrait), of_facts(portrait)):
        if table is not None:
            console.print(table)
    console.print(sentence(portrait), highlight=False)
    if picture_path is not None:
        draw(portrait, recipe.title, picture_path)
        console.print(f"Picture: {escaped(str(picture_path))}", highlight=False)
    return portrait


def escaped(text: str) -> str:
    """Text in which rich sees no markup."""
    from rich.markup import escape

    return escape(text)


def households(portrait: Portrait) -> int:
    """How many households there are."""
    return int(portrait["households"]["households"])


def percent(part: float | None, places: int = 0) -> str:
    """A share as a percentage; a dash for nobody."""
    return "–" if part is None else f"{100 * part:.{places}f} %"


def plain(value: float | None, places: int = 1) -> str:
    """A number; a dash for nobody."""
    return "–" if value is None else f"{value:,.{places}f}"


def table_of(title: str, *heads: str) -> Any:
    """An empty table; all columns but the first are numbers."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left")
    return table


def of_groups(portrait: Portrait) -> Any:
    """Everybody, the majority, the minority."""
    work, income = portrait["work"], portrait["income"]
    table = table_of("Who lives here", "", "everybody", *GROUPS)
    table.add_row("share of people", "100 %", percent(1 - portrait["minority"]), percent(portrait["minority"]))
    table.add_row(
        "at work, of 20 to 64 year-olds", percent(work["employed_20_to_64"]), *(percent(work["employed"][group]) for group in GROUPS)
    )
    table.add_row("median wage, a day", "", *(plain(wage and wage / 100, 2) for wage in (work["median_wage"][group] for group in GROUPS)))
    table.add_row(
        "below the hardship line", percent(income["hardship"]), *(percent(income["hardship_by_group"][group]) for group in GROUPS)
    )
    table.add_row("cameras at home (mean resident 1)", "1.00", *(plain(portrait["cameras"][group], 2) for group in GROUPS))
    return table


def of_districts(portrait: Portrait) -> Any:
    """One line a district."""
    table = table_of("Districts", "", "people", "minority", "median wage, a month", "cameras")
    for row in portrait["districts"]:
        wage = row["median_wage"]
        table.add_row(
            escaped(row["name"]), f"{row['people']:,}", percent(row["minority"]), plain(wage and wage / 100, 0), plain(row["cameras"], 2)
        )
    return table


def of_ties(portrait: Portrait) -> Any:
    """How many ties adults have, one line a layer."""
    table = table_of("Ties of adults", "", "mean", "10 to 90 % have", "most", "none", "clustering")
    for row in portrait["ties"]["layers"]:
        table.add_row(
            LAYERS[row["layer"]], plain(row["mean"]), f"{row['low']:.0f} to {row['high']:.0f}", f"{row['most']}", percent(row["none"]),
            plain(row["clustering"], 2),
        )  # fmt: skip
    return table


def of_likeness(portrait: Portrait) -> Any:
    """How alike tied adults are, one line a layer."""
    table = table_of("Likeness of tied adults", "", "own group: majority", "minority", "years apart")
    lines = [(LAYERS[line["layer"]], "", line) for line in portrait["likeness"]]
    for name, kind, line in (*lines, ("two at random", "_at_random", portrait["likeness"][-1])):
        table.add_row(name, *(percent(line[group + kind]) for group in GROUPS), plain(line["years" + kind]))
    return table


def of_facts(portrait: Portrait) -> Any | None:
    """What is known beside what came out."""
    if not portrait["facts"]:
        return None
    table = table_of("Compared with what is known", "", "here", "known", "role", "source")
    for fact in portrait["facts"]:
        title, unit = FACTS[fact["measure"]]
        values = [percent(fact[name], 1) if unit == "%" else plain(fact[name]) for name in ("here", "known")]
        table.add_row(title, *values, fact["role"], escaped(fact["source"] or ""))
    return table


def sentence(portrait: Portrait) -> str:
    """Segregation, inequality and small world in a few words."""
    income, work, ties = portrait["income"], portrait["work"], portrait["ties"]
    apart = portrait["segregation"]
    return (
        f"Index of dissimilarity between districts {plain(apart['dissimilarity'], 2)} (asked: {apart['asked']:g}). "
        f"Gini of income {plain(income['gini'], 2)}, of wages {plain(income['gini_wages'], 2)}. "
        f"Officials {percent(work['officials'], 1)} of adults, their kin {percent(work['kin_of_officials'], 1)}. "
        f"Ties a citizen, children included, {plain(ties['mean'])}; from one person to another {plain(ties['steps'])} steps."
    )


def draw(portrait: Portrait, title: str, path: Path) -> None:
    """Write the picture as SVG or PNG, by the path's ending. Raises ValueError for another ending."""
    import vl_convert

    from glasstown.report import theme

    chart = picture(portrait, title)
    if path.suffix == ".svg":
        path.write_text(theme.as_svg(chart, title, sentence(portrait), "society"), encoding="utf-8")
    elif path.suffix == ".png":
        path.write_bytes(vl_convert.vegalite_to_png(theme.styled(chart).to_dict(), scale=2))
    else:
        raise ValueError(f"a picture ends in .svg or .png; {path.suffix or 'nothing'} was given")


def picture(portrait: Portrait, title: str) -> Any:
    """Six panels: ages, households, income; districts, ties, friends."""
    import altair as alt

    apart: Any = dict.fromkeys(("color", "shape", "strokeDash"), "independent")
    left = alt.vconcat(ages(portrait), household_sizes(portrait), incomes(portrait), spacing=26).resolve_scale(**apart)
    right = alt.vconcat(districts(portrait), ties(portrait), likeness(portrait), spacing=26).resolve_scale(**apart)
    about = f"{portrait['people']:,} invented people, {households(portrait):,} households"
    return alt.hconcat(left, right, spacing=36).resolve_scale(**apart).properties(title=alt.Title(title, subtitle=about, offset=16))


WIDTH, HEIGHT = 310, 170


def told(part: float | None) -> str:
    """A share beside a mark, as axes write it."""
    return percent(part, 0 if part is None or part >= 0.01 or part == 0 else 1).replace(" ", "")


def panel(title: str) -> dict[str, Any]:
    """Size and title of a panel."""
    import altair as alt

    return {"width": WIDTH, "height": HEIGHT, "title": alt.Title(title, fontSize=12.5, frame="group", offset=10)}


def of_group(values: tuple[Any, ...]) -> Any:
    """A scale from the two groups to colours, dashes or shapes (of a theme that begins with everybody)."""
    import altair as alt

    return alt.Scale(domain=list(GROUPS), range=list(values[1:]))


def legend(x: int, y: int) -> Any:
    """A legend inside its panel."""
    import altair as alt

    return alt.Legend(
        title=None, orient="none", legendX=x, legendY=y, direction="horizontal", fillColor="white", strokeColor="#c9c9c9", padding=4
    )


def ages(portrait: Portrait) -> Any:
    """Share of each group by age, as lines that also differ in dash."""
    import altair as alt

    from glasstown.report import theme

    bars = portrait["ages"]["bars"]
    total = {group: max(sum(bar["people"] for bar in bars if bar["group"] == group), 1) for group in GROUPS}
    rows = [{**bar, "share": bar["people"] / total[bar["group"]], "age": bar["from"] + 2.5} for bar in bars]
    place, highest = legend(132, 0), 1.2 * max(row["share"] for row in rows)
    line = alt.Chart(theme.data(rows)).mark_line(strokeWidth=2.2).encode(
        x=alt.X("age:Q", title="Age, years (steps of five)", scale=alt.Scale(domain=[0, 95])),
        y=alt.Y("share:Q", title="Share of the group", axis=alt.Axis(format="%", tickCount=4), scale=alt.Scale(domain=[0, highest])),
        color=alt.Color("group:N", scale=of_group(theme.GROUP_COLOURS), legend=place),
        strokeDash=alt.StrokeDash("group:N", scale=of_group(theme.GROUP_DASHES), legend=place),
    )  # fmt: skip
    return line.properties(**panel("Ages"))


def household_sizes(portrait: Portrait) -> Any:
    """Share of households by members."""
    import altair as alt

    from glasstown.report import theme

    rows = [
        {"members": str(line["members"]), "share": line["share"], "text": told(line["share"])} for line in portrait["households"]["sizes"]
    ]
    x = alt.X("members:O", title="Members of the household", axis=alt.Axis(labelAngle=0))
    y = alt.Y("share:Q", title="Share of households", axis=alt.Axis(format="%", tickCount=4))
    base = alt.Chart(theme.data(rows)).encode(x=x, y=y)
    return alt.layer(
        base.mark_bar(color=theme.PALE, stroke=theme.BLUE), base.mark_text(dy=-8, fontSize=11).encode(text="text:N")
    ).properties(**panel("Households"))  # fmt: skip


def incomes(portrait: Portrait) -> Any:
    """Distribution of equivalised income, and the hardship line."""
    import altair as alt

    from glasstown.report import theme

    bars = portrait["income"]["bars"]
    width = (bars[1]["from"] - bars[0]["from"]) / 100
    rows = [{"from": bar["from"] / 100, "to": bar["from"] / 100 + width, "share": bar["share"]} for bar in bars]
    highest = 1.2 * max(row["share"] for row in rows)
    x = alt.X("from:Q", title="Income of an equivalent adult, currency units a month (last bar: or more)")
    bar = alt.Chart(theme.data(rows)).mark_bar(color=theme.PALE, stroke=theme.BLUE, strokeWidth=0.8).encode(
        x=x, x2="to:Q", y2=alt.datum(0),
        y=alt.Y("share:Q", title="Share of people", axis=alt.Axis(format="%", tickCount=4), scale=alt.Scale(domain=[0, highest])),
    )  # fmt: skip
    line = portrait["income"]["line"] / 100
    marked = [{"at": line, "text": f"hardship line: {told(portrait['income']['hardship'])} live below it"}]
    rule = alt.Chart(theme.data(marked)).mark_rule(color=theme.INK, strokeWidth=1.6, strokeDash=[5, 3]).encode(x="at:Q")
    text = alt.Chart(theme.data(marked)).mark_text(align="left", dx=6, fontSize=11.5).encode(x="at:Q", y=alt.value(8), text="text:N")
    return alt.layer(bar, rule, text).properties(**panel("Income"))


def districts(portrait: Portrait) -> Any:
    """Each district, by share of the minority: that share, cameras, median wage, side by side."""
    import altair as alt

    from glasstown.report import theme

    rows = [row for row in portrait["districts"] if row["people"]]
    rows = [{**row, "wage": (row["median_wage"] or 0) / 100} for row in sorted(rows, key=lambda row: -(row["minority"] or 0))]
    columns: list[Any] = []
    for name, title, pattern, unit in (
        ("minority", "Minority", ".0%", 1), ("cameras", "Cameras (mean: 1)", ".1f", 1), ("wage", "Median wage a month", ",.0f", 1)
    ):  # fmt: skip
        axis = alt.Axis(ticks=False, domain=False, labelFontSize=11) if not columns else None
        base = alt.Chart(theme.data(rows)).encode(
            x=alt.X(f"{name}:Q", title=title, axis=alt.Axis(format="%" if name == "minority" else "~s", tickCount=3),
                    scale=alt.Scale(domain=[0, 1.35 * max((row[name] for row in rows), default=unit)], nice=False)),
            y=alt.Y("name:N", sort=None, title=None, axis=axis),
        )  # fmt: skip
        words = base.mark_text(align="left", dx=3, fontSize=10.5).encode(text=alt.Text(f"{name}:Q", format=pattern))
        bars = base.mark_bar(color=theme.PALE, stroke=theme.BLUE, strokeWidth=0.8)
        columns.append(alt.layer(bars, words).properties(width=(WIDTH - 20) / 3, height=HEIGHT))
    apart = plain(portrait["segregation"]["dissimilarity"], 2)
    title = panel(f"Districts (index of dissimilarity {apart})")["title"]
    return alt.hconcat(*columns, spacing=10, title=title)


def ties(portrait: Portrait) -> Any:
    """Distribution of all ties of adults, with the mean of each layer told."""
    import altair as alt

    from glasstown.report import theme

    rows = [bar for bar in portrait["ties"]["bars"] if bar["layer"] == "all"]
    last = max((row["ties"] for row in rows if row["share"] > 0), default=1)
    means = {row["layer"]: row["mean"] for row in portrait["ties"]["layers"]}
    means_told = [{"text": [f"mean {plain(means['all'])}:", *(f"{LAYERS[layer]} {plain(means[layer])}" for layer in list(LAYERS)[:-1])]}]
    bar = alt.Chart(theme.data([{**row, "to": row["ties"] + 0.9} for row in rows if row["ties"] <= last])).mark_bar(
        color=theme.PALE, stroke=theme.BLUE, strokeWidth=0.8
    ).encode(
        x=alt.X("ties:Q", title="Ties of an adult", axis=alt.Axis(tickMinStep=1),
                scale=alt.Scale(domain=[0, max(last + 1, 25)])), x2="to:Q",
        y=alt.Y("share:Q", title="Share of adults", axis=alt.Axis(format="%", tickCount=4)), y2=alt.datum(0),
    )  # fmt: skip
    text = alt.Chart(theme.data(means_told)).mark_text(align="right", baseline="top", fontSize=11.5, lineHeight=15).encode(
        x=alt.value(WIDTH - 4), y=alt.value(6), text="text:N"
    )  # fmt: skip
    return alt.layer(bar, text).properties(**panel("Ties"))


def likeness(portrait: Portrait) -> Any:
    """Share of ties within one's own group, by layer, against two adults at random."""
    import altair as alt

    from glasstown.report import theme

    order = list(LAYERS.values())[:-1]
    rows = [
        {"layer": LAYERS[line["layer"]], "group": group, "share": line[group]}
        for line in portrait["likeness"][:-1] for group in GROUPS if line[group] is not None
    ]  # fmt: skip
    random = [{"group": group, "at": portrait["likeness"][-1][f"{group}_at_random"]} for group in GROUPS]
    place = legend(84, 142)
    colour = alt.Color("group:N", scale=of_group(theme.GROUP_COLOURS), legend=place)
    x = alt.X("share:Q", title="Share of tied adults who are of one's own group", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    dots = alt.Chart(theme.data(rows)).mark_point(filled=True, size=85, opacity=1).encode(
        x=x, y=alt.Y("layer:N", sort=order, title=None), color=colour,
        shape=alt.Shape("group:N", scale=of_group(theme.GROUP_SHAPES), legend=place),
    )  # fmt: skip
    rule = alt.Chart(theme.data(random)).mark_rule(strokeDash=[4, 3], strokeWidth=1.4).encode(x="at:Q", color=colour)
    return alt.layer(rule, dots).properties(**panel("Likeness of the tied (dashed: two adults at random)"))
