"""A telephone for tests: call, say, press, be silent, hang up, text; and see what was heard.

    phone = Phone(via_client(test_client))
    call = phone.call()
    call.say("I got a CP504").hears("C P five oh four")
    phone.text("hello")
    assert "..." in phone.texts()[-1]

The product talks to the same world through `phone.http_client` (for `channels.twilio.Phones`).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from pretend_twilio.basics import ManualClock
from pretend_twilio.call import Call
from pretend_twilio.http_client import PretendHttp
from pretend_twilio.webhooks import Post, Sent
from pretend_twilio.world import Doors, World

if TYPE_CHECKING:
    from pretend_twilio.world import Record

ACCOUNT = "AC" + "a" * 32
TOKEN = "pretend-token"  # noqa: S105
NUMBER = "+15550100000"
PERSON = "+15555550143"
PUBLIC_URL = "https://line.example"
LONGEST_PAUSE = 60.0


class Phone:
    """The world of one test, its clock standing still until moved."""

    def __init__(
        self,
        post: Post,
        *,
        public_url: str = PUBLIC_URL,
        account_sid: str = ACCOUNT,
        auth_token: str = TOKEN,
        number: str = NUMBER,
        seed: int = 1,
        advanced_opt_out: bool = False,
    ) -> None:
        self.world = World(
            account_sid,
            auth_token,
            (number,),
            Doors.of(public_url),
            post,
            clock=ManualClock(),
            seed=seed,
            advanced_opt_out=advanced_opt_out,
        )
        self.http_client = PretendHttp(self.world)
        self.number = number

    def call(self, from_: str = PERSON) -> PhoneCall:
        """Dials the line and listens until it waits for an answer."""
        return PhoneCall(self, self.world.calls.dial(from_)).settle()

    def answer(self, from_: str = PERSON, *, machine: bool = False) -> PhoneCall:
        """Picks up a call of the line's that rings now."""
        self.world.advance(1)
        ringing = self.world.calls.ringing(from_)
        assert ringing, f"Nothing rings at {from_}"
        self.world.calls.answer(ringing[0], machine=machine)
        return PhoneCall(self, ringing[0]).settle()

    def text(self, body: str, from_: str = PERSON, *, media: int = 0, tell: bool = True) -> str:
        """Texts the line; gives the MessageSid. `tell=False`: the app never hears of it."""
        sid = str(self.world.messages.come_in(from_, body, media=media, tell=tell)["sid"])
        self.world.advance(0)
        return sid

    def texts(self, to: str = PERSON) -> list[str]:
        """What the line has texted to a person, oldest first."""
        return [str(r["body"]) for r in self.records(to) if r["direction"] != "inbound"]

    def records(self, person: str = PERSON) -> list[Record]:
        """All texts to and from a person as Twilio keeps them."""
        return self.world.messages.thread(person)

    def tasks(self) -> list[Record]:
        """All TaskRouter tasks, oldest first."""
        return self.world.taskrouter.all("WT")

    def advance(self, seconds: float) -> None:
        """Lets time pass, with all that is due meanwhile."""
        self.world.advance(seconds)

    def webhooks(self, path: str = "") -> list[Sent]:
        """The webhooks sent whose URL contains `path`."""
        return [sent for sent in self.world.webhooks.sent if path in sent.url]


class PhoneCall:
    """One call, as the person on the phone has it. Every act gives the call back, to go on with."""

    def __init__(self, phone: Phone, call: Call) -> None:
        self.phone = phone
        self.raw = call
        self._from = 0

    @property
    def sid(self) -> str:
        """The CallSid."""
        return self.raw.sid

    @property
    def state(self) -> str:
        """ringing, speaking, listening, waiting, talking or over."""
        return self.raw.state

    @property
    def heard(self) -> str:
        """What the line has said since the last act."""
        return " ".join(line.text for line in self.raw.heard[self._from :] if line.who == "line")

    @property
    def everything(self) -> str:
        """What the line has said since the call began."""
        return self.raw.said("line")

    @property
    def languages(self) -> set[str]:
        """The languages spoken since the last act."""
        return {line.language for line in self.raw.heard[self._from :] if line.who == "line"}

    def say(self, text: str, confidence: float | None = 0.92) -> PhoneCall:
        """Says it. `confidence=None`: the recogniser sends none, as it may."""
        self._mark()
        self.phone.world.calls.say(self.raw, text, confidence)
        return self.settle()

    def press(self, keys: str) -> PhoneCall:
        """Presses keys one after the other."""
        self._mark()
        self.phone.world.calls.press(self.raw, keys)
        return self.settle()

    def silence(self) -> PhoneCall:
        """Says nothing until the line gives up waiting."""
        self._mark()
        self.phone.world.calls.silence(self.raw)
        return self.settle()

    def wait(self, seconds: float) -> PhoneCall:
        """Holds on for so long."""
        self._mark()
        self.phone.world.advance(seconds)
        return self

    def hang_up(self) -> PhoneCall:
        """Hangs up."""
        self._mark()
        self.phone.world.calls.hang_up(self.raw)
        self.phone.world.advance(0)
        return self

    def hears(self, wanted: str) -> PhoneCall:
        """Fails unless the line has said this since the last act (a regular expression, any case)."""
        assert re.search(wanted, self.heard, re.IGNORECASE), f"not heard: {wanted!r}\nheard: {self.heard!r}"
        return self

    def does_not_hear(self, unwanted: str) -> PhoneCall:
        """Fails if the line has said this since the last act."""
        found = re.search(unwanted, self.heard, re.IGNORECASE)
        assert not found, f"heard: {unwanted!r}\nin: {self.heard!r}"
        return self

    def is_now(self, state: str) -> PhoneCall:
        """Fails unless the call is in this state."""
        assert self.state == state, f"the call is {self.state}, not {state}\nheard: {self.heard!r}"
        return self

    def settle(self) -> PhoneCall:
        """Lets the line finish speaking, and pauses up to a minute go by, until it waits for the person."""
        self.phone.world.advance(0)
        patience = LONGEST_PAUSE
        while self.raw.mode == "busy" and self.raw.due and patience > 0:
            if self.raw.stay and self.raw.busy_with == "Pause":
                break
            seconds = (self.raw.due - self.phone.world.clock.now()) / timedelta(seconds=1)
            patience -= seconds if self.raw.busy_with == "Pause" else 0
            self.phone.world.advance(max(0.0, seconds))
        return self

    def _mark(self) -> None:
        self._from = len(self.raw.heard)
