"""``assess`` a policy with an ensemble of paired worlds, ``run`` one pair, ``evaluate`` a case as a plain function."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.study import case as cases
from glasstown.study.case import Request

if TYPE_CHECKING:
    from glasstown.people.recipe import Recipe
    from glasstown.policy.schema import PolicyFile
    from glasstown.study.bundles import Searched

Say = Callable[[str], None]


@dataclass(frozen=True)
class Assessment:
    """What a study found. ``frame()`` gives the outcomes as a tidy table, ``plot(outcome)`` a picture of one."""

    request: dict[str, Any]
    policy: "PolicyFile"
    outcomes: list[Any]
    tables: dict[str, list[dict[str, Any]]]
    manifest: dict[str, Any]
    digest: str
    folder: Path | None = None
    deeds: Any = field(default=None, repr=False)
    law: Any = field(default=None, repr=False)

    def frame(self, table: str = "outcomes") -> Any:
        """The outcomes, or one of the tables, as a polars frame: one row an outcome and group."""
        import polars

        rows = [asdict(outcome) for outcome in self.outcomes] if table == "outcomes" else self.tables[table]
        return polars.DataFrame(rows, infer_schema_length=None)

    def plot(self, outcome: str) -> Any:
        """An Altair chart of one outcome's paired difference, with both widths, by group."""
        from glasstown.report import figures

        return figures.outcome_plot(self, outcome)

    def document(self) -> dict[str, Any]:
        """The one JSON document of this assessment."""
        shown = ("value", "low", "high", "luck_low", "luck_high", "twin", "floor", "verdict", "unit", "grade", "counted")
        named = {}
        for outcome in self.outcomes:
            key = outcome.name if outcome.group == "all" else f"{outcome.name}/{outcome.group}"
            named[key] = {name: getattr(outcome, name) for name in shown}
        report = {"folder": None if self.folder is None else self.folder.name, "request": self.request, "tables": self.tables}
        if self.folder is not None:
            report["page"] = "report.html"
        return {"policy": self.policy.name, "digest": self.digest, "outcomes": named, "report": report, "manifest": self.manifest}

    def _repr_html_(self) -> str:
        from html import escape

        def row(outcome: Any) -> str:
            cells = (escape(outcome.title), _number(outcome.value), f"{_number(outcome.low)} to {_number(outcome.high)}", outcome.verdict)
            return "<tr><td>" + "</td><td>".join(cells) + "</td></tr>"

        head = "<tr><th>Outcome<th>Difference<th>90 % interval<th>Verdict</tr>"
        body = "".join(row(outcome) for outcome in self.outcomes if outcome.group == "all")
        return f"<table><caption>{escape(self.policy.title)}</caption>{head}{body}</table>"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.3g}"


def request_of(
    policy: "PolicyFile | str | Path",
    society: "Recipe | str | Path" = "town",
    *,
    people: int | None = None,
    days: int | None = None,
    pairs: int | None = None,
    seed: int = cases.SEED,
    quick: bool = False,
    safeguards: bool = False,
) -> Request:
    """The request for these arguments; names and paths are loaded. Raises files.FileProblems and ValueError."""
    from glasstown import catalogue
    from glasstown.people import recipe
    from glasstown.policy import load

    sizes = (
        (cases.QUICK_PEOPLE, cases.QUICK_DAYS, cases.QUICK_BURN_IN, cases.QUICK_PAIRS)
        if quick
        else (cases.PEOPLE, cases.DAYS, cases.BURN_IN, cases.PAIRS)
    )
    request = Request(
        load.load(policy) if isinstance(policy, str | Path) else policy,
        recipe.load(society) if isinstance(society, str | Path) else society,
        catalogue.load_deeds(),
        catalogue.load_law(),
        catalogue.load_uncertainties(),
        sizes[0] if people is None else people,
        sizes[1] if days is None else days,
        sizes[2],
        sizes[3] if pairs is None else pairs,
        seed,
        quick,
        safeguards,
    )
    for name, value, low, high in (
        ("people", request.people, cases.FEWEST_PEOPLE, cases.MOST_PEOPLE),
        ("days", request.days, 1, cases.MOST_DAYS),
        ("pairs", request.pairs, 1, 100_000),
        ("seed", request.seed, 0, 2**63 - 1),
    ):
        if not low <= value <= high:
            raise ValueError(f"--{name} must be between {low:,} and {high:,}; {value:,} was given")
    refuse_misfits(request.policy, len(request.recipe.district))
    return request


def refuse_misfits(policy: "PolicyFile", districts: int | None = None) -> None:
    """Raise ValueError if the policy names an outcome that is none, or more districts than the society has."""
    from glasstown.files import nearest, suggestion
    from glasstown.study.outcomes import SPECS

    aim, names = policy.context.aim_outcome, [spec.name for spec in SPECS]
    if aim is not None and aim not in names:
        help_ = suggestion(aim, names) if nearest(aim, names) else "docs/outcomes.md names them all"
        raise ValueError(f"context.aim_outcome is `{aim}`, and no outcome is called so: {help_}")
    pilot = policy.rollout.pilot_districts if policy.rollout is not None else None
    if districts is not None and pilot is not None and pilot > districts:
        raise ValueError(f"rollout.pilot_districts is {pilot}, and this society has {districts} districts: name fewer")


def assess(
    policy: "PolicyFile | str | Path",
    society: "Recipe | str | Path" = "town",
    *,
    people: int | None = None,
    days: int | None = None,
    pairs: int | None = None,
    seed: int = cases.SEED,
    workers: int | None = None,
    threads: int = 1,
    out: str | Path | None = "runs",
    quick: bool = False,
    safeguards: bool = False,
    progress: Callable[[float, int], None] | None = None,
    say: Say | None = None,
) -> Assessment:
    """Assess a policy: an ensemble of paired worlds, paired differences with two widths, and a run folder under ``out``.

    ``workers`` processes live pairs side by side (all cores by default), each with ``threads``. With ``out=None`` nothing is
    kept. With ``safeguards`` the same towns also live under the policy with each safeguard added or taken away (the table
    "safeguards"), and with the bundles of two and three that repair most (the table "bundles"). The same request gives the same
    digest whatever the workers and threads, and finds its results again.
    """
    request = request_of(policy, society, people=people, days=days, pairs=pairs, seed=seed, quick=quick, safeguards=safeguards)
    return conduct(request, workers, threads, out, progress, say)


def run(policy: "PolicyFile | str | Path", society: "Recipe | str | Path" = "town", **options: Any) -> Assessment:
    """One paired world at the central values of everything uncertain: no intervals, so every verdict is "cannot tell"."""
    return assess(policy, society, pairs=1, workers=1, **options)


def evaluate(case: Mapping[str, Any]) -> dict[str, float]:
    """Outcomes of one pair as a plain function of a case, for SALib, EMA workbench or Optuna.

    ``case`` holds ``policy``, and optionally ``society, people, days, seed, replicate``; every other key is an uncertainty
    (see uncertainties.toml) and its value. Returns {outcome: policy minus twin}.
    """
    from glasstown.study import pair as pairs
    from glasstown.study.findings import level
    from glasstown.study.outcomes import SPECS

    named = {key: case[key] for key in ("people", "days", "seed") if key in case}
    request = request_of(case["policy"], case.get("society", "town"), pairs=1, **named)
    own = {key: float(value) for key, value in case.items() if key not in ("policy", "society", "people", "days", "seed", "replicate")}
    unknown = sorted(set(own) - set(request.uncertainties.parameter))
    if unknown:
        raise ValueError(f"no such uncertainty: {', '.join(unknown)}; there are {', '.join(request.uncertainties.parameter)}")
    rows = {name: row.model_copy(update={"value": own.get(name, row.value)}) for name, row in request.uncertainties.parameter.items()}
    request = replace(request, uncertainties=request.uncertainties.model_copy(update={"parameter": rows}))
    summary, _ = pairs.live(request, int(case.get("replicate", 0)), arms=("policy", "twin"))
    return {spec.name: level(summary, "policy", spec.name, 0) - _zero(level(summary, "twin", spec.name, 0)) for spec in SPECS}


def _zero(value: float) -> float:
    return 0.0 if value != value else value


def conduct(
    request: Request,
    workers: int | None,
    threads: int,
    out: str | Path | None,
    progress: Callable[[float, int], None] | None,
    say: Say | None,
) -> Assessment:
    """Live the pairs of a request and publish its folder (or find it, if it was asked before)."""
    import os
    import tempfile

    from glasstown.engine import compiler
    from glasstown.study import bundles, ensemble, estimate, store

    tell = say or (lambda line: None)
    workers = min(workers or os.cpu_count() or 1, request.pairs)
    needed = estimate.refuse_if_too_large(request, workers, threads)
    if out is None:
        with tempfile.TemporaryDirectory() as folder:
            return replace(conduct(request, workers, threads, folder, progress, say), folder=None)
    place, identity = Path(out), request.identity()
    published = store.run_folder(place, request.policy.name, identity)
    if (published / "report.json").exists():
        tell(f"asked before: reading {published}")
        return read(request, published)
    tell(
        f"{needed.citizen_days:,} citizen-days: about {estimate.duration(needed.seconds)}, {estimate.size(needed.memory)} of memory, "
        f"{estimate.size(needed.disk)} of disk; can tell differences from about {needed.smallest:.2g} per 1,000 adults"
    )
    if not compiler.is_cached():
        tell("compiling once")
    warm()
    unfinished = store.partial_folder(place, identity)
    told, asked = progress or (lambda done, asked: None), bundles.pairs_asked(request)
    summaries = ensemble.ensemble(request, unfinished, workers, threads, lambda done, _: told(done, asked))
    searched = bundles.searched(request, summaries, unfinished, workers, threads, told) if bundles.is_searched(request) else None
    return publish(request, summaries, unfinished, published, searched)


def warm() -> None:
    """Compile the kernels, or load them, on a tiny world: workers then find them on disk."""
    from glasstown.engine import run as engine

    tiny = request_of("none", people=60, days=31, pairs=1, quick=True)
    engine.run_arms(replace(tiny, burn_in=1).case(0), ("policy",))


def publish(
    request: Request, summaries: list[dict[str, Any]], unfinished: Path, folder: Path, searched: "Searched | None" = None
) -> Assessment:
    """Put everything together, with what a search of bundles found, and publish the run folder by one rename."""
    import shutil

    from glasstown.report import html, told
    from glasstown.study import bundles, findings, frames, store
    from glasstown.study import safeguards as variants

    digest = hashlib.sha256("".join(summary["digest"] for summary in summaries).encode()).hexdigest()
    manifest = {
        "schema_version": 1,
        "request": request.describe(),
        "command": command(request),
        "digest": digest,
        "pairs": [summary["digest"] for summary in summaries],
        "versions": store.versions(),
        "policy": request.policy.model_dump(mode="json"),
        "society": request.recipe.model_dump(mode="json"),
        "deeds": request.deeds.model_dump(mode="json"),
        "law": request.law.model_dump(mode="json"),
        "uncertainties": request.uncertainties.model_dump(mode="json"),
        "people": "all invented, from the aggregate shares of the society file",
    }
    tables = {**findings.tables(request, summaries), "lives": told.lives(request)}
    if request.safeguards:
        tables["safeguards"] = variants.found(request, summaries)
        manifest["safeguards"] = variants.described(request, summaries)
    if searched is not None:
        tables |= bundles.tables(request, searched)
        manifest["bundles"] = bundles.described(request, searched)
    shown = {key: manifest[key] for key in ("schema_version", "command", "digest", "versions")}
    found = Assessment(
        request.describe(),
        request.policy,
        findings.outcomes(summaries, findings.along(request)),
        tables,
        shown,
        digest,
        folder,
        request.deeds,
        request.law,
    )

    def fill(beside: Path) -> None:
        frames.write(unfinished, beside, request.pairs)
        html.write(found, beside / "report.html")
        (beside / "report.json").write_text(json.dumps(found.document(), indent=1))
        manifest["files"] = store.checksums(beside)
        (beside / "manifest.json").write_text(json.dumps(manifest, indent=1))

    store.publish(folder, fill)
    shutil.rmtree(unfinished, ignore_errors=True)
    return found


def read(request: Request, folder: Path) -> Assessment:
    """An assessment that was published before."""
    from glasstown.study.findings import Outcome
    from glasstown.study.outcomes import SPECS

    kept = json.loads((folder / "report.json").read_text())
    specs = {spec.name: spec for spec in SPECS}
    outcomes = []
    for key, row in kept["outcomes"].items():
        name, _, group = key.partition("/")
        outcomes.append(Outcome(name=name, title=specs[name].title, group=group or "all", note=specs[name].words, **row))
    return Assessment(
        kept["report"]["request"],
        request.policy,
        outcomes,
        kept["report"]["tables"],
        kept["manifest"],
        kept["digest"],
        folder,
        request.deeds,
        request.law,
    )


def command(request: Request) -> str:
    """The command line that asks for the same; a policy that does not ship is called after its own name."""
    from glasstown.policy import load

    name = request.policy.name if request.policy.name in load.presets() else f"{request.policy.name}.toml"
    flags = f"--society {request.recipe.name} --people {request.people} --days {request.days} --seed {request.seed}"
    quick = f"{' --safeguards' if request.safeguards else ''}{' --quick' if request.quick else ''}"
    if request.pairs == 1 and not request.safeguards:
        return f"glasstown run {name} {flags}{quick}"
    return f"glasstown assess {name} {flags} --pairs {request.pairs}{quick}"
