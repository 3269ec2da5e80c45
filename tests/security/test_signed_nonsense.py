"""Behind the gates: whatever Twilio signs, whatever the holder of a token or a signed-in agent sends, is never a 500."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from store.agents import add_user
from tests.api.conftest import Chat
from tests.security.canary import RIGHT
from tests.security.test_doors_attacked import NASTY, twilio_paths

Scale = Callable[[int, int], int]
ODD = (
    *NASTY,
    *("", " ", "0", "-1", "1e400", "NaN", "null", "[]", "{}", '{"handoff_key": {}}', '{"handoff_key": ["x"]}'),
    *("\x00", "a\x00b", "\ud7ff\ue000", "\u202e١٢٣", "𝟗𝟎𝟎-𝟕𝟎-𝟏𝟐𝟑𝟒", "👩‍👩‍👧‍👦" * 40, "é" * 3000, "9" * 400, "+", "+1", "anonymous"),
    *("2026-13-45", "12319999", "00000000", "#", "*#*#", "STOP", "stop\u200b", "/restart", "\\", "%00", "%ff", "../../etc"),
    *("completed", "ringing", "human", "machine_start", "bridged", "hangup", "leave", "reservation.accepted", "task.canceled"),
)  # fmt: skip
FIELDS = (
    *("MessageSid", "SmsSid", "From", "To", "Body", "NumMedia", "OptOutType", "MessageStatus", "ErrorCode"),
    *("CallSid", "CallStatus", "Digits", "FinishedOnKey", "SpeechResult", "Confidence", "AnsweredBy", "QueueResult"),
    *("SessionStatus", "EventType", "Sid", "EventSid", "TaskSid", "TaskAttributes", "WorkerName", "HandoffData"),
)  # fmt: skip
SIDS = tuple(f"{kind}{at:032d}" for kind in ("CA", "SM") for at in range(4))


def form(chance: random.Random) -> dict[str, str]:
    """Fields as Twilio names them, some with what it would send and some with what nobody would."""
    found = {name: chance.choice(ODD) for name in FIELDS if chance.random() < 0.4}
    for name in ("CallSid", "MessageSid"):
        if chance.random() < 0.8:
            found[name] = chance.choice(SIDS)
    if chance.random() < 0.7:
        found["From"] = f"+1512555{chance.randrange(20):04d}"
    return found


def test_s11_whatever_twilio_signs_is_never_a_500(line: Any, scale: Scale) -> None:
    chance, paths = random.Random(11), twilio_paths(line)
    for at in range(scale(300, 6_000)):
        path, fields = chance.choice(paths), form(chance)
        answer = line.twilio(path, fields)
        assert answer.status_code < 500, (at, path, fields, answer.text[:200])
        if at % 50 == 0:
            line.clock.forward(minutes=chance.choice((1, 20, 90)))


BODIES = ("id", "text", "choice", "tin", "date_of_birth", "zip", "caller_id", "caf", "name", "language")


def thing(chance: random.Random) -> Any:
    """A value of JSON nobody expects."""
    return chance.choice([*ODD, None, True, -1, 10**30, 1.5, [], {}, ["x"], {"a": "b"}, [[]]])


@pytest.mark.parametrize("proved", [False, True])
def test_s11_whatever_the_holder_of_a_token_sends_is_never_a_500(
    line: Any, scale: Scale, proved: bool
) -> None:
    chance = random.Random(int(proved))
    chat = Chat(line)
    for at in range(scale(120, 3_000)):
        if at % 30 == 0:
            line.clock.forward(hours=2)
            chat = Chat(line)
            if proved:
                chat.token = chat.ask("POST", "identity", RIGHT).json()["token"]
        body = {name: thing(chance) for name in BODIES if chance.random() < 0.3}
        if chance.random() < 0.6:
            body |= {"id": str(at), "text": chance.choice(ODD)}
            body.pop("choice", None)
        leaf = chance.choice(
            (
                "messages",
                "messages",
                "identity",
                "end",
                "record",
                "messages?after=" + chance.choice(("a", "%00", "%ff")),
            )
        )
        method = "GET" if leaf == "record" or "?" in leaf else "POST"
        if leaf == "identity":
            line.clock.forward(hours=1)
        answer = chat.ask(method, leaf, body if method == "POST" else None)
        assert answer.status_code < 500, (at, method, leaf, body, answer.text[:200])


def test_s11_whatever_a_signed_in_agent_sends_is_never_a_500(line: Any, scale: Scale) -> None:
    chance, password = random.Random(3), "a long enough password"
    with line.db.work() as session:
        add_user(session, "ana", password)
    signed = line.http.post("/console/api/session", json={"username": "ana", "password": password})
    line.http.headers["X-CSRF-Token"] = signed.json()["csrf_token"]
    deeds = ("accept", "decline", "messages", "transfer", "callback", "complete", "pin", "draft", "")
    names = ("text", "note", "queue", "at", "disposition", "digits", "state", "active")
    for at in range(scale(120, 3_000)):
        if at % 20 == 0:
            line.chat().post(choice="person")
            waiting = line.http.get("/console/api/handoffs").json()["handoffs"]
            mine = line.http.get("/console/api/handoffs?state=active").json()["handoffs"]
        one = chance.choice([*(card["id"] for card in (*waiting, *mine)), "x", "%00"])
        deed = chance.choice(deeds)
        method = "PUT" if deed == "draft" else "POST" if deed else "GET"
        body = {name: thing(chance) for name in names if chance.random() < 0.35}
        if chance.random() < 0.5:
            wanted = {
                "messages": "text",
                "transfer": "queue",
                "callback": "at",
                "pin": "digits",
                "draft": "note",
            }
            body = {
                wanted.get(deed, "note"): chance.choice(
                    (*ODD, "appeals", "2026-12-01T10:00:00Z", "9999-12-31T23:59:59Z")
                )
            }
        path = f"/console/api/handoffs/{one}" + (f"/{deed}" if deed else "")
        answer = line.http.request(
            method, path, content=json.dumps(body), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code < 500, (at, method, path, body, answer.text[:200])
