"""One telephone call: who, where it stands, what was heard, and what it is waiting for."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from pretend_twilio.basics import rfc2822

OVER = {"completed", "busy", "failed", "no-answer", "canceled"}


@dataclass(frozen=True)
class Heard:
    """A line of a call. `who`: "line" (spoken to the caller), "you" (the caller), "note" (what happened)."""

    at: datetime
    who: str
    text: str
    language: str = ""


@dataclass
class Frame:
    """A document being played and how far it has come."""

    verbs: list[Element]
    url: str
    at: int = 0
    seconds: float = 0.0


@dataclass
class Gather:
    """What a Gather listens for, and the keys pressed so far."""

    element: Element
    prompts: deque[Element]
    digits: str = ""

    def takes(self, kind: str) -> bool:
        """Whether it listens for "dtmf" or "speech"."""
        return kind in self.element.get("input", "dtmf").split()

    @property
    def wanted(self) -> int | None:
        """How many keys end it, None for any number."""
        count = self.element.get("numDigits")
        return int(count) if count else None

    @property
    def ends_on(self) -> str:
        """The keys that end it."""
        return self.element.get("finishOnKey", "#")

    @property
    def timeout(self) -> float:
        """Seconds of silence it bears."""
        return float(self.element.get("timeout", "5"))


@dataclass
class Stay:
    """A stay in a queue: how it began and what the app wants to know of its end."""

    queue: str
    queue_sid: str
    entered: datetime
    action: str
    wait_url: str
    task: str = ""


@dataclass
class Call:
    """Everything about a call. Only the player changes it, holding `busy`."""

    sid: str
    account_sid: str
    caller: str
    called: str
    direction: str
    created: datetime
    status: str = "queued"
    url: str = ""
    status_callback: str = ""
    status_events: tuple[str, ...] = ("completed",)
    machine_detection: str = ""
    answered_by: str = ""
    heard: list[Heard] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    gather: Gather | None = None
    stay: Stay | None = None
    bridged: str = ""
    dial: Element | None = None
    mode: str = "ringing"
    """ringing, ready, busy (speaking or pausing), listening, holding, bridged or over."""
    busy_with: str = ""
    due: datetime | None = None
    stamp: int = 0
    fetched: int = 0
    started: datetime | None = None
    ended: datetime | None = None
    by_twiml: bool = False
    inbox: deque[tuple[Any, ...]] = field(default_factory=deque)
    busy: threading.Lock = field(default_factory=threading.Lock)

    @property
    def person(self) -> str:
        """The number that is not ours."""
        return self.caller if self.direction == "inbound" else self.called

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.status in OVER

    @property
    def state(self) -> str:
        """In a word for people: ringing, speaking, listening, waiting, talking or over."""
        if self.over:
            return "over"
        if self.bridged:
            return "talking"
        if self.stay:  # in line a person may be listened to as well, for a key
            return "waiting"
        if self.gather and self.mode == "listening":
            return "listening"
        return "ringing" if self.mode == "ringing" else "speaking"

    def said(self, who: str = "line") -> str:
        """All that was heard from one side, as one text."""
        return " ".join(line.text for line in self.heard if line.who == who)

    def seconds(self) -> int:
        """How long it lasted or has lasted since it was answered."""
        if not self.started or not self.ended:
            return 0
        return int((self.ended - self.started).total_seconds())

    def record(self) -> dict[str, Any]:
        """The Call resource."""
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Calls/{self.sid}"
        return {
            "account_sid": self.account_sid,
            "answered_by": self.answered_by or None,
            "api_version": "2010-04-01",
            "caller_name": None,
            "date_created": rfc2822(self.created),
            "date_updated": rfc2822(self.ended or self.started or self.created),
            "direction": self.direction,
            "duration": str(self.seconds()) if self.ended else None,
            "end_time": rfc2822(self.ended),
            "forwarded_from": None,
            "from": self.caller,
            "from_formatted": self.caller,
            "group_sid": None,
            "parent_call_sid": None,
            "phone_number_sid": None,
            "price": None,
            "price_unit": "USD",
            "queue_time": "0",
            "sid": self.sid,
            "start_time": rfc2822(self.started),
            "status": self.status,
            "subresource_uris": {},
            "to": self.called,
            "to_formatted": self.called,
            "trunk_sid": None,
            "uri": f"{uri}.json",
        }
