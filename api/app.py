"""Opens the doors: one application with everything the outside can reach."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fastapi import FastAPI

from api import (
    callbacks,
    chat,
    chat_stream,
    health,
    outbound,
    pages,
    problems,
    record,
    relay,
    reminders,
    sender,
    sheets,
    sms,
    sweep,
    taskrouter,
    taskrouter_events,
    verify,
    voice,
    workspace,
)
from api.bot import Bot, HttpBot
from api.guard import Guard
from api.line import Line
from api.turns import Turns
from channels.twilio import Phones
from channels.words import Words
from desk.ports import Clock
from store.db import Database
from store.one_writer import OneWriter
from wiring.rooms import Rooms
from wiring.secrets import key_for, the_secret
from wiring.settings import ROOT, Settings

log = logging.getLogger(__name__)

DESCRIPTION = (
    "The phone, text and web-chat line for people whose tax debt is in the Automated Collection System. "
    "Errors are RFC 9457 problems. Twilio's doors check Twilio's signature."
)


def make_app(
    settings: Settings,
    *,
    db: Database | None = None,
    bot: Bot | None = None,
    phones: Any = None,
    clock: Clock | None = None,
    words: Words | None = None,
) -> FastAPI:
    """The gateway. What is not given is built from the settings; tests give pretend parts."""
    rooms = Rooms(settings, db or OneWriter(settings.database_url))
    if clock is not None:
        rooms.clock = clock  # type: ignore[assignment]
    line = Line(
        settings,
        rooms.db,
        bot or HttpBot(settings.bot_url, key_for(the_secret(settings), "bot")),
        words or Words.load(ROOT / "domain.yml"),
        rooms.clock,
        rooms,
        phones or _phones(settings),
    )
    app = FastAPI(
        title="ACS Line", version="0.1.0", description=DESCRIPTION, lifespan=_lifespan, redoc_url=None
    )
    app.state.line = line
    app.state.turns = Turns(line)
    for door in (
        chat,
        chat_stream,
        record,
        sheets,
        verify,
        sms,
        outbound,
        voice,
        relay,
        taskrouter,
        taskrouter_events,
        health,
        pages,
    ):
        app.include_router(door.router)
    _console(app)
    pages.static(app)
    problems.teach(app)
    app.add_middleware(Guard, settings=settings)
    return app


def _console(app: FastAPI) -> None:
    if find_spec("api.console"):
        app.include_router(import_module("api.console").router)


def _phones(settings: Settings) -> Any:
    if not settings.twilio_configured:
        return None
    return Phones(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        number=settings.twilio_number,
        api_base=settings.twilio_api_base,
        workspace_sid=settings.twilio_workspace_sid,
        workflow_sid=settings.twilio_workflow_sid,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Works off what an earlier process left, then keeps sending and sweeping until the end."""
    line: Line = app.state.line
    turns: Turns = app.state.turns
    loop = asyncio.get_running_loop()
    # As many as the pool of database connections has room for: more would only wait for one.
    loop.set_default_executor(ThreadPoolExecutor(12))
    line.started(loop)
    keepers = [
        asyncio.create_task(turns.keep_working()),
        asyncio.create_task(sender.keep_sending(line)),
        asyncio.create_task(sweep.keep_sweeping(line, turns)),
        asyncio.create_task(taskrouter.keep_watch(line)),
        asyncio.create_task(workspace.keep_workspace(line)),
        asyncio.create_task(reminders.keep_reminding(line)),
        asyncio.create_task(callbacks.keep_calling(line)),
    ]
    try:
        yield
    finally:
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)
        await line.finish()
        await line.bot.close()
