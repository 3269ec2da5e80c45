"""The phone in the terminal: what is typed becomes speech or keys, what is heard is printed."""

import io

import pytest
from rich.console import Console
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from channels import voice
from pretend_twilio.__main__ import make, options
from tests.pretend_twilio.served import serve
from wiring import phone as terminal

PERSON = "+15555550123"


@pytest.fixture(scope="module")
def pretend():
    got = []

    async def answer(request: Request):
        fields = dict(await request.form())
        got.append(fields)
        base = f"http://{request.headers['host']}/twilio"
        document = voice.ask("How can I help?", action=base + "/voice/next", language="en")
        if "Body" in fields:
            document = "<Response><Message>[b]Got it.[/b]</Message></Response>"
        return Response(document, media_type="text/xml")

    line, line_url = serve(Starlette(routes=[Route("/twilio/{path:path}", answer, methods=["POST"])]))
    args = ["--app", line_url, "--account", "AC" + "d" * 32, "--token", "t", "--letters-a-second", "4000"]
    server, base = serve(make(options().parse_args(args)))
    yield base, got
    server.should_exit = line.should_exit = True


def typed(*lines):
    rest = iter(lines)

    def read():
        try:
            return next(rest)
        except StopIteration:
            raise EOFError from None

    return read


def paper():
    return Console(file=io.StringIO(), width=100)


def test_speech_keys_and_silence(pretend):
    base, got = pretend
    out = paper()
    terminal.run_phone(base, PERSON, read=typed("I got a CP504", "0", "", '"200'), console=out)
    said = [(f.get("SpeechResult"), f.get("Digits")) for f in got if "SpeechResult" in f or "Digits" in f]
    assert said == [("I got a CP504", None), (None, "0"), ("", ""), ("200", None)]
    printed = out.file.getvalue()
    assert "Line: How can I help?" in printed
    assert "the call has ended" in printed


def test_a_text_and_its_answer(pretend, monkeypatch):
    monkeypatch.setattr(terminal, "QUIET_FOR", 0.3)
    out = paper()
    terminal.run_text(pretend[0], "I got a CP504", PERSON, console=out)
    assert "Line: [b]Got it.[/b]" in out.file.getvalue()


def test_no_line_running_says_what_to_do():
    with pytest.raises(SystemExit, match="make run"):
        terminal.run_phone("http://127.0.0.1:9", PERSON, read=typed(), console=paper())
    with pytest.raises(SystemExit, match="make run"):
        terminal.run_text("http://127.0.0.1:9", "hello", PERSON, console=paper())


def test_a_number_that_is_not_pretend(pretend):
    with pytest.raises(SystemExit, match="555-01"):
        terminal.run_phone(pretend[0], "+12025551234", read=typed(), console=paper())
