"""After all the stories: nothing that proves who somebody is lies about, and no log knows what was said.

It runs after the other stories of the line, and tells some of its own by every channel, so that it holds alone too.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.line.machine import family, listening
from tests.line.people import PEOPLE
from tests.line.phones import link_in

pytestmark = pytest.mark.line

DEMO = (
    "900-70-1234",
    "900-80-1009",
    "900-81-2010",
    "900-71-2001",
    "900-92-3020",
    "900-99-9999",
    "900-99-9998",
)
SAID = (
    "zebra marmalade cp14",  # typed in a chat
    "walrus marmalade lien",  # spoken on a call
    "otter marmalade levy",  # sent in a text
    "heron marmalade note",  # written by an agent
)


def forms(tin: str) -> set[bytes]:
    """A taxpayer number in the ways it is written."""
    bare = tin.replace("-", "")
    grouped = {f"{bare[:3]}{gap}{bare[3:5]}{gap}{bare[5:]}" for gap in ("", "-", " ", ".", "%20")}
    return {form.encode() for form in grouped | {f"{bare[:2]}-{bare[2:]}"}}


@pytest.fixture(scope="module")
def told(line):
    """Words and digits by every channel, some where they do not belong."""
    from tests.line.conftest import Chat, Console
    from tests.line.phones import Call, Texts

    numbers = [person.tin for person in PEOPLE.values()]
    typed, phone, texts = Chat(line.url), Call(line.phone, "+15125550161"), Texts(line.phone, "+15125550162")
    typed.say(f"{SAID[0]} my social is {numbers[0]} and 900 96 7138")
    typed.prove("900-99-9999", "1990-01-01", "43215")
    phone.say(f"{SAID[1]} nine hundred 900967101")
    phone.say("how much do i owe")
    phone.key_identity(("900999998", "01011990", "43215"))
    texts.send(f"{SAID[2]} 900.96.7101")
    httpx.post(
        link_in(texts.send("what do i owe")),
        data={"tin": "900 99 9998", "date_of_birth": "1990-01-01", "zip": "1"},
    )
    httpx.get(f"{line.url}/verify/900-96-7101")
    httpx.get(f"{line.url}/chat?tin=900-96-7101")
    typed.choose("person")
    console = Console(line)
    handoff = console.of(typed.id)["id"]
    console.do(handoff, "accept")
    console.do(handoff, "messages", text=SAID[3])
    console.do(handoff, "complete", disposition="resolved", note=f"{SAID[3]}, done.")
    phone.hang_up()
    time.sleep(1)
    return [*numbers, *DEMO]


def files(folder: Path, *patterns: str) -> list[Path]:
    found = [file for pattern in patterns for file in folder.rglob(pattern) if file.is_file()]
    assert found
    return found


def test_no_taxpayer_number_is_in_a_log_or_the_dialogue_engine_or_readable_in_the_database(line, told):
    looked_at = files(line.home, "*.log", "*.sqlite", "*.sqlite-*")
    assert {"gateway.log", "bot.log", "actions.log", "line.sqlite", "bot.sqlite"} <= {
        file.name for file in looked_at
    }
    for file in looked_at:
        content = file.read_bytes()
        leaked = [form for tin in told for form in forms(tin) if form in content]
        assert leaked == [], file.name


def test_no_birthday_of_the_stories_is_in_a_log_or_the_dialogue_engine(line, told):
    for file in files(line.home, "*.log", "bot.sqlite*"):
        content = file.read_bytes()
        for person in PEOPLE.values():
            year, month, day = person.date_of_birth.split("-")
            for form in (person.date_of_birth, f"{month}{day}{year}", f"{month}/{day}/{year}"):
                assert form.encode() not in content, file.name


def test_what_was_said_is_in_no_log(line, told):
    for file in files(line.home, "*.log"):
        content = file.read_text(errors="replace").lower()
        for words in (
            *SAID,
            "marmalade",
            "dated november",
            "200 a month",
            "doscientos",
            "8,868",
            "8868.94",
            "prueba",
        ):
            assert words not in content, f"{words!r} in {file.name}"


def test_what_was_said_is_not_readable_in_the_database(line, told):
    for file in files(line.home, "line.sqlite*"):
        content = file.read_bytes()
        for words in SAID:
            assert words.encode() not in content, file.name
        assert b"Prueba" not in content


def test_no_phone_number_and_no_token_is_in_a_log(line, told):
    for file in files(line.log_dir, "*.log"):
        if file.name == "pretend-twilio.log":
            continue  # The stand-in is Twilio's side of the wire, which knows who calls.
        content = file.read_text(errors="replace")
        assert not re.search(r"\+1\d{3}55501\d\d", content), file.name
        assert not re.search(r"/verify/[\w-]{20,}", content), file.name
        assert "Bearer " not in content


def test_every_door_but_the_line_itself_is_this_machine_s_and_asks_for_the_secret(line):
    ports = listening(family(line.process.pid))
    inside = {name: int(line.env[name]) for name in ("BOT_PORT", "ACTIONS_PORT")}
    assert {*inside.values(), int(line.env["PORT"])} <= set(ports)
    for port, (address, _) in ports.items():
        assert address in ("0100007F", "00000000000000000000000001000000"), (
            f"port {port} listens on {address}"
        )
    for port, path in ((inside["BOT_PORT"], "/turn"), (inside["ACTIONS_PORT"], "/webhook")):
        for headers in ({}, {"X-ACS-Secret": ""}, {"X-ACS-Secret": "guess"}):
            answer = httpx.post(f"http://127.0.0.1:{port}{path}", json={"sender_id": "x"}, headers=headers)
            assert answer.status_code in (401, 403, 404), (port, headers, answer.text)


def test_the_page_keeps_no_digits(line, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{line.url}/chat")
    expect(page.locator(".bubble.from-assistant")).to_have_count(1)
    page.get_by_role("textbox", name="Write your message").fill("my social is 900-96-7101")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.from-assistant")).to_have_count(2)
    expect(page.locator(".bubble.from-you")).to_have_attribute("data-delivery", "sent")
    kept = page.evaluate(
        "[...Object.values(sessionStorage), ...Object.values(localStorage), location.href, document.cookie].join()"
    )
    assert "7101" not in kept
    context.close()
