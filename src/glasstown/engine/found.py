"""Found a world: lay out its columns and set the state in which it begins.

Debts and judgments outlive a burn-in, so a world begins with the stock of open judgments that its own rates imply (none ->
judged -> found refusing -> over, in its stationary state); the burn-in then adjusts it to hardship and deterrence.
"""

from typing import Any

import numpy as np

from glasstown import draws, tables, world
from glasstown.world import BITS, FOREVER, FROM_DEED, FROM_FALSE_ALARM, NEVER, NOTHING, ONE, Town

FULL_SCALE = 2.0**32
WORKS, STOCK, MONTH, DAY_OF_MONTH, DEED, TRUE = range(6)  # extra of the START draws; months count from 100


def rows(columns: list[world.Column], count: int) -> Any:
    """A room of ``count`` rows, all zero."""
    return np.zeros(count, world.row_type(columns))


def bytes_per_citizen(slots: int, lists: int, ties: float) -> float:
    """Bytes of state and ties per citizen and world, for a policy with so many entry slots and lists."""
    size = {name: world.row_type(columns).itemsize for name, columns in world.ROOMS.items()}
    fixed = sum(size[name] for name in ("people", "truth", "record", "shadow", "books", "desk", "life"))
    return float(fixed + 3 + 4 * ties + slots * (2 * size["entries"] + 1) + lists * (2 * size["listings"] + 1))


def lay_out(society: Any, slots: int, lists: int, key: tuple[int, int], start: int) -> Town:
    """Empty columns for a society under a policy with ``slots`` entries and ``lists`` lists a person."""
    count = len(society.people)
    clock = np.zeros(1, world.row_type(world.CLOCK))
    clock["key_0"], clock["key_1"] = key
    clock["start"], clock["hardship_line"], clock["flip_citizen"], clock["flip_day"] = start, society.hardship_line, -1, -1
    town = Town(
        people=society.people,
        neighbours=society.neighbours,
        truth=rows(world.TRUTH, count),
        record=rows(world.RECORD, count),
        shadow=rows(world.RECORD, count),
        entries=rows(world.ENTRY, max(count * slots, 1)),
        shadow_entries=rows(world.ENTRY, max(count * slots, 1)),
        entry_origin=np.zeros(max(count * slots, 1), np.uint8),
        listings=rows(world.LISTING, max(count * lists, 1)),
        shadow_listings=rows(world.LISTING, max(count * lists, 1)),
        listing_origin=np.zeros(max(count * lists, 1), np.uint8),
        books=rows(world.BOOKS, count),
        desk=rows(world.DESK, count),
        life=rows(world.LIFE, count),
        face=np.zeros((2, count), np.uint8),
        tray=np.zeros(count, np.uint8),
        districts=society.districts,
        queues=rows(world.QUEUE, 8 * tables.CLASSES),
        streets=streets(society),
        clock=clock,
    )
    for file in (town.record, town.shadow):
        file["band"] = file["override"] = file["judgment_deed"] = file["finding_deed"] = NOTHING
        file["judgment_day"] = file["finding_day"] = file["override_until"] = file["suspected_day"] = NEVER
        file["suspected"] = NOTHING
        file["risk_score"] = NEVER
    for entries in (town.entries, town.shadow_entries):
        entries["rule"], entries["day"] = NOTHING, NEVER
    for listings in (town.listings, town.shadow_listings):
        listings["entered"] = listings["until"] = NEVER
        listings["cause"] = NOTHING
    for name in ("appealed", "claimed_deed", "claimed_sensor", "lost_deed", "lost_sensor"):
        town.desk[name] = NOTHING
    town.desk["says"] = NOTHING
    town.desk["appeal_day"] = town.desk["shown_until"] = NEVER
    town.desk["claimed_by"] = town.desk["aims_at"] = world.NO_CITIZEN
    town.life["away_until"] = town.life["alone_since"] = NEVER
    town.life["due"] = FOREVER
    return town


def streets(society: Any) -> Any:
    """One row a district: its adults."""
    made = rows(world.STREET, len(society.districts))
    adults = society.people["district"][society.people["age"] >= world.ADULT_AGE]
    made["adults"] = np.bincount(adults, minlength=len(made))
    return made


def settle_in(town: Town, rules: tables.Tables, key: tuple[int, int]) -> None:
    """Views, perceived risk, work and the month's purse with which everybody begins."""
    parameters = rules.parameters[0]
    people = town.people
    town.streets["police"] = np.maximum(town.streets["adults"] * int(parameters["police"]) >> BITS, 1)
    town.truth["anchor"] = town.truth["opinion"] = people["leaning"]
    town.truth["risk"] = parameters["risk_ordinary"]
    citizens = np.arange(len(people))
    work = rules.gates[tables.WORK]
    finds = int(work["rate"]) * (2**32 - int(work["refused"])) >> 32
    jobless = (int(parameters["lose_job"]) << 32) // max(int(parameters["lose_job"]) + finds, 1)
    town.life["works"] = (people["wage"] > 0) & (
        (people["age"] >= world.PENSION_AGE) | (draws.draw_many(key, citizens, 0, draws.START, WORKS) >= jobless)
    )
    paid = np.where(town.life["works"] == 1, people["wage"], people["wage"].astype(np.int64) * int(parameters["benefit"]) >> BITS)
    town.life["purse"] = 30 * paid


def seen_by_law(rules: tables.Tables, deed: Any, group: Any) -> Any:
    """Chance that ordinary law sees a deed of this kind, by citizen (at mean camera coverage)."""
    unseen = np.ones(len(group))
    for sensor in rules.sensors:
        if sensor["ordinary"]:
            unseen = unseen * (1 - sensor["coverage"][deed["context"]] / FULL_SCALE * (1 - sensor["missed"][group] / FULL_SCALE))
    return 1 - unseen


def hazards(town: Town, rules: tables.Tables, column: str) -> tuple[Any, list[float]]:
    """Daily hazard, by citizen, of a judgment or finding (``column``) from deeds, and the mean weight of each deed."""
    people, poor = town.people, town.life["poor"] == 1
    total, weights = np.zeros(len(people)), []
    for deed in rules.deeds:
        hazard = np.zeros(len(people))
        if deed[column]:
            hazard = deed["rate"] / FULL_SCALE * seen_by_law(rules, deed, people["group"])
            hazard = hazard * np.where(poor, deed["hardship"] / ONE, 1.0)
            if deed["trait"]:
                hazard = hazard * (people["propensity"] / ONE)
        weights.append(float(hazard.mean()))
        total = total + hazard
    return total, weights


def ages(key: tuple[int, int], citizens: Any, hazard: Any, first: int) -> Any:
    """Days since an event that ends with this daily hazard: a month at a time, at most 30 years."""
    months = np.zeros(len(citizens), np.int64)
    waits = np.ones(len(citizens), bool)
    threshold = (np.minimum(30 * hazard, 1.0) * FULL_SCALE).astype(np.int64)
    for month in range(360):
        waits &= draws.draw_many(key, citizens, 0, draws.START + 1, first + month) >= threshold
        months += waits
        if not waits.any():
            break
    return months * 30 + draws.below(draws.draw_many(key, citizens, 0, draws.START + 2, first), 30)


def choice(words: Any, weights: list[float]) -> Any:
    """The deed each 32-bit word picks, in proportion to the weights."""
    total = sum(weights) or 1.0
    steps, run = [], 0.0
    for weight in weights:
        run += weight
        steps.append(int(run / total * FULL_SCALE))
    return np.minimum(np.searchsorted(np.array(steps, np.int64), words, side="right"), len(weights) - 1)


def open_judgments(town: Town, rules: tables.Tables, key: tuple[int, int]) -> None:
    """Begin with the stationary stock of open judgments, and of findings under them."""
    parameters = rules.parameters[0]
    people, poor = town.people, town.life["poor"] == 1
    judged, judged_weights = hazards(town, rules, "opens_judgment")
    found, found_weights = hazards(town, rules, "is_finding")
    alarm = np.zeros(len(people))
    courts = tables.CONTEXTS.index("courts")
    for sensor in rules.sensors:
        if sensor["ordinary"] and sensor["coverage"][courts]:
            alarm = alarm + sensor["false_alarm"][people["group"]] / FULL_SCALE
    pay = parameters["pay"] / FULL_SCALE * np.where(poor, parameters["pay_poor"] / ONE, 1.0)
    close = parameters["close"] / FULL_SCALE
    leaves_open = np.maximum(pay + close + found + alarm, 1e-9)
    leaves_found = np.maximum(pay * (parameters["pay_refusing"] / ONE) + close, 1e-9)
    adult = people["age"] >= world.ADULT_AGE
    open_share = np.where(adult, judged / leaves_open, 0.0)
    found_share = open_share * (found + alarm) / leaves_found
    citizens = np.arange(len(people))
    luck = draws.draw_many(key, citizens, 0, draws.START, STOCK) / FULL_SCALE
    is_found = luck < found_share
    chosen = citizens[luck < found_share + open_share]
    if len(chosen) == 0:
        return
    refuses = is_found[chosen]
    since_finding = np.where(refuses, ages(key, chosen, leaves_found[chosen], 1000), 0)
    since_judgment = since_finding + ages(key, chosen, leaves_open[chosen], 2000)
    deed = choice(draws.draw_many(key, chosen, 0, draws.START, DEED), judged_weights)
    conduct = choice(draws.draw_many(key, chosen, 0, draws.START, DEED + 10), found_weights)
    true = draws.draw_many(key, chosen, 0, draws.START, TRUE) / FULL_SCALE * (found + alarm)[chosen] < found[chosen]
    for file, known in ((town.record, refuses), (town.shadow, refuses & true)):
        file["judgment_day"][chosen] = -1 - since_judgment
        file["judgment_deed"][chosen] = deed
        file["finding_day"][chosen] = np.where(known, -1 - since_finding, NEVER)
        file["finding_deed"][chosen] = np.where(known, conduct, NOTHING)
    town.truth["judgment_origin"][chosen] = FROM_DEED
    town.truth["finding_origin"][chosen] = np.where(refuses, np.where(true, FROM_DEED, FROM_FALSE_ALARM), 0)
    town.life["state"][chosen] |= world.HAS_JUDGMENT
