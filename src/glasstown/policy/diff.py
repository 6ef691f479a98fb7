"""How two policies differ, in plain words: what one has and the other lacks as ``explain`` says it, and each changed value by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from glasstown.policy import explain, safeguards
from glasstown.policy.diff_words import called, from_to, part_of, value_of
from glasstown.policy.known import time_of
from glasstown.policy.plain import by, sensor, who
from glasstown.policy.schema import PolicyFile

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds, Law

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
OPENING, POINTS, LISTS, KNOWN = "What it is", "What costs or earns points", "Lists", "How far the numbers are known"
BANDS, WATCHED, PROTECTS = "What the score opens and closes", "What is watched", "What protects people"
CHARGED, FORETOLD = "What is charged", "Who is foretold to be at risk"
SHOWN, DETAINED, ORDERS, ELSE = "Who is put on display", "Who is detained", "What officials order", "What else"
ORDER = (
    OPENING, WATCHED, "Who tells on whom", POINTS, BANDS, LISTS, CHARGED, FORETOLD, SHOWN, DETAINED, ORDERS, "How it grows",
    "Who marches against it", "What can be put right", PROTECTS, "Its place in the law", ELSE, KNOWN,
)  # fmt: skip
HEADINGS = {  # of each table; what is not here stands at the end
    **dict.fromkeys(("schema_version", "name", "title", "fidelity", "summary", "context", "start"), OPENING), "rule": POINTS,
    "watch": WATCHED, "views": WATCHED, "risk": FORETOLD, "reports": "Who tells on whom", "score": POINTS, "band": BANDS, "list": LISTS,
    "display": SHOWN, "rollout": "How it grows", "protest": "Who marches against it", "mending": "What can be put right",
    "safeguards": PROTECTS, "law": "Its place in the law", "source": KNOWN, "measured": KNOWN, "exception": KNOWN,
}  # fmt: skip
BY_KEY = {  # a rule's keys stand where their consequence is told
    **dict.fromkeys(("list", "delay_days", "term_days", "serious_share", "serious_days"), LISTS),
    "charge_cents": CHARGED, "paid_share": CHARGED, "display_days": SHOWN, "detain_days": DETAINED, "detain_after": DETAINED,
    **dict.fromkeys(("order_day", "order_every_days", "order_share", "order_whom"), ORDERS),
}  # fmt: skip
EVIDENCE = ("source", "grade", "role", "reason", "range")
NAMES = {"watch": "sensor", "rule": "deed", "list": "name", "band": "name", "source": "id", "exception": "key"}  # by which rows are matched
LABELS = {
    "context": "", "start": "", "score": "The score", "mending": "Notice and appeal", "views": "The view that is looked for",
    "risk": "The model of risk", "display": "Displays", "reports": "Reports by other people", "rollout": "Growth", "protest": "Marches",
    "safeguards": "Safeguards", "law": "Its place in the law",
}  # fmt: skip
BARE = "Nothing is recorded"  # what explain says of a table taken by itself
COUNTS = ("Of ", "It could have these")  # sentences that count safeguards; what is gained and lost is said instead


@dataclass(frozen=True)
class Change:
    """One difference: whether something was added, removed or changed from the first policy to the second, and what."""

    kind: str
    text: str


Found = Iterator[tuple[str, Change]]  # heading, difference


def sections(before: PolicyFile, after: PolicyFile, deeds: "Deeds", law: "Law | None" = None) -> list[tuple[str, list[Change]]]:
    """From one policy to another, under the headings of ``explain``; nothing if they say the same."""
    comparing = _Comparing(before, after, deeds, law)
    groups: dict[str, dict[Change, None]] = {heading: {} for heading in ORDER}
    for heading, change in comparing.differences():
        groups.setdefault(heading, {})[change] = None
    return [(heading, list(group)) for heading, group in groups.items() if group]


class _Comparing:
    """Two policies and the catalogues in whose words they are told."""

    def __init__(self, before: PolicyFile, after: PolicyFile, deeds: "Deeds", law: "Law | None") -> None:
        self.before, self.after, self.deeds, self.law = before, after, deeds, law
        self.titles = {kind.name: kind.title for kind in deeds.kinds()}
        about = [[rule.deed for rule in policy.rule] for policy in (before, after)]
        self.repeated = {deed for deeds in about for deed in deeds if deeds.count(deed) > 1}

    def differences(self) -> Found:
        """Every difference, table by table."""
        for name in PolicyFile.model_fields:
            yield from self.field(name, self.before, self.after, "", HEADINGS.get(name, ELSE))
        yield from self.fed()
        yield from self.guarded()

    def fed(self) -> Found:
        """The sensors that feed the record of one policy only."""
        one, other = (
            {name for rule in policy.rule for name in rule.sensors} | {watch.sensor for watch in policy.watch}
            for policy in (self.before, self.after)
        )
        for kind, names in ((REMOVED, one - other), (ADDED, other - one)):
            for name in sorted(names):
                yield WATCHED, Change(kind, f"Its record is fed by what this reports: {sensor(name)}.")

    def field(self, name: str, old: Any, new: Any, label: str, heading: str) -> Found:
        """What differs in one key of a table that both have."""
        one, other = getattr(old, name), getattr(new, name)
        if one == other:
            return
        rows = one or other
        if isinstance(rows, tuple) and isinstance(rows[0], BaseModel):
            yield from self.rows(name, one or (), other or (), HEADINGS.get(name, heading), label)
        elif isinstance(one, BaseModel) and isinstance(other, BaseModel):
            yield from self.table(LABELS.get(name, name.replace("_", " ").capitalize()), one, other, heading)
        elif isinstance(rows, BaseModel):
            yield from self.given(name, heading)
        elif isinstance(rows, dict):
            one, other = one or {}, other or {}
            for key in dict.fromkeys((*one, *other)):
                if one.get(key) != other.get(key):
                    told = f"{called(new, name)} {part_of(name, key)}: {from_to(new, name, one.get(key), other.get(key))}"
                    yield heading, Change(CHANGED, _sentence(label, told))
            if one == {} or other == {}:
                yield from self.emptied(name, new, one, other, label, heading)
        else:
            yield heading, Change(CHANGED, _sentence(label, f"{called(new, name)}: {from_to(new, name, one, other)}"))

    def emptied(self, name: str, model: Any, one: Any, other: Any, label: str, heading: str) -> Found:
        """A table of shares that one policy leaves out and the other gives without any."""
        if not one and not other:
            yield heading, Change(CHANGED, _sentence(label, f"{called(model, name)}: given without any, or left out"))

    def table(self, label: str, old: Any, new: Any, heading: str, keys: dict[str, str] | None = None) -> Found:
        """What differs in a table that both policies have; what is known of its numbers in one sentence."""
        for name in type(new).model_fields:
            if name not in EVIDENCE or not _is_graded(new):
                yield from self.field(name, old, new, label, (keys or {}).get(name, heading))
        known = [name for name in EVIDENCE if _is_graded(new) and getattr(old, name) != getattr(new, name)]
        if known:
            told = "; ".join(f"{name} {from_to(new, name, getattr(old, name), getattr(new, name))}" for name in known)
            yield KNOWN, Change(CHANGED, _sentence(label, told))

    # ---- rows ---------------------------------------------------------------------------------------------------------

    def rows(self, name: str, old: Sequence[Any], new: Sequence[Any], heading: str, label: str) -> Found:
        """What differs in tables of which there can be several: those that are gone, have come, or are changed."""
        couples, gone, come = _matched(old, new, NAMES.get(name, ""))
        for kind, policy, some in ((REMOVED, self.before, gone), (ADDED, self.after, come)):
            for row in some:
                yield from self.alone(kind, policy, name, row, heading, label)
        for one, other in couples:
            keys = BY_KEY if name == "rule" else None
            yield from self.table(self.label(name, other, label), one, other, heading, keys)
        if not gone and not come and all(one == other for one, other in couples):
            yield heading, Change(CHANGED, _sentence(label, f"the same tables [[{name}]] stand in another order"))

    def label(self, name: str, row: Any, label: str) -> str:
        """What a row is called."""
        if name == "rule":
            return self.rule_label(row)
        key = getattr(row, NAMES.get(name, ""), "")
        known = {
            "watch": sensor(str(key)).capitalize(), "band": f"Band {key}", "list": f"The list “{str(key).replace('_', ' ')}”",
            "source": f"Source {key}", "exception": f"{label}, {key}",
        }  # fmt: skip
        return known.get(name, f"{name.replace('_', ' ').capitalize()} {key}".strip())

    def rule_label(self, rule: Any) -> str:
        """Whom a rule means; with whose word it rests on where several rules mean the same."""
        if rule.order_day is not None:
            return f"The order of officials {time_of(rule.order_day)} after the start"
        resting = f", {by(rule)}" if rule.deed in self.repeated and (rule.sensors or rule.through) else ""
        return f"{who([rule], self.titles)}{resting}"

    def alone(self, kind: str, policy: PolicyFile, name: str, row: Any, heading: str, label: str) -> Found:
        """A row that only one policy has, as ``explain`` says it, or key by key where that says nothing of it."""
        told = list(self.spoken(policy, name, row))
        yield from ((where, Change(kind, text)) for where, text in told)
        if not told:
            yield heading, Change(kind, f"{self.label(name, row, label)}: {_in_full(row, NAMES.get(name, ''))}.")

    def spoken(self, policy: PolicyFile, name: str, row: Any) -> Iterator[tuple[str, str]]:
        """What ``explain`` says of one row."""
        if name == "band":
            for where, text in self.told(policy):
                if where == BANDS and text.startswith(f"Band {row.name},"):
                    yield where, text
        elif name in ("rule", "list", "watch"):
            bare = self.bare(policy, name, row)
            without = self.told(bare)
            for where, text in self.told(bare.model_copy(update={name: (row,)})):
                of_rule = text.startswith(("Who ", "For a reason outside"))
                own = of_rule and not text.startswith("Who is detained is") if name == "rule" else not of_rule
                if (
                    not text.startswith(BARE)
                    and (where, text) not in without
                    and own
                    and where in (WATCHED, POINTS, LISTS, CHARGED, SHOWN, DETAINED, ORDERS)
                ):
                    yield where, text

    def bare(self, policy: PolicyFile, name: str, row: Any) -> PolicyFile:
        """A policy without rows of this kind, and without what would be told beside them."""
        if name == "rule":
            return policy.model_copy(update={"rule": ()})
        rules = tuple(rule for rule in policy.rule if rule.list == row.name) if name == "list" else ()
        return policy.model_copy(update={"rule": rules, "list": (), "watch": ()})

    def told(self, policy: PolicyFile) -> list[tuple[str, str]]:
        """All that ``explain`` says of a policy's rules: (heading, sentence). Which numbers are scenario is not repeated each time."""
        from glasstown import catalogue

        self.law = self.law or catalogue.load_law()
        return [
            (heading, text.replace(explain.UNSAID, ""))
            for heading, group in explain.sections(policy, self.deeds, self.law)
            for text in group
            if heading not in (OPENING, KNOWN) and not (heading == PROTECTS and text.startswith(COUNTS))
        ]

    # ---- tables that one policy lacks, and safeguards ------------------------------------------------------------------

    def given(self, name: str, heading: str) -> Found:
        """A table that only one policy has: what ``explain`` says with it and without it."""
        has = self.before if getattr(self.before, name) is not None else self.after
        bare = has.model_copy(update={"rule": (), "list": (), "watch": ()}) if name == "score" else has
        with_, without = self.told(bare), self.told(bare.model_copy(update={name: None}))
        gone, come = (with_, without) if has is self.before else (without, with_)
        gone, come = ([told for told in some if not told[1].startswith(BARE)] for some in (gone, come))
        changes = [(where, Change(REMOVED, text)) for where, text in gone if (where, text) not in come]
        changes += [(where, Change(ADDED, text)) for where, text in come if (where, text) not in gone]
        yield from changes
        if not changes:
            kind = REMOVED if has is self.before else ADDED
            yield heading, Change(kind, f"{LABELS.get(name, name.capitalize())}: {_in_full(getattr(has, name))}.")

    def guarded(self) -> Found:
        """The safeguards that only one of the policies has."""
        if self.before == self.after or not all(policy.rule or policy.watch for policy in (self.before, self.after)):
            return
        one, other = ([name for name in safeguards.NAMES if safeguards.has(policy, name)] for policy in (self.before, self.after))
        for kind, whose, some in ((REMOVED, "first", [name for name in one if name not in other]),
                                  (ADDED, "second", [name for name in other if name not in one])):  # fmt: skip
            if some:
                yield PROTECTS, Change(kind, f"Only the {whose} has: {'; '.join(safeguards.TITLES[name] for name in some)}.")


def _matched(old: Sequence[Any], new: Sequence[Any], key: str) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Rows that belong together (equal ones, then those of one name, the most alike first), those that are gone, those that have come."""
    left, couples, waiting, gone = list(new), list[tuple[Any, Any]](), list[Any](), list[Any]()
    for row in old:
        if row in left:
            left.remove(row)
            couples.append((row, row))
        else:
            waiting.append(row)
    for row in waiting:
        alike = [other for other in left if getattr(other, key, None) == getattr(row, key, None)]
        if alike:
            nearest = max(alike, key=lambda other: _same_keys(row, other))
            left.remove(nearest)
            couples.append((row, nearest))
        else:
            gone.append(row)
    return couples, gone, left


def _same_keys(row: Any, other: Any) -> int:
    """In how many keys two rows say the same; whose word counts tells most."""
    same = sum(bool(getattr(row, name) == getattr(other, name)) for name in type(row).model_fields)
    return same + 10 * bool(getattr(row, "sensors", None) == getattr(other, "sensors", None))


def _is_graded(row: Any) -> bool:
    """Whether a table says how far its numbers are known."""
    return "grade" in type(row).model_fields


def _in_full(row: Any, key: str = "") -> str:
    """What a table gives, key by key."""
    given = [name for name in type(row).model_fields if name in row.model_fields_set and name != key]
    told = [f"{called(row, name)} {_plain(row, name)}" for name in given]
    return "; ".join(told) or "nothing is given"


def _plain(row: Any, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, dict):
        return ", ".join(f"{part_of(name, key)} {value_of(row, name, item)}" for key, item in value.items()) or "none"
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return f"{len(value)}"
    return value_of(row, name, value)


def _sentence(label: str, text: str) -> str:
    """A sentence about something that has a name, or about the policy itself."""
    whole = f"{label}, {text}" if label else text
    return f"{whole[:1].upper()}{whole[1:]}."
