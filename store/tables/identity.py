"""Attempts to prove identity, one-time links to do so from a text, and numbers that want no texts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.crypto import EncryptedText
from store.types import Moment


class Probe(Base):
    """One attempt. Taxpayer number and caller are kept as blind indexes only."""

    __tablename__ = "probes"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    tin_index: Mapped[str] = mapped_column(String(64))
    caller_index: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    ok: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index(None, "conversation"),
        Index(None, "tin_index", "at"),
        Index(None, "caller_index", "at"),
    )


class VerifyLink(Base):
    """A link that was texted: single use, ten minutes. Only the hash of its token is kept."""

    __tablename__ = "verify_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class OptOut(Base):
    """A number that said STOP, until it says START."""

    __tablename__ = "opt_outs"

    phone_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    phone: Mapped[str] = mapped_column(EncryptedText("opt_outs.phone"))
    """Kept so that it is still found when the secret is changed."""
    at: Mapped[datetime] = mapped_column(Moment)
    own_words: Mapped[bool] = mapped_column(default=False)
    """Said to us and not to Twilio, which then does not confirm its end."""
