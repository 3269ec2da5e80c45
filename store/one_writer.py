"""Many turns at once on one SQLite file: writers of a process queue up here, in turn, instead of inside SQLite."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import TimeoutError as WaitedTooLong
from sqlalchemy.orm import Session

from store.db import Database

LONGEST_WAIT = 3.0


class OneWriter(Database):
    """The same database. SQLite lets waiting writers sleep and try again, so that some starve under load;
    a lock in the process is handed on at once. PostgreSQL needs none."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._pen = threading.Lock() if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One transaction, as in Database; raises SQLAlchemy's TimeoutError after `LONGEST_WAIT` seconds in line."""
        if self._pen is None:
            with super().work() as session:
                yield session
            return
        if not self._pen.acquire(timeout=LONGEST_WAIT):
            raise WaitedTooLong("The database is busy.")
        try:
            with super().work() as session:
                yield session
        finally:
            self._pen.release()
