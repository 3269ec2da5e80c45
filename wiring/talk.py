"""`acs talk`: the chat of the running line, in a terminal."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import httpx
from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
Message = dict[str, Any]


class Chat:
    """One conversation over the same HTTP surface as the web page."""

    def __init__(self, url: str, language: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20)
        opened = self._post("/chat/conversations", {"language": language})
        self.id = opened["conversation"]
        self._wear(opened["token"])
        self.first: list[Message] = opened["messages"]

    def say(self, text: str) -> list[Message]:
        return self._send({"text": text})

    def choose(self, choice: str) -> list[Message]:
        return self._send({"choice": choice})

    def prove(self, proof: dict[str, str]) -> list[Message]:
        answer = self._post(f"/chat/conversations/{self.id}/identity", proof)
        if "token" in answer:
            self._wear(answer["token"])
        return list(answer.get("messages", []))

    def news(self, after: str | None) -> list[Message]:
        params = {"after": after} if after else {}
        answer = self.http.get(f"/chat/conversations/{self.id}/messages", params=params).json()
        return list(answer["messages"])

    def _send(self, body: dict[str, str]) -> list[Message]:
        answer = self._post(f"/chat/conversations/{self.id}/messages", {"id": str(uuid4()), **body})
        return [one for one in answer.get("messages", []) if one["from"] != "you"]

    def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        answer = self.http.post(path, json=body)
        found: dict[str, Any] = answer.json()
        if answer.is_error and "messages" not in found:
            found["messages"] = [{"from": "system", "text": found.get("detail") or found.get("title", "")}]
        return found

    def _wear(self, token: str) -> None:
        self.http.headers["Authorization"] = f"Bearer {token}"


def talk(url: str, language: str) -> None:
    """Talks until the person leaves with Ctrl-D. A number picks a choice; an empty line looks for news."""
    try:
        chat = Chat(url, language)
    except httpx.HTTPError:
        out.print(f"No line answers at {url}. Start it in another terminal: make run")
        raise SystemExit(1) from None
    _loop(chat)


def _loop(chat: Chat) -> None:
    messages, last, seen = chat.first, None, set[str]()
    while True:
        fresh = [one for one in messages if one.get("id") not in seen]
        seen |= {one["id"] for one in fresh if "id" in one}
        last = fresh[-1].get("id", last) if fresh else last
        choices = show(fresh)
        if any(one.get("secure_form") for one in fresh[-1:]) and _wants_to():
            messages = chat.prove(_ask())
            continue
        try:
            said = input("you> ").strip()
        except (EOFError, KeyboardInterrupt):
            out.print()
            return
        if not said:
            messages = chat.news(last)
        elif said.isdigit() and 0 < int(said) <= len(choices):
            messages = chat.choose(choices[int(said) - 1]["id"])
        else:
            messages = chat.say(said)


def show(messages: Sequence[Message]) -> list[dict[str, str]]:
    """Prints what came and gives the choices of the last message."""
    for one in messages:
        if one["from"] != "you":
            out.print(f"[bold]{one['from']}[/bold]  {one['text']}")
    choices: list[dict[str, str]] = (messages[-1].get("choices") or []) if messages else []
    for number, choice in enumerate(choices, 1):
        out.print(f"   {number}  {choice['label']}", style="cyan")
    return choices


def _wants_to() -> bool:
    return input("Prove who you are now? [y/n] ").strip().lower() in ("y", "yes", "s", "si", "sí")


def _ask() -> dict[str, str]:
    proof = {"tin": getpass.getpass("SSN, ITIN or EIN (not shown): ")}
    proof["date_of_birth"] = input("Date of birth, YYYY-MM-DD: ").strip()
    proof["zip"] = input("ZIP code: ").strip()
    return proof
