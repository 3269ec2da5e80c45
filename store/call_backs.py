"""Keeps the calls that were promised, and brings whoever answers into the line for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.contact import Contact
from desk.ports import Clock, HandoffWanted
from store.conversations import Conversations, new_id
from store.handoff_rows import back_to_line, close, leave_note, locked, moved
from store.handoffs import HandoffStore
from store.tables.call_backs import CallBackRow
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow

TRIES = 3
"""The first call and two more."""
BETWEEN = timedelta(minutes=15)


class CallBackStore:
    """The call-backs of one unit of work (desk.ports.CallBacks)."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    def promise(self, contact: Contact, wanted: HandoffWanted, phone: str, at: datetime) -> str:
        """Opens (or takes) the hand-off of the conversation and promises the call; promised again it is moved.

        Until then the person does not wait in line, and goes on talking with the line if they like.
        """
        handoff = HandoffStore(self.session, self.clock).open(contact, wanted)
        self.schedule(handoff, phone, contact.language, at)
        Conversations(self.session).move(contact.id, "bot", self.clock.now())
        return handoff

    def schedule(self, handoff: str, phone: str, language: str, at: datetime) -> None:
        """Promises the call for a hand-off that is there."""
        row = self.session.scalar(select(CallBackRow).where(CallBackRow.handoff == handoff))
        if row is None:
            row = CallBackRow(id=new_id(), handoff=handoff, phone=phone, language=language)
            self.session.add(row)
        row.phone, row.promised_at, row.next_at, row.tries, row.state = phone, at, at, 0, "promised"
        held = locked(self.session, handoff)
        moved(
            held,
            "ACS Line",
            held.queue,
            f"Call promised for {at.isoformat(timespec='minutes')}",
            self.clock.now(),
        )
        held.callback_at, held.waiting_since = at, at
        self.session.flush()

    def due(self, now: datetime, limit: int = 20) -> list[str]:
        """The ids of those to be rung now: promised, or rung before without an answer."""
        rows = select(CallBackRow.id).where(
            CallBackRow.state.in_(("promised", "ringing")), CallBackRow.next_at <= now
        )
        return list(self.session.scalars(rows.order_by(CallBackRow.next_at).limit(limit)))

    def locked(self, call_back: str) -> CallBackRow | None:
        """One that is still to be rung; whoever else looks at it waits."""
        rows = select(CallBackRow).where(
            CallBackRow.id == call_back, CallBackRow.state.in_(("promised", "ringing"))
        )
        return self.session.scalar(rows.with_for_update())

    def ring(self, row: CallBackRow, now: datetime) -> bool:
        """Counts one more try; False when all are used up and nobody answered."""
        handoff = locked(self.session, row.handoff)
        if handoff.state != "waiting" or handoff.callback_at is None:
            row.state = "answered" if handoff.state == "active" else "given_up"
            return False
        if row.tries >= TRIES:
            self.give_up(row, handoff, now)
            return False
        row.tries, row.state, row.next_at = row.tries + 1, "ringing", now + BETWEEN
        self.session.flush()
        return True

    def give_up(self, row: CallBackRow, handoff: HandoffRow, now: datetime) -> None:
        """Nobody answered: it stands in the case and on the card, and no agent is kept waiting."""
        row.state = "given_up"
        leave_note(self.session, handoff, f"CB {row.tries}x N (no answer). Wanted: {handoff.reason}.", now)
        close(self.session, handoff, "not_reached", now)

    def of_handoff(self, handoff: str) -> CallBackRow | None:
        """The call promised for a hand-off, if there is one."""
        return self.session.scalar(select(CallBackRow).where(CallBackRow.handoff == handoff))

    def answered(self, row: CallBackRow, call_sid: str, now: datetime) -> Conversation | None:
        """Somebody answered and wants to speak: a new call of which nothing is proved, with the story, in line.

        None when an agent has it already or it is closed.
        """
        known = Conversations(self.session).by_call(call_sid)
        if known is not None:
            return known
        handoff = locked(self.session, row.handoff)
        if handoff.state not in ("waiting", "reserved"):
            return None
        call = Conversations(self.session).open(
            "voice", row.language, now, phone=row.phone, call_sid=call_sid
        )
        call.call_status = "in-progress"
        handoff.conversation = handoff.open_conversation = call.id
        handoff.channel, handoff.callback_at = "voice", None
        handoff.card = {**handoff.card, "verified": "none"}
        moved(handoff, "ACS Line", handoff.queue, "Called back and answered. Verify identity.", now)
        back_to_line(self.session, handoff, now, head=True)
        row.state = "answered"
        self.session.flush()
        return call
