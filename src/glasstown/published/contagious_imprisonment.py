"""Contagious imprisonment: who is in prison makes those close to her likelier to be, so that longer sentences feed on themselves.

Each month somebody in prison infects a relative or friend who is an adult (15 or older) with a chance by relation and sexes, 1 in 1,000 to
1 in 30; everybody is infected out of the blue with chance 1.675e-5. Who is infected and free is sentenced to Poisson(Gamma(shape 1.2,
mean 14)) months, or to 3 months more where sentencing is harsh. 1 % of adults are in prison at first, all of 45 or younger; fifty years
follow (Lum, Swarup, Eubank and Hawdon 2014; chances and order of a month as in the WhyNot simulator, Miller, Hsu and others 2020).

The published population of 8,856 is not used: ours is invented from aggregates (``families``), so its numbers of ties per relation may
differ. It was fixed before the model was first run, and not changed after; but of .9, 1.4 and 2 friends, 1.4 was taken when a
calculation by hand had shown it to lie near the critical number. Added after the first run: other numbers of friends (the survey of 2004
has .9), and the averages by sex beside the eigenvalue.
"""

from itertools import product
from math import inf, log, sqrt
from typing import Any

import numpy as np

from glasstown import detaining, draws, world
from glasstown.modelling import Column, Model, Rule, from_pairs, normal, poisson, uniform
from glasstown.modelling.luck import luck_of
from glasstown.modelling.running import mean_and_error
from glasstown.published.comparing import Measured, Paper, Part, Published, Quantity, Series, share
from glasstown.published.families import FEMALE, FRIENDS, MALE, Population, population, relations
from glasstown.world import NEVER

INFECTS, BACKGROUND, SHAPED, TRIED, SERVES, FIRST = 0, 4, 8, 12, 16, 20  # purposes
FROM, TO, ADULT, AT_FIRST = 100, 150, 15, 45  # years lived through; ages
SHAPE, MEAN, HARSH = 1.2, 14.0, 3  # of sentences, in months
BACK = 1.675041946602729e-05
SEXES = ("man", "woman")
CHANCES = {  # a month: relation of the infected to her, [sex of who is in prison][sex of the infected]
    "parent": ((0.0113344842544054, 0.00347339838166261), (0.0112878570024662, 0.000849988733768181)),
    "sibling": ((0.0301729987453868, 0.00436688659218365), (0.0332053842229949, 0.00801193753900653)),
    "partner": ((0.00078339990345766, 0.0043472740358963), (0.00078339990345766, 0.0043472740358963)),  # by the sex of the infected
    "child": ((0.00634223110220566, 0.00634223110220566), (0.0169602401420906, 0.0169602401420906)),
}


def network(made: Population) -> tuple[Any, Any]:
    """All ties with a direction, and the monthly chance of each, in the same order."""
    found = relations(made)
    starts, ends = (np.concatenate([pairs[:, place] for pairs in found.values()]) for place in range(2))
    chance = np.concatenate([chances(relation, made.sex[pairs[:, 0]], made.sex[pairs[:, 1]]) for relation, pairs in found.items()])
    return from_pairs(len(made.sex), starts, ends, directed=True), chance[np.lexsort((ends, starts))]


def chances(relation: str, inside: Any, infected: Any) -> Any:
    """The monthly chance for each pair of this relation, by their sexes."""
    return np.array(CHANCES[relation])[inside, infected]


# ---- a month -----------------------------------------------------------------------------------------------------------


def is_adult(person, year, case):
    """Whether she is alive and old enough to be sentenced."""
    return case.birth[person] <= year - ADULT and case.death[person] >= year


def year_of(step):
    """The year that a month belongs to."""
    return FROM + (step - 1) // 12


def gamma(luck, who, step, shape, mean):
    """A Gamma number of this shape (at least 1) and mean, by rejection (Marsaglia and Tsang, ACM TOMS 26, 2000)."""
    d = shape - 1.0 / 3.0
    attempt = 0
    while True:
        x = normal(luck, who, step, SHAPED, attempt)
        v = (1.0 + x / sqrt(9.0 * d)) ** 3
        if v > 0.0 and log(uniform(luck, who, step, TRIED, attempt)) < 0.5 * x * x + d - d * v + d * log(v):
            return d * v * mean / shape
        attempt += 1


def sentence(luck, who, step, harsh):
    """Months in prison."""
    return poisson(luck, who, step, SERVES, gamma(luck, who, step, SHAPE, MEAN)) + harsh


def spread(person, step, world):
    """A month: she may be infected out of the blue; in prison, she may infect each of those close to her."""
    now, case, luck = world.now, world.case, world.luck
    if uniform(luck, person, step, BACKGROUND) < case.background:
        now.infected[person] = 1
    if detaining.is_away(now.life[person], step):
        now.months[0] += 1
        ties = world.ties.close
        for slot in range(ties.first[person], ties.first[person + 1]):
            if uniform(luck, person, step, INFECTS, slot - ties.first[person]) < case.chance[slot]:
                now.infected[ties.ends[slot]] = 1


def judge(person, step, world):
    """Who is infected and free next month is sentenced."""
    now, case = world.now, world.case
    if now.infected[person]:
        now.infected[person] = 0
        if is_adult(person, year_of(step), case) and not detaining.is_away(now.life[person], step + 1):
            detaining.begin(now.life[person], step, sentence(world.luck, person, step, case.harsh))
            now.sentenced[0] += 1


def prevalence(step, world):
    """The share of living adults who are in prison."""
    adults = 0
    inside = 0
    for person in range(world.size.people):
        if is_adult(person, year_of(max(step, 1)), world.case):
            adults += 1
            inside += detaining.is_away(world.now.life[person], step + 1)
    return inside / adults


def total(name: str) -> Any:
    """A record: the months spent in prison, or the sentences, so far."""
    return (lambda step, world: world.now.months[0]) if name == "months" else (lambda step, world: world.now.sentenced[0])


def at_first(made: Population, part: float, harsh: int) -> Any:
    """Who is in prison at first: a share of all adults, drawn among those of 45 or younger."""

    def start(luck: Any) -> Any:
        life = np.zeros(len(made.sex), world.row_type(world.LIFE))
        life["away_until"] = NEVER
        adults = (made.birth <= FROM - ADULT) & (made.death >= FROM)
        young = np.flatnonzero(adults & (made.birth >= FROM - AT_FIRST))
        drawn = young[np.argsort(draws.draw_many((luck.key_0, luck.key_1), young, 0, FIRST), kind="stable")]
        for person in drawn[: round(part * int(adults.sum()))]:
            life["away_until"][person] = 1 + sentence(luck, int(person), 0, harsh)
        return life

    return start


def society(made: Population, ties: Any, chance: Any, life: Any, harsh: int = 0, background: float = BACK) -> Model:
    """People with ties that infect, some of them in prison; sentences are usual (0) or harsh (3 months more); a step is a month."""
    columns = {
        "life": Column(world.row_type(world.LIFE), life), "infected": Column("u1"),
        "months": Column(np.int64, rows=1), "sentenced": Column(np.int64, rows=1),
    }  # fmt: skip
    case = {"chance": chance, "birth": made.birth, "death": made.death, "harsh": harsh, "background": background}
    records = {name: total(name) for name in ("months", "sentenced")} | {"prevalence": prevalence}
    return Model(len(made.sex), columns, [Rule(spread, "sequential"), Rule(judge, "sequential")], {"close": ties}, case, records)


def town(harsh: int = 0, friends: float = FRIENDS) -> Model:
    """The invented population, of which 1 % of adults are in prison at first."""
    made = population(friends)
    return society(made, *network(made), at_first(made, 0.01, harsh), harsh)


# ---- what is measured --------------------------------------------------------------------------------------------------

OTHER = (
    "the population is invented: its numbers of relatives and friends are not those of the published one, and near the critical point the "
    "number of prisoners depends steeply on them"
)
LARGEST = (
    "the dominant eigenvalue belongs to the few largest families (a handful of people hold half of its vector), which would keep prison "
    "among themselves but are too few to carry it on; averaged by sex, the number does cross 1 between the two sentences"
)
SEEDS, MONTHS = 40, 12 * (TO - FROM)
USUAL, LONGER = "mean 14 months", "mean 17 months"
MEASURED = {USUAL: (1618, 1275, 0.0011), LONGER: (9346, 7207, 0.0142)}  # person-months: mean, median of 8 seeds; prevalence in year 50


def fifty_years(seeds: int = SEEDS, steps: int = MONTHS) -> Measured:
    """The burden of both sentences over fifty years, in the same luck."""
    found = {name: town(harsh).ensemble(steps, seeds, every=12) for name, harsh in ((USUAL, 0), (LONGER, HARSH))}
    for name, (mean, median, held) in MEASURED.items():
        burden, last = found[name].records["months"][:, -1], found[name].records["prevalence"][:, -1]
        ours, error = mean_and_error(burden)
        yield Quantity(f"person-months in prison, {name}", mean, ours, "code", error, because=OTHER)
        half = float(np.median(burden))  # the error of a median is about 1.25 of that of a mean
        yield Quantity(f"median of person-months, {name}", median, half, "code", 1.25 * error, because=OTHER)
        ours, error = mean_and_error(last)
        yield Quantity(f"share of adults in prison in year 50, {name}", held, ours, "code", error, because=OTHER)
        values = found[name].records["prevalence"]
        bands = {f"{part}": [round(float(each), 5) for each in np.quantile(values, part / 100, axis=0)] for part in (5, 25, 75, 95)}
        mean_by_year = [round(float(each), 5) for each in values.mean(0)]
        yield Series(name, {"year": [float(step) / 12 for step in found[name].steps], "mean": mean_by_year, **bands})
        yield Series(f"published, {name}", {"year": [50], "share": [held]})
    usual, longer = (found[name].records["months"][:, -1] for name in (USUAL, LONGER))
    ratio = float(longer.mean() / usual.mean())
    error = mean_and_error(longer - ratio * usual)[1] / float(usual.mean())
    yield Quantity("ratio of person-months, 17 to 14 months", 5.8, ratio, "code", error, between=(3, 12), because=OTHER)
    yield Quantity("ratio of medians", 5.7, float(np.median(longer) / np.median(usual)), "code", error, between=(3, 12), because=OTHER)
    yield Quantity("seeds of the first 8 in which longer sentences mean more months", 8, int((longer > usual)[:8].sum()), "code")


def infections(year: int, friends: float = FRIENDS) -> tuple[Population, Any, Any, Any, Any]:
    """The monthly infection matrix among the adults of a year: population, who is adult, who infects whom, with what chance."""
    made = population(friends)
    ties, chance = network(made)
    starts = np.repeat(np.arange(len(made.sex)), np.diff(ties.first))
    adult = (made.birth <= year - ADULT) & (made.death >= year)
    kept = adult[starts] & adult[ties.ends]
    return made, adult, starts[kept], ties.ends[kept], chance[kept]


def eigenvalue(year: int, rounds: int = 3000) -> float:
    """Its dominant eigenvalue, by repeated multiplication."""
    made, _, starts, ends, chance = infections(year)
    values, grown = np.ones(len(made.sex)), 0.0
    for _ in range(rounds):
        after = values + 20 * np.bincount(ends, chance * values[starts], len(values))  # of 1 + 20 x it, all of whose values are positive
        grown = float(np.abs(after).max())
        values = after / grown
    return (grown - 1) / 20


def by_sex(year: int) -> float:
    """The dominant eigenvalue of the matrix averaged by sex: infections a month by the average prisoner."""
    made, adult, starts, ends, chance = infections(year)
    averaged = np.zeros((2, 2))
    np.add.at(averaged, (made.sex[ends], made.sex[starts]), chance)
    return float(np.linalg.eigvals(averaged / np.bincount(made.sex[adult])).real.max())


def critical() -> Measured:
    """Infections that one prisoner leads to: below one at 14 months and above one at 17."""
    for year in (100, 125, 150):
        for what, infects, because in (("dominant eigenvalue", eigenvalue(year), LARGEST), ("averaged by sex", by_sex(year), OTHER)):
            name = f"infections by a prisoner, {what}, year {year - FROM}"
            yield Quantity(f"{name}, at 14 months", 0.9, 14 * infects, "own", between=(0.0, 1.0), because=because)
            yield Quantity(f"{name}, at 17 months", 1.1, 17 * infects, "own", between=(1.0, inf), because=because)


def other_friends(seeds: int = SEEDS, steps: int = MONTHS) -> Measured:
    """The ratio with fewer friends, as in the survey of 2004, and with more."""
    for friends in (0.9, 2.0):
        usual, longer = (town(harsh, friends).ensemble(steps, seeds, every=steps).records["months"][:, -1] for harsh in (0, HARSH))
        name = f"ratio of person-months with {friends:g} friends on average"
        yield Quantity(name, 5.8, float(longer.mean() / usual.mean()), "code", between=(3, 12), because=OTHER)


def pairs(count: int = 30_000) -> Measured:
    """One month of pairs of one relation, one of them in prison: how many are infected."""
    for relation, table in CHANCES.items():
        for inside, infected in product((MALE, FEMALE), repeat=2):
            if relation == "partner" and inside == infected:
                continue
            sex = np.repeat([inside, infected], count)
            nobody = np.full(2 * count, -1)
            made = Population(sex, np.full(2 * count, FROM - 30), np.full(2 * count, TO + 0.0), nobody, nobody, nobody)
            life = np.zeros(2 * count, world.row_type(world.LIFE))
            life["away_until"] = np.repeat([3, NEVER], count)
            ties = from_pairs(2 * count, np.arange(count), np.arange(count) + count, directed=True)
            chance = chances(relation, sex[:count], sex[count:])
            found = society(made, ties, chance, life, background=0.0).run(1, seed=1 + 2 * inside + infected).last("sentenced")
            name = f"chance that a {SEXES[inside]} in prison infects a {relation}, a {SEXES[infected]}"
            yield share(name, table[inside][infected], found, count, "code")


def sentences(count: int = 20_000) -> Measured:
    """Sentences have the mean and the variance of a Poisson number with a Gamma mean."""
    luck = luck_of(1, 0)
    for harsh in (0, HARSH):
        drawn = np.array([sentence(luck, person, 1, harsh) for person in range(count)], float)
        ours, error = mean_and_error(drawn)
        yield Quantity(f"mean sentence, harsher by {harsh}", MEAN + harsh, ours, "exact", error)
        ours, error = mean_and_error((drawn - drawn.mean()) ** 2)
        yield Quantity(f"variance of sentences, harsher by {harsh}", MEAN + MEAN**2 / SHAPE, ours, "exact", error)


def first_month(replicates: int = 300) -> Measured:
    """Sentences in the first month, beside what the chances of everybody's ties say, given who is in prison."""
    made = population()
    ties, chance = network(made)
    model = town()
    starts = np.repeat(np.arange(len(made.sex)), np.diff(ties.first))
    adult = (made.birth <= FROM - ADULT) & (made.death >= FROM)
    differences, expected = [], []
    for replicate in range(replicates):
        inside = at_first(made, 0.01, 0)(luck_of(1, replicate))["away_until"]
        spared = np.bincount(ties.ends, np.where(inside[starts] > 1, np.log1p(-chance), 0.0), len(inside))
        free = adult & (inside <= 2)
        expected.append(float((1 - (1 - BACK) * np.exp(spared))[free].sum()))
        differences.append(model.run(1, replicate=replicate).last("sentenced") - expected[-1])
    ours, error = mean_and_error(differences)
    mean = float(np.mean(expected))
    yield Quantity("sentences in the first month", mean, mean + ours, "exact", error)


def out_of_the_blue(replicates: int = 20) -> Measured:
    """Without contagion and with nobody in prison at first, sentences come out of the blue: here a hundred times as often as usual."""
    made, rate = population(), 100 * BACK
    ties, chance = network(made)
    found = society(made, ties, 0 * chance, at_first(made, 0.0, 0), background=rate).ensemble(MONTHS, replicates, every=MONTHS)
    adults = sum(12 * int(((made.birth <= year - ADULT) & (made.death >= year)).sum()) for year in range(FROM, TO))
    away = rate * (MEAN - 1)  # who is infected in a month of prison other than her last is not sentenced
    ours, error = found.estimate("sentenced")
    # the share away is below its long-run value in the first months and after a fifteenth birthday: at most by all of it for so many
    bound = adults * rate * away * (MEAN * 2 / MONTHS + MEAN / 12 / 50)
    yield Quantity("sentences without contagion", adults * rate / (1 + away), ours, "exact", error, tolerance=bound)


MODEL = Published(
    "contagious_imprisonment",
    "The contagious nature of imprisonment",
    (
        Paper("Lum, Swarup, Eubank and Hawdon 2014, The contagious nature of imprisonment, J. R. Soc. Interface 11:20140409", "abstract"),
        Paper("Miller, Hsu, Troutman and others 2020, WhyNot (its simulator of incarceration)", "code"),
    ),
    "Prison spreads through families and friends. Near the point where each prisoner leads to one more, sentences that are a fifth longer "
    "lead to several times as many months in prison, in the same population.",
    ("detaining.begin", "detaining.is_away"),
    "The day's detention follows a rule of the policy, and its contagion raises deeds and not sentences; births, deaths and ageing are not "
    "part of the day.",
    (
        Part("sentences", "smoke", sentences),
        Part("first_month", "standard", first_month),
        Part("critical", "smoke", critical),
        Part("pairs", "smoke", pairs),
        Part("out_of_the_blue", "smoke", out_of_the_blue),
        Part("fifty_years", "standard", fifty_years),
        Part("other_friends", "standard", other_friends),
    ),
    ("Levels are not reproduced: ours are five to ten times higher, in our own population. The ratio between the two sentences is.",),
)
