"""The processes of a running line: started together, watched, brought back when one dies, stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from wiring.settings import ROOT

GRACE = 8.0
"""Seconds a process has to finish what it is doing before it is ended."""


@dataclass
class Helper:
    """One process of the line, and how to tell that it is ready."""

    name: str
    command: Sequence[str]
    ready: str
    env: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    born: float = 0.0

    def start(self, log_dir: Path) -> None:
        log_dir.mkdir(parents=True, exist_ok=True)
        with open(log_dir / f"{self.name}.log", "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.born = time.monotonic()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        try:
            return httpx.get(self.ready, timeout=1.0).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False


TRIES_AT_START = 2


class StartError(Exception):
    """The line could not start; the message says what to do."""


class Line:
    """All helpers of one line."""

    def __init__(self, helpers: Sequence[Helper], log_dir: Path) -> None:
        self.helpers = helpers
        self.log_dir = log_dir

    def start(self, waiting: Callable[[str], None], limit: float = 180.0) -> None:
        """Starts every helper and waits until each answers; StartError names the one that does not."""
        try:
            for one in self.helpers:
                one.start(self.log_dir)
        except OSError as error:
            raise StartError(
                f"The logs cannot be written to {self.log_dir}: {error.strerror}. Set LOG_DIR to a folder."
            ) from None
        end = time.monotonic() + limit
        for one in self.helpers:
            waiting(one.name)
            while not one.is_ready():
                if not one.alive():
                    self._once_more(one)
                if time.monotonic() > end:
                    raise StartError(
                        f"{one.name} did not get ready. Its log: {self.log_dir / (one.name + '.log')}"
                    )
                time.sleep(0.2)

    def _once_more(self, one: Helper) -> None:
        """A helper that stopped at its start is tried again, for a busy machine or a port that was just let go."""
        log = self.log_dir / (one.name + ".log")
        one.deaths += 1
        if one.deaths > TRIES_AT_START:
            raise StartError(f"{one.name} stopped at start. Its log: {log}\n{last_words(log)}")
        time.sleep(1.0)
        one.start(self.log_dir)

    def watch(self) -> None:
        """Brings back a helper that died; waits longer the more often it dies at once."""
        for one in self.helpers:
            if one.alive():
                continue
            quick = time.monotonic() - one.born < 10
            one.deaths = one.deaths + 1 if quick else 0
            time.sleep(min(10.0, 0.5 * 2**one.deaths) if quick else 0)
            one.start(self.log_dir)

    def stop(self) -> None:
        """Asks every helper to finish, the doors first, and ends those that do not in time."""
        alive = [one.process for one in reversed(self.helpers) if one.process and one.alive()]
        for process in alive:
            process.send_signal(signal.SIGTERM)
        end = time.monotonic() + GRACE
        for process in alive:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def last_words(log: Path, lines: int = 6) -> str:
    """The end of a log, for whoever has to find out why."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def demand_free(ports: Mapping[str, int]) -> None:
    """StartError when somebody else already listens on one of our ports."""
    for setting, port in ports.items():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise StartError(
                    f"Port {port} is already in use. Stop what uses it, or choose another: {setting}=<number> make run"
                )
