"""Keeps reminders: agreed to once, placed once, dropped when they are of no use any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desk.ports import Reminder
from store.conversations import new_id
from store.crypto import blind_index
from store.opt_outs import OptOuts
from store.tables.reminders import ReminderRow


class ReminderStore:
    """The reminders of one unit of work (desk.ports.Reminders)."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def reachable(self, phone: str, channel: str) -> bool:
        """Whether this number may be texted or called: it has not said STOP to either."""
        return not OptOuts(self.session).has(phone)

    def plan(self, reminder: Reminder) -> Reminder:
        """Keeps it; under a key that is there it stays one, planned again if it had been cancelled."""
        row = self._row(reminder.key)
        if row is None:
            row = self._insert(reminder)
        elif row.state == "cancelled":
            row.state, row.at, row.why, row.agreed_at = "planned", reminder.at, None, reminder.agreed_at
        self.session.flush()
        return as_reminder(row)

    def _insert(self, reminder: Reminder) -> ReminderRow:
        row = ReminderRow(
            id=new_id(),
            key=reminder.key,
            taxpayer=reminder.taxpayer,
            conversation=reminder.conversation,
            channel=reminder.channel,
            phone=reminder.phone,
            phone_index=blind_index("phone", reminder.phone),
            what=reminder.what,
            about=reminder.about,
            at=reminder.at,
            language=reminder.language,
            agreed_at=reminder.agreed_at,
        )
        try:
            with self.session.begin_nested():
                self.session.add(row)
        except IntegrityError:  # agreed to twice at the same moment
            found = self._row(reminder.key)
            if found is None:
                raise
            return found
        return row

    def of(self, taxpayer: str) -> Sequence[Reminder]:
        """All reminders of a taxpayer, the next first."""
        rows = select(ReminderRow).where(ReminderRow.taxpayer == taxpayer).order_by(ReminderRow.at)
        return [as_reminder(row) for row in self.session.scalars(rows)]

    def due(self, now: datetime, limit: int = 20) -> list[str]:
        """The keys of those whose moment has come."""
        rows = select(ReminderRow.key).where(ReminderRow.state == "planned", ReminderRow.at <= now)
        return list(self.session.scalars(rows.order_by(ReminderRow.at).limit(limit)))

    def locked(self, key: str) -> ReminderRow | None:
        """One that is still planned; whoever else looks at it waits."""
        rows = select(ReminderRow).where(ReminderRow.key == key, ReminderRow.state == "planned")
        return self.session.scalar(rows.with_for_update())

    def by_id(self, reminder: str) -> ReminderRow | None:
        """One by its id."""
        return self.session.get(ReminderRow, reminder)

    def cancel(self, key: str, why: str) -> None:
        """It is not needed any more; what is placed already is not called back."""
        row = self._row(key)
        if row is not None and row.state == "planned":
            row.state, row.why = "cancelled", why[:60]
            self.session.flush()

    def stop(self, taxpayer: str) -> None:
        """The person wants nothing more from us: all that is planned for them ends, whatever the number."""
        mine = (ReminderRow.taxpayer == taxpayer, ReminderRow.state == "planned")
        self.session.execute(update(ReminderRow).where(*mine).values(state="stopped", why="stop"))

    def _row(self, key: str) -> ReminderRow | None:
        return self.session.scalar(select(ReminderRow).where(ReminderRow.key == key))


def as_reminder(row: ReminderRow) -> Reminder:
    """The row as the desk knows it."""
    return Reminder(
        key=row.key,
        taxpayer=row.taxpayer,
        conversation=row.conversation,
        channel=row.channel,
        phone=row.phone,
        what=row.what,
        about=row.about,
        at=row.at,
        language=row.language,
        agreed_at=row.agreed_at,
        state=row.state,
    )
