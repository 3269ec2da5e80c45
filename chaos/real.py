"""The line with its trained model on a stage: real actions and the real bot, with a faulty wire between the two.

The gateway is born in the nursery like any other, so that a guard can be taken out of it; the bot's own guards are in
chaos/bot_guards.py. Needs both environments and a trained model (`make train`).
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import time
from typing import Any
from uuid import uuid4

import httpx

from chaos.bot_guards import GUARDS as BOT_GUARDS
from chaos.proxy import Proxy
from chaos.stage import ROOT, SECRET, Stage, free_port, patient
from wiring.run import BOT_PYTHON
from wiring.secrets import key_for

TODAY = "2026-11-22"
STARTS_IN = 180.0
_lines: dict[str, RealLine] = {}


class RealLine(Stage):
    """A stage whose bot is the trained one. `proxy` is the wire from the bot to its actions."""

    def __init__(self, without: str = "") -> None:
        bot_port, actions_port = free_port(), free_port()
        in_bot = without if without in BOT_GUARDS else ""
        super().__init__(
            without="" if in_bot else without,
            bot_url=f"http://127.0.0.1:{bot_port}",
            env={"ACS_TODAY": TODAY},
        )
        self.proxy = Proxy(actions_port)
        self.env |= {
            "BOT_PORT": str(bot_port),
            "ACTIONS_PORT": str(actions_port),
            "ACTIONS_URL": self.proxy.url,
            "BOT_STORE": str(self.home / "bot.sqlite"),
            "ACS_BOT_SECRET": key_for(SECRET, "bot"),
        }
        command = ["-m", "chaos.bot_guards", in_bot] if in_bot else ["-m", "bot.serve"]
        self._commands = {
            "actions": [sys.executable, "-m", "wiring.serve_actions"],
            "bot": [str(BOT_PYTHON), *command],
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> RealLine:
        super().__enter__()
        for name, command in self._commands.items():
            env = {**_plain_environment(), **self.env, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
            with open(self.home / f"{name}.log", "ab") as log:
                self.processes[name] = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        self.start()
        for name, url in (
            ("actions", f"http://127.0.0.1:{self.env['ACTIONS_PORT']}/health"),
            ("bot", f"{self.env['BOT_URL']}/health"),
        ):
            patient(lambda n=name, u=url: self._ready(n, u), STARTS_IN, f"the start of the {name}", 0.2)
        self.settled()
        return self

    def __exit__(self, *more: object) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        self.proxy.close()
        super().__exit__(*more)

    def _ready(self, name: str, url: str) -> bool:
        if self.processes[name].poll() is not None:
            log = (self.home / f"{name}.log").read_text(errors="replace")
            raise RuntimeError(f"the {name} ended by itself: {log[-800:]}")
        try:
            return httpx.get(url, timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


def real_line(without: str = "") -> RealLine:
    """The one of this process, kept until its end: loading the model takes longer than most measurements."""
    if without not in _lines:
        _lines[without] = RealLine(without).__enter__()
    return _lines[without]


@atexit.register
def close_lines() -> None:
    """Ends the lines that were kept."""
    while _lines:
        _lines.popitem()[1].__exit__()


def _plain_environment() -> dict[str, str]:
    ours = ("TWILIO", "ACS_", "BOT_", "ACTION")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


class Person:
    """One person in the web chat."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        opened = self.http.post("/chat/conversations", json={"language": "en"}).json()
        self.conversation = str(opened["conversation"])
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"
        self.took = 0.0

    def says(self, text: str) -> dict[str, Any]:
        """One message; the status, and the answer or what was said instead of one."""
        start = time.monotonic()
        path = f"/chat/conversations/{self.conversation}/messages"
        answer = self.http.post(path, json={"id": str(uuid4()), "text": text})
        self.took = time.monotonic() - start
        return {"status": answer.status_code, **answer.json()}


def words(said: dict[str, Any]) -> str:
    """What the line said to one message."""
    return " ".join(one["text"] for one in said.get("messages", [])).strip()
