"""A wire that breaks on demand: stands between two processes and behaves as it is told at the moment."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Coroutine
from typing import Any

WAYS = ("pass", "latency", "blackhole", "down", "reset", "cut", "slow", "html", "empty", "http500")
BODIES = {
    "html": (200, "text/html", b"<html><body><h1>It works!</h1></body></html>"),
    "empty": (200, "application/json", b"[]"),
    "http500": (500, "application/json", b'{"title": "broken"}'),
}
CHUNK = 65536


class Proxy:
    """Listens on a port of its own and passes on to `target`; set `way` (and `seconds`, `only`) at any time.

    pass       as if it were not there
    latency    every answer `seconds` late
    blackhole  takes the question, never answers
    down       nobody listens: refused
    reset      the connection is torn (RST) as soon as something is asked
    cut        half of the answer, then the end
    slow       the answer in single bytes, `seconds` apart
    html       a web page of somebody else's;  empty: `[]`;  http500: an error

    `only`: bytes a question must hold for the fault to strike it; others pass. Runs in a thread of its own.
    """

    def __init__(self, target: int, *, host: str = "127.0.0.1") -> None:
        self.target, self.host = target, host
        self.way, self.seconds, self.only = "pass", 0.5, b""
        self.asked = 0
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        with socket.socket() as probe:
            probe.bind((host, 0))
            self.port = int(probe.getsockname()[1])
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="fault-proxy")
        self._thread.start()
        self._do(self._listen())

    @property
    def url(self) -> str:
        """Where to knock instead."""
        return f"http://{self.host}:{self.port}"

    def turn(self, way: str, *, seconds: float = 0.5, only: bytes = b"") -> None:
        """From now on. Connections that are open are torn when the way changes, as a failing host does."""
        if way not in WAYS:
            raise ValueError(f"no such fault: {way}")
        self.way, self.seconds, self.only = way, seconds, only
        self._do(self._turned())

    def close(self) -> None:
        """The end."""
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(2)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, self.host, self.port, reuse_address=True)

    async def _turned(self) -> None:
        if self.way == "down" and self._server is not None:
            self._server.close()
            self._server = None
        elif self.way != "down" and self._server is None:
            await self._listen()
        if not self.only:
            for one in list(self._open):
                one.cancel()

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for one in list(self._open):
            one.cancel()
        await asyncio.sleep(0)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError, ValueError):
            pass
        finally:
            self._open.discard(task)
            with contextlib.suppress(Exception):
                writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One question and its answer; False when the connection is over."""
        question = await _message(reader)
        self.asked += 1
        way = self.way if self.only in question else "pass"
        if way == "blackhole":
            await asyncio.sleep(3600)
        if way == "reset":
            _tear(writer)
            return False
        if way in BODIES:
            status, kind, body = BODIES[way]
            head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
            return True
        answer = await self._pass_on(question)
        if way == "latency":
            await asyncio.sleep(self.seconds)
        if way == "cut":
            writer.write(answer[: len(answer) // 2])
            await writer.drain()
            return False
        if way == "slow":
            for at in range(len(answer)):
                writer.write(answer[at : at + 1])
                await writer.drain()
                await asyncio.sleep(self.seconds)
        else:
            writer.write(answer)
            await writer.drain()
        return True

    async def _pass_on(self, question: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(self.host, self.target)
        try:
            writer.write(question)
            await writer.drain()
            return await _message(reader)
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One HTTP/1.1 message, whole, as it came."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
    }
    if b"content-length" in fields:
        return head + await reader.readexactly(int(fields[b"content-length"]))
    if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
        return head + await _chunks(reader)
    return head


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        size = await reader.readuntil(b"\r\n")
        body += size + await reader.readexactly(int(size, 16) + 2)
        if int(size, 16) == 0:
            return body


def _tear(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
