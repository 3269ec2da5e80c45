"""The pretend Twilio over the wire: REST for TWILIO_API_BASE, the control API, and the page with its rules."""

import base64
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import pretend_twilio
from channels import voice
from channels.errors import NotFound, OptedOut, TooMany
from channels.signature import genuine
from channels.twilio import Phones
from pretend_twilio.__main__ import make, options
from tests.pretend_twilio.served import serve

ACCOUNT, TOKEN, PERSON = "AC" + "c" * 32, "wire-token", "+15555550101"
PUBLIC = "https://line.example"
STATIC = Path(pretend_twilio.__file__).parent / "static"


@pytest.fixture(scope="module")
def line():
    """A small line behind another public name, as behind a proxy."""
    got = []

    async def answer(request: Request):
        fields = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        signature = request.headers.get("x-twilio-signature")
        if not genuine(PUBLIC + request.url.path, fields, signature, TOKEN):
            return Response(status_code=403)
        got.append((request.url.path, dict(fields)))
        asked = voice.ask("How can I help?", action=PUBLIC + "/twilio/voice/next", language="en")
        document = asked if "voice" in request.url.path else "<Response/>"
        return Response(document, media_type="text/xml")

    app = Starlette(routes=[Route("/twilio/{path:path}", answer, methods=["POST"])])
    server, base = serve(app)
    yield base, got
    server.should_exit = True


@pytest.fixture(scope="module")
def pretend(line):
    args = ["--app", line[0], "--public-url", PUBLIC, "--account", ACCOUNT, "--token", TOKEN]
    args += ["--person", "+15125550143=Ana", "--letters-a-second", "4000"]
    server, base = serve(make(options().parse_args(args)))
    yield base
    server.should_exit = True


@pytest.fixture
def phones(pretend):
    return Phones(ACCOUNT, TOKEN, number="+15550100000", api_base=pretend)


@pytest.fixture
def hand(pretend):
    with httpx.Client(base_url=pretend) as client:
        yield client


def until(look, seconds=5.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def test_a_text_goes_out_over_the_base_and_arrives(phones, hand):
    sid = phones.send_text(PERSON, "Hello ñ")
    assert phones.text_status(sid).pii_body == "Hello ñ"
    texts = hand.get("/pretend/texts", params={"with": PERSON}).json()["texts"]
    assert texts[-1]["text"] == "Hello ñ"


def test_paging_follows_the_base(phones, hand):
    person = "+15555550177"
    for number in range(60):
        phones.send_text(person, f"page {number}")
    found = phones.client.messages.list(to=person, page_size=25)
    assert len({one.sid for one in found}) == 60
    phones.ensure_workspace()
    spaces = phones.client.taskrouter.v1.workspaces(phones.workspace_sid).task_queues.list(page_size=2)
    assert len(spaces) == 9


def test_a_text_comes_in_signed_for_the_public_url(line, hand):
    answer = hand.post("/pretend/texts", json={"from": PERSON, "body": "I got a CP504 ¿sí?"})
    assert answer.status_code == 201
    path, fields = line[1][-1]
    assert (path, fields["Body"]) == ("/twilio/sms", "I got a CP504 ¿sí?")


def test_stop_over_the_wire(phones, hand):
    person = "+15555550188"
    hand.post("/pretend/texts", json={"from": person, "body": "STOP"})
    with pytest.raises(OptedOut):
        phones.send_text(person, "hello")
    assert hand.get("/pretend/texts", params={"with": person}).json()["opted_out"] is True


def test_a_call_from_dialling_to_hanging_up(line, hand):
    call = hand.post("/pretend/calls", json={"from": PERSON}).json()
    path = f"/pretend/calls/{call['id']}"
    until(lambda: hand.get(path).json()["state"] == "listening")
    assert hand.get(path).json()["heard"][0]["text"] == "How can I help?"
    hand.post(path + "/say", json={"text": "a person"})
    assert line[1][-1][1]["SpeechResult"] == "a person"
    hand.post(path + "/press", json={"keys": "0"})
    assert line[1][-1][1]["Digits"] == "0"
    hand.post(path + "/silence", json={})
    assert line[1][-1][1]["SpeechResult"] == ""
    after = hand.get(path).json()["heard"][-1]["n"]
    assert hand.get(path, params={"after": after}).json()["heard"] == []
    assert hand.post(path + "/hangup", json={}).json()["state"] == "over"
    until(lambda: line[1][-1][1].get("CallStatus") == "completed")


def test_a_call_back_rings_and_is_answered(phones, hand):
    person = "+15555550166"
    sid = phones.place_call(person, url=PUBLIC + "/twilio/voice")
    ringing = until(lambda: hand.get("/pretend/calls", params={"with": person}).json()["calls"])
    until(lambda: hand.get(f"/pretend/calls/{sid}").json()["state"] == "ringing")
    assert ringing[0]["id"] == sid
    hand.post(f"/pretend/calls/{sid}/answer", json={})
    until(lambda: hand.get(f"/pretend/calls/{sid}").json()["state"] == "listening")
    assert phones.end_call(sid)
    until(lambda: hand.get(f"/pretend/calls/{sid}").json()["state"] == "over")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/pretend/calls", {"from": "+12025551234"}, 400),
        ("/pretend/calls", {}, 400),
        ("/pretend/calls", [1], 400),
        ("/pretend/texts", {"from": PERSON, "body": 7}, 400),
        ("/pretend/texts", {"from": PERSON, "body": "a" * 2001}, 400),
        ("/pretend/calls/CA1/say", {"text": "hi"}, 404),
    ],
)
def test_what_a_phone_cannot_do(hand, path, body, status):
    answer = hand.post(path, json=body)
    assert answer.status_code == status
    assert answer.json()["title"]


def test_keys_a_phone_has_not(hand):
    call = hand.post("/pretend/calls", json={"from": PERSON}).json()
    assert hand.post(f"/pretend/calls/{call['id']}/press", json={"keys": "5x"}).status_code == 400
    assert hand.post(f"/pretend/calls/{call['id']}/say", json={"text": ""}).status_code == 400


def test_no_other_site_may_use_the_phone(hand):
    foreign = {"sec-fetch-site": "cross-site"}
    assert hand.post("/pretend/calls", json={"from": PERSON}, headers=foreign).status_code == 403
    form = hand.post("/pretend/texts", data={"from": PERSON, "body": "x"})
    assert form.status_code == 400


def test_faults_over_the_wire(phones, hand):
    planned = {"fail_next": {"method": "POST", "path": "Messages", "status": 429}}
    assert hand.post("/pretend/faults", json=planned).json()["planned"] == 1
    with pytest.raises(TooMany):
        phones.send_text(PERSON, "busy")
    phones.send_text(PERSON, "free again")
    assert hand.post("/pretend/faults", json={"rate_429": "often"}).status_code == 400
    assert hand.post("/pretend/faults", json={"rate_429": 0.0}).json()["planned"] == 0


def test_wrong_credentials_over_the_wire(pretend):
    with pytest.raises(Exception, match="20003"):
        Phones(ACCOUNT, "wrong", number="+15550100000", api_base=pretend).send_text(PERSON, "x")
    bad = httpx.get(
        f"{pretend}/api/2010-04-01/Accounts/{ACCOUNT}/Messages.json", headers={"Authorization": "Basic %%"}
    )
    assert bad.status_code == 401
    right = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
    none = httpx.get(f"{pretend}/verify/v2/Services", headers={"Authorization": f"Basic {right}"})
    assert none.status_code == 404


def test_not_there_over_the_wire(phones):
    with pytest.raises(NotFound):
        phones.text_status("SM" + "0" * 32)


class Links(HTMLParser):
    """Everything a page loads."""

    def __init__(self):
        super().__init__()
        self.found, self.inline = [], []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in {"src", "href", "action"}:
                self.found.append(value)
            if name.startswith("on") or name == "style":
                self.inline.append((tag, name))


def test_the_page_is_strict_and_loads_nothing_from_elsewhere(hand):
    page = hand.get("/phone")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    links = Links()
    links.feed(page.text)
    assert links.found
    assert all(link.startswith("/phone/") for link in links.found)
    assert links.inline == []
    assert "<style" not in page.text
    for link in [*links.found, "/phone/words.js"]:
        assert hand.get(link).status_code == 200
    for file in STATIC.iterdir():
        text = file.read_text()
        assert "innerHTML" not in text
        assert "http://" not in text
        assert "https://" not in text


def test_the_page_says_that_it_is_pretend(hand):
    assert "pretend phone" in hand.get("/phone").text
    assert hand.get("/", follow_redirects=True).url.path == "/phone"
    assert hand.get("/pretend/health").json()["people"] == [{"number": "+15125550143", "name": "Ana"}]


def test_both_languages_say_the_same_things():
    text = (STATIC / "words.js").read_text()
    english, spanish = text.split("  es: {")
    keys = [line.split(":")[0].strip() for line in english.splitlines() if line.startswith("    ")]
    assert len(keys) > 10
    assert all(f"{key}:" in spanish for key in keys)
