"""What breaks on a bad day: the bot dies, webhooks come twice, somebody forges them, a port is found."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4
from xml.etree import ElementTree

import httpx
import pytest
from twilio.request_validator import RequestValidator

from tests.line.machine import family, kill_hard, listening

pytestmark = pytest.mark.line

LOOPBACK = {"0100007F", "00000000000000000000000001000000"}
TRUE_WORDS = "I cannot read messages well right now. What you told me is kept."
RELAY = "/twilio/relay"


class Twilio:
    """Posts to the line as Twilio does, signed by Twilio's own validator."""

    def __init__(self, line) -> None:
        self.sid, self.token = line.account()
        self.url = line.url
        self.http = httpx.Client(timeout=20)

    def post(self, path: str, fields: dict[str, str], *, signature: str | None = None) -> httpx.Response:
        url = path if path.startswith("http") else self.url + path
        fields = {"AccountSid": self.sid, **fields}
        signature = self.sign(url, fields) if signature is None else signature
        headers = {"X-Twilio-Signature": signature} if signature else {}
        return self.http.post(url, data=fields, headers=headers)

    def sign(self, url: str, fields: dict[str, str], token: str | None = None) -> str:
        return RequestValidator(token or self.token).compute_signature(url, fields)


@pytest.fixture
def twilio(line) -> Twilio:
    return Twilio(line)


def in_parallel(times: int, do) -> list:
    with ThreadPoolExecutor(times) as pool:
        return [one.result() for one in [pool.submit(do) for _ in range(times)]]


def sid(kind: str) -> str:
    return kind + uuid4().hex


def back_again(url: str, within: float = 90) -> None:
    """Waits until a process answers its health address."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise AssertionError(f"{url} did not come back within {within} s")


def timed(do, *args) -> tuple[str, float]:
    start = time.monotonic()
    return do(*args), time.monotonic() - start


# A process dies.


def test_the_bot_dies_in_the_middle_and_the_talk_goes_on(line, chat, call, texts, people):
    talk, other, phone, thread = chat(), chat(), call("+15125550141"), texts("+15125550142")
    talk.say("what do i owe")
    assert talk.prove(*people["bot_dies"].typed)[0]
    talk.say("set up a payment plan")
    assert "which day of the month" in talk.say("300 a month")
    thread.send("hello")
    port = int(line.env["BOT_PORT"])
    dead = kill_hard(line.process.pid, port)

    with ThreadPoolExecutor(4) as pool:  # At once: the supervisor brings the bot back within seconds.
        chatted = pool.submit(timed, talk.say, "the 10th")
        asked = pool.submit(timed, other.say, "let me talk to a person")
        spoken = pool.submit(timed, phone.say, "what is a lien")
        texted = pool.submit(timed, thread.send, "what is a lien")
        for said, took in (chatted.result(), spoken.result(), texted.result()):
            assert TRUE_WORDS in said
            assert took < 4
        assert asked.result()[1] < 4
    assert other.state == "queue"
    assert [one["id"] for one in talk.last[-1]["choices"]] == ["person"]
    assert "Talk to a person: press zero" in spoken.result()[0]
    phone.press("0")
    assert phone.state == "waiting"

    back_again(f"http://127.0.0.1:{port}/health")
    assert listening(family(line.process.pid))[port][1] != dead
    assert "bank account" in talk.say("the 10th")
    read_back = talk.say("no")
    assert "$300.00 a month" in read_back
    assert "day 10" in read_back
    assert "lien" in thread.send("what is a lien").lower()


def test_the_actions_die_in_the_middle_and_the_talk_goes_on(line, chat, people):
    talk = chat()
    talk.say("what do i owe")
    assert talk.prove(*people["actions_die"].typed)[0]
    talk.say("set up a payment plan")
    assert "which day of the month" in talk.say("300 a month")
    port = int(line.env["ACTIONS_PORT"])
    dead = kill_hard(line.process.pid, port)
    said, took = timed(talk.say, "the 10th")
    assert took < 4
    assert TRUE_WORDS in said or "bank account" in said
    back_again(f"http://127.0.0.1:{port}/health")
    assert listening(family(line.process.pid))[port][1] != dead
    if TRUE_WORDS in said:
        assert "bank account" in talk.say("the 10th")
    assert "$300.00 a month, on day 10" in talk.say("no")


# The same twice.


def test_a_text_delivered_twice_is_answered_once(twilio, texts):
    thread, message = texts("+15125550143"), sid("SM")
    fields = {
        "MessageSid": message,
        "SmsSid": message,
        "From": thread.number,
        "To": "+15550100000",
        "Body": "what is a lien",
    }
    answers = [
        *in_parallel(5, lambda: twilio.post("/twilio/sms", fields)),
        twilio.post("/twilio/sms", fields),
    ]
    assert {one.status_code for one in answers} == {200}
    assert "lien" in thread.wait(0).lower()
    twilio.post("/twilio/sms", fields)
    time.sleep(2)
    assert len(thread.thread()) == 1


def test_a_turn_of_a_call_posted_twice_gets_the_same_bytes_and_is_done_once(twilio, console):
    before = {one["id"] for one in console.waiting()}
    fields = {"CallSid": sid("CA"), "From": "+15125550144", "To": "+15550100000", "CallStatus": "in-progress"}
    first = twilio.post("/twilio/voice", fields)
    assert first.status_code == 200
    assert twilio.post("/twilio/voice", fields).content == first.content
    speech = {**fields, "SpeechResult": "let me talk to a person", "Confidence": "0.93"}
    action = ElementTree.fromstring(first.content).find("Gather").get("action")
    answers = [*in_parallel(4, lambda: twilio.post(action, speech)), twilio.post(action, speech)]
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1
    assert ElementTree.fromstring(answers[0].content).find("Enqueue") is not None
    assert len([one for one in console.waiting() if one["id"] not in before]) == 1
    twilio.post("/twilio/status", {**fields, "CallStatus": "completed"})


def test_a_chat_message_posted_at_once_from_two_tabs_is_taken_once(chat):
    talk, name = chat(), str(uuid4())
    answers = in_parallel(4, lambda: talk.say("I got a CP14", id=name))
    assert len(set(answers)) == 1
    shown = talk.http.get(f"/chat/conversations/{talk.id}/messages").json()["messages"]
    assert [one["text"] for one in shown if one["from"] == "you"] == ["I got a CP14"]
    assert len([one for one in shown if one["from"] == "assistant"]) == 2  # the greeting and one answer


# Somebody who is not Twilio.


def routes(line) -> list[str]:
    paths = httpx.get(f"{line.url}/openapi.json").json()["paths"]
    found = [
        path.format(step="wait", nonce="abcdefghijkl", item="tin", kind="call", key="abc")
        for path in paths
        if path.startswith("/twilio")
    ]
    assert len(found) >= 8
    return found


def test_every_door_of_twilio_refuses_whoever_is_not_twilio(line, twilio):
    fields = {
        "CallSid": sid("CA"),
        "MessageSid": sid("SM"),
        "From": "+15125550145",
        "Body": "hi",
        "AccountSid": twilio.sid,
    }
    for path in routes(line):
        url = line.url + path
        forgeries = {
            "none": "",
            "nonsense": "bm90IGEgc2lnbmF0dXJl",
            "another token": twilio.sign(url, fields, "0" * 32),
            "another address": twilio.sign(line.url + "/twilio/elsewhere", fields),
            "other fields": twilio.sign(url, {**fields, "From": "+15125550146"}),
        }
        for kind, signature in forgeries.items():
            assert twilio.post(path, fields, signature=signature).status_code == 403, (path, kind)


def test_another_account_is_not_ours(twilio):
    fields = {"CallSid": sid("CA"), "From": "+15125550145", "AccountSid": "AC" + "1" * 32}
    assert twilio.post("/twilio/voice", fields).status_code == 403


def test_the_socket_for_calls_refuses_without_a_signature(line):
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x" * 22 + "==",
    }
    for signature in ({}, {"X-Twilio-Signature": "bm90IGEgc2lnbmF0dXJl"}):
        assert httpx.get(line.url + RELAY, headers={**upgrade, **signature}).status_code == 403


def test_the_bot_and_the_actions_answer_nobody_without_the_secret(line):
    turn = {
        "turn": "x.1",
        "conversation": "x",
        "text": "hello",
        "channel": "web",
        "language": "en",
        "today": "2026-11-22",
    }
    bot, actions = f"http://127.0.0.1:{line.env['BOT_PORT']}", f"http://127.0.0.1:{line.env['ACTIONS_PORT']}"
    for secret in ({}, {"X-ACS-Secret": "wrong"}, {"X-ACS-Secret": line.env["ACS_SECRET"]}):
        assert httpx.post(f"{bot}/turn", json=turn, headers=secret).status_code == 401
        asked = httpx.post(
            f"{actions}/webhook", json={"next_action": "action_tell_balance", "tracker": {}}, headers=secret
        )
        assert asked.status_code == 401
        assert set(asked.json()) == {"title"}


def test_nothing_listens_that_need_not_and_only_on_this_machine(line):
    found = listening(family(line.process.pid))
    wanted = {int(line.env[name]) for name in ("PORT", "BOT_PORT", "ACTIONS_PORT", "PRETEND_PORT")}
    assert set(found) == wanted
    assert {address for address, _ in found.values()} <= LOOPBACK
