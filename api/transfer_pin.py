"""The transfer PIN in words: told to the caller who is handed on, and hidden from the agents who shall ask for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from api.line import Line, channel_of
from api.outcome import Outcome
from api.speak import PIN
from desk.answer import Say, text
from store.tables.conversations import Conversation, Message
from store.transfer_pins import TransferPins

HIDDEN = "[transfer PIN]"


def with_pin(line: Line, session: Session, row: Conversation, outcome: Outcome) -> Outcome:
    """The digits, once, at the end of what is said; not to somebody in danger, who has other worries."""
    if row.taxpayer is None or not outcome.says or outcome.failed or outcome.intent == "distress":
        return outcome
    digits = TransferPins(session, line.clock).to_tell(row)
    if digits is None:
        return outcome
    shown = ", ".join(digits) if row.channel == "voice" else digits
    return replace(outcome, says=(*outcome.says, Say(PIN, {"pin": text(shown, shown)})))


def without_pin(line: Line, row: Conversation, message: Message) -> dict[str, Any]:
    """A line of the transcript as an agent reads it: where the digits were told, it says that they were."""
    shown = line.shown(message)
    for one in message.says or ():
        if one["words"] == PIN:
            told = line.render(Say(PIN, one["facts"]), message.language, channel_of(row))
            shown["text"] = shown["text"].replace(told, HIDDEN)
    return shown
