"""The lines of tests/api, attacked. How hard: SECURITY_SCALE=long for the figures of docs/reliability.md."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import line, make_line  # noqa: F401  (the same lines, with the same watch after each test)
from tests.security import figures, guards

LONG = os.environ.get("SECURITY_SCALE") == "long"


@pytest.fixture
def scale() -> Callable[[int, int], int]:
    """scale(slice, long): how many this run plays."""
    return lambda short, long: long if LONG else short


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[..., None]:
    """measured("S1", "bar", "figure"): what was found, for the table of docs/reliability.md."""

    def tell(goal: str, bar: str, figure: str) -> None:
        figures.keep(goal, bar, figure, request.node.nodeid, LONG)

    return tell


@pytest.fixture(autouse=True)
def _without(monkeypatch: pytest.MonkeyPatch) -> None:
    """SECURITY_WITHOUT=guard takes a guard out, to see that the slice falls."""
    name = os.environ.get("SECURITY_WITHOUT", "")
    if name:
        guards.take_out(name, monkeypatch)


@pytest.fixture
def lively(line: Any) -> Any:  # noqa: F811
    """A line whose bot hears plain words and whose desk answers from the case."""
    from tests.security.hearing import let_it_hear

    let_it_hear(line)
    return line
