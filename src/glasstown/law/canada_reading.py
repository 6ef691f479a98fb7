"""What a policy file answers of the Canadian questionnaire: what [law.aia] says, and what the file's other tables settle."""

from collections.abc import Iterator
from dataclasses import dataclass

from glasstown.law import canada
from glasstown.law.reading import CONNECTED, PICTURES, Reading

Derived = tuple[str, tuple[str, ...], str]  # question, answers, the words of the policy that settle it


@dataclass(frozen=True)
class Answered:
    """The questionnaire as far as the file answers it."""

    given: dict[str, tuple[str, ...]]
    derived: tuple[Derived, ...]  # those of the answers that follow from other tables
    result: canada.Result


def read(reading: Reading) -> Answered:
    """All answers and what they come to; an answer that [law.aia] gives goes before one that would follow."""
    declared = {str(name): (answer,) if isinstance(answer, str) else tuple(answer) for name, answer in reading.declared.aia.items()}
    follows = tuple(row for row in derived(reading) if row[0] not in declared)
    given = {**{name: answers for name, answers, _ in follows}, **declared}
    return Answered(given, follows, canada.assess(given))


def level_words(low: int, high: int) -> str:
    """A level, or from which to which it can be."""
    first, last = canada.NUMERALS[low - 1], canada.NUMERALS[high - 1]
    return f"impact level {first}" if low == high else f"impact level {first} to {last}, as the open questions are answered"


def derived(reading: Reading) -> Iterator[Derived]:
    """Answers that the policy's own tables settle."""
    if not reading.policy.rule:
        return
    yield from _automation(reading)
    yield from _data(reading)
    yield from _recourse(reading)


def _automation(reading: Reading) -> Iterator[Derived]:
    from glasstown.law.questions import solely_automated

    found = solely_automated(reading)
    if found.answer != "cannot be told":
        yield "impact30", ("item1-4" if found.answer == "met" else "item2-2",), found.words[-1]
    if any(isinstance(rule.points, tuple) for rule in reading.policy.rule):
        yield "impact3", ("item1-4",), "[[rule]] points = [mildest, harshest]"
    inferring = [name for name, infers in reading.machines.items() if infers]
    if inferring or reading.rules("high_risk"):
        yield "aboutAlgorithm3", ("item1-0", "item2-1"), f'sensor "{inferring[0]}" beside fixed rules' if inferring else "[risk]"
    published = reading.declared.method_published
    if published is not None:
        yield "aboutAlgorithm1", ("item2-0" if published else "item1-1",), f"[law] method_published = {str(published).lower()}"


def _data(reading: Reading) -> Iterator[Derived]:
    yield "aboutDataSource1", ("item1-2",), "[[rule]]: it is about persons"
    yield "aboutDataSource10", ("item1-2",), "[[rule]]: it decides about the same persons"
    count = len(reading.sensors)
    yield "aboutDataSource4", ("item1-2" if count > 1 else "item2-0",), f"{count} sensor{' feeds' if count == 1 else 's feed'} the record"
    online = [name for name in CONNECTED if name in reading.sensors]
    if online:
        yield "aboutDataSource5", ("item1-4",), f'sensor "{online[0]}"'
    pictures = [name for name in PICTURES if name in reading.sensors]
    texts = [name for name in ("platform", "inference") if name in reading.sensors]
    if pictures or texts:
        kinds = [*(["item1-2"] if texts else []), *(["item2-4"] if pictures else [])]
        seen = ", ".join(f'sensor "{name}"' for name in [*texts, *pictures])
        yield "aboutDataSourceType1", ("item1-0",), seen
        yield "aboutDataSourceType2", tuple(kinds), seen


def _recourse(reading: Reading) -> Iterator[Derived]:
    from glasstown.law.questions import appeal_possible, reasons_given

    for question, test in (("fairnessDesign13", appeal_possible), ("fairnessDesign10", reasons_given)):
        found = test(reading)
        yield question, ("item1-2" if found.answer == "met" else "item2-0",), found.words[0]
