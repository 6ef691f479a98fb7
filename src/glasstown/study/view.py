"""One arm of a pair as outcomes see it: daily measures, people, and masks of them, by group."""

from functools import cached_property
from typing import Any

import numpy as np

from glasstown import measuring, tables, world

BY_ORIGIN = measuring.BY_ORIGIN
WRONG = ("false_alarm", "mix_up", "wrong_view")  # the origins of what nobody did, thought or was


def three(by_group: Any) -> Any:
    """[majority, minority] as [all, majority, minority]."""
    values = np.asarray(by_group, float)
    return np.array([values.sum(), values[0], values[1]])


class View:
    """One arm as outcomes see it: daily measures and people, by group."""

    def __init__(self, arm: Any, deeds: Any, punished: Any, some: Any = None) -> None:
        self.arm, self.town, self.deeds, self.punished = arm, arm.town, deeds, punished
        self.some = some  # only these citizens (a mask), for the exempt arm; None: everybody

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
