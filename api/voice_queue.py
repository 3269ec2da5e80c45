"""In line on the phone: an honest word about the wait, quiet, and what follows when the line is left."""

from __future__ import annotations

from api.line import Line
from api.people import queue_place
from api.tasks import cancel
from api.voice_twiml import Call
from channels import voice
from desk.answer import number
from store.conversations import Conversations

LEFT = {"hangup"}
HELPED = {"bridged", "bridging-in-process", "redirected-from-bridged"}


def waiting(line: Line, sid: str) -> str:
    """A sentence, then quiet; Twilio asks again when it is over."""
    with line.db.read() as session:
        row = Conversations(session).by_call(sid)
        place = queue_place(line, session, row.id) if row else None
    call = Call(line, sid, row.language if row else "en")
    if place and place[1]:
        least, most = place[1]
        said = call.words("utter_hold_range", least=number(least), most=number(most))
    else:
        said = call.words("utter_hold")
    return voice.wait(said, language=call.language)


def after(line: Line, sid: str, result: str) -> str:
    """The line is left: helped, hung up, or something failed and the caller is still there."""
    with line.db.work() as session:
        row = Conversations(session).by_call(sid)
        call = Call(line, sid, row.language if row else "en")
        if row is not None and result in LEFT:
            cancel(line, session, row)
    if result in LEFT:
        return voice.hang_up(language=call.language)
    if result in HELPED:
        return voice.hang_up(call.words("utter_ended"), language=call.language)
    number_to_call = line.settings.twilio_number
    return voice.hang_up(call.words("utter_line_failed"), language=call.language) if number_to_call else ""
