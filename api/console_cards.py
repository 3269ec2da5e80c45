"""The card and the conversation as an agent sees them; every look leaves a row in the audit trail."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from api.console_session import SignedIn, told_plainly
from api.problems import Problem
from api.transfer_pin import without_pin
from channels.errors import WordsError
from desk.answer import Say
from store.audit import AuditStore
from store.cases import CaseStore
from store.conversations import Conversations
from store.errors import NoSuchHandoff
from store.handoff_rows import card_of, locked, standing
from store.handoff_work import may_see
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow
from store.transfer_pins import TransferPins, as_seen


def seen(session: Session, who: SignedIn, handoff: str, *, lock: bool = False) -> HandoffRow:
    """The hand-off, if it is this agent's business; otherwise it is as if it were not there."""
    with told_plainly():
        row = locked(session, handoff) if lock else session.get(HandoffRow, handoff)
        if row is None or not may_see(row, who.agent):
            raise NoSuchHandoff("There is no such hand-off.")
    return row


def card(who: SignedIn, handoff: str) -> dict[str, Any]:
    """The whole card."""
    with who.line.db.work() as session:
        row = seen(session, who, handoff)
        noted(session, who, row, "card_viewed", ["card"])
        shown = {**card_of(row), "transfer_pin": as_seen(row)}
        shown["taxpayer"] = _person(session, row.taxpayer) or shown["taxpayer"]
    shown["told"] = [_in_words(who, one) for one in shown.get("told") or []]
    return shown


def _in_words(who: SignedIn, told: dict[str, Any]) -> dict[str, Any]:
    """What the caller was told, as a sentence an agent reads; the key and the facts where it has no words."""
    try:
        text = who.line.render(Say(told["words"], told.get("facts") or {}), "en", "web")
    except (WordsError, KeyError):
        return told
    return {**told, "text": text}


def summary(session: Session, row: HandoffRow) -> dict[str, Any]:
    """A line of the list. The name stands only on those the agent has."""
    who = row.card.get("taxpayer") if row.state == "active" else None
    return {
        "id": row.id,
        "queue": row.queue,
        "priority": row.priority,
        "channel": row.channel,
        "language": row.language,
        "waiting_since": row.waiting_since.isoformat(),
        "reason": row.reason,
        "verified": row.card.get("verified", "none"),
        **standing(row),
        "moves": len(row.moves),
        **({"taxpayer": {"name": who.get("name")}} if isinstance(who, dict) else {}),
    }


def messages(who: SignedIn, handoff: str, after: str | None) -> dict[str, Any]:
    """The conversation, or what came after a message; `state` is closed when the caller has left."""
    with who.line.db.read() if after else who.line.db.work() as session:
        row = seen(session, who, handoff)
        if not after:
            noted(session, who, row, "conversation_read", ["messages"])
        conversation = session.get_one(Conversation, row.conversation)
        thread = Conversations(session).transcript(row.conversation, after)
        return {
            "messages": [without_pin(who.line, conversation, one) for one in thread],
            "state": "closed" if row.caller_left_at else conversation.state,
        }


def say(who: SignedIn, handoff: str, text: str, key: str | None) -> dict[str, Any]:
    """Sends the agent's words to the caller, once for one key."""
    words = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", text).strip()
    if not words:
        raise Problem(422, "There is nothing to send.", "Write something first.")
    with who.line.db.read() as session:
        row = seen(session, who, handoff)
        if row.state != "active" or row.agent != who.agent.name:
            raise Problem(409, "You do not have this caller now.", "Accept the conversation first.")
        if row.channel == "voice":
            raise Problem(409, "The caller is on the phone.", "Speak with the caller on the line.")
        if row.caller_left_at is not None:
            raise Problem(409, "The caller has left.", "Write your note and complete.")
    scoped = f"{row.id[:12]}-{re.sub(r'[^A-Za-z0-9-]', '', key)[:24]}" if key else None
    shown = who.line.said(row.conversation, words, author=who.agent.name, key=scoped)
    return {"messages": [shown]}


def pin(who: SignedIn, handoff: str, digits: str) -> dict[str, Any]:
    """Looks at the digits a caller said."""
    with told_plainly(), who.line.db.work() as session:
        seen(session, who, handoff, lock=True)
        row = TransferPins(session, who.line.clock).check(handoff, who.agent.name, digits)
        told = as_seen(row) or {}
        noted(session, who, row, "transfer_pin", ["right" if told["right"] else "wrong"])
    return told


def noted(session: Session, who: SignedIn, row: HandoffRow, event: str, what: list[str]) -> None:
    """Who looked, at whom, and why they may (26 USC 6103, 7213A)."""
    AuditStore(session).record(
        event,
        who.agent.name,
        who.line.clock.now(),
        conversation=row.conversation,
        taxpayer=row.taxpayer,
        what=what,
        ground=f"hand-off {row.id} {row.state}",
    )


def _person(session: Session, taxpayer: str | None) -> dict[str, Any] | None:
    case = CaseStore(session).get(taxpayer) if taxpayer else None
    if case is None:
        return None
    digits = re.sub(r"\D", "", case.tin)
    return {"id": case.id, "name": case.name.full, "kind": case.kind, "tin_last4": digits[-4:]}
