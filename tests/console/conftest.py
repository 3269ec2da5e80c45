"""The console on a real database, with a clock the test moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from api import console, problems
from api.line import Line
from channels.words import Words
from desk.ports import HandoffWanted
from store import agents
from store.agents import add_user
from store.cases import import_cases
from store.conversations import Conversations
from store.handoffs import HandoffStore
from store.tables.agents import AgentRow
from wiring.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long enough password"
OURS = "https://line.example"


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)

    def now(self):
        return self.at

    def today(self):
        return self.at.date()

    def forward(self, **much):
        self.at += timedelta(**much)


@dataclass
class Desk:
    """A browser with the console open."""

    client: TestClient
    csrf: str = ""

    def sign_in(self, name, password=PASSWORD):
        answer = self.client.post("/console/api/session", json={"username": name, "password": password})
        self.csrf = answer.json().get("csrf_token", "")
        return answer

    def get(self, path):
        return self.client.get(f"/console/api/{path}")

    def send(self, path, body=None, method="POST", **headers):
        return self.client.request(
            method, f"/console/api/{path}", json=body, headers={"X-CSRF-Token": self.csrf, **headers}
        )


@dataclass
class Floor:
    """The whole console: the application, its line, and callers who come in."""

    app: FastAPI
    line: Line
    clock: Clock
    pushed: list = field(default_factory=list)

    def desk(self, name=None):
        desk = Desk(TestClient(self.app, base_url=OURS))
        if name:
            assert desk.sign_in(name).status_code == 200
        return desk

    def caller(self, taxpayer="T-1005", channel="chat", language="en", queue="collection", reason="hearing"):
        with self.line.db.work() as session:
            store = Conversations(session)
            row = store.open(channel, language, self.clock.now())
            row.taxpayer = taxpayer
            store.say(row, "you", "I got an LT11", self.clock.now())
            wanted = HandoffWanted(
                queue=queue,
                priority=5,
                reason=reason,
                card={
                    "taxpayer": {"id": taxpayer, "name": "Darnell Brooks"} if taxpayer else None,
                    "verified": "identity" if taxpayer else "none",
                    "own_words": ["I got an LT11"],
                },
            )
            handoff = HandoffStore(session, self.clock).open(store.get(row.id), wanted)
        return row.id, handoff


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch):
    """The real hashing is slow on purpose; one test looks at how slow."""
    monkeypatch.setattr(agents, "_passwords", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64),)))
    agents._nobodys_hash.cache_clear()
    yield
    agents._nobodys_hash.cache_clear()


@pytest.fixture
def floor(database, demo_cases):
    clock = Clock()
    settings = Settings(_env_file=None, public_url=OURS)
    line = Line(settings, database, None, Words.load(ROOT / "domain.yml"), clock, None, None)
    app = FastAPI()
    app.include_router(console.router)
    problems.teach(app)
    app.state.line = line
    made = Floor(app, line, clock)
    line.push = lambda conversation, frame: made.pushed.append((conversation, frame))
    with database.work() as session:
        import_cases(session, [case for case in demo_cases if case.id == "T-1005"])
        add_user(session, "ana", PASSWORD)
        kept = session.get(AgentRow, "ana").password_hash  # one is enough: it is slow on purpose
        for name, role, queues in (
            ("ben", "agent", None),
            ("bea", "agent", ["business"]),
            ("sue", "supervisor", None),
        ):
            session.add(AgentRow(name=name, role=role, password_hash=kept, queues=queues, presence="offline"))
    return made
