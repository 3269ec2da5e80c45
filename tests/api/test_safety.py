"""Danger comes before everything, in any state, on any channel, with the bot dead."""

from __future__ import annotations

from typing import Any

import pytest

from store.handoffs import HandoffStore


@pytest.mark.parametrize("text", ["I want to kill myself", "ya no quiero vivir"])
@pytest.mark.parametrize("state", ["bot", "queue", "agent"])
def test_danger_gets_safe_words_and_a_person(line: Any, text: str, state: str) -> None:
    line.bot.broken = "dead"
    chat = line.chat()
    if state == "queue":
        chat.post(choice="person")
    if state == "agent":
        line.line.moved(chat.id, "agent")
    answer = chat.post(text).json()
    said = answer["messages"][0]["text"]
    assert said.startswith("<utter_distress ")
    assert "utter_distress_person" in said
    assert "wait" not in said
    assert not answer["messages"][0]["choices"]
    if state != "agent":
        assert answer["state"] == "queue"
        with line.db.read() as session:
            row = HandoffStore(session, line.clock).of(chat.id)
            assert row is not None
            assert row.queue == "urgent"


def test_danger_by_text_and_on_a_call(line: Any) -> None:
    line.text("i am going to end it all")
    line.settled()
    assert "utter_distress " in line.phones.bodies()[0]
    call = line.call()
    heard = call.say("i want to die", confidence="0.2")
    assert "utter_distress " in heard
    assert call.verb("Enqueue")


def test_stopping_a_levy_is_not_danger_and_not_an_opt_out(line: Any) -> None:
    line.text("stop the levy on my wages now")
    line.settled()
    assert line.bot.turns[0]["text"] == "stop the levy on my wages now"
    line.text("and what about my bank account then")
    line.settled()
    assert len(line.bot.turns) == 2
