"""What is asked: a request holds everything that decides the bytes of an assessment, and makes the case of each pair."""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glasstown import draws

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds, Law, Uncertainties
    from glasstown.engine.run import Case
    from glasstown.people.recipe import Recipe
    from glasstown.policy.schema import PolicyFile

MODEL_VERSION = "0.1.0"
PEOPLE, DAYS, BURN_IN, PAIRS, SEED = 5_000, 1095, 365, 40, 1  # about a minute on two cores
QUICK_PEOPLE, QUICK_DAYS, QUICK_BURN_IN, QUICK_PAIRS = 1_000, 365, 120, 40  # about ten seconds
FEWEST_PEOPLE, MOST_PEOPLE, MOST_DAYS = 50, 2_000_000_000, 20_000


@dataclass(frozen=True)
class Request:
    """A study: a policy, a society, the catalogues, a size and a seed."""

    policy: "PolicyFile"
    recipe: "Recipe"
    deeds: "Deeds"
    law: "Law"
    uncertainties: "Uncertainties"
    people: int = PEOPLE
    days: int = DAYS
    burn_in: int = BURN_IN
    pairs: int = PAIRS
    seed: int = SEED
    quick: bool = False
    safeguards: bool = False  # live each safeguard added and taken away as well

    def describe(self) -> dict[str, Any]:
        """The request as plain data, with digests of its files."""
        from glasstown.policy.load import digest

        return {
            "policy": self.policy.name,
            "policy_digest": digest(self.policy),
            "society": self.recipe.name,
            "society_digest": content_digest(self.recipe),
            "deeds_digest": content_digest(self.deeds),
            "law_digest": content_digest(self.law),
            "uncertainties_digest": content_digest(self.uncertainties),
            "people": self.people,
            "days": self.days,
            "burn_in": self.burn_in,
            "pairs": self.pairs,
            "seed": self.seed,
            "quick": self.quick,
            "model_version": MODEL_VERSION,
            "rng_stream": draws.RNG_STREAM,
            **({"safeguards": True} if self.safeguards else {}),
        }

    def identity(self) -> str:
        """The name of what was asked: the same request finds the same results."""
        from glasstown.engine.compiler import source_hash

        asked = {**self.describe(), "source": source_hash()}
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]

    def values(self, pair: int) -> dict[str, float]:
        """The uncertainties of a pair: pairs 2u and 2u + 1 share draw u; a single pair has the central values."""
        from glasstown import catalogue

        if self.pairs == 1:
            return catalogue.central(self.uncertainties)
        return catalogue.draws_of(self.uncertainties, draws.key_of(self.seed, -1), pair // 2, (self.pairs + 1) // 2)

    def drawn(self) -> list[dict[str, float]]:
        """The uncertainties of every couple of pairs, in order."""
        return [self.values(2 * couple) for couple in range(self.pairs // 2)]

    def case(self, pair: int) -> "Case":
        """The case of a pair: its own society and luck, its couple's uncertainties."""
        from glasstown import catalogue
        from glasstown.engine.run import Case
        from glasstown.people.founding import found
        from glasstown.policy.tables import build

        key, values = draws.key_of(self.seed, pair), self.values(pair)
        rules = catalogue.build_tables(self.deeds, self.law, values, self.people)
        policy = build(self.policy, self.deeds, self.law, self.people, values)
        return Case(found(self.recipe, self.people, key), rules, policy, self.burn_in, self.days, key)


def content_digest(model: Any) -> str:
    """SHA-256 of a file's content, whatever its comments and layout."""
    return hashlib.sha256(json.dumps(model.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()


def citizen_days(request: Request, arms: int = 4) -> int:
    """Citizen-days of a study: the arms of a pair share its burn-in, variants of the policy one more, each step of a search another."""
    days, searching = request.burn_in + arms * request.days, 0
    if request.safeguards:
        from glasstown.study import bundles, safeguards

        days += request.burn_in + len(safeguards.policies(request)) * request.days
        searching = bundles.citizen_days(request)
    return request.people * request.pairs * days + searching
