"""Keeps what callers asked to be done: sent twice, it is still one request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desk.ports import Request
from store.tables.requests import RequestRow


class RequestStore:
    """The requests of one unit of work (desk.ports.Requests)."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def open(self, request: Request) -> Request:
        """Keeps the request, or gives back the one already kept under its key."""
        known = self.session.get(RequestRow, request.key)
        if known is None:
            known = self._insert(request)
        return _request(known)

    def _insert(self, request: Request) -> RequestRow:
        row = RequestRow(
            key=request.key,
            taxpayer=request.taxpayer,
            conversation=request.conversation,
            kind=request.kind,
            status=request.status,
            asked_at=request.asked_at,
            facts=dict(request.facts),
        )
        try:
            with self.session.begin_nested():
                self.session.add(row)
        except IntegrityError:  # someone else was opening the same request at the same time
            return self.session.get_one(RequestRow, request.key)
        return row

    def of(self, taxpayer: str) -> Sequence[Request]:
        """All requests of a taxpayer, oldest first."""
        rows = select(RequestRow).where(RequestRow.taxpayer == taxpayer)
        return [
            _request(row) for row in self.session.scalars(rows.order_by(RequestRow.asked_at, RequestRow.key))
        ]

    def change(self, key: str, *, status: str, facts: Mapping[str, Any]) -> Request:
        """Moves a request on and adds what is known of it now."""
        row = self.session.get_one(RequestRow, key)
        row.status, row.facts = status, {**row.facts, **facts}
        self.session.flush()
        return _request(row)

    def set_status(self, key: str, status: str) -> None:
        """Moves a request on: done, refused, withdrawn."""
        self.session.get_one(RequestRow, key).status = status
        self.session.flush()


def _request(row: RequestRow) -> Request:
    return Request(
        key=row.key,
        taxpayer=row.taxpayer,
        conversation=row.conversation,
        kind=row.kind,
        status=row.status,
        asked_at=row.asked_at,
        facts=row.facts,
    )
