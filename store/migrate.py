"""Brings the tables up to date at start: one process at a time, all of it or nothing."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from store.db import Database, make_engine
from store.errors import NewerSchema

HERE = Path(__file__).resolve().parent / "migrations"
LOCK = 4_072_026  # any number, as long as nothing else of ours locks it


def upgrade(database: Database) -> str:
    """Upgrades to the newest schema, returns its revision. Raises NewerSchema rather than touch a newer one.

    Processes that start together wait: for an advisory lock on PostgreSQL, the write lock on SQLite.
    """
    with database.engine.connect() as connection, connection.begin():
        _alone(connection)
        known = _refuse_newer(connection)
        command.upgrade(_config(connection), "head")
    return known


def current(database: Database) -> str | None:
    """The revision the database is at, None if it has no tables yet."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str | None) -> bool:
    """Whether this version can read a database of this revision."""
    scripts = ScriptDirectory(str(HERE))
    return revision in {one.revision for one in scripts.walk_revisions()}


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _refuse_newer(connection: Connection) -> str:
    scripts = ScriptDirectory.from_config(_config(connection))
    known = {one.revision for one in scripts.walk_revisions()}
    at = MigrationContext.configure(connection).get_current_revision()
    if at is not None and at not in known:
        raise NewerSchema(f"The database is at schema {at}, which this version does not know.")
    head = scripts.get_current_head()
    if head is None:
        raise RuntimeError("There are no migrations; the installation is not complete.")
    return head


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def new_migration(message: str, revision: str) -> None:
    """For developers: writes the migration from what is there to what the tables say; read it before use."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/empty.sqlite")
        with engine.connect() as connection, connection.begin():
            if any(HERE.glob("versions/*.py")):
                command.upgrade(_config(connection), "head")
            command.revision(_config(connection), message, autogenerate=True, rev_id=revision)
        engine.dispose()


if __name__ == "__main__":
    new_migration(sys.argv[2], sys.argv[1])
