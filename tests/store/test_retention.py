"""What is old goes with everything in it; a person can be erased; the audit trail says so and stays whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from store.base import Base
from store.conversations import Conversations
from store.errors import NoSuchTaxpayer, StillNeeded
from store.raw import resting_tables
from store.retention import (
    OF_A_CONVERSATION,
    STAYS,
    erase_conversation,
    erase_taxpayer,
    forget,
    old_conversations,
)
from store.tables.audit import AuditRow
from store.tables.conversations import Conversation
from tests.store.filled import NOW, counts, fill, whole

LATER = NOW + timedelta(days=400)
YEAR = timedelta(days=365)


def test_only_what_is_old_goes_and_all_of_it(database):
    old = fill(database)
    young = fill(database, id="T-Y", tin="900-81-7264", phone="+15125550178", digits="b", at=LATER)
    with database.work() as session:
        found = old_conversations(session, LATER - YEAR)
        assert found == [old]
        gone = forget(session, found, LATER, "older than 365 days")
        assert gone.rows["messages"] == 2
    left = counts(database)
    assert (left["conversations"], left["messages"], left["inbound"], left["voice_turns"]) == (1, 2, 1, 1)
    assert (left["taxpayers"], left["requests"], left["opt_outs"]) == (2, 2, 2)
    assert left["audit"] == 3
    assert whole(database)
    with database.read() as session:
        assert session.get(Conversation, young) is not None


def test_who_still_waits_is_not_forgotten(database):
    old = fill(database)
    with database.work() as session:
        _wait(session, old)
        assert old_conversations(session, LATER - YEAR) == []


def _wait(session, conversation):
    from store.tables.handoffs import HandoffRow

    session.add(
        HandoffRow(
            id="h1", handoff_key="k", conversation=conversation, open_conversation=conversation, channel="sms",
            language="en", queue="collection", priority=1, state="waiting", reason="r", card={}, transfer_pin="1",
            moves=[], draft_note="", opened_at=NOW, waiting_since=NOW, passed_by=[],
        )
    )  # fmt: skip
    session.flush()


def mentions(database, *words):
    """Tables in which a value, sealed or not, still has one of the words."""
    found = set()
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                if any(word in str(value) for word in words for value in row):
                    found.add(table.name)
    return found


def test_of_an_erased_taxpayer_only_the_audit_trail_and_the_opt_out_stay(database):
    fill(database)
    fill(database, id="T-Y", tin="900-81-7264", phone="+15125550178", digits="b")
    with database.work() as session:
        session.execute(
            update(Conversation).values(taxpayer=None)
        )  # identity lapsed; the audit trail still knows
        erase_taxpayer(session, "T-Z", LATER, "asked for in writing")
    assert mentions(database, "T-Z", "900-81-7263") == {"audit"}
    assert mentions(database, "T-Y") >= {"taxpayers", "requests"}
    assert counts(database)["conversations"] == 1
    assert whole(database)
    with database.read() as session:
        last = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
        assert (last.event, last.taxpayer, last.ground) == ("erased", "T-Z", "asked for in writing")


def test_one_conversation_can_be_erased(database):
    conversation = fill(database)
    with database.work() as session:
        erase_conversation(session, conversation, LATER, "asked for")
    left = counts(database)
    assert (left["conversations"], left["messages"], left["taxpayers"]) == (0, 0, 1)
    assert whole(database)


def test_not_while_an_agent_talks_and_not_what_is_not_there(database):
    conversation = fill(database)
    with database.work() as session:
        Conversations(session).move(conversation, "agent", NOW)
    with database.work() as session:
        with pytest.raises(StillNeeded):
            erase_taxpayer(session, "T-Z", LATER, "")
        with pytest.raises(StillNeeded):
            erase_conversation(session, conversation, LATER, "")
        with pytest.raises(NoSuchTaxpayer):
            erase_taxpayer(session, "T-0", LATER, "")
        with pytest.raises(KeyError):
            erase_conversation(session, "nobody", LATER, "")
    assert counts(database)["messages"] == 2


def test_every_table_of_a_conversation_is_either_let_go_or_said_to_stay():
    of_one = {table.name for table in resting_tables() if "conversation" in table.c}
    assert of_one == set(OF_A_CONVERSATION) | (set(STAYS) & of_one)
