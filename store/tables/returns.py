"""The returns a taxpayer had to file, with the penalties that were charged on them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.base import Base


class ReturnPenaltyRow(Base):
    __tablename__ = "return_penalties"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(20))
    removed: Mapped[str | None] = mapped_column(String(24))


class ReturnRow(Base):
    __tablename__ = "returns"

    id: Mapped[int] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(ForeignKey("taxpayers.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column(default=0)
    form: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(20))
    due: Mapped[date | None]
    filed: Mapped[date | None]

    penalties: Mapped[list[ReturnPenaltyRow]] = relationship(
        order_by="ReturnPenaltyRow.place", cascade="all, delete-orphan", lazy="selectin", passive_deletes=True
    )
