"""What Twilio tells besides: how calls and texts ended, and the last resort; and the watch over our queues."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.chat import TheLine
from api.gate import EMPTY, Signed, TwilioForm, twiml
from api.line import Line
from api.metrics import LONG_WAITS, UNANSWERED
from api.record_link import after_call
from api.tasks import CALL_OVER, cancel, keep_in_step
from channels import voice
from desk.answer import Say
from store.conversations import Conversations
from store.handoff_sweep import Happened, sweep
from store.opt_outs import OptOuts
from store.outbox import Outbox
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow

log = logging.getLogger(__name__)
router = APIRouter(prefix="/twilio", tags=["Twilio"])

CALL_ORDER = ["queued", "initiated", "ringing", "in-progress"]
WATCHES_EVERY = 2.0
SAID_STOP = "21610"
NEAR_A_DAY = timedelta(hours=24) * 0.8
"""80 % of what Twilio keeps a task for."""


@router.post("/status", status_code=204, summary="Twilio, signed: how a call or a text is going")
async def status(form: Signed, line: TheLine) -> Response:
    """Late and repeated reports move nothing backwards."""
    await line.door.take_in(lambda session: _status(line, session, form))
    line.wake()
    return Response(status_code=204)


def _status(line: Line, session: Session, form: TwilioForm) -> None:
    if form.get("MessageStatus"):
        Outbox(session).status(form.get("MessageSid") or form.get("SmsSid") or "", form["MessageStatus"])
        if form.get("ErrorCode") == SAID_STOP and form.get("To"):
            OptOuts(session).add(form["To"], line.clock.now())
        return
    row = Conversations(session).by_call(form.get("CallSid") or "")
    if row is not None:
        _call(line, session, row, form.get("CallStatus") or "")


def _call(line: Line, session: Any, row: Conversation, now_is: str) -> None:
    if row.call_status in CALL_OVER:
        return
    if now_is in CALL_OVER:
        row.call_status = now_is
        row.held = None
        cancel(line, session, row)
        after_call(line, session, row)
    elif now_is in CALL_ORDER:
        known = CALL_ORDER.index(row.call_status) if row.call_status in CALL_ORDER else -1
        row.call_status = CALL_ORDER[max(known, CALL_ORDER.index(now_is))]


@router.post("/fallback", summary="Twilio, signed: the last resort")
async def fallback(form: Signed, request: Request) -> Response:
    """Needs neither the database nor the bot: a caller goes to a person; a text is taken in by the sweep."""
    if form.get("MessageSid") or form.get("SmsSid"):
        return twiml(EMPTY)
    line: Line = request.app.state.line
    return twiml(voice.fallback(workflow_sid=line.workspace.line_sid))


async def keep_watch(line: Line) -> None:
    """Until the end: reservations that ran out, agents who are gone, callers who are offered to the next."""
    while True:
        try:
            for one in await line.off_loop(_sweep, line):
                await line.off_loop(_tell, line, one)
        except SQLAlchemyError as trouble:
            log.warning("queues not looked at: %s", type(trouble).__name__)
        except Exception as trouble:
            log.error("queues: %s", type(trouble).__name__)
        await asyncio.sleep(WATCHES_EVERY)


def _sweep(line: Line) -> list[Happened]:
    with line.db.work() as session:
        happened = sweep(session, line.clock)
        _near_a_day(session, line.clock.now())
        for one in happened:
            if one.kind == "returned":
                keep_in_step(line, session, session.get_one(HandoffRow, one.handoff), lost="back")
        return happened


def _near_a_day(session: Session, now: datetime) -> None:
    """Twilio drops a task after its day; somebody must look before that."""
    waits = (HandoffRow.state.in_(("waiting", "reserved")), HandoffRow.callback_at.is_(None))
    query = (
        select(func.count()).select_from(HandoffRow).where(*waits, HandoffRow.opened_at <= now - NEAR_A_DAY)
    )
    many = session.scalar(query) or 0
    if many > _seen["near a day"]:
        log.error("%d callers have waited for 80 %% of a day", many)
    _seen["near a day"] = many
    LONG_WAITS.set(many)


_seen = {"near a day": 0}


def _tell(line: Line, one: Happened) -> None:
    if one.kind == "supervisor":
        UNANSWERED.inc()
        log.error("hand-off %s: three agents did not answer; it is the supervisor's to see", one.handoff)
        line.told(one.conversation, Say("utter_wait_long"))
    if one.kind == "returned":
        line.told(one.conversation, Say("utter_back_in_line"))
        line.push(one.conversation, {"state": "queue"})
        line.wake()
