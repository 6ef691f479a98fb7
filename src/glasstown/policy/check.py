"""What the schema cannot see: names that must exist, numbers that must agree, evidence that must be given.

The checks run on the file as it was parsed, next to the schema's, so that all errors are told at once.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from glasstown.files import Document, given, suggestion
from glasstown.places import KeyPath
from glasstown.policy.agree import agree
from glasstown.policy.raw import (
    Deeds,
    Sensors,
    above_zero,
    is_number,
    known,
    names,
    number_keys,
    pair,
    text,
    those,
    unique,
    whole,
)
from glasstown.policy.schema import Safeguards
from glasstown.policy.terms import MOST_POINTS, MOST_TIMES

if TYPE_CHECKING:
    from glasstown.catalogue import Sensor

_NEEDS = {  # a rule's key that means nothing without another one
    "repeat": "points",
    "repeat_days": "repeat",
    "override_days": "override_band",
    "cap": "points",
    "delay_days": "list",
    "term_days": "list",
    "serious_share": "list",
    "serious_days": "serious_share",
    "paid_share": "charge_cents",
}
_UNSEEN = {  # claims that no sensor makes, and from what they follow
    "close_to_marked": "it follows from the sanction",
    "by_order": "it is ordered",
    "high_risk": "a risk model says so",
}
_OF_CLAIM = {  # keys that only a rule about one claim has; its help if the key is missing ("": it may be), and if it is idle
    "through": ("close_to_marked", 'say "kin" or "ties"', "only close_to_marked goes through anybody"),
    "order_day": ("by_order", "say on which day after the start people are listed", "only by_order is done on a day"),
    "order_share": ("by_order", "say which share of those who are meant", "only by_order is done to a share of people"),
    "order_every_days": ("by_order", "", "only by_order is done on a day"),
    "order_whom": ("by_order", "", "only by_order is about whom one means"),
}
CITED = re.compile(r"\[([A-Za-z][A-Za-z0-9_]{0,47})\]")  # the id of a source in brackets, in a text
_MAIN = {
    "rule": "points", "band": "from", "score": "base", "mending": "appeal_rate", "list": "leave_working_days", "views": "from",
    "display": "reach", "reports": "reward_cents", "rollout": "every_days", "protest": "arrest_days",
    "risk": "named_share", "measured": "value",
}  # fmt: skip


def check(document: Document, deeds: Deeds, sensors: Sensors, sources: Sequence[str]) -> None:
    """Note every inconsistency of a parsed policy file in `document`."""
    bands, lists = _score(document), [name for _, name in names(document, "list")]
    unique(document, names(document, "list"), "list")
    unique(document, names(document, "watch", key="sensor"), "sensor")
    unique(document, names(document, "measured"), "measured number")
    for path, row in document.tables("watch"):
        _watch(document, path, row, sensors)
    entered = {text(rule.get("list")) for _, rule in document.tables("rule")}
    for path, name in names(document, "list"):
        if name not in entered:
            document.problem(path, f"no rule puts anybody on the list `{name}`", 'a rule does so with list = "' + name + '"')
    for path, rule in document.tables("rule"):
        _rule(document, path, rule, deeds, sensors, bands, lists)
    agree(document, deeds, sensors)
    listed = [*sources, *(name for _, name in names(document, "source", key="id"))]
    unique(document, names(document, "source", key="id"), "source")
    for path, table in _graded(document):
        _evidence(document, path, table, listed)
    _told(document, listed)


def _told(document: Document, sources: Sequence[str]) -> None:
    """Sources that texts of [context] cite in brackets must be listed, and years in order."""
    context = document.value(("context",))
    if not isinstance(context, dict):
        return
    for key in ("background", "known", "unknown", "disputed"):
        for name in CITED.findall(text(context.get(key))):
            known(document, ("context", key), name, sources, "source", "list it as a [[source]] of this file, with the day it was opened")
    years = pair(context.get("years"))
    if years and years[0] > years[1]:
        document.problem(("context", "years"), f"the first year comes first: [{years[1]:g}, {years[0]:g}]")


def _score(document: Document) -> list[str]:
    """Check the score and its bands; returns the names of the bands."""
    score = document.value(("score",))
    if not isinstance(score, dict):
        return []
    base, low, high = (whole(score.get(key)) for key in ("base", "low", "high"))
    for key, other in (("clean_days", "clean_points"), ("clean_points", "clean_days")):
        if key in score and other not in score:
            document.problem(("score", key), f"`{key}` means nothing without `{other}`", f"give `{other}` too, or leave `{key}` out", True)
    if low is not None and high is not None and low >= high:
        document.problem(("score", "low"), f"must be below the highest score, {high:,}; {low:,} was given")
    elif base is not None and low is not None and high is not None and not low <= base <= high:
        document.problem(("score", "base"), f"must be between the lowest and the highest score, {low:,} and {high:,}; {base:,} was given")
    above: int | None = None
    floor = None
    for path, band in document.tables("band", ("score",)):
        floor = whole(band.get("from"))
        if floor is not None and above is not None and floor >= above:
            message = f"bands go from the highest down: must be below {above:,}, the band above; {floor:,} was given"
            document.problem((*path, "from"), message, "put the highest band first")
        if floor is not None and high is not None and floor > high:
            document.problem((*path, "from"), f"nobody can reach it: the highest score is {high:,}; {floor:,} was given")
        above = floor if floor is not None else above
    if floor is not None and low is not None and floor > low:
        message = f"the last band must begin at the lowest score, {low:,}, or below; {floor:,} was given"
        document.problem((*path, "from"), message, "scores under it would be in no band")
    found = names(document, "band", ("score",))
    unique(document, found, "band")
    return [name for _, name in found]


def _watch(document: Document, path: KeyPath, row: dict[str, Any], sensors: Sensors) -> None:
    name = row.get("sensor")
    if not isinstance(name, str) or not known(document, (*path, "sensor"), name, list(sensors), "sensor"):
        return
    curved = [sensor.name for sensor in sensors.values() if sensor.infers or sensor.items_per_year > 0]
    idle = ("missed", "false_alarms_per_year") if name in curved else ("dprime", "threshold")  # what its errors do not follow from
    for key in idle:
        if key in row:
            has = "has an error curve" if name in curved else "has no error curve"
            message = f"`{key}` means nothing here: the sensor `{name}` {has}"
            help_ = "give `dprime` or `threshold`" if name in curved else f"sensors that do: {those(curved)}"
            document.problem((*path, key), message, help_, True)


def _rule(
    document: Document, path: KeyPath, rule: dict[str, Any], deeds: Deeds, sensors: Sensors, bands: list[str], lists: list[str]
) -> None:
    if isinstance(rule.get("deed"), str):
        known(document, (*path, "deed"), rule["deed"], list(deeds), "deed")
    if isinstance(rule.get("override_band"), str):
        known(document, (*path, "override_band"), rule["override_band"], bands, "band")
    if isinstance(rule.get("list"), str):
        known(document, (*path, "list"), rule["list"], lists, "list")
    _sensors(document, path, rule, deeds, sensors)
    acts = any(above_zero(rule.get(key)) for key in ("display_days", "detain_days", "charge_cents"))
    if not acts and not {"points", "override_band", "list"} & rule.keys():
        document.problem(
            path, "this rule leads to nothing", "give it points, an override_band or a list, charge_cents, display_days or detain_days"
        )
    if "points" in rule:
        _points(document, (*path, "points"), rule)
    for key, other in _NEEDS.items():
        if key in rule and other not in rule:
            document.problem((*path, key), f"`{key}` means nothing without `{other}`", f"give `{other}` too, or leave `{key}` out", True)
    if "repeat" in rule and "repeat_days" not in rule:
        document.problem((*path, "repeat"), "`repeat` needs `repeat_days`", "say how long an earlier entry makes a deed a repeat")
    if "detain_after" in rule:
        _detain_after(document, (*path, "detain_after"), rule)


def _detain_after(document: Document, path: KeyPath, rule: dict[str, Any]) -> None:
    after, score = whole(rule["detain_after"]), document.value(("score",))
    if not above_zero(rule.get("detain_days")):
        message, help_ = "`detain_after` means nothing without `detain_days`", "give `detain_days` too, or leave `detain_after` out"
        document.problem(path, message, help_, True)
        return
    if after is None or not 1 < after <= MOST_TIMES:
        return  # once is enough, or the schema tells it
    points = rule.get("points")
    first = points[0] if isinstance(points, list) and points else points
    if not isinstance(score, dict) or not (isinstance(first, int | float) and first < 0):
        message = "times are counted by the points that this rule costs, and it costs none"
        document.problem(path, message, "give the rule `points` below 0 and the policy a [score], or leave `detain_after` out")


def _sensors(document: Document, path: KeyPath, rule: dict[str, Any], deeds: Deeds, sensors: Sensors) -> None:
    deed = text(rule.get("deed"))
    of_claim = {"sensors": (deed not in _UNSEEN, "name those whose word counts", f"nobody sees it: {_UNSEEN.get(deed, '')}")}
    of_claim |= {key: (deed == claim, missing, idle) for key, (claim, missing, idle) in _OF_CLAIM.items()}
    for key, (belongs, missing, idle) in of_claim.items():
        if belongs and missing and key not in rule and deed:
            document.problem(path, f"a rule about `{deed}` needs `{key}`", missing)
        elif not belongs and key in rule and deed in deeds:
            document.problem((*path, key), f"`{key}` means nothing for `{deed}`", idle, True)
    named = rule.get("sensors")
    if named == []:
        document.problem(
            (*path, "sensors"), "no sensor is named", "name at least one whose word counts, or leave `sensors` out if the deed needs none"
        )
    if not isinstance(named, list) or deed in _UNSEEN:
        return
    own = {text(row.get("sensor")): row.get("coverage") for _, row in document.tables("watch")}
    for index, sensor in enumerate(named):
        at = (*path, "sensors", index)
        if not isinstance(sensor, str):
            continue
        if sensor in named[:index]:
            document.problem(at, f"the sensor `{sensor}` is named twice")
        if known(document, at, sensor, list(sensors), "sensor") and deed in deeds:
            _looks(document, at, sensor, deed, deeds[deed], own.get(sensor), sensors)


def _looks(document: Document, at: KeyPath, name: str, deed: str, context: str, changed: Any, sensors: Sensors) -> None:
    """Whether this sensor can see (or infer) what the rule is about, with the coverage that the policy gives it."""
    infers = deed == "holds_view"
    alike = [sensor for sensor in sensors.values() if sensor.infers == infers]
    if sensors[name].infers != infers:
        message = f"the sensor `{name}` sees deeds and infers no views" if infers else f"the sensor `{name}` infers views and sees no deeds"
        document.problem(at, message, f"sensors that can: {those(sensor.name for sensor in alike if _coverage(sensor, context))}")
        return
    own = changed.get(context) if isinstance(changed, dict) else None
    if not (_coverage(sensors[name], context) if own is None else own):
        able = those(sensor.name for sensor in alike if _coverage(sensor, context))
        message = f"the sensor `{name}` never looks at `{context}`, where this deed happens"
        document.problem(at, message, f"sensors that do: {able}; or give it coverage there in a [[watch]]")


def _coverage(sensor: "Sensor", context: str) -> float:
    return {str(key): share for key, share in sensor.coverage.items()}.get(context, 0.0)


def _points(document: Document, path: KeyPath, rule: dict[str, Any]) -> None:
    points = rule["points"]
    ends = [whole(end) for end in points] if isinstance(points, list) and len(points) == 2 else [whole(points)]
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
    for name in ("watch", "rule", "list", "measured"):
        yield from document.tables(name)
    for name in ("score", "mending", "risk", "views", "display", "reports", "rollout", "protest", "safeguards"):
        table = document.value((name,))
        if isinstance(table, dict):
            yield (name,), table
    yield from document.tables("band", ("score",))


def _evidence(document: Document, path: KeyPath, table: dict[str, Any], sources: Sequence[str]) -> None:
    _grade(document, path, table, sources)
    main = _MAIN.get(str(path[0] if path[-1] == path[0] else path[-2]), "")
    if path == ("safeguards",):
        main = next((name for name in Safeguards.model_fields if is_number(table.get(name))), "")  # as explain.main_number does
    _within(document, (*path, "range"), table, main, table.get(main))
    seen: set[str] = set()
    for at, row in document.tables("exception", path):
        _grade(document, at, row, sources)
        key = row.get("key")
        if not isinstance(key, str):
            continue
        value = document.value((*path, *key.split(".")))
        numbers = list(number_keys(table))
        if key in seen:
            document.problem((*at, "key"), f"`{key}` has two exceptions", "keep one of the two")
        elif not is_number(value) and not (isinstance(value, list) and all(map(is_number, value))):
            document.problem((*at, "key"), f"this table has no number `{key}`", suggestion(key, numbers))
        seen.add(key)
        _within(document, (*at, "range"), row, key, value)


def _within(document: Document, path: KeyPath, row: dict[str, Any], key: str, value: Any) -> None:
    limits = pair(row.get("range"))
    if limits and is_number(value) and limits[0] <= limits[1] and not limits[0] <= value <= limits[1]:
        message = f"the number lies outside its own range: `{key}` is {given(value)}, the range {limits[0]} to {limits[1]}"
        document.problem(path, message, "a range holds the value itself; of losses the larger one comes first: [-50, -5]")


def _grade(document: Document, path: KeyPath, row: dict[str, Any], sources: Sequence[str]) -> None:
    grade, source = row.get("grade"), row.get("source")
    if isinstance(source, str):
        known(document, (*path, "source"), source, sources, "source", "list it as a [[source]] of this file, with the day it was opened")
    elif grade == "documented" and source is None:
        document.problem((*path, "grade"), "a documented number needs its `source`", "name it, or say estimated with a reason and a range")
    if grade in ("estimated", "scenario") and not row.get("reason"):
        document.problem((*path, "grade"), f"grade {grade} needs a `reason`", "say in a sentence why this number")
    if grade == "estimated" and row.get("range") is None:
        document.problem((*path, "grade"), "grade estimated needs a `range`", "give [lowest, highest] plausible value of the main number")
    limits = pair(row.get("range"))
    if limits and limits[0] > limits[1]:
        document.problem((*path, "range"), f"the lowest value comes first: [{limits[1]}, {limits[0]}]")
