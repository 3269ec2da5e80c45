"""M2 and M5 on the whole line with its trained bot: the actions broken in every way, or one of them asleep."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from chaos.degraded import BOT_FAULTS, share
from chaos.goals import Result, goal, slack
from chaos.proxy import Proxy
from chaos.stage import ROOT, SECRET, free_port

ASKS = (
    "what is a lien",
    "can i pay over time",
    "I got a CP504",
    "what happens if i do nothing",
    "how do i stop a levy",
)


@contextmanager
def whole_line() -> Iterator[tuple[str, Proxy]]:
    """Every process of the line, with a faulty wire between the bot and its actions. Starting takes a while."""
    ports = {name: str(free_port()) for name in ("PORT", "BOT_PORT", "ACTIONS_PORT", "PRETEND_PORT")}
    with tempfile.TemporaryDirectory(prefix="acs-chaos-line-") as folder:
        home = Path(folder)
        proxy = Proxy(int(ports["ACTIONS_PORT"]))
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("TWILIO", "ACS_"))},
            **ports,
            "ACTIONS_URL": proxy.url,
            "DATABASE_URL": f"sqlite:///{home / 'line.sqlite'}",
            "BOT_STORE": str(home / "bot.sqlite"),
            "LOG_DIR": str(home / "log"),
            "ACS_SECRET": SECRET,
            "ACS_TODAY": "2026-11-22",
        }
        said = home / "said"
        with open(said, "wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "wiring.cli", "run"], cwd=ROOT, env=env, stdout=out, stderr=out
            )
        try:
            _until_it_runs(process, said)
            yield f"http://127.0.0.1:{ports['PORT']}", proxy
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(40)
            proxy.close()


def _until_it_runs(process: subprocess.Popen[bytes], said: Path) -> None:
    end = time.monotonic() + 400
    while "Ctrl-C" not in said.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the line did not start: {said.read_text(errors='replace')[-600:]}")
        time.sleep(0.3)


class Person:
    """One person in the web chat."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        opened = self.http.post("/chat/conversations", json={"language": "en"}).json()
        self.path = f"/chat/conversations/{opened['conversation']}/messages"
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"
        self.took = 0.0

    def says(self, text: str) -> dict[str, Any]:
        """One message; the answer, or what was said instead of one."""
        start = time.monotonic()
        answer = self.http.post(self.path, json={"id": str(uuid4()), "text": text})
        self.took = time.monotonic() - start
        return {"status": answer.status_code, **answer.json()}


@goal(
    "M2",
    "actions blackholed, slow, dead, torn, `[]`, HTML, 500: 0 empty answers; a reply or a place in line within 10 s",
    guard="look-at-answers",
    short={"asks": 2},
    long={"asks": 10},
    whole=True,
)
def broken_actions(asks: int, without: str = "", seed: int = 0) -> Result:
    """The whole line; each kind of fault, some people each, and each then asks for a person."""
    with whole_line() as (url, proxy):
        empty, took, people = [], [], 0
        for way in BOT_FAULTS:
            proxy.turn(way, seconds=30 if way == "latency" else 0.5)
            with ThreadPoolExecutor(3) as pool:
                for answer, seconds in pool.map(
                    lambda at, u=url: _asked(u, ASKS[at % len(ASKS)]), range(asks)
                ):
                    people += 1
                    took.append(seconds)
                    if not answer:
                        empty.append(way)
            proxy.turn("pass")
            _until(url, 40)
        good = not empty and max(took) <= 10
        return Result(
            good,
            f"{people} people under {len(BOT_FAULTS)} faults: {len(empty)} without a reply and a way to a person, slowest {max(took):.1f} s, p95 {share(took, 0.95):.1f} s",
            empty[:5],
        )


def _asked(url: str, words: str) -> tuple[bool, float]:
    person = Person(url)
    said = person.says(words)
    first = person.took
    answered = said["status"] == 200 and any(one["text"] for one in said["messages"])
    then = person.says("a person please")
    return answered and then.get("state") == "queue", max(first, person.took)


def _until(url: str, seconds: float) -> float:
    """Until the bot answers with an answer again."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        said = Person(url).says("what is a lien")
        if said["status"] == 200 and "lien" in " ".join(one["text"] for one in said["messages"]).lower():
            break
        time.sleep(0.5)
    return time.monotonic() - start


@goal(
    "M5",
    "one action asleep for 60 s: 20 other conversations p95 < 2 s",
    guard="deadline",
    short={"people": 20},
    long={"people": 20},
    whole=True,
)
def one_asleep(people: int, without: str = "", seed: int = 0) -> Result:
    """The wire to the actions holds one conversation's question for a minute; the others go on."""
    with whole_line() as (url, proxy):
        sleeper = Person(url)
        others = [Person(url) for _ in range(people)]
        others[0].says(ASKS[0])
        proxy.turn("latency", seconds=60, only=sleeper.path.split("/")[3].encode())
        with ThreadPoolExecutor(5) as pool:
            asleep = pool.submit(sleeper.says, ASKS[1])
            time.sleep(0.3)
            took = list(pool.map(lambda one: (one.says(ASKS[2])["status"], one.took)[1], others))
            held = asleep.result()
        p95 = share(took, 0.95)
        good = p95 < 2 * slack() and held["status"] == 200
        return Result(
            good,
            f"{people} others: p95 {p95:.2f} s, longest {max(took):.2f} s; the one itself answered after {sleeper.took:.1f} s",
        )
