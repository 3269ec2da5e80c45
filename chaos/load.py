"""L1 to L3: many people at once. How long they wait, and what is said when there are too many."""

from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path
from uuid import uuid4

import httpx

from chaos.degraded import share
from chaos.goals import Result, goal, slack
from chaos.people import named
from chaos.stage import Stage


class Times:
    """Statuses and seconds of many answers."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.status: dict[int, int] = {}

    async def post(self, http: httpx.AsyncClient, url: str, **more: object) -> httpx.Response | None:
        start = time.perf_counter()
        try:
            answer = await http.post(url, **more)  # type: ignore[arg-type]
        except httpx.HTTPError:
            answer = None
        self.took.append(time.perf_counter() - start)
        code = answer.status_code if answer is not None else 0
        self.status[code] = self.status.get(code, 0) + 1
        return answer

    def __str__(self) -> str:
        return (
            f"{len(self.took)} posts, p50 {share(self.took, 0.5) * 1000:.0f} ms, p95 {share(self.took, 0.95) * 1000:.0f} ms, "
            f"p99 {share(self.took, 0.99) * 1000:.0f} ms, longest {max(self.took, default=0):.2f} s, statuses {self.status}"
        )


def memory(pid: int) -> float:
    """Resident MB of a process."""
    fields = Path(f"/proc/{pid}/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@goal(
    "L1",
    "50 conversations, 10 s think, 10 min: p95 <= 1.5 s, p99 <= 3 s, 0 errors, memory +< 10 %",
    guard="",
    short={"seconds": 10.0, "conversations": 20, "think": 4.0, "real": 0},
    long={"seconds": 600.0, "conversations": 50, "think": 10.0, "real": 1},
)
def conversations(
    seconds: float, conversations: int, think: float, real: int = 0, without: str = "", seed: int = 0
) -> Result:
    """People in the web chat. `real`: with the trained bot and its actions instead of a bot of one sentence."""
    if real:
        return _with_real_bot(seconds, conversations, think, without)
    with Stage(without=without) as stage:
        stage.bot.delay = 0.07
        stage.start()
        stage.settled()
        asyncio.run(_chat_all(stage.url, 2, conversations, think))
        before = memory(stage.pid)
        times = asyncio.run(_chat_all(stage.url, seconds, conversations, think))
        grown = memory(stage.pid) / before - 1
        return _chat_result(times, "gateway with a bot of 70 ms", grown)


def _with_real_bot(seconds: float, conversations: int, think: float, without: str) -> Result:
    from chaos.real import real_line

    line = real_line(without)
    asyncio.run(_chat_all(line.url, min(20.0, seconds / 4), conversations, think / 4))
    pids = {"gateway": line.pid, **{name: one.pid for name, one in line.processes.items()}}
    before = {name: memory(pid) for name, pid in pids.items()}
    times = asyncio.run(_chat_all(line.url, seconds, conversations, think))
    grown = {name: memory(pid) / before[name] - 1 for name, pid in pids.items()}
    each = ", ".join(f"{name} {more * 100:+.0f} %" for name, more in grown.items())
    where = f"trained bot, {conversations} conversations, {think:g} s, for {seconds:g} s ({each})"
    return _chat_result(times, where, max(grown.values()))


def _chat_result(times: Times, where: str, grown: float) -> Result:
    good = (
        share(times.took, 0.95) <= 1.5 * slack()
        and share(times.took, 0.99) <= 3 * slack()
        and set(times.status) == {200}
        and grown < 0.1
    )
    return Result(good, f"{where}: {times}, memory {grown * 100:+.0f} %")


async def _opened(http: httpx.AsyncClient, url: str) -> dict[str, str]:
    """A conversation; whoever is told to come back does."""
    while True:
        answer = await http.post(f"{url}/chat/conversations", json={"language": "en"})
        if answer.status_code == 201:
            found: dict[str, str] = answer.json()
            return found
        await asyncio.sleep(0.5)


async def _chat_all(url: str, seconds: float, people: int, think: float) -> Times:
    times = Times()
    asks = (
        "what is a lien",
        "what do i owe",
        "can i pay over time",
        "i got a cp504",
        "how do i stop a levy",
        "hello",
    )

    async def one(http: httpx.AsyncClient, at: int, opened: dict[str, str], end: float) -> None:
        await asyncio.sleep(random.uniform(0, min(think, seconds)))
        turn = 0
        while time.monotonic() < end:
            await times.post(
                http,
                f"{url}/chat/conversations/{opened['conversation']}/messages",
                json={"id": str(uuid4()), "text": asks[(at + turn) % len(asks)]},
                headers={"Authorization": f"Bearer {opened['token']}"},
            )
            turn += 1
            await asyncio.sleep(random.uniform(0.5, 1.5) * think)

    limits = httpx.Limits(max_connections=people * 2, keepalive_expiry=2)
    async with httpx.AsyncClient(timeout=30, trust_env=False, limits=limits) as http:
        all_open = [await _opened(http, url) for _ in range(people)]
        end = time.monotonic() + seconds
        await asyncio.gather(*(one(http, at, opened, end) for at, opened in enumerate(all_open)))
    return times


@goal(
    "L2",
    "texts acknowledged: p95 <= 200 ms at 40 a second; 0 errors",
    guard="intake-first",
    short={"seconds": 6.0, "rate": 40},
    long={"seconds": 120.0, "rate": 40},
)
def texts(seconds: float, rate: int, without: str = "", seed: int = 0) -> Result:
    """Texts at a steady rate, whatever the answers take; each is answered as well, over the pretend Twilio."""
    # Where others compute too, only a share of the machine is ours, and so only a share of the rate can be.
    rate = max(5, int(rate / slack()))
    with Stage(without=without) as stage:
        stage.bot.delay = 0.03
        stage.start()
        # The first seconds of a process go into reading modules and making the workspace at Twilio.
        stage.settled()
        asyncio.run(_text_all(stage, 1, 5))
        stage.drained(60)
        times = asyncio.run(_text_all(stage, seconds, rate))
        backlog = stage.counts()
        drained = stage.drained(300)
        good = share(times.took, 0.95) <= 0.2 * slack() and set(times.status) == {200}
        return Result(
            good,
            f"{rate} a second for {seconds:g} s: {times}; {backlog} waiting at the end, all answered {drained:.0f} s later",
        )


async def _text_all(stage: Stage, seconds: float, rate: int) -> Times:
    times, begun = Times(), time.monotonic()
    begun = time.monotonic()
    async with httpx.AsyncClient(
        timeout=30, trust_env=False, limits=httpx.Limits(max_connections=200, keepalive_expiry=2)
    ) as http:
        await http.get(f"{stage.url}/healthz")
        waiting = []
        for at in range(int(seconds * rate)):
            await asyncio.sleep(max(0.0, begun + at / rate - time.monotonic()))
            fields = stage.comes_in(
                f"+1512{at % 400:03d}0{at % 1000:03d}", f"please look at {named(at)} for me"
            )
            url, form, headers = stage.signed("/twilio/sms", fields)
            waiting.append(asyncio.ensure_future(times.post(http, url, data=form, headers=headers)))
        await asyncio.gather(*waiting)
    return times


@goal(
    "L3",
    "five times too much: shed with 503 and true words, nobody waits over 10 s; normal within 30 s after",
    guard="shedding",
    short={"seconds": 6.0, "people": 150},
    long={"seconds": 60.0, "people": 250},
)
def too_many(seconds: float, people: int, without: str = "", seed: int = 0) -> Result:
    """Everybody chats without a pause with a bot that answers ten a second; then they go, and one asks."""
    with Stage(without=without) as stage:
        stage.bot.delay, stage.bot.alone = 0.1, True
        stage.start()
        stage.settled()
        asyncio.run(_calm(stage))
        times = asyncio.run(_chat_all(stage.url, seconds, people, 0.2))
        start = time.monotonic()
        asyncio.run(_calm(stage))
        calm = time.monotonic() - start
        shed = times.status.get(503, 0)
        peak, most = _metric(stage, "acs_turns_inside_peak"), _metric(stage, "acs_turns_inside_most")
        good = (
            max(times.took) <= 10 * slack()
            and calm <= 30 * slack()
            and set(times.status) <= {200, 503}
            and shed > 0
            and peak <= most
        )
        return Result(
            good,
            f"{people} people without a pause: {times}; {shed} told to come back, {peak:.0f} inside at most of {most:.0f}, normal again after {calm:.1f} s",
        )


def _metric(stage: Stage, name: str) -> float:
    shown = httpx.get(f"{stage.url}/metrics", timeout=10, trust_env=False).text
    return next(float(line.split()[1]) for line in shown.splitlines() if line.startswith(f"{name} "))


async def _calm(stage: Stage) -> None:
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        while True:
            times = Times()
            opened = await _opened(http, stage.url)
            answer = await times.post(
                http,
                f"{stage.url}/chat/conversations/{opened['conversation']}/messages",
                json={"id": "1", "text": "please look at qbbbbbb for me"},
                headers={"Authorization": f"Bearer {opened['token']}"},
            )
            if (
                answer is not None
                and answer.status_code == 200
                and "I think you said" in answer.text
                and times.took[0] <= 1.5
            ):
                return
            await asyncio.sleep(0.2)
