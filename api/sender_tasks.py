"""What the outbox does at TaskRouter: make a task, end it, take a call for an agent. Each may be done again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from api.line import Line
from api.tasks import wanted
from channels.errors import NotReached
from store.tables.outbox import Outbound

KINDS = {"task", "task_cancel", "call_take"}
TALKING = {"assigned", "wrapping"}


def make(line: Line, payload: dict[str, Any], unsure: bool) -> str:
    """Makes the task if the person still waits. Looks again afterwards: an agent may have been as quick."""
    key = payload["handoff_key"]
    found = line.phones.find_task(key) if unsure else None
    sid = str(found.sid) if found else ""
    if not sid and _wanted(line, key):
        sid = str(line.phones.create_task(payload, priority=int(payload.get("priority") or 0)))
    if sid and not _wanted(line, key):
        line.phones.cancel_task(sid, reason="no longer waiting")
    return sid


def end(line: Line, payload: dict[str, Any]) -> str:
    """Ends a task. `taken`: only while no agent at Twilio has it. `answered`: only if one has. `over`: anyway."""
    key, how = payload["handoff_key"], payload.get("how") or "over"
    found = line.phones.find_task(key)
    # A new task cannot be found by its attributes at once; its name is known from the making of it.
    sid, status = (str(found.sid), str(found.status)) if found else (_made(line, key), "pending")
    if not sid:
        return ""
    if status not in TALKING and how != "answered":
        line.phones.cancel_task(sid, reason="the person no longer waits")
    elif status in TALKING and how != "taken":
        line.phones.complete_task(sid, reason="done")
    return sid


def take_call(line: Line, payload: dict[str, Any]) -> str:
    """An agent took a call in the console: nobody else is to be rung for it.

    In a plain queue nobody is; a call that Twilio has put through already stays as it is.
    """
    if not line.workspace.ready:
        return ""
    found = line.phones.find_task(payload["handoff_key"])
    if found and found.status == "reserved":
        raise NotReached("A telephone rings at this moment.", retryable=True)
    if found and found.status == "pending":
        line.phones.redirect_call(payload["call_sid"], url=payload["url"])
    return str(payload["call_sid"])


def talking(line: Line, payload: dict[str, Any]) -> bool:
    """Whether Twilio has put this call through to somebody."""
    if not line.workspace.ready:
        return False
    found = line.phones.find_task(payload["handoff_key"])
    return bool(found) and found.status in TALKING


def _wanted(line: Line, key: str) -> bool:
    with line.db.read() as session:
        return wanted(session, key)


def _made(line: Line, key: str) -> str:
    with line.db.read() as session:
        return session.scalar(select(Outbound.sid).where(Outbound.key == f"task:{key}")) or ""
