"""Sends the reminders whose moment has come: each once, at good hours, and only while it is of use."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from acs.asof import known_on
from api.line import Line
from api.speak import queue_texts
from desk.answer import Say
from desk.answer import text as fact
from desk.outbound import not_needed
from desk.quiet_hours import may_contact, next_good, zones
from store.cases import CaseStore
from store.conversations import Conversations
from store.opt_outs import OptOuts
from store.outbox import Outbox
from store.reminders import ReminderStore, as_reminder
from store.tables.reminders import ReminderRow

log = logging.getLogger(__name__)

LOOKS_EVERY = 10.0
ASKS = ("case_status", "request_callback")
"""What a person may answer to the text: 1 to see what it is about, 2 for a call."""


async def keep_reminding(line: Line) -> None:
    """Until the end; without a way to reach anybody there is nothing to do."""
    while line.phones is not None:
        try:
            await line.off_loop(remind_due, line)
        except SQLAlchemyError as trouble:
            log.error("reminders not readable: %s", type(trouble).__name__)
        await asyncio.sleep(LOOKS_EVERY)


def remind_due(line: Line) -> int:
    """Places what is due into the outbox; gives how many. Each in a transaction of its own, so that one cannot
    hold up the others, and never twice: the row changes with the outbox."""
    now = line.clock.now()
    with line.db.read() as session:
        keys = ReminderStore(session).due(now)
    placed = 0
    for key in keys:
        with line.db.work() as session:
            row = ReminderStore(session).locked(key)
            if row is not None:
                placed += _one(line, session, row, now)
    if placed:
        line.wake()
    return placed


def _one(line: Line, session: Session, row: ReminderRow, now: datetime) -> int:
    today = line.clock.today()
    case = CaseStore(session).get(row.taxpayer)
    why = not_needed(as_reminder(row), known_on(case, today) if case else None, today)
    if why is not None:
        row.state, row.why = "cancelled", why
        return 0
    if OptOuts(session).has(row.phone):
        row.state, row.why = "stopped", "stop"
        return 0
    where = zones(row.phone, case.address if case else None)
    if not may_contact(now, where):
        row.at = next_good(now, where)
        return 0
    _text(line, session, row, now) if row.channel == "sms" else _call(line, session, row, now)
    row.state = "placed"
    return 1


def _text(line: Line, session: Session, row: ReminderRow, now: datetime) -> None:
    """Into the running text conversation with this number, so that an answer finds its place."""
    conversations = Conversations(session)
    conversation = conversations.by_phone(row.phone, "sms", now) or conversations.open(
        "sms", row.language, now, phone=row.phone
    )
    operator = line.settings.operator
    say = Say("utter_reminder_text", {"operator": fact(operator, operator)})
    message = conversations.say(
        conversation,
        "assistant",
        line.render(say, row.language, "sms"),
        now,
        says=[{"words": say.words, "facts": dict(say.facts)}],
        choices=ASKS,
    )
    queue_texts(line, session, conversation, message.text, f"reminder:{row.id}", now)


def _call(line: Line, session: Session, row: ReminderRow, now: datetime) -> None:
    url = f"{line.settings.public_url}/twilio/outbound/reminder/{row.id}"
    Outbox(session).put("call", f"reminder:{row.id}", {"to": row.phone, "url": url}, now)
