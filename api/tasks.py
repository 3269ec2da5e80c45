"""A hand-off becomes a task at Twilio, where there is a workspace; our own queue is the truth either way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from api.line import Line
from api.people import handoff_of
from store.conversations import Conversations
from store.handoffs import HandoffStore
from store.outbox import Outbox
from store.tables.conversations import Conversation


def ask_for_person(line: Line, session: Session, row: Conversation, now: datetime) -> None:
    """Puts the task into the outbox, once for one hand-off. A call makes its own task by <Enqueue>."""
    if row.channel == "voice" or not _workspace(line):
        return
    place = handoff_of(line, session, row.id)
    payload = {
        "handoff_key": place.key,
        "queue": place.queue,
        "priority": place.task_priority,
        "channel": row.channel,
        "language": row.language,
        "name": "caller",
        "direction": "inbound",
    }
    Outbox(session).put("task", f"task:{place.key}", payload, now)


def cancel(line: Line, session: Session, row: Conversation) -> None:
    """The person has gone: no agent is to be rung for nobody. What is known stays as a note."""
    now = line.clock.now()
    store = HandoffStore(session, line.clock)
    waiting = store.of(row.id)
    if waiting and store.cancel(row.id) and _workspace(line):
        Outbox(session).put(
            "task_cancel", f"task_cancel:{waiting.handoff_key}", {"handoff_key": waiting.handoff_key}, now
        )
    Conversations(session).move(row.id, "closed", now)


def _workspace(line: Line) -> bool:
    return line.settings.twilio_configured and bool(line.settings.twilio_workspace_sid)
