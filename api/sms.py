"""A text comes in: kept, acknowledged, answered over the outbox. STOP, START and HELP come before all else."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.chat import TheLine, TheTurns
from api.gate import EMPTY, Signed, twiml
from api.intake import accept
from api.line import Line
from api.speak import queue_texts
from api.turns import Turns
from channels.errors import PhonesError
from channels.keywords import Keyword, keyword
from desk import safety
from desk.answer import Say
from store.conversations import Conversations
from store.inbox import Inbox
from store.opt_outs import OptOuts
from store.tables.conversations import Conversation

log = logging.getLogger(__name__)
router = APIRouter(prefix="/twilio", tags=["Twilio"])

SWEEPS_EVERY = 60.0
LOOKS_BACK = timedelta(hours=24)


@router.post("/sms", summary="Twilio, signed: a text came in")
async def sms(form: Signed, request: Request, line: TheLine, turns: TheTurns) -> Response:
    """On disk first, then acknowledged with an empty TwiML; the reply goes out by itself."""
    sid, sender = form.get("MessageSid") or form.get("SmsSid") or "", form.get("From") or ""
    if not sid or not sender:
        return twiml(EMPTY)
    body = form.get("Body") or ""
    conversation = await line.at_the_door(take_in, line, sid, sender, body, form.get("OptOutType") or "")
    if conversation:
        line.in_background(_run(turns, conversation))
    return twiml(EMPTY)


async def _run(turns: Turns, conversation: str) -> None:
    try:
        await turns.run(conversation)
    except SQLAlchemyError as trouble:
        log.error("turn waits for the database: %s", type(trouble).__name__)


def take_in(line: Line, sid: str, sender: str, body: str, opt_out_type: str = "") -> str | None:
    """Keeps a text, once. Gives the conversation whose turn it is now; None if there is nothing to do."""
    now = line.clock.now()
    with line.db.work() as session:
        if Inbox(session).find("sms", sid):
            return None
        row = Conversations(session).by_phone(sender, "sms", now)
        fresh = row is None
        row = row or Conversations(session).open("sms", _language(body), now, phone=sender)
        was_out = OptOuts(session).has(sender)
        word = keyword(body, opt_out_type=opt_out_type, opted_out=was_out)
        accepted = accept(line, session, row, "sms", sid, "text", {"text": body, "fresh": fresh})
        if not accepted.new:
            return None
        silent = word is not None or (was_out and not safety.in_danger(body))
        if silent:
            _done(session, accepted.seq, now)
        if word:
            _obey(line, session, row, word, sid, now)
            line.wake()
        if silent:
            return None
        return row.id


def _language(body: str) -> str:
    from bot.hearing import language_of

    return language_of(body) or "en"


def _done(session: Session, seq: int, now: datetime) -> None:
    inbound = Inbox(session).get(seq)
    if inbound is not None:
        inbound.done_at = now


def _obey(line: Line, session: Session, row: Conversation, word: Keyword, sid: str, now: datetime) -> None:
    """At once and for every conversation with this number. One confirmation, unless Twilio gave it."""
    phone = row.phone or ""
    if word.kind == "stop":
        changed = OptOuts(session).add(phone, now)
    elif word.kind == "start":
        changed = OptOuts(session).remove(phone)
    else:
        changed = not OptOuts(session).has(phone)
    if word.silent or not changed:
        return
    said = Say(f"utter_sms_{word.kind}")
    message = Conversations(session).say(
        row, "system", line.render(said, row.language, "sms"), now, says=[{"words": said.words, "facts": {}}]
    )
    queue_texts(line, session, row, message.text, f"{word.kind}:{sid}", now, last_word=word.kind == "stop")


async def keep_sweeping(line: Line, turns: Turns) -> None:
    """At the start and every minute: texts that came while nobody was there to take them in."""
    while line.phones is not None:
        try:
            await sweep(line, turns)
        except (PhonesError, SQLAlchemyError) as trouble:
            log.warning("sweep of texts put off: %s", type(trouble).__name__)
        await asyncio.sleep(SWEEPS_EVERY)


async def sweep(line: Line, turns: Turns) -> int:
    """Takes in what Twilio has and we have not; gives how many."""
    since = line.clock.now() - LOOKS_BACK
    texts: list[Any] = await line.off_loop(lambda: line.phones.list_inbound(since=since))
    missed = 0
    for one in texts:
        conversation = await line.off_loop(take_in, line, one.sid, one.pii_from, one.pii_body)
        if conversation:
            missed += 1
            await _run(turns, conversation)
    return missed
