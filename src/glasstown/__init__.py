"""glasstown: a wind tunnel for social scoring. All people in it are invented.

>>> import glasstown
>>> policy = glasstown.Policy.load("spc_defaulter_list")
>>> result = glasstown.assess(policy, quick=True)      # doctest: +SKIP
>>> result.plot("wrongly_sanctioned")                  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Assessment", "Policy", "Society", "assess", "evaluate", "run"]

if TYPE_CHECKING:
    from glasstown.study.assess import Assessment, assess, evaluate, run


class Policy:
    """Scoring policies as data."""

    @staticmethod
    def load(path_or_name: Any) -> Any:
        """A policy from a TOML file, or by the name of a shipped one. Raises glasstown.files.FileProblems."""
        from glasstown.policy import load

        return load.load(path_or_name)


class Society:
    """Recipes of invented societies."""

    @staticmethod
    def load(path_or_name: Any = "town") -> Any:
        """A recipe from a TOML file, or by the name of a shipped one. Raises glasstown.files.FileProblems."""
        from glasstown.people import recipe

        return recipe.load(path_or_name)


def __getattr__(name: str) -> Any:
    if name in ("Assessment", "assess", "evaluate", "run"):
        from glasstown.study import assess as module

        return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
