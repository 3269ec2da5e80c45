"""What came in: kept before it is acknowledged, worked off in order, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.tables.conversations import Inbound


class Inbox:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, source: str, external_id: str) -> Inbound | None:
        """What already came in under this name."""
        return self.session.scalar(
            select(Inbound).where(Inbound.source == source, Inbound.external_id == external_id)
        )

    def known(self, source: str, external_ids: Sequence[str]) -> set[str]:
        """Those that already came in."""
        found: set[str] = set()
        for start in range(0, len(external_ids), 500):
            part = list(external_ids[start : start + 500])
            query = select(Inbound.external_id).where(Inbound.source == source, Inbound.external_id.in_(part))
            found |= set(self.session.scalars(query))
        return found

    def accept(
        self,
        source: str,
        external_id: str,
        conversation: str,
        kind: str,
        body: dict[str, Any],
        now: datetime,
        *,
        looked: bool = False,
    ) -> tuple[Inbound, bool]:
        """Keeps it; the second value is False if it was here before. Kinds: text, choice, keys, event.

        `looked`: the caller has just found that it is new, so only the unique name is the judge.
        """
        known = None if looked else self.find(source, external_id)
        if known:
            return known, False
        row = Inbound(
            source=source, external_id=external_id, conversation=conversation, kind=kind, body=body, at=now
        )
        try:
            with self.session.begin_nested():
                self.session.add(row)
        except IntegrityError:
            twin = self.find(source, external_id)
            if twin is None:
                raise
            return twin, False
        return row, True

    def get(self, seq: int) -> Inbound | None:
        """One row by its place in the order of arrival."""
        return self.session.get(Inbound, seq)

    def next(self, conversation: str) -> Inbound | None:
        """The oldest of this conversation that is not worked off."""
        return self.session.scalar(
            select(Inbound)
            .where(Inbound.conversation == conversation, Inbound.done_at.is_(None))
            .order_by(Inbound.seq)
            .limit(1)
        )

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
        query = select(func.count()).select_from(Inbound).where(Inbound.done_at.is_(None))
        if conversation:
            query = query.where(Inbound.conversation == conversation)
        return self.session.scalar(query) or 0
