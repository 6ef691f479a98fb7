"""Policies for tests of the law: small texts, read as the program reads them."""

from typing import Any

from glasstown import catalogue
from glasstown.law import asking, judging, models
from glasstown.law.reading import Reading
from glasstown.policy import load

HEAD = 'schema_version = 1\nname = "tried"\ntitle = "A policy that is tried"\nfidelity = "scenario"\n'
GRADE = 'grade = "scenario"\nreason = "for a test"\n'
RULE = f'[[rule]]\ndeed = "unpaid_debt"\nsensors = ["payments"]\npoints = -40\n{GRADE}'
SCORE = f"[score]\nbase = 100\nlow = 0\nhigh = 200\n{GRADE}"
PERKS = f'[[score.band]]\nname = "good"\nfrom = 100\nperk_cents_per_year = 10000\n{GRADE}[[score.band]]\nname = "plain"\nfrom = 0\n{GRADE}'
LOW = 'name = "low"\nfrom = 0\nsanction = true\nrefuse = { travel = 0.5 }\n'
BARRED = f'[[score.band]]\nname = "good"\nfrom = 100\n{GRADE}[[score.band]]\n{LOW}{GRADE}'


def reading(text: str) -> Reading:
    """A policy of these tables."""
    return of(load.parse(HEAD + text))


def of(policy: Any) -> Reading:
    """A policy beside the shipped catalogues."""
    return Reading(policy, catalogue.load_deeds(), catalogue.load_law())


def shipped(name: str) -> Reading:
    """A shipped policy."""
    return of(load.load(name))


def answer(text: str, question: str) -> str:
    """The answer to one question."""
    return asking.registry()[question].test(reading(text)).answer


def judged(text: str, body: str, clause: str) -> judging.Judged:
    """One clause of a body of law on a policy."""
    found = next(row for row in models.load(body).clause if row.id == clause)
    return judging.of_clause(found, reading(text))
