"""Keeps half-filled forms by conversation and topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables.drafts import DraftRow


class DraftStore:
    """The drafts of one unit of work (desk.ports.Drafts)."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, conversation: str, topic: str) -> dict[str, Any]:
        """What is filled in so far; empty if nothing is."""
        row = self.session.get(DraftRow, (conversation, topic))
        return dict(row.filled) if row else {}

    def put(self, conversation: str, topic: str, values: Mapping[str, Any]) -> None:
        """Keeps `values` in place of what was there."""
        self.session.merge(DraftRow(conversation=conversation, topic=topic, filled=dict(values)))
        self.session.flush()

    def of(self, conversation: str) -> dict[str, dict[str, Any]]:
        """Every draft of one owner, by topic."""
        rows = select(DraftRow).where(DraftRow.conversation == conversation).order_by(DraftRow.topic)
        return {row.topic: dict(row.filled) for row in self.session.scalars(rows)}

    def drop(self, conversation: str, topic: str) -> None:
        """Forgets the draft, if there is one."""
        row = self.session.get(DraftRow, (conversation, topic))
        if row is not None:
            self.session.delete(row)
            self.session.flush()
