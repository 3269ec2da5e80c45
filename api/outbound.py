"""A call of ours is answered: who calls is said, and nothing about taxes; a machine hears nothing at all."""

from __future__ import annotations

import asyncio
import re

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.chat import TheLine, TheTurns
from api.gate import Signed, TwilioForm, twiml
from api.intake import accept
from api.line import Line
from api.problems import Problem
from api.turns import Turns
from api.voice import WITHIN, document_of, one_moment_of
from api.voice_twiml import Call, in_line, new_nonce
from channels import voice
from channels.voice import Keys
from desk.answer import text
from store.call_backs import CallBackStore
from store.conversations import Conversations
from store.handoff_rows import locked
from store.opt_outs import OptOuts
from store.tables.call_backs import CallBackRow
from store.tables.reminders import ReminderRow
from store.voice_turns import VoiceTurns

router = APIRouter(prefix="/twilio/outbound", tags=["Twilio"])

KINDS = {"callback": "utter_callback_call", "reminder": "utter_reminder_call"}
ANSWERED, KEYED = "outbound-start", "outbound-key"
NO_MORE = "9"


@router.post("/{kind}/{key}", summary="Twilio, signed: somebody answered a call of ours")
async def answered(form: Signed, kind: str, key: str, line: TheLine) -> Response:
    """Says who calls and waits for a key; whoever answers is a stranger."""
    sid = _sid(form, kind)
    if (form.get("AnsweredBy") or "").startswith(("machine", "fax")):
        return twiml(voice.hang_up())
    return twiml(await line.off_loop(_answered, line, sid, kind, key))


def _answered(line: Line, sid: str, kind: str, key: str) -> str:
    with line.db.work() as session:
        turns = VoiceTurns(session)
        known = turns.find(sid, ANSWERED)
        if known is not None:
            return known
        row = _row(session, kind, key)
        operator = line.settings.operator
        call = Call(line, sid, row.language)
        said = [call.words(KINDS[kind], operator=text(operator, operator))]
        if line.settings.demo:
            said.append(call.words("utter_demo_notice"))
        action = f"{line.settings.public_url}/twilio/outbound/{kind}/{key}/key"
        document = voice.ask_keys(" ".join(said), action=action, language=row.language, keys=Keys(1, 8))
        return turns.keep(sid, ANSWERED, document, line.clock.now())


@router.post("/{kind}/{key}/key", summary="Twilio, signed: a key was pressed in a call of ours")
async def keyed(form: Signed, kind: str, key: str, line: TheLine, turns: TheTurns) -> Response:
    """1 goes on, 0 is a person, 9 ends all calls; nothing pressed ends this one, and it is tried again later."""
    sid, pressed = _sid(form, kind), (form.get("Digits") or "")[:1]
    known = await line.off_loop(_known, line, sid)
    if known is not None:
        return twiml(known)
    if pressed == NO_MORE:
        return twiml(await line.off_loop(_stop, line, sid, kind, key))
    if pressed not in ("0", "1"):
        return twiml(voice.hang_up())
    if kind == "callback":
        return twiml(await line.off_loop(_to_line, line, sid, key))
    return twiml(await _go_on(line, turns, sid, key, pressed))


def _known(line: Line, sid: str) -> str | None:
    with line.db.read() as session:
        return VoiceTurns(session).find(sid, KEYED)


def _to_line(line: Line, sid: str, key: str) -> str:
    """The promised call: straight into line for a person, with the story that led to it."""
    now = line.clock.now()
    with line.db.work() as session:
        store = CallBackStore(session, line.clock)
        row = _row(session, "callback", key)
        conversation = store.answered(row, sid, now) if isinstance(row, CallBackRow) else None
        call = Call(line, sid, row.language)
        if conversation is None:
            document = voice.hang_up(call.words("utter_ended"), language=row.language)
        else:
            document = in_line(call, session, conversation, call.words("utter_to_person"))
        return VoiceTurns(session).keep(sid, KEYED, document, now)


def _stop(line: Line, sid: str, kind: str, key: str) -> str:
    """No more calls or texts to this number; what was promised ends with it."""
    now = line.clock.now()
    with line.db.work() as session:
        row = _row(session, kind, key)
        OptOuts(session).add(row.phone, now, own_words=True)
        if isinstance(row, CallBackRow) and row.state in ("promised", "ringing"):
            CallBackStore(session, line.clock).give_up(row, locked(session, row.handoff), now)
        said = Call(line, sid, row.language).words("utter_calls_stopped")
        return VoiceTurns(session).keep(sid, KEYED, voice.hang_up(said, language=row.language), now)


async def _go_on(line: Line, turns: Turns, sid: str, key: str, pressed: str) -> str:
    """What the reminder is about, after identity; or a person. From here on it is a call like any other."""
    nonce = new_nonce()
    seq, conversation = await line.off_loop(_open, line, sid, key, pressed, nonce)
    try:
        async with asyncio.timeout(WITHIN):
            await asyncio.shield(asyncio.ensure_future(turns.run(conversation)))
    except TimeoutError:
        return await line.off_loop(one_moment_of, line, sid, nonce)
    return await line.off_loop(document_of, line, sid, KEYED, seq)


def _open(line: Line, sid: str, key: str, pressed: str, nonce: str) -> tuple[int, str]:
    now = line.clock.now()
    with line.db.work() as session:
        row = _row(session, "reminder", key)
        conversations = Conversations(session)
        call = conversations.by_call(sid) or conversations.open(
            "voice", row.language, now, phone=row.phone, call_sid=sid
        )
        call.call_status = "in-progress"
        choice = {"choice": "person" if pressed == "0" else "case_status"}
        return accept(line, session, call, "voice", f"{sid}:{nonce}", "choice", choice).seq, call.id


def _row(session: Session, kind: str, key: str) -> CallBackRow | ReminderRow:
    row = session.get(CallBackRow if kind == "callback" else ReminderRow, key)
    if not isinstance(row, CallBackRow | ReminderRow):
        raise Problem(404)
    return row


def _sid(form: TwilioForm, kind: str) -> str:
    sid = form.get("CallSid") or ""
    if kind not in KINDS:
        raise Problem(404)
    if not re.fullmatch(r"[A-Za-z0-9]{2,64}", sid):
        raise Problem(422, fields=["CallSid"])
    return sid
