"""The row beside each case that tells when the collection system's day has to look at it."""

from __future__ import annotations

import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from store.tables.days import CaseDayRow

AT_ONCE = datetime.date(1, 1, 1)
"""`look_on` of a case that somebody changed: due on any day."""


def look_again(session: Session, taxpayer: str) -> None:
    """Says that a case was changed: the next day looks at it, and work read before is not kept."""
    changed = (
        update(CaseDayRow)
        .where(CaseDayRow.taxpayer_id == taxpayer)
        .values(look_on=AT_ONCE, revision=CaseDayRow.revision + 1)
        .execution_options(synchronize_session=False)
    )
    if session.connection().execute(changed).rowcount == 0:
        session.connection().execute(
            insert(CaseDayRow).values(taxpayer_id=taxpayer, look_on=AT_ONCE, revision=0)
        )
