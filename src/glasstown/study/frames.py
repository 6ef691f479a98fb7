"""The Parquet tables of a run folder: daily measures of every pair, and the citizens of the first."""

from pathlib import Path
from typing import Any

from glasstown import measuring


def write(kept: Path, folder: Path, pairs: int) -> None:
    """daily.parquet and citizens.parquet from the arrays that the pairs left in ``kept``."""
    import numpy as np
    import polars

    parts = []
    for number in range(pairs):
        with np.load(kept / f"daily-{number:05d}.npz", allow_pickle=False) as arrays:
            parts += [daily(number, arm, arrays[arm]) for arm in ("policy", "twin")]
            if number == 0:
                citizens({name: arrays[name] for name in arrays.files if name not in ("policy", "twin")}).write_parquet(
                    folder / "citizens.parquet", compression="zstd"
                )
    polars.concat(parts).write_parquet(folder / "daily.parquet", compression="zstd")


def daily(pair: int, arm: str, values: Any) -> Any:
    """Measures of one arm: one row a day and group."""
    import numpy as np
    import polars

    days = len(values)
    columns: dict[str, Any] = {
        "pair": np.full(2 * days, pair, np.int32),
        "arm": [arm] * (2 * days),
        "day": np.repeat(np.arange(days, dtype=np.int32), 2),
        "group": ["majority", "minority"] * days,
    }
    for place, name in enumerate(measuring.MEASURES):
        columns[name] = values[:, place, :].reshape(-1)
    return polars.DataFrame(columns)


def citizens(columns: dict[str, Any]) -> Any:
    """People of the first pair and what became of each, in both towns."""
    import numpy as np
    import polars

    count = len(next(iter(columns.values())))
    return polars.DataFrame({"citizen": np.arange(count, dtype=np.int32), **columns})
