"""How long one case view takes: the demo cases on one day, each many times, one process.

    python -m bench.view [--rounds 40] [--profile]

Prints the median, the 95th and the slowest in milliseconds of the processor's own time, so that a busy machine does
not blur it; with --profile where the time goes. The goal is a median under two milliseconds.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import time
from datetime import date
from pathlib import Path

from acs.case import Case
from acs.casefile import load
from acs.view import case_view

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)


def measure(cases: list[Case], rounds: int) -> list[float]:
    """Milliseconds of every view, after one round to warm up."""
    for case in cases:
        case_view(case, TODAY)
    found = []
    for _ in range(rounds):
        for case in cases:
            start = time.process_time()
            case_view(case, TODAY)
            found.append((time.process_time() - start) * 1000)
    return sorted(found)


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=40)
    options.add_argument("--profile", action="store_true")
    chosen = options.parse_args()
    cases = [case for path in sorted((ROOT / "demo" / "cases").glob("*.yml")) for case in load(path)]
    if chosen.profile:
        profile = cProfile.Profile()
        profile.runcall(measure, cases, chosen.rounds)
        pstats.Stats(profile).sort_stats("tottime").print_stats(20)
        return
    took = measure(cases, chosen.rounds)
    print(
        f"{len(cases)} cases, {len(took)} views: median {statistics.median(took):.2f} ms, "
        f"95th {took[int(len(took) * 0.95)]:.2f} ms, slowest {took[-1]:.2f} ms, "
        f"{1000 / statistics.mean(took):.0f} views a second"
    )


if __name__ == "__main__":
    main()
