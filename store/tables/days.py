"""How far the collection system's day has come with each case, and which days were run."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Moment


class CaseDayRow(Base):
    """One narrow row beside each case, so that a night finds what is due without touching the rest.

    `next_look` is the first day after `worked_until` that can matter. `look_on` is the same, or the beginning of
    time when somebody changed the case since. `revision` grows with every change: the day keeps its work only
    if the case is still as it was read. `claim` is the worker that has it in this run.
    """

    __tablename__ = "case_days"

    taxpayer_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("taxpayers.id", ondelete="CASCADE"), primary_key=True
    )
    look_on: Mapped[date] = mapped_column(index=True)
    next_look: Mapped[date | None]
    worked_until: Mapped[date | None]
    figures: Mapped[str | None] = mapped_column(String(24))
    revision: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(String(32))
    trouble: Mapped[str | None] = mapped_column(String(300))


class DayRunRow(Base):
    """A day that was run to its end, with what it did."""

    __tablename__ = "day_runs"

    day: Mapped[date] = mapped_column(primary_key=True)
    ended: Mapped[datetime] = mapped_column(Moment)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)
