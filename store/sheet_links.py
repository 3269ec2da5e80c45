"""Links to a filled data sheet, for whoever has no browser of ours open: a few openings, one day, then nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.conversations import new_token, token_hash
from store.tables.requests import SheetLink

GOOD_FOR = timedelta(hours=24)
OPENINGS = 3
RECORD = "record:"
"""A phone often looks at a link before its owner does. A link to the record of a call names it as RECORD + its id."""


class SheetLinks:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def has(self, request: str) -> bool:
        """Whether a link to this request's sheet was made already."""
        return (
            self.session.scalar(select(SheetLink.token_hash).where(SheetLink.request == request).limit(1))
            is not None
        )

    def make(self, request: str, language: str, now: datetime) -> str:
        """A new link's token."""
        token = new_token()
        self.session.add(
            SheetLink(
                token_hash=token_hash(token),
                request=request,
                language=language,
                expires_at=now + GOOD_FOR,
                opened=0,
            )
        )
        self.session.flush()
        return token

    def open(self, token: str, now: datetime) -> SheetLink | None:
        """The link, counted as opened; None once it is used up or too old."""
        link = self.session.get(SheetLink, token_hash(token), with_for_update=True)
        if link is None or link.expires_at <= now or link.opened >= OPENINGS:
            return None
        link.opened += 1
        return link
