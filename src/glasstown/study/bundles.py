"""What two or three safeguards repair together: a search for the fewest wrongly sanctioned, and what was found in towns it never saw.

What is searched for is an error, and nothing else can be asked for: what a bundle leaves of the stated aim is told beside it and
decides nothing. Of many bundles the best is also the luckiest, so bundles are chosen on one half of the couples of pairs and
told from the other half. The search is a beam: of all safeguards that can be added, the ``WIDTH`` that repair most are paired;
of all pairs, the ``BEAM`` that repair most are tried with a third. A bundle repairs if it repairs more than what is left of it
without one of its parts. What only works in company of something that repairs nothing may be missed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.policy.bundles import Bundle, addable, alone, ordered, place, resting, together
from glasstown.study import ensemble, safeguards
from glasstown.study.case import Request
from glasstown.study.findings import level
from glasstown.study.outcomes import Spec
from glasstown.study.statistics import FEWEST_PAIRS, estimate, verdict

if TYPE_CHECKING:
    from glasstown.engine.run import Progress
    from glasstown.policy.schema import PolicyFile

Row = dict[str, Any]
Change = tuple[float, ...]  # mean change from the policy in each of ERRORS; less is a repair
Live = Callable[[Sequence[Bundle], Sequence[int]], list[Row]]  # bundles, numbers of pairs -> a summary each

ERRORS = ("wrongly_sanctioned", "wrong_days")  # what a search makes small: the first; of equals, the second
WIDTH = 6  # safeguards that are paired with one another
BEAM = 4  # pairs that are tried with a third
SHOWN = 4  # bundles of each size that are told
SIZES = (2, 3)
FEWEST = 2 * FEWEST_PAIRS  # pairs: each half has an interval


@dataclass(frozen=True)
class Searched:
    """What a search looked at and chose, and the summaries of the half it is told from."""

    possible: dict[int, int]  # bundles there are, by size
    known: dict[Bundle, Change]  # mean changes on the half it is chosen by: single safeguards, and every bundle that was lived
    shown: tuple[Bundle, ...]
    choosing: list[Row]
    telling: list[Row]


def halves(pairs: int) -> tuple[list[int], list[int]]:
    """The pairs that bundles are chosen by, and those they are told from: every other couple, so neither luck nor draw is shared."""
    return [pair for pair in range(pairs) if pair // 2 % 2], [pair for pair in range(pairs) if not pair // 2 % 2]


def is_searched(request: Request) -> bool:
    """Whether this request searches bundles: asked for, enough pairs for two halves, and two safeguards to add."""
    asked = request.safeguards and request.pairs >= FEWEST
    return asked and len(addable(request.policy, request.deeds, request.law)) > 1


def steps(request: Request) -> list[tuple[int, int]]:
    """(bundles, pairs) of each step of the search, at most, or about as many for the threes: known before anything is lived."""
    if not is_searched(request):
        return []
    files = request.policy, request.deeds, request.law
    count, (choosing, telling) = len(addable(*files)), halves(request.pairs)
    two = min(comb(min(count, WIDTH), 2) + len(resting(*files)), comb(count, 2))
    three = min(BEAM * (WIDTH - 2), comb(count, 3))
    shown = min(two, SHOWN) + min(three, SHOWN)
    return [(two, len(choosing)), (three, len(choosing)), (shown, len(telling))]


def variant(bundle: Bundle) -> str:
    """A bundle's name: a plus before each part."""
    return "".join(f"+{name}" for name in bundle)


def policy_of(request: Request, bundle: Bundle) -> "PolicyFile":
    """The request's policy with a bundle added."""
    found = together(request.policy, bundle, request.deeds, request.law)
    assert found is not None, bundle
    return found


# ---- the search -------------------------------------------------------------------------------------------------------


def search(request: Request, summaries: Sequence[Row], live: Live) -> Searched:
    """Choose bundles by one half of the pairs, whose ``summaries`` hold the single safeguards, and live those in the other half."""
    files = request.policy, request.deeds, request.law
    names, (by, of) = addable(*files), halves(request.pairs)
    choosing, telling = [summaries[number] for number in by], [summaries[number] for number in of]
    known: dict[Bundle, Change] = {(name,): (0.0,) * len(ERRORS) for name in names}  # what means nothing alone changes nothing
    known |= changes(choosing, [(name,) for name in alone(*files)])
    for widen in (paired, extended):
        if bundles := widen(request, known):
            choosing = beside(choosing, live(bundles, by))
            known |= changes(choosing, bundles)
    shown = [bundle for size in SIZES for bundle in repairing(known, size)[:SHOWN]]
    telling = beside(telling, live(shown, of)) if shown else telling
    return Searched({size: comb(len(names), size) for size in SIZES}, known, tuple(shown), choosing, telling)


def beside(summaries: Sequence[Row], lived: Sequence[Row]) -> list[Row]:
    """Summaries with what was lived of the same pairs among their arms."""
    joined = zip(summaries, lived, strict=True)
    return [{**summary, "outcomes": summary["outcomes"] | more["outcomes"], "bundles": more["bundles"]} for summary, more in joined]


def changes(summaries: Sequence[Row], bundles: Iterable[Bundle]) -> dict[Bundle, Change]:
    """Mean change of each error that a bundle makes, from the policy as it is."""

    def mean(bundle: Bundle, name: str) -> float:
        return sum(change(summary, variant(bundle), name) for summary in summaries) / len(summaries)

    return {bundle: tuple(mean(bundle, name) for name in ERRORS) for bundle in bundles}


def repairing(known: dict[Bundle, Change], size: int) -> list[Bundle]:
    """Bundles of a size that repair more than every known one within them (and more than nothing), best first."""

    def within(bundle: Bundle) -> float:
        return min((change[0] for other, change in known.items() if set(other) < set(bundle)), default=0.0)

    found = [bundle for bundle in known if len(bundle) == size and known[bundle][0] < min(within(bundle), 0.0)]
    return sorted(found, key=lambda bundle: known[bundle])


def leaders(request: Request, known: dict[Bundle, Change]) -> list[str]:
    """The safeguards that repair most alone; of equals, those that come first."""
    singles = [(name,) for name in alone(request.policy, request.deeds, request.law)]
    return [name for (name,) in sorted(singles, key=lambda single: known[single])[:WIDTH]]


def paired(request: Request, known: dict[Bundle, Change]) -> list[Bundle]:
    """The leaders two by two, and every pair that means something only together."""
    pairs = [ordered(pair) for pair in combinations(leaders(request, known), 2)]
    return sorted({*pairs, *resting(request.policy, request.deeds, request.law)}, key=place)


def extended(request: Request, known: dict[Bundle, Change]) -> list[Bundle]:
    """The best pairs, each with every leader, and with what means something only beside them."""
    files = request.policy, request.deeds, request.law
    free = set(alone(*files))
    thirds = [*leaders(request, known), *(name for name in addable(*files) if name not in free)]
    found = {ordered((*pair, third)) for pair in repairing(known, 2)[:BEAM] for third in thirds if third not in pair}
    return sorted((bundle for bundle in found if together(request.policy, bundle, *files[1:]) is not None), key=place)


# ---- living them ------------------------------------------------------------------------------------------------------


def searched(
    request: Request, summaries: Sequence[Row], folder: Path, workers: int, threads: int, progress: Callable[[float, int], None]
) -> Searched:
    """The search of a request whose pairs were lived. Each pair of each step is kept in ``folder``, and found again after Ctrl-C."""
    done, asked = request.pairs, pairs_asked(request)

    def live(bundles: Sequence[Bundle], numbers: Sequence[int]) -> list[Row]:
        nonlocal done
        before, done = done, done + len(numbers)
        kept = folder / f"bundles-{sha256(' '.join(map(variant, bundles)).encode()).hexdigest()[:12]}"
        part = ensemble.Part(request, kept, bundles=tuple(bundles), numbers=tuple(numbers))
        return ensemble.ensembles([part], min(workers, len(numbers)), threads, lambda lived, _: progress(before + lived, asked))[0]

    found = search(request, summaries, live)
    progress(asked, asked)
    return found


def live(request: Request, number: int, bundles: Sequence[Bundle], threads: int = 1, progress: "Progress | None" = None) -> Row:
    """Live one pair under the policy with each of these bundles; returns what is kept of it."""
    policies = {variant(bundle): policy_of(request, bundle) for bundle in bundles}
    outcomes, digests = safeguards.live_under(request, number, policies, None, threads, progress)
    return {"pair": number, "outcomes": outcomes, "bundles": digests}


def pairs_asked(request: Request) -> int:
    """How many pairs are lived in all, those of the search among them: what progress counts."""
    return request.pairs + sum(pairs for _, pairs in steps(request))


def citizen_days(request: Request) -> int:
    """Citizen-days of the search: every step lives the burn-in and the twin again, and each of its bundles."""
    return request.people * sum(pairs * pair_days(request, bundles) for bundles, pairs in steps(request))


def pair_days(request: Request, bundles: int) -> int:
    """Days of one pair that lives under so many bundles."""
    return request.burn_in + (bundles + 1) * request.days


# ---- what was found ---------------------------------------------------------------------------------------------------


def tables(request: Request, found: Searched) -> dict[str, list[Row]]:
    """What the chosen bundles change, in the half they were not chosen by; how far was searched; and every bundle that was lived."""
    specs = safeguards.specs(request)
    return {
        "bundles": [row(found, bundle, spec) for bundle in found.shown for spec in specs],
        "bundles_searched": [counted(request, found, size) for size in SIZES],
        "bundles_looked_at": [looked_at(found, bundle) for bundle in sorted(found.known, key=lambda bundle: (len(bundle), place(bundle)))],
    }


def row(found: Searched, bundle: Bundle, spec: Spec) -> Row:
    """A bundle's difference in one outcome, how it seemed in the other half, and what goes beyond the sum of its parts."""
    name, singles = variant(bundle), [variant((part,)) for part in bundle]
    own = safeguards.row(found.telling, name, spec)
    seemed = estimate([change(summary, name, spec.name) for summary in found.choosing]).value
    sums = [sum(change(summary, single, spec.name) for single in singles) for summary in found.telling]
    beyond = estimate([change(summary, name, spec.name) - parts for summary, parts in zip(found.telling, sums, strict=True)])
    floor = None if own["floor"] is None else own["floor"] * (1 + len(bundle))  # each difference that goes in may be off by as much
    events = sum(count(summary, arm, spec) for summary in found.telling for arm in (name, "policy", *singles))
    told = verdict(beyond, floor, min(summary["adults"][0] for summary in found.telling), abs(events))
    ends = {f"beyond_{end}": getattr(beyond, end) for end in ("low", "high", "luck_low", "luck_high")}
    return {**own, "parts": len(bundle), "seemed": seemed, "beyond": beyond.value, **ends, "beyond_floor": floor, "beyond_verdict": told}


def change(summary: Row, arm: str, outcome: str) -> float:
    """What a variant changes from the policy in one pair; a safeguard that means nothing alone, and was not lived, changes nothing."""
    if arm not in summary["outcomes"]:
        return 0.0
    return level(summary, arm, outcome, 0) - level(summary, "policy", outcome, 0)


def count(summary: Row, arm: str, spec: Spec) -> float:
    """Events of one arm of one pair."""
    return float(summary["outcomes"][arm][spec.name][0][0] / spec.scale) if arm in summary["outcomes"] else 0.0


def counted(request: Request, found: Searched, size: int) -> Row:
    """How far was searched among bundles of one size."""
    lived = [bundle for bundle in found.known if len(bundle) == size]
    shown = [bundle for bundle in found.shown if len(bundle) == size]
    pairs = dict(zip(("pairs_choosing", "pairs_telling"), map(len, halves(request.pairs)), strict=True))
    better = len(repairing(found.known, size))
    return {"parts": size, "possible": found.possible[size], "lived": len(lived), "repairing": better, "shown": len(shown), **pairs}


def looked_at(found: Searched, bundle: Bundle) -> Row:
    """What a bundle, or a safeguard alone, changed in the half by which bundles are chosen."""
    changed = dict(zip(ERRORS, found.known[bundle], strict=True))
    name = variant(bundle)
    return {"variant": name, "title": safeguards.title(name), "parts": len(bundle), **changed, "shown": bundle in found.shown}


def described(request: Request, found: Searched) -> dict[str, Row]:
    """For the manifest: the digest of each shown bundle's policy, and of its final states over the pairs it is told from."""
    from glasstown.policy.load import digest

    worlds = {bundle: "".join(summary["bundles"][variant(bundle)] for summary in found.telling) for bundle in found.shown}
    return {
        variant(bundle): {"policy_digest": digest(policy_of(request, bundle)), "digest": sha256(own.encode()).hexdigest()}
        for bundle, own in worlds.items()
    }
