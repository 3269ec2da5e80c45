"""Many turns at once on one SQLite file: writers of a process queue up here, in turn, instead of inside SQLite."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import TimeoutError as WaitedTooLong
from sqlalchemy.orm import Session

from store.db import LONGEST_WAIT, Database

INTAKE_WAIT = 2.0
"""Seconds what came in may wait to be kept: whoever sent it is waiting too, and must hear no in time."""


class Pen:
    """One writer at a time, handed on at once: to what came in first of all, then in the order of asking."""

    def __init__(self) -> None:
        self._inside = threading.Lock()
        self._held = False
        self._first: deque[threading.Event] = deque()
        self._rest: deque[threading.Event] = deque()

    def take(self, seconds: float, *, first: bool = False) -> bool:
        """Waits for it; False when it was not free in time."""
        with self._inside:
            if not self._held:
                self._held = True
                return True
            mine, line = threading.Event(), self._first if first else self._rest
            line.append(mine)
        if mine.wait(seconds):
            return True
        with self._inside:
            if mine.is_set():  # handed over in this very moment
                return True
            line.remove(mine)
            return False

    def give(self) -> None:
        """To the next in line."""
        with self._inside:
            line = self._first or self._rest
            if line:
                line.popleft().set()
            else:
                self._held = False


class OneWriter(Database):
    """The same database. SQLite lets waiting writers sleep and try again, so that some starve under load;
    a pen in the process is handed on at once. PostgreSQL needs none."""

    def __init__(self, url: str, *, on_disk: bool = True) -> None:
        super().__init__(url, on_disk=on_disk)
        self._pen = Pen() if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One transaction, as in Database; raises SQLAlchemy's TimeoutError after `LONGEST_WAIT` seconds in line."""
        with self._with_pen(LONGEST_WAIT, first=False) as session:
            yield session

    @contextmanager
    def intake(self) -> Iterator[Session]:
        """The same for what has just come in: it goes before all other writers, and waits `INTAKE_WAIT` at most."""
        with self._with_pen(INTAKE_WAIT, first=True) as session:
            yield session

    @contextmanager
    def _with_pen(self, longest: float, *, first: bool) -> Iterator[Session]:
        if self._pen is None:
            with self.begun(longest) as session:
                yield session
            return
        start = time.monotonic()
        if not self._pen.take(longest, first=first):
            raise WaitedTooLong("The database is busy.")
        try:
            # The wait is one for both lines: the one in here, and SQLite's own for other processes.
            with self.begun(max(0.1, longest - (time.monotonic() - start))) as session:
                yield session
        finally:
            self._pen.give()
