"""Numbers that said STOP get nothing more until they say START."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store.at_hand import any_of, first
from store.crypto import blind_index, blind_indexes
from store.tables.identity import OptOut
from store.tables.reminders import ReminderRow

_ROWS = OptOut.__table__.c
_SAID_STOP = select(_ROWS.phone_index).where(_ROWS.phone_index.in_(any_of("phones")))


class OptOuts:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def has(self, phone: str) -> bool:
        """Whether this number wants no texts."""
        return first(self.session, _SAID_STOP, phones=blind_indexes("phone", phone)) is not None

    def add(self, phone: str, now: datetime, *, own_words: bool = False) -> bool:
        """STOP; reminders planned for the number end too. False if the number had said so before.

        `own_words`: Twilio knows nothing of it, so its end is confirmed by us.
        """
        mine = ReminderRow.phone_index.in_(blind_indexes("phone", phone))
        planned = update(ReminderRow).where(mine, ReminderRow.state == "planned")
        self.session.execute(planned.values(state="stopped", why="stop"))
        if self.has(phone):
            return False
        index = blind_index("phone", phone)
        self.session.add(OptOut(phone_index=index, phone=phone, at=now, own_words=own_words))
        self.session.flush()
        return True

    def in_own_words(self, phone: str) -> bool:
        """Whether the stop was said to us alone, so that Twilio does not confirm its end."""
        wanted = OptOut.phone_index.in_(blind_indexes("phone", phone))
        return bool(self.session.scalar(select(OptOut.own_words).where(wanted)))

    def remove(self, phone: str) -> bool:
        """START. False if there was nothing to undo."""
        wanted = OptOut.phone_index.in_(blind_indexes("phone", phone))
        if not self.has(phone):
            return False
        self.session.execute(delete(OptOut).where(wanted))
        return True
