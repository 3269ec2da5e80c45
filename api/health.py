"""Is the line alive, and is everything it needs there?"""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from api.chat import TheLine
from api.guard import LOOPBACK, caller_of
from api.line import Line
from api.metrics import REGISTRY
from api.problems import Problem
from store.flow import flow
from store.inbox import Inbox
from store.outbox import Outbox

router = APIRouter(tags=["health"])
PENDING = Gauge("acs_pending_inbound", "Taken in and not yet answered", registry=REGISTRY)
UNSENT = Gauge("acs_unsent_outbound", "Still to be sent to Twilio", registry=REGISTRY)
CONVERSATIONS = Gauge("acs_conversations", "Where people have got to", ["where"], registry=REGISTRY)
"""offered = answered + abandoned + contained + in_line + with_bot, always."""
DATABASE_WITHIN = 4.0


@router.get("/healthz", summary="Anyone: does the process live")
async def healthz() -> PlainTextResponse:
    """200 while it lives."""
    return PlainTextResponse("ok")


@router.get("/readyz", summary="Anyone: can it work")
async def readyz(line: TheLine) -> Response:
    """200 when the database and the bot answer; what waits, in numbers."""
    counted, bot = await asyncio.gather(_counted(line), line.bot.healthy())
    state: dict[str, Any] = {
        "database": counted is not None,
        "bot": bot,
        "telephony": line.phones is not None,
        "pending_inbound": counted[0] if counted else None,
        "unsent_outbound": counted[1] if counted else None,
    }
    return JSONResponse(state, 200 if counted is not None and bot else 503)


@router.get("/metrics", summary="This machine only: numbers for Prometheus")
async def metrics(request: Request, line: TheLine) -> Response:
    """Not reachable from outside: neither directly nor through a proxy."""
    if caller_of(request.scope) not in LOOPBACK or "x-forwarded-for" in request.headers:
        raise Problem(404)
    counted = await _counted(line, flow)
    if counted:
        PENDING.set(counted[0])
        UNSENT.set(counted[1])
        for where, many in counted[2].items():
            CONVERSATIONS.labels(where).set(many)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


async def _counted(line: Line, more: Any = None) -> tuple[int, int, dict[str, int]] | None:
    try:
        async with asyncio.timeout(DATABASE_WITHIN):
            return await line.off_loop(_count, line, more)
    except (TimeoutError, SQLAlchemyError):
        return None


def _count(line: Line, more: Any) -> tuple[int, int, dict[str, int]]:
    with line.db.read() as session:
        return (
            Inbox(session).count(),
            Outbox(session).count(),
            more(session, line.clock.now()) if more else {},
        )
