"""The written record of a call by a link: texted once, when the call is over or in the morning, to who agreed to texts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from acs.case import Case
from acs.conduct import contact
from api.line import Line
from api.speak import queue_texts
from desk.answer import Say, text
from store.cases import CaseStore
from store.sheet_links import RECORD, SheetLinks
from store.tables.conversations import Conversation


def after_call(line: Line, session: Session, row: Conversation) -> None:
    """One text with a link that opens a few times within a day; nothing of the case stands in it.

    Only to the number on file, for the proven taxpayer, with consent to texts. Outside the hours of the law it waits
    for the next morning, and the link is good for a day from then.
    """
    case = CaseStore(session).get(row.taxpayer or "")
    if row.channel != "voice" or row.authority is not None or case is None or row.phone != case.phone:
        return
    now = line.clock.now()
    due = _due(case, now)
    links, name = SheetLinks(session), f"{RECORD}{row.id}"
    if links.has(name) or due is None:
        return
    link = f"{line.settings.public_url}/records/{links.make(name, row.language, due)}"
    operator = line.settings.operator
    said = Say("utter_record_link", {"operator": text(operator, operator), "link": text(link, link)})
    queue_texts(line, session, row, line.render(said, row.language, "sms"), f"record:{row.id}", now, due=due)


def _due(case: Case, now: datetime) -> datetime | None:
    """Now, or when the hours of the law begin again (26 USC 6304(a)(1)); None where no text may be sent at all."""
    found = contact(case, now, "text")
    if found.allowed:
        return now
    at = found.next_hours
    return at if at is not None and contact(case, at, "text").allowed else None
