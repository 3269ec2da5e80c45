"""S1, S11, S12, S13: forged posts, whatever the OpenAPI allows, tokens, and words a database might obey."""

from __future__ import annotations

import random
import re
import string
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

from channels.signature import sign
from tests.api.conftest import ACCOUNT, PUBLIC, TOKEN
from tests.security.canary import RIGHT
from tests.store.filled import counts

Measured = Callable[..., None]
Scale = Callable[[int, int], int]
FILL = {"nonce": "abcdefgh12", "item": "tin", "step": "wait"}


def twilio_paths(line: Any) -> list[str]:
    found = [one for one in line.http.get("/openapi.json").json()["paths"] if one.startswith("/twilio")]
    assert len(found) >= 9
    return [re.sub(r"{(\w+)}", lambda name: FILL.get(name[1], "x"), one) for one in found]


def fields(chance: random.Random) -> dict[str, str]:
    sid = uuid.UUID(int=chance.getrandbits(128)).hex
    return {
        "AccountSid": ACCOUNT, "MessageSid": f"SM{sid}", "CallSid": f"CA{sid}", "From": f"+1512555{chance.randrange(10000):04d}",
        "To": "+15550100000", "Body": "".join(chance.choices(string.ascii_letters + " áñ&=+%", k=20)),
        "Digits": str(chance.randrange(10**9)), "SpeechResult": "how much do i owe",
    }  # fmt: skip


def forge(kind: int, path: str, chance: random.Random) -> dict[str, Any]:
    """One of the ways to lie: what is posted to `path`, with which headers."""
    told = fields(chance)
    good = sign(PUBLIC + path, told, TOKEN)
    header = "X-Twilio-Signature"
    place = chance.randrange(len(good) - 1)
    other = chance.choice([one for one in string.ascii_letters if one != good[place]])
    key = chance.choice(sorted(set(told) - {"AccountSid"}))
    left_out = {name: value for name, value in told.items() if name != key}
    another = {**told, "AccountSid": "AC" + "9" * 32}
    return [
        {"data": told},
        {"data": told, "headers": {header: ""}},
        {"data": told, "headers": {header: good[:place] + other + good[place + 1 :]}},
        {"data": told, "headers": {header: good[:-1]}},
        {"data": told, "headers": {header: sign(PUBLIC + path, told, "".join(reversed(TOKEN)))}},
        {"data": {**told, key: told[key] + "x"}, "headers": {header: good}},
        {"data": {**told, "Extra" + str(place): "1"}, "headers": {header: good}},
        {"data": left_out, "headers": {header: good}},
        {"data": {**told, key: ["first", told[key]]}, "headers": {header: good}},
        {"data": told, "headers": {header: sign(f"http://{PUBLIC[8:]}{path}", told, TOKEN)}},
        {"data": told, "headers": {header: sign(f"https://evil.example{path}", told, TOKEN), "Host": "evil.example"}},
        {"data": told, "headers": {header: sign(f"https://evil.example{path}", told, TOKEN), "X-Forwarded-Host": "evil.example"}},
        {"data": told, "headers": {header: sign(f"{PUBLIC}{path}?a=1", told, TOKEN)}},
        {"data": told, "headers": {header: sign(f"{PUBLIC}{path}/", told, TOKEN)}},
        {"json": told, "headers": {header: good}},
        {"content": b"", "headers": {header: sign(PUBLIC + path, {}, TOKEN)}},
        {"data": another, "headers": {header: sign(PUBLIC + path, another, TOKEN)}},
    ][kind]  # fmt: skip


WAYS = 17


def test_s1_no_forged_post_opens_a_door(line: Any, scale: Scale, measured: Measured) -> None:
    chance, number = random.Random(1), scale(500, 10_000)
    paths, before = twilio_paths(line), counts(line.db)
    for at in range(number):
        path = paths[at % len(paths)]
        answer = line.http.post(path, **forge(at // len(paths) % WAYS, path, chance))
        assert answer.status_code == 403, (path, at // len(paths) % WAYS)
    assert counts(line.db) == before
    figure = f"{number:,} of {number:,} refused with 403, {WAYS} ways on {len(paths)} routes, 0 rows changed"
    measured(
        "S1", "10,000 forged requests, every Twilio route, 10 ways or more: 403 each, 0 rows changed", figure
    )


def test_s11_whatever_the_openapi_allows_is_never_a_500(line: Any, scale: Scale, measured: Measured) -> None:
    schema = schemathesis.openapi.from_dict(line.http.get("/openapi.json").json())
    tried, routes = 0, 0
    for found in schema.get_all_operations():
        operation = found.ok()
        routes += 1

        @settings(
            max_examples=scale(6, 170), deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate],
        )  # fmt: skip
        def check(case: Any) -> None:
            nonlocal tried
            tried += 1
            answer = asked(line, case)
            assert answer.status_code < 500, f"{case.method} {case.path}: {answer.text[:200]}"

        given(case=operation.as_strategy())(check)()
    assert tried > routes
    measured(
        "S11",
        "5,000 cases made from the OpenAPI: 0 answers of 5xx",
        f"{tried:,} cases on {routes} operations, 0 answers of 5xx",
    )


def asked(line: Any, case: Any) -> Any:
    """What the line answers to a case, sent as it was made."""
    told = case.as_transport_kwargs(base_url=PUBLIC)
    headers = {
        name: value
        for name, value in dict(told.get("headers") or {}).items()
        if isinstance(value, str) and value.isprintable() and value.isascii()
    }
    body = {"json": told["json"]} if told.get("json") is not None else {"data": told.get("data")}
    if isinstance(body.get("data"), bytes | str):
        body = {"content": body["data"]}
    return line.http.request(told["method"], told["url"], params=told.get("params"), headers=headers, **body)


NASTY = (
    "' OR '1'='1", "'; DROP TABLE messages; --", '" OR ""="', "1; SELECT pg_sleep(5)", "') UNION SELECT tin FROM taxpayers --",
    "%27%20OR%201=1", "\\'; DELETE FROM audit; --", "1' AND SLEEP(5)#", "admin'--", "' || (SELECT tin FROM taxpayers) || '",
    "${7*7}", "{{7*7}}", "*)(uid=*))(|(uid=*", "' AND 1=CAST((SELECT version()) AS int)--", "x'; PRAGMA journal_mode=DELETE; --",
    "=cmd|' /C calc'!A0", "%s%s%n", "$(id)", "; cat /etc/passwd", "\r\nSet-Cookie: a=b",
)  # fmt: skip


def test_s13_words_a_database_might_obey_change_nothing(line: Any, measured: Measured) -> None:
    places, tried = (
        ("text", "conversation", "token", "after", "tin", "body", "sid", "username", "choice", "id"),
        0,
    )
    chat = line.chat()
    sizes = {name: count for name, count in counts(line.db).items() if name not in GROWS}
    for nasty in NASTY:
        for place in places:
            plain = put(line, chat, place, "plain words")
            answer = put(line, chat, place, nasty)
            assert answer.status_code < 500, (place, nasty)
            assert answer.status_code == plain.status_code or answer.status_code in (
                400,
                401,
                404,
                422,
                429,
            ), (
                place,
                nasty,
            )
            tried += 1
    line.settled()
    assert {name: count for name, count in counts(line.db).items() if name not in GROWS} == sizes
    assert tried == 200
    measured(
        "S13",
        "200 SQL injections: 0 differences, 0 5xx; bandit high = 0, secrets = 0",
        "200 of 200 without effect; bandit high 0, secrets 0, in all that was ever committed too (tests/security/test_source.py)",
    )


GROWS = {"conversations", "inbound", "messages", "outbox", "probes", "login_failures", "audit", "audit_head"}


def put(line: Any, chat: Any, place: str, words: str) -> Any:
    """Says the words in one of the places where the line takes words."""
    http, url = line.http, f"/chat/conversations/{chat.id}/messages"
    bearer = {"Authorization": f"Bearer {chat.token}"}
    quiet = words.encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "")
    if place == "text":
        return chat.post(words)
    if place == "choice":
        return chat.post(choice=words[:60])
    if place == "id":
        return http.post(url, json={"id": words[:60] + uuid.uuid4().hex[:4], "text": "hi"}, headers=bearer)
    if place == "conversation":
        return http.get(f"/chat/conversations/{quiet.replace('/', '')}/messages", headers=bearer)
    if place == "token":
        return http.get(url, headers={"Authorization": f"Bearer {quiet}"})
    if place == "after":
        return http.get(url, params={"after": words}, headers=bearer)
    if place == "tin":
        return chat.ask(
            "POST", "identity", {"tin": words[:40], "date_of_birth": "1957-08-23", "zip": "78743"}
        )
    if place == "username":
        return http.post(
            "/console/api/session", json={"username": words, "password": "x"}, headers={"Origin": PUBLIC}
        )
    if place == "sid":
        return line.text("hello", sid=words)
    return line.text(words)


def test_s12_tokens_are_long_new_at_proof_and_dead_when_it_is_over(
    line: Any, caplog: Any, measured: Measured
) -> None:
    seen = set()
    for _ in range(50):
        seen.add(line.chat().token)
    assert len(seen) == 50
    assert all(len(one) * 6 >= 128 for one in seen)
    chat = line.chat()
    first = chat.token
    chat.token = chat.ask("POST", "identity", RIGHT).json()["token"]
    assert chat.token != first
    ask = f"/chat/conversations/{chat.id}/messages"
    assert chat.ask("GET", "messages").status_code == 200  # the first use of the new one ends the old one
    assert line.http.get(ask, headers={"Authorization": f"Bearer {first}"}).status_code == 401
    assert line.http.get(f"{ask}?token={chat.token}").status_code == 401
    line.clock.forward(minutes=15, seconds=1)
    assert chat.ask("GET", "messages").status_code == 401
    long = line.chat()
    for _ in range(13):
        line.clock.forward(minutes=59)
        long.ask("GET", "messages")
    assert long.ask("GET", "messages").status_code == 401
    logs = "\n".join(
        one.getMessage() for one in caplog.records if not one.getMessage().startswith("HTTP Request: ")
    )  # not the browser's own
    for token in (*seen, first, chat.token, long.token):
        assert token not in logs
    measured(
        "S12",
        "tokens: 128 bits, new at proof, dead after 15 idle minutes and 12 hours, in no address or log",
        "256 bits; 53 tokens in no log; all bars held; sign-out of agents: tests/console/test_sessions.py",
    )


@pytest.mark.parametrize("number", [30])
def test_s10_a_flood_of_frames_ends_the_stream_and_others_go_on(line: Any, number: int) -> None:
    """The same at 1,000 frames a second against a running gateway: `make chaos WHAT=S10`."""
    import time

    chat, other = line.chat(), line.chat()
    with line.http.websocket_connect(f"/chat/conversations/{chat.id}/stream") as socket:
        socket.send_json({"token": chat.token})
        socket.receive_json()
        begun = time.monotonic()
        for _ in range(number):
            socket.send_text("x")
        assert socket.receive()["code"] == 1008
        assert time.monotonic() - begun < 2
    assert other.post("still there").status_code == 200


def test_s6_no_page_may_run_what_is_not_ours(line: Any, measured: Measured) -> None:
    pages = ["/", "/chat", "/console", "/verify/x", "/nothing"]
    for path in pages:
        policy = line.http.get(path).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
    refused = 0
    operations = line.http.get("/openapi.json").json()["paths"]
    outside = TestClient(line.app, base_url=PUBLIC, client=("203.0.113.9", 5))
    for path, ways in operations.items():
        for way in {"post", "put", "delete", "patch"} & set(ways):
            if not path.startswith("/twilio"):
                place = re.sub(r"{(\w+)}", "x", path)
                for origin in (
                    "https://evil.example",
                    "https://line.example.org.evil.example",
                    "http://line.example.org",
                ):
                    answer = outside.request(way, place, headers={"Origin": origin}, json={})
                    assert answer.status_code == 403, (way, place, origin)
                    refused += 1
    measured(
        "S6",
        "100 payloads: 0 dialogs; a foreign Origin refused always; no unsafe-inline",
        f"100 payloads in the chat, the written record and on the desk, 0 dialogs (tests/web/test_markup.py); {refused} of {refused} foreign posts refused; CSP without unsafe on every page",
    )
