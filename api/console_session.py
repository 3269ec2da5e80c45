"""Who is at the console: the cookie, the token every change must carry, and how long they last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from sqlalchemy.orm import Session

from api.guard import caller_of, same_origin
from api.line import Line
from api.problems import Problem
from api.tasks import keep_in_step
from desk.queue import PRESENCES
from store.agents import LONGEST, OFTEN, AgentStore, csrf_fits, csrf_token, password_fits
from store.audit import AuditStore
from store.errors import NoSuchHandoff, NotPossible, TakenByAnother, TooBusy
from store.handoff_work import HandoffWork
from store.tables.agents import AgentRow
from store.tables.handoffs import HandoffRow

COOKIE = "acs_console"
CHANGES = ("POST", "PUT", "DELETE", "PATCH")


@dataclass(frozen=True)
class SignedIn:
    """An agent, on one request."""

    agent: AgentRow
    token: str
    line: Line


def line_of(request: Request) -> Line:
    """The line this process runs."""
    line: Line = request.app.state.line
    return line


def only_ours(request: Request) -> None:
    """A browser may change something from our own pages alone."""
    line = line_of(request)
    if not same_origin(request.headers.get("origin"), request.headers.get("host"), line.settings):
        raise Problem(403, "This did not come from the agent desk.", "Open the agent desk and try again.")


def signed_in(active: bool | None = None) -> Callable[[Request], SignedIn]:
    """A dependency: 401 without a session, 403 without its token. `active` counts against being idle."""

    def who(request: Request) -> SignedIn:
        line, token = line_of(request), request.cookies.get(COOKIE, "")
        changes = request.method in CHANGES
        with line.db.read() as session:
            agent = AgentStore(session, line.clock).signed_in(token) if token else None
        if agent is None:
            _forget(line, token)
            raise Problem(401, "You are not signed in.", "Sign in again. What you typed is kept.")
        if changes:
            only_ours(request)
            if not csrf_fits(token, request.headers.get("x-csrf-token")):
                raise Problem(403, "This page is out of date.", "Reload the page and try again.")
        _touch(line, agent, token, changes if active is None else active)
        return SignedIn(agent, token, line)

    return who


def _forget(line: Line, token: str) -> None:
    if token:
        with line.db.work() as session:
            AgentStore(session, line.clock).forget(token)


def _touch(line: Line, agent: AgentRow, token: str, active: bool) -> None:
    if active or agent.last_seen is None or line.clock.now() - agent.last_seen > OFTEN:
        with line.db.work() as session:
            AgentStore(session, line.clock).touch(token, active=active)


Agent = Annotated[SignedIn, Depends(signed_in())]
"""Any signed-in agent; a change counts as being active."""
Reading = Annotated[SignedIn, Depends(signed_in(active=True))]
"""Opening something counts as being active as well."""
Present = Annotated[SignedIn, Depends(signed_in(active=False))]
"""A screen that merely shows it is there."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns what the store says into a problem with its next step."""
    try:
        yield
    except NoSuchHandoff as error:
        raise Problem(404, "This conversation is not here any more.", error.next_step) from error
    except (NotPossible, TakenByAnother) as error:
        raise Problem(409, str(error.args[0]), error.next_step) from error


def open_session(request: Request, response: Response, username: str, password: str) -> dict[str, Any]:
    """Signs in. The same words and the same time whether the name exists or not."""
    line, address = line_of(request), caller_of(request.scope)
    only_ours(request)
    with line.db.work() as session:
        store = AgentStore(session, line.clock)
        allowed, kept = store.may_try(username, address), store.kept_hash(username)
    if not allowed:
        raise Problem(429, "Too many tries.", "Wait 15 minutes, or ask a supervisor for a new password.")
    try:
        fits = password_fits(password, kept)
    except TooBusy as error:
        raise Problem(503, "Many are signing in at this moment.", error.next_step) from error
    with line.db.work() as session:
        event = "signed_in" if fits else "sign_in_failed"
        agent = session.get(AgentRow, username)
        # A name nobody has may be a password in the wrong field; it is not written down.
        actor = agent.name if agent else "unknown"
        AuditStore(session).record(event, actor, line.clock.now(), ground=f"from {address}")
        token = AgentStore(session, line.clock).sign_in(username, address) if fits else ""
    if not fits or agent is None:
        raise Problem(401, "The name or the password is not right.", "Check both and try again.")
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/console",
        httponly=True,
        samesite="strict",
        secure=line.settings.public_url.startswith("https://"),
    )
    return about(agent, token)


def about(agent: AgentRow, token: str) -> dict[str, Any]:
    """What the page keeps of a session."""
    return {
        "csrf_token": csrf_token(token),
        "agent": {"name": agent.name, "role": agent.role},
        "presence": agent.presence,
    }


def close_session(who: SignedIn, response: Response) -> None:
    """Signs out at once; callers with this agent go back to the head of the line."""
    with who.line.db.work() as session, _callers_go_back(who, session):
        AgentStore(session, who.line.clock).sign_out(who.token)
        AuditStore(session).record("signed_out", who.agent.name, who.line.clock.now())
    response.delete_cookie(COOKIE, path="/console")


def set_presence(who: SignedIn, state: str) -> dict[str, Any]:
    """Available, in wrap-up, on a break or offline."""
    if state not in PRESENCES:
        raise Problem(422, "There is no such presence.", f"Use one of {', '.join(PRESENCES)}.")
    with who.line.db.work() as session, _callers_go_back(who, session):
        AgentStore(session, who.line.clock).presence(who.agent.name, state)
    return {"state": state}


@contextmanager
def _callers_go_back(who: SignedIn, session: Session) -> Iterator[None]:
    """Callers an agent leaves behind are in line again, at Twilio too."""
    had = HandoffWork(session, who.line.clock).listed_ids("active", who.agent.name)
    yield
    for handoff in had:
        row = session.get_one(HandoffRow, handoff)
        if row.state != "active":
            keep_in_step(who.line, session, row, lost="back")
    who.line.wake()


def beat(who: SignedIn, active: bool) -> dict[str, Any]:
    """The screen is there. With a caller on the line the agent is at work, however still the keyboard is."""
    with who.line.db.work() as session:
        with_me = HandoffWork(session, who.line.clock).listed_ids("active", who.agent.name)
        AgentStore(session, who.line.clock).touch(who.token, active=active or bool(with_me))
    return {"presence": who.agent.presence, "active": with_me}
