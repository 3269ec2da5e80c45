"""The database: SQLite in WAL mode with full sync when nothing is set up, PostgreSQL by DATABASE_URL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

LONGEST_WAIT = 3.0
"""Seconds a writer waits for the others before it gives up."""
LOOKS_AGAIN = 0.002


def make_engine(url: str, *, on_disk: bool = True) -> Engine:
    """An engine for `url`; what is committed is on disk (SQLite synchronous FULL, PostgreSQL default).

    Without `on_disk` a commit is whole and seen by all, and survives the end of the process, but it is on disk only
    with the next commit of somebody who waits for the disk: both databases write one log, in order.
    """
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return _sqlite(url, parts.database, on_disk)
    if parts.drivername in ("postgres", "postgresql"):
        parts = parts.set(drivername="postgresql+psycopg")
    # Options that stand in the URL (a search_path, say) come last, so they win.
    waits = "-c statement_timeout=5000 -c lock_timeout=3000" + (
        "" if on_disk else " -c synchronous_commit=off"
    )
    options = f"{waits} {parts.query.get('options', '')}".strip()
    connect = {"options": options, "connect_timeout": 3}
    return create_engine(
        parts, hide_parameters=True, pool_pre_ping=True, pool_size=10, pool_timeout=3, connect_args=connect
    )


def _sqlite(url: str, file: str | None, on_disk: bool) -> Engine:
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        # Nobody else on the machine reads it, not even what is sealed.
        Path(file).touch(mode=0o600)
    in_a_file = bool(file and file != ":memory:")
    pool = {"pool_size": 20, "max_overflow": 40, "pool_timeout": 3} if in_a_file else {}
    connect = {"timeout": 3, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, connect_args=connect, **pool)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        synchronous = "FULL" if on_disk else "NORMAL"
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "busy_timeout=3000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _take_the_pen(connection: Any) -> None:
        # A transaction that starts by reading and then writes could fail with "database is locked"
        # at once, whatever the timeout; taking the write lock first makes it wait its turn.
        options = connection.get_execution_options()
        if options.get("sqlite_begin") == "DEFERRED":
            connection.exec_driver_sql("BEGIN DEFERRED")
        else:
            _begin_writing(connection, options.get("sqlite_wait", LONGEST_WAIT))

    return engine


def _begin_writing(connection: Any, longest: float) -> None:
    """Asks for the write lock every few milliseconds. SQLite's own waiting sleeps up to a tenth of a second
    between two looks, so that with several processes writing an acknowledgement could miss its turn for long."""
    raw, end = connection.connection.dbapi_connection, time.monotonic() + longest
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < end:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as busy:
                if "locked" not in str(busy):
                    break
            time.sleep(LOOKS_AGAIN)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        raw.execute("PRAGMA busy_timeout=3000")


class Database:
    """Opens units of work on one engine."""

    def __init__(self, url: str, *, on_disk: bool = True) -> None:
        self.engine = make_engine(url, on_disk=on_disk)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One transaction: everything in it is kept together or not at all."""
        with self.begun(LONGEST_WAIT) as session:
            yield session

    @contextmanager
    def intake(self) -> Iterator[Session]:
        """The same for what has just come in, where that can go first."""
        with self.work() as session:
            yield session

    @contextmanager
    def begun(self, longest: float) -> Iterator[Session]:
        """A transaction that has begun; on SQLite it waited `longest` seconds for other processes at most."""
        with self._sessions() as session, session.begin():
            session.connection(execution_options={"sqlite_wait": longest})
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads; on SQLite it never waits for a writer."""
        with self._sessions() as session:
            session.connection(execution_options={"sqlite_begin": "DEFERRED"})
            yield session
