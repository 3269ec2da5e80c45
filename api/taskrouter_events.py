"""TaskRouter asks what to do with an agent it found, and tells what became of a task. Our own queue is the truth."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from api.chat import TheLine
from api.gate import Signed, TwilioForm
from api.line import Line
from api.people import task_key
from api.tasks import WAITS, by_task, give_up_task, keep_in_step
from desk.answer import Say
from store.audit import AuditStore
from store.errors import StoreError
from store.handoff_rows import locked, moved
from store.handoff_work import HandoffWork
from store.inbox import Inbox
from store.tables.agents import AgentRow
from store.tables.handoffs import HandoffRow

log = logging.getLogger(__name__)
router = APIRouter(prefix="/twilio", tags=["Twilio"])

WITHIN = 2.0
"""Seconds for a look into the database; Twilio waits for five in all."""
NEW_TASKS = 3
"""So many times a task that Twilio gives up is made anew; a workflow that refuses all would never end."""
GIVEN_UP = "The task at Twilio was canceled."


@router.post("/taskrouter/assignment", summary="Twilio, signed: an agent was found for a task")
async def assignment(form: Signed, line: TheLine) -> JSONResponse:
    """A call is put through to the agent's telephone; anything else the agent accepts and opens in the console.

    Whoever is with another agent already, or gone, is not given to a second one. Without the database the
    answer is by what the task says of itself: to be with two agents is better than to be with none.
    """
    task = _object(form.get("TaskAttributes"))
    try:
        async with asyncio.timeout(WITHIN):
            if await line.off_loop(_is_served, line, str(task.get("handoff_key") or "")):
                return JSONResponse({"instruction": "reject"})
    except Exception as trouble:
        log.warning("assignment without the database: %s", type(trouble).__name__)
    if task.get("channel") != "voice" and "call_sid" not in task:
        return JSONResponse({"instruction": "accept"})
    after = line.workspace.wrap_up_sid
    return JSONResponse({"instruction": "dequeue", **({"post_work_activity_sid": after} if after else {})})


@router.post("/taskrouter/events", status_code=204, summary="Twilio, signed: what happens in the queues")
async def events(form: Signed, line: TheLine) -> Response:
    """Each event counts once, in whatever order they come; 503, so that it is sent again, if it cannot be kept."""
    happened = await line.off_loop(_happened, line, form)
    if happened is not None:
        await line.off_loop(_tell, line, happened)
    line.wake()
    return Response(status_code=204)


def _is_served(line: Line, key: str) -> bool:
    with line.db.read() as session:
        row = by_task(session, key) if key else None
        return row is not None and (row.state not in WAITS or task_key(row) != key)


def _plain(name: str) -> str:
    """A name of Twilio's as it may stand in a log: letters and figures, or nothing of it."""
    return name[:64] if name.replace(".", "").replace("-", "").isalnum() else "?"


def _happened(line: Line, form: TwilioForm) -> HandoffRow | None:
    """Does what follows from an event; gives the hand-off if it is an agent's now."""
    kind = form.get("EventType") or ""
    key = str(_object(form.get("TaskAttributes")).get("handoff_key") or "")
    name = form.get("Sid") or form.get("EventSid") or ""
    log.info("taskrouter %s %s", _plain(kind), _plain(form.get("TaskSid", "")))
    if kind not in FOLLOWS or not key or not name:
        return None
    with line.db.work() as session:
        row = by_task(session, key)
        if row is None or not _first_time(line, session, row, name, kind):
            return None
        row = locked(session, row.id)
        if task_key(row) != key:
            # About an earlier stay in line; the task of this one is another.
            return None
        return FOLLOWS[kind](line, session, row, form.get("WorkerName") or "")


def _first_time(line: Line, session: Session, row: HandoffRow, name: str, kind: str) -> bool:
    now = line.clock.now()
    body = {"event": kind}
    seq, fresh = Inbox(session).accept("taskrouter", name[:160], row.conversation, "event", body, now)
    if fresh:
        # Nothing for the dialogue: it is only kept so that it counts once.
        Inbox(session).done(seq, now)
    return fresh


def _accepted(line: Line, session: Session, row: HandoffRow, worker: str) -> HandoffRow | None:
    """The agent Twilio found has said yes: in the console the caller is theirs too, if still waiting."""
    if row.state in WAITS and session.get(AgentRow, worker) is not None:
        try:
            with session.begin_nested():
                taken = HandoffWork(session, line.clock).accept(row.id, worker)
        except StoreError as refused:
            log.warning("reservation not taken over: %s", type(refused).__name__)
            return None
        _note(line, session, taken, worker)
        return taken
    if row.state not in WAITS and row.agent != worker and row.channel != "voice":
        # Another agent was faster in the console: the one Twilio found is free again.
        give_up_task(line, session, row)
    return None


def _passed(line: Line, session: Session, row: HandoffRow, worker: str) -> None:
    """No answer, or a no: the caller waits on with the age they have, and our own queue rings the next."""
    if row.state == "reserved" and row.reserved_for == worker:
        HandoffWork(session, line.clock).decline(row.id, worker)


def _canceled(line: Line, session: Session, row: HandoffRow, worker: str) -> None:
    """Twilio gave the task up, not we: whoever still waits gets a new one, a few times."""
    given_up = sum(one.get("note") == GIVEN_UP for one in row.moves)
    if row.state in WAITS and row.callback_at is None and given_up < NEW_TASKS:
        moved(row, "ACS Line", row.queue, GIVEN_UP, line.clock.now())
        session.flush()
        keep_in_step(line, session, row, lost="still")


FOLLOWS: dict[str, Any] = {
    "reservation.accepted": _accepted,
    "reservation.timeout": _passed,
    "reservation.rejected": _passed,
    "reservation.canceled": _passed,
    "reservation.rescinded": _passed,
    "task.canceled": _canceled,
}


def _note(line: Line, session: Session, row: HandoffRow, worker: str) -> None:
    AuditStore(session).record(
        "handoff_changed",
        worker,
        line.clock.now(),
        conversation=row.conversation,
        taxpayer=row.taxpayer,
        what=[row.state, row.queue],
        ground=f"hand-off {row.id} accepted at Twilio",
    )


def _tell(line: Line, row: HandoffRow) -> None:
    line.push(row.conversation, {"state": "agent"})
    if row.channel != "voice":
        line.told(row.conversation, Say("utter_person_joined"))


def _object(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
