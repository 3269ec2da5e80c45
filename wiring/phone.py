"""`acs phone` and `acs text`: the pretend phone in a terminal. It needs the line running (`make run`)."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
from rich.console import Console

KEYS = re.compile(r"[0-9*#]+")
LOOKS_EVERY = 0.3
ANSWER_WITHIN = 20.0
QUIET_FOR = 2.5
HELP = (
    'Type what you say. A line of only digits, * and # presses keys; begin with " to say digits instead.\n'
    "An empty line stays silent. 0 a person, * the menu, # again. /hangup or Ctrl-D ends the call."
)
STATES = {
    "ringing": "ringing",
    "speaking": "the line is speaking",
    "listening": "the line is listening",
    "waiting": "in line for a person",
    "talking": "a person is on the line",
    "over": "the call has ended",
}
Read = Callable[[], str]


class NoPhone(SystemExit):
    """The pretend Twilio does not answer; ends the command with a sentence that says what to do."""


def run_phone(base_url: str, number: str, *, read: Read = input, console: Console | None = None) -> None:
    """Calls the line from `number` and stays until the call is over. `read` gives the next typed line."""
    out = console or Console(soft_wrap=True, highlight=False)
    with _client(base_url) as client:
        out.print("A pretend phone: no real call is made.", style="dim")
        out.print(HELP + "\n", style="dim", markup=False)
        handset = Handset(client, out, _post(client, "/pretend/calls", {"from": number}))
        watcher = threading.Thread(target=handset.watch, daemon=True)
        watcher.start()
        try:
            _talk(handset, read)
        except (EOFError, KeyboardInterrupt):
            handset.act("hangup")
        watcher.join(LOOKS_EVERY * 4)


def run_text(base_url: str, body: str, number: str, *, console: Console | None = None) -> None:
    """Texts the line from `number` and prints what comes back, until it has been quiet for a while."""
    out = console or Console(soft_wrap=True, highlight=False)
    with _client(base_url) as client:
        before = len(_texts(client, number))
        _post(client, "/pretend/texts", {"from": number, "body": body})
        out.print(f"You: {body}", style="cyan", markup=False)
        seen, end = before, time.monotonic() + ANSWER_WITHIN
        answered = False
        while time.monotonic() < end:
            texts = _texts(client, number)
            for text in texts[seen:]:
                if text["from"] == "line":
                    out.print(f"Line: {text['text']}", markup=False)
                    answered, end = True, time.monotonic() + QUIET_FOR
            seen = len(texts)
            time.sleep(LOOKS_EVERY)
        if not answered:
            out.print("No answer came. (After STOP the line stays silent.)", style="dim")


class Handset:
    """One call in the terminal: prints what is heard as it comes, and sends what is typed."""

    def __init__(self, client: httpx.Client, out: Console, call: dict[str, Any]) -> None:
        self.client = client
        self.out = out
        self.path = f"/pretend/calls/{call['id']}"
        self.seen = 0
        self.state = ""
        self._lock = threading.Lock()
        self.show(call)

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self.state == "over"

    def show(self, call: dict[str, Any]) -> None:
        """Prints the lines not printed yet, and the state when it has changed."""
        with self._lock:
            for line in call["heard"]:
                if line["n"] > self.seen:
                    self.seen = line["n"]
                    self._print(line["who"], line["text"])
            if call["state"] != self.state:
                self.state = call["state"]
                if self.state in {"listening", "waiting", "talking", "over"}:
                    self.out.print(f"  ({STATES[self.state]}{_keys_only(call)})", style="dim", markup=False)

    def _print(self, who: str, text: str) -> None:
        if who == "line":
            self.out.print(f"Line: {text}", markup=False)
        elif who == "note":
            self.out.print(f"  [{text}]", style="dim", markup=False)

    def watch(self) -> None:
        """Looks again and again until the call is over."""
        while not self.over:
            time.sleep(LOOKS_EVERY)
            try:
                answer = self.client.get(self.path, params={"after": self.seen})
                self.show(answer.json())
            except (httpx.HTTPError, ValueError, KeyError):
                self.out.print("The pretend phone is gone; is the line still running?", style="red")
                self.state = "over"

    def act(self, name: str, body: dict[str, Any] | None = None) -> None:
        """Says, presses, stays silent or hangs up; a refusal is printed and the call goes on."""
        if self.over:
            return
        answer = self.client.post(f"{self.path}/{name}", json=body or {})
        if answer.status_code == 200:
            self.show(answer.json())
        else:
            self.out.print(answer.json().get("title", "That did not work."), style="red", markup=False)


def _talk(handset: Handset, read: Read) -> None:
    while not handset.over:
        typed = read().strip()
        if typed in {"/hangup", "/quit"}:
            handset.act("hangup")
        elif not typed:
            handset.act("silence")
        elif KEYS.fullmatch(typed):
            handset.act("press", {"keys": typed})
        else:
            handset.act("say", {"text": typed.removeprefix('"')})


def _keys_only(call: dict[str, Any]) -> str:
    listens = call["listens"]
    return " to keys only" if call["state"] == "listening" and not listens["speech"] else ""


def _client(base_url: str) -> httpx.Client:
    # Webhooks may take Twilio's fifteen seconds, and the phone waits for them.
    return httpx.Client(base_url=base_url, timeout=30.0, trust_env=False)


def _post(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    try:
        answer = client.post(path, json=body)
    except httpx.ConnectError:
        raise NoPhone(
            f"The pretend phone at {client.base_url} does not answer. Start the line: make run"
        ) from None
    if answer.status_code >= 400:
        raise NoPhone(str(answer.json().get("title", answer.status_code)))
    return dict(answer.json())


def _texts(client: httpx.Client, number: str) -> list[dict[str, Any]]:
    try:
        return list(client.get("/pretend/texts", params={"with": number}).json()["texts"])
    except httpx.ConnectError:
        raise NoPhone(
            f"The pretend phone at {client.base_url} does not answer. Start the line: make run"
        ) from None
