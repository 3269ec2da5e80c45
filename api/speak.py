"""An outcome becomes words: one message of the transcript, and texts where the person texts."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from acs import law
from api import parts
from api.line import Line, channel_of
from api.outcome import Outcome
from channels import sms
from channels.errors import WordsError
from desk.answer import Say, number, text
from store.conversations import Conversations
from store.links import Links
from store.opt_outs import OptOuts
from store.outbox import Outbox
from store.tables.conversations import Conversation, Message

log = logging.getLogger(__name__)

BETWEEN = {"web": "\n\n", "sms": " ", "voice": " "}
LINK = "[link]"
PIN = "utter_transfer_pin"


@dataclass(frozen=True)
class Worded:
    """An outcome with its words, ready to be kept."""

    outcome: Outcome
    text: str


def word(line: Line, outcome: Outcome, row: Conversation) -> Worded:
    """The words; where some are missing, true plain ones with the offer of a person instead."""
    try:
        return Worded(outcome, _words(line, outcome.says, row))
    except WordsError as missing:
        log.error("no words for %s", missing.key)
        plain = Outcome(
            says=(Say("utter_degraded"),), choices=("person",), turned_to=outcome.turned_to, failed=True
        )
        return Worded(plain, _words(line, plain.says, row))


def in_parts(line: Line, worded: Worded, row: Conversation) -> tuple[Worded, str]:
    """What is given now and what waits for "more". Nothing is held back from somebody in danger, in line, or asked
    to prove who they are."""
    outcome, channel = worded.outcome, channel_of(row)
    if channel == "web" or outcome.turned_to or outcome.secure_form or outcome.failed or outcome.hold:
        return worded, ""
    if (
        outcome.intent in NEVER_CUT
        or outcome.listen == "confirm"
        or any(one.words == PIN for one in outcome.says)
    ):
        return worded, ""
    said = [line.render(one, row.language, channel) for one in outcome.says]
    opening = _opening(outcome.says) if channel == "voice" else 0
    first, said = said[:opening], said[opening:]
    question = said.pop() if len(said) > 1 and "?" in said[-1] else ""
    below = "".join(f"\n{one}" for one in _numbered(line, outcome.choices, row.language))
    text = BETWEEN[channel].join(said)
    found = parts.for_voice(text, question) if channel == "voice" else parts.for_text(text, question, below)
    if not found.rest:
        return worded, ""
    hint = line.render(Say("utter_more_offer"), row.language, channel)
    return replace(worded, text=" ".join([*first, found.now, hint])), found.rest


COURTESIES = frozenset({"utter_verified", "utter_language_changed", "utter_text_cut", "utter_number_hidden"})
"""Said before an answer; they are not counted as sentences of it."""
TOLD_FIRST = ("utter_deadline_", "utter_request_")
"""Told first after identity is proved; what was asked must still be answered after it."""


def _opening(says: tuple[Say, ...]) -> int:
    """How many courtesies, and the near day or open request that is told first, stand before the answer itself."""
    count = 0
    while count < len(says) and says[count].words in COURTESIES:
        count += 1
    while 0 < count < len(says) - 1 and says[count].words.startswith(TOLD_FIRST):
        count += 1
    return count


NEVER_CUT = frozenset({"distress", "opt_out"})


def _words(line: Line, says: tuple[Say, ...], row: Conversation) -> str:
    channel = channel_of(row)
    return BETWEEN[channel].join(line.render(one, row.language, channel) for one in says)


def keep(
    line: Line, session: Session, row: Conversation, worded: Worded, inbound: int | None, now: datetime
) -> Message:
    """Into the transcript, and into the outbox where it must go out as a text."""
    outcome = worded.outcome
    message = Conversations(session).say(
        row,
        "assistant",
        worded.text,
        now,
        says=[{"words": one.words, "facts": dict(one.facts)} for one in outcome.says],
        choices=outcome.choices,
        secure_form=outcome.secure_form,
        listen=outcome.listen,
        sources=outcome.sources,
        inbound=inbound,
        rules=f"{line.clock.today().isoformat()} {law.version()}",
    )
    if row.channel == "sms":
        _send(line, session, row, worded, message, now)
    return message


def _send(
    line: Line, session: Session, row: Conversation, worded: Worded, message: Message, now: datetime
) -> None:
    body = worded.text
    if worded.outcome.secure_form == "identity":
        link = f"{line.settings.public_url}/verify/{Links(session).make(row.id, now)}"
        said = Say("utter_identity_link", {"link": text(link, link), "minutes": number(10)})
        body = f"{body} {line.render(said, row.language, 'sms')}"
        # The link opens the form for whoever has it, so the transcript that agents read goes without.
        message.text = body.replace(link, LINK)
    body = "\n".join([body, *_numbered(line, worded.outcome.choices, row.language)])
    goodbye = worded.outcome.intent == "opt_out"
    queue_texts(line, session, row, body, f"reply:{message.id}", now, last_word=goodbye)


def _numbered(line: Line, choices: tuple[str, ...], language: str) -> list[str]:
    """Buttons as people can use them in a text: a number to reply with."""
    return [f"{at} {line.label(one, language, 'sms')}" for at, one in enumerate(choices, 1)]


def queue_texts(
    line: Line,
    session: Session,
    row: Conversation,
    body: str,
    key: str,
    now: datetime,
    *,
    last_word: bool = False,
    due: datetime | None = None,
) -> None:
    """One text or a few, in order, now or at a later moment; none to someone who said STOP, but for the one that confirms it."""
    if not row.phone or (not last_word and OptOuts(session).has(row.phone)):
        return
    for at, part in enumerate(sms.parts(body)):
        payload = {"to": row.phone, "body": part, "last_word": last_word}
        Outbox(session).put("sms", f"{key}:{at}", payload, now, row.id, due=due)
