"""D6 and D7: the database locked, killed, or without room. Nobody is told that anything was kept when it was not."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from chaos.goals import Result, goal
from chaos.people import named
from chaos.stage import Stage, free_port, patient


class Poster:
    """Posts texts and chat messages one after the other and notes how each was answered."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.seen: list[tuple[float, int, float]] = []
        """When it was posted, the status (0: no answer) and the seconds it took."""
        self.acked: list[str] = []
        self.refused: list[str] = []
        self.number = 0
        self._over = False

    async def run(self) -> None:
        async with httpx.AsyncClient(timeout=12, trust_env=False) as http:
            await asyncio.gather(*(self._texts(http) for _ in range(3)), self._chat(http))

    async def _texts(self, http: httpx.AsyncClient) -> None:
        while not self._over:
            self.number += 1
            word = named(self.number)
            fields = self.stage.comes_in(f"+1512555{self.number % 9000:04d}", f"please look at {word} for me")
            url, form, headers = self.stage.signed("/twilio/sms", fields)
            status = await self._timed(http, url, data=form, headers=headers)
            (self.acked if status == 200 else self.refused).append(word)
            await asyncio.sleep(0.2)

    async def _chat(self, http: httpx.AsyncClient) -> None:
        while not self._over:
            await self._timed(http, f"{self.stage.url}/chat/conversations", json={"language": "en"})
            await asyncio.sleep(0.3)

    async def _timed(self, http: httpx.AsyncClient, url: str, **more: Any) -> int:
        start = time.monotonic()
        try:
            status = (await http.post(url, **more)).status_code
        except httpx.HTTPError:
            status = 0
        self.seen.append((start, status, time.monotonic() - start))
        return status

    def stop(self) -> None:
        self._over = True


async def _through(
    stage: Stage, fault: Callable[[], Any], heal: Callable[[], Any], seconds: float
) -> dict[str, Any]:
    """Posts before, during and after a fault; what was answered when."""
    poster = Poster(stage)
    running = asyncio.ensure_future(poster.run())
    await asyncio.sleep(1)
    begun = time.monotonic()
    await asyncio.to_thread(fault)
    struck = time.monotonic()
    await asyncio.sleep(seconds)
    healing = time.monotonic()
    await asyncio.to_thread(heal)
    healed = time.monotonic()
    while time.monotonic() < healed + 12 and not any(
        one[0] >= healed and one[1] in (200, 201) for one in poster.seen
    ):
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    poster.stop()
    await running
    during = [one for one in poster.seen if one[0] >= struck and one[0] + one[2] <= healing]
    after = [one for one in poster.seen if one[0] >= healed and one[1] in (200, 201)]
    return {
        "during": during,
        "good_during": [one for one in during if 200 <= one[1] < 300],
        "slowest": max((one[2] for one in poster.seen if one[0] >= begun), default=0.0),
        "back": min((one[0] + one[2] for one in after), default=1e9) - healed,
        "poster": poster,
    }


def _judged(stage: Stage, found: dict[str, Any], what: str) -> Result:
    stage.drained(90)
    out = " ".join(
        record["body"] for record in stage.world.messages.records if record["direction"] != "inbound"
    )
    lost = [word for word in found["poster"].acked if word not in out]
    twice = [word for word in found["poster"].acked if out.count(word) > 1]
    good = (
        not found["good_during"] and found["slowest"] <= 5 and found["back"] <= 10 and not lost and not twice
    )
    good = good and len(found["during"]) > 0
    figure = (
        f"{what}: {len(found['during'])} posts meanwhile, {len(found['good_during'])} said yes, slowest answer "
        f"{found['slowest']:.1f} s, back {found['back']:.1f} s after, {len(found['poster'].acked)} kept in all: "
        f"{len(lost)} lost, {len(twice)} doubled"
    )
    return Result(good, figure, [*lost[:5], *twice[:5]])


@goal(
    "D6",
    "database locked or killed 20 s: no 2xx meanwhile, an answer within 5 s, back within 10 s, 0 lost",
    guard="commit-before-ack",
    short={"seconds": 5.0, "postgres": 0},
    long={"seconds": 20.0, "postgres": 1},
)
def gone(seconds: float, postgres: int = 0, without: str = "", seed: int = 0) -> Result:
    """SQLite locked by another process; with `postgres`, a server of our own killed without a word as well."""
    results = [_locked(seconds, without)]
    if postgres:
        results.append(_killed(seconds, without))
    return Result(
        all(one.good for one in results),
        "; ".join(one.figure for one in results),
        [line for one in results for line in one.details],
    )


def _locked(seconds: float, without: str) -> Result:
    with Stage(without=without) as stage:
        stage.start()
        lock = sqlite3.connect(
            stage.home / "line.sqlite", isolation_level=None, timeout=10, check_same_thread=False
        )
        found = asyncio.run(
            _through(stage, lambda: lock.execute("BEGIN EXCLUSIVE"), lambda: lock.execute("COMMIT"), seconds)
        )
        lock.close()
        return _judged(stage, found, f"SQLite locked {seconds:g} s")


def _killed(seconds: float, without: str) -> Result:
    with postgres_of_our_own() as server, Stage(database_url=server.url, without=without) as stage:
        stage.start()
        found = asyncio.run(_through(stage, server.kill, server.start, seconds))
        return _judged(stage, found, f"PostgreSQL gone {seconds:g} s")


class Server:
    """A PostgreSQL of our own on a free port, in a folder of its own, run by nobody of importance."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.url = f"postgresql://chaos@127.0.0.1:{self.port}/postgres"
        self.bin = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"))), None)
        if self.bin is None:
            raise RuntimeError("no PostgreSQL server on this machine")
        self._as_nobody(
            str(self.bin / "initdb"), "-D", str(home / "data"), "-U", "chaos", "-A", "trust", "--no-sync"
        )

    def _as_nobody(self, *command: str) -> None:
        prefix = (
            ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
        )
        subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd=self.home)

    def start(self) -> None:
        """Up, and waits until it answers."""
        options = f"-p {self.port} -k {self.home} -c listen_addresses=127.0.0.1"
        assert self.bin is not None
        control = str(self.bin / "pg_ctl")
        data, log = str(self.home / "data"), str(self.home / "log")
        self._as_nobody(control, "-D", data, "-l", log, "-o", options, "-w", "start")

    def kill(self) -> None:
        """At once, as at a power cut of the server: no farewell to anybody."""
        pid = int((self.home / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        patient(lambda: not Path(f"/proc/{pid}").exists(), 10, "the end of PostgreSQL")
        (self.home / "data" / "postmaster.pid").unlink(missing_ok=True)


@contextmanager
def postgres_of_our_own() -> Iterator[Server]:
    """Made, started, and gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="acs-chaos-pg-"))
    if os.getuid() == 0:
        shutil.chown(home, "nobody", "nogroup")
    server = Server(home)
    server.start()
    try:
        yield server
    finally:
        try:
            server.kill()
        finally:
            shutil.rmtree(home, ignore_errors=True)


@goal(
    "D7",
    "disk full: intake 5xx, console reads 200, integrity ok, heals within 10 s",
    guard="commit-before-ack",
    short={"megabytes": 16, "seconds": 4.0},
    long={"megabytes": 32, "seconds": 20.0},
)
def full(megabytes: int, seconds: float, without: str = "", seed: int = 0) -> Result:
    """The database on a small disk of its own that another file fills; then the file goes. Needs root (mount)."""
    home = Path(tempfile.mkdtemp(prefix="acs-chaos-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(home)], check=True)
    try:
        with Stage(home=home, without=without) as stage:
            stage.log = Path(tempfile.gettempdir()) / f"acs-chaos-{stage.port}.log"
            stage.start()
            result = _filled(stage, home, seconds)
            stage.log.unlink(missing_ok=True)
            return result
    finally:
        subprocess.run(["umount", "-l", str(home)], check=False)
        home.rmdir()


def _filled(stage: Stage, home: Path, seconds: float) -> Result:
    stuffing = home / "stuffing"
    reads: list[int] = []

    def fill() -> None:
        with contextlib.suppress(OSError), open(stuffing, "wb", buffering=0) as out:
            while True:
                out.write(b"x" * 4096)

    opened = httpx.post(f"{stage.url}/chat/conversations", json={"language": "en"}, timeout=10).json()
    page = f"{stage.url}/chat/conversations/{opened['conversation']}/messages"
    token = {"Authorization": f"Bearer {opened['token']}"}

    def heal() -> None:
        reads.append(httpx.get(f"{stage.url}/console", timeout=10).status_code)
        reads.append(httpx.get(page, headers=token, timeout=10).status_code)
        stuffing.unlink()

    found = asyncio.run(_through(stage, fill, heal, seconds))
    # What fits in the last free page of the log may still be kept, and truly is.
    found["good_during"] = [one for one in found["good_during"] if one[0] > found["during"][0][0] + 2]
    result = _judged(stage, found, f"disk full {seconds:g} s")
    with sqlite3.connect(home / "line.sqlite") as look:
        whole = look.execute("PRAGMA integrity_check").fetchone()[0]
    good = result.good and whole == "ok" and set(reads) == {200}
    return Result(good, f"{result.figure}; reads {reads}, integrity {whole}", result.details)
