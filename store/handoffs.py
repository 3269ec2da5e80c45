"""The caller's side of the queues: get in line once, know how long it takes, leave again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, load_only

from desk.contact import Contact
from desk.ports import Clock, HandoffWanted
from desk.queue import QUEUES, in_order, wait_range
from store.cases import NEW_YORK
from store.conversations import new_id
from store.errors import NotPossible
from store.handoff_rows import (
    as_waiting,
    back_to_line,
    card_of,
    close,
    leave_note,
    lock_conversation,
    locked,
    open_handoff,
    transfer_pin,
)
from store.tables.agents import AgentRow
from store.tables.call_backs import CallBackRow
from store.tables.handoffs import HandoffRow

HISTORY = timedelta(days=28)
LINE = (
    *(HandoffRow.queue, HandoffRow.language, HandoffRow.priority, HandoffRow.waiting_since),
    *(HandoffRow.head, HandoffRow.passed_by),
)
"""All that is needed to know the order of the line; nothing sealed is opened for it."""


class SystemTime:
    """The time of this machine, where no other clock is given."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(NEW_YORK).date()


class HandoffStore:
    """The hand-offs of one unit of work (desk.ports.Handoffs)."""

    def __init__(self, session: Session, clock: Clock | None = None) -> None:
        self.session = session
        self.clock = clock or SystemTime()

    def open(self, contact: Contact, wanted: HandoffWanted) -> str:
        """Puts the conversation in line and returns the hand-off's id; a second time it is the same one.

        Asking again can only make it more urgent. Raises NotPossible when the conversation is over.
        """
        if wanted.queue not in QUEUES:
            raise NotPossible(f"There is no queue {wanted.queue}.")
        conversation = lock_conversation(self.session, contact.id)
        if conversation is None or conversation.state == "closed":
            raise NotPossible("The conversation is over.")
        row = open_handoff(self.session, contact.id)
        if row is None:
            row = self._insert(contact, wanted)
        elif row.state == "waiting":
            self._again(row, contact, wanted)
        return row.id

    def _insert(self, contact: Contact, wanted: HandoffWanted) -> HandoffRow:
        now = self.clock.now()
        earlier = self.session.scalar(select(func.count()).where(HandoffRow.conversation == contact.id)) or 0
        row = HandoffRow(
            id=new_id(),
            handoff_key=f"{contact.id}-{earlier + 1}" if earlier else contact.id,
            conversation=contact.id,
            open_conversation=contact.id,
            taxpayer=contact.taxpayer,
            channel=contact.channel,
            language=contact.language,
            queue=wanted.queue,
            priority=wanted.priority,
            state="waiting",
            reason=wanted.reason,
            card=dict(wanted.card),
            transfer_pin=transfer_pin(),
            moves=[],
            draft_note=str(wanted.card.get("draft_note") or ""),
            opened_at=now,
            waiting_since=now,
            passed_by=[],
        )
        try:
            with self.session.begin_nested():
                self.session.add(row)
        except IntegrityError:  # opened at the same moment by another process
            found = open_handoff(self.session, contact.id)
            if found is None:
                raise
            return found
        back_to_line(self.session, row, now)
        return row

    def _again(self, row: HandoffRow, contact: Contact, wanted: HandoffWanted) -> None:
        if row.callback_at is not None:  # now after all, instead of the call that was promised
            row.callback_at, row.waiting_since = None, self.clock.now()
            back_to_line(self.session, row, self.clock.now())
        if wanted.priority < row.priority:
            row.priority, row.queue, row.reason = wanted.priority, wanted.queue, wanted.reason
        row.card, row.language = dict(wanted.card), contact.language
        if contact.taxpayer not in (
            None,
            row.taxpayer,
        ):  # somebody else proved who they are: no PIN of before is theirs
            row.taxpayer, row.transfer_pin, row.pin_state = contact.taxpayer, transfer_pin(), None
        self.session.flush()

    def of(self, conversation: str) -> HandoffRow | None:
        """The open hand-off of a conversation."""
        return open_handoff(self.session, conversation)

    def card(self, handoff: str) -> dict[str, Any]:
        """The card of a hand-off. Raises NoSuchHandoff."""
        return card_of(locked(self.session, handoff))

    def ahead(self, conversation: str) -> int | None:
        """How many callers of the same queue come first; None when this one does not wait."""
        own = open_handoff(self.session, conversation)
        if own is None or own.state not in ("waiting", "reserved"):
            return None
        line = [one.id for one in in_order([as_waiting(row) for row in self._line(own.queue)])]
        return line.index(own.id) if own.id in line else 0

    def place(self, conversation: str) -> tuple[int, tuple[int, int] | None] | None:
        """How many are ahead and how long it may take; None when this conversation does not wait."""
        ahead = self.ahead(conversation)
        own = open_handoff(self.session, conversation)
        return None if ahead is None or own is None else (ahead, self.wait_minutes(own.queue))

    def wait_minutes(self, queue: str) -> tuple[int, int] | None:
        """A range in minutes by what waits took lately; None when nobody is there to answer."""
        now, line = self.clock.now(), self._line(queue)
        longest = max((now - row.waiting_since for row in line), default=timedelta(0))
        return wait_range(self.waits(queue), len(line), self._on_duty(queue), longest)

    def waits(self, queue: str) -> list[timedelta]:
        """How long callers waited for their first agent in the last four weeks."""
        query = select(HandoffRow.first_wait).where(
            HandoffRow.queue == queue,
            HandoffRow.first_wait.is_not(None),
            HandoffRow.opened_at > self.clock.now() - HISTORY,
        )
        latest = query.order_by(HandoffRow.opened_at.desc()).limit(200)
        return [timedelta(seconds=one or 0) for one in self.session.scalars(latest)]

    def cancel(self, conversation: str, why: str = "caller_left") -> bool:
        """The caller hung up or ended the chat: nobody is called for nothing, and a note stays in the case.

        With an agent on the line the agent sees it and completes it; the answer is then False, and the
        conversation stays the agent's. A promised call-back stays too.
        """
        lock_conversation(self.session, conversation)
        row = open_handoff(self.session, conversation)
        now = self.clock.now()
        if row is None or row.callback_at is not None:
            return False
        if row.state == "active":
            row.caller_left_at = now
            self.session.flush()
            return False
        leave_note(self.session, row, f"Left before an agent answered. Wanted: {row.reason}.", now)
        close(self.session, row, why, now)
        return True

    def person_left(self, conversation: str, _now: datetime | None = None) -> bool:
        """The same as `cancel`."""
        return self.cancel(conversation)

    def task(self, handoff: str, task_sid: str) -> None:
        """Remembers which task of the telephone company stands for this hand-off."""
        locked(self.session, handoff).task_sid = task_sid
        self.session.flush()

    def _line(self, queue: str) -> list[HandoffRow]:
        query = select(HandoffRow).where(
            HandoffRow.queue == queue,
            HandoffRow.state.in_(("waiting", "reserved")),
            due(self.clock.now()),
        )
        return list(self.session.scalars(query.options(load_only(*LINE))))

    def _on_duty(self, queue: str) -> int:
        rows = self.session.scalars(select(AgentRow).where(AgentRow.presence.in_(("available", "wrap_up"))))
        return sum(row.queues is None or queue in row.queues for row in rows)


def due(now: datetime) -> Any:
    """A call-back counts as waiting only when its time has come; one the line rings itself, once it is answered."""
    rung = select(CallBackRow.id).where(
        CallBackRow.handoff == HandoffRow.id, CallBackRow.state.in_(("promised", "ringing"))
    )
    return or_(HandoffRow.callback_at.is_(None), and_(HandoffRow.callback_at <= now, ~rung.exists()))
