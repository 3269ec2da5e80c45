"""The agent's side of the queues: accept, pass, send on, call back, complete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from desk.ports import Clock
from desk.queue import QUEUES, RESERVATION, in_order
from store.cases import CaseStore
from store.errors import NotPossible, TakenByAnother
from store.handoff_rows import (
    as_waiting,
    back_to_line,
    close,
    lock_conversation,
    locked,
    moved,
    to_agent,
    without_agent,
)
from store.tables.agents import AgentRow
from store.tables.handoffs import HandoffRow

FURTHEST_CALLBACK = timedelta(days=30)


class HandoffWork:
    """What agents do with hand-offs in one unit of work."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    def listed(self, state: str, agent: AgentRow) -> Sequence[HandoffRow]:
        """The hand-offs of a state that are this agent's business; a supervisor sees all."""
        newest = select(HandoffRow).where(HandoffRow.state == state).order_by(HandoffRow.opened_at.desc())
        rows = {row.id: row for row in self.session.scalars(newest.limit(500)) if may_see(row, agent)}
        return [rows[one.id] for one in in_order([as_waiting(row) for row in rows.values()])]

    def listed_ids(self, state: str, agent: str) -> list[str]:
        """The hand-offs an agent has in this state."""
        query = select(HandoffRow.id).where(HandoffRow.state == state, HandoffRow.agent == agent)
        return list(self.session.scalars(query))

    def reserve(self, handoff: str, agent: str) -> None:
        """Rings one agent for two minutes. Raises NotPossible unless it waits."""
        row = locked(self.session, handoff)
        if row.state != "waiting":
            raise NotPossible(f"It is {row.state}.")
        row.state, row.reserved_for, row.reserved_until = "reserved", agent, self.clock.now() + RESERVATION
        self.session.flush()

    def accept(self, handoff: str, agent: str) -> HandoffRow:
        """Takes the caller. Exactly one agent wins; the others get TakenByAnother. Again by the winner: fine.

        A hand-off that rings someone else may be taken too: whoever is there first, the caller waits less.
        """
        now = self.clock.now()
        row = locked(self.session, handoff)
        if row.state == "active" and row.agent == agent:
            return row
        worker = self.session.get(AgentRow, agent)
        if worker is not None and not serves(row, worker):
            raise NotPossible("It waits in a queue or a language that is not yours.")
        won = self.session.execute(
            update(HandoffRow)
            .where(HandoffRow.id == handoff, HandoffRow.state.in_(("waiting", "reserved")))
            .values(state="active", agent=agent)
            .execution_options(synchronize_session=False)
        )
        if won.rowcount != 1:  # type: ignore[attr-defined]
            raise TakenByAnother("Another agent has it." if row.state == "active" else "It is closed.")
        to_agent(self.session, row, agent, now)
        return row

    def decline(self, handoff: str, agent: str) -> HandoffRow:
        """Passes; the next agent is asked. Raises NotPossible when it is not this agent's to pass."""
        row = locked(self.session, handoff)
        if row.state not in ("waiting", "reserved") or row.reserved_for not in (None, agent):
            raise NotPossible("It does not ring you.")
        row.passed_by = [*(one for one in row.passed_by if one != agent), agent]
        back_to_line(self.session, row, self.clock.now())
        return row

    def draft(self, handoff: str, agent: str, note: str) -> None:
        """Keeps the note as it is typed."""
        self._own(handoff, agent).draft_note = note
        self.session.flush()

    def transfer(self, handoff: str, agent: str, queue: str, note: str) -> HandoffRow:
        """Sends the caller on with the whole story and the transfer PIN they know; the age of the wait is kept."""
        if queue not in QUEUES:
            raise NotPossible(f"There is no queue {queue}.", f"Choose one of {', '.join(QUEUES)}.")
        row = self._own(handoff, agent)
        moved(row, agent, queue, note, self.clock.now())
        row.queue, row.passed_by, row.timeouts = queue, [], 0
        row.draft_note = note or row.draft_note
        back_to_line(self.session, row, self.clock.now())
        row.waiting_since, row.head = row.opened_at, False
        self.session.flush()
        return row

    def callback(self, handoff: str, agent: str, at: datetime) -> HandoffRow:
        """Promises a call: it comes back into the line at that moment. At most 30 days ahead."""
        now = self.clock.now()
        if not now < at <= now + FURTHEST_CALLBACK:
            raise NotPossible("A call-back must lie ahead, at most 30 days.", "Choose another time.")
        row = self._own(handoff, agent)
        moved(row, agent, row.queue, f"Call back at {at.isoformat()}", now)
        back_to_line(self.session, row, now)
        row.callback_at, row.waiting_since = at, at
        self.session.flush()
        return row

    def complete(self, handoff: str, agent: str, disposition: str, note: str) -> HandoffRow:
        """Ends it: the note, which must not be empty, goes into the case; the conversation is closed."""
        if not note.strip() or not disposition.strip():
            raise NotPossible("A disposition and a note are needed.", "Write what happened and how it ended.")
        row = self._own(handoff, agent)
        now = self.clock.now()
        conversation = lock_conversation(self.session, row.conversation)
        taxpayer = row.taxpayer or (conversation.taxpayer if conversation else None)
        if taxpayer:
            CaseStore(self.session).add_note(
                taxpayer, f"Agent {agent}", f"{disposition}: {note.strip()}", now
            )
        close(self.session, row, disposition, now, note.strip())
        row.draft_note = ""
        worker = self.session.get(AgentRow, agent)
        if worker is not None and worker.presence == "available":
            worker.presence, worker.presence_since = "wrap_up", now
        self.session.flush()
        return row

    def give_back(self, agent: str, *, active: bool) -> None:
        """The agent leaves: what rings goes back in line, and on `active` callers do too, at the head."""
        mine = or_(HandoffRow.reserved_for == agent, HandoffRow.agent == agent)
        for handoff in list(self.session.scalars(select(HandoffRow.id).where(mine))):
            row = locked(self.session, handoff)
            if row.state == "reserved" and row.reserved_for == agent:
                back_to_line(self.session, row, self.clock.now())
            elif active and row.state == "active" and row.agent == agent:
                without_agent(self.session, row, f"{agent} signed off.", self.clock.now())

    def _own(self, handoff: str, agent: str) -> HandoffRow:
        row = locked(self.session, handoff)
        if row.state != "active" or row.agent != agent:
            raise NotPossible("You do not have this caller now.")
        return row


def serves(row: HandoffRow, agent: AgentRow) -> bool:
    """Whether queue and language are among the agent's skills; a supervisor serves all."""
    queue = agent.queues is None or row.queue in agent.queues
    language = agent.languages is None or row.language in agent.languages
    return agent.role == "supervisor" or (queue and language)


def may_see(row: HandoffRow, agent: AgentRow) -> bool:
    """Need to know: their own, what rings them, what waits in their queues; a supervisor sees all."""
    if agent.role == "supervisor" or row.agent == agent.name:
        return True
    if row.state == "reserved":
        return row.reserved_for == agent.name
    return row.state == "waiting" and serves(row, agent)
