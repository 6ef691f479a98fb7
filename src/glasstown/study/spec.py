"""What an outcome is: a formula with a unit, a grade and words."""

from dataclasses import dataclass

from glasstown.study.formulas import Formula

GROUPS = ("all", "majority", "minority")
THOUSAND, PERCENT = 1000.0, 100.0
ADULTS, YEARLY = "per 1,000 adults", "per 1,000 adults and year"
CENTS_YEARLY = "cents per adult and year"


@dataclass(frozen=True)
class Spec:
    """An outcome: (numerator, denominator) of an arm given its twin, times ``scale``.

    ``along`` names the uncertainty without any measured rate on which it hangs: it is then told as a curve along that rate, never as
    one number.
    """

    name: str
    title: str
    unit: str
    formula: Formula
    words: str  # the formula in words
    scale: float = THOUSAND
    grade: str = "estimated"
    along: str = ""
