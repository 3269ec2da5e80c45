"""The action endpoint: rasa-sdk's protocol on loopback, behind a secret."""

from __future__ import annotations

import hmac
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import ORJSONResponse, Response
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions import base
from actions.plans import PLANS
from actions.topics import TOPICS
from wiring.rooms import Rooms

log = logging.getLogger(__name__)


def make_app(rooms: Rooms, secret: str) -> FastAPI:
    """The application Rasa calls; whoever lacks the secret learns nothing."""
    base.use(rooms)
    executor = ActionExecutor()
    for one in (*TOPICS, *PLANS):
        executor.register_action(one)
    app = FastAPI(title="ACS Line actions", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/webhook")
    async def webhook(request: Request) -> Response:
        given = request.headers.get("X-ACS-Secret", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return ORJSONResponse({"title": "This endpoint is for the dialogue engine only."}, 401)
        return await _run(executor, await request.json())

    return app


async def _run(executor: ActionExecutor, call: dict[str, Any]) -> Response:
    call.setdefault("domain", {})
    try:
        return ORJSONResponse(await executor.run(call))
    except ActionExecutionRejection as rejected:
        return ORJSONResponse({"error": rejected.message, "action_name": rejected.action_name}, 400)
    except ActionNotFoundException as unknown:
        return ORJSONResponse({"error": unknown.message, "action_name": unknown.action_name}, 404)
    except Exception:
        # What the caller said must not get into a log; the name of the action is enough to find it.
        log.exception("action %s failed", call.get("next_action"))
        return ORJSONResponse({"error": "action failed", "action_name": call.get("next_action")}, 500)
