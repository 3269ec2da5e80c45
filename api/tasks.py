"""Twilio's tasks and calls are kept in step with our own queue, over the outbox: each change goes once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.line import Line
from api.people import handoff_of, task_key
from store.conversations import Conversations
from store.handoff_rows import open_handoff
from store.handoffs import HandoffStore
from store.outbox import Outbox
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow

CALL_OVER = {"completed", "busy", "failed", "no-answer", "canceled"}
WAITS = ("waiting", "reserved")


def ask_for_person(line: Line, session: Session, row: Conversation, now: datetime) -> None:
    """Puts the task into the outbox, once for one hand-off. A call makes its own task by <Enqueue>."""
    if row.channel == "voice" or not line.settings.twilio_configured:
        return
    handoff = open_handoff(session, row.id)
    if handoff is not None and handoff.state not in WAITS:
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
    if waiting and store.cancel(row.id):
        _end_task(line, session, row, task_key(waiting), now)
    Conversations(session).move(row.id, "closed", now)


def keep_in_step(line: Line, session: Session, handoff: HandoffRow, *, lost: str = "") -> None:
    """After anything our own queue has done.

    `lost`: back in line by nobody's wish, so a talk under way goes on. "back": the agent is gone; "still": the
    task at Twilio was given up, of which the caller hears nothing.
    """
    row = Conversations(session).row(handoff.conversation)
    if row is None or not line.settings.twilio_configured:
        return
    now = line.clock.now()
    if handoff.state in WAITS and handoff.moves:
        if not lost or row.channel != "voice":
            # Where the agent came from Twilio, the task they had there is done.
            _end_task(line, session, row, task_key(handoff, 1), now)
        if row.channel != "voice" and handoff.callback_at is None:
            ask_for_person(line, session, row, now)
    elif handoff.state == "active" and row.channel != "voice":
        key = task_key(handoff)
        Outbox(session).put("task_cancel", f"task_taken:{key}", {"handoff_key": key, "how": "taken"}, now)
    elif handoff.state == "closed":
        _end_task(line, session, row, task_key(handoff), now)
    if row.channel == "voice" and row.call_sid and row.call_status not in CALL_OVER:
        _call(line, session, handoff, row.call_sid, lost)


def give_up_task(line: Line, session: Session, handoff: HandoffRow) -> None:
    """Whoever has this task at Twilio has it for nothing."""
    row = Conversations(session).row(handoff.conversation)
    if row is not None:
        _end_task(line, session, row, task_key(handoff), line.clock.now())


def by_task(session: Session, key: str) -> HandoffRow | None:
    """The hand-off a task stands for, whether or not the task is the newest of it."""
    return session.scalar(select(HandoffRow).where(HandoffRow.handoff_key == key.split(".")[0]))


def wanted(session: Session, key: str) -> bool:
    """Whether someone still waits for the person this task would find."""
    row = by_task(session, key)
    if row is None:
        conversation = session.get(Conversation, key.split(".")[0])
        return conversation is not None and conversation.state == "queue"
    return row.state in WAITS and task_key(row) == key


def _end_task(line: Line, session: Session, row: Conversation, key: str, now: datetime) -> None:
    """A call that leaves the line takes its waiting task with it; only one that was answered is left over."""
    how = "answered" if row.channel == "voice" else "over"
    if line.settings.twilio_configured:
        Outbox(session).put("task_cancel", f"task_cancel:{key}", {"handoff_key": key, "how": how}, now)


def _call(line: Line, session: Session, handoff: HandoffRow, call_sid: str, lost: str) -> None:
    """Where the call goes: it is held for the agent, put in line again, or ended with a good-bye."""
    key = task_key(handoff)
    if handoff.state == "active":
        kind, name, step = "call_take", f"call_take:{key}", "agent"
    elif handoff.state == "closed" or handoff.callback_at is not None:
        kind, name, step = "call_redirect", f"call_end:{key}", "done"
    elif handoff.moves:
        kind, name, step = "call_redirect", f"call_line:{key}", lost or "again"
    else:
        return
    url = f"{line.settings.public_url}/twilio/voice/queue/{step}"
    before = task_key(handoff, 1) if lost else key
    payload = {"call_sid": call_sid, "url": url, "handoff_key": before, "unless_talking": bool(lost)}
    Outbox(session).put(kind, name, payload, line.clock.now())
