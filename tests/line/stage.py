"""The line with its trained model on a stage: the doors and the desk in this process, the bot in its own.

The clock is the stage's, so that every story has a day of its own; nothing else is pretended but the telephone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import yaml
from sqlalchemy import event, func, select
from starlette.testclient import TestClient

from acs.casefile import loads
from actions import base
from actions.app import make_app as make_actions
from api.app import make_app as make_gateway
from api.bot import DEADLINE, HttpBot
from channels.twilio import Phones
from chaos.stage import free_port
from pretend_twilio.testing import Phone
from pretend_twilio.transport import via_client
from store.cases import import_cases
from store.one_writer import OneWriter
from store.outbox import OPEN
from store.tables.conversations import Inbound
from store.tables.outbox import Outbound
from tests.line.cast import Cast, Person
from wiring.rooms import Rooms
from wiring.secrets import key_for
from wiring.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = "https://line.example.org"
MORNING = 15
"""The hour (UTC) at which a story's day begins: ten in the morning in New York."""
PATIENCE = 20.0
BOT_STARTS_IN = 180.0


class StoryClock:
    """The day of the story, and a moment in it that goes on by itself."""

    def __init__(self) -> None:
        self.set(date(2026, 11, 22))

    def set(self, day: date) -> None:
        """Ten in the morning of that day, in New York."""
        self._from, self._start = (
            datetime(day.year, day.month, day.day, MORNING, tzinfo=UTC),
            time.monotonic(),
        )

    def forward(self, by: timedelta) -> None:
        """Time passes."""
        self._from += by

    def now(self) -> datetime:
        return self._from + timedelta(seconds=time.monotonic() - self._start)

    def today(self) -> date:
        return (self.now() - timedelta(hours=5)).date()


class FromAddress:
    """Every story comes from a network address of its own, named in a header only this class reads."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            found = dict(scope["headers"]).get(b"x-story-address")
            scope["client"] = (found.decode() if found else "127.0.0.1", 5000)
        await self.app(scope, receive, send)


class Stage:
    """What a story plays on."""

    def __init__(self, http: TestClient, phone: Phone, rooms: Rooms, clock: StoryClock) -> None:
        self.http, self.phone, self.rooms, self.db, self.clock = http, phone, rooms, rooms.db, clock
        self.cast = Cast()
        self.people: list[Person] = []

    def enter(self, base_case: Any, changes: Any, day: date) -> list[Person]:
        """The people of a story, brought in as `acs import` brings them in; from now on it is that day."""
        base.use(self.rooms)
        self.clock.set(day)
        people = self.people = self.cast.people(base_case, changes)
        if people:
            text = yaml.safe_dump(
                {"version": 1, "taxpayers": [one.case for one in people]}, allow_unicode=True
            )
            with self.db.work() as session:
                import_cases(session, loads(text))
        return people

    def settle(self) -> None:
        """Until every text that came in is answered and every answer is with Twilio."""
        end = time.monotonic() + PATIENCE
        while self._busy():
            assert time.monotonic() < end, "a text was not answered in time"
            time.sleep(0.005)
        self.phone.world.advance(0)

    def settle_calls(self) -> None:
        """Until every call the line wants to place is with Twilio."""
        end = time.monotonic() + PATIENCE
        while self._calls_wait():
            assert time.monotonic() < end, "a call was not placed in time"
            time.sleep(0.005)
        self.phone.world.advance(0)

    def _calls_wait(self) -> bool:
        with self.db.read() as session:
            calls = select(func.count()).where(Outbound.kind == "call", Outbound.state.in_(OPEN))
            return bool(session.scalar(calls))

    def _busy(self) -> bool:
        with self.db.read() as session:
            waiting = session.scalar(select(func.count()).where(Inbound.done_at.is_(None)))
            texts = select(func.count()).where(Outbound.kind == "sms", Outbound.state.in_(OPEN))
            return bool(waiting or session.scalar(texts))


class _Post:
    """Into the gateway once it stands; the world of telephones is made before it."""

    client: Any = None

    def __call__(self, *args: Any) -> Any:
        return via_client(self.client)(*args)


@contextmanager
def raised(home: Path, empty: Path, secret: str) -> Iterator[Stage]:
    """A stage with an empty database; the model must have been trained (`make train`)."""
    shutil.copy(empty, home / "line.sqlite")
    post = _Post()
    phone = Phone(post, public_url=PUBLIC)
    bot_port, actions_port = free_port(), free_port()
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{home / 'line.sqlite'}", public_url=PUBLIC, acs_secret=secret,
        bot_port=bot_port, actions_port=actions_port, twilio_account_sid=phone.world.account_sid,
        twilio_auth_token=phone.world.auth_token, twilio_number=phone.number, demo=False, operator="ACS Line",
    )  # fmt: skip
    key = key_for(secret, "bot")
    rooms = Rooms(settings, OneWriter(settings.database_url))
    rooms.clock = StoryClock()
    event.listen(rooms.db.engine, "connect", _quick)
    phones = Phones(
        phone.world.account_sid, phone.world.auth_token, number=phone.number, http_client=phone.http_client
    )
    gateway = make_gateway(
        settings, db=rooms.db, bot=HttpBot(settings.bot_url, key), phones=phones, clock=rooms.clock
    )
    with (
        _actions(make_actions(rooms, key), actions_port),
        _bot(home, settings, key),
        _patient(),
        TestClient(FromAddress(gateway), base_url=PUBLIC) as http,
    ):
        post.client = http
        yield Stage(http, phone, rooms, rooms.clock)
    rooms.db.engine.dispose()


def _quick(connection: Any, _record: Any) -> None:
    """What a story writes need not survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def _patient() -> Iterator[None]:
    """On a busy machine a test waits longer for the bot than a caller would."""
    usual = dict(DEADLINE)
    DEADLINE.update(dict.fromkeys(DEADLINE, PATIENCE))
    yield
    DEADLINE.update(usual)


@contextmanager
def _actions(app: Any, port: int) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join(10)


@contextmanager
def _bot(home: Path, settings: Settings, key: str) -> Iterator[None]:
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("BOT_", "ACTION", "ACS_"))},
        "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3", "BOT_PORT": str(settings.bot_port),
        "ACTIONS_URL": settings.actions_url, "ACS_BOT_SECRET": key, "BOT_STORE": str(home / "bot.sqlite"),
    }  # fmt: skip
    with open(home / "bot.log", "wb") as log:
        bot = subprocess.Popen(
            [str(ROOT / "bot" / ".venv" / "bin" / "python"), "-m", "bot.serve"],
            cwd=ROOT, env=env, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        end = time.monotonic() + BOT_STARTS_IN
        while not _ready(settings.bot_url):
            late = bot.poll() is not None or time.monotonic() > end
            assert not late, (home / "bot.log").read_text()
            time.sleep(0.2)
        yield
    finally:
        bot.terminate()
        bot.wait(20)


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
