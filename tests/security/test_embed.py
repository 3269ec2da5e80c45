"""Only pages of the sites that were named may embed the chat."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from starlette.websockets import WebSocketDisconnect

from wiring.settings import Settings

FRIEND, STRANGER = "https://www.friend.example", "https://evil.example"
ASKS = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type",
}


@pytest.fixture
def open_line(make_line: Any) -> Any:
    made = make_line(widget_origins=f"{FRIEND}, https://other.example/")
    with made.http:
        yield made


def test_a_named_site_may_load_and_talk(open_line: Any) -> None:
    http, url = open_line.http, "/chat/conversations"
    loaded = http.get("/widget.js", headers={"Origin": FRIEND})
    assert loaded.headers["access-control-allow-origin"] == FRIEND
    assert loaded.headers["cross-origin-resource-policy"] == "cross-origin"
    asked = http.options(url, headers={"Origin": FRIEND, **ASKS})
    assert asked.status_code == 204
    assert "authorization" in asked.headers["access-control-allow-headers"]
    opened = http.post(url, json={}, headers={"Origin": FRIEND, "Sec-Fetch-Site": "cross-site"})
    assert opened.status_code == 201
    assert opened.headers["access-control-allow-origin"] == FRIEND
    assert "access-control-allow-credentials" not in opened.headers
    stream = f"{url}/{opened.json()['conversation']}/stream"
    with http.websocket_connect(stream, headers={"Origin": FRIEND}) as socket:
        socket.send_json({"token": opened.json()["token"]})
        assert socket.receive_json()["state"] == "bot"


@pytest.mark.parametrize(
    "origin", [STRANGER, FRIEND + ".evil.example", FRIEND.replace("https", "http"), "null"]
)
def test_nobody_else_may(open_line: Any, origin: str) -> None:
    http, url = open_line.http, "/chat/conversations"
    assert "access-control-allow-origin" not in http.get("/widget.js", headers={"Origin": origin}).headers
    assert http.options(url, headers={"Origin": origin, **ASKS}).status_code != 204
    assert http.post(url, json={}, headers={"Origin": origin}).status_code == 403
    chat = open_line.chat()
    with (
        pytest.raises(WebSocketDisconnect),
        http.websocket_connect(f"{url}/{chat.id}/stream", headers={"Origin": origin}) as socket,
    ):
        socket.receive_json()


def test_a_named_site_gets_nothing_of_the_console(open_line: Any) -> None:
    body = {"username": "agent", "password": "x"}
    answer = open_line.http.post("/console/api/session", json=body, headers={"Origin": FRIEND})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_with_none_named_nobody_may(line: Any) -> None:
    assert line.http.post("/chat/conversations", json={}, headers={"Origin": FRIEND}).status_code == 403


def test_what_is_not_an_origin_is_told_at_the_start() -> None:
    with pytest.raises(ValidationError, match="not an origin"):
        Settings(_env_file=None, widget_origins="*")
