"""Numbers that said STOP get nothing more until they say START."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.crypto import blind_index, blind_indexes
from store.tables.identity import OptOut


class OptOuts:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def has(self, phone: str) -> bool:
        """Whether this number wants no texts."""
        wanted = OptOut.phone_index.in_(blind_indexes("phone", phone))
        return self.session.scalar(select(OptOut.phone_index).where(wanted)) is not None

    def add(self, phone: str, now: datetime) -> bool:
        """STOP. False if the number had said so before."""
        if self.has(phone):
            return False
        self.session.add(OptOut(phone_index=blind_index("phone", phone), at=now))
        self.session.flush()
        return True

    def remove(self, phone: str) -> bool:
        """START. False if there was nothing to undo."""
        wanted = OptOut.phone_index.in_(blind_indexes("phone", phone))
        if not self.has(phone):
            return False
        self.session.execute(delete(OptOut).where(wanted))
        return True
