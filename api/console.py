"""The agents' console: sign in, see who waits, take a caller with the whole story, hand on or complete."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api import console_cards as cards
from api.callbacks import promised_by_agent
from api.console_session import (
    Agent,
    Present,
    Reading,
    SignedIn,
    about,
    beat,
    close_session,
    line_of,
    open_session,
    set_presence,
    told_plainly,
)
from api.tasks import keep_in_step
from api.templates.render import page
from desk.answer import Say
from store.handoff_queues import queues
from store.handoff_rows import standing
from store.handoff_work import HandoffWork
from store.tables.handoffs import HandoffRow

router = APIRouter(tags=["agent console"])
API = "/console/api"
ONE = f"{API}/handoffs/{{handoff}}"

State = Literal["waiting", "reserved", "active", "closed"]
Note = Annotated[str, Field(max_length=8000)]


class Strict(BaseModel):
    """Unknown keys are a mistake worth telling."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Strict):
    username: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class Presence(Strict):
    state: Annotated[str, Field(max_length=20)]


class Beat(Strict):
    active: bool = False


class Words(Strict):
    text: Annotated[str, Field(min_length=1, max_length=1600)]


class Draft(Strict):
    note: Note


class Transfer(Strict):
    queue: Annotated[str, Field(max_length=20)]
    note: Note = ""


class Callback(Strict):
    at: AwareDatetime


class Pin(Strict):
    digits: Annotated[str, Field(min_length=1, max_length=20)]


class Completion(Strict):
    disposition: Annotated[str, Field(max_length=40)]
    note: Note


@router.get("/console", response_class=HTMLResponse, summary="Anyone: the page agents sign in on")
def console(request: Request) -> str:
    """The page; everything on it comes by the routes below."""
    settings = line_of(request).settings
    shown: str = page("console.html", "en", operator=settings.operator, demo=settings.demo)
    return shown


@router.post(f"{API}/session", summary="Anyone: sign in")
def sign_in(given: Credentials, request: Request, response: Response) -> dict[str, Any]:
    """Sets the session cookie; returns the token every change must carry as X-CSRF-Token."""
    return open_session(request, response, given.username, given.password)


@router.get(f"{API}/session", summary="Agents: who am I")
def session(who: Present) -> dict[str, Any]:
    """After a reload of the page."""
    return about(who.agent, who.token)


@router.delete(f"{API}/session", status_code=204, summary="Agents: sign out")
def sign_out(who: Agent, response: Response) -> None:
    """The session ends at once."""
    close_session(who, response)


@router.post(f"{API}/presence", summary="Agents: available, wrap_up, break or offline")
def presence(given: Presence, who: Agent) -> dict[str, Any]:
    """Only who is available is offered callers."""
    return set_presence(who, given.state)


@router.post(f"{API}/heartbeat", summary="Agents: my screen is still here, every ten seconds")
def heartbeat(who: Present, given: Beat | None = None) -> dict[str, Any]:
    """`active` tells that somebody moved a hand since the last one; without it, idle time runs on."""
    return beat(who, given.active if given else False)


@router.get(f"{API}/queues", summary="Agents: how the queues stand")
def board(who: Present) -> dict[str, Any]:
    """Per queue: waiting, longest wait, agents available, service level, expected wait as a range."""
    with who.line.db.read() as session:
        return {"queues": queues(session, who.line.clock)}


@router.get(f"{API}/handoffs", summary="Agents: hand-offs of a state that are theirs to see")
def handoffs(who: Present, state: Annotated[State, Query()] = "waiting") -> dict[str, Any]:
    """A supervisor sees all; nobody sees a name before the card is opened."""
    with who.line.db.read() as session:
        rows = HandoffWork(session, who.line.clock).listed(state, who.agent)
        return {"handoffs": [cards.summary(session, row) for row in rows]}


@router.get(ONE, summary="Agents: the card of a hand-off of theirs")
def card(handoff: str, who: Reading) -> dict[str, Any]:
    """The whole story. Every view leaves a row in the audit trail."""
    return cards.card(who, handoff)


@router.post(f"{ONE}/accept", summary="Agents: take the caller; exactly one agent wins")
def accept(handoff: str, who: Agent) -> dict[str, Any]:
    """409 when another agent was faster."""
    _do(who, handoff, lambda work: work.accept(handoff, who.agent.name), push="agent", taking=True)
    card = cards.card(who, handoff)
    if card["channel"] != "voice":
        who.line.told(card["conversation"], Say("utter_person_joined"))
    return card


@router.post(f"{ONE}/decline", summary="Agents: pass; the next agent is asked")
def decline(handoff: str, who: Agent) -> dict[str, Any]:
    """Only what waits, or rings this agent."""
    return _do(who, handoff, lambda work: work.decline(handoff, who.agent.name))


@router.get(f"{ONE}/messages", summary="Agents: the conversation, or what is new in it")
def messages(
    handoff: str, who: Present, after: Annotated[str | None, Query(max_length=64)] = None
) -> dict[str, Any]:
    """In order; `after` is the id of the last message that is already there."""
    return cards.messages(who, handoff, after)


@router.post(f"{ONE}/messages", summary="Agents: answer the caller they have")
def answer(
    handoff: str,
    given: Words,
    who: Agent,
    idempotency_key: Annotated[str | None, Header(max_length=64)] = None,
) -> dict[str, Any]:
    """The same Idempotency-Key again sends nothing twice."""
    return cards.say(who, handoff, given.text, idempotency_key)


@router.put(f"{ONE}/draft", summary="Agents: keep the note as it is typed")
def draft(handoff: str, given: Draft, who: Agent) -> dict[str, Any]:
    """It is there again after a reload, and for whoever gets the caller next."""
    with told_plainly(), who.line.db.work() as session:
        HandoffWork(session, who.line.clock).draft(handoff, who.agent.name, given.note)
    return {"kept": True}


@router.post(f"{ONE}/transfer", summary="Agents: send the caller they have to another queue")
def transfer(handoff: str, given: Transfer, who: Agent) -> dict[str, Any]:
    """The story goes along; the caller explains nothing twice."""
    name = who.agent.name
    return _do(who, handoff, lambda work: work.transfer(handoff, name, given.queue, given.note), push="queue")


@router.post(f"{ONE}/pin", summary="Agents: is this the transfer PIN the caller was given")
def pin(handoff: str, given: Pin, who: Agent) -> dict[str, Any]:
    """Three tries; whether it was right stands in the audit trail. 409 where none was given, or it counts no more."""
    return cards.pin(who, handoff, given.digits)


@router.post(f"{ONE}/callback", summary="Agents: promise a call at a time")
def callback(handoff: str, given: Callback, who: Agent) -> dict[str, Any]:
    """It comes back into the line at that time."""
    at: datetime = given.at

    def promise(work: HandoffWork) -> HandoffRow:
        row = work.callback(handoff, who.agent.name, at)
        promised_by_agent(who.line, work.session, row, at)
        return row

    return _do(who, handoff, promise, push="queue")


@router.post(f"{ONE}/complete", summary="Agents: end it with a note, which goes into the case")
def complete(handoff: str, given: Completion, who: Agent) -> dict[str, Any]:
    """409 without a note."""
    name = who.agent.name
    return _do(
        who, handoff, lambda work: work.complete(handoff, name, given.disposition, given.note), push="closed"
    )


def _do(
    who: SignedIn,
    handoff: str,
    deed: Callable[[HandoffWork], HandoffRow],
    push: str | None = None,
    taking: bool = False,
) -> dict[str, Any]:
    """One deed on a hand-off, noted in the audit trail; then the caller's screen is told."""
    with told_plainly(), who.line.db.work() as session:
        if not taking:
            cards.seen(session, who, handoff, lock=True)
        row = deed(HandoffWork(session, who.line.clock))
        if push:
            keep_in_step(who.line, session, row)
        cards.noted(session, who, row, "handoff_changed", [row.state, row.disposition or row.queue])
        told = {"id": row.id, "queue": row.queue, **standing(row)}
        conversation = row.conversation
    if push:
        who.line.push(conversation, {"state": push})
        who.line.wake()
    return told
