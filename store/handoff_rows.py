"""One hand-off's row: locked, moved from state to state, always together with its conversation."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.queue import TIMEOUTS_TO_SUPERVISOR, Waiting
from store.cases import CaseStore
from store.conversations import Conversations
from store.errors import NoSuchHandoff
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow


def transfer_pin() -> str:
    """Four digits by which an agent knows the caller who proved who they are before."""
    return f"{secrets.randbelow(10_000):04d}"


def lock_conversation(session: Session, conversation: str) -> Conversation | None:
    """The conversation as it is now; others wait. It is always locked before its hand-off."""
    query = select(Conversation).where(Conversation.id == conversation).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


def locked(session: Session, handoff: str) -> HandoffRow:
    """The hand-off as it is now; others wait. Raises NoSuchHandoff."""
    conversation = session.scalar(select(HandoffRow.conversation).where(HandoffRow.id == handoff))
    if conversation is None:
        raise NoSuchHandoff("There is no such hand-off.")
    lock_conversation(session, conversation)
    query = select(HandoffRow).where(HandoffRow.id == handoff).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def open_handoff(session: Session, conversation: str) -> HandoffRow | None:
    """The open hand-off of a conversation, if it has one."""
    query = select(HandoffRow).where(HandoffRow.open_conversation == conversation)
    return session.scalar(query.execution_options(populate_existing=True))


def back_to_line(session: Session, row: HandoffRow, now: datetime, *, head: bool = False) -> None:
    """The caller waits again; at the head if an agent was lost, otherwise with the age they had."""
    if row.state == "active":
        row.waiting_since = now
    row.state, row.head = "waiting", head or row.head
    row.agent = row.accepted_at = row.reserved_for = row.reserved_until = row.unattended_since = None
    _conversation(session, row, "queue", now)


def to_agent(session: Session, row: HandoffRow, agent: str, now: datetime) -> None:
    """The caller is with this agent."""
    if row.first_wait is None:
        row.first_wait = int((now - row.opened_at).total_seconds())
    row.state, row.agent, row.accepted_at, row.head = "active", agent, now, False
    row.reserved_for = row.reserved_until = row.callback_at = row.unattended_since = None
    _conversation(session, row, "agent", now)


def close(
    session: Session, row: HandoffRow, disposition: str, now: datetime, note: str | None = None
) -> None:
    """It is done with, and so is the conversation."""
    row.state, row.open_conversation, row.closed_at = "closed", None, now
    row.disposition, row.note = disposition, note
    row.reserved_for = row.reserved_until = row.unattended_since = None
    _conversation(session, row, "closed", now)


def without_agent(session: Session, row: HandoffRow, why: str, now: datetime) -> None:
    """The agent is gone: the caller goes to the head of the line, or it is closed if the caller is gone too."""
    moved(row, "ACS Line", row.queue, why, now)
    if row.caller_left_at is None:
        back_to_line(session, row, now, head=True)
    else:
        leave_note(
            session, row, f"Caller and agent parted without a note. {why} Draft: {row.draft_note}", now
        )
        close(session, row, "caller_left", now)


def leave_note(session: Session, row: HandoffRow, text: str, now: datetime) -> None:
    """A note of the line's own in the case, if the caller is known."""
    if row.taxpayer:
        CaseStore(session).add_note(row.taxpayer, "ACS Line", text.strip(), now)


def moved(row: HandoffRow, by: str, to: str, note: str, now: datetime) -> None:
    """One more step of the story, for whoever opens the card next."""
    row.moves = [*row.moves, {"at": now.isoformat(), "by": by, "from": row.queue, "to": to, "note": note}]


def as_waiting(row: HandoffRow) -> Waiting:
    """The row as the rules of the queue see it."""
    return Waiting(
        id=row.id,
        queue=row.queue,
        language=row.language,
        priority=row.priority,
        since=row.waiting_since,
        head=row.head,
        passed_by=tuple(row.passed_by),
    )


def card_of(row: HandoffRow) -> dict[str, Any]:
    """The card an agent opens: the whole story, where it stands, and the note begun."""
    story = {"taxpayer": None, "verified": "none", "balance": None}
    lists = ("own_words", "notices", "deadlines", "told", "asked_for", "offered", "open_requests")
    return {
        **story,
        **{name: [] for name in lists},
        **row.card,
        "id": row.id,
        "queue": row.queue,
        "priority": row.priority,
        "channel": row.channel,
        "language": row.language,
        "conversation": row.conversation,
        "waiting_since": row.waiting_since.isoformat(),
        "reason": row.reason,
        "draft_note": row.draft_note,
        **standing(row),
    }


def standing(row: HandoffRow) -> dict[str, Any]:
    """Where a hand-off stands, without anything personal."""
    return {
        "state": row.state,
        "agent": row.agent,
        "reserved_for": row.reserved_for,
        "reserved_until": row.reserved_until.isoformat() if row.reserved_until else None,
        "unattended": row.unattended_since is not None,
        "caller_left": row.caller_left_at is not None,
        "supervisor": row.timeouts >= TIMEOUTS_TO_SUPERVISOR,
        "callback_at": row.callback_at.isoformat() if row.callback_at else None,
        "moves": row.moves,
        "disposition": row.disposition,
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }


def _conversation(session: Session, row: HandoffRow, state: str, now: datetime) -> None:
    session.flush()
    Conversations(session).move(row.conversation, state, now)
    session.flush()
