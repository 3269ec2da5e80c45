"""The whole line as a user has it: every process, the trained model, a pretend phone network, a browser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from chaos.stage import free_port
from tests.line.people import PEOPLE, write_case_file
from tests.line.phones import Call, Texts
from tests.line.stage import Stage, raised
from tests.security.canary import PRIVATE, Nose, day_forms, number_forms
from wiring.secrets import key_for

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-22"
START_LIMIT = 400
LETTERS_A_SECOND = "400"
"""The pretend phone speaks ten times as fast as usual: a test listens to every word."""

pytestmark = pytest.mark.line


@dataclass
class RunningLine:
    url: str
    phone: str
    env: dict[str, str]
    log_dir: Path
    process: subprocess.Popen[bytes]
    home: Path
    password: str = ""

    def account(self) -> tuple[str, str]:
        """SID and token of the pretend Twilio account this line was given."""
        secret = self.env["ACS_SECRET"]
        return "AC" + key_for(secret, "pretend account")[:32], key_for(secret, "pretend token")[:32]

    def logs(self) -> str:
        return "\n".join(file.read_text(errors="replace") for file in self.log_dir.glob("*.log"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is looked for in logs and files is looked for when all stories have been told."""
    items.sort(
        key=lambda item: item.path.parent == Path(__file__).parent and item.path.name == "test_privacy.py"
    )


@pytest.fixture(scope="session")
def line(tmp_path_factory) -> Iterator[RunningLine]:
    home = tmp_path_factory.mktemp("line")
    ports = {name: str(free_port()) for name in ("PORT", "BOT_PORT", "ACTIONS_PORT", "PRETEND_PORT")}
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("TWILIO", "BOT_", "ACTIONS_", "ACS_"))},
        **ports,
        "DATABASE_URL": f"sqlite:///{home / 'line.sqlite'}",
        "LOG_DIR": str(home / "log"),
        "BOT_STORE": str(home / "bot.sqlite"),
        "ACS_TODAY": TODAY,
        "ACS_SECRET": "a secret for tests of the whole line",
        "PUBLIC_URL": f"http://127.0.0.1:{ports['PORT']}",
        "PRETEND_LETTERS_A_SECOND": LETTERS_A_SECOND,
    }
    said = open(home / "run.log", "wb")  # noqa: SIM115
    process = subprocess.Popen(
        [sys.executable, "-m", "wiring.cli", "run"],
        cwd=ROOT,
        env=env,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )
    phone = f"http://127.0.0.1:{ports['PRETEND_PORT']}"
    running = RunningLine(env["PUBLIC_URL"], phone, env, home / "log", process, home)
    try:
        _wait(running, home / "run.log")
        file = write_case_file(home / "people.yml")
        subprocess.run(
            [sys.executable, "-m", "wiring.cli", "import", file], cwd=ROOT, env=env, check=True, timeout=60
        )
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait(running: RunningLine, log: Path) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if running.process.poll() is not None:
            pytest.fail(f"the line stopped at start:\n{log.read_text()}\n{running.logs()}")
        text = log.read_text()
        if "password" in text and "Ctrl-C" in text:
            running.password = text.split("password ")[1].split()[0]
            return
        time.sleep(0.3)
    pytest.fail(f"the line did not start in {START_LIMIT} s:\n{log.read_text()}\n{running.logs()}")


@pytest.fixture(scope="session")
def stage(secret, empty_sqlite, tmp_path_factory) -> Iterator[Stage]:
    """The line for the stories: its model in a process of its own, everything else in this one."""
    with raised(tmp_path_factory.mktemp("stage"), empty_sqlite, secret) as stage:
        yield stage


@pytest.fixture(autouse=True)
def nobody_lies_about(request) -> Iterator[None]:
    """After every story of the whole line: no proof of anybody rests in clear in its databases and logs."""
    yield
    if "line" in request.fixturenames:
        running = request.getfixturevalue("line")
        assert NOSE.in_folder(running.home, but={"people.yml"}) == {}
    if "stage" in request.fixturenames:
        stage = request.getfixturevalue("stage")
        home, entered = Path(stage.db.engine.url.database).parent, getattr(stage, "people", [])
        proofs = {form for one in entered for form in forms_of(one)}
        assert not proofs or Nose(proofs).in_folder(home) == {}


def forms_of(person) -> set[str]:
    """What proves somebody of a story, in the ways it is written."""
    born = day_forms(person.date_of_birth) if person.date_of_birth else set()
    return number_forms(person.tin) | born


NOSE = Nose(
    {form for one in PEOPLE.values() for form in number_forms(one.tin) | day_forms(one.date_of_birth)}
    | PRIVATE
)


@pytest.fixture(scope="session")
def people(line):
    """Taxpayers of the tests' own, one for each story."""
    return PEOPLE


@pytest.fixture
def call(line):
    """Calls the line from a number; hangs up at the end."""
    made: list[Call] = []

    def dialled(number: str) -> Call:
        made.append(Call(line.phone, number))
        return made[-1]

    yield dialled
    for one in made:
        one.http.post(f"/pretend/calls/{one.id}/hangup", json={})


@pytest.fixture
def texts(line):
    def with_number(number: str) -> Texts:
        return Texts(line.phone, number)

    return with_number


class Chat:
    """One chat over the same HTTP surface as the page."""

    def __init__(self, url: str, language: str = "en") -> None:
        self.http = httpx.Client(base_url=url, timeout=20)
        opened = self.http.post("/chat/conversations", json={"language": language})
        assert opened.status_code == 201, opened.text
        self.id = opened.json()["conversation"]
        self.greeting = opened.json()["messages"]
        self._wear(opened.json()["token"])
        self.state = "bot"

    def say(self, text: str, id: str | None = None) -> str:
        return self.post({"text": text}, id)

    def choose(self, choice: str) -> str:
        return self.post({"choice": choice})

    def post(self, body: dict[str, str], id: str | None = None) -> str:
        answer = self.http.post(
            f"/chat/conversations/{self.id}/messages", json={"id": id or str(uuid4()), **body}
        )
        assert answer.status_code == 200, answer.text
        self.last = [one for one in answer.json()["messages"] if one["from"] != "you"]
        self.state = answer.json()["state"]
        return " ".join(one["text"] for one in self.last)

    def prove(self, tin: str, date_of_birth: str, zip_code: str) -> tuple[bool, str]:
        proof = {"tin": tin, "date_of_birth": date_of_birth, "zip": zip_code}
        answer = self.http.post(f"/chat/conversations/{self.id}/identity", json=proof)
        found = answer.json()
        if found.get("token"):
            self._wear(found["token"])
        return bool(found.get("verified")), " ".join(one["text"] for one in found.get("messages", []))

    def _wear(self, token: str) -> None:
        self.http.headers["Authorization"] = f"Bearer {token}"


@pytest.fixture
def chat(line):
    def opened(language: str = "en") -> Chat:
        return Chat(line.url, language)

    return opened


class Console:
    """An agent at the console, over its own HTTP surface."""

    def __init__(self, line: RunningLine, name: str = "agent") -> None:
        self.http = httpx.Client(base_url=line.url, timeout=20, headers={"Origin": line.url})
        signed = self.http.post("/console/api/session", json={"username": name, "password": line.password})
        assert signed.status_code in (200, 201), signed.text
        self.http.headers["X-CSRF-Token"] = signed.json().get("csrf") or signed.json()["csrf_token"]
        self.http.post("/console/api/presence", json={"state": "available"})

    def waiting(self) -> list[dict]:
        """Hand-offs nobody has taken yet: in line, or offered to an agent who has not said yes."""
        return [one for state in ("reserved", "waiting") for one in self.listed(state)]

    def listed(self, state: str) -> list[dict]:
        found = self.http.get("/console/api/handoffs", params={"state": state}).json()
        return found["handoffs"] if isinstance(found, dict) else found

    def of(self, conversation: str) -> dict:
        """The card of the waiting hand-off of this conversation."""
        cards = [self.card(one["id"]) for one in self.waiting()]
        found = [one for one in cards if one.get("conversation") == conversation]
        assert len(found) == 1, [one.get("conversation") for one in cards]
        return found[0]

    def card(self, handoff: str) -> dict:
        return self.http.get(f"/console/api/handoffs/{handoff}").json()

    def do(self, handoff: str, what: str, **body) -> httpx.Response:
        return self.http.post(f"/console/api/handoffs/{handoff}/{what}", json=body)


@pytest.fixture
def console(line):
    return Console(line)
