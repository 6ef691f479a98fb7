"""What tests of published models share: measure a part, and say which quantities are not reproduced."""

from glasstown.published.comparing import Part, Quantity


def measured(part: Part, **options) -> list[Quantity]:
    """The quantities of a part; there is at least one."""
    found = [each for each in part.measure(**options) if isinstance(each, Quantity)]
    assert found
    return found


def missed(part: Part, **options) -> list[str]:
    """The quantities that are not reproduced, with target, ours and z."""
    return [f"{q.what}: {q.target:.6g}, ours {q.ours:.6g}, z {q.z}" for q in measured(part, **options) if q.verdict != "reproduced"]
