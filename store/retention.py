"""What is let go: conversations that are old enough, or all of one person. The audit trail stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, union, update
from sqlalchemy.orm import Session

from store.audit import AuditStore
from store.base import Base
from store.errors import NoSuchTaxpayer, StillNeeded
from store.tables.audit import AuditRow
from store.tables.call_backs import CallBackRow
from store.tables.cases import TaxpayerRow
from store.tables.conversations import Conversation, VoiceTurn
from store.tables.handoffs import HandoffRow
from store.tables.outbox import Outbound
from store.tables.reminders import ReminderRow
from store.tables.requests import RequestRow, SheetLink

OF_A_CONVERSATION = ("messages", "inbound", "outbox", "drafts", "handoffs", "probes", "verify_links")
"""Tables whose rows go with their conversation."""
STAYS = {
    "audit": "who was told what, and on which ground: the law asks for it (26 USC 6103(p)); it names no one but by id",
    "opt_outs": "that a number wants no texts, so that it gets none (47 CFR 64.1200)",
    "requests": "what was asked for belongs to the case; erasing the taxpayer erases it",
    "reminders": "agreed to by the taxpayer, not by one conversation; erasing the taxpayer erases them",
}
"""table -> why its rows outlive the conversation."""
OPERATOR = "operator"
SOME = 200


@dataclass
class LetGo:
    """How many rows went, by table, and the conversations, for the other stores to forget too."""

    conversations: list[str] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)


def old_conversations(session: Session, before: datetime) -> list[str]:
    """Conversations of which nothing was heard since, with nobody waiting and nothing still to be sent."""
    waiting = select(HandoffRow.conversation).where(HandoffRow.open_conversation.is_not(None))
    unsent = select(Outbound.conversation).where(
        Outbound.state.in_(("pending", "attempted")), Outbound.conversation.is_not(None)
    )
    promised = (
        select(HandoffRow.conversation)
        .join(CallBackRow)
        .where(CallBackRow.state.in_(("promised", "ringing")))
    )
    query = select(Conversation.id).where(
        Conversation.last_at < before,
        Conversation.id.not_in(waiting),
        Conversation.id.not_in(unsent),
        Conversation.id.not_in(promised),
    )
    return list(session.scalars(query.order_by(Conversation.last_at)))


def forget(session: Session, conversations: Sequence[str], now: datetime, ground: str) -> LetGo:
    """Conversations with everything said in them go; an audit row says how many."""
    gone = LetGo(list(conversations))
    for some in _by(SOME, conversations):
        _drop(session, some, gone)
    if gone.rows:
        AuditStore(session).record("forgotten", OPERATOR, now, what=_told(gone), ground=ground)
    return gone


def erase_conversation(session: Session, conversation: str, now: datetime, ground: str) -> LetGo:
    """One conversation with everything said in it. KeyError if there is none; StillNeeded while an agent has it."""
    row = session.get(Conversation, conversation)
    if row is None:
        raise KeyError(conversation)
    _nobody_is_talking(session, [conversation])
    gone = LetGo([conversation])
    _drop(session, [conversation], gone)
    AuditStore(session).record(
        "erased", OPERATOR, now, conversation=conversation, what=_told(gone), ground=ground
    )
    return gone


def erase_taxpayer(session: Session, taxpayer: str, now: datetime, ground: str) -> LetGo:
    """The case of a person with all that was said and asked for. NoSuchTaxpayer; StillNeeded while an agent has it."""
    row = session.get(TaxpayerRow, taxpayer)
    conversations = conversations_of(session, taxpayer)
    if row is None and not conversations:
        raise NoSuchTaxpayer(f"There is no taxpayer {taxpayer}.")
    _nobody_is_talking(session, conversations)
    gone = LetGo(conversations)
    keys = select(RequestRow.key).where(RequestRow.taxpayer == taxpayer)
    _delete(session, gone, SheetLink, SheetLink.request.in_(keys))
    _delete(session, gone, RequestRow, RequestRow.taxpayer == taxpayer)
    _delete(session, gone, ReminderRow, ReminderRow.taxpayer == taxpayer)
    for some in _by(SOME, conversations):
        _drop(session, some, gone)
    if row is not None:
        session.execute(update(TaxpayerRow).where(TaxpayerRow.spouse == taxpayer).values(spouse=None))
        _delete(session, gone, TaxpayerRow, TaxpayerRow.id == taxpayer)
    AuditStore(session).record("erased", OPERATOR, now, taxpayer=taxpayer, what=_told(gone), ground=ground)
    return gone


def conversations_of(session: Session, taxpayer: str) -> list[str]:
    """Every conversation in which this taxpayer was proved, handed on or written for; also those since forgotten."""
    found = union(
        select(Conversation.id).where(Conversation.taxpayer == taxpayer),
        *(
            select(table.conversation).where(table.taxpayer == taxpayer, table.conversation.is_not(None))
            for table in (AuditRow, HandoffRow, RequestRow, ReminderRow)
        ),
    ).subquery()
    return list(session.scalars(select(Conversation.id).where(Conversation.id.in_(select(found)))))


def _nobody_is_talking(session: Session, conversations: Sequence[str]) -> None:
    query = select(Conversation.id).where(Conversation.id.in_(conversations), Conversation.state == "agent")
    busy = session.scalar(query)
    if busy is not None:
        raise StillNeeded(f"An agent is talking in conversation {busy}.")


def _drop(session: Session, conversations: Sequence[str], gone: LetGo) -> None:
    calls = select(Conversation.call_sid).where(Conversation.id.in_(conversations))
    _delete(session, gone, VoiceTurn, VoiceTurn.call_sid.in_(calls))
    handoffs = select(HandoffRow.id).where(HandoffRow.conversation.in_(conversations))
    _delete(session, gone, CallBackRow, CallBackRow.handoff.in_(handoffs))
    for name in OF_A_CONVERSATION:
        table = Base.metadata.tables[name]
        _delete(session, gone, table, table.c.conversation.in_(conversations))
    _delete(session, gone, Conversation, Conversation.id.in_(conversations))


def _delete(session: Session, gone: LetGo, table: Any, *where: Any) -> None:
    result: Any = session.execute(delete(table).where(*where).execution_options(synchronize_session=False))
    if result.rowcount:
        gone.rows[getattr(table, "__tablename__", None) or table.name] += result.rowcount


def _told(gone: LetGo) -> list[str]:
    return [f"{table}: {count}" for table, count in sorted(gone.rows.items())]


def _by(size: int, items: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
