"""The action endpoint: rasa-sdk's protocol on loopback, behind a secret."""

from __future__ import annotations

import hmac
import logging
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import orjson
from fastapi import FastAPI
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from acs.case import Assessment, Case, Module, Name
from acs.view import case_view
from actions import base
from actions.forms import FORMS
from actions.topics import TOPICS
from wiring.rooms import Rooms

log = logging.getLogger(__name__)


LONGEST = 1024 * 1024
"""Bytes of a call; Rasa's are some kilobytes."""


def make_app(rooms: Rooms, secret: str) -> ASGIApp:
    """The application Rasa calls; whoever lacks the secret learns nothing."""
    base.use(rooms)
    warm_up(rooms.clock.today())
    executor = ActionExecutor()
    for one in (*TOPICS, *FORMS):
        executor.register_action(one)
    app = FastAPI(title="ACS Line actions", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    return Webhook(executor, secret, app)


class Webhook:
    """POST /webhook, before the framework: its routing took as long as a short action. All else goes to `others`."""

    def __init__(self, executor: ActionExecutor, secret: str, others: ASGIApp) -> None:
        self.executor, self.secret, self.others = executor, secret.encode(), others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/webhook" and scope["method"] == "POST":
            reply = await self.answer(Request(scope, receive))
            await reply(scope, receive, send)
        else:
            await self.others(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        given = request.headers.get("X-ACS-Secret", "")
        if not hmac.compare_digest(given.encode(), self.secret):
            return JSONResponse({"title": "This endpoint is for the dialogue engine only."}, 401)
        if int(request.headers.get("content-length") or 0) > LONGEST:
            return JSONResponse({"title": "This call is too long."}, 413)
        try:
            call = orjson.loads(await request.body())
        except orjson.JSONDecodeError:
            return JSONResponse({"title": "This call is not JSON."}, 400)
        return await _run(self.executor, call)


def warm_up(today: date) -> None:
    """Reads the law and the calendar now, so that the first caller does not wait for it."""
    tax = Assessment(kind="tax", date=today - timedelta(days=400), amount=Decimal(1000))
    module = Module(form="1040", period=str(today.year - 2), due=tax.date, filed=tax.date, assessments=(tax,))
    case_view(Case(id="-", kind="individual", name=Name(), tin="000000000", modules=(module,)), today)


async def _run(executor: ActionExecutor, call: dict[str, Any]) -> Response:
    call.setdefault("domain", {})
    try:
        result = await executor.run(call)
        told = result.model_dump() if result is not None else {"events": [], "responses": []}
        return Response(orjson.dumps(told), media_type="application/json")
    except ActionExecutionRejection as rejected:
        return JSONResponse({"error": rejected.message, "action_name": rejected.action_name}, 400)
    except ActionNotFoundException as unknown:
        return JSONResponse({"error": unknown.message, "action_name": unknown.action_name}, 404)
    except Exception:
        # What the caller said must not get into a log; the name of the action is enough to find it.
        log.exception("action %s failed", call.get("next_action"))
        return JSONResponse({"error": "action failed", "action_name": call.get("next_action")}, 500)
