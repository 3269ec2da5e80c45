"""The pretend Twilio itself: one account with its numbers, texts, calls and queues, and the app it calls."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from pretend_twilio.basics import Agenda, Alert, Clock, Sids
from pretend_twilio.faults import Faults
from pretend_twilio.webhooks import Post, Webhooks

Record = dict[str, Any]


@dataclass(frozen=True)
class Doors:
    """The URLs of the app, as they would be set on the phone number."""

    sms: str
    voice: str
    fallback: str
    status: str

    @classmethod
    def of(cls, public_url: str) -> Doors:
        """The paths ACS Line answers on."""
        base = public_url.rstrip("/") + "/twilio"
        return cls(f"{base}/sms", f"{base}/voice", f"{base}/fallback", f"{base}/status")


@dataclass
class World:
    """All state. `lock` guards it, and is never held while the app is being called."""

    account_sid: str
    auth_token: str
    numbers: tuple[str, ...]
    doors: Doors
    post: Post
    clock: Clock = field(default_factory=Clock)
    seed: int | None = None
    advanced_opt_out: bool = False
    """With Advanced Opt-Out the webhook of a STOP also carries OptOutType."""
    patience: float = 1.0
    """Time limits of Gather are this many times longer: typing is slower than speaking."""
    letters_a_second: float = 15.0
    """How fast the line speaks."""
    strict: bool = True
    """Every answer must be one Twilio's OpenAPI allows."""

    def __post_init__(self) -> None:
        # Imported here because these rooms know the world and the world makes them; the two of REST
        # register their routes.
        from pretend_twilio import rest_api, rest_taskrouter  # noqa: F401
        from pretend_twilio.messages import Messages
        from pretend_twilio.queues import TaskRouter
        from pretend_twilio.switchboard import Switchboard

        self.lock = threading.RLock()
        self.sids = Sids(self.seed)
        self.agenda = Agenda(self.clock)
        self.faults = Faults()
        self.webhooks = Webhooks(self.auth_token, self.post, self.sids)
        self.messages = Messages(self)
        self.taskrouter = TaskRouter(self)
        self.calls = Switchboard(self)
        self._pool: ThreadPoolExecutor | None = None
        self._stopped = threading.Event()

    @property
    def alerts(self) -> list[Alert]:
        """The account's debugger."""
        return self.webhooks.alerts

    def alert(self, code: int, text: str, url: str = "") -> None:
        """A line in the debugger."""
        self.webhooks.alerts.append(Alert(code, text, url))

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Does it at its time: on `advance` with a manual clock, else in a thread of its own."""
        self.agenda.after(seconds, do if self.clock.manual else lambda: self._in_thread(do))

    def soon(self, do: Callable[[], None]) -> None:
        """Does it now with a manual clock, else in a thread, so that the app's request is answered first."""
        if self.clock.manual:
            self.later(0, do)
        else:
            self._in_thread(do)

    def advance(self, seconds: float) -> None:
        """Moves the manual clock and lets happen what is due on the way."""
        self.agenda.advance(seconds)

    def start(self) -> None:
        """Lets the real clock run."""
        self._pool = ThreadPoolExecutor(16, thread_name_prefix="pretend-twilio")
        threading.Thread(target=self._tick, name="pretend-clock", daemon=True).start()

    def stop(self) -> None:
        """Stops the real clock."""
        self._stopped.set()
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _tick(self) -> None:
        while not self._stopped.wait(0.1):
            self.agenda.run()

    def _in_thread(self, do: Callable[[], None]) -> None:
        if self._pool and not self._stopped.is_set():
            self._pool.submit(self._safely, do)

    def _safely(self, do: Callable[[], None]) -> None:
        try:
            do()
        except Exception as error:  # A bug of ours must show in the debugger, not vanish in a thread.
            self.alert(0, f"pretend Twilio: {type(error).__name__}: {error}")
