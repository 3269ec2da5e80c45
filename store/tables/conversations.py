"""Conversations, what came in, what was said, and the answers of calls as they were given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.crypto import EncryptedJson, EncryptedText
from store.types import Moment


class Conversation(Base):
    """One contact. `taxpayer` is written by proof of identity alone; a phone number proves nothing."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    channel: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(8), default="bot")
    taxpayer: Mapped[str | None] = mapped_column(String(64))
    authority: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson("conversations.authority"))
    """The form on file by which a representative speaks; empty when the taxpayer does."""
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    token_before: Mapped[str | None] = mapped_column(String(64))
    """The hash of the token before a proof of identity: good only until the new one is first used."""
    phone: Mapped[str | None] = mapped_column(EncryptedText("conversations.phone"))
    phone_index: Mapped[str | None] = mapped_column(String(64))
    call_sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    call_status: Mapped[str | None] = mapped_column(String(16))
    story: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson("conversations.story"))
    pending: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson("conversations.pending"))
    asked: Mapped[str | None] = mapped_column(String(64))
    misses: Mapped[int] = mapped_column(default=0)
    held: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson("conversations.held"))
    """Door work in hand: identity items keyed so far, an amount to be confirmed. Dropped when done."""
    failures: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    last_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (Index(None, "phone_index", "last_at"), Index(None, "state"), Index(None, "taxpayer"))


class Inbound(Base):
    """One thing that came in, kept before it is acknowledged. `seq` is the order of arrival."""

    __tablename__ = "inbound"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    source: Mapped[str] = mapped_column(String(16))
    external_id: Mapped[str] = mapped_column(String(160))
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    kind: Mapped[str] = mapped_column(String(8))
    body: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("inbound.body"))
    at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(None, "conversation", "done_at"),
        Index(None, "done_at"),
    )


class Message(Base):
    """One line of the transcript, as it was seen or heard. Private numbers are hidden before this."""

    __tablename__ = "messages"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(40), unique=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    sender: Mapped[str] = mapped_column(String(10))
    author: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(EncryptedText("messages.text"))
    says: Mapped[list[dict[str, Any]] | None] = mapped_column(EncryptedJson("messages.says"))
    choices: Mapped[list[str] | None] = mapped_column(EncryptedJson("messages.choices"))
    secure_form: Mapped[str | None] = mapped_column(String(16))
    listen: Mapped[str | None] = mapped_column(String(16))
    sources: Mapped[list[str] | None] = mapped_column(EncryptedJson("messages.sources"))
    rules: Mapped[str | None] = mapped_column(String(40))
    """The business day and the version of the figures an answer was made with."""
    inbound: Mapped[int | None] = mapped_column(ForeignKey("inbound.seq"))

    __table_args__ = (Index(None, "conversation", "seq"), Index(None, "inbound"))


class VoiceTurn(Base):
    """The document a turn of a call was answered with; posted again, it is given again to the byte."""

    __tablename__ = "voice_turns"

    call_sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    twiml: Mapped[str] = mapped_column(EncryptedText("voice_turns.twiml"))
    at: Mapped[datetime] = mapped_column(Moment)
