"""The phone in your hand: dial, speak, press, hang up, text; as JSON for the page, the terminal and demos."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pretend_twilio.basics import TwilioRefusal, iso
from pretend_twilio.call import Call
from pretend_twilio.world import Record, World

OURS = re.compile(r"\+1\d{3}55501\d{2}|\+1500555\d{4}")
LONGEST_WORDS = 2000
RATES = {"rate_429", "rate_5xx_before", "rate_5xx_after"}


class NotPossible(Exception):
    """Something a phone cannot do; the text says why."""


def routes(world: World, people: dict[str, str]) -> list[Route]:
    """All the control routes."""
    control = Control(world, people)

    def does(act: Callable[[Request, dict[str, Any]], Any], status: int = 200) -> Any:
        async def handler(request: Request) -> Response:
            try:
                body = await _json(request) if request.method == "POST" else {}
                return JSONResponse(await run_in_threadpool(act, request, body), status)
            except NotPossible as reason:
                return JSONResponse({"title": str(reason)}, 400)
            except TwilioRefusal:
                return JSONResponse({"title": "There is no such call."}, 404)

        return handler

    acts = {"say": control.say, "press": control.press, "silence": control.silence, "hangup": control.hang_up,
            "answer": control.answer, "other_side_hangs_up": control.unbridge}  # fmt: skip
    return [
        Route("/pretend/health", does(control.health)),
        Route("/pretend/calls", does(control.dial, 201), methods=["POST"]),
        Route("/pretend/calls", does(control.calls), methods=["GET"]),
        Route("/pretend/calls/{sid}", does(control.look), methods=["GET"]),
        *[Route(f"/pretend/calls/{{sid}}/{name}", does(act), methods=["POST"]) for name, act in acts.items()],
        Route("/pretend/texts", does(control.text, 201), methods=["POST"]),
        Route("/pretend/texts", does(control.texts), methods=["GET"]),
        Route("/pretend/debugger", does(control.debugger)),
        Route("/pretend/faults", does(control.faults), methods=["POST"]),
    ]


async def _json(request: Request) -> dict[str, Any]:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise NotPossible("Send JSON.")
    try:
        body = await request.json()
    except ValueError:
        raise NotPossible("That is not JSON.") from None
    if not isinstance(body, dict):
        raise NotPossible("Send a JSON object.")
    return body


class Control:
    """What each route does. Blocking; run in a thread."""

    def __init__(self, world: World, people: dict[str, str]) -> None:
        self.world = world
        self.people = people

    def health(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Alive, the line's own number, and the people whose phones are offered first."""
        people = [{"number": number, "name": name} for number, name in self.people.items()]
        return {"number": self.world.numbers[0], "people": people}

    def dial(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """A person calls the line."""
        return view(self.world.calls.dial(_number(body)))

    def calls(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """The calls of one person that are not over, those that ring among them."""
        number = request.query_params.get("with", "")
        found = [c for c in self.world.calls.calls.values() if c.person == number and not c.over]
        return {"calls": [view(call, len(call.heard)) for call in found]}

    def look(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Where a call stands, and what was heard after line number `after`."""
        after = request.query_params.get("after", "0")
        return view(self._call(request), int(after) if after.isdigit() else 0)

    def say(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Speaks; `confidence` may be given, null for none."""
        confidence = body.get("confidence", 0.92)
        if confidence is not None and not isinstance(confidence, int | float):
            raise NotPossible("confidence is a number from 0 to 1, or null.")
        call = self._call(request)
        self.world.calls.say(call, _words(body, "text"), confidence)
        return view(call)

    def press(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Presses keys."""
        call = self._call(request)
        try:
            self.world.calls.press(call, _words(body, "keys"))
        except ValueError as reason:
            raise NotPossible(str(reason)) from None
        return view(call)

    def silence(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Says nothing until the line gives up waiting."""
        call = self._call(request)
        self.world.calls.silence(call)
        return view(call)

    def hang_up(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Hangs up."""
        call = self._call(request)
        self.world.calls.hang_up(call)
        return view(call)

    def answer(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Picks up a call that rings; `machine`: a voicemail does."""
        call = self._call(request)
        self.world.calls.answer(call, machine=bool(body.get("machine")))
        return view(call)

    def unbridge(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """The person at the other end hangs up."""
        call = self._call(request)
        self.world.calls.unbridge(call)
        return view(call)

    def text(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """A person texts the line."""
        words = body.get("body", "")
        if not isinstance(words, str) or len(words) > LONGEST_WORDS:
            raise NotPossible("body is the text, at most 2,000 characters.")
        return text_view(self.world.messages.come_in(_number(body), words))

    def texts(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """All texts to and from one person, oldest first."""
        number = request.query_params.get("with", "")
        stopped = (number, self.world.numbers[0]) in self.world.messages.opted_out
        return {"texts": [text_view(r) for r in self.world.messages.thread(number)], "opted_out": stopped}

    def debugger(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """What the pretend Twilio complained about, newest last."""
        return {"alerts": [{"code": a.code, "text": a.text, "url": a.url} for a in self.world.alerts[-200:]]}

    def faults(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Makes things go wrong from now on: rates (0 to 1), `fail_next`, and webhooks that repeat or get lost.

        `{"rate_429": 0.05, "fail_next": {"method": "POST", "path": "Tasks", "status": 503, "after": true}}`
        """
        faults, webhooks = self.world.faults, self.world.webhooks
        try:
            for name in RATES & body.keys():
                setattr(faults, name, float(body[name]))
            for name in {"repeat", "lose"} & body.keys():
                setattr(webhooks, name, int(body[name]))
            if "fail_next" in body:
                faults.fail_next(**body["fail_next"])
        except (TypeError, ValueError):
            raise NotPossible("Give rates from 0 to 1, whole numbers for repeat and lose.") from None
        return {"struck": faults.count, "planned": len(faults.planned)}

    def _call(self, request: Request) -> Call:
        return self.world.calls.find(request.path_params["sid"])


def view(call: Call, after: int = 0) -> dict[str, Any]:
    """A call as the phone shows it."""
    gather = call.gather
    return {
        "id": call.sid,
        "from": call.caller,
        "to": call.called,
        "state": call.state,
        "listens": {
            "keys": bool(gather and gather.takes("dtmf")),
            "speech": bool(gather and gather.takes("speech")),
            "how_many_keys": gather.wanted if gather else None,
        },
        "heard": [
            {"n": n, "at": iso(line.at), "who": line.who, "text": line.text, "language": line.language}
            for n, line in enumerate(call.heard, 1)
            if n > after
        ],
    }


def text_view(record: Record) -> dict[str, Any]:
    """A text as the phone shows it."""
    inbound = record["direction"] == "inbound"
    return {
        "sid": record["sid"],
        "from": "you" if inbound else "line",
        "text": record["body"],
        "status": record["status"],
        "at": record["date_created"],
    }


def _number(body: dict[str, Any]) -> str:
    number = body.get("from", "")
    if not isinstance(number, str) or not OURS.fullmatch(number):
        raise NotPossible("Choose a pretend number: +1, an area code, 555-01 and two digits.")
    return number


def _words(body: dict[str, Any], name: str) -> str:
    words = body.get(name)
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_WORDS:
        raise NotPossible(f"{name} is missing, or longer than 2,000 characters.")
    return words
