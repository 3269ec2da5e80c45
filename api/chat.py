"""The web chat: open a conversation, send words or a choice, read on, end it."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.guard import caller_of
from api.identify import Proof, own_turn, prove
from api.intake import Accepted, TooManyWaiting, accept
from api.line import Line
from api.outcome import Outcome
from api.problems import Problem
from api.speak import keep, word
from api.tasks import cancel
from api.turns import Turns
from desk.answer import Say, text
from desk.choices import MENU
from store.conversations import Conversations, new_token
from store.inbox import Inbox
from store.tables.conversations import Conversation

log = logging.getLogger(__name__)
router = APIRouter(prefix="/chat", tags=["web chat"])

ANSWERED_WITHIN = 4.5
"""Seconds a browser waits for the answer to a message; asked again under the same id, it gets it then."""
BUSY = (
    "Very many people are writing to us at this moment, so nothing was taken in.",
    "Try again in a moment.",
)
LATE = ("Your message is kept, and the answer takes longer than usual.", "Send it again in a moment.")


class Opening(BaseModel):
    """What a browser says when it comes."""

    model_config = ConfigDict(extra="ignore")
    language: str = "en"


class Posted(BaseModel):
    """Words or a choice, under an id the browser made once."""

    model_config = ConfigDict(extra="ignore")
    id: Annotated[str, Field(min_length=1, max_length=64)]
    text: str | None = None
    choice: Annotated[str, Field(max_length=64)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Posted:
        if (self.text is None) == (self.choice is None):
            raise ValueError("either text or choice")
        return self


class ShownMessage(BaseModel):
    """One line of the conversation."""

    model_config = ConfigDict(extra="allow")
    id: str
    at: str
    text: str
    language: str
    choices: list[dict[str, str]] = []
    secure_form: dict[str, Any] | None = None
    sources: list[str] = []


def line_of(request: Request) -> Line:
    """The line this application serves."""
    line: Line = request.app.state.line
    return line


def turns_of(request: Request) -> Turns:
    """The worker of this application."""
    turns: Turns = request.app.state.turns
    return turns


TheLine = Annotated[Line, Depends(line_of)]
TheTurns = Annotated[Turns, Depends(turns_of)]


def token_in(authorization: Annotated[str | None, Header()] = None) -> str:
    """The token of the Authorization header; 401 without."""
    kind, _, token = (authorization or "").partition(" ")
    if kind.lower() != "bearer" or not token or len(token) > 200:
        raise Problem(401)
    return token.strip()


Token = Annotated[str, Depends(token_in)]


def opened(line: Line, session: Any, conversation: str, token: str) -> Conversation:
    """The conversation this token opens; 401 otherwise, whether it exists or not."""
    row = Conversations(session).by_token(conversation, token, line.clock.now())
    if row is None:
        raise Problem(401)
    return row


def used(line: Line, conversation: str, token: str) -> None:
    """Where a door only looked: the newest token was used, so the one before it dies."""
    with line.db.work() as session:
        row = Conversations(session).row(conversation)
        if row is not None:
            Conversations(session).arrived(row, token)


@router.post("/conversations", status_code=201, summary="Anyone: begin a conversation")
async def begin(request: Request, line: TheLine, opening: Opening | None = None) -> dict[str, Any]:
    """A new conversation, its token (shown once) and the greeting."""
    if not line.openings.allows(caller_of(request.scope)):
        raise Problem(429)
    language = "es" if opening and opening.language.lower().startswith("es") else "en"
    return await line.off_loop(_begin, line, language)


def _begin(line: Line, language: str) -> dict[str, Any]:
    token, now = new_token(), line.clock.now()
    with line.db.work() as session:
        row = Conversations(session).open("chat", language, now, token=token)
        hello = keep(line, session, row, word(line, greeting(line), row), None, now)
        return {"conversation": row.id, "token": token, "messages": [line.shown(hello)], "state": row.state}


def greeting(line: Line) -> Outcome:
    """Who speaks: a machine, whose, that a person is there, and whether this is a demonstration."""
    says = [Say("utter_greeting", {"operator": text(line.settings.operator, line.settings.operator)})]
    if line.settings.demo:
        says.append(Say("utter_demo_notice"))
    return Outcome(says=tuple(says), choices=MENU)


@router.post("/conversations/{conversation}/messages", summary="The holder of the token: say something")
async def post(
    request: Request, conversation: str, posted: Posted, token: Token, line: TheLine, turns: TheTurns
) -> dict[str, Any]:
    """Kept first, then answered. The same id again gets the same answer and does nothing twice."""
    if not line.posts.allows(caller_of(request.scope)):
        raise Problem(429)
    with line.crowd.place() as inside:
        if not inside:
            raise Problem(503, *BUSY)
        try:
            accepted = await line.door.take_in(
                lambda session: _accept(line, session, conversation, token, posted)
            )
        except TooManyWaiting:
            raise Problem(429) from None
        if accepted.new and accepted.shown:
            line.push(conversation, {**accepted.shown, "client_id": posted.id})
        # The turn goes on by itself, should the browser not wait for it, or it take too long.
        running = asyncio.ensure_future(turns.run(conversation))
        running.add_done_callback(_looked_at)
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                await asyncio.shield(running)
        except TimeoutError:
            raise Problem(503, *LATE) from None
        done = await line.off_loop(turns.answer, accepted.seq)
        return {"messages": done.messages, "state": done.state}


def _looked_at(running: asyncio.Future[None]) -> None:
    """A turn nobody waits for any more may have failed; it is taken up again by itself."""
    if not running.cancelled() and running.exception() is not None:
        log.warning("turn of a chat put off: %s", type(running.exception()).__name__)


def _accept(line: Line, session: Any, conversation: str, token: str, posted: Posted) -> Accepted:
    kind: Literal["choice", "text"] = "choice" if posted.choice is not None else "text"
    body = {"choice": posted.choice} if posted.choice is not None else {"text": posted.text}
    row = opened(line, session, conversation, token)
    Conversations(session).arrived(row, token)
    known = Inbox(session).find("chat", f"{row.id}:{posted.id}")
    if known is not None:
        return Accepted(known, row.id, False)
    if row.state == "closed":
        raise Problem(410)
    body = {**body, "client_id": posted.id}
    return accept(line, session, row, "chat", f"{row.id}:{posted.id}", kind, body)


@router.get("/conversations/{conversation}/messages", summary="The holder of the token: read on")
def read(conversation: str, token: Token, line: TheLine, after: str | None = None) -> dict[str, Any]:
    """All messages, or those after one that is known; after a reload or a lost network."""
    with line.db.read() as session:
        row = opened(line, session, conversation, token)
        found = Conversations(session).transcript(conversation, after)
        answer = {"messages": [_with_client_id(line, session, one) for one in found], "state": row.state}
        two_tokens = row.token_before is not None
    if two_tokens:
        used(line, conversation, token)
    return answer


def _with_client_id(line: Line, session: Any, message: Any) -> dict[str, Any]:
    shown = line.shown(message)
    inbound = Inbox(session).get(message.inbound) if message.sender == "you" and message.inbound else None
    return (
        {**shown, "client_id": inbound.body["client_id"]}
        if inbound and "client_id" in inbound.body
        else shown
    )


@router.post("/conversations/{conversation}/identity", summary="The holder of the token: prove who you are")
async def identity(
    request: Request, conversation: str, proof: Proof, token: Token, line: TheLine, turns: TheTurns
) -> dict[str, Any]:
    """These digits go to the check and nowhere else. After a proof the question asked before is answered."""
    address = caller_of(request.scope)

    def check() -> Any:
        with line.db.work() as session:
            row = opened(line, session, conversation, token)
            Conversations(session).arrived(row, token)
            return prove(line, session, row, proof, f"ip:{address}", own_turn())

    result = await line.off_loop(check)
    if result.seq is not None:
        await asyncio.shield(asyncio.ensure_future(turns.run(conversation)))
        messages = (await line.off_loop(turns.answer, result.seq)).messages
    else:
        messages = result.messages
        for message in messages:
            line.push(conversation, message)
    if result.limited:
        raise Problem(429, verified=False, messages=messages)
    return {
        "verified": result.verified,
        "messages": messages,
        **({"token": result.token} if result.token else {}),
    }


@router.post("/conversations/{conversation}/end", summary="The holder of the token: end it")
def end(conversation: str, token: Token, line: TheLine) -> dict[str, Any]:
    """Closes the conversation. Ending it twice changes nothing."""
    now = line.clock.now()
    with line.db.work() as session:
        row = opened(line, session, conversation, token)
        messages = []
        if row.state != "closed":
            cancel(line, session, row)
            said = keep(line, session, row, word(line, Outcome(says=(Say("utter_ended"),)), row), None, now)
            messages = [line.shown(said)]
    line.push(conversation, {"state": "closed"})
    return {"messages": messages, "state": "closed"}
