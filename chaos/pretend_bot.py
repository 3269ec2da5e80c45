"""A bot of one sentence on the real wire: it repeats what it heard, so that every message can be told in its answer."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


class PretendBot:
    """What turns it was asked, and how it answers. `delay` in seconds."""

    def __init__(self) -> None:
        self.turns: list[str] = []
        self.delay = 0.0
        self.alone = False
        """One turn after the other, as an engine on one core answers."""
        self._one = asyncio.Lock()
        self.at_once = 0
        self.most_at_once = 0
        self.app = Starlette(
            routes=[Route("/turn", self._turn, methods=["POST"]), Route("/health", self._health)]
        )

    async def _health(self, _request: Request) -> Response:
        return JSONResponse({"ready": True})

    async def _turn(self, request: Request) -> Response:
        asked: dict[str, Any] = await request.json()
        self.turns.append(asked["turn"])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.alone:
                async with self._one:
                    await asyncio.sleep(self.delay)
            elif self.delay:
                await asyncio.sleep(self.delay)
        finally:
            self.at_once -= 1
        heard = asked.get("text") or asked.get("intent") or "nothing"
        says = [
            {"words": "utter_did_i_hear", "facts": {"heard": {"kind": "text", "value": heard}}, "text": ""}
        ]
        answer = {
            "choices": ["person", "menu"],
            "sources": [],
            "secure_form": None,
            "listen": None,
            "turned_to": None,
        }
        return JSONResponse(
            {
                "turn": asked["turn"],
                "heard": {"intent": "x", "confidence": 1.0},
                "says": says,
                "answer": answer,
            }
        )


class Served:
    """An application on a port of its own, in a thread."""

    def __init__(self, app: Any, port: int) -> None:
        self.port = port
        config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical", access_log=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True, name=f"served-{port}")
        self.thread.start()

    @property
    def ready(self) -> bool:
        """Whether it takes questions."""
        return bool(self.server.started)

    def stop(self) -> None:
        """The end."""
        self.server.should_exit = True
        self.thread.join(5)
