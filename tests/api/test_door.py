"""Who comes together is kept together, in order; one who fails takes nobody along; nobody stands there for ever."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from api import door
from store.conversations import Conversations
from store.inbox import Inbox
from store.one_writer import OneWriter

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


class House:
    """A door with somebody behind it who can be held up."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.db = OneWriter(f"sqlite:///{file}")
        self.door = door.Door(self.db)
        self.commits = 0
        with self.db.work() as session:
            self.conversation = Conversations(session).open("sms", "en", NOW, phone="+15125550100").id
        event.listen(self.db.engine, "commit", self._counted)

    def _counted(self, _connection: Any) -> None:
        self.commits += 1

    def keeps(self, name: str) -> Callable[[Any], int]:
        return lambda session: Inbox(session).accept("sms", name, self.conversation, "text", {}, NOW)[0]

    def kept(self) -> list[str]:
        """As another process sees it."""
        with sqlite3.connect(self.file) as look:
            return [one for (one,) in look.execute("SELECT external_id FROM inbound ORDER BY seq")]

    async def together(self, *works: Callable[[Any], Any]) -> list[Any]:
        """All of them knock while the door is held, so that they are taken in at once."""
        gate = threading.Event()
        first = asyncio.ensure_future(self.door.take_in(lambda _: gate.wait(10)))
        await asyncio.sleep(0.1)
        others = [asyncio.ensure_future(self.door.take_in(one)) for one in works]
        await asyncio.sleep(0.1)
        self.commits = 0
        gate.set()
        await first
        return await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture
def house(tmp_path: Path, empty_sqlite: Path) -> Iterator[House]:
    file = tmp_path / "door.sqlite"
    file.write_bytes(empty_sqlite.read_bytes())
    made = House(file)
    yield made
    made.door.close()
    made.db.engine.dispose()


def fails(session: Any) -> None:
    raise LookupError("not this one")


def test_many_share_one_commit_and_keep_their_order(house: House) -> None:
    names = [f"SM{at}" for at in range(20)]
    seqs = asyncio.run(house.together(*map(house.keeps, names)))
    assert seqs == sorted(seqs)
    assert house.kept() == names
    assert house.commits == 2  # that of the one who held the door, and one for all


def test_one_who_fails_takes_nobody_along_and_leaves_nothing(house: House) -> None:
    def begins_and_fails(session: Any) -> None:
        house.keeps("half")(session)
        fails(session)

    found = asyncio.run(house.together(house.keeps("one"), begins_and_fails, house.keeps("two")))
    assert isinstance(found[1], LookupError)
    assert house.kept() == ["one", "two"]


def test_alone_one_hears_why_it_failed(house: House) -> None:
    with pytest.raises(LookupError):
        asyncio.run(house.door.take_in(fails))
    assert house.kept() == []


def test_the_same_name_twice_at_once_is_kept_once(house: House) -> None:
    found = asyncio.run(house.together(house.keeps("SM1"), house.keeps("SM1")))
    assert found[0] == found[1]
    assert house.kept() == ["SM1"]


def test_whoever_has_stood_there_too_long_is_sent_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LONGEST", 0.05)
    found = asyncio.run(house.together(house.keeps("late")))
    assert isinstance(found[0], WaitedTooLong)
    assert house.kept() == []


def test_without_the_database_everybody_is_told(house: House) -> None:
    with sqlite3.connect(house.file, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        found = asyncio.run(asyncio.wait_for(both(house), 8))
        other.execute("ROLLBACK")
    assert all(isinstance(one, Exception) for one in found)
    assert house.kept() == []


async def both(house: House) -> list[Any]:
    knocks = [house.door.take_in(house.keeps(name)) for name in ("SM1", "SM2")]
    return await asyncio.gather(*knocks, return_exceptions=True)
