"""A second ear for danger, at the door: what the bot has been taught, asked here when the bot gives no answer.

The word patterns (desk/safety.py) hear every message at once. They miss what is said in words nobody thought of; the
trained understanding misses far less, and needs no Rasa. Where its libraries or files are missing, or it is slow, the
patterns stay alone, as they are before it is open.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from api.front import ToBot, Way, to_safety, without_bot
from api.metrics import SECOND_EAR
from desk.safety import without_figures
from store.tables.conversations import Conversation

log = logging.getLogger(__name__)

WITHIN = 0.4
"""Seconds, the wait behind others included. A call must be answered within 3 s in all, and the bot has had 2.3."""
WARM_UP = ("I want to see my balance", "Quiero saber cuánto debo")


class Ear(Protocol):
    """What turns need of it."""

    async def hears_danger(self, text: str) -> bool: ...


class SecondEar:
    """One thread of its own: a rush of frightened people holds up neither the loop nor the database's threads."""

    def __init__(self, within: float = WITHIN) -> None:
        self._within = within
        self._danger: Callable[[str], bool] | None = None
        self._thread = ThreadPoolExecutor(1, "second-ear")

    def open(self, model: Path) -> threading.Thread:
        """Loads the trained understanding, some seconds, while the line is at work already."""
        loading = threading.Thread(target=self._open, args=(model,), name="second-ear-opens", daemon=True)
        loading.start()
        return loading

    def _open(self, model: Path) -> None:
        try:
            self._danger = understanding(model)
            log.info("second ear open")
        except Exception as trouble:  # No library, no file, another model: the line works on without it.
            log.warning("second ear stays shut, word patterns alone: %s", type(trouble).__name__)

    async def hears_danger(self, text: str) -> bool:
        """Whether the words speak of danger to a life. False too when it is shut, late or broken: it only adds."""
        if self._danger is None:
            SECOND_EAR.labels("shut").inc()
            return False
        try:
            asked = asyncio.get_running_loop().run_in_executor(self._thread, self._danger, text)
            heard = await asyncio.wait_for(asked, self._within)
        except TimeoutError:
            SECOND_EAR.labels("late").inc()
            return False
        except Exception as trouble:
            SECOND_EAR.labels("broken").inc()
            log.error("second ear broke: %s", type(trouble).__name__)
            return False
        SECOND_EAR.labels("danger" if heard else "calm").inc()
        return heard


def understanding(model: Path) -> Callable[[str], bool]:
    """What the bot itself would take for danger, by the same limits; a figure of speech alone ("this debt is
    killing me") is none. Raises what opening it raises."""
    from bot.evaluate import opened
    from bot.understanding import URGENT

    judge = opened(model)
    for sentence in WARM_UP:
        judge.hear(sentence)

    def danger(text: str) -> bool:
        return bool(judge.hear(text).intent == URGENT)

    def hears(text: str) -> bool:
        plain = without_figures(text)
        return danger(text) and (plain == text or danger(plain))

    return hears


async def unanswered(ear: Ear, row: Conversation, asked: ToBot) -> Way:
    """The bot gave no answer: danger first, then what the door can do alone."""
    if asked.text and await ear.hears_danger(asked.text):
        return to_safety(asked.text)
    return without_bot(row, asked)
