"""What the caller hears next, from where the conversation stands: ask, take keys, put in line, hang up."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api import voice_identity
from api.line import Line
from api.outcome import Outcome
from api.people import handoff_of
from api.speak import keep, word
from channels import voice
from channels.errors import WordsError
from channels.voice import Spoken
from desk.answer import Fact, Say, number, text
from desk.choices import by_key
from store.tables.conversations import Conversation, Message

log = logging.getLogger(__name__)

KEY_WORDS = "utter_press_key"


def new_nonce() -> str:
    """The name of the next turn; nobody can guess it."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class Call:
    """One call: its addresses and its language."""

    line: Line
    sid: str
    language: str

    def url(self, *path: str) -> str:
        """An absolute address of a door of the call."""
        return "/".join((self.line.settings.public_url, "twilio", "voice", *path))

    def words(self, named: str, /, **facts: Fact) -> str:
        """A sentence for the ear; nothing where nobody has worded it, so that the call goes on."""
        try:
            return self.line.render(Say(named, facts), self.language, "voice")
        except WordsError as missing:
            log.error("no words for %s", missing.key)
            return ""

    def one_moment(self, nonce: str) -> str:
        """The answer is not ready: Twilio comes back to the same turn for it."""
        return voice.hold(
            self.words("utter_one_moment"), language=self.language, then=self.url(nonce), seconds=1
        )


def hello(line: Line, session: Session, row: Conversation, nonce: str) -> str:
    """The first prompt: who speaks, Spanish by 2, a person by 0."""
    operator = line.settings.operator
    says = [Say("utter_greeting", {"operator": text(operator, operator)})]
    if line.settings.demo:
        says.append(Say("utter_demo_notice"))
    outcome = Outcome(says=tuple(says))
    message = keep(line, session, row, word(line, outcome, row), None, line.clock.now())
    row.held = {"first": True}
    call = Call(line, row.call_sid or "", row.language)
    return _greeting(call, message.text, nonce)


def _greeting(call: Call, text: str, nonce: str, *, asks: bool = True) -> str:
    """What is said first on a call, Spanish by 2 in Spanish, and the open question unless the text asks it."""
    spanish = Spoken(call.line.render(Say("utter_spanish_offer"), "es", "voice"), "es")
    said = [Spoken(text, call.language), spanish]
    said += [Spoken(call.words("utter_how_help"), call.language)] if asks else []
    return voice.ask(said, action=call.url(nonce), language=call.language)


def answer(line: Line, session: Session, row: Conversation, last: Message | None, nonce: str) -> str:
    """The document that follows the last thing said."""
    call = Call(line, row.call_sid or "", row.language)
    said = last.text if last else call.words("utter_say_again")
    if row.state == "closed":
        return voice.hang_up(said, language=row.language)
    if row.state == "agent":
        return on_hold(call, said)
    if row.state == "queue":
        return in_line(call, session, row, said)
    if (
        last
        and last.secure_form == "identity"
        and row.taxpayer is None
        and not (row.held or {}).get("identity")
    ):
        voice_identity.begin(row)
    held = row.held or {}
    if held.get("first"):
        return _greeting(call, said, nonce, asks=not held.get("missed"))
    wanted = (held.get("identity") or {}).get("next")
    if wanted:
        prompt = call.words(voice_identity.prompt(row))
        if not held["identity"].get("begun"):
            prompt = f"{said} {prompt}"
        elif held["identity"].get("again"):
            prompt = f"{call.words('utter_key_again')} {prompt}"
        return voice.ask_identity(prompt, item=wanted, action=call.url(nonce, wanted), language=row.language)
    if last and last.listen == "confirm":
        return voice.confirm(said, action=call.url(nonce), language=row.language)
    listen = last.listen if last else None
    return voice.ask(
        said + menu(call, list(last.choices or ()) if last else []),
        action=call.url(nonce),
        language=row.language,
        listen=listen,
    )


def menu(call: Call, choices: list[str]) -> str:
    """ "For a payment plan, press 3." Yes and no need no keys to be read out; they are said."""
    if not choices or set(choices) <= {"yes", "no"}:
        return ""
    lines = []
    for key, choice in by_key(choices).items():
        try:
            label = call.line.words.label(choice, language=call.language, channel="voice")
            lines.append(call.words(KEY_WORDS, choice=text(label, label), key=number(int(key))))
        except WordsError:
            continue
    return " " + " ".join(lines) if lines else ""


def on_hold(call: Call, said: str = "", *, last: bool = False) -> str:
    """With an agent who took the case in the console: on hold where nobody else is rung for it."""
    return voice.enqueue(
        said,
        language=call.language,
        action=call.url("queue", "last" if last else "after"),
        wait_url=call.url("queue", "wait"),
        attributes={},
        queue="with-agent",
    )


def in_line(call: Call, session: Session, row: Conversation, said: str = "", *, plain: bool = False) -> str:
    """In line for a person: with a task where there is a workflow, else (or if `plain`) by the queue's name."""
    handoff = handoff_of(call.line, session, row.id)
    attributes = {
        "handoff_key": handoff.key,
        "queue": handoff.queue,
        "channel": "voice",
        "language": row.language,
        "name": "caller",
        "direction": "inbound",
    }
    return voice.enqueue(
        said,
        language=row.language,
        action=call.url("queue", "last" if plain else "after"),
        wait_url=call.url("queue", "wait"),
        attributes=attributes,
        workflow_sid="" if plain else call.line.workspace.line_sid,
        queue=handoff.queue,
        priority=handoff.task_priority,
    )
