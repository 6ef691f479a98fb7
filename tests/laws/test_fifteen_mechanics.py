"""The fifteen mechanics of documented systems at work in shipped files, each against numbers worked out by hand.

A bench holds one small town under a preset; what is reported of somebody is handed to the rules of the day, and her file is looked at.
"""

import numpy as np
import pytest
import worlds

from glasstown import catalogue, draws, gating, measuring, mending, scoring, shaming, tables, watching, world
from glasstown.engine import reference, run
from glasstown.hours import morning, night, record, risk, watched
from glasstown.policy import load, mechanics
from glasstown.policy.tables import build
from glasstown.world import FOREVER, FROM_DEED, FROM_FALSE_ALARM, NOTHING

PRESETS = [name for name in load.presets() if name != "none"]
START = 3


class Bench:
    """A town of a few hundred people on the first day of a preset; people are reported one by one, and evenings come when called."""

    def __init__(self, preset: str, people: int = 200, **score: int) -> None:
        self.deeds, law = catalogue.load_deeds(), catalogue.load_law()
        self.file = load.load(preset)
        self.sensors = [sensor.name for sensor in law.sensor]
        policy = build(self.file, self.deeds, law, people)
        for column, value in score.items():
            policy.score[column] = value
        case = run.Case(worlds.society(people), worlds.rules(1), policy, START, 30, draws.key_of(7, 0))
        runner = run.Runner(case, reference.kernels())
        self.town, self.policy = run.arm_of(case, run.found_world(case, runner), "policy")
        self.view, self.tables = reference.plain(self.town), reference.plain(case.rules)
        self.rules = reference.plain(self.policy)
        self.numbers = np.zeros(measuring.METER, np.int64)
        self.meter = reference.plain(self.numbers)
        self.adults = [int(i) for i in np.flatnonzero(self.town.people["age"] >= world.ADULT_AGE)]
        for i in self.adults:
            self.wakes(i, START)
            self.town.life["state"][i] |= world.IS_SCORED

    def adult(self, alone: bool = False) -> int:
        """Somebody who is neither an official nor kin of one, and perhaps lives alone."""
        people = self.town.people
        plain = [i for i in self.adults if people["status"][i] == world.ORDINARY]
        return next(i for i in plain if not alone or people["household"][i] == 1)

    def reported(self, i: int, deed: str, sensor: str, day: int = START, origin: int = FROM_DEED) -> None:
        """A sighting of ``i`` is written down."""
        number = self.sensors.index(sensor) if sensor else watched.NOBODY
        claim = watching.sighting(self.deeds.number(deed), number, origin, watching.TO_RECORD)
        who, mind, life = self.view.people[i], self.view.truth[i], self.view.life[i]
        record.written_down(i, day, claim, who, mind, life, 1, self.view, self.tables, self.rules, self.meter)

    def wakes(self, i: int, day: int) -> None:
        """The morning of a day."""
        who, mind, life = self.view.people[i], self.view.truth[i], self.view.life[i]
        morning.morning(i, day, who, mind, life, 1, self.view, self.tables, self.rules, self.meter)

    def shares(self, day: int) -> None:
        """The evening of all households."""
        night.households(day, 0, len(self.town.people), self.view, self.rules, self.meter)

    def score(self, i: int) -> int:
        return int(self.town.record["score"][i])

    def band(self, i: int) -> str:
        names = [band.name for band in reversed(self.file.score.band)]
        return names[self.town.record["band"][i]]

    def doors(self, i: int, day: int) -> dict[str, float]:
        """The share of requests that the policy refuses her, by gate."""
        score, files = self.rules.score[0], self.view
        first, first_list = i * score.slots, i * score.lists
        shares = [
            gating.barred(files.record[i], files.entries, first, files.listings, first_list, gate, day, 15, self.tables, self.rules)
            for gate in range(len(tables.GATES))
        ]
        return {gate: round(share / 2**32, 6) for gate, share in zip(tables.GATES, shares, strict=True) if share}

    def counted(self, measure: int) -> int:
        return int(self.numbers[2 * measure] + self.numbers[2 * measure + 1])


def test_m1_points_from_a_base_put_her_in_a_band():
    """Rongcheng: 1,000; a contract broken costs 50 (B from 850), utilities damaged 100 more (below 850 is C)."""
    bench = Bench("rongcheng_2014")
    i = bench.adult()
    assert (bench.score(i), bench.band(i)) == (1000, "A")
    bench.reported(i, "contract_breach", "court")
    assert (bench.score(i), bench.band(i)) == (950, "B")
    bench.reported(i, "utility_damage", "police")
    assert (bench.score(i), bench.band(i)) == (850, "B")
    bench.reported(i, "late_utility_fees", "clerk")
    assert (bench.score(i), bench.band(i)) == (830, "C")


def test_m2_one_event_sets_the_band_whatever_the_points():
    """Rongcheng: who drives drunk is in C for two years, with 1,000 points and with an award on top."""
    bench = Bench("rongcheng_2014")
    i = bench.adult()
    bench.reported(i, "drunk_driving", "police")
    bench.reported(i, "heroic_act", "clerk")
    assert (bench.score(i), bench.band(i)) == (1030, "C")
    assert bench.town.record["override_until"][i] == START + 730


def test_m3_the_card_doubles_on_repeat_and_stops_at_its_cap():
    """Parma: 50; the same breach costs 5 and then 10; three clean years earn 5, and nobody holds more than 65."""
    bench = Bench("parma_tenants_card")
    i = bench.adult(alone=True)
    assert bench.score(i) == 50
    rule = next(rule for rule in bench.file.rule if rule.points == -5)
    bench.reported(i, rule.deed, rule.sensors[0])
    assert bench.score(i) == 45
    bench.reported(i, rule.deed, rule.sensors[0], START + 30)
    assert bench.score(i) == 35
    assert (bench.file.score.high, bench.file.score.clean_days, bench.file.score.clean_points) == (65, 1095, 5)
    for years, points in ((1, 40), (2, 45), (3, 50), (4, 55), (5, 60), (6, 65), (7, 65)):
        bench.wakes(i, START + 30 + 1095 * years)
        assert bench.score(i) == points, years
    assert int(bench.town.books["recovered"][i]) == 30


def test_m4_a_listing_lasts_its_term_and_ends_three_working_days_after_performance():
    """Defaulters: hiding assets lists her for two years after the court's 15 days; paying on a Thursday clears her by Tuesday."""
    bench = Bench("spc_defaulter_list")
    i, listing = bench.adult(), None
    bench.town.record["judgment_day"][i] = START
    bench.reported(i, "hides_assets", "enforcement")
    listing = bench.view.listings[i]
    serious = draws.draw(*draws.key_of(7, 0), i, START, draws.SERIOUS, bench.deeds.number("hides_assets")) < 2**32 // 10
    assert (listing.entered, listing.until) == (START + 15, START + 15 + 730 + (730 if serious else 0))
    thursday = 7 * 10 + 3
    scoring.set_exit(listing, scoring.working_days_later(thursday, bench.file.list[0].leave_working_days), world.BY_PERFORMANCE)
    assert listing.until == thursday + 5


def test_m5_one_list_closes_several_doors():
    bench = Bench("spc_defaulter_list")
    i = bench.adult()
    bench.town.record["judgment_day"][i] = START
    bench.reported(i, "able_but_refuses", "enforcement")
    assert bench.doors(i, START + 14) == {}
    refused = {gate: share for gate, share in bench.file.list[0].refuse.items() if share}
    assert bench.doors(i, START + 15) == refused and len(refused) > 2


def test_m6_who_takes_part_is_rewarded_and_nothing_is_closed():
    """Consent as a share of adults; whoever agreed earns, whatever she loses closes nothing."""
    bench = Bench("rongcheng_2021", people=3000)
    agreed = draws.draw_many(draws.key_of(7, 0), np.array(bench.adults), 0, draws.CONSENT) < int(bench.policy.score["consent"][0])
    scored = [morning.is_scored(i, START, bench.view.people[i], bench.view.clock[0], bench.rules) for i in bench.adults]
    assert scored == agreed.tolist() and abs(np.mean(scored) - bench.file.safeguards.consent) < 0.05
    assert all(not any(band.refuse.values()) and not band.sanction for band in bench.file.score.band) and not bench.file.list
    assert any(band.perk_cents_per_year for band in bench.file.score.band)


def test_m7_a_private_score_is_used_at_others_doors():
    """Tenants: 650 from the start; three loans not paid back (80 each) leave 410, and seven homes in ten are refused."""
    bench = Bench("tenant_screening")
    i = bench.adult()
    assert (bench.score(i), bench.band(i), bench.doors(i, START)) == (650, "accept", {})
    for number in range(3):
        bench.reported(i, "loan_default", "payments", START + number)
    assert (bench.score(i), bench.band(i), bench.doors(i, START + 3)) == (410, "decline", {"housing": 0.7})


@pytest.mark.parametrize("preset", [name for name in PRESETS if load.load(name).risk and load.load(name).risk.named_share])
def test_m8_a_ranking_names_as_many_as_it_has_places(preset):
    """Nobody is named with a lower score than somebody who is not, and no more than the share allows."""
    bench = Bench(preset, people=3000)
    day = START + bench.file.risk.every_days
    scored(bench, day)
    risk.cuts(day, bench.view, bench.rules)
    values = bench.town.record["risk_score"][bench.adults].astype(int)
    named, cut = values >= int(bench.town.clock["risk_cut"][0]), int(bench.town.clock["risk_cut"][0])
    places = int(len(bench.adults) * int(bench.policy.score["risk_share"][0]) / 2**32)
    assert named.sum() <= places < (values >= cut - 1).sum() or named.sum() == places


def scored(bench: Bench, day: int) -> None:
    """Everybody is given a risk score."""
    for i in bench.adults:
        who, mind, life = bench.view.people[i], bench.view.truth[i], bench.view.life[i]
        risk.scores(i, day, who, mind, life, bench.view, bench.tables, bench.rules, bench.meter)


def test_m9_above_the_cut_something_follows():
    """COMPAS: those are named whom the normal curve puts above the cut; who did it scores the model's distance higher, to the number."""
    bench = Bench("compas", people=3000)
    day, file = START + bench.file.risk.every_days, bench.file.risk
    bench.town.life["poor"] = 0
    scored(bench, day)
    before = bench.town.record["risk_score"].copy()
    bench.town.truth["lately"][bench.adults] = 1 << bench.deeds.number(file.foretells[0])
    scored(bench, day)
    higher = (bench.town.record["risk_score"].astype(int) - before)[bench.adults]
    group = bench.town.people["group"][bench.adults]
    for of in range(2):
        assert np.abs(higher[group == of] - round(1024 * file.distance[of])).max() <= 1
    majority = before[bench.adults][group == 0]
    risk.cuts(day, bench.view, bench.rules)
    expected = 1 - catalogue.NormalDist().cdf(file.named_from - file.shift[0])
    error = 4 * (expected * (1 - expected) / len(majority)) ** 0.5
    assert abs((majority >= int(bench.town.clock["risk_cut"][0])).mean() - expected) < error


def test_m10_a_difference_between_files_stands_unless_it_is_answered():
    """A claim of matched files about nobody's deed: who does not answer is charged; of the answers, as many clear as the file says."""
    bench = Bench("robodebt", people=3000)
    rule = next(rule for rule in bench.file.rule if "data_match" in rule.sensors)
    for i in bench.adults:
        bench.reported(i, rule.deed, "data_match", origin=FROM_FALSE_ALARM)
    answered, cleared, charged = (bench.counted(one) for one in (measuring.ANSWERED, measuring.ANSWERS_CLEARED, measuring.CHARGED))
    people, mending_ = len(bench.adults), bench.file.mending
    powerful = sum(bench.town.people["status"][i] != world.ORDINARY for i in bench.adults)
    assert abs(answered / people - mending_.answer_share) < 4 * 0.5 / people**0.5
    assert abs(cleared - answered * mending_.answer_clears) < 4 * 0.5 * people**0.5
    assert 0 <= (people - cleared) - charged / rule.charge_cents <= powerful  # what is said of officials may vanish


def test_m11_a_screen_shows_whom_software_names_and_a_person_lets_pass():
    """Jaywalkers: an officer stops as many wrong matches as the file says; the others are shown for its days."""
    bench = Bench("jaywalk_display", people=3000)
    rule = next(rule for rule in bench.file.rule if rule.display_days)
    for i in bench.adults:
        bench.reported(i, rule.deed, rule.sensors[0], origin=FROM_FALSE_ALARM)
    stopped, guards, people = bench.counted(measuring.REVIEW_STOPPED), bench.file.safeguards, len(bench.adults)
    expected = guards.human_review * guards.review_sensitivity
    assert abs(stopped / people - expected) < 4 * 0.5 / people**0.5
    on_screen = bench.town.desk["shown_until"] == START + rule.display_days
    assert on_screen.sum() == bench.counted(measuring.DISPLAYS) <= people - stopped
    shown = next(i for i in bench.adults if on_screen[i])
    last = START + rule.display_days - 1
    assert [shaming.shown(bench.view.listings, 0, bench.view.desk[shown], day, bench.rules) for day in (last, last + 1)] == [1, 0]


def test_m12_most_of_what_people_report_is_stopped_by_an_inquiry():
    """A report about nothing is stopped with the sensitivity, one about a deed let pass with the specificity (the benefit line)."""
    bench = Bench("benefit_hotline")
    score, clock = bench.rules.score[0], bench.view.clock[0]
    found = {
        origin: [mending.inquires(clock, i, day, 0, origin, score) for i in bench.adults for day in range(20)]
        for origin in (FROM_DEED, FROM_FALSE_ALARM)
    }
    guards, count = bench.file.safeguards, len(bench.adults) * 20
    stopped = {origin: replies.count(mending.STOPPED) / count for origin, replies in found.items()}
    assert abs(stopped[FROM_FALSE_ALARM] - guards.report_inquiry * guards.inquiry_sensitivity) < 4 * 0.5 / count**0.5
    assert abs(stopped[FROM_DEED] - guards.report_inquiry * (1 - guards.inquiry_specificity)) < 4 * 0.5 / count**0.5


def test_m13_a_household_has_one_score():
    """Parma: what two adults of a home lose counts for each of them from the next morning on; a neighbour keeps the 50."""
    bench = Bench("parma_tenants_card")
    people = bench.town.people
    heads = np.arange(len(people)) - people["place"]
    home = next(head for head in np.unique(heads[bench.adults]) if sum(heads[i] == head for i in bench.adults) >= 2)
    one, other = [i for i in bench.adults if heads[i] == home][:2]
    neighbour = next(i for i in bench.adults if heads[i] != home)
    rule = next(rule for rule in bench.file.rule if rule.points == -5)
    bench.reported(one, rule.deed, rule.sensors[0])
    assert (bench.score(one), bench.score(other)) == (45, 50)
    bench.shares(START)
    for i in (one, other, neighbour):
        bench.wakes(i, START + 1)
    assert (bench.score(one), bench.score(other), bench.score(neighbour)) == (45, 45, 50)
    bench.reported(other, rule.deed, rule.sensors[0], START + 1)
    bench.shares(START + 1)
    for i in (one, other):
        bench.wakes(i, START + 2)
    assert (bench.score(one), bench.score(other)) == (40, 40)
    assert bench.town.record["clean_since"][one] == START + 1  # a breach of either begins the three years anew


def test_m14_an_order_lists_whom_it_means_and_nobody_for_a_deed():
    bench = Bench("health_code_misuse")
    rule = next(rule for rule in bench.file.rule if rule.deed == "by_order")
    i = bench.adult()
    bench.reported(i, "by_order", "", START + rule.order_day, origin=world.FROM_POWER)
    place = bench.view.listings[i * len(bench.file.list) + [row.name for row in bench.file.list].index(rule.list)]
    until = FOREVER if rule.term_days is None else START + rule.order_day + rule.delay_days + rule.term_days
    assert (place.entered, place.until, place.cause) == (START + rule.order_day + rule.delay_days, until, tables.BY_ORDER)
    assert bench.town.record["judgment_deed"][i] == NOTHING


def test_m15_six_bad_stars_of_fifty_remove_somebody():
    """Five stars are 5,000; a star in place of five costs 4,000 / 50 = 80: five leave 4,600, which stays, and the sixth removes."""
    bench = Bench("ride_rating")
    i = bench.adult()
    for number in range(5):
        bench.reported(i, "commercial_dishonesty", "customers", START + number, origin=FROM_FALSE_ALARM)
    assert (bench.score(i), bench.band(i)) == (4600, "on the road")
    bench.reported(i, "commercial_dishonesty", "customers", START + 5)
    assert (bench.score(i), bench.band(i)) == (4520, "removed") and bench.doors(i, START + 6)["work"] > 0


def test_every_mechanic_is_at_work_in_a_documented_system():
    """Not only in the image."""
    at_work = {number for name in PRESETS if name != "popular_image" for number in mechanics.of(load.load(name))}
    assert at_work == set(mechanics.MECHANICS) and len(mechanics.MECHANICS) == 15


def test_points_earned_back_stay_within_a_file_and_its_books():
    """A score from -32,000 to 32,000 that gives 8,000 points back every day: neither the file nor the books run over."""
    bench = Bench("parma_tenants_card", base=-32_000, low=-32_000, high=32_000, clean_days=1, clean_points=8_000)
    i = bench.adult(alone=True)
    for day in range(START + 1, START + 30):
        bench.wakes(i, day)
    books, live = bench.town.books[i], int(bench.town.record["live"][i])
    assert 0 < live <= scoring.MOST_LIVE and int(books["recovered"]) == live == int(books["folded"])
    assert int(books["turnover"]) <= scoring.FULL + 8_000
