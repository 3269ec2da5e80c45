"""Calls promised to people: the line rings them itself, a few times, and puts them through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.crypto import EncryptedText
from store.types import Moment


class CallBackRow(Base):
    """state: promised, ringing (a try is out), answered, or given_up. Tries that nobody answered are counted."""

    __tablename__ = "call_backs"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    handoff: Mapped[str] = mapped_column(ForeignKey("handoffs.id"), unique=True)
    phone: Mapped[str] = mapped_column(EncryptedText("call_backs.phone"))
    language: Mapped[str] = mapped_column(String(2))
    promised_at: Mapped[datetime] = mapped_column(Moment)
    next_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default="promised")

    __table_args__ = (Index(None, "state", "next_at"),)
