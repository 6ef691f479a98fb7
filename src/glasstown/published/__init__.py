"""Published models, each in one file to be read beside its paper, run by our own rules, ties, draws and records.

Their quantities are compared with what was published or is known exactly; nothing here reads a policy.
"""

from glasstown.published.comparing import Published

NAMES = (  # as in docs/published.md
    "base_rates", "leading_eight", "image_scoring", "dissent", "runaway_policing", "ledgers", "credit_ladder", "delayed_impact",
    "civil_violence", "cascades", "private_opinions", "spiral_of_silence", "stereotypes", "bunching", "performativity", "image_concern",
    "inspection", "metanorms", "contagious_imprisonment", "bounded_confidence", "bundling", "garbling", "rewiring",
)  # fmt: skip


def load(name: str) -> Published:
    """A published model by name. Raises ValueError for a name that there is not."""
    from difflib import get_close_matches
    from importlib import import_module

    if name not in NAMES:
        near = get_close_matches(name, NAMES, 1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        raise ValueError(f"there is no published model called {name!r}{hint} There are: {', '.join(NAMES)}")
    found: Published = import_module(f"glasstown.published.{name}").MODEL
    return found
