"""What callers asked to be done, each under a key that makes it happen once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.crypto import EncryptedJson
from store.types import Moment


class RequestRow(Base):
    __tablename__ = "requests"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    taxpayer: Mapped[str] = mapped_column(String(64), index=True)
    conversation: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("requests.facts"))


class SheetLink(Base):
    """A link to the filled data sheet of one request. Only the hash of its token is kept."""

    __tablename__ = "sheet_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    request: Mapped[str] = mapped_column(String(200), index=True)
    language: Mapped[str] = mapped_column(String(2))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    opened: Mapped[int] = mapped_column(default=0)
