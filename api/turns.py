"""The worker: one turn after the other in each conversation, each done once, whatever breaks in between."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from api import front, kept, speak
from api.bot import BotDown
from api.front import ToAgent, ToBot, ToPerson, Way
from api.line import Line, channel_of
from api.locks import Locks
from api.metrics import TURNS
from api.outcome import Outcome
from api.people import to_person
from api.second_ear import unanswered
from api.sheet_link import with_sheet
from api.tasks import ask_for_person
from api.transfer_pin import with_pin
from desk.answer import Say
from desk.answer import text as fact
from store.conversations import Conversations
from store.inbox import Inbox
from store.tables.conversations import Conversation, Inbound

log = logging.getLogger(__name__)

AT_ONCE = 6
"""Turns nobody waits for on the line (texts, and what an earlier process left) that are with the bot together."""
WRITES_AT_ONCE = 2
"""A rush of finished turns must not stand in line before what waits to be taken in and acknowledged."""
LOOKS_EVERY = 5.0
WAITS_FOR_BOT = 8.0
TRIES = 3
"""A turn that fails this often ends with the offer of a person instead of blocking those behind it."""


@dataclass(frozen=True)
class Done:
    """What a turn left behind, for the browser."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    state: str = "bot"


@dataclass(frozen=True)
class _Turn:
    seq: int
    conversation: str
    channel: str
    language: str
    missed: int
    way: Way
    row: Conversation
    hopeless: bool


class Turns:
    """Works conversations off. One lock each: order is kept, and others do not wait."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._few = asyncio.Semaphore(AT_ONCE)
        self._pens = asyncio.Semaphore(WRITES_AT_ONCE)
        self._locks = Locks()

    async def run(self, conversation: str, *, patient: bool = False) -> None:
        """Works off all that waits in this conversation, in the order of arrival.

        `patient`: nobody sits and waits for it, so a rush does not put more to the bot than it can answer.
        """
        if patient:
            async with self._few:
                await self.run(conversation)
            return
        async with self._locks.alone(conversation):
            while (seq := await self.line.off_loop(self._next, conversation)) is not None:
                try:
                    await self._one(seq)
                except Exception:
                    await self.line.off_loop(self._stumbled, seq)
                    raise

    async def keep_working(self) -> None:
        """At the start and every few seconds: what an earlier process, or a moment without database, left.

        The bot may still be loading at the start; a short wait for it spares people an empty answer.
        """
        end = time.monotonic() + WAITS_FOR_BOT
        while time.monotonic() < end and not await self.line.bot.healthy():
            await asyncio.sleep(0.5)
        while True:
            try:
                await self.run_all()
            except SQLAlchemyError as trouble:
                log.error("inbox not readable: %s", type(trouble).__name__)
            await asyncio.sleep(LOOKS_EVERY)

    async def run_all(self) -> None:
        """All conversations in which something waits, a few at a time."""

        async def one(conversation: str) -> None:
            try:
                await self.run(conversation, patient=True)
            except Exception as trouble:
                log.error("turn put off: %s", type(trouble).__name__)

        await asyncio.gather(*map(one, await self.line.off_loop(self._waiting)))

    def answer(self, seq: int) -> Done:
        """What was answered to one thing that came in, as the chat shows it."""
        with self.line.db.read() as session:
            inbound = Inbox(session).get(seq)
            if inbound is None:
                raise KeyError(seq)
            conversations = Conversations(session)
            row = conversations.row(inbound.conversation)
            shown = [self.line.shown(one) for one in conversations.replies(seq)]
            return Done(shown, row.state if row else "closed")

    def _waiting(self) -> list[str]:
        with self.line.db.read() as session:
            return list(Inbox(session).waiting())

    def _next(self, conversation: str) -> int | None:
        with self.line.db.read() as session:
            return Inbox(session).next(conversation)

    async def _one(self, seq: int) -> None:
        turn = await self.line.off_loop(self._begin, seq)
        outcome = await self._resolve(turn)
        async with self._pens:
            done = await self.line.off_loop(self._finish, turn, outcome)
        for message in done.messages:
            self.line.push(turn.conversation, message)
        if done.state != turn.row.state:
            self.line.push(turn.conversation, {"state": done.state})
        self.line.wake_sender.set()

    def _begin(self, seq: int) -> _Turn:
        """Looks at the turn; the language changes here already, for the bot's actions read it."""
        with self.line.db.read() as session:
            inbound, row = Inbox(session).turn(seq)
            conversations = Conversations(session)
            last = conversations.last_said(row.id)
            if inbound.kind == "text" and row.state == "bot":
                text = str(inbound.body.get("text") or "")
                first = not (row.story or {}).get("own_words")
                language = front.language_heard(row, text, first)
                if language:
                    self._switch(row.id, language)
                    set_committed_value(row, "language", language)
            way = front.way(row, inbound, last, self.line.clock.today())
            if inbound.body.get("fresh"):
                operator = self.line.settings.operator
                way = front.with_hello(way, Say("utter_sms_hello", {"operator": fact(operator, operator)}))
            missed = front.in_vain(row)
            return _Turn(
                seq, row.id, channel_of(row), row.language, missed, way, row, inbound.attempts >= TRIES
            )

    def _switch(self, conversation: str, language: str) -> None:
        with self.line.db.work() as session:
            session.get_one(Conversation, conversation).language = language

    def _stumbled(self, seq: int) -> None:
        with self.line.db.work() as session:
            session.get_one(Inbound, seq).attempts += 1

    async def _resolve(self, turn: _Turn) -> Outcome:
        way = turn.way
        if turn.hopeless:
            return await self._without_more_tries(turn)
        if isinstance(way, ToBot):
            way = await self._ask_bot(turn, way)
        if isinstance(way, Outcome) and way.missed:
            way = kept.misheard(turn.missed + 1)
        if isinstance(way, ToPerson):
            return await self.line.off_loop(to_person, self.line, turn.conversation, turn.channel, way)
        return Outcome() if isinstance(way, ToAgent | ToBot) else way

    async def _without_more_tries(self, turn: _Turn) -> Outcome:
        """A turn that failed again and again: the door alone, which still hears danger and the wish for a person."""
        way = await unanswered(self.line.ear, turn.row, turn.way) if isinstance(turn.way, ToBot) else turn.way
        if isinstance(way, ToPerson):
            return await self.line.off_loop(to_person, self.line, turn.conversation, turn.channel, way)
        if isinstance(way, ToAgent):
            return Outcome()
        return Outcome(says=(Say("utter_degraded_again"),), choices=("person",), failed=True)

    async def _ask_bot(self, turn: _Turn, asked: ToBot) -> Way:
        request: dict[str, Any] = {
            # The name of the turn is that of what came in, so that the bot does not act twice on it either.
            "turn": f"{turn.conversation}.{turn.seq}",
            "conversation": turn.conversation,
            "channel": turn.channel,
            "language": turn.language,
            "today": self.line.clock.today().isoformat(),
        }
        request |= {"text": asked.text} if asked.intent is None else {
            "intent": asked.intent, "entities": asked.entities
        }  # fmt: skip
        self.line.push(turn.conversation, {"typing": True})
        try:
            reply = await self.line.bot.turn(request)
        except BotDown:
            TURNS.labels(turn.channel, "bot_down").inc()
            return await unanswered(self.line.ear, turn.row, asked)
        TURNS.labels(turn.channel, "answered").inc()
        return Outcome.of_bot(reply).after(*asked.first)

    def _finish(self, turn: _Turn, outcome: Outcome) -> Done:
        """Reply, texts to send and the mark that it is done: all of it or nothing."""
        now = self.line.clock.now()
        with self.line.db.work() as session:
            inbound, row = Inbox(session).turn(turn.seq, mine=True)
            conversations = Conversations(session)
            if inbound.done_at is not None:
                return Done([], row.state)
            if outcome.repeats:
                again = kept.again(conversations, row).after(*outcome.says)
                outcome = replace(again, wrong_key=outcome.wrong_key)
            row.language = outcome.language or row.language
            row.failures = row.failures + 1 if outcome.failed else 0
            row.held = kept.held(row, outcome)
            if isinstance(turn.way, ToPerson | ToAgent) or outcome.failed:
                kept.remember(row, str(inbound.body.get("text") or ""))
            messages = []
            outcome = with_pin(self.line, session, row, with_sheet(self.line, session, row, outcome))
            if outcome.says:
                worded, rest = speak.in_parts(self.line, speak.word(self.line, outcome, row), row)
                row.held = {**(row.held or {}), "more": rest} if rest else row.held
                messages = [self.line.shown(speak.keep(self.line, session, row, worded, inbound.seq, now))]
            self._follow_up(session, row, outcome, now)
            inbound.done_at = now
            return Done(messages, row.state)

    def _follow_up(self, session: Session, row: Conversation, outcome: Outcome, now: Any) -> None:
        if outcome.turned_to == "queue" and row.state == "bot":
            Conversations(session).move(row.id, "queue", now)
        if outcome.turned_to == "queue":
            ask_for_person(self.line, session, row, now)
        if outcome.intent == "opt_out":
            kept.nothing_more(session, row, now)
