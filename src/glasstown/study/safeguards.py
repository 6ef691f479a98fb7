"""What each safeguard buys: the policy with each safeguard added or taken away, in the same towns as the policy itself.

After the burn-in of a pair, its town forks once more for every variant. A variant has the pair's people, luck and draw of what
nobody knows, so it differs from the policy in its safeguards and in nothing else. The burn-in is lived once for all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from glasstown import tables
from glasstown.engine import run
from glasstown.study import pair as pairs
from glasstown.study.case import Request
from glasstown.study.findings import level
from glasstown.study.outcomes import SPECS, Spec
from glasstown.study.statistics import estimate, floor_of, verdict

if TYPE_CHECKING:
    from glasstown.policy.schema import PolicyFile

Row = dict[str, Any]
NAMES = (
    "wrongly_sanctioned", "wrong_days", "missed", "sanctioned", "undeserved_entries", "harm", "dissenting", "silenced", "staff_days",
)  # fmt: skip
TOGETHER = {"all": "all safeguards together", "none": "no safeguard at all"}


def policies(request: Request) -> dict[str, "PolicyFile"]:
    """The variants of the request's policy by name: "+name" adds a safeguard, "-name" takes one away; then "all" and "none".

    What would be the policy itself, such as "none" where it has no safeguard, is left out.
    """
    from glasstown.policy.safeguards import variants

    return {name: policy for name, policy in variants(request.policy).items() if policy != request.policy}


def described(request: Request, summaries: Sequence[Row]) -> dict[str, Row]:
    """For the manifest: the digest of each variant's policy, and the digest of its final states over all pairs."""
    from glasstown.policy.load import digest

    worlds = {name: "".join(summary["safeguards"][name] for summary in summaries) for name in policies(request)}
    return {
        name: {"policy_digest": digest(policy), "digest": sha256(worlds[name].encode()).hexdigest()}
        for name, policy in policies(request).items()
    }


def title(variant: str) -> str:
    """What a variant has or lacks, in words; of a bundle, what each part is."""
    from glasstown.policy.safeguards import TITLES

    return TOGETHER.get(variant) or "; ".join(TITLES[name] for name in variant[1:].split("+"))


def specs(request: Request) -> list[Spec]:
    """The outcomes by which safeguards are told apart, the policy's own aim among them."""
    wanted = dict.fromkeys((*NAMES, request.policy.context.aim_outcome))
    return [spec for name in wanted for spec in SPECS if spec.name == name]


def live(request: Request, number: int, twin: Any, threads: int = 1, progress: run.Progress | None = None) -> tuple[Row, Row]:
    """Live the variants of a pair whose twin's world is ``twin``. Returns (outcomes, digests of the worlds), both by variant."""
    return live_under(request, number, policies(request), twin, threads, progress)


def live_under(
    request: Request,
    number: int,
    policies: Mapping[str, "PolicyFile"],
    twin: Any = None,
    threads: int = 1,
    progress: run.Progress | None = None,
) -> tuple[Row, Row]:
    """Live a pair under each of these policies. Without its ``twin``, which some outcomes are told by, that lives once more."""
    from glasstown.policy.tables import build

    case, values = request.case(number), request.values(number)
    names = [spec.name for spec in specs(request)]
    rules = {name: build(policy, request.deeds, request.law, request.people, values) for name, policy in policies.items()}
    outcomes, digests = {}, {}
    for variant, lived in forks(case, rules, threads, progress, () if twin else ("twin",)):
        if variant == "twin":
            twin = lived
            continue
        measured = pairs.measured(replace(case, policy=rules[variant]), lived, twin)
        outcomes[variant] = {name: measured[name] for name in names}
        digests[variant] = lived.digest
    return outcomes, digests


def forks(
    case: run.Case,
    policies: Mapping[str, tables.Policy],
    threads: int = 1,
    progress: run.Progress | None = None,
    arms: Sequence[str] = (),
) -> Iterator[tuple[str, run.World]]:
    """Live one case in these arms and then under each of these policies, from one burn-in that they share.

    A world is laid out for the most entries and lists that any of the policies keeps: a policy that keeps fewer uses fewer.
    """
    kernels = run.compiled_kernels()
    widest = replace(case, policy=case.policy._replace(score=case.policy.score.copy()))
    for room in ("slots", "lists"):
        widest.policy.score[room] = max(int(policy.score[room][0]) for policy in (case.policy, *policies.values()))
    runner = run.Runner(widest, kernels, threads)
    town = run.found_world(widest, runner)
    opening = run.opening(town)
    before = run.live_days(runner, town, tables.nothing(case.rules.sensors), range(case.start), progress)
    burned = np.concatenate([opening, before])
    runner.close()
    own = {name: ("policy", replace(case, policy=policy)) for name, policy in policies.items()}
    for name, (arm, lives) in {**{arm: (arm, case) for arm in arms}, **own}.items():
        runner = run.Runner(lives, kernels, threads)  # its own: what luck is looked at depends on the policy's sensors
        fresh, policy = run.arm_of(lives, town, arm)
        meters = run.live_days(runner, fresh, policy, range(case.start, case.start + case.days), progress)
        runner.close()
        yield name, run.World(run.series(burned, meters, fresh.people), None, fresh, run.state_digest(fresh))  # stays are not asked for


def found(request: Request, summaries: Sequence[Row]) -> list[Row]:
    """One row a variant and outcome: the paired difference, variant minus policy, with both widths and a verdict."""
    return [row(summaries, variant, spec) for variant in policies(request) for spec in specs(request)]


def row(summaries: Sequence[Row], variant: str, spec: Spec) -> Row:
    """One variant's difference in one outcome; below the floor of that outcome (one stranger's flipped act) it tells nothing."""
    own, policy, twin, placebo = (
        [level(summary, arm, spec.name, 0) for summary in summaries] for arm in (variant, "policy", "twin", "placebo")
    )
    difference = estimate([one - other for one, other in zip(own, policy, strict=True)])
    floor = floor_of([one - other for one, other in zip(placebo, twin, strict=True)])
    events = sum(summary["outcomes"][arm][spec.name][0][0] for summary in summaries for arm in (variant, "policy")) / spec.scale
    adults = min(summary["adults"][0] for summary in summaries)
    known = [value for value in policy if value == value]
    return {
        "variant": variant,
        "title": title(variant),
        "outcome": spec.name,
        **{name: getattr(difference, name) for name in ("value", "low", "high", "luck_low", "luck_high")},
        "verdict": verdict(difference, floor, adults, abs(events)),
        "unit": spec.unit,
        "policy": sum(known) / len(known) if known else None,
        "floor": floor,
    }
