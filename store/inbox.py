"""What came in: kept before it is acknowledged, worked off in order, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from store.at_hand import first, keep_new
from store.tables.conversations import Conversation, Inbound

_ROWS = Inbound.__table__.c
_KNOWN = select(_ROWS.seq).where(
    _ROWS.source == bindparam("source"), _ROWS.external_id == bindparam("external_id")
)
_NEXT = (
    select(_ROWS.seq)
    .where(_ROWS.conversation == bindparam("conversation"), _ROWS.done_at.is_(None))
    .order_by(_ROWS.seq)
    .limit(1)
)
_HOW_MANY = (
    select(func.count())
    .select_from(Inbound)
    .where(_ROWS.conversation == bindparam("conversation"), _ROWS.done_at.is_(None))
)
_TURN = (
    select(Inbound, Conversation)
    .join(Conversation, Conversation.id == Inbound.conversation)
    .where(Inbound.seq == bindparam("seq"))
)
_MINE = _TURN.with_for_update(of=Inbound)


class Inbox:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, source: str, external_id: str) -> int | None:
        """The place in the order of arrival of what already came in under this name."""
        found: int | None = first(self.session, _KNOWN, source=source, external_id=external_id)
        return found

    def known(self, source: str, external_ids: Sequence[str]) -> set[str]:
        """Those that already came in."""
        found: set[str] = set()
        for start in range(0, len(external_ids), 500):
            part = list(external_ids[start : start + 500])
            query = select(Inbound.external_id).where(Inbound.source == source, Inbound.external_id.in_(part))
            found |= set(self.session.scalars(query))
        return found

    def accept(
        self, source: str, external_id: str, conversation: str, kind: str, body: dict[str, Any], now: datetime
    ) -> tuple[int, bool]:
        """Keeps it and gives its place; the second value is False if it was here before. The unique name is the judge.

        Kinds: text, choice, keys, event.
        """
        self.session.flush()
        seq = keep_new(
            self.session, Inbound, source=source, external_id=external_id, conversation=conversation, kind=kind,
            body=body, at=now, attempts=0,
        )  # fmt: skip
        if seq is not None:
            return seq, True
        twin = self.find(source, external_id)
        if twin is None:
            raise KeyError(external_id)
        return twin, False

    def turn(self, seq: int, *, mine: bool = False) -> tuple[Inbound, Conversation]:
        """What came in and its conversation; `mine`: locked until the end of this unit of work. NoResultFound."""
        query = _MINE if mine else _TURN
        found = self.session.execute(query, {"seq": seq}).one()
        return found[0], found[1]

    def done(self, seq: int, now: datetime) -> None:
        """Worked off, or nothing to work at."""
        self.session.execute(update(Inbound).where(Inbound.seq == seq).values(done_at=now))

    def get(self, seq: int) -> Inbound | None:
        """One row by its place in the order of arrival."""
        return self.session.get(Inbound, seq)

    def next(self, conversation: str) -> int | None:
        """The oldest of this conversation that is not worked off."""
        found: int | None = first(self.session, _NEXT, conversation=conversation)
        return found

    def waiting(self) -> Sequence[str]:
        """Conversations with something not worked off, the oldest first."""
        return self.session.scalars(
            select(Inbound.conversation)
            .where(Inbound.done_at.is_(None))
            .group_by(Inbound.conversation)
            .order_by(func.min(Inbound.seq))
        ).all()

    def count(self, conversation: str | None = None) -> int:
        """How many are not worked off."""
        if conversation:
            return int(first(self.session, _HOW_MANY, conversation=conversation))
        query = select(func.count()).select_from(Inbound).where(Inbound.done_at.is_(None))
        return self.session.scalar(query) or 0
