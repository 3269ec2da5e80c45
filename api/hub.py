"""Who is looking at a conversation right now, so that news reaches them at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any

MOST_WAITING = 200


class Hub:
    """Frames to open browser windows. Nothing is lost with a window: the transcript has it all."""

    def __init__(self) -> None:
        self._windows: dict[str, set[asyncio.Queue[dict[str, Any]]]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self, conversation: str) -> asyncio.Queue[dict[str, Any]]:
        """A queue of frames for one window."""
        self._loop = asyncio.get_running_loop()
        window: asyncio.Queue[dict[str, Any]] = asyncio.Queue(MOST_WAITING)
        self._windows[conversation].add(window)
        return window

    def close(self, conversation: str, window: asyncio.Queue[dict[str, Any]]) -> None:
        """The window is gone."""
        self._windows[conversation].discard(window)
        if not self._windows[conversation]:
            del self._windows[conversation]

    def push(self, conversation: str, frame: dict[str, Any]) -> None:
        """To every window of the conversation; may be called from any thread."""
        if self._loop is None or conversation not in self._windows:
            return
        self._loop.call_soon_threadsafe(self._deliver, conversation, frame)

    def _deliver(self, conversation: str, frame: dict[str, Any]) -> None:
        for window in list(self._windows.get(conversation, ())):
            if window.full():
                window.get_nowait()
            window.put_nowait(frame)
