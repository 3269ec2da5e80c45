"""A text comes in: kept, acknowledged, answered over the outbox. STOP, START and HELP come before all else."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.chat import TheLine, TheTurns
from api.front import just_a_person
from api.gate import EMPTY, Signed, twiml
from api.intake import MOST_WAITING, accept
from api.line import Line
from api.speak import queue_texts
from api.turns import Turns
from channels.keywords import Keyword, keyword
from desk import safety
from desk.answer import Say, number
from store.conversations import Conversations
from store.inbox import Inbox
from store.opt_outs import OptOuts
from store.outbox import Outbox
from store.tables.conversations import Conversation

log = logging.getLogger(__name__)
router = APIRouter(prefix="/twilio", tags=["Twilio"])


@router.post("/sms", summary="Twilio, signed: a text came in")
async def sms(form: Signed, request: Request, line: TheLine, turns: TheTurns) -> Response:
    """On disk first, then acknowledged with an empty TwiML; the reply goes out by itself."""
    sid, sender = form.get("MessageSid") or form.get("SmsSid") or "", form.get("From") or ""
    if not sid or not sender:
        return twiml(EMPTY)
    body = form.get("Body") or ""
    arrived = Arrived(sid, sender, body, form.get("OptOutType") or "")
    conversation = await line.door.take_in(lambda session: take_in(line, session, arrived))
    if conversation:
        line.in_background(run(turns, conversation))
    else:
        line.wake()
    return twiml(EMPTY)


async def run(turns: Turns, conversation: str) -> None:
    """Works a conversation off; what cannot be done now is done at the next look."""
    try:
        await turns.run(conversation, patient=True)
    except SQLAlchemyError as trouble:
        log.error("turn waits for the database: %s", type(trouble).__name__)


@dataclass(frozen=True)
class Arrived:
    """A text as it came."""

    sid: str
    sender: str
    body: str
    opt_out_type: str = ""


def take_in(line: Line, session: Session, text: Arrived) -> str | None:
    """Keeps a text, once. Gives the conversation whose turn it is now; None if there is nothing to do."""
    now = line.clock.now()
    if Inbox(session).find("sms", text.sid) is not None:
        return None
    row = Conversations(session).by_phone(text.sender, "sms", now)
    fresh = row is None
    row = row or Conversations(session).open("sms", _language(text.body), now, phone=text.sender)
    was_out = OptOuts(session).has(text.sender)
    word = keyword(text.body, opt_out_type=text.opt_out_type, opted_out=was_out)
    body = {"text": text.body, "fresh": fresh}
    accepted = accept(line, session, row, "sms", text.sid, "text", body)
    if not accepted.new:
        return None
    silent = word is not None or (was_out and not safety.in_danger(text.body))
    if not silent and _too_many(session, row, text.body):
        silent = True
        _ask_for_patience(line, session, row, now)
    if silent:
        Inbox(session).done(accepted.seq, now)
    if word:
        _obey(line, session, row, word, text.sid, now)
    return None if silent else row.id


def _too_many(session: Session, row: Conversation, body: str) -> bool:
    """More than anybody types waits for its answer. It stays in the thread; danger and the wish for a person count on."""
    if row.state != "bot" or safety.in_danger(body) or just_a_person(body):
        return False
    return Inbox(session).count(row.id) > MOST_WAITING


def _ask_for_patience(line: Line, session: Session, row: Conversation, now: datetime) -> None:
    """Once in an hour."""
    key = f"many:{row.id}:{now:%m%d%H}"
    if Outbox(session).has(f"{key}:0"):
        return
    said = Say("utter_sms_too_many", {"most": number(MOST_WAITING)})
    text = line.render(said, row.language, "sms")
    Conversations(session).say(
        row, "system", text, now, says=[{"words": said.words, "facts": dict(said.facts)}]
    )
    queue_texts(line, session, row, text, key, now)


def _language(body: str) -> str:
    from bot.hearing import language_of

    return language_of(body) or "en"


def _obey(line: Line, session: Session, row: Conversation, word: Keyword, sid: str, now: datetime) -> None:
    """At once and for every conversation with this number. One confirmation, unless Twilio gave it."""
    phone = row.phone or ""
    silent = word.silent
    if word.kind == "stop":
        changed = OptOuts(session).add(phone, now, own_words=not word.silent)
    elif word.kind == "start":
        # Twilio was never told of a stop in the person's own words, so it does not confirm this either.
        silent = silent and not OptOuts(session).in_own_words(phone)
        changed = OptOuts(session).remove(phone)
    else:
        changed = not OptOuts(session).has(phone)
    if silent or not changed:
        return
    said = Say(f"utter_sms_{word.kind}")
    message = Conversations(session).say(
        row, "system", line.render(said, row.language, "sms"), now, says=[{"words": said.words, "facts": {}}]
    )
    queue_texts(line, session, row, message.text, f"{word.kind}:{sid}", now, last_word=word.kind == "stop")
