"""A new secret: everything sealed under an older one is sealed anew, a few rows at a time, while the line works.

It may be stopped and started again at any point: a value tells by itself which key it was made with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, select, text, tuple_

from store.audit import AuditStore
from store.crypto import blind_index, key_id_of, newest_key_id, seal, unseal
from store.db import Database
from store.raw import resting_tables, sealed_columns

BATCH = 200
"""Rows of one transaction; writers wait no longer than it takes to seal these."""
INDEXES = {
    "taxpayers": ("tin_index", "tin", "tin"),
    "conversations": ("phone_index", "phone", "phone"),
    "reminders": ("phone_index", "phone", "phone"),
    "opt_outs": ("phone_index", "phone", "phone"),
}
"""table -> the index, the sealed column it follows from, and its purpose."""
NOT_FOLLOWED = {("probes", "tin_index"), ("probes", "caller_index")}
"""Indexes of what is kept nowhere: they matter for a day, and are found with the older secret until then."""


def rekey(database: Database, progress: Callable[[str, int], None] | None = None) -> dict[str, int]:
    """Seals with the newest key what another key sealed; table -> rows changed. Raises CannotDecrypt."""
    changed: dict[str, int] = {}
    for table in resting_tables():
        if table.name in sealed_columns():
            changed[table.name] = _rekey_table(database, table)
            if progress and changed[table.name]:
                progress(table.name, changed[table.name])
    with database.work() as session:
        if any(changed.values()) or AuditStore(session).has_older_keys():
            AuditStore(session).seal_again()
    return {name: count for name, count in changed.items() if count}


def _rekey_table(database: Database, table: Table) -> int:
    keys, last, changed = list(table.primary_key.columns), None, 0
    while True:
        with database.work() as session:
            connection = session.connection()
            query = select(table).order_by(*keys).limit(BATCH).with_for_update()
            if last is not None:
                query = query.where(tuple_(*keys) > tuple_(*last))
            rows = connection.execute(query).mappings().all()
            changed += sum(_rekey_row(connection, table, dict(row)) for row in rows)
        if len(rows) < BATCH:
            return changed
        last = [rows[-1][key.name] for key in keys]


def _rekey_row(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    names = sealed_columns()[table.name]
    old = [one for one in names if row[one] is not None and key_id_of(bytes(row[one])) != newest_key_id()]
    if not old:
        return False
    new: dict[str, Any] = {one: seal(names[one], unseal(names[one], bytes(row[one]))) for one in old}
    if table.name in INDEXES:
        index, source, purpose = INDEXES[table.name]
        if row[source] is not None:
            new[index] = blind_index(purpose, unseal(names[source], bytes(row[source])))
    same = [column == row[column.name] for column in table.primary_key.columns]
    connection.execute(table.update().where(*same).values(**new))
    return True


def is_sqlite(database: Database) -> bool:
    """Whether it is the embedded database."""
    return database.engine.dialect.name == "sqlite"


def scrub(database: Database) -> None:
    """Takes what was deleted off the disk too, as far as the database can: free pages and the write-ahead log."""
    if is_sqlite(database):
        with database.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM"))
