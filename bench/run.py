"""Measure glasstown: the common day step against C++ and Mesa, and the real day at 10^4 to 10^7 people.

    python bench/run.py                        everything (about a quarter of an hour)
    python bench/run.py common --sizes 10000   only the comparison, only this size
    python bench/run.py models                 only models written with the toolkit, against Numba loops by hand
    python bench/run.py real --json FILE       only the real day; numbers to a file

Other work on the machine makes rates noisy: trust the ratios, which are taken in turns within one run.
"""

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def main() -> int:
    """Run what was asked for; status 1 if a peer disagrees with the published numbers."""
    from bench import machine, real_day
    from bench.common_step import compare
    from bench.own_models import compare as own_models

    cores = os.cpu_count() or 1
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=["all", "common", "models", "real"], default="all")
    parser.add_argument("--sizes", nargs="+", type=int, metavar="PEOPLE", help="sizes to measure")
    parser.add_argument("--threads", nargs="+", type=int, default=sorted({1, cores}), help="numbers of threads to measure")
    parser.add_argument("--rounds", type=int, default=7, help="turns each peer takes in the comparison")
    parser.add_argument("--days", type=int, default=365, help="days of the real day's runs up to 10^6 people")
    parser.add_argument("--policy", default="spc_defaulter_list", help="policy of the real day")
    parser.add_argument("--json", type=Path, help="write all numbers to this file")
    asked = parser.parse_args()
    print(machine.describe(), "\n")
    numbers: dict[str, object] = {"machine": machine.describe()}
    agree = True
    if asked.part in ("all", "common"):
        numbers["common"], agree = compare.report(asked.sizes or [10**4, 10**5, 10**6], asked.threads, asked.rounds)
    if asked.part in ("all", "models"):
        numbers["models"], same = own_models.report(asked.rounds)
        agree = agree and same
    if asked.part in ("all", "real"):
        numbers["real"] = real_day.report(asked.sizes or [10**4, 10**5, 10**6, 10**7], asked.threads, asked.days, asked.policy)
    if asked.json:
        asked.json.write_text(json.dumps(numbers, indent=1))
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
