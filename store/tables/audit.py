"""Who was told or saw what, in a chain: each row is sealed by the one before it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.crypto import EncryptedJson, EncryptedText
from store.types import Moment


class AuditRow(Base):
    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(32))
    conversation: Mapped[str | None] = mapped_column(String(40), index=True)
    taxpayer: Mapped[str | None] = mapped_column(String(64), index=True)
    what: Mapped[list[str]] = mapped_column(EncryptedJson("audit.what"))
    ground: Mapped[str] = mapped_column(EncryptedText("audit.ground"))
    """To whom and why it was allowed; it may name a representative."""
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the chain. Taking rows off the end shows, and writers wait for each other here."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
