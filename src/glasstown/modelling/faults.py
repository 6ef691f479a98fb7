"""What is wrong with a rule that cannot be compiled: the name that is not there, what there is, and what to do."""

import re
from difflib import get_close_matches
from typing import Any

UNKNOWN = re.compile(r"Unknown attribute '(\w+)' of type (Now|Before|Ties|Case|World)")
WHERE = re.compile(r'File "([^"]+)", line (\d+)')
ADVICE = "Rules use numbers, columns, ties and draws: no lists, no new arrays, no text. With compiled=False a rule runs as plain Python"


def explained(model: Any, wrong: Exception) -> str:
    """One message for what the compiler said of a model's rules."""
    said = str(wrong)
    unknown, place = UNKNOWN.search(said), WHERE.findall(said)
    where = next((f" ({file}, line {line})" for file, line in reversed(place) if "glasstown/modelling/" not in file), "")
    if unknown is not None:
        return named(model, unknown[1], unknown[2]) + where
    rules = ", ".join(rule.rule.__name__ for rule in model.rules)
    if "NRT required" in said:
        return f"a rule or record makes a list or an array (rules: {rules}){where}. {ADVICE}"
    return f"a rule or record cannot be compiled (rules: {rules}){where}. {ADVICE}. The compiler says: {shortened(said)}"


def named(model: Any, name: str, of: str) -> str:
    """A name that a rule uses and the model does not have."""
    if of == "World":
        return f"a rule reads world.{name}; a world has now, before, ties, case, luck and size"
    there = {"Now": list(model.columns), "Before": list(model.read), "Ties": list(model.ties), "Case": list(model.case)}[of]
    if of == "Before" and name in model.columns:
        return f'a rule reads world.before.{name}; name it in its reads: Rule(..., "synchronous", reads=("{name}",))'
    kind = {"Now": "column", "Before": "column that a rule names in its reads", "Ties": "set of ties", "Case": "number of the case"}[of]
    near = get_close_matches(name, there, 1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"a rule uses world.{of.lower()}.{name}, and there is no such {kind}.{hint} There are: {', '.join(there) or 'none'}"


def shortened(message: str) -> str:
    """The lines of the compiler's message that say what."""
    kept = [line.strip() for line in message.splitlines() if line.strip() and not line.startswith(("During:", "This error", "Failed in"))]
    return " | ".join(kept[:4])
