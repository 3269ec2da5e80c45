"""Calls over ConversationRelay: the same turns on a socket; keypad items and queues go back to TwiML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect

from channels.signature import sign
from tests.api.conftest import PUBLIC, TOKEN

ADDRESS = PUBLIC.replace("https", "wss") + "/twilio/relay"


@pytest.fixture
def relayed(make_line: Any) -> Any:
    made = make_line(voice_mode="relay")
    with made.http:
        yield made


def begin(line: Any, sid: str) -> str:
    answer = line.twilio("/twilio/voice", {"CallSid": sid, "From": "+15125550143", "CallStatus": "ringing"})
    assert f'url="{ADDRESS}"' in answer.text
    assert "<ConversationRelay" in answer.text
    return str(answer.text).split('action="')[1].split('"')[0].removeprefix(PUBLIC)


def socket_of(line: Any) -> Any:
    return line.http.websocket_connect(
        "/twilio/relay", headers={"X-Twilio-Signature": sign(ADDRESS, {}, TOKEN)}
    )


def test_words_go_both_ways(relayed: Any) -> None:
    begin(relayed, "CA1")
    with socket_of(relayed) as socket:
        socket.send_json({"type": "setup", "callSid": "CA1", "sessionId": "VX1"})
        hello = socket.receive_json()
        assert "utter_greeting en voice" in hello["token"]
        assert hello["last"] is True
        socket.send_text("{not json")
        socket.send_json({"type": "prompt", "voicePrompt": "I got a letter from you", "last": True})
        assert "I got a letter from you" in socket.receive_json()["token"]
        socket.send_json(
            {"type": "prompt", "voicePrompt": "I can pay two hundred dollars a month", "last": True}
        )
        assert "utter_heard_amount" in socket.receive_json()["token"]
        socket.send_json({"type": "dtmf", "digit": "1"})
        assert "two hundred dollars" in socket.receive_json()["token"]
    assert [one["text"][:5] for one in relayed.bot.turns] == ["I got", "I can"]


def test_identity_and_the_line_for_a_person_go_back_to_twiml(relayed: Any) -> None:
    action = begin(relayed, "CA2")
    with socket_of(relayed) as socket:
        socket.send_json({"type": "setup", "callSid": "CA2", "sessionId": "VX2"})
        socket.receive_json()
        relayed.bot.say("utter_ask_identity", secure_form="identity")
        socket.send_json({"type": "prompt", "voicePrompt": "how much do I owe", "last": True})
        end = socket.receive_json()
        assert end["type"] == "end"
        assert json.loads(end["handoffData"])
    fields = {"CallSid": "CA2", "SessionStatus": "ended", "HandoffData": end["handoffData"]}
    document = relayed.twilio(action, fields).text
    assert "utter_ask_identity" in document
    assert "/tin" in document


def test_nobody_else_gets_onto_the_socket(relayed: Any) -> None:
    for headers in ({}, {"X-Twilio-Signature": sign(ADDRESS.replace("wss", "https"), {}, TOKEN)}):
        with (
            pytest.raises(WebSocketDisconnect),
            relayed.http.websocket_connect("/twilio/relay", headers=headers),
        ):
            pass


def test_without_relay_mode_there_is_no_socket(line: Any) -> None:
    with pytest.raises(WebSocketDisconnect), socket_of(line):
        pass
