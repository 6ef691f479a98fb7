"""What the schema cannot see: names that must exist, numbers that must agree, evidence that must be given.

The checks run on the file as it was parsed, next to the schema's, so that all errors are told at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from glasstown.files import Document, given, suggestion
from glasstown.places import KeyPath
from glasstown.policy.schema import MOST_POINTS, Safeguards

if TYPE_CHECKING:
    from glasstown.catalogue import Sensor

Deeds = Mapping[str, str]  # name of each deed or claim -> its context
Sensors = Mapping[str, "Sensor"]  # name of each sensor -> what ordinary_law.toml says of it

_NEEDS = {  # a rule's key that means nothing without another one
    "repeat": "points",
    "repeat_days": "repeat",
    "override_days": "override_band",
    "cap": "points",
    "delay_days": "list",
    "term_days": "list",
    "serious_share": "list",
    "serious_days": "serious_share",
}
_SAFEGUARD_NEEDS = {
    "human_review": ("review_sensitivity", "review_specificity"),
    "review_sensitivity": ("human_review",),
    "review_specificity": ("human_review",),
    "evidence_days": ("evidence_claims",),
}
_MAIN = {"rule": "points", "band": "from", "score": "base", "mending": "appeal_rate", "list": "leave_working_days", "views": "from"}


def check(document: Document, deeds: Deeds, sensors: Sensors, sources: Sequence[str]) -> None:
    """Note every inconsistency of a parsed policy file in `document`."""
    bands, lists = _score(document), [name for _, name in _names(document, "list")]
    _unique(document, _names(document, "list"), "list")
    _unique(document, _names(document, "watch", key="sensor"), "sensor")
    for path, row in document.tables("watch"):
        _watch(document, path, row, sensors)
    entered = {_text(rule.get("list")) for _, rule in document.tables("rule")}
    for path, name in _names(document, "list"):
        if name not in entered:
            document.problem(path, f"no rule puts anybody on the list `{name}`", 'a rule does so with list = "' + name + '"')
    for path, rule in document.tables("rule"):
        _rule(document, path, rule, deeds, sensors, bands, lists)
    _views(document)
    _safeguards(document, sensors)
    known = [*sources, *(name for _, name in _names(document, "source", key="id"))]
    _unique(document, _names(document, "source", key="id"), "source")
    for path, table in _graded(document):
        _evidence(document, path, table, known)


def _score(document: Document) -> list[str]:
    """Check the score and its bands; returns the names of the bands."""
    score = document.value(("score",))
    if not isinstance(score, dict):
        return []
    base, low, high = (_whole(score.get(key)) for key in ("base", "low", "high"))
    if low is not None and high is not None and low >= high:
        document.problem(("score", "low"), f"must be below the highest score, {high:,}; {low:,} was given")
    elif base is not None and low is not None and high is not None and not low <= base <= high:
        document.problem(("score", "base"), f"must be between the lowest and the highest score, {low:,} and {high:,}; {base:,} was given")
    above: int | None = None
    floor = None
    for path, band in document.tables("band", ("score",)):
        floor = _whole(band.get("from"))
        if floor is not None and above is not None and floor >= above:
            message = f"bands go from the highest down: must be below {above:,}, the band above; {floor:,} was given"
            document.problem((*path, "from"), message, "put the highest band first")
        if floor is not None and high is not None and floor > high:
            document.problem((*path, "from"), f"nobody can reach it: the highest score is {high:,}; {floor:,} was given")
        above = floor if floor is not None else above
    if floor is not None and low is not None and floor > low:
        message = f"the last band must begin at the lowest score, {low:,}, or below; {floor:,} was given"
        document.problem((*path, "from"), message, "scores under it would be in no band")
    names = _names(document, "band", ("score",))
    _unique(document, names, "band")
    return [name for _, name in names]


def _watch(document: Document, path: KeyPath, row: dict[str, Any], sensors: Sensors) -> None:
    name = row.get("sensor")
    if not isinstance(name, str) or not _known(document, (*path, "sensor"), name, list(sensors), "sensor"):
        return
    curved = [sensor.name for sensor in sensors.values() if sensor.infers or sensor.items_per_year > 0]
    idle = ("missed", "false_alarms_per_year") if name in curved else ("dprime", "threshold")  # what its errors do not follow from
    for key in idle:
        if key in row:
            has = "has an error curve" if name in curved else "has no error curve"
            message = f"`{key}` means nothing here: the sensor `{name}` {has}"
            help_ = "give `dprime` or `threshold`" if name in curved else f"sensors that do: {_those(curved)}"
            document.problem((*path, key), message, help_, True)


def _views(document: Document) -> None:
    """The view that is looked for, and whose sanction counts, must be said once where rules need it."""
    rules = [(path, rule) for path, rule in document.tables("rule")]
    looking = [path for path, rule in rules if rule.get("deed") == "holds_view"]
    if looking and "views" not in document.data:
        document.problem(
            (*looking[0], "deed"), "no [views] says which view is looked for", "add [views] with from, a number from -1 to below 0"
        )
    if "views" in document.data and not looking:
        document.problem(("views",), "[views] means nothing without a rule about `holds_view`", "add such a rule, or leave [views] out")
    through = [(path, rule["through"]) for path, rule in rules if isinstance(rule.get("through"), str)]
    for path, value in through[1:]:
        if value != through[0][1]:
            document.problem((*path, "through"), f'an earlier rule goes through "{through[0][1]}"', "all rules must go through the same")


def _safeguards(document: Document, sensors: Sensors) -> None:
    table = document.value(("safeguards",))
    if not isinstance(table, dict):
        return
    for key, others in _SAFEGUARD_NEEDS.items():
        for other in others:
            if key in table and other not in table:
                message = f"`{key}` means nothing without `{other}`"
                document.problem(("safeguards", key), message, f"give `{other}` too, or leave `{key}` out", True)
    rate = document.value(("mending", "appeal_rate"))
    for key in ("reasons", "correct_everywhere"):
        if table.get(key) is True and not (_is_number(rate) and rate > 0):
            document.problem(("safeguards", key), f"`{key}` means nothing without an appeal", "give [mending] an appeal_rate above 0", True)
    machines = {_text(row.get("sensor")): row.get("machine") for _, row in document.tables("watch")}
    lists = [rule.get("sensors") for _, rule in document.tables("rule")]
    named = {_text(sensor) for sensors_ in lists if isinstance(sensors_, list) for sensor in sensors_} | {*machines}
    able = [name for name in named & {*sensors} if (sensors[name].machine if machines.get(name) is None else machines[name])]
    if "human_review" in table and not able:
        document.problem(("safeguards", "human_review"), "no machine feeds this record: there is nothing to review", "leave it out", True)


def _rule(
    document: Document, path: KeyPath, rule: dict[str, Any], deeds: Deeds, sensors: Sensors, bands: list[str], lists: list[str]
) -> None:
    if isinstance(rule.get("deed"), str):
        _known(document, (*path, "deed"), rule["deed"], list(deeds), "deed")
    if isinstance(rule.get("override_band"), str):
        _known(document, (*path, "override_band"), rule["override_band"], bands, "band")
    if isinstance(rule.get("list"), str):
        _known(document, (*path, "list"), rule["list"], lists, "list")
    _sensors(document, path, rule, deeds, sensors)
    if not {"points", "override_band", "list"} & rule.keys():
        document.problem(path, "this rule leads to nothing", "give it points, an override_band or a list")
    if "points" in rule:
        _points(document, (*path, "points"), rule)
    for key, other in _NEEDS.items():
        if key in rule and other not in rule:
            document.problem((*path, key), f"`{key}` means nothing without `{other}`", f"give `{other}` too, or leave `{key}` out", True)
    if "repeat" in rule and "repeat_days" not in rule:
        document.problem((*path, "repeat"), "`repeat` needs `repeat_days`", "say how long an earlier entry makes a deed a repeat")


def _sensors(document: Document, path: KeyPath, rule: dict[str, Any], deeds: Deeds, sensors: Sensors) -> None:
    deed = _text(rule.get("deed"))
    close = deed == "close_to_marked"
    for key, needed in (("sensors", not close), ("through", close)):
        if needed and key not in rule and deed:
            message = f"a rule about `{deed}` needs `{key}`"
            document.problem(path, message, 'say "kin" or "ties"' if close else "name those whose word counts")
        elif not needed and key in rule and deed in deeds:
            help_ = "nobody sees it: it follows from the sanction" if close else "only close_to_marked goes through anybody"
            document.problem((*path, key), f"`{key}` means nothing for `{deed}`", help_, True)
    named = rule.get("sensors")
    if named == []:
        document.problem(
            (*path, "sensors"), "no sensor is named", "name at least one whose word counts, or leave `sensors` out if the deed needs none"
        )
    if not isinstance(named, list) or close:
        return
    own = {_text(row.get("sensor")): row.get("coverage") for _, row in document.tables("watch")}
    for index, sensor in enumerate(named):
        at = (*path, "sensors", index)
        if not isinstance(sensor, str):
            continue
        if sensor in named[:index]:
            document.problem(at, f"the sensor `{sensor}` is named twice")
        if _known(document, at, sensor, list(sensors), "sensor") and deed in deeds:
            _looks(document, at, sensor, deed, deeds[deed], own.get(sensor), sensors)


def _looks(document: Document, at: KeyPath, name: str, deed: str, context: str, changed: Any, sensors: Sensors) -> None:
    """Whether this sensor can see (or infer) what the rule is about, with the coverage that the policy gives it."""
    infers = deed == "holds_view"
    alike = [sensor for sensor in sensors.values() if sensor.infers == infers]
    if sensors[name].infers != infers:
        message = f"the sensor `{name}` sees deeds and infers no views" if infers else f"the sensor `{name}` infers views and sees no deeds"
        document.problem(at, message, f"sensors that can: {_those(sensor.name for sensor in alike if _coverage(sensor, context))}")
        return
    own = changed.get(context) if isinstance(changed, dict) else None
    if not (_coverage(sensors[name], context) if own is None else own):
        able = _those(sensor.name for sensor in alike if _coverage(sensor, context))
        message = f"the sensor `{name}` never looks at `{context}`, where this deed happens"
        document.problem(at, message, f"sensors that do: {able}; or give it coverage there in a [[watch]]")


def _coverage(sensor: "Sensor", context: str) -> float:
    return {str(key): share for key, share in sensor.coverage.items()}.get(context, 0.0)


def _points(document: Document, path: KeyPath, rule: dict[str, Any]) -> None:
    points = rule["points"]
    ends = [_whole(end) for end in points] if isinstance(points, list) and len(points) == 2 else [_whole(points)]
    numbers = [end for end in ends if end is not None]
    if len(numbers) < len(ends):
        return  # the schema tells it
    if "score" not in document.data:
        document.problem(path, "points are given, but the policy has no [score]", "add [score] with base, low and high", True)
    if 0 in numbers:
        document.problem(path, "points of 0 change nothing", "give points, or leave them out if the rule only sets a band or a list")
    elif len(numbers) == 2 and (numbers[0] < 0) != (numbers[1] < 0):
        document.problem(path, "a range of points must not cross 0", "either both ends are gains or both are losses")
    elif len(numbers) == 2 and abs(numbers[0]) > abs(numbers[1]):
        document.problem(path, f"the mildest end comes first: [{numbers[1]}, {numbers[0]}]; {numbers} was given")
    repeat = rule.get("repeat")
    largest = max(abs(number) for number in numbers)
    if isinstance(repeat, (int, float)) and not isinstance(repeat, bool) and largest * repeat > MOST_POINTS >= largest:
        document.problem((*path[:-1], "repeat"), f"a repeat would post more than {MOST_POINTS:,} points", "lower `repeat` or `points`")


def _graded(document: Document) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Every table that must say where its numbers come from."""
    for name in ("watch", "rule", "list"):
        yield from document.tables(name)
    for name in ("score", "mending", "views", "safeguards"):
        table = document.value((name,))
        if isinstance(table, dict):
            yield (name,), table
    yield from document.tables("band", ("score",))


def _evidence(document: Document, path: KeyPath, table: dict[str, Any], sources: Sequence[str]) -> None:
    _grade(document, path, table, sources)
    main = _MAIN.get(str(path[0] if path[-1] == path[0] else path[-2]), "")
    if path == ("safeguards",):
        main = next((name for name in Safeguards.model_fields if _is_number(table.get(name))), "")  # as explain.main_number does
    _within(document, (*path, "range"), table, main, table.get(main))
    seen: set[str] = set()
    for at, row in document.tables("exception", path):
        _grade(document, at, row, sources)
        key = row.get("key")
        if not isinstance(key, str):
            continue
        value = document.value((*path, *key.split(".")))
        numbers = list(_number_keys(table))
        if key in seen:
            document.problem((*at, "key"), f"`{key}` has two exceptions", "keep one of the two")
        elif not _is_number(value) and not (isinstance(value, list) and all(map(_is_number, value))):
            document.problem((*at, "key"), f"this table has no number `{key}`", suggestion(key, numbers))
        seen.add(key)
        _within(document, (*at, "range"), row, key, value)


def _within(document: Document, path: KeyPath, row: dict[str, Any], key: str, value: Any) -> None:
    limits = _pair(row.get("range"))
    if limits and _is_number(value) and limits[0] <= limits[1] and not limits[0] <= value <= limits[1]:
        message = f"the number lies outside its own range: `{key}` is {given(value)}, the range {limits[0]} to {limits[1]}"
        document.problem(path, message, "a range holds the value itself; of losses the larger one comes first: [-50, -5]")


def _grade(document: Document, path: KeyPath, row: dict[str, Any], sources: Sequence[str]) -> None:
    grade, source = row.get("grade"), row.get("source")
    if isinstance(source, str):
        _known(document, (*path, "source"), source, sources, "source", "list it as a [[source]] of this file, with the day it was opened")
    elif grade == "documented" and source is None:
        document.problem((*path, "grade"), "a documented number needs its `source`", "name it, or say estimated with a reason and a range")
    if grade in ("estimated", "scenario") and not row.get("reason"):
        document.problem((*path, "grade"), f"grade {grade} needs a `reason`", "say in a sentence why this number")
    if grade == "estimated" and row.get("range") is None:
        document.problem((*path, "grade"), "grade estimated needs a `range`", "give [lowest, highest] plausible value of the main number")
    limits = _pair(row.get("range"))
    if limits and limits[0] > limits[1]:
        document.problem((*path, "range"), f"the lowest value comes first: [{limits[1]}, {limits[0]}]")


def _known(document: Document, path: KeyPath, name: str, names: Sequence[str], what: str, else_help: str = "") -> bool:
    if name in names:
        return True
    hint = suggestion(name, names)
    document.problem(path, f"there is no {what} {given(name)}", f"{hint}; or {else_help}" if else_help else hint)
    return False


def _those(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def _names(document: Document, table: str, within: KeyPath = (), key: str = "name") -> list[tuple[KeyPath, str]]:
    """Where each row of a table has its name, and the name."""
    return [((*path, key), row[key]) for path, row in document.tables(table, within) if isinstance(row.get(key), str)]


def _unique(document: Document, names: Sequence[tuple[KeyPath, str]], what: str) -> None:
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            document.problem(path, f"there are two {what}s {given(name)}", "names must differ")
        seen.add(name)


def _number_keys(table: dict[str, Any], within: str = "") -> Iterator[str]:
    for key, value in table.items():
        if key in ("range", "exception", "band"):
            continue
        if isinstance(value, dict):
            yield from _number_keys(value, f"{within}{key}.")
        elif _is_number(value) or (isinstance(value, list) and value and all(map(_is_number, value))):
            yield within + key


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _pair(value: Any) -> tuple[float, float] | None:
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
