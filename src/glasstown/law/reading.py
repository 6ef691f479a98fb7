"""What a policy file says, as the questions of the law read it: sensors, consequences and doors, each with the file's own words."""

from collections.abc import Iterator
from functools import cached_property

from glasstown import catalogue
from glasstown.policy import force
from glasstown.policy.declared import Declared
from glasstown.policy.schema import Band, Listing, PolicyFile, Rule

PICTURES = ("camera", "face_recognition")  # sensors that recognise faces or number plates
CONNECTED = (*PICTURES, "travel_gate", "payments", "platform")  # sensors that are devices or services on a network
OFFICIAL = ("court", "enforcement", "police")  # sensors that are findings of courts and police
MOST_WORDS = 3  # examples of the file's words that are shown


class Reading:
    """A policy as it is applied, beside the catalogues of deeds and of ordinary law that its names come from."""

    def __init__(self, policy: PolicyFile, deeds: catalogue.Deeds, law: catalogue.Law) -> None:
        self.policy = force.in_force(policy, deeds)
        self.declared = policy.law or Declared()
        self.kinds = {kind.name: kind for kind in deeds.kinds()}
        self.gates = {str(gate.name): str(gate.context) for gate in law.gate}
        fed = force.fed_by(policy, deeds)
        self.sensors = {sensor.name: sensor for sensor in law.sensor if sensor.name in fed}

    def deed(self, name: str) -> catalogue.Deed | None:
        """A deed of the catalogue; None for a claim."""
        kind = self.kinds.get(name)
        return kind if isinstance(kind, catalogue.Deed) else None

    def rules(self, *claims: str) -> list[Rule]:
        """The rules about these deeds or claims."""
        return [rule for rule in self.policy.rule if rule.deed in claims]

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The bands of the score, or none."""
        return self.policy.score.band if self.policy.score else ()

    @cached_property
    def machines(self) -> dict[str, bool]:
        """The sensors that are software, and whether one infers or recognises; the file may make one of them software itself."""
        own = {watch.sensor: watch.machine for watch in self.policy.watch if watch.machine is not None}
        software = {name for name, sensor in self.sensors.items() if own.get(name, sensor.machine)}
        return {name: self._infers(name) for name in self.sensors if name in software}

    def _infers(self, name: str) -> bool:
        sensor = self.sensors[name]
        return sensor.infers or sensor.items_per_year > 0 or name in PICTURES

    @cached_property
    def by_machine(self) -> list[Rule]:
        """Rules that rest on the word of software."""
        return [rule for rule in self.policy.rule if set(rule.sensors) & set(self.machines) or rule.deed == "high_risk"]

    @cached_property
    def harms(self) -> list[str]:
        """What the policy takes from people, in the file's words: doors, days, marks and money."""
        bands = [words for band in self.bands for words in _of_band(band)]
        lists = [words for row in self.policy.list for words in _of_list(row)]
        rules = [
            f"{of_rule(rule)} {key} = {getattr(rule, key)}"
            for rule in self.policy.rule for key in ("detain_days", "display_days", "charge_cents") if getattr(rule, key)
        ]  # fmt: skip
        return [*bands, *lists, *rules]

    @cached_property
    def rewards(self) -> list[str]:
        """What it gives."""
        perks = [f'[[score.band]] "{band.name}" perk_cents_per_year = {band.perk_cents_per_year}' for band in self.bands
                 if band.perk_cents_per_year]  # fmt: skip
        served = [f'[[score.band]] "{band.name}" priority = {band.priority}' for band in self.bands if band.priority > 1]
        return [*perks, *served]

    @cached_property
    def closed(self) -> dict[str, list[str]]:
        """The doors that it closes, each with the file's words."""
        found: dict[str, list[str]] = {}
        tables: list[tuple[str, Band | Listing]] = [("score.band", band) for band in self.bands]
        for table, row in [*tables, *(("list", row) for row in self.policy.list)]:
            for gate, share in row.refuse.items():
                if share:
                    found.setdefault(str(gate), []).append(f'[[{table}]] "{row.name}" refuses {gate}')
        return found

    def crossings(self) -> Iterator[str]:
        """Rules about one context, each beside a door of another that it helps to close."""
        for rule in self.policy.rule:
            context = str(self.kinds[rule.deed].context)
            others = {gate: words for gate, words in self._doors_of(rule).items() if self.gates[gate] != context}
            if others:
                gate, words = next(iter(others.items()))
                yield f"{of_rule(rule)} ({context}) and {words} ({self.gates[gate]})"

    def _doors_of(self, rule: Rule) -> dict[str, str]:
        """The doors that a rule helps to close: through its list, or through losses and the bands they lead to."""
        rows: list[tuple[str, Band | Listing]] = [("list", row) for row in self.policy.list if row.name == rule.list]
        if rule.override_band or loses(rule):
            rows += [("score.band", band) for band in self.bands]
        found: dict[str, str] = {}
        for table, row in rows:
            for gate, share in row.refuse.items():
                if share:
                    found.setdefault(str(gate), f'[[{table}]] "{row.name}" refuses {gate}')
        return found


def loses(rule: Rule) -> bool:
    """Whether a rule costs points."""
    ends = rule.points if isinstance(rule.points, tuple) else (rule.points or 0,)
    return min(ends) < 0


def of_rule(rule: Rule) -> str:
    """A rule as it stands in the file."""
    sensors = f", sensors = [{', '.join(map(quoted, rule.sensors))}]" if rule.sensors else ""
    return f"[[rule]] deed = {quoted(rule.deed)}{sensors}"


def quoted(name: str) -> str:
    """A name as it stands in the file."""
    return f'"{name}"'


def few(words: list[str]) -> tuple[str, ...]:
    """Some of the file's words, and how many more there are."""
    shown = list(dict.fromkeys(words))
    more = len(shown) - MOST_WORDS
    return (*shown[:MOST_WORDS], *([f"and {more} more"] if more > 0 else []))


def _of_band(band: Band) -> Iterator[str]:
    named = f'[[score.band]] "{band.name}"'
    yield from (f"{named} refuses {gate}" for gate, share in band.refuse.items() if share)
    yield from (f"{named} {key} = true" for key in ("sanction", "marked") if getattr(band, key))
    if band.priority < 1:
        yield f"{named} priority = {band.priority}"


def _of_list(row: Listing) -> Iterator[str]:
    named = f'[[list]] "{row.name}"'
    yield from (f"{named} refuses {gate}" for gate, share in row.refuse.items() if share)
    if row.public:
        yield f"{named} public = true"
    if row.show_days:
        yield f"{named} show_days = {row.show_days}"
