"""Luck with an address: the generator's published vectors, the registry that only grows, and the laws of a draw."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown import draws, tables
from glasstown.people import luck as founding

# Salmon et al., SC11 (2011): the known answers of Random123 for philox4x32-10; counter, key, result
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]

# Numbers that were once given: they never change and are never used twice. A new purpose is added at the end of this table.
REGISTRY = {
    "DEED": 0, "REQUEST": 32, "FALSE_ALARM": 40, "LOSE_JOB": 48, "PAY": 49, "CLOSE": 50,
    "COVERED": 64, "MISSED": 65, "MIXED_UP": 66, "RECIPIENT": 67, "CLAIMED": 68, "DISCRETION": 69, "REFUSED_ORDINARY": 70,
    "REFUSED_BY_POLICY": 71, "APPEAL": 72, "REVIEW": 73, "SERIOUS": 74, "LAW": 75,
    "DEAL": 51, "MORE_ALARMS": 52, "INFERRED": 76, "CHECKED": 77, "DISCRETION_AT_GATE": 78, "STRANGER": 79, "OPINION": 80, "COLD": 81,
    "CONSENT": 82,
    "REPORTS": 60, "DEMANDS": 61, "MOTIVE": 83, "INQUIRY": 84, "DEMANDED": 85, "YIELDS": 86, "VANISHED": 87, "ERASED": 88, "ORDERED": 89,
    "AUDITED": 90, "NOTICED": 91, "ARREST": 92, "LEAVES": 93, "TURNOUT": 94, "PAID": 95,
    "ANSWERED": 96, "RISK": 97,
    "FOUNDING": 128, "START": 192, "STUDY": 224, "EXEMPT": 225, "PLACEBO": 226,
}  # fmt: skip
FOUNDING = {
    "HOUSEHOLD": 128, "HOME": 132, "PERSON": 136, "TRAITS": 140, "FAMILY": 144, "FIRM": 148, "STREET": 152, "FRIEND": 156, "FAR": 160,
}  # fmt: skip
SPANS = {"DEED": 32, "REQUEST": 8, "FALSE_ALARM": 8, "MORE_ALARMS": 8, "FOUNDING": 64, "START": 16}  # purposes that take several numbers

words = st.integers(0, 2**32 - 1)
citizens = st.integers(0, 2**32 - 1)
days = st.integers(0, 32767)
purposes = st.integers(0, 255)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_known_answers(counter, key, answer):
    assert draws.philox(*counter, *key) == answer


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_known_answers_of_arrays(counter, key, answer):
    made = draws.philox(*(np.array([word], np.uint64) for word in counter), *map(np.uint64, key))
    assert tuple(int(word[0]) for word in made) == answer


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_draw_is_a_word_of_its_block(counter, key, answer):
    citizen, day, _, extra = counter
    block = draws.philox(citizen, day, 5, extra, *key)
    assert tuple(draws.draw(*key, citizen, day, 20 + word, extra) for word in range(4)) == block


def test_registry_only_grows():
    """A number that changed would change every result ever published under this name of the stream."""
    assert {name: draws.REGISTRY.get(name) for name in REGISTRY} == REGISTRY
    assert {name: founding.REGISTRY.get(name) for name in FOUNDING} == FOUNDING
    assert set(founding.REGISTRY) == set(FOUNDING)
    assert draws.RNG_STREAM == "philox4x32-10/v1"


def test_founding_takes_whole_blocks_of_its_own():
    """Four purposes share one block of the generator; founding takes them four at a time, within its span."""
    taken = sorted(founding.REGISTRY.values())
    assert all(number % 4 == 0 for number in taken)
    assert len(set(taken)) == len(taken)
    assert taken[0] >= draws.FOUNDING
    assert taken[-1] + 4 <= draws.FOUNDING + SPANS["FOUNDING"]


@given(citizen=citizens, extra=st.integers(0, 255), block=st.sampled_from(sorted(FOUNDING.values())))
def test_founding_words_are_draws(citizen, extra, block):
    made = founding.words(draws.key_of(3, 1), [citizen], block, extra)
    assert made[:, 0].tolist() == [draws.draw(*draws.key_of(3, 1), citizen, 0, block + word, extra) for word in range(4)]


def test_every_purpose_is_registered_and_frozen_here():
    named = {
        name
        for name, value in vars(draws).items()
        if name.isupper()
        and isinstance(value, int)
        and not name.startswith(("SHORT", "WEYL", "MASK"))
        and not name.endswith(("_MAX", "_BITS"))
    } - {"DAILY"}
    assert named == set(draws.REGISTRY) == set(REGISTRY)


def test_no_number_is_used_twice():
    taken = [number for name, first in draws.REGISTRY.items() for number in range(first, first + SPANS.get(name, 1))]
    assert len(taken) == len(set(taken))


def test_daily_purposes_come_first_and_fit_the_mask():
    """One bit of a 64-bit integer marks each daily purpose whose luck is good enough to be looked at."""
    assert draws.DAILY == 64
    daily = [first + SPANS.get(name, 1) for name, first in draws.REGISTRY.items() if first < draws.DAILY]
    assert max(daily) < draws.DAILY
    assert SPANS["DEED"] == draws.DEEDS_MAX
    assert SPANS["REQUEST"] == draws.GATES_MAX
    assert SPANS["FALSE_ALARM"] + SPANS["MORE_ALARMS"] == draws.SENSORS_MAX
    assert len(tables.GATES) <= draws.GATES_MAX


def test_a_key_is_frozen():
    assert draws.key_of(0, 0) == (0xC787978E, 0xD164B00D)
    assert draws.key_of(7, 3) == (0x84358335, 0xCAF5D960)
    assert draws.key_of(1, 2) != draws.key_of(2, 1) != draws.key_of(12, 0)
    assert len({draws.key_of(seed, replicate) for seed in range(20) for replicate in range(20)}) == 400


@given(key=st.tuples(words, words), numbers=st.lists(citizens, min_size=1, max_size=20), day=days, purpose=purposes, extra=words)
def test_many_draws_are_the_same_draws(key, numbers, day, purpose, extra):
    one_by_one = [draws.draw(*key, citizen, day, purpose, extra) for citizen in numbers]
    assert draws.draw_many(key, numbers, day, purpose, extra).tolist() == one_by_one


@given(key=st.tuples(words, words), citizen=citizens, day=days, purpose=purposes, extra=words)
def test_a_draw_is_a_32_bit_integer_of_its_address_alone(key, citizen, day, purpose, extra):
    word = draws.draw(*key, citizen, day, purpose, extra)
    assert type(word) is int
    assert 0 <= word < 2**32
    assert word == draws.draw(*key, citizen, day, purpose, extra)


@given(word=words, count=st.integers(1, 2**31 - 1))
def test_below_stays_below(word, count):
    assert 0 <= draws.below(word, count) < count
    assert draws.below(0, count) == 0
    assert draws.below(2**32 - 1, count) == count - 1


@given(bits=st.integers(1, 2**64 - 1))
def test_lowest_set_bit(bits):
    assert draws.lowest(bits) == (bits & -bits).bit_length() - 1


def chi_square(counts: np.ndarray, expected: np.ndarray) -> float:
    """The chance of counts at least as uneven as these, if the law holds."""
    from scipy import stats

    return float(stats.chisquare(counts, expected).pvalue)


@pytest.mark.parametrize("purpose", [draws.DEED, draws.REQUEST + 3, draws.PAY, draws.COVERED, draws.PLACEBO])
def test_draws_are_even(purpose):
    """Fixed seeds: these tests cannot fail by chance, only by a change of the generator."""
    found = draws.draw_many(draws.key_of(11, 4), np.arange(200_000), 17, purpose, 3)
    counts = np.bincount(found >> 26, minlength=64)
    assert 0.001 < chi_square(counts, np.full(64, len(found) / 64)) < 0.999


@pytest.mark.parametrize("chance", [0.5, 0.1, 0.01, 0.001, 1 / 365])
def test_a_threshold_is_met_as_often_as_its_chance(chance):
    threshold = int(chance * 2**32)
    found = draws.draw_many(draws.key_of(5, 0), np.arange(400_000), 3, draws.DEED + 7)
    happened = int((found < threshold).sum())
    law = np.array([chance, 1 - chance]) * len(found)
    assert chi_square(np.array([happened, len(found) - happened]), law) > 0.001


@pytest.mark.parametrize("other", ["citizen", "day", "purpose", "extra", "key"])
def test_neighbouring_addresses_are_independent(other):
    """Two draws whose addresses differ in one part only: their joint law is the product of two even laws."""
    numbers, key = np.arange(100_000), draws.key_of(1, 1)
    first = draws.draw_many(key, numbers, 9, 12, 0) >> 29
    if other == "citizen":
        second = draws.draw_many(key, numbers + 100_000, 9, 12, 0) >> 29
    elif other == "key":
        second = draws.draw_many(draws.key_of(1, 2), numbers, 9, 12, 0) >> 29
    else:
        changed = {"day": (10, 12, 0), "purpose": (9, 13, 0), "extra": (9, 12, 1)}[other]
        second = draws.draw_many(key, numbers, *changed) >> 29
    counts = np.bincount(first * 8 + second, minlength=64)
    assert chi_square(counts, np.full(64, len(numbers) / 64)) > 0.001
