"""A caller in line may be called back instead of waiting: the place is kept, and the time is told."""

from __future__ import annotations

from typing import Any

import pytest

from api.callbacks import call_due
from channels.twiml_lint import lint
from store.conversations import Conversations
from store.handoffs import HandoffStore
from store.opt_outs import OptOuts
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow
from tests.api.conftest import PHONE

WAIT, KEY, AFTER = "/twilio/voice/queue/wait", "/twilio/voice/queue/key", "/twilio/voice/queue/after"


def row_of(line: Any, call: Any) -> Conversation:
    with line.db.read() as session:
        row = Conversations(session).by_call(call.sid)
        assert row is not None
        return row


def handoff_of(line: Any, call: Any) -> HandoffRow | None:
    with line.db.read() as session:
        return HandoffStore(session, line.clock).of(row_of(line, call).id)


@pytest.fixture
def waiting(line: Any) -> Any:
    call = line.call()
    call.press("0")
    assert row_of(line, call).state == "queue"
    return call


def post(call: Any, path: str, **fields: str) -> str:
    call.post(path, **fields)
    assert [one for one in lint(call.twiml) if "SSML" not in one] == []  # keys shown as <key> look like it
    return str(call.twiml)


def test_one_while_waiting_is_a_call_back_and_the_place_is_kept(line: Any, waiting: Any) -> None:
    offer = post(waiting, WAIT)
    assert "utter_hold_call_back " in offer
    assert 'numDigits="1"' in offer
    assert f'action="{waiting.line.settings.public_url}{KEY}"' in offer
    kept = post(waiting, KEY, Digits="1")
    assert "utter_hold_call_back_kept en voice&gt; 15" in kept
    assert "<Leave" in kept
    assert post(waiting, KEY, Digits="1") == kept  # Twilio asks again
    assert "<Hangup" in post(waiting, AFTER, QueueResult="leave")
    line.twilio("/twilio/status", {"CallSid": waiting.sid, "CallStatus": "completed"})
    handoff = handoff_of(line, waiting)
    assert handoff is not None
    assert handoff.state == "waiting"
    assert handoff.callback_at is not None
    assert call_due(line.line) == 0
    line.clock.forward(minutes=15)
    assert call_due(line.line) == 1
    line.until(lambda: line.phones.called)
    assert line.phones.called[0][0] == PHONE


def test_other_keys_change_nothing(line: Any, waiting: Any) -> None:
    for keys in ("", "0", "2", "*"):
        assert "utter_hold" in post(waiting, KEY, Digits=keys)
    handoff = handoff_of(line, waiting)
    assert handoff is not None
    assert handoff.callback_at is None
    assert row_of(line, waiting).state == "queue"


def offered(waiting: Any) -> bool:
    said = post(waiting, WAIT)
    pressed = post(waiting, KEY, Digits="1")
    assert ("utter_hold_call_back " in said) == ("<Leave" in pressed)
    return "<Leave" in pressed


def test_nobody_in_danger_is_sent_away(line: Any) -> None:
    call = line.call()
    call.say("i want to kill myself")
    assert not offered(call)


def test_not_to_a_number_that_wants_no_calls(line: Any, waiting: Any) -> None:
    with line.db.work() as session:
        OptOuts(session).add(PHONE, line.clock.now())
    assert not offered(waiting)


def test_not_to_a_hidden_number(line: Any, waiting: Any) -> None:
    with line.db.work() as session:
        session.get_one(Conversation, row_of(line, waiting).id).phone = "anonymous"
    assert not offered(waiting)


def test_not_when_the_call_would_come_at_night(line: Any, waiting: Any) -> None:
    line.clock.forward(hours=13)  # four in the morning in London, eleven at night in Texas
    assert not offered(waiting)


def test_not_once_an_agent_has_the_caller(line: Any, waiting: Any) -> None:
    with line.db.work() as session:
        handoff = HandoffStore(session, line.clock).of(row_of(line, waiting).id)
        assert handoff is not None
        session.get_one(HandoffRow, handoff.id).state = "active"
        session.get_one(Conversation, row_of(line, waiting).id).state = "agent"
    assert not offered(waiting)
    assert "utter_hold_agent" in post(waiting, WAIT)
