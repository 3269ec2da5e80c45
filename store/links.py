"""One-time links by which a texting person proves who they are on a page of ours."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from store.conversations import new_token, token_hash
from store.tables.identity import VerifyLink

GOOD_FOR = timedelta(minutes=10)


class Links:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def make(self, conversation: str, now: datetime) -> str:
        """A new link's token; links of this conversation made before die."""
        self.session.execute(
            update(VerifyLink)
            .where(VerifyLink.conversation == conversation, VerifyLink.used_at.is_(None))
            .values(used_at=now)
        )
        token = new_token()
        self.session.add(
            VerifyLink(token_hash=token_hash(token), conversation=conversation, expires_at=now + GOOD_FOR)
        )
        self.session.flush()
        return token

    def find(self, token: str, now: datetime) -> VerifyLink | None:
        """The link, while it may be used."""
        link = self.session.get(VerifyLink, token_hash(token))
        return link if link and link.used_at is None and link.expires_at > now else None
