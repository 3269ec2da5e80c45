"""`acs backup` and `acs restore`: the database and the bot's own book of conversations in one file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.ledger import Ledger
from store import backup
from store.audit import AuditStore
from store.db import Database
from store.errors import NotEmpty, NotWhole
from store.migrate import upgrade
from wiring.settings import Settings

BOOK = {"event": 3, "start": 2, "turn": 5}
"""The tables of the bot's book, and how many columns each has."""
MARK = "bot/"


def save(settings: Settings, database: Database, file: Path) -> dict[str, int]:
    """Writes both into `file`, sealed as they are, while the line works; rows by table. OSError if it cannot.

    The bot's book is read after the database: of a turn the book alone has, the answer is given again; a turn
    the database alone had would be forgotten by the bot.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    return backup.write_backup(file, database, datetime.now(UTC), lambda: _book_rows(settings.bot_store))


def bring_back(settings: Settings, file: Path, *, replace: bool) -> dict[str, int]:
    """Restores `file` into the database and the bot's book of the settings; rows by table.

    The file is read to its end first, and nothing is changed unless all of it fits. Raises BadBackup,
    NewerSchema, NotEmpty (without `replace`) or NotWhole (the audit trail in the file does not fit).
    """
    backup.check_backup(file)
    database = Database(settings.database_url)
    upgrade(database)
    with _book(settings.bot_store) as book:
        if not replace and book.execute("SELECT 1 FROM event LIMIT 1").fetchone():
            raise NotEmpty(f"The bot's book {settings.bot_store} is not empty.")
        book.execute("BEGIN IMMEDIATE")
        for table in BOOK:
            book.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)

        def to_book(name: str, values: list[Any]) -> None:
            table = name.removeprefix(MARK)
            book.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * BOOK[table])})", values)  # noqa: S608

        counts = backup.restore(database, backup.read_backup(file), replace=replace, others=to_book)
        book.execute("COMMIT")
    with database.read() as session:
        broken = AuditStore(session).first_broken()
    database.engine.dispose()
    if broken is not None:
        raise NotWhole(f"All is restored, but the audit trail does not fit from row {broken} on.")
    return counts


def put_back(settings: Settings, file: Path, *, keep: bool) -> tuple[dict[str, int], Path | None]:
    """Restores `file`, and with `keep` first saves what is there now beside it: rows by table, and that file."""
    if not keep:
        return bring_back(settings, file, replace=True), None
    try:
        return bring_back(settings, file, replace=False), None
    except NotEmpty:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        kept = file.with_name(f"{file.stem}-before-{stamp}{file.suffix}")
        database = Database(settings.database_url)
        save(settings, database, kept)
        database.engine.dispose()
        return bring_back(settings, file, replace=True), kept


@contextmanager
def _book(file: Path) -> Iterator[sqlite3.Connection]:
    Ledger(str(file)).close()  # it makes the tables
    with closing(sqlite3.connect(file, timeout=5, isolation_level=None)) as book:
        yield book


def _book_rows(file: Path) -> Iterator[tuple[str, list[Any]]]:
    if not file.exists():
        return
    with _book(file) as book:
        book.execute("BEGIN")
        for table in BOOK:
            for row in book.execute(f"SELECT * FROM {table}"):  # noqa: S608 (our own names)
                yield MARK + table, list(row)
        book.execute("ROLLBACK")
