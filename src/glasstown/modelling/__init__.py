"""Models of one's own, from the parts of glasstown: people, ties, rules, orders of update, luck with an address, records, ensembles.

A rule is a plain function ``rule(person, step, world)``. It reads ``world.now`` (columns as they stand), ``world.before`` (as they
stood when a synchronous rule began), ``world.ties``, ``world.case`` (the numbers of the case) and ``world.luck``, and writes ``world.now``.
``docs/tutorials/your_own_model.md`` builds a model with it from scratch.
"""

from glasstown.modelling.choosing import fermi, mutate, pick_by_weight
from glasstown.modelling.compiling import BadRule
from glasstown.modelling.luck import below, binomial, exponential, normal, pareto, poisson, uniform, word
from glasstown.modelling.model import Column, Model, Rule
from glasstown.modelling.records import mean
from glasstown.modelling.running import Ensemble, Run
from glasstown.modelling.ties import Ties, complete, count_ties, from_pairs, grid, no_ties, random_ties, rewire, ring, small_world, tie

__all__ = [
    "BadRule",
    "Column",
    "Ensemble",
    "Model",
    "Rule",
    "Run",
    "Ties",
    "below",
    "binomial",
    "complete",
    "count_ties",
    "exponential",
    "fermi",
    "from_pairs",
    "grid",
    "mean",
    "mutate",
    "no_ties",
    "normal",
    "pareto",
    "pick_by_weight",
    "poisson",
    "random_ties",
    "rewire",
    "ring",
    "small_world",
    "tie",
    "uniform",
    "word",
]
