"""The live line to a browser: messages, typing, the queue, as they happen. The transcript stays the truth."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from api.chat import used
from api.guard import Rate, caller_of, same_origin
from api.line import Line
from api.people import queue_frame
from store.conversations import Conversations

router = APIRouter(prefix="/chat", tags=["web chat"])

LARGEST_FRAME = 8 * 1024
MOST_SOCKETS = 20
"""From one address."""
FIRST_FRAME_WITHIN = 5.0
LOOKS_AGAIN = 10.0
"""Seconds between looks at the state, in case another process moved the conversation."""
TOO_BIG, NOT_ALLOWED = 1009, 1008

_sockets: Counter[str] = Counter()


@router.websocket("/conversations/{conversation}/stream")
async def stream(socket: WebSocket, conversation: str) -> None:
    """The first frame brings the token; after that the line speaks and the browser listens."""
    line: Line = socket.app.state.line
    address = caller_of(socket.scope)
    origin = socket.headers.get("origin")
    invited = origin in line.settings.widget_sites
    if not invited and not same_origin(origin, socket.headers.get("host"), line.settings):
        await socket.close(NOT_ALLOWED)
        return
    if _sockets[address] >= MOST_SOCKETS:
        await socket.close(NOT_ALLOWED)
        return
    await socket.accept()
    _sockets[address] += 1
    try:
        if await _token_fits(socket, line, conversation):
            await _serve(socket, line, conversation)
        else:
            await socket.close(4401)
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        _sockets[address] -= 1
        if not _sockets[address]:
            del _sockets[address]


async def _token_fits(socket: WebSocket, line: Line, conversation: str) -> bool:
    try:
        async with asyncio.timeout(FIRST_FRAME_WITHIN):
            raw = await socket.receive_text()
        first = json.loads(raw) if len(raw) <= LARGEST_FRAME else None
    except (TimeoutError, ValueError, KeyError):
        return False
    token = first.get("token") if isinstance(first, dict) else None
    return isinstance(token, str) and await line.off_loop(_opens, line, conversation, token)


def _opens(line: Line, conversation: str, token: str) -> bool:
    with line.db.read() as session:
        row = Conversations(session).by_token(conversation, token, line.clock.now())
        two_tokens = row is not None and row.token_before is not None
    if two_tokens:
        used(line, conversation, token)
    return row is not None


async def _serve(socket: WebSocket, line: Line, conversation: str) -> None:
    window = line.hub.open(conversation)
    hearing = asyncio.ensure_future(_listen(socket))
    try:
        await socket.send_json(await line.off_loop(_state, line, conversation))
        looked = time.monotonic()
        while not hearing.done():
            frame = asyncio.ensure_future(window.get())
            await asyncio.wait({frame, hearing}, timeout=LOOKS_AGAIN, return_when=asyncio.FIRST_COMPLETED)
            if frame.done():
                await socket.send_json(frame.result())
            else:
                frame.cancel()
            if time.monotonic() - looked > LOOKS_AGAIN:
                looked = time.monotonic()
                await socket.send_json(await line.off_loop(_state, line, conversation))
    finally:
        hearing.cancel()
        line.hub.close(conversation, window)


async def _listen(socket: WebSocket) -> None:
    """Nothing is taken in here; too much or too big ends it."""
    rate = Rate(20, 4)
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        size = len(message.get("text") or "") + len(message.get("bytes") or b"")
        if size > LARGEST_FRAME or not rate.allows("me"):
            await socket.close(TOO_BIG if size > LARGEST_FRAME else NOT_ALLOWED)
            return


def _state(line: Line, conversation: str) -> dict[str, Any]:
    with line.db.read() as session:
        row = Conversations(session).row(conversation)
        state = row.state if row else "closed"
    frame: dict[str, Any] = {"state": state}
    if state == "queue":
        frame |= queue_frame(line, conversation)
    return frame
