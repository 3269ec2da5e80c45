"""D1 to D5: whatever is acknowledged has its effect, once and in order, however often the gateway dies."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import httpx

from chaos.goals import Result, goal
from chaos.joined import WORD, joined
from chaos.people import Crowd, named
from chaos.stage import NO_EAR, STOPPED, Stage, patient

FAULTS = 0.05
USUAL_START = 0.4
"""Seconds a gateway needs to be born on an idle machine."""


async def _kills(stage: Stage, crowd: Crowd, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    running = asyncio.ensure_future(crowd.run())
    for _ in range(kills):
        took = await asyncio.to_thread(stage.start)
        # A busy machine gets as much done in longer lives.
        await asyncio.sleep(chance.uniform(0.02, 0.4) * max(1.0, took / USUAL_START))
        await asyncio.to_thread(stage.kill)
    await asyncio.to_thread(stage.start)
    crowd.stop()
    await running
    # Once more, so that the sweep at the start sees all that was ever written.
    await asyncio.to_thread(stage.kill)
    await asyncio.to_thread(stage.start)


@goal(
    "D1",
    "0 acknowledged messages lost over 1,000 kill -9 at random times",
    guard="commit-before-ack",
    short={"kills": 8},
    long={"kills": 1000},
)
def kill_hard(kills: int, seed: int = 0, without: str = "", database_url: str = "") -> Result:
    """Six people write, the gateway is killed after 20 to 400 ms, again and again; then everything is counted."""
    seed = seed or random.SystemRandom().randrange(1, 10**6)
    with Stage(without=without, database_url=database_url, env=NO_EAR) as stage:
        faults = stage.world.faults
        faults.rate_429 = faults.rate_5xx_before = faults.rate_5xx_after = FAULTS
        crowd = Crowd(stage, seed)
        start = time.monotonic()
        asyncio.run(_kills(stage, crowd, kills, seed))
        took = time.monotonic() - start
        stage.drained(120)
        # Without the sweep only what was acknowledged can be demanded.
        found = joined(stage, crowd.ledger, all_texts=not without)
        figure = f"{kills} kills in {took:.0f} s (seed {seed}), {crowd.ledger.posts} posts, {found}"
        return Result(
            found.good,
            figure,
            [
                *found.lost[:10],
                *found.doubled[:10],
                *found.missing_handoffs[:10],
                *found.double_handoffs[:10],
            ],
        )


@goal(
    "D2",
    "0 duplicate replies, 0 duplicate or missing hand-offs; 20 % of posts five times, after restart, 30 days later",
    guard="dedupe",
    short={"seconds": 3},
    long={"seconds": 120},
)
def replays(seconds: float, seed: int = 0, without: str = "") -> Result:
    """A fifth of all posts comes five times in parallel; then all of them again after a restart, and after 30 days."""
    seed = seed or random.SystemRandom().randrange(1, 10**6)
    with Stage(without=without) as stage:
        faults = stage.world.faults
        faults.rate_429 = faults.rate_5xx_before = faults.rate_5xx_after = FAULTS
        crowd = Crowd(stage, seed)
        stage.start()
        asyncio.run(_for(crowd, seconds))
        stage.kill()
        stage.start()
        asyncio.run(_again(crowd, 0.2))
        stage.drained(120)
        months = _later(stage, crowd)
        found = joined(stage, crowd.ledger)
        figure = f"{crowd.ledger.posts} posts (seed {seed}), {months}, faults struck {faults.count}: {found}"
        return Result(
            found.good,
            figure,
            [
                *found.lost[:10],
                *found.doubled[:10],
                *found.missing_handoffs[:10],
                *found.double_handoffs[:10],
            ],
        )


async def _for(crowd: Crowd, seconds: float) -> None:
    running = asyncio.ensure_future(crowd.run())
    await asyncio.sleep(seconds)
    crowd.stop()
    await running


async def _again(crowd: Crowd, share: float) -> None:
    async with httpx.AsyncClient(timeout=8, trust_env=False) as crowd.http:
        for fields in list(crowd.ledger.sent.values()):
            if crowd.random.random() < share:
                await asyncio.gather(*(crowd.post(fields) for _ in range(5)))


def _later(stage: Stage, crowd: Crowd) -> str:
    """The same posts a month later. What is verified here: nothing new is answered; the wait for texts is real time."""
    from shutil import which

    if not which("faketime"):
        return "30 days later not tried (no faketime)"
    before = len(stage.world.messages.records)
    stage.set_clock("+30d")
    stage.start()
    asyncio.run(_again(crowd, 0.3))
    stage.drained(120)
    more = len(stage.world.messages.records) - before
    stage.set_clock("")
    stage.start()
    return f"30 days later {more} new texts"


@goal(
    "D3",
    "the same (CallSid, turn) five times: the same TwiML to the byte, one turn",
    guard="stored-twiml",
    short={"calls": 10},
    long={"calls": 200},
)
def calls_again(calls: int, without: str = "", seed: int = 0) -> Result:
    """Every turn of a call is posted five times, in parallel and once more."""
    with Stage(without=without) as stage:
        stage.start()
        different = 0
        turns = 0
        with httpx.Client(timeout=STOPPED, trust_env=False) as http, ThreadPoolExecutor(4) as pool:

            def post(path: str, fields: dict[str, str]) -> bytes:
                url, form, headers = stage.signed(path, fields)
                return http.post(url, data=form, headers=headers).content

            for at in range(calls):
                base = {"CallSid": f"CA{at:032x}", "From": "+15125550100", "CallStatus": "in-progress"}
                path, more = "/twilio/voice", {}
                for turn in range(3):
                    fields = {**base, **more}
                    bodies = [one.result() for one in [pool.submit(post, path, fields) for _ in range(4)]]
                    bodies.append(post(path, fields))
                    different += len(set(bodies)) > 1
                    turns += 1
                    gather = ElementTree.fromstring(bodies[0]).find("Gather")
                    if gather is None:
                        break
                    path = gather.attrib["action"]
                    more = {
                        "SpeechResult": f"please look at {named(at * 9 + turn)} for me",
                        "Confidence": "0.9",
                    }
        asked = len(stage.bot.turns), len(set(stage.bot.turns))
        good = different == 0 and asked[0] == asked[1] == calls * 2
        return Result(
            good,
            f"{turns} turns of {calls} calls five times each: {different} differed; the bot was asked {asked[0]} times for {calls * 2} turns",
        )


@goal(
    "D4",
    "texts that arrived while the line was down: all answered once, within 60 s of the start",
    guard="sweep",
    short={"texts": 50},
    long={"texts": 500},
)
def missed(texts: int, without: str = "", seed: int = 0) -> Result:
    """Texts stand at Twilio and nobody was told of them; then the line starts."""
    with Stage(without=without) as stage:
        words = [named(at) for at in range(texts)]
        for at, word in enumerate(words):
            stage.comes_in(f"+1512555{at % 40:04d}", f"please look at {word} for me")
        began = time.monotonic()
        stage.start()
        with contextlib.suppress(TimeoutError):
            patient(lambda: len(_answers(stage)) >= texts, 60, "all answers", 0.1)
        took = time.monotonic() - began
        stage.drained(120)
        out = _answers(stage)
        good = sorted(out) == sorted(words) and took <= 60
        return Result(
            good, f"{len(set(out))} of {texts} answered in {took:.1f} s, {len(out) - len(set(out))} twice"
        )


def _answers(stage: Stage, phone: str = "") -> list[str]:
    return [
        word
        for record in stage.world.messages.records
        if record["direction"] != "inbound" and (not phone or record["to"] == phone)
        for word in WORD.findall(record["body"])[:1]
    ]


@goal(
    "D5",
    "20 texts at once from one sender: replies in order, none missing; 100 senders",
    guard="order",
    short={"senders": 6},
    long={"senders": 100},
)
def in_order(senders: int, without: str = "", seed: int = 0) -> Result:
    """Twenty texts each, one right after the other, all senders at the same time."""
    with Stage(without=without) as stage:
        stage.bot.delay = 0.01
        stage.start()
        asked: dict[str, list[str]] = {}

        async def one(http: httpx.AsyncClient, phone: str, at: int) -> None:
            asked[phone] = []
            for turn in range(20):
                word = named(at * 20 + turn)
                asked[phone].append(word)
                url, form, headers = stage.signed(
                    "/twilio/sms", stage.comes_in(phone, f"please look at {word} for me")
                )
                assert (await http.post(url, data=form, headers=headers)).status_code == 200

        async def everybody() -> None:
            async with httpx.AsyncClient(timeout=STOPPED, trust_env=False) as http:
                await asyncio.gather(*(one(http, f"+1512{at:03d}0100", at) for at in range(senders)))

        asyncio.run(everybody())
        stage.drained(120)
        wrong = [phone for phone, words in asked.items() if _answers(stage, phone) != words]
        return Result(
            not wrong,
            f"{senders} senders, {senders * 20} texts: {len(wrong)} senders answered out of order or not fully",
            wrong[:5],
        )


def scale(**more: Any) -> dict[str, Any]:
    """Arguments of a run without those not given."""
    return {name: value for name, value in more.items() if value}
