"""Bundles of safeguards: a policy with two or three of those it lacks added together, each in its typical strength.

Some mean nothing alone: nobody appeals against what she is not told. A bundle may hold such a part beside what it rests on.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from glasstown.policy.safeguards import NAMES, applies, given, has
from glasstown.policy.schema import PolicyFile

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds, Law

Bundle = tuple[str, ...]  # names of safeguards, in the order of NAMES


def alone(policy: PolicyFile, deeds: "Deeds", law: "Law") -> list[str]:
    """The safeguards that the policy lacks and that can mean something without another."""
    return [name for name in NAMES if not has(policy, name) and applies(policy, name, deeds, law)]


def addable(policy: PolicyFile, deeds: "Deeds", law: "Law") -> list[str]:
    """The safeguards that the policy lacks and that can mean something, alone or once others are added."""
    every = policy
    while more := alone(every, deeds, law):
        every = given(every, more[0])
    return [name for name in NAMES if has(every, name) and not has(policy, name)]


def together(policy: PolicyFile, bundle: Iterable[str], deeds: "Deeds", law: "Law") -> PolicyFile | None:
    """The policy with all safeguards of a bundle; None if it has one already, or one means nothing even beside the others."""
    left = list(bundle)
    while left:
        able = [name for name in left if not has(policy, name) and applies(policy, name, deeds, law)]
        if not able:
            return None
        policy = given(policy, able[0])  # what others rest on comes before them
        left.remove(able[0])
    return policy


def resting(policy: PolicyFile, deeds: "Deeds", law: "Law") -> list[Bundle]:
    """Pairs of safeguards that mean something together, one of which means nothing alone."""
    free = set(alone(policy, deeds, law))
    pairs = [pair for pair in combinations(addable(policy, deeds, law), 2) if not free.issuperset(pair)]
    return [pair for pair in pairs if together(policy, pair, deeds, law) is not None]


def ordered(names: Iterable[str]) -> Bundle:
    """Names as a bundle: each once, in the order of NAMES."""
    return tuple(sorted(set(names), key=NAMES.index))


def place(bundle: Bundle) -> tuple[int, ...]:
    """Where a bundle stands among those of its size."""
    return tuple(map(NAMES.index, bundle))
