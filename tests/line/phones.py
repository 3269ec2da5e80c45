"""A pretend phone in a test's hand: calls and texts, through the control surface of the pretend Twilio."""

from __future__ import annotations

import re
import time
from typing import Any

import httpx

STEADY = {"listening", "waiting", "talking", "over"}
PATIENCE = 15.0


class Call:
    """One call to the line. Every deed waits until the line has spoken, and gives what it said."""

    def __init__(self, phone: str, number: str) -> None:
        self.http = httpx.Client(base_url=phone, timeout=20)
        self.id = self._post("/pretend/calls", {"from": number})["id"]
        self.heard: list[dict[str, Any]] = []
        self.state = ""
        self.greeting = self.listen()

    def say(self, words: str, **how: Any) -> str:
        return self.do("say", text=words, **how)

    def press(self, keys: str) -> str:
        return self.do("press", keys=keys)

    def key_identity(self, items: tuple[str, str, str]) -> str:
        """Taxpayer number, birthday and ZIP code, one after the other; what is said after the last."""
        for keys in items:
            said = self.press(keys)
        return said

    def silence(self) -> str:
        return self.do("silence")

    def hang_up(self) -> None:
        self.do("hangup")

    def do(self, what: str, **body: Any) -> str:
        start = time.monotonic()
        self._post(f"/pretend/calls/{self.id}/{what}", body)
        said = self.listen()
        self.took = time.monotonic() - start
        return said

    def listen(self) -> str:
        """Waits until it is our turn; what the line said meanwhile."""
        before, end = len(self.heard), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            view = self.http.get(f"/pretend/calls/{self.id}").json()
            self.state, self.heard = view["state"], view["heard"]
            self.takes = view["listens"]
            if self.state in STEADY:
                return self._said(before)
            time.sleep(0.05)
        raise AssertionError(f"the line still speaks after {PATIENCE} s: {self._said(before)}")

    def _said(self, before: int) -> str:
        return " ".join(one["text"] for one in self.heard[before:] if one["who"] == "line")

    def languages(self) -> list[str]:
        """The language of each sentence the line spoke."""
        return [one["language"] for one in self.heard if one["who"] == "line"]

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.http.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()


class Texts:
    """A thread of texts between one pretend number and the line."""

    def __init__(self, phone: str, number: str) -> None:
        self.http = httpx.Client(base_url=phone, timeout=20)
        self.number = number

    def send(self, body: str, within: float = PATIENCE) -> str:
        """Texts the line; what it texts back."""
        before = len(self.thread())
        self.post(body)
        return self.wait(before, within)

    def post(self, body: str) -> None:
        answer = self.http.post("/pretend/texts", json={"from": self.number, "body": body})
        assert answer.is_success, answer.text

    def wait(self, before: int, within: float = PATIENCE) -> str:
        """What the line has texted since there were `before` texts; fails when nothing comes."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            if new := self._new(before):
                time.sleep(0.4)  # A long answer may come in two texts.
                return " ".join(self._new(before) or new)
            time.sleep(0.05)
        raise AssertionError(f"no text came within {within} s")

    def silent(self, body: str, for_seconds: float = 2.0) -> bool:
        """Texts the line and tells whether it stays silent."""
        before = len(self.thread())
        self.post(body)
        time.sleep(for_seconds)
        return not self._new(before)

    def thread(self) -> list[dict[str, Any]]:
        return self.http.get("/pretend/texts", params={"with": self.number}).json()["texts"]

    def _new(self, before: int) -> list[str]:
        return [one["text"] for one in self.thread()[before:] if one["from"] == "line"]


def link_in(text: str) -> str:
    """The one-time address in a text."""
    found = re.search(r"http\S+/verify/\S+", text)
    assert found, text
    return found[0]
