"""The story of the town: prose that is written by hand, with every number filled in from the study that is kept with the package."""

from types import SimpleNamespace
from typing import Any

from glasstown.report import claims, words
from glasstown.report.parts import Row

TEMPLATE = "story.md.jinja"
PEOPLE = ("shown_wrongly", "denounced", "detained_harmless", "wrongly_sanctioned", "isolated", "flagged_wrongly", "pariahs")
HUNDRED = ("shown_wrongly", "denounced", "detained_harmless", "wrongly_sanctioned")
MINDS = ("silent_critics", "private_critics", "dissenting")
PROMISE = ("harm", "dealings_kept", "trust", "intrinsic_good_deeds")


def told() -> str:
    """The story as Markdown."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("glasstown.report"), undefined=StrictUndefined, trim_blocks=True)
    known = {function.__name__: function for function in (level, twin, effect, each, left, finding, worlds)} | {"range": span}
    request = claims.kept()["request"]
    size = {"people": f"{request['people']:,}", "pairs": request["pairs"], "years": words.years(request["days"])}
    return environment.get_template(TEMPLATE).render(**known, **size)


def pictures() -> dict[str, str]:
    """The pictures that only the story has, by file name."""
    from glasstown.report import figures, icons
    from glasstown.report.theme import as_svg

    hundred = [(words.say(f"story_{name}"), found(name)["value"] / 1000, of_hundred(name)) for name in HUNDRED]
    people, minds = ([figures.row_of(outcome(name)) for name in names] for names in (PEOPLE, MINDS))
    drawn = {
        "people": figures.forest(people, words.say("story_people"), row_height=34),
        "minds": figures.forest(minds, words.say("story_minds"), row_height=34),
        "promise": figures.differences([outcome(name) for name in PROMISE]),
    }
    names = {"people": PEOPLE, "minds": MINDS, "promise": PROMISE}
    said = {kind: "; ".join(f"{found(name)['title']} {effect(name)}" for name in some) for kind, some in names.items()}
    made = {f"story-{kind}.svg": as_svg(chart, words.say(f"story_{kind}"), said[kind], f"story-{kind}") for kind, chart in drawn.items()}
    return made | {"story-hundred.svg": icons.hundreds(hundred, words.say("story_hundred"), "story-hundred")}


# ---- what the prose can ask for --------------------------------------------------------------------------------------


def found(name: str) -> Row:
    """What the kept study found of an outcome."""
    return next(row for claim in claims.kept()["claims"] for row in (claim, *claim["beside"]) if row["outcome"] == name)


def outcome(name: str) -> Any:
    """The same, as an outcome of everybody."""
    row = found(name)
    return SimpleNamespace(**{**row, "name": name, "group": "all"})


def level(name: str, places: int = 0) -> str:
    """The level under the policy."""
    row = found(name)
    return words.number((row["twin"] or 0.0) + row["value"], places)


def twin(name: str, places: int = 0) -> str:
    """The level in the twin town."""
    return words.number(found(name)["twin"], places)


def effect(name: str, places: int | None = None) -> str:
    """The difference with its wide interval."""
    row = found(name)
    places = words.decimals(row["value"], row["low"], row["high"]) if places is None else places
    return f"{words.number(row['value'], places, sign=True)} {words.interval(row['low'], row['high'], places=places)}"


def span(name: str) -> str:
    """The wide interval of the level, where there is nothing of it in the twin town."""
    row = found(name)
    return words.interval(row["low"], row["high"], places=0)


def each(name: str) -> str:
    """The level for each, of what is counted per 1,000."""
    row = found(name)
    return words.number(((row["twin"] or 0.0) + row["value"]) / 1000, 0)


def of_hundred(name: str) -> str:
    """The wide interval of an outcome that is counted per 1,000, as a share of 100."""
    row = found(name)
    low, high = (words.number(min(max(row[end] / 10, 0.0), 100.0), 0) for end in ("low", "high"))
    return words.say("range_wide", low=low, high=high).strip("()")


def left(name: str) -> str:
    """What is left of it when the claim's own coefficients are zero."""
    return words.number(found(name)["left"]["value"], 0)


def finding(number: int) -> str:
    """What was found of a claim."""
    return f"**{next(row['finding'] for row in claims.kept()['claims'] if row['number'] == number)}**"


def worlds(number: int) -> str:
    """In how many worlds it comes to that."""
    tips = next(row["tips"] for row in claims.kept()["claims"] if row["number"] == number)
    return f"{tips['tipped']} of {tips['worlds']}"
