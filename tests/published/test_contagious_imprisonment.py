"""Bugs that the quantities of contagious imprisonment must catch, and what is known of the invented families."""

import numpy as np
import pytest
from reproducing import measured, missed

from glasstown.published import contagious_imprisonment
from glasstown.published.contagious_imprisonment import MODEL, town
from glasstown.published.families import FEMALE, FRIENDS, MALE, PEOPLE, population, relations

PARTS = {part.name: part for part in MODEL.parts}
SMALL = {"first_month": {"replicates": 30}, "out_of_the_blue": {"replicates": 6}, "sentences": {"count": 4000}}


def swapped_sexes(relation, inside, infected):
    """The sex of who is in prison is taken for that of the infected."""
    return np.array(contagious_imprisonment.CHANCES[relation])[infected, inside]


def never_harsher(luck, who, step, harsh):
    """Harsh sentences are as long as usual ones."""
    return right_sentence(luck, who, step, 0)


def poisson_only(luck, who, step, shape, mean):
    """Sentences have no spread of their own."""
    return mean


def everybody(person, year, case):
    """Children, the dead and the unborn are sentenced."""
    return True


right_sentence = contagious_imprisonment.sentence


@pytest.mark.parametrize("part", ["sentences", "out_of_the_blue", pytest.param("first_month", marks=pytest.mark.nightly)])
def test_it_is_reproduced_in_small(part):
    assert not missed(PARTS[part], **SMALL.get(part, {}))


@pytest.mark.parametrize("seeds", [8, pytest.param(40, marks=pytest.mark.nightly)])
def test_longer_sentences_multiply_months_in_prison(seeds):
    found = {each.what: each for each in measured(PARTS["fifty_years"], seeds=seeds)}
    assert found["ratio of person-months, 17 to 14 months"].verdict == "reproduced"
    assert found["seeds of the first 8 in which longer sentences mean more months"].verdict == "reproduced"
    assert all(each.verdict != "not" for each in found.values())


def test_the_average_prisoner_infects_one_other_somewhere_between_the_two_sentences():
    found = measured(PARTS["critical"])
    assert all(each.verdict == "reproduced" for each in found if "averaged by sex" in each.what)
    assert all(each.verdict != "not" for each in found)


@pytest.mark.parametrize(
    ("part", "name", "bug"),
    [
        ("pairs", "chances", swapped_sexes),
        ("sentences", "sentence", never_harsher),
        ("sentences", "gamma", poisson_only),
        ("out_of_the_blue", "is_adult", everybody),
    ],
)
def test_a_bug_is_caught(part, name, bug, monkeypatch):
    monkeypatch.setattr(contagious_imprisonment, name, bug)
    assert missed(PARTS[part], **SMALL.get(part, {}))


def test_without_harsher_sentences_there_is_no_ratio(monkeypatch):
    monkeypatch.setattr(contagious_imprisonment, "HARSH", 0)
    found = {each.what: each for each in measured(PARTS["fifty_years"], seeds=4, steps=120)}
    assert found["ratio of person-months, 17 to 14 months"].verdict != "reproduced"


def test_plain_rules_give_the_same_town():
    compiled, plain = (town(3).run(2, compiled=how) for how in (True, False))
    assert all(np.array_equal(compiled.columns[name], plain.columns[name]) for name in compiled.columns)
    assert all(np.array_equal(compiled.records[name], plain.records[name]) for name in compiled.records)


def test_families_hang_together():
    made = population()
    assert len(made.sex) == PEOPLE and len(made.friends) == round(FRIENDS * PEOPLE / 2)
    child, parent = relations(made)["parent"].T
    ages = made.birth[child] - made.birth[parent]
    assert ages[made.sex[parent] == FEMALE].min() >= 16 and ages.min() >= 13
    married = np.flatnonzero(made.partner >= 0)
    assert (made.partner[made.partner[married]] == married).all()
    assert (made.sex[married] + made.sex[made.partner[married]] == MALE + FEMALE).all()
