"""In line on the phone: an honest word about the wait, quiet, and what follows when the line is left."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.line import Line
from api.people import queue_place
from api.tasks import cancel
from api.voice_twiml import Call, in_line, on_hold
from channels import voice
from desk.answer import number
from desk.handoff import FIRST
from desk.quiet_hours import may_contact, zones
from store.call_backs import CallBackStore
from store.conversations import Conversations
from store.handoff_rows import locked
from store.handoffs import HandoffStore
from store.opt_outs import OptOuts
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow

LEFT = {"hangup"}
BY_WISH = {"leave"}
"""The caller chose to be called back, and was told so before the line was left."""
USUAL_WAIT = 15
"""Minutes until the call where nobody knows how long the wait is."""
CALL_BACK_KEY = "1"
HELPED = {"bridged", "bridging-in-process"}
SENT_ON = {"redirected", "redirected-from-bridged"}
SENT_TO = {
    "agent": "",
    "again": "utter_to_person",
    "still": "",
    "back": "utter_back_in_line",
    "done": "utter_ended",
}
"""Where our own queue sends a call in line, and what is said first."""


def waiting(line: Line, sid: str) -> str:
    """A sentence, then quiet; Twilio asks again when it is over."""
    with line.db.read() as session:
        row = Conversations(session).by_call(sid)
        place = queue_place(line, session, row.id) if row else None
        offered = row is not None and _to_be_called(line, session, row) is not None
    call = Call(line, sid, row.language if row else "en")
    if row is not None and row.state == "agent":
        said = call.words("utter_hold_agent")
    elif place and place[1]:
        least, most = place[1]
        said = call.words("utter_hold_range", least=number(least), most=number(most))
    else:
        said = call.words("utter_hold")
    if offered and (offer := call.words("utter_hold_call_back")):
        return voice.wait(f"{said} {offer}", language=call.language, action=call.url("queue", "key"))
    return voice.wait(said, language=call.language)


def keyed(line: Line, sid: str, keys: str) -> str:
    """A key in line: 1 is to be called back at the number of this call, without losing the place; others change nothing."""
    if keys != CALL_BACK_KEY:
        return waiting(line, sid)
    with line.db.work() as session:
        row = Conversations(session).by_call(sid)
        at = _promised(line, session, row) if row is not None else None
    if row is None or at is None:
        return waiting(line, sid)
    minutes = max(1, math.ceil((at - line.clock.now()) / timedelta(minutes=1)))
    call = Call(line, sid, row.language)
    return voice.leave_line(
        call.words("utter_hold_call_back_kept", minutes=number(minutes)), language=call.language
    )


def _promised(line: Line, session: Session, row: Conversation) -> datetime | None:
    """When the call is promised for, now or by the same key before; None where it cannot be."""
    found = HandoffStore(session, line.clock).of(row.id)
    if found is not None and found.callback_at is not None:
        return found.callback_at
    at = _to_be_called(line, session, row)
    if at is None or found is None or locked(session, found.id).state != "waiting":
        return None
    CallBackStore(session, line.clock).schedule(found.id, str(row.phone), row.language, at)
    Conversations(session).move(row.id, "bot", line.clock.now())
    return at


def _to_be_called(line: Line, session: Session, row: Conversation) -> datetime | None:
    """When this caller could be called instead of waiting; None where they had better stay on the line.

    Nobody in danger is sent away, nobody whose number is not known or wants no calls, and nobody for a time at which
    they may not be called.
    """
    store = HandoffStore(session, line.clock)
    waits: HandoffRow | None = store.of(row.id)
    if waits is None or row.state != "queue" or waits.state != "waiting" or waits.callback_at is not None:
        return None
    phone = row.phone or ""
    if waits.priority <= FIRST or not phone.startswith("+") or OptOuts(session).has(phone):
        return None
    minutes = store.wait_minutes(waits.queue)
    at = line.clock.now() + timedelta(minutes=max(1, minutes[0]) if minutes else USUAL_WAIT)
    return at if may_contact(at, zones(phone)) else None


def sent_to(line: Line, sid: str, step: str) -> str:
    """The call was sent on by our own queue. Where things stand now counts, not where they stood then."""
    with line.db.read() as session:
        row = Conversations(session).by_call(sid)
        call = Call(line, sid, row.language if row else "en")
        if row is None or step == "done":
            return voice.hang_up(call.words("utter_ended"), language=call.language)
        return _stands(call, session, row, call.words(SENT_TO[step]) if SENT_TO[step] else "")


def after(line: Line, sid: str, result: str, last: bool = False) -> str:
    """The line is left: helped, hung up, sent on, or something failed and the caller is still there.

    What fails at the workflow is tried once more with the plain queue; only then (`last`) we give up.
    """
    if result in LEFT:
        return _hung_up(line, sid)
    if result in BY_WISH:
        return voice.hang_up()
    with line.db.read() as session:
        row = Conversations(session).by_call(sid)
        call = Call(line, sid, row.language if row else "en")
        if result in HELPED:
            return voice.hang_up(call.words("utter_ended"), language=call.language)
        if row is not None and result in SENT_ON:
            return _stands(call, session, row)
        if row is not None and row.state == "agent" and not last:
            return on_hold(call, last=True)
        if row is not None and row.state == "queue" and not last:
            return in_line(call, session, row, plain=True)
    return voice.hang_up(call.words("utter_line_failed"), language=call.language)


def _hung_up(line: Line, sid: str) -> str:
    with line.db.work() as session:
        row = Conversations(session).by_call(sid)
        if row is not None:
            cancel(line, session, row)
    return voice.hang_up(language=row.language if row else "en")


def _stands(call: Call, session: Session, row: Conversation, said: str = "") -> str:
    if row.state == "queue":
        return in_line(call, session, row, said)
    if row.state == "agent":
        return on_hold(call)
    return voice.hang_up(call.words("utter_ended"), language=call.language)
