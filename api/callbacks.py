"""Rings people who were promised a call: in time, at good hours, three times at most, and it is all written down."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from acs.case import Address
from api.line import Line
from desk.quiet_hours import may_contact, next_good, zones
from store.call_backs import CallBackStore
from store.cases import CaseStore
from store.conversations import Conversations
from store.handoff_rows import locked
from store.opt_outs import OptOuts
from store.outbox import Outbox
from store.tables.call_backs import CallBackRow
from store.tables.handoffs import HandoffRow

log = logging.getLogger(__name__)

LOOKS_EVERY = 5.0


async def keep_calling(line: Line) -> None:
    """Until the end; without a telephone there is nothing to do."""
    while line.phones is not None:
        try:
            await line.off_loop(call_due, line)
        except SQLAlchemyError as trouble:
            log.error("call-backs not readable: %s", type(trouble).__name__)
        await asyncio.sleep(LOOKS_EVERY)


def call_due(line: Line) -> int:
    """Places the calls that are due into the outbox; gives how many."""
    now = line.clock.now()
    with line.db.read() as session:
        due = CallBackStore(session, line.clock).due(now)
    placed = 0
    for one in due:
        with line.db.work() as session:
            store = CallBackStore(session, line.clock)
            row = store.locked(one)
            if row is not None:
                placed += _one(line, session, store, row, now)
    if placed:
        line.wake()
    return placed


def _one(line: Line, session: Session, store: CallBackStore, row: CallBackRow, now: datetime) -> int:
    if OptOuts(session).has(row.phone):
        store.give_up(row, locked(session, row.handoff), now)
        return 0
    where = zones(row.phone, _home(session, row))
    if not may_contact(now, where):
        row.next_at = next_good(now, where)
        return 0
    if not store.ring(row, now):
        return 0
    url = f"{line.settings.public_url}/twilio/outbound/callback/{row.id}"
    Outbox(session).put(
        "call",
        f"callback:{row.id}:{row.promised_at:%m%d%H%M}:{row.tries}",
        {"to": row.phone, "url": url},
        now,
    )
    return 1


def _home(session: Session, row: CallBackRow) -> Address | None:
    """The address on file, which may tell another time zone than the number."""
    taxpayer = session.get_one(HandoffRow, row.handoff).taxpayer
    case = CaseStore(session).get(taxpayer) if taxpayer else None
    return case.address if case else None


def promised_by_agent(line: Line, session: Session, handoff: HandoffRow, at: datetime) -> None:
    """An agent promised a call in the console: where there is a number, the line rings it by itself."""
    conversation = Conversations(session).row(handoff.conversation)
    case = CaseStore(session).get(handoff.taxpayer) if handoff.taxpayer else None
    phone = (conversation.phone if conversation else None) or (case.phone if case else None)
    if phone and line.settings.twilio_configured:
        CallBackStore(session, line.clock).schedule(handoff.id, phone, handoff.language, at)
