"""The link to a filled data sheet, made when a request that has one goes in."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from api.line import Line
from api.outcome import Outcome
from api.speak import queue_texts
from desk.answer import Say, text
from letters.asked import MAKERS
from store.cases import CaseStore
from store.opt_outs import OptOuts
from store.requests import RequestStore
from store.sheet_links import SheetLinks
from store.tables.conversations import Conversation

SENT = "utter_intake_done_"
"""How the words begin that tell a request is in."""


def with_sheet(line: Line, session: Session, row: Conversation, outcome: Outcome) -> Outcome:
    """After a request went in: a link to its sheet, in the chat as it is, by text to whoever texts or calls."""
    kind = next((_kind(one) for one in outcome.says if one.words.startswith(SENT)), None)
    if row.taxpayer is None or row.authority is not None or kind not in MAKERS:
        return outcome
    mine = [
        one for one in RequestStore(session).of(row.taxpayer) if one.kind == kind and one.status != "asked"
    ]
    links = SheetLinks(session)
    if not mine or links.has(mine[-1].key) or (row.channel != "chat" and not _may_text(session, row)):
        return outcome
    link = f"{line.settings.public_url}/sheets/{links.make(mine[-1].key, row.language, line.clock.now())}"
    said = Say("utter_sheet_link", {"link": text(link, link)})
    if row.channel == "chat":
        return _before_question(outcome, said)
    queue_texts(
        line, session, row, line.render(said, row.language, "sms"), f"sheet:{mine[-1].key}", line.clock.now()
    )
    return _before_question(outcome, Say("utter_sheet_texted"))


def _kind(said: Say) -> str:
    """The kind of the request that the words speak of."""
    return str((said.facts.get("what") or {}).get("value", "")).removeprefix("request_")


def _may_text(session: Session, row: Conversation) -> bool:
    """A text goes to a number that texts with us; to a caller's only with consent. Never after STOP."""
    if not row.phone or OptOuts(session).has(row.phone):
        return False
    case = CaseStore(session).get(row.taxpayer or "")
    return row.channel == "sms" or bool(case and case.consents.sms)


def _before_question(outcome: Outcome, said: Say) -> Outcome:
    return replace(outcome, says=(*outcome.says[:-1], said, *outcome.says[-1:]))
