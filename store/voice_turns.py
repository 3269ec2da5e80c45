"""The answers of calls, as they were given: the same turn again gets the same document."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from store.tables.conversations import VoiceTurn


class VoiceTurns:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, call_sid: str, nonce: str) -> str | None:
        """The stored TwiML of this turn."""
        row = self.session.get(VoiceTurn, (call_sid, nonce))
        return row.twiml if row else None

    def keep(self, call_sid: str, nonce: str, twiml: str, now: datetime) -> str:
        """Keeps the document; if there is one already, that one counts and is returned."""
        known = self.find(call_sid, nonce)
        if known is not None:
            return known
        self.session.add(VoiceTurn(call_sid=call_sid, nonce=nonce, twiml=twiml, at=now))
        self.session.flush()
        return twiml
