"""The line itself: everything the doors share, and what the agents' console needs of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from api.bot import Bot
from api.crowd import Crowd
from api.door import Door
from api.guard import Rate
from api.hub import Hub
from api.second_ear import Ear, SecondEar
from api.workspace import Place
from channels.errors import WordsError
from channels.words import Words
from desk.answer import Say
from desk.ports import Clock, Desk
from store.conversations import Conversations
from store.db import Database
from store.tables.conversations import Conversation, Message
from wiring.settings import Settings

log = logging.getLogger(__name__)
T = TypeVar("T")

MOST_INSIDE = 60
"""Chat messages answered at the same time; who comes then is asked to come back in a moment."""
IDENTITY_FORM = {"kind": "identity", "fields": ["tin", "date_of_birth", "zip", "caller_id"]}


class Rooms(Protocol):
    """Builds a desk on one unit of work."""

    def desk(self) -> AbstractContextManager[Desk]: ...


class Line:
    """One per process. The doors find it as `request.app.state.line`."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        bot: Bot,
        words: Words,
        clock: Clock,
        rooms: Rooms | None,
        phones: Any,
    ) -> None:
        self.settings = settings
        self.db = db
        self.bot = bot
        self.words = words
        self.clock = clock
        self.rooms = rooms
        self.phones = phones
        self.workspace = Place(settings.twilio_workspace_sid, settings.twilio_workflow_sid)
        self.hub = Hub()
        self.openings = Rate(60, 600)
        self.posts = Rate(240, 60)
        self.wake_sender = asyncio.Event()
        self.door = Door(db)
        self.crowd = Crowd(MOST_INSIDE)
        self.ear: Ear = SecondEar()
        self.twilio_away = False
        self.task_waits = False
        """The last task was not made, or nobody knows: those behind it wait, so that nobody is overtaken."""
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def started(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on other threads may wake the sender."""
        self._loop = loop

    async def off_loop(self, work: Callable[..., T], *args: Any) -> T:
        """Runs work with the database off the event loop."""
        return await asyncio.to_thread(work, *args)

    def in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Starts work that nobody waits for; it is kept until done."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Waits for background work, at a stop."""
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=8)
        await asyncio.to_thread(self.door.close)

    def render(self, say: Say, language: str, channel: str) -> str:
        """One thing said, in words. Raises WordsError."""
        return self.words.render(say.words, say.facts, language=language, channel=channel)

    def label(self, choice: str, language: str, channel: str = "web") -> str:
        """What stands on a button; the id where nobody has worded it, so that the choice stays."""
        try:
            return self.words.label(choice, language=language, channel=channel)
        except WordsError:
            log.error("choice %s has no label", choice)
            return choice.replace("_", " ")

    def shown(self, message: Message) -> dict[str, Any]:
        """A message as the chat and the console get it."""
        form = IDENTITY_FORM if message.secure_form == "identity" else None
        return {
            "id": message.id,
            "at": message.at.isoformat(timespec="seconds"),
            "from": message.sender,
            **({"author": message.author} if message.author else {}),
            "language": message.language,
            "text": message.text,
            "choices": [
                {"id": one, "label": self.label(one, message.language)} for one in message.choices or ()
            ],
            "secure_form": form,
            "sources": message.sources or [],
        }

    def push(self, conversation: str, frame: dict[str, Any]) -> None:
        """News for whoever has this conversation open: a Message, {"typing"}, {"queue"} or {"state"}."""
        self.hub.push(conversation, frame)

    def said(self, conversation: str, text: str, *, author: str, key: str | None = None) -> dict[str, Any]:
        """An agent's words: into the transcript, to the browser, and as a text where the person texts.

        `key` is the console's own id of the message: the same key again does nothing twice. Call it from a
        thread (a plain `def` route). KeyError when there is no such conversation.
        """
        from api.speak import queue_texts

        now = self.clock.now()
        with self.db.work() as session:
            conversations = Conversations(session)
            row = conversations.row(conversation)
            if row is None:
                raise KeyError(conversation)
            message = conversations.say(row, "agent", text, now, author=author, message_id=key)
            if row.channel == "sms":
                queue_texts(self, session, row, text, f"agent:{message.id}", now)
            shown = self.shown(message)
        self.push(conversation, shown)
        self.wake()
        return shown

    def told(self, conversation: str, say: Say) -> None:
        """Something the line itself says between turns, such as that a person has joined."""
        from api.speak import queue_texts

        now = self.clock.now()
        with self.db.work() as session:
            row = Conversations(session).row(conversation)
            if row is None:
                return
            channel = channel_of(row)
            text = self.render(say, row.language, channel)
            one = {"words": say.words, "facts": dict(say.facts)}
            message = Conversations(session).say(row, "system", text, now, says=[one])
            if row.channel == "sms":
                queue_texts(self, session, row, text, f"told:{message.id}", now)
            shown = self.shown(message)
        self.push(conversation, shown)
        self.wake()

    def moved(self, conversation: str, state: str) -> None:
        """The conversation is with the bot, in a queue, with an agent, or closed; the browser is told."""
        with self.db.work() as session:
            Conversations(session).move(conversation, state, self.clock.now())
        self.push(conversation, {"state": state})

    def wake(self) -> None:
        """There is something to send; may be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.wake_sender.set)


def channel_of(row: Conversation) -> str:
    """web, sms or voice, as words are chosen."""
    return "web" if row.channel == "chat" else row.channel
