"""Builds the desk on the database: the one place that knows every room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from desk.ports import Desk
from store.audit import AuditStore
from store.call_backs import CallBackStore
from store.cases import CaseStore
from store.conversations import Conversations
from store.crypto import use_secret
from store.db import Database
from store.drafts import DraftStore
from store.handoffs import HandoffStore
from store.reminders import ReminderStore
from store.requests import RequestStore
from wiring.secrets import the_secrets
from wiring.settings import Settings


class WallClock:
    """The moment in UTC, and the business day of the rules."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def today(self) -> date:
        return self._settings.today()

    def now(self) -> datetime:
        return datetime.now(UTC)


class Rooms:
    """Everything of one process that outlives a message."""

    def __init__(self, settings: Settings, db: Database | None = None) -> None:
        self.settings = settings
        use_secret(*the_secrets(settings))
        self.db = db or Database(settings.database_url)
        self.clock = WallClock(settings)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A desk for one unit of work; all it does is kept together or not at all."""
        with self.db.work() as session:
            yield Desk(
                cases=CaseStore(session),
                contacts=Conversations(session),
                requests=RequestStore(session),
                drafts=DraftStore(session),
                handoffs=HandoffStore(session, self.clock),
                audit=AuditStore(session),
                clock=self.clock,
                reminders=ReminderStore(session),
                call_backs=CallBackStore(session, self.clock) if self.settings.twilio_configured else None,
            )
