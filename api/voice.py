"""A call: every turn is kept and answered within three seconds, and answered the same when it is asked again."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api import relay, voice_identity
from api.chat import TheLine, TheTurns
from api.gate import Signed, TwilioForm, twiml
from api.intake import accept
from api.line import Line
from api.locks import Locks
from api.problems import Problem
from api.turns import Turns
from api.voice_twiml import Call, answer, hello, new_nonce
from channels import voice
from store.conversations import Conversations
from store.inbox import Inbox
from store.tables.conversations import Conversation, Message
from store.voice_turns import VoiceTurns

log = logging.getLogger(__name__)
router = APIRouter(prefix="/twilio", tags=["Twilio"])

NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")
FIRST = "start"
SURE = 0.5
"""Below this the recogniser was guessing, and we ask again."""
WITHIN = 2.8
"""Seconds for a whole turn; Twilio's caller hears nothing meanwhile."""

_locks = Locks()


@router.post("/voice", summary="Twilio, signed: a call begins")
async def begin(form: Signed, line: TheLine) -> Response:
    """Greets, says that it is a machine, offers Spanish and a person."""
    sid = _call_sid(form)
    if (form.get("AnsweredBy") or "").startswith(("machine", "fax")):
        # Nothing is ever said to a voicemail.
        return twiml(voice.hang_up())
    return twiml(await line.off_loop(_begin, line, sid, form.get("From") or "", form.get("CallStatus") or ""))


def _begin(line: Line, sid: str, caller: str, status: str) -> str:
    now = line.clock.now()
    with line.db.work() as session:
        known = VoiceTurns(session).find(sid, FIRST)
        if known is not None:
            return known
        conversations = Conversations(session)
        row = conversations.by_call(sid) or conversations.open(
            "voice", "en", now, phone=caller or None, call_sid=sid
        )
        row.call_status = status or "in-progress"
        document = hello(line, session, row, new_nonce())
        if line.settings.voice_mode == "relay":
            document = relay.connect(line, row)
        return VoiceTurns(session).keep(sid, FIRST, document, now)


@router.post("/voice/queue/{step}", summary="Twilio, signed: the caller waits for a person")
async def queue(form: Signed, step: str, line: TheLine) -> Response:
    """What the caller hears in line, and what follows when the line is left."""
    from api.voice_queue import SENT_TO, after, sent_to, waiting
    from api.voice_queue import keyed as key

    sid = _call_sid(form)
    if step == "wait":
        return twiml(await line.off_loop(waiting, line, sid))
    if step == "key":
        return twiml(await line.off_loop(key, line, sid, form.get("Digits") or ""))
    if step in ("after", "last"):
        result = form.get("QueueResult") or ""
        return twiml(await line.off_loop(after, line, sid, result, step == "last"))
    if step in SENT_TO:
        return twiml(await line.off_loop(sent_to, line, sid, step))
    raise Problem(404)


@router.post("/voice/{nonce}", summary="Twilio, signed: the caller spoke or pressed keys")
async def turn(form: Signed, nonce: str, line: TheLine, turns: TheTurns) -> Response:
    """One turn of the call."""
    return await _turn(form, nonce, None, line, turns)


@router.post("/voice/{nonce}/{item}", summary="Twilio, signed: an identity item was keyed")
async def item(form: Signed, nonce: str, item: str, line: TheLine, turns: TheTurns) -> Response:
    """tin, date_of_birth, zip, caller_id or caf; keys only."""
    if item not in voice_identity.ITEMS:
        raise Problem(404)
    return await _turn(form, nonce, item, line, turns)


async def _turn(form: TwilioForm, nonce: str, item: str | None, line: Line, turns: Turns) -> Response:
    sid = _call_sid(form)
    if not NONCE.fullmatch(nonce):
        raise Problem(404)
    async with _locks.alone(sid):
        known = await line.off_loop(_known, line, sid, nonce)
        if known is not None:
            return twiml(known)
        document = await _work(form, sid, nonce, item, line, turns)
    return twiml(document)


def _known(line: Line, sid: str, nonce: str) -> str | None:
    with line.db.read() as session:
        return VoiceTurns(session).find(sid, nonce)


async def _work(form: TwilioForm, sid: str, nonce: str, item: str | None, line: Line, turns: Turns) -> str:
    if "SessionStatus" in form:
        # The socket of a relayed call ended, as wished or not: what follows is told by where things stand.
        return await line.off_loop(document_of, line, sid, nonce, None)
    seq, conversation = await line.door.take_in(
        lambda session: _take_in(line, session, form, sid, nonce, item)
    )
    if seq is not None:
        try:
            async with asyncio.timeout(WITHIN):
                await asyncio.shield(asyncio.ensure_future(turns.run(conversation)))
        except TimeoutError:
            # The turn goes on by itself; the caller is asked to wait and Twilio comes back for the answer.
            log.warning("turn of a call not ready in time")
            return await line.off_loop(one_moment_of, line, sid, nonce)
    return await line.off_loop(document_of, line, sid, nonce, seq)


def _take_in(
    line: Line, session: Session, form: TwilioForm, sid: str, nonce: str, item: str | None
) -> tuple[int | None, str]:
    """Keeps what was said or keyed. An identity item is not a turn of the dialogue unless it settles it."""
    now = line.clock.now()
    conversations = Conversations(session)
    row = conversations.by_call(sid) or conversations.open(
        "voice", "en", now, phone=form.get("From"), call_sid=sid
    )
    known = Inbox(session).find("voice", f"{sid}:{nonce}")
    if known is not None:
        return known, row.id
    if item is not None:
        step = voice_identity.step(
            line,
            session,
            row,
            item,
            keyed(form),
            form.get("From") or "",
            ("voice", f"{sid}:{nonce}"),
        )
        if step.seq is None and step.kind is None:
            return None, row.id
        if step.seq is not None:
            return step.seq, row.id
        accepted = accept(line, session, row, "voice", f"{sid}:{nonce}", str(step.kind), step.body)
        return accepted.seq, row.id
    kind, body = heard(form, row)
    return accept(line, session, row, "voice", f"{sid}:{nonce}", kind, body).seq, row.id


def keyed(form: TwilioForm) -> str:
    """The keys of an identity item; # pressed alone ends a Gather that has no digits."""
    return form.get("Digits") or ("#" if form.get("FinishedOnKey") == "#" else "")


def heard(form: TwilioForm, row: Conversation) -> tuple[str, dict[str, Any]]:
    """What this post brings: keys, words that were understood well enough, or neither."""
    digits = form.get("Digits") or ""
    if digits or form.get("FinishedOnKey") == "#":
        return "keys", {"keys": digits or "#"}
    said = (form.get("SpeechResult") or "").strip()
    if not said:
        return "event", {"event": "silence"}
    if _confidence(form) < SURE:
        # Someone in danger is not asked to speak more clearly.
        return "text", {"text": said, "unsure": True}
    return "text", {"text": said}


def _confidence(form: TwilioForm) -> float:
    try:
        return float(form.get("Confidence") or 0.0)
    except ValueError:
        return 0.0


def document_of(line: Line, sid: str, nonce: str, seq: int | None) -> str:
    """What is heard in answer to a turn, kept under its name so that it is the same when asked again."""
    now = line.clock.now()
    with line.db.work() as session:
        row = Conversations(session).by_call(sid)
        if row is None:
            raise Problem(404)
        said = list(Conversations(session).replies(seq)) if seq is not None else []
        document = answer(line, session, row, _last(session, row, said), new_nonce())
        return VoiceTurns(session).keep(sid, nonce, document, now)


def _last(session: Session, row: Conversation, said: list[Message]) -> Message | None:
    return said[-1] if said else Conversations(session).last_said(row.id)


def one_moment_of(line: Line, sid: str, nonce: str) -> str:
    """The answer is not ready: Twilio comes back to the same turn for it."""
    with line.db.read() as session:
        row = Conversations(session).by_call(sid)
        language = row.language if row else "en"
    return Call(line, sid, language).one_moment(nonce)


def _call_sid(form: TwilioForm) -> str:
    sid = form.get("CallSid") or ""
    if not re.fullmatch(r"[A-Za-z0-9]{2,64}", sid):
        raise Problem(422, fields=["CallSid"])
    return sid
