"""One line with pretend neighbours, a chat, a texting phone and a calling one."""

from __future__ import annotations

import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from acs.casefile import load
from api.app import make_app
from api.bot import HttpBot
from channels.signature import sign
from store.cases import import_cases
from store.db import Database
from store.one_writer import OneWriter
from store.tables.outbox import Outbound
from tests.api.fakes import SECRET, FakeBot, FakeClock, FakePhones, ShownWords
from tests.security import canary
from tests.security.watch import all_traces
from wiring.settings import Settings

TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC" + "0" * 32
PUBLIC = "https://line.example.org"
PHONE = "+15125550143"

CASES = (
    """
version: 1
taxpayers:
  - id: T-1
    kind: individual
    name: {first: Rosa, last: Delgado}
    tin: "900-70-1234"
    date_of_birth: 1984-03-09
    address: {street: "12 Elm St", city: Austin, state: TX, zip: "78701"}
    caller_id: "4471902"
    modules: []
  - id: T-2
    kind: business
    name: {business: "Delgado Cleaning LLC"}
    tin: "90-0112222"
    address: {street: "9 Oak St", city: Austin, state: TX, zip: "78702"}
    caller_id: "5512345"
    modules: []
"""
    + canary.CASE
)
RIGHT = {"tin": "900-70-1234", "date_of_birth": "1984-03-09", "zip": "78701"}


@dataclass
class TheLine:
    """The running application and its neighbours."""

    app: FastAPI
    http: TestClient
    bot: FakeBot
    phones: FakePhones
    clock: FakeClock
    db: Database
    settings: Settings

    @property
    def line(self) -> Any:
        return self.app.state.line

    def chat(self, language: str = "en") -> Chat:
        return Chat(self, language)

    def twilio(self, path: str, fields: dict[str, str], token: str = TOKEN) -> Any:
        fields = {"AccountSid": ACCOUNT, **fields}
        headers = {"X-Twilio-Signature": sign(PUBLIC + path, fields, token)}
        return self.http.post(path, data=fields, headers=headers)

    def text(self, body: str, sid: str = "", phone: str = PHONE, **more: str) -> Any:
        fields = {
            "MessageSid": sid or "SM" + uuid.uuid4().hex,
            "From": phone,
            "To": "+15550100000",
            "Body": body,
        }
        return self.twilio("/twilio/sms", {**fields, "NumMedia": "0", **more})

    def call(self, sid: str = "") -> Call:
        return Call(self, sid or "CA" + uuid.uuid4().hex)

    def settled(self, seconds: float = 20.0) -> None:
        """Waits until nothing is left to do or to send."""
        self.until(lambda: self.counts() == (0, 0), seconds)

    def counts(self) -> tuple[int, int]:
        state = self.http.get("/readyz").json()
        return state["pending_inbound"], state["unsent_outbound"]

    def put_off(self) -> bool:
        """Whether something to be sent waits for its next try."""
        with self.db.read() as session:
            return session.query(Outbound).filter(Outbound.error.is_not(None)).count() > 0

    def until(self, true: Callable[[], Any], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.01)


@dataclass
class Chat:
    """A browser in a web chat."""

    line: TheLine
    language: str = "en"
    opened: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        answer = self.line.http.post("/chat/conversations", json={"language": self.language})
        assert answer.status_code == 201, answer.text
        self.opened = answer.json()
        self.id, self.token = self.opened["conversation"], self.opened["token"]

    def ask(self, method: str, leaf: str, body: Any = None, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        url = f"/chat/conversations/{self.id}/{leaf}"
        return self.line.http.request(method, url, json=body, headers=headers, **more)

    def post(self, text: str | None = None, *, choice: str | None = None, id: str = "") -> Any:
        body = {"text": text} if choice is None else {"choice": choice}
        return self.ask("POST", "messages", {"id": id or str(uuid.uuid4()), **body})

    def say(self, text: str) -> str:
        """Says it and gives the words of the reply."""
        answer = self.post(text)
        assert answer.status_code == 200, answer.text
        return " ".join(one["text"] for one in answer.json()["messages"])

    def prove(self, **items: str) -> Any:
        answer = self.ask("POST", "identity", items or RIGHT)
        self.token = answer.json().get("token", self.token)
        return answer


@dataclass
class Call:
    """A telephone in a call: hears TwiML, speaks, presses keys."""

    line: TheLine
    sid: str
    twiml: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        self.post("/twilio/voice", CallStatus="ringing")

    def post(self, path: str, **fields: str) -> Any:
        base = {"CallSid": self.sid, "From": PHONE, "To": "+15550100000", "CallStatus": "in-progress"}
        answer = self.line.twilio(path, {**base, **fields})
        assert answer.status_code == 200, answer.text
        self.twiml = answer.text
        gather = self.tree().find(".//Gather")
        redirect = self.tree().find(".//Redirect")
        self.url = (
            gather.attrib["action"]
            if gather is not None
            else (redirect.text or "" if redirect is not None else "")
        )
        return answer

    def tree(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.twiml)

    def heard(self) -> str:
        return " ".join(say.text or "" for say in self.tree().iter("Say"))

    def path(self) -> str:
        assert self.url.startswith(PUBLIC), self.url
        return self.url.removeprefix(PUBLIC)

    def say(self, words: str, confidence: str | None = "0.92") -> str:
        self.post(self.path(), SpeechResult=words, **({"Confidence": confidence} if confidence else {}))
        return self.heard()

    def press(self, keys: str) -> str:
        self.post(self.path(), Digits=keys)
        return self.heard()

    def silence(self) -> str:
        self.post(self.path())
        return self.heard()

    def verb(self, name: str) -> bool:
        return bool(re.search(rf"<{name}\b", self.twiml))


@pytest.fixture
def make_line(
    empty_sqlite: Any, tmp_path: Any, caplog: Any, request: Any
) -> Iterator[Callable[..., TheLine]]:
    """Builds a line on one database file; built twice, the second is the process after a crash.

    After the test nothing of the canary or of the person who proved herself may lie about.
    """
    made: list[TheLine] = []
    file = tmp_path / "line.sqlite"
    cases = tmp_path / "cases.yml"

    def make(**more: Any) -> TheLine:
        if not file.exists():
            shutil.copy(empty_sqlite, file)
            cases.write_text(CASES)
            with Database(f"sqlite:///{file}").work() as session:
                import_cases(session, load(cases))
        settings = Settings(
            _env_file=None, database_url=f"sqlite:///{file}", public_url=PUBLIC, acs_secret=SECRET,
            twilio_account_sid=ACCOUNT, twilio_auth_token=TOKEN, **more,
        )  # fmt: skip
        db, bot, clock = OneWriter(settings.database_url), FakeBot(), FakeClock()
        phones = FakePhones(clock)
        wire = HttpBot("http://bot", SECRET, transport=bot.transport)
        app = make_app(settings, db=db, bot=wire, phones=phones, clock=clock, words=ShownWords())
        http = TestClient(app, base_url=PUBLIC, raise_server_exceptions=False)
        made.append(TheLine(app, http, bot, phones, clock, db, settings))
        return made[-1]

    caplog.set_level("INFO")
    yield make
    if "leaks" not in request.keywords:
        assert all_traces(made, caplog.text) == {}, "somebody's data is where it should not be"


@pytest.fixture
def line(make_line: Callable[..., TheLine]) -> Iterator[TheLine]:
    made = make_line()
    with made.http:
        yield made
    made.db.engine.dispose()
