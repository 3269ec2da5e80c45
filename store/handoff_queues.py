"""The board: per queue who waits, how long, who is there to answer, and how well it goes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.ports import Clock
from desk.queue import QUEUES, service_level
from store.handoffs import HandoffStore, due
from store.tables.agents import AgentRow
from store.tables.handoffs import HandoffRow


def queues(session: Session, clock: Clock) -> list[dict[str, Any]]:
    """Every queue: waiting, longest_wait_seconds, agents_available, service_level (0 to 1), expected_wait."""
    now, store = clock.now(), HandoffStore(session, clock)
    agents = list(session.scalars(select(AgentRow).where(AgentRow.presence == "available")))
    waiting = session.execute(
        select(HandoffRow.queue, HandoffRow.waiting_since).where(
            HandoffRow.state.in_(("waiting", "reserved")), due(now)
        )
    ).all()
    return [
        {
            "queue": queue,
            "waiting": len(since := [at for name, at in waiting if name == queue]),
            "longest_wait_seconds": int(max(((now - at).total_seconds() for at in since), default=0)),
            "agents_available": sum(one.queues is None or queue in one.queues for one in agents),
            "service_level": service_level(store.waits(queue)),
            "expected_wait_minutes": store.wait_minutes(queue),
        }
        for queue in QUEUES
    ]
