"""One arm of a pair as outcomes see it: daily measures, people, and masks of them, by group."""

from functools import cached_property
from typing import Any

import numpy as np

from glasstown import draws, measuring, tables, world

BY_ORIGIN = measuring.BY_ORIGIN
WRONG = tuple(BY_ORIGIN[origin - 1] for origin in world.WRONG_ORIGINS)  # the origins of what nobody did, thought or was


def three(by_group: Any) -> Any:
    """[majority, minority] as [all, majority, minority]."""
    values = np.asarray(by_group, float)
    return np.array([values.sum(), values[0], values[1]])


class View:
    """One arm as outcomes see it: daily measures and people, by group."""

    def __init__(self, arm: Any, deeds: Any, punished: Any, some: Any = None, policy: Any = None) -> None:
        self.arm, self.town, self.deeds, self.punished = arm, arm.town, deeds, punished
        self.some = some  # only these citizens (a mask), for the exempt arm; None: everybody
        self.policy = policy  # tables.Policy that the pair is about, in whatever arm; None: a policy that does nothing

    @cached_property
    def adult(self) -> Any:
        """Mask of the adults."""
        grown = self.town.people["age"] >= world.ADULT_AGE
        return grown if self.some is None else grown & self.some

    @cached_property
    def years(self) -> float:
        """Length of the horizon in years."""
        return len(self.arm.daily) / 365

    @cached_property
    def adults(self) -> Any:
        """Adults by group."""
        return self.count(self.adult)

    def count(self, mask: Any) -> Any:
        """How many of a mask, by group."""
        return three(np.bincount(self.town.people["group"][mask], minlength=2))

    def total(self, column: str, mask: Any | None = None) -> Any:
        """Sum of a life column over adults, by group."""
        mask = self.adult if mask is None else mask
        weights = self.town.life[column][mask].astype(float)
        return three(np.bincount(self.town.people["group"][mask], weights=weights, minlength=2))

    def flow(self, *names: str) -> Any:
        """Sum of measures over the horizon, by group."""
        places = [measuring.MEASURES.index(name) for name in names]
        return three(self.arm.daily[:, places].sum(axis=(0, 1)))

    def stock(self, name: str) -> Any:
        """Mean of a stock over the horizon, by group."""
        return three(self.arm.daily[:, measuring.MEASURES.index(name)].mean(axis=0))

    def last(self, name: str) -> Any:
        """A stock on the last day, by group."""
        return three(self.arm.daily[-1, measuring.MEASURES.index(name)])

    def ever(self, bit: int) -> Any:
        """Mask of adults to whom this has happened."""
        return self.adult & (self.town.life["ever"] & bit > 0)

    @cached_property
    def wrongly(self) -> Any:
        """Sanctioned in the record and never in the shadow record."""
        return self.ever(world.EVER_SANCTIONED) & ~self.ever(world.EVER_SANCTIONED_IN_SHADOW)

    @cached_property
    def innocent(self) -> Any:
        """Adults who did none of the deeds the policy punishes."""
        return self.adult & (self.town.truth["did"] & self.punished == 0)

    @cached_property
    def harmless(self) -> Any:
        """Sanctioned as the rules mean it, for deeds that hurt nobody."""
        harmful = sum(1 << k for k, deed in enumerate(self.deeds) if deed["kind"] == tables.HARMFUL) & int(self.punished)
        right = self.ever(world.EVER_SANCTIONED) & self.ever(world.EVER_SANCTIONED_IN_SHADOW)
        return right & (self.town.truth["did"] & harmful == 0)

    @cached_property
    def flagged_rightly(self) -> Any:
        """A classifier said of them that they hold the view that is looked for, and it was right each time."""
        return self.ever(world.EVER_FLAGGED_RIGHTLY) & ~self.ever(world.EVER_FLAGGED_WRONGLY)

    @cached_property
    def flagged_wrongly(self) -> Any:
        """A classifier said so of them, wrongly, at least once."""
        return self.ever(world.EVER_FLAGGED_WRONGLY)

    @cached_property
    def isolated(self) -> Any:
        """At most two live ties outside the household."""
        people = self.town.people
        outside = people["ties"].astype(int) - (people["household"].astype(int) - 1) - np.bitwise_count(self.town.truth["cold"])
        return self.adult & (outside <= 2)

    @cached_property
    def missed(self) -> Any:
        """Sanctioned in the shadow record and never in the record."""
        return self.ever(world.EVER_SANCTIONED_IN_SHADOW) & ~self.ever(world.EVER_SANCTIONED)

    def household_of(self, mask: Any) -> Any:
        """The adults of the households in which somebody is in the mask, her own among them."""
        heads = np.arange(len(mask)) - self.town.people["place"]
        return self.adult & (np.bincount(heads, weights=mask, minlength=len(mask))[heads] > 0)

    @cached_property
    def pariahs(self) -> Any:
        """Adults who were pariahs at some time."""
        return self.ever(world.EVER_PARIAH)

    @cached_property
    def with_pariah(self) -> Any:
        """Adults who live with somebody who was a pariah at some time, or were one."""
        return self.household_of(self.pariahs)

    @cached_property
    def shown(self) -> Any:
        """Adults who were shown to others at least once."""
        return self.ever(world.EVER_SHOWN)

    @cached_property
    def exposed(self) -> int:
        """The deeds that were announced to be put on display, one bit each."""
        if self.policy is None:
            return 0
        return sum(1 << kind for kind in range(draws.DEEDS_MAX) if self.policy.exposed[kind] > 0)

    @cached_property
    def ordinary(self) -> Any:
        """Adults who are neither officials nor kin of one."""
        return self.adult & (self.town.people["status"] == world.ORDINARY)

    @cached_property
    def powerful(self) -> Any:
        """Officials and their kin, adults."""
        return self.adult & ~self.ordinary

    @cached_property
    def officials(self) -> Any:
        """Officials."""
        return self.adult & (self.town.people["status"] == world.OFFICIAL)

    @cached_property
    def detained(self) -> Any:
        """Adults who were detained at least once."""
        return self.ever(world.EVER_DETAINED)

    @cached_property
    def detained_harmless(self) -> Any:
        """Of these, who did nothing that hurts somebody of what the policy detains people for."""
        rules = () if self.policy is None else self.policy.rules[: self.policy.score["rules"][0]]
        leads_there = {int(row["deed"]) for row in rules if row["detain"]}
        harmful = sum(1 << k for k in leads_there if k < draws.DEEDS_MAX and self.deeds[k]["kind"] == tables.HARMFUL)
        return self.detained & (self.town.truth["did"] & np.uint32(harmful) == 0)

    @cached_property
    def with_detained(self) -> Any:
        """Adults who live with somebody who was detained at some time, or were."""
        return self.household_of(self.detained)

    @cached_property
    def is_scored(self) -> bool:
        """Whether this arm lives under the policy."""
        return bool(self.town.clock["scored"][0])

    @cached_property
    def is_rolled_out(self) -> bool:
        """Whether the policy that the pair is about grows by stages."""
        return self.policy is not None and int(self.policy.score["rollout"][0]) > 0

    @cached_property
    def stages(self) -> int:
        """The last stage of the rollout."""
        return 0 if self.policy is None else int(self.policy.score["stages"][0])

    @property
    def stage(self) -> int:
        """The stage of the rollout on the last day."""
        return int(self.arm.daily[-1, measuring.STAGE, 0])

    @property
    def is_repealed(self) -> bool:
        """Whether the policy was given up."""
        return bool(self.arm.daily[-1, measuring.REPEALED, 0])

    @property
    def is_everywhere(self) -> bool:
        """Whether the policy has reached its last stage and holds."""
        return self.is_scored and self.is_rolled_out and not self.is_repealed and self.stage >= self.stages

    def parts_of_life(self, stage: int) -> int:
        """Contexts in which the policy judges conduct, and doors that it can close, at a stage of its rollout; 0 where it does not hold."""
        if self.policy is None or not self.is_scored:
            return 0
        score, bands, lists = self.policy.score[0], self.policy.bands, self.policy.lists
        judged = {int(self.deeds[row["deed"]]["context"]) for row in self.policy.rules[: score["rules"]]}
        refused = bands["refuse"][: score["bands"]].sum(axis=0) + lists["refuse"][: score["lists"]].sum(axis=0)
        contexts = sum(int(score["context_stage"][context]) <= stage for context in judged)
        return contexts + sum(int(score["gate_stage"][gate]) <= stage for gate in range(len(tables.GATES)) if refused[gate] > 0)

    @property
    def grown(self) -> int:
        """Parts of life that the policy has taken in since its first day; fewer than none if it was given up."""
        return (0 if self.is_repealed else self.parts_of_life(self.stage)) - self.parts_of_life(0)
