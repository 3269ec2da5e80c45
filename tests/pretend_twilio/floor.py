"""A running line with agents and the pretend Twilio, for tests of both queues in step."""

import json
import shutil

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from acs.casefile import load
from api.app import make_app
from api.bot import HttpBot
from channels.twilio import Phones
from pretend_twilio.testing import Phone
from store.agents import add_user
from store.cases import import_cases
from store.db import Database
from store.one_writer import OneWriter
from store.tables.handoffs import HandoffRow
from store.tables.outbox import Outbound
from tests.api.conftest import CASES, PHONE, PUBLIC
from tests.api.fakes import SECRET, FakeBot, FakeClock
from tests.pretend_twilio.test_gateway import PlainWords, Post, until
from wiring.settings import Settings

PASSWORD = "a long enough password"
EVENTS, ASSIGNMENT = "/twilio/taskrouter/events", "/twilio/taskrouter/assignment"
NOTE = {"disposition": "plan", "note": "Plan of $200 a month."}


class Floor:
    """A running line with agents, its phones, and Twilio's side of it."""

    def __init__(self, phone, app, phones, db, clock):
        self.phone, self.app, self.phones, self.db, self.clock = phone, app, phones, db, clock
        self.line = app.state.line
        self.desks = {}

    def ready(self):
        until(lambda: self.line.workspace.ready)
        return self

    def desk(self, name, path, body=None, method="POST"):
        """An agent does something in the console; gives the answer."""
        if name not in self.desks:
            client = TestClient(self.app, base_url=PUBLIC)
            signed = client.post("/console/api/session", json={"username": name, "password": PASSWORD})
            self.desks[name] = client, {"X-CSRF-Token": signed.json()["csrf_token"]}
        client, headers = self.desks[name]
        answer = client.request(method, f"/console/api/{path}", json=body, headers=headers)
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.content else None

    def accept(self, name, row):
        return self.desk(name, f"handoffs/{row.id}/accept")

    def handoff(self, person=PHONE):
        """The newest hand-off."""
        with self.db.read() as session:
            return session.scalars(select(HandoffRow).order_by(HandoffRow.opened_at.desc())).first()

    def asks_for_person(self, person=PHONE):
        self.phone.text("get me a person please", person)
        until(lambda: self.outbox("task"))
        self.sent()
        return self.handoff()

    def outbox(self, kind):
        with self.db.read() as session:
            return session.scalars(select(Outbound).where(Outbound.kind == kind)).all()

    def sent(self):
        """Waits until nothing is left to send."""

        def nothing_left():
            with self.db.read() as session:
                left = select(Outbound.seq).where(Outbound.state.in_(("pending", "attempted")))
                return session.scalar(left) is None

        until(nothing_left, 10)
        self.phone.advance(0)

    def due(self):
        """Whatever waits out a pause may go now."""
        with self.db.work() as session:
            session.execute(update(Outbound).values(next_at=self.clock.now()))
        self.line.wake()

    def states(self):
        return [task["assignment_status"] for task in self.phone.tasks()]

    def worker(self, name, *skills, **more):
        """An agent at Twilio, ready."""
        self.ready()
        space = self.phones.client.taskrouter.v1.workspaces(self.line.workspace.sid)
        ready = next(one.sid for one in space.activities.list() if one.friendly_name == "Available")
        attributes = json.dumps({"skills": list(skills) or ["collection"], **more})
        made = space.workers.create(name, attributes=attributes, activity_sid=ready)
        self.phone.advance(0)
        return made

    def event(self, kind, row, *, sid, worker="ana", key=""):
        """An event as Twilio would send it, at any moment and in any order."""
        fields = {
            "AccountSid": self.phone.world.account_sid,
            "EventType": kind,
            "Sid": sid,
            "TaskAttributes": json.dumps({"handoff_key": key or row.handoff_key}),
            "WorkerName": worker,
        }
        return self.phone.world.webhooks.send(PUBLIC + EVENTS, fields)


@pytest.fixture
def build(empty_sqlite, tmp_path):
    post, bot, phone = Post(), FakeBot(), None
    bot.broken = "dead"  # To a person it goes without the bot.
    made = []

    def floor(broken=None, **more):
        nonlocal phone
        phone = Phone(post, public_url=PUBLIC)
        file = tmp_path / "line.sqlite"
        (tmp_path / "cases.yml").write_text(CASES)
        shutil.copy(empty_sqlite, file)
        with Database(f"sqlite:///{file}").work() as session:
            import_cases(session, load(tmp_path / "cases.yml"))
            for name in ("ana", "ben"):
                add_user(session, name, PASSWORD)
        settings = Settings(
            _env_file=None, database_url=f"sqlite:///{file}", public_url=PUBLIC, acs_secret=SECRET,
            twilio_account_sid=phone.world.account_sid, twilio_auth_token=phone.world.auth_token,
            twilio_number=phone.number, **more,
        )  # fmt: skip
        phones = Phones(
            phone.world.account_sid, phone.world.auth_token, number=phone.number,
            http_client=phone.http_client, workspace_sid=settings.twilio_workspace_sid,
            workflow_sid=settings.twilio_workflow_sid,
        )  # fmt: skip
        if broken:
            broken(phones)
        clock, db = FakeClock(), OneWriter(settings.database_url)
        wire = HttpBot("http://bot", SECRET, transport=bot.transport)
        app = make_app(settings, db=db, bot=wire, phones=phones, clock=clock, words=PlainWords())
        client = TestClient(app, base_url=PUBLIC)
        client.__enter__()
        post.client = phone.browser = client
        made.append((client, db))
        return Floor(phone, app, phones, db, clock)

    yield floor
    for client, db in made:
        client.__exit__(None, None, None)
        db.engine.dispose()


@pytest.fixture
def floor(build, quick_passwords):
    return build().ready()


@pytest.fixture
def quick_passwords(monkeypatch):
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    from store import agents

    monkeypatch.setattr(agents, "_passwords", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64),)))
    agents._nobodys_hash.cache_clear()
    yield
    agents._nobodys_hash.cache_clear()
