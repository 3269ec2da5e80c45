"""M7 and P4 over the wire: agents who are quick at once, and callers who say nothing, make noise or hang up."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import httpx

from chaos.degraded import Caller
from chaos.goals import Result, goal
from chaos.stage import STOPPED, Stage
from wiring.users import ensure_user

PASSWORD = "a long enough password"  # noqa: S105
TAX = ("$", "balance", "you owe", "saldo")


@goal(
    "M7",
    "two agents accept the same caller 500 times: exactly one wins",
    guard="one-winner",
    short={"times": 8},
    long={"times": 500},
)
def two_accept(times: int, without: str = "", seed: int = 0) -> Result:
    """Two consoles press "accept" in the same moment."""
    with Stage(without=without) as stage:
        database = stage.database()
        for name in ("ana", "ben"):
            ensure_user(database, name, PASSWORD, "agent")
        database.engine.dispose()
        stage.start()
        consoles = [_signed_in(stage, name) for name in ("ana", "ben")]
        wrong: list[str] = []
        with ThreadPoolExecutor(2) as pool, httpx.Client(timeout=STOPPED, trust_env=False) as http:
            for _ in range(times):
                handoff = _waiting(stage, http, consoles[0])
                path = f"{stage.url}/console/api/handoffs/{handoff}"
                found = sorted(pool.map(lambda one, p=path: one.post(f"{p}/accept").status_code, consoles))
                if found != [200, 409]:
                    wrong.append(str(found))
                for one in consoles:
                    one.post(f"{path}/complete", json={"disposition": "resolved", "note": "x"})
        return Result(not wrong, f"{times} times: {len(wrong)} without exactly one winner", wrong[:5])


def _signed_in(stage: Stage, name: str) -> httpx.Client:
    console = httpx.Client(timeout=STOPPED, trust_env=False, headers={"Origin": stage.url})
    answer = console.post(f"{stage.url}/console/api/session", json={"username": name, "password": PASSWORD})
    console.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    return console


def _waiting(stage: Stage, http: httpx.Client, console: httpx.Client) -> str:
    opened = http.post(f"{stage.url}/chat/conversations", json={"language": "en"}).json()
    http.post(
        f"{stage.url}/chat/conversations/{opened['conversation']}/messages",
        json={"id": "1", "choice": "person"},
        headers={"Authorization": f"Bearer {opened['token']}"},
    )
    listed = console.get(f"{stage.url}/console/api/handoffs", params={"state": "waiting"}).json()["handoffs"]
    return str(listed[-1]["id"])


@goal(
    "P4",
    "300 calls of silence, noise and hang-ups end in an answer, the queue or closed; <= 3 re-prompts; nothing to voicemail",
    guard="",
    short={"calls": 24},
    long={"calls": 300},
)
def odd_calls(calls: int, without: str = "", seed: int = 0) -> Result:
    """Each call follows a script drawn by chance; a machine that answers must hear nothing about taxes."""
    chance = random.Random(seed or 7)
    with Stage(without=without) as stage:
        stage.start()
        bad: list[str] = []
        longest = 0
        with httpx.Client(timeout=STOPPED, trust_env=False) as http:
            for at in range(calls):
                script = [chance.choice(SCRIPTS) for _ in range(chance.randint(3, 12))]
                if at % 6 == 0:
                    script = [chance.choice(("silence", "noise", "unclear"))] * 10
                end, misses = _played(stage, http, script, at, machine=at % 10 == 9)
                longest = max(longest, misses)
                if end not in ("answer", "queue", "closed") or misses > 3:
                    bad.append(f"{script}: {end}, {misses} misses")
        return Result(
            not bad,
            f"{calls} calls: {len(bad)} ended nowhere, at most {longest} re-prompts in a row",
            bad[:5],
        )


SCRIPTS = ("silence", "noise", "noise", "unclear", "say", "hangup", "hash", "star", "zero")


def _played(
    stage: Stage, http: httpx.Client, script: list[str], at: int, *, machine: bool
) -> tuple[str, int]:
    """How it ended, and the most re-prompts in a row."""
    if machine:
        call = Caller.__new__(Caller)
        call.stage, call.http, call.took, call.valid, call.path = stage, http, [], True, "/twilio/voice"
        call.base = {"CallSid": f"CA{at:032d}", "From": "+15125550177", "AnsweredBy": "machine_start"}
        tree = call.post({})
        heard = " ".join(one.text or "" for one in tree.iter("Say")).lower()
        silent = tree.find("Hangup") is not None and not any(word in heard for word in TAX)
        return ("closed" if silent else "spoke to a machine"), 0
    call = Caller(stage, http, f"+1512555{at:04d}")
    row = most = 0
    for step in script:
        if call.tree.find("Enqueue") is not None:
            return "queue", most
        if call.tree.find("Hangup") is not None:
            return "closed", most
        if step == "hangup":
            call.stage.signed("/twilio/status", {})
            url, form, headers = stage.signed("/twilio/status", {**call.base, "CallStatus": "completed"})
            return (
                "closed" if http.post(url, data=form, headers=headers).status_code == 204 else "not closed"
            ), most
        call.post(STEPS[step])
        if not call.valid:
            return "not TwiML", most
        row = row + 1 if step in ("silence", "noise") else 0
        most = max(most, row if call.tree.find("Gather") is not None else 0)
    return ("queue" if call.tree.find("Enqueue") is not None else "answer"), most


STEPS: dict[str, dict[str, str]] = {
    "silence": {},
    "noise": {"Digits": "8"},
    "unclear": {"SpeechResult": "mumble mumble", "Confidence": "0.2"},
    "say": {"SpeechResult": "what is a lien", "Confidence": "0.9"},
    "hash": {"Digits": "#"},
    "star": {"Digits": "*"},
    "zero": {"Digits": "0"},
}
