"""Putting someone in line for a person, straight from the door: it must work with the bot dead."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.front import ToPerson
from api.line import Line
from api.outcome import Outcome
from desk import handoff
from desk.answer import Say
from desk.heard import heard
from desk.ports import HandoffWanted
from desk.visit import visit
from store.conversations import Conversations
from store.handoffs import HandoffStore
from store.tables.handoffs import HandoffRow

log = logging.getLogger(__name__)

BRIEF = ("sms", "voice")


def to_person(line: Line, conversation: str, channel: str, wanted: ToPerson) -> Outcome:
    """Opens the hand-off (once for one conversation) and says so."""
    try:
        outcome = _ask_desk(line, conversation, channel, wanted)
    except Exception as trouble:  # Whatever is broken, the person is not sent away.
        log.error("hand-off not opened by the desk: %s", type(trouble).__name__)
        _bare(line, conversation, wanted)
        outcome = Outcome(says=(Say("utter_to_person"), Say("utter_wait_unknown")), turned_to="queue")
    if wanted.danger:
        return Outcome(
            says=(*wanted.first, Say("utter_distress_person")), turned_to="queue", intent="distress"
        )
    return outcome.after(*wanted.first)


def _bare(line: Line, conversation: str, wanted: ToPerson) -> None:
    """A hand-off without a story, where a case cannot be read: danger still goes to the urgent queue, first."""
    queue, priority = ("urgent", handoff.FIRST) if wanted.danger else ("collection", handoff.ORDINARY)
    words = [wanted.text] if wanted.text else []
    card = {"taxpayer": None, "verified": "none", "reason": wanted.reason, "own_words": words}
    try:
        with line.db.work() as session:
            contact = Conversations(session).get(conversation)
            place = HandoffWanted(wanted.queue or queue, priority, wanted.reason, card)
            HandoffStore(session, line.clock).open(contact, place)
    except Exception as trouble:  # The task at Twilio is made all the same.
        log.error("hand-off not opened at all: %s", type(trouble).__name__)


def _ask_desk(line: Line, conversation: str, channel: str, wanted: ToPerson) -> Outcome:
    if line.rooms is None:
        raise LookupError("no desk")
    with line.rooms.desk() as desk:
        here = visit(
            desk, conversation, heard("distress" if wanted.danger else "talk_to_agent", [], wanted.text)
        )
        if wanted.danger:
            here.contact.story.reason = wanted.reason
            desk.contacts.keep(here.contact)
            first = HandoffWanted("urgent", handoff.FIRST, wanted.reason, handoff.card(here))
            desk.handoffs.open(here.contact, first)
            return Outcome(turned_to="queue")
        answer = handoff.person(here, queue=wanted.queue)
        return Outcome.of_answer(here.close(answer), "talk_to_agent", brief=channel in BRIEF)


@dataclass(frozen=True)
class InLine:
    """Where a waiting person stands, as far as Twilio has to know it."""

    key: str
    queue: str
    task_priority: int
    """TaskRouter serves the highest first; ours the lowest."""


def handoff_of(line: Line, session: Session, conversation: str) -> InLine:
    """The open hand-off of a conversation; a plain one where none could be opened."""
    row = HandoffStore(session, line.clock).of(conversation)
    if row is None:
        return InLine(conversation, "collection", 0)
    return InLine(task_key(row), row.queue, max(0, 10 - row.priority))


def task_key(row: HandoffRow, back: int = 0) -> str:
    """What Twilio knows a hand-off by: its key, and a new one each time the caller comes back into line."""
    times = len(row.moves) - back
    return f"{row.handoff_key}.{times}" if times > 0 else row.handoff_key


def queue_place(line: Line, session: Session, conversation: str) -> tuple[int, tuple[int, int] | None] | None:
    """How many are ahead, and the range of minutes; None when nobody waits here."""
    store = HandoffStore(session, line.clock)
    row = store.of(conversation)
    ahead = store.ahead(conversation) if row else None
    return None if row is None or ahead is None else (ahead, store.wait_minutes(row.queue))


def queue_frame(line: Line, conversation: str) -> dict[str, Any]:
    """The same for the browser; nothing when it is not known."""
    with line.db.read() as session:
        place = queue_place(line, session, conversation)
    if place is None:
        return {}
    return {"queue": {"ahead": place[0], "wait_minutes": list(place[1]) if place[1] else None}}
