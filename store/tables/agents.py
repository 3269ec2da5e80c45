"""The people who answer: accounts of the console, their sessions, and sign-ins that failed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base
from store.types import Moment


class AgentRow(Base):
    """`queues` and `languages` are the skills; null means all."""

    __tablename__ = "agents"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(12))
    password_hash: Mapped[str] = mapped_column(String(200))
    queues: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    languages: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    presence: Mapped[str] = mapped_column(String(12), default="offline")
    presence_since: Mapped[datetime | None] = mapped_column(Moment)
    last_seen: Mapped[datetime | None] = mapped_column(Moment)


class AgentSession(Base):
    """A signed-in browser. Only a hash of its token is kept."""

    __tablename__ = "agent_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    agent: Mapped[str] = mapped_column(ForeignKey("agents.name", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    last_at: Mapped[datetime] = mapped_column(Moment)


class LoginFailure(Base):
    """A sign-in that failed, by name or by network address."""

    __tablename__ = "login_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (Index(None, "who", "at"),)
