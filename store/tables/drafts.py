"""Half-filled forms, so that an interrupted caller goes on where the line left off."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.crypto import EncryptedJson


class DraftRow(Base):
    __tablename__ = "drafts"

    conversation: Mapped[str] = mapped_column(String(64), primary_key=True)
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    filled: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("drafts.filled"))
