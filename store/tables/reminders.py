"""Reminders people agreed to, and what became of each."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.crypto import EncryptedText
from store.types import Moment


class ReminderRow(Base):
    """state: planned, placed (in the outbox), cancelled, or stopped (the person said STOP). `why` is our own word."""

    __tablename__ = "reminders"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    taxpayer: Mapped[str] = mapped_column(String(64), index=True)
    conversation: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(8))
    phone: Mapped[str] = mapped_column(EncryptedText("reminders.phone"))
    phone_index: Mapped[str] = mapped_column(String(64), index=True)
    what: Mapped[str] = mapped_column(String(20))
    about: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(String(2))
    agreed_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10), default="planned")
    why: Mapped[str | None] = mapped_column(String(60))

    __table_args__ = (Index(None, "state", "at"),)
