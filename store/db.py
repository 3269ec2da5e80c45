"""The database: SQLite in WAL mode with full sync when nothing is set up, PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker


def make_engine(url: str) -> Engine:
    """An engine for `url`; acknowledged work is on disk (SQLite synchronous FULL, PostgreSQL default)."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return _sqlite(url, parts.database)
    if parts.drivername in ("postgres", "postgresql"):
        parts = parts.set(drivername="postgresql+psycopg")
    # Options that stand in the URL (a search_path, say) come last, so they win.
    options = f"-c statement_timeout=5000 -c lock_timeout=3000 {parts.query.get('options', '')}".strip()
    connect = {"options": options, "connect_timeout": 3}
    return create_engine(parts, hide_parameters=True, pool_pre_ping=True, pool_size=10, connect_args=connect)


def _sqlite(url: str, file: str | None) -> Engine:
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        # Nobody else on the machine reads it, not even what is sealed.
        Path(file).touch(mode=0o600)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 3, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=3000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _take_the_pen(connection: Any) -> None:
        # A transaction that starts by reading and then writes could fail with "database is locked"
        # at once, whatever the timeout; taking the write lock first makes it wait its turn.
        mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


class Database:
    """Opens units of work on one engine."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One transaction: everything in it is kept together or not at all."""
        with self._sessions() as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads; on SQLite it never waits for a writer."""
        with self._sessions() as session:
            session.connection(execution_options={"sqlite_begin": "DEFERRED"})
            yield session
