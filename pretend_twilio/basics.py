"""What every room of the pretend Twilio needs: names, times, refusals, and a clock that can be ours."""

from __future__ import annotations

import heapq
import itertools
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any


class TwilioRefusal(Exception):
    """What the REST API answers instead of the thing asked for."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def body(self) -> dict[str, Any]:
        """The JSON of an error, as Twilio words it."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def not_found(path: str) -> TwilioRefusal:
    """404, in Twilio's words."""
    return TwilioRefusal(404, 20404, f"The requested resource {path} was not found")


@dataclass(frozen=True)
class Alert:
    """A line in the account's debugger: what Twilio complained about."""

    code: int
    text: str
    url: str = ""


class Sids:
    """Names such as CA0123...; the same seed gives the same names."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)

    def new(self, prefix: str) -> str:
        """A fresh one: two letters and 32 hex digits."""
        return prefix + f"{self._random.getrandbits(128):032x}"


class Clock:
    """The real time."""

    manual = False

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)


class ManualClock(Clock):
    """Time that stands still until a test moves it."""

    manual = True

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, when: datetime) -> None:
        """Forward only."""
        self._now = max(self._now, when)


@dataclass
class Agenda:
    """What is to happen later, in order of time."""

    clock: Clock
    _due: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _count: Iterator[int] = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def after(self, seconds: float, do: Callable[[], None]) -> None:
        """Notes that `do` is to be called `seconds` from now."""
        with self._lock:
            when = self.clock.now() + timedelta(seconds=seconds)
            heapq.heappush(self._due, (when, next(self._count), do))

    def take(self, until: datetime) -> tuple[datetime, Callable[[], None]] | None:
        """The next thing due at or before `until`, removed from the agenda."""
        with self._lock:
            if self._due and self._due[0][0] <= until:
                when, _, do = heapq.heappop(self._due)
                return when, do
            return None

    def run(self) -> int:
        """Does everything that is due by now; says how much that was. For the real clock."""
        done = 0
        while found := self.take(self.clock.now()):
            found[1]()
            done += 1
        return done

    def advance(self, seconds: float) -> None:
        """Moves a manual clock and does everything on the way at its own time."""
        if not isinstance(self.clock, ManualClock):
            raise TypeError("Only a manual clock can be moved.")
        end = self.clock.now() + timedelta(seconds=seconds)
        while found := self.take(end):
            self.clock.move_to(found[0])
            found[1]()
        self.clock.move_to(end)


def rfc2822(when: datetime | None) -> str | None:
    """ "Mon, 23 Nov 2026 15:00:00 +0000", the form of api.twilio.com."""
    return format_datetime(when) if when else None


def iso(when: datetime | None) -> str | None:
    """ "2026-11-23T15:00:00Z", the form of the newer domains."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None
