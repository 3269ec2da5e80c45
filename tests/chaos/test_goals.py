"""A short slice of every goal of docs/reliability.md; the long runs are `make chaos WHAT=... LONG=1`."""

from __future__ import annotations

import os
import shutil

import pytest

from chaos.goals import all_goals
from chaos.guards import GUARDS

GOALS = all_goals()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", [name for name, one in GOALS.items() if not one.whole])
def test_the_goal_is_met(name: str) -> None:
    if name == "D7" and (os.getuid() != 0 or not shutil.which("mount")):
        pytest.skip("a disk that is full needs a mount of its own: run as root")
    goal = GOALS[name]
    result = goal.run(**goal.short)
    print(f"{name}: {result.figure}")
    assert result.good, "\n".join([result.figure, *result.details])


def test_every_guard_named_by_a_goal_can_be_taken_out() -> None:
    assert {one.guard for one in GOALS.values() if one.guard} <= GUARDS.keys()
