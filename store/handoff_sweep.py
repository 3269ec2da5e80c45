"""Every few seconds: reservations that ran out, agents who are gone, and who is offered whom next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from desk.ports import Clock
from desk.queue import TIMEOUTS_TO_SUPERVISOR, Worker, attention, pairs
from store.handoff_rows import as_waiting, back_to_line, locked, without_agent
from store.handoff_work import HandoffWork
from store.handoffs import LINE, due
from store.tables.agents import AgentRow
from store.tables.handoffs import HandoffRow

LOCK = 4_072_027


@dataclass(frozen=True)
class Happened:
    """What the sweep did. kind: reserved | timed_out | supervisor | unattended | attended | returned."""

    kind: str
    handoff: str
    conversation: str
    agent: str | None = None


def sweep(session: Session, clock: Clock) -> list[Happened]:
    """Does what is due now and tells it, so that callers can be told. Safe to run as often as you like."""
    if not _only_one(session):
        return []
    now = clock.now()
    happened = [
        *_timed_out(session, now),
        *_lost(session, now),
        *_offer(session, clock),
    ]
    _sign_off(session, now)
    return happened


def _only_one(session: Session) -> bool:
    """Whether no other process sweeps at this moment; on SQLite the one writer is alone anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(LOCK))))


def _timed_out(session: Session, now: datetime) -> list[Happened]:
    late = select(HandoffRow.id).where(HandoffRow.state == "reserved", HandoffRow.reserved_until <= now)
    happened = []
    for handoff in list(session.scalars(late)):
        row = locked(session, handoff)
        if row.state != "reserved" or row.reserved_until is None or row.reserved_until > now:
            continue
        agent = row.reserved_for
        row.timeouts += 1
        row.passed_by = [*(one for one in row.passed_by if one != agent), *([agent] if agent else [])]
        back_to_line(session, row, now)
        happened.append(Happened("timed_out", row.id, row.conversation, agent))
        if row.timeouts == TIMEOUTS_TO_SUPERVISOR:
            happened.append(Happened("supervisor", row.id, row.conversation))
    return happened


def _lost(session: Session, now: datetime) -> list[Happened]:
    """Callers whose agent's screen fell silent."""
    with_agents = (
        select(HandoffRow.id, AgentRow.last_seen, HandoffRow.accepted_at, HandoffRow.unattended_since)
        .outerjoin(AgentRow, AgentRow.name == HandoffRow.agent)
        .where(HandoffRow.state == "active")
    )
    happened = []
    for handoff, last_seen, accepted_at, unattended in session.execute(with_agents).all():
        how = attention(max((one for one in (last_seen, accepted_at) if one), default=None), now)
        if (how == "attended") == (unattended is None) and how != "gone":
            continue
        row = locked(session, handoff)
        if row.state != "active" or row.accepted_at != accepted_at:
            continue
        agent = row.agent
        if how == "gone":
            without_agent(session, row, f"Lost touch with {agent}.", now)
        else:
            row.unattended_since = now if how == "unattended" else None
        kind = "returned" if how == "gone" else how
        happened.append(Happened(kind, row.id, row.conversation, agent))
    session.flush()
    return happened


def _offer(session: Session, clock: Clock) -> list[Happened]:
    now = clock.now()
    in_line = select(HandoffRow).where(HandoffRow.state == "waiting", due(now)).options(load_only(*LINE))
    waiting = list(session.scalars(in_line))
    if not waiting:
        return []
    happened = []
    for caller, worker in pairs([as_waiting(row) for row in waiting], _free(session, now)):
        row = locked(session, caller.id)
        if row.state == "waiting":
            HandoffWork(session, clock).reserve(row.id, worker.name)
            happened.append(Happened("reserved", row.id, row.conversation, worker.name))
    return happened


def _free(session: Session, now: datetime) -> list[Worker]:
    """Agents who are available, here, and have nobody on the line."""
    busy = {
        *session.scalars(select(HandoffRow.agent).where(HandoffRow.state == "active")),
        *session.scalars(select(HandoffRow.reserved_for).where(HandoffRow.state == "reserved")),
    }
    rows = session.scalars(select(AgentRow).where(AgentRow.presence == "available"))
    return [
        Worker(
            name=row.name,
            queues=tuple(row.queues) if row.queues is not None else None,
            languages=tuple(row.languages) if row.languages is not None else None,
            free_since=row.presence_since,
        )
        for row in rows
        if row.name not in busy and attention(row.last_seen, now) == "attended"
    ]


def _sign_off(session: Session, now: datetime) -> None:
    """An agent nobody has heard of for a minute is not on duty."""
    for row in session.scalars(select(AgentRow).where(AgentRow.presence != "offline")):
        if attention(row.last_seen, now) == "gone":
            row.presence, row.presence_since = "offline", now
    session.flush()
