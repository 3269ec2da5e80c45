"""What a run takes while it lasts: CPU of the server's backends of one database, and the memory of the worker processes.

Reads /proc, so the server has to be on this machine; elsewhere the figures are left out.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

EVERY = 0.5  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Looks every half second from `with` to the end; a backend that ends in between loses what it did since the last look."""

    def __init__(self, url: Any, database: str) -> None:
        self._engine, self._database = create_engine(url, isolation_level="AUTOCOMMIT"), database
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}
        self.memory: list[int] = []
        """Resident memory of the largest worker at each look, MB."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._engine.dispose()

    @property
    def server_seconds(self) -> float:
        """CPU of the backends since they were first seen."""
        return round(sum(now - self._first[pid] for pid, now in self._last.items()) / TICKS, 1)

    @property
    def memory_over_time(self) -> list[int]:
        """Ten looks, evenly spread from the first to the last."""
        count = len(self.memory)
        return [self.memory[(count - 1) * i // 9] for i in range(10)] if count else []

    def _run(self) -> None:
        mine = text("SELECT pid FROM pg_stat_activity WHERE datname = :name")
        with self._engine.connect() as connection:
            while not self._over.wait(EVERY):
                for pid in connection.scalars(mine, {"name": self._database}):
                    if (ticks := _cpu_ticks(pid)) is not None:
                        self._first.setdefault(pid, ticks if ticks > TICKS else 0)
                        self._last[pid] = ticks
                sizes = [
                    size for pid in (_children() or [os.getpid()]) if (size := _resident(pid)) is not None
                ]
                if sizes:
                    self.memory.append(max(sizes) * PAGE // 2**20)


def _cpu_ticks(pid: int) -> int | None:
    found = _stat(pid)
    return int(found[11]) + int(found[12]) if found else None


def _stat(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None


def _children() -> list[int]:
    found = Path(f"/proc/self/task/{os.getpid()}/children")
    try:
        return [int(pid) for pid in found.read_text().split()]
    except OSError:
        return []


def _resident(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return None
