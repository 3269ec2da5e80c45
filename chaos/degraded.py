"""M1, M3 and M4: the bot or Twilio broken in every way, and what people get meanwhile."""

from __future__ import annotations

import itertools
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4
from xml.etree import ElementTree

import httpx

from chaos.goals import Result, goal, slack
from chaos.people import named
from chaos.proxy import Proxy
from chaos.stage import Stage, patient

BOT_FAULTS = ("blackhole", "down", "reset", "cut", "slow", "html", "empty", "http500", "latency")


def share(values: list[float], part: float) -> float:
    """A percentile, in the unit of the values; 0 without any."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else 0.0


class Caller:
    """A telephone at the level of webhooks: each turn is a signed post, its answer TwiML."""

    def __init__(self, stage: Stage, http: httpx.Client, number: str = "+15125550100") -> None:
        self.stage, self.http = stage, http
        self.base = {"CallSid": f"CA{uuid4().hex}", "From": number, "CallStatus": "in-progress"}
        self.took: list[float] = []
        self.valid = True
        self.path = "/twilio/voice"
        self.tree = self.post({})

    def post(self, more: dict[str, str], path: str = "") -> ElementTree.Element:
        """One turn. What is not 200 and TwiML makes the call invalid."""
        url, form, headers = self.stage.signed(path or self.path, {**self.base, **more})
        start = time.monotonic()
        answer = self.http.post(url, data=form, headers=headers)
        self.took.append(time.monotonic() - start)
        try:
            self.tree = ElementTree.fromstring(answer.text)
        except ElementTree.ParseError:
            self.tree = ElementTree.Element("Broken")
        self.valid = self.valid and answer.status_code == 200 and self.tree.tag == "Response"
        self.valid = self.valid and len(self.tree) > 0
        gather, redirect = self.tree.find("Gather"), self.tree.find("Redirect")
        if gather is not None:
            self.path = gather.attrib["action"]
        elif redirect is not None and redirect.text:
            self.path = redirect.text
        return self.tree

    def says(self, words: str) -> ElementTree.Element:
        """Speaks; holds on while the line asks for a moment."""
        found = self.post({"SpeechResult": words, "Confidence": "0.9"})
        for _ in range(5):
            if found.find("Gather") is not None or found.find("Pause") is None:
                break
            found = self.post({})
        return found

    def in_line(self, presses: str = "0") -> bool:
        """Whether a key leads to the queue."""
        if self.tree.find("Enqueue") is None:
            self.post({"Digits": presses})
        return self.tree.find("Enqueue") is not None


@goal(
    "M1",
    "bot blackholed, slow, dead, torn, `[]`, HTML, 500: every voice turn valid TwiML with the queue, p99 <= 3.0 s, max 5 s",
    guard="deadline",
    short={"turns": 27},
    long={"turns": 200},
)
def broken_bot(turns: int, without: str = "", seed: int = 0) -> Result:
    """A faulty wire between gateway and bot; the breaker is held shut so that every turn meets the fault itself."""
    stage = Stage(without=without)
    proxy = Proxy(stage.bot_port)
    stage.env["BOT_URL"] = proxy.url
    with stage:
        stage.start()
        took: list[float] = []
        bad = Counter[str]()

        def one(way: str) -> None:
            with httpx.Client(timeout=30, trust_env=False) as http:
                call = Caller(stage, http)
                call.says(f"please look at {named(len(took))} for me")
                good = call.valid and call.in_line()
                took.extend(call.took)
                if not (call.valid and good):
                    bad[way] += 1

        with ThreadPoolExecutor(4) as pool:
            for way in BOT_FAULTS:
                proxy.turn(way, seconds=30 if way == "latency" else 0.5)
                list(pool.map(one, [way] * (turns // len(BOT_FAULTS))))
                proxy.turn("pass")
                _recovered(stage)
        proxy.close()
        p99 = share(took, 0.99)
        good = not bad and p99 <= 3.0 * slack() ** 0.5 and max(took) <= 5 * slack() ** 0.5
        return Result(
            good,
            f"{turns // len(BOT_FAULTS) * len(BOT_FAULTS)} calls under {len(BOT_FAULTS)} faults, {len(took)} turns: {sum(bad.values())} without the queue, p99 {p99:.2f} s, longest {max(took):.2f} s",
            [str(dict(bad))] if bad else [],
        )


def _recovered(stage: Stage) -> float:
    """Until a chat is answered by the bot again."""
    with httpx.Client(timeout=10, trust_env=False) as http:
        return patient(
            lambda: "I think you said" in _chatted(stage, http, named(1))[0], 40, "the bot's return", 0.2
        )


def _chatted(stage: Stage, http: httpx.Client, word: str, say: str = "") -> tuple[str, float, int]:
    """One chat message in a conversation of its own: the answer, the seconds, the status."""
    opened = http.post(f"{stage.url}/chat/conversations", json={"language": "en"}).json()
    url = f"{stage.url}/chat/conversations/{opened['conversation']}/messages"
    start = time.monotonic()
    answer = http.post(
        url,
        json={"id": str(uuid4()), "text": say or f"please look at {word} for me"},
        headers={"Authorization": f"Bearer {opened['token']}"},
    )
    took = time.monotonic() - start
    if answer.status_code != 200:
        return "", took, answer.status_code
    return " ".join(one["text"] for one in answer.json()["messages"]), took, 200


@goal(
    "M3",
    "breaker: after 5 failures p95 <= 300 ms; recovers within 30 s of the bot",
    guard="breaker",
    short={"asks": 25},
    long={"asks": 200},
)
def breaker(asks: int, without: str = "", seed: int = 0) -> Result:
    """The bot swallows everything; after five people have waited nobody waits any more."""
    stage = Stage(without=without)
    proxy = Proxy(stage.bot_port)
    stage.env["BOT_URL"] = proxy.url
    with stage:
        stage.start()
        proxy.turn("blackhole")
        with ThreadPoolExecutor(5) as pool, httpx.Client(timeout=20, trust_env=False) as http:
            list(pool.map(lambda at: _chatted(stage, http, named(at)), range(5)))
            took = [_chatted(stage, http, named(at))[1] for at in range(asks)]
            proxy.turn("pass")
            back = _recovered(stage)
        proxy.close()
        p95 = share(took, 0.95)
        return Result(
            p95 <= 0.3 * slack() and back <= 30,
            f"{asks} asked with the breaker open: p95 {p95 * 1000:.0f} ms, longest {max(took):.2f} s; back {back:.1f} s after the bot",
        )


@goal(
    "M4",
    "Twilio's REST away 10 min: 0 hand-offs lost, each made once, in order, within 60 s after",
    guard="reconcile",
    short={"seconds": 6.0, "handoffs": 8},
    long={"seconds": 600.0, "handoffs": 60},
)
def twilio_away(seconds: float, handoffs: int, without: str = "", seed: int = 0) -> Result:
    """Every request is refused, torn, or carried out without an answer; people ask for a person meanwhile."""
    stage = Stage(without=without)
    proxy = Proxy(stage.twilio_port)
    stage.env["TWILIO_API_BASE"] = proxy.url
    with stage:
        stage.start()
        patient(
            lambda: any(one["friendly_name"] for one in stage.world.taskrouter.all("WW")), 30, "the workspace"
        )
        wanted: list[str] = []
        end = time.monotonic() + seconds
        ways = ("down", "http500", "cut", "reset", "blackhole")
        with httpx.Client(timeout=20, trust_env=False) as http:
            for at in range(handoffs):
                proxy.turn(ways[at * len(ways) // handoffs])
                opened = http.post(f"{stage.url}/chat/conversations", json={"language": "en"}).json()
                answer = http.post(
                    f"{stage.url}/chat/conversations/{opened['conversation']}/messages",
                    json={"id": "1", "choice": "person"},
                    headers={"Authorization": f"Bearer {opened['token']}"},
                )
                if answer.status_code == 200 and answer.json()["state"] == "queue":
                    wanted.append(opened["conversation"])
                time.sleep(max(0.0, seconds / handoffs - 0.05))
        time.sleep(max(0.0, end - time.monotonic()))
        proxy.turn("pass")
        try:
            back = patient(lambda: set(wanted) <= set(_tasks(stage)), 60, "all tasks", 0.1)
        except TimeoutError:
            back = 61.0
        stage.drained(60)
        proxy.close()
        made = _tasks(stage)
        cut = [key for key in made if key in wanted]
        twice = [key for key, times in Counter(made).items() if times > 1]
        swapped = _swapped(wanted, made)
        good = (
            len(wanted) == handoffs and set(wanted) == set(cut) and not twice and back <= 60 and not swapped
        )
        return Result(
            good,
            f"away {seconds:g} s, {len(wanted)} hand-offs asked for: {len(set(wanted) - set(made))} lost, {len(twice)} twice, all made {back:.1f} s after, {swapped} out of order",
        )


def _tasks(stage: Stage) -> list[str]:
    return [json.loads(one["attributes"]).get("handoff_key", "") for one in stage.world.taskrouter.all("WT")]


def _swapped(wanted: list[str], made: list[str]) -> int:
    places = [wanted.index(key) for key in made if key in wanted]
    return sum(one > two for one, two in itertools.pairwise(places))
