"""A new secret: everything opens and is found before, during and after; stopped anywhere, it goes on."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

import store.rekey
from bot.ledger import Ledger
from bot.seal import Seal, SealError
from store.audit import AuditStore
from store.base import Base
from store.cases import CaseStore, import_cases
from store.conversations import Conversations
from store.crypto import Sealed, key_id_of, newest_key_id, use_secret
from store.errors import CannotDecrypt, NotWhole
from store.opt_outs import OptOuts
from store.probes import Probes
from store.raw import resting_tables, sealed_columns
from store.rekey import INDEXES, NOT_FOLLOWED, rekey
from store.tables.audit import AuditRow
from store.tables.conversations import Message
from tests.store.filled import CASE, NOW, fill, whole
from wiring.keys import rotate_book

OLD, NEW = "a secret for tests only", "a newer secret than that one"


@pytest.fixture(autouse=True)
def _secret_again(secret):
    use_secret(OLD)
    yield
    use_secret(secret)


@pytest.fixture
def sealed(database):
    fill(database)
    return database


def key_ids(database):
    found = set()
    with database.read() as session:
        for table in resting_tables():
            for column in sealed_columns().get(table.name, ()):
                query = select(table.c[column]).where(table.c[column].is_not(None))
                found |= {key_id_of(bytes(value)) for value in session.scalars(query)}
    return found


def all_is_found(database):
    with database.read() as session:
        assert CaseStore(session).find_by_tin("900-81-7263") == ["T-Z"]
        assert CaseStore(session).get("T-Z").name.last == "Quillfeather"
        assert Conversations(session).by_phone("(512) 555-0177", "sms", NOW) is not None
        assert OptOuts(session).has("+15125550100")
        assert [one.text for one in session.scalars(select(Message))]
    assert whole(database)


def test_with_the_new_secret_alone_all_opens_and_is_found(sealed):
    use_secret(NEW, OLD)
    all_is_found(sealed)
    assert rekey(sealed)["taxpayers"] == 1
    assert key_ids(sealed) == {newest_key_id()}
    all_is_found(sealed)
    use_secret(NEW)
    all_is_found(sealed)
    use_secret(OLD)
    with sealed.read() as session, pytest.raises(CannotDecrypt):
        CaseStore(session).get("T-Z")


def test_a_second_time_changes_nothing(sealed):
    use_secret(NEW, OLD)
    rekey(sealed)
    assert rekey(sealed) == {}


def test_stopped_half_way_it_goes_on(sealed, monkeypatch):
    fill(sealed, id="T-Y", tin="900-81-7264", phone="+15125550178", digits="b")
    use_secret(NEW, OLD)
    monkeypatch.setattr(store.rekey, "BATCH", 1)
    row, done = store.rekey._rekey_row, []

    def breaks(*args):
        if len(done) == 7:
            raise KeyboardInterrupt
        done.append(args)
        return row(*args)

    monkeypatch.setattr(store.rekey, "_rekey_row", breaks)
    with pytest.raises(KeyboardInterrupt):
        rekey(sealed)
    assert len(key_ids(sealed)) == 2
    all_is_found(sealed)
    monkeypatch.setattr(store.rekey, "_rekey_row", row)
    rekey(sealed)
    use_secret(NEW)
    assert key_ids(sealed) == {newest_key_id()}
    all_is_found(sealed)


def test_what_was_counted_against_a_guesser_stays_counted_while_the_old_secret_is_known(sealed):
    use_secret(NEW, OLD)
    rekey(sealed)
    with sealed.read() as session:
        assert Probes(session).counts("c", "900-81-7263", "+15125550177", NOW)["on_number"] == 1
        assert Probes(session).counts("c", "900-81-7263", "+15125550177", NOW)["by_caller"] == 1


def test_a_case_file_that_came_in_before_is_not_taken_for_a_changed_one(sealed):
    from acs.casefile import loads

    use_secret(NEW, OLD)
    with sealed.work() as session:
        assert import_cases(session, loads(CASE.format(id="T-Z", tin="900-81-7263"))).unchanged == 1
    use_secret(NEW)
    rekey_with_old(sealed)
    with sealed.work() as session:
        assert import_cases(session, loads(CASE.format(id="T-Z", tin="900-81-7263"))).unchanged == 1


def rekey_with_old(database):
    use_secret(NEW, OLD)
    rekey(database)
    use_secret(NEW)


def test_a_broken_audit_trail_is_not_sealed_over(sealed):
    with sealed.work() as session:
        session.execute(update(AuditRow).values(actor="somebody else"))
    use_secret(NEW, OLD)
    with pytest.raises(NotWhole):
        rekey(sealed)
    with sealed.read() as session:
        assert AuditStore(session).first_broken() == 1


def test_every_index_made_with_a_key_is_known_to_the_rotation():
    known = {(table, index) for table, (index, _, _) in INDEXES.items()} | NOT_FOLLOWED
    found = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_index")
    }
    assert found == known
    for table, (_, source, _) in INDEXES.items():
        assert isinstance(Base.metadata.tables[table].c[source].type, Sealed)


def test_the_book_of_the_bot_too(tmp_path):
    file = tmp_path / "bot.sqlite"
    book = Ledger(str(file), Seal(OLD))
    book.append("c1", 0, [{"event": "user"}, {"event": "bot"}], 0, ("t1", {"answer": {"listen": None}}))
    book.close()
    assert Ledger(str(file), Seal(NEW, OLD)).events("c1")[1][0] == {"event": "user"}
    assert rotate_book(file, Seal(NEW, OLD)) == 2
    assert Ledger(str(file), Seal(NEW)).events("c1")[1] == [{"event": "user"}, {"event": "bot"}]
    assert Ledger(str(file), Seal(NEW)).answer("t1")
    with pytest.raises(SealError):
        Ledger(str(file), Seal(OLD)).events("c1")
