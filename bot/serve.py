"""The bot's door, on this machine only: POST /turn, GET /health. Start with `python -m bot.serve`."""

from __future__ import annotations

import sys

sys.dont_write_bytecode = False  # importing Rasa without kept bytecode takes twice as long, at every start

import argparse  # noqa: E402
import asyncio  # noqa: E402
import contextlib  # noqa: E402
import gc  # noqa: E402
import hmac  # noqa: E402
import os  # noqa: E402
import resource  # noqa: E402
import time  # noqa: E402
import warnings  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any, Dict  # noqa: E402

# Rasa and TensorFlow switch warnings back on while they load; 23 lines of them tell an operator nothing.
warnings.showwarning = lambda *args, **more: None
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

from aiohttp import web  # noqa: E402

from bot import asked  # noqa: E402

BUSY = 64  # turns under way at once; more are told to come back
BODY = 64 * 1024
LINE = web.AppKey("line", object)


def problem(status: int, title: str, detail: str = "") -> web.Response:
    """An error in the form of RFC 9457. Never says what a person said."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return web.json_response(body, status=status, content_type="application/problem+json")


def tell(event: str, **more: Any) -> None:
    """One line for the log: ids and outcomes only."""
    told = " ".join(f"{name}={value}" for name, value in more.items())
    print(f"bot {event} {told}".rstrip(), file=sys.stderr, flush=True)


class Door:
    """Checks who knocks, reads the turn, and turns every failure into a problem."""

    def __init__(self, secret: str) -> None:
        self.secret, self.line, self.busy = secret.encode(), None, 0
        self.facts: Dict[str, Any] = {}

    async def health(self, request: web.Request) -> web.Response:
        return web.json_response(
            {"ready": self.line is not None, **self.facts}, status=200 if self.line else 503
        )

    async def turn(self, request: web.Request) -> web.Response:
        if not hmac.compare_digest(
            request.headers.get("X-ACS-Secret", "").encode("utf-8", "replace"), self.secret
        ):
            return problem(401, "The X-ACS-Secret header is missing or wrong")
        if self.line is None or self.busy >= BUSY:
            return problem(503, "Not ready" if self.line is None else "Too many turns at once")
        try:
            wanted = asked.read(await request.json())
        except asked.BadRequest as error:
            return problem(400, "This turn cannot be read", str(error))
        except ValueError:
            return problem(400, "This turn cannot be read", "the body is not JSON in UTF-8")
        self.busy += 1
        try:
            return await self.answered(wanted)
        finally:
            self.busy -= 1

    async def answered(self, wanted: asked.Asked) -> web.Response:
        from bot.line import OtherConversation

        try:
            return web.json_response(await asyncio.shield(self.line.turn(wanted)))
        except OtherConversation:
            return problem(409, "This turn id belongs to another conversation")
        except Exception as error:
            tell("turn failed", turn=wanted.turn, kind=type(error).__name__, why=reason(error))
            return problem(502, "The bot has no answer", type(error).__name__)


def reason(error: BaseException) -> str:
    """Our own errors carry no words of a caller; others may, so only their kind is told."""
    return str(error).replace("\n", " ") if type(error).__module__.startswith("bot.") else ""


def memory() -> int:
    """Resident memory in MB, now."""
    with open("/proc/self/statm", encoding="ascii") as stat:
        return int(stat.read().split()[1]) * resource.getpagesize() // 2**20


async def prepare(door: Door, model: str, started: float) -> None:
    """Loads the model and reads two sentences before anyone may knock."""
    from bot import no_tensorflow

    if not no_tensorflow.wanted_by(Path(model)):
        no_tensorflow.spare()
    from bot import patches

    patches.apply()
    from bot.line import Line

    actions = os.environ.get("ACTIONS_URL", "http://127.0.0.1:5055").rstrip("/") + "/webhook"
    line = Line(model, actions, os.environ.get("ACS_ACTIONS_SECRET") or door.secret.decode())
    gone = line.store.ledger.forget(float(os.environ.get("BOT_KEEP_DAYS", "90")))
    if gone:
        tell("forgot", conversations=gone)
    await line.warm()
    no_tensorflow.no_more()
    settle()
    door.line = line
    door.facts = {
        "model": os.path.basename(model),
        "ready_seconds": round(time.monotonic() - started, 1),
        "megabytes": memory(),
    }
    tell("ready", **door.facts)


def settle() -> None:
    """What is loaded stays: the collector need not walk through half a million objects of Rasa's on every round."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    # A thread that comes back from its arithmetic gets Python's lock sooner than in the usual 5 ms.
    sys.setswitchinterval(0.001)


def app(door: Door) -> web.Application:
    made = web.Application(client_max_size=BODY)
    made.add_routes([web.post("/turn", door.turn), web.get("/health", door.health)])
    return made


async def main(model: str, port: int) -> None:
    started = time.monotonic()
    secret = os.environ.get("ACS_BOT_SECRET") or os.environ.get("ACS_SECRET")
    if not secret:
        raise SystemExit("Set ACS_BOT_SECRET (or ACS_SECRET): the bot answers only who knows it.")
    if not os.path.exists(model):
        raise SystemExit(f"There is no model at {model}. Train one first: python -m bot.train")
    door = Door(secret)
    runner = web.AppRunner(app(door), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.sleep(0)
    await prepare(door, model, started)
    await stopped()
    await runner.cleanup()
    await door.line.close()


async def stopped() -> None:
    """Waits for SIGTERM or Ctrl-C; turns under way are finished by the runner's clean-up."""
    import signal

    enough = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, enough.set)
    await enough.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="bot/models/acs-line.tar.gz")
    parser.add_argument("--port", type=int, default=int(os.environ.get("BOT_PORT", "5005")))
    given = parser.parse_args()
    with contextlib.suppress(ImportError):  # it comes with Rasa's own web server
        import uvloop

        uvloop.install()
    asyncio.run(main(given.model, given.port))
