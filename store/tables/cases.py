"""A taxpayer and what belongs to the taxpayer as a whole: agreements, holds, liens, levies, notes and so on.

The columns are named as the fields of `acs/case.py`. Rows keep the order of the file in `place`; what the
line itself added carries origin "line" and stays when a file comes in again.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.base import Base
from store.crypto import EncryptedDate, EncryptedDollars, EncryptedJson, EncryptedText
from store.tables.modules import ModuleRow
from store.tables.returns import ReturnRow
from store.types import Dollars, Moment


class OfTaxpayer:
    """What rows of a taxpayer have in common."""

    id: Mapped[int] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(ForeignKey("taxpayers.id", ondelete="CASCADE"), index=True)
    place: Mapped[int] = mapped_column(default=0)


class RepresentativeRow(OfTaxpayer, Base):
    __tablename__ = "representatives"

    name: Mapped[str] = mapped_column(EncryptedText("representatives.name"))
    form: Mapped[str] = mapped_column(String(4))
    caf: Mapped[str | None] = mapped_column(EncryptedText("representatives.caf"))
    phone: Mapped[str | None] = mapped_column(EncryptedText("representatives.phone"))
    periods: Mapped[list[str]] = mapped_column(JSON, default=list)


class AgreementRow(OfTaxpayer, Base):
    __tablename__ = "agreements"

    origin: Mapped[str] = mapped_column(String(4), default="file")
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    requested: Mapped[date | None]
    accepted: Mapped[date | None]
    ended: Mapped[date | None]
    monthly: Mapped[Decimal | None] = mapped_column(Dollars)
    day: Mapped[int | None]
    direct_debit: Mapped[bool] = mapped_column(default=False)


class HoldRow(OfTaxpayer, Base):
    __tablename__ = "holds"

    kind: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]
    to: Mapped[date | None]


class LienRow(OfTaxpayer, Base):
    __tablename__ = "liens"

    filed: Mapped[date]
    released: Mapped[date | None]


class LevyRow(OfTaxpayer, Base):
    __tablename__ = "levies"

    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str | None] = mapped_column(EncryptedText("levies.source"))
    served: Mapped[date]
    released: Mapped[date | None]


class LevySourceRow(OfTaxpayer, Base):
    __tablename__ = "levy_sources"

    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(EncryptedText("levy_sources.name"))


class AssignmentRow(OfTaxpayer, Base):
    __tablename__ = "assignments"

    to: Mapped[str] = mapped_column(String(20))
    since: Mapped[date | None]
    name: Mapped[str | None] = mapped_column(EncryptedText("assignments.name"))
    phone: Mapped[str | None] = mapped_column(EncryptedText("assignments.phone"))
    office: Mapped[str | None] = mapped_column(EncryptedText("assignments.office"))


class NoteRow(OfTaxpayer, Base):
    __tablename__ = "notes"

    origin: Mapped[str] = mapped_column(String(4), default="file")
    at: Mapped[date]
    written: Mapped[datetime | None] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(EncryptedText("notes.by"))
    text: Mapped[str] = mapped_column(EncryptedText("notes.text"))


class FollowUpRow(OfTaxpayer, Base):
    __tablename__ = "follow_ups"

    code: Mapped[str] = mapped_column(String(24))
    opened: Mapped[date]
    due: Mapped[date]
    period: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (Index(None, "due"),)


def _many(row: str, by: str = "place") -> Any:
    order = ", ".join(f"{row}.{column}" for column in (*by.split(), "id"))
    return relationship(
        row, order_by=order, cascade="all, delete-orphan", lazy="selectin", passive_deletes=True
    )


class TaxpayerRow(Base):
    __tablename__ = "taxpayers"
    __table_args__ = (Index("ix_taxpayers_tin_index", "tin_index"), Index("ix_taxpayers_spouse", "spouse"))

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[dict[str, str]] = mapped_column(EncryptedJson("taxpayers.name"))
    tin: Mapped[str] = mapped_column(EncryptedText("taxpayers.tin"))
    tin_index: Mapped[str] = mapped_column(String(64))
    date_of_birth: Mapped[date | None] = mapped_column(EncryptedDate("taxpayers.date_of_birth"))
    address: Mapped[dict[str, str] | None] = mapped_column(EncryptedJson("taxpayers.address"))
    phone: Mapped[str | None] = mapped_column(EncryptedText("taxpayers.phone"))
    caller_id: Mapped[str | None] = mapped_column(EncryptedText("taxpayers.caller_id"))
    agi: Mapped[Decimal | None] = mapped_column(EncryptedDollars("taxpayers.agi"))
    language: Mapped[str] = mapped_column(String(2), default="en")
    filing_status: Mapped[str | None] = mapped_column(String(20))
    household_size: Mapped[int | None]
    spouse: Mapped[str | None] = mapped_column(String(64))
    operating: Mapped[bool] = mapped_column(default=True)
    trust_fund: Mapped[bool] = mapped_column(default=False)
    passport_certified: Mapped[date | None]
    deceased: Mapped[date | None] = mapped_column(EncryptedDate("taxpayers.deceased"))
    sms_consent: Mapped[bool] = mapped_column(default=False)
    calls_consent: Mapped[bool] = mapped_column(default=False)

    modules: Mapped[list[ModuleRow]] = _many("ModuleRow")
    returns: Mapped[list[ReturnRow]] = _many("ReturnRow")
    representatives: Mapped[list[RepresentativeRow]] = _many("RepresentativeRow")
    agreements: Mapped[list[AgreementRow]] = _many("AgreementRow", "origin place")
    holds: Mapped[list[HoldRow]] = _many("HoldRow")
    liens: Mapped[list[LienRow]] = _many("LienRow")
    levies: Mapped[list[LevyRow]] = _many("LevyRow")
    levy_sources: Mapped[list[LevySourceRow]] = _many("LevySourceRow")
    assignments: Mapped[list[AssignmentRow]] = _many("AssignmentRow")
    notes: Mapped[list[NoteRow]] = _many("NoteRow", "origin place")
    follow_ups: Mapped[list[FollowUpRow]] = _many("FollowUpRow")
