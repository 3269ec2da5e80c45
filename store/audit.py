"""Keeps who was told what, so that a row changed, added or taken out afterwards is seen (26 USC 6103)."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desk.contact import Contact
from store.crypto import blind_index, blind_indexes
from store.errors import NotWhole
from store.tables.audit import AuditHead, AuditRow

LINE = "line"


class AuditStore:
    """The audit trail of one unit of work (desk.ports.Audit)."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def disclosed(self, contact: Contact, what: Sequence[str], ground: str, at: datetime) -> None:
        """The line told a caller something of a case."""
        self.record(
            "disclosed",
            LINE,
            at,
            conversation=contact.id,
            taxpayer=contact.taxpayer,
            what=what,
            ground=ground,
        )

    def record(
        self,
        event: str,
        actor: str,
        at: datetime,
        *,
        conversation: str | None = None,
        taxpayer: str | None = None,
        what: Sequence[str] = (),
        ground: str = "",
    ) -> None:
        """Adds one row to the end of the chain; writers wait for each other until the work is committed."""
        head = self._head()
        row = AuditRow(
            seq=head.seq + 1,
            at=at,
            actor=actor,
            event=event,
            conversation=conversation,
            taxpayer=taxpayer,
            what=list(what),
            ground=ground,
        )
        row.hash = blind_index("audit", head.hash + _told(row))
        head.seq, head.hash = row.seq, row.hash
        self.session.add(row)
        self.session.flush()

    def first_broken(self) -> int | None:
        """The place in the chain where something was changed or taken out; None if all is as it was written."""
        last, place = "", 0
        for row in self.session.scalars(select(AuditRow).order_by(AuditRow.seq)):
            place += 1
            if row.seq != place or not _same(row.hash, blind_indexes("audit", last + _told(row))):
                return place
            last = row.hash
        head = self.session.get(AuditHead, 1)
        as_written = (head.seq, head.hash) == (place, last) if head else place == 0
        return None if as_written else place + 1

    def has_older_keys(self) -> bool:
        """Whether the chain was sealed under another key than the newest."""
        head = self.session.get(AuditHead, 1)
        last = self.session.get(AuditRow, head.seq) if head else None
        if head is None or last is None:
            return False
        before = self.session.get(AuditRow, last.seq - 1)
        return not _same(last.hash, [blind_index("audit", (before.hash if before else "") + _told(last))])

    def seal_again(self) -> None:
        """The whole chain under the newest key, in one piece. Raises NotWhole, and changes nothing, if it is broken."""
        head, last = self._head(), ""
        broken = self.first_broken()
        if broken is not None:
            raise NotWhole(f"The audit trail does not fit from row {broken} on.")
        for row in self.session.scalars(select(AuditRow).order_by(AuditRow.seq)):
            row.hash = last = blind_index("audit", last + _told(row))
        head.hash = last
        self.session.flush()

    def _head(self) -> AuditHead:
        query = select(AuditHead).where(AuditHead.id == 1).with_for_update()
        found = self.session.scalar(query.execution_options(populate_existing=True))
        if found is not None:
            return found
        try:
            with self.session.begin_nested():
                self.session.add(AuditHead(id=1, seq=0, hash=""))
        except IntegrityError:
            pass  # another writer has just made it
        return self.session.scalars(query.execution_options(populate_existing=True)).one()


def _told(row: AuditRow) -> str:
    parts = (
        row.seq,
        row.at.astimezone(UTC).isoformat(),
        row.actor,
        row.event,
        row.conversation,
        row.taxpayer,
    )
    return json.dumps([*parts, row.what, row.ground], ensure_ascii=False)


def _same(hash_: str, good: Sequence[str]) -> bool:
    return any(hmac.compare_digest(hash_, one) for one in good)
