"""The engine beside stock Rasa, turn by turn in one run: `python -m bench.engine`.

Stock is `rasa run` with `rasa run actions` (bench/stock.py); ours is the running line's bot with the line's own
actions, database and all. Both are asked over HTTP, in turn, the same sentences, so that a noisy machine is noisy
for both. Ours does more in each turn: its actions ask the desk and write to the database.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from bench import stock
from wiring.secrets import key_for
from wiring.settings import ROOT

RASA = [str(ROOT / "bot" / ".venv" / "bin" / "python"), "-m", "rasa"]
SAID = (
    "I got a CP504 in the mail",
    "how much do I owe",
    "can I set up a payment plan",
    "what happens to my passport",
    "there is a lien on my house",
    "they are taking my wages",
    "I want a hearing",
    "how long is the wait",
)
SECRET = "b" * 40
PORTS = {"PORT": "8900", "BOT_PORT": "8905", "ACTIONS_PORT": "8955", "PRETEND_PORT": "8990"}
STOCK_PORT, STOCK_ACTIONS = 8805, 8855


@contextmanager
def started(
    command: list[str], folder: Path, log: Path, env: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own, stopped at the end."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **env}, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def ready(url: str, limit: float = 400.0) -> float:
    """Seconds until `url` answers 200."""
    begun = time.monotonic()
    while time.monotonic() - begun < limit:
        try:
            if httpx.get(url, timeout=2.0).status_code == httpx.codes.OK:
                return time.monotonic() - begun
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"{url} did not get ready in {limit:.0f} s; its log is beside the stock project.")


class Stock:
    """Stock Rasa's REST channel."""

    url = f"http://127.0.0.1:{STOCK_PORT}"

    async def open(self, client: httpx.AsyncClient) -> str:
        return uuid.uuid4().hex

    async def say(self, client: httpx.AsyncClient, talk: str, text: str) -> None:
        reply = await client.post(f"{self.url}/webhooks/rest/webhook", json={"sender": talk, "message": text})
        assert reply.json(), f"stock Rasa said nothing to {text!r}"


class Ours:
    """The bot's own door, with a conversation the gateway opened."""

    gateway, bot = f"http://127.0.0.1:{PORTS['PORT']}", f"http://127.0.0.1:{PORTS['BOT_PORT']}"

    async def open(self, client: httpx.AsyncClient) -> str:
        made = await client.post(f"{self.gateway}/chat/conversations", json={"language": "en"})
        made.raise_for_status()
        return str(made.json()["conversation"])

    async def say(self, client: httpx.AsyncClient, talk: str, text: str) -> None:
        turn = {"turn": uuid.uuid4().hex, "conversation": talk, "text": text, "channel": "web"}
        turn |= {"language": "en", "today": "2026-11-22"}
        reply = await client.post(
            f"{self.bot}/turn", json=turn, headers={"X-ACS-Secret": key_for(SECRET, "bot")}
        )
        reply.raise_for_status()


async def timed(line: Stock | Ours, client: httpx.AsyncClient, talk: str, text: str) -> float:
    begun = time.perf_counter()
    await line.say(client, talk, text)
    return (time.perf_counter() - begun) * 1000


async def in_turn(lines: dict[str, Stock | Ours], talks: int) -> dict[str, list[float]]:
    """Milliseconds of every turn, the two lines alternating."""
    took: dict[str, list[float]] = {name: [] for name in lines}
    async with httpx.AsyncClient(timeout=60.0) as client:
        for _ in range(talks):
            open_talks = {name: await line.open(client) for name, line in lines.items()}
            for text in SAID:
                for name, line in lines.items():
                    took[name].append(await timed(line, client, open_talks[name], text))
    return took


async def crowd(line: Stock | Ours, talks: list[str], at_once: int, turns: int) -> float:
    """Turns a second with `at_once` conversations speaking at the same time."""
    limits = httpx.Limits(max_connections=at_once)
    async with httpx.AsyncClient(timeout=120.0, limits=limits) as client:

        async def one(number: int) -> None:
            for step in range(turns):
                await line.say(client, talks[number], SAID[step % len(SAID)])

        begun = time.perf_counter()
        await asyncio.gather(*(one(number) for number in range(at_once)))
        return at_once * turns / (time.perf_counter() - begun)


async def opened(line: Stock | Ours, many: int) -> list[str]:
    async with httpx.AsyncClient(timeout=60.0) as client:
        return [await line.open(client) for _ in range(many)]


async def long_talk(line: Stock | Ours, turns: int) -> float:
    """How many times slower the last twenty turns of one long conversation are than turns 5 to 24."""
    async with httpx.AsyncClient(timeout=60.0) as client:
        talk = await line.open(client)
        took = [await timed(line, client, talk, SAID[step % len(SAID)]) for step in range(turns)]
    return statistics.median(took[-20:]) / statistics.median(took[4:24])


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def spread(values: list[float]) -> str:
    return f"median {statistics.median(values):.1f} ms, p95 {quantile(values, 0.95):.1f}, p99 {quantile(values, 0.99):.1f}"


def trained_stock(folder: Path, epochs: int, kept: bool) -> str:
    """Trains the stock project when it has no model; what that took, kept beside it."""
    stock.make(folder, STOCK_ACTIONS, kept, epochs)
    note = folder / "trained.json"
    if not note.exists():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [*RASA, "train", "--fixed-model-name", "stock"], cwd=folder, check=True, stdout=sys.stderr
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        note.write_text(json.dumps({"cpu": round(cpu), "epochs": epochs}))
    told = json.loads(note.read_text())
    return f"{told['cpu']} s of CPU for {told['epochs']} epochs"


def memory(port_owner: int) -> str:
    """Resident memory of a process, MB."""
    pages = int(Path(f"/proc/{port_owner}/statm").read_text().split()[1])
    return f"{pages * os.sysconf('SC_PAGE_SIZE') // 2**20} MB"


def our_env(folder: Path) -> dict[str, str]:
    return {
        **PORTS,
        "ACS_SECRET": SECRET,
        "ACS_TODAY": "2026-11-22",
        "DATABASE_URL": f"sqlite:///{folder / 'ours.db'}",
        "BOT_STORE": str(folder / "bot.sqlite"),
        "LOG_DIR": str(folder / "log"),
    }


async def measure(given: argparse.Namespace) -> None:
    lines: dict[str, Stock | Ours] = {"stock": Stock(), "ours": Ours()}
    took = await in_turn(lines, given.talks)
    pairs = [a / b for a, b in zip(took["stock"], took["ours"], strict=True)]
    for name, values in took.items():
        print(f"one at a time, {name}: {spread(values)} ({len(values)} turns)")
    print(f"one at a time, stock / ours: median of pairs {statistics.median(pairs):.1f}")
    rates: dict[str, list[float]] = {name: [] for name in lines}
    talks = {name: await opened(line, 32) for name, line in lines.items()}
    for _ in range(given.rounds):
        for name, line in lines.items():
            rates[name].append(await crowd(line, talks[name], 32, 4))
    for name, values in rates.items():
        print(f"32 at once, {name}: {statistics.median(values):.1f} turns a second")
    print(
        f"32 at once, ours / stock: {statistics.median(rates['ours']) / statistics.median(rates['stock']):.1f}"
    )
    print(f"one long talk, ours: turn {given.long} over turn 5: {await long_talk(Ours(), given.long):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench" / "stock")
    parser.add_argument("--talks", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=500)
    parser.add_argument("--epochs", type=int, default=stock.EPOCHS, help="of a stock model not trained yet")
    parser.add_argument(
        "--memory", action="store_true", help="stock keeps talks in memory, as its template does"
    )
    given = parser.parse_args()
    folder = given.folder.resolve()
    told = trained_stock(folder, given.epochs, kept=not given.memory)
    print(f"stock training: {told}, {stock.EXAMPLES} English examples an intent")
    log = folder / "bench.log"
    with ExitStack() as stack:
        quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
        stack.enter_context(
            started([*RASA, "run", "actions", "--port", str(STOCK_ACTIONS)], folder, log, quiet)
        )
        run = [
            *RASA,
            "run",
            "--port",
            str(STOCK_PORT),
            "-m",
            "models/stock.tar.gz",
            "--credentials",
            "credentials.yml",
        ]
        server = stack.enter_context(started([*run, "--endpoints", "endpoints.yml"], folder, log, quiet))
        print(f"start to first answer, stock: {ready(Stock.url):.1f} s; {memory(server.pid)}")
        stack.enter_context(started([str(ROOT / ".venv" / "bin" / "acs"), "run"], ROOT, log, our_env(folder)))
        print(f"start to ready, the whole line: {ready(Ours.bot + '/health'):.1f} s")
        print(f"ours: {httpx.get(Ours.bot + '/health').json()}")
        asyncio.run(measure(given))


if __name__ == "__main__":
    main()
