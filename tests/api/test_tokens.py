"""A proof gives a new token; the one before it is good until the new one is first used, and no longer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import RIGHT


@pytest.mark.parametrize("used", ["messages", "post", "stream"])
def test_the_old_token_goes_on_until_the_new_one_is_used(line: Any, used: str) -> None:
    chat = line.chat()
    old = chat.token
    new = chat.prove().json()["token"]
    chat.token = old
    assert chat.post("how much do I owe you").status_code == 200, "whoever lost the answer is not locked out"
    again = chat.ask("POST", "identity", RIGHT).json()["token"]
    chat.token = new
    assert chat.ask("GET", "messages").status_code == 401, "of two new tokens the last one counts"
    chat.token = old
    assert chat.ask("GET", "messages").status_code == 200
    chat.token = again
    if used == "messages":
        assert chat.ask("GET", "messages").status_code == 200
    elif used == "post":
        assert chat.post("how much do I owe you").status_code == 200
    else:
        with line.http.websocket_connect(f"/chat/conversations/{chat.id}/stream") as socket:
            socket.send_json({"token": again})
            assert socket.receive_json()["state"] == "bot"
    chat.token = old
    assert chat.ask("GET", "messages").status_code == 401
