"""The closed registry of questions that clauses ask: each looks at a policy and answers met, not met or cannot be told.

Each question has a name, by which a clause asks it, and a title, in which it is told; its answer comes with the words of the policy that
were tested. What the policy's own tables settle is read from them; the rest is what the table [law] declares.
"""

from collections.abc import Callable
from dataclasses import dataclass

from glasstown.law.logic import Finding, said
from glasstown.law.reading import Reading

Test = Callable[[Reading], Finding]


@dataclass(frozen=True)
class Question:
    """A named question."""

    name: str
    title: str
    test: Test


_ASKED: dict[str, Question] = {}


def asked(title: str) -> Callable[[Test], Test]:
    """Enter a function into the registry under its own name."""

    def entered(test: Test) -> Test:
        _ASKED[test.__name__] = Question(test.__name__, title, test)
        return test

    return entered


def registry() -> dict[str, Question]:
    """All questions by name."""
    from glasstown.law import questions, settings  # noqa: F401  they enter their questions

    return _ASKED


def declared(reading: Reading, key: str) -> Finding:
    """A fact of the table [law] that is true, false or left out."""
    value = getattr(reading.declared, key)
    return Finding(said(value), (f"[law] {key} = {'true' if value else 'false'}" if value is not None else f"[law] {key} is left out",))
