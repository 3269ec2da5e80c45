"""The goals: each with its bar, a long run and a short slice of it, and how it was measured."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Result:
    """How it went: the figure in words, and whether the bar was met."""

    good: bool
    figure: str
    details: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Goal:
    """One goal. `run(**scale)` measures it; `short` and `long` are the scales of the slice and of the long run."""

    name: str
    bar: str
    run: Callable[..., Result]
    short: dict[str, Any] = field(default_factory=dict)
    long: dict[str, Any] = field(default_factory=dict)
    guard: str = ""
    """Which guard, taken out, must make it fail (chaos/guards.py)."""
    whole: bool = False
    """It needs the trained bot; without one its slice is skipped."""


GOALS: dict[str, Goal] = {}


def slack() -> float:
    """How many times longer things take than on an idle machine: seconds say little where others compute too.

    1 on an idle machine, where alone a figure counts. The load of the last minute says nothing where all other work
    has just been stopped: ALONE=1 says that it was.
    """
    if os.environ.get("ALONE"):
        return 1.0
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def goal(
    name: str, bar: str, *, guard: str = "", short: dict[str, Any], long: dict[str, Any], whole: bool = False
) -> Any:
    """Registers the function below it as the measurement of a goal."""

    def keep(run: Callable[..., Result]) -> Callable[..., Result]:
        GOALS[name] = Goal(name, bar, run, short, long, guard, whole)
        return run

    return keep


def all_goals() -> dict[str, Goal]:
    """Every goal there is, in the order of the catalogue."""
    from chaos import database, degraded, durability, flood, load, owners, stopping, whole  # noqa: F401  (they register themselves)

    order = "DMLSP"
    return dict(sorted(GOALS.items(), key=lambda one: (order.index(one[0][0]), int(one[0][1:]))))
