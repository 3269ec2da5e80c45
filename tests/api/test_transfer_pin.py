"""Who proved who they are and is handed on hears four digits, once; a stranger and somebody in danger do not."""

from __future__ import annotations

import re
from typing import Any

from store.conversations import Conversations
from store.tables.handoffs import HandoffRow

PIN = re.compile(r"<utter_transfer_pin en \w+>")


def handed_on(line: Any) -> HandoffRow:
    with line.db.read() as session:
        return session.query(HandoffRow).one()


def test_in_the_chat_it_is_told_once_and_is_the_one_that_counts(line: Any) -> None:
    chat = line.chat()
    chat.prove()
    heard = " ".join(one["text"] for one in chat.post(choice="person").json()["messages"])
    assert PIN.search(heard)
    row = handed_on(line)
    assert row.transfer_pin in heard
    assert row.pin_state["missed"] == 0
    assert not PIN.search(chat.say("are you still there"))


def test_a_stranger_hears_none(line: Any) -> None:
    chat = line.chat()
    assert not PIN.search(chat.post(choice="person").text)
    assert handed_on(line).pin_state is None


def test_in_danger_nobody_is_told_a_number(line: Any) -> None:
    chat = line.chat()
    chat.prove()
    assert not PIN.search(chat.say("I want to kill myself"))
    assert handed_on(line).pin_state is None


def test_on_the_phone_it_is_said_figure_by_figure(line: Any) -> None:
    call = line.call()
    with line.db.work() as session:
        row = Conversations(session).by_call(call.sid)
        row.taxpayer, row.verified_at = "T-1", line.clock.now()
    heard = call.press("0")
    assert ", ".join(handed_on(line).transfer_pin) in heard
