"""The append-only book of every conversation: its events and the answer to each turn, in one SQLite file."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from bot.seal import Seal

TABLES = """
CREATE TABLE IF NOT EXISTS event (conversation TEXT NOT NULL, place INTEGER NOT NULL, event_pii TEXT NOT NULL,
    PRIMARY KEY (conversation, place)) WITHOUT ROWID;  -- a row holds the events of one turn, from `place` on
CREATE TABLE IF NOT EXISTS turn (id TEXT PRIMARY KEY, conversation TEXT NOT NULL, at REAL NOT NULL,
    answer_pii TEXT NOT NULL, listen TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS turns_of ON turn (conversation, at);
CREATE TABLE IF NOT EXISTS start (conversation TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
"""
Turn = Tuple[str, Dict[str, Any]]  # (turn id, the answer that went out)


class LedgerError(RuntimeError):
    """The book could not be read or written. The turn must fail loudly; nothing may be forgotten."""


class Ledger:
    """One connection, used from one thread. Every write is on disk before it returns."""

    def __init__(self, path: str, seal: Optional[Seal] = None) -> None:
        self._seal = seal or Seal()
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, timeout=1.0, isolation_level=None)
            self._db.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;" + TABLES
            )
        except sqlite3.Error as error:
            raise LedgerError(f"cannot open the bot's ledger: {error}") from error
        if path != ":memory:":
            Path(path).chmod(0o600)

    def _run(self, sql: str, values: Tuple[Any, ...] = ()) -> List[Tuple[Any, ...]]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise LedgerError(f"the bot's ledger failed: {error}") from error

    def events(self, conversation: str) -> Tuple[int, List[Dict[str, Any]]]:
        """Events since the last fresh start, and the place of the first of them."""
        found = self._run("SELECT place FROM start WHERE conversation = ?", (conversation,))
        first = found[0][0] if found else 0
        rows = self._run(
            "SELECT event_pii FROM event WHERE conversation = ? AND place >= ? ORDER BY place",
            (conversation, first),
        )
        return first, [event for row in rows for event in self._opened(row[0])]

    def _opened(self, sealed: str) -> List[Dict[str, Any]]:
        """The events of one row; a row of an older book holds a single one."""
        found = self._seal.open(sealed)
        return found if isinstance(found, list) else [found]

    def append(
        self,
        conversation: str,
        place: int,
        events: List[Dict[str, Any]],
        start: Optional[int] = None,
        turn: Optional[Turn] = None,
    ) -> None:
        """Writes events from `place` on, a new start, and the turn's answer: all of it or nothing."""
        if not (events or turn):
            return
        self._run("BEGIN IMMEDIATE")
        try:
            if events:
                self._run(
                    "INSERT INTO event VALUES (?, ?, ?)", (conversation, place, self._seal.close(events))
                )
            if start is not None:
                self._run("INSERT OR REPLACE INTO start VALUES (?, ?)", (conversation, start))
            if turn is not None:
                listen = turn[1]["answer"]["listen"]
                self._run(
                    "INSERT INTO turn VALUES (?, ?, ?, ?, ?)",
                    (turn[0], conversation, time.time(), self._seal.close(turn[1]), listen),
                )
            self._run("COMMIT")
        except BaseException:
            self._db.rollback()
            raise

    def answer(self, turn: str) -> Optional[Tuple[str, Dict[str, Any]]]:
        """(conversation, answer) of a turn that was already handled."""
        rows = self._run("SELECT conversation, answer_pii FROM turn WHERE id = ?", (turn,))
        return (rows[0][0], self._seal.open(rows[0][1])) if rows else None

    def listening(self, conversation: str) -> Optional[str]:
        """What the last answer asked for: amount, yes_no, day, date, notice, or nothing."""
        rows = self._run(
            "SELECT listen FROM turn WHERE conversation = ? ORDER BY at DESC LIMIT 1", (conversation,)
        )
        return rows[0][0] if rows else None

    def forget(self, older_than_days: float) -> int:
        """Removes conversations whose last turn is older than this; gives how many. The case file keeps its own."""
        limit = time.time() - older_than_days * 86400
        old = [
            row[0]
            for row in self._run("SELECT conversation FROM turn GROUP BY 1 HAVING MAX(at) < ?", (limit,))
        ]
        for conversation in old:
            self.drop(conversation)
        return len(old)

    def drop(self, conversation: str) -> None:
        """Removes all of one conversation."""
        for table in ("event", "start", "turn"):
            self._run(f"DELETE FROM {table} WHERE conversation = ?", (conversation,))  # noqa: S608 (our own names)

    def close(self) -> None:
        self._db.close()
