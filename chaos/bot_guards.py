"""The guards of the bot's own process: `python -m chaos.bot_guards GUARD` (with bot/.venv) serves a bot without one.

Imported by both environments, so nothing of either is imported before a guard is taken out.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable


def _one_lock_each() -> None:
    """One lock for everybody, and an action is waited for: who meets a sleeping one holds up all others."""
    from bot import action_door, line

    class OneLock(dict):  # type: ignore[type-arg]
        def get(self, key: object, default: object = None) -> object:
            return self.setdefault("all", asyncio.Lock())

    line.WeakValueDictionary = OneLock
    given = action_door.ActionDoor.__init__

    def patiently(self: object, url: str, secret: str, seconds: float = 90.0) -> None:
        given(self, url, secret, seconds)

    action_door.ActionDoor.__init__ = patiently


GUARDS: dict[str, Callable[[], None]] = {"own-lock": _one_lock_each}


def main(guard: str) -> None:
    """The bot as `python -m bot.serve` is, but for one guard."""
    import os

    from bot import serve

    prepare = serve.prepare

    async def without(door: object, model: str, started: float) -> None:
        from pathlib import Path

        from bot import no_tensorflow, patches

        if not no_tensorflow.wanted_by(Path(model)):
            no_tensorflow.spare()
        patches.apply()
        GUARDS[guard]()
        await prepare(door, model, started)

    serve.prepare = without
    asyncio.run(serve.main("bot/models/acs-line.tar.gz", int(os.environ["BOT_PORT"])))


if __name__ == "__main__":
    main(sys.argv[1])
