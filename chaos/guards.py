"""The guards of the line, each of which can be taken out of one life of the gateway to see that its goal falls.

`make chaos WHAT=D1 WITHOUT=commit-before-ack`. A check that stays green without its guard proves nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any


def take_out(name: str) -> None:
    """Removes a guard from this process. KeyError names those there are."""
    if name not in GUARDS:
        raise KeyError(f"no guard {name!r}; there are: {', '.join(sorted(GUARDS))}")
    GUARDS[name]()


def _commit_before_ack() -> None:
    """Texts are acknowledged first and kept 50 ms later."""
    import asyncio

    from api import sweep
    from api.door import Door

    take_in = Door.take_in

    async def later(self: Door, work: Callable[..., Any]) -> None:
        async def kept() -> None:
            await asyncio.sleep(0.05)
            await take_in(self, work)

        background.add(asyncio.ensure_future(kept()))

    background: set[Any] = set()

    class TextDoor:
        """Only texts: a chat needs what the door gives back."""

        async def take_in(self, work: Callable[..., Any]) -> Any:
            if "sms" in work.__qualname__:
                return await later(self.real, work)
            return await take_in(self.real, work)

        def __init__(self, real: Door) -> None:
            self.real = real

        def close(self) -> None:
            self.real.close()

    from api.line import Line

    made = Line.__init__

    def init(self: Line, *args: Any, **more: Any) -> None:
        made(self, *args, **more)
        self.door = TextDoor(self.door)  # type: ignore[assignment]

    Line.__init__ = init  # type: ignore[method-assign]
    sweep.keep_sweeping = _nothing  # type: ignore[assignment]


async def _nothing(*_: Any) -> None:
    """Does not sweep."""


def _sweep() -> None:
    """Texts missed while away are not looked for."""
    from api import sweep

    sweep.keep_sweeping = _nothing  # type: ignore[assignment]


def _dedupe() -> None:
    """The same text again counts as a new one."""
    from store.inbox import Inbox

    def find(self: Inbox, source: str, external_id: str) -> None:
        return None

    accept = Inbox.accept

    def again(self: Inbox, source: str, external_id: str, *rest: Any, **more: Any) -> Any:
        import uuid

        return accept(self, source, f"{external_id}:{uuid.uuid4()}", *rest, **more)

    Inbox.find = find  # type: ignore[method-assign, assignment]
    Inbox.accept = again  # type: ignore[method-assign]


def _reconcile() -> None:
    """After an unknown outcome it is sent again without a look."""
    from channels.twilio import Phones

    Phones.find_texts = lambda self, *a, **k: []  # type: ignore[method-assign]
    Phones.find_task = lambda self, *a, **k: None  # type: ignore[method-assign]


def _task_order() -> None:
    """Nobody in line waits until it is known what became of the task of who came before."""
    from api.line import Line

    Line.task_waits = property(lambda self: False, lambda self, value: None)  # type: ignore[assignment]


def _stored_twiml() -> None:
    """The answer of a turn of a call is not kept."""
    from store.voice_turns import VoiceTurns

    VoiceTurns.find = lambda self, *a: None  # type: ignore[method-assign]
    VoiceTurns.keep = lambda self, sid, nonce, twiml, now: twiml  # type: ignore[method-assign]


def _order() -> None:
    """What waits in a conversation is taken in any order."""
    from sqlalchemy import func, select

    from store.inbox import Inbox
    from store.tables.conversations import Inbound

    def following(self: Inbox, conversation: str) -> int | None:
        query = select(Inbound.seq).where(Inbound.conversation == conversation, Inbound.done_at.is_(None))
        return self.session.scalar(query.order_by(func.random()).limit(1))

    Inbox.next = following  # type: ignore[method-assign]


def _deadline() -> None:
    """The bot is waited for."""
    from api import bot

    bot.DEADLINE.update(dict.fromkeys(bot.DEADLINE, 60.0))


def _breaker() -> None:
    """Every turn asks the bot, however often it failed."""
    from api.bot import Breaker

    Breaker.let_through = lambda self: True  # type: ignore[method-assign]


def _look_at_answers() -> None:
    """An answer of nothing is an answer."""
    from api import bot
    from api.outcome import BotReply

    bot.usable = lambda answer, turn: BotReply(heard={}, says=[])  # type: ignore[assignment]


def _one_winner() -> None:
    """Whoever accepts has the caller, whether or not somebody else has."""
    from store import handoff_work
    from store.handoff_rows import locked, to_agent

    def accept(self: Any, handoff: str, agent: str) -> Any:
        row = locked(self.session, handoff)
        to_agent(self.session, row, agent, self.clock.now())
        return row

    handoff_work.HandoffWork.accept = accept  # type: ignore[method-assign, assignment]


def _shedding() -> None:
    """Everybody is let in, however many are inside."""
    from api import crowd

    crowd.Crowd.full = property(lambda self: False)  # type: ignore[assignment, method-assign]


def _intake_first() -> None:
    """A text that came in stands in line behind the turns that are being finished, and has a commit of its own."""
    from api import door, turns
    from store.one_writer import OneWriter

    door.MOST_TOGETHER, turns.WRITES_AT_ONCE = 1, turns.AT_ONCE

    @contextlib.contextmanager
    def intake(self: OneWriter) -> Iterator[Any]:
        with self.work() as session:
            yield session

    OneWriter.intake = intake  # type: ignore[method-assign]


def _graceful_stop() -> None:
    """Asked to end, it ends: what has begun is not waited for."""
    import uvicorn

    run = uvicorn.run

    def at_once(*args: Any, **more: Any) -> None:
        run(*args, **{**more, "timeout_graceful_shutdown": 0})

    uvicorn.run = at_once


def _frame_limits() -> None:
    """A browser may send as much as it likes, as often as it likes."""
    from api import chat_stream
    from wiring import serve_gateway

    chat_stream.LARGEST_FRAME = serve_gateway.LARGEST_FRAME = 2**24
    chat_stream.Rate = lambda *_: type("Any", (), {"allows": lambda *_: True})()  # type: ignore[assignment, misc]


GUARDS: dict[str, Callable[[], None]] = {
    "commit-before-ack": _commit_before_ack,
    "sweep": _sweep,
    "dedupe": _dedupe,
    "reconcile": _reconcile,
    "task-order": _task_order,
    "stored-twiml": _stored_twiml,
    "order": _order,
    "deadline": _deadline,
    "breaker": _breaker,
    "look-at-answers": _look_at_answers,
    "one-winner": _one_winner,
    "shedding": _shedding,
    "intake-first": _intake_first,
    "graceful-stop": _graceful_stop,
    "frame-limits": _frame_limits,
}
