"""A bot that may hear anything in what somebody says, and a real desk behind it.

The model is the least of the line's guards, so here it is none at all: whatever need the test names, or any, is what
was heard. What is told then is decided by the desk and the database alone.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

from desk import reply
from desk.heard import heard
from desk.visit import BRIEF, visit

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
INTENTS = sorted(one if isinstance(one, str) else next(iter(one)) for one in DOMAIN["intents"])
SLOTS = sorted(DOMAIN["slots"])


def let_it_hear(line: Any, seed: int = 1) -> None:
    """From now on a turn is answered by the desk. `line.bot.hears` names the need; "" is any at all."""
    line.bot.hears = ""
    chance = random.Random(seed)

    def echo(asked: dict[str, Any]) -> dict[str, Any]:
        return answer(line, asked, asked.get("intent") or line.bot.hears or chance.choice(INTENTS))

    line.bot._echo = echo


def answer(line: Any, asked: dict[str, Any], intent: str) -> dict[str, Any]:
    """What the desk says to this need in this conversation, as it goes over the wire."""
    channel = asked.get("channel", "web")

    def ask() -> Any:
        with line.line.rooms.desk() as desk:
            here = visit(desk, asked["conversation"], heard(intent, [], str(asked.get("text") or "")))
            return reply.reply(here)

    found = _in_thread(ask)
    says = [
        {"words": one.words, "facts": dict(one.facts), "text": one.words}
        for one in found.says(brief=channel in BRIEF)
    ]
    extra = {
        "choices": list(found.choices), "sources": list(found.sources), "secure_form": found.secure_form,
        "listen": found.listen, "turned_to": found.turned_to,
    }  # fmt: skip
    return {
        "says": says or [{"words": "utter_default", "facts": {}}],
        "heard": {"intent": intent, "confidence": 1},
        "answer": extra,
    }


def _in_thread(work: Any) -> Any:
    """The event loop of the test client must not wait for a lock that its own thread holds."""
    import threading

    box: list[Any] = []

    def run() -> None:
        try:
            box.append(work())
        except Exception as trouble:
            box.append(trouble)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    if isinstance(box[0], Exception):
        raise box[0]
    return box[0]
