"""Callers who wait for a person or are with one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.crypto import EncryptedJson, EncryptedText
from store.types import Moment


class HandoffRow(Base):
    """`open_conversation` is the conversation while the hand-off is open: a conversation has one at most."""

    __tablename__ = "handoffs"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    handoff_key: Mapped[str] = mapped_column(String(60), unique=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    open_conversation: Mapped[str | None] = mapped_column(String(40), unique=True)
    task_sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    taxpayer: Mapped[str | None] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2))

    queue: Mapped[str] = mapped_column(String(20))
    priority: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    head: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(EncryptedText("handoffs.reason"))
    card: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("handoffs.card"))
    transfer_pin: Mapped[str] = mapped_column(EncryptedText("handoffs.transfer_pin"))
    pin_state: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson("handoffs.pin_state"))
    """Until when the PIN is good, how often it was missed, whether it was right; empty until the caller was told it."""
    moves: Mapped[list[dict[str, Any]]] = mapped_column(EncryptedJson("handoffs.moves"))
    draft_note: Mapped[str] = mapped_column(EncryptedText("handoffs.draft_note"))

    opened_at: Mapped[datetime] = mapped_column(Moment)
    waiting_since: Mapped[datetime] = mapped_column(Moment)
    callback_at: Mapped[datetime | None] = mapped_column(Moment)
    reserved_for: Mapped[str | None] = mapped_column(String(64))
    reserved_until: Mapped[datetime | None] = mapped_column(Moment)
    passed_by: Mapped[list[str]] = mapped_column(JSON)
    timeouts: Mapped[int] = mapped_column(default=0)
    agent: Mapped[str | None] = mapped_column(String(64))
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    first_wait: Mapped[int | None]
    """Seconds until the first agent answered."""
    unattended_since: Mapped[datetime | None] = mapped_column(Moment)
    caller_left_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    disposition: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(EncryptedText("handoffs.note"))

    __table_args__ = (
        Index(None, "state", "queue", "priority", "waiting_since"),
        Index(None, "agent", "state"),
        Index(None, "conversation"),
    )
