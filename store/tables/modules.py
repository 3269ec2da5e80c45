"""A tax period with a balance: what was assessed, paid, sent and asked to be heard."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.base import Base
from store.types import Dollars


class OfModule:
    """What rows of a module have in common."""

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column(default=0)


class AssessmentRow(OfModule, Base):
    __tablename__ = "assessments"

    kind: Mapped[str] = mapped_column(String(20))
    date: Mapped[dt.date]
    amount: Mapped[Decimal] = mapped_column(Dollars)


class PaymentRow(OfModule, Base):
    __tablename__ = "payments"

    kind: Mapped[str] = mapped_column(String(20))
    date: Mapped[dt.date]
    amount: Mapped[Decimal] = mapped_column(Dollars)


class NoticeRow(OfModule, Base):
    __tablename__ = "notices"

    code: Mapped[str] = mapped_column(String(20))
    date: Mapped[dt.date]
    deadline: Mapped[dt.date | None]


class HearingRow(OfModule, Base):
    __tablename__ = "hearings"

    kind: Mapped[str] = mapped_column(String(8))
    requested: Mapped[dt.date]
    determined: Mapped[dt.date | None]


def _many(row: str) -> Any:
    return relationship(
        row, order_by=f"{row}.place", cascade="all, delete-orphan", lazy="selectin", passive_deletes=True
    )


class ModuleRow(Base):
    __tablename__ = "modules"
    __table_args__ = (UniqueConstraint("taxpayer_id", "form", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(ForeignKey("taxpayers.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column(default=0)
    form: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(20))
    joint: Mapped[bool] = mapped_column(default=False)
    due: Mapped[dt.date | None]
    extended_to: Mapped[dt.date | None]
    filed: Mapped[dt.date | None]

    assessments: Mapped[list[AssessmentRow]] = _many("AssessmentRow")
    payments: Mapped[list[PaymentRow]] = _many("PaymentRow")
    notices: Mapped[list[NoticeRow]] = _many("NoticeRow")
    hearings: Mapped[list[HearingRow]] = _many("HearingRow")
