"""What a society turned out to be: ages, households, work and income, districts, ties. Aggregates only; nobody is singled out."""

from typing import Any

import numpy as np

from glasstown.people.founding import MONTH, Society, equivalised
from glasstown.people.recipe import Recipe
from glasstown.world import ADULT_AGE, KIN_OF_OFFICIAL, LAYERS, OFFICIAL, ONE, PENSION_AGE

GROUPS = ("majority", "minority")
LOOKED_AT = 100_000  # people whose ties are compared
CLUSTERS = 2_000  # adults whose clustering is counted
STARTS = 4  # adults from whom distances are counted
MOST_TIES = 60  # last bar of the distribution of ties

Portrait = dict[str, Any]


def measure(society: Society, recipe: Recipe) -> Portrait:
    """A portrait as plain data (JSON): shares are 0 to 1, ages in years, money in cents a month; None where nobody counts.

    Keys: people, adults, minority, ages, households, work, income, districts, segregation, cameras, ties, likeness, facts.
    Degrees and likeness of ties are those of adults; clustering and distances are measured on a sample in fixed places.
    """
    rows = society.people
    grown = rows["age"] >= ADULT_AGE
    portrait: Portrait = {
        "people": len(rows),
        "adults": int(grown.sum()),
        "minority": share(rows["group"] == 1),
        "ages": of_ages(rows),
        "households": of_households(rows),
        "work": of_work(rows),
        "income": of_income(rows, society.hardship_line),
        "districts": of_districts(society, recipe),
        "segregation": {"dissimilarity": dissimilarity(rows, len(recipe.district)), "asked": recipe.segregation.dissimilarity},
        "cameras": {
            group: mean(society.districts["cameras"][rows["district"][rows["group"] == number]], ONE) for number, group in groups()
        },
        "ties": of_ties(society),
        "likeness": of_likeness(society),
    }
    portrait["facts"] = compared(portrait, recipe)
    return portrait


def groups() -> Any:
    """(number, name) of each group."""
    return enumerate(GROUPS)


def share(chosen: Any) -> float | None:
    """The share of True among some; None of nobody."""
    return float(chosen.mean()) if len(chosen) else None


def mean(values: Any, unit: float = 1.0) -> float | None:
    """The mean in units; None of nothing."""
    return float(values.mean()) / unit if len(values) else None


def middle(values: Any) -> float | None:
    """The median; None of nothing."""
    return float(np.median(values)) if len(values) else None


def gini(values: Any) -> float | None:
    """Gini coefficient, 0 (all alike) to 1; None if there is nothing to share."""
    ordered = np.sort(values.astype(float))
    total, count = ordered.sum(), len(ordered)
    return float(2 * (np.arange(1, count + 1) * ordered).sum() / (count * total) - (count + 1) / count) if total > 0 else None


def of_ages(rows: Any) -> Portrait:
    """Ages by group, in steps of five years."""
    steps = np.minimum(rows["age"] // 5, 18)
    bars = [
        {"group": group, "from": 5 * step, "people": int(count)}
        for number, group in groups()
        for step, count in enumerate(np.bincount(steps[rows["group"] == number], minlength=19))
    ]
    return {
        "under_15": share(rows["age"] < 15), "children": share(rows["age"] < ADULT_AGE), "over_65": share(rows["age"] >= PENSION_AGE),
        "median": middle(rows["age"] + 0.5), "bars": bars,
    }  # fmt: skip


def of_households(rows: Any) -> Portrait:
    """Households by size, and those with children."""
    heads = np.flatnonzero(rows["place"] == 0)
    sizes = rows["household"][heads]
    young = np.add.reduceat(rows["age"] < ADULT_AGE, heads, dtype=np.int64)
    counted = np.bincount(sizes, minlength=8)
    return {
        "households": len(heads), "mean": mean(sizes), "with_children": share(young > 0),
        "sizes": [{"members": members, "share": int(count) / len(heads)} for members, count in enumerate(counted) if members],
    }  # fmt: skip


def of_work(rows: Any) -> Portrait:
    """Who works and holds office, by group."""
    grown, works = rows["age"] >= ADULT_AGE, (rows["wage"] > 0) & (rows["age"] < PENSION_AGE)
    working_age = (rows["age"] >= 20) & (rows["age"] < PENSION_AGE)
    return {
        "employed_20_to_64": share(works[working_age]),
        "employed": {group: share(works[working_age & (rows["group"] == number)]) for number, group in groups()},
        "median_wage": {group: middle(rows["wage"][works & (rows["group"] == number)]) for number, group in groups()},
        "officials": share(rows["status"][grown] == OFFICIAL),
        "kin_of_officials": share(rows["status"][grown] == KIN_OF_OFFICIAL),
    }


def of_income(rows: Any, line: int) -> Portrait:
    """Equivalised household income of people: inequality, and the share below the hardship line."""
    each = np.repeat(equivalised(rows), rows["household"][rows["place"] == 0])
    poor = each < line
    top = max(4 * line, 1)
    bars = np.bincount(np.minimum(each * 40 // top, 40), minlength=41)
    return {
        "gini": gini(each), "gini_wages": gini(rows["wage"][(rows["wage"] > 0) & (rows["age"] < PENSION_AGE)]),
        "median": middle(each), "line": line, "hardship": share(poor), "hardship_children": share(poor[rows["age"] < ADULT_AGE]),
        "hardship_by_group": {group: share(poor[rows["group"] == number]) for number, group in groups()},
        "bars": [{"from": step * top // 40, "share": int(count) / len(rows)} for step, count in enumerate(bars)],
    }  # fmt: skip


def of_districts(society: Society, recipe: Recipe) -> list[Portrait]:
    """One line a district; cameras are relative to the mean resident's."""
    rows, lines = society.people, []
    for row, made in zip(recipe.district, society.districts, strict=True):
        lives = rows[int(made["first"]) : int(made["first"]) + int(made["count"])]
        wages = lives["wage"][(lives["wage"] > 0) & (lives["age"] < PENSION_AGE)]
        lines.append({
            "name": row.name, "people": len(lives), "minority": share(lives["group"] == 1),
            "median_wage": middle(wages * MONTH), "cameras": int(made["cameras"]) / ONE,
        })  # fmt: skip
    return lines


def dissimilarity(rows: Any, districts: int) -> float | None:
    """Index of dissimilarity between districts (Duncan and Duncan 1955); None if a group is absent."""
    counts = [np.bincount(rows["district"][rows["group"] == number], minlength=districts) for number, _ in groups()]
    if not all(count.sum() for count in counts):
        return None
    return float(np.abs(counts[0] / counts[0].sum() - counts[1] / counts[1].sum()).sum() / 2)


def degrees(rows: Any) -> dict[str, Any]:
    """Ties of each person by layer, and in all."""
    made = {"kin": rows["kin"], "work": rows["colleagues"], "neighbourhood": rows["neighbours"]}
    made["friends"] = rows["ties"] - rows["kin"] - rows["colleagues"] - rows["neighbours"]
    return {**made, "all": rows["ties"]}


def of_ties(society: Society) -> Portrait:
    """Distribution of ties of adults by layer, clustering, and steps between two people."""
    rows = society.people
    grown = rows["age"] >= ADULT_AGE
    layers, bars = [], []
    for layer, degree in degrees(rows).items():
        of_adults = degree[grown]
        quantiles = np.percentile(of_adults, [10, 50, 90]) if len(of_adults) else [0, 0, 0]
        layers.append({
            "layer": layer, "mean": mean(of_adults), "deviation": float(of_adults.std()) if len(of_adults) else None,
            "none": share(of_adults == 0), "low": float(quantiles[0]), "median": float(quantiles[1]), "high": float(quantiles[2]),
            "most": int(of_adults.max(initial=0)), "clustering": clustering(society, layer),
        })  # fmt: skip
        counted = np.bincount(np.minimum(of_adults, MOST_TIES), minlength=MOST_TIES + 1)
        bars += [{"layer": layer, "ties": ties, "share": int(count) / max(len(of_adults), 1)} for ties, count in enumerate(counted)]
    return {"mean": mean(rows["ties"]), "layers": layers, "bars": bars, "steps": distance(society)}


def ends_of(society: Society, citizens: Any, layer: str) -> tuple[Any, Any]:
    """(whose, other end) of all ties of some citizens in a layer, or in ``all``; whose counts within ``citizens``."""
    rows = society.people[citizens]
    made = degrees(rows)
    count = made[layer].astype(np.int64)
    before = LAYERS[: LAYERS.index(layer)] if layer in LAYERS else ()
    first = rows["first_tie"].astype(np.int64) + sum((made[name].astype(np.int64) for name in before), np.zeros(len(rows), np.int64))
    whose = np.repeat(np.arange(len(rows)), count)
    within = np.arange(len(whose)) - np.repeat(np.cumsum(count) - count, count)
    return whose, society.neighbours[first[whose] + within].astype(np.int64)


def sampled(chosen: Any, most: int) -> Any:
    """At most so many of them, evenly spread."""
    return chosen[:: max(-(-len(chosen) // most), 1)]


def clustering(society: Society, layer: str) -> float | None:
    """Mean share of a person's pairs of ties who are tied themselves (Watts and Strogatz 1998), among adults with two or more."""
    rows = society.people
    looked = sampled(np.flatnonzero((rows["age"] >= ADULT_AGE) & (degrees(rows)[layer] >= 2)), CLUSTERS)
    if not len(looked):
        return None
    whose, friend = ends_of(society, looked, layer)
    known = np.unique(friend)
    one, other = ends_of(society, known, layer)
    tied = np.unique(known[one] * len(rows) + other)
    count = np.bincount(whose, minlength=len(looked))
    first, found = np.cumsum(count) - count, np.zeros(len(looked), np.int64)
    for step in range(1, int(count.max())):
        near = np.flatnonzero(whose[:-step] == whose[step:])
        code = friend[near] * len(rows) + friend[near + step]
        place = np.minimum(np.searchsorted(tied, code), len(tied) - 1)
        found += np.bincount(whose[near], weights=tied[place] == code, minlength=len(first)).astype(np.int64)
    return float((found / (count * (count - 1) / 2)).mean())


def distance(society: Society) -> float | None:
    """Mean number of steps from a few adults to everybody they reach."""
    rows = society.people
    starts = sampled(np.flatnonzero((rows["age"] >= ADULT_AGE) & (rows["ties"] > 0)), STARTS)
    steps = people = 0
    for start in starts:
        reached, front, step = np.zeros(len(rows), bool), np.array([start]), 0
        reached[start] = True
        while len(front):
            step += 1
            met = np.zeros(len(rows), bool)
            met[ends_of(society, front, "all")[1]] = True
            front = np.flatnonzero(met & ~reached)
            reached[front] = True
            steps, people = steps + step * len(front), people + len(front)
    return steps / people if people else None


def of_likeness(society: Society) -> list[Portrait]:
    """How alike tied adults are, by layer: share of own group against that of two at random, and years between them."""
    rows = society.people
    adults = np.flatnonzero(rows["age"] >= ADULT_AGE)
    looked = sampled(adults, LOOKED_AT)
    age = np.sort(rows["age"][adults].astype(np.int64))
    count = max(len(age), 1)
    at_random = float(2 * ((2 * np.arange(len(age)) - len(age) + 1) * age).sum() / count**2)
    found = []
    for layer in (*LAYERS, "all"):
        whose, other = ends_of(society, looked, layer)
        grown = rows["age"][other] >= ADULT_AGE
        one, other = looked[whose[grown]], other[grown]
        line: Portrait = {
            "layer": layer,
            "years": mean(np.abs(rows["age"][one].astype(int) - rows["age"][other])),
            "years_at_random": at_random,
        }
        for number, group in groups():
            own = rows["group"][one] == number
            line[group] = share(rows["group"][other][own] == number)
            line[f"{group}_at_random"] = share(rows["group"][adults] == number)
        found.append(line)
    return found


def compared(portrait: Portrait, recipe: Recipe) -> list[Portrait]:
    """Facts of the recipe beside what came out."""
    sizes = {line["members"]: line["share"] for line in portrait["households"]["sizes"]}
    here = {
        "under_15": portrait["ages"]["under_15"], "over_65": portrait["ages"]["over_65"], "median_age": portrait["ages"]["median"],
        "mean_household": portrait["households"]["mean"], "employed_20_to_64": portrait["work"]["employed_20_to_64"],
        "hardship": portrait["income"]["hardship"], "majority_friends_alike": portrait["likeness"][LAYERS.index("friends")]["majority"],
        "households_of_5": sum(part for members, part in sizes.items() if members >= 5),
        **{f"households_of_{members}": sizes[members] for members in range(1, 5)},
    }  # fmt: skip
    known = ({"known": fact.value, **fact.model_dump(include={"measure", "role", "source", "reason"})} for fact in recipe.fact)
    return [{**fact, "here": here[fact["measure"]]} for fact in known]
