"""Which of the things that nobody knows move an effect most, and where in their ranges it turns."""

from collections.abc import Mapping, Sequence
from typing import Any

from glasstown.study.case import Request

Row = dict[str, Any]
MOST_MOVERS, FEWEST_COUPLES, CHANCE = 3, 9, 0.05  # uncertainties told; couples to rank; chance of naming any that moves nothing
THIRDS = ("lowest", "middle", "highest")


def moved_by(request: Request, drawn: Sequence[Mapping[str, float]], effects: Sequence[float], floor: float | None) -> list[Row]:
    """The uncertainties that move an effect most, over couples, and where in their ranges it turns.

    ``rank`` is Spearman's correlation with the effect; of the second and third with what those before leave of it.

    ``drawn`` holds the uncertainties of each couple, ``effects`` the differences of each pair.
    """
    from math import isfinite

    couples = [sum(effects[place : place + 2]) / 2 for place in range(0, len(effects) - 1, 2)]
    if len(couples) < FEWEST_COUPLES or not all(map(isfinite, couples)) or min(couples) == max(couples):
        return []
    varied = {name: row for name, row in request.uncertainties.parameter.items() if row.low < row.high}
    values = {name: [own[name] for own in drawn] for name in varied}
    rows = []
    for name, rank in standing_out(values, couples):
        row = varied[name]
        known = {"name": name, "meaning": row.meaning, "unit": row.unit, "low": row.low, "high": row.high, "rank": rank}
        rows.append({**known, "where": where(values[name], couples, floor or 0.0)})
    return rows


def standing_out(values: Mapping[str, Sequence[float]], effects: Sequence[float]) -> list[tuple[str, float]]:
    """Names and rank correlations of what stands out from chance, the strongest first.

    A regression on ranks, one name at a time: each is held against what those before it leave unexplained, so that a name is not
    told only because its draws happen to resemble another's. It ends when the best fails a test at CHANCE, bounded over all names.
    """
    import numpy as np
    from scipy.stats import pearsonr, rankdata

    ranks = {name: rankdata(drawn) - (len(effects) + 1) / 2 for name, drawn in values.items()}
    whole = rankdata(effects) - (len(effects) + 1) / 2
    rest, chosen = whole, list[tuple[str, float]]()
    while len(chosen) < min(MOST_MOVERS, len(ranks)) and np.abs(rest).max() > 1e-9:
        left = [name for name in ranks if name not in dict(chosen)]
        best = max(left, key=lambda name: abs(float(ranks[name] @ rest)))
        if pearsonr(ranks[best], rest)[1] >= CHANCE / len(left):
            break
        chosen.append((best, float(pearsonr(ranks[best], rest)[0])))
        known = np.array([ranks[name] for name, _ in chosen]).T
        rest = whole - known @ np.linalg.lstsq(known, whole, rcond=None)[0]
    return chosen


def where(values: Sequence[float], effects: Sequence[float], floor: float) -> list[Row]:
    """The thirds of an uncertainty's draws in which the mean effect has the other sign, or is no more than the floor."""
    mean = sum(effects) / len(effects)
    ordered = sorted(zip(values, effects, strict=True))
    cuts = [round(part * len(ordered) / 3) for part in range(4)]
    rows = []
    for third, first, end in zip(THIRDS, cuts, cuts[1:], strict=False):
        own = ordered[first:end]
        effect = sum(one for _, one in own) / len(own)
        if effect * mean < 0 or abs(effect) <= floor:
            what = "vanishes" if abs(effect) <= floor else "reverses"
            rows.append({"third": third, "from": own[0][0], "to": own[-1][0], "effect": effect, "what": what})
    return rows
