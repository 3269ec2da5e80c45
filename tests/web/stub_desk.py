"""The agent desk's half of the stand-in: one agent, a few people waiting, one of them writing nasty markup."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Header, HTTPException, Request, Response


def now(minutes_ago: float = 0) -> str:
    return (datetime.now(UTC) - timedelta(minutes=minutes_ago)).isoformat()


def card(key: str, **more: Any) -> dict[str, Any]:
    day = datetime.now(UTC).date()
    return {
        "id": key,
        "queue": "collection",
        "priority": 2,
        "channel": "chat",
        "language": "es",
        "conversation": f"c-{key}",
        "state": "waiting",
        "waiting_since": now(6.4),
        "taxpayer": {"name": "Rosa Delgado", "kind": "individual", "tin_last4": "1234", "id": "T-1001"},
        "verified": "identity",
        "reason": "Wants a levy on wages released",
        "headline": "release of a levy; owes $8,731.46; CDP hearing by 12/01/26 (9 days left)",
        "own_words": ["Recibí un LT11", "Me están quitando casi todo el cheque y no puedo pagar la renta."],
        "notices": [{"code": "LT11", "date": "2026-10-20"}, {"code": "CP504", "date": "2026-08-10"}],
        "balance": {"payoff": "8731.46", "assessed": "8200.00", "accrued": "531.46", "per_day": "1.62"},
        "deadlines": [
            {
                "kind": "cdp_hearing",
                "period": "2023",
                "notice": "LT11",
                "last_day": str(day + timedelta(days=9)),
                "days_left": 9,
                "form": "12153",
                "passed": False,
                "source": "26 USC 6330(a)(3)(B)",
            },
            {
                "kind": "notice_response",
                "period": "2023",
                "notice": "CP504",
                "last_day": "2026-09-09",
                "days_left": -70,
                "form": None,
                "passed": True,
                "source": "26 USC 6331(d)(2)",
            },
        ],
        "told": [
            {"words": "utter_greeting", "facts": {}},
            {
                "words": "utter_hearing_last_day",
                "facts": {
                    "form": {"kind": "form", "value": "12153"},
                    "last_day": {"kind": "date", "value": "2026-12-01"},
                },
            },
            {"words": "utter_payoff_today", "facts": {"payoff": {"kind": "money", "value": "8731.46"}}},
        ],
        "asked_for": [
            {"what": "release_of_the_wage_levy", "at": now(5)},
            {"what": "payment_plan", "at": now(4)},
        ],
        "moves": [
            {
                "at": now(4),
                "by": "ben",
                "from": "urgent",
                "to": "collection",
                "note": "Safe now, wants the levy looked at.",
            }
        ],
        "offered": ["Monthly plan from $124.00"],
        "open_requests": ["Wage levy release, asked for today"],
        "transfer_pin": {"until": "2026-11-24T17:00:00+00:00", "tries_left": 3, "right": False},
        "draft_note": "",
        **more,
    }


class Desk:
    def __init__(self, nasty: str) -> None:
        self.router, self.csrf, self.signed_in, self.presence = (
            APIRouter(prefix="/console/api"),
            "csrf-1",
            False,
            "offline",
        )
        self.beats, self.sent, self.ids = 0, {}, itertools.count(10)
        self.completed: dict[str, Any] = {}
        self.cards = {
            c["id"]: c
            for c in (
                card("h1"),
                card(
                    "h2",
                    channel="voice",
                    language="en",
                    taxpayer=None,
                    verified="none",
                    reason="Did not say",
                    own_words="somebody call me back please",
                    notices=[],
                    balance=None,
                    deadlines=[],
                    told=[],
                    asked_for=[],
                    offered=[],
                    open_requests=[],
                    transfer_pin=None,
                    priority=3,
                    waiting_since=now(1.2),
                ),
                card(
                    "hx",
                    channel="sms",
                    language="en",
                    reason=nasty,
                    own_words=nasty,
                    taxpayer={"name": nasty},
                    told=[nasty],
                    asked_for=[nasty],
                    offered=[nasty],
                    open_requests=[nasty],
                    notices=[{"code": nasty, "date": nasty}],
                    draft_note=nasty,
                    priority=1,
                    waiting_since=now(12),
                ),
                card(
                    "h9",
                    state="taken",
                    waiting_since=now(3),
                    language="en",
                    reason="Payment plan",
                    taxpayer={"name": "Sam Example"},
                    verified="none",
                ),
            )
        }
        self.threads: dict[str, list[dict[str, Any]]] = {
            key: [
                {
                    "id": "1",
                    "at": now(9),
                    "from": "you",
                    "language": "es",
                    "text": nasty if key == "hx" else "Me están quitando casi todo el cheque.",
                    "sources": [],
                },
                {
                    "id": "2",
                    "at": now(8),
                    "from": "assistant",
                    "language": "es",
                    "text": "Entiendo. Puede pedir que se libere el embargo por dificultad económica.",
                    "sources": ["26 USC 6343(a)(1)(D)"],
                },
                {
                    "id": "3",
                    "at": now(7),
                    "from": "you",
                    "language": "es",
                    "text": "Quiero hablar con una persona",
                    "sources": [],
                },
            ]
            for key in self.cards
        }
        self.routes()

    def one(self, key: str) -> dict[str, Any]:
        if key not in self.cards:
            raise HTTPException(404, "This conversation is not here any more.")
        return self.cards[key]

    def routes(self) -> None:
        r = self.router

        @r.post("/session")
        def sign_in(body: dict[str, Any], response: Response) -> dict[str, Any]:
            if body.get("password") != "right-horse":
                raise HTTPException(401, "The name or the password is not right.")
            self.signed_in = True
            response.set_cookie("desk", "yes", httponly=True, samesite="strict")
            return {
                "csrf_token": self.csrf,
                "agent": {"name": "Ana Ruiz", "username": body["username"]},
                "presence": self.presence,
            }

        def guard(request: Request, x_csrf_token: str | None = Header(None)) -> None:
            if not self.signed_in or request.cookies.get("desk") != "yes":
                raise HTTPException(401, "Please sign in.")
            if request.method != "GET" and x_csrf_token != self.csrf:
                raise HTTPException(403, "Reload the page and try again.")

        from fastapi import Depends

        def door(method: str, path: str) -> Any:
            return r.api_route(path, methods=[method], dependencies=[Depends(guard)])

        @door("GET", "/session")
        def who() -> dict[str, Any]:
            return {
                "csrf_token": self.csrf,
                "agent": {"name": "Ana Ruiz", "role": "agent"},
                "presence": self.presence,
            }

        @door("DELETE", "/session")
        def sign_out() -> dict[str, Any]:
            self.signed_in = False
            return {}

        @door("POST", "/presence")
        def presence(body: dict[str, Any]) -> dict[str, Any]:
            self.presence = body["state"]
            return {"state": self.presence}

        @door("POST", "/heartbeat")
        def heartbeat(body: dict[str, Any]) -> dict[str, Any]:
            self.beats += 1
            self.used = body["active"]
            return {"presence": self.presence, "active": []}

        @door("GET", "/queues")
        def queues() -> dict[str, Any]:
            empty = {
                "waiting": 0,
                "longest_wait_seconds": 0,
                "agents_available": 1,
                "service_level": 1.0,
                "expected_wait_minutes": [0, 2],
            }
            names = [
                "business",
                "revenue_officer",
                "appeals",
                "private_agency",
                "advocate",
                "identity_theft",
                "insolvency",
                "urgent",
            ]
            busy = {
                "queue": "collection",
                "waiting": 3,
                "longest_wait_seconds": 720,
                "agents_available": 2,
                "service_level": 0.82,
                "expected_wait_minutes": [8, 20],
            }
            return {"queues": [busy, *({"queue": name, **empty} for name in names)]}

        @door("GET", "/handoffs")
        def handoffs(state: str = "waiting") -> dict[str, Any]:
            return {
                "handoffs": [
                    c
                    for c in self.cards.values()
                    if c["state"] == state or (state == "waiting" and c["state"] == "taken")
                ]
            }

        @door("GET", "/handoffs/{key}")
        def one(key: str) -> dict[str, Any]:
            return self.one(key)

        @door("POST", "/handoffs/{key}/accept")
        def accept(key: str) -> dict[str, Any]:
            if self.one(key)["state"] == "taken":
                self.cards.pop(key)
                raise HTTPException(409, "Another agent took this one first.")
            self.cards[key]["state"] = "active"
            return self.cards[key]

        @door("POST", "/handoffs/{key}/decline")
        def decline(key: str) -> dict[str, Any]:
            self.one(key)["reserved_for"] = "Ben"
            self.one(key)["state"] = "reserved"
            return {}

        @door("GET", "/handoffs/{key}/messages")
        def thread(key: str, after: str = "") -> dict[str, Any]:
            messages = self.threads[key]
            ids = [m["id"] for m in messages]
            return {
                "messages": messages[ids.index(after) + 1 if after in ids else 0 :],
                "state": self.one(key)["state"],
            }

        @door("POST", "/handoffs/{key}/messages")
        def reply(
            key: str, body: dict[str, Any], idempotency_key: str | None = Header(None)
        ) -> dict[str, Any]:
            if set(body) != {"text"}:
                raise HTTPException(422, "Unknown keys are a mistake worth telling.")
            if idempotency_key not in self.sent:
                self.sent[idempotency_key] = {
                    "id": str(next(self.ids)),
                    "at": now(),
                    "from": "agent",
                    "language": "es",
                    "text": body["text"],
                    "sources": [],
                }
                self.threads[key].append(self.sent[idempotency_key])
            return {"messages": [self.sent[idempotency_key]]}

        @door("PUT", "/handoffs/{key}/draft")
        def draft(key: str, body: dict[str, Any]) -> dict[str, Any]:
            self.one(key)["draft_note"] = body["note"]
            return {}

        @door("POST", "/handoffs/{key}/pin")
        def pin(key: str, body: dict[str, Any]) -> dict[str, Any]:
            given = self.one(key)["transfer_pin"]
            given["right"] = body["digits"] == "4821"
            given["tries_left"] -= not given["right"]
            return dict(given)

        @door("POST", "/handoffs/{key}/{deed}")
        def deed(key: str, deed: str, body: dict[str, Any]) -> dict[str, Any]:
            self.one(key)
            self.completed[deed] = body
            self.cards.pop(key)
            return {}
