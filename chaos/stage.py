"""The line on a stage: real gateways that may be killed, between a pretend bot and a pretend Twilio with its ledger."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import event, select
from twilio.request_validator import RequestValidator

import store.tables  # noqa: F401
from chaos.goals import slack
from chaos.pretend_bot import PretendBot, Served
from pretend_twilio.server import build
from pretend_twilio.transport import over_http
from pretend_twilio.world import Doors, World
from store.base import Base
from store.crypto import use_secret
from store.db import Database
from store.outbox import OPEN
from store.tables.conversations import Inbound
from store.tables.outbox import Outbound

ROOT = Path(__file__).resolve().parents[1]
SECRET = "a secret for the days of chaos"  # noqa: S105
NO_EAR = {"SECOND_EAR": "0"}
"""For goals that nobody's words decide: opening the second ear is most of a short life's work."""
ACCOUNT, TOKEN, NUMBER = "AC" + "c" * 32, "chaos-token", "+15550100000"


STOPPED = 300.0
"""Seconds everything here may be stopped, line and people alike, while somebody else measures on the same machine."""
PORTS = range(14_000, 30_000)
"""Below those the system gives to connections that go out: such a one may take a port between its choice and its use."""
_given: set[int] = set()


def free_port() -> int:
    """A port nobody listens on at this moment, and that was not given away before."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port


def patient(true: Callable[[], Any], seconds: float, what: str, step: float = 0.02) -> float:
    """Waits until it is so; gives the seconds it took. TimeoutError says what did not happen."""
    start = time.monotonic()
    while not true():
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"{what} did not happen within {seconds:g} s")
        time.sleep(step)
    return time.monotonic() - start


_nurseries: dict[str, subprocess.Popen[str]] = {}


def nursery(clock: str = "") -> subprocess.Popen[str]:
    """Where gateways are born, one for each clock; kept until the end, for reading the modules takes seconds."""
    known = _nurseries.get(clock)
    if known is not None and known.poll() is None:
        return known
    command = [sys.executable, "-m", "chaos.nursery"]
    if clock:
        command = ["faketime", "-f", clock, *command]
    found = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    if not found.stdout or found.stdout.readline().strip() != "ready":
        raise RuntimeError("the nursery did not open")
    _nurseries[clock] = found
    return found


@atexit.register
def _close_nurseries() -> None:
    for one in _nurseries.values():
        if one.stdin:
            one.stdin.close()


class Stage:
    """One line and its surroundings; `with Stage() as stage`. The gateway is started and killed by hand."""

    def __init__(
        self,
        *,
        database_url: str = "",
        home: Path | None = None,
        without: str = "",
        clock: str = "",
        bot_url: str = "",
        env: dict[str, str] | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="acs-chaos-") if home is None else None
        self.home = home or Path(self._folder.name)  # type: ignore[union-attr]
        self.port, self.bot_port, self.twilio_port = free_port(), free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = database_url or f"sqlite:///{self.home / 'line.sqlite'}"
        self.without, self.clock = without, clock
        self.log = self.home / "gateway.log"
        self.env = {
            "DATABASE_URL": self.database_url,
            "ACS_SECRET": SECRET,
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "BOT_URL": bot_url or f"http://127.0.0.1:{self.bot_port}",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_NUMBER": NUMBER,
            "TWILIO_API_BASE": f"http://127.0.0.1:{self.twilio_port}",
            "LOG_DIR": str(self.home / "log"),
            **(env or {}),
        }
        self.pid = 0
        self.up = False
        self.validator = RequestValidator(TOKEN)

    def __enter__(self) -> Stage:
        use_secret(SECRET)
        opened = Database(self.database_url)
        event.listen(opened.engine, "connect", _not_synced)
        Base.metadata.create_all(opened.engine)
        opened.engine.dispose()
        self.bot = PretendBot()
        self._served = [Served(self.bot.app, self.bot_port)]
        self.open_twilio()
        self._nursery = nursery(self.clock)
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        for one in self._served:
            one.stop()
        if self._folder:
            self._folder.cleanup()

    def open_twilio(self) -> None:
        """A pretend Twilio with an empty ledger."""
        self.world = World(
            ACCOUNT, TOKEN, (NUMBER,), Doors.of(self.url), over_http(self.url, self.url), strict=False
        )
        self._served.append(Served(build(self.world), self.twilio_port))
        patient(lambda: all(one.ready for one in self._served), 10, "the surroundings")

    def set_clock(self, clock: str) -> None:
        """Later lives see another time ("+30d", "-1h", "@2026-11-01 00:59:58"); needs faketime."""
        self.kill()
        self.clock = clock
        self._nursery = nursery(clock)

    def start(self, *, wait: bool = True) -> float:
        """A new gateway; gives the seconds until it answered."""
        order = {"env": self.env, "log": str(self.log), "without": self.without}
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(order) + "\n")
        self._nursery.stdin.flush()
        self.pid = int(self._nursery.stdout.readline())
        took = (
            patient(self.alive, 30 * slack() + STOPPED, f"the start (log: {self.tail()})", 0.01)
            if wait
            else 0.0
        )
        self.up = True
        return took

    def settled(self) -> None:
        """Until the first seconds of a process are over: the second ear opens while the line is at work already."""
        if self.env.get("SECOND_EAR") != "0":
            patient(lambda: "second ear" in self.tail(500), 60 * slack() + STOPPED, "the second ear", 0.2)

    def alive(self) -> bool:
        """Whether the door opens."""
        if self.pid and not Path(f"/proc/{self.pid}").exists():
            raise RuntimeError(f"the gateway ended by itself: {self.tail()}")
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self, how: signal.Signals = signal.SIGKILL, within: float = 20) -> float:
        """Ends the gateway; gives the seconds it took to be gone."""
        if not self.pid:
            return 0.0
        pid, self.pid, self.up = self.pid, 0, False
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return 0.0
        return patient(lambda: not Path(f"/proc/{pid}").exists(), within, "the end of the gateway", 0.005)

    def counts(self) -> tuple[int, int] | None:
        """What waits to be answered and to be sent."""
        try:
            state = httpx.get(f"{self.url}/readyz", timeout=6, trust_env=False).json()
        except (httpx.HTTPError, ValueError):
            return None
        return (state["pending_inbound"], state["unsent_outbound"]) if state["database"] else None

    def drained(self, within: float = 120) -> float:
        """Waits until nothing is left to answer or to send, and stays so for a moment; longer on a busy machine."""
        calm = 0

        def still() -> bool:
            nonlocal calm
            calm = calm + 1 if self.counts() == (0, 0) else 0
            return calm >= 4

        try:
            return patient(still, within * slack() + STOPPED, "the drain", 0.25)
        except TimeoutError as late:
            raise TimeoutError(f"{late}; left: {self.left()}\n{self.tail()}") from None

    def left(self) -> list[str]:
        """What is still open, for whoever asks why."""
        database = self.database()
        with database.read() as session:
            open_in = session.scalars(select(Inbound).where(Inbound.done_at.is_(None)).limit(5))
            open_out = session.scalars(select(Outbound).where(Outbound.state.in_(OPEN)).limit(5))
            found = [f"in {one.kind} tried {one.attempts}" for one in open_in]
            found += [
                f"out {one.kind} {one.state} x{one.attempts} {one.error} due {one.next_at}"
                for one in open_out
            ]
        database.engine.dispose()
        return found

    def signed(self, path: str, fields: dict[str, str]) -> tuple[str, dict[str, str], dict[str, str]]:
        """URL, form and headers of a post as Twilio makes it."""
        fields = {"AccountSid": ACCOUNT, **fields}
        url = path if path.startswith("http") else self.url + path
        return url, fields, {"X-Twilio-Signature": self.validator.compute_signature(url, fields)}

    def comes_in(self, number: str, body: str) -> dict[str, str]:
        """A text arrives at Twilio; gives the form Twilio would post for it. Nobody is told yet."""
        record = self.world.messages.come_in(number, body, tell=False)
        return self.world.messages._inbound_fields(record, 0)

    def database(self) -> Database:
        """The line's own database, to look into."""
        return Database(self.database_url)

    def tail(self, lines: int = 12) -> str:
        """The end of the gateway's log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _not_synced(connection: Any, _record: Any) -> None:
    """Making the tables need not wait for the disk; the gateway opens the file in its own way."""
    if hasattr(connection, "set_progress_handler"):
        connection.execute("PRAGMA synchronous=OFF")
