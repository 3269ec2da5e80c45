"""Requests happen once, drafts are kept, and the audit chain shows whatever was done to it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update

from desk.contact import Contact
from desk.ports import Request
from store.audit import AuditStore
from store.drafts import DraftStore
from store.requests import RequestStore
from store.tables.audit import AuditRow

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def wanted(key="k1", status="open"):
    return Request(
        key, "T-1", "c1", "payment_plan", status, NOON, {"monthly": {"kind": "money", "value": "200.00"}}
    )


def test_a_request_sent_twice_is_one(database):
    with database.work() as session:
        assert RequestStore(session).open(wanted()) == wanted()
        RequestStore(session).set_status("k1", "done")
    with database.work() as session:
        assert RequestStore(session).open(wanted()) == wanted(status="done")
        RequestStore(session).open(wanted("k2"))
        assert [one.key for one in RequestStore(session).of("T-1")] == ["k1", "k2"]
        assert RequestStore(session).of("T-2") == []


def test_a_request_sent_at_the_same_moment_is_one(database):
    start = threading.Barrier(4)

    def send(_):
        start.wait()
        with database.work() as session:
            return RequestStore(session).open(wanted())

    with ThreadPoolExecutor(4) as many:
        assert list(many.map(send, range(4))) == [wanted()] * 4


def test_a_draft_is_kept_replaced_and_dropped(database):
    for values in ({"monthly": "200.00"}, {"monthly": "250.00", "day": 15}, {}):
        with database.work() as session:
            DraftStore(session).put("c1", "plan", values)
        with database.work() as session:
            assert DraftStore(session).get("c1", "plan") == values
    with database.work() as session:
        DraftStore(session).drop("c1", "plan")
        DraftStore(session).drop("c1", "plan")
        assert DraftStore(session).get("c1", "plan") == {}


@pytest.fixture
def chain(database):
    contact = Contact(id="c1", channel="web", language="en", taxpayer="T-1")
    for what in (["balance"], ["deadline"], ["balance", "notice"], ["levy"]):
        with database.work() as session:
            AuditStore(session).disclosed(contact, what, "identity proved", NOON)
    return database


def broken(database):
    with database.read() as session:
        return AuditStore(session).first_broken()


def test_a_chain_left_alone_is_whole(chain):
    assert broken(chain) is None


@pytest.mark.parametrize(
    "change", [{"what": ["nothing"]}, {"taxpayer": "T-2"}, {"actor": "someone"}, {"ground": ""}]
)
def test_a_changed_row_shows(chain, change):
    with chain.work() as session:
        session.execute(update(AuditRow).where(AuditRow.seq == 2).values(**change))
    assert broken(chain) == 2


@pytest.mark.parametrize(("gone", "seen_at"), [(1, 1), (3, 3), (4, 4)])
def test_a_row_taken_out_shows_even_the_last(chain, gone, seen_at):
    with chain.work() as session:
        session.execute(delete(AuditRow).where(AuditRow.seq == gone))
    assert broken(chain) == seen_at


def test_many_writers_make_one_chain(database):
    start = threading.Barrier(4)

    def write(number):
        start.wait()
        for _ in range(5):
            with database.work() as session:
                AuditStore(session).record("card_viewed", f"agent {number}", NOON, taxpayer="T-1")

    with ThreadPoolExecutor(4) as many:
        list(many.map(write, range(4)))
    with database.read() as session:
        assert session.query(AuditRow).count() == 20
    assert broken(database) is None
