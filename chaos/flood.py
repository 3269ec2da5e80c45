"""S10: floods of frames, huge frames and sockets that say nothing, against a running gateway, while others go on talking."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from chaos.degraded import share
from chaos.goals import Result, goal, slack
from chaos.load import Times, memory
from chaos.stage import NO_EAR, Stage

MEGABYTE = "x" * 2**20
EACH = 10
"""Idle sockets of one address; more than 20 of one are not let in."""


@goal(
    "S10",
    "a flood of 1,000 frames a second, 1 MB frames, 200 idle sockets: the offender closed within 2 s, others p95 at most doubled, memory +100 MB",
    guard="frame-limits",
    short={"floods": 3, "idle": 60, "asks": 20},
    long={"floods": 20, "idle": 200, "asks": 100},
)
def flood(floods: int, idle: int, asks: int, without: str = "", seed: int = 0) -> Result:
    """Each person has an address of their own, as behind a proxy; the offenders are browsers with a token."""
    with Stage(without=without, env={"TRUSTED_PROXIES": "127.0.0.1", **NO_EAR}) as stage:
        stage.bot.delay = 0.03
        stage.start()
        return asyncio.run(_played(stage, floods, idle, asks))


async def _played(stage: Stage, floods: int, idle: int, asks: int) -> Result:
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        await _talk(stage, http, 5)
        before, usual = memory(stage.pid), await _talk(stage, http, asks)
        quiet = [await _socket(stage, http, f"198.51.{at // EACH}.7") for at in range(idle)]
        crowd = [await _socket(stage, http, "203.0.113.99") for _ in range(30)]
        let_in = sum(one is not None for one in crowd)
        talking = asyncio.ensure_future(_talk(stage, http, asks))
        closed = await asyncio.gather(
            *(_floods(stage, http, f"203.0.113.{at}") for at in range(floods)),
            *(_huge(stage, http, f"203.0.114.{at}") for at in range(floods)),
        )
        meanwhile = await talking
        grown = memory(stage.pid) - before
        kept = 0
        for one in [*quiet, *crowd]:
            if one is not None:
                kept += one in quiet and await _still_open(one)
                await one.close()
    longest = max(closed)
    p95 = share(usual.took, 0.95), share(meanwhile.took, 0.95)
    good = longest <= 2 * slack() and let_in <= 20 and kept == idle and grown <= 100
    good = good and p95[1] <= max(2 * p95[0], 0.2 * slack()) and set(meanwhile.status) == {200}
    return Result(
        good,
        f"{floods} floods of 1,000 frames a second and {floods} frames of 1 MB: closed after {longest:.2f} s at most; "
        f"{kept} of {idle} idle sockets stayed, {let_in} of 30 of one address let in; others p95 {p95[0] * 1000:.0f} ms "
        f"before and {p95[1] * 1000:.0f} ms meanwhile, {meanwhile.status}; memory {grown:+.0f} MB",
    )


async def _opened(stage: Stage, http: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await http.post(
        f"{stage.url}/chat/conversations", json={"language": "en"}, headers={"X-Forwarded-For": address}
    )
    found: dict[str, Any] = answer.json()
    return found


async def _talk(stage: Stage, http: httpx.AsyncClient, asks: int) -> Times:
    """Somebody else, one message after the other."""
    times, address = Times(), f"192.0.2.{asks % 250}"
    opened = await _opened(stage, http, address)
    for _ in range(asks):
        await times.post(
            http,
            f"{stage.url}/chat/conversations/{opened['conversation']}/messages",
            json={"id": str(uuid4()), "text": "what is a lien"},
            headers={"Authorization": f"Bearer {opened['token']}", "X-Forwarded-For": address},
        )
        await asyncio.sleep(0.05)
    return times


async def _socket(stage: Stage, http: httpx.AsyncClient, address: str) -> Any:
    """An open stream of one conversation; None when it was not let in."""
    opened = await _opened(stage, http, address)
    url = f"{stage.url.replace('http', 'ws', 1)}/chat/conversations/{opened['conversation']}/stream"
    try:
        socket = await connect(url, additional_headers={"X-Forwarded-For": address}, proxy=None)
        await socket.send(json.dumps({"token": opened["token"]}))
        await asyncio.wait_for(socket.recv(), 10)
    except (InvalidStatus, ConnectionClosed):
        return None
    return socket


async def _floods(stage: Stage, http: httpx.AsyncClient, address: str) -> float:
    """Seconds from the first frame of a flood until the line has closed the stream; a flood ends after 5."""
    socket = await _socket(stage, http, address)
    start = time.monotonic()
    try:
        for at in range(5000):
            await socket.send("x")
            await asyncio.sleep(max(0.0, start + at / 1000 - time.monotonic()))
    except ConnectionClosed:
        return time.monotonic() - start
    await socket.close()
    return 60.0


async def _huge(stage: Stage, http: httpx.AsyncClient, address: str) -> float:
    socket = await _socket(stage, http, address)
    start = time.monotonic()
    try:
        await socket.send(MEGABYTE)
        await asyncio.wait_for(socket.recv(), 5)
    except ConnectionClosed:
        return time.monotonic() - start
    except TimeoutError:
        pass
    await socket.close()
    return 60.0


async def _still_open(socket: Any) -> bool:
    try:
        await asyncio.wait_for(await socket.ping(), 5)
    except (ConnectionClosed, TimeoutError):
        return False
    return True
