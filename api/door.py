"""What comes in is kept by a thread of its own, as much as waits in one commit, and acknowledged only then."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.exc import TimeoutError as WaitedTooLong
from sqlalchemy.orm import Session

from api.metrics import DOOR_WAIT
from store.db import Database

T = TypeVar("T")
MOST_TOGETHER = 32
LONGEST = 2.0
"""Seconds somebody may have stood here before being sent away: Twilio, and a browser, can come again."""


@dataclass
class _Knock:
    work: Callable[[Session], Any]
    told: Future[Any] = field(default_factory=Future)
    at: float = field(default_factory=time.monotonic)


class _WorkFailed(Exception):
    """One of those who came together; the others are not to suffer for it."""

    def __init__(self, why: Exception) -> None:
        self.why = why


_Outcome = tuple[Any, Exception | None]


class Door:
    """One for each process. A commit waits for the disk; a rush shares it instead of standing in line for it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._knocks: queue.SimpleQueue[_Knock | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._over = False

    async def take_in(self, work: Callable[[Session], T]) -> T:
        """Does it in a transaction that is on disk when this returns. Raises what the work or the database raised.

        `work` shares its transaction with others: it must not commit, and a failure of its own undoes only its own.
        It may be run twice, so that all it does is in the session.
        """
        knock = _Knock(work)
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="door", daemon=True)
            self._thread.start()
        self._knocks.put(knock)
        found: T = await asyncio.shield(asyncio.wrap_future(knock.told))
        return found

    def close(self) -> None:
        """Whoever stands here is still taken in."""
        if self._thread is not None:
            self._knocks.put(None)
            self._thread.join(5)
            self._thread, self._over = None, False

    def _serve(self) -> None:
        while True:
            first = self._knocks.get()
            if first is None:
                return
            together = [first, *self._others()]
            self._take(together)
            if self._over:
                return

    def _others(self) -> list[_Knock]:
        found: list[_Knock] = []
        while len(found) < MOST_TOGETHER - 1:
            try:
                one = self._knocks.get_nowait()
            except queue.Empty:
                break
            if one is None:
                self._over = True
                break
            found.append(one)
        return found

    def _take(self, together: list[_Knock]) -> None:
        now = time.monotonic()
        late = [one for one in together if now - one.at > LONGEST]
        here = [one for one in together if now - one.at <= LONGEST]
        for one in late:
            one.told.set_exception(WaitedTooLong("Too many at the door."))
        if not here:
            return
        try:
            results = self._kept(here)
        except Exception as trouble:
            for one in here:
                one.told.set_exception(trouble)
            return
        for one, (result, failure) in zip(here, results, strict=True):
            DOOR_WAIT.observe(time.monotonic() - one.at)
            if failure is None:
                one.told.set_result(result)
            else:
                one.told.set_exception(failure)

    def _kept(self, here: list[_Knock]) -> list[_Outcome]:
        """All in one transaction. Where the work of one fails all is undone, and done again each by itself."""
        try:
            with self._db.intake() as session:
                return [(_worked(session, one), None) for one in here]
        except _WorkFailed as failed:
            if len(here) == 1:
                return [(None, failed.why)]
        with self._db.intake() as session:
            return [_apart(session, one.work) for one in here]


def _worked(session: Session, one: _Knock) -> Any:
    try:
        return one.work(session)
    except Exception as why:
        raise _WorkFailed(why) from why


def _apart(session: Session, work: Callable[[Session], Any]) -> _Outcome:
    try:
        with session.begin_nested():
            return work(session), None
    except Exception as failure:
        return None, failure
