"""How often identity was tried: in a contact, on a taxpayer number, by a caller."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.identity import CALLER_WINDOW, NUMBER_WINDOW
from store.crypto import blind_index, blind_indexes
from store.tables.identity import Probe


class Probes:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def counts(self, conversation: str, tin: str, caller: str | None, now: datetime) -> dict[str, int]:
        """Failed attempts so far, named as `desk.identity.may_try` wants them.

        A proof clears the count on its number, not that of the caller: one right set buys no more guesses.
        """
        number = Probe.tin_index.in_(blind_indexes("tin", tin))
        last_proof = self.session.scalar(select(func.max(Probe.id)).where(number, Probe.ok)) or 0
        return {
            "in_contact": self._count(Probe.conversation == conversation, Probe.ok.is_(False)),
            "on_number": self._count(number, Probe.at > now - NUMBER_WINDOW, Probe.id > last_proof),
            "by_caller": self._count(
                Probe.caller_index.in_(blind_indexes("caller", caller)),
                Probe.at > now - CALLER_WINDOW,
                Probe.ok.is_(False),
            )
            if caller
            else 0,
        }

    def add(self, conversation: str, tin: str, caller: str | None, ok: bool, now: datetime) -> Probe:
        """One attempt was looked at."""
        probe = Probe(
            conversation=conversation,
            tin_index=blind_index("tin", tin),
            caller_index=blind_index("caller", caller) if caller else None,
            ok=ok,
            at=now,
        )
        self.session.add(probe)
        self.session.flush()
        return probe

    def _count(self, *where: object) -> int:
        return self.session.scalar(select(func.count()).select_from(Probe).where(*where)) or 0  # type: ignore[arg-type]
