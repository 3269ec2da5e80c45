"""The transfer PIN: four digits that carry a proof of identity to whoever gets the caller next (IRM 21.1.3.2.5 and .6).

Told once to a caller who proved who they are and is handed on; asked for by the agent who has them on another call.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from desk.ports import Clock
from store.errors import NotPossible
from store.handoff_rows import locked, open_handoff
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow

TRIES = 3
LASTS = timedelta(hours=24)
"""From the telling, or from the moment of a promised call."""
IN_FULL = "Prove identity in full."


class TransferPins:
    """The PINs of one unit of work."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    def to_tell(self, caller: Conversation) -> str | None:
        """The digits for a caller who proved who they are, is handed on, and has not heard them; from now on they count."""
        if caller.taxpayer is None:
            return None
        row = open_handoff(self.session, caller.id)
        if row is None or row.taxpayer != caller.taxpayer or row.pin_state is not None:
            return None
        until = max(self.clock.now(), row.callback_at or self.clock.now()) + LASTS
        row.pin_state = {"until": until.isoformat(), "missed": 0, "right": False}
        return row.transfer_pin

    def check(self, handoff: str, agent: str, said: str) -> HandoffRow:
        """What a caller said, looked at: right, and the card says so; wrong, and one try less. NotPossible where none counts."""
        row = locked(self.session, handoff)
        if row.state != "active" or row.agent != agent:
            raise NotPossible("You do not have this caller now.")
        if why := why_not(row, self.clock.now()):
            raise NotPossible(why, IN_FULL)
        state = dict(row.pin_state or {})
        right = hmac.compare_digest(re.sub(r"\D", "", said).encode(), row.transfer_pin.encode())
        if right:
            row.card = {**row.card, "verified": "transfer_pin"}
        row.pin_state = state | {"right": right, "missed": state["missed"] + (not right)}
        self.session.flush()
        return row


def why_not(row: HandoffRow, now: datetime) -> str:
    """Why a PIN proves nothing here; empty while it may."""
    state = row.pin_state
    if state is None:
        return "No transfer PIN was given to this caller."
    if state["missed"] >= TRIES:
        return "The transfer PIN was wrong three times."
    if state["right"]:
        return "The transfer PIN was used already."
    return "The transfer PIN is too old." if now >= datetime.fromisoformat(state["until"]) else ""


def as_seen(row: HandoffRow) -> dict[str, Any] | None:
    """All an agent sees of it, never the digits; None where none was given."""
    state = row.pin_state
    if state is None:
        return None
    return {"until": state["until"], "tries_left": max(0, TRIES - state["missed"]), "right": state["right"]}
