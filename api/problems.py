"""Errors as RFC 9457 has them: what happened in plain words, and what to do next. Nothing of the inside."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from store.errors import StoreError

log = logging.getLogger(__name__)

TITLES = {
    400: ("bad-request", "That could not be read.", "Check what was sent and send it again."),
    401: ("not-signed-in", "This conversation is not open here any more.", "Start a new one."),
    403: (
        "not-allowed",
        "This is not allowed from here.",
        "Use the address this service was given out under.",
    ),
    404: ("not-found", "There is nothing here.", "Check the address."),
    405: ("not-this-way", "This address does not work that way.", "See the list of addresses."),
    409: ("conflict", "Somebody else was faster.", "Load it again."),
    410: ("gone", "This is over.", "Start a new one."),
    413: ("too-large", "That is too long.", "Send less at a time."),
    415: ("not-readable", "That could not be read.", "Send JSON."),
    422: (
        "not-understood",
        "Something is missing or in the wrong form.",
        "Check the fields and send it again.",
    ),
    429: ("too-many", "That was a lot in a short time.", "Wait a moment, or ask for a person."),
    500: ("broken", "Something broke on our side.", "Try again in a moment, or ask for a person."),
    503: ("not-now", "We cannot keep this right now, so nothing was taken in.", "Try again in a moment."),
}


class Problem(Exception):
    """Raise it anywhere in a door: the caller gets the problem, and nothing else."""

    def __init__(self, status: int, title: str = "", next_step: str = "", **more: Any) -> None:
        super().__init__(title)
        self.status, self.title, self.next_step, self.more = status, title, next_step, more


def problem(status: int, title: str = "", next_step: str = "", **more: Any) -> JSONResponse:
    """The answer itself."""
    name, usual_title, usual_step = TITLES.get(status, TITLES[500])
    body = {
        "type": f"/problems/{name}",
        "title": title or usual_title,
        "status": status,
        "next_step": next_step or usual_step,
        **more,
    }
    return JSONResponse(body, status, media_type="application/problem+json")


def teach(app: FastAPI) -> None:
    """Makes every error of the application come out this way."""

    @app.exception_handler(Problem)
    async def _problem(_request: Request, raised: Problem) -> JSONResponse:
        return problem(raised.status, raised.title, raised.next_step, **raised.more)

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, raised: HTTPException) -> JSONResponse:
        return problem(raised.status_code)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, raised: RequestValidationError) -> JSONResponse:
        # Only where, never what: the value may be a taxpayer's number.
        fields = sorted({str(one["loc"][-1]) for one in raised.errors()})
        return problem(422, fields=fields)

    @app.exception_handler(SQLAlchemyError)
    async def _database(_request: Request, raised: SQLAlchemyError) -> JSONResponse:
        # Its message may hold what somebody said; its kind does not.
        log.error("database: %s %s", type(raised).__name__, type(getattr(raised, "orig", None)).__name__)
        return problem(503)

    @app.exception_handler(StoreError)
    async def _store(_request: Request, _raised: StoreError) -> JSONResponse:
        return problem(503)
