"""What critics and proponents claim of social scoring, measured by one rule for both sides.

A claim *holds* if the 90 % interval for luck and what nobody knows leaves zero out in the claimed direction, is *reversed* if it
does so in the other, and else one *cannot tell* (nor below the placebo floor, nor with too few people or events). Every claim is
knocked out as well: the coefficients it rests on are set to zero, and what is left of the effect *vanishes* if it is below the
floor, or less than a tenth and not told from zero. What a policy does to people is measured where it holds everywhere from the first day
and nothing ends it; how far it gets, and whether people put up with it, where it begins as it says it does. Otherwise towns that never
lived under it would be taken for towns that it spared. Each distinct knock-out lives in further towns with the same luck.

What hangs on a rate that nobody has measured is told as a curve along that rate, never as one number. What a whole town does or
does not is told as the share of worlds in which it comes to that, with the distribution over worlds.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from glasstown.engine.run import ARMS
from glasstown.study import curve, ensemble, estimate, store, tipping
from glasstown.study.case import SEED, Request
from glasstown.study.findings import along, curve_of, differences, level, outcome, tip
from glasstown.study.movers import moved_by
from glasstown.study.outcomes import SPECS, Spec
from glasstown.study.statistics import Estimate
from glasstown.study.statistics import estimate as interval

Row = dict[str, Any]
Drawn = Sequence[Mapping[str, float]]
Lived = tuple[bool, tuple[str, ...]]  # whether the policy is in force from the first day, and what is knocked out
POLICY = "popular_image"
PEOPLE, DAYS, PAIRS = 2_000, 1095, 120  # many couples of small towns: so that the draws of what nobody knows can be told apart
QUICK_PEOPLE, QUICK_DAYS, QUICK_PAIRS = 500, 180, 20
MEASURED, LEFT = ARMS[:3], ARMS[:2]  # policy, twin and placebo; of a knock-out policy and twin
GRADES = ("documented", "estimated", "scenario")
CRITICS, PROPONENTS = "critics", "proponents"
NOT_MEASURED = "not measured"
SMALL = 0.1  # of an effect: what is left of it nearly vanishes
MORE_THAN_ALL = 2.0  # share of adults: so many never march


@dataclass(frozen=True)
class Claim:
    """A claim: who makes it, what it says, the outcome that measures it and in which direction, and what it rests on."""

    number: int
    by: str
    says: str
    outcome: str
    direction: str  # "more" or "less" than in the twin town
    beside: tuple[str, ...]  # outcomes told beside it
    zero: tuple[str, ...]  # the uncertainties that the knock-out sets to zero
    spread: str = ""  # of what a whole town does or does not: the outcome whose distribution over worlds is told

    @property
    def in_force(self) -> bool:
        """Whether it is measured where the policy holds everywhere from the first day, or else where it begins as it says it does."""
        return not self.spread


CLAIMS = (
    Claim(1, CRITICS, "Everything is watched.", "life_observed", "more", ("sensor_cost",), ("reach",)),
    Claim(
        2, CRITICS, "Machines judge people, also for what they never did.", "wrongly_sanctioned", "more",
        ("undeserved_entries", "innocent_sanctioned", "view_entries_wrong"), ("machine_error",),
    ),
    Claim(
        3, CRITICS, "A low score closes every door.", "doors_closed", "more",
        ("barred_work", "barred_housing", "waiting_others"), ("compliance", "discretion"),
    ),
    Claim(
        4, PROPONENTS, "People behave better, and less harm is done.", "harm", "less",
        ("intrinsic_good_deeds", "dealings_kept", "trust"), ("certainty", "severity", "reward", "risk_announced", "stake"),
    ),
    Claim(
        5, CRITICS, "Everybody becomes alike.", "diversity_conduct", "less",
        ("diversity_speech", "diversity_views"), ("descriptive", "injunctive", "climate", "influence"),
    ),
    Claim(
        6, CRITICS, "People fall silent.", "dissenting", "less",
        ("silenced", "silent_critics", "private_critics"), ("chill", "watched", "hush"),
    ),
    Claim(
        7, CRITICS, "Thoughts are judged, and who is wrongly taken for a critic becomes one.", "view_after_wrong_flag", "less",
        ("view_entries", "flagged_wrongly", "speech_after_wrong_flag"), ("machine_error", "fear_own", "legitimacy"),
    ),
    Claim(
        8, CRITICS, "Friends and strangers turn away from the marked.", "isolated", "more",
        ("cold_ties", "refused_at_discretion", "sanctioned_for_others"), ("discretion", "shun"),
    ),
    Claim(
        9, CRITICS, "Who falls is left by everybody, and her family with her.", "pariahs", "more",
        ("ties_lost", "pariah_household_days", "income_with_pariah"), ("shun", "contact_cost"),
    ),
    Claim(
        10, CRITICS, "People are shamed before everybody, also for what they never did.", "shown_wrongly", "more",
        ("exposures", "ties_of_shown", "displayed_deeds"), ("machine_error", "shame"),
    ),
    Claim(
        11, CRITICS, "People denounce one another falsely.", "entries_from_reports", "more",
        ("false_share", "denounced", "stained_odds"), ("malice",),
    ),
    Claim(
        12, CRITICS, "Who holds the record blackmails those in it.", "extorted", "more",
        ("extorted_adults", "fabricated", "officials_gain"), ("extortion",),
    ),
    Claim(
        13, CRITICS, "The powerful are exempt, and turn it on whom they like.", "exempt", "more",
        ("spared", "erased", "ordered"), ("immunity", "erased", "misuse"),
    ),
    Claim(
        14, CRITICS, "People who hurt nobody are locked up to be re-educated.", "detained_harmless", "more",
        ("detained_days", "child_days_apart", "view_after_detention"), ("contagion", "detained_view"),
    ),
    Claim(
        15, CRITICS, "It grows into every part of life.", "rolled_out", "more",
        ("days_until_everywhere", "approving", "scandal"), ("fear_own", "fear_tie", "scandal_fading"), "grown",
    ),
    Claim(
        16, PROPONENTS, "People would not put up with it.", "repealed", "more",
        ("marches", "arrests", "withdrawn"), ("grievance_hardship", "grievance_sanction", "outrage"), "marched",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Study:
    """What was found: one row a claim, as plain data."""

    request: Request
    claims: list[Row]
    digest: str

    def document(self) -> Row:
        """The one JSON document of this study."""
        return {
            "policy": self.request.policy.name,
            "title": self.request.policy.title,
            "smoke_run": self.request.quick,
            "command": command(self.request, [row["number"] for row in self.claims]),
            "digest": self.digest,
            "claims": self.claims,
            "request": self.request.describe(),
            "versions": store.versions(),
        }


def request_of(
    policy: str = POLICY,
    society: str = "town",
    *,
    people: int | None = None,
    days: int | None = None,
    pairs: int | None = None,
    seed: int = SEED,
    quick: bool = False,
) -> Request:
    """The request whose towns all claims share. Raises files.FileProblems and ValueError."""
    from glasstown.study import assess

    sizes = (QUICK_PEOPLE, QUICK_DAYS, QUICK_PAIRS) if quick else (PEOPLE, DAYS, PAIRS)
    asked = [default if given is None else given for given, default in zip((people, days, pairs), sizes, strict=True)]
    return assess.request_of(policy, society, people=asked[0], days=asked[1], pairs=asked[2], seed=seed, quick=quick)


def conduct(
    request: Request,
    numbers: Sequence[int],
    workers: int | None,
    threads: int,
    out: Path,
    progress: ensemble.Progress | None = None,
    say: Callable[[str], None] | None = None,
) -> Study:
    """Measure the claims of these numbers. Towns that were lived before are read from ``out``, the others lived and kept there."""
    claims = [claim for claim in CLAIMS if claim.number in numbers]
    towns = {True: in_force(request), False: request}
    asked: dict[Lived, tuple[Request, tuple[str, ...]]] = {(claim.in_force, ()): (towns[claim.in_force], MEASURED) for claim in claims}
    for claim in claims:
        if zero := known_zero(request, claim):
            asked[claim.in_force, zero] = without(towns[claim.in_force], zero), LEFT
    pairs = live(list(asked.values()), workers, threads, out, progress or (lambda done, total: None), say or (lambda line: None))
    lived = dict(zip(asked, pairs, strict=True))
    digest = sha256("".join(pair["digest"] for one in pairs for pair in one).encode()).hexdigest()
    drawn = {kind: towns[kind].drawn() for kind, zero in asked if not zero}
    return Study(request, [found(towns[claim.in_force], drawn[claim.in_force], claim, lived) for claim in claims], digest)


def spec_of(name: str) -> Spec | None:
    """The outcome of this name, if there is one."""
    return next((spec for spec in SPECS if spec.name == name), None)


def known_zero(request: Request, claim: Claim) -> tuple[str, ...]:
    """What the knock-out of a claim sets to zero, as far as the request knows it."""
    return tuple(name for name in claim.zero if name in request.uncertainties.parameter)


def in_force(request: Request) -> Request:
    """The request with the policy in force everywhere from the first day, and with no march that ends it."""
    at_once = replace(request, policy=request.policy.model_copy(update={"rollout": None}))
    return fixed(at_once, ["concedes"], MORE_THAN_ALL)


def without(request: Request, names: Sequence[str]) -> Request:
    """The request with these uncertainties at zero; all others are drawn as before."""
    return fixed(request, names, 0.0)


def fixed(request: Request, names: Sequence[str], value: float) -> Request:
    """The request with these uncertainties, as far as it knows them, at one value; all others are drawn as before."""
    known = request.uncertainties.parameter
    changed = {name: known[name].model_copy(update={"value": value, "low": value, "high": value}) for name in names if name in known}
    return replace(request, uncertainties=request.uncertainties.model_copy(update={"parameter": {**known, **changed}}))


# ---- living the towns ------------------------------------------------------------------------------------------------


def live(
    asked: Sequence[tuple[Request, tuple[str, ...]]],
    workers: int | None,
    threads: int,
    out: Path,
    progress: ensemble.Progress,
    say: Callable[[str], None],
) -> list[list[Row]]:
    """The pairs of each request, lived in these arms: digests, adults and outcomes. Each is published as a folder of its own."""
    import os
    import shutil

    names = [request.identity() for request, _ in asked]
    folders = [store.run_folder(out, f"claims-{request.policy.name}", name) for (request, _), name in zip(asked, names, strict=True)]
    parts = {
        folder: ensemble.Part(request, store.partial_folder(out, f"claims-{name}"), arms)
        for (request, arms), name, folder in zip(asked, names, folders, strict=True)
        if not (folder / "pairs.json").exists()
    }
    if parts:
        missing = list(parts.values())
        workers = min(workers or os.cpu_count() or 1, sum(part.request.pairs for part in missing))
        announce(missing, workers, threads, say)
        for (folder, part), pairs in zip(parts.items(), ensemble.ensembles(missing, workers, threads, progress), strict=True):
            publish(folder, part, pairs)
            shutil.rmtree(part.folder, ignore_errors=True)
    return [json.loads((folder / "pairs.json").read_text()) for folder in folders]


def announce(parts: Sequence[ensemble.Part], workers: int, threads: int, say: Callable[[str], None]) -> None:
    """Say what it takes. Raises estimate.TooLarge."""
    from glasstown.engine import compiler
    from glasstown.study import assess

    needed = [estimate.refuse_if_too_large(part.request, workers, threads, len(part.arms)) for part in parts]
    days = sum(one.citizen_days for one in needed)
    seconds = estimate.SETTING_UP + sum(one.seconds - estimate.SETTING_UP for one in needed)
    say(f"{days:,} citizen-days: about {estimate.duration(seconds)}, {estimate.size(needed[0].memory)} of memory")
    if not compiler.is_cached():
        say("compiling once")
    assess.warm()


def publish(folder: Path, part: ensemble.Part, pairs: Sequence[Row]) -> None:
    """Publish the pairs of one request by one rename."""
    kept = [{name: pair[name] for name in ("pair", "digest", "adults", "outcomes")} for pair in pairs]

    def fill(beside: Path) -> None:
        (beside / "pairs.json").write_text(json.dumps(kept))
        manifest = {"schema_version": 1, "request": part.request.describe(), "arms": part.arms, "versions": store.versions()}
        zero = [name for name, row in part.request.uncertainties.parameter.items() if row.low == row.high == 0]
        people = "all invented, from the aggregate shares of the society file"
        manifest |= {"zero": zero, "people": people, "files": store.checksums(beside)}
        (beside / "manifest.json").write_text(json.dumps(manifest, indent=1))

    store.publish(folder, fill)


# ---- from pairs to findings ------------------------------------------------------------------------------------------


def found(request: Request, drawn: Drawn, claim: Claim, lived: Mapping[Lived, Sequence[Row]]) -> Row:
    """What was found of a claim, as plain data; ``drawn``: what nobody knows, by couple; ``lived``: pairs of towns."""
    spec, zero = spec_of(claim.outcome), known_zero(request, claim)
    pairs, left = lived[claim.in_force, ()], lived[claim.in_force, zero] if zero else None
    row: Row = {
        "number": claim.number, "by": claim.by, "claim": claim.says, "outcome": claim.outcome, "direction": claim.direction,
        "zero": list(zero), "grade": grade(request, claim), "in_force": claim.in_force,
    }  # fmt: skip
    if spec is None:
        return {**row, "finding": NOT_MEASURED, "grade": "", "left": None, "beside": [], "moved_by": []}
    effect = told(request, drawn, pairs, spec, left)
    beside = [told(request, drawn, pairs, other, left) for name in claim.beside if (other := spec_of(name))]
    moved = moved_by(request, drawn, differences(pairs, spec.name), effect["floor"])
    row |= {**effect, "finding": finding(claim, effect["verdict"]), "beside": beside, "moved_by": moved}
    return {**row, **in_worlds(claim, pairs, left, row)} if claim.spread else row


def finding(claim: Claim, verdict: str) -> str:
    """The one rule, the same for both sides; of a curve that is told in a part of its bins only, *in part*."""
    part = curve.IN_PART[claim.direction]
    known = {claim.direction: "holds", "cannot tell": "cannot tell", part: "holds in part", "turns": "turns"}
    return known.get(verdict, "reversed in part" if verdict in curve.IN_PART.values() else "reversed")


def told(request: Request, drawn: Drawn, pairs: Sequence[Row], spec: Spec, left: Sequence[Row] | None) -> Row:
    """An outcome's paired difference with both widths, the twin's level, the placebo floor, the verdict, and what a knock-out leaves.

    What hangs on an unmeasured rate has a ``curve`` in place of a difference.
    """
    made = outcome(pairs, spec, 0)
    shown = ("title", "unit", "value", "low", "high", "luck_low", "luck_high", "twin", "floor", "verdict", "counted")
    row = {"outcome": spec.name, **{name: getattr(made, name) for name in shown}}
    row["left"] = None if left is None else remains(interval(differences(left, spec.name)), made.value, made.floor)
    if spec.name not in along(request):
        return row
    rate, bins = request.uncertainties.parameter[spec.along], curve_of(drawn, pairs, spec)
    numbers = ("value", "low", "high", "luck_low", "luck_high", "counted")
    kept = {name: value for name, value in row.items() if name not in numbers}
    line = {"along": spec.along, "unit": rate.unit, "low": rate.low, "high": rate.high, "bins": bins}
    return {**kept, "verdict": curve.told(bins), "curve": line}


def in_worlds(claim: Claim, pairs: Sequence[Row], left: Sequence[Row] | None, row: Row) -> Row:
    """What a whole town does or does not: in how many worlds it comes to that, how they are spread, and in how many without the cause."""
    spec, spread = spec_of(claim.outcome), spec_of(claim.spread)
    if spec is None or spread is None or row["value"] is None:
        return {}
    tips = tip(pairs, spec)
    levels = [level(pair, "policy", spread.name, 0) for pair in pairs]
    worlds = {"outcome": spread.name, "title": spread.title, "unit": spread.unit, "bins": tipping.bins(levels)}
    found: Row = {"tips": tips, "worlds": worlds, "finding": tipping.told(tips["tipped"], tips["worlds"])}
    if left is not None:
        without_it = tipping.share([level(pair, "policy", spec.name, 0) > 0 for pair in left])
        kept, before = without_it["tipped"] * tips["worlds"], tips["tipped"] * without_it["worlds"]  # shares, on one denominator
        still = "remains" if kept >= before else "remains in some worlds" if kept >= SMALL * before else "nearly vanishes"
        gone = "vanishes" if before else "nothing to begin with"
        found["left"] = {**row["left"], "tips": without_it, "what": still if kept else gone}
    return found


def remains(left: Estimate, effect: float | None, floor: float | None) -> Row:
    """What the knock-out leaves of an effect: it vanishes if it is no more than the floor, or less than a tenth of the effect and not
    told from zero; it reverses on the other side of zero, remains on the same, and else one cannot tell.

    An outcome that nobody has any more is nothing, and vanishes; of one that nobody had, there was nothing to begin with.
    """
    ends = {name: getattr(left, name) for name in ("value", "low", "high", "luck_low", "luck_high", "counted")}
    if effect is None:
        return {**ends, "what": "nothing to begin with"}
    if left.value is None or abs(left.value) <= (floor or 0.0):
        return {**ends, "what": "vanishes"}
    if left.low is None or left.high is None:
        return {**ends, "what": "cannot tell"}
    if left.low <= 0 <= left.high:
        return {**ends, "what": "vanishes" if abs(left.value) < SMALL * abs(effect) else "cannot tell"}
    if abs(left.value) < SMALL * abs(effect):
        return {**ends, "what": "nearly vanishes"}
    return {**ends, "what": "reverses" if left.value * effect < 0 else "remains"}


def grade(request: Request, claim: Claim) -> str:
    """How well it is known: the weakest grade among the outcome's and those of the coefficients that the claim rests on."""
    spec = spec_of(claim.outcome)
    grades = [request.uncertainties.parameter[name].grade for name in known_zero(request, claim)] + ([spec.grade] if spec else [])
    return max(grades, key=GRADES.index, default="scenario")


def command(request: Request, numbers: Sequence[int]) -> str:
    """The command line that asks for the same."""
    only = f" {numbers[0]}" if len(numbers) == 1 else ""
    flags = f"--society {request.recipe.name} --people {request.people} --days {request.days} --pairs {request.pairs} --seed {request.seed}"
    return f"glasstown claims{only} --policy {request.policy.name} {flags}{' --quick' if request.quick else ''}"
