"""Recipes for tests: a plain one, random valid ones, and the mirror of a recipe."""

from typing import Any

from hypothesis import strategies as st

from glasstown.people.recipe import Recipe, most_dissimilar

KNOWN = {"grade": "scenario"}


def plain(**changes: Any) -> dict[str, Any]:
    """A small recipe as data; changes replace whole tables."""
    tables: dict[str, Any] = {
        "schema_version": 1, "name": "hamlet", "title": "A hamlet",
        "minority": {"share": 0.3}, "segregation": {"dissimilarity": 0.4}, "couples": {"mixed": 0.1},
        "likeness": {"views": 0.5, "wages": 0.2},
        "employment": {"from_age": [18, 30], "majority": [0.6, 0.8], "minority": [0.5, 0.7]},
        "wages": {"groups": [1.0, 0.8], "spread": 0.5}, "pensions": {"share": 0.6}, "officials": {"share": [0.05, 0.02]},
        "firms": {"largest": 50, "near": 0.5}, "family": {"households": 2, "near": 0.5}, "colleagues": {"ties": 4},
        "neighbours": {"ties": 4}, "friends": {"ties": 4, "own_group": 0.6, "far": 0.2},
        "propensity": {"spread": 0.8}, "boldness": {"differs": True}, "views": {"mean": [0.1, -0.1], "spread": 0.4},
        "household": [
            {"adults": 1, "children": 0, "share": 0.4, "oldest": [20, 90]},
            {"adults": 2, "children": 2, "share": 0.4, "oldest": [25, 50]},
            {"adults": 3, "children": 1, "share": 0.15, "oldest": [42, 66]},
            {"adults": 2, "children": 0, "share": 0.05, "oldest": [50, 80], "couple": False},
        ],
        "district": [
            {"name": "North", "share": 0.5, "minority": -1, "wealth": 1.2, "cameras": 0.5},
            {"name": "Middle", "share": 0.3, "minority": 1, "wealth": 0.9, "cameras": 2},
            {"name": "South", "share": 0.2, "minority": 1, "wealth": 0.8, "cameras": 1},
        ],
        **changes,
    }  # fmt: skip
    return {
        name: [{**KNOWN, **row} for row in table] if isinstance(table, list) else {**KNOWN, **table} if isinstance(table, dict) else table
        for name, table in tables.items()
    }


def made(**changes: Any) -> Recipe:
    """The small recipe, checked."""
    return Recipe.model_validate(plain(**changes))


def mirror(recipe: Recipe) -> Recipe:
    """The recipe with its groups swapped: labels and values."""
    data = recipe.model_dump()
    data["minority"]["share"] = 1 - data["minority"]["share"]
    for table, key in (("wages", "groups"), ("officials", "share"), ("views", "mean")):
        data[table][key] = data[table][key][::-1]
    data["employment"]["majority"], data["employment"]["minority"] = data["employment"]["minority"], data["employment"]["majority"]
    for district in data["district"]:
        district["minority"] = -district["minority"]
    return Recipe.model_validate(data)


def share(low: float = 0.0, high: float = 1.0) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """Any recipe that the loader lets through, near and beyond what is plausible."""

    def number(low: float, high: float) -> float:
        return draw(st.sampled_from([low, high]) | share(low, high))

    def split(parts: int) -> list[float]:
        weights = [draw(st.integers(0, 9)) for _ in range(parts)]
        return [weight / sum(weights) for weight in weights] if sum(weights) else [1.0] + [0.0] * (parts - 1)

    def ages() -> list[int]:
        return sorted(draw(st.tuples(st.integers(18, 99), st.integers(18, 99))))

    kinds, districts = split(draw(st.integers(1, 5))), split(draw(st.integers(1, 6)))
    steps = [18, *sorted(draw(st.sets(st.integers(19, 99), max_size=3)))]
    minority, pulls = number(0.001, 0.999), [number(-20, 20) for _ in districts]
    most = most_dissimilar(minority, districts, pulls)
    return made(
        minority={"share": minority}, segregation={"dissimilarity": number(0, 1) * most}, couples={"mixed": number(0, 1)},
        likeness={"views": number(0, 1), "wages": number(0, 1)},
        employment={"from_age": steps, "majority": [number(0, 1) for _ in steps], "minority": [number(0, 1) for _ in steps]},
        wages={"groups": [number(0.01, 5), number(0.01, 5)], "spread": number(0, 2)}, pensions={"share": number(0, 1)},
        officials={"share": [number(0, 1), number(0, 1)]}, firms={"largest": draw(st.integers(1, 100_000)), "near": number(0, 1)},
        family={"households": number(0, 6), "near": number(0, 1)}, colleagues={"ties": number(0, 12)},
        neighbours={"ties": number(0, 12)}, friends={"ties": number(0, 12), "own_group": number(0, 1), "far": number(0, 1)},
        propensity={"spread": number(0, 2)}, boldness={"differs": draw(st.booleans())},
        views={"mean": [number(-1, 1), number(-1, 1)], "spread": number(0, 2)},
        household=[{"adults": draw(st.integers(1, 4)), "children": draw(st.integers(0, 6)), "share": part, "oldest": ages(),
                    "couple": draw(st.booleans())} for part in kinds],
        district=[{"name": f"District {place}", "share": part, "minority": pull, "wealth": number(0.01, 5), "cameras": number(0, 8)}
                  for place, (part, pull) in enumerate(zip(districts, pulls, strict=True))],
    )  # fmt: skip
