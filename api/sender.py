"""Sends what the outbox holds: in order, and after an unknown outcome only once Twilio was asked."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from api.line import Line
from api.metrics import SENT
from channels.errors import OptedOut, PhonesError, TooMany, UnknownOutcome
from store.opt_outs import OptOuts
from store.outbox import Outbox

log = logging.getLogger(__name__)

LOOKS_EVERY = 1.0
AT_ONCE = 4
GIVES_UP_AFTER = timedelta(hours=24)
BACK = timedelta(seconds=30)
"""How far before the attempt Twilio's own clock may have written it down."""


@dataclass(frozen=True)
class _Job:
    seq: int
    kind: str
    payload: dict[str, Any]
    unsure: bool
    at: datetime


async def keep_sending(line: Line) -> None:
    """Until the end: whenever something is kept for sending, and every second besides."""
    while True:
        line.wake_sender.clear()
        try:
            while line.phones is not None and await send_due(line):
                pass
        except SQLAlchemyError as trouble:
            log.error("outbox not readable: %s", type(trouble).__name__)
        try:
            async with asyncio.timeout(LOOKS_EVERY):
                await line.wake_sender.wait()
        except TimeoutError:
            continue


async def send_due(line: Line) -> int:
    """Sends what is due, a few at a time; gives how many were tried."""
    jobs = await line.off_loop(_take, line)
    for start in range(0, len(jobs), AT_ONCE):
        part = jobs[start : start + AT_ONCE]
        await asyncio.gather(*(line.off_loop(_send, line, job) for job in part))
    return len(jobs)


def _take(line: Line) -> list[_Job]:
    """Marks each as attempted before it is: a crash from here on leaves it to be looked up, not sent again."""
    now = line.clock.now()
    with line.db.read() as session:
        if not Outbox(session).due(now, 1):
            return []
    with line.db.work() as session:
        outbox = Outbox(session)
        jobs = []
        for row in outbox.due(now, 20):
            jobs.append(_Job(row.seq, row.kind, row.payload, row.state == "attempted", row.at))
            outbox.attempt(row)
        return jobs


def _send(line: Line, job: _Job) -> None:
    try:
        sid = _do(line, job)
    except OptedOut:
        _settle(line, job, "opted_out", "the number said STOP")
    except TooMany as busy:
        _settle(line, job, "later", str(busy.code or busy.status), sure=True)
    except UnknownOutcome as unknown:
        _settle(line, job, "later", str(unknown.code or unknown.status), sure=False)
    except PhonesError as refused:
        what = "later" if refused.retryable else "failed"
        _settle(line, job, what, str(refused.code or refused.status), sure=True)
    except Exception as trouble:
        log.error("outbox row %s: %s", job.seq, type(trouble).__name__)
        _settle(line, job, "later", type(trouble).__name__, sure=False)
    else:
        _settle(line, job, "sent", sid)


def _do(line: Line, job: _Job) -> str:
    phones, payload = line.phones, job.payload
    if job.kind == "sms":
        return _text(line, job)
    if job.kind == "task":
        found = phones.find_task(payload["handoff_key"]) if job.unsure else None
        return str(
            found.sid if found else phones.create_task(payload, priority=int(payload.get("priority") or 0))
        )
    if job.kind == "task_cancel":
        found = phones.find_task(payload["handoff_key"])
        if found:
            phones.cancel_task(found.sid, reason="the person has gone")
        return str(found.sid) if found else ""
    if job.kind == "call_redirect":
        phones.redirect_call(payload["call_sid"], url=payload["url"])
        return str(payload["call_sid"])
    raise ValueError(job.kind)


def _text(line: Line, job: _Job) -> str:
    to, body = job.payload["to"], job.payload["body"]
    if not job.payload.get("last_word"):
        with line.db.read() as session:
            if OptOuts(session).has(to):
                raise OptedOut("said STOP meanwhile")
    if job.unsure:
        taken = {one.sid for one in line.phones.find_texts(to, since=job.at - BACK, body=body)}
        with line.db.read() as session:
            left = taken - Outbox(session).known_sids(taken)
        if left:
            return sorted(left)[0]
    return str(line.phones.send_text(to, body, status_callback=f"{line.settings.public_url}/twilio/status"))


def _settle(line: Line, job: _Job, result: str, note: str, *, sure: bool = True) -> None:
    SENT.labels(job.kind, result).inc()
    now = line.clock.now()
    with line.db.work() as session:
        outbox = Outbox(session)
        row = outbox.get(job.seq)
        if row is None:
            return
        if result == "sent":
            outbox.sent(row, note or None)
        elif result == "later" and now - row.at < GIVES_UP_AFTER:
            outbox.later(row, now, sure=sure, why=note)
        else:
            outbox.failed(row, note)
            log.error("outbox row %s (%s) given up: %s", job.seq, job.kind, note)
        if result == "opted_out" and job.kind == "sms":
            OptOuts(session).add(job.payload["to"], now)
