"""Texts that came while nobody was there to take them in: looked for at the start and every minute."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from api.line import Line
from api.metrics import SWEPT
from api.sms import Arrived, run, take_in
from api.turns import Turns
from channels.errors import PhonesError
from store.inbox import Inbox
from store.tables.conversations import Inbound

log = logging.getLogger(__name__)

EVERY = 60.0
FIRST_PAUSE = 5.0
"""Seconds after a sweep that failed; growing to the usual minute."""
FURTHEST = timedelta(hours=24)
OVERLAP = timedelta(minutes=15)
"""How far before what is known a text may still be missing."""


async def keep_sweeping(line: Line, turns: Turns) -> None:
    """Until the end. What went wrong is tried again soon, for somebody may wait for an answer."""
    since: datetime | None = None
    pause = FIRST_PAUSE
    while line.phones is not None:
        began = line.clock.now()
        try:
            await sweep(line, turns, since)
            since, pause = began - OVERLAP, EVERY
        except (PhonesError, SQLAlchemyError) as trouble:
            log.warning("sweep of texts put off: %s", type(trouble).__name__)
            pause = min(EVERY, pause * 2) if pause < EVERY else FIRST_PAUSE
        except Exception as trouble:
            log.error("sweep of texts: %s", type(trouble).__name__)
            pause = EVERY
        await asyncio.sleep(pause)


async def sweep(line: Line, turns: Turns, since: datetime | None = None) -> int:
    """Takes in what Twilio has and we have not, oldest first; gives how many. Raises when one could not be kept."""
    since = since or await line.off_loop(_since, line)
    texts: list[Any] = await line.off_loop(lambda: line.phones.list_inbound(since=since))
    missing = await line.off_loop(_unknown, line, texts)
    waiting: dict[str, None] = {}
    for one in missing:
        arrived = Arrived(one.sid, one.pii_from, one.pii_body)
        conversation = await line.door.take_in(lambda session, text=arrived: take_in(line, session, text))
        if conversation:
            waiting[conversation] = None
    if missing:
        log.info("sweep found %d texts", len(missing))
        SWEPT.inc(len(missing))
        line.wake()
    await asyncio.gather(*(run(turns, one) for one in waiting))
    return len(missing)


def _since(line: Line) -> datetime:
    """From the last text that is known, less the overlap; a day at most."""
    furthest = line.clock.now() - FURTHEST
    with line.db.read() as session:
        last = session.scalar(select(func.max(Inbound.at)).where(Inbound.source == "sms"))
    return max(furthest, last - OVERLAP) if last else furthest


def _unknown(line: Line, texts: list[Any]) -> list[Any]:
    with line.db.read() as session:
        known = Inbox(session).known("sms", [one.sid for one in texts])
    return [one for one in texts if one.sid not in known]
