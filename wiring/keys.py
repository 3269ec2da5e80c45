"""`acs keys rotate`: the database and the bot's book under the new secret, while the line works."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.seal import Seal
from store.db import Database
from store.rekey import rekey
from wiring.secrets import key_for, the_secrets
from wiring.settings import Settings

BATCH = 200
SEALED = {"event": ("event_pii", ("conversation", "place")), "turn": ("answer_pii", ("id",))}
"""Table of the bot's book -> the sealed column and its key."""


def rotate(settings: Settings, database: Database, tell: Callable[[str, int], None]) -> dict[str, int]:
    """Everything sealed with ACS_SECRET_OLD is sealed with ACS_SECRET; rows by table. May be run again at any time."""
    counts = rekey(database, tell)
    if settings.bot_store.exists():
        keys = [key_for(secret, "bot") for secret in the_secrets(settings)]
        changed = rotate_book(settings.bot_store, Seal(*keys[:2]))
        tell("bot", changed)
        counts["bot"] = changed
    return counts


def rotate_book(file: Path, seal: Seal) -> int:
    """The bot's book under the newest secret; rows rewritten."""
    count = 0
    with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as book:
        book.execute("PRAGMA secure_delete=ON")
        for table, (column, key) in SEALED.items():
            names = ", ".join(key)
            rows = book.execute(f"SELECT {names} FROM {table}").fetchall()  # noqa: S608 (our own names)
            same = " AND ".join(f"{one} = ?" for one in key)
            for at in range(0, len(rows), BATCH):
                book.execute("BEGIN IMMEDIATE")
                for row in rows[at : at + BATCH]:
                    found = book.execute(f"SELECT {column} FROM {table} WHERE {same}", row).fetchone()  # noqa: S608
                    if found:
                        book.execute(
                            f"UPDATE {table} SET {column} = ? WHERE {same}",  # noqa: S608
                            (seal.again(found[0]), *row),
                        )
                        count += 1
                book.execute("COMMIT")
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count
