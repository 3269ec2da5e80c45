"""A short slice of every goal of docs/reliability.md; the long runs are `make chaos WHAT=... LONG=1`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from chaos.bot_guards import GUARDS as BOT_GUARDS
from chaos.goals import all_goals
from chaos.guards import GUARDS
from chaos.real import close_lines
from chaos.stage import ROOT

GOALS = all_goals()


@pytest.fixture(scope="module", autouse=True)
def nothing_left_running() -> Iterator[None]:
    yield
    close_lines()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", GOALS)
def test_the_goal_is_met(name: str) -> None:
    if name == "D7" and (os.getuid() != 0 or not shutil.which("mount")):
        pytest.skip("a disk that is full needs a mount of its own: run as root")
    if GOALS[name].whole and not (ROOT / "bot" / "models" / "acs-line.tar.gz").exists():
        pytest.skip("the bot is not trained yet: make train")
    goal = GOALS[name]
    result = goal.run(**goal.short)
    print(f"{name}: {result.figure}")
    assert result.good, "\n".join([result.figure, *result.details])


def test_every_guard_named_by_a_goal_can_be_taken_out() -> None:
    assert {one.guard for one in GOALS.values() if one.guard} <= {**GUARDS, **BOT_GUARDS}.keys()
