"""Six people who go on writing whatever happens: four by text, two in the web chat. Each word of theirs can be told."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from chaos.stage import Stage

LETTERS = "bcdfghjlmnpqrtvwxz"


def named(number: int) -> str:
    """A word nobody else says, without digits, so that nothing in it looks like a private number."""
    found = ""
    for _ in range(6):
        number, at = divmod(number, len(LETTERS))
        found += LETTERS[at]
    return "q" + found


@dataclass
class Ledger:
    """What was sent in and what was acknowledged."""

    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    """MessageSid -> the form Twilio posts."""
    acked: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)
    """MessageSid -> its word."""
    wanted_person: dict[str, str] = field(default_factory=dict)
    """phone or chat -> SID or id of the wish for a person."""
    chats: list[Chat] = field(default_factory=list)
    posts: int = 0
    statuses: dict[int, int] = field(default_factory=dict)


@dataclass
class Chat:
    """One conversation in the web chat, as its browser has it."""

    id: str
    token: str
    said: dict[str, str] = field(default_factory=dict)
    """client id -> word"""
    answered: set[str] = field(default_factory=set)
    person: str = ""


class Crowd:
    """The six. `run` until told to stop; they live longer than any gateway."""

    def __init__(
        self, stage: Stage, seed: int, *, repeats: float = 0.2, texting: int = 4, chatting: int = 2
    ) -> None:
        self.stage, self.repeats = stage, repeats
        self.random = random.Random(seed)
        self.ledger = Ledger()
        self.number = 0
        self.texting, self.chatting = texting, chatting
        self._stop = asyncio.Event()

    async def run(self) -> None:
        limits = httpx.Limits(max_connections=60, max_keepalive_connections=0)
        async with httpx.AsyncClient(timeout=8, limits=limits, trust_env=False) as self.http:
            await asyncio.gather(
                *(self._texts(at) for at in range(self.texting)),
                *(self._chats() for _ in range(self.chatting)),
            )

    def stop(self) -> None:
        self._stop.set()

    def _next(self) -> str:
        self.number += 1
        return named(self.number)

    async def _pause(self) -> None:
        """A moment; most people also wait until the line is there again, some write all the same."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), self.random.uniform(0.01, 0.08))
        while not self.stage.up and not self._stop.is_set() and self.random.random() < 0.95:
            await asyncio.sleep(0.05)

    async def _texts(self, at: int) -> None:
        for phone_at in range(100_000):
            phone = f"+1{200 + at}{phone_at // 10_000:03d}{phone_at % 10_000:04d}"
            for turn in range(self.random.randint(2, 6)):
                if self._stop.is_set():
                    return
                acked = await self._text(phone, self._next())
                await self._pause()
                if turn and acked and self.random.random() < 0.15:
                    await self._wants_person(phone)
                    break

    async def _wants_person(self, phone: str) -> None:
        """Takes the first choice of the answer to the last text: a person."""
        if self._stop.is_set():
            return
        fields = self.stage.comes_in(phone, "1")
        self.ledger.wanted_person[phone] = fields["MessageSid"]
        self.ledger.sent[fields["MessageSid"]] = fields
        await self._post_as_twilio(fields)

    async def _text(self, phone: str, word: str) -> bool:
        fields = self.stage.comes_in(phone, f"please look at {word} for me")
        sid = fields["MessageSid"]
        self.ledger.sent[sid], self.ledger.words[sid] = fields, word
        await self._post_as_twilio(fields)
        return sid in self.ledger.acked

    async def _post_as_twilio(self, fields: dict[str, str]) -> None:
        """Once, and again when nobody listened; some are sent five times at once, as networks do."""
        times = 5 if self.random.random() < self.repeats else 1
        await asyncio.gather(*(self.post(fields) for _ in range(times)))

    async def post(self, fields: dict[str, str]) -> int:
        """One webhook; 0 when there was no answer."""
        url, form, headers = self.stage.signed("/twilio/sms", fields)
        self.ledger.posts += 1
        for _ in range(2):
            try:
                answer = await self.http.post(url, data=form, headers=headers)
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
                continue
            except httpx.HTTPError:
                return 0
            self._counted(answer)
            if answer.status_code == 200:
                self.ledger.acked.add(fields["MessageSid"])
            return answer.status_code
        return 0

    def _counted(self, answer: httpx.Response) -> None:
        codes = self.ledger.statuses
        codes[answer.status_code] = codes.get(answer.status_code, 0) + 1

    async def _chats(self) -> None:
        while not self._stop.is_set():
            chat = await self._open()
            if chat is None:
                await self._pause()
                continue
            self.ledger.chats.append(chat)
            for turn in range(self.random.randint(2, 6)):
                word = self._next()
                await self.say(chat, word, {"text": f"please look at {word} for me"})
                await self._pause()
                if self._stop.is_set():
                    return
                if turn and self.random.random() < 0.15:
                    await self.say(chat, "", {"choice": "person"})
                    break

    async def _open(self) -> Chat | None:
        try:
            answer = await self.http.post(f"{self.stage.url}/chat/conversations", json={"language": "en"})
        except httpx.HTTPError:
            return None
        if answer.status_code != 201:
            return None
        return Chat(answer.json()["conversation"], answer.json()["token"])

    async def say(self, chat: Chat, word: str, body: dict[str, str]) -> None:
        """Posts until it is answered, under one id, as a browser does after a lost network."""
        name = str(uuid4())
        if word:
            chat.said[name] = word
        else:
            chat.person = name
        while True:
            found = await self._posted(chat, name, body)
            if found is not None:
                chat.answered.add(name)
                return
            if self._stop.is_set():
                chat.said.pop(name, None)  # it was never answered, so nothing was promised
                chat.person = "" if chat.person == name else chat.person
                return
            await asyncio.sleep(0.05)

    async def _posted(self, chat: Chat, name: str, body: dict[str, str]) -> dict[str, Any] | None:
        url = f"{self.stage.url}/chat/conversations/{chat.id}/messages"
        headers = {"Authorization": f"Bearer {chat.token}"}
        self.ledger.posts += 1
        try:
            answer = await self.http.post(url, json={"id": name, **body}, headers=headers)
        except httpx.HTTPError:
            return None
        self._counted(answer)
        return answer.json() if answer.status_code == 200 else None
