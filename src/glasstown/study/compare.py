"""Several policies in the same towns: each pair burns in once, then forks into the unscored twin, the placebo and every policy.

A policy's column is what ``assess`` finds of it at the same size, seed and society, to the last digit: twin and placebo live as they
do there, and are measured as that policy looks at them. Between two policies the difference is taken pair by pair.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.study import assess, estimate, findings, quantities, store
from glasstown.study.case import Request, citizen_days
from glasstown.study.ensemble import Part, ensembles
from glasstown.study.outcomes import GROUPS, SPECS, Spec
from glasstown.study.safeguards import forks
from glasstown.study.statistics import estimate as interval
from glasstown.study.statistics import floor_of, verdict

if TYPE_CHECKING:
    from glasstown.engine.run import Progress
    from glasstown.policy.schema import PolicyFile

Row = dict[str, Any]
UNSCORED = ("twin", "placebo")  # arms that every policy is compared with
FEWEST = 2
MOST_BY_TWOS = 6  # policies that are compared two by two; of more, the first with each of the others
ENDS = ("value", "low", "high", "luck_low", "luck_high", "counted")


@dataclass(frozen=True)
class Comparison:
    """What is asked: policies, and a request for the first of them that holds all else which decides the bytes."""

    base: Request
    policies: tuple["PolicyFile", ...]

    @property
    def labels(self) -> list[str]:
        """What each policy is called: its name; a second one of the same name has a number."""
        names = [policy.name for policy in self.policies]
        before = [names[:place].count(name) for place, name in enumerate(names)]
        return [f"{name} ({count + 1})" if count else name for name, count in zip(names, before, strict=True)]

    def requests(self) -> list[Request]:
        """For each policy, the request of which ``assess`` would find the same."""
        return [replace(self.base, policy=policy) for policy in self.policies]

    def describe(self) -> Row:
        """What is asked as plain data, with digests of its files."""
        told = [request.describe() for request in self.requests()]
        own = {key: value for key, value in told[0].items() if key not in ("policy", "policy_digest")}
        named = zip(self.labels, told, strict=True)
        listed = [{"label": label, "policy": one["policy"], "policy_digest": one["policy_digest"]} for label, one in named]
        return {"policies": listed, **own}

    def identity(self) -> str:
        """The name of what was asked: the same comparison finds the same results."""
        from glasstown.engine.compiler import source_hash

        return sha256(json.dumps({**self.describe(), "source": source_hash()}, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Compared:
    """What was found: for each policy an assessment, and the differences between policies."""

    request: Row
    columns: list[assess.Assessment]
    labels: list[str]
    between: list[Row]
    curved: list[str]  # titles of what is told as a curve by assess, and not here
    manifest: Row
    digest: str
    folder: Path | None = None

    def document(self) -> Row:
        """The one JSON document of this comparison."""
        columns = list(zip(self.labels, self.columns, strict=True))
        return {
            "policies": [
                {"label": label, "name": one.policy.name, "title": one.policy.title, "fidelity": one.policy.fidelity, "digest": one.digest}
                for label, one in columns
            ],
            "outcomes": {label: one.document()["outcomes"] for label, one in columns},
            "between": self.between,
            "told_as_curves": self.curved,
            "digest": self.digest,
            "report": {"folder": None if self.folder is None else self.folder.name, "request": self.request},
            "manifest": self.manifest,
        }


def request_of(policies: Sequence[Any], society: Any = "town", **sizes: Any) -> Comparison:
    """What is asked by these arguments, as ``assess.request_of`` takes them. Raises files.FileProblems and ValueError."""
    if len(policies) < FEWEST:
        raise ValueError(f"compare needs two policies at least, and {len(policies)} was named: name another (glasstown presets lists them)")
    requests = [assess.request_of(policy, society, **sizes) for policy in policies]
    return Comparison(requests[0], tuple(request.policy for request in requests))


def couples(count: int) -> list[tuple[int, int]]:
    """The policies that are compared with one another, by place."""
    firsts = range(count) if count <= MOST_BY_TWOS else range(1)
    return [(one, other) for one in firsts for other in range(one + 1, count)]


# ---- living the towns ------------------------------------------------------------------------------------------------


def live(request: Request, number: int, policies: Sequence["PolicyFile"], threads: int = 1, progress: "Progress | None" = None) -> Row:
    """Live one pair in the unscored arms and under each policy. Returns what is kept of it: a summary for each policy."""
    from glasstown.policy.tables import build
    from glasstown.study import pair as pairs
    from glasstown.study.view import View

    case, values = request.case(number), request.values(number)
    rules = {str(place): build(policy, request.deeds, request.law, request.people, values) for place, policy in enumerate(policies)}
    unscored: dict[str, Any] = {}
    columns: list[Row] = []
    for name, lived in forks(case, rules, threads, progress, UNSCORED):
        if name in UNSCORED:
            unscored[name] = lived
            continue
        own, towns = replace(case, policy=rules[name]), {"policy": lived, **unscored}
        outcomes = {arm: pairs.measured(own, town, unscored["twin"]) for arm, town in towns.items()}
        seen = View(lived, case.rules.deeds, 0, policy=own.policy)
        columns.append(
            {
                "pair": number,
                "digest": lived.digest,
                "outcomes": outcomes,
                "adults": seen.adults.tolist(),
                "counted": quantities.count(seen),
            }
        )
    return {"pair": number, "twin": unscored["twin"].digest, "columns": columns}


def lived(asked: Comparison, unfinished: Path, workers: int, threads: int, progress: Callable[[float, int], None]) -> list[list[Row]]:
    """For each policy, the summaries of all its pairs. Those kept in ``unfinished`` are read, the others lived and kept there."""
    part = Part(asked.base, unfinished, policies=asked.policies)
    kept = ensembles([part], workers, threads, progress)[0]
    return [[pair["columns"][place] for pair in kept] for place in range(len(asked.policies))]


def pair_days(request: Request, policies: int) -> int:
    """Citizen-days of one pair that lives under so many policies."""
    return citizen_days(replace(request, pairs=1), len(UNSCORED) + policies)


def prepare(asked: Comparison, workers: int, threads: int, say: Callable[[str], None]) -> None:
    """Say what it takes, and compile. Raises estimate.TooLarge."""
    from glasstown.engine import compiler

    arms = len(UNSCORED) + len(asked.policies)
    needed = [estimate.refuse_if_too_large(request, workers, threads, arms) for request in asked.requests()]
    most = max(needed, key=lambda one: one.memory)
    say(
        f"{most.citizen_days:,} citizen-days: about {estimate.duration(most.seconds)}, {estimate.size(most.memory)} of memory; "
        f"can tell differences from about {most.smallest:.2g} per 1,000 adults"
    )
    if not compiler.is_cached():
        say("compiling once")
    assess.warm()


def conduct(
    asked: Comparison,
    workers: int | None,
    threads: int,
    out: Path,
    progress: Callable[[float, int], None] | None = None,
    say: Callable[[str], None] | None = None,
) -> Compared:
    """Live the pairs of a comparison and publish its folder (or find it, if it was asked before)."""
    import os

    tell, identity = say or (lambda line: None), asked.identity()
    folder, unfinished = store.run_folder(out, "compare", identity), store.partial_folder(out, f"compare-{identity}")
    if (folder / "report.json").exists():
        tell(f"asked before: reading {folder}")
        return read(asked, folder)
    workers = min(workers or os.cpu_count() or 1, asked.base.pairs)
    prepare(asked, workers, threads, tell)
    return publish(asked, lived(asked, unfinished, workers, threads, progress or (lambda done, total: None)), unfinished, folder)


# ---- what was found --------------------------------------------------------------------------------------------------


def found(asked: Comparison, columns: Sequence[Sequence[Row]], folder: Path | None = None) -> Compared:
    """A comparison from the summaries of each policy's pairs."""
    left_out = findings.along(asked.base)
    digests = [sha256("".join(pair["digest"] for pair in pairs).encode()).hexdigest() for pairs in columns]
    whole = sha256("".join(digests).encode()).hexdigest()
    manifest = {"schema_version": 1, "command": command(asked), "digest": whole, "versions": store.versions()}
    outcomes = [findings.outcomes(pairs, left_out) for pairs in columns]
    return assembled(asked, outcomes, digests, between(asked, columns), manifest, folder)


def assembled(
    asked: Comparison, outcomes: Sequence[list[Any]], digests: Sequence[str], between: list[Row], manifest: Row, folder: Path | None
) -> Compared:
    """Put the parts of a comparison together; each policy's column is an assessment of its own."""
    base, curved = asked.base, findings.along(asked.base)
    parts = zip(asked.requests(), outcomes, digests, strict=True)
    columns = [
        assess.Assessment(request.describe(), request.policy, own, {}, manifest, digest, None, base.deeds, base.law)
        for request, own, digest in parts
    ]
    titles = [spec.title for spec in SPECS if spec.name in curved]
    return Compared(asked.describe(), columns, asked.labels, between, titles, manifest, manifest["digest"], folder)


def between(asked: Comparison, columns: Sequence[Sequence[Row]]) -> list[Row]:
    """The differences of policies from one another, a row a couple and outcome."""
    left_out, labels = findings.along(asked.base), asked.labels
    specs = [spec for spec in SPECS if spec.name not in left_out]
    return [
        {"policy": labels[one], "minus": labels[other], **difference(columns[one], columns[other], spec)}
        for one, other in couples(len(columns))
        for spec in specs
    ]


def difference(one: Sequence[Row], other: Sequence[Row], spec: Spec) -> Row:
    """One policy minus another in one outcome, in the same towns; nothing where either had nobody to count.

    Each is taken from the twin as that policy looks at it: what counts deeds that a policy itself names counts others under each.
    """
    pairs = zip(findings.differences(one, spec.name), findings.differences(other, spec.name), strict=True)
    own = [level - base for level, base in pairs]
    floors = [floor_of(findings.differences(pairs, spec.name, arm="placebo")) for pairs in (one, other)]
    events = sum(pair["outcomes"]["policy"][spec.name][0][0] for pairs in (one, other) for pair in pairs) / spec.scale
    return {"outcome": spec.name, **told(own, spec, floors, min(pair["adults"][0] for pair in one), abs(events))}


def told(differences: Sequence[float], spec: Spec, floors: Sequence[float | None], adults: float, events: float) -> Row:
    """Paired differences with both widths, the larger placebo floor and the verdict."""
    made, floor = interval(differences), max((value for value in floors if value is not None), default=None)
    enough = float("inf") if spec.name == "concentration" else events
    ends = {name: getattr(made, name) for name in ENDS}
    return {"title": spec.title, "unit": spec.unit, **ends, "floor": floor, "verdict": verdict(made, floor, adults, enough)}


# ---- the run folder --------------------------------------------------------------------------------------------------


def publish(asked: Comparison, columns: Sequence[Sequence[Row]], unfinished: Path, folder: Path) -> Compared:
    """Put everything together and publish the folder by one rename."""
    import shutil

    from glasstown.report import compare as report

    whole = found(asked, columns, folder)

    def fill(beside: Path) -> None:
        tables(asked, whole, columns, beside)
        report.write(whole, beside / "report.html")
        (beside / "report.json").write_text(json.dumps(whole.document(), indent=1))
        manifest = {**whole.manifest, **contents(asked), "files": store.checksums(beside)}
        (beside / "manifest.json").write_text(json.dumps(manifest, indent=1))

    store.publish(folder, fill)
    shutil.rmtree(unfinished, ignore_errors=True)
    return whole


def contents(asked: Comparison) -> Row:
    """For the manifest: what was asked, with every file in it."""
    base = asked.base
    return {
        "request": asked.describe(),
        "policies": {label: policy.model_dump(mode="json") for label, policy in zip(asked.labels, asked.policies, strict=True)},
        **{name: getattr(base, name).model_dump(mode="json") for name in ("deeds", "law", "uncertainties")},
        "society": base.recipe.model_dump(mode="json"),
        "people": "all invented, from the aggregate shares of the society file",
    }


def tables(asked: Comparison, whole: Compared, columns: Sequence[Sequence[Row]], folder: Path) -> None:
    """The Parquet tables: differences from the twin, differences between policies, and levels pair by pair."""
    import polars

    outcomes = [one.frame().select(polars.lit(label).alias("policy"), polars.all()) for label, one in zip(whole.labels, whole.columns)]
    for name, frame in (
        ("outcomes", polars.concat(outcomes, how="vertical_relaxed")),
        ("between", polars.DataFrame(whole.between, infer_schema_length=None)),
        ("pairs", polars.concat([by_pair(label, pairs) for label, pairs in zip(asked.labels, columns, strict=True)])),
    ):
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd")


def by_pair(label: str, pairs: Sequence[Row]) -> Any:
    """Levels of every outcome in the three arms of each pair: a row a pair, outcome and group."""
    import polars

    keys = [(pair, spec, group) for pair in pairs for spec in SPECS for group in range(3)]
    arms = {arm: [findings.level(pair, arm, spec.name, group) for pair, spec, group in keys] for arm in ("policy", *UNSCORED)}
    return polars.DataFrame(
        {
            "label": [label] * len(keys),
            "pair": [pair["pair"] for pair, _, _ in keys],
            "outcome": [spec.name for _, spec, _ in keys],
            "group": [GROUPS[group] for _, _, group in keys],
            **arms,
        }
    )


def read(asked: Comparison, folder: Path) -> Compared:
    """A comparison that was published before."""
    kept = json.loads((folder / "report.json").read_text())
    specs = {spec.name: spec for spec in SPECS}
    outcomes: list[list[Any]] = []
    for label in asked.labels:
        split = [(*key.partition("/")[::2], row) for key, row in kept["outcomes"][label].items()]
        outcomes.append(
            [findings.Outcome(name=name, title=specs[name].title, group=group or "all", note=specs[name].words, **row)
             for name, group, row in split]
        )  # fmt: skip
    digests = [policy["digest"] for policy in kept["policies"]]
    return assembled(asked, outcomes, digests, kept["between"], kept["manifest"], folder)


def command(asked: Comparison, name: str = "compare") -> str:
    """The command line that asks for the same; a policy that does not ship is called after its own name."""
    from glasstown.policy import load

    shipped, base = load.presets(), asked.base
    named = "".join(f" {policy.name if policy.name in shipped else f'{policy.name}.toml'}" for policy in asked.policies)
    flags = f"--society {base.recipe.name} --people {base.people} --days {base.days} --pairs {base.pairs} --seed {base.seed}"
    return f"glasstown {name}{'' if name == 'gap' else named} {flags}{' --quick' if base.quick else ''}"
