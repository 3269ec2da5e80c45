"""In line on the phone: an honest word about the wait, quiet, and what follows when the line is left."""

from __future__ import annotations

from sqlalchemy.orm import Session

from api.line import Line
from api.people import queue_place
from api.tasks import cancel
from api.voice_twiml import Call, in_line, on_hold
from channels import voice
from desk.answer import number
from store.conversations import Conversations
from store.tables.conversations import Conversation

LEFT = {"hangup"}
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
    call = Call(line, sid, row.language if row else "en")
    if row is not None and row.state == "agent":
        said = call.words("utter_hold_agent")
    elif place and place[1]:
        least, most = place[1]
        said = call.words("utter_hold_range", least=number(least), most=number(most))
    else:
        said = call.words("utter_hold")
    return voice.wait(said, language=call.language)


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
