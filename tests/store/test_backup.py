"""A backup made while the line works comes back whole, into either kind of database, or not at all (D8)."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.ledger import Ledger
from store.crypto import use_secret
from store.db import Database
from store.errors import BadBackup, NewerSchema, NotEmpty
from store.migrate import upgrade
from store.tables.cases import TaxpayerRow
from store.tables.conversations import Conversation, Message
from tests.store.filled import counts, fill, whole
from wiring.backup import bring_back, put_back, save
from wiring.settings import Settings


@pytest.fixture(autouse=True)
def _secret_again(secret):
    yield
    use_secret(secret)


def settings_at(folder: Path) -> Settings:
    folder.mkdir(exist_ok=True)
    return Settings(
        _env_file=None, database_url=f"sqlite:///{folder / 'line.sqlite'}", bot_store=folder / "bot.sqlite"
    )


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A line with a database and a book of its own."""
    monkeypatch.setenv("ACS_BOT_SECRET", "a secret for the book of tests")
    made = settings_at(tmp_path / "home")
    database = Database(made.database_url)
    upgrade(database)
    fill(database)
    book = Ledger(str(made.bot_store))
    book.append("c1", 0, [{"event": "user", "text": "marzipan"}], 0, ("t1", {"answer": {"listen": None}}))
    book.close()
    yield made, database
    database.engine.dispose()


def test_all_comes_back_and_the_audit_trail_is_whole(home, tmp_path):
    made, database = home
    save(made, database, tmp_path / "b.acs")
    there = settings_at(tmp_path / "there")
    bring_back(there, tmp_path / "b.acs", replace=False)
    again = Database(there.database_url)
    assert counts(again) == counts(database)
    assert whole(again)
    with again.read() as session:
        row = session.get(TaxpayerRow, "T-Z")
        assert (row.name["last"], row.tin) == ("Quillfeather", "900-81-7263")
        assert [one.text for one in session.scalars(select(Message).order_by(Message.seq))][
            1
        ] == "You owe $48,913.27."
    assert Ledger(str(there.bot_store)).events("c1")[1] == [{"event": "user", "text": "marzipan"}]
    again.engine.dispose()


def test_it_moves_from_sqlite_to_postgresql_and_goes_on_counting(home, tmp_path, database):
    made, source = home
    save(made, source, tmp_path / "b.acs")
    from store import backup

    backup.restore(database, backup.read_backup(tmp_path / "b.acs"), replace=False, others=lambda *_: None)
    assert counts(database) == counts(source)
    assert whole(database)
    assert fill(
        database, id="T-Y", tin="900-81-7264", phone="+15125550178", digits="b"
    )  # new numbers do not collide
    with database.read() as session:
        assert session.get(TaxpayerRow, "T-Z").date_of_birth.isoformat() == "1957-08-23"
        assert session.scalars(select(Conversation)).first().opened_at.tzinfo is not None


def test_what_is_sealed_stays_sealed_in_the_file(home, tmp_path):
    made, database = home
    save(made, database, tmp_path / "b.acs")
    content = gzip.decompress((tmp_path / "b.acs").read_bytes())
    for private in (
        b"Quillfeather",
        b"900-81-7263",
        b"900817263",
        b"Marzipan",
        b"marzipan",
        b"1957-08-23",
        b"5550177",
    ):
        assert private not in content
    assert (tmp_path / "b.acs").stat().st_mode & 0o077 == 0


def test_what_a_restore_replaces_is_kept_beside_it(home, tmp_path):
    made, database = home
    save(made, database, tmp_path / "b.acs")
    fill(database, id="T-Y", tin="900-81-7264", phone="+15125550178", digits="b")
    _, kept = put_back(made, tmp_path / "b.acs", keep=True)
    assert counts(database)["taxpayers"] == 1
    _, before = put_back(made, kept, keep=True)
    assert counts(database)["taxpayers"] == 2
    assert before.exists()
    assert put_back(made, tmp_path / "b.acs", keep=False)[1] is None
    assert whole(database)


def test_nothing_is_overwritten_unless_it_is_said(home, tmp_path):
    made, database = home
    save(made, database, tmp_path / "b.acs")
    fill(database, id="T-Y", tin="900-81-7264", phone="+15125550178", digits="b")
    with pytest.raises(NotEmpty, match="--replace"):
        bring_back(made, tmp_path / "b.acs", replace=False)
    assert counts(database)["taxpayers"] == 2
    bring_back(made, tmp_path / "b.acs", replace=True)
    assert counts(database)["taxpayers"] == 1
    assert whole(database)


def bytes_cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def line_left_out(content: bytes) -> bytes:
    lines = gzip.decompress(content).splitlines(keepends=True)
    return gzip.compress(b"".join(lines[:3] + lines[4:]))


def last_line_left_out(content: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(content).splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize(
    "harm", [bytes_cut, line_left_out, last_line_left_out, lambda _: b"hello", lambda _: b""]
)
def test_a_file_that_is_not_whole_changes_nothing(home, tmp_path, harm):
    made, database = home
    save(made, database, tmp_path / "b.acs")
    (tmp_path / "b.acs").write_bytes(harm((tmp_path / "b.acs").read_bytes()))
    before = counts(database)
    with pytest.raises(BadBackup):
        bring_back(made, tmp_path / "b.acs", replace=True)
    assert counts(database) == before


def test_another_secret_and_a_newer_schema_are_told(home, tmp_path, monkeypatch):
    made, database = home
    save(made, database, tmp_path / "b.acs")
    use_secret("quite another secret than before")
    with pytest.raises(BadBackup, match="another ACS_SECRET"):
        bring_back(settings_at(tmp_path / "there"), tmp_path / "b.acs", replace=False)
    use_secret("quite another secret than before", "a secret for tests only")
    bring_back(settings_at(tmp_path / "there"), tmp_path / "b.acs", replace=False)
    use_secret("a secret for tests only")
    with database.work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    save(made, database, tmp_path / "newer.acs")
    with pytest.raises(NewerSchema, match="9999"):
        bring_back(settings_at(tmp_path / "third"), tmp_path / "newer.acs", replace=False)


def test_the_drill_a_backup_while_it_writes(home, tmp_path):
    """Writers go on through the backup; what comes back is one moment, with all that was acknowledged before it."""
    made, database = home
    stop, acked, problems = threading.Event(), [], []

    def write(number):
        at = 0
        while not stop.is_set():
            try:
                name = f"{number}x{at}"
                fill(
                    database,
                    id=f"T-{name}",
                    tin=f"9{number}0-70-{at:04d}",
                    phone=f"+1512{number}55{at:04d}",
                    digits=name,
                )
                acked.append((time.monotonic(), f"T-{name}"))
            except Exception as problem:
                problems.append(problem)
            at += 1

    writers = [threading.Thread(target=write, args=(n,)) for n in (1, 2)]
    for one in writers:
        one.start()
    time.sleep(1.0)
    begun = time.monotonic()
    save(made, database, tmp_path / "b.acs")
    time.sleep(0.2)
    stop.set()
    for one in writers:
        one.join()
    assert problems == []
    restore_begun = time.monotonic()
    there = settings_at(tmp_path / "there")
    bring_back(there, tmp_path / "b.acs", replace=False)
    took = time.monotonic() - restore_begun
    again = Database(there.database_url)
    found = counts(again)
    with again.read() as session:
        kept = set(session.scalars(select(TaxpayerRow.id)))
    before = {name for at, name in acked if at < begun}
    assert before
    assert before <= kept, "something acknowledged before the backup is not in it"
    assert found["conversations"] == found["audit"] == found["drafts"] == found["messages"] // 2
    assert whole(again)
    assert took < 300
    again.engine.dispose()


def test_an_open_transaction_of_the_wal_is_in_it_once_committed_and_a_copy_of_the_file_alone_would_miss_it(
    home, tmp_path
):
    made, database = home
    save(made, database, tmp_path / "b.acs")
    alone = tmp_path / "alone.sqlite"
    shutil.copy(made.database_url.removeprefix("sqlite:///"), alone)  # without the -wal beside it
    tables = sqlite3.connect(alone).execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    in_copy = sqlite3.connect(alone).execute("SELECT count(*) FROM audit").fetchone()[0] if tables else 0
    lines = [json.loads(line) for line in gzip.decompress((tmp_path / "b.acs").read_bytes()).splitlines()]
    in_backup = sum(1 for line in lines if isinstance(line, list) and line[0] == "audit")
    assert in_backup == 1
    assert in_copy < in_backup
