"""Every door asks who knocks: Twilio's by signature, the browser's by origin; too much is turned away."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from channels.signature import sign
from store.tables.conversations import Conversation, Inbound, VoiceTurn
from tests.api.conftest import ACCOUNT, PUBLIC, TOKEN

FIELDS = {
    "AccountSid": ACCOUNT,
    "MessageSid": "SM1",
    "CallSid": "CA11",
    "From": "+15125550143",
    "Body": "hello there",
}


def paths(line: Any) -> list[str]:
    found = [path for path in line.http.get("/openapi.json").json()["paths"] if path.startswith("/twilio")]
    assert len(found) >= 9
    fill = {"{nonce}": "abcdefgh12", "{item}": "tin", "{step}": "wait"}
    for name, value in fill.items():
        found = [path.replace(name, value) for path in found]
    return found


def forged(path: str) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """(what is posted, headers) of ways to lie."""
    good = sign(PUBLIC + path, FIELDS, TOKEN)
    return [
        ({"data": FIELDS}, {}),
        ({"data": FIELDS}, {"X-Twilio-Signature": ""}),
        ({"data": FIELDS}, {"X-Twilio-Signature": good[:-2] + "x="}),
        ({"data": FIELDS}, {"X-Twilio-Signature": sign(PUBLIC + path, FIELDS, "another token")}),
        ({"data": {**FIELDS, "Body": "changed"}}, {"X-Twilio-Signature": good}),
        ({"data": {**FIELDS, "Extra": "1"}}, {"X-Twilio-Signature": good}),
        ({"data": {**FIELDS, "Body": ["first", "hello there"]}}, {"X-Twilio-Signature": good}),
        ({"data": FIELDS}, {"X-Twilio-Signature": sign("http://line.example.org" + path, FIELDS, TOKEN)}),
        (
            {"data": FIELDS},
            {
                "X-Twilio-Signature": sign("https://evil.example" + path, FIELDS, TOKEN),
                "Host": "evil.example",
            },
        ),
        ({"json": FIELDS}, {"X-Twilio-Signature": good}),
        ({"content": b""}, {"X-Twilio-Signature": sign(PUBLIC + path, {}, TOKEN)}),
        (
            {"data": {**FIELDS, "AccountSid": "AC" + "9" * 32}},
            {"X-Twilio-Signature": sign(PUBLIC + path, {**FIELDS, "AccountSid": "AC" + "9" * 32}, TOKEN)},
        ),
    ]


def test_no_door_of_twilio_opens_to_a_forger(line: Any) -> None:
    for path in paths(line):
        for what, headers in forged(path):
            answer = line.http.post(path, headers=headers, **what)
            assert answer.status_code == 403, (path, what)
        extra = line.http.post(
            path + "?a=1", data=FIELDS, headers={"X-Twilio-Signature": sign(PUBLIC + path, FIELDS, TOKEN)}
        )
        assert extra.status_code == 403
    with line.db.read() as session:
        for table in (Conversation, Inbound, VoiceTurn):
            assert session.query(table).count() == 0


def test_every_twilio_route_asks_for_the_signature(line: Any) -> None:
    """So that a route added tomorrow cannot forget to."""
    from api.gate import signed_form

    def asks(dependant: Any) -> bool:
        return any(one.call is signed_form or asks(one) for one in dependant.dependencies)

    routes = [one for one in _routes(line.app) if one.path.startswith("/twilio")]
    assert len(routes) >= 9
    assert all(asks(one.dependant) for one in routes)


def _routes(app: Any) -> list[APIRoute]:
    from api import sms, taskrouter, taskrouter_events, voice

    doors = (sms, voice, taskrouter, taskrouter_events)
    return [one for door in doors for one in door.router.routes if isinstance(one, APIRoute)]


def test_without_a_token_set_nobody_is_twilio(make_line: Any) -> None:
    made = make_line()
    with made.http:
        made.settings.twilio_auth_token = type(made.settings.twilio_auth_token)("")
        assert made.twilio("/twilio/sms", FIELDS, token="").status_code == 403


def test_a_foreign_page_may_not_post(line: Any) -> None:
    for origin in ("https://evil.example", "null", "http://line.example.org"):
        answer = line.http.post("/chat/conversations", json={}, headers={"Origin": origin})
        assert answer.status_code == 403, origin
    assert line.http.post("/chat/conversations", json={}, headers={"Origin": PUBLIC}).status_code == 201


def test_a_foreign_page_may_not_listen(line: Any) -> None:
    from starlette.websockets import WebSocketDisconnect

    chat = line.chat()
    with (
        pytest.raises(WebSocketDisconnect),
        line.http.websocket_connect(
            f"/chat/conversations/{chat.id}/stream", headers={"Origin": "https://evil.example"}
        ) as socket,
    ):
        socket.receive_json()


def test_a_big_frame_ends_the_stream(line: Any) -> None:
    chat = line.chat()
    with line.http.websocket_connect(f"/chat/conversations/{chat.id}/stream") as socket:
        socket.send_json({"token": chat.token})
        socket.receive_json()
        socket.send_text("x" * 9000)
        assert socket.receive()["code"] == 1009


def test_too_much_is_turned_away(line: Any) -> None:
    chat = line.chat()
    assert chat.post("x" * 70_000).status_code == 413

    def drips() -> Any:
        for _ in range(70):
            yield b" " * 1024

    headers = {"Authorization": f"Bearer {chat.token}", "Content-Type": "application/json"}
    answer = line.http.post(f"/chat/conversations/{chat.id}/messages", content=drips(), headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"{}",
        b'{"id": 1}',
        b'{"id": "1", "text": "a", "choice": "b"}',
        b"\xff\xfe",
        b'{"id":"' + b"x" * 100 + b'","text":"a"}',
    ],
)
def test_rubbish_is_a_plain_problem(line: Any, body: bytes) -> None:
    chat = line.chat()
    headers = {"Authorization": f"Bearer {chat.token}", "Content-Type": "application/json"}
    answer = line.http.post(f"/chat/conversations/{chat.id}/messages", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "next_step"} <= answer.json().keys()


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "\u202e abc", "𝟙𝟚𝟛", "’; DROP TABLE messages; --", "{{7*7}}", "👍🏽" * 300]
)
def test_strange_text_breaks_nothing(line: Any, text: str) -> None:
    chat = line.chat()
    headers = {"Authorization": f"Bearer {chat.token}", "Content-Type": "application/json"}
    body = json.dumps({"id": "1", "text": text}).encode()
    answer = line.http.post(f"/chat/conversations/{chat.id}/messages", content=body, headers=headers)
    assert answer.status_code == 200
    assert answer.json()["messages"]


def test_an_error_shows_nothing_of_what_was_sent(line: Any) -> None:
    chat = line.chat()
    answer = chat.ask("POST", "identity", {"tin": {"a": "900-70-1234"}})
    assert answer.status_code == 422
    assert "900-70" not in answer.text


def test_every_answer_has_the_headers(line: Any) -> None:
    for path in ("/", "/chat", "/healthz", "/nothing", "/widget.js"):
        headers = line.http.get(path).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_so_many_and_no_more_from_one_address(make_line: Any) -> None:
    made = make_line()
    with TestClient(made.app, base_url=PUBLIC, client=("203.0.113.7", 5000)) as http:
        answers = [http.post("/chat/conversations", json={}).status_code for _ in range(65)]
        assert answers[:60] == [201] * 60
        assert 429 in answers[60:]


def test_metrics_are_for_this_machine_alone(make_line: Any) -> None:
    made = make_line()
    with made.http:
        assert "acs_turns_total" in made.http.get("/metrics").text
        assert made.http.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
        outside = TestClient(made.app, base_url=PUBLIC, client=("203.0.113.7", 5000))
        assert outside.get("/metrics").status_code == 404


def test_ready_tells_what_is_missing(line: Any) -> None:
    good = line.http.get("/readyz")
    assert good.status_code == 200
    assert good.json() == {
        "database": True, "bot": True, "telephony": True, "pending_inbound": 0, "unsent_outbound": 0,
    }  # fmt: skip
    line.bot.broken = "dead"
    assert line.http.get("/readyz").status_code == 503
    assert line.http.get("/healthz").status_code == 200


def test_a_locked_database_is_told_in_time_and_nothing_is_lost(line: Any) -> None:
    import sqlite3
    import time

    chat = line.chat()
    lock = sqlite3.connect(line.settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    for ask in (lambda: chat.post("hello to you there", id="m1"), lambda: line.text("hello", sid="SM9")):
        begun = time.monotonic()
        assert ask().status_code == 503
        # Three seconds in line behind another writer and three before the lock, of the 15 Twilio waits.
        assert time.monotonic() - begun < 10
    lock.execute("ROLLBACK")
    assert "utter_echo" in chat.post("hello to you there", id="m1").json()["messages"][0]["text"]


def test_every_address_says_who_may_call_it(line: Any) -> None:
    paths = line.http.get("/openapi.json").json()["paths"]
    assert {"/metrics", "/healthz", "/chat", "/twilio/sms", "/console/api/queues"} <= set(paths)
    who = (
        r"(Anyone|The holder of the token|Whoever was \w+ the link|Twilio, signed|Agents|This machine only): "
    )
    for path, ways in paths.items():
        for way, told in ways.items():
            assert re.match(who, told["summary"]), (way, path)
