"""Twilio's gate: every one of its doors asks here first whether it is really Twilio. If not: 403, and no trace."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response, WebSocket

from api.line import Line
from api.metrics import FORGED
from api.problems import Problem
from channels import signature

FORM = "application/x-www-form-urlencoded"


class TwilioForm(dict[str, str]):
    """The fields of a post that Twilio signed."""


async def signed_form(request: Request) -> TwilioForm:
    """The form, if the signature over our own public URL fits; 403 otherwise."""
    line: Line = request.app.state.line
    if not (request.headers.get("content-type") or "").startswith(FORM):
        raise _forged()
    form = await request.form()
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    path = request.scope.get("raw_path", request.url.path.encode()).decode("latin-1").split("?")[0]
    url = signature.outer_url(line.settings.public_url, path, request.url.query)
    token = line.settings.twilio_auth_token.get_secret_value()
    genuine = len(pairs) == len(form.multi_items()) and signature.genuine(
        url,
        pairs,
        request.headers.get(signature.HEADER),
        token,
        settings=request.headers.get(signature.SETTINGS_HEADER, ""),
    )
    account = dict(pairs).get("AccountSid")
    if not token or not genuine or (account and account != line.settings.twilio_account_sid):
        raise _forged()
    return TwilioForm(pairs)


def signed_socket(socket: WebSocket) -> bool:
    """Whether a WebSocket upgrade is Twilio's."""
    line: Line = socket.app.state.line
    token = line.settings.twilio_auth_token.get_secret_value()
    url = signature.socket_url(line.settings.public_url, socket.url.path)
    return bool(token) and signature.genuine_socket(url, socket.headers.get(signature.HEADER), token)


def _forged() -> Problem:
    FORGED.inc()
    return Problem(403)


def twiml(document: str) -> Response:
    """A TwiML answer."""
    return Response(document, media_type="application/xml")


EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'

Signed = Annotated[TwilioForm, Depends(signed_form)]
