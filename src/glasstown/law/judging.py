"""What each clause says of a policy: met, not met, cannot be told, or for review; never that a policy is lawful."""

from dataclasses import dataclass
from typing import Any, Literal

from glasstown import catalogue
from glasstown.law import asking, canada, canada_reading, models
from glasstown.law.logic import Finding, conjunction
from glasstown.law.reading import Reading
from glasstown.policy.schema import PolicyFile

Verdict = Literal["met", "not met", "cannot be told", "review"]
VERDICTS: tuple[Verdict, ...] = ("met", "review", "cannot be told", "not met")
ROLES = ("all", "any", "unless", "review", "asks")
NOTICE = (
    "This is information and not legal advice. It compares the words of a policy file with conditions taken from laws, each asked of every "
    "policy, wherever that policy is from. Met means that the conditions of a clause are met, so that it applies and what it asks for is "
    "due; it is no praise. A clause that is not met, or that is not listed, says nothing about whether the policy is allowed. Ask a lawyer."
)


@dataclass(frozen=True)
class Tested:
    """One condition of a clause with its answer."""

    role: str
    name: str
    title: str
    finding: Finding


@dataclass(frozen=True)
class Judged:
    """A clause with its verdict and all conditions."""

    clause: models.Clause
    verdict: Verdict
    tested: tuple[Tested, ...]

    def of(self, *roles: str) -> list[Tested]:
        """The conditions in these roles."""
        return [row for row in self.tested if row.role in roles]

    def open(self) -> list[Tested]:
        """The conditions on which it hangs where it cannot be told."""
        return [row for row in self.of("all", "any", "unless") if row.finding.answer == "cannot be told"]

    def settled_by(self) -> list[Tested]:
        """The conditions that settle it where it is not met."""
        wrong = {"all": "not met", "any": "not met", "unless": "met"}
        return [row for row in self.of("all", "any", "unless") if row.finding.answer == wrong[row.role]]


def judge(policy: PolicyFile, deeds: catalogue.Deeds, law: catalogue.Law) -> list[tuple[models.Body, list[Judged]]]:
    """Every clause of every body of law."""
    reading = Reading(policy, deeds, law)
    found: dict[str, Finding] = {}
    return [(body, [of_clause(clause, reading, found) for clause in body.clause]) for body in models.bodies()]


def of_clause(clause: models.Clause, reading: Reading, found: dict[str, Finding] | None = None) -> Judged:
    """One clause; ``found`` keeps answers that other clauses ask for as well."""
    known = {} if found is None else found
    questions, tested = asking.registry(), list[Tested]()
    for role in ROLES:
        for name in getattr(clause, role):
            if name not in known:
                known[name] = questions[name].test(reading)
            tested.append(Tested(role, name, questions[name].title, known[name]))
    return Judged(clause, verdict(clause, {row.name: row.finding for row in tested}), tuple(tested))


def verdict(clause: models.Clause, found: dict[str, Finding]) -> Verdict:
    """The clause's conditions joined; for review where the law's words do not settle what is not ruled out."""
    answers = {name: finding.answer for name, finding in found.items()}
    joined = conjunction(*([answers[name] for name in names] for names in (clause.all, clause.any, clause.unless)))
    if joined != "not met" and any(answers[name] == "met" for name in clause.review):
        return "review"
    return joined


def answered(policy: PolicyFile, deeds: catalogue.Deeds, law: catalogue.Law) -> canada_reading.Answered | None:
    """Canada's questionnaire as far as the file answers it; None of a policy without rules."""
    reading = Reading(policy, deeds, law)
    return canada_reading.read(reading) if reading.policy.rule else None


def document(policy: PolicyFile, deeds: catalogue.Deeds, law: catalogue.Law) -> dict[str, Any]:
    """All of it as plain data, for --json and for whoever wants to read on."""
    survey = answered(policy, deeds, law)
    return {
        "notice": NOTICE,
        "policy": policy.name,
        "bodies": [_body(body, judged) for body, judged in judge(policy, deeds, law)],
        "canada_questionnaire": questionnaire(survey) if survey is not None else None,
    }


def _body(body: models.Body, judged: list[Judged]) -> dict[str, Any]:
    clauses = []
    for row in judged:
        kept = row.clause.model_dump(exclude={"all", "any", "unless", "review", "asks"})
        conditions = [
            {"role": one.role, "name": one.name, "title": one.title, "answer": one.finding.answer, "words": list(one.finding.words)}
            for one in row.tested
        ]
        clauses.append({**kept, "verdict": row.verdict, "conditions": conditions})
    return {**body.model_dump(mode="json", exclude={"clause"}), "clauses": clauses}


def questionnaire(survey: canada_reading.Answered) -> dict[str, Any]:
    """The Canadian questionnaire as plain data."""
    result, questions = survey.result, {row.id: row for row in canada.survey().questions()}
    spans = {name: vars(getattr(result, name)) for name in ("raw", "mitigation", "score", "level")}
    return {
        "version": canada.survey().version,
        **spans,
        "maximum": {name: canada.maximum(name) for name in ("risk", "mitigation")},
        "answers": {name: list(answers) for name, answers in survey.given.items()},
        "derived": [{"question": name, "answers": list(answers), "words": words} for name, answers, words in survey.derived],
        "open": [{"question": name, "text": questions[name].text, "points": points} for name, points in result.open],
    }
