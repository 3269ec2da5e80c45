"""The written record of a call by a link: texted once when the call is over, to callers who agreed to texts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from acs.conduct import contact
from api.line import Line
from api.speak import queue_texts
from desk.answer import Say, text
from store.cases import CaseStore
from store.sheet_links import RECORD, SheetLinks
from store.tables.conversations import Conversation


def after_call(line: Line, session: Session, row: Conversation) -> None:
    """One text with a link that opens a few times within a day; nothing of the case stands in it.

    Only to the number on file, for the proven taxpayer, with consent to texts and within the hours of the law.
    """
    case = CaseStore(session).get(row.taxpayer or "")
    if row.channel != "voice" or row.authority is not None or case is None or row.phone != case.phone:
        return
    now = line.clock.now()
    links, name = SheetLinks(session), f"{RECORD}{row.id}"
    if links.has(name) or not contact(case, now, "text").allowed:
        return
    link = f"{line.settings.public_url}/records/{links.make(name, row.language, now)}"
    operator = line.settings.operator
    said = Say("utter_record_link", {"operator": text(operator, operator), "link": text(link, link)})
    queue_texts(line, session, row, line.render(said, row.language, "sms"), f"record:{row.id}", now)
