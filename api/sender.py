"""Sends what the outbox holds: in order, and after an unknown outcome only once Twilio was asked."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from api import sender_tasks
from api.line import Line
from api.metrics import SENT
from channels.errors import NotReached, OptedOut, PhonesError, TooMany, UnknownOutcome
from store.opt_outs import OptOuts
from store.outbox import OPEN, Outbox
from store.tables.outbox import Outbound

log = logging.getLogger(__name__)

LOOKS_EVERY = 1.0
AT_ONCE = 4
NEEDS_WORKSPACE = ("task", "task_cancel")
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
    texts = [one for one in jobs if one.kind == "sms"]
    others = [one for one in jobs if one.kind != "sms"]
    # Texts of different people may overtake each other; people in line for an agent may not.
    await asyncio.gather(_send_all(line, texts, AT_ONCE), _send_all(line, others, 1))
    return len(jobs)


async def _send_all(line: Line, jobs: list[_Job], at_once: int) -> None:
    for start in range(0, len(jobs), at_once):
        part = jobs[start : start + at_once]
        results = await asyncio.gather(*(line.off_loop(_send, line, job) for job in part))
        await line.off_loop(_settle, line, results)
        if line.task_waits:
            # Who comes after waits until it is known what became of who came before.
            behind = [one for one in jobs[start + at_once :] if one.kind == "task"]
            jobs = [one for one in jobs if one not in behind]
            await line.off_loop(_settle, line, [_behind(one) for one in behind])


def _take(line: Line) -> list[_Job]:
    """Marks each as attempted before it is: a crash from here on leaves it to be looked up, not sent again."""
    now = line.clock.now()
    if line.workspace.ready and not line.workspace.announced:
        _bring_forward(line, now)
    with line.db.read() as session:
        if not Outbox(session).due(now, 1, first_task_only=line.task_waits):
            return []
    with line.db.work() as session:
        outbox = Outbox(session)
        jobs = []
        for row in outbox.due(now, 20, first_task_only=line.task_waits):
            jobs.append(_Job(row.seq, row.kind, row.payload, row.state == "attempted", row.at))
            outbox.attempt(row)
        return jobs


def _bring_forward(line: Line, now: datetime) -> None:
    """TaskRouter is there now: what waited for it need not wait out its pause."""
    late = (
        Outbound.kind.in_(NEEDS_WORKSPACE), Outbound.next_at > now, Outbound.state.in_(OPEN), Outbound.attempts > 0
    )  # fmt: skip
    with line.db.read() as session:
        some = session.scalar(select(Outbound.seq).where(*late).limit(1)) is not None
    if some:
        with line.db.work() as session:
            Outbox(session).bring_forward(now, NEEDS_WORKSPACE)
    line.workspace.announced = True


@dataclass(frozen=True)
class _Result:
    job: _Job
    what: str
    """sent, later, failed or opted_out."""
    note: str
    sure: bool = True
    """Whether it certainly was not done."""
    away: bool = False
    """Twilio could not be reached, or did not answer."""


def _behind(job: _Job) -> _Result:
    return _Result(job, "later", "behind another", sure=not job.unsure)


def _send(line: Line, job: _Job) -> _Result:
    if job.kind in NEEDS_WORKSPACE and not line.workspace.ready:
        return _Result(job, "later", "TaskRouter not ready", sure=not job.unsure)
    try:
        return _Result(job, "sent", _do(line, job))
    except OptedOut:
        return _Result(job, "opted_out", "the number said STOP")
    except TooMany as busy:
        return _Result(job, "later", str(busy.code or busy.status))
    except UnknownOutcome as unknown:
        return _Result(job, "later", str(unknown.code or unknown.status), sure=False, away=True)
    except PhonesError as refused:
        away = isinstance(refused, NotReached)
        what = "later" if refused.retryable else "failed"
        return _Result(job, what, str(refused.code or refused.status), away=away)
    except Exception as trouble:
        log.error("outbox row %s: %s", job.seq, type(trouble).__name__)
        return _Result(job, "later", type(trouble).__name__, sure=False)


def _do(line: Line, job: _Job) -> str:
    phones, payload = line.phones, job.payload
    if job.kind == "sms":
        return _text(line, job)
    if job.kind == "task":
        return sender_tasks.make(line, payload, job.unsure)
    if job.kind == "task_cancel":
        return sender_tasks.end(line, payload)
    if job.kind == "call":
        return _ring(line, job)
    if job.kind == "call_take":
        return sender_tasks.take_call(line, payload)
    if job.kind == "call_redirect":
        if not payload.get("unless_talking") or not sender_tasks.talking(line, payload):
            phones.redirect_call(payload["call_sid"], url=payload["url"])
        return str(payload["call_sid"])
    raise ValueError(job.kind)


def _ring(line: Line, job: _Job) -> str:
    """Rings somebody; after an unknown outcome only if Twilio knows of no such call."""
    to = job.payload["to"]
    with line.db.read() as session:
        if OptOuts(session).has(to):
            raise OptedOut("said STOP meanwhile")
    if job.unsure:
        made = set(line.phones.find_calls(to, since=job.at - BACK))
        with line.db.read() as session:
            left = made - Outbox(session).known_sids(made)
        if left:
            return sorted(left)[0]
    url = job.payload["url"]
    return str(
        line.phones.place_call(to, url=url, status_callback=f"{line.settings.public_url}/twilio/status")
    )


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


def _settle(line: Line, results: list[_Result]) -> None:
    now = line.clock.now()
    if not results:
        return
    with line.db.work() as session:
        outbox = Outbox(session)
        tasks = [one.what for one in results if one.job.kind == "task"]
        if line.task_waits and "sent" in tasks:
            outbox.bring_forward(now, ("task",))
        line.task_waits = tasks[-1] == "later" if tasks else line.task_waits
        if line.twilio_away and any(one.what == "sent" for one in results):
            # It answers again: nobody need wait out the pause that its silence has cost.
            outbox.bring_forward(now)
            line.twilio_away = False
        line.twilio_away = line.twilio_away or any(one.away for one in results)
        for one in results:
            SENT.labels(one.job.kind, one.what).inc()
            row = outbox.get(one.job.seq)
            if row is None:
                continue
            if one.what == "sent":
                outbox.sent(row, one.note or None)
            elif one.what == "later" and now - row.at < GIVES_UP_AFTER:
                outbox.later(row, now, sure=one.sure, why=one.note)
            else:
                outbox.failed(row, one.note)
                log.error("outbox row %s (%s) given up: %s", row.seq, row.kind, one.note)
            if one.what == "opted_out" and one.job.kind == "sms":
                OptOuts(session).add(one.job.payload["to"], now)
