"""M8: asked to end, the line finishes what it has begun; killed, it is back soon."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from typing import Any

import httpx

from chaos.goals import Result, goal, slack
from chaos.people import named
from chaos.stage import Stage, patient


@goal(
    "M8",
    "SIGTERM: what is in flight is done, 0 errors, within 10 s; kill -9 to ready: gateway <= 5 s, whole stack <= 30 s",
    guard="graceful-stop",
    short={"times": 2},
    long={"times": 50},
)
def stops(times: int, without: str = "", seed: int = 0) -> Result:
    """People chat and text while the gateway is asked to end; every answer that had begun comes whole."""
    with Stage(without=without) as stage:
        stage.bot.delay = 1.2
        broken, ends, starts, kept = 0, list[float](), list[float](), list[str]()
        for at in range(times):
            starts.append(stage.start())
            found = asyncio.run(_stopped_in_flight(stage, at))
            broken += found[0]
            ends.append(found[1])
            kept += found[2]
        stage.bot.delay = 0
        starts.append(stage.start())
        stage.drained(60)
        out = " ".join(one["body"] for one in stage.world.messages.records if one["direction"] != "inbound")
        lost = [word for word in kept if word not in out]
        real = _real_start(stage)
        good = broken == 0 and max(ends) <= 10 and real <= 5 * slack() and not lost
        return Result(
            good,
            f"{times} stops with 12 in flight: {broken} broken answers, longest stop {max(ends):.1f} s, {len(lost)} of {len(kept)} texts lost; kill -9 to ready {real:.1f} s (a process of its own)",
            lost[:5],
        )


async def _stopped_in_flight(stage: Stage, at: int) -> tuple[int, float, list[str]]:
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        opened = [
            (await http.post(f"{stage.url}/chat/conversations", json={"language": "en"})).json()
            for _ in range(8)
        ]

        async def chat(one: dict[str, Any], number: int) -> bool:
            answer = await http.post(
                f"{stage.url}/chat/conversations/{one['conversation']}/messages",
                json={"id": "1", "text": f"please look at {named(number)} for me"},
                headers={"Authorization": f"Bearer {one['token']}"},
            )
            return answer.status_code == 200 and "I think you said" in answer.text

        async def text(word: str) -> bool:
            url, form, headers = stage.signed(
                "/twilio/sms", stage.comes_in("+15125550111", f"please look at {word} for me")
            )
            return (await http.post(url, data=form, headers=headers)).status_code == 200

        words = [named(1000 + at * 4 + number) for number in range(4)]
        asking = [asyncio.ensure_future(chat(one, at * 8 + number)) for number, one in enumerate(opened)]
        asking += [asyncio.ensure_future(text(word)) for word in words]
        # In flight is what the line has begun: every chat is with the bot, every text is taken in.
        await asyncio.gather(*asking[8:], return_exceptions=True)
        for _ in range(200):
            if stage.bot.at_once >= 8:
                break
            await asyncio.sleep(0.02)
        took = await asyncio.to_thread(stage.kill, signal.SIGTERM)
        done = await asyncio.gather(*asking, return_exceptions=True)
        return sum(one is not True for one in done), took, words


def _real_start(stage: Stage) -> float:
    """The start as it is: an interpreter of its own, all modules read, after a kill -9."""
    stage.kill()
    start = time.monotonic()
    with open(stage.log, "ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "wiring.serve_gateway"],
            env={**os.environ, **stage.env},
            stdout=log,
            stderr=log,
        )
    try:
        patient(stage.alive, 60, "the start", 0.02)
        return time.monotonic() - start
    finally:
        process.kill()
        process.wait()
