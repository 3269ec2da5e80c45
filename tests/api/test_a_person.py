"""From wherever somebody is, "agent" leads to a person in at most two turns: every channel, language, form and fault."""

from __future__ import annotations

from typing import Any

import pytest

from desk.forms import FORMS
from store.drafts import DraftStore
from store.tables.conversations import Conversation
from wiring.rooms import Rooms

WORDS = {
    "en": (
        "agent",
        "a person please",
        "I want to talk to a real person",
        "representative!",
        "speak to someone",
    ),
    "es": ("agente", "una persona por favor", "quiero hablar con una persona", "representante", "operadora"),
}
LISTENS = (None, "amount", "yes_no", "day", "date", "notice", "confirm", "phone", "text")
assert Rooms  # the desk and all its forms are read


def ask(line: Any, channel: str, words: str, state: dict[str, Any]) -> str:
    """Asks for a person from a state, twice at most; where the conversation is then."""
    chat = line.chat() if channel == "chat" else None
    call = line.call() if channel == "voice" else None
    if channel == "sms":
        line.text("hello to you all there")
        line.settled()
    if call:
        call.say("hello to you all there")
    if chat:
        chat.say("hello to you all there")
    with line.db.work() as session:
        row = session.query(Conversation).filter(Conversation.channel == channel).one()
        for name, value in state.items():
            setattr(row, name, value)
        for topic in FORMS:
            DraftStore(session).put(row.id, topic, {"amount": "300", "step": "x", "begun": True})
    for _ in range(2):
        if chat:
            chat.post(words)
        elif call:
            call.say(words)
        else:
            line.text(words)
            line.settled()
        with line.db.read() as session:
            now = session.query(Conversation).filter(Conversation.channel == channel).one().state
        if now == "queue":
            break
    return now


@pytest.mark.parametrize("broken", ["", "dead", "empty"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("channel", ["chat", "sms", "voice"])
def test_agent_leads_to_a_person_from_any_form(line: Any, channel: str, language: str, broken: str) -> None:
    words = WORDS[language]
    line.bot.broken = broken
    assert ask(line, channel, words[0], {"language": language}) == "queue"


@pytest.mark.parametrize("listen", LISTENS)
@pytest.mark.parametrize("channel", ["chat", "sms", "voice"])
def test_agent_leads_to_a_person_whatever_was_asked(line: Any, channel: str, listen: str | None) -> None:
    line.bot.say("utter_echo", listen=listen, choices=["yes", "no"] if listen == "yes_no" else [])
    assert ask(line, channel, "agent", {}) == "queue"


@pytest.mark.parametrize(
    "state",
    [
        {"failures": 3},
        {"held": {"heard": "I can pay 300"}},
        {"held": {"missed": 1}},
        {"held": {"identity": {"next": "tin", "items": {}, "misses": 0}}},
        {"misses": 2},
        {"asked": "plan_amount", "pending": {"intent": "balance_inquiry"}},
    ],
)
@pytest.mark.parametrize("channel", ["chat", "sms", "voice"])
def test_agent_leads_to_a_person_from_any_state(line: Any, channel: str, state: dict[str, Any]) -> None:
    assert ask(line, channel, "agent", state) == "queue"


@pytest.mark.parametrize("language", ["en", "es"])
def test_however_it_is_said(line: Any, language: str) -> None:
    for words in WORDS[language]:
        chat = line.chat()
        assert chat.post(words).json()["state"] == "queue", words
        assert not line.bot.turns


@pytest.mark.parametrize(
    "words",
    [
        "a person from the irs called me",
        "my agent filed form 2848",
        "is this person a scammer",
        "what is an operator",
    ],
)
def test_a_person_spoken_about_is_not_a_person_wanted(line: Any, words: str) -> None:
    assert line.chat().post(words).json()["state"] == "bot"
